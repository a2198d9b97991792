//! The names that items from the description must not have, because the macros of the runtime, a derive or the emitted
//! code use them.
//!
//! The tests below read the macros and fail if a list here has a missing or superfluous name.

/// Methods of a call that a setter must not share its name with.
pub(crate) const CALL: &[&str] = &[
    "clone",
    "input",
    "into_future",
    "new",
    "send",
    "send_blocking",
    "send_bytes",
    "send_bytes_blocking",
    "send_stream",
    "send_stream_blocking",
    "with_credential",
    "with_download_progress",
    "with_header",
    "with_idempotency_key",
    "with_idle_timeout",
    "with_origin",
    "with_property",
    "with_query",
    "with_retry",
    "with_timeout",
    "with_total_timeout",
    "with_upload_progress",
    "without_credentials",
    "without_retry",
];

/// Additional methods of a call with pages.
pub(crate) const PAGES: &[&str] = &["items", "pages"];

/// Variables of a method that sends a call, which its arguments must not hide.
pub(crate) const VARIABLES: &[&str] = &["client", "request"];

/// Methods of a client that those of its resources and schemes must not share their names with.
pub(crate) const CLIENT: &[&str] = &["builder", "clone", "new", "request", "with_credential"];

/// Methods of a builder of a client that those of the schemes must not share their names with.
pub(crate) const BUILDER: &[&str] = &[
    "allow_http",
    "attempt_hook",
    "body_limit",
    "build",
    "call_hook",
    "client_certificate",
    "clone",
    "connect_timeout",
    "credential",
    "credentials_from_env",
    "danger_accept_invalid_certificates",
    "header",
    "http1_only",
    "http2_prior_knowledge",
    "idempotency_keys",
    "idle_timeout",
    "local_address",
    "new",
    "origin",
    "pool_idle_timeout",
    "pool_max_idle_per_host",
    "proxy",
    "read_timeout",
    "resolve",
    "retry",
    "root_certificate",
    "signer",
    "timeout",
    "total_timeout",
    "transport",
    "user_agent",
    "without_credentials",
    "without_pool",
    "without_proxy",
    "without_retry",
];

/// Functions of a handle that an operation must not share its name with.
pub(crate) const HANDLE: &[&str] = &["clone", "new"];

/// Functions of a record that a setter must not share its name with. Those of traits are called as methods of each record.
pub(crate) const RECORD: &[&str] = &["clone", "into", "into_result", "new", "try_into"];

/// Constants of the enum of webhooks that a variant must not share its name with.
pub(crate) const WEBHOOKS: &[&str] = &["NAMES"];

/// Functions in a file of tests that a test must not share its name with.
pub(crate) const TESTS: &[&str] = &["client", "made", "round_trip", "samples", "sends", "value"];

/// Types that the file of every resource uses.
pub(crate) const TYPES: &[&str] = &[
    "Base64",
    "Box",
    "Bytes",
    "Call",
    "Client",
    "Date",
    "Decimal",
    "Display",
    "Error",
    "From",
    "Into",
    "IntoFuture",
    "Json",
    "JsonObject",
    "Map",
    "Method",
    "None",
    "Nullable",
    "Ok",
    "Option",
    "Request",
    "Result",
    "Secret",
    "Self",
    "Serde",
    "Some",
    "String",
    "Style",
    "Timestamp",
    "ToString",
    "Uuid",
    "Vec",
];

