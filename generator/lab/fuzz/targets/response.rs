//! Any response of a server: decoding it neither panics nor overflows the stack, a failed call keeps status and body, and
//! a stream ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specwright_runtime::client::{Api, ClientBuilder};
use specwright_runtime::prelude::*;
use specwright_runtime::testing::{TestResponse, TestTransport, block_on};
use specwright_runtime::{Events, JsonLines, Method};

#[derive(Debug, Clone, PartialEq)]
pub struct Pet {
    pub name: String,
    pub born: Option<Timestamp>,
    pub tags: Vec<String>,
    pub like: Option<Box<Choice>>,
    pub limits: Map<i64>,
}

record!(Pet { name: "name" required, born: "born", tags: "tags", like: "like", limits: "limits" });

#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    Pet(Pet),
    Number(f64),
    Id(Uuid),
    Unknown(Json),
}

union!(Choice { Pet, Number, Id } else Unknown);

static API: Api = Api::new("zoo", "zoo/1");

fuzz_target!(|bytes: &[u8]| {
    let server = TestTransport::new();
    let base = "https://example.test".parse().unwrap();
    let client = ClientBuilder::new(&API, base)
        .transport(server.clone())
        .build()
        .unwrap();
    let call = |kind: &str| {
        let chunks: Vec<Vec<u8>> = bytes.chunks(7).map(<[u8]>::to_vec).collect();
        server.respond(TestResponse::status(200).chunks(kind, chunks));
        client.call("pets.get", Method::GET, "/pets")
    };
    match block_on(call("application/json").json::<Pet>().send()) {
        Ok(response) => assert_eq!(&response.body()[..], bytes),
        Err(error) => {
            assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
            assert_eq!(&error.body()[..], bytes);
        }
    }
    let events: Result<Events<Pet>, _> = block_on(call("text/event-stream").events());
    if let Ok(mut events) = events {
        while block_on(events.next()).is_some() {}
    }
    let lines: Result<JsonLines<Choice>, _> = block_on(call("application/x-ndjson").json_lines());
    if let Ok(mut lines) = lines {
        while block_on(lines.next()).is_some() {}
    }
});
