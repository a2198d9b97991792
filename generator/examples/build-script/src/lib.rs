//! The client of a museum.

include!(concat!(env!("OUT_DIR"), "/client.rs"));

#[cfg(all(test, feature = "testing"))]
mod tests {
    use crate::museum::{Client, Server, examples};

    #[tokio::test]
    async fn the_example_of_the_description_is_read() {
        let client = Client::builder(Server::Default)
            .transport(examples::server())
            .build()
            .unwrap();
        let days = client.hours().list().await.unwrap();
        assert_eq!(days[0].opens, "09:00");
    }
}
