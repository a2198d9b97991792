//! Parses a text that is being edited: only the part around the change, if the rest cannot be affected by it.
//!
//! The part consists of the lines of one entry of a block map: from the line of its key to the line of the next key of
//! the same map. Parsed alone, these lines give the same entry as within the file, because the indentation of its key
//! is that of the map, and no anchor leads into it or out of it.

use std::any::Any;
use std::sync::{Arc, PoisonError};

use super::node::{DEEPEST, Fatal, Member, Node, Value};
use super::yaml::{self, Tree};
use crate::diagnostic::Diagnostic;
use crate::text::{Earlier, FileId, Span, common_end, common_start, line_start, offset};

/// The maximum depth of the entry that is parsed again: an operation, or a property of a named schema.
const DEEPEST_PART: usize = 5;

/// The maximum number of entries that one is replaced with. Each is compared with the other keys of its map.
const MOST_ENTRIES: usize = 20;

/// A text with its tree. It has neither anchors nor mistakes.
struct Parsed {
    text: String,
    tree: Arc<Node>,
}

/// Parses the text of a file, with the help of what an earlier version left.
pub(super) fn read(
    file: FileId,
    text: &str,
    earlier: &Earlier,
    found: &mut Vec<Diagnostic>,
) -> Result<Arc<Node>, Fatal> {
    let mut earlier = earlier.lock().unwrap_or_else(PoisonError::into_inner);
    let known = earlier.as_mut().and_then(|it| it.downcast_mut::<Parsed>());
    if let Some(known) = known
        && known.edit(file, text).is_some()
    {
        return Ok(known.tree.clone());
    }
    let before = found.len();
    let Tree { node, is_plain } = yaml::read(file, text, found)?;
    let is_usable = is_plain && found.len() == before;
    let tree = Arc::new(node);
    *earlier = is_usable.then(|| {
        let (text, tree) = (text.to_owned(), tree.clone());
        Box::new(Parsed { text, tree }) as Box<dyn Any + Send>
    });
    Ok(tree)
}

/// Copies the tree if others use it as well, because [`read`] has to change it. Without this, `read` copies it.
pub(crate) fn prepare(earlier: &Earlier) {
    let mut earlier = earlier.lock().unwrap_or_else(PoisonError::into_inner);
    let known = earlier.as_mut().and_then(|it| it.downcast_mut::<Parsed>());
    if let Some(known) = known {
        Arc::make_mut(&mut known.tree);
    }
}

impl Parsed {
    /// Updates the tree for a newer version of the text. Without a result, nothing is changed.
    fn edit(&mut self, file: FileId, text: &str) -> Option<()> {
        if self.tree.span.file != file {
            return None;
        }
        let change = Change::between(&self.text, text);
        let part = Part::around(&change, &self.text, &self.tree)?;
        let end = change.moved(part.end)?;
        let entries = entries(file, text.get(part.start..end)?, &part)?;
        if holds_another(&self.tree, &part.path, &entries) {
            return None;
        }
        let shift = Shift {
            from: offset(part.end),
            distance: i64::try_from(end).ok()? - i64::try_from(part.end).ok()?,
        };
        let tree = Arc::make_mut(&mut self.tree);
        shift.node(tree);
        replace(tree, &part.path, entries);
        text.clone_into(&mut self.text);
        Some(())
    }
}

/// The difference between two versions of a text: the bytes from `start` to `old_end` are now those to `new_end`.
struct Change {
    start: usize,
    old_end: usize,
    new_end: usize,
}

impl Change {
    fn between(old: &str, new: &str) -> Self {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let start = common_start(old, new);
        let end = common_end(&old[start..], &new[start..]);
        Self {
            start,
            old_end: old.len() - end,
            new_end: new.len() - end,
        }
    }

    /// The new offset of an old one that is not before the end of the change.
    fn moved(&self, at: usize) -> Option<usize> {
        Some(self.new_end + at.checked_sub(self.old_end)?)
    }
}

