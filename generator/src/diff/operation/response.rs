//! Responses of two operations, and their headers.

use std::collections::HashMap;

use crate::document::{MediaType, Operation, Parameter, Response, Status};

use super::super::change::Part;
use super::super::place::{label, of_response};
use super::super::rule;
use super::Comparison;

impl<'s, 't> Comparison<'_, 's, 't> {
    pub(super) fn responses(&mut self) {
        let (old, new) = (self.old, self.new);
        let by_status = |operation: &'s Operation<'t>| {
            let responses = operation.responses.iter();
            responses
                .map(|response| (response.status, response))
                .collect::<HashMap<_, _>>()
        };
        let (before, after) = (by_status(old), by_status(new));
        for response in &old.responses {
            if let Some(other) = after.get(&response.status) {
                self.response_pair(response, other);
                continue;
            }
            let rule = if is_success(response.status) {
                &rule::SUCCESS_REMOVED
            } else {
                &rule::ERROR_REMOVED
            };
            let part = response_part(old, response);
            let place = (None, Some(response.span));
            self.push(rule, part, self.response(), place, (None, None));
        }
        for response in &new.responses {
            if !before.contains_key(&response.status) {
                let rule = if is_success(response.status) {
                    &rule::SUCCESS_ADDED
                } else {
                    &rule::ERROR_ADDED
                };
                let part = response_part(new, response);
                let place = (None, Some(response.span));
                self.push(rule, part, self.response(), (None, None), place);
            }
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
        let find = |list: &'s [Parameter<'t>], header: &Parameter<'t>| {
            let mut list = list.iter();
            list.find(|other| other.name.text.eq_ignore_ascii_case(header.name.text))
        };
        let part = |operation: &Operation<'t>, response: &Response<'t>, header: &Parameter<'t>| {
            let (operation, status) = of_response(&label(operation), response);
            Part::Header {
                operation,
                status,
                name: header.name.text.to_owned(),
            }
        };
        for header in &old.headers {
            let before = (None, Some(header.name.span));
            let Some(other) = find(&new.headers, header) else {
                let part = part(self.old, old, header);
                self.push(
                    &rule::HEADER_REMOVED,
                    part,
                    directions,
                    before,
                    (None, None),
                );
                continue;
            };
            let part = part(self.new, new, other);
            let after = (None, Some(other.name.span));
            let rule = match (header.required, other.required) {
                (false, true) => Some(&rule::HEADER_BECAME_REQUIRED),
                (true, false) => Some(&rule::HEADER_BECAME_OPTIONAL),
                _ => None,
            };
            if let Some(rule) = rule {
                self.push(
                    rule,
                    part.clone(),
                    directions,
                    before.clone(),
                    after.clone(),
                );
            }
            if header.explode != other.explode {
                self.push(
                    &rule::HEADER_STYLE,
                    part.clone(),
                    directions,
                    before.clone(),
                    after.clone(),
                );
            }
            let rule = match (header.deprecated, other.deprecated) {
                (false, true) => Some(&rule::HEADER_DEPRECATED),
                (true, false) => Some(&rule::HEADER_UNDEPRECATED),
                _ => None,
            };
            if let Some(rule) = rule {
                let (before, after) = (before.clone(), after.clone());
                self.push(rule, part.clone(), directions, before, after);
            }
            if header.description.map(str::trim) != other.description.map(str::trim) {
                self.push(&rule::DOCS_CHANGED, part, directions, before, after);
            }
            self.schemas(header.schema, other.schema, directions);
        }
        for header in &new.headers {
            if find(&old.headers, header).is_none() {
                let part = part(self.new, new, header);
                let after = (None, Some(header.name.span));
                self.push(&rule::HEADER_ADDED, part, directions, (None, None), after);
            }
        }
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
