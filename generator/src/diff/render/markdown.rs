//! Changes as Markdown, for a comment on a pull request. Breaking changes are expanded, the rest is folded.
//!
//! All text from a description is written in a code span or a fenced block, so that it cannot become markup.

use std::fmt::Write as _;

use crate::diff::change::{Change, Diff};
use crate::diff::verdict::{Rust, Wire};
use crate::emit::{code_span, visible};

use super::phrase::{self, MOST_LISTED, counted, groups, word};

pub(super) fn render(diff: &Diff) -> String {
    if diff.changes.is_empty() {
        let mut text = "No changes.\n".to_owned();
        if let Some(accepted) = phrase::accepted(diff) {
            let _ = writeln!(text, "\n{accepted}.");
        }
        return text;
    }
    let mut text = String::new();
    let changes = counted(diff.changes.len(), "change");
    let _ = writeln!(text, "**{changes}**\n");
    table(&mut text, diff);
    text.push('\n');
    for remark in phrase::remarks(diff, 0) {
        let _ = writeln!(text, "- {remark}");
    }
    for wire in [Wire::Breaking, Wire::Review, Wire::Additive, Wire::None] {
        section(&mut text, diff, wire);
    }
    text
}

/// The number of changes for each pair of verdicts.
fn table(text: &mut String, diff: &Diff) {
    text.push_str("| on the wire | major | minor | patch |\n|---|---:|---:|---:|\n");
    for wire in diff.summary().wire.keys().rev() {
        let counts = [Rust::Major, Rust::Minor, Rust::Patch].map(|rust| {
            let changes = diff.changes.iter();
            match changes
                .filter(|one| one.wire() == *wire && one.rust == rust)
                .count()
            {
                0 => String::new(),
                count => count.to_string(),
            }
        });
        let _ = writeln!(text, "| {} | {} |", word(*wire), counts.join(" | "));
    }
}

fn section(text: &mut String, diff: &Diff, wire: Wire) {
    let groups = groups(diff.changes.iter().filter(|change| change.wire() == wire));
    let count: usize = groups.iter().map(|(_, _, changes)| changes.len()).sum();
    if count == 0 {
        return;
    }
    // Only breaking changes are expanded.
    let folded = wire != Wire::Breaking;
    let title = format!("{}: {}", heading(wire), counted(count, "change"));
    if folded {
        let _ = writeln!(text, "\n<details>\n<summary>{title}</summary>");
    } else {
        let _ = writeln!(text, "\n### {title}");
    }
    let several = phrase::several(diff);
    for (api, subject, changes) in groups {
        let api = if several {
            format!("{}: ", code(api))
        } else {
            String::new()
        };
        let subject = subject.phrase(code, code);
        let _ = writeln!(text, "\n#### {api}{subject}\n");
        for change in changes {
            entry(text, diff, change);
        }
    }
    if folded {
        text.push_str("\n</details>\n");
    }
}

fn heading(wire: Wire) -> &'static str {
    match wire {
        Wire::Breaking => "Breaking",
        Wire::Review => "To review",
        Wire::Additive => "Additive",
        Wire::None => "Without effect on the wire",
    }
}

fn entry(text: &mut String, diff: &Diff, change: &Change) {
    let (verdict, sides) = (phrase::verdict(change), phrase::sides(change, code));
    let (title, rule) = (change.rule.title, change.rule.code);
    let _ = writeln!(text, "- **{verdict}**: {title}{sides} ({rule})");
    let places = phrase::places(change, |span| code(&diff.location(span)));
    let users = phrase::used_by(change, code);
    let help = phrase::help(change, code);
    let lines = [places].into_iter().chain(phrase::reasons(change));
    for line in lines.chain([users]).chain(help) {
        if !line.is_empty() {
            let _ = writeln!(text, "  - {line}");
        }
    }
    items(text, change);
}

/// The first public items that change, as a block.
fn items(text: &mut String, change: &Change) {
    if change.items.is_empty() {
        return;
    }
    text.push_str("\n  ```diff\n");
    for item in change.items.iter().take(MOST_LISTED) {
        for (sign, side) in [('-', &item.old), ('+', &item.new)] {
            if let Some(side) = side {
                // The sign before the text ensures that the line is not a fence.
                let _ = writeln!(text, "  {sign} {}", side.replace(['\n', '\r'], " "));
            }
        }
    }
    text.push_str("  ```\n");
    if change.items.len() > MOST_LISTED {
        let rest = change.items.len() - MOST_LISTED;
        let _ = writeln!(text, "\n  and {}", counted(rest, "more item"));
    }
}

/// A text of a description on one line, with hidden characters shown as escapes.
fn code(text: &str) -> String {
    code_span(&visible(text))
}
