use super::{read, read_api, read_files};
use crate::document::{Version, external_references, resolve_path};
use crate::source::{Sources, parse};

#[track_caller]
fn refused(text: &str, message: &str) {
    read(text, |read| {
        assert!(read.document.is_none());
        assert_eq!(read.messages, [message]);
    });
}

#[test]
fn files_that_are_not_descriptions_are_named() {
    refused(
        "swagger: 1.2\n",
        "error SW0201 1: the version `1.2` of Swagger is not supported",
    );
    refused(
        "a: 1\n",
        "error SW0201 1: not an OpenAPI description: `openapi` is missing",
    );
    refused(
        "info: {title: T, version: '1'}\n",
        "error SW0201 1: the key `openapi` is missing",
    );
    refused(
        "- a\n",
        "error SW0201 1: not an OpenAPI description: expected an object, found an array",
    );
    refused(
        "openapi: 4.0.0\n",
        "error SW0201 1: the version `4.0.0` of OpenAPI is not supported",
    );
    refused(
        "openapi: 3.10.0\n",
        "error SW0201 1: the version `3.10.0` of OpenAPI is not supported",
    );
    refused(
        "openapi: [3]\n",
        "error SW0201 1: `openapi` must be the version, such as `3.1.0`",
    );
}

#[test]
fn versions_are_read_with_and_without_quotes() {
    for text in ["'2.0'", "2.0"] {
        read(&format!("swagger: {text}\ninfo: {{}}\n"), |read| {
            assert_eq!(read.document().version, Version::V2_0);
        });
    }
    for (text, version) in [
        ("'3.0'", Version::V3_0),
        ("3.1", Version::V3_1),
        ("3.2.0-rc1", Version::V3_2),
    ] {
        read(&format!("openapi: {text}\ninfo: {{}}\n"), |read| {
            assert_eq!(read.document().version, version);
        });
    }
}

#[test]
fn all_mistakes_are_found_at_once() {
    let text =
        "tags: 5\nservers: [7]\npaths: []\nsecurity: 1\npathz: {}\ncomponents: {schemes: {}}\n";
    read_api(text, |read| {
        assert_eq!(
            read.messages,
            [
                "warning SW0204 3: `tags` must be an array, not the number 5; it is ignored",
                "warning SW0204 4: a server must be an object, not the number 7; it is ignored",
                "warning SW0205 5: `paths` must be an object; the empty array is read as one",
                "error SW0204 6: `security` must be an array, not the number 1",
                "warning SW0203 7: `pathz` is not a key of a description; it is ignored",
                "error SW0202 8: unknown key `schemes` in `components`",
            ]
        );
    });
}

#[test]
fn a_slip_comes_with_the_change_that_mends_it() {
    read(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n\"serverz\": []\n",
        |read| {
            let fix = &read.only().fixes[0];
            assert_eq!(
                (fix.span.start, fix.span.end, &*fix.replacement),
                (46, 55, "\"servers\"")
            );
        },
    );
}

#[test]
fn a_slip_beside_the_right_key_is_only_ignored() {
    read_api("paths: {}\nservers: []\nserver: []\n", |read| {
        assert_eq!(
            read.messages,
            ["warning SW0203 5: `server` is not a key of a description; it is ignored"]
        );
    });
}

#[test]
fn a_slip_in_the_docs_is_no_error() {
    read_api("tags: [{name: a, descripton: b}]\npaths: {}\n", |read| {
        assert_eq!(
            read.messages,
            ["warning SW0202 3: unknown key `descripton` in a tag"]
        );
    });
}

#[test]
fn an_unknown_key_is_reported_once_with_a_count() {
    read_api(
        "tags: [{name: a, colour: 1}, {name: b, colour: 2}, {name: c, colour: 2}]\npaths: {}\n",
        |read| {
            assert_eq!(
                read.messages,
                ["warning SW0203 3: `colour` is not a key of a tag; it is ignored"]
            );
            assert_eq!(
                read.only().notes,
                ["the same key is ignored in 2 more places"]
            );
        },
    );
}

#[test]
fn known_extensions_are_checked_and_others_ignored() {
    read_api(
        "x-logo: {}\nx-enum: open\ntags: [{name: a, x-rust-nam: b, x-other: c}]\npaths: {}\n",
        |read| {
            assert_eq!(
                read.messages,
                [
                    "warning SW0203 4: `x-enum` is not a key of a description; it is ignored",
                    "warning SW0203 5: the key `x-rust-nam` is ignored, it looks like `x-rust-name`",
                ]
            );
        },
    );
}

