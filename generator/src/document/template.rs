//! Templates: paths and URLs with names in braces.

use hashbrown::HashSet;

/// The names in the braces of a template, in order, with duplicates.
pub(crate) fn placeholders(template: &str) -> Vec<&str> {
    pieces(template).filter_map(|piece| piece.name).collect()
}

/// The texts that can be runtime expressions: the whole text if it begins with `$`, otherwise each text in braces.
pub(crate) fn expressions(text: &str) -> Vec<&str> {
    if text.starts_with('$') {
        vec![text]
    } else {
        placeholders(text)
    }
}

/// Replaces each placeholder for which `value` returns a text. The other placeholders stay. Inserted text is not
/// searched for placeholders.
pub(crate) fn filled<'v>(template: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut text = String::with_capacity(template.len());
    for Piece { literal, name } in pieces(template) {
        text.push_str(literal);
        match name.map(|name| (name, value(name))) {
            Some((_, Some(value))) => text.push_str(value),
            Some((name, None)) => {
                text.push('{');
                text.push_str(name);
                text.push('}');
            }
            None => {}
        }
    }
    text
}

/// Reduces the placeholders of a router's template to their names: `{id:[0-9]+}`, `{id=things/*}`, and if `is_name`
/// holds for the name, `{id?}`, `{path*}`, `{*path}`, `{proxy+}`, `{+path}` and `{path...}`. A placeholder for which
/// `is_name` holds as written is not changed.
pub(crate) fn named(template: &str, is_name: impl Fn(&str) -> bool) -> String {
    let mut text = String::with_capacity(template.len());
    for Piece { literal, name } in routed(template) {
        text.push_str(literal);
        if let Some(inner) = name {
            text.push('{');
            text.push_str(bare(inner, &is_name).map_or(inner, |(name, _)| name));
            text.push('}');
        }
    }
    text
}

/// The names of the placeholders that match several segments of a path, with the slashes between them: `{path*}`,
/// `{*path}`, `{proxy+}`, `{+path}`, `{path...}`, `{path:.*}`, `{path:path}` and `{name=things/*}`.
pub(crate) fn of_segments(template: &str, is_name: impl Fn(&str) -> bool) -> HashSet<&str> {
    let inner = routed(template).filter_map(|piece| piece.name);
    let bare = inner.filter_map(|inner| bare(inner, &is_name));
    bare.filter_map(|(name, takes_segments)| takes_segments.then_some(name))
        .collect()
}

/// The pieces of a router's template. Its placeholders may contain braces.
fn routed(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = Some(template);
    std::iter::from_fn(move || {
        let text = rest?;
        let found = text.split_once('{');
        let found = found.and_then(|(literal, from)| Some((literal, balanced(from)?)));
        let Some((literal, (inner, after))) = found else {
            rest = None;
            return Some(Piece {
                literal: text,
                name: None,
            });
        };
        rest = Some(after);
        Some(Piece {
            literal,
            name: Some(inner),
        })
    })
}

/// The text before the closing brace that matches an opening one in front of the text, and the text after it.
fn balanced(text: &str) -> Option<(&str, &str)> {
    let mut open = 0_usize;
    let end = text.find(|c: char| {
        open += usize::from(c == '{');
        if c == '}' && open > 0 {
            open -= 1;
            return false;
        }
        c == '}'
    })?;
    Some((&text[..end], &text[end + 1..]))
}

/// The name in a router's placeholder, and whether it matches several segments.
fn bare<'t>(inner: &'t str, is_name: &impl Fn(&str) -> bool) -> Option<(&'t str, bool)> {
    if is_name(inner) {
        return None;
    }
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let name = inner.trim_start_matches(['*', '+']);
    let (name, more) = match name.strip_suffix("...") {
        Some(name) => (name, "..."),
        None => name.split_at(name.find(|c| !of_name(c)).unwrap_or(name.len())),
    };
    let is_known = match more.chars().next() {
        Some(':' | '=') => inner.starts_with(of_name),
        Some('?' | '*' | '+') => more.len() == 1 && is_name(name),
        Some('.') | None => is_name(name),
        Some(_) => false,
    };
    let takes_segments = inner.starts_with(['*', '+']) || are_segments(more);
    (is_known && !name.is_empty()).then_some((name, takes_segments))
}

