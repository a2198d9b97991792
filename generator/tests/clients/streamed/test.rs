//! The example responses of methods that return one response as a whole and as a stream.

use clients::streamed::examples::server;
use clients::streamed::{Client, Server as Base};
use clients::testing::block_on;

#[test]
fn each_method_gets_the_example_of_its_media_type() {
    let server = server();
    let client = Client::builder(Base::Default)
        .transport(server.clone())
        .build()
        .unwrap();
    let chats = client.chats();
    assert_eq!(block_on(chats.complete()).unwrap().text, "whole");
    let mut stream = block_on(chats.complete_stream()).unwrap();
    let event = block_on(stream.next()).unwrap().unwrap();
    assert_eq!(event.data.delta, "chunk");
    let listed = block_on(chats.list()).unwrap();
    assert_eq!(listed.len(), 1);
    let mut lines = block_on(chats.list_stream()).unwrap();
    assert_eq!(block_on(lines.next()).unwrap().unwrap().delta, "one");
    let mut events = block_on(chats.follow_made_up("x")).unwrap();
    assert!(block_on(events.next()).unwrap().is_ok());
    let asked = server.requests();
    assert_eq!(
        asked[1].header("accept"),
        Some("text/event-stream, application/problem+json")
    );
}