/// The lines of an entry of a block map.
struct Part {
    /// The index of the entry, after the indices of those that it is in.
    path: Vec<usize>,
    start: usize,
    end: usize,
    /// The column of its key.
    column: usize,
}

impl Part {
    /// The smallest part that contains a change.
    fn around(change: &Change, text: &str, tree: &Node) -> Option<Self> {
        let mut part: Option<Self> = None;
        let (mut node, mut end) = (tree, text.len());
        while let Some(next) = Self::within(node, change, text, end) {
            let index = next.path[0];
            let mut path = part.map(|part| part.path).unwrap_or_default();
            path.push(index);
            let is_deepest = path.len() == DEEPEST_PART;
            end = next.end;
            part = Some(Self { path, ..next });
            node = match &node.as_map()?[index].value {
                value if value.as_map().is_some() && !is_deepest => value,
                _ => break,
            };
        }
        part
    }

    /// The entry of a map that contains a change. `end` is the end of the lines of the map.
    fn within(node: &Node, change: &Change, text: &str, end: usize) -> Option<Self> {
        let members = node.as_map()?;
        if text[node.span.start as usize..].starts_with('{') {
            return None;
        }
        let next = members.partition_point(|it| it.key.span.start as usize <= change.start);
        let index = next.checked_sub(1)?;
        let (start, column) = line_of(members[index].key.span, text)?;
        let (end, is_inside) = match members.get(next) {
            Some(next) => {
                let (end, other) = line_of(next.key.span, text)?;
                (end, other == column && change.old_end < end)
            }
            None => (end, change.old_end < end || end == text.len()),
        };
        is_inside.then_some(Self {
            path: vec![index],
            start,
            end,
            column,
        })
    }
}

/// The beginning of the line that a key begins, and the column of the key. `None` if something else precedes it.
fn line_of(key: Span, text: &str) -> Option<(usize, usize)> {
    let start = line_start(text, key.start as usize);
    let indentation = &text[start..key.start as usize];
    let is_first = indentation.bytes().all(|byte| byte == b' ');
    is_first.then_some((start, indentation.len()))
}

/// The entries that the new lines of a part hold.
fn entries(file: FileId, text: &str, part: &Part) -> Option<Vec<Member>> {
    // These would end the document, or belong to its beginning.
    let is_mark =
        |line: &str| line.starts_with("---") || line.starts_with("...") || line.starts_with('%');
    if text.lines().any(is_mark) {
        return None;
    }
    let mut found = Vec::new();
    let tree = yaml::read(file, text, &mut found).ok()?;
    let is_block = !text[tree.node.span.start as usize..].starts_with('{');
    let (true, true, true) = (found.is_empty(), tree.is_plain, is_block) else {
        return None;
    };
    let is_deep = depth(&tree.node) + part.path.len() > DEEPEST;
    let Value::Map(mut members) = tree.node.value else {
        return None;
    };
    let is_in_column =
        |it: &Member| line_of(it.key.span, text).is_some_and(|(_, at)| at == part.column);
    if is_deep || members.len() > MOST_ENTRIES || !members.iter().all(is_in_column) {
        return None;
    }
    let shift = Shift {
        from: 0,
        distance: i64::try_from(part.start).ok()?,
    };
    for member in &mut members {
        shift.member(member);
    }
    Some(members)
}

fn depth(node: &Node) -> usize {
    let members = node.as_map().unwrap_or_default().iter();
    let elements = node.as_list().unwrap_or_default().iter();
    let deepest = members
        .map(|member| &member.value)
        .chain(elements)
        .map(depth)
        .max();
    1 + deepest.unwrap_or(0)
}

