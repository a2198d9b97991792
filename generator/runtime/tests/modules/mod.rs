//! Determines from the sources of a crate which module uses which, for the tests of the layers.
//!
//! Every path counts that begins with `crate`, leaves its module by `super`, or begins with a submodule that the file
//! declares, in `use` items and elsewhere. Tests (files and modules named `tests`) do not count, nor do paths that
//! begin with `$crate`, which belong to the code that a macro expands in. A path has to name the module that defines an
//! item, and not one that re-exports it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The order of a crate's modules.
pub(crate) struct Walls<'a> {
    /// Each layer uses only those before it, and modules of one layer do not use each other. A module belongs to the
    /// longest name that is a prefix of its path.
    pub(crate) layers: &'a [&'a [&'a str]],
    /// Modules that are not checked. Their submodules are checked if a layer names them.
    pub(crate) aside: &'a [&'a str],
    /// Allowed exceptions from the order: the module that uses, and the module that it uses.
    pub(crate) upward: &'a [(&'a str, &'a str)],
}

impl Walls<'_> {
    /// The violations of the order.
    pub(crate) fn faults(&self, sources: &[Source]) -> Vec<String> {
        let macros: BTreeSet<&str> = sources
            .iter()
            .flat_map(|source| macro_names(&source.tokens))
            .collect();
        let mut needed = BTreeSet::new();
        let mut faults = Vec::new();
        for source in sources {
            let file = source.module.as_str();
            let layer = self.layer(file);
            let aside = prefix(self.aside, file).map_or(0, str::len);
            if layer.map_or(0, |(_, name)| name.len()) <= aside && aside > 0 {
                continue;
            }
            let Some((rank, own)) = layer else {
                faults.push(format!("`{file}` has no layer"));
                continue;
            };
            for used in source.uses() {
                let is_known =
                    |arrow: &&(&str, &str)| begins(file, arrow.0) && begins(&used, arrow.1);
                // A path without a module names an item of `lib.rs`.
                match self.layer(&used).or_else(|| self.layer("lib")) {
                    Some((below, module)) if below < rank || module == own => {}
                    _ if begins(&used, file) || macros.contains(used.as_str()) => {}
                    Some((_, module)) => match self.upward.iter().find(is_known) {
                        Some(known) => drop(needed.insert(known)),
                        None => faults.push(format!(
                            "`{file}` uses `{module}`, which is not below `{own}`"
                        )),
                    },
                    None => faults.push(format!("`{file}` uses `{used}`; name its module")),
                }
            }
        }
        let unneeded = self.upward.iter().filter(|arrow| !needed.contains(arrow));
        faults.extend(unneeded.map(|(from, to)| format!("`{from}` does not use `{to}` any more")));
        faults
    }

    /// The layer of a module: its number, and the name in it that the module belongs to.
    fn layer(&self, module: &str) -> Option<(usize, &str)> {
        let layers = self.layers.iter().enumerate();
        let names = layers.filter_map(|(rank, layer)| Some((rank, prefix(layer, module)?)));
        names.max_by_key(|(_, name)| name.len())
    }
}

/// The cycles of files in different folders, one line for each edge of one. Paths from and to the modules `aside` do
/// not count.
pub(crate) fn circles<'s>(sources: &'s [Source], aside: &[&str]) -> Vec<String> {
    let files: Vec<&'s str> = sources
        .iter()
        .map(|source| source.module.as_str())
        .collect();
    let mut arrows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        let used: Vec<String> = source.uses();
        let used = used.iter().filter_map(|used| prefix(&files, used));
        let used = used.filter(|used| *used != source.module && !aside.contains(used));
        arrows.insert(&source.module, used.collect());
    }
    let reached = |from: &'s str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(file) = open.pop() {
            open.extend(arrows[file].iter().filter(|used| seen.insert(**used)));
        }
        seen
    };
    let reached: BTreeMap<&str, _> = files.iter().map(|file| (*file, reached(file))).collect();
    let folders = sources
        .iter()
        .map(|source| (source.module.as_str(), &source.folder));
    let folders: BTreeMap<&str, &PathBuf> = folders.collect();
    let arrows = arrows
        .iter()
        .flat_map(|(from, used)| used.iter().map(move |to| (*from, *to)));
    arrows
        .filter(|(from, to)| folders[from] != folders[to] && reached[to].contains(from))
        .map(|(from, to)| format!("`{from}` uses `{to}`, which uses it in turn"))
        .collect()
}

/// The longest of these names that is a prefix of a path.
fn prefix<'a>(names: &[&'a str], path: &str) -> Option<&'a str> {
    let names = names.iter().filter(|name| begins(path, name));
    names.max_by_key(|name| name.len()).copied()
}

