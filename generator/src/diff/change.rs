//! A change of a description, with its effects.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::emit::visible;
use crate::text::{FileId, Sources, Span};

use super::verdict::{Rule, Rust, Wire};

/// The changes between two versions of descriptions.
#[derive(Debug, Default)]
pub struct Diff {
    /// The files of both.
    pub sources: Sources,
    /// The errors and warnings of decoding them.
    pub diagnostics: Diagnostics,
    /// Whether all of them could be read.
    pub is_complete: bool,
    /// The changes.
    pub changes: Vec<Change>,
    /// The main file of each description in the new version, by the name of the description.
    pub(super) new_files: BTreeMap<String, FileId>,
    /// The number of changes that a comment `# specwright: allow(SWD101)` in the new version accepts.
    pub accepted: usize,
}

/// One change.
#[derive(Debug, Clone)]
pub struct Change {
    /// The name of the description: the name of its file without the extension.
    pub api: String,
    /// The kind of change, with its reasons.
    pub rule: &'static Rule,
    /// What changed, in the new description; in the old one if it was removed.
    pub subject: Subject,
    /// The old value, if it is short enough to show.
    pub from: Option<String>,
    /// The new value.
    pub to: Option<String>,
    /// The similarity of both sides in percent, if it is the reason why the change is reported as a rename.
    pub similarity: Option<u8>,
    /// Its location in the old description; `None` if it was added.
    pub old: Option<Span>,
    /// Its location in the new description; `None` if it was removed.
    pub new: Option<Span>,
    /// Whether the value is sent, and whether it is received.
    pub directions: Directions,
    /// The operations that the change affects, as `GET /pets`, in the order of the description.
    pub users: Vec<String>,
    /// The effect on a program that uses the generated crate.
    pub rust: Rust,
    /// The public items that change with it.
    pub items: Vec<ItemChange>,
    /// A difference at run time, although every program still compiles.
    pub behaviour: Option<&'static str>,
    /// How to avoid the change, if that is possible.
    pub help: Option<String>,
}

/// The directions in which a value is transferred.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Directions {
    /// To the server.
    pub request: bool,
    /// From the server.
    pub response: bool,
}

/// A public item that changes. One of the two sides is missing if it is added or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// The old item.
    pub old: Option<String>,
    /// The new item.
    pub new: Option<String>,
    /// The effect of the change of this item.
    pub rust: Rust,
}

/// The subject of a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// The part of the description.
    pub part: Part,
    /// The value in it, if the change is about a part of a schema: `tags[].name`; otherwise empty.
    pub property: String,
}

/// A part of a description that has a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The whole description.
    Api,
    /// A server, by its URL.
    Server(String),
    /// A security scheme, by its name.
    Scheme(String),
    /// An operation: `GET /pets`.
    Operation(String),
    /// A parameter of an operation.
    Parameter {
        /// The operation; `None` in `components.parameters`.
        operation: Option<String>,
        /// `query`, `path`, `header` or `cookie`.
        location: &'static str,
        /// Its name.
        name: String,
    },
    /// A request body.
    Body {
        /// The operation.
        operation: String,
        /// The media type, if the change is about one.
        media_type: Option<String>,
    },
    /// A response.
    Response {
        /// The operation; `None` in `components.responses`.
        operation: Option<String>,
        /// The status code or range, or the name of the component.
        status: String,
        /// The media type, if the change is about one.
        media_type: Option<String>,
    },
    /// A header of a response.
    Header {
        /// The operation; `None` in a component.
        operation: Option<String>,
        /// The status code or range, or the name of the component.
        status: String,
        /// Its name.
        name: String,
    },
    /// A named schema.
    Schema(String),
}

impl Change {
    /// A whole description that was added or removed.
    pub(super) fn of_api(name: &str, rule: &'static Rule) -> Self {
        Self {
            api: name.to_owned(),
            directions: Directions::REQUEST,
            ..Self::new(rule, Part::Api.into())
        }
    }

    /// A change with only its kind and its subject.
    pub(super) fn new(rule: &'static Rule, subject: Subject) -> Self {
        Self {
            api: String::new(),
            rule,
            subject,
            from: None,
            to: None,
            similarity: None,
            old: None,
            new: None,
            directions: Directions::default(),
            users: Vec::new(),
            rust: rule.least,
            items: Vec::new(),
            behaviour: rule.behaviour,
            help: None,
        }
    }

