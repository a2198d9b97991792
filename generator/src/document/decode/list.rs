//! Arrays, and what is written in their place.

use super::super::code::{ASSUMED, WRONG_TYPE};
use super::Decoder;
use super::read::{head, place, unreadable};
use crate::diagnostic::{Diagnostic, in_quotes, spelled};
use crate::source::{Member, Node, Value, lacks_space};

impl<'t> Decoder<'t, '_> {
    /// The elements of an array. A value that fulfils `single` is read as an array of one element.
    pub(super) fn list(
        &mut self,
        member: Option<&'t Member>,
        single: fn(&Node) -> bool,
    ) -> &'t [Node] {
        let Some(member) = member else { return &[] };
        match &member.value.value {
            Value::List(elements) => elements,
            Value::Null => {
                self.nothing(member, "an empty list");
                &[]
            }
            _ if is_list_without_spaces(&member.value) || has_commas(&member.value) => {
                self.several_in_one(member);
                &[]
            }
            _ if single(&member.value) => {
                self.array_of_one(member);
                std::slice::from_ref(&member.value)
            }
            _ => {
                self.wrong_type(member, "an array");
                &[]
            }
        }
    }

    /// Reports a list that is written as one string.
    fn several_in_one(&mut self, member: &'t Member) {
        let message = format!("`{}` must be an array", member.key.text);
        let diagnostic = unreadable(&member.key.text, WRONG_TYPE, message);
        let diagnostic = diagnostic.at(head(&member.value), "");
        self.reporter.push(match member.value.as_str() {
            Some(text) if has_commas(&member.value) => {
                let brackets: &[char] = &['(', ')', '{', '}'];
                let fixed = format!("[{}]", text.trim_matches(brackets));
                diagnostic.guess(format!("write `{fixed}`"), member.value.span, fixed)
            }
            _ => diagnostic.help("put a space after each `-`"),
        });
    }

    fn array_of_one(&mut self, member: &'t Member) {
        let message = format!(
            "`{}` must be an array; this is read as an array of one",
            member.key.text
        );
        let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
        let diagnostic = diagnostic.at(place(member), "");
        let span = member.value.span;
        self.reporter.push(match member.value.as_str() {
            Some(text) => {
                let element = if text.contains(['#', ':']) {
                    in_quotes(text)
                } else {
                    spelled(text, span, text)
                };
                let diagnostic = diagnostic.fix("write an array", span, format!("[{element}]"));
                let may_be_several = text.contains(' ');
                diagnostic.unsure_if(may_be_several)
            }
            None => diagnostic,
        });
    }
}

/// Whether a value is most likely a list without its brackets.
fn has_commas(value: &Node) -> bool {
    value.as_str().is_some_and(|text| text.contains(", "))
}

/// Whether a value is most likely a list whose first `-` has no space after it.
fn is_list_without_spaces(value: &Node) -> bool {
    let first = value.as_map().and_then(|members| members.first());
    let text = first.map_or_else(|| value.as_str(), |member| Some(&*member.key.text));
    text.is_some_and(lacks_space)
}
