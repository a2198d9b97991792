use hashbrown::HashSet;
use proptest::prelude::*;

use super::spelling::{Signs, has_signs, spelled};
use super::*;

#[test]
fn an_api_does_not_take_what_the_crate_needs() {
    assert_eq!(module("testing.v2").plain(), "testing_v2");
    for name in RESERVED_MODULES {
        assert_eq!(module(name).plain(), format!("{name}_"));
    }
}

#[test]
fn words_become_names_in_the_case_of_their_kind() {
    for (text, type_name, field_name) in [
        ("ig_accounts", "IgAccounts", "ig_accounts"),
        ("createdAt", "CreatedAt", "created_at"),
        ("+1", "Plus1", "plus_1"),
        ("-1", "Minus1", "minus_1"),
        (">=", "GreaterEqual", "greater_equal"),
        ("", "Value", "value"),
        ("2fa", "N2fa", "n2fa"),
        ("größe", "Grosse", "grosse"),
        ("北京", "BeiJing", "bei_jing"),
        ("don't", "Dont", "dont"),
        ("x-rate-limit", "XRateLimit", "x_rate_limit"),
        ("name__ic", "NameIc", "name_ic"),
        ("a_2nd_", "A2nd", "a_2nd"),
        ("IPs", "Ips", "ips"),
        ("listURLsOfAPIs", "ListUrlsOfApis", "list_urls_of_apis"),
        ("GPSSensor As is", "GpsSensorAsIs", "gps_sensor_as_is"),
        ("OAuthTokens", "OAuthTokens", "oauth_tokens"),
        ("verify o auth", "VerifyOAuth", "verify_o_auth"),
    ] {
        assert_eq!(
            (pascal(text).as_str(), snake(text).as_str()),
            (type_name, field_name),
            "{text}"
        );
    }
}

#[test]
fn repeated_words_are_written_once() {
    for (outer, inner, name) in [
        ("SseEvent", "Event message", "SseEventMessage"),
        (
            "multi_branch_split",
            "branch_split_filter",
            "MultiBranchSplitFilter",
        ),
        ("Teaser", "teaser2_type", "TeaserTeaser2Type"),
        ("Event", "vent_type", "EventVentType"),
        ("ErrorError", "error", "ErrorErrorError"),
    ] {
        assert_eq!(joined(outer, inner), name);
    }
}

#[test]
fn keywords_are_sorted() {
    assert!(KEYWORDS.is_sorted());
}

proptest! {
    #[test]
    fn names_of_small_letters_are_those_of_any_letters(text in "[a-z][a-z0-9_]{0,12}") {
        prop_assert_eq!(snake(&text), text.to_snake_case());
        prop_assert_eq!(pascal(&text), text.to_upper_camel_case());
    }
}

#[test]
fn keywords_and_collisions_are_told_apart() {
    let mut scope = Scope::snake(&["new"]);
    let names: Vec<_> = [
        "type", "Type", "self", "new", "foo-bar", "foo_bar", "fooBar",
    ]
    .into_iter()
    .map(|text| scope.claim(text).to_string())
    .collect();
    assert_eq!(
        names,
        [
            "r#type",
            "type_2",
            "self_",
            "new_",
            "foo_bar",
            "foo_bar_2",
            "foo_bar_3"
        ]
    );
}

#[test]
fn a_name_of_another_scope_is_taken_whether_it_is_a_keyword_or_not() {
    for text in ["type", "crate", "self", "pets", "new"] {
        let name = Scope::snake(&["new"]).claim(text);
        let mut scope = Scope::snake(&["new"]);
        scope.reserve(&name);
        assert_ne!(scope.claim(text), name, "{text}");
    }
}

#[test]
fn a_text_that_is_a_name_keeps_it() {
    for (texts, names) in [
        (&["mW", "MW"][..], &["Mw", "MW"][..]),
        (&["user", "User", "USER"], &["User2", "User", "USER"]),
        (&["ab", "a-b"], &["Ab", "AB"]),
        (&["user", "person"], &["User", "Person"]),
    ] {
        let claimed = Scope::pascal(&[]).claim_all(texts.iter().copied());
        assert_eq!(claimed.iter().map(Ident::as_str).collect::<Vec<_>>(), names);
    }
    let fields = Scope::snake(&[]).claim_all(["userId", "user_id", "type"]);
    let fields: Vec<_> = fields.iter().map(Ident::as_str).collect();
    assert_eq!(fields, ["user_id_2", "user_id", "r#type"]);
}

