//! The verdicts on a change, for the wire and for Rust.

/// The effect of a change on the requests and responses of a program that was written for the old description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// No effect.
    None,
    /// Something new is possible; everything that was sent and received before stays valid.
    Additive,
    /// The effect depends on the program, so a person has to decide.
    Review,
    /// A valid request may now be rejected, or a response may violate what was promised.
    Breaking,
}

/// The effect of a change on a program that uses the generated crate, as a step of semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rust {
    /// No public item changes.
    Patch,
    /// Something is added; programs compile as before.
    Minor,
    /// A program may no longer compile.
    Major,
}

/// The verdict of a rule for one direction.
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
    /// The change as a sentence without a period: "an operation was removed".
    pub title: &'static str,
    /// The effect if the value is sent.
    pub request: Verdict,
    /// The effect if the value is received.
    pub response: Verdict,
    /// The minimum verdict for Rust, whatever the signatures show.
    pub least: Rust,
    /// A difference at run time, although every program still compiles.
    pub behaviour: Option<&'static str>,
    /// The public items that may change with it.
    pub(crate) items: Items,
}

/// The public items that may change with a change of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Items {
    /// All items that come from the changed part.
    Any,
    /// No signatures.
    None,
    /// All items, and their names.
    Renamed,
    /// Items that exist in the new version.
    Added,
    /// Items that exist in the old version.
    Removed,
    /// All items except the output of an operation, because the change is about its errors.
    AllButOutput,
}

impl Wire {
    /// The name of the verdict.
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
    /// The name of the verdict.
    pub fn word(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Rule {
    /// The rule as text: the change, and its effects on requests, responses and programs.
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
        self.items != Items::None
    }

    /// Whether an item that exists on these sides can belong to a change of this kind. For example, an added part
    /// cannot remove an item.
    pub(crate) fn fits(&self, has_old: bool, has_new: bool) -> bool {
        (has_new || self.items != Items::Added) && (has_old || self.items != Items::Removed)
    }

    /// Whether it is about an error response.
    pub(crate) fn is_of_error(&self) -> bool {
        self.items == Items::AllButOutput
    }

    /// Whether a change of this kind may rename a public item.
    pub(crate) fn changes_names(&self) -> bool {
        self.items == Items::Renamed
    }
}
