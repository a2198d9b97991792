//! specwright: from an `OpenAPI` description to a Rust client.
//!
//! # The stages
//!
//! ```text
//! text ──source──▶ spanned tree ──document──▶ Document ──lower──▶ model::Api ──emit──▶ tokens ──format──▶ Tree
//! ```
//!
//! - `text` keeps the files of a run and the locations in them.
//! - `source` parses YAML and JSON into one tree in which every node has its file, line and column.
//! - `overlay` applies overlays to that tree: files with changes.
//! - `document` is the description as written: Swagger 2.0 and `OpenAPI` 3.0, 3.1 and 3.2 in one shape, `$ref`
//!   resolved.
//! - `lint` has the rules about descriptions that are valid, but most likely not meant as they are.
//! - `lower` turns it into the `model`: the API, with every name made and every check passed.
//! - `emit` turns the model into tokens, one file at a time, on all cores.
//! - `format` formats the tokens.
//! - [`package`] makes a crate: manifest, README, and optionally the runtime.
//! - [`tree`] compares the result with a folder, or writes it there.
//!
//! [`config`] reads `specwright.yaml`, which sets the same options without Rust code. [`diff`] compares two versions of
//! a description, and [`lsp`] is the language server. [`init`] writes a first `specwright.yaml`, and `suggest` proposes
//! overlays.
//!
//! Every stage reports mistakes as [`diagnostic`]s, whose codes are listed in [`codes`]. `name` makes names (`lower`
//! chooses their texts), `prose` knows where sentences end, `sample` makes values if the description has no example, and
//! `parallel` uses more threads.
//! `README.md` lists where everything is, and explains how to add a key, a format, a kind of type or a case.
//!
//! # Invariants
//!
//! - Emission cannot fail: all checks are in `lower`, and `emit` never sees `document` or `source`.
//! - All mistakes of a run are reported at once, each with its location, the reason and, where it is known, the
//!   correction.
//! - Nothing is dropped silently: anything that cannot be expressed is reported as a warning and replaced by something
//!   usable.
//! - The same input gives the same bytes, on any machine, regardless of the order of maps or threads.
//! - This crate contains no name of an API. Special cases belong in the description.
//! - In the library, only [`tree`] writes files.
//!
//! # Examples
//!
//! ```no_run
//! use specwright::{Options, generate};
//!
//! let options = Options::new("social-apis", "cargo xtask regenerate");
//! let run = generate(&["spec/museum.yaml".into()], &options);
//! eprint!("{}", run.render(specwright::diagnostic::Format::Human, true));
//! if let Some(tree) = run.tree {
//!     tree.write("generated".as_ref())?;
//! }
//! # Ok::<(), std::io::Error>(())
//! ```

#![warn(unreachable_pub)]

mod builder;
pub mod codes;
pub mod config;
pub mod diagnostic;
pub mod diff;
mod document;
mod emit;
mod format;
pub mod init;
#[doc(hidden)]
pub mod internals;
mod lint;
mod listing;
mod lower;
pub mod lsp;
mod model;
mod name;
mod overlay;
pub mod package;
mod parallel;
mod paths;
mod prose;
mod read;
mod sample;
mod source;
mod suggest;
mod text;
pub mod tree;

pub use builder::{BuildError, Builder};
pub use read::{is_description, is_standard_input};
pub use source::revision;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use codes::Rules;
use diagnostic::{CodeOwner, Diagnostic, Diagnostics};
use emit::{Plan, Source};
use hashbrown::HashMap;
use model::Api;
use overlay::Overlays;
use source::Sources;
use tree::Tree;

