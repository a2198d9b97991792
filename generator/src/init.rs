//! `specwright init`: a commented `specwright.yaml` for a description.
//!
//! In its comments, a line `# Text` explains, and a line `#key:` is an example: without the `#` it is valid.

use std::collections::BTreeMap;
use std::path::Path;

use crate::Run;
use crate::codes;
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::decode::decode_files;
use crate::document::{Document, Operation, SchemeKind};
use crate::emit::scalar_name;
use crate::lower::scalar;
use crate::overlay::Overlays;
use crate::package;
use crate::read;
use crate::source::{Sources, quoted};
use crate::text::counted;

/// The maximum number of lines of a list in a comment.
const MOST: usize = 30;

/// The text of a configuration for a description, whose path is relative to the folder of the configuration. `run` is the
/// result of checking it. Returns `None` if the file is not a description.
pub fn configuration(description: &Path, run: &Run) -> Option<String> {
    let (mut sources, mut ignored) = (Sources::default(), Diagnostics::new());
    let overlays = &mut Overlays::default();
    let read = read::description(&description.into(), overlays, &mut sources, &mut ignored)?;
    let document = decode_files(read.root(), &read.files(), &mut ignored)?;
    let path = description.to_string_lossy().replace('\\', "/");
    let stem = read::stem(description);
    let out = package::name_of(Path::new(&format!("{stem}-client")));
    let sections = [
        lenient(run),
        manifest(&out),
        RUNTIME.to_owned(),
        format!(
            "    # Overlays, which correct the description without a change of it.\n    #overlays: [{}]\n",
            quoted(&format!("{stem}.overlay.yaml"))
        ),
        operations(&document),
        names(&document),
        types(&document),
        DERIVE.to_owned(),
        schemes(&document),
        rules(run),
    ];
    let sections: Vec<String> = sections
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    Some(format!(
        "# How a description becomes a Rust crate: `specwright generate` writes it, `specwright check` reports what is wrong.\n\
         # Both look for this file in the current folder and above it. Paths are relative to this file.\n\
         # A line such as `#name:` is an example: remove the `#` to use it.\n\
         crates:\n  - out: {out}\n    description: {}\n\n{}",
        quoted(&path),
        sections.join("\n")
    ))
}

const RUNTIME: &str = "    # The runtime is written beside the sources. Instead, the crate can depend on that of another generated crate, or on a\n    \
     # version in the registry:\n    #runtime: ../other-client/runtime\n    #runtime_version: \"0.1\"\n";

const DERIVE: &str = "    # Traits that types derive: `Eq`, `Hash`, `Ord` and `Default` where all parts of a type have them, and macros of other\n    \
     # crates everywhere.\n    #derive: [Eq, Hash]\n";

/// What the manifest says of the crate.
fn manifest(name: &str) -> String {
    format!(
        "    # The name of the crate, by default that of its folder, and what its manifest says.\n    #name: {name}\n    \
         #version: 1.0.0\n    #license: MIT OR Apache-2.0\n    #repository: https://example.com/{name}\n    \
         #authors: [Ann <ann@example.com>]\n"
    )
}

/// The key `lenient`, which is set if there are mistakes.
fn lenient(run: &Run) -> String {
    match run.diagnostics.count(Severity::Error) {
        0 => "    # With this key, a mistake is a warning, and what is wrong is ignored.\n    #lenient: true\n"
            .to_owned(),
        count => format!(
            "    # {}: with this key, what is wrong is ignored with a warning.\n    lenient: true\n",
            counted(count, "mistake")
        ),
    }
}

fn operations(document: &Document<'_>) -> String {
    let count = document.operations().count();
    let deprecated = document.operations().filter(|one| one.deprecated).count();
    let mut tags = BTreeMap::new();
    for tag in document.operations().flat_map(|one| &one.tags) {
        *tags.entry(tag.text).or_insert(0) += 1;
    }
    let first = document.operations().next();
    let include = match (tags.keys().next(), first) {
        (Some(tag), _) => format!("{{tag: {}}}", quoted(tag)),
        (None, Some(Operation { method, path, .. })) => quoted(&format!("{method} {}", path.text)),
        (None, None) => String::new(),
    };
    let mut text =
        format!("    # Which operations the client has; by default all of them ({count}).\n");
    if deprecated > 0 {
        text.extend(["    # Deprecated: ", &deprecated.to_string(), "\n"]);
    }
    text += &listed("By tag", &tags.into_iter().collect::<Vec<_>>());
    text.extend(["    #operations:\n    #  include: [", &include, "]\n"]);
    text + "    #  exclude: [deprecated]\n"
}

/// Examples of Rust names for a schema and an operation.
fn names(document: &Document<'_>) -> String {
    let schema = schemas(document).map(|target| (target, "Thing"));
    let ids = document.operations().filter_map(|one| one.id);
    let ids = ids
        .map(|id| id.text)
        .filter(|id| !id.contains(char::is_whitespace));
    let id = ids.map(|id| (format!("operation {id}"), "fetch"));
    let lines = schema.take(1).chain(id.take(1));
    let lines = lines.map(|(target, name)| format!("    #  {}: {name}\n", quoted(&target)));
    let text = "    # Names in Rust: of schemas, properties, enum values, operations, tags and the module.\n";
    text.to_owned() + &entries("rename", &lines.collect::<String>())
}

