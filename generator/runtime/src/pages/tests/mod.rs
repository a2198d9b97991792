//! Pagination over the testing transport.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "the macros are for public calls, and define more methods than the tests use"
)]

mod links;

use std::future::Future as _;

use super::*;
use crate::call::Request;
use crate::call::tests::{API, TOKEN, builder, client};
use crate::testing::{Failure, RecordedRequest, TestResponse, TestTransport, block_on};
use crate::{Client, ErrorKind, Method, RetryPolicy, call, paged, record};

#[derive(Debug, Clone, PartialEq)]
struct List {
    data: Option<Vec<i64>>,
    next: Option<String>,
    more: Option<bool>,
    total: Option<i64>,
}

record!(List {
    data: "data",
    next: "next",
    more: "more",
    total: "total",
});

#[derive(Debug)]
struct ByCursor(Call<List>);
call!(ByCursor -> List);
paged!(ByCursor -> List => i64 {
    cursor "cursor",
    items: |page| page.data,
    next: |page| page.next,
    more: |page| page.more,
});

#[derive(Debug)]
struct ByPage(Call<List>);
call!(ByPage -> List);
paged!(ByPage -> List => i64 {
    page "page" from 1,
    items: |page| page.data,
    total: |page| page.total,
    more: |page| page.more,
});

#[derive(Debug)]
struct ByOffset(Call<Vec<i64>>);
call!(ByOffset -> Vec<i64>);
paged!(ByOffset -> Vec<i64> => i64 { offset "offset" limit "limit", items: |page| *page });

#[derive(Debug)]
struct ByLink(Call<List>);
call!(ByLink -> List);
paged!(ByLink -> List => i64 { link, items: |page| page.data, next: |page| page.next });

#[derive(Debug)]
struct ByHeader(Call<Vec<i64>>);
call!(ByHeader -> Vec<i64>);
paged!(ByHeader -> Vec<i64> => i64 { link_header, items: |page| *page });

fn things(client: &Client) -> Request {
    client
        .call("things.list", Method::GET, "/things/{id}")
        .path("id", 7)
}

fn by_cursor(server: &TestTransport) -> ByCursor {
    ByCursor(things(&client(server)).json())
}

fn by_link(server: &TestTransport) -> ByLink {
    ByLink(things(&client(server)).json())
}

fn serve(bodies: &[&str]) -> TestTransport {
    let server = TestTransport::new();
    for body in bodies {
        server.respond(TestResponse::json(*body));
    }
    server
}

/// Returns all items until the end.
fn all<T>(mut next: impl FnMut() -> Option<Result<T, Error>>) -> (Vec<T>, Option<Error>) {
    let mut found = Vec::new();
    loop {
        match next() {
            None => return (found, None),
            Some(Ok(item)) => found.push(item),
            Some(Err(error)) => {
                assert!(next().is_none(), "something follows an error");
                return (found, Some(error));
            }
        }
    }
}

fn items<I>(items: &mut Items<I>) -> (Vec<I>, Option<Error>) {
    all(|| block_on(items.next()))
}

fn pages<T>(pages: &mut Pages<T>) -> (Vec<T>, Option<Error>) {
    all(|| block_on(pages.next()))
}

fn paths(server: &TestTransport) -> Vec<String> {
    let requests = server.requests();
    let paths = requests.iter().map(RecordedRequest::path_and_query);
    paths.map(str::to_owned).collect()
}

#[test]
fn a_cursor_leads_through_pages_that_are_empty_or_have_no_list() {
    let server = serve(&[
        r#"{"data": [1, 2], "next": "a b&c"}"#,
        r#"{"data": [], "next": "d"}"#,
        r#"{"next": "e"}"#,
        r#"{"data": [3], "next": ""}"#,
    ]);
    assert_eq!(items(&mut by_cursor(&server).items()).0, [1, 2, 3]);
    assert_eq!(
        paths(&server),
        [
            "/base/things/7",
            "/base/things/7?cursor=a%20b%26c",
            "/base/things/7?cursor=d",
            "/base/things/7?cursor=e",
        ]
    );
}

