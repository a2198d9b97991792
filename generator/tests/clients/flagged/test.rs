//! Each of two methods sets the property that requests a stream, whatever the value in the caller's body.

use clients::flagged::examples::server;
use clients::flagged::types::Chat;
use clients::flagged::{Client, Server as Base};
use clients::testing::block_on;

#[test]
fn the_method_that_streams_asks_for_it_and_the_other_one_does_not() {
    let server = server();
    let client = Client::builder(Base::Default)
        .transport(server.clone())
        .build()
        .unwrap();
    let chats = client.chats();
    block_on(chats.answer("a")).unwrap();
    block_on(chats.answer_stream("a")).unwrap();
    block_on(chats.create(Chat::new().text("b").stream(true))).unwrap();
    block_on(chats.create_stream(Chat::new().stream(false).text("b"))).unwrap();
    block_on(chats.guess()).unwrap();
    block_on(chats.guess().chat(Chat::new())).unwrap();
    block_on(chats.guess_stream()).unwrap();
    block_on(chats.guess_stream().chat(Chat::new().text("c"))).unwrap();
    block_on(chats.create(Chat::new()).with_property("stream", "mine")).unwrap();
    let sent = server.requests();
    let sent: Vec<_> = sent.iter().map(|request| request.text()).collect();
    let expected = [
        r#"{"stream":false,"text":"a"}"#,
        r#"{"stream":true,"text":"a"}"#,
        r#"{"text":"b","stream":false}"#,
        r#"{"text":"b","stream":true}"#,
        "",
        r#"{"stream":false}"#,
        r#"{"stream":true}"#,
        r#"{"text":"c","stream":true}"#,
        r#"{"stream":"mine"}"#,
    ];
    assert_eq!(sent, expected);
}
