//! specwright: from an `OpenAPI` description to a Rust client.
//!
//! # The stages
//!
//! ```text
//! text ──source──▶ spanned tree ──document──▶ Document ──lower──▶ model::Api ──emit──▶ tokens ──format──▶ Tree
//! ```
//!
//! - `text` keeps the files of a run and the locations in them.
//! - `source` reads YAML and JSON into one tree in which every node knows its file, line and column.
//! - `overlay` applies overlays to that tree: changes that a file of their own describes.
//! - `document` is the description as written: Swagger 2.0 and `OpenAPI` 3.0, 3.1 and 3.2 in one shape, `$ref` resolved.
//! - `lint` has the rules about what can be read, but was most likely not meant.
//! - `lower` turns it into the `model`: what the API is, with every name made and every check passed.
//! - `emit` turns the model into tokens, one file at a time, on all cores.
//! - `format` prints tokens as a careful engineer would lay them out.
//! - [`package`] makes a crate of them: manifest, README, and the runtime where it is asked for.
//! - [`tree`] compares the result with a folder, or writes it there.
//!
//! [`config`] reads `specwright.yaml`, which sets the same options without Rust code. [`diff`] compares two versions of
//! a description, and [`lsp`] is the language server. [`init`] writes a first `specwright.yaml`, and `suggest` proposes
//! overlays.
//!
//! Every stage reports mistakes as [`diagnostic`]s, whose codes are listed in [`codes`]. `name` spells names (`lower`
//! chooses their texts), and `sample` makes up values where the description has no example. `README.md` says where to
//! look for what, and how to add a key, a format, a kind of type or a case.
//!
//! # Invariants
//!
//! - Emission cannot fail: all checks are in `lower`, and `emit` never sees `document` or `source`.
//! - All mistakes of a run are reported at once, each with its location, what is wrong and what to write instead.
//! - Nothing is dropped silently: what cannot be expressed is a warning and something usable.
//! - The same input gives the same bytes, on any machine, whatever the order of maps or threads.
//! - No name of an API stands in this crate. Special cases belong in the description.
//! - Only [`tree`] writes.
//!
//! # Examples
//!
//! ```no_run
//! use specwright::{Options, generate};
//!
//! let options = Options::new("social-apis", "cargo xtask regenerate");
//! let run = generate(&["spec/insightiq.yaml".into()], &options);
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
mod paths;
mod read;
mod sample;
mod source;
mod suggest;
mod text;
pub mod tree;

pub use builder::{BuildError, Builder};
pub use read::{is_description, is_standard_input};
pub use source::revision;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use codes::Rules;
use diagnostic::{CodeOwner, Diagnostic, Diagnostics};
use emit::{Plan, Source};
use model::Api;
use overlay::Overlays;
use source::Sources;
use tree::Tree;

/// How a crate is generated.
#[derive(Debug, Clone)]
pub struct Options {
    /// Name of the generated crate's package: `social-apis`.
    pub crate_name: String,
    /// The folder of the crate, from which its files name the descriptions; the current folder by default.
    pub out: PathBuf,
    /// The command that generates it, for the header of every file.
    pub command: String,
    /// Whether the examples of the descriptions become tests.
    pub examples: bool,
    /// How many files are made at once; all cores by default.
    pub jobs: usize,
    /// Whether mistakes are warnings, and what is wrong is ignored; `false` by default. A file that is not a description
    /// stays an error.
    pub lenient: bool,
    /// Whether every mistake is an error, even if it has a usable reading; `false` by default. For descriptions that
    /// the caller owns. It does not go with `lenient`.
    pub strict: bool,
    /// What is done with the warnings of single codes; nothing special by default.
    pub rules: Rules,
    /// The revision of the git repository that the descriptions are read from, such as `HEAD`; by default the files are
    /// read as they are.
    pub revision: Option<String>,
    /// What a `specwright.yaml` says of the descriptions.
    pub settings: config::Settings,
    /// Overlays that are applied to the descriptions in this order; none by default. An overlay that `extends` some of
    /// the descriptions is applied to these only, any other to all of them.
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
    /// The APIs, in the order of the inputs; those that could be read.
    pub apis: Vec<Api>,
    /// A line for each trait that the configuration wants types to derive: how many do, and why another does not.
    pub derived: String,
    /// The generated files; `None` where there is an error, or where only checking was asked for.
    pub tree: Option<Tree>,
}

impl Run {
    /// The public items of the generated crate, one line each, sorted: what a program that uses it can name.
    pub fn public_items(&self) -> String {
        let listings = self.apis.iter().map(listing::Listing::of);
        let lines = listings.flat_map(|listing| listing.lines().collect::<Vec<_>>());
        lines.map(|line| line + "\n").collect()
    }

    /// A test of the generated crate and its path: it compares `wire.txt` with the request of each operation's example
    /// and the value of its response, and writes the file where `UPDATE_WIRE` is set.
    pub fn wire_test(&self, options: &Options) -> (String, String) {
        let emission = emit::Options {
            crate_name: options.crate_name.replace('-', "_"),
        };
        let plans = self.apis.iter().map(|api| Plan::new(api, &emission));
        let file = emit::wire::file(&plans.collect::<Vec<_>>());
        print(file, &sources(&self.apis), options)
    }

