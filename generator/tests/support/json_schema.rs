//! Checks values against a JSON Schema. Only the keywords of the schemas in these tests are interpreted.

use serde_json::Value as Json;

/// The locations where a value does not match a schema, with the reasons.
pub(crate) fn faults(root: &Json, schema: &Json, value: &Json, at: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap();
        faults(root, target, value, at, found);
    }
    let types = match &schema["type"] {
        Json::String(one) => vec![one.as_str()],
        Json::Array(all) => all.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    };
    let has = |name: &&str| match *name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        other => panic!("unknown type {other}"),
    };
    if !types.is_empty() && !types.iter().any(has) {
        found.push(format!("{at}: not {}", types.join(" or ")));
        return;
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{at}: not one of the words"));
    }
    if value.as_f64() < schema["minimum"].as_f64() {
        found.push(format!("{at}: below the minimum"));
    }
    let least = schema["minItems"].as_u64();
    let least = least.and_then(|least| usize::try_from(least).ok());
    if value.as_array().is_some_and(|it| Some(it.len()) < least) {
        found.push(format!("{at}: too few elements"));
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = |one: &Json| {
            let mut inner = Vec::new();
            faults(root, one, value, at, &mut inner);
            inner.is_empty()
        };
        if !any.iter().any(fits) {
            found.push(format!("{at}: fits none"));
        }
    }
    for element in value.as_array().into_iter().flatten() {
        faults(root, &schema["items"], element, at, found);
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        let patterns = schema["patternProperties"].as_object();
        let mut patterns = patterns.into_iter().flatten();
        let matching = patterns.find(|(pattern, _)| matches(pattern, key));
        if let Some(own) = schema["properties"].get(key) {
            faults(root, own, inner, &at, found);
        } else if let Some((_, own)) = matching {
            faults(root, own, inner, &at, found);
        } else if schema["additionalProperties"] == Json::Bool(false) {
            found.push(format!("{at}: unknown"));
        } else {
            faults(root, &schema["additionalProperties"], inner, &at, found);
        }
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().unwrap()).is_none() {
            found.push(format!("{at}: {key} is missing"));
        }
    }
}

/// Matches the patterns that occur in the schema.
fn matches(pattern: &str, key: &str) -> bool {
    match pattern {
        "^x-" => key.starts_with("x-"),
        "^/" => key.starts_with('/'),
        _ => {
            key == "default"
                || key.len() == 3 && key.starts_with(|digit| ('1'..='5').contains(&digit))
        }
    }
}
