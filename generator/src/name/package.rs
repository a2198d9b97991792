//! The values in the manifest of a generated crate that the user chooses.

use semver::{Version, VersionReq};

/// A value in the manifest of a generated crate that a flag or the configuration sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManifestValue {
    /// The name of the package.
    Name,
    /// The version of the package.
    Version,
    /// The versions of the runtime that it can depend on, as Cargo writes them: `0.1`.
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
            Self::Version => ("version of a crate", owned(version_fault(value))),
            Self::RuntimeVersion => ("version of the runtime", requirement_fault(value)),
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
    if BESIDE.contains(&ident.as_str()) {
        return Some("programs use another crate or module by this name");
    }
    None
}

fn version_fault(text: &str) -> Option<&'static str> {
    let fault = "a version has three numbers, such as `0.1.0`";
    Version::parse(text).is_err().then_some(fault)
}

/// The code needs a runtime that is compatible with this version of specwright.
fn requirement_fault(text: &str) -> Option<String> {
    let own = Version::parse(env!("CARGO_PKG_VERSION")).ok()?;
    let series = format!("{}.{}", own.major, own.minor);
    let requirement = match VersionReq::parse(text) {
        Ok(requirement) => requirement,
        Err(error) => return Some(format!("{error}; write it like `{series}`")),
    };
    let fits = compatible(&own, &requirement).any(|version| requirement.matches(&version));
    (!fits).then(|| format!("the generated code needs version `{series}` of the runtime"))
}

/// The versions that are compatible with this one, as far as the requirement distinguishes them: each one that it names,
/// and the next.
fn compatible(own: &Version, requirement: &VersionReq) -> impl Iterator<Item = Version> {
    let (own_major, own_minor, own_patch) = (own.major, own.minor, own.patch);
    let of_own = [(own_minor, own_patch), (own_minor, 0)];
    let named = requirement.comparators.iter().flat_map(|comparator| {
        let minor = comparator.minor.unwrap_or_default();
        let patch = comparator.patch.unwrap_or_default();
        let next = (minor, patch.saturating_add(1));
        [(minor, patch), next, (minor.saturating_add(1), 0)]
    });
    // Before 1.0, a new second number is that of an incompatible version.
    let fits = move |(minor, _): &(u64, u64)| own_major > 0 || *minor == own_minor;
    let all = of_own.into_iter().chain(named).filter(fits);
    all.map(move |(minor, patch)| Version::new(own_major, minor, patch))
}

/// Names of crates that every program or the generated code uses, and a keyword that the parser does not know yet.
const RESERVED: &[&str] = &[
    "alloc",
    "core",
    "gen",
    "proc_macro",
    "std",
    "test",
    "specwright_runtime",
];

/// The modules of an API, and the crate, that programs use beside a generated crate.
const BESIDE: &[&str] = &["types", "resources", "tokio"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_a_form() {
        use ManifestValue::{Author, License, Name, Repository, RuntimeVersion, Version};
        for (field, good, wrong) in [
            (
                Name,
                &["pets", "my-pets", "pets_2"][..],
                &["", "2pets", "pets.rs", "fn", "gen", "std", "types", "tokio"][..],
            ),
            (
                Version,
                &["0.1.0", "1.20.3-rc.1+build-7"][..],
                &[
                    "", "0.1", "2", "0.01.0", "1.0.0-", "1.2.3.4", "v1.0.0", "1..0", "+1.0.0",
                ][..],
            ),
            (
                RuntimeVersion,
                &[
                    "0",
                    "0.1",
                    "0.1.9",
                    "=0.1.0",
                    ">=0.1, <0.3",
                    ">=0.1.5, <0.2",
                    ">0.1.3",
                    "*",
                ],
                &[
                    ">0.1",
                    ">0.1.7, <0.1.8",
                    ">0.1.18446744073709551615",
                    "",
                    "a",
                    "0.2",
                    "9",
                    "0.1.0.0",
                    "<0.1",
                    "0.01.0",
                    "1.0.0-",
                    "v1.0.0",
                    "1..0",
                    "+1.0.0",
                    ">=0.1, *",
                ],
            ),
            (
                License,
                &[
                    "MIT",
                    "MIT OR Apache-2.0",
                    "MIT/Apache-2.0",
                    "GPL-3.0",
                    "LicenseRef-Pets",
                ],
                &["", "MTI", "MIT,"],
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
