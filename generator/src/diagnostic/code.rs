//! The codes of reading text, each with its one-line title. A stage keeps its own codes beside its own code.
//!
//! A code is never given a second meaning, and never disappears from the table while a version that has it is in use.

macro_rules! codes {
    ($($name:ident $code:literal $title:literal;)*) => {
        $(#[doc = $title] pub const $name: &str = $code;)*

        /// All codes with their titles, in their order.
        pub const ALL: &[(&str, &str)] = &[$(($code, $title)),*];
    };
}

codes! {
    UNREADABLE "SW0001" "a file cannot be read";
    EMPTY "SW0002" "a file holds nothing";
    NOT_TEXT "SW0003" "a file is not UTF-8 text";
    YAML "SW0004" "not valid YAML";
    JSON "SW0005" "not valid JSON";
    DUPLICATE_KEY "SW0006" "a key stands twice in one map";
    SEVERAL_DOCUMENTS "SW0007" "a file holds several YAML documents";
    COMPLEX_KEY "SW0008" "a key is not a word";
    ALIAS "SW0009" "an alias that cannot be expanded";
    TOO_DEEP "SW0010" "too many values stand inside each other";
    MERGE "SW0011" "something other than a map is merged with `<<`";
    TAG "SW0012" "an unknown YAML tag is ignored";
    NOT_FINITE "SW0013" "a number that JSON does not have";
    UNKNOWN_ALLOW "SW0014" "a comment allows something that is no code";
}

/// The title of a code, if it is one of ours.
pub fn title(code: &str) -> Option<&'static str> {
    ALL.iter()
        .find(|(known, _)| *known == code)
        .map(|(_, title)| *title)
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn codes_are_sorted_and_different() {
        assert!(ALL.is_sorted_by(|one, other| one.0 < other.0), "{ALL:?}");
    }

    #[test]
    fn codes_look_alike() {
        for (code, title) in ALL {
            assert!(
                code.len() == 6
                    && code.starts_with("SW")
                    && code[2..].bytes().all(|byte| byte.is_ascii_digit())
            );
            assert!(!title.is_empty() && !title.ends_with('.'), "{title}");
        }
    }
}
