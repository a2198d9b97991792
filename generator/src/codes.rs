//! Every code that a diagnostic can have: the tables of all stages, joined.

pub use crate::diagnostic::code::{Code, Level};

use crate::{diagnostic, document, lower};

mod inputs {
    crate::diagnostic::code::codes! {
        Error MODULE_TWICE "SW0501" "two descriptions would become one module";
    }
}

pub(crate) use inputs::MODULE_TWICE;

/// All codes, in their order.
pub fn all() -> impl Iterator<Item = &'static Code> {
    let stages = [
        diagnostic::code::ALL,
        document::code::ALL,
        lower::code::ALL,
        inputs::ALL,
    ];
    stages.into_iter().flatten()
}

/// The entry of a code, if there is one.
pub fn find(code: &str) -> Option<&'static Code> {
    all().find(|known| known.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_different() {
        let codes: Vec<&str> = all().map(|code| code.code).collect();
        assert!(codes.is_sorted_by(|one, other| one < other), "{codes:?}");
    }

    #[test]
    fn codes_look_alike() {
        for Code { code, title, .. } in all() {
            let digits = code.strip_prefix("SW").unwrap();
            assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()));
            assert!(!title.is_empty() && !title.ends_with('.'), "{title}");
        }
    }
}