/// Whether a path begins with the segments of another one.
fn begins(path: &str, with: &str) -> bool {
    let rest = path.strip_prefix(with);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::") || with.is_empty())
}

/// A file of a crate.
pub(crate) struct Source {
    /// The path of its module: `lower::schema`.
    pub(crate) module: String,
    folder: PathBuf,
    /// Its words and signs, without comments and literals.
    pub(crate) tokens: Vec<String>,
}

/// The files of a crate except its tests.
pub(crate) fn sources(root: &Path) -> Vec<Source> {
    let mut files = Vec::new();
    files_below(root, &mut files);
    files.sort();
    assert!(files.len() > 50, "the sources are in {}", root.display());
    let source = |file: PathBuf| {
        let path = file.strip_prefix(root).unwrap().with_extension("");
        // `name.rs` belongs to the folder `name`, if there is one.
        let is_front = file.with_extension("").is_dir();
        let folder = if is_front {
            Some(&*path)
        } else {
            path.parent()
        };
        let names = path.iter().map(|name| name.to_str().unwrap());
        let names: Vec<&str> = names.filter(|name| *name != "mod").collect();
        Source {
            module: names.join("::"),
            folder: folder.unwrap().to_owned(),
            tokens: tokens(&fs::read_to_string(file).unwrap()),
        }
    };
    let sources = files.into_iter().map(source);
    let is_test = |source: &Source| source.module.split("::").any(|name| name == "tests");
    sources.filter(|source| !is_test(source)).collect()
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The names of the macros that a source defines.
fn macro_names(tokens: &[String]) -> impl Iterator<Item = &str> {
    let windows = tokens.windows(3);
    windows.filter_map(|three| (three[0] == "macro_rules").then_some(three[2].as_str()))
}

impl Source {
    /// The paths in it, beginning at the root of the crate.
    fn uses(&self) -> Vec<String> {
        let tokens = &self.tokens;
        let own: Vec<&str> = self
            .module
            .split("::")
            .filter(|name| *name != "lib")
            .collect();
        let declared = tokens
            .windows(3)
            .filter(|three| three[0] == "mod" && three[2] == ";");
        let children: BTreeSet<&str> = declared.map(|three| three[1].as_str()).collect();
        let mut found = Vec::new();
        // Whether each open brace is that of an inline module.
        let mut braces = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let before = at.checked_sub(1).map_or("", |before| &tokens[before]);
            let is_module = at >= 2 && tokens[at - 2] == "mod";
            let is_path = before != "::" && tokens.get(at + 1).is_some_and(|next| next == "::");
            match tokens[at].as_str() {
                "{" if is_module && before == "tests" => at = group_end(tokens, at),
                // Quoted tokens are code of another crate.
                "(" | "{" if at >= 2 && tokens[at - 2] == "quote" && before == "!" => {
                    at = group_end(tokens, at);
                }
                "{" => braces.push(is_module),
                "}" => drop(braces.pop()),
                "crate" if is_path && before != "$" => expand(tokens, at + 1, &[], &mut found),
                "super" if is_path => {
                    let steps = tokens[at..].chunks(2);
                    let steps = steps.take_while(|step| *step == ["super", "::"]).count();
                    let inline = braces.iter().filter(|is_module| **is_module).count();
                    if steps > inline {
                        let above = &own[..(own.len() + inline).saturating_sub(steps)];
                        expand(tokens, at + 2 * steps - 1, above, &mut found);
                    }
                }
                name if is_path && children.contains(name) => {
                    expand(tokens, at + 1, &[&own[..], &[name]].concat(), &mut found);
                }
                _ => {}
            }
            at += 1;
        }
        found.sort();
        found.dedup();
        found
    }
}

