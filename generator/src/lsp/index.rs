//! The index of a description: every mention of a component, a tag, a security scheme or an operation.

mod paths;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use crate::document::decode::{
    Form, Keys, Names, OPERATION, PATH_ITEM, Resolver, Target, Words, escape,
};
use crate::read::Description;
use crate::source::{Member, Node};
use crate::text::{FileId, Span};

/// Something that is mentioned by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Symbol {
    /// The target of a `$ref`, by the span of its key or its beginning.
    Node(Span),
    Tag(String),
    Scheme(String),
    /// An operation, by its id.
    Operation(String),
}

/// A mention of a symbol.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub span: Span,
    pub symbol: Symbol,
    /// Whether the symbol is defined here.
    pub defines: bool,
    /// For a reference: the file of its target and the parts of its pointer.
    pub target: Option<(FileId, Vec<String>)>,
}

/// The direction of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Sent,
    Read,
}

/// The users of a component: the labels of operations, with the direction of the component's values.
pub(super) type Users = BTreeSet<(String, Option<Direction>)>;

/// The index of a description.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The mentions in each file, in the order of the file.
    mentions: BTreeMap<FileId, Vec<Mention>>,
    /// The targets of references, by file and pointer.
    pub entries: Vec<(FileId, Vec<String>, Form)>,
    /// The media types in the description.
    pub media_types: BTreeSet<String>,
    /// The components whose names are values of a discriminator.
    pub values: HashSet<Span>,
    /// The operations that use a component directly.
    direct: HashMap<Span, Users>,
    /// The components that use a component directly.
    above: HashMap<Span, BTreeSet<Span>>,
}

impl Index {
    pub(super) fn of(description: &Description) -> Self {
        let mut walk = Walk {
            index: Self::default(),
            main: description.root().span.file,
            resolver: Resolver::new(description.files()),
            walked: HashSet::new(),
            open: Vec::new(),
            found: Vec::new(),
            defined: HashSet::new(),
            paths: HashMap::new(),
            bases: HashSet::new(),
            own_values: Vec::new(),
        };
        walk.referring_paths(description.root());
        walk.push(description.root(), Form::DESCRIPTION, Owner::Nobody);
        for tree in description.trees().into_iter().skip(1) {
            walk.components(tree);
        }
        walk.run();
        walk.values_of_bases();
        for mentions in walk.index.mentions.values_mut() {
            mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
        }
        walk.index
    }

    /// The mention at a byte of a file.
    pub(super) fn at(&self, file: FileId, at: usize) -> Option<&Mention> {
        let mentions = self.mentions.get(&file)?;
        let end = mentions.partition_point(|mention| mention.span.start as usize <= at);
        let last = mentions.get(end.checked_sub(1)?)?;
        (at <= last.span.end as usize).then_some(last)
    }

    /// All mentions, file by file.
    pub(super) fn all(&self) -> impl Iterator<Item = &Mention> {
        self.mentions.values().flatten()
    }

    /// The mentions of a symbol.
    pub(super) fn mentions<'i>(&'i self, symbol: &'i Symbol) -> impl Iterator<Item = &'i Mention> {
        self.all().filter(move |mention| mention.symbol == *symbol)
    }

    /// The first definition of a symbol.
    pub(super) fn definition(&self, symbol: &Symbol) -> Option<&Mention> {
        self.all()
            .find(|mention| mention.defines && mention.symbol == *symbol)
    }

    /// The operations that use a component, directly or through other components.
    pub(super) fn users(&self, component: Span) -> Users {
        let mut users = Users::new();
        let mut known: HashSet<_> = HashSet::from([component]);
        let mut open = vec![component];
        while let Some(next) = open.pop() {
            users.extend(self.direct.get(&next).into_iter().flatten().cloned());
            let above = self.above.get(&next).into_iter().flatten();
            open.extend(above.filter(|above| known.insert(**above)));
        }
        users
    }

    /// The number of components that use a component directly.
    pub(super) fn users_among_components(&self, component: Span) -> usize {
        self.above.get(&component).map_or(0, BTreeSet::len)
    }
}

/// The innermost component or operation around a node.
#[derive(Debug, Clone)]
enum Owner {
    Nobody,
    Component(Span),
    /// An operation, or all operations of a path item, by their labels.
    Operations(Rc<[String]>, Option<Direction>),
}

/// A node to visit.
struct Open<'t> {
    node: &'t Node,
    form: Form,
    owner: Owner,
    /// The paths of the operations of the innermost path item.
    paths: Rc<[&'t str]>,
    /// Whether the server makes the call.
    is_webhook: bool,
}

