//! The folders and files that `specwright.yaml` names.

use std::path::{Path, PathBuf};

use super::file::OneOrMany;
use super::located::Located;
use super::{Reader, code, rename};
use crate::read::is_description;
use crate::source::fetching;
use crate::text::Span;

/// The folders of a crate whose generated files are replaced or removed. Crates elsewhere in its folder are kept.
const OWNED: [&str; 3] = ["src", "tests", "runtime"];

impl Reader {
    /// The folder of a crate. Reports one whose files would be overwritten with those of another crate, or removed.
    pub(super) fn out(&mut self, out: &Located<String>) -> PathBuf {
        let path = self.path(&out.value);
        let folder = normalized(&path);
        let mut known = self.outs.iter();
        let other = known
            .find(|(other, _)| *other == folder || owns(other, &folder) || owns(&folder, other));
        if let Some((other, place)) = other {
            let (is_same, place) = (*other == folder, *place);
            let message = if is_same {
                format!("two crates would be written to `{}`", out.value)
            } else {
                format!(
                    "`{}` and another crate would overwrite each other",
                    out.value
                )
            };
            self.report(code::SAME_OUT, message, out.span, |mut it| {
                if !is_same {
                    it = it.help(
                        "choose a folder outside of the other crate's `src`, `tests` and `runtime`",
                    );
                }
                match place {
                    Some(place) => it.also(place, "the other crate"),
                    None => it,
                }
            });
        }
        self.outs.push((folder, out.span));
        path
    }

    /// The descriptions: files, and the descriptions in folders. A folder may also contain overlays, which are skipped.
    pub(super) fn descriptions(
        &mut self,
        written: &Located<OneOrMany>,
        overlays: &[PathBuf],
    ) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for Located { value, span } in &written.value.0 {
            let path = self.path(value);
            let span = span.or(written.span);
            if self.settings.sources.has(&path.to_string_lossy()) {
                self.add("description", &mut found, path, (value, span));
                continue;
            }
            if !path.is_dir() {
                self.report_missing("file or folder", value, span);
                continue;
            }
            let entries = std::fs::read_dir(&path).into_iter().flatten().flatten();
            let paths = entries.map(|entry| entry.path());
            let mut paths: Vec<_> = paths
                .filter(|path| is_description(path) && !has(overlays, path))
                .collect();
            if paths.is_empty() {
                let message = format!("no description in `{value}`");
                self.report(code::NO_DESCRIPTION, message, span, |it| {
                    it.help("name a folder with files such as `api.yaml` or `api.json`")
                });
            }
            paths.retain(|path| !has(&found, path));
            paths.sort();
            found.append(&mut paths);
        }
        found
    }

    /// The overlays that exist. Missing ones are reported.
    pub(super) fn overlays(
        &mut self,
        written: &[Located<String>],
        paths: Vec<PathBuf>,
    ) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for (Located { value, span }, path) in written.iter().zip(paths) {
            if self.settings.sources.has(&path.to_string_lossy()) {
                self.add("overlay", &mut found, path, (value, *span));
            } else {
                self.report_missing("file", value, *span);
            }
        }
        found
    }

    /// Adds a file, or reports that it is named twice.
    fn add(
        &mut self,
        kind: &str,
        found: &mut Vec<PathBuf>,
        path: PathBuf,
        (written, span): (&str, Option<Span>),
    ) {
        if has(found, &path) {
            let message = format!("the crate already has the {kind} `{written}`");
            self.report(code::BAD_VALUE, message, span, |it| it.help("name it once"));
        } else {
            found.push(path);
        }
    }

    fn report_missing(&mut self, kind: &str, written: &str, span: Option<Span>) {
        let message = format!("no such {kind}: `{written}`");
        self.report(code::NO_DESCRIPTION, message, span, |it| {
            match fetching(written) {
                Some(help) => it.help(help),
                None => it,
            }
        });
    }
}

fn normalized(path: &Path) -> String {
    rename::normalized(&path.to_string_lossy())
}

fn has(paths: &[PathBuf], path: &Path) -> bool {
    let path = normalized(path);
    paths.iter().any(|known| normalized(known) == path)
}

/// Whether a folder is one of those that the generated files of a crate are in, or within one of them.
fn owns(out: &str, folder: &str) -> bool {
    let below = if out.is_empty() {
        Some(folder)
    } else {
        folder
            .strip_prefix(out)
            .and_then(|rest| rest.strip_prefix('/'))
    };
    let first = below.and_then(|below| below.split('/').next());
    first.is_some_and(|first| OWNED.contains(&first))
}
