//! The sections of components, wherever they stand.

use super::super::Version;
use super::super::code::ASSUMED;
use super::keys::{COMPONENTS, DOCUMENT};
use super::{Decoder, METHODS, Object};
use crate::diagnostic::Diagnostic;
use crate::source::{Key, Member, Node, Value};

impl<'t> Decoder<'t, '_> {
    /// The maps of components. In Swagger 2.0 they are at the top level of the description.
    pub(super) fn components(&mut self, root: &Object<'t>) -> Object<'t> {
        if self.version == Version::V2_0 {
            return *root;
        }
        let none = Object::empty(root.at);
        let Some(member) = root.meant("components", &DOCUMENT) else {
            return none;
        };
        if member.value.value == Value::Null {
            self.nothing(member, "an empty map");
            return none;
        }
        self.object(&member.value, member.key.span, &COMPONENTS)
            .unwrap_or(none)
    }

    /// The components of one kind. The key of a section may be misspelt, or the section may stand elsewhere, which is
    /// reported there: otherwise every reference into it would be reported as well.
    pub(super) fn section(&self, components: &Object<'t>, name: &str) -> Option<&'t Member> {
        if self.version == Version::V2_0 {
            return components.meant(name, DOCUMENT.of(self.version));
        }
        let section = components.meant(name, &COMPONENTS);
        section.or_else(|| self.misplaced_section(name))
    }

    /// The key `components` among the paths or webhooks, with what it is among.
    fn misplaced_components(&self) -> Option<(&'t Member, &'t Node)> {
        let holders = ["paths", "webhooks"]
            .map(|key| self.root.get(key))
            .into_iter();
        let mut holders = holders
            .flatten()
            .filter(|_| self.root.member("components").is_none());
        holders.find_map(|holder| Some((holder.member("components")?, holder)))
    }

    /// A section at the top level, or beside or below a `components` among the paths or webhooks.
    fn misplaced_section(&self, name: &str) -> Option<&'t Member> {
        let components = self.misplaced_components();
        let within = components.map(|(member, holder)| [&member.value, holder]);
        let places = std::iter::once(self.root).chain(within.into_iter().flatten());
        let mut sections = places.filter_map(|place| place.member(name));
        sections.find(|section| section.value.as_map().is_some())
    }

    /// Whether a path or a webhook is something else, which is reported: a part of the description, or its components.
    pub(super) fn is_of_top_level(&mut self, member: &'t Member, noun: &'static str) -> bool {
        let (key, value) = (&member.key, &member.value);
        let mut methods = METHODS.iter();
        if self.version == Version::V2_0 || methods.any(|(method, _)| value.get(method).is_some()) {
            return false;
        }
        let section = COMPONENTS
            .has(&key.text)
            .then(|| self.misplaced_section(&key.text));
        let is_section = section
            .flatten()
            .is_some_and(|section| std::ptr::eq(section, member));
        let is_part = DOCUMENT.has(&key.text);
        let mut sections = COMPONENTS.all();
        let is_reported = &*key.text == "components"
            && sections.any(|name| self.misplaced_section(name).is_some());
        if is_part && !is_reported && self.root.member(&key.text).is_none() {
            let help = "indent it less, so that it is at the top level";
            self.reporter.ignored(key, noun, Some(help));
        }
        is_section || is_part
    }

    /// Reports the sections that stand elsewhere.
    pub(super) fn check_sections(&mut self, components: &Object<'t>) {
        if self.version == Version::V2_0 {
            return;
        }
        let names = COMPONENTS.all();
        let names = names.filter(|name| components.meant(name, &COMPONENTS).is_none());
        let found = names.filter_map(|name| self.misplaced_section(name));
        let mut found: Vec<&Member> = found.collect();
        found.sort_by_key(|section| section.key.span);
        let Some(first) = found.first() else { return };
        for section in &found {
            self.reporter.forget(&section.key, DOCUMENT.noun);
        }
        let diagnostic = |message: String, key: &Key, help: &str| {
            let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
            diagnostic.at(key.span, "").help(help)
        };
        self.reporter.push(match self.misplaced_components() {
            Some((member, _)) => diagnostic(
                "`components` belongs at the top level; it is read from here".to_owned(),
                &member.key,
                "indent it less, and its sections deeper than it",
            ),
            None => diagnostic(
                format!(
                    "`{}` belongs under `components`; it is read from here",
                    first.key.text
                ),
                &first.key,
                "indent it, so that it is under `components`",
            ),
        });
    }
}
