//! Hover texts: the meaning of a part of the description, its Rust code, and its uses.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::check::Good;
use super::configuration::docs_at;
use super::index::{Mention, Symbol};
use super::known::scopes_of;
use super::navigate::usage;
use super::places::Places;
use super::position::Text;
use super::roots::{Kind, kind_of};
use super::rust::Rust;
use super::words::{docs_of_media_type, docs_of_status, docs_of_word};
use super::worker::Found;
use crate::codes;
use crate::document::decode::{Form, METHODS, Names, OPERATION, SECURITY_SCHEME, Words};
use crate::model::{Constant, Kind as TypeKind};
use crate::source::{Key, Node, head};
use crate::text::{FileId, Span};

/// The hover text at a position.
pub(super) fn hover(found: &Found, path: &str, position: Position) -> Option<Hover> {
    let mut parts = Vec::new();
    if let Some(open) = found.texts.get(path) {
        parts.extend(written_code(&open.text, position).map(explained));
        if kind_of(path, open.text.content()) == Some(Kind::Configuration) {
            let docs = docs_at(open.text.content(), open.text.offset(position));
            parts.extend(docs.map(str::to_owned));
        }
    }
    if let Some((good, file)) = found.good_of(path) {
        let mut places = Places::new(&good.sources, &found.texts);
        let at = places.older(file, position);
        parts.extend(Subject { good, file, at }.parts());
    }
    parts.extend(codes_at(found, path, position).into_iter().map(explained));
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: parts.join("\n\n---\n\n"),
        }),
        range: None,
    })
}

/// The code at a position, as in a comment that allows it.
fn written_code(text: &Text, position: Position) -> Option<&'static str> {
    let at = text.offset(position);
    let content = text.content();
    let is_part = |character: char| character.is_ascii_alphanumeric();
    let start = content[..at].trim_end_matches(is_part).len();
    let rest = &content[at..];
    let end = at + rest.len() - rest.trim_start_matches(is_part).len();
    codes::find(&content[start..end]).map(|code| code.code)
}

/// The codes of the diagnostics at a position.
fn codes_at(found: &Found, path: &str, position: Position) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for report in found.reports_of(path) {
        let mut places = Places::new(&report.sources, &found.texts);
        for diagnostic in &report.diagnostics {
            let Some(label) = &diagnostic.primary else {
                continue;
            };
            if report.sources.file(label.span.file).path == path {
                let range = places.range(label.span);
                if range.start <= position && position <= range.end {
                    codes.push(diagnostic.code);
                }
            }
        }
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn explained(code: &'static str) -> String {
    codes::find(code).map_or_else(String::new, |known| {
        format!("**{code}**: {}\n\n{}", known.title, known.explanation)
    })
}

/// A value on the path from the root to the one at a position.
struct Stop<'t> {
    key: Option<&'t Key>,
    node: &'t Node,
    form: Option<Form>,
}

impl Stop<'_> {
    /// The span that marks the value.
    fn mark(&self) -> Span {
        self.key.map_or_else(|| head(self.node), |key| key.span)
    }

    fn name(&self) -> &str {
        self.key.map_or("", |key| &key.text)
    }

    fn is_operation(&self) -> bool {
        let keys = self.form.and_then(Form::object);
        keys.is_some_and(|keys| keys.noun == OPERATION.noun)
    }

    fn is(&self, section: &str) -> bool {
        let keys = self.form.and_then(Form::object);
        keys.is_some_and(|keys| keys.section() == Some(section))
    }
}

/// The part of a file at a byte.
struct Subject<'f> {
    good: &'f Good,
    file: FileId,
    at: usize,
}

impl<'f> Subject<'f> {
    fn parts(&self) -> Vec<String> {
        let Some(tree) = self.good.tree(self.file) else {
            return Vec::new();
        };
        let (stops, is_key) = self.way(tree);
        let mut parts = Vec::new();
        let mention = self.good.index().at(self.file, self.at);
        if let Some(mention) = mention {
            if let Symbol::Node(span) = mention.symbol {
                parts.extend(self.component(span));
                return parts;
            }
            parts.extend(self.named(mention));
        }
        if is_key {
            parts.extend(docs_of_key(&stops));
            parts.extend(self.rust(&stops));
        } else {
            parts.extend(self.value(&stops));
        }
        let last = stops
            .last()
            .filter(|_| is_key && !is_key_of_specification(&stops));
        if let Some(last) = last.filter(|last| last.form.and_then(Form::object).is_some()) {
            parts.extend(docs_of(last.node).map(str::to_owned));
        }
        parts
    }

