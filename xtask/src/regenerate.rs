//! `cargo xtask regenerate`: `spec/` → `generated/`.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use specwright::config::Configuration;
use specwright::diagnostic::Format;
use specwright::tree::{Report, Tree, drifted};
use specwright::{Options, Run, is_description, package};

use crate::causes;

/// The command, as shown in headers and messages.
pub const COMMAND: &str = "cargo xtask regenerate";

pub(crate) const SPEC: &str = "spec";
pub(crate) const CRATE: &str = "generated";
const NAME: &str = "social-apis";
/// The optional configuration of the descriptions.
const CONFIGURATION: &str = "specwright.yaml";
/// The list of the crate's public items. An additional field is one additional line.
const ITEMS: &str = "api.txt";

const MANIFEST: &str = "Cargo.toml";
const AGENTS: &str = "AGENTS.md";
/// The files that the user edits as well.
pub(crate) const SHARED: [&str; 2] = [MANIFEST, AGENTS];

/// The message, and whether the command succeeded.
pub type Outcome = (String, bool);

/// Regenerates, or checks that everything is current. The workspace is the current directory.
///
/// # Errors
/// A file or directory cannot be read or written.
pub fn run(check: bool, colours: bool) -> io::Result<Outcome> {
    let started = Instant::now();
    let specs = descriptions(Path::new(SPEC))?;
    let run = specwright::generate(&specs, &options());
    let mut text = run.render(Format::Human, colours);
    let closing = run.diagnostics.summary();
    let Some(mut tree) = tree(&run) else {
        writeln!(text, "{}; nothing was written", closing.unwrap_or_default())
            .map_err(io::Error::other)?;
        return Ok((text, false));
    };
    if let Some(closing) = closing {
        text.push_str(&closing);
        text.push('\n');
    }
    let manifest = package::manifest_with_features(Path::new(CRATE), &run.apis)?;
    tree.insert_shared(MANIFEST, manifest);
    let agents = package::agents(Path::new(CRATE), NAME, COMMAND, &run.apis)?;
    tree.insert_shared(AGENTS, agents);
    let (changed, well) = if check {
        let drifts = tree.diff(Path::new(CRATE))?;
        text.push_str(&drifted(&drifts, Path::new(CRATE), COMMAND));
        let paths = drifts.iter().map(|drift| drift.path().to_owned());
        (paths.collect(), drifts.is_empty())
    } else {
        let report = tree.write(Path::new(CRATE))?;
        text.push_str(&counted(&report, started));
        ([report.written, report.removed].concat(), true)
    };
    text.push_str(&causes::since_head(&changed, colours));
    Ok((text, well))
}

/// All generated files of a run, if there is no error.
pub(crate) fn tree(run: &Run) -> Option<Tree> {
    let mut tree = run.tree.clone()?;
    tree.insert(ITEMS, items(run));
    let (path, text) = run.wire_test(&options());
    tree.insert(path, text);
    Some(tree)
}

/// The options of the generation. The descriptions are our own, so every mistake in them can be corrected;
/// `specwright.yaml` beside them may set the levels of rules.
pub fn options() -> Options {
    let mut options = Options::new(NAME, COMMAND);
    options.out = CRATE.into();
    options.strict = true;
    let configuration = Path::new(SPEC).join(CONFIGURATION);
    if configuration.is_file() {
        let configuration = Configuration::load(&configuration);
        options.rules = configuration.rules;
        options.settings = configuration.settings;
    }
    options
}

/// The text of [`ITEMS`], in which a reviewer sees how the public items change.
fn items(run: &Run) -> String {
    let from: Vec<&str> = run.apis.iter().map(|api| api.source.as_str()).collect();
    format!(
        "# @generated from {} by `{COMMAND}`. Do not edit.\n\
         # The public items of the crate, one line each. What every type of a kind has is not listed: what the macros of\n\
         # the runtime add, such as `as_str` of an enum or `with_timeout` of a call.\n\n{}",
        from.join(", "),
        run.public_items()
    )
}

/// Every description in the directory, sorted.
fn descriptions(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("`{}`: {error}", dir.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(named)? {
        let path = entry?.path();
        if is_description(&path) {
            found.push(path);
        }
    }
    if found.is_empty() {
        let message = format!(
            "`{}` holds no description (*.yaml, *.yml or *.json)",
            dir.display()
        );
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    found.sort();
    Ok(found)
}

fn counted(report: &Report, started: Instant) -> String {
    let mut text = String::new();
    for (sign, paths) in [('+', &report.written), ('-', &report.removed)] {
        text.extend(paths.iter().map(|path| format!("{sign} {CRATE}/{path}\n")));
    }
    let Report {
        written,
        removed,
        left,
    } = report;
    let seconds = started.elapsed().as_secs_f32();
    text + &format!(
        "{} written, {} removed, {left} unchanged in {seconds:.1} s\n",
        written.len(),
        removed.len()
    )
}
