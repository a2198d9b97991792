//! The only place for casing, keywords and collisions.

/// A Rust identifier, ready to be written: `profile`, `Profile`, `r#type`.
///
/// Made only in this module. `to_string` gives the text as it stands in source; [`Ident::plain`] gives it without
/// `r#`, for file names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The text as it stands in source, `r#` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without `r#`.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl std::fmt::Display for Ident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
impl Ident {
    /// A name as it is, for models that tests build by hand.
    pub(crate) fn verbatim(text: &str) -> Self {
        Ident(text.to_owned())
    }
}