/// A reference whose target was not visited yet.
struct Found<'t> {
    target: &'t Node,
    at: Span,
    form: Form,
}

struct Walk<'t> {
    index: Index,
    /// The main file of the description.
    main: FileId,
    resolver: Resolver<'t>,
    /// The addresses of the visited objects.
    walked: HashSet<usize>,
    open: Vec<Open<'t>>,
    found: Vec<Found<'t>>,
    /// The keys of files without `components` that were added as definitions.
    defined: HashSet<Span>,
    /// The paths whose `$ref` leads to a path item, by the address of the path item.
    paths: HashMap<usize, Vec<&'t str>>,
    /// The schemas that the `allOf` of another one refers to.
    bases: HashSet<Span>,
    /// The schemas whose name is a value of their own discriminator, if they are bases.
    own_values: Vec<Span>,
}

impl<'t> Walk<'t> {
    /// Adds the components of another file, which are visited even if nothing refers to them.
    fn components(&mut self, tree: &'t Node) {
        for key in ["components", "definitions"] {
            if let (Some(node), Some(form)) = (tree.get(key), Form::DESCRIPTION.of_key(key)) {
                self.push(node, form, Owner::Nobody);
            }
        }
    }

    /// Visits what was added, then those targets of references that were not visited.
    fn run(&mut self) {
        loop {
            while let Some(open) = self.open.pop() {
                self.node(&open);
            }
            let Some(found) = self.found.pop() else {
                return;
            };
            self.open.push(Open {
                node: found.target,
                form: found.form,
                owner: Owner::Component(found.at),
                paths: self.paths_of(found.target, None),
                is_webhook: false,
            });
        }
    }

    fn push(&mut self, node: &'t Node, form: Form, owner: Owner) {
        self.open.push(Open {
            node,
            form,
            owner,
            paths: Rc::new([]),
            is_webhook: false,
        });
    }

    fn node(&mut self, open: &Open<'t>) {
        if let Some(elements) = open.node.as_list() {
            let form = open.form.of_element();
            for node in elements.iter().rev() {
                self.open.extend(form.map(|form| Open {
                    node,
                    form,
                    owner: open.owner.clone(),
                    paths: open.paths.clone(),
                    ..*open
                }));
            }
        } else if let Some(members) = open.node.as_map() {
            if self.walked.insert(std::ptr::from_ref(open.node).addr()) {
                if open.form.object().is_some() {
                    self.values(open.node);
                }
                for member in members.iter().rev() {
                    self.member(open, member);
                }
            }
        } else if let Some(text) = open.node.as_scalar() {
            self.word(open.form, text, open.node.span, open);
        }
    }

    fn member(&mut self, open: &Open<'t>, member: &'t Member) {
        let key = &*member.key.text;
        let Some(form) = open.form.of_key(key) else {
            return;
        };
        let mut below = Open {
            node: &member.value,
            form,
            owner: open.owner.clone(),
            paths: open.paths.clone(),
            ..*open
        };
        match open.form {
            Form::Map(names, _) => {
                let is_outer = !matches!(open.owner, Owner::Operations(..));
                if is_outer && form.object().is_some_and(is_operation) {
                    below.owner = Owner::Operations(open.labels(key).collect(), None);
                }
                if form.object().is_some_and(is_path_item) {
                    let own = (names != Names::Component).then_some(key);
                    below.paths = self.paths_of(&member.value, own);
                }
                self.name(names, form, member, &mut below);
            }
            Form::Object(_) | Form::ObjectOrFlag(_) => {
                let is_path_item = open.form.object().is_some_and(is_path_item);
                let is_outer = !matches!(open.owner, Owner::Operations(..));
                if is_path_item && is_outer && key != "additionalOperations" {
                    let labels = self.operations(open, key);
                    if !labels.is_empty() {
                        below.owner = Owner::Operations(labels, None);
                    }
                }
                below.is_webhook |= matches!(key, "webhooks" | "x-webhooks" | "callbacks");
                if let Owner::Operations(_, direction) = &mut below.owner {
                    *direction = direction_of(key, below.is_webhook).or(*direction);
                }
            }
            _ => {}
        }
        self.open.push(below);
    }