/// Whether the text after the name of a placeholder matches several segments.
fn are_segments(more: &str) -> bool {
    if let Some(pattern) = more.strip_prefix(':') {
        let pattern = pattern.trim_start_matches(['^', '(']);
        let pattern = pattern.trim_end_matches(['$', ')', '?']);
        return matches!(pattern, "path" | ".*" | ".+" | "*" | "**");
    }
    match more.strip_prefix('=') {
        Some(pattern) => pattern.contains('/') || pattern.contains("**"),
        None => matches!(more, "*" | "+" | "..."),
    }
}

/// A literal and the placeholder after it; the last piece has no placeholder.
struct Piece<'t> {
    literal: &'t str,
    name: Option<&'t str>,
}

/// The pieces of a template. Braces without a name, or without a closing brace, are literal.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = Some(template);
    std::iter::from_fn(move || {
        let text = rest?;
        // The opening brace of a name is the last one before its closing brace.
        let mut from = 0;
        let found = text.match_indices('}').find_map(|(end, _)| {
            let before = &text[std::mem::replace(&mut from, end + 1)..end];
            let name = &before[before.rfind('{')? + 1..];
            (!name.is_empty()).then_some((end - name.len() - 1, name))
        });
        let Some((start, name)) = found else {
            rest = None;
            return Some(Piece {
                literal: text,
                name: None,
            });
        };
        rest = Some(&text[start + name.len() + 2..]);
        Some(Piece {
            literal: &text[..start],
            name: Some(name),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_wherever_they_stand() {
        for (template, names) in [
            ("/a/{b}/{c}.json", &["b", "c"][..]),
            ("/{x}-{y}{x}", &["x", "y", "x"]),
            ("/{a/b}?q={c}", &["a/b", "c"]),
            ("/{}/{open", &[]),
            ("/{{inner}}", &["inner"]),
        ] {
            assert_eq!(placeholders(template), names, "{template}");
        }
    }

    #[test]
    fn a_placeholder_is_known_by_its_name() {
        let is_name = |name: &str| ["id", "path", "a:b"].contains(&name);
        for (template, plain) in [
            ("/a/{id:[0-9]{1,3}}/{x:int}", "/a/{id}/{x}"),
            ("/{id=things/*/parts/*}:move", "/{id}:move"),
            (
                "/{*path}/{**path}/{path*}/{path+}/{+path}/{path...}/{id?}",
                "/{path}/{path}/{path}/{path}/{path}/{path}/{id}",
            ),
            (
                "/{a:b}/{other+}/{?id}/{:x}/{}",
                "/{a:b}/{other+}/{?id}/{:x}/{}",
            ),
            ("/{{id}}/{open/{id:.*}", "/{{id}}/{open/{id:.*}"),
            ("/}/{id}", "/}/{id}"),
        ] {
            assert_eq!(named(template, is_name), plain, "{template}");
        }
    }

    #[test]
    fn placeholders_of_several_segments_are_told_from_others() {
        let is_name = |name: &str| ["id", "path"].contains(&name);
        for (inner, expected) in [
            ("path*", true),
            ("*path", true),
            ("**path", true),
            ("path+", true),
            ("+path", true),
            ("path...", true),
            ("path:path", true),
            ("path:.*", true),
            ("path:^(.+)$", true),
            ("path=things/*", true),
            ("path=**", true),
            ("path", false),
            ("path?", false),
            ("path=*", false),
            ("path:[^/]+", false),
            (r"path:[\w.+-]+", false),
            ("id:int", false),
        ] {
            let template = format!("/a/{{{inner}}}/{{id}}");
            let found = of_segments(&template, is_name);
            assert_eq!(found.contains("path"), expected, "{template}");
            assert!(!found.contains("id"), "{template}");
        }
    }

    #[test]
    fn a_filled_in_value_is_not_a_template() {
        let value = |name: &str| match name {
            "a" => Some("{b}"),
            "b" => Some("2"),
            _ => None,
        };
        assert_eq!(filled("{a}:{b}:{c}:{", value), "{b}:2:{c}:{");
    }
}
