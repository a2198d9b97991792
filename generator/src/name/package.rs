//! The names of packages.

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
        return Some("this name means something else in Rust");
    }
    None
}

/// Names of crates that every program or the generated code itself uses.
const RESERVED: &[&str] = &[
    "alloc",
    "core",
    "proc_macro",
    "std",
    "test",
    "specwright_runtime",
];
