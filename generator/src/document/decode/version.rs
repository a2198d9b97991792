//! Checks that the tree is a description, and determines the version of the specification.

use super::super::Version;
use super::super::code::{ASSUMED, NOT_OPENAPI, UNSUPPORTED};
use super::read::head;
use super::{Decoder, Object};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Member, Node, Span, Value};

const SUPPORTED: &str = "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 can be read";

/// The versions, with the key that names them and the beginning of its value.
const VERSIONS: [(&str, &str, Version); 4] = [
    ("swagger", "2.0", Version::V2_0),
    ("openapi", "3.0", Version::V3_0),
    ("openapi", "3.1", Version::V3_1),
    ("openapi", "3.2", Version::V3_2),
];

/// The authorities that define the dialects of JSON Schema, all of which are read in the same way.
const DIALECTS: [&str; 2] = ["json-schema.org/", "spec.openapis.org/oas/"];

impl<'t> Decoder<'t, '_> {
    /// Warns about a dialect of JSON Schema that is not known.
    pub(super) fn dialect(&mut self, member: Option<&'t Member>) {
        let word = self.word(member);
        let unknown = word.filter(|word| !DIALECTS.iter().any(|known| word.text.contains(known)));
        if let Some(word) = unknown {
            let message = format!(
                "the dialect `{}` is unknown; schemas are read as draft 2020-12",
                word.text
            );
            self.reporter
                .push(Diagnostic::warning(UNSUPPORTED, message).at(word.span, ""));
        }
    }
}

/// The version that the text of a description names, for a text that cannot be parsed.
pub(crate) fn version_in(text: &str) -> Option<Version> {
    let is_json = text.trim_start().starts_with('{');
    let mut lines = text.lines();
    // In YAML, a key with indentation belongs to an object within the description.
    lines.find_map(|line| {
        let line = if is_json {
            line.trim_start_matches(['{', ' ', '\t'])
        } else {
            line
        };
        let (key, value) = line.split_once(':')?;
        let key = key.trim_end().trim_matches(['"', '\'']);
        let value = value.trim_start_matches(['"', '\'', ' ']);
        let mut known = VERSIONS.iter().filter(|(known, ..)| key == *known);
        let is_of = |prefix| {
            let rest = value.strip_prefix(prefix);
            rest.is_some_and(|rest: &str| !rest.starts_with(|next: char| next.is_ascii_digit()))
        };
        known.find_map(|(_, prefix, version)| is_of(*prefix).then_some(*version))
    })
}

/// The version with the location of its value. Reports a missing or unsupported version and returns `None`.
pub(crate) fn version(root: &Node, diagnostics: &mut Diagnostics) -> Option<(Version, Span)> {
    match find(root, diagnostics) {
        Ok(found) => Some(found),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            None
        }
    }
}

fn find(root: &Node, diagnostics: &mut Diagnostics) -> Result<(Version, Span), Box<Diagnostic>> {
    let Some(members) = root.as_map() else {
        return Err(Box::new(not_a_map(root)));
    };
    let object = Object::unchecked(members, root.span);
    let of_key = |key| object.get(key);
    let Some(member) = ["openapi", "swagger"].into_iter().find_map(of_key) else {
        return Err(Box::new(without_version(root)));
    };
    let (key, value) = (&member.key, &member.value);
    let (name, example) = match &*key.text.to_ascii_lowercase() {
        "swagger" => ("Swagger", "2.0"),
        _ => ("OpenAPI", "3.1.0"),
    };
    let (Value::String(text) | Value::Number(text)) = &value.value else {
        let message = format!("`{}` must be the version, such as `{example}`", key.text);
        let diagnostic = Diagnostic::error(NOT_OPENAPI, message);
        return Err(Box::new(diagnostic.at(value.span, "").note(SUPPORTED)));
    };
    let is_number = matches!(value.value, Value::Number(_));
    for (known, prefix, version) in VERSIONS {
        // `v3.0.1`
        let number_of_version = text.trim().trim_start_matches(['v', 'V']);
        let rest = number_of_version.strip_prefix(prefix);
        if rest.is_none_or(|rest| rest.starts_with(|next: char| next.is_ascii_digit())) {
            continue;
        }
        if is_number {
            diagnostics.push(number(known, value.span, text));
        }
        let is_cut = is_cut(known, rest.unwrap_or_default());
        let whole = format!("{prefix}.0");
        let whole = if is_cut { &*whole } else { number_of_version };
        if !key.text.eq_ignore_ascii_case(known) || number_of_version.len() < text.len() {
            diagnostics.push(other_spelling(member, known, whole));
        } else if is_cut && !is_number {
            diagnostics.push(incomplete(value.span, text, whole));
        }
        return Ok((version, value.span));
    }
    let message = format!("the version `{text}` of {name} is not supported");
    Err(Box::new(
        Diagnostic::error(NOT_OPENAPI, message)
            .at(value.span, "")
            .note(SUPPORTED),
    ))
}

/// Reports a version that is written in another way, or under the key of another version.
fn other_spelling(member: &Member, key: &str, number: &str) -> Diagnostic {
    let meant = format!("{key}: \"{number}\"");
    Diagnostic::warning(ASSUMED, format!("this is read as `{meant}`"))
        .strict()
        .at(member.key.span, "")
        .help(format!("write `{meant}`"))
}

/// Whether the rest of a version after `3.1` does not begin with `.` and a number.
fn is_cut(key: &str, rest: &str) -> bool {
    let patch = rest.strip_prefix('.').unwrap_or_default();
    key == "openapi" && !patch.starts_with(|next: char| next.is_ascii_digit())
}

/// Reports a version without its last number.
fn incomplete(span: Span, text: &str, whole: &str) -> Diagnostic {
    let message = format!("`{text}` is not a whole version; it is read as `{whole}`");
    Diagnostic::warning(ASSUMED, message)
        .strict()
        .at(span, "")
        .fix("write the whole version", span, format!("\"{whole}\""))
}

/// Reports a version without quotes, which YAML reads as a number.
fn number(key: &str, span: Span, text: &str) -> Diagnostic {
    let patch = if key == "openapi" { ".0" } else { "" };
    let message = format!("the version must be a string; it is read as `\"{text}\"`");
    Diagnostic::warning(ASSUMED, message)
        .strict()
        .at(span, "a number")
        .fix(
            "write the whole version",
            span,
            format!("\"{text}{patch}\""),
        )
}

fn not_a_map(root: &Node) -> Diagnostic {
    if root.value == Value::Null {
        return Diagnostic::error(NOT_OPENAPI, "the file is empty")
            .at(root.span, "")
            .help("begin with `openapi: 3.1.0`, `info` and `paths`");
    }
    let message = format!(
        "not an OpenAPI description: expected an object, found {}",
        super::read::describe(root)
    );
    Diagnostic::error(NOT_OPENAPI, message).at(head(root), "")
}

fn without_version(root: &Node) -> Diagnostic {
    if root.get("overlay").is_some() {
        return Diagnostic::error(NOT_OPENAPI, "the file is an overlay, not a description")
            .at(head(root), "")
            .help("name the description, and this file after `--overlay` or in `overlays` of `specwright.yaml`");
    }
    let described = ["info", "paths", "components", "webhooks", "definitions"]
        .iter()
        .any(|key| root.get(key).is_some());
    let message = if described {
        "the key `openapi` is missing"
    } else {
        "not an OpenAPI description: `openapi` is missing"
    };
    Diagnostic::error(NOT_OPENAPI, message)
        .at(head(root), "")
        .note(SUPPORTED)
        .help("write the version at the top: `openapi: 3.1.0`")
}