#[test]
fn a_page_that_denies_more_is_the_last_one() {
    let server = serve(&[r#"{"data": [1], "next": "a", "more": false}"#]);
    assert_eq!(items(&mut by_cursor(&server).items()).0, [1]);
    let server = serve(&[r#"{"data": [1], "more": true}"#]);
    let mut walk = by_cursor(&server).items();
    let (found, error) = items(&mut walk);
    assert_eq!(
        (found, walk.token()),
        (vec![1], "things.list:start:1:0:".to_owned())
    );
    let error = error.unwrap();
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert_eq!(
        error.to_string(),
        "things.list: 200 OK: the next page cannot be requested: the response says that more pages follow, \
         but not where (1 attempt)"
    );
}

#[test]
fn each_page_is_a_call_with_the_options_of_the_first_and_without_its_key() {
    let server = TestTransport::new();
    server.respond(TestResponse::status(503));
    server.respond(TestResponse::json(r#"{"next": "a"}"#));
    server.respond(TestResponse::status(503));
    server.respond(TestResponse::json(r#"{"data": [1]}"#));
    let mut walk = by_cursor(&server)
        .with_header("x-trace", "t")
        .with_query("cursor", "zero")
        .with_query("filter", "f")
        .with_idempotency_key("once")
        .with_retry(RetryPolicy::default().seed(1))
        .items();
    assert_eq!(items(&mut walk).0, [1]);
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    for (number, request) in requests.iter().enumerate() {
        assert_eq!(request.header("x-trace"), Some("t"));
        assert_eq!(
            request.header("authentication").map(str::len),
            Some(7 + TOKEN.len())
        );
        let key = (number < 2).then_some("once");
        assert_eq!(request.header("idempotency-key"), key, "{number}");
    }
    assert_eq!(
        requests[1].path_and_query(),
        "/base/things/7?cursor=zero&filter=f"
    );
    assert_eq!(
        requests[2].path_and_query(),
        "/base/things/7?filter=f&cursor=a"
    );
}

#[test]
fn keys_that_the_client_makes_are_new_for_each_page() {
    let server = serve(&[r#"{"next": "a"}"#, "{}"]);
    let client = builder(&server).idempotency_keys("x-key").build().unwrap();
    let request = client.call("things.search", Method::POST, "/things");
    let call = ByCursor(request.json()).with_idempotency_key("once");
    assert!(pages(&mut call.pages()).1.is_none());
    let requests = server.requests();
    assert_eq!(requests[0].header("x-key"), Some("once"));
    let second = requests[1].header("x-key");
    assert!(second.is_some_and(|key| key != "once"), "{second:?}");
}

#[test]
fn the_body_and_what_cannot_be_sent_are_those_of_each_page() {
    let server = serve(&[r#"{"next": "a"}"#, "{}"]);
    let request = client(&server)
        .call("things.search", Method::POST, "/things")
        .property("name", &"x");
    assert!(pages(&mut ByCursor(request.json()).pages()).1.is_none());
    let bodies: Vec<_> = server
        .requests()
        .iter()
        .map(RecordedRequest::text)
        .collect();
    assert_eq!(bodies, [r#"{"name":"x"}"#; 2]);

    let server = serve(&["{}"]);
    let mut walk = by_cursor(&server).with_header("x", "a\nb").pages();
    for _ in 0..2 {
        let error = pages(&mut walk).1.unwrap();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::Request, "things.list")
        );
        let token = walk.token();
        walk = walk.resume(token);
    }
    assert_eq!(server.requests().len(), 0, "it was sent without the header");
}

#[test]
fn pages_that_go_round_in_circles_are_an_error() {
    let circle = |length: usize| {
        let server = TestTransport::new();
        for number in 0..100 {
            let next = number % length;
            server.respond(TestResponse::json(format!(
                r#"{{"data": [1], "next": "{next}"}}"#
            )));
        }
        let (found, error) = pages(&mut by_cursor(&server).pages());
        assert_eq!(server.requests().len(), found.len());
        assert_eq!(error.unwrap().kind(), ErrorKind::Pagination);
        found.len()
    };
    assert_eq!(circle(1), 2);
    assert!((3..=8).contains(&circle(2)));
    assert!((6..=20).contains(&circle(5)));

    let server = serve(&[
        r#"{"next": "/base/things/7?page=2"}"#,
        r#"{"next": "?page=2"}"#,
    ]);
    let (found, error) = pages(&mut by_link(&server).pages());
    assert_eq!(found.len(), 2);
    assert_eq!(
        error.unwrap().to_string(),
        "things.list: 200 OK: the next page cannot be requested: the response names a page as the next \
         one that was already read \
         (1 attempt)"
    );
}

#[test]
fn an_error_is_the_last_item_and_its_page_is_where_it_goes_on() {
    let server = TestTransport::new();
    server.respond(TestResponse::json(r#"{"data": [1, 2], "next": "a"}"#));
    server.fail(Failure::Reset);
    server.respond(TestResponse::json(r#"{"data": [3], "next": "b"}"#));
    server.respond(TestResponse::json(r#"{"data": "none"}"#).header("x-own-id", "r1"));
    let mut walk = by_cursor(&server).without_retry().items();
    let (found, error) = items(&mut walk);
    assert_eq!(found, [1, 2]);
    let error = error.unwrap();
    assert_eq!(
        (error.kind(), error.operation()),
        (ErrorKind::Io, "things.list")
    );
    let token = walk.token();
    assert_eq!(token, "things.list:cursor:0:2:a");
    let mut walk = walk.resume(token);
    let (found, error) = items(&mut walk);
    assert_eq!(found, [3]);
    let error = error.unwrap();
    assert_eq!(
        (error.kind(), error.request_id()),
        (ErrorKind::Decode, Some("r1"))
    );
    assert_eq!(walk.token(), "things.list:cursor:0:3:b");
}

#[test]
fn items_go_on_in_the_middle_of_a_page() {
    let first = r#"{"data": [1, 2, 3], "next": "a"}"#;
    let second = r#"{"data": [4, 5]}"#;
    let server = serve(&[first, first, second, second]);
    let mut walk = by_cursor(&server).items();
    assert_eq!(walk.token(), "things.list:start:0:0:");
    block_on(walk.next());
    block_on(walk.next());
    assert_eq!(walk.token(), "things.list:start:2:0:");
    let mut walk = by_cursor(&server).items().resume(walk.token());
    assert_eq!(block_on(walk.next()).unwrap().unwrap(), 3);
    assert_eq!(walk.token(), "things.list:cursor:0:3:a");
    assert_eq!(block_on(walk.next()).unwrap().unwrap(), 4);
    assert_eq!(walk.token(), "things.list:cursor:1:3:a");
    let mut walk = by_cursor(&server).items().resume(walk.token());
    assert_eq!(items(&mut walk).0, [5]);
    assert_eq!(walk.token(), "things.list:end:0:5:");
    assert!(items(&mut walk.resume("things.list:end:0:5:")).0.is_empty());
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_token_of_something_else_is_refused_before_anything_is_sent() {
    let server = TestTransport::new();
    for token in ["", "things.get:cursor:0:0:a", "things.list:link:0:0:/a"] {
        let error = pages(&mut by_cursor(&server).pages().resume(token))
            .1
            .unwrap();
        assert_eq!(
            error.to_string(),
            "things.list: the request cannot be sent: the page token does not belong to `things.list`"
        );
    }
    for link in [
        "https://evil.example/",
        "a",
        "/a\\b",
        "/a b",
        ".evil.example/",
    ] {
        let token = format!("things.list:link:0:0:{link}");
        let error = pages(&mut by_link(&server).pages().resume(token))
            .1
            .unwrap();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::Request, "things.list"),
            "{link}"
        );
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn pages_are_counted_from_where_the_caller_begins() {
    let full = r#"{"data": [1, 2], "total": 5}"#;
    let server = serve(&[full, full, r#"{"data": [3], "total": 5}"#]);
    let request = || things(&client(&server)).json();
    assert_eq!(items(&mut ByPage(request()).items()).0.len(), 5);
    assert_eq!(
        paths(&server),
        [
            "/base/things/7",
            "/base/things/7?page=2",
            "/base/things/7?page=3"
        ]
    );

    let server = serve(&[full, r#"{"data": [], "more": true}"#, r#"{"data": []}"#]);
    let request = things(&client(&server)).query("page", &4_i64).json();
    assert_eq!(items(&mut ByPage(request).items()).0.len(), 2);
    assert_eq!(
        paths(&server),
        [
            "/base/things/7?page=4",
            "/base/things/7?page=5",
            "/base/things/7?page=6"
        ]
    );
}

#[test]
fn the_number_of_all_items_holds_after_a_token_too() {
    let page = r#"{"data": [1, 2], "total": 4}"#;
    let server = serve(&[page, page]);
    let mut walk = ByPage(things(&client(&server)).json()).pages();
    block_on(walk.next());
    let mut walk = ByPage(things(&client(&server)).json())
        .pages()
        .resume(walk.token());
    assert_eq!(pages(&mut walk).0.len(), 1);
    assert_eq!(walk.token(), "things.list:end:0:4:");
}

#[test]
fn offsets_end_with_a_page_that_is_short_once_one_was_full() {
    let list = |server: &TestTransport, limit: Option<i64>| {
        let request = things(&client(server)).query("limit", &limit);
        items(&mut ByOffset(request.json()).items()).0
    };
    let server = serve(&["[1, 2]", "[3, 4]", "[5]"]);
    assert_eq!(list(&server, Some(2)), [1, 2, 3, 4, 5]);
    assert_eq!(
        server.requests()[2].path_and_query(),
        "/base/things/7?limit=2&offset=4"
    );
    // The server has a smaller limit, or the caller sets none.
    for limit in [Some(100), None] {
        let server = serve(&["[1, 2]", "[3, 4]", "[5]", "[]"]);
        assert_eq!(list(&server, limit), [1, 2, 3, 4, 5]);
        assert_eq!(server.left(), 0);
    }
}

#[test]
fn a_limit_of_pages_ends_them_and_the_token_goes_on() {
    let server = serve(&[
        r#"{"data": [1], "next": "a"}"#,
        r#"{"data": [2], "next": "b"}"#,
        r#"{"data": [3]}"#,
    ]);
    let mut walk = by_cursor(&server).items().with_page_limit(2);
    assert_eq!(items(&mut walk).0, [1, 2]);
    let mut walk = by_cursor(&server).items().resume(walk.token());
    assert_eq!(items(&mut walk).0, [3]);
    assert_eq!(server.left(), 0);
}

#[test]
fn a_page_on_its_way_survives_a_future_that_is_dropped() {
    let server = TestTransport::new();
    server.respond(TestResponse::json(r#"{"data": [1]}"#).after(std::time::Duration::from_secs(1)));
    let mut walk = by_cursor(&server).items();
    let mut context = Context::from_waker(std::task::Waker::noop());
    let first = std::pin::pin!(walk.next()).poll(&mut context);
    assert!(first.is_pending());
    assert_eq!(items(&mut walk).0, [1]);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn walks_are_streams_that_can_be_sent_to_other_threads() {
    fn is_stream<S: futures_core::Stream + Send + Unpin + 'static>(_: &S) {}
    let server = TestTransport::new();
    is_stream(&by_cursor(&server).pages());
    is_stream(&by_cursor(&server).items());
    let walk = builder(&server)
        .build()
        .map(|client| ByCursor(things(&client).json()).pages());
    assert_eq!(format!("{:?}", walk.unwrap()), "Pages { .. }");
}
