//! Templates: paths and URLs with names in braces.

/// The names in the braces of a template, in order; one that stands twice comes twice.
pub(crate) fn placeholders(template: &str) -> Vec<&str> {
    pieces(template).filter_map(|piece| piece.name).collect()
}

/// A template with what `value` gives in the place of each placeholder; one that it gives nothing for stays. What is
/// filled in is not looked at again.
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

/// What stands before a placeholder, and the placeholder; the last piece has none.
struct Piece<'t> {
    literal: &'t str,
    name: Option<&'t str>,
}

/// The pieces of a template. Braces without a name, or without an end, are literal.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = Some(template);
    std::iter::from_fn(move || {
        let text = rest?;
        // The brace that opens a name is the last one before the brace that closes it.
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
    fn what_is_filled_in_is_not_read_again() {
        let value = |name: &str| match name {
            "a" => Some("{b}"),
            "b" => Some("2"),
            _ => None,
        };
        assert_eq!(filled("{a}:{b}:{c}:{", value), "{b}:2:{c}:{");
    }
}