/// Constants of a file of example responses.
pub(crate) const EXAMPLES: &[&str] = &["ALL"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const CALLS: &str = include_str!("../../runtime/src/call/macros.rs");
    const BLOCKING: &str = include_str!("../../runtime/src/call/blocking.rs");
    const PAGED: &str = include_str!("../../runtime/src/pages/macros.rs");
    const CLIENTS: &str = include_str!("../../runtime/src/client/macros.rs");
    const RECORDS: &str = include_str!("../../runtime/src/macros/record.rs");
    const WEBHOOK_ENUMS: &str = include_str!("../../runtime/src/macros/webhooks.rs");
    const EXAMPLES: &str = include_str!("../emit/examples.rs");
    const ROOT: &str = include_str!("../../runtime/src/lib.rs");

    /// All macros of this name, for any set of features.
    fn macros<'s>(source: &'s str, name: &str) -> impl Iterator<Item = &'s str> {
        let head = format!("{name} {{");
        let pieces = source.split("macro_rules! ").skip(1);
        let pieces: Vec<_> = pieces.filter(|piece| piece.starts_with(&head)).collect();
        assert!(!pieces.is_empty(), "there is no macro `{name}`");
        pieces.into_iter()
    }

    /// The functions that a macro defines in a type: those in an `impl`, without `pub` only where `private` says so.
    fn functions(source: &str, name: &str, private: bool) -> BTreeSet<String> {
        items(source, name, if private { "fn " } else { "pub fn " })
    }

    /// The items that a macro defines with this sign before their names.
    fn items(source: &str, name: &str, sign: &str) -> BTreeSet<String> {
        let functions = macros(source, name).flat_map(|text| text.split(sign).skip(1));
        let names = functions.map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            rest[..end.unwrap_or(rest.len())].to_owned()
        });
        names.filter(|name| !name.is_empty()).collect()
    }

    #[track_caller]
    fn same(list: &[&str], defined: impl IntoIterator<Item = String>, others: &[&str]) {
        let others = others.iter().map(|&name| name.to_owned());
        let defined: BTreeSet<String> = defined.into_iter().chain(others).collect();
        let list: BTreeSet<String> = list.iter().map(|&name| name.to_owned()).collect();
        let missing: Vec<_> = defined.difference(&list).collect();
        let gone: Vec<_> = list.difference(&defined).collect();
        assert!(
            missing.is_empty() && gone.is_empty(),
            "missing: {missing:?}, gone: {gone:?}"
        );
    }

    #[test]
    fn calls_reserve_what_their_macros_define() {
        let call = functions(CALLS, "call", true);
        same(
            CALL,
            call.into_iter()
                .chain(functions(BLOCKING, "blocking_call", true)),
            &["clone", "new"],
        );
        same(PAGES, functions(PAGED, "paged", false), &[]);
    }

    #[test]
    fn clients_and_builders_reserve_what_their_macros_define() {
        same(
            CLIENT,
            functions(CLIENTS, "client", true),
            &["builder", "clone", "new"],
        );
        let emitted = ["clone", "credentials_from_env", "new"];
        same(BUILDER, functions(CLIENTS, "builder", true), &emitted);
    }

    #[test]
    fn records_reserve_what_is_emitted_for_them() {
        same(
            RECORD,
            functions(RECORDS, "record", false),
            &["clone", "into", "into_result", "new", "try_into"],
        );
    }

    #[test]
    fn webhooks_reserve_the_constants_that_their_macro_defines() {
        let defined = items(WEBHOOK_ENUMS, "webhooks", "pub const ");
        same(WEBHOOKS, defined, &[]);
    }

    #[test]
    fn files_of_tests_reserve_the_functions_that_they_import() {
        for imports in EXAMPLES.split("::testing::{").skip(1) {
            let (imports, _) = imports.split_once('}').unwrap();
            let names = imports.split(", ");
            for name in names.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())) {
                assert!(
                    TESTS.contains(&name),
                    "`{name}` is imported by every file of tests"
                );
            }
        }
    }

    #[test]
    fn files_of_calls_reserve_the_types_that_they_import() {
        for module in ["pub mod prelude {", "pub mod calls {"] {
            let (_, rest) = ROOT.split_once(module).unwrap();
            let (body, _) = rest.split_once("\n}").unwrap();
            let words = body.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            for name in words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())) {
                assert!(
                    TYPES.contains(&name),
                    "`{name}` is imported by every file of calls"
                );
            }
        }
    }
}
