//! A program that uses the client with its own types.

use money::{Amount, Price, Problem, Reason};
use shop::spec::types::{Offer, OfferCost, Tagged};
use shop::spec::Client;
use shop::testing::{TestResponse, TestTransport, block_on};

fn client(server: &TestTransport) -> Client {
    Client::builder(shop::spec::Server::Default)
        .transport(server.clone())
        .build()
        .unwrap()
}

fn price(amount: i64) -> Price {
    Price {
        amount,
        currency: None,
    }
}

#[test]
fn a_whole_body_can_have_an_own_type() {
    let server = TestTransport::new();
    server.respond(TestResponse::json(r#"{"amount":7,"currency":"EUR"}"#));
    let client = client(&server);
    let offers = client.offers();
    let host: std::net::IpAddr = "127.0.0.1".parse().unwrap();
    let call = offers
        .set_price(host, price(5))
        .least("2.50".parse().unwrap())
        .amounts(vec![Amount(1).into(), Amount(2).into()])
        .x_since("2020-03-27T12:56:34Z".parse().unwrap());
    let output = block_on(call).unwrap();
    assert_eq!(output.amount, 7);
    assert_eq!(output.into_inner().currency.as_deref(), Some("EUR"));
    let sent = &server.requests()[0];
    assert_eq!(sent.path_and_query(), "/offers/127.0.0.1?least=2.50&amounts=1&amounts=2");
    assert_eq!(sent.header("x-since"), Some("2020-03-27T12:56:34Z"));
    assert_eq!(sent.text(), r#"{"amount":5}"#);
}

#[test]
fn fields_errors_and_headers_can_have_own_types() {
    let server = TestTransport::new();
    let text = r#"[{"price":{"amount":7},"former":null,"weight":0.10,"since":"2020-03-27T12:56:34Z",
        "by_country":{"de":{"amount":8}},"cost":{"amount":9},"amount":"3","stock":{"amount":"4"}}]"#;
    server.respond(TestResponse::json(text).header("x-total", "12"));
    let client = client(&server);
    let offers = client.offers();
    let host: std::net::IpAddr = "::1".parse().unwrap();
    let response = block_on(offers.list_offers(host).send()).unwrap();
    let headers: shop::spec::types::TotalHeaders = response.headers_as().unwrap();
    assert_eq!(*headers.x_total, Amount(12));
    let offer = &response.value()[0];
    assert_eq!(*offer.stock.as_ref().unwrap().amount, Amount(4));
    assert_eq!(offer.price.amount, 7);
    assert_eq!(offer.weight.to_string(), "0.10");
    assert_eq!(offer.by_country.as_ref().unwrap()["de"], price(8).into());
    assert_eq!(offer.cost, Some(OfferCost::Price(price(9).into())));

    server.respond(TestResponse::json(r#"[{"price":{"amount":"x"},"weight":1,"since":"2020-03-27T12:56:34Z"}]"#));
    let error = block_on(offers.list_offers(host)).unwrap_err();
    assert!(error.to_string().contains("$[0].price: expected i64"), "{error}");

    server.respond(TestResponse::status(400).body("application/json", r#"{"reason":"sold"}"#));
    let error = block_on(offers.list_offers(host)).unwrap_err();
    let problem: shop::Serde<Problem<Reason>> = error.api().unwrap();
    assert_eq!(problem.reason.0, "sold");
}

#[test]
fn constructors_and_setters_take_the_types() {
    let since = "2020-03-27T12:56:34Z".parse().unwrap();
    let offer = Offer::new(price(1), "2.50".parse().unwrap(), since)
        .former(shop::Serde::new(price(2)))
        .amount(Amount(3))
        .page("https://shop.example/a".parse().unwrap())
        .tagged(Tagged::Price(price(4).into()));
    // Nothing is there for what the server sets, and the type has no `Default`.
    assert_eq!(offer.stock, None);
    let server = TestTransport::new();
    server.respond(TestResponse::status(204));
    let host: std::net::IpAddr = "::1".parse().unwrap();
    block_on(client(&server).offers().add_offer(host, offer)).unwrap();
    let json = r#"{"price":{"amount":1},"former":{"amount":2},"weight":2.50,"since":"2020-03-27T12:56:34Z","page":"https://shop.example/a","amount":"3","tagged":{"kind":"price","amount":4}}"#;
    assert_eq!(server.requests()[0].text(), json);
}

#[test]
fn types_derive_what_their_parts_have() {
    fn eq<T: Eq + std::hash::Hash>() {}
    fn ord<T: Ord>() {}
    fn default<T: Default>() {}
    eq::<shop::parts::types::Tree>();
    eq::<shop::parts::types::Either>();
    ord::<shop::parts::types::Tree>();
    ord::<shop::parts::types::Level>();
    default::<shop::parts::types::OfFloating>();
    default::<shop::parts::types::Nothing>();
}

#[test]
fn types_derive_the_macro_of_another_crate() {
    let price = Offer::new(price(1), 1.into(), "2020-03-27T12:56:34Z".parse().unwrap());
    assert_eq!(AsRef::<str>::as_ref(&price), "Offer");
    assert_eq!(shop::parts::types::Level::Low.as_ref(), "Level");
}
