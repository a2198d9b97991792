//! `x-pagination`.

use super::super::code::UNSUPPORTED;
use super::super::{Pagination, Turning};
use super::{Decoder, Object, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Value};

/// The values of `kind`.
#[derive(Clone, Copy)]
enum PaginationKind {
    Cursor,
    Page,
    Offset,
    Link,
}

const KINDS: &[(&str, PaginationKind)] = &[
    ("cursor", PaginationKind::Cursor),
    ("page", PaginationKind::Page),
    ("offset", PaginationKind::Offset),
    ("link", PaginationKind::Link),
];

impl<'t> Decoder<'t, '_> {
    /// Decodes `x-pagination`. Returns `None` if it is invalid, which is reported.
    pub(super) fn pagination(&mut self, member: &'t Member) -> Option<Pagination<'t>> {
        if member.value.get("kind").is_none() {
            self.foreign_pagination(member);
            return None;
        }
        let object = self.members(&member.value, member.key.span, &keys::PAGINATION)?;
        let kind = self
            .required_word(&object, "kind", &keys::PAGINATION)
            .and_then(|word| self.choose(word, "kind of `x-pagination`", KINDS));
        let Some(kind) = kind else {
            self.check_keys(&object, &keys::PAGINATION, |_| false);
            return None;
        };
        let keys = match kind {
            PaginationKind::Cursor => &keys::CURSOR_PAGINATION,
            PaginationKind::Page => &keys::PAGE_PAGINATION,
            PaginationKind::Offset => &keys::OFFSET_PAGINATION,
            PaginationKind::Link => &keys::LINK_PAGINATION,
        };
        self.check_keys(&object, keys, |_| false);
        let mistakes = self.reporter.mistakes();
        let turning = self.turning(kind, &object, keys);
        let pagination = Pagination {
            span: member.key.span,
            items: self.word(object.get("items")),
            more: self.word(object.get("more")),
            total: self.word(object.get("total").filter(|_| keys.has("total"))),
            turning: turning?,
        };
        (self.reporter.mistakes() == mistakes).then_some(pagination)
    }

    /// Warns about an `x-pagination` of another tool, which has another form.
    fn foreign_pagination(&mut self, member: &'t Member) {
        let message = "this `x-pagination` has no `kind`, so it is not read";
        self.reporter.push(
            Diagnostic::warning(UNSUPPORTED, message)
                .at(member.key.span, "the operation has no `pages()`")
                .help("write `kind: cursor`, `page`, `offset` or `link`, if it is meant for this generator"),
        );
    }

    fn turning(
        &mut self,
        kind: PaginationKind,
        object: &Object<'t>,
        keys: &'static keys::Keys,
    ) -> Option<Turning<'t>> {
        let parameter = if keys.has("parameter") {
            self.required_word(object, "parameter", keys)
        } else {
            None
        };
        Some(match kind {
            PaginationKind::Cursor => {
                let next = self.required_word(object, "next", keys);
                Turning::Cursor {
                    parameter: parameter?,
                    next: next?,
                }
            }
            PaginationKind::Page => {
                let first = self.count(object.get("first")).unwrap_or(1);
                Turning::Page {
                    parameter: parameter?,
                    first,
                    last: self.word(object.get("last")),
                }
            }
            PaginationKind::Offset => Turning::Offset {
                parameter: parameter?,
                limit: self.word(object.get("limit")),
            },
            PaginationKind::Link => Turning::Link {
                next: self.word(object.get("next")),
            },
        })
    }

    /// A whole number.
    fn count(&mut self, member: Option<&'t Member>) -> Option<u64> {
        let member = member?;
        let number = match &member.value.value {
            Value::Null => return None,
            Value::Number(text) => text.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(member, "a whole number");
        }
        number
    }
}
