//! Merging a value into another.

use hashbrown::HashMap;

use super::code::MISFIT;
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Node, Value, describe, head};

/// Up to this number of keys, comparing all pairs is faster than hashing.
const SMALL: usize = 8;

/// Merges `value` into `target`: objects are merged key by key, arrays are concatenated, and a primitive value replaces
/// another one. Values of different types are not merged; the first such case is reported in `fault`.
pub(super) fn merge(target: &mut Node, value: &Node, fault: &mut Option<Diagnostic>) {
    match (&mut target.value, &value.value) {
        (Value::Map(members), Value::Map(added)) => merge_maps(members, added, fault),
        (Value::List(elements), Value::List(added)) => elements.extend_from_slice(added),
        (Value::Map(_) | Value::List(_), _) | (_, Value::Map(_) | Value::List(_)) => {
            fault.get_or_insert_with(|| misfit(target, value));
        }
        _ => target.clone_from(value),
    }
}

fn merge_maps(members: &mut Vec<Member>, added: &[Member], fault: &mut Option<Diagnostic>) {
    let index: Option<HashMap<Box<str>, usize>> = (added.len() > SMALL).then(|| {
        let keys = members.iter().map(|member| member.key.text.clone());
        keys.zip(0..).collect()
    });
    for member in added {
        let key = &member.key.text;
        let found = match &index {
            Some(index) => index.get(key).copied(),
            None => members.iter().position(|known| known.key.text == *key),
        };
        match found {
            Some(at) => merge(&mut members[at].value, &member.value, fault),
            None => members.push(member.clone()),
        }
    }
}

fn misfit(target: &Node, value: &Node) -> Diagnostic {
    let (target_is, value_is) = (describe(target), describe(value));
    Diagnostic::error(
        MISFIT,
        format!("{value_is} cannot be merged into {target_is}"),
    )
    .at(head(value), format!("this is {value_is}"))
    .also(head(target), format!("and this is {target_is}"))
    .help("to replace a value by one of another type, remove it in an action before this one")
}
