//! The layout of the files for large descriptions, which the tests generate.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use specwright::{Options, generate};

/// The files of a description, with their texts. Each test has a separate directory.
fn files(name: &str, text: &str) -> Vec<(String, String)> {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&dir).unwrap();
    let path = dir.join("zoo.yaml");
    fs::write(&path, text).unwrap();
    let run = generate(&[path], &Options::new("cases", "test"));
    let tree = run.tree.expect("it is right");
    let owned = |(path, text): (&str, &str)| (path.to_owned(), text.to_owned());
    tree.iter().map(owned).collect()
}

fn text_of<'a>(files: &'a [(String, String)], path: &str) -> &'a str {
    let found = files.iter().find(|(own, _)| own == path);
    &found.unwrap_or_else(|| panic!("no {path}")).1
}

/// Sixty operations on cats and sixty on dogs, so many that the API is compiled in parts.
fn many_pets() -> String {
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths:\n");
    for (tag, schema) in [("cats", "Cat"), ("dogs", "Dog")] {
        for number in 0..60 {
            let section = number % 4;
            writeln!(
                text,
                "  /{tag}/part{section}/{number}: {{get: {{tags: [{tag}], responses: {{'200': {{description: One., \
                 content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}}}}}}}",
            )
            .unwrap();
        }
    }
    text + "components:\n  schemas:\n    Cat: {type: object, properties: {name: {$ref: '#/components/schemas/Name'}}}\n\
            \x20   Dog: {type: object, properties: {name: {$ref: '#/components/schemas/Name'}}}\n\
            \x20   Name: {type: object, properties: {first: {type: string}}}\n\
            \x20   Cats: {type: object, properties: {count: {type: integer}}}\n"
}

#[test]
fn types_of_one_feature_have_their_own_folder() {
    let files = files("folders", &many_pets());
    let index = text_of(&files, "src/zoo/types/mod.rs");
    let expected = "#[cfg(feature = \"zoo-cats\")]\nmod cats;\n#[cfg(feature = \"zoo-dogs\")]\nmod dogs;\nmod name;\n\
                    #[cfg(feature = \"zoo-other-types\")]\nmod other;\n";
    assert!(index.contains(expected), "{index}");
    let folder = text_of(&files, "src/zoo/types/cats/mod.rs");
    assert!(
        folder.ends_with("mod cat;\n\npub use cat::*;\n"),
        "{folder}"
    );
    text_of(&files, "src/zoo/types/other/cats.rs");
    let cat = text_of(&files, "src/zoo/types/cats/cat.rs");
    assert!(cat.contains("use crate::zoo::types;\n"), "{cat}");
    assert!(cat.contains("pub name: Option<types::Name>,"), "{cat}");
}

/// The features that a file needs, beside the core: those of its folder or module.
fn features<'a>(index: &'a str, module: &str) -> Option<&'a str> {
    let found = index.split_once(&format!("mod {module};\n"));
    let (before, _) = found.unwrap_or_else(|| panic!("no {module} in {index}"));
    let (condition, visibility) = before.rsplit_once('\n').unwrap_or(("", before));
    assert!(matches!(visibility, "" | "pub "), "{visibility}");
    let condition = condition.rsplit('\n').next()?;
    condition
        .strip_prefix("#[cfg(feature = \"")?
        .strip_suffix("\")]")
}

/// An inline type that two resources use is in the module of one of them, which is then compiled with both.
#[test]
fn a_part_is_compiled_with_what_it_uses() {
    let shared = "  /both/NUMBER: {get: {tags: [TAG], responses: {'200': {$ref: '#/components/responses/Both'}}}}\n";
    let shared = |tag: &str| shared.replace("NUMBER", tag).replace("TAG", tag);
    let paths = format!(
        "{}{}components:\n  schemas:\n",
        shared("cats"),
        shared("dogs")
    );
    let text = many_pets().replace("components:\n  schemas:\n", &paths);
    let text = text.replace(
        "Cats: {type: object, properties: {",
        "Cats: {type: object, properties: {dog: {$ref: '#/components/schemas/Tail'}, ",
    );
    let text = text.replace(
        "Dog: {type: object, properties: {",
        "Dog: {type: object, properties: {tail: {$ref: '#/components/schemas/Tail'}, ",
    );
    let both = "    Tail: {type: object}\n  responses:\n    Both: {description: Both., content: {application/json: {schema: {type: object, \
                properties: {count: {type: integer}}}}}}\n";
    let files = files("parts", &(text + both));
    let resources = text_of(&files, "src/zoo/resources/mod.rs");
    assert_eq!(features(resources, "cats"), None);
    assert_eq!(features(resources, "dogs"), Some("zoo-dogs"));
    let types = text_of(&files, "src/zoo/types/mod.rs");
    // The module of cats is always compiled, and so is what its operations use.
    assert_eq!(features(types, "cat"), None);
    // A type that no operation uses has a part of its own, so what it shares with another part is in the core.
    assert_eq!(features(types, "tail"), None);
    assert_eq!(features(types, "other"), Some("zoo-other-types"));
}

