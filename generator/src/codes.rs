//! Every code that a diagnostic can have, from the tables of all stages.

pub use crate::diagnostic::code::{Code, Level};

use hashbrown::HashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, nearest};
use crate::{diagnostic, document, lint, lower, overlay};

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
        crate::config::code::ALL,
        overlay::code::ALL,
        lint::code::ALL,
    ];
    stages.into_iter().flatten()
}

/// The entry of a code, if there is one.
pub fn find(code: &str) -> Option<&'static Code> {
    all().find(|known| known.code == code)
}

/// A Markdown page with all codes and their explanations.
pub fn page() -> String {
    let mut page = "# Codes\n\nWhat the diagnostics mean.\n".to_owned();
    for Code {
        code,
        level,
        title,
        explanation,
    } in all()
    {
        let head = format!("\n## {code}: {title}\n\nLevel: {level}.\n");
        page.extend([&head, "\n", explanation]);
    }
    page
}

/// What is done with the warnings of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// The warnings are not reported.
    Allow,
    /// The warnings are reported, and the result is usable.
    Warn,
    /// The warnings are errors.
    Deny,
}

/// The settings of codes. A code without a setting is reported according to its [`Level`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules(HashMap<&'static str, Setting>);

impl Rules {
    /// Sets the level of a code's warnings. A later setting replaces an earlier one.
    ///
    /// `selector` is a code, `all` for every code that is on by default, or `pedantic` for every code that is off by
    /// default.
    ///
    /// # Errors
    /// Returns a sentence with the reason why the setting is invalid: the code is unknown, or its diagnostics are
    /// always errors.
    pub fn set(&mut self, selector: &str, setting: Setting) -> Result<(), String> {
        match selector {
            "all" => self.set_all(
                |level| matches!(level, Level::Warning | Level::Either),
                setting,
            ),
            "pedantic" => self.set_all(|level| level == Level::Pedantic, setting),
            _ => {
                let code = find(selector).ok_or_else(|| unknown(selector))?;
                if code.level == Level::Error {
                    return Err(format!("`{selector}` is always an error: {}", code.title));
                }
                self.0.insert(code.code, setting);
            }
        }
        Ok(())
    }

    /// Sorts entries by their selectors (see [`Rules::set`]): groups first, so that a single code can be an exception
    /// from its group. Otherwise the order is kept.
    pub fn groups_first<T>(entries: &mut [T], selector: impl Fn(&T) -> &str) {
        entries.sort_by_key(|entry| !matches!(selector(entry), "all" | "pedantic"));
    }

    fn set_all(&mut self, are_meant: impl Fn(Level) -> bool, setting: Setting) {
        let codes = all().filter(|code| are_meant(code.level));
        self.0.extend(codes.map(|code| (code.code, setting)));
    }

    /// Whether diagnostics of a code are reported.
    pub(crate) fn is_on(&self, code: &str) -> bool {
        match self.0.get(code) {
            Some(setting) => *setting != Setting::Allow,
            None => find(code).is_none_or(|known| known.level != Level::Pedantic),
        }
    }

    /// Applies the settings to diagnostics: removes them, or changes their severity. An error without a usable
    /// interpretation stays an error.
    pub(crate) fn apply(&self, diagnostics: &mut Diagnostics) {
        if !self.0.is_empty() {
            diagnostics.retain_mut(|diagnostic| self.keeps(diagnostic));
        }
    }

    fn keeps(&self, diagnostic: &mut Diagnostic) -> bool {
        let Some(setting) = self.0.get(diagnostic.code) else {
            return true;
        };
        if diagnostic.severity == Severity::Error && !diagnostic.strict {
            return true;
        }
        diagnostic.severity = match setting {
            Setting::Deny => Severity::Error,
            Setting::Warn | Setting::Allow => Severity::Warning,
        };
        *setting != Setting::Allow
    }
}

/// Codes whose fix is a guess: the name that is most similar to an unknown one may not be the one that was meant.
const GUESSED: [&str; 6] = ["SW0301", "SW0302", "SW0304", "SW0305", "SW0406", "SW0422"];

/// Whether the fix of a diagnostic can be applied without asking.
pub(crate) fn has_certain_correction(diagnostic: &Diagnostic) -> bool {
    let mut fixes = diagnostic.fixes.iter();
    !GUESSED.contains(&diagnostic.code) && !fixes.any(|fix| fix.is_guess)
}

/// The message for an unknown code, with the most similar code.
pub fn unknown(code: &str) -> String {
    match nearest(code, all().map(|known| known.code)) {
        Some(near) => format!("unknown code `{code}`; did you mean `{near}`?"),
        None => format!("unknown code `{code}`"),
    }
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
