//! The names and versions of packages.

/// The reason why a package cannot have this name, if there is one.
pub fn crate_name_fault(name: &str) -> Option<&'static str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.bytes().all(fits) {
        return Some("a crate name consists of letters, digits, `-` and `_`");
    }
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Some("a crate name begins with a letter");
    }
    let ident = name.replace('-', "_");
    if RESERVED.contains(&ident.as_str()) || syn::parse_str::<syn::Ident>(&ident).is_err() {
        return Some("this name is reserved in Rust");
    }
    None
}

/// The reason why a text is not a valid version, if there is one. A version has three numbers; in a requirement the
/// last ones may be missing.
pub fn version_fault(text: &str, is_requirement: bool) -> Option<&'static str> {
    let (numbers, label) = match text.find(['-', '+']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, "0"),
    };
    let is_number =
        |part: &str| part == "0" || !part.starts_with('0') && part.parse::<u64>().is_ok();
    let is_label = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'+');
    let count = numbers.split('.').count();
    let fits = count == 3 || is_requirement && count < 3;
    if fits && numbers.split('.').all(is_number) && !label.is_empty() && label.bytes().all(is_label)
    {
        return None;
    }
    Some(if is_requirement {
        "a version has up to three numbers, such as `0.1`"
    } else {
        "a version has three numbers, such as `0.1.0`"
    })
}

/// Names of crates that every program or the generated code uses.
const RESERVED: &[&str] = &[
    "alloc",
    "core",
    "proc_macro",
    "std",
    "test",
    "specwright_runtime",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_numbers() {
        for (text, version, requirement) in [
            ("0.1.0", true, true),
            ("1.20.3-rc.1+build-7", true, true),
            ("0.1", false, true),
            ("2", false, true),
            ("0.01.0", false, false),
            ("1.0.0-", false, false),
            ("1.2.3.4", false, false),
            ("v1.0.0", false, false),
            ("1..0", false, false),
            ("+1.0.0", false, false),
            ("", false, false),
        ] {
            assert_eq!(version_fault(text, false).is_none(), version, "{text}");
            assert_eq!(version_fault(text, true).is_none(), requirement, "{text}");
        }
    }
}
