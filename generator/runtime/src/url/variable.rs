//! Base URLs with variables: `https://{region}.example.com`.

use super::template::next_placeholder;

/// A variable of a base URL, with the value from the caller.
///
/// The value must be one that the description lists. If it lists none, it can contain letters, digits, `-`, `.`, `_`
/// and `~`, and also `:` or `/` if the default does. The value can therefore not lead to a host that the description
/// does not allow.
#[derive(Debug, Clone)]
pub struct Variable {
    name: &'static str,
    value: Option<String>,
    default: &'static str,
    allowed: &'static [&'static str],
}

impl Variable {
    /// Returns a variable with any value; `None` selects the default.
    pub fn any(name: &'static str, value: Option<String>, default: &'static str) -> Self {
        Self::one_of(name, value, default, &[])
    }

    /// Returns a variable with one of these values; `None` selects the default.
    pub fn one_of(
        name: &'static str,
        value: Option<String>,
        default: &'static str,
        allowed: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            value,
            default,
            allowed,
        }
    }

    /// Returns the value, or the reason why it is invalid.
    fn text(&self) -> Result<&str, String> {
        let Some(value) = self.value.as_deref().filter(|value| *value != self.default) else {
            return Ok(self.default);
        };
        if !self.allowed.is_empty() {
            let one = self.allowed.iter().find(|allowed| **allowed == value);
            return one
                .copied()
                .ok_or_else(|| format!("is not one of: {}", self.allowed.join(", ")));
        }
        if value.is_empty() {
            return Err("is empty".to_owned());
        }
        let fits = |c: char| {
            c.is_ascii_alphanumeric()
                || "-._~".contains(c)
                || (":/".contains(c) && self.default.contains(c))
        };
        if value.chars().all(fits) {
            Ok(value)
        } else {
            Err("may contain only letters, digits and `-._~`".to_owned())
        }
    }
}

/// Fills a template, which is scanned once from left to right, so that a value is never read as a placeholder.
pub(super) fn substitute(template: &str, variables: &[Variable]) -> Result<String, String> {
    let mut url = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, name, after)) = next_placeholder(rest) {
        url.push_str(before);
        let Some(variable) = variables.iter().find(|variable| variable.name == name) else {
            return Err(format!("has no value for `{{{name}}}`"));
        };
        match variable.text() {
            Ok(text) => url.push_str(text),
            Err(fault) => return Err(format!("is invalid: its `{name}` {fault}")),
        }
        rest = after;
    }
    url.push_str(rest);
    Ok(url)
}
