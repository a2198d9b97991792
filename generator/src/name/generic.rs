//! Names of generics.

/// The text of a schema's name with the arguments of generics in words, as tools for Java and .NET write them:
/// `Page«User»`, `Page<User>` and `Page[User]` → `Page of User`.
pub(crate) fn generic(text: &str) -> String {
    let Some(open) = text.find(['«', '<', '[']) else {
        return text.to_owned();
    };
    let is_close = |c| matches!(c, '»' | '>' | ']');
    let (head, rest) = text.split_at(open);
    let Some(inner) = rest.trim_end().strip_suffix(is_close) else {
        return text.to_owned();
    };
    // .NET counts the arguments after a backtick.
    let head = head.split('`').next().unwrap_or(head);
    let inner = inner
        .get(rest.chars().next().map_or(0, char::len_utf8)..)
        .unwrap_or_default();
    let arguments: Vec<String> = arguments(inner).into_iter().map(argument).collect();
    if head.is_empty() || arguments.iter().any(String::is_empty) {
        return text.to_owned();
    }
    format!("{head} of {}", arguments.join(" and "))
}

/// An argument of a generic. .NET puts its namespace in front of it, and its assembly behind, all in brackets.
fn argument(text: &str) -> String {
    let text = text.trim();
    let bracketed = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match bracketed.map(arguments) {
        Some(parts) => {
            let name = parts.first().copied().unwrap_or_default();
            let plain = name.split(['[', '<', '`']).next().unwrap_or_default();
            generic(&name[plain.rfind('.').map_or(0, |dot| dot + 1)..])
        }
        None => generic(text),
    }
}

/// The parts between the commas outside of brackets, without what .NET adds about the assembly.
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
            ("PageUser", "PageUser"),
            ("a < b", "AB"),
        ] {
            assert_eq!(pascal(&generic(text)), name, "{text}");
        }
    }
}
