//! What the laboratory of this repository needs beside the public API. It may change in any version.

pub mod emit {
    pub use crate::emit::{Calls, Options, Plan, argument, calls};
}
pub mod model {
    pub use crate::model::{
        Api, Body, Codec, Constant, Encoding, Input, InputLocation, Kind, Media, Operation, Output,
        Resource, Scalar, Scheme, SchemeKind, Shape, Style, TypeId,
    };
}
pub mod sample {
    pub use crate::sample::{Given, inputs};
}
pub mod source {
    pub use crate::source::{Member, Node, Sources, Value, parse};
}

/// Runs all stages on a text that is no file.
pub fn generate_text(text: &str) -> Option<crate::Tree> {
    let (mut sources, mut diagnostics) = (crate::Sources::default(), crate::Diagnostics::new());
    let file = sources.add("a.yaml", text);
    let root = crate::source::parse(file, &sources, &mut diagnostics)?;
    let files = crate::document::Files::new();
    let document = crate::document::decode::decode_files(&root, &files, &mut diagnostics)?;
    let joined = crate::lower::Joined::of(document, &mut diagnostics);
    let api = crate::lower::lower(&joined, "a", "a.yaml", &mut diagnostics);
    diagnostics.render(&sources, crate::diagnostic::Format::Human, false);
    let options = crate::Options {
        jobs: 1,
        ..crate::Options::new("generated", "generate_text")
    };
    (!diagnostics.has_errors()).then(|| crate::emit_all(&[api], &options))
}
