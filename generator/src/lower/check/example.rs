//! Checks examples, defaults and enum values against their schemas.

use hashbrown::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::document::{
    Document, Example, Limits, MediaType, Schema, SchemaId, SimpleType, scalar_text,
};
use crate::lower::Facts;
use crate::lower::code;
use crate::lower::operation::media::Content;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::scalar::form_fault;
use crate::source::{Node, Span, Value, canonical_number};

/// The maximum depth to which an example is checked.
pub(super) const DEEPEST: usize = 64;

impl<'t> Facts<'_, 't> {
    /// Reports every example that its schema rejects.
    pub(super) fn check_examples(&self, diagnostics: &mut Diagnostics) {
        let document = self.document;
        let mut pairs: Vec<(Example<'t>, SchemaId)> = Vec::new();
        for (index, schema) in document.schemas.iter().enumerate() {
            let id = SchemaId::at(index);
            pairs.extend(schema.examples.iter().map(|&example| (example, id)));
        }
        // Of webhooks and callbacks, only the bodies become types.
        for operation in self.sent_by_itself().flat_map(|item| &item.operations) {
            let content = operation.body.iter().flat_map(|body| &body.content);
            content.for_each(|media| of_media(document, media, &mut pairs));
        }
        for operation in document.operations() {
            let content = operation.body.iter().flat_map(|body| &body.content);
            content.for_each(|media| of_media(document, media, &mut pairs));
            let responses = operation
                .responses
                .iter()
                .flat_map(|response| &response.content);
            responses.for_each(|media| of_media(document, media, &mut pairs));
            for parameter in &operation.parameters {
                let schema = parameter.schema.into_iter();
                pairs.extend(
                    schema.flat_map(|id| {
                        parameter.examples.iter().map(move |&example| (example, id))
                    }),
                );
            }
        }
        let mut seen = HashSet::new();
        // Some tools write null for a missing example.
        pairs.retain(|(example, _)| example.value.value != Value::Null);
        for (example, schema) in pairs {
            if let Some(misfit) = self.misfit_or_rejected(example.value, schema)
                && seen.insert(misfit.span)
            {
                diagnostics.push(example_misfit(misfit));
            }
        }
    }

    /// Reports defaults that their schemas reject, and values of `enum` and `const` that `type` rejects.
    pub(super) fn check_values(&self, diagnostics: &mut Diagnostics) {
        let document = self.document;
        for (index, schema) in document.schemas.iter().enumerate() {
            let id = SchemaId::at(index);
            let default = schema.default.filter(|node| !is_placeholder(node));
            if let Some(misfit) = default.and_then(|node| self.misfit_or_rejected(node, id)) {
                let message = format!("this default does not fit its schema: {}", misfit.reason);
                let diagnostic = Diagnostic::warning(code::VALUE_MISFIT, message).strict();
                diagnostics.push(diagnostic.at(misfit.span, misfit.label));
            }
            if let Some(diagnostic) = all_refused(schema) {
                diagnostics.push(diagnostic);
                continue;
            }
            let values = schema.enumeration.iter().flatten().chain(&schema.constant);
            diagnostics.extend(values.filter_map(|node| refused(node, schema)));
        }
    }

    /// The first part of a value that its schema rejects, for any reason.
    fn misfit_or_rejected(&self, node: &Node, id: SchemaId) -> Option<Misfit> {
        let misfit = self.misfit(node, id, 0);
        misfit.or_else(|| self.rejected(node, id, 0))
    }

    /// The first part of a value that the type of its schema cannot have.
    pub(crate) fn misfit(&self, node: &Node, id: SchemaId, depth: usize) -> Option<Misfit> {
        if depth > DEEPEST || (node.value == Value::Null && self.is_nullable(id)) {
            return None;
        }
        let parts = self.parts(id);
        let types = parts.simple_types();
        let has_type = types.iter().any(|&simple| is_of_type(node, simple));
        if let Some(values) = parts.values.as_ref().filter(|values| !values.is_empty()) {
            let has_other_type = !types.is_empty() && !has_type;
            return if has_other_type {
                Some(wrong_type(node, &types))
            } else {
                not_among(node, values, &parts)
            };
        }
        if !parts.unions.is_empty() {
            return self.misfit_of_union(node, &parts, depth);
        }
        if types.is_empty() {
            return None;
        }
        if !has_type {
            return Some(wrong_type(node, &types));
        }
        if let Some(misfit) = out_of_limits(node, &parts.limits) {
            return Some(misfit);
        }
        match &node.value {
            Value::Map(_) => self.misfit_of_members(node, &parts, depth),
            Value::List(elements) => {
                let mut elements = elements.iter().enumerate();
                elements.find_map(|(index, element)| {
                    self.misfit(element, parts.element(index)?, depth + 1)
                })
            }
            Value::String(text) => {
                let format = if parts.base64 {
                    Some("byte")
                } else {
                    parts.format
                };
                let wanted = form_fault(text, format?)?;
                let reason = format!("`{text}` is not {wanted}");
                Some(Misfit::new(node.span, reason, format!("expected {wanted}")))
            }
            _ => None,
        }
    }

    fn misfit_of_union(&self, node: &Node, parts: &Parts<'t>, depth: usize) -> Option<Misfit> {
        let mut unions = parts.unions.iter();
        unions.find_map(|union| self.misfit_of_alternatives(node, &union.branches, depth))
    }

    /// Why a value matches none of the alternatives: the part that the nearest alternative rejects. The nearest
    /// alternative is one that at least allows values of this type.
    fn misfit_of_alternatives(
        &self,
        node: &Node,
        alternatives: &[SchemaId],
        depth: usize,
    ) -> Option<Misfit> {
        let mut nearest: Option<Misfit> = None;
        for &alternative in alternatives {
            let misfit = self.misfit(node, alternative, depth + 1)?;
            let types = self.parts(alternative).simple_types();
            let is_near = types.iter().any(|&simple| is_of_type(node, simple));
            // The alternative whose rejected part comes last in the value matches it best.
            let is_nearest = nearest
                .as_ref()
                .is_none_or(|it| it.span.start < misfit.span.start);
            if alternatives.len() == 1 || is_near && is_nearest {
                nearest = Some(misfit);
            }
        }
        let generic = "it fits none of the alternatives";
        Some(match nearest {
            Some(misfit) if alternatives.len() == 1 => misfit,
            Some(misfit) => Misfit {
                reason: format!("{generic}; of the nearest one, {}", misfit.reason),
                ..misfit
            },
            None => Misfit::new(node.span, generic, "fits no alternative"),
        })
    }

    fn misfit_of_members(&self, node: &Node, parts: &Parts<'t>, depth: usize) -> Option<Misfit> {
        let members = node.as_map().unwrap_or_default();
        let present: HashSet<&str> = members.iter().map(|member| &*member.key.text).collect();
        for name in &parts.required {
            let described = parts.property(name.text);
            let one_way = described.is_some_and(|id| {
                self.flag(id, |schema| schema.read_only)
                    || self.flag(id, |schema| schema.write_only)
            });
            if described.is_some() && !one_way && !present.contains(name.text) {
                let reason = format!("the required property `{}` is missing", name.text);
                let unknown = members.iter().map(|member| &member.key);
                let mut unknown = unknown.filter(|key| parts.property(&key.text).is_none());
                let near = unknown.find(|key| nearest(&key.text, [name.text]).is_some());
                return Some(match near {
                    Some(near) => {
                        let label = format!("did you mean `{}`?", name.text);
                        Misfit::new(near.span, reason, label)
                    }
                    None => Misfit::new(node.span, reason, format!("`{}` is missing", name.text)),
                });
            }
        }
        for member in members {
            let property = parts.property(&member.key.text);
            let property = property.or_else(|| {
                let is_open = parts.patterns.is_empty();
                parts.additional_schema.filter(|_| is_open)
            });
            if let Some(misfit) = property.and_then(|id| self.misfit(&member.value, id, depth + 1))
            {
                return Some(misfit);
            }
        }
        None
    }
}