/// Whether the map of an entry has another entry with the key of a new one.
fn holds_another(tree: &Node, path: &[usize], entries: &[Member]) -> bool {
    let Some((last, above)) = path.split_last() else {
        return true;
    };
    let map = above
        .iter()
        .try_fold(tree, |node, index| Some(&node.as_map()?.get(*index)?.value));
    let members = map
        .and_then(Node::as_map)
        .unwrap_or_default()
        .iter()
        .enumerate();
    let mut others = members.filter(|(index, _)| index != last);
    others.any(|(_, other)| entries.iter().any(|entry| entry.key.text == other.key.text))
}

/// Replaces an entry, and corrects the ends of the maps around it.
fn replace(node: &mut Node, path: &[usize], entries: Vec<Member>) {
    let (Value::Map(members), [index, below @ ..]) = (&mut node.value, path) else {
        return;
    };
    if below.is_empty() {
        members.splice(*index..=*index, entries);
    } else if let Some(member) = members.get_mut(*index) {
        replace(&mut member.value, below, entries);
    }
    let ends = members.iter().map(|member| member.span().end);
    node.span.end = ends.max().unwrap_or(node.span.end);
}

/// Moves the locations from a byte on.
struct Shift {
    from: u32,
    distance: i64,
}

impl Shift {
    fn node(&self, node: &mut Node) {
        self.span(&mut node.span);
        match &mut node.value {
            Value::List(elements) => elements.iter_mut().for_each(|element| self.node(element)),
            Value::Map(members) => members.iter_mut().for_each(|member| self.member(member)),
            _ => {}
        }
    }

    fn member(&self, member: &mut Member) {
        self.span(&mut member.key.span);
        self.node(&mut member.value);
    }

    fn span(&self, span: &mut Span) {
        for at in [&mut span.start, &mut span.end] {
            if *at >= self.from {
                *at = u32::try_from(i64::from(*at) + self.distance).unwrap_or(u32::MAX);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# A comment
openapi: 3.1.0
info:
  title: Zoo — with two lines
    of text
  description: |
    Some: text

    # no comment
paths:
  /animals/{id}:
    get:
      tags: [a, 'b: c',
        d]
      responses:
        '200': {description: ok}
        404:
          description: >-
            folded

            text
    # a comment
    put:
      x: \"quoted
        text\"
  /food: {}
components:
  schemas:
    Pet:
      type: object
      required:
      - name
      - 'ü'
      properties:
        name: {type: string}
        size:
          type: integer
    Empty:
    Last:
      enum:
        - a
        -   b: 1
            c: 2
";

    const INSERTED: [&str; 24] = [
        "x",
        "\n",
        "  ",
        " ",
        ": ",
        "- ",
        "{",
        "}",
        "'",
        "\"",
        "#",
        " #",
        "|\n",
        "&a ",
        "*a",
        "---\n",
        "é",
        "\t",
        "[",
        "k: v\n",
        "\n    get: 1\n",
        "<<: ",
        "%",
        "\n...\n",
    ];

    #[test]
    fn an_edited_text_has_the_tree_of_its_whole_text() {
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % below as u64).unwrap()
        };
        let mut edited = 0;
        for _ in 0..2_000 {
            let mut text = TEXT.to_owned();
            let Tree {
                node: tree,
                is_plain,
            } = yaml::read(FileId(3), &text, &mut Vec::new()).unwrap();
            assert!(is_plain);
            let mut parsed = Parsed {
                text: text.clone(),
                tree: tree.into(),
            };
            for _ in 0..4 {
                let at = crate::text::floor(&text, random(text.len() + 1));
                let to = crate::text::floor(&text, (at + random(3) * random(8)).min(text.len()));
                text.replace_range(at..to, INSERTED[random(INSERTED.len())]);
                if parsed.edit(FileId(3), &text).is_some() {
                    edited += 1;
                    let mut found = Vec::new();
                    let whole = yaml::read(FileId(3), &text, &mut found).map(|tree| tree.node);
                    assert_eq!(whole.as_ref().ok(), Some(&*parsed.tree), "{text}");
                    assert!(found.is_empty(), "{text}");
                }
            }
        }
        assert!(edited > 500, "{edited}");
    }
}
