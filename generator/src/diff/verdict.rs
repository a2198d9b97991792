//! What a change means, for the wire and for Rust.

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
    /// Which public items may change with it.
    pub(crate) items: Items,
}

/// Which public items may change with a change of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Items {
    /// All that come from what changed.
    Any,
    /// No signature.
    None,
    /// Any, and their names.
    Renamed,
    /// Those that are there in the new version.
    Added,
    /// Those that are there in the old version.
    Removed,
    /// Any but the output of an operation: the change is about its errors.
    AllButOutput,
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
        self.items != Items::None
    }

    /// Whether an item of which only one side is there can belong to a change of this kind: what was added brings no item
    /// to an end.
    pub(crate) fn fits(&self, has_old: bool, has_new: bool) -> bool {
        (has_new || self.items != Items::Added) && (has_old || self.items != Items::Removed)
    }

    /// Whether it is about an error response.
    pub(crate) fn is_of_error(&self) -> bool {
        self.items == Items::AllButOutput
    }

    /// Whether a change of this kind may give a public item another name.
    pub(crate) fn changes_names(&self) -> bool {
        self.items == Items::Renamed
    }
}