fn example_misfit(misfit: Misfit) -> Diagnostic {
    let message = format!("this example does not fit its schema: {}", misfit.reason);
    Diagnostic::warning(code::EXAMPLE_MISFIT, message)
        .strict()
        .at(misfit.span, misfit.label)
}

/// Whether a default is one that tools write for a missing default: null, or an object without properties.
fn is_placeholder(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Map(members) => members.is_empty(),
        _ => false,
    }
}

/// The report of a `type` that rejects all values of `enum`. Values that are only not quoted are reported one by one.
fn all_refused(schema: &Schema<'_>) -> Option<Diagnostic> {
    let (values, types) = (schema.enumeration.as_ref()?, &schema.types);
    let is_refused = |node: &&Node| !types.iter().any(|&simple| is_of_type(node, simple));
    let is_mistake = !types.is_empty() && *types != [SimpleType::String];
    if !is_mistake || values.len() < 2 || !values.iter().all(is_refused) {
        return None;
    }
    let first = values.first()?;
    let message = "no value of `enum` fits the type of its schema";
    let diagnostic = Diagnostic::warning(code::VALUE_MISFIT, message).strict();
    let diagnostic = diagnostic.at(schema.node?.get("type")?.span, "");
    Some(diagnostic.also(first.span, wrong_type(first, types).reason))
}

/// A value of `enum` or `const` that `type` rejects.
fn refused(node: &Node, schema: &Schema<'_>) -> Option<Diagnostic> {
    let types = &schema.types;
    let allowed_null = node.value == Value::Null && schema.nullable;
    if allowed_null {
        return None;
    }
    if types.is_empty() || types.iter().any(|&t| is_of_type(node, t)) {
        let misfit = out_of_limits(node, &schema.limits())?;
        let message = format!("this value does not fit its schema: {}", misfit.reason);
        let diagnostic = Diagnostic::warning(code::VALUE_MISFIT, message).strict();
        return Some(diagnostic.at(misfit.span, misfit.label));
    }
    let Misfit {
        span,
        reason,
        label,
    } = wrong_type(node, types);
    let message = format!("this value does not fit the type of its schema: {reason}");
    let diagnostic = Diagnostic::warning(code::VALUE_MISFIT, message)
        .strict()
        .at(span, label);
    Some(match (&node.value, &types[..]) {
        (Value::Number(_) | Value::Bool(_), [SimpleType::String]) => {
            let text = scalar_text(node, types).unwrap_or_default();
            diagnostic.fix("quote it", span, format!("\"{text}\""))
        }
        (Value::Null, _) => diagnostic
            .help("add `null` to `type`, or write `nullable: true` where the version is 3.0"),
        _ => diagnostic,
    })
}

