//! Changes for a person at a terminal: by operation and schema, the worst first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::diff::Diff;
use crate::diff::change::{Change, Subject};
use crate::diff::verdict::{Rust, Wire};

/// The most users and items that an entry lists.
const MOST_LISTED: usize = 5;

pub(super) fn render(diff: &Diff, colour: bool) -> String {
    let mut text = String::new();
    let (notes, changes): (Vec<_>, Vec<_>) = diff.changes.iter().partition(|one| is_note(one));
    let mut groups: BTreeMap<(&str, &Subject), Vec<&Change>> = BTreeMap::new();
    for change in changes {
        let key = (&*change.api, &change.subject);
        groups.entry(key).or_default().push(change);
    }
    let several = groups
        .keys()
        .any(|(api, _)| groups.keys().any(|(other, _)| api != other));
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, changes)| {
        let worst = changes.iter().map(|one| (one.wire(), one.rust)).max();
        std::cmp::Reverse(worst)
    });
    let print = Print { diff, colour };
    for ((api, subject), changes) in groups {
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

/// Whether a change is one of texts only.
fn is_note(change: &Change) -> bool {
    change.rule.code.starts_with("SWD80") && change.rust == Rust::Patch
}

struct Print<'a> {
    diff: &'a Diff,
    colour: bool,
}

impl Print<'_> {
    fn styled(&self, text: &str, style: Style) -> String {
        if self.colour {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    fn change(&self, text: &mut String, change: &Change) {
        let verdict = match change.wire() {
            Wire::None => change.rust.word().to_owned(),
            wire => format!("{}, {}", wire.word(), change.rust.word()),
        };
        let verdict = self.styled(&verdict, colour_of(change));
        let sides = match (&change.from, &change.to) {
            (Some(from), Some(to)) => format!(": {from} → {to}"),
            (Some(one), None) | (None, Some(one)) => format!(": {one}"),
            (None, None) => String::new(),
        };
        let (title, code) = (change.rule.title, change.rule.code);
        let _ = writeln!(text, "  {verdict}  {title}{sides} [{code}]");
        let places = match (change.new, change.old) {
            (Some(new), Some(old)) => {
                let (new, old) = (self.diff.location(new), self.diff.location(old));
                format!("at {new}, was at {old}")
            }
            (Some(new), None) => format!("at {}", self.diff.location(new)),
            (None, Some(old)) => format!("was at {}", self.diff.location(old)),
            (None, None) => String::new(),
        };
        let mut line = |line: String| {
            if !line.is_empty() {
                let _ = writeln!(text, "      {line}");
            }
        };
        line(places);
        for (direction, verdict, rule) in [
            ("requests", change.request(), change.rule.request),
            ("responses", change.response(), change.rule.response),
        ] {
            if let Some(wire) = verdict.filter(|wire| *wire != Wire::None) {
                line(format!("{direction}: {}, {}", wire.word(), rule.reason));
            }
        }
        if let Some(behaviour) = change.behaviour {
            line(format!("behaviour: {behaviour}"));
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
        let own = change.subject.part.operation();
        let users = &change.users;
        if users.len() > 1 || users.first().map(String::as_str) != own {
            line(used_by(users));
        }
        if let Some(help) = &change.help {
            line(format!("help: {help}"));
        }
    }

    fn summary(&self, text: &mut String, notes: usize) {
        let summary = self.diff.summary();
        let total: usize = summary.wire.values().sum();
        if total == 0 {
            text.push_str("no changes\n");
            return;
        }
        let wire = summary.wire.iter().rev();
        let wire: Vec<String> = wire
            .map(|(wire, count)| format!("{count} {}", word(*wire)))
            .collect();
        let rust = summary.rust.iter().rev();
        let rust: Vec<String> = rust
            .map(|(rust, count)| format!("{count} {}", rust.word()))
            .collect();
        let _ = writeln!(text, "{}: {}", counted(total, "change"), wire.join(", "));
        let _ = writeln!(text, "in Rust: {}", rust.join(", "));
        if self.diff.accepted > 0 {
            let accepted = counted(self.diff.accepted, "change");
            let _ = writeln!(text, "{accepted} accepted by comments");
        }
        if notes > 0 {
            let _ = writeln!(
                text,
                "{} not shown",
                counted(notes, "change of a text or an example")
            );
        }
        if summary.behaviour > 0 {
            let changes = counted(summary.behaviour, "change");
            let _ = writeln!(
                text,
                "{changes} of what a program does although it compiles"
            );
        }
        let steps = (summary.crate_step().word(), summary.api_step().word());
        let _ = writeln!(
            text,
            "the crate needs a {} step, the API a {} step",
            steps.0, steps.1
        );
    }
}

fn word(wire: Wire) -> &'static str {
    match wire {
        Wire::None => "without effect on the wire",
        wire => wire.word(),
    }
}

fn colour_of(change: &Change) -> Style {
    let colour = match (change.wire(), change.rust) {
        (Wire::Breaking, _) => AnsiColor::Red,
        (Wire::Review, _) | (_, Rust::Major) => AnsiColor::Yellow,
        (Wire::Additive, _) | (_, Rust::Minor) => AnsiColor::Green,
        (Wire::None, Rust::Patch) => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}

fn used_by(users: &[String]) -> String {
    if users.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = users
        .iter()
        .take(MOST_LISTED)
        .map(|user| format!("`{user}`"))
        .collect();
    let rest = users.len().saturating_sub(MOST_LISTED);
    let more = if rest > 0 {
        format!(" and {}", counted(rest, "other"))
    } else {
        String::new()
    };
    format!("used by {}{more}", shown.join(", "))
}

fn counted(count: usize, what: &str) -> String {
    match (count, what.strip_prefix("change ")) {
        (1, _) => format!("1 {what}"),
        (_, Some(rest)) => format!("{count} changes {rest}"),
        (_, None) => format!("{count} {what}s"),
    }
}
