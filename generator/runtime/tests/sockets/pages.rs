//! Pagination over real connections.

use std::io::Write as _;

use specwright_runtime::{Call, Client, Error, Method, call, paged, record};

use crate::server::Server;

/// A response with one page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page {
    data: Vec<i64>,
    next: Option<String>,
}

record!(Page {
    data: "data" required,
    next: "next",
});

/// The call of a list.
#[derive(Debug)]
pub(crate) struct ListCall(Call<Page>);

call!(ListCall -> Page);

paged!(ListCall -> Page => i64 {
    link,
    items: |page| page.data,
    next: |page| page.next,
});

/// Three pages; the second one is empty, and is requested twice.
fn server() -> Server {
    Server::new(|number, seen, stream| {
        let path = seen.head.split(' ').nth(1).unwrap_or_default();
        let host = seen.header("host").unwrap_or_default();
        let (status, body) = match (number, path) {
            (_, "/things?limit=2") => (200, r#"{"data": [1, 2], "next": "?after=2"}"#.to_owned()),
            (1, "/things?after=2") => (503, String::new()),
            (_, "/things?after=2") => {
                let next = format!(r#"{{"data": [], "next": "http://{host}/things?after=3"}}"#);
                (200, next)
            }
            (_, "/things?after=3") => (200, r#"{"data": [3]}"#.to_owned()),
            _ => (404, String::new()),
        };
        let head = format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n");
        write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
    })
}

fn list(client: &Client) -> ListCall {
    let request = client.call("things.list", Method::GET, "/things");
    ListCall(request.query("limit", &2_i64).json())
}

#[tokio::test]
async fn pages_are_read_over_one_connection() {
    let server = server();
    let client = server.builder().build().unwrap();
    let mut items = list(&client).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap());
    }
    assert_eq!(found, [1, 2, 3]);
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    assert!(seen.iter().all(|seen| seen.connection == 0));
}

#[test]
fn pages_need_no_runtime() {
    let server = server();
    let client = server.builder().build().unwrap();
    let items: Result<Vec<i64>, Error> = list(&client).items().blocking().collect();
    assert_eq!(items.unwrap(), [1, 2, 3]);
    let mut pages = list(&client).pages();
    let first = pages.blocking().next().unwrap().unwrap();
    assert_eq!(first.data, [1, 2]);
    let token = pages.token();
    assert_eq!(token, "things.list:link:0:2:/things?after=2");
    let rest = list(&client).pages().resume(token).blocking().count();
    assert_eq!(rest, 2);
}