pub(crate) struct Misfit {
    span: Span,
    reason: String,
    label: String,
}

impl Misfit {
    pub(super) fn new(span: Span, reason: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            span,
            reason: reason.into(),
            label: label.into(),
        }
    }
}

fn of_media<'t>(
    document: &Document<'t>,
    media: &MediaType<'t>,
    pairs: &mut Vec<(Example<'t>, SchemaId)>,
) {
    let json = Content::in_media(document, media) == Content::Json;
    if let Some(id) = media.schema.filter(|_| json) {
        pairs.extend(media.examples.iter().map(|&example| (example, id)));
    }
}

fn not_among(node: &Node, values: &[&Node], parts: &Parts<'_>) -> Option<Misfit> {
    let text = if parts.types == [SimpleType::String] {
        as_written
    } else {
        comparable
    };
    if parts.value_texts(text).contains(&text(node)) {
        return None;
    }
    let words: Vec<_> = values
        .iter()
        .take(8)
        .map(|value| format!("`{}`", plain(value)))
        .collect();
    let more = if values.len() > 8 { " …" } else { "" };
    let reason = format!("`{}` is not one of {}{more}", plain(node), words.join(", "));
    Some(Misfit::new(node.span, reason, "not an allowed value"))
}

/// Why a value is outside of the limits of its schema. An exclusive limit is kept as the next integer, so that a number
/// with a fraction is not compared.
fn out_of_limits(node: &Node, limits: &Limits) -> Option<Misfit> {
    let (what, size, least, greatest) = match &node.value {
        Value::String(text) => {
            let size = text.chars().count();
            ("characters", size, limits.min_length, limits.max_length)
        }
        Value::List(elements) => {
            let size = elements.len();
            ("elements", size, limits.min_items, limits.max_items)
        }
        Value::Number(_) => return number_out_of_limits(node, limits),
        _ => return None,
    };
    let bound = match (least, greatest) {
        (Some(least), _) if size < least => format!("at least {least}"),
        (_, Some(greatest)) if size > greatest => format!("at most {greatest}"),
        _ => return None,
    };
    let reason = format!("its length is {size}, not {bound}");
    let label = format!("expected {bound} {what}");
    Some(Misfit::new(node.span, reason, label))
}

fn number_out_of_limits(node: &Node, limits: &Limits) -> Option<Misfit> {
    let number = node.as_number().filter(|number| number.fract() == 0.0)?;
    let bound = match (limits.minimum, limits.maximum) {
        (Some(least), _) if number < least => format!("at least {least}"),
        (_, Some(greatest)) if number > greatest => format!("at most {greatest}"),
        _ => return None,
    };
    let reason = format!("`{}` is not {bound}", plain(node));
    Some(Misfit::new(node.span, reason, format!("expected {bound}")))
}

/// A value of a string schema.
fn as_written(node: &Node) -> String {
    let text = scalar_text(node, &[SimpleType::String]);
    text.map_or_else(|| plain(node), str::to_owned)
}

/// A value as text that equal values share: `1` and `1.0` do.
fn comparable(node: &Node) -> String {
    match &node.value {
        Value::Number(text) => canonical_number(text),
        _ => plain(node),
    }
}

/// A value as it is quoted in a message.
pub(super) fn plain(node: &Node) -> String {
    match &node.value {
        Value::String(text) | Value::Number(text) => text.to_string(),
        _ => node.to_json().to_string(),
    }
}

fn is_of_type(node: &Node, simple: SimpleType) -> bool {
    match (&node.value, simple) {
        (Value::Null, SimpleType::Null)
        | (Value::Bool(_), SimpleType::Boolean)
        | (Value::Number(_), SimpleType::Number)
        | (Value::String(_), SimpleType::String)
        | (Value::List(_), SimpleType::Array)
        | (Value::Map(_), SimpleType::Object) => true,
        (Value::Number(text), SimpleType::Integer) => text
            .parse::<f64>()
            .is_ok_and(|number| number.fract() == 0.0),
        _ => false,
    }
}

fn wrong_type(node: &Node, types: &[SimpleType]) -> Misfit {
    let words: Vec<_> = types.iter().map(|&simple| simple.noun()).collect();
    let wanted = words.join(" or ");
    Misfit::new(
        node.span,
        format!("it is {}, not {wanted}", value_word(node)),
        format!("expected {wanted}"),
    )
}

fn value_word(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List(_) => "an array",
        Value::Map(_) => "an object",
    }
}