/// The options for generating a crate.
#[derive(Debug, Clone)]
pub struct Options {
    /// Name of the generated crate's package: `social-apis`.
    pub crate_name: String,
    /// The folder of the crate, which the paths of descriptions in file headers are relative to; the current folder by
    /// default.
    pub out: PathBuf,
    /// The command that generates it, for the header of every file.
    pub command: String,
    /// Whether the examples of the descriptions become tests.
    pub examples: bool,
    /// The number of threads that emit files; by default one for each core.
    pub jobs: usize,
    /// Whether mistakes are reported as warnings and ignored; `false` by default. A file that is not a description is
    /// still an error.
    pub lenient: bool,
    /// Whether every mistake is an error, even with a usable interpretation; `false` by default. For descriptions that
    /// the caller owns. Cannot be combined with `lenient`.
    pub strict: bool,
    /// The levels of single codes; empty by default.
    pub rules: Rules,
    /// The revision of the git repository that the descriptions are read from, such as `HEAD`; by default the files
    /// themselves are read.
    pub revision: Option<String>,
    /// The settings of a `specwright.yaml` for the descriptions.
    pub settings: config::Settings,
    /// Overlays that are applied to the descriptions in this order; none by default. An overlay that `extends` some of
    /// the descriptions is only applied to these, any other one to all.
    pub overlays: Vec<PathBuf>,
    /// The name of the description that is read from the standard input (`-`); its title by default.
    pub input_name: Option<String>,
}

impl Options {
    /// Returns the default options.
    pub fn new(crate_name: impl Into<String>, command: impl Into<String>) -> Self {
        Self {
            crate_name: crate_name.into(),
            out: PathBuf::new(),
            command: command.into(),
            examples: true,
            jobs: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            lenient: false,
            strict: false,
            rules: Rules::default(),
            revision: None,
            settings: config::Settings::default(),
            overlays: Vec::new(),
            input_name: None,
        }
    }

    /// The options of a crate of a configuration.
    pub fn of(configured: &config::Crate, name: &str, command: &str) -> Self {
        Self {
            out: configured.out.clone(),
            lenient: configured.lenient,
            rules: configured.rules.clone(),
            overlays: configured.overlays.clone(),
            settings: configured.settings.clone(),
            ..Self::new(name, command)
        }
    }
}

/// The result of a run.
#[derive(Debug)]
pub struct Run {
    /// The files that were read.
    pub sources: Sources,
    /// The diagnostics about them.
    pub diagnostics: Diagnostics,
    /// The APIs that could be decoded, in the order of the inputs.
    pub apis: Vec<Api>,
    /// A line for each trait that the configuration wants types to derive: how many do, and why one of the others does
    /// not.
    pub derived: String,
    /// The generated files; `None` if there is an error, or after a check.
    pub tree: Option<Tree>,
}

impl Run {
    /// The public items of the generated crate, one line each, sorted: everything that a program can name.
    pub fn public_items(&self) -> String {
        let listings = self.apis.iter().map(listing::Listing::of);
        let lines = listings.flat_map(|listing| listing.lines().collect::<Vec<_>>());
        lines.map(|line| line + "\n").collect()
    }

    /// A test of the generated crate and its path. It compares `wire.txt` with the request of each operation's example
    /// and the value of its response. With `UPDATE_WIRE` set, it writes the file.
    pub fn wire_test(&self, options: &Options) -> (String, String) {
        let emission = emit::Options {
            crate_name: options.crate_name.replace('-', "_"),
        };
        let plans = self.apis.iter().map(|api| Plan::new(api, &emission));
        let plans: Vec<_> = plans.collect();
        print(|| emit::wire::file(&plans), &sources(&self.apis), options)
    }

    /// For each API with such operations, an overlay that adds `x-pagination` to operations whose responses most likely
    /// have pages. A person decides whether to apply it.
    pub fn suggestions(&self) -> Vec<String> {
        self.apis.iter().filter_map(suggest::overlay).collect()
    }

    /// The files with every certain fix applied; see [`diagnostic::Corrected`].
    pub fn corrected(&self) -> Vec<diagnostic::Corrected> {
        let is_certain = |one: &Diagnostic| codes::has_certain_correction(one);
        self.diagnostics.corrected(&self.sources, is_certain)
    }

    /// The diagnostics as text.
    pub fn render(&self, format: diagnostic::Format, colour: bool) -> String {
        self.diagnostics.render(&self.sources, format, colour)
    }

