//! The causes of changes in generated files: a description changed since the last commit, or the generator did.

use std::path::{Path, PathBuf};

use specwright::diff::{self, Format};
use specwright::{is_description, revision};

use crate::regenerate::{CRATE, SHARED, SPEC, options, tree};

/// The revision that everything is compared with.
const REVISION: &str = "HEAD";

/// The changes of the descriptions since the last commit, and the number of files that only the generator changed.
/// Empty if there is no commit to compare with.
pub(crate) fn since_head(files: &[String], colours: bool) -> String {
    let Ok(diff) = diff::diff(&format!("{REVISION}:{SPEC}"), SPEC) else {
        return String::new();
    };
    if !diff.is_complete {
        return format!("the descriptions at {REVISION} have errors and are not compared\n");
    }
    let mut text = diff.render(Format::Short, colours);
    if !text.is_empty() {
        text = format!("\nthe descriptions changed since {REVISION}:\n{text}");
    }
    let by_generator = match changed_by_generator(files) {
        0 => return text,
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    let rest = if text.is_empty() {
        ", no description did"
    } else {
        ""
    };
    text + &format!("\nthe generator changed: {by_generator}{rest}\n")
}

/// The number of files that differ from the last commit when they are generated from its descriptions.
fn changed_by_generator(files: &[String]) -> usize {
    if files.is_empty() {
        return 0;
    }
    let listed = revision::list(REVISION, SPEC).unwrap_or_default();
    let specs = listed.iter().map(|name| Path::new(SPEC).join(name));
    let specs: Vec<PathBuf> = specs.filter(|path| is_description(path)).collect();
    let mut options = options();
    options.revision = Some(REVISION.to_owned());
    let Some(tree) = tree(&specwright::generate(&specs, &options)) else {
        return 0;
    };
    let files = files.iter().filter(|path| !SHARED.contains(&path.as_str()));
    let committed = |path: &str| revision::read(REVISION, &format!("{CRATE}/{path}")).ok();
    files
        .filter(|path| tree.get(path).map(str::as_bytes) != committed(path).as_deref())
        .count()
}
