//! `specwright init`: the configuration that it writes is valid, both as written and with every example enabled.

#[path = "support/command.rs"]
mod support;

use serde_json::Value;
use support::{Dir, SPEC};

/// Swagger 2.0, with a mistake and names that YAML reads as other types.
const OLD: &str = "swagger: '2.0'\ninfo: {title: Old, version: '1'}\nhost: old.example\nschemes: [http]\n\
                   securityDefinitions: {key: {type: apiKey, in: header, name: 'X-Key: x'}}\n\
                   paths:\n  /pets/{id}:\n    get:\n      tags: ['null', 'a \"b\"\\n# c', pets]\n      deprecated: true\n      \
                   operationId: get pet\n      parameters: [{name: id, in: path, required: true, type: string, format: uuid}]\n      \
                   responses: {'200': {description: A pet., schema: {$ref: '#/definitions/Pet'}}, '404': {$ref: '#/responses/no'}}\n\
                   definitions: {Pet: {type: object, properties: {born: {type: string, format: date}}}}\n";

#[test]
fn a_configuration_is_written_once() {
    let dir = Dir::new("init");
    dir.put(
        "museum.yaml",
        include_str!("../examples/build-script/museum.yaml"),
    );
    let run = dir.run(&["init", "museum.yaml"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let text = dir.read("specwright.yaml");
    insta::with_settings!({snapshot_path => "snapshots", prepend_module_to_snapshot => true}, {
        insta::assert_snapshot!("museum", text);
    });
    let run = dir.run(&["init", "museum.yaml"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("is not overwritten"), "{}", run.err);
    assert!(dir.run(&["generate"]).is_well());
    assert!(dir.run(&["generate", "--check"]).is_well());
}

#[test]
fn every_example_in_a_configuration_is_valid() {
    for (name, spec) in [("pets", SPEC), ("old", OLD)] {
        let dir = Dir::new(&format!("init-{name}"));
        let file = format!("{name} 1.yaml");
        dir.put(&file, spec);
        let run = dir.run(&["init", &dir.0.join(&file).to_string_lossy()]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let text = dir.read("specwright.yaml");
        assert!(dir.run(&["generate", "--dry-run"]).is_well(), "{text}");
        let overlay = "overlay: 1.0.0\ninfo: {title: None, version: '1'}\nactions: [{target: $.info, update: {}}]\n";
        dir.put(&format!("{name} 1.overlay.yaml"), overlay);
        let lines = text.lines().map(|line| match line.split_once('#') {
            Some((indent, example)) if !example.starts_with(' ') || example.starts_with("  ") => {
                format!("{indent}{example}\n")
            }
            _ => format!("{line}\n"),
        });
        // An operation that matches both an example of `include` and one of `exclude` would be excluded.
        // The runtime cannot be in two places.
        let lines = lines.filter(|line| {
            let other = ["exclude: [deprecated]", "runtime: ../other-client/runtime"];
            !other.iter().any(|other| line.contains(other))
        });
        dir.put("specwright.yaml", lines.collect::<String>());
        let run = dir.run(&["generate", "--dry-run"]);
        assert!(
            run.is_well(),
            "{}\n{}",
            dir.read("specwright.yaml"),
            run.err
        );
    }
}

/// The keys are those of the JSON Schema of the file.
#[test]
fn a_configuration_shows_every_key() {
    let dir = Dir::new("init-keys");
    dir.put(
        "museum.yaml",
        include_str!("../examples/build-script/museum.yaml"),
    );
    assert!(dir.run(&["init", "museum.yaml"]).is_well());
    let text = dir.read("specwright.yaml");
    let schema: Value = serde_json::from_str(specwright::config::SCHEMA).unwrap();
    let objects = schema["$defs"].as_object().unwrap().values();
    let objects = objects.chain([&schema]);
    let keys = objects.filter_map(|object| object["properties"].as_object());
    let keys: Vec<&String> = keys.flat_map(|keys| keys.keys()).collect();
    assert!(keys.len() > 20, "{keys:?}");
    for key in keys {
        let written = format!("{key}:");
        let places = text.match_indices(&written);
        let mut before = places.filter_map(|(at, _)| text[..at].chars().next_back());
        assert!(before.any(|it| "# \n{".contains(it)), "{key}:\n{text}");
    }
}

#[test]
fn nothing_is_written_for_what_is_no_description() {
    let dir = Dir::new("init-nothing");
    dir.put("a.yaml", "a: 1\n");
    for (file, part) in [
        ("a.yaml", "error[SW0201]"),
        ("b.yaml", "no such file: `b.yaml`"),
        ("https://pets.example/a.yaml", "curl"),
        ("-", "names the file"),
    ] {
        let run = dir.run(&["init", file]);
        assert_ne!(run.code, Some(0));
        assert!(run.err.contains(part), "{}", run.err);
        assert!(!dir.has("specwright.yaml"));
    }
}
