//! A map or list that is still open.

use hashbrown::HashSet;

use super::{Built, Key, Member, Node, Value};
use crate::diagnostic::{Diagnostic, code};
use crate::source::members;

pub(super) struct Frame {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) anchor: usize,
    /// The number of levels of nesting in the children.
    pub(super) height: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map {
        members: Vec<Member>,
        merges: Vec<Merge>,
        key: Option<(Key, bool)>,
    },
}

/// A `<<: …`: the entries of another map, wanted at this index.
struct Merge {
    at: usize,
    key: Key,
    value: Node,
}

/// The role of the next child of a [`Frame`].
pub(super) enum NextChild {
    Key,
    Value,
}

impl Frame {
    pub(super) fn list(anchor: usize) -> Self {
        Self::new(anchor, Content::List(Vec::new()))
    }

    pub(super) fn map(anchor: usize) -> Self {
        Self::new(
            anchor,
            Content::Map {
                members: Vec::new(),
                merges: Vec::new(),
                key: None,
            },
        )
    }

    fn new(anchor: usize, content: Content) -> Self {
        Self {
            start: 0,
            end: 0,
            anchor,
            height: 0,
            content,
        }
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.content, Content::List(_))
    }

    pub(super) fn place(&self) -> NextChild {
        match self.content {
            Content::Map { key: None, .. } => NextChild::Key,
            Content::Map { .. } | Content::List(_) => NextChild::Value,
        }
    }

    /// Sets the key of the next value. A plain `<<` is not a key: it merges the entries of another map.
    pub(super) fn key(&mut self, next: Key, plain: bool) {
        if let Content::Map { key, .. } = &mut self.content {
            let merges = plain && &*next.text == "<<";
            *key = Some((next, merges));
        }
    }

    pub(super) fn put(&mut self, built: Built) {
        self.end = self.end.max(built.end);
        self.height = self.height.max(built.height);
        let value = built.node;
        match &mut self.content {
            Content::List(elements) => elements.push(value),
            Content::Map {
                members,
                merges,
                key,
            } => match key.take() {
                Some((key, true)) => merges.push(Merge {
                    at: members.len(),
                    key,
                    value,
                }),
                Some((key, false)) => members.push(Member { key, value }),
                None => {}
            },
        }
    }

    pub(super) fn finish(self, found: &mut Vec<Diagnostic>) -> Value {
        match self.content {
            Content::List(elements) => Value::List(elements),
            Content::Map {
                members, merges, ..
            } if merges.is_empty() => Value::Map(members::keep_first(members, found)),
            Content::Map {
                members, merges, ..
            } => Value::Map(merge(members, merges, found)),
        }
    }
}

/// Inserts merged entries at the position of their `<<`. The map's own keys take precedence, then those of the first
/// merge.
fn merge(members: Vec<Member>, merges: Vec<Merge>, found: &mut Vec<Diagnostic>) -> Vec<Member> {
    // Removing a duplicate shifts the index of what follows by one, which does not change the result.
    let own = members::keep_first(members, found);
    let mut taken: HashSet<Box<str>> = own.iter().map(|member| member.key.text.clone()).collect();
    let mut merges = merges.into_iter().peekable();
    let mut all = Vec::with_capacity(own.len());
    let mut own = own.into_iter().enumerate();
    loop {
        let next = own.next();
        let at = next.as_ref().map_or(usize::MAX, |(index, _)| *index);
        while let Some(merge) = merges.next_if(|merge| merge.at <= at) {
            all.extend(
                merge
                    .members(found)
                    .into_iter()
                    .filter(|member| taken.insert(member.key.text.clone())),
            );
        }
        match next {
            Some((_, member)) => all.push(member),
            None => return all,
        }
    }
}

impl Merge {
    /// The entries of the map after `<<`, or of each map in the list after it.
    fn members(self, found: &mut Vec<Diagnostic>) -> Vec<Member> {
        let maps = match self.value.value {
            Value::Map(members) => return members,
            Value::List(maps) => maps,
            _ => vec![self.value],
        };
        let mut all = Vec::new();
        for map in maps {
            match map.value {
                Value::Map(members) => all.extend(members),
                _ => found.push(
                    Diagnostic::error(code::MERGE, "only a map can be merged with `<<`")
                        .at(self.key.span, "")
                        .also(map.span, "this is not a map")
                        .help("name the anchor of a map: `<<: *anchor`"),
                ),
            }
        }
        all
    }
}