/// A key with the lines of its entries.
fn entries(key: &str, lines: &str) -> String {
    match lines {
        "" => format!("    #{key}: {{}}\n"),
        lines => format!("    #{key}:\n{lines}"),
    }
}

/// The pointers to the schemas with plain names.
fn schemas<'d>(document: &'d Document<'_>) -> impl Iterator<Item = String> + 'd {
    let folder = document.version.schemas().replace('.', "/");
    let names = document.components.iter().map(|(key, _)| &*key.text);
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let names = names.filter(move |name| name.chars().all(plain));
    names.map(move |name| format!("#/{folder}/{name}"))
}

/// Types of other crates for formats that a description may have.
const TYPES: [(&str, &str, &str); 4] = [
    (
        "date-time",
        "chrono::DateTime<chrono::Utc>",
        "chrono = \"0.4\"",
    ),
    ("date", "chrono::NaiveDate", "chrono = \"0.4\""),
    ("decimal", "rust_decimal::Decimal", "rust_decimal = \"1\""),
    ("uri", "url::Url", "url = \"2\""),
];

/// Examples of types of other crates, with the formats that have a Rust type anyway.
fn types(document: &Document<'_>) -> String {
    let has = |name: &str| {
        let mut formats = document.schemas.iter().filter_map(|schema| schema.format);
        formats.any(|format| format.text == name)
    };
    let format = TYPES.iter().filter(|(format, ..)| has(format)).take(1);
    let format = format.map(|(format, rust, line)| {
        format!(
            "    #  \"format: {format}\": {{rust: {}, crate: '{line}'}}\n",
            quoted(rust)
        )
    });
    let schema = schemas(document).last();
    let schema = schema.map(|target| {
        let entry = "{rust: my_types::Thing, crate: 'my_types = { path = \"../my-types\" }', implements: [Eq, Hash]}";
        format!("    #  {}: {entry}\n", quoted(&target))
    });
    let lines: String = format.chain(schema).collect();
    formats(document)
        + "    # Types of other crates, for formats and schemas.\n"
        + &entries("types", &lines)
}

/// The formats with their own Rust types.
fn formats(document: &Document<'_>) -> String {
    let mut found = BTreeMap::new();
    for schema in &document.schemas {
        let (Some(format), Some(&simple)) = (schema.format, schema.types.first()) else {
            continue;
        };
        let own = scalar(simple, Some(format.text), false, schema.reach);
        let plain = scalar(simple, None, false, schema.reach);
        if let Some(own) = own.filter(|own| Some(*own) != plain) {
            let shown = format!("{} ({})", quoted(format.text), scalar_name(own));
            *found.entry(shown).or_insert(0) += 1;
        }
    }
    let found: Vec<_> = found.iter().map(|(shown, count)| (shown, *count)).collect();
    let lines = found.iter().take(MOST);
    let lines =
        lines.map(|(shown, count)| format!("    # - {shown}: {}\n", counted(*count, "schema")));
    match found.len() {
        0 => String::new(),
        _ => "    # The formats with their own Rust type; strings and numbers of other formats are not changed:\n"
            .to_owned()
            + &lines.collect::<String>(),
    }
}

/// The credentials of the client.
fn schemes(document: &Document<'_>) -> String {
    let lines = document.schemes.iter().map(|scheme| {
        let kind = match scheme.kind {
            SchemeKind::Basic => "a user name and a password".to_owned(),
            SchemeKind::Bearer => "a token".to_owned(),
            SchemeKind::ApiKey { name, .. } => format!("a key, sent as {}", quoted(name)),
            SchemeKind::Other => "the value of the header Authorization".to_owned(),
        };
        format!("    # - {}: {kind}\n", quoted(&scheme.key.text))
    });
    let lines: String = lines.take(MOST).collect();
    if lines.is_empty() {
        return lines;
    }
    format!("    # The credentials that the client takes:\n{lines}")
}

fn rules(run: &Run) -> String {
    let mut counts = BTreeMap::new();
    let warnings = run.diagnostics.iter();
    for one in warnings.filter(|one| one.severity == Severity::Warning) {
        *counts.entry(one.code).or_insert(0) += 1;
    }
    let lines = counts.iter().map(|(code, count)| {
        let title = codes::find(code).map_or("", |known| known.title);
        format!("    #  {code}: allow # {count} × {title}\n")
    });
    let mut lines: String = lines.collect();
    if lines.is_empty() {
        lines.push_str("    #  all: deny\n");
    }
    format!(
        "    # Warnings: allow, warn or deny. `specwright explain CODE` explains a code.\n    #rules:\n{lines}"
    )
}

/// A list of names with counts; empty without names.
fn listed(title: &str, entries: &[(&str, usize)]) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let shown = entries.iter().take(MOST);
    let lines = shown.map(|(name, count)| format!("    # - {}: {count}\n", quoted(name)));
    let mut text = format!("    # {title}:\n") + &lines.collect::<String>();
    if entries.len() > MOST {
        text.extend([
            "    # - and ",
            &(entries.len() - MOST).to_string(),
            " more\n",
        ]);
    }
    text
}
