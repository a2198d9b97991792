//! Changes for a quick overview: one line for each, the worst first, and a summary.

use std::cmp::Reverse;

use crate::diff::change::{Change, Diff};
use crate::emit::visible;

use super::human;
use super::phrase::{self, is_note};

pub(super) fn render(diff: &Diff, colour: bool) -> String {
    let (notes, mut changes): (Vec<&Change>, Vec<&Change>) =
        diff.changes.iter().partition(|one| is_note(one));
    changes.sort_by_key(|one| (Reverse((one.wire(), one.rust)), &one.api, &one.subject));
    let mut lines: Vec<String> = changes.into_iter().map(|one| line(one, colour)).collect();
    if diff.changes.is_empty() {
        lines.extend(phrase::accepted(diff));
    } else {
        lines.push(human::on_the_wire(&diff.summary()));
        lines.extend(phrase::remarks(diff, notes.len()));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn line(change: &Change, colour: bool) -> String {
    let verdict = human::styled(&phrase::verdict(change), human::colour_of(change), colour);
    let sides = phrase::sides(change, visible);
    let (api, subject) = (&change.api, &change.subject);
    let (title, code) = (change.rule.title, change.rule.code);
    format!("{verdict}  {api}: {subject}: {title}{sides} [{code}]")
}