#[test]
fn the_head_of_a_description_is_read() {
    let text = "
openapi: 3.2.0
info: {title: Pets, version: 1.0, summary: Short}
servers:
  - url: https://{region}.example:{port}
    name: live
    variables:
      region: {enum: [eu, us]}
      port: {default: 8443}
  - {description: nowhere}
tags: [{name: cats, description: Cats., x-rust-name: felines}, dogs, {name: cats}]
webhooks:
  adopted: {post: {responses: {}}}
";
    read(text, |read| {
        let document = read.document();
        assert_eq!(document.info.title.map(|title| title.text), Some("Pets"));
        assert_eq!(
            document.info.version.map(|version| version.text),
            Some("1.0")
        );
        assert_eq!(document.info.summary, Some("Short"));
        let [live, nowhere] = &document.servers[..] else {
            panic!("two servers")
        };
        assert_eq!(live.name.map(|name| name.text), Some("live"));
        let defaults: Vec<_> = live
            .variables
            .iter()
            .map(|variable| (variable.default.text, &variable.values[..]))
            .collect();
        assert_eq!(defaults, [("eu", &["eu", "us"][..]), ("8443", &[])]);
        assert_eq!(nowhere.url, "/");
        let tags: Vec<_> = document
            .tags
            .iter()
            .map(|tag| (tag.name.text, tag.rust_name.map(|name| name.text)))
            .collect();
        assert_eq!(tags, [("cats", Some("felines")), ("dogs", None)]);
        assert_eq!(
            (
                &*document.webhooks[0].key.text,
                document.webhooks[0].operations[0].method
            ),
            ("adopted", "POST")
        );
        assert_eq!(
            read.messages,
            [
                "warning SW0205 3: `version` must be a string; it is read as `1.0`",
                "warning SW0206 8: a server variable should have `default`",
                "warning SW0205 9: the default of a variable must be a string; it is read as `8443`",
                "warning SW0205 10: a server should have `url`; it is read as `/`",
                "warning SW0205 11: a tag must be an object; this is read as `name: dogs`",
                "warning SW0209 11: the tag `cats` is declared twice; the first one counts",
            ]
        );
    });
}

#[test]
fn external_references_are_listed_once_in_order() {
    let text = "a: {$ref: b.yaml#/x}\nc: [{$ref: './b c.json'}, {$ref: 'b.yaml#/y'}]\nd: {$ref: '#/a'}\ne: {$ref: 'https://x.test/y'}\n";
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text);
    let root = parse(file, &sources, &mut crate::diagnostic::Diagnostics::new()).expect("a tree");
    let paths: Vec<_> = external_references(&root)
        .iter()
        .map(|reference| reference.path)
        .collect();
    assert_eq!(paths, ["b.yaml", "./b c.json"]);
}

#[test]
fn paths_are_resolved_from_the_file_that_refers() {
    assert_eq!(
        resolve_path("spec/api.yaml", "./a%20b.yaml"),
        "spec/a b.yaml"
    );
    assert_eq!(resolve_path("spec/v1/api.yaml", "../c.yaml"), "spec/c.yaml");
    assert_eq!(resolve_path("api.yaml", "../c.yaml"), "../c.yaml");
    assert_eq!(resolve_path("../api.yaml", "../c.yaml"), "../../c.yaml");
    assert_eq!(resolve_path("/spec/api.yaml", "/c%.yaml"), "/c%.yaml");
}

#[test]
fn schemas_of_other_files_are_read_and_refer_back() {
    let main = "
openapi: 3.1.0
info: {title: T, version: '1'}
components:
  schemas:
    Owner: {properties: {pet: {$ref: 'schemas/pet.yaml#/$defs/Pet'}, gone: {$ref: gone.yaml}}}
";
    let pet = "$defs: {Pet: {properties: {owner: {$ref: '../api.yaml#/components/schemas/Owner'}, tag: {$ref: '#/$defs/Tag'}}}, Tag: {type: string}}";
    read_files(
        &[("spec/api.yaml", main), ("spec/schemas/pet.yaml", pet)],
        |read| {
            let pet = read
                .by_id(read.schema("Owner").properties[0].1)
                .reference
                .expect("a reference")
                .0;
            let pet = read.by_id(pet);
            assert_eq!(pet.component, Some("Pet"));
            let behind = |index: usize| {
                read.by_id(
                    read.by_id(pet.properties[index].1)
                        .reference
                        .expect("a reference")
                        .0,
                )
            };
            assert_eq!(behind(0).component, Some("Owner"));
            assert_eq!(behind(1).component, Some("Tag"));
            assert_eq!(
                read.messages,
                [
                    "warning SW0303 6: the file `gone.yaml` was not read: any JSON is accepted instead"
                ]
            );
        },
    );
}

