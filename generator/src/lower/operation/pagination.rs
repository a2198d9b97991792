//! `x-pagination`: the parameters and the properties that it names, found and checked.

use crate::diagnostic::{Diagnostic, nearest};
use crate::document::{self, Text, Turning};
use crate::lower::Lowerer;
use crate::lower::code;
use crate::model::{
    Encoding, Field, Input, InputLocation, Kind, Output, PageRule, Pagination, Path, Scalar, Shape,
    Style,
};

/// The required type of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    List,
    Flag,
    Number,
    /// Anything that a query parameter can take.
    Value,
    Url,
}

/// A path that does not lead anywhere.
struct UnknownName<'n> {
    /// The resolved beginning of the path, with a dot at its end.
    before: &'n str,
    /// The name that does not exist.
    name: &'n str,
    /// The properties that exist.
    known: Vec<String>,
}

impl Lowerer<'_, '_> {
    /// The pagination of an operation. Anything invalid is reported, and the operation is then lowered without
    /// pagination.
    pub(crate) fn pagination(
        &mut self,
        operation: &document::Operation<'_>,
        inputs: &[Input],
        output: &Output,
    ) -> Option<Pagination> {
        let described = operation.pagination?;
        let Output::Json(shape, _) = output else {
            let message = "`x-pagination` needs a response that is always JSON of one type";
            let diagnostic = misfit(message).at(described.span, "this pagination is ignored");
            self.diagnostics.push(diagnostic);
            return None;
        };
        let rule = self.rule(&described, inputs);
        let next = match described.turning {
            Turning::Cursor { next, .. } => self.path(shape, Some(next), "next", Expected::Value),
            Turning::Link { next } => self.path(shape, next, "next", Expected::Url),
            Turning::Page { .. } | Turning::Offset { .. } => Some(None),
        };
        let last = match described.turning {
            Turning::Page { last, .. } => self.path(shape, last, "last", Expected::Number),
            _ => Some(None),
        };
        let items = self.items(shape, &described);
        let more = self.path(shape, described.more, "more", Expected::Flag);
        let total = self.path(shape, described.total, "total", Expected::Number);
        Some(Pagination {
            rule: rule?,
            items: items?,
            next: next?,
            more: more?,
            last: last?,
            total: total?,
        })
    }

    fn rule(&mut self, described: &document::Pagination<'_>, inputs: &[Input]) -> Option<PageRule> {
        Some(match described.turning {
            Turning::Cursor { parameter, .. } => PageRule::Cursor {
                parameter: self.query_parameter(parameter, inputs, Expected::Value)?,
            },
            Turning::Page {
                parameter, first, ..
            } => PageRule::Page {
                parameter: self.query_parameter(parameter, inputs, Expected::Number)?,
                first,
            },
            Turning::Offset { parameter, limit } => {
                let parameter = self.query_parameter(parameter, inputs, Expected::Number);
                let limit = match limit {
                    Some(limit) => Some(self.query_parameter(limit, inputs, Expected::Number)?),
                    None => None,
                };
                PageRule::Offset {
                    parameter: parameter?,
                    limit,
                }
            }
            Turning::Link { .. } => PageRule::Link,
        })
    }

    /// A query parameter that accepts a plain value.
    fn query_parameter(
        &mut self,
        name: Text<'_>,
        inputs: &[Input],
        expected: Expected,
    ) -> Option<String> {
        let mut queried = inputs
            .iter()
            .filter(|input| matches!(input.location, InputLocation::Query(_)));
        let found = queried.clone().find(|input| input.wire == name.text);
        let Some(input) = found else {
            let message = format!(
                "`x-pagination` names `{}`, which is not a query parameter",
                name.text
            );
            let diagnostic = misfit(message).at(name.span, "no query parameter of this name");
            let known = queried.by_ref().map(|input| input.wire.as_str());
            let near = nearest(name.text, known).map(str::to_owned);
            self.diagnostics.push(with_near(diagnostic, name, near));
            return None;
        };
        if !is_plain(input) || !self.fits(&input.shape, expected) {
            let noun = expected.noun();
            let message = format!("the parameter `{}` must take {noun}", name.text);
            let diagnostic = misfit(message).at(name.span, "it has another type");
            self.diagnostics.push(diagnostic);
            return None;
        }
        Some(name.text.to_owned())
    }

    /// The path to the list.
    fn items(&mut self, shape: &Shape, described: &document::Pagination<'_>) -> Option<Path> {
        if described.items.is_some() {
            return self.path(shape, described.items, "items", Expected::List)?;
        }
        if self.fits(shape, Expected::List) {
            return Some(Path(Vec::new()));
        }
        let message = "`x-pagination` needs `items`, since the response is not an array";
        let diagnostic = misfit(message).at(described.span, "this pagination is ignored");
        let help = "name the property that holds the list: `items: data`";
        self.diagnostics.push(diagnostic.help(help));
        None
    }

