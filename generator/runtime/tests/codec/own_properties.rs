//! Unions choose the alternative that knows most of a value's own properties.

use specwright_runtime::prelude::*;

use crate::read;

#[derive(Debug, Clone, PartialEq)]
struct Order {
    id: String,
    state: String,
    total: i64,
}
record!(Order { id: "id" required, state: "state" required, total: "total" required });

#[derive(Debug, Clone, PartialEq)]
struct Notice {
    id: Option<String>,
    detail: Option<Detail>,
}
record!(Notice {
    id: "id",
    detail: "detail"
});

#[derive(Debug, Clone, PartialEq)]
struct Detail {
    a: Option<i64>,
    b: Option<i64>,
    c: Option<i64>,
    d: Option<i64>,
}
record!(Detail {
    a: "a",
    b: "b",
    c: "c",
    d: "d"
});

#[derive(Debug, Clone, PartialEq)]
struct Raw {
    id: String,
    detail: Option<JsonObject>,
}
record!(Raw { id: "id" required, detail: "detail" });

#[test]
fn the_own_properties_of_a_value_count_before_those_in_its_parts() {
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    enum Message {
        Notice(Notice),
        Any(JsonObject),
        Order(Order),
        Raw(Raw),
        Unknown(Json),
    }
    union!(Message { Notice, Any, Order, Raw } else Unknown);

    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    enum Items {
        Notices(Vec<Notice>),
        Orders(Vec<Order>),
        Unknown(Json),
    }
    union!(Items { Notices, Orders } else Unknown);

    let chosen = |text: &str| match read::<Message>(text) {
        Message::Notice(_) => "notice",
        Message::Any(_) => "any",
        Message::Order(_) => "order",
        Message::Raw(_) => "raw",
        Message::Unknown(_) => "unknown",
    };
    let detail = r#""detail":{"a":1,"b":2,"c":3,"d":4}"#;
    // An order has no `detail`, but it has all of its own properties.
    let order = format!(r#"{{"id":"1","state":"new","total":2,{detail}}}"#);
    assert_eq!(chosen(&order), "order");
    // A property that no alternative has does not make a map of the value.
    assert_eq!(
        chosen(r#"{"id":"1","state":"new","total":2,"extra":[]}"#),
        "order"
    );
    // Of equal ones, the alternative whose parts have types wins.
    assert_eq!(chosen(&format!(r#"{{"id":"1",{detail}}}"#)), "notice");
    assert_eq!(chosen(r#"{"extra":1,"detail":7}"#), "any");
    assert!(matches!(
        read(&format!("[{order},{order}]")),
        Items::Orders(_)
    ));
}

#[derive(Debug, Clone, PartialEq)]
struct Price {
    amount: Option<i64>,
    currency: Option<String>,
}
record!(Price {
    amount: "amount",
    currency: "currency"
});

#[derive(Debug, Clone, PartialEq)]
struct Failure {
    code: Option<i64>,
    default: Option<Json>,
}
record!(Failure {
    code: "code",
    default: "default"
});

#[derive(Debug, Clone, PartialEq)]
struct Offer {
    id: Option<String>,
    rest: Map<Price>,
}
record!(Offer { id: "id", ..rest });

#[derive(Debug, Clone, PartialEq)]
struct Ticket {
    id: Option<String>,
    default: Option<Json>,
}
record!(Ticket {
    id: "id",
    default: "default"
});

/// A union of two alternatives, and whether it chooses the first one.
macro_rules! first_of {
    ($first:ty, $second:ty, $text:expr) => {{
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        enum Either {
            First($first),
            Second($second),
            Unknown(Json),
        }
        union!(Either { First, Second } else Unknown);
        let either: Either = read($text);
        assert!(!matches!(either, Either::Unknown(_)));
        matches!(either, Either::First(_))
    }};
}

#[test]
fn entries_of_additional_properties_count_as_known_if_their_type_knows_them() {
    let entries = r#""default":{"amount":1,"currency":"EUR"},"sale":{"amount":2,"currency":"USD"}"#;
    let prices = &format!("{{{entries}}}");
    assert!(first_of!(Map<Price>, Failure, prices));
    assert!(!first_of!(Failure, Map<Price>, prices));
    assert!(!first_of!(
        Failure,
        Map<Vec<Price>>,
        r#"{"default":[{"amount":1}],"sale":[{"amount":1}]}"#
    ));
    let listed = &format!("[{prices},{prices}]");
    assert!(!first_of!(Vec<Failure>, Vec<Map<Price>>, listed));
    let offer = &format!(r#"{{"id":"1",{entries}}}"#);
    assert!(!first_of!(Ticket, Offer, offer));
    // Any JSON knows nothing of its entries.
    assert!(first_of!(Failure, JsonObject, prices));
    assert!(first_of!(Failure, Map<JsonObject>, prices));
    // An entry of which nothing is known is no reason to give up a field.
    assert!(first_of!(Failure, Map<Price>, r#"{"code":7}"#));
    assert!(!first_of!(
        Map<Price>,
        Failure,
        r#"{"default":{"other":1},"sale":{"other":1}}"#
    ));
}

#[derive(Debug, Clone, PartialEq)]
struct Labels {
    id: Option<String>,
    rest: Map<String>,
}
record!(Labels { id: "id", ..rest });

/// Any string fits a map of strings, so that an entry of it says less than a field.
#[test]
fn a_map_of_scalars_is_chosen_where_a_record_would_lose_three_times_more_than_it_knows() {
    // An error to which the server adds properties is still that error.
    let first = r#"{"default":"a","message":"b","request_id":"c","at":"d"}"#;
    assert!(first_of!(Failure, Map<String>, first));
    assert!(!first_of!(Map<String>, Failure, first));
    let most = r#"{"default":"a","de":"b","fr":"c","it":"d","es":"e"}"#;
    assert!(!first_of!(Failure, Map<String>, most));
    assert!(first_of!(Map<String>, Failure, most));
    let numbers = r#"{"code":1,"eur":2,"usd":3,"gbp":4,"chf":5}"#;
    assert!(first_of!(Map<f64>, Failure, numbers));
    // A new property does not make a map of an order, and neither do values that fit only leniently.
    let order = r#"{"id":"1","state":"new","total":2,"note":"x","color":"y"}"#;
    assert!(first_of!(Order, Map<String>, order));
    assert!(first_of!(
        Failure,
        Map<f64>,
        r#"{"code":1,"a":"2","b":"3"}"#
    ));
    // Objects without a known property count like scalars, if nothing in them is lost.
    let empty = r#"{"default":{},"a":{},"b":{},"c":{},"d":{}}"#;
    assert!(first_of!(Map<Price>, Failure, empty));
    assert!(first_of!(
        Map<Vec<Price>>,
        Failure,
        r#"{"default":[],"a":[],"b":[],"c":[],"d":[]}"#
    ));
    assert!(first_of!(Failure, JsonObject, empty));
    // A map within a map knows no property either.
    let nested = r#"{"default":{"a":"b"},"de":{"a":"b"}}"#;
    assert!(first_of!(Failure, Map<Map<String>>, nested));
    // The same holds for the entries beside the fields of a record.
    let labelled = r#"{"id":"1","default":"a","de":"b","fr":"c","it":"d","es":"e"}"#;
    assert!(!first_of!(Ticket, Labels, labelled));
    assert!(!first_of!(
        Ticket,
        Map<String>,
        r#"{"id":"1","a":"","b":"","c":"","d":""}"#
    ));
    assert!(first_of!(Ticket, Labels, r#"{"id":"1","default":"a"}"#));
}
