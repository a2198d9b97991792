//! `JSONPath` (RFC 9535).

use serde_json::Value as Json;
use serde_json_path::{JsonPath, LocatedNode};

use super::code::{BAD_QUERY, NO_MATCH};
use super::selection::Selection;
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Node, Sources, Span};
use crate::text;

/// The maximum depth of nested brackets. The time for parsing a filter grows exponentially with the filters nested in
/// it.
const MOST_NESTED: usize = 8;

/// A `JSONPath` with its location.
#[derive(Debug)]
pub(super) struct Query {
    path: JsonPath,
    text: String,
    pub(super) span: Span,
}

/// What a query selects.
pub(super) struct Found {
    pub(super) selection: Selection,
    /// The number of values, with duplicates.
    pub(super) count: usize,
    /// The kind of the first value, and the first different kind.
    pub(super) kinds: (Option<Kind>, Option<Kind>),
    /// The maximum depth of a value.
    pub(super) depth: usize,
}

/// The kind of a value that an action is applied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    Primitive,
}

impl Kind {
    /// The plural noun, for messages.
    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Object => "objects",
            Self::Array => "arrays",
            Self::Primitive => "primitive values",
        }
    }

    fn of(json: &Json) -> Self {
        match json {
            Json::Object(_) => Self::Object,
            Json::Array(_) => Self::Array,
            _ => Self::Primitive,
        }
    }
}

impl Query {
    /// Parses the query in a string of a file.
    ///
    /// # Errors
    /// The diagnostic of a syntax error.
    pub(super) fn read(
        text: &str,
        node: &Node,
        sources: &Sources,
    ) -> Result<Self, Box<Diagnostic>> {
        let span = node.span;
        let error = Diagnostic::error(BAD_QUERY, format!("`{text}` is not a valid JSONPath"));
        if deepest_bracket(text) > MOST_NESTED {
            let label = format!("more than {MOST_NESTED} brackets are nested");
            return Err(Box::new(error.at(span, label)));
        }
        match JsonPath::parse(text) {
            Ok(path) => Ok(Self {
                path,
                text: text.to_owned(),
                span,
            }),
            Err(_) if !text.starts_with('$') => {
                let error = error.at(span, "a JSONPath begins with `$`");
                Err(Box::new(match path_of(text) {
                    Some(path) => error.help(format!("write `{path}`")),
                    None => error,
                }))
            }
            Err(fault) => {
                let position = text::floor(text, fault.position());
                let mark = within(span, position, text, sources);
                let error = error.at(mark, label(fault.message()));
                Err(Box::new(match advice(text, position, fault.message()) {
                    Some(help) => error.help(help),
                    None => error,
                }))
            }
        }
    }

    /// Selects the values.
    pub(super) fn select(&self, json: &Json) -> Found {
        let nodes = self.path.query_located(json);
        let mut found = Found {
            selection: Selection::default(),
            count: nodes.len(),
            kinds: (None, None),
            depth: 0,
        };
        for node in nodes.iter() {
            found.selection.insert(node.location());
            found.depth = found.depth.max(node.location().len());
            let kind = Kind::of(node.node());
            match found.kinds.0 {
                None => found.kinds.0 = Some(kind),
                Some(first) if first != kind => found.kinds.1 = found.kinds.1.or(Some(kind)),
                Some(_) => {}
            }
        }
        found
    }

    /// The pointer (RFC 6901) of the only value that it selects.
    ///
    /// # Errors
    /// The number of values, if it selects none or several.
    pub(super) fn only(&self, json: &Json) -> Result<String, usize> {
        let nodes = self.path.query_located(json).dedup();
        match nodes.all().as_slice() {
            [only] => Ok(only.location().to_json_pointer()),
            several => Err(several.len()),
        }
    }