#[test]
fn signs_and_case_tell_names_apart_before_numbers_do() {
    for (texts, names) in [
        (&["ASC", "asc"][..], &["ASC", "Asc"][..]),
        (&["A", "A+", "A-"], &["A", "APlus", "AMinus"]),
        (&["red*", "red"], &["RedStar", "Red"]),
        (&["*", "star"], &["StarSign", "Star"]),
        (
            &["GMT0", "GMT-1", "GMT+1", "GMT+0"],
            &["Gmt0", "GmtMinus1", "GmtPlus1", "GmtPlus0"],
        ),
        (&["a-b", "a.b"], &["ADashB", "AB"]),
        (&["unknown", "Self"], &["UnknownValue", "SelfValue"]),
    ] {
        let (mut scope, _) = Scope::open_variants();
        let claimed = scope.claim_all(texts.iter().copied());
        assert_eq!(claimed.iter().map(Ident::as_str).collect::<Vec<_>>(), names);
        assert!(claimed.iter().all(|name| !scope.is_numbered(name)));
    }
    let mut scope = Scope::snake(&[]);
    let claimed = scope.claim_all([
        "group", "_group", "Date>", "Date", "date<", "userId", "user_id",
    ]);
    let claimed: Vec<_> = claimed.iter().map(Ident::as_str).collect();
    let names = [
        "group",
        "underscore_group",
        "date_greater",
        "date",
        "date_less",
        "user_id_2",
        "user_id",
    ];
    assert_eq!(claimed, names);
    assert!(scope.is_numbered(&Ident::verbatim("user_id_2")));
}

#[test]
fn names_do_not_depend_on_the_order_of_the_texts() {
    let texts = [
        "a-b", "a.b", "a_b", "FOO", "foo", "Foo-Bar", "foo_bar", "fooBar",
    ];
    let names = Scope::pascal(&[]).claim_all(texts);
    let expected = [
        "ADashB",
        "ADotB",
        "AB",
        "FOO",
        "Foo",
        "FooDashBar",
        "FooUnderscoreBar",
        "FooBar",
    ];
    assert_eq!(
        names.iter().map(Ident::as_str).collect::<Vec<_>>(),
        expected
    );
    let accents = Scope::pascal(&[]).claim_all(["é", "e"]);
    assert_eq!(accents[1].as_str(), "E");
    let mut again = Scope::pascal(&[]).claim_all(texts.into_iter().rev());
    again.reverse();
    assert_eq!(names, again);
    // Two lists that begin with the same text are distinguished by their other texts.
    let find =
        ["get orders", "get orders by id"].map(|path| vec!["find".to_owned(), path.to_owned()]);
    let [all, one] = &Scope::snake(&[]).claim_each_unordered(&find)[..] else {
        panic!("two names for two texts")
    };
    let backwards = [find[1].clone(), find[0].clone()];
    let again = Scope::snake(&[]).claim_each_unordered(&backwards);
    assert_eq!((all.as_str(), one.as_str()), ("find", "get_orders_by_id"));
    assert_eq!(again, [one.clone(), all.clone()]);
    let exact = [
        vec!["read".to_owned(), "files read".to_owned()],
        vec!["read".to_owned()],
    ];
    let names = Scope::snake(&[]).claim_each_unordered(&exact);
    assert_eq!(
        names.iter().map(Ident::as_str).collect::<Vec<_>>(),
        ["files_read", "read"]
    );
}

#[test]
fn a_text_that_is_a_name_keeps_it_whatever_others_are_called() {
    let names = Scope::snake(&[]).claim_each(&["list", "list", "get_b"], |index| {
        vec![["get a", "get b", "get c"][index].to_owned()]
    });
    let names: Vec<&str> = names.iter().map(Ident::as_str).collect();
    assert_eq!(names, ["list", "list_2", "get_b"]);
}

#[test]
fn names_of_files_are_short_and_do_not_depend_on_each_other() {
    let long = "a_very_long_name_".repeat(15);
    let first = Scope::modules().claim(&long);
    let mut scope = Scope::modules();
    scope.claim(&format!("{long}other"));
    assert_eq!(scope.claim(&long), first);
    assert!(first.plain().len() <= LONGEST_FILE, "{first}");
    let ty = Scope::pascal(&[]).claim(&long);
    assert!(ty.plain().len() <= LONGEST_NAME, "{ty}");
    let method = Scope::snake(&[]).claim(&long);
    assert!(method.plain().len() <= LONGEST_NAME, "{method}");
}

#[test]
fn lists_name_their_elements_in_the_singular() {
    for (many, one) in [
        ("emails", "email"),
        ("addresses", "address"),
        ("categories", "category"),
        ("status", "status"),
        ("news", "news"),
    ] {
        assert_eq!(singular(many), one);
    }
}

proptest! {
    #[test]
    fn any_text_gives_an_identifier(texts in proptest::collection::vec(any::<String>(), 1..8)) {
        for mut scope in [Scope::snake(&[]), Scope::pascal(&["Unknown"])] {
            let names: Vec<Ident> = texts.iter().map(|text| scope.claim(text)).collect();
            let distinct: HashSet<Ident> = names.iter().cloned().collect();
            prop_assert_eq!(distinct.len(), names.len());
            for name in names {
                prop_assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok() || name.as_str().starts_with("r#"));
            }
        }
    }
}

proptest! {
    #[test]
    fn names_are_the_same_without_the_short_way(text in "[a-cA-C0-1_'+./ é-]{0,10}") {
        use heck::{ToSnakeCase, ToUpperCamelCase};
        let words = spelled(&text, Signs::Usual);
        prop_assert_eq!(snake(&text), with_letter_first(words.to_snake_case(), 'n', "value"));
        prop_assert_eq!(pascal(&text), with_letter_first(words.to_upper_camel_case(), 'N', "Value"));
        prop_assert_eq!(has_signs(&text), spelled(&text, Signs::All) != words);
    }
}
