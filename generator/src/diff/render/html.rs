//! Changes as one self-contained HTML page: no script, no font, no network.
//!
//! The filter consists of checkboxes that the style sheet refers to, so it works without a script. All text from a
//! description is escaped with [`escape`].

use std::fmt::Write as _;

use crate::diff::change::{Change, Diff, ItemChange};
use crate::diff::verdict::{Rust, Wire};
use crate::emit::visible;

use super::excerpt;
use super::phrase::{self, MOST_LISTED, counted, groups, word};

/// The maximum number of items that are shown without a click.
const MOST_OPEN: usize = 8;

pub(super) fn render(diff: &Diff) -> String {
    let title = match diff.changes.len() {
        0 => "No changes".to_owned(),
        count => counted(count, "change"),
    };
    let remarks = phrase::remarks(diff, 0);
    format!(
        include_str!("page.html"),
        title = title,
        style = include_str!("page.css"),
        summary = list("", remarks.iter().map(|remark| prose(remark))),
        filter = filter(diff),
        changes = changes(diff),
    )
}

/// The checkboxes that show or hide changes by verdict, with the number of each.
fn filter(diff: &Diff) -> String {
    let summary = diff.summary();
    let wire = [Wire::Breaking, Wire::Review, Wire::Additive, Wire::None]
        .map(|wire| (wire.word(), word(wire), summary.wire.get(&wire)));
    let rust = [Rust::Major, Rust::Minor, Rust::Patch]
        .map(|rust| (rust.word(), rust.word(), summary.rust.get(&rust)));
    let mut text = "<form class=\"filter\" aria-label=\"Changes to show\">\n".to_owned();
    for (legend, boxes) in [("On the wire", &wire[..]), ("In Rust", &rust[..])] {
        let _ = writeln!(text, "<fieldset><legend>{legend}</legend>");
        for (id, label, count) in boxes {
            let count = count.copied().unwrap_or_default();
            let _ = writeln!(
                text,
                "<label><input type=\"checkbox\" id=\"{id}\" checked> {label} <small>{count}</small></label>"
            );
        }
        text.push_str("</fieldset>\n");
    }
    text.push_str("<button type=\"reset\">Show all</button>\n</form>\n");
    text
}

fn changes(diff: &Diff) -> String {
    let several = phrase::several(diff);
    let mut text = String::new();
    for (api, subject, changes) in groups(&diff.changes) {
        let api = if several {
            format!("{}: ", code(api))
        } else {
            String::new()
        };
        let heading = format!("{api}{}", subject.phrase(code, code));
        for change in changes {
            article(&mut text, diff, change, &heading);
        }
    }
    text
}

fn article(text: &mut String, diff: &Diff, change: &Change, heading: &str) {
    let (wire, rust) = (change.wire().word(), change.rust.word());
    let _ = writeln!(text, "<article data-wire=\"{wire}\" data-rust=\"{rust}\">");
    let _ = writeln!(text, "<h2>{heading}</h2>");
    let verdicts: Vec<String> = [wire, rust]
        .into_iter()
        .filter(|verdict| *verdict != Wire::None.word())
        .map(|verdict| format!("<span class=\"verdict {verdict}\">{verdict}</span> "))
        .collect();
    let verdicts = verdicts.concat();
    let (title, sides) = (prose(change.rule.title), phrase::sides(change, code));
    let rule = change.rule.code;
    let _ = writeln!(
        text,
        "<p>{verdicts}{title}{sides} <small>{rule}</small></p>"
    );
    let reasons = phrase::reasons(change);
    let reasons = reasons.iter().map(|reason| prose(reason));
    let more = [short_users(change), phrase::help(change, code)];
    let lines = reasons.chain(more.into_iter().flatten());
    text.push_str(&list(" class=\"why\"", lines));
    text.push_str(&excerpt::both(diff, change));
    text.push_str(&items(&change.items));
    text.push_str(&long_users(change));
    text.push_str("</article>\n");
}

/// The operations that the change affects, if they are few.
fn short_users(change: &Change) -> Option<String> {
    let users = phrase::used_by(change, code);
    (change.users.len() <= MOST_LISTED && !users.is_empty()).then_some(users)
}

/// All operations that the change affects, if they are many.
fn long_users(change: &Change) -> String {
    if change.users.len() <= MOST_LISTED {
        return String::new();
    }
    let count = counted(change.users.len(), "operation");
    let users = list("", change.users.iter().map(|user| code(user)));
    format!("<details><summary>Used by {count}</summary>\n{users}</details>\n")
}

/// The public items before and after.
fn items(items: &[ItemChange]) -> String {
    if items.is_empty() {
        return String::new();
    }
    let open = if items.len() > MOST_OPEN { "" } else { " open" };
    let count = counted(items.len(), "item");
    let mut text = format!("<details{open}><summary>Rust: {count}</summary>\n");
    for item in items {
        text.push_str("<div class=\"sides\">");
        for (tag, side) in [("del", &item.old), ("ins", &item.new)] {
            if let Some(side) = side {
                let _ = write!(text, "<{tag}>{}</{tag}>", code(side));
            }
        }
        text.push_str("</div>\n");
    }
    text.push_str("</details>\n");
    text
}

fn list(attributes: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.map(|line| format!("<li>{line}</li>\n")).collect();
    if lines.is_empty() {
        return String::new();
    }
    format!("<ul{attributes}>\n{}</ul>\n", lines.concat())
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// A sentence of our own, with code between backticks.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts
        .map(|(at, part)| {
            if at % 2 == 1 {
                code(part)
            } else {
                escape(part)
            }
        })
        .collect()
}

/// Escapes a text for an element or an attribute. Characters that hide or reorder others are shown as escapes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escaped.push(character),
        }
    }
    escaped
}