    /// The warning that it selects nothing, with the name that was probably meant.
    pub(super) fn miss(&self, json: &Json) -> Diagnostic {
        let message = format!("`{}` selects nothing", self.text);
        let diagnostic = Diagnostic::warning(NO_MATCH, message);
        let Some(miss) = self.first_miss(json) else {
            return diagnostic.at(self.span, "");
        };
        let label = match (miss.found, name_of(miss.step)) {
            ("$", Some(name)) => format!("the description has no `{name}`"),
            (found, Some(name)) => format!("`{found}` has no `{name}`"),
            (found, None) => format!("`{}` selects nothing in `{found}`", miss.step),
        };
        let diagnostic = diagnostic.at(self.span, label);
        match (miss.near, miss.reference) {
            (Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
            (None, Some(reference)) => diagnostic
                .note(format!("`{}` is a `$ref` to `{reference}`", miss.found))
                .help(if reference.starts_with('#') {
                    "select the value that it refers to"
                } else {
                    "replace the `$ref`; an overlay does not change the other files of a description"
                }),
            (None, None) => diagnostic,
        }
    }

    /// Finds the first step of the query that selects nothing.
    fn first_miss<'q>(&'q self, json: &'q Json) -> Option<Miss<'q>> {
        let ends: Vec<usize> = ends(&self.text).collect();
        let selected = |end: &usize| {
            let text = self.text.get(..*end).unwrap_or_default();
            JsonPath::parse(text).map(|path| path.query_located(json).all())
        };
        let leads = |end: &usize| selected(end).is_ok_and(|nodes| !nodes.is_empty());
        // A binary search is possible: if a prefix of a query selects nothing, no longer prefix does.
        let at = ends.partition_point(leads).checked_sub(1)?;
        let (found, rest) = self.text.split_at_checked(ends[at])?;
        let end = ends.get(at + 1).copied().unwrap_or(self.text.len());
        let step = rest.get(..end.checked_sub(found.len())?)?;
        let nodes = selected(&ends[at]).ok()?;
        let maps = || {
            let nodes = nodes.iter();
            nodes.filter_map(|node: &LocatedNode<'_>| node.node().as_object())
        };
        let keys = maps().flat_map(|map| map.keys().map(String::as_str));
        Some(Miss {
            found,
            step,
            near: name_of(step).and_then(|name| nearest(name, keys)),
            reference: maps().find_map(|map| map.get("$ref")?.as_str()),
        })
    }
}

/// The first step of a query that selects nothing.
struct Miss<'q> {
    /// The steps before it.
    found: &'q str,
    step: &'q str,
    /// A key that is similar to the name in the step.
    near: Option<&'q str>,
    /// The `$ref` of a value that the steps before it select.
    reference: Option<&'q str>,
}

/// The end of `$` and of each step of a query: `$`, `.paths`, `['/pets']`, `..get`.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let mut brackets = Brackets::default();
    let mut before = '\0';
    let begins = text.char_indices().filter_map(move |(at, letter)| {
        let is_outside = brackets.depth == 0;
        brackets.read(letter);
        let begins = is_outside && before != '.' && matches!(letter, '.' | '[');
        before = letter;
        begins.then_some(at)
    });
    begins.chain(std::iter::once(text.len()))
}

/// The names in the steps of a query after `$`; `None` for a step that may select another value than one of this name.
pub(crate) fn steps(query: &str) -> Vec<Option<&str>> {
    let ends: Vec<usize> = ends(query).collect();
    let steps = ends.windows(2).map(|ends| &query[ends[0]..ends[1]]);
    steps.map(name_of).collect()
}

/// The query with another name for the value that these keys lead to: `None` if the query does not name the value.
///
/// # Errors
/// The query contains the name, but may select the value in another way, such as by a filter.
pub(crate) fn renamed(query: &str, way: &[String], name: &str) -> Result<Option<String>, ()> {
    let ends: Vec<usize> = ends(query).collect();
    let names = steps(query);
    let (old, number) = (way.last().map_or("", String::as_str), way.len());
    let mut pairs = names.iter().zip(way);
    if names.len() >= number && pairs.all(|(name, key)| *name == Some(key)) {
        let (start, end) = (ends[number - 1], ends[number]);
        let is_short = query[start..].starts_with('.') && is_member_name(name);
        let step = if is_short {
            format!(".{name}")
        } else {
            format!("['{name}']")
        };
        return Ok(Some([&query[..start], &step, &query[end..]].concat()));
    }
    let is_certain = names.iter().all(Option::is_some);
    if is_certain || !has_word(query, old) {
        Ok(None)
    } else {
        Err(())
    }
}

/// Whether a name can stand in a query without quotes.
fn is_member_name(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    name.chars().all(is_letter) && !name.starts_with(|first: char| first.is_ascii_digit())
}

/// Whether a text contains a word that is not a part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || "._-".contains(letter);
    let mut found = text.match_indices(word);
    found.any(|(at, _)| {
        let after = &text[at + word.len()..];
        !text[..at].ends_with(|before| is_part(before) && before != '.')
            && !after.starts_with(|next| is_part(next) && next != '.')
    })
}

/// The maximum depth of nested brackets.
fn deepest_bracket(text: &str) -> usize {
    let mut brackets = Brackets::default();
    let depths = text.chars().map(|letter| {
        brackets.read(letter);
        brackets.depth
    });
    depths.max().unwrap_or_default()
}