    /// For each API that has some, an overlay that adds `x-pagination` to the operations whose responses most likely come
    /// in pages. It is for a person to read, and to apply or not.
    pub fn suggestions(&self) -> Vec<String> {
        self.apis.iter().filter_map(suggest::overlay).collect()
    }

    /// The files with every correction applied that is certain; see [`diagnostic::Corrected`].
    pub fn corrected(&self) -> Vec<diagnostic::Corrected> {
        let is_certain = |one: &Diagnostic| codes::has_certain_correction(one.code);
        self.diagnostics.corrected(&self.sources, is_certain)
    }

    /// The diagnostics as text.
    pub fn render(&self, format: diagnostic::Format, colour: bool) -> String {
        self.diagnostics.render(&self.sources, format, colour)
    }

    /// The errors as text for people, and how many warnings there are of each code: those of a description that
    /// somebody else wrote are many.
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

/// Reads and lowers descriptions and reports what is wrong with them.
pub fn check(inputs: &[PathBuf]) -> Run {
    check_with(inputs, &Options::new("", ""))
}

/// Reads and lowers descriptions and reports what is wrong with them, as strictly as the options say.
pub fn check_with(inputs: &[PathBuf], options: &Options) -> Run {
    check_keeping(inputs, options, &mut drop)
}

/// The same; `keep` gets the trees of each description after they were read.
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
    // What is wrong with a description may be what an overlay mends, so without the overlay nothing is said about it.
    let mut apis = overlays.map(|overlays| {
        let (sources, diagnostics) = (&mut sources, &mut diagnostics);
        read_apis(inputs, options, overlays, (sources, diagnostics), keep)
    });
    let config::Settings { derives, types, .. } = &options.settings;
    let derived = apis.iter_mut().flatten();
    let derived = derived
        .map(|api| model::derive(api, derives, types.traits()))
        .collect();
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
        if options.lenient && api.is_some() {
            diagnostics.soften(before);
        }
        apis.extend(api);
        keep(description);
    }
    // What a description has that could not be read is unknown.
    if apis.len() == inputs.len() {
        settings.filters.report_unused(&selection, diagnostics);
        renames.report_missing(diagnostics);
        types.report_missing(diagnostics);
    }
    overlays.finish(diagnostics);
    apis
}

fn lower_description(
    description: &read::Description,
    (module, shown): (&name::Ident, &str),
    options: &Options,
    (selection, types): (&mut document::Selection, &mut config::Types),
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let files = description.files();
    let root = description.root();
    let mut document = document::decode::decode_selected(root, &files, selection, diagnostics)?;
    types.pass_to(&mut document);
    let subject = lint::Subject {
        document: &document,
        trees: &description.trees(),
    };
    lint::lint(&subject, |code| options.rules.is_on(code), diagnostics);
    let joined = lower::Joined::of(document, diagnostics);
    Some(lower::lower(&joined, module.plain(), shown, diagnostics))
}

/// Generates a crate from descriptions, one module for each: all files of `src/` and `tests/`.
pub fn generate(inputs: &[PathBuf], options: &Options) -> Run {
    let mut run = check_with(inputs, options);
    if run.diagnostics.has_errors() {
        return run;
    }
    if !options.examples {
        for api in &mut run.apis {
            api.examples.clear();
            api.requests.clear();
            api.test_files.clear();
        }
    }
    run.tree = Some(emit_all(&run.apis, options));
    run
}

/// Emits and formats every file, on as many threads as the options allow.
fn emit_all(apis: &[Api], options: &Options) -> Tree {
    let emission = emit::Options {
        crate_name: options.crate_name.replace('-', "_"),
    };
    let plans: Vec<Plan<'_>> = apis.iter().map(|api| Plan::new(api, &emission)).collect();
    let jobs: Vec<_> = plans
        .iter()
        .flat_map(|plan| plan.files().iter().map(move |file| (plan, file)))
        .collect();
    let next = AtomicUsize::new(0);
    let tree = Mutex::new(Tree::default());
    let work = || {
        while let Some((plan, file)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (path, text) = print(emit::source(plan, file), &plan.api().source, options);
            tree.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(path, text);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..options.jobs.max(1) {
            scope.spawn(work);
        }
        work();
    });
    let mut tree = tree.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (path, text) = print(emit::crate_root(apis, &plans), &sources(apis), options);
    tree.insert(path, text);
    tree
}

/// The descriptions, for the header of a file that is made of all of them.
fn sources(apis: &[Api]) -> String {
    let sources: Vec<&str> = apis.iter().map(|api| api.source.as_str()).collect();
    sources.join(", ")
}

/// A file with its header, as text.
fn print(file: Source, from: &str, options: &Options) -> (String, String) {
    let header = format!(
        "// @generated from {from} by `{}` (emit/{}). Do not edit.",
        options.command, file.emitter
    );
    (file.path, format::format(&header, file.tokens))
}