    /// The errors as text for people, and the number of warnings of each code. For descriptions that somebody else
    /// wrote, which often have many warnings.
    pub fn render_briefly(&self, colour: bool) -> String {
        let (mut text, counts) = self.diagnostics.render_errors(&self.sources, colour);
        let width = counts
            .values()
            .max()
            .map_or(0, |most| most.to_string().len());
        text.extend(counts.into_iter().map(|(code, count)| {
            let title = codes::find(code).map_or("", |known| known.title);
            format!("{count:>width$} × {code} {title}\n")
        }));
        text
    }
}

/// The JSON Schema of descriptions, for editors.
pub fn description_schema() -> String {
    format!("{:#}\n", document::decode::json_schema())
}

/// Decodes and lowers descriptions, and reports their mistakes.
pub fn check(inputs: &[PathBuf]) -> Run {
    check_with(inputs, &Options::new("", ""))
}

/// Decodes and lowers descriptions with these options, and reports their mistakes.
pub fn check_with(inputs: &[PathBuf], options: &Options) -> Run {
    check_keeping(inputs, options, &mut drop)
}

/// Like [`check_with`]. `keep` gets the trees of each description after the check.
pub(crate) fn check_keeping(
    inputs: &[PathBuf],
    options: &Options,
    keep: &mut dyn FnMut(read::Description),
) -> Run {
    let mut run = read_all(inputs, options, keep);
    if options.strict {
        run.diagnostics.harden();
    }
    options.rules.apply(&mut run.diagnostics);
    run
}

fn read_all(inputs: &[PathBuf], options: &Options, keep: &mut dyn FnMut(read::Description)) -> Run {
    let mut sources = options.settings.sources.clone();
    let mut diagnostics = options.settings.diagnostics.clone();
    let overlays = Overlays::load(&options.overlays, inputs, &mut sources, &mut diagnostics);
    // An overlay may fix mistakes of a description, so descriptions are not checked if an overlay is unusable.
    let mut apis = overlays.map(|overlays| {
        let (sources, diagnostics) = (&mut sources, &mut diagnostics);
        read_apis(inputs, options, overlays, (sources, diagnostics), keep)
    });
    let config::Settings { derives, types, .. } = &options.settings;
    let derived = apis.iter_mut().flatten();
    let derived = derived
        .map(|api| model::derive(api, derives, types.traits()))
        .collect();
    if options.lenient {
        diagnostics.soften();
    }
    diagnostics.lay_out(&sources);
    diagnostics.suppress(&sources, |code| match codes::find(code) {
        Some(_) => CodeOwner::Here,
        None if diff::find(code).is_some() => CodeOwner::Elsewhere,
        None => CodeOwner::Nowhere,
    });
    Run {
        sources,
        diagnostics,
        apis: apis.unwrap_or_default(),
        derived,
        tree: None,
    }
}

fn read_apis(
    inputs: &[PathBuf],
    options: &Options,
    mut overlays: Overlays,
    (sources, diagnostics): (&mut Sources, &mut Diagnostics),
    keep: &mut dyn FnMut(read::Description),
) -> Vec<Api> {
    let settings = &options.settings;
    let mut selection = settings.filters.selection.clone();
    let mut renames = settings.renames.clone();
    let mut types = settings.types.clone();
    let mut apis = Vec::new();
    let mut modules = HashMap::new();
    for input in inputs {
        let before = diagnostics.len();
        let file = read::Input {
            revision: options.revision.clone(),
            path: input.clone(),
        };
        let Some(mut description) = read::description(&file, &mut overlays, sources, diagnostics)
        else {
            continue;
        };
        let stem = if is_standard_input(input) {
            let title = || description.title().map(str::to_owned);
            options
                .input_name
                .clone()
                .or_else(title)
                .unwrap_or_else(|| read::stem(input))
        } else {
            read::stem(input)
        };
        renames.apply(description.trees_mut(), &stem);
        types.apply(description.trees_mut(), &stem);
        let module = name::module(renames.module(&stem).unwrap_or(&stem));
        if let Some(first) = modules.insert(module.clone(), input.clone()) {
            let message = format!(
                "`{}` and `{}` would both become the module `{module}`",
                first.display(),
                input.display()
            );
            diagnostics.push(
                Diagnostic::error(codes::MODULE_TWICE, message).help("rename one of the files"),
            );
            continue;
        }
        let shown = paths::shown(&options.out, input);
        let names = (&module, &*shown);
        let chosen = (&mut selection, &mut types);
        let api = lower_description(&description, names, options, chosen, diagnostics);
        if api.is_some() {
            diagnostics.may_soften(before);
        }
        apis.extend(api);
        keep(description);
    }
    // If a description was not decoded, it is unknown whether a target exists in it.
    if apis.len() == inputs.len() && !settings.is_partial {
        settings.filters.report_unused(&selection, diagnostics);
        renames.report_missing(diagnostics);
        types.report_missing(diagnostics);
    }
    overlays.finish(settings.is_partial, diagnostics);
    apis
}

