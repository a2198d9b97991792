//! The limits of a value, in words for its documentation: no type expresses them.

use crate::document::{Document, SchemaId, SimpleType, restricts_any};
use crate::lower::page::as_code;
use crate::source::{Member, Node, Value};

/// The keywords that limit a number of things, with their singular and plural.
const COUNTS: [(&str, &str, &str, &str); 3] = [
    ("minLength", "maxLength", "character", "characters"),
    ("minItems", "maxItems", "element", "elements"),
    ("minProperties", "maxProperties", "property", "properties"),
];

/// Whether a keyword limits a value, holds schemas that may, or says what one of these means.
fn limits_value(keyword: &str) -> bool {
    matches!(
        keyword,
        "additionalProperties"
            | "contains"
            | "dependencies"
            | "dependentRequired"
            | "exclusiveMaximum"
            | "exclusiveMinimum"
            | "items"
            | "maxContains"
            | "maxItems"
            | "maxLength"
            | "maxProperties"
            | "maximum"
            | "minContains"
            | "minItems"
            | "minLength"
            | "minProperties"
            | "minimum"
            | "multipleOf"
            | "pattern"
            | "properties"
            | "propertyNames"
            | "unevaluatedProperties"
            | "uniqueItems"
    )
}

/// The longest schema or pattern that is written out.
const LONGEST: usize = 160;

/// The maximum number of arrays and maps within each other whose limits are described.
const DEEPEST: usize = 4;

/// A sentence about the limits of a schema and of the schemas within its `allOf`, as Markdown. The schemas that they
/// refer to have docs of their own.
pub(crate) fn limits(document: &Document<'_>, id: SchemaId) -> Option<String> {
    let text = Limited::of(&inline_nodes(document, id)).describe(0)?;
    let mut letters = text.chars();
    let first = letters.next()?;
    Some(format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// The types that a schema names.
fn types(node: &Node) -> Vec<SimpleType> {
    let Some(written) = node.get("type") else {
        return Vec::new();
    };
    let names = written.as_list().unwrap_or(std::slice::from_ref(written));
    let names = names.iter().filter_map(Node::as_str);
    names.filter_map(SimpleType::named).collect()
}

/// The nodes that describe a value where it is used: its schema, and those in its `allOf`.
fn inline_nodes<'t>(document: &Document<'t>, id: SchemaId) -> Vec<&'t Node> {
    let leaves = document.leaves.get(&id).cloned().unwrap_or_default();
    let mut open = if leaves.is_empty() { vec![id] } else { leaves };
    let mut nodes = Vec::new();
    while let Some(id) = open.pop() {
        let schema = document.schema(id);
        // A schema that is defined elsewhere is documented there.
        if nodes.is_empty() || schema.component.is_none() {
            nodes.extend(schema.node);
            open.extend(schema.all_of.iter().rev());
        }
    }
    nodes
}

/// The keywords that limit one value.
struct Limited<'t>(Vec<&'t Member>);

impl<'t> Limited<'t> {
    /// The keywords of these nodes that limit values of their types.
    fn of(nodes: &[&'t Node]) -> Self {
        let keywords = nodes.iter().filter_map(|node| node.as_map()).flatten();
        let limiting = keywords.filter(|member| limits_value(&member.key.text));
        let mut limiting: Vec<&Member> = limiting.collect();
        // Most values have none.
        if !limiting.is_empty() {
            let types: Vec<SimpleType> = nodes.iter().flat_map(|node| types(node)).collect();
            limiting.retain(|it| types.is_empty() || restricts_any(&it.key.text, &types));
        }
        Self(limiting)
    }

    /// The value of a keyword in the first node that has it.
    fn get(&self, keyword: &str) -> Option<&'t Node> {
        let mut keywords = self.0.iter();
        let found = keywords.find(|member| &*member.key.text == keyword)?;
        Some(&found.value)
    }

    fn is(&self, keyword: &str) -> bool {
        self.get(keyword)
            .is_some_and(|node| node.value == Value::Bool(true))
    }

