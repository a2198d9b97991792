//! Descriptions with many operations, or with one operation that has many parts.

use serde_json::{Map, Value as Json, json};

use crate::shapes::{Shapes, chain, document, many, one_response, reference};

/// An operation with many parameters, fields or media types.
pub(crate) fn of_inputs(n: usize) -> Shapes {
    let done = json!({ "200": { "description": "d" } });
    let string = json!({ "type": "string" });
    let one = |path: &str, operation: Json| {
        document(
            "schemas",
            Map::new(),
            &json!({ path: { "post": operation } }),
        )
    };
    let path: Vec<String> = (0..n).map(|index| format!("/{{p{index}}}")).collect();
    let path = path.concat();
    let described: Vec<Json> = (0..n)
        .map(|index| json!({ "name": format!("p{index}"), "in": "path", "required": true, "schema": string }))
        .collect();
    let queries: Vec<Json> = (0..n)
        .map(|index| json!({ "name": format!("p{index}"), "in": "query", "schema": string }))
        .collect();
    let content = |media_type: fn(usize) -> String| {
        many(n, |index| {
            let schema = json!({ "properties": { (format!("p{index}")): string } });
            (media_type(index), json!({ "schema": schema }))
        })
    };
    let media = content(|index| format!("application/x{index}+json"));
    let body_types = content(|index| format!("application/json; v={index}"));
    let fields = many(n, |index| (format!("p{index}"), string.clone()));
    let encoding = many(n, |index| {
        (format!("p{index}"), json!({ "contentType": "text/plain" }))
    });
    let form = json!({ "schema": { "properties": fields }, "encoding": encoding });
    let response = json!({ "200": { "description": "d", "content": media } });
    let form = json!({ "content": { "multipart/form-data": form } });
    let body = json!({ "content": body_types });
    let nested = |_, next: Json| {
        let properties = many(n, |index| (format!("p{index}"), next.clone()));
        let required: Vec<String> = (0..n).map(|index| format!("p{index}")).collect();
        json!({ "type": "object", "required": required, "properties": properties })
    };
    let nested = chain(
        "schemas",
        4,
        nested,
        &json!({ "type": "string", "example": "a" }),
    );
    let whole = json!({ "application/json": { "schema": reference("schemas", 0) } });
    let whole = json!({ "content": whole, "required": true });
    vec![
        (
            "path_parameters",
            one(&path, json!({ "parameters": described, "responses": done })),
        ),
        ("undescribed", one(&path, json!({ "responses": done }))),
        (
            "queries",
            one("/a", json!({ "parameters": queries, "responses": done })),
        ),
        ("media_types", one("/a", json!({ "responses": response }))),
        (
            "form",
            one("/a", json!({ "requestBody": form, "responses": done })),
        ),
        (
            "body_types",
            one("/a", json!({ "requestBody": body, "responses": done })),
        ),
        // Each value of the body has as many values as the first one.
        (
            "nested_body",
            document(
                "schemas",
                nested,
                &json!({ "/a": { "post": { "requestBody": whole, "responses": done } } }),
            ),
        ),
    ]
}

/// Many operations.
pub(crate) fn of_operations(n: usize) -> Shapes {
    let done = json!({ "200": { "description": "d" } });
    let string = json!({ "type": "string" });
    let types = (0..n).map(|index| {
        (
            format!("N{index}"),
            json!({ "properties": { "a": string } }),
        )
    });
    let tags = many(n, |index| {
        let operation = json!({ "tags": [format!("t{index}")], "responses": done });
        (format!("/p{index}"), json!({ "get": operation }))
    });
    let mut declared: Json =
        serde_json::from_str(&document("schemas", types.collect(), &tags)).unwrap();
    declared["tags"] = (0..n)
        .map(|index| json!({ "name": format!("t{index}") }))
        .collect();
    let own = many(n, |index| {
        let order = json!({ "name": "order", "in": "query", "schema": { "enum": ["a", "b"] } });
        let servers = json!([{ "url": format!("https://s{index}.example") }]);
        let get = json!({ "parameters": [order], "servers": servers, "responses": done });
        (format!("/p{index}"), json!({ "get": get }))
    });
    let sharing = many(n, |index| {
        let response = &one_response(&reference("schemas", index))["/a"]["get"]["responses"];
        (
            format!("/p{index}"),
            json!({ "get": { "tags": [format!("t{index}")], "responses": response } }),
        )
    });
    let shared = chain(
        "schemas",
        n,
        |_, next| json!({ "properties": { "next": next } }),
        &string,
    );
    vec![
        ("declared_tags", declared.to_string()),
        ("shared", document("schemas", shared, &sharing)),
        ("inputs_and_servers", document("schemas", Map::new(), &own)),
    ]
}