    /// Visits a key of a map.
    fn name(&mut self, names: Names, form: Form, member: &'t Member, below: &mut Open<'t>) {
        let (text, span) = (&member.key.text, member.key.span);
        let symbol = match names {
            // Requirements only name the schemes of the main file.
            Names::Component if form.object().is_some_and(is_scheme) && span.file == self.main => {
                below.owner = Owner::Component(span);
                Symbol::Scheme(text.to_string())
            }
            Names::Component => {
                below.owner = Owner::Component(span);
                if form.object().is_some_and(is_schema) {
                    self.named_schema(member);
                }
                Symbol::Node(span)
            }
            Names::Scheme => Symbol::Scheme(text.to_string()),
            Names::MediaType => {
                self.index.media_types.insert(text.to_string());
                return;
            }
            Names::Any | Names::Path | Names::Status => return,
        };
        self.add(span, symbol, names == Names::Component, None);
    }

    /// Visits a scalar.
    fn word(&mut self, form: Form, text: &str, span: Span, open: &Open<'t>) {
        let text = text.to_owned();
        match form {
            Form::OneOrList(inner) => self.word(*inner, &text, span, open),
            Form::Word(Words::TagName) => self.add(span, Symbol::Tag(text), true, None),
            Form::Word(Words::Tag) => self.add(span, Symbol::Tag(text), false, None),
            Form::Word(Words::OperationId) => self.add(span, Symbol::Operation(text), true, None),
            Form::Word(Words::Operation) => self.add(span, Symbol::Operation(text), false, None),
            Form::Reference(keys) => self.reference(keys, &text, span, open),
            _ => {}
        }
    }

    fn reference(&mut self, keys: &'static Keys, text: &str, span: Span, open: &Open<'t>) {
        let Some((target, parts)) = self.target(keys.section(), text, span.file) else {
            return;
        };
        let (at, form) = (target.at(), Form::Object(keys));
        self.found.extend(
            (!self
                .walked
                .contains(&std::ptr::from_ref(target.node).addr()))
            .then_some(Found {
                target: target.node,
                at,
                form,
            }),
        );
        match &open.owner {
            Owner::Operations(labels, direction) => {
                let users = self.index.direct.entry(at).or_default();
                users.extend(labels.iter().map(|label| (label.clone(), *direction)));
            }
            Owner::Component(above) if *above != at => {
                self.index.above.entry(at).or_default().insert(*above);
            }
            Owner::Component(_) | Owner::Nobody => {}
        }
        // Some files have no `components`, and their keys are the names.
        let is_name = parts.len() == 1 && target.key.is_some();
        if is_name && self.defined.insert(at) {
            self.add(at, Symbol::Node(at), true, None);
        }
        let file = target.node.span.file;
        self.index.entries.push((file, parts.clone(), form));
        self.add(span, Symbol::Node(at), false, Some((file, parts)));
    }

    fn add(
        &mut self,
        span: Span,
        symbol: Symbol,
        defines: bool,
        target: Option<(FileId, Vec<String>)>,
    ) {
        let mentions = self.index.mentions.entry(span.file).or_default();
        mentions.push(Mention {
            span,
            symbol,
            defines,
            target,
        });
    }

    /// The target of a reference in a file. A mapping may contain the bare name of a component, which can look like the
    /// name of a file.
    fn target(
        &mut self,
        section: Option<&str>,
        text: &str,
        from: FileId,
    ) -> Option<(Target<'t>, Vec<String>)> {
        let section = section.filter(|_| !text.contains(['/', '#']));
        let named = section.and_then(|section| {
            let reference = format!("#/components/{section}/{}", escape(text));
            self.resolver.target(from, &reference)
        });
        named.or_else(|| self.resolver.target(from, text))
    }

    /// The target of a schema's `$ref`.
    fn referred(&mut self, schema: &Node) -> Option<Target<'t>> {
        let reference = schema.get("$ref")?;
        let target = self
            .resolver
            .target(reference.span.file, reference.as_str()?);
        target.map(|(target, _)| target)
    }
}

fn is_schema(keys: &Keys) -> bool {
    keys.section() == Some("schemas")
}

fn is_operation(keys: &Keys) -> bool {
    keys.noun == OPERATION.noun
}

fn is_path_item(keys: &Keys) -> bool {
    keys.noun == PATH_ITEM.noun
}

fn is_scheme(keys: &Keys) -> bool {
    keys.section() == Some("securitySchemes")
}

/// The direction of the values below a key of an operation.
fn direction_of(key: &str, is_webhook: bool) -> Option<Direction> {
    let direction = match key {
        "requestBody" | "parameters" => Direction::Sent,
        "responses" => Direction::Read,
        _ => return None,
    };
    Some(match (direction, is_webhook) {
        (Direction::Sent, true) => Direction::Read,
        (Direction::Read, true) => Direction::Sent,
        (direction, false) => direction,
    })
}
