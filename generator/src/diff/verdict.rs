//! What a change means, for the wire and for Rust.

use super::rule;

/// What a change means on the wire for a program that was written against the old description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Nothing.
    None,
    /// Something more is possible; what was sent and received before stays valid.
    Additive,
    /// It depends on what the program does: somebody has to look.
    Review,
    /// A valid request may now be refused, or a response may not be what was promised.
    Breaking,
}

/// What a change means for a program that uses the generated crate, as a step of semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rust {
    /// No public item changes.
    Patch,
    /// Something is added; programs compile as before.
    Minor,
    /// A program may not compile.
    Major,
}

/// What a rule says of one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The verdict.
    pub wire: Wire,
    /// Its reason, one sentence without a period; empty for [`Wire::None`].
    pub reason: &'static str,
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code: `SWD101`.
    pub code: &'static str,
    /// What happened, as a sentence without a period: "an operation was removed".
    pub title: &'static str,
    /// What it means where the value is sent.
    pub request: Verdict,
    /// What it means where the value is received.
    pub response: Verdict,
    /// The least that it means for Rust, whatever the signatures show.
    pub least: Rust,
    /// What changes at run time although every program compiles.
    pub behaviour: Option<&'static str>,
}

impl Wire {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Review => "review",
            Self::Breaking => "breaking",
        }
    }
}

impl Rust {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Rule {
    /// The rule as text: what happened, and what it means for requests, responses and programs.
    pub fn explained(&self) -> String {
        let of = |direction: &str, verdict: Verdict| match verdict.wire {
            Wire::None => String::new(),
            wire => format!("  {direction}: {}, {}\n", wire.word(), verdict.reason),
        };
        let behaviour = self.behaviour.map(|what| format!("  behaviour: {what}\n"));
        format!(
            "{} (change): {}\n{}{}{}",
            self.code,
            self.title,
            of("requests", self.request),
            of("responses", self.response),
            behaviour.unwrap_or_default(),
        )
    }

    /// Whether a change of this kind may change the signature of a public item.
    pub(crate) fn changes_signatures(&self) -> bool {
        let silent = [
            rule::DEFAULT_CHANGED.code,
            rule::PARAMETER_DEFAULT.code,
            rule::PARAMETER_STYLE.code,
            rule::PARAMETER_RESERVED.code,
            rule::PARAMETER_LOCATION.code,
            rule::EMPTY_VALUE_REFUSED.code,
            rule::EMPTY_VALUE_ALLOWED.code,
            rule::PATH_PARAMETER_RENAMED.code,
        ];
        !(self.code.starts_with("SWD6")
            || self.code.starts_with("SWD8")
            || silent.contains(&self.code))
    }

    /// Whether an item of which only one side is there can belong to a change of this kind: what was added brings no item
    /// to an end.
    pub(crate) fn fits(&self, has_old: bool, has_new: bool) -> bool {
        let is = |rule: &Self| rule.code == self.code;
        let adds = is(&rule::VALUES_ADDED) || is(&rule::ALTERNATIVE_ADDED);
        let removes = is(&rule::VALUES_REMOVED) || is(&rule::ALTERNATIVE_REMOVED);
        (has_new || !adds) && (has_old || !removes)
    }

    /// Whether it is about an error response.
    pub(crate) fn is_of_error(&self) -> bool {
        [rule::ERROR_ADDED.code, rule::ERROR_REMOVED.code].contains(&self.code)
    }

    /// Whether a change of this kind may give a public item another name.
    pub(crate) fn changes_names(&self) -> bool {
        let renames = [
            &rule::SCHEMA_RENAMED,
            &rule::OTHER_SCHEMA,
            &rule::OPERATION_ID_CHANGED,
            &rule::TAGS_CHANGED,
            &rule::METHOD_CHANGED,
            &rule::PATH_CHANGED,
            &rule::SCHEME_RENAMED,
        ];
        renames.iter().any(|rule| rule.code == self.code)
    }
}
