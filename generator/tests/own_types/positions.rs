//! Types of other crates in each position of a request and of a response.

use money::{Amount, Price};
use rust_decimal::Decimal;
use shop::positions::types::{AllHeaders, Everything, EverythingEither, EverythingRest, Range};
use shop::positions::webhooks::WebhookEvent;
use shop::positions::{Client, Server};
use shop::testing::{TestResponse, TestTransport, block_on};
use shop::{Map, Nullable, Serde};

fn client(server: &TestTransport) -> Client {
    Client::builder(Server::Default)
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

fn amounts() -> Vec<Serde<Amount>> {
    vec![Amount(1).into(), Amount(2).into()]
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn range() -> Range {
    Range::new().from(Amount(1)).to(moment()).by(decimal("2.50"))
}

fn moment() -> chrono::DateTime<chrono::Utc> {
    "2020-03-27T12:56:34Z".parse().unwrap()
}

const TIME: &str = "2020-03-27T12%3A56%3A34Z";

#[test]
fn parameters_in_each_style() {
    let server = TestTransport::new();
    let json = r#"{"one":{"amount":1},"nullable":null}"#;
    let response = TestResponse::json(json).header("x-at", "2020-03-27T12:56:34Z");
    server.respond(response.header("x-many", "1,2"));
    let client = client(&server);
    let mut links = Map::new();
    links.insert("a".to_owned(), "https://shop.example/?b=c".parse().unwrap());
    let call = client.all().all(moment(), amounts(), Amount(7), Amount(8));
    let call = call
        .seen(moment())
        .x_amounts(amounts())
        .x_range(range())
        .form(range())
        .deep(range())
        .spaced(amounts())
        .piped(vec![decimal("0.10"), decimal("2")])
        .map(links)
        .json(price(5))
        .least(Amount(4))
        .maybe(Amount(6))
        .more(amounts())
        .weight(decimal("0.50"))
        .at_body(moment());
    let response = block_on(call.send()).unwrap();
    let headers: AllHeaders = response.headers_as().unwrap();
    assert_eq!(headers.x_at, Some(moment()));
    assert_eq!(headers.x_many, Some(amounts()));
    let sent = &server.requests()[0];
    let (path, query) = sent.path_and_query().split_once('?').unwrap();
    assert_eq!(path, format!("/all/{TIME}/1,2"));
    let expected = [
        "from=1".to_owned(),
        format!("to={TIME}"),
        "by=2.50".to_owned(),
        "deep[from]=1".to_owned(),
        format!("deep[to]={TIME}"),
        "deep[by]=2.50".to_owned(),
        "spaced=1%202".to_owned(),
        "piped=0.10|2".to_owned(),
        "map[a]=https%3A%2F%2Fshop.example%2F%3Fb%3Dc".to_owned(),
        "json=%7B%22amount%22%3A5%7D".to_owned(),
        "least=4".to_owned(),
        "maybe=6".to_owned(),
    ];
    let query = query.replace("%5B", "[").replace("%5D", "]").replace("%7C", "|");
    assert_eq!(query.split('&').collect::<Vec<_>>(), expected);
    assert_eq!(sent.header("x-amounts"), Some("1,2"));
    assert_eq!(sent.header("x-range"), Some("from,1,to,2020-03-27T12:56:34Z,by,2.50"));
    let cookie = sent.header("cookie").unwrap();
    assert_eq!(cookie.replace(':', "%3A"), format!("session=7; seen={TIME}"));
    assert_eq!(sent.text(), format!("amount=8&more=1&more=2&weight=0.50&at={TIME}"));
}

#[test]
fn an_object_of_ones_own_is_styled_like_any_other() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(204));
    let call = client(&server).deep().deep().point(price(5)).flat(price(6));
    block_on(call).unwrap();
    let sent = server.requests()[0].path_and_query().to_owned();
    let sent = sent.replace("%5B", "[").replace("%5D", "]");
    assert_eq!(sent, "/deep?point[amount]=5&amount=6");
}

