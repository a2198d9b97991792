use serde_json::json;

use super::*;
use crate::codec::ObjectView;

/// The object in the table of the specification, whose properties are ordered.
struct Rgb;

impl Encode for Rgb {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl ObjectView for Rgb {
    fn each(&self, property: &mut dyn FnMut(&str, &dyn Encode)) {
        property("R", &100_i64);
        property("G", &200_i64);
        property("B", &150_i64);
    }
}

fn path(style: Style, explode: bool, value: &dyn Encode) -> String {
    path_value(style, explode, "color", value)
}

fn query(style: Style, explode: bool, value: &dyn Encode) -> String {
    let mut text = String::new();
    Pairs::query(&mut text).add(style, explode, "color", value);
    text
}

/// Returns the columns of the table: an empty string, a string, an array, an object.
fn columns() -> [Box<dyn Encode>; 4] {
    [
        Box::new(String::new()),
        Box::new("blue".to_owned()),
        Box::new(vec!["blue", "black", "brown"]),
        Box::new(Rgb),
    ]
}

type Row = (Style, bool, [&'static str; 4]);

#[test]
fn paths_follow_the_table() {
    let rows: [Row; 6] = [
        (
            Style::Matrix,
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::Matrix,
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (
            Style::Label,
            false,
            [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Style::Label,
            true,
            [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            Style::Simple,
            false,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Style::Simple,
            true,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
    ];
    for (style, explode, wanted) in rows {
        for (value, wanted) in columns().iter().zip(wanted) {
            assert_eq!(path(style, explode, value), wanted, "{style:?} {explode}");
        }
    }
}

#[test]
fn queries_follow_the_table() {
    let rows: [Row; 6] = [
        (
            Style::Form,
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::Form,
            true,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "R=100&G=200&B=150",
            ],
        ),
        (
            Style::SpaceDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%20black%20brown",
                "color=R%20100%20G%20200%20B%20150",
            ],
        ),
        (
            Style::PipeDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%7Cblack%7Cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ],
        ),
        (
            Style::TabDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%09black%09brown",
                "color=R%09100%09G%09200%09B%09150",
            ],
        ),
        (
            Style::DeepObject,
            true,
            [
                "color=",
                "color=blue",
                "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
    ];
    for (style, explode, wanted) in rows {
        for (value, wanted) in columns().iter().zip(wanted) {
            assert_eq!(query(style, explode, value), wanted, "{style:?} {explode}");
        }
    }
}

#[test]
fn headers_and_cookies_follow_the_table() {
    let wanted = ["", "blue", "blue,black,brown", "R,100,G,200,B,150"];
    for (value, wanted) in columns().iter().zip(wanted) {
        assert_eq!(header_value(false, value).unwrap(), wanted);
    }
    assert_eq!(
        header_value(true, &columns()[3]).unwrap(),
        "R=100,G=200,B=150"
    );
    assert_eq!(header_value(true, &json!("a b/c")).unwrap(), "a b/c");
    let mut cookies = String::new();
    Pairs::cookies(&mut cookies).add(Style::Form, false, "a", &columns()[2]);
    Pairs::cookies(&mut cookies).add(Style::Form, true, "b", &columns()[3]);
    assert_eq!(cookies, "a=blue,black,brown; R=100; G=200; B=150");
}

#[test]
fn null_and_empty_values_are_not_sent() {
    for absent in [
        json!(null),
        json!([]),
        json!({}),
        json!([null]),
        json!({"a": null}),
    ] {
        assert_eq!(query(Style::Form, true, &absent), "", "{absent}");
        assert_eq!(query(Style::DeepObject, true, &absent), "", "{absent}");
        assert_eq!(header_value(false, &absent), None, "{absent}");
    }
    assert_eq!(
        query(
            Style::DeepObject,
            true,
            &json!({"a": {"b": [1, 2]}, "c d": true})
        ),
        "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D=2&color%5Bc%20d%5D=true"
    );
    assert_eq!(
        query(Style::Form, false, &json!(["a,b", {"c": 1}, 1.5])),
        "color=a%2Cb,%7B%22c%22%3A1%7D,1.5"
    );
    assert_eq!(path(Style::Simple, false, &json!("a/b c%")), "a%2Fb%20c%25");
}

#[test]
fn reserved_characters_stay_where_they_do_no_harm() {
    let mut text = String::new();
    Pairs::reserved(&mut text).add(Style::Form, true, "a&b", &"x:/?@!$'()*,; &=+#[]%é");
    assert_eq!(text, "a%26b=x:/?@!$'()*,;%20%26%3D%2B%23%5B%5D%25%C3%A9");
    assert!(format!("http://h/?{text}").parse::<http::Uri>().is_ok());
}

#[test]
fn encoded_values_are_not_encoded_again() {
    for (value, wanted) in [
        ("a%20b", "a%20b"),
        ("a%2f%2Bb%c3%A9", "a%2f%2Bb%c3%A9"),
        ("100%", "100%25"),
        ("%2", "%252"),
        ("%zz%20%%20", "%25zz%20%25%20"),
        ("é%", "%C3%A9%25"),
    ] {
        let mut text = String::new();
        Pairs::reserved(&mut text).add(Style::Form, true, "q", &value);
        assert_eq!(text, format!("q={wanted}"));
        let path = path_reserved(Style::Simple, false, "q", &value);
        assert_eq!(path.as_deref(), Some(wanted));
    }
    assert_eq!(query(Style::Form, true, &json!("a%20b")), "color=a%2520b");
}

#[test]
fn a_reserved_path_value_leads_nowhere_else() {
    let path = |value: &str| path_reserved(Style::Simple, false, "p", &value);
    for (value, wanted) in [
        ("docs/a b.md", "docs/a%20b.md"),
        ("docs/", "docs/"),
        ("a:@!$&'()*+,;=b", "a:@!$&'()*+,;=b"),
        ("a?b#c[d]", "a%3Fb%23c%5Bd%5D"),
        ("...", "..."),
        ("a/..b;v=1/;c", "a/..b;v=1/;c"),
    ] {
        assert_eq!(path(value).as_deref(), Some(wanted));
    }
    for value in [
        "",
        "/",
        "/a",
        "a//b",
        ".",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "a/%2e%2E/b",
        "a/.%2e",
        "..%2fa",
        "a%2F..%2Fb",
        "a\\..\\b",
        "a%5c..",
        "%2f",
        "a/./b",
        "a/..;/b",
        "..;v=1",
        "a/%2e.%3Bv/b",
    ] {
        assert_eq!(path(value), None, "{value}");
    }
    let matrix = path_reserved(Style::Matrix, true, "p", &json!(["a/b", "c"]));
    assert_eq!(matrix.as_deref(), Some(";p=a/b;p=c"));
}

#[test]
fn lists_of_objects_do_not_run_into_each_other() {
    let items =
        json!([{"price": "p1", "qty": 1}, {"price": "p2", "tags": ["a", "b"]}, {}, [["c"]]]);
    assert_eq!(
        query(Style::DeepObject, true, &items)
            .replace("%5B", "[")
            .replace("%5D", "]"),
        "color[0][price]=p1&color[0][qty]=1&color[1][price]=p2&color[1][tags][0]=a&color[1][tags][1]=b\
         &color[3][0][0]=c"
    );
    let parts = pairs(Style::DeepObject, true, "a", &items);
    assert_eq!(parts[0], ("a[0][price]".to_owned(), "p1".to_owned()));
    assert_eq!(parts.len(), 6);
}

#[test]
fn an_array_in_an_exploded_object_repeats_its_name() {
    let value =
        json!({"also": [null], "in": {"c": 1}, "none": [], "page": 0, "sort": ["a,asc", "b"]});
    let wanted = "in=%7B%22c%22%3A1%7D&page=0&sort=a%2Casc&sort=b";
    assert_eq!(query(Style::Form, true, &value), wanted);
    assert_eq!(
        query(Style::Form, true, &crate::Serde::new(value.clone())),
        wanted
    );
    let parts = pairs(Style::Form, true, "color", &value);
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, text)| format!("{name}={text}"))
        .collect();
    assert_eq!(parts, [r#"in={"c":1}"#, "page=0", "sort=a,asc", "sort=b"]);
    assert_eq!(
        query(Style::Form, false, &json!({"sort": ["a"]})),
        "color=sort,%5B%22a%22%5D"
    );
}

#[test]
fn plain_cookies_are_sent_as_they_are() {
    let plain = |explode, value: &Value| {
        let mut text = String::from("x=y");
        cookie_octets(&mut text, explode, "c", value).map(|()| text)
    };
    for (explode, value, wanted) in [
        (true, json!("a%20b=/+&"), "x=y; c=a%20b=/+&"),
        (true, json!("\"a\""), "x=y; c=\"a\""),
        (true, json!(["a", 1]), "x=y; c=a; c=1"),
        (false, json!(["a", "b"]), "x=y; c=a,b"),
        (true, json!({"a": 1, "b": true}), "x=y; a=1; b=true"),
        (true, json!(null), "x=y"),
    ] {
        assert_eq!(plain(explode, &value).unwrap(), wanted);
    }
    for value in [
        json!("a; admin=1"),
        json!("a b"),
        json!("a,b"),
        json!("a\\b"),
        json!("\"a"),
        json!("é"),
        json!("a\n"),
        json!("a\u{0}"),
        json!(["a", "b;"]),
        json!({"a; b": 1}),
        json!({"a=b": 1}),
        json!({"a": ";"}),
        json!([[1, 2]]),
    ] {
        let why = plain(true, &value).unwrap_err();
        assert!(why.starts_with("the cookie `c`"), "{value}: {why}");
    }
}

#[test]
fn forms_write_spaces_as_plus_and_objects_as_json() {
    let mut text = String::new();
    Pairs::form(&mut text).whole(
        &json!({"a b": "c d+e", "f": [1, 2], "g": {"h": null}, "i": null}),
        &[],
    );
    assert_eq!(text, "a+b=c+d%2Be&f=1&f=2&g=%7B%22h%22%3Anull%7D");
}

#[test]
fn values_that_serde_encodes_have_the_same_styles() {
    let list = crate::Serde::new(vec![1_u8, 2]);
    assert_eq!(query(Style::Form, true, &list), "color=1&color=2");
    assert_eq!(path(Style::Simple, false, &list), "1,2");
    let object = crate::Serde::new(json!({"R": 100, "G": null}));
    assert_eq!(query(Style::DeepObject, true, &object), "color%5BR%5D=100");
    assert_eq!(query(Style::Form, true, &object), "R=100");
    assert_eq!(
        header_value(false, &vec![crate::Serde::new('a'), crate::Serde::new('b')]).as_deref(),
        Some("a,b")
    );
    assert_eq!(header_value(false, &crate::Serde::new(None::<u8>)), None);
}
