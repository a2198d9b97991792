//! Assigns examples to test files.

use std::collections::BTreeMap;

use crate::lower::draft::ResourceDraft;
use crate::lower::settle::features::FeatureSplit;
use crate::model::{Example, Home, RequestExample, Shape, TestFile, Type};
use crate::name::{Ident, Scope};

/// The number of lines after which a new file begins, and up to which one file is enough for an API.
const LINES: usize = 2000;

/// The approximate number of lines of a test without its values.
const AROUND: usize = 12;

/// A test by its index in the model.
#[derive(Debug, Clone, Copy)]
enum Test {
    Example(usize),
    Request(usize),
}

/// The files of an API with many examples; none if one file is enough.
pub(crate) fn test_files(
    examples: &[Example],
    requests: &[RequestExample],
    resources: &[ResourceDraft],
    types: &[Type],
    features: &FeatureSplit<'_>,
) -> Vec<TestFile> {
    let mut homes: BTreeMap<Option<Home>, Vec<(Test, usize)>> = BTreeMap::new();
    for (at, example) in examples.iter().enumerate() {
        let test = (Test::Example(at), AROUND + lines(&example.json));
        let home = home(types, &example.shape);
        homes.entry(home).or_default().push(test);
    }
    for (at, request) in requests.iter().enumerate() {
        let resource = resources.get(request.resource);
        let home = resource.map(|resource| Home::Resource(resource.module.clone()));
        let test = (Test::Request(at), AROUND + request_lines(request));
        homes.entry(home).or_default().push(test);
    }
    let all: usize = homes.values().flatten().map(|(_, lines)| lines).sum();
    if all <= LINES {
        return Vec::new();
    }
    let mut names = Names::of(homes.keys());
    let mut files = Vec::new();
    for (home, tests) in homes {
        let feature = match &home {
            Some(Home::Types(module)) => features.of_types(module),
            Some(Home::Resource(module)) => features.of_resource(module),
            None => None,
        };
        let first = names.first(home.as_ref());
        let empty = |module| TestFile {
            home: home.clone(),
            module,
            feature: feature.clone(),
            examples: Vec::new(),
            requests: Vec::new(),
        };
        files.extend(split(empty(first), &tests, || {
            empty(names.next(home.as_ref()))
        }));
    }
    files
}

/// The names of the files in each folder: those of `types`, those of `resources`, and the file for values without a
/// type.
struct Names {
    types: Scope,
    resources: Scope,
    values: Scope,
    value: Ident,
}

impl Names {
    fn of<'h>(homes: impl Iterator<Item = &'h Option<Home>>) -> Self {
        let (mut types, mut resources) = (Scope::modules(), Scope::modules());
        for home in homes.flatten() {
            match home {
                Home::Types(module) => types.reserve(module),
                Home::Resource(module) => resources.reserve(module),
            }
        }
        let mut values = Scope::modules();
        let value = values.claim("values");
        Self {
            types,
            resources,
            values,
            value,
        }
    }

    /// The name of the first file of a module.
    fn first(&self, home: Option<&Home>) -> Ident {
        match home {
            Some(Home::Types(module) | Home::Resource(module)) => module.clone(),
            None => self.value.clone(),
        }
    }

    /// The name of a further file of a module.
    fn next(&mut self, home: Option<&Home>) -> Ident {
        let first = self.first(home);
        let scope = match home {
            Some(Home::Types(_)) => &mut self.types,
            Some(Home::Resource(_)) => &mut self.resources,
            None => &mut self.values,
        };
        scope.claim(first.plain())
    }
}

/// The module of the first type with a name in a shape.
fn home(types: &[Type], shape: &Shape) -> Option<Home> {
    let id = *shape.named().first()?;
    Some(types[id.0 as usize].home.clone())
}

fn lines(text: &str) -> usize {
    text.lines().count()
}

fn request_lines(request: &RequestExample) -> usize {
    let values = request.values.iter().map(|(_, json)| lines(json) + 1);
    values.sum::<usize>() + request.body.as_deref().map_or(0, lines)
}

/// Splits the tests of a module over as many files as they need.
fn split(
    first: TestFile,
    tests: &[(Test, usize)],
    mut next: impl FnMut() -> TestFile,
) -> Vec<TestFile> {
    let mut files = Vec::new();
    let mut open = first;
    let mut filled = 0;
    for &(test, lines) in tests {
        if filled > 0 && filled + lines > LINES {
            files.push(std::mem::replace(&mut open, next()));
            filled = 0;
        }
        filled += lines;
        match test {
            Test::Example(at) => open.examples.push(at),
            Test::Request(at) => open.requests.push(at),
        }
    }
    files.push(open);
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_module_becomes_several_files_with_names_of_their_own() {
        let home = |name| Some(Home::Resource(Ident::verbatim(name)));
        let (pets, others) = (home("pets"), [home("pets"), home("pets_2")]);
        let mut names = Names::of(others.iter());
        let first = names.first(pets.as_ref());
        let empty = |module| TestFile {
            home: pets.clone(),
            module,
            feature: None,
            examples: Vec::new(),
            requests: Vec::new(),
        };
        let tests = [900, 900, 900, 5000, 10].map(|lines| (Test::Example(lines), lines));
        let files = split(empty(first), &tests, || empty(names.next(pets.as_ref())));
        let files = files.iter();
        let files: Vec<_> = files
            .map(|file| (file.module.as_str(), file.examples.clone()))
            .collect();
        let wanted = [
            ("pets", vec![900, 900]),
            ("pets_3", vec![900]),
            ("pets_4", vec![5000]),
            ("pets_5", vec![10]),
        ];
        assert_eq!(files, wanted);
    }
}
