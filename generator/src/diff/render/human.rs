//! Changes for a person at a terminal: by operation and schema, the worst first.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::diff::change::{Change, Diff};
use crate::diff::verdict::{Rust, Wire};
use crate::emit::visible;

use super::Summary;
use super::phrase::{self, MOST_LISTED, counted, groups, is_note, word};

pub(super) fn render(diff: &Diff, colour: bool) -> String {
    let mut text = String::new();
    let (notes, changes): (Vec<_>, Vec<_>) = diff.changes.iter().partition(|one| is_note(one));
    let groups = groups(changes);
    let several = phrase::several(diff);
    let print = Print { diff, colour };
    for (api, subject, changes) in groups {
        let subject = if several {
            format!("{api}: {subject}")
        } else {
            subject.to_string()
        };
        let _ = writeln!(text, "{}", print.styled(&subject, Style::new().bold()));
        for change in changes {
            print.change(&mut text, change);
        }
        text.push('\n');
    }
    print.summary(&mut text, notes.len());
    text
}

struct Print<'a> {
    diff: &'a Diff,
    colour: bool,
}

impl Print<'_> {
    fn styled(&self, text: &str, style: Style) -> String {
        styled(text, style, self.colour)
    }

    fn change(&self, text: &mut String, change: &Change) {
        let verdict = phrase::verdict(change);
        let verdict = self.styled(&verdict, colour_of(change));
        let sides = phrase::sides(change, visible);
        let (title, code) = (change.rule.title, change.rule.code);
        let _ = writeln!(text, "  {verdict}  {title}{sides} [{code}]");
        let places = phrase::places(change, |span| self.diff.location(span));
        let mut line = |line: String| {
            if !line.is_empty() {
                let _ = writeln!(text, "      {line}");
            }
        };
        line(places);
        for reason in phrase::reasons(change) {
            line(reason);
        }
        for item in change.items.iter().take(MOST_LISTED) {
            let sides = [
                ("-", &item.old, AnsiColor::Red),
                ("+", &item.new, AnsiColor::Green),
            ];
            for (sign, side, colour) in sides {
                if let Some(side) = side {
                    line(self.styled(&format!("{sign} {side}"), colour.on_default()));
                }
            }
        }
        if change.items.len() > MOST_LISTED {
            let rest = change.items.len() - MOST_LISTED;
            line(format!("and {}", counted(rest, "more item")));
        }
        line(phrase::used_by(change, |user| {
            format!("`{}`", visible(user))
        }));
        line(phrase::help(change, |code| format!("`{}`", visible(code))).unwrap_or_default());
    }

    fn summary(&self, text: &mut String, notes: usize) {
        let summary = self.diff.summary();
        let total: usize = summary.wire.values().sum();
        if total == 0 {
            text.push_str("no changes\n");
            text.extend(phrase::accepted(self.diff).map(|accepted| accepted + "\n"));
            return;
        }
        let rust = summary.rust.iter().rev();
        let rust: Vec<String> = rust
            .map(|(rust, count)| format!("{count} {}", rust.word()))
            .collect();
        let _ = writeln!(text, "{}", on_the_wire(&summary));
        let _ = writeln!(text, "in Rust: {}", rust.join(", "));
        for remark in phrase::remarks(self.diff, notes) {
            let _ = writeln!(text, "{remark}");
        }
    }
}

/// The number of changes for each verdict on the wire.
pub(super) fn on_the_wire(summary: &Summary) -> String {
    let counts = summary.wire.iter().rev();
    let counts: Vec<String> = counts
        .map(|(wire, count)| format!("{count} {}", word(*wire)))
        .collect();
    let total = counted(summary.wire.values().sum(), "change");
    format!("{total}: {}", counts.join(", "))
}

pub(super) fn styled(text: &str, style: Style, colour: bool) -> String {
    if colour {
        format!("{style}{text}{style:#}")
    } else {
        text.to_owned()
    }
}

pub(super) fn colour_of(change: &Change) -> Style {
    let colour = match (change.wire(), change.rust) {
        (Wire::Breaking, _) => AnsiColor::Red,
        (Wire::Review, _) | (_, Rust::Major) => AnsiColor::Yellow,
        (Wire::Additive, _) | (_, Rust::Minor) => AnsiColor::Green,
        (Wire::None, Rust::Patch) => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}