/// The open brackets at a character of a query. Brackets in strings do not count.
#[derive(Default)]
struct Brackets {
    depth: usize,
    quote: Option<char>,
    is_escaped: bool,
}

impl Brackets {
    fn read(&mut self, letter: char) {
        if std::mem::take(&mut self.is_escaped) {
            return;
        }
        match (self.quote, letter) {
            (Some(_), '\\') => self.is_escaped = true,
            (Some(quote), _) if quote == letter => self.quote = None,
            (None, '\'' | '"') => self.quote = Some(letter),
            (None, '[' | '(') => self.depth += 1,
            (None, ']' | ')') => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }
}

/// The name in a step that selects one key.
fn name_of(step: &str) -> Option<&str> {
    if step.starts_with("..") || step == ".*" {
        return None;
    }
    let inner = step
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let Some(inner) = inner.map(str::trim) else {
        return Some(step.trim_start_matches('.'));
    };
    let unquoted = |quote| inner.strip_prefix(quote)?.strip_suffix(quote);
    unquoted('\'').or_else(|| unquoted('"'))
}

/// The location of a byte of a string in the file, if the string contains no escapes.
fn within(span: Span, position: usize, text: &str, sources: &Sources) -> Span {
    let Some(quote) = sources.text(span).find(text) else {
        return span;
    };
    let start = span.start + text::offset(quote + position);
    let length = text[position..].chars().next().map_or(0, char::len_utf8);
    Span {
        start,
        end: start + text::offset(length),
        ..span
    }
}

/// The parser's error message as one phrase.
fn label(message: &str) -> &str {
    match message.split_once(", ") {
        Some((context, _)) if context.ends_with("name") => "expected a name",
        Some((_, reason)) => reason,
        None => "invalid from here on",
    }
}

fn advice(text: &str, position: usize, message: &str) -> Option<&'static str> {
    if message.contains("function") {
        return Some("the functions are `length`, `count`, `match`, `search` and `value`");
    }
    match text.get(position..)?.chars().next()? {
        '=' => Some("compare with `==`"),
        '[' | ']' | '(' | ')' | '.' | '\'' | '"' => None,
        _ => Some(
            "quote names that have other characters than letters, digits and `_`: `$.info['x-name']`",
        ),
    }
}

/// The query that was probably meant by a JSON pointer or by a query without `$`, if it consists of plain names.
fn path_of(text: &str) -> Option<String> {
    let text = text.trim_start_matches('#').replace('/', ".");
    let path = format!("$.{}", text.trim_start_matches('.'));
    JsonPath::parse(&path).is_ok().then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_outside_of_brackets_and_strings() {
        let text = "$.paths['/a.b[0]'].*[?@.x[0] == '\\'.']..get";
        let ends: Vec<usize> = ends(text).collect();
        let mut start = 0;
        let steps = ends
            .iter()
            .map(|end| &text[std::mem::replace(&mut start, *end)..*end]);
        let expected = [
            "$",
            ".paths",
            "['/a.b[0]']",
            ".*",
            "[?@.x[0] == '\\'.']",
            "..get",
        ];
        assert_eq!(steps.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_name_is_replaced_where_it_is_certain() {
        let way = ["components", "schemas", "Pet"].map(str::to_owned);
        let new = |query, name| renamed(query, &way, name);
        let old = "$.components.schemas.Pet.properties";
        let expected = "$.components.schemas.Animal.properties";
        assert_eq!(new(old, "Animal"), Ok(Some(expected.to_owned())));
        let expected = "$.components.schemas['a-b'].properties";
        assert_eq!(new(old, "a-b"), Ok(Some(expected.to_owned())));
        let expected = "$['components'].schemas['Animal']";
        let old = "$['components'].schemas[\"Pet\"]";
        assert_eq!(new(old, "Animal"), Ok(Some(expected.to_owned())));
        assert_eq!(new("$.components.schemas.Pets", "Animal"), Ok(None));
        assert_eq!(new("$.paths['/Pet'].get", "Animal"), Ok(None));
        assert_eq!(new("$.components.schemas.*", "Animal"), Ok(None));
        assert_eq!(new("$..schemas.Pet", "Animal"), Err(()));
        assert_eq!(
            new("$..[?@ == '#/components/schemas/Pet']", "Animal"),
            Err(())
        );
    }

    #[test]
    fn names_are_read_from_steps() {
        assert_eq!(name_of(".a"), Some("a"));
        assert_eq!(name_of("..a"), None);
        assert_eq!(name_of("[ 'x-a' ]"), Some("x-a"));
        assert_eq!(name_of("[\"x-a\"]"), Some("x-a"));
        assert_eq!(name_of("[0]"), None);
    }
}
