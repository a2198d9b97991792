//! The arguments about reading descriptions, which `check` and `generate` share.

use std::path::{Path, PathBuf};

use specwright::Options;
use specwright::codes::{Rules, Setting};
use specwright::config::{self, Configuration, Crate};

use super::values::Codes;

/// How descriptions are read, and what is done with the warnings of single codes.
#[derive(Debug, clap::Args)]
pub(crate) struct Reading {
    /// An overlay that is applied to the descriptions first; several are applied in their order.
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// Does not report the warnings of a code, of `all` codes, or of the `pedantic` ones, which are off by default.
    #[arg(long, value_name = "CODE", value_parser = Codes::Levels, hide_possible_values = true)]
    allow: Vec<String>,
    /// Reports the warnings of a code, of `all` codes, or of the `pedantic` ones.
    #[arg(long, value_name = "CODE", value_parser = Codes::Levels, hide_possible_values = true)]
    warn: Vec<String>,
    /// Reports the warnings of a code, of `all` codes, or of the `pedantic` ones, as errors.
    #[arg(long, value_name = "CODE", value_parser = Codes::Levels, hide_possible_values = true)]
    deny: Vec<String>,
}

impl Reading {
    /// Adds the settings to the options: groups first, so that a single code can be an exception from its group.
    pub(crate) fn set(&self, options: &mut Options) -> Result<(), String> {
        options.overlays.extend_from_slice(&self.overlays);
        let lists = [
            (&self.allow, Setting::Allow),
            (&self.warn, Setting::Warn),
            (&self.deny, Setting::Deny),
        ];
        let entries = lists.into_iter().flat_map(|(selectors, setting)| {
            let selectors = selectors.iter();
            selectors.map(move |selector| (selector, setting))
        });
        let mut entries: Vec<_> = entries.collect();
        Rules::groups_first(&mut entries, |(selector, _)| selector);
        for (selector, setting) in entries {
            options.rules.set(selector, setting)?;
        }
        Ok(())
    }
}

impl Reading {
    /// The given flags.
    pub(crate) fn flags(&self) -> Vec<String> {
        let overlays = self
            .overlays
            .iter()
            .map(|path| path.to_string_lossy().into_owned());
        let overlays = overlays.map(|path| ["--overlay".to_owned(), path]);
        let levels = [
            ("allow", &self.allow),
            ("warn", &self.warn),
            ("deny", &self.deny),
        ];
        let levels = levels.into_iter().flat_map(|(level, selectors)| {
            let selectors = selectors.iter();
            selectors.map(move |selector| [format!("--{level}"), selector.clone()])
        });
        overlays.chain(levels).flatten().collect()
    }
}

/// The crates with the named descriptions, and the configurations among the names. A description that belongs to a crate of
/// one of them is read as it says; for the others the rules of the first one hold. Configurations alone stand for all of
/// their crates. Without names, the crates are those of the configuration at `path`, or of the nearest one. There are none
/// if the configurations have only rules; see [`needs_crates`].
pub(crate) fn selected(
    specs: &[PathBuf],
    path: Option<&Path>,
) -> Result<(Vec<Crate>, Vec<Configuration>), String> {
    if specs.is_empty() {
        let configuration = configured(path)?;
        return Ok((configuration.crates.clone(), vec![configuration]));
    }
    let (configurations, mut specs): (Vec<_>, Vec<_>) = specs
        .iter()
        .cloned()
        .partition(|spec| is_configuration(spec));
    let loaded = configurations.iter().map(|path| Configuration::load(path));
    let loaded: Vec<Configuration> = loaded.collect();
    if specs.is_empty() {
        let crates = loaded.iter().flat_map(|one| one.crates.clone());
        return Ok((crates.collect(), loaded));
    }
    let crates = loaded.iter().flat_map(|one| one.claim(&mut specs));
    let mut crates: Vec<Crate> = crates.collect();
    if !specs.is_empty() {
        crates.push(match loaded.first() {
            Some(first) => first.rest(specs),
            None => Crate::new(PathBuf::new(), specs),
        });
    }
    Ok((crates, loaded))
}

/// Refuses configurations without crates, unless their mistakes are reported.
pub(crate) fn needs_crates(
    crates: &[Crate],
    configurations: &[Configuration],
) -> Result<(), String> {
    let is_silent = configurations.iter().all(|one| one.diagnostics.is_empty());
    if crates.is_empty() && is_silent {
        return Err(NO_CRATES.to_owned());
    }
    Ok(())
}

/// The error of a command without descriptions.
const NO_CRATES: &str = "no description is named, and `specwright.yaml` has no `crates`; `specwright init` writes an example";

/// Whether a path is that of a configuration, by its name.
pub(crate) fn is_configuration(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name == config::FILE_NAME)
}

/// Loads a configuration that has to be there; without a path, the nearest one.
fn configured(path: Option<&Path>) -> Result<Configuration, String> {
    let found = nearest(path)?.ok_or(
        "no description is named, and neither this folder nor one above it has a `specwright.yaml`",
    );
    Ok(found?)
}

/// Loads a configuration; without a path, the nearest one, if there is one.
pub(crate) fn nearest(path: Option<&Path>) -> Result<Option<Configuration>, String> {
    let found = path.map_or_else(config::find, |path| Ok(Some(path.to_owned())));
    let path = found.map_err(|error| error.to_string())?;
    Ok(path.map(|path| Configuration::load(&path)))
}
