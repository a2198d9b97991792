//! Uses of the old crate, some of which no longer compile with the new one.

fn breaks_replaced_flow() {
    let _ = api::ClientBuilder::client_credentials;
}
