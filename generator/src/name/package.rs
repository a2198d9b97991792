//! The values in the manifest of a generated crate that the user chooses.

/// A value in the manifest of a generated crate that a flag or the configuration sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManifestValue {
    /// The name of the package.
    Name,
    /// The version of the package.
    Version,
    /// The version of the runtime that it depends on, in which the last numbers may be missing.
    RuntimeVersion,
    /// An SPDX expression.
    License,
    /// A URL.
    Repository,
    /// A name, which an address in angle brackets can follow.
    Author,
}

impl ManifestValue {
    /// The reason why a manifest cannot have this value, if there is one: a message that begins with the value.
    pub fn fault(self, value: &str) -> Option<String> {
        let owned = |fault: Option<&str>| fault.map(str::to_owned);
        let (whose, fault) = match self {
            Self::Name => ("name of a crate", owned(name_fault(value))),
            Self::Version => ("version of a crate", owned(version_fault(value, false))),
            Self::RuntimeVersion => ("version of the runtime", owned(version_fault(value, true))),
            Self::License => ("licence of a crate", license_fault(value)),
            Self::Repository => ("repository of a crate", owned(repository_fault(value))),
            Self::Author => ("author of a crate", owned(author_fault(value))),
        };
        fault.map(|fault| format!("`{value}` cannot be the {whose}: {fault}"))
    }
}

fn license_fault(text: &str) -> Option<String> {
    // Cargo accepts `/` as well, in the place of `OR`.
    let mode = spdx::ParseMode {
        allow_slash_as_or_operator: true,
        allow_deprecated: true,
        ..spdx::ParseMode::STRICT
    };
    let error = spdx::Expression::parse_mode(text, mode).err()?;
    let Some(part) = text.get(error.span).filter(|part| !part.is_empty()) else {
        return Some(error.reason.to_string());
    };
    let advice = match spdx::imprecise_license_id(part) {
        Some((id, _)) => format!("did you mean `{}`?", id.name),
        None => "a licence that SPDX does not list is `LicenseRef-NAME`".to_owned(),
    };
    let reason = error.reason;
    Some(format!(
        "`{part}` in this SPDX expression: {reason}; {advice}"
    ))
}

fn repository_fault(text: &str) -> Option<&'static str> {
    let is_url = ["https://", "http://", "ssh://", "git://"]
        .iter()
        .filter_map(|scheme| text.strip_prefix(scheme))
        .any(|rest| rest.starts_with(char::is_alphanumeric));
    let fault = "a repository is a URL, such as `https://example.com/pets`";
    (!is_url || text.contains(char::is_whitespace)).then_some(fault)
}

fn author_fault(text: &str) -> Option<&'static str> {
    let (_, address) = text.split_once('<').unwrap_or((text, "address>"));
    let is_address = address.strip_suffix('>').is_some_and(|address| {
        !address.is_empty()
            && !address.contains(['<', '>'])
            && !address.contains(char::is_whitespace)
    });
    let is_author = !text.trim().is_empty() && is_address && !text.contains(char::is_control);
    (!is_author).then_some("an author is written `Name` or `Name <address>`")
}

/// The reason why a package cannot have this name, if there is one.
pub(crate) fn name_fault(name: &str) -> Option<&'static str> {
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

/// A version has three numbers; in a requirement the last ones may be missing.
fn version_fault(text: &str, is_requirement: bool) -> Option<&'static str> {
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

    #[test]
    fn licences_repositories_and_authors_have_a_form() {
        use ManifestValue::{Author, License, Repository};
        for (field, good, wrong) in [
            (
                License,
                &[
                    "MIT",
                    "MIT OR Apache-2.0",
                    "MIT/Apache-2.0",
                    "GPL-3.0",
                    "LicenseRef-Pets",
                ][..],
                &["", "MTI", "MIT,"][..],
            ),
            (
                Repository,
                &["https://pets.example/pets", "ssh://git@pets.example/pets"],
                &[
                    "",
                    "pets",
                    "https://",
                    "https:///a",
                    "https://a b",
                    "file:///a",
                ],
            ),
            (
                Author,
                &["Ann", "Ann Lee <ann@pets.example>"],
                &["", " ", "Ann <>", "Ann <ann", "Ann\n"],
            ),
        ] {
            for text in good {
                assert_eq!(field.fault(text), None);
            }
            for text in wrong {
                assert!(field.fault(text).is_some(), "{field:?}: {text:?}");
            }
        }
    }
}
