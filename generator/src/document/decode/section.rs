//! The sections of components, wherever they stand.

use super::super::Version;
use super::super::code::ASSUMED;
use super::keys::{COMPONENTS, DOCUMENT};
use super::{Decoder, METHODS, Object};
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Node, Value};

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

    /// Whether a path or a webhook is a part of the description instead, or a section of its components. Any name is
    /// allowed for a webhook, so the value decides as well.
    pub(super) fn is_of_top_level(&self, member: &Member) -> bool {
        let (key, value) = (&*member.key.text, &member.value);
        let of_path_items = METHODS.iter().map(|(method, _)| *method);
        let mut of_path_items = of_path_items.chain(["$ref", "additionalOperations"]);
        // Requirements have a report of their own.
        let is_part = DOCUMENT.has(key) && key != "security";
        let is_known = is_part || self.is_misplaced_section(member);
        is_known
            && self.version > Version::V2_0
            && of_path_items.all(|key| value.get(key).is_none())
    }

    fn is_misplaced_section(&self, member: &Member) -> bool {
        let section = Some(&*member.key.text).filter(|name| COMPONENTS.has(name));
        let section = section.and_then(|name| self.misplaced_section(name));
        section.is_some_and(|section| std::ptr::eq(section, member))
    }

    /// Reports a part of the description that is among the paths or webhooks. [`Self::check_sections`] reports the
    /// components.
    pub(super) fn not_at_top_level(&mut self, member: &'t Member, noun: &'static str) {
        let holds_sections = &*member.key.text == "components"
            && COMPONENTS
                .all()
                .any(|name| self.misplaced_section(name).is_some());
        if !holds_sections && !self.is_misplaced_section(member) {
            let help = "indent it less, so that it is at the top level";
            self.reporter.ignored(&member.key, noun, Some(help));
        }
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
        for section in &found {
            self.reporter.forget(&section.key, DOCUMENT.noun);
        }
        let ([first, others @ ..], components) = (&found[..], self.misplaced_components()) else {
            return;
        };
        let (key, home, help) = if let Some((member, _)) = components {
            let help = "indent it less, and its sections deeper than it";
            (&member.key, "at the top level", help)
        } else {
            let help = "indent it, so that it is under `components`";
            (&first.key, "under `components`", help)
        };
        let message = format!("`{}` belongs {home}; it is read from here", key.text);
        let mut diagnostic = Diagnostic::warning(ASSUMED, message)
            .strict()
            .at(key.span, "");
        for other in others.iter().filter(|_| components.is_none()) {
            diagnostic = diagnostic.also(other.key.span, "and so does this");
        }
        self.reporter.push(diagnostic.help(help));
    }
}
