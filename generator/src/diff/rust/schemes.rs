//! Methods of security schemes that belong to another scheme in the new crate. They compile as before and send the
//! credential in another header, so no signature shows the change.

use hashbrown::HashMap;

use crate::document::Document;
use crate::model::Scheme;
use crate::text::Span;

use super::super::change::{Change, Part};
use super::super::compare::Owned;
use super::super::found::Renamed;
use super::super::rule;
use super::super::version::Version;
use super::last;
use super::owners::scheme_paths;

/// The changes for methods that belong to another scheme: one for each old scheme and the new owner of its methods.
pub(super) fn moved_methods(old: &Version<'_>, new: &Version<'_>, renamed: &Renamed) -> Vec<Owned> {
    let module = new.api.module.plain();
    let owners = new.api.schemes.iter().flat_map(|scheme| {
        let paths = scheme_paths(module, scheme).into_iter();
        paths.map(move |path| (path, &*scheme.wire))
    });
    let owners: HashMap<String, &str> = owners.collect();
    let mut moved = Vec::new();
    for scheme in &old.api.schemes {
        let current = renamed.schemes.get(&scheme.wire);
        let current = current.map_or(&*scheme.wire, String::as_str);
        let mut known = Vec::new();
        for path in scheme_paths(old.api.module.plain(), scheme) {
            let owner = owners.get(&path).filter(|owner| **owner != current);
            if let Some(owner) = owner.filter(|owner| !known.contains(*owner)) {
                known.push(owner);
                moved.push(change((old, new), (scheme, current, owner), last(&path)));
            }
        }
    }
    moved
}

/// The change for a method of an old scheme, which has the name `current` in the new description.
fn change(
    (old, new): (&Version<'_>, &Version<'_>),
    (scheme, current, owner): (&Scheme, &str, &str),
    method: &str,
) -> Owned {
    let new_document = &new.joined.document;
    let kept = key(new_document, current);
    let help = format!("`x-rust-name: {method}` in the new description keeps the name");
    let part = Part::Scheme(current.to_owned());
    Owned::new(Change {
        from: Some(format!("{method} of {}", scheme.wire)),
        to: Some(format!("{method} of {owner}")),
        old: key(&old.joined.document, &scheme.wire),
        new: kept.or_else(|| key(new_document, owner)),
        // Only the first method is named by `x-rust-name`.
        help: (kept.is_some() && scheme.method.plain() == method).then_some(help),
        ..Change::new(&rule::SCHEME_METHOD_MOVED, part.into())
    })
}

/// The location of a declared scheme.
fn key(document: &Document<'_>, name: &str) -> Option<Span> {
    let mut declared = document.declared_schemes.iter();
    let (key, _) = declared.find(|(key, _)| *key.text == *name)?;
    Some(key.span)
}
