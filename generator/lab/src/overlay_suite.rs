//! `cargo lab overlay-suite`: the test sets of the `OpenAPI` Overlay Specification.
//!
//! A folder of `compliant-sets` contains a description, an overlay and the expected result. `tests/v1.0` and
//! `tests/v1.1` contain overlays that are valid (`pass`) or invalid (`fail`).

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;
use specwright::internals::{is_overlay, overlaid};

/// What to apply.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The repository of the specification, or its folders `compliant-sets` and `tests`.
    #[arg(long, default_value = "../shared/suites/overlay")]
    dir: PathBuf,
}

/// It is valid by the schema that these files test, but its `target` is not a `JSONPath` of RFC 9535, because it has a
/// name with `-` after a dot. Version 1.1 of the specification corrects the example that it was made from.
const EXCEPTION: &str = "pass/actions-traits-example.yaml";

/// Applies all sets.
pub(crate) fn run(arguments: &Arguments) -> io::Result<(String, bool)> {
    let sets = arguments.dir.join("compliant-sets");
    if !sets.is_dir() {
        return Ok(crate::skipped(&sets));
    }
    let mut faults = Vec::new();
    let mut count = 0;
    for set in entries(&sets)?.iter().filter(|set| set.is_dir()) {
        count += 1;
        faults.extend(fault_of_set(set)?);
    }
    for (folder, valid) in [
        ("v1.0/pass", true),
        ("v1.0/fail", false),
        ("v1.1/pass", true),
        ("v1.1/fail", false),
    ] {
        for overlay in entries(&arguments.dir.join("tests").join(folder))? {
            count += 1;
            let valid = valid && !overlay.ends_with(EXCEPTION);
            if is_overlay(&overlay) != valid {
                let expected = if valid { "valid" } else { "invalid" };
                faults.push(format!("{}: expected to be {expected}", overlay.display()));
            }
        }
    }
    let mut text = faults
        .iter()
        .fold(String::new(), |text, fault| text + fault + "\n");
    writeln!(
        text,
        "{} of {count} as the specification says",
        count - faults.len()
    )
    .map_err(io::Error::other)?;
    Ok((text, faults.is_empty()))
}

fn fault_of_set(set: &Path) -> io::Result<Option<String>> {
    let (root, ..) = overlaid(&set.join("openapi.yaml"), &[set.join("overlay.yaml")]);
    let Some(root) = root else {
        return Ok(Some(format!(
            "{}: the overlay cannot be applied",
            set.display()
        )));
    };
    let expected = fs::read_to_string(set.join("output.yaml"))?;
    let expected: Value = serde_yaml::from_str(&expected).map_err(io::Error::other)?;
    let differs = root.to_json() != expected;
    Ok(differs.then(|| format!("{}: another result", set.display())))
}

fn entries(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<_>> = fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect();
    let mut entries = entries?;
    entries.sort();
    Ok(entries)
}
