//! A test makes the values of responses from samples, for its own functions and for the transport.

use clients::samples::resources::orders::ListResponse;
use clients::samples::types::{Order, Parcel, ParcelState};
use clients::samples::{Client, Server};
use clients::testing::{TestResponse, TestTransport, block_on};

/// What a program does with a response.
fn label(parcel: &Parcel) -> String {
    let holder = parcel.holder.as_deref().unwrap_or("nobody");
    format!("{} for {holder}: {}", parcel.order.item, parcel.state)
}

#[test]
fn a_sample_is_the_example_of_the_description() {
    let parcel = Parcel::sample();
    assert_eq!(parcel.state, ParcelState::Sent);
    assert_eq!(parcel.order.id, 7000);
    assert_eq!(parcel.weights, [1.5, 2.0]);
    assert_eq!(label(&parcel), "lamp for nobody: sent");
}

#[test]
fn without_an_example_a_sample_has_what_is_required() {
    let order = Order::sample();
    assert_eq!((order.id, order.item.as_str()), (100, "kettle"));
    assert!(order.note.is_absent());
    assert_eq!(ListResponse::sample().orders, [order]);
}

#[test]
fn every_field_has_a_setter() {
    let parcel = Parcel::sample()
        .order(Order::sample().id(7).item("cup").note("fragile"))
        .state(ParcelState::Packed)
        .holder("Ada")
        .inner(Parcel::sample());
    assert_eq!(label(&parcel), "cup for Ada: packed");
    assert!(parcel.inner.is_some());
}

#[test]
fn a_response_contains_read_only_properties_and_a_request_does_not() {
    let server = TestTransport::new();
    let client = Client::builder(Server::Default)
        .transport(server.clone())
        .build()
        .unwrap();
    let orders = vec![Order::sample().id(7), Order::sample().id(8)];
    let page = ListResponse::sample().orders(orders);
    server.respond(TestResponse::value(&page).header("x-request-id", "1"));
    server.respond(TestResponse::status(204));
    assert_eq!(block_on(client.orders().list()).unwrap(), page);
    block_on(client.orders().pack(7, Order::sample())).unwrap();
    assert_eq!(server.requests()[1].text(), r#"{"item":"kettle"}"#);
}
