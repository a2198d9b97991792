//! Parameters of two operations.

use hashbrown::HashMap;

use crate::document::{Location, Parameter, SchemaId, Style};
use crate::lower::Joined;
use crate::lower::essence;
use crate::source::Span;

use super::super::likeness::Features;
use super::super::matched::Matched;
use super::super::pairs::Sides;
use super::super::place::{label, parameter_part};
use super::super::property::PROPERTY;
use super::super::rule;
use super::super::verdict::Rule;
use super::super::view::{View, examples};
use super::{Comparison, shape_of};

impl<'s, 't> Comparison<'_, 's, 't> {
    pub(super) fn parameters(&mut self) {
        let mut matched = self.matched_parameters();
        for (old, new, similarity) in self.alike(&mut matched) {
            let rule = if new.required {
                &rule::PARAMETER_RENAMED
            } else {
                &rule::OPTIONAL_PARAMETER_RENAMED
            };
            self.renamed_parameter(rule, old, new);
            self.set_similarity(Some(similarity));
            matched.both.push((old, new));
        }
        for parameter in matched.gone {
            let part = parameter_part(Some(&label(self.old)), parameter);
            let (old, rule) = ((None, Some(parameter.name.span)), &rule::PARAMETER_REMOVED);
            self.push(rule, part, self.request(), old, (None, None));
        }
        for parameter in matched.come {
            let rule = if parameter.required {
                &rule::PARAMETER_REQUIRED_ADDED
            } else {
                &rule::PARAMETER_ADDED
            };
            let part = parameter_part(Some(&label(self.new)), parameter);
            let new = (None, Some(parameter.name.span));
            self.push(rule, part, self.request(), (None, None), new);
        }
        self.order(&matched.both);
        for (old, new) in matched.both {
            self.parameter(old, new);
        }
    }

    /// Pairs the parameters of both operations. Those of a path are paired by position, because their names are not
    /// sent, and a parameter that moved to another location by its name.
    fn matched_parameters(&mut self) -> Matched<&'s Parameter<'t>> {
        let (old, new) = (self.old, self.new);
        let matched = Matched::of(&old.parameters, &new.parameters).by(|parameter| {
            let name = parameter.name.text;
            let is_header = parameter.location == Location::Header;
            let name = if is_header {
                name.to_ascii_lowercase()
            } else {
                name.to_owned()
            };
            (parameter.location, name)
        });
        let known = matched.both.len();
        let is_same_path = shape_of(&old.path.text) == shape_of(&new.path.text);
        let position = |path: &'s str| {
            let names: HashMap<&str, usize> = names_in(path).zip(0..).collect();
            move |one: &'s Parameter<'t>| {
                let is_path = is_same_path && one.location == Location::Path;
                is_path.then(|| names.get(one.name.text).copied()).flatten()
            }
        };
        let matched = matched.by_each(position(&old.path.text), position(&new.path.text));
        for (old, new) in &matched.both[known..] {
            self.renamed_parameter(&rule::PATH_PARAMETER_RENAMED, old, new);
        }
        matched.by(|parameter| parameter.name.text)
    }

    /// Pairs parameters that have different names but are otherwise similar.
    fn alike(
        &self,
        matched: &mut Matched<&'s Parameter<'t>>,
    ) -> Vec<(&'s Parameter<'t>, &'s Parameter<'t>, u8)> {
        let Sides { old, new } = self.sides;
        let both = (
            features(old, &self.old.parameters),
            features(new, &self.new.parameters),
        );
        matched.take_alike(PROPERTY, both.0, both.1, |one, other| {
            let ids = schema_of(one).zip(schema_of(other));
            one.location == other.location
                && one.required == other.required
                && ids.is_some_and(|ids| {
                    let views = View::both((old, new), ids);
                    views.0.is_of_type(&views.1)
                })
        })
    }

    fn renamed_parameter(&mut self, rule: &'static Rule, old: &Parameter<'t>, new: &Parameter<'t>) {
        let part = parameter_part(Some(&label(self.new)), new);
        let place = |one: &Parameter<'t>| (Some(one.name.text.to_owned()), Some(one.name.span));
        self.push(rule, part, self.request(), place(old), place(new));
        let names = self.renamed.parameters.entry(label(self.old)).or_default();
        names.insert(old.name.text.to_owned(), new.name.text.to_owned());
    }

    fn order(&mut self, pairs: &[(&'s Parameter<'t>, &'s Parameter<'t>)]) {
        let both = pairs
            .iter()
            .filter(|(old, new)| old.required && new.required);
        let (before, after) = (
            positions(&self.old.parameters),
            positions(&self.new.parameters),
        );
        let positions =
            both.map(|(old, new)| (before.get(&old.name.span), after.get(&new.name.span)));
        let mut positions: Vec<_> = positions.collect();
        positions.sort_unstable();
        if !positions.is_sorted_by_key(|(_, new)| *new) {
            let names = |list: &[Parameter<'t>]| {
                let required = list.iter().filter(|one| one.required);
                let names: Vec<&str> = required.map(|one| one.name.text).collect();
                Some(names.join(", "))
            };
            let texts = (names(&self.old.parameters), names(&self.new.parameters));
            self.push_own(&rule::PARAMETER_ORDER, texts.0, texts.1);
        }
    }

    fn parameter(&mut self, old: &'s Parameter<'t>, new: &'s Parameter<'t>) {
        let part = parameter_part(Some(&label(self.new)), new);
        let request = self.request();
        let spans = (Some(old.name.span), Some(new.name.span));
        // A value that is neither an array nor an object is serialized in the same way with and without `explode`.
        let plain = [(self.sides.old, old), (self.sides.new, new)]
            .map(|(side, one)| one.schema.is_some_and(|schema| is_plain(side, schema)));
        let is_exploded_as_before = plain.contains(&true) || old.explode == new.explode;
        let is_written_as_before = style(old) == style(new) && is_exploded_as_before;
        let is_same_version = self.sides.old.document.version == self.sides.new.document.version;
        let mut push = |rule: &'static Rule, before: Option<String>, after: Option<String>| {
            self.push(
                rule,
                part.clone(),
                request,
                (before, spans.0),
                (after, spans.1),
            );
        };
        if old.location != new.location {
            let word = |one: &Parameter<'t>| Some(word(&one.location));
            push(&rule::PARAMETER_LOCATION, word(old), word(new));
        } else if !is_written_as_before {
            let written = |one: &Parameter<'t>| {
                let explode = if one.explode {
                    "exploded"
                } else {
                    "not exploded"
                };
                Some(match &one.content {
                    Some(media) => format!("as {}", media.name.text),
                    None => format!("{}, {explode}", word(&one.style)),
                })
            };
            push(&rule::PARAMETER_STYLE, written(old), written(new));
        }
        let is_idle = is_written_as_before && plain == [true; 2] && old.explode != new.explode;
        if is_idle && is_same_version {
            let text = |one: &Parameter<'t>| Some(format!("explode: {}", one.explode));
            push(&rule::WITHOUT_EFFECT, text(old), text(new));
        }
        match (old.required, new.required) {
            (false, true) => push(&rule::PARAMETER_BECAME_REQUIRED, None, None),
            (true, false) => push(&rule::PARAMETER_BECAME_OPTIONAL, None, None),
            _ => {}
        }
        if old.allow_reserved != new.allow_reserved {
            push(&rule::PARAMETER_RESERVED, None, None);
        }
        match (old.allow_empty, new.allow_empty) {
            (true, false) => push(&rule::EMPTY_VALUE_REFUSED, None, None),
            (false, true) => push(&rule::EMPTY_VALUE_ALLOWED, None, None),
            _ => {}
        }
        match (old.deprecated, new.deprecated) {
            (false, true) => push(&rule::PARAMETER_DEPRECATED, None, None),
            (true, false) => push(&rule::PARAMETER_UNDEPRECATED, None, None),
            _ => {}
        }
        if old.description.map(str::trim) != new.description.map(str::trim) {
            push(&rule::DOCS_CHANGED, None, None);
        }
        if examples(&old.examples) != examples(&new.examples) {
            push(&rule::EXAMPLES_CHANGED, None, None);
        }
        self.schemas(schema_of(old), schema_of(new), request);
    }
}

