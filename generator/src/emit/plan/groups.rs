//! Which examples stand in which file.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Home, RequestExample, Shape};
use crate::name::Ident;

/// The lines of a file after which the next one begins, and up to which one file is enough for an API.
const LINES: usize = 2000;

/// About how many lines a test has beside its values.
const AROUND: usize = 12;

/// Examples that stand in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The module whose types or operations they are of; `None` for values without a type of their own.
    pub(in crate::emit) home: Option<Home>,
    /// The file's module.
    pub(in crate::emit) module: String,
    /// Indices in [`Api::examples`].
    pub(in crate::emit) examples: Vec<usize>,
    /// Indices in [`Api::requests`].
    pub(in crate::emit) requests: Vec<usize>,
}

impl Group {
    /// The file's path within the directory of the tests.
    pub(in crate::emit) fn path(&self) -> String {
        let dir = match &self.home {
            Some(Home::Types(_)) => "types/",
            Some(Home::Resource(_)) => "resources/",
            None => "",
        };
        format!("{dir}{}.rs", self.module)
    }
}

/// A test by its index in the model.
#[derive(Debug, Clone, Copy)]
enum Test {
    Example(usize),
    Request(usize),
}

/// The groups of an API with many examples; none where one file is enough.
pub(in crate::emit) fn groups(api: &Api) -> Vec<Group> {
    let mut homes: BTreeMap<Option<Home>, Vec<(Test, usize)>> = BTreeMap::new();
    for (at, example) in api.examples.iter().enumerate() {
        let test = (Test::Example(at), AROUND + lines(&example.json));
        homes
            .entry(home(api, &example.shape))
            .or_default()
            .push(test);
    }
    for (at, request) in api.requests.iter().enumerate() {
        let resource = api.resources.get(request.resource);
        let home = resource.map(|resource| Home::Resource(resource.module.clone()));
        let test = (Test::Request(at), AROUND + request_lines(request));
        homes.entry(home).or_default().push(test);
    }
    let all: usize = homes.values().flatten().map(|(_, lines)| lines).sum();
    if all <= LINES {
        return Vec::new();
    }
    let taken: BTreeSet<String> = homes.keys().map(|home| module(home.as_ref())).collect();
    let groups = homes.into_iter();
    groups
        .flat_map(|(home, tests)| split(home.as_ref(), &tests, &taken))
        .collect()
}

/// The module of the first type with a name in a shape.
fn home(api: &Api, shape: &Shape) -> Option<Home> {
    let id = *shape.named().first()?;
    Some(api.ty(id).home.clone())
}

fn lines(text: &str) -> usize {
    text.lines().count()
}

fn request_lines(request: &RequestExample) -> usize {
    let values = request.values.iter().map(|(_, json)| lines(json) + 1);
    values.sum::<usize>() + request.body.as_deref().map_or(0, lines)
}

fn module(home: Option<&Home>) -> String {
    match home {
        Some(Home::Types(module) | Home::Resource(module)) => Ident::plain(module).to_owned(),
        None => "values".to_owned(),
    }
}

/// As many files as the tests of a module need.
fn split(home: Option<&Home>, tests: &[(Test, usize)], taken: &BTreeSet<String>) -> Vec<Group> {
    let first = module(home);
    let mut numbers = (2..).map(|number| format!("{first}_{number}"));
    let mut groups = Vec::new();
    let mut open = empty(home, first.clone());
    let mut filled = 0;
    for &(test, lines) in tests {
        if filled > 0 && filled + lines > LINES {
            let next = numbers.by_ref().find(|name| !taken.contains(name));
            let next = empty(home, next.unwrap_or_default());
            groups.push(std::mem::replace(&mut open, next));
            filled = 0;
        }
        filled += lines;
        match test {
            Test::Example(at) => open.examples.push(at),
            Test::Request(at) => open.requests.push(at),
        }
    }
    groups.push(open);
    groups
}

fn empty(home: Option<&Home>, module: String) -> Group {
    Group {
        home: home.cloned(),
        module,
        examples: Vec::new(),
        requests: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_module_becomes_several_files_with_names_of_their_own() {
        let home = Home::Resource(Ident::verbatim("pets"));
        let tests = [900, 900, 900, 5000, 10].map(|lines| (Test::Example(lines), lines));
        let taken = BTreeSet::from(["pets".to_owned(), "pets_2".to_owned()]);
        let groups = split(Some(&home), &tests, &taken);
        let files: Vec<_> = groups
            .iter()
            .map(|group| (group.path(), group.examples.clone()))
            .collect();
        let wanted = [
            ("resources/pets.rs", vec![900, 900]),
            ("resources/pets_3.rs", vec![900]),
            ("resources/pets_4.rs", vec![5000]),
            ("resources/pets_5.rs", vec![10]),
        ];
        assert_eq!(files, wanted.map(|(path, tests)| (path.to_owned(), tests)));
    }

    #[test]
    fn a_path_has_keywords_as_they_are() {
        let home = Home::Types(Ident::verbatim("r#type"));
        let group = empty(Some(&home), module(Some(&home)));
        assert_eq!(group.path(), "types/type.rs");
    }
}