/// Adds the paths that continue a prefix after the `::` at this position: one, or one for each entry of a group.
fn expand(tokens: &[String], at: usize, prefix: &[&str], found: &mut Vec<String>) {
    match tokens.get(at..).unwrap_or_default() {
        [colons, open, ..] if colons == "::" && open == "{" => {
            let end = group_end(tokens, at + 1);
            let mut depth = 0;
            for index in at + 1..end {
                match tokens[index].as_str() {
                    "{" => depth += 1,
                    "}" => depth -= 1,
                    name if depth == 1 && ["{", ","].contains(&&*tokens[index - 1]) => {
                        expand(tokens, index + 1, &[prefix, &[name]].concat(), found);
                    }
                    _ => {}
                }
            }
        }
        [colons, name, ..] if colons == "::" && name.starts_with(is_word) => {
            expand(tokens, at + 2, &[prefix, &[name]].concat(), found);
        }
        _ => {
            let prefix = prefix.strip_suffix(&["self"]).unwrap_or(prefix);
            found.push(prefix.join("::"));
        }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The end of the group whose opening bracket is at `start`.
fn group_end(tokens: &[String], start: usize) -> usize {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(start) {
        match token.as_str() {
            "{" | "(" => depth += 1,
            "}" | ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    tokens.len()
}

/// The words and signs of a source, without comments and literals.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = literal(rest) {
            length
        } else if is_word(first) {
            let length = rest.find(|letter| !is_word(letter)).unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the string or character at the beginning of a source. A lifetime is neither.
fn literal(source: &str) -> Option<usize> {
    let prefix = ["br", "b", "r", "c", ""]
        .into_iter()
        .find(|prefix| source.starts_with(prefix))?;
    let (is_raw, prefix) = (prefix.ends_with('r'), prefix.len());
    if is_raw {
        let hashes = source[prefix..].bytes().take_while(|byte| *byte == b'#');
        let hashes = "#".repeat(hashes.count());
        let content = prefix + hashes.len() + 1;
        let content = source[prefix + hashes.len()..]
            .starts_with('"')
            .then_some(content)?;
        let end = format!("\"{hashes}");
        return Some(content + source[content..].find(&end)? + end.len());
    }
    let quote = source[prefix..].chars().next()?;
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    let mut letters = source[prefix + 1..].char_indices();
    let mut count = 0;
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            _ if letter == quote => return Some(prefix + 1 + at + 1),
            // `'a` without a closing quote after it is a lifetime.
            _ if quote == '\'' && count > 0 => return None,
            _ => {}
        }
        count += 1;
    }
    None
}

#[test]
fn every_kind_of_path_is_read() {
    let found = |source: &str| {
        let source = Source {
            module: "own::part".to_owned(),
            folder: "own".into(),
            tokens: tokens(source),
        };
        source.uses()
    };
    assert_eq!(
        found("use crate::call::{self, Call};"),
        ["call", "call::Call"]
    );
    assert_eq!(
        found("pub(crate) use crate::{auth::{self, Token}, url, error::Error as E};"),
        ["auth", "auth::Token", "error::Error", "url"]
    );
    assert_eq!(
        found("fn f() -> crate::call::Call<'a, ()> {}"),
        ["call::Call"]
    );
    assert_eq!(
        found("use super::x; use super::super::call::Call;"),
        ["call::Call", "own::x"]
    );
    assert_eq!(found("mod a { use super::super::super::call; }"), ["call"]);
    assert_eq!(found("mod a { fn f() { super::x() } }"), [""; 0]);
    assert_eq!(
        found("use super::super::{call::Call, url};"),
        ["call::Call", "url"]
    );
    assert_eq!(
        found("mod child; fn f() { child::g::<T>(); other::h() }"),
        ["own::part::child::g"]
    );
    for aside in [
        "// use crate::call;",
        "/* crate::call */",
        r##"f("crate::call", r#"crate::"call"#, '"', b'\'')"##,
        "$crate::call::f()",
        "#[cfg(test)] mod tests { use crate::call; }",
        "quote! { use crate::call; } quote!(crate::call(()))",
        "pub(crate) fn f() {}",
    ] {
        assert_eq!(found(aside), [""; 0], "{aside}");
    }
    assert_eq!(found("f('\"'); use crate::call;"), ["call"]);
}

#[test]
fn upward_uses_and_circles_are_found() {
    let source = |module: &str, folder: &str, text: &str| Source {
        module: module.to_owned(),
        folder: folder.into(),
        tokens: tokens(text),
    };
    let sources = [
        source("low", "", "use crate::high::part::A;"),
        source("high", "high", "mod part; use crate::low::B;"),
        source("high::part", "high", "use super::C;"),
    ];
    let walls = |upward| Walls {
        layers: &[&["low"], &["high"]],
        aside: &[],
        upward,
    };
    assert_eq!(
        walls(&[]).faults(&sources),
        ["`low` uses `high`, which is not below `low`"]
    );
    assert_eq!(walls(&[("low", "high")]).faults(&sources), [""; 0]);
    assert_eq!(
        walls(&[("low", "high")]).faults(&sources[1..]),
        ["`low` does not use `high` any more"]
    );
    assert_eq!(
        circles(&sources, &[]),
        [
            "`high` uses `low`, which uses it in turn",
            "`low` uses `high::part`, which uses it in turn"
        ]
    );
}