    /// The meaning of a name that is defined elsewhere.
    fn named(&self, mention: &Mention) -> Option<String> {
        let is_scheme = matches!(mention.symbol, Symbol::Scheme(_));
        if mention.defines && !is_scheme {
            return None;
        }
        let defined = self.good.index().definition(&mention.symbol);
        let defined = defined.map(|mention| mention.span);
        match &mention.symbol {
            Symbol::Operation(id) => {
                let code = defined.and_then(|span| self.rust_at(span));
                let code = code.map_or_else(String::new, |code| format!("\n\n{code}"));
                Some(format!("The operation `{id}`.{code}"))
            }
            Symbol::Scheme(_) => docs_of_scheme(self.node_at(defined?)?).map(str::to_owned),
            Symbol::Tag(_) => {
                let tags = self
                    .good
                    .description
                    .root()
                    .get("tags")
                    .and_then(Node::as_list)?;
                let tag = tags
                    .iter()
                    .find(|tag| tag.get("name").map(|name| name.span) == defined)?;
                docs_of(tag).map(str::to_owned)
            }
            Symbol::Node(_) => None,
        }
    }

    /// The meaning of a scalar, and the Rust code of the schema whose type it decides.
    fn value(&self, stops: &[Stop<'_>]) -> Vec<String> {
        let Some((last, above)) = stops.split_last() else {
            return Vec::new();
        };
        let Some(text) = last.node.as_scalar() else {
            return Vec::new();
        };
        let docs = match last.form.and_then(Form::words) {
            Some(Words::Scope) => above
                .last()
                .and_then(|scheme| self.docs_of_scope(scheme, text)),
            Some(Words::Property) => return self.required(above, text).into_iter().collect(),
            words => words.and_then(|words| docs_of_word(words, text)),
        };
        let mut parts: Vec<String> = docs.map(str::to_owned).into_iter().collect();
        let keys = ["type", "format", "enum", "const"];
        let decides = |stop: &Stop<'_>| stop.key.is_some_and(|key| keys.contains(&&*key.text));
        let of_schema = match above {
            [schema @ .., values] if last.key.is_none() && decides(values) => schema,
            schema if decides(last) => schema,
            _ => return [parts, self.rust(stops).into_iter().collect()].concat(),
        };
        let is_schema = of_schema.last().is_some_and(|schema| schema.is("schemas"));
        if !is_schema {
            return parts;
        }
        let variant = self.variant(of_schema, text).filter(|_| last.key.is_none());
        parts.extend(variant.or_else(|| self.rust(of_schema)));
        parts
    }

    /// The field for a name in `required`.
    fn required(&self, stops: &[Stop<'_>], name: &str) -> Option<String> {
        let (_, schema) = stops.split_last()?;
        field(&Rust::of(self.good.api.as_ref()?), schema, name)
    }

    /// What a scope allows, in a requirement of its scheme.
    fn docs_of_scope(&self, requirement: &Stop<'_>, scope: &str) -> Option<&'f str> {
        let symbol = Symbol::Scheme(requirement.name().to_owned());
        let scheme = self.good.index().definition(&symbol)?;
        let mut scopes = scopes_of(self.node_at(scheme.span)?);
        scopes.find(|one| &*one.key.text == scope)?.value.as_str()
    }

    /// The variant for a value of a schema.
    fn variant(&self, schema: &[Stop<'_>], value: &str) -> Option<String> {
        let rust = Rust::of(self.good.api.as_ref()?);
        let (_, ty) = rust.type_at(schema.last()?.mark())?;
        let TypeKind::Enumeration(enumeration) = &ty.kind else {
            return None;
        };
        let mut variants = enumeration.variants.iter();
        let variant = variants.find(|variant| match &variant.value {
            Constant::String(text) => text == value,
            Constant::Bool(flag) => flag.to_string() == value,
            Constant::Integer(number) => number.to_string() == value,
        })?;
        Some(fenced(&format!("{}::{}", ty.name, variant.name)))
    }

    /// The values on the path from the root to the byte, and whether the byte is in the key of the last one.
    fn way(&self, tree: &'f Node) -> (Vec<Stop<'f>>, bool) {
        let is_root = self.good.description.root().span.file == self.file;
        let entries = &self.good.index().entries;
        let mut whole = entries
            .iter()
            .filter(|(file, parts, _)| *file == self.file && parts.is_empty());
        let form = if is_root {
            Some(Form::DESCRIPTION)
        } else {
            whole.next().map(|(_, _, form)| *form)
        };
        let mut stops = vec![Stop {
            key: None,
            node: tree,
            form,
        }];
        while let Some(Stop { node, form, .. }) = stops.last() {
            let mut members = node.as_map().unwrap_or_default().iter();
            let member =
                members.find(|member| self.is_in(member.key.span) || self.is_in(member.value.span));
            if let Some(member) = member {
                let form = form.and_then(|form| form.of_key(&member.key.text));
                let is_key = self.is_in(member.key.span);
                stops.push(Stop {
                    key: Some(&member.key),
                    node: &member.value,
                    form,
                });
                if is_key {
                    return (stops, true);
                }
                continue;
            }
            let mut elements = node.as_list().unwrap_or_default().iter();
            let Some(element) = elements.find(|element| self.is_in(element.span)) else {
                break;
            };
            let form = form.and_then(Form::of_element);
            stops.push(Stop {
                key: None,
                node: element,
                form,
            });
        }
        (stops, false)
    }

    fn is_in(&self, span: Span) -> bool {
        span.file == self.file && span.start as usize <= self.at && self.at <= span.end as usize
    }

    /// A component: its Rust code, its description and its uses.
    fn component(&self, span: Span) -> Vec<String> {
        let mut parts = Vec::new();
        let rust = self.good.api.as_ref().map(Rust::of);
        if let Some(rust) = rust
            && let Some((id, _)) = rust.type_at(span)
        {
            parts.extend(rust.declaration(id).map(|code| fenced(&code)));
        }
        let docs = self.node_at(span).and_then(docs_of);
        parts.extend(docs.map(str::to_owned));
        let users = self.good.index().users(span);
        let mut labels: Vec<&str> = users.iter().map(|(label, _)| label.as_str()).collect();
        labels.dedup();
        let mut usage = usage(self.good, span);
        for label in labels.iter().take(MOST_USERS) {
            usage += &["\n- `", label, "`"].concat();
        }
        if labels.len() > MOST_USERS {
            usage += &[
                "\n- … and ",
                &(labels.len() - MOST_USERS).to_string(),
                " more",
            ]
            .concat();
        }
        parts.push(usage);
        parts
    }

    /// The value of a key.
    fn node_at(&self, key: Span) -> Option<&'f Node> {
        let mut node = self.good.tree(key.file)?;
        loop {
            let mut members = node.as_map()?.iter();
            let member = members.find(|member| {
                let (own, value) = (member.key.span, member.value.span);
                own == key || value.start <= key.start && key.end <= value.end
            })?;
            node = &member.value;
            if member.key.span == key {
                return Some(node);
            }
        }
    }

    /// The Rust code for the value at another location.
    fn rust_at(&self, span: Span) -> Option<String> {
        let there = Self {
            good: self.good,
            file: span.file,
            at: span.start as usize,
        };
        let (stops, _) = there.way(self.good.tree(span.file)?);
        there.rust(&stops)
    }

    /// The Rust code for the value.
    fn rust(&self, stops: &[Stop<'_>]) -> Option<String> {
        let rust = Rust::of(self.good.api.as_ref()?);
        let (last, above) = stops.split_last()?;
        let is_property = above.last().is_some_and(|all| all.name() == "properties");
        let is_property = is_property && last.is("schemas");
        if is_property && let Some(field) = field(&rust, &above[..above.len() - 1], last.name()) {
            return Some(field);
        }
        let is_id = last.name() == "operationId" && above.last().is_some_and(Stop::is_operation);
        let is_parameter = above.last().is_some_and(|above| above.is("parameters"));
        if last.is_operation() || is_id || is_parameter || is_property {
            let at = stops.iter().rposition(Stop::is_operation)?;
            let (path, key) = (stops.get(at.checked_sub(1)?)?, stops[at].name());
            let (_, method) = METHODS.iter().find(|(method, _)| *method == key)?;
            let (resource, operation) = rust.operation(method, path.name())?;
            return rust.method(resource, operation).map(|code| fenced(&code));
        }
        if last.is("schemas") {
            let (id, _) = rust.type_at(last.mark())?;
            return rust.declaration(id).map(|code| fenced(&code));
        }
        None
    }
}

/// The field for a property of a schema, or of the schema that it is a part of.
fn field(rust: &Rust<'_>, schema: &[Stop<'_>], property: &str) -> Option<String> {
    let (last, above) = schema.split_last()?;
    if let Some((id, ty, field)) = rust.field(last.mark(), property) {
        let declaration = rust.field_declaration(id, field)?;
        return Some(fenced(&format!("// in {}\n{declaration}", ty.name)));
    }
    let (all_of, whole) = above.split_last()?;
    if all_of.name() == "allOf" {
        field(rust, whole, property)
    } else {
        None
    }
}

/// The documentation of an object in the description.
fn docs_of(node: &Node) -> Option<&str> {
    let texts = ["description", "summary", "title"].map(|key| node.get(key));
    texts.into_iter().flatten().find_map(Node::as_str)
}

/// The documentation of a security scheme, otherwise of its type.
fn docs_of_scheme(scheme: &Node) -> Option<&str> {
    let types = Form::Object(&SECURITY_SCHEME).of_key("type");
    let words = types.and_then(Form::words);
    let of_type = || docs_of_word(words?, scheme.get("type")?.as_str()?);
    docs_of(scheme).or_else(of_type)
}

/// The maximum number of users that are listed.
const MOST_USERS: usize = 10;

/// The documentation of the last key on the path, from the specification.
fn docs_of_key(stops: &[Stop<'_>]) -> Option<String> {
    let (last, above) = stops.split_last()?;
    let form = above.last()?.form?;
    let docs = match form {
        Form::Map(Names::Status, _) => docs_of_status(last.name())?,
        Form::Map(Names::MediaType, _) => docs_of_media_type(last.name()),
        _ => form.object()?.entry(last.name())?.docs,
    };
    Some(docs.to_owned())
}

/// Whether the last key on the path is one that the specification defines, and not a name or a status code.
fn is_key_of_specification(stops: &[Stop<'_>]) -> bool {
    let [.., above, _] = stops else {
        return false;
    };
    above.form.and_then(Form::object).is_some()
}

fn fenced(code: &str) -> String {
    ["```rust\n", code, "\n```"].concat()
}
