use specwright_runtime::prelude::*;

use crate::{read, refusal, write};

#[derive(Debug, Clone, PartialEq)]
struct Account {
    kind: String,
    version: i64,
    id: Uuid,
    name: Option<String>,
    tags: Vec<String>,
    owner: Owner,
    backup: Option<Box<Owner>>,
    nickname: Nullable<String>,
    created: Option<Timestamp>,
    password: Option<Secret>,
}

record!(Account {
    kind: "type" = "account",
    version: "version" = 2,
    id: "id" required,
    name: "name" required,
    tags: "tags" required,
    owner: "owner" required,
    backup: "backup",
    nickname: "nickname",
    created: "created" read_only,
    password: "password" write_only required,
});

#[derive(Debug, Clone, PartialEq)]
struct Owner {
    login: String,
    active: bool,
    rest: Map<i64>,
}

record!(Owner { login: "login" required, active: "active", ..rest });

const LEAST: &str = r#"{"id":"9bd39495-ad21-40f7-a8a6-9c8cf9d6a822","tags":[],"owner":{"login":"l","active":true}}"#;

#[test]
fn optional_properties_may_be_absent() {
    let account: Account = read(LEAST);
    assert_eq!(account.kind, "account");
    assert_eq!(account.version, 2);
    assert_eq!(account.name, None);
    assert_eq!(account.nickname, Nullable::Absent);
    assert_eq!(account.password, None);
    assert_eq!(
        write(&account),
        r#"{"type":"account","version":2,"id":"9bd39495-ad21-40f7-a8a6-9c8cf9d6a822","name":null,"tags":[],"owner":{"login":"l","active":true},"password":null}"#
    );
}

#[test]
fn properties_come_in_any_order_and_unknown_ones_are_skipped() {
    let text = r#"{"z":{"a":[1,{}]},"password":"p","nickname":null,"created":"2024-01-01","backup":{"active":false,"login":"b","x":7},
        "owner":{"login":"l","active":true},"tags":["a","b"],"id":"9bd39495ad2140f7a8a69c8cf9d6a822","name":"n","type":"other","version":3}"#;
    let account: Account = read(text);
    assert_eq!(account.nickname, Nullable::Null);
    assert_eq!(account.backup.as_ref().unwrap().rest["x"], 7);
    assert_eq!(account.password.as_ref().unwrap().expose(), "p");
    assert_eq!(
        write(&account),
        r#"{"type":"other","version":3,"id":"9bd39495-ad21-40f7-a8a6-9c8cf9d6a822","name":"n","tags":["a","b"],"owner":{"login":"l","active":true},"backup":{"login":"b","active":false,"x":7},"nickname":null,"password":"p"}"#
    );
}

#[test]
fn leniency_takes_slips_that_cost_nothing() {
    let account: Account = read(
        r#"{"id":"9bd39495-ad21-40f7-a8a6-9c8cf9d6a822","tags":null,"owner":{"login":"l","active":true,"n":55.0}}"#,
    );
    assert!(account.tags.is_empty());
    assert_eq!(account.owner.rest["n"], 55);
    let account: Account = read(&LEAST.replace("[]", r#""only""#));
    assert_eq!(account.tags, ["only"]);
}

#[test]
fn the_last_of_two_equal_properties_is_kept() {
    #[derive(Debug, PartialEq)]
    struct Outer {
        inner: Inner,
        maybe: Option<Inner>,
        list: Vec<i64>,
        pair: (i64, Option<i64>),
    }
    record!(Outer { inner: "inner" required, maybe: "maybe", list: "list", pair: "pair" });

    #[derive(Debug, PartialEq)]
    struct Inner {
        a: Option<i64>,
        b: Option<i64>,
    }
    record!(Inner { a: "a", b: "b" });

    let outer: Outer = read(
        r#"{"inner":{"a":1},"maybe":{"a":1},"list":[1],"pair":[1,2],"maybe":{"b":2},"inner":{"b":2},"list":[2],"pair":[3]}"#,
    );
    let inner = || Inner {
        a: None,
        b: Some(2),
    };
    assert_eq!(
        outer,
        Outer {
            inner: inner(),
            maybe: Some(inner()),
            list: vec![2],
            pair: (3, None)
        }
    );
    assert_eq!(
        refusal::<Owner>(r#"{"login":"a","active":true,"login":null}"#),
        "$.login: expected a string, found null"
    );
}

#[test]
fn absent_and_null_required_properties_are_errors() {
    assert_eq!(
        refusal::<Account>("{}"),
        r#"$: the required property "id" is missing"#
    );
    assert_eq!(
        refusal::<Account>(&LEAST.replace(r#""tags":[],"#, "")),
        r#"$: the required property "tags" is missing"#
    );
    assert_eq!(
        refusal::<Vec<Account>>(&format!(
            "[{LEAST},{}]",
            LEAST.replace(r#""login":"l","#, "")
        )),
        r#"$[1].owner: the required property "login" is missing"#
    );
    assert_eq!(
        refusal::<Owner>(r#"{"login":null}"#),
        "$.login: expected a string, found null"
    );
    assert_eq!(
        refusal::<Account>("null"),
        "$: expected an object, found null"
    );
}

#[test]
fn serde_sees_every_type() {
    let account: Account = read(LEAST);
    let value = serde_json::to_value(&account).unwrap();
    assert_eq!(value["owner"]["login"], "l");
    assert_eq!(
        serde_json::from_value::<Account>(value.clone()).unwrap(),
        account
    );
    assert_eq!(specwright_runtime::codec::to_value(&account), value);
    assert_eq!(
        specwright_runtime::codec::from_value::<Account>(&value).unwrap(),
        account
    );
    let error = serde_json::from_str::<Owner>(r#"{"login":5}"#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("$.login: expected a string, found the number 5"),
        "{error}"
    );
    let text = serde_json::to_string_pretty(&account).unwrap();
    assert_eq!(serde_json::from_str::<Account>(&text).unwrap(), account);
}

#[test]
fn an_empty_record_is_an_object() {
    #[derive(Debug, PartialEq)]
    struct Nothing {}
    record!(Nothing {});
    assert_eq!(read::<Nothing>(r#"{"a":1}"#), Nothing {});
    assert_eq!(write(&Nothing {}), "{}");
    assert_eq!(
        refusal::<Nothing>("[]"),
        "$: expected an object, found an array"
    );
}

#[test]
fn a_recursive_type_goes_as_deep_as_json_may() {
    #[derive(Debug, Clone, PartialEq)]
    struct Node {
        next: Option<Box<Node>>,
        children: Vec<Node>,
    }
    record!(Node {
        next: "next",
        children: "children"
    });

    #[derive(Debug, Clone, PartialEq)]
    struct Tree(Vec<Tree>);
    wrapper!(Tree);

    let text = format!(
        "{}{}",
        r#"{"next":"#.repeat(100),
        "{\"children\":[]}".to_owned() + &"}".repeat(100)
    );
    let node: Node = read(&text);
    assert_eq!(read::<Node>(&write(&node)), node);
    let tree: Tree = read("[[],[[],[]]]");
    assert_eq!(tree.0[1].0.len(), 2);
    assert_eq!(write(&tree), "[[],[[],[]]]");
    assert_eq!(
        refusal::<Tree>("[[],[[],{}]]"),
        "$[1][1]: expected an array, found an object"
    );
}