#[test]
fn a_link_never_leads_to_another_part() {
    let links =
        "[name](#/components/schemas/Name), [cat](#/components/schemas/Cat), [dogs](#tag/dogs)";
    let text = many_pets().replace(
        "    Cat: {",
        &format!("    Cat: {{description: '{links}', "),
    );
    let text = text.replace("title: Zoo", &format!("title: Zoo, description: '{links}'"));
    let files = files("links", &text);
    let cat = text_of(&files, "src/zoo/types/cats/cat.rs");
    let expected = "[name](crate::zoo::types::Name), [cat](crate::zoo::types::Cat), dogs.";
    assert!(cat.contains(expected), "{cat}");
    let module = text_of(&files, "src/zoo/mod.rs");
    let expected = "//! [name](crate::zoo::types::Name), cat, dogs.\n";
    assert!(module.contains(expected), "{module}");
}

#[test]
fn webhooks_have_a_feature_and_a_folder() {
    let hooks = "    Born: {type: object, properties: {weight: {type: integer}}}\nwebhooks:\n  born: {post: {requestBody: \
                 {content: {application/json: {schema: {$ref: '#/components/schemas/Born'}}}}}}\n  \
                 named: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}}}\n";
    let files = files("hooks", &(many_pets() + hooks));
    let module = text_of(&files, "src/zoo/mod.rs");
    let condition = "#[cfg(feature = \"zoo-webhook-events\")]\n";
    assert!(
        module.contains(&format!("{condition}pub mod webhooks;")),
        "{module}"
    );
    let index = text_of(&files, "src/zoo/types/mod.rs");
    assert!(
        index.contains(&format!("{condition}mod webhook_events;")),
        "{index}"
    );
    assert!(
        index.contains("\nmod cat;\n"),
        "the operations use it too: {index}"
    );
    text_of(&files, "src/zoo/types/webhook_events/born.rs");
    let webhooks = text_of(&files, "src/zoo/webhooks.rs");
    assert!(webhooks.contains("Born(types::Born),"), "{webhooks}");
}

#[test]
fn a_resource_with_many_operations_is_spread_by_its_paths() {
    let files = files("sections", &many_pets());
    let sections: BTreeSet<&str> = files
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("src/zoo/resources/cats/"))
        .collect();
    let expected = ["part0.rs", "part1.rs", "part2.rs", "part3.rs"];
    assert_eq!(sections, expected.into());
    let section = text_of(&files, "src/zoo/resources/cats/part1.rs");
    assert_eq!(section.matches("pub fn ").count(), 15);
}

/// Also where the description has the sections in another order.
#[test]
fn an_inline_type_of_several_sections_is_in_the_first_by_name() {
    let head = "openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths:\n";
    let tail = "components:\n  responses:\n    One: {description: One., content: {application/json: {schema: {type: object, \
                properties: {count: {type: integer}}}}}}\n";
    let path = |section: usize, number: usize| {
        format!(
            "  /cats/part{section}/{number}: {{get: {{tags: [cats], responses: {{'200': \
             {{$ref: '#/components/responses/One'}}}}}}}}\n"
        )
    };
    for order in [[0, 1, 2, 3], [3, 2, 1, 0]] {
        let sections = order.into_iter();
        let paths: String = sections
            .flat_map(|section| (0..15).map(move |number| path(section, number)))
            .collect();
        let files = files("shared", &format!("{head}{paths}{tail}"));
        let first = text_of(&files, "src/zoo/resources/cats/part0.rs");
        assert!(first.contains("pub struct "), "{order:?}");
        let second = text_of(&files, "src/zoo/resources/cats/part3.rs");
        assert!(!second.contains("pub struct "), "{order:?}");
    }
}