fn lower_description(
    description: &read::Description,
    (module, shown): (&name::Ident, &str),
    options: &Options,
    (selection, types): (&mut document::Selection, &mut config::Types),
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let joined = description.joined(selection, diagnostics, |document| types.pass_to(document))?;
    let (document, trees) = (&joined.document, &description.trees());
    let facts = lower::Facts::of(&joined);
    // The checks take some of the time, so they run beside the rest.
    let checks = || {
        let mut found = Diagnostics::new();
        let subject = lint::Subject { document, trees };
        lint::lint(&subject, |code| options.rules.is_on(code), &mut found);
        lower::check(&facts, &mut found);
        found
    };
    let (found, api) = parallel::join(checks, || {
        lower::lower(&facts, module.plain(), shown, diagnostics)
    });
    diagnostics.extend(found);
    Some(api)
}

/// Generates a crate from descriptions, with one module for each: all files of `src/` and `tests/`.
pub fn generate(inputs: &[PathBuf], options: &Options) -> Run {
    let mut run = check_with(inputs, options);
    if run.diagnostics.has_errors() {
        return run;
    }
    for api in &mut run.apis {
        sample::settle(api);
        if !options.examples {
            api.examples.clear();
            api.requests.clear();
            api.test_files.clear();
        }
    }
    run.tree = Some(emit_all(&run.apis, options));
    run
}

/// Emits and formats every file, on the number of threads in the options.
fn emit_all(apis: &[Api], options: &Options) -> Tree {
    let emission = emit::Options {
        crate_name: options.crate_name.replace('-', "_"),
    };
    let plans: Vec<Plan<'_>> = apis.iter().map(|api| Plan::new(api, &emission)).collect();
    let jobs: Vec<_> = plans
        .iter()
        .flat_map(|plan| plan.files().iter().map(move |file| (plan, file)))
        .collect();
    let tree = Mutex::new(Tree::default());
    parallel::each(&jobs, options.jobs, |(plan, file)| {
        let source = || emit::source(plan, file);
        let (path, text) = print(source, &plan.api().source, options);
        tree.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path, text);
    });
    let mut tree = tree.into_inner().unwrap_or_else(PoisonError::into_inner);
    let root = || emit::crate_root(apis, &plans);
    let (path, text) = print(root, &sources(apis), options);
    tree.insert(path, text);
    tree
}

/// The paths of all descriptions, for the header of a file that is made from all of them.
fn sources(apis: &[Api]) -> String {
    let sources: Vec<&str> = apis.iter().map(|api| api.source.as_str()).collect();
    sources.join(", ")
}

/// Formats a file with its header.
fn print(source: impl Fn() -> Source, from: &str, options: &Options) -> (String, String) {
    let file = source();
    let header = format!(
        "// @generated from {from} by `{}` (emit/{}). Do not edit.",
        options.command, file.emitter
    );
    let text = format::format(&header, file.tokens);
    // Parsing consumes the tokens, and copying all of them for a case that does not happen takes a while.
    let text = text.unwrap_or_else(|error| {
        let tokens = source().tokens;
        format::unformatted(&header, &tokens, &error)
    });
    (file.path, text)
}
