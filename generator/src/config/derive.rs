//! `derive`: the traits that types derive in addition to those of their kind.

use super::Reader;
use super::code::BAD_VALUE;
use super::located::Located;
use crate::diagnostic::nearest;
use crate::model::{Derive, Trait};
use crate::name::type_path;

impl Reader {
    pub(super) fn derives(&mut self, entries: &[Located<String>]) -> Vec<Derive> {
        let mut derives = Vec::new();
        for entry in entries {
            let derive = if entry.value.contains("::") {
                self.macro_path(entry)
            } else {
                self.standard(entry).map(Derive::Standard)
            };
            derives.extend(derive.filter(|derive| !derives.contains(derive)));
        }
        derives
    }

    /// The trait of the standard library with this name.
    pub(super) fn standard(&mut self, entry: &Located<String>) -> Option<Trait> {
        let found = Trait::ALL
            .into_iter()
            .find(|known| known.name() == entry.value);
        if found.is_none() {
            let near = nearest(&entry.value, Trait::ALL.into_iter().map(Trait::name));
            let label = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            let message = format!("`{}` cannot be derived{label}", entry.value);
            self.report(BAD_VALUE, message, entry.span, |it| {
                it.help(
                    "write `Eq`, `Hash`, `Ord`, `Default`, or the path of a macro from its crate",
                )
            });
        }
        found
    }

    fn macro_path(&mut self, entry: &Located<String>) -> Option<Derive> {
        let fault = match type_path(&entry.value) {
            Ok(path) if !path.contains('<') => return Some(Derive::Path(path)),
            Ok(_) => "a macro has no arguments".to_owned(),
            Err(fault) => fault,
        };
        let message = format!("`{}` is not the path of a macro: {fault}", entry.value);
        self.report(BAD_VALUE, message, entry.span, |it| it);
        None
    }
}