    fn number(&self, keyword: &str) -> Option<&'t str> {
        match &self.get(keyword)?.value {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The limits, separated by commas.
    fn describe(&self, depth: usize) -> Option<String> {
        // Most values have none.
        if self.0.is_empty() {
            return None;
        }
        let mut limits: Vec<String> = Vec::new();
        for (least, most, one, many) in COUNTS {
            limits.extend(count(self.number(least), self.number(most), one, many));
        }
        limits.extend(self.range());
        let step = self.number("multipleOf");
        limits.extend(step.map(|step| format!("a multiple of {step}")));
        let pattern = self.get("pattern").and_then(Node::as_str);
        limits.extend(pattern.map(matching));
        let unique = self.is("uniqueItems");
        limits.extend(unique.then(|| "without duplicates".to_owned()));
        limits.extend(self.contains());
        limits.extend(self.get("propertyNames").and_then(names));
        for keyword in ["dependentRequired", "dependencies"] {
            let entries = self.get(keyword).and_then(Node::as_map);
            limits.extend(entries.into_iter().flatten().filter_map(dependent));
        }
        let mut text = limits.join(", ");
        let other = self.get("properties").map_or("value", |_| "other property");
        for (keyword, part) in [
            ("items", "element"),
            ("additionalProperties", other),
            ("unevaluatedProperties", other),
        ] {
            if let Some(inner) = self.within(keyword, depth) {
                let separator = if text.is_empty() { "" } else { "; " };
                text = format!("{text}{separator}each {part}: {inner}");
            }
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// The limits of the elements or values, unless a schema is defined elsewhere.
    fn within(&self, keyword: &str, depth: usize) -> Option<String> {
        let node = self.get(keyword).filter(|_| depth < DEEPEST)?;
        Limited::of(&[node]).describe(depth + 1)
    }

    /// `minimum`, `maximum` and their exclusive forms: booleans beside them in 3.0, numbers in 3.1.
    fn range(&self) -> Option<String> {
        let bound = |inclusive, exclusive| match self.number(exclusive) {
            Some(number) => Some((number, true)),
            None => Some((self.number(inclusive)?, self.is(exclusive))),
        };
        let least = bound("minimum", "exclusiveMinimum");
        let most = bound("maximum", "exclusiveMaximum");
        if let (Some((least, false)), Some((most, false))) = (least, most) {
            return Some(format!("{least} to {most}"));
        }
        let least = least.map(|(number, exclusive)| {
            let words = if exclusive { "more than" } else { "at least" };
            format!("{words} {number}")
        });
        let most = most.map(|(number, exclusive)| {
            let words = if exclusive { "less than" } else { "at most" };
            format!("{words} {number}")
        });
        let both: Vec<String> = least.into_iter().chain(most).collect();
        (!both.is_empty()).then(|| both.join(" and "))
    }

    /// `contains`, with `minContains` and `maxContains`.
    fn contains(&self) -> Option<String> {
        let schema = schema_text(self.get("contains")?);
        let least = self.number("minContains").unwrap_or("1");
        let most = self.number("maxContains");
        let count = count(Some(least), most, "element", "elements")?;
        Some(format!("{count} matching {schema}"))
    }
}

/// "2 to 9 characters". A lower limit of 0 is none.
fn count(least: Option<&str>, most: Option<&str>, one: &str, many: &str) -> Option<String> {
    let noun = |number: &str| if number == "1" { one } else { many };
    match (least.filter(|least| *least != "0"), most) {
        (Some(least), Some(most)) if least == most => {
            Some(format!("exactly {least} {}", noun(least)))
        }
        (Some(least), Some(most)) => Some(format!("{least} to {most} {}", noun(most))),
        (Some(least), None) => Some(format!("at least {least} {}", noun(least))),
        (None, Some(most)) => Some(format!("at most {most} {}", noun(most))),
        (None, None) => None,
    }
}

fn matching(pattern: &str) -> String {
    if pattern.len() > LONGEST || pattern.contains(char::is_control) {
        "matching the pattern of the description".to_owned()
    } else {
        format!("matching {}", as_code(pattern))
    }
}

/// `propertyNames`. Every name is a string.
fn names(schema: &Node) -> Option<String> {
    let members = schema.as_map()?;
    let mut rest = members.iter().filter(|member| &*member.key.text != "type");
    let of_names = match (rest.next()?, rest.next()) {
        (only, None) if &*only.key.text == "pattern" => matching(only.value.as_str()?),
        _ => format!("matching {}", schema_text(schema)),
    };
    Some(format!("property names {of_names}"))
}

/// An entry of `dependentRequired`, or a list in the `dependencies` of older drafts.
fn dependent(entry: &Member) -> Option<String> {
    let names = entry.value.as_list()?.iter();
    let names: Vec<String> = names.filter_map(Node::as_str).map(as_code).collect();
    let key = as_code(&entry.key.text);
    (!names.is_empty()).then(|| format!("with {} if there is {key}", names.join(" and ")))
}

/// A schema as JSON, or the name of the one that it refers to.
fn schema_text(schema: &Node) -> String {
    let reference = schema.get("$ref").and_then(Node::as_str);
    let text = match reference.and_then(|reference| reference.rsplit('/').next()) {
        Some(name) => name.to_owned(),
        None => schema.to_json().to_string(),
    };
    if text.len() > LONGEST {
        "the schema of the description".to_owned()
    } else {
        as_code(&text)
    }
}
