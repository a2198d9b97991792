//! The modules at the top of `src` use each other in one direction.
//!
//! Every path is checked that starts with `crate` or leaves its module by `super`, in `use` items and elsewhere. Tests
//! (files and modules named `tests`) are not checked, nor are paths that start with `$crate`, which belong to the code
//! in which a macro expands. A path has to name the module of an item, not a re-export in `lib.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer uses only those before it. Modules of one layer do not use each other.
const LAYERS: [&[&str]; 14] = [
    &["body"],
    &["codec"],
    &["value"],
    &["header", "url"],
    &["style"],
    &["error"],
    &["retry"],
    &["transport"],
    &["auth"],
    &["stream"],
    &["call"],
    &["client"],
    &["pages"],
    &["webhook", "testing"],
];

/// The files without a layer: the root of the crate, its guide, and macros, which only expand elsewhere.
const ASIDE: [&str; 3] = ["lib", "guide", "macros"];

#[test]
fn modules_use_only_the_layers_below_them() {
    let sources = sources();
    let macros: BTreeSet<&str> = sources
        .iter()
        .flat_map(|(_, tokens)| macro_names(tokens))
        .collect();
    let mut arrows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (module, tokens) in &sources {
        let own = module[0].as_str();
        if ASIDE.contains(&own) || module.iter().any(|name| name == "tests") {
            continue;
        }
        let rank = rank(own).unwrap_or_else(|| panic!("`{own}` has no layer"));
        for used in uses(tokens, module.len()) {
            let file = module.join("/");
            match self::rank(used) {
                _ if used == own => {}
                Some(below) if below < rank => drop(arrows.entry(own).or_default().insert(used)),
                Some(_) => faults.push(format!("{file} uses `{used}`, which is not below `{own}`")),
                None if macros.contains(used) => {}
                None => faults.push(format!("{file} uses `crate::{used}`; name its module")),
            }
        }
    }
    for (module, used) in arrows {
        println!("{module} uses {used:?}");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_kind_of_path_is_read() {
    let found = |source: &str| -> Vec<String> {
        let tokens = tokens(source);
        uses(&tokens, 2).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(found("use crate::call::{self, Call};"), ["call"]);
    assert_eq!(
        found("pub(crate) use crate::{auth::{self, Token}, url, error::Error as E};"),
        ["auth", "url", "error"]
    );
    assert_eq!(found("fn f() -> crate::call::Call<'a, ()> {}"), ["call"]);
    assert_eq!(
        found("use super::x; use super::super::call::Call;"),
        ["call"]
    );
    assert_eq!(found("mod a { use super::super::super::call; }"), ["call"]);
    assert_eq!(found("mod a { fn f() { super::super::x() } }"), [""; 0]);
    assert_eq!(
        found("use super::super::{call::Call, url};"),
        ["call", "url"]
    );
    for aside in [
        "// use crate::call;",
        "/* crate::call */",
        r##"f("crate::call", r#"crate::"call"#, '"', b'\'')"##,
        "$crate::call::f()",
        "#[cfg(test)] mod tests { use crate::call; }",
    ] {
        assert_eq!(found(aside), [""; 0], "{aside}");
    }
    assert_eq!(found("f('\"'); use crate::call;"), ["call"]);
}

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Returns the path of each module, and its tokens.
fn sources() -> Vec<(Vec<String>, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    files_below(&root, &mut files);
    files.sort();
    assert!(files.len() > 50, "the sources are in {}", root.display());
    let source = |file: PathBuf| {
        let path = file.strip_prefix(&root).unwrap().with_extension("");
        let names = path.iter().map(|name| name.to_str().unwrap().to_owned());
        let mut module: Vec<String> = names.collect();
        module.retain(|name| name != "mod");
        (module, tokens(&fs::read_to_string(file).unwrap()))
    };
    files.into_iter().map(source).collect()
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

/// Returns the names of the macros that a source defines.
fn macro_names(tokens: &[String]) -> impl Iterator<Item = &str> {
    let windows = tokens.windows(3);
    windows.filter_map(|three| (three[0] == "macro_rules").then_some(three[2].as_str()))
}

/// Returns the first segment of each path from the root of the crate, in a module at this depth.
fn uses(tokens: &[String], depth: usize) -> Vec<&str> {
    let mut found = Vec::new();
    // Whether each open brace belongs to an inline module.
    let mut braces = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_module = at >= 2 && tokens[at - 2] == "mod";
        match tokens[at].as_str() {
            "{" if is_module && tokens[at - 1] == "tests" => at = group_end(tokens, at),
            "{" => braces.push(is_module),
            "}" => drop(braces.pop()),
            "crate" if at == 0 || tokens[at - 1] != "$" => {
                found.extend(first_names(&tokens[at + 1..]));
            }
            "super" if at == 0 || tokens[at - 1] != "::" => {
                let steps = tokens[at..].chunks(2);
                let steps = steps.take_while(|step| *step == ["super", "::"]).count();
                let inline = braces.iter().filter(|is_module| **is_module).count();
                if steps == depth + inline {
                    found.extend(first_names(&tokens[at + 2 * steps - 1..]));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Returns the names after `::`: one, or those of a group.
fn first_names(tokens: &[String]) -> Vec<&str> {
    match tokens {
        [colons, open, ..] if colons == "::" && open == "{" => {
            let end = group_end(tokens, 1);
            let mut depth = 0;
            let mut names = Vec::new();
            for index in 1..end {
                match tokens[index].as_str() {
                    "{" => depth += 1,
                    "}" => depth -= 1,
                    name if depth == 1 && ["{", ","].contains(&&*tokens[index - 1]) => {
                        names.push(name);
                    }
                    _ => {}
                }
            }
            names
        }
        [colons, name, ..] if colons == "::" => vec![name],
        _ => Vec::new(),
    }
}

/// Returns the end of the group whose opening brace is at `start`.
fn group_end(tokens: &[String], start: usize) -> usize {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(start) {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    tokens.len()
}

/// Returns the tokens of a source, without comments and literals.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
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

/// Returns the length of the string or character literal at the start of a source. A lifetime is neither.
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
            // `'a` without a closing quote is a lifetime.
            _ if quote == '\'' && count > 0 => return None,
            _ => {}
        }
        count += 1;
    }
    None
}