#[test]
fn parts_of_a_form() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(204));
    let call = client(&server).parts().parts(Amount(1), price(2));
    let call = call
        .points(vec![price(3).into()])
        .at(moment())
        .weight(decimal("0.50"))
        .weights(vec![decimal("1.0")]);
    block_on(call).unwrap();
    let text = server.requests()[0].text();
    for part in [
        "name=\"amount\"\r\n\r\n1\r\n",
        "name=\"point\"\r\nContent-Type: application/json\r\n\r\n{\"amount\":2}\r\n",
        "name=\"points\"\r\nContent-Type: application/json\r\n\r\n{\"amount\":3}\r\n",
        "name=\"at\"\r\n\r\n2020-03-27T12:56:34Z\r\n",
        "name=\"weight\"\r\n\r\n0.50\r\n",
        "name=\"weights\"\r\n\r\n1.0\r\n",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn values_within_json() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(204));
    server.respond(TestResponse::status(204));
    let mut map = Map::new();
    map.insert("a".to_owned(), Some(Amount(1).into()));
    map.insert("b".to_owned(), None);
    let mut rest = EverythingRest::new().a("text".to_owned());
    rest.additional_properties.insert("c".to_owned(), Some(Amount(5).into()));
    let everything = Everything::new(price(1), Some(Amount(2).into()))
        .list(vec![price(3).into()])
        .map(map)
        .three(Nullable::Null)
        .three_points(Serde::new(price(4)))
        .either(EverythingEither::from(amounts()))
        .whole(Serde::new(Amount(7)))
        .same(Serde::new(Amount(9)))
        .secret(Serde::new(Amount(3)))
        .rest(rest)
        .day(time::Date::from_calendar_date(2020, time::Month::March, 27).unwrap())
        .instant(time::OffsetDateTime::from_unix_timestamp(1_585_313_794).unwrap());
    let client = client(&server);
    block_on(client.everything().send(everything.clone())).unwrap();
    block_on(client.merge().patch(everything)).unwrap();
    let json = r#"{"one":{"amount":1},"list":[{"amount":3}],"map":{"a":"1","b":null},"nullable":"2","three":null,"three_points":{"amount":4},"either":["1","2"],"whole":"7","same":"9","secret":"3","rest":{"a":"text","c":"5"},"day":"2020-03-27","instant":"2020-03-27T12:56:34Z"}"#;
    assert_eq!(server.requests()[0].text(), json);
    assert_eq!(server.requests()[1].text(), json);
    let sample = Everything::sample().read(Serde::new(Amount(2)));
    assert_eq!(sample.one.amount, 1);
    for (text, expected) in [
        (r#""8""#, EverythingEither::from(Serde::new(Amount(8)))),
        ("8", EverythingEither::from(8)),
        (r#"["1","2"]"#, EverythingEither::from(amounts())),
    ] {
        assert_eq!(shop::testing::value::<EverythingEither>(text), expected);
    }
}

#[test]
fn items_of_pages_and_streams_and_a_webhook() {
    let server = TestTransport::new();
    server.respond(TestResponse::json(r#"{"data":[{"amount":1}],"next":"b"}"#));
    server.respond(TestResponse::json(r#"{"data":[{"amount":2}]}"#));
    let client = client(&server);
    let mut items = client.points().points().items();
    for amount in [1, 2] {
        assert_eq!(block_on(items.next()).unwrap().unwrap().amount, amount);
    }
    server.respond(TestResponse::status(200).body("application/jsonl", "{\"amount\":3}\n"));
    let mut lines = block_on(client.stream().stream()).unwrap();
    assert_eq!(block_on(lines.next()).unwrap().unwrap().amount, 3);
    let event = WebhookEvent::decode("priced", br#"{"amount":4}"#).unwrap();
    assert_eq!(event, WebhookEvent::Priced(price(4).into()));
    let error = WebhookEvent::decode("priced", br#"{"amount":"x"}"#).unwrap_err();
    assert!(error.to_string().contains("expected i64"), "{error}");
}
