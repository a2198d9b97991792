//! Changes texts of descriptions that are not quite Markdown, before they are parsed.

use std::borrow::Cow;

/// The Markdown that is meant by a text.
pub(super) fn prepared(text: &str) -> Cow<'_, str> {
    let text = without_indentation(text);
    let text = changed(text, with_blocks);
    let text = changed(text, with_plain_quotes);
    let text = changed(text, with_notes);
    changed(text, without_shortcodes)
}

fn changed(text: Cow<'_, str>, change: impl Fn(&str) -> Option<String>) -> Cow<'_, str> {
    match change(&text) {
        Some(changed) => changed.into(),
        None => text,
    }
}

/// Removes the indentation that all lines have, such as those of a docstring. As Markdown, the text would be code.
fn without_indentation(text: &str) -> Cow<'_, str> {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let common = lines().map(indentation).min().unwrap_or_default();
    if common == 0 || lines().nth(1).is_none() {
        return text.into();
    }
    let lines = text
        .lines()
        .map(|line| line.get(common..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n").into()
}

/// Begins blocks on lines of their own: a table directly below a line of text, and code in the line of its fence.
fn with_blocks(text: &str) -> Option<String> {
    // Code between other marks must stay as it is.
    if !text.contains(FENCE) && !text.contains("--") || text.contains("~~~") {
        return None;
    }
    let mut lines: Vec<&str> = Vec::new();
    // Whether the current code began in the line of its fence.
    let mut code = None;
    let mut is_changed = false;
    for line in text.lines() {
        match (line.trim().strip_prefix(FENCE), code) {
            (Some(info), None) if !info.contains('`') => {
                let is_code = info.trim_start().starts_with(['<', '(', '$', '"']);
                code = Some(is_code);
                is_changed |= is_code;
                if is_code {
                    lines.extend([FENCE, info]);
                } else {
                    lines.push(line);
                }
            }
            (Some(_), Some(_)) => {
                code = None;
                lines.push(line);
            }
            (None, Some(true)) if line.ends_with(FENCE) => {
                code = None;
                lines.extend([line.trim_end_matches('`'), FENCE]);
            }
            _ => {
                if code.is_none() && begins_table(&lines, line) {
                    lines.insert(lines.len() - 1, "");
                    is_changed = true;
                }
                lines.push(line);
            }
        }
    }
    is_changed.then(|| lines.join("\n"))
}

const FENCE: &str = "```";

/// Whether a line is the rule below the head of a table that follows a line of text.
fn begins_table(lines: &[&str], rule: &str) -> bool {
    let is_row = |line: &str| line.contains('|');
    let is_rule =
        is_row(rule) && rule.contains("--") && rule.bytes().all(|byte| b"|-: ".contains(&byte));
    let is_code = |line: &str| line.starts_with("    ");
    matches!(lines, [.., text, head]
        if is_rule && is_row(head) && !is_row(text) && !text.trim().is_empty() && !is_code(text))
}

/// Unescapes the quotes around the attributes of tags. They are escaped if a description was quoted twice.
fn with_plain_quotes(text: &str) -> Option<String> {
    if !text.contains("=\\\"") {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let end = rest[open..].find('>').map_or(rest.len(), |end| open + end);
        plain.push_str(&rest[..open]);
        plain.push_str(&rest[open..end].replace("\\\"", "\""));
        rest = &rest[end..];
    }
    plain.push_str(rest);
    Some(plain)
}

/// Tags of notes in the descriptions of some vendors, and what a note begins with.
const NOTES: [(&str, &str); 5] = [
    ("note", "Note"),
    ("important", "Important"),
    ("caution", "Caution"),
    ("warning", "Warning"),
    ("tip", "Tip"),
];

/// Replaces the tags of notes in a text of HTML. Elsewhere, `<note>` is the name of something, or in code.
fn with_notes(text: &str) -> Option<String> {
    if !text.contains("<p>") {
        return None;
    }
    let known = NOTES.iter();
    let known = known.filter(|(name, _)| text.contains(&format!("</{name}>")));
    known.fold(None, |changed, (name, title)| {
        let noted = changed.unwrap_or_else(|| text.to_owned());
        let open = format!("<{name}>");
        let mut parts = noted.split(&*open);
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            // The title begins the first paragraph of the note.
            let inside = part.trim_start();
            let inside = inside.strip_prefix("<p>").unwrap_or(inside);
            whole.extend(["<p><b>", title, ":</b> ", inside]);
        }
        Some(whole.replace(&format!("</{name}>"), "</p>"))
    })
}

/// Replaces the shortcodes of Hugo that are the targets of links: `[pets]({{< relref "pets" >}})`. They lead to pages that
/// only the vendor's site has.
fn without_shortcodes(text: &str) -> Option<String> {
    let mut parts = text.split("]({{<");
    let mut plain = parts.next()?.to_owned();
    let mut is_changed = false;
    for part in parts {
        match part.split_once(">}})") {
            Some((shortcode, rest)) if !shortcode.contains('\n') => {
                plain.extend(["](#)", rest]);
                is_changed = true;
            }
            _ => plain.extend(["]({{<", part]),
        }
    }
    is_changed.then_some(plain)
}
