//! Compares the responses of two operations, and their headers.

use crate::document::{MediaType, Operation, Parameter, Response, Status};

use super::super::change::Part;
use super::super::matched::Matched;
use super::super::place::{label, of_response};
use super::super::rule;
use super::super::verdict::Rule;
use super::super::view::examples;
use super::Comparison;

impl<'s, 't> Comparison<'_, 's, 't> {
    pub(super) fn responses(&mut self) {
        let (old, new) = (self.old, self.new);
        let matched = Matched::of(&old.responses, &new.responses);
        let matched = matched.by(|response| response.status);
        let direction = self.response();
        for (old, new) in matched.both {
            self.response_pair(old, new);
        }
        for response in matched.gone {
            let rule = if is_success(response.status) {
                &rule::SUCCESS_REMOVED
            } else {
                &rule::ERROR_REMOVED
            };
            let part = response_part(old, response);
            let place = (None, Some(response.span));
            self.push(rule, part, direction, place, (None, None));
        }
        for response in matched.come {
            let rule = if is_success(response.status) {
                &rule::SUCCESS_ADDED
            } else {
                &rule::ERROR_ADDED
            };
            let part = response_part(new, response);
            let place = (None, Some(response.span));
            self.push(rule, part, direction, (None, None), place);
        }
    }

    fn response_pair(&mut self, old: &'s Response<'t>, new: &'s Response<'t>) {
        let directions = self.response();
        let spans = (Some(old.span), Some(new.span));
        let rule = match (old.content.is_empty(), new.content.is_empty()) {
            (true, false) => Some(&rule::RESPONSE_BODY_ADDED),
            (false, true) => Some(&rule::RESPONSE_BODY_REMOVED),
            _ => None,
        };
        let part = response_part(self.new, new);
        if let Some(rule) = rule {
            self.push(
                rule,
                part.clone(),
                directions,
                (None, spans.0),
                (None, spans.1),
            );
        } else {
            let (of, status) = of_response(&label(self.new), new);
            let part = |_: &Operation<'t>, media: &MediaType<'t>| Part::Response {
                operation: of.clone(),
                status: status.clone(),
                media_type: Some(media.name.text.to_string()),
            };
            self.media_types(&old.content, &new.content, directions, part);
        }
        if old.description.map(str::trim) != new.description.map(str::trim) {
            self.push(
                &rule::DOCS_CHANGED,
                part,
                directions,
                (None, spans.0),
                (None, spans.1),
            );
        }
        self.headers(old, new);
    }

    fn headers(&mut self, old: &'s Response<'t>, new: &'s Response<'t>) {
        let directions = self.response();
        let matched = Matched::of(&old.headers, &new.headers);
        let matched = matched.by(|header| header.name.text.to_ascii_lowercase());
        let place = |header: &Parameter<'t>| (None, Some(header.name.span));
        for header in matched.gone {
            let part = header_part(self.old, old, header);
            let rule = &rule::HEADER_REMOVED;
            self.push(rule, part, directions, place(header), (None, None));
        }
        for header in matched.come {
            let part = header_part(self.new, new, header);
            let rule = &rule::HEADER_ADDED;
            self.push(rule, part, directions, (None, None), place(header));
        }
        for (header, other) in matched.both {
            let part = header_part(self.new, new, other);
            for rule in of_header(header, other).into_iter().flatten() {
                let places = (place(header), place(other));
                self.push(rule, part.clone(), directions, places.0, places.1);
            }
            self.schemas(header.schema, other.schema, directions);
        }
    }
}

/// The changes of a header.
fn of_header(old: &Parameter<'_>, new: &Parameter<'_>) -> [Option<&'static Rule>; 5] {
    let presence = match (old.required, new.required) {
        (false, true) => Some(&rule::HEADER_BECAME_REQUIRED),
        (true, false) => Some(&rule::HEADER_BECAME_OPTIONAL),
        _ => None,
    };
    let style = (old.explode != new.explode).then_some(&rule::HEADER_STYLE);
    let deprecation = match (old.deprecated, new.deprecated) {
        (false, true) => Some(&rule::HEADER_DEPRECATED),
        (true, false) => Some(&rule::HEADER_UNDEPRECATED),
        _ => None,
    };
    let texts = [old, new].map(|header| header.description.map(str::trim));
    let docs = (texts[0] != texts[1]).then_some(&rule::DOCS_CHANGED);
    let examples = examples(&old.examples) != examples(&new.examples);
    let examples = examples.then_some(&rule::EXAMPLES_CHANGED);
    [presence, style, deprecation, docs, examples]
}

fn header_part(operation: &Operation<'_>, response: &Response<'_>, header: &Parameter<'_>) -> Part {
    let (operation, status) = of_response(&label(operation), response);
    Part::Header {
        operation,
        status,
        name: header.name.text.to_owned(),
    }
}

fn response_part(operation: &Operation<'_>, response: &Response<'_>) -> Part {
    let (operation, status) = of_response(&label(operation), response);
    Part::Response {
        operation,
        status,
        media_type: None,
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}