#[test]
fn schemas_in_maps_of_other_files_are_named_after_their_keys() {
    let main = "
openapi: 3.1.0
info: {}
components:
  schemas:
    Holder:
      properties:
        a: {$ref: 'parts.yaml#/schemas/Problem'}
        b: {$ref: 'parts.yaml#/v1/models/Pet'}
        c: {$ref: 'parts.yaml#/Limit/schema'}
        d: {$ref: 'parts.yaml#/schemas/Problem/properties/inner'}
        e: {$ref: 'parts.yaml#/schemas/tags'}
        f: {$ref: 'parts.yaml#/schemas/items'}
        g: {$ref: 'parts.yaml#/models/type/Money'}
        h: {$ref: 'parts.yaml#/only/content'}
        i: {$ref: 'parts.yaml#/bodies/1'}
        j: {$ref: 'parts.yaml#/Missing/content/text~1json/schema'}
        k: {$ref: 'parts.yaml#/schemas/items/items'}
        l: {$ref: 'parts.yaml#/list/0'}
        m: {$ref: 'parts.yaml#/shared/get/parameters/0/schema'}
";
    let parts = "
schemas:
  Problem: {properties: {inner: {type: object}}}
  tags: {type: object}
  items: {items: {type: object}}
v1: {models: {Pet: {type: object}}}
models: {type: {Money: {type: object}}}
only: {content: {type: object}}
bodies: {'1': {type: object}}
list: [{type: object}]
Limit: {name: limit, in: query, schema: {type: integer}}
Missing: {description: M., content: {text/json: {schema: {type: object}}}}
shared: {get: {parameters: [{name: a, in: query, schema: {type: string}}]}}
";
    read_files(&[("api.yaml", main), ("parts.yaml", parts)], |read| {
        let names: Vec<_> = read
            .schema("Holder")
            .properties
            .iter()
            .map(|&(_, id)| {
                read.by_id(read.by_id(id).reference.expect("a reference").0)
                    .component
            })
            .collect();
        let mut expected = vec![Some("Problem"), Some("Pet"), None, None];
        expected.extend(["tags", "items", "Money", "content"].map(Some));
        expected.extend([None; 5]);
        assert_eq!(names, expected);
    });
}

#[test]
fn the_scheme_of_swagger_2_0_is_that_of_the_operations() {
    let text = |schemes: [&str; 2]| {
        let [one, two] = schemes;
        let done = "responses: {'204': {description: Done.}}";
        format!(
            "swagger: '2.0'\ninfo: {{title: a, version: '1'}}\nhost: a.example\npaths:\n  /a: {{get: {{{one}{done}}}, parameters: []}}\n  /b: {{get: {{{two}{done}}}}}\n"
        )
    };
    let missing = "warning SW0205 3: no scheme is listed that a client can use; `https` is used";
    for (schemes, url, own, messages) in [
        (
            ["schemes: [http], "; 2],
            "http://a.example",
            [0, 0],
            &[][..],
        ),
        (
            ["schemes: [http], ", "schemes: [http, https], "],
            "https://a.example",
            [1, 0],
            &[],
        ),
        (
            ["schemes: [http], ", ""],
            "https://a.example",
            [1, 0],
            &[missing],
        ),
        ([""; 2], "https://a.example", [0, 0], &[missing]),
    ] {
        read(&text(schemes), |read| {
            let document = read.document();
            let urls: Vec<_> = document.servers.iter().map(|server| &*server.url).collect();
            assert_eq!(urls, [url], "{schemes:?}");
            let operations = document.paths.iter().flat_map(|path| &path.operations);
            let servers: Vec<_> = operations
                .map(|operation| operation.servers.len())
                .collect();
            assert_eq!(servers, own, "{schemes:?}");
            assert_eq!(read.messages, messages, "{schemes:?}");
        });
    }
}
