//! References without a target: what was most likely meant, and the diagnostics.

use super::super::Text;
use super::super::code::{DANGLING_REFERENCE, UNREAD_FILE};
use super::super::files::{is_file, split};
use super::kind::ObjectKind;
use super::pointer::{Miss, Target, escape, unescape, walk, without_hash};
use super::read::meant;
use super::reference::also_elsewhere;
use super::{Decoder, keys};
use crate::diagnostic::{Diagnostic, nearest};

/// The maximum number of dangling references for which a similar name is searched: each search compares with every
/// component.
const MOST_SUGGESTIONS: usize = 200;

impl<'t> Decoder<'t, '_> {
    /// The component whose name a reference with a wrong path ends with: `#/definitions/Pet`, `Pet`. Security schemes are
    /// excluded.
    pub(super) fn component_of_name(
        &mut self,
        reference: Text<'t>,
        kind: ObjectKind,
    ) -> Option<Target<'t>> {
        let (path, pointer) = split(reference.text);
        let mut parts = reference
            .text
            .split(['/', '#'])
            .filter(|part| !part.is_empty());
        let name = parts.next_back()?;
        let sections = keys::COMPONENTS.of(self.version);
        let is_way = if path.is_empty() {
            parts.clone().count() < 3 && parts.all(|part| part != "properties")
        } else {
            let is_section = |part: &str| matches!(part, "components" | "definitions");
            pointer.is_empty() && parts.all(|part| is_section(part) || sections.has(part))
        };
        if !is_way || kind == ObjectKind::SecurityScheme {
            return None;
        }
        let member = self.components_of(kind)?.member(&unescape(name))?;
        let meant = self.component(kind, name);
        let target = Target {
            node: &member.value,
            key: Some(&member.key),
            named: true,
        };
        // The key of the section is spelled in another way, which is reported there.
        if meant == reference.text {
            return Some(target);
        }
        let message = format!(
            "`{}` does not exist; it is read as `{meant}`",
            reference.text
        );
        let diagnostic = Diagnostic::warning(DANGLING_REFERENCE, message).strict();
        let diagnostic = diagnostic.at(reference.span, "no such location");
        self.reporter
            .push(diagnostic.respell(reference.text, reference.span, &meant));
        Some(target)
    }

    pub(super) fn unread(&mut self, reference: Text<'t>, kind: ObjectKind) {
        let (path, _) = split(reference.text);
        if is_file(path) && self.files.is_invalid(reference.span.file, path) {
            return;
        }
        let mut own = self.components_of(kind).into_iter();
        let meant = if own.any(|own| own.member(reference.text).is_some()) {
            Some(self.component(kind, &escape(path)))
        } else {
            without_hash(self.root, reference.text)
        };
        if meant.is_some() {
            self.reporter
                .push(missing(reference, meant.as_deref(), kind));
            return;
        }
        let unread = |what: String| {
            let message = format!("{what}: {}", kind.fallback());
            Diagnostic::warning(UNREAD_FILE, message).at(reference.span, "")
        };
        self.reporter.push(if is_file(path) {
            let help = "put the file where the reference says, or correct its path";
            unread(format!("the file `{path}` was not read"))
                .strict()
                .help(help)
        } else {
            let help = "copy what is referenced into the description";
            unread(format!("`{path}` is not fetched")).help(help)
        });
    }

    pub(super) fn dangling(&mut self, reference: Text<'t>, kind: ObjectKind, miss: &Miss<'t>) {
        let place = (reference.span.file, reference.text);
        let known = self.targets.meant.get(&place).cloned();
        let suggestion = match known {
            Some(known) => known,
            None if self.targets.meant.len() < MOST_SUGGESTIONS => {
                self.suggestion(reference, kind, miss)
            }
            None => None,
        };
        let diagnostic = missing(reference, suggestion.as_deref(), kind);
        let label = match &*miss.part {
            "" => "not in this file".to_owned(),
            part => format!("no `{part}` in here"),
        };
        let (path, _) = split(reference.text);
        let root = self.file(reference, path);
        let parent = root.and_then(|root| walk(&mut self.targets.index, root, &miss.prefix).ok());
        let parent = parent.map(|parent| parent.at());
        self.reporter
            .push(also_elsewhere(diagnostic, reference, parent, label));
        self.targets.meant.insert(place, suggestion);
    }

    /// The reference that was meant: one with a similar name at the same location, or the same name among the
    /// components.
    fn suggestion(
        &mut self,
        reference: Text<'t>,
        kind: ObjectKind,
        miss: &Miss<'t>,
    ) -> Option<String> {
        let (path, pointer) = split(reference.text);
        let members = miss.parent.as_map().unwrap_or_default();
        if let Some(near) = nearest(&miss.part, members.iter().map(|member| &*member.key.text)) {
            let near = format!("{}/{}{}", miss.prefix, escape(near), miss.rest);
            let root = self.file(reference, path)?;
            if walk(&mut self.targets.index, root, &near).is_ok() {
                return Some(format!("{path}#{near}"));
            }
        }
        let name = unescape(pointer.rsplit('/').next()?);
        let components = self.components_of(kind)?.as_map()?;
        let known = nearest(&name, components.iter().map(|member| &*member.key.text))?;
        Some(self.component(kind, &escape(known)))
    }
}

/// The diagnostic of a reference without a target. With a suggestion it is an error, because the fix is easy. Without
/// one the target is missing from the description, and the rest can still be used.
pub(super) fn missing(
    reference: Text<'_>,
    suggestion: Option<&str>,
    kind: ObjectKind,
) -> Diagnostic {
    let message = format!("`{}` does not exist", reference.text);
    match suggestion {
        Some(known) => {
            let diagnostic = kind.diagnostic(DANGLING_REFERENCE, message);
            meant(diagnostic, reference.text, reference.span, known)
        }
        None => Diagnostic::warning(
            DANGLING_REFERENCE,
            format!("{message}; {}", kind.fallback()),
        )
        .strict()
        .at(reference.span, "not found"),
    }
}