#[test]
fn long_schemas_and_long_operations_are_spread_too() {
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths:\n");
    for name in ["feed", "wash"] {
        write!(text, "  /pets/{name}: {{get: {{tags: [pets], parameters: [").unwrap();
        for number in 0..150 {
            write!(
                text,
                "{{name: {name}{number}, in: query, schema: {{type: string}}}}, "
            )
            .unwrap();
        }
        text.push_str("], responses: {'204': {description: Done.}}}}\n");
    }
    text.push_str("components:\n  schemas:\n    Pet:\n      type: object\n      properties:\n");
    for number in 0..40 {
        write!(text, "        part{number}: {{type: object, properties: {{").unwrap();
        for inner in 0..30 {
            write!(text, "inner{inner}: {{type: string}}, ").unwrap();
        }
        text.push_str("}}\n");
    }
    let files = files("long", &text);
    text_of(&files, "src/zoo/resources/pets/feed.rs");
    text_of(&files, "src/zoo/resources/pets/wash.rs");
    let pet = text_of(&files, "src/zoo/types/pet.rs");
    assert!(pet.contains("pub part7: Option<PetPart7>,"), "{pet}");
    let part = text_of(&files, "src/zoo/types/pet_part7.rs");
    assert!(part.contains("pub struct PetPart7 {"), "{part}");
    let longest = files.iter().map(|(_, text)| text.lines().count()).max();
    assert!(longest < Some(3000), "{longest:?}");
}

#[test]
fn a_section_of_further_forms_alone_has_no_examples() {
    let head = "openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths:\n  /pets:\n    post:\n      tags: [pets]\n";
    let mut text = head.to_owned() + "      parameters:\n";
    for number in 0..200 {
        writeln!(
            text,
            "        - {{name: p{number}, in: query, schema: {{type: string}}}}"
        )
        .unwrap();
    }
    let json = "{schema: {type: object, properties: {name: {type: string}}}}";
    let parts = "{schema: {type: object, properties: {photo: {type: string, format: binary}}}}";
    writeln!(
        text,
        "      requestBody: {{content: {{application/json: {json}, multipart/form-data: {parts}}}}}\n      \
         responses: {{'204': {{description: Done.}}}}",
    )
    .unwrap();
    let files = files("forms", &text);
    let within = |folder: &str| {
        let paths = files.iter().map(|(path, _)| path);
        paths.filter(|path| path.starts_with(folder)).count()
    };
    assert_eq!(within("src/zoo/resources/pets/"), 2);
    assert_eq!(within("src/zoo/examples/pets/"), 1);
}

#[test]
fn the_setters_of_a_long_record_have_a_file_of_their_own() {
    let mut text = String::from(
        "openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths:\n  /pets: {post: {requestBody: {content: \
         {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {'204': {description: Done.}}}}\n\
         components:\n  schemas:\n    Name: {type: object, properties: {first: {type: string}}}\n    Pet:\n      \
         type: object\n      required: [id]\n      properties:\n        id: {type: string}\n        \
         name: {$ref: '#/components/schemas/Name'}\n",
    );
    for number in 0..200 {
        writeln!(text, "        part{number}: {{type: string}}").unwrap();
    }
    let files = files("setters", &text);
    let pet = text_of(&files, "src/zoo/types/pet.rs");
    assert!(pet.contains("mod setters;\n"), "{pet}");
    assert!(
        pet.contains("pub fn new(id: impl Into<String>) -> Self"),
        "{pet}"
    );
    assert!(!pet.contains("pub fn part7("), "{pet}");
    let setters = text_of(&files, "src/zoo/types/pet/setters.rs");
    assert!(
        setters.contains("use crate::zoo::types::*;\n\nimpl Pet {"),
        "{setters}"
    );
    assert!(
        setters.contains("pub fn name(mut self, name: Name) -> Self"),
        "{setters}"
    );
    assert!(
        setters.contains("pub fn part7(mut self, part7: impl Into<String>) -> Self"),
        "{setters}"
    );
}

/// The number of paths through such schemas grows too fast to follow each of them.
#[test]
fn schemas_that_all_refer_to_each_other_are_gone_through_once() {
    for keyword in ["oneOf", "anyOf", "allOf"] {
        let mut text =
            String::from("openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths: {}\n");
        text.push_str("components:\n  schemas:\n");
        for own in 0..16 {
            let others = (0..16).filter(|other| *other != own);
            let others = others.map(|other| format!("{{$ref: '#/components/schemas/S{other}'}}"));
            let others = others.collect::<Vec<_>>().join(", ");
            writeln!(text, "    S{own}: {{{keyword}: [{others}]}}").unwrap();
        }
        let files = files(&format!("dense_{keyword}"), &text);
        assert!(text_of(&files, "src/zoo/types/s15.rs").contains("S15"));
    }
}
