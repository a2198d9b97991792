//! The descriptions: long chains, wide maps, everything on one line.

use serde_json::{Map, Value as Json, json};

pub(crate) fn reference(section: &str, name: usize) -> Json {
    json!({ "$ref": format!("#/components/{section}/N{name}") })
}

pub(crate) fn document(section: &str, named: Map<String, Json>, paths: &Json) -> String {
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1" },
        "paths": paths,
    });
    document["components"][section] = Json::Object(named);
    document.to_string()
}

/// Components each of which contains a reference to the next one, made by `link`, and the last one.
pub(crate) fn chain(
    section: &str,
    length: usize,
    link: impl Fn(usize, Json) -> Json,
    last: &Json,
) -> Map<String, Json> {
    let links = (0..length).map(|index| {
        let next = reference(section, index + 1);
        (format!("N{index}"), link(index, next))
    });
    let last = (format!("N{length}"), last.clone());
    links.chain([last]).collect()
}

/// A description whose only operation responds with the first of a chain of schemas.
fn schemas(length: usize, link: impl Fn(usize, Json) -> Json) -> String {
    let last = json!({ "type": "object", "properties": { "end": { "type": "string" } } });
    let named = chain("schemas", length, link, &last);
    document("schemas", named, &one_response(&reference("schemas", 0)))
}

pub(crate) fn one_response(schema: &Json) -> Json {
    let content = json!({ "application/json": { "schema": schema } });
    json!({ "/a": { "get": { "responses": { "200": { "description": "d", "content": content } } } } })
}

/// A description with a chain of things other than schemas, each only a reference to the next.
fn things(section: &str, length: usize, last: &Json, operation: &Json) -> String {
    let named = chain(section, length, |_, next| next, last);
    document(section, named, &json!({ "/a": { "post": operation } }))
}

pub(crate) fn many(length: usize, entry: impl Fn(usize) -> (String, Json)) -> Json {
    (0..length).map(entry).collect::<Map<_, _>>().into()
}