/// The schema of a parameter's value.
fn schema_of(parameter: &Parameter<'_>) -> Option<SchemaId> {
    let content = parameter.content.as_deref().and_then(|media| media.schema);
    parameter.schema.or(content)
}

/// The positions of parameters by the spans of their names.
fn positions(all: &[Parameter<'_>]) -> HashMap<Span, usize> {
    let spans = all.iter().map(|parameter| parameter.name.span);
    spans.zip(0..).collect()
}

/// The features by which a parameter is recognized although its name changed.
fn features<'s, 't>(
    joined: &'s Joined<'t>,
    all: &'s [Parameter<'t>],
) -> impl Fn(&'s Parameter<'t>) -> Features {
    let positions = positions(all);
    move |parameter| {
        let node = schema_of(parameter).and_then(|id| joined.document.schema(id).node);
        let features = node.map(Features::of).unwrap_or_default();
        let features = features.name(parameter.name.text);
        let features = features.hint(positions.get(&parameter.name.span));
        let description = parameter.description.into_iter();
        description.fold(features, Features::hint)
    }
}

/// The names of the parameters in a path.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| Some(part.split_once('}')?.0))
}

/// The specification's spelling of a variant: `DeepObject` is `deepObject`.
fn word(value: &impl std::fmt::Debug) -> String {
    let name = format!("{value:?}");
    name[..1].to_lowercase() + &name[1..]
}

/// The values of `collectionFormat` in Swagger 2.0, which are styles.
const COLLECTION_FORMATS: [&str; 5] = ["csv", "ssv", "tsv", "pipes", "multi"];

/// The style, the invalid style that was written instead, and the media type.
type Written<'t> = (Style, Option<&'t str>, Option<String>);

/// How the value of a parameter is serialized, apart from `explode`.
fn style<'t>(parameter: &Parameter<'t>) -> Written<'t> {
    let media = parameter.content.as_deref();
    let media = media.map(|media| essence(media.name.text).into_owned());
    let is_read = |text: &str| text == word(&parameter.style) || COLLECTION_FORMATS.contains(&text);
    let unread = parameter.written_style.filter(|text| !is_read(text));
    (parameter.style, unread, media)
}

/// Whether a value is certainly neither an array nor an object.
pub(super) fn is_plain(joined: &Joined<'_>, schema: SchemaId) -> bool {
    use crate::document::SimpleType::{Array, Object};
    let types = View::of(joined, schema).types();
    !types.is_empty() && !types.contains(&Array) && !types.contains(&Object)
}
