//! Names of generics.

/// The text of a schema's name, in which the arguments of a generic type are spelled out. Tools for Java and .NET write
/// them as signs: `Page«User»`, `Page<User>` and `Page[User]` → `PageOfUser`.
pub(crate) fn generic(text: &str) -> String {
    generic_texts(text).swap_remove(0)
}

/// The texts of a schema's name, the best one first. A generic type has two: with `Of`, and without it.
pub(crate) fn generic_texts(text: &str) -> Vec<String> {
    let Some((head, arguments)) = parsed(text) else {
        return vec![text.to_owned()];
    };
    let with_of = format!("{head}Of{}", arguments.join("And"));
    vec![with_of, format!("{head} {}", arguments.join(" "))]
}

/// The name of a generic type, and the texts of its arguments, each with a capital letter.
fn parsed(text: &str) -> Option<(&str, Vec<String>)> {
    let (head, rest) = text.split_at(text.find(['«', '<', '['])?);
    let inner = rest.trim_end().strip_suffix(['»', '>', ']'])?;
    let inner = inner.get(rest.chars().next()?.len_utf8()..)?;
    // .NET writes a backtick and the number of arguments after the name.
    let head = head.split('`').next().unwrap_or(head);
    let arguments: Vec<String> = arguments(inner).into_iter().map(argument).collect();
    let is_generic = !head.is_empty() && !arguments.iter().any(String::is_empty);
    is_generic.then_some((head, arguments))
}

/// The text of a schema in an argument, with a capital letter. `User[]` is an array.
fn argument_text(text: &str) -> String {
    let text = text.trim();
    let text = match text.strip_suffix("[]") {
        Some(element) => argument_text(element) + "Array",
        None => generic(text),
    };
    let mut letters = text
        .trim_start_matches(|c: char| c.is_ascii_punctuation())
        .chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// An argument of a generic type. .NET writes it in brackets with its namespace before and its assembly after it.
fn argument(text: &str) -> String {
    let text = text.trim();
    let bracketed = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match bracketed.map(arguments) {
        Some(parts) => {
            let name = parts.first().copied().unwrap_or_default();
            let plain = name.split(['[', '<', '`']).next().unwrap_or_default();
            argument_text(&name[plain.rfind('.').map_or(0, |dot| dot + 1)..])
        }
        None => argument_text(text),
    }
}

/// Splits the arguments at the commas outside of brackets.
fn arguments(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    let mut start = 0;
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '«' | '<' | '[' => depth += 1,
            '»' | '>' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::pascal;

    #[test]
    fn generics_are_spelled_out() {
        for (text, name) in [
            ("Page«User»", "PageOfUser"),
            ("Map<string, List<User>>", "MapOfStringAndListOfUser"),
            ("Page[User]", "PageOfUser"),
            (
                "Page`1[[Shop.Models.User, Shop, Version=1.0.0.0, Culture=neutral]]",
                "PageOfUser",
            ),
            ("Page<user[]>", "PageOfUserArray"),
            ("models.Page[models.User]", "ModelsPageOfModelsUser"),
            ("PageUser", "PageUser"),
            ("a < b", "AB"),
        ] {
            assert_eq!(pascal(&generic(text)), name, "{text}");
        }
    }
}