/// Descriptions by the name of their shape.
pub(crate) type Shapes = Vec<(&'static str, String)>;

/// Chains of schemas.
pub(crate) fn of_schemas(n: usize) -> Shapes {
    let string = json!({ "type": "string" });
    let ring = |n: usize| {
        let next = move |index: usize| reference("schemas", (index + 1) % n);
        schemas(
            n,
            move |index, _| json!({ "type": "object", "required": ["next"], "properties": { "next": next(index) } }),
        )
    };
    let alias_ring = |n: usize| {
        let next = move |index: usize| reference("schemas", (index + 1) % n);
        schemas(
            n,
            move |index, _| json!({ "type": "array", "items": next(index) }),
        )
    };
    let inline = |n: usize, last: &str| {
        schemas(n, |index, _| {
            let next = format!("#/components/schemas/N{}/properties/{last}", index + 1);
            json!({ "type": "object", "properties": { "end": { "$ref": next } } })
        })
    };
    vec![
        ("references", schemas(n, |_, next| next)),
        (
            "required",
            schemas(
                n,
                |_, next| json!({ "type": "object", "required": ["next"], "properties": { "next": next } }),
            ),
        ),
        (
            "optional",
            schemas(n, |_, next| json!({ "properties": { "next": next } })),
        ),
        ("ring", ring(n)),
        ("alias_ring", alias_ring(n)),
        (
            "arrays",
            schemas(n, |_, next| json!({ "type": "array", "items": next })),
        ),
        (
            "maps",
            schemas(
                n,
                |_, next| json!({ "type": "object", "additionalProperties": next }),
            ),
        ),
        ("all_of", schemas(n, |_, next| json!({ "allOf": [next] }))),
        ("one_of", schemas(n, |_, next| json!({ "oneOf": [next] }))),
        (
            "any_of",
            schemas(n, |_, next| json!({ "anyOf": [next, { "type": "null" }] })),
        ),
        (
            "unions",
            schemas(n, |_, next| json!({ "oneOf": [next, string] })),
        ),
        (
            "tuples",
            schemas(
                n,
                |_, next| json!({ "type": "array", "prefixItems": [next], "items": false }),
            ),
        ),
        ("inline", inline(n, "end")),
        (
            "anchors",
            schemas(n, |index, _| {
                let next = format!("#a{}", (index + 1) % n);
                json!({ "$anchor": format!("a{index}"), "properties": { "next": { "$ref": next } } })
            }),
        ),
        (
            "dangling",
            schemas(
                n,
                |index, _| json!({ "$ref": format!("#/components/schemas/Z{index}") }),
            ),
        ),
        (
            "branching",
            schemas(
                n,
                |_, next| json!({ "type": "object", "required": ["a", "b"], "properties": { "a": next, "b": next } }),
            ),
        ),
    ]
}

/// Chains of other things.
pub(crate) fn of_things(n: usize) -> Shapes {
    let done = json!({ "200": { "description": "d" } });
    let parameter = json!({ "name": "p", "in": "query", "schema": { "type": "string" } });
    let text = json!({ "text/plain": { "schema": { "type": "string" } } });
    let body = json!({ "content": text });
    let header = json!({ "schema": { "type": "string" } });
    let headers =
        json!({ "200": { "description": "d", "headers": { "X-A": reference("headers", 0) } } });
    let item = json!({ "get": { "responses": done } });
    let callback = json!({ "{$request.body#/url}": { "post": { "responses": done } } });
    let circle = |n: usize| {
        let named = chain("responses", n, |_, next| next, &reference("responses", 0));
        let responses = json!({ "200": reference("responses", 0) });
        document(
            "responses",
            named,
            &json!({ "/a": { "get": { "responses": responses } } }),
        )
    };
    vec![
        (
            "parameters",
            things(
                "parameters",
                n,
                &parameter,
                &json!({
            "parameters": [reference("parameters", 0)], "responses": done }),
            ),
        ),
        (
            "bodies",
            things(
                "requestBodies",
                n,
                &body,
                &json!({
            "requestBody": reference("requestBodies", 0), "responses": done }),
            ),
        ),
        (
            "responses",
            things(
                "responses",
                n,
                &json!({ "description": "d", "content": text }),
                &json!({
            "responses": { "200": reference("responses", 0) } }),
            ),
        ),
        (
            "headers",
            things("headers", n, &header, &json!({ "responses": headers })),
        ),
        (
            "path_items",
            things("pathItems", n, &item, &json!({ "responses": done })),
        ),
        (
            "callbacks",
            things(
                "callbacks",
                n,
                &callback,
                &json!({
            "callbacks": { "c": reference("callbacks", 0) }, "responses": done }),
            ),
        ),
        (
            "lost",
            things(
                "responses",
                n,
                &reference("responses", n + 7),
                &json!({
            "responses": { "200": reference("responses", 0) } }),
            ),
        ),
        ("circle", circle(n)),
    ]
}

/// Many things beside each other.
pub(crate) fn wide(n: usize) -> Shapes {
    let done = json!({ "200": { "description": "d" } });
    let operations = |tag: fn(usize) -> String, id: fn(usize) -> String| {
        let paths = many(n, |index| {
            let operation =
                json!({ "tags": [tag(index)], "operationId": id(index), "responses": done });
            (format!("/p{index}"), json!({ "get": operation }))
        });
        document("schemas", Map::new(), &paths)
    };
    let one = |schema: Json| {
        document(
            "schemas",
            Map::from_iter([("N0".to_owned(), schema)]),
            &json!({}),
        )
    };
    let warnings = many(n, |index| {
        (
            format!("N{index}"),
            json!({ "type": "object", "ü": 1, "typo": index, "x": { "y": 1 } }),
        )
    });
    let flows = (0..n).map(|index| {
        format!("  N{index}: {{\n  'enum': ['a',\n 'b'\n]}} # specwright: allow(SW0016) so\n")
    });
    vec![
        (
            "tags",
            operations(|index| format!("t{index}"), |index| format!("o{index}")),
        ),
        ("ids", operations(|_| "t".to_owned(), |_| "o".to_owned())),
        (
            "names",
            one(
                json!({ "enum": (0..n).map(|index| format!("{}a", ".".repeat(index % 7 + 1)) + &"-".repeat(index / 7)).collect::<Vec<_>>() }),
            ),
        ),
        (
            "values",
            one(json!({ "enum": (0..n).map(|index| format!("v{index}")).collect::<Vec<_>>() })),
        ),
        (
            "properties",
            one(
                json!({ "properties": many(n, |index| (format!("p{index}"), json!({ "type": "string" }))) }),
            ),
        ),
        (
            "one_line",
            document("schemas", warnings.as_object().unwrap().clone(), &json!({})),
        ),
        (
            "flows",
            format!(
                "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{}}}}\nx-a:\n{}",
                flows.collect::<String>()
            ),
        ),
    ]
}

/// Schemas that are composed of many others, or that many others extend.
pub(crate) fn composed(n: usize) -> Shapes {
    let own =
        |index: usize| json!({ "properties": { (format!("p{index}")): { "type": "string" } } });
    let parts = |part: &dyn Fn(usize) -> Json| -> Vec<Json> { (0..n).map(part).collect() };
    let one = |schema: Json| {
        let named = Map::from_iter([("N0".to_owned(), schema)]);
        document("schemas", named, &one_response(&reference("schemas", 0)))
    };
    let base = json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string" } }, "discriminator": { "propertyName": "kind" } });
    let extended = |discriminator: &Json| {
        let named = chain(
            "schemas",
            n,
            |index, next| json!({ "allOf": [next, own(index)], "discriminator": discriminator }),
            &base,
        );
        document("schemas", named, &one_response(&reference("schemas", n)))
    };
    let same = |index: usize| json!({ "properties": { "same": { "type": "string", "minLength": index } } });
    let values: Vec<String> = (0..n).map(|index| format!("v{index}")).collect();
    let listed = json!({ "type": "string", "enum": values });
    let tagged =
        |index: usize| json!({ "properties": { "kind": { "const": format!("k{index}") } } });
    let mut hub = Map::from_iter([(
        "H".to_owned(),
        json!({ "properties": many(n, |index| (format!("p{index}"), reference("schemas", index))) }),
    )]);
    let spoke = json!({ "properties": { "hub": { "$ref": "#/components/schemas/H" } } });
    hub.extend((0..n).map(|index| (format!("N{index}"), spoke.clone())));
    let joined = |index: usize| json!({ "properties": { "same": own(index) } });
    let narrowed = |least: &str| {
        let property = |index: usize| {
            (
                format!("p{index}"),
                json!({ "type": "string", (least): index }),
            )
        };
        json!({ "properties": many(n, property) })
    };
    let bases = |n: usize| {
        let discriminator = json!({ "propertyName": "kind" });
        let link = |index: usize, next: Json| json!({ "allOf": [next, own(index)], "discriminator": discriminator });
        let named = chain("schemas", n, link, &base);
        document("schemas", named, &json!({}))
    };
    let mut listed_base = base.clone();
    listed_base["properties"]["kind"]["enum"] = (0..n).map(|index| format!("N{index}")).collect();
    let child =
        |index: usize| json!({ "allOf": [{ "$ref": "#/components/schemas/B" }, own(index)] });
    let mut family: Map<String, Json> = (0..n)
        .map(|index| (format!("N{index}"), child(index)))
        .collect();
    family.insert("B".to_owned(), listed_base);
    vec![
        ("same", one(json!({ "allOf": parts(&same) }))),
        ("same_objects", one(json!({ "allOf": parts(&joined) }))),
        (
            "same_twice",
            one(json!({ "allOf": [narrowed("minLength"), narrowed("maxLength")] })),
        ),
        (
            "adding_same",
            schemas(n / 2, |index, next| json!({ "allOf": [next, same(index)] })),
        ),
        ("bases", bases(n / 2)),
        ("family", document("schemas", family, &json!({}))),
        (
            "adding",
            schemas(n, |index, next| json!({ "allOf": [next, own(index)] })),
        ),
        (
            "described",
            schemas(
                n,
                |index, next| json!({ "allOf": [next, { "description": index.to_string() }] }),
            ),
        ),
        ("parts", one(json!({ "allOf": parts(&own) }))),
        (
            "parts_with_values",
            one(json!({ "allOf": [listed, listed] })),
        ),
        (
            "parts_with_alternatives",
            one(
                json!({ "properties": { "a": {} }, "allOf": parts(&|index| json!({ "oneOf": [own(index), same(index)] })) }),
            ),
        ),
        ("alternatives", one(json!({ "oneOf": parts(&own) }))),
        ("any_alternatives", one(json!({ "anyOf": parts(&own) }))),
        ("tagged", one(json!({ "oneOf": parts(&tagged) }))),
        ("extended", extended(&Json::Null)),
        ("hub", document("schemas", hub, &json!({}))),
    ]
}