    /// Raises the verdict for Rust to at least this one.
    pub(super) fn raise(&mut self, rust: Rust) {
        self.rust = self.rust.max(rust);
    }

    /// The effect on requests and responses: the worse of the two.
    pub fn wire(&self) -> Wire {
        self.request().max(self.response()).unwrap_or(Wire::None)
    }

    /// The effect on requests; `None` if the value is not sent.
    pub fn request(&self) -> Option<Wire> {
        self.directions.request.then_some(self.rule.request.wire)
    }

    /// The effect on responses; `None` if the value is not received.
    pub fn response(&self) -> Option<Wire> {
        self.directions.response.then_some(self.rule.response.wire)
    }

    /// The reason of the worse of the two verdicts; empty if there is no effect on the wire.
    pub fn reason(&self) -> &'static str {
        if self.request() >= self.response() {
            self.rule.request.reason
        } else {
            self.rule.response.reason
        }
    }
}

impl Directions {
    /// Only to the server.
    pub const REQUEST: Self = Self {
        request: true,
        response: false,
    };
    /// Only from the server.
    pub const RESPONSE: Self = Self {
        request: false,
        response: true,
    };

    /// The directions that both have.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            request: self.request && other.request,
            response: self.response && other.response,
        }
    }

    /// The directions that at least one of them has.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            request: self.request || other.request,
            response: self.response || other.response,
        }
    }
}

impl Part {
    /// Whether it is part of another part, or one of its media types.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        let whole = |part: &Self| {
            let mut part = part.clone();
            if let Self::Body { media_type, .. } | Self::Response { media_type, .. } = &mut part {
                *media_type = None;
            }
            part
        };
        whole(self) == whole(other)
    }

    /// Removes the operation from a part that several operations share.
    pub(super) fn share(&mut self) {
        if let Self::Parameter { operation, .. }
        | Self::Response { operation, .. }
        | Self::Header { operation, .. } = self
        {
            *operation = None;
        }
    }

    /// The operation that it belongs to, if there is only one.
    pub fn operation(&self) -> Option<&str> {
        match self {
            Self::Operation(operation) | Self::Body { operation, .. } => Some(operation),
            Self::Parameter { operation, .. }
            | Self::Response { operation, .. }
            | Self::Header { operation, .. } => operation.as_deref(),
            Self::Api | Self::Server(_) | Self::Scheme(_) | Self::Schema(_) => None,
        }
    }
}

/// Marks a name or another text of a description within a sentence.
type Mark = fn(&str) -> String;

impl Subject {
    /// The subject as a phrase. `name` marks names, `media_type` media types.
    pub(super) fn phrase(&self, name: Mark, media_type: Mark) -> String {
        let part = self.part.phrase(name, media_type);
        if self.property.is_empty() {
            return part;
        }
        format!("{part}, {}", name(&self.property))
    }
}

impl Part {
    fn phrase(&self, mark: Mark, mark_media_type: Mark) -> String {
        let of = |operation: &Option<String>| match operation {
            Some(operation) => format!("{}, ", mark(operation)),
            None => String::new(),
        };
        let media = |media_type: &Option<String>| match media_type {
            Some(media_type) => format!(" ({})", mark_media_type(media_type)),
            None => String::new(),
        };
        match self {
            Self::Api => "the API".to_owned(),
            Self::Server(url) => format!("server {}", mark(url)),
            Self::Scheme(name) => format!("security scheme {}", mark(name)),
            Self::Operation(operation) => mark(operation),
            Self::Parameter {
                operation,
                location,
                name,
            } => format!("{}{location} parameter {}", of(operation), mark(name)),
            Self::Body {
                operation,
                media_type,
            } => format!("{}, request body{}", mark(operation), media(media_type)),
            Self::Response {
                operation,
                status,
                media_type,
            } => format!(
                "{}response {}{}",
                of(operation),
                mark(status),
                media(media_type)
            ),
            Self::Header {
                operation,
                status,
                name,
            } => format!(
                "{}response {}, header {}",
                of(operation),
                mark(status),
                mark(name)
            ),
            Self::Schema(name) => format!("schema {}", mark(name)),
        }
    }
}

impl From<Part> for Subject {
    /// The part as a whole.
    fn from(part: Part) -> Self {
        Self {
            part,
            property: String::new(),
        }
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.phrase(|name| format!("`{}`", visible(name)), visible))
    }
}
