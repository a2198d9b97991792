//! Parameters of two operations.

use crate::document::{Location, Parameter, Style};
use crate::lower::Joined;

use super::super::place::{label, parameter_part};
use super::super::rule;
use super::super::verdict::Rule;
use super::super::view::View;
use super::{Comparison, essence, shape_of};

impl<'s, 't> Comparison<'_, 's, 't> {
    pub(super) fn parameters(&mut self) {
        let (old, new) = (&self.old.parameters, &self.new.parameters);
        let mut pairs: Vec<(&'s Parameter<'t>, &'s Parameter<'t>)> = Vec::new();
        let mut gone: Vec<&'s Parameter<'t>> = Vec::new();
        let mut come: Vec<&'s Parameter<'t>> = new.iter().collect();
        for parameter in old {
            let position = come.iter().position(|other| is_same(parameter, other));
            match position {
                Some(at) => pairs.push((parameter, come.remove(at))),
                None => gone.push(parameter),
            }
        }
        self.path_parameters(&mut pairs, &mut gone, &mut come);
        moved(&mut pairs, &mut gone, &mut come);
        for parameter in gone {
            let part = parameter_part(Some(&label(self.old)), parameter);
            let old = (None, Some(parameter.name.span));
            self.push(
                &rule::PARAMETER_REMOVED,
                part,
                self.request(),
                old,
                (None, None),
            );
        }
        for parameter in come {
            let rule = if parameter.required {
                &rule::PARAMETER_REQUIRED_ADDED
            } else {
                &rule::PARAMETER_ADDED
            };
            let part = parameter_part(Some(&label(self.new)), parameter);
            let new = (None, Some(parameter.name.span));
            self.push(rule, part, self.request(), (None, None), new);
        }
        self.order(&pairs);
        for (old, new) in pairs {
            self.parameter(old, new);
        }
    }

    /// The parameters of a path are found by their position, since their names are not sent.
    fn path_parameters(
        &mut self,
        pairs: &mut Vec<(&'s Parameter<'t>, &'s Parameter<'t>)>,
        gone: &mut Vec<&'s Parameter<'t>>,
        come: &mut Vec<&'s Parameter<'t>>,
    ) {
        let old: Vec<&str> = names_in(&self.old.path.text).collect();
        let new: Vec<&str> = names_in(&self.new.path.text).collect();
        if shape_of(&self.old.path.text) != shape_of(&self.new.path.text) {
            return;
        }
        for (old, new) in old.into_iter().zip(new) {
            let at = |list: &[&Parameter<'t>], name: &str| {
                let is =
                    |one: &&Parameter<'t>| one.location == Location::Path && one.name.text == name;
                list.iter().position(is)
            };
            if let (Some(before), Some(after)) = (at(gone, old), at(come, new)) {
                let both = (gone.remove(before), come.remove(after));
                let part = parameter_part(Some(&label(self.new)), both.1);
                let place =
                    |one: &Parameter<'t>| (Some(one.name.text.to_owned()), Some(one.name.span));
                let (old, new) = (place(both.0), place(both.1));
                self.push(
                    &rule::PATH_PARAMETER_RENAMED,
                    part,
                    self.request(),
                    old,
                    new,
                );
                pairs.push(both);
            }
        }
    }

    fn order(&mut self, pairs: &[(&'s Parameter<'t>, &'s Parameter<'t>)]) {
        let both = pairs
            .iter()
            .filter(|(old, new)| old.required && new.required);
        let position = |list: &[Parameter<'t>], one: &Parameter<'t>| {
            list.iter().position(|other| std::ptr::eq(other, one))
        };
        let positions = both.map(|(old, new)| {
            (
                position(&self.old.parameters, old),
                position(&self.new.parameters, new),
            )
        });
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
        let styles = (style(self.sides.old, old), style(self.sides.new, new));
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
        } else if styles.0 != styles.1 {
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
        let schema = |one: &Parameter<'t>| {
            let content = one.content.as_ref().and_then(|media| media.schema);
            one.schema.or(content)
        };
        self.schemas(schema(old), schema(new), request);
    }
}

/// The names of the parameters in a path.
fn names_in(path: &str) -> impl Iterator<Item = &str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| Some(part.split_once('}')?.0))
}

fn is_same(a: &Parameter<'_>, b: &Parameter<'_>) -> bool {
    a.location == b.location
        && if a.location == Location::Header {
            a.name.text.eq_ignore_ascii_case(b.name.text)
        } else {
            a.name.text == b.name.text
        }
}

/// A parameter of the same name in another location is the same parameter.
fn moved<'s, 't>(
    pairs: &mut Vec<(&'s Parameter<'t>, &'s Parameter<'t>)>,
    gone: &mut Vec<&'s Parameter<'t>>,
    come: &mut Vec<&'s Parameter<'t>>,
) {
    gone.retain(|parameter| {
        let same = |other: &&Parameter<'t>| other.name.text == parameter.name.text;
        match come.iter().position(same) {
            Some(at) => {
                pairs.push((parameter, come.remove(at)));
                false
            }
            None => true,
        }
    });
}

/// A word of the specification, from the name that it has here: `DeepObject` is `deepObject`.
fn word(value: &impl std::fmt::Debug) -> String {
    let name = format!("{value:?}");
    name[..1].to_lowercase() + &name[1..]
}

/// The style, whether it is exploded, the style as it is written, and the media type.
type Written<'t> = (Style, bool, Option<&'t str>, Option<String>);

/// How the value of a parameter is written. A value that is no list and no object is written in one way, exploded or
/// not.
fn style<'t>(joined: &Joined<'t>, parameter: &Parameter<'t>) -> Written<'t> {
    use crate::document::SimpleType::{Array, Object};
    let types = parameter.schema.map(|id| View::of(joined, id).types());
    let plain = types.filter(|types| !types.is_empty());
    let plain = plain.is_some_and(|types| !types.contains(&Array) && !types.contains(&Object));
    let media = parameter.content.as_ref();
    let media = media.map(|media| essence(media.name.text));
    let written = parameter.written_style;
    (parameter.style, parameter.explode && !plain, written, media)
}
