//! Rules about the keywords that restrict the values of a schema.

use regress::Regex;

use super::{Subject, code};
use crate::diagnostic::Diagnostic;
use crate::document::{Bound, Format, NUMBERS, Schema, SimpleType, restricts_any};
use crate::source::{Member, Node, Value, quoted};

/// Keywords for values of other types than the schema's.
pub(super) fn without_effect(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (schema, keywords) in subject.schemas().filter(|(schema, _)| is_typed(schema)) {
        let types = &schema.types;
        for member in keywords {
            // If `properties` was forgotten, these keys are read as properties.
            if schema
                .properties
                .iter()
                .any(|(key, _)| key.span == member.key.span)
            {
                continue;
            }
            // On a parameter of Swagger 2.0, `required` means that the parameter is required. A boolean is reported where it
            // is decoded.
            let is_flag = matches!(member.value.value, Value::Bool(_));
            if &*member.key.text == "required" && (schema.of_parameter || is_flag) {
                continue;
            }
            if !restricts_any(&member.key.text, types) {
                found.push(no_effect(member, schema));
            }
        }
        let format = schema
            .format
            .and_then(|word| Some((word, Format::of(word.text)?)));
        if let Some((word, format)) = format
            && !types.iter().any(|&it| holds(it, format.simple_type))
        {
            let message = format!(
                "`{}` is a format of {}, and the schema describes {}",
                word.text,
                plural(format.simple_type),
                all(types)
            );
            found.push(Diagnostic::warning(code::WITHOUT_EFFECT, message).at(word.span, ""));
        }
    }
    found
}

fn no_effect(member: &Member, schema: &Schema<'_>) -> Diagnostic {
    let key = &member.key.text;
    let message = format!(
        "`{key}` has no effect: the schema describes {}",
        all(&schema.types)
    );
    Diagnostic::warning(code::WITHOUT_EFFECT, message)
        .at(member.key.span, "")
        .help("remove it, or correct `type`")
}

/// Whether the schema has a type that its keywords can contradict.
fn is_typed(schema: &Schema<'_>) -> bool {
    let others = schema.types.iter().any(|it| *it != SimpleType::Null);
    others && schema.reference.is_none()
}

/// Whether values of a type can have a format of another one: an integer may be written as a number, and a number as a
/// string.
fn holds(simple_type: SimpleType, of_format: SimpleType) -> bool {
    let is_number = |it: SimpleType| NUMBERS.contains(&it);
    simple_type == of_format
        || is_number(of_format) && (is_number(simple_type) || simple_type == SimpleType::String)
}

fn all(types: &[SimpleType]) -> String {
    let types: Vec<&str> = types.iter().map(|&it| plural(it)).collect();
    types.join(" or ")
}

fn plural(simple_type: SimpleType) -> &'static str {
    match simple_type {
        SimpleType::Null => "null",
        SimpleType::Boolean => "booleans",
        SimpleType::Integer => "integers",
        SimpleType::Number => "numbers",
        SimpleType::String => "strings",
        SimpleType::Array => "arrays",
        SimpleType::Object => "objects",
    }
}

/// Lower limits that are greater than the upper limit.
pub(super) fn impossible_limits(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let schemas = subject.schemas();
    for (schema, keywords) in schemas.filter(|(schema, _)| schema.has_keywords_of_type()) {
        let is_integer = schema.types.first() == Some(&SimpleType::Integer);
        let bounds = Bound::all(keywords);
        for (index, high) in bounds.iter().enumerate() {
            let mut lows = bounds[..index].iter();
            if let Some(low) = lows.find(|low| low.contradicts(high, is_integer)) {
                let (least, greatest) = (low.keyword, high.keyword);
                let message =
                    format!("no value is within these limits: `{least}` and `{greatest}`");
                let diagnostic = Diagnostic::warning(code::IMPOSSIBLE_LIMITS, message).strict();
                found.push(diagnostic.at(low.span, "").also(high.span, ""));
            }
        }
    }
    found
}

/// Patterns that are invalid in ECMA-262, with and without the flag `u`.
pub(super) fn invalid_pattern(subject: &Subject<'_, '_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, keywords) in subject.schemas() {
        for member in keywords {
            match &*member.key.text {
                "pattern" => {
                    let pattern = member.value.as_str();
                    let diagnostic = fault(pattern, &member.value);
                    found.extend(diagnostic.or_else(|| delimited(pattern?, &member.value)));
                }
                "patternProperties" => {
                    for property in member.value.as_map().unwrap_or_default() {
                        found.extend(
                            fault(Some(&property.key.text), &member.value)
                                .map(|it| it.at(property.key.span, "")),
                        );
                    }
                }
                _ => {}
            }
        }
    }
    found
}

fn fault(pattern: Option<&str>, node: &Node) -> Option<Diagnostic> {
    let pattern = pattern?;
    let in_unicode = Regex::with_flags(pattern, "u").err()?;
    let message = if let Err(fault) = Regex::new(pattern) {
        format!(
            "the pattern is not a regular expression: {}",
            sentence(&fault.text)
        )
    } else {
        // Without the flag, an unknown escape is the letter itself.
        let mut anchors = ["\\A", "\\Z", "\\z"].into_iter();
        let anchor = anchors.find(|anchor| pattern.contains(anchor))?;
        format!(
            "`{anchor}` is no anchor in this grammar: {}",
            sentence(&in_unicode.text)
        )
    };
    let diagnostic = Diagnostic::warning(code::INVALID_PATTERN, message).strict();
    Some(
        diagnostic
            .at(node.span, "")
            .note("patterns follow the grammar of ECMA-262 (JavaScript)"),
    )
}

/// A pattern in slashes, as JavaScript writes a regular expression. Here they are part of the pattern.
fn delimited(pattern: &str, node: &Node) -> Option<Diagnostic> {
    let (inner, flags) = pattern.strip_prefix('/')?.rsplit_once('/')?;
    let are_flags = flags.bytes().all(|flag| b"dgimsuvy".contains(&flag));
    // Otherwise it can be a pattern of paths, such as `/v[0-9]+/`.
    let is_anchored = inner.starts_with('^') || inner.ends_with('$') && !inner.ends_with("\\$");
    if !are_flags || !is_anchored {
        return None;
    }
    let message = "the slashes around a pattern are part of it, so that no string matches";
    let diagnostic = Diagnostic::warning(code::INVALID_PATTERN, message).strict();
    let diagnostic = diagnostic.at(node.span, "");
    Some(if flags.is_empty() {
        diagnostic.fix("remove the slashes", node.span, quoted(inner))
    } else {
        diagnostic.help("remove the slashes").note(format!(
            "the flags `{flags}` cannot be expressed in a description"
        ))
    })
}

/// The library's error message as a part of a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