    /// The path to a property, if one is named. `None` if the property does not exist or has another type.
    #[expect(clippy::option_option, reason = "a path may be absent or invalid")]
    fn path(
        &mut self,
        shape: &Shape,
        text: Option<Text<'_>>,
        key: &str,
        expected: Expected,
    ) -> Option<Option<Path>> {
        let Some(text) = text else {
            return Some(None);
        };
        let (path, found) = match self.follow(shape, text.text, expected) {
            Ok(found) => found,
            Err(astray) => {
                self.diagnostics.push(astray.report(key, text));
                return None;
            }
        };
        if self.fits(&found, expected) {
            return Some(Some(path));
        }
        let noun = expected.noun();
        let message = format!(
            "`{key}` must refer to {noun}, and `{}` is not one",
            text.text
        );
        let diagnostic = misfit(message).at(text.span, format!("expected {noun}"));
        self.diagnostics.push(diagnostic);
        None
    }

    /// The fields along a path, and the shape at its end. The path leads through the last element of an array, but not
    /// on the way to another array, because the other elements would be lost.
    fn follow<'n>(
        &self,
        shape: &Shape,
        path: &'n str,
        expected: Expected,
    ) -> Result<(Path, Shape), UnknownName<'n>> {
        let mut fields = Vec::new();
        let mut shape = shape.clone();
        let mut rest = Some(path);
        while let Some(names) = rest {
            let before = &path[..path.len() - names.len()];
            let mut inside = self.plain(&shape);
            if let Shape::List(element) = inside
                && expected != Expected::List
            {
                inside = self.plain(element);
            }
            let known = self.fields_of(inside);
            // A name can contain a dot, so the longest matching name is chosen.
            let begins = |wire: &str| {
                names == wire
                    || (names.strip_prefix(wire)).is_some_and(|rest| rest.starts_with('.'))
            };
            let fitting = known.iter().filter(|field| begins(&field.wire));
            let Some(field) = fitting.max_by_key(|field| field.wire.len()) else {
                return Err(UnknownName {
                    before,
                    name: names,
                    known: known.iter().map(|field| field.wire.clone()).collect(),
                });
            };
            fields.push(field.name.clone());
            shape = field.shape.clone();
            rest = names.get(field.wire.len() + 1..);
        }
        Ok((Path(fields), shape))
    }

    fn fields_of(&self, shape: &Shape) -> &[Field] {
        let Shape::Named(id) = shape else {
            return &[];
        };
        match &self.types[id.0 as usize].kind {
            Some(Kind::Record(record)) => &record.fields,
            _ => &[],
        }
    }

    /// The shape behind aliases and null.
    pub(super) fn plain<'s>(&'s self, shape: &'s Shape) -> &'s Shape {
        shape.plain(|id| match &self.types[id.0 as usize].kind {
            Some(Kind::Alias(target)) => Some(target),
            _ => None,
        })
    }

    pub(super) fn fits(&self, shape: &Shape, expected: Expected) -> bool {
        let shape = self.plain(shape);
        let scalar = match shape {
            Shape::Scalar(scalar) => Some(*scalar),
            _ => None,
        };
        let is_word = matches!(shape, Shape::Named(id)
            if matches!(self.types[id.0 as usize].kind, Some(Kind::Enumeration(_))));
        match expected {
            Expected::List => matches!(shape, Shape::List(_)),
            Expected::Flag => scalar == Some(Scalar::Bool),
            Expected::Number => scalar.is_some_and(Scalar::is_number),
            Expected::Value => {
                *shape == Shape::Json
                    || is_word
                    || scalar.is_some_and(|scalar| !matches!(scalar, Scalar::Bool | Scalar::File))
            }
            Expected::Url => matches!(scalar, Some(Scalar::String | Scalar::Secret)),
        }
    }
}

impl Expected {
    fn noun(self) -> &'static str {
        match self {
            Self::List => "an array",
            Self::Flag => "a boolean",
            Self::Number => "a number",
            Self::Value => "a plain value",
            Self::Url => "a string",
        }
    }
}

impl UnknownName<'_> {
    fn report(&self, key: &str, text: Text<'_>) -> Diagnostic {
        let name = self.name.split('.').next().unwrap_or_default();
        let of = match self.before.trim_end_matches('.') {
            "" => "the response".to_owned(),
            before => format!("`{before}`"),
        };
        let message = format!("`{key}` of `x-pagination` names `{name}`, which {of} does not have");
        let diagnostic = misfit(message).at(text.span, "no such property");
        let near = nearest(name, self.known.iter().map(String::as_str));
        let whole = near.map(|near| {
            let rest = &self.name[name.len()..];
            format!("{}{near}{rest}", self.before)
        });
        with_near(diagnostic, text, whole)
    }
}

fn misfit(message: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(code::PAGINATION_MISFIT, message)
}

/// The diagnostic, with a suggestion if a known name is near.
fn with_near(diagnostic: Diagnostic, written: Text<'_>, near: Option<String>) -> Diagnostic {
    match near {
        Some(near) => diagnostic.respell(written.text, written.span, &near),
        None => diagnostic,
    }
}

/// Whether a parameter has a plain form in the query.
fn is_plain(input: &Input) -> bool {
    matches!(
        &input.location,
        InputLocation::Query(Encoding::Style {
            style: Style::Form,
            ..
        })
    )
}
