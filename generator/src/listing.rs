//! The public items of generated code, one line each: everything that a program using the crate can name.
//!
//! Items are taken from the emitted tokens, so that the list is correct regardless of the stages before.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Fields, FnArg, Ident, ImplItem, Item, Meta, Signature, Type, Visibility};

use crate::emit::{self, Plan, Source};
use crate::model::Api;

#[cfg(test)]
mod tests;

/// A public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicItem {
    /// The item without its path, as shown in `api.txt`: `: Option<String>`, `(self, limit: i64) -> ListCall`.
    pub signature: String,
    /// The part that a program depends on: the signature without the names of parameters.
    pub contract: String,
    /// The kind of the item.
    pub kind: ItemKind,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether it is a former name of another item.
    pub is_former: bool,
}

impl PublicItem {
    /// The item as a line.
    pub(crate) fn line(&self, path: &str) -> String {
        let mark = if self.deprecated { " (deprecated)" } else { "" };
        format!("{path}{}{mark}", self.signature)
    }
}

/// The kind of a [`PublicItem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemKind {
    /// A struct, an enum, an alias or a constant.
    Type {
        /// Whether parts can be added without breaking a program: `#[non_exhaustive]`
        open: bool,
    },
    /// A field of a struct.
    Field,
    /// A variant of an enum, or a field of one.
    Variant,
    /// A method, a function or an implemented trait.
    Function,
}

/// The public items of the files of a crate by their paths: `museum::types::Pet`, `museum::types::Pet.name` (a field),
/// `museum::types::Pet::new` (a method or a variant).
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    pub items: BTreeMap<String, PublicItem>,
    /// The aliases by their names.
    aliases: HashMap<String, String>,
}

/// The maximum length of a chain of aliases.
const DEEPEST_ALIAS: usize = 8;

impl Listing {
    /// The public items of the module of an API.
    pub(crate) fn of(api: &Api) -> Self {
        // The name of the crate only occurs in examples.
        let options = emit::Options {
            crate_name: String::new(),
        };
        let plan = Plan::new(api, &options);
        let mut listing = Self::default();
        for part in plan.files().iter().filter(|part| !part.is_test()) {
            listing.add(emit::source(&plan, part));
        }
        listing
    }

    /// Adds the items of a file.
    pub(crate) fn add(&mut self, source: Source) {
        let Some(module) = module(&source.path) else {
            return;
        };
        if let Ok(file) = syn::parse2::<syn::File>(declarations(source.tokens, true)) {
            for item in &file.items {
                self.item(&module, item);
            }
        }
    }

    /// A signature with aliases replaced by their types, because for a program they are the same.
    pub(crate) fn expanded(&self, signature: &str) -> String {
        let mut text = signature.to_owned();
        for _ in 0..DEEPEST_ALIAS {
            let next = each_word(&text, |word| self.aliases.get(word).map(String::as_str));
            if next == text {
                break;
            }
            text = next;
        }
        text
    }

    /// Whether each alias names the same type in both.
    pub(crate) fn has_aliases_of(&self, other: &Self) -> bool {
        self.aliases == other.aliases
    }

    /// The items as lines: each type with its fields, then its traits, then its variants and methods.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let mut items: Vec<_> = self.items.iter().collect();
        // Sorted by the parts of the path: as text, `Pet2` would come between `Pet` and `Pet::new`.
        items.sort_by_cached_key(|(path, _)| {
            let path = path.replace("::", "\u{2}").replace(": ", "\u{1}");
            path.replace('.', "\0")
        });
        items.into_iter().map(|(path, item)| item.line(path))
    }

    fn item(&mut self, module: &str, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let path = format!("{module}::{}", item.ident);
                self.ty(&path, "struct", &item.attrs);
                self.fields(&path, &item.fields, ItemKind::Field, is_public);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let path = format!("{module}::{}", item.ident);
                self.ty(&path, "enum", &item.attrs);
                for variant in &item.variants {
                    let path = format!("{path}::{}", variant.ident);
                    let form = match &variant.fields {
                        Fields::Unit => String::new(),
                        Fields::Unnamed(fields) => {
                            format!("({})", vec!["_"; fields.unnamed.len()].join(", "))
                        }
                        Fields::Named(fields) => {
                            let names =
                                fields.named.iter().filter_map(|field| field.ident.as_ref());
                            let names: Vec<String> = names.map(ToString::to_string).collect();
                            format!(" {{ {} }}", names.join(", "))
                        }
                    };
                    self.push(path.clone(), form, ItemKind::Variant, &variant.attrs);
                    self.fields(&path, &variant.fields, ItemKind::Variant, |_| true);
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                let target = written(&item.ty);
                let signature = format!(" = {target}");
                self.aliases.insert(item.ident.to_string(), target);
                self.closed(module, &item.ident, signature, &item.attrs);
            }
            Item::Const(item) if is_public(&item.vis) => {
                let signature = format!(": const {}", written(&item.ty));
                self.closed(module, &item.ident, signature, &item.attrs);
            }
            Item::Fn(item) if is_public(&item.vis) => {
                self.function(
                    &format!("{module}::{}", item.sig.ident),
                    &item.sig,
                    &item.attrs,
                );
            }
            Item::Impl(item) => self.implementation(module, item),
            Item::Macro(item) => self.call_of_macro(module, item),
            _ => {}
        }
    }

    fn implementation(&mut self, module: &str, item: &syn::ItemImpl) {
        let Some(name) = self_name(&item.self_ty) else {
            return;
        };
        let path = format!("{module}::{name}");
        if let Some((of, _)) = &item.trait_ {
            let path = format!("{path}: {}", written(of));
            self.push(path, String::new(), ItemKind::Function, &item.attrs);
            return;
        }
        for inner in &item.items {
            match inner {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    let path = format!("{path}::{}", method.sig.ident);
                    self.function(&path, &method.sig, &method.attrs);
                }
                ImplItem::Const(inner) if is_public(&inner.vis) => {
                    let signature = format!(": const {}", written(&inner.ty));
                    self.closed(&path, &inner.ident, signature, &inner.attrs);
                }
                _ => {}
            }
        }
    }

    /// A macro of the runtime with the output of a call, `call!(ListCall -> Pets);`, or with the property that identifies
    /// the webhooks, `webhooks!(WebhookEvent by "type" {…});`. The other macros only add what all types of a kind have.
    fn call_of_macro(&mut self, module: &str, item: &syn::ItemMacro) {
        let name = item.mac.path.to_token_stream().to_string();
        let mut tokens = item.mac.tokens.clone().into_iter();
        let Some(TokenTree::Ident(of)) = tokens.next() else {
            return;
        };
        match &*name {
            "call" | "paged" => {
                let path = format!("{module}::{of}: {name}");
                // What follows in braces is how pages are read.
                let types = tokens.take_while(|token| !matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace));
                let types = compact(&types.collect()).replace(" = >", " => ");
                self.push(path, format!(" {types}"), ItemKind::Function, &item.attrs);
            }
            "webhooks" if matches!(tokens.next(), Some(TokenTree::Ident(by)) if by == "by") => {
                let path = format!("{module}::{of}::from_slice");
                let signature = "(body: &[u8]) -> Result<Self, DecodeError>".to_owned();
                self.push(path, signature, ItemKind::Function, &item.attrs);
            }
            _ => {}
        }
    }

    /// Adds an alias or a constant.
    fn closed(&mut self, module: &str, name: &Ident, signature: String, attributes: &[Attribute]) {
        let kind = ItemKind::Type { open: false };
        self.push(format!("{module}::{name}"), signature, kind, attributes);
    }

    fn ty(&mut self, path: &str, word: &str, attributes: &[Attribute]) {
        let open = has(attributes, "non_exhaustive");
        let mut derives: Vec<String> = attributes.iter().flat_map(derives).collect();
        derives.sort();
        let word = format!(": {word}{}", if open { " (non_exhaustive)" } else { "" });
        self.push(path.to_owned(), word, ItemKind::Type { open }, attributes);
        for derive in derives {
            let path = format!("{path}: {derive}");
            self.push(path, String::new(), ItemKind::Function, &[]);
        }
    }

    fn fields(
        &mut self,
        path: &str,
        fields: &Fields,
        kind: ItemKind,
        shows: impl Fn(&Visibility) -> bool,
    ) {
        for (at, field) in fields.iter().enumerate() {
            let name = field
                .ident
                .as_ref()
                .map_or(at.to_string(), ToString::to_string);
            if shows(&field.vis) {
                let signature = format!(": {}", written(&field.ty));
                self.push(format!("{path}.{name}"), signature, kind, &field.attrs);
            }
        }
    }

    fn function(&mut self, path: &str, signature: &Signature, attributes: &[Attribute]) {
        let mut names = Vec::new();
        let mut types = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    let by = if matches!(receiver.kind, syn::ReceiverKind::Reference(..)) {
                        "&self"
                    } else {
                        "self"
                    };
                    names.push(by.to_owned());
                    types.push(by.to_owned());
                }
                FnArg::Typed(argument) => {
                    let ty = written(&argument.ty);
                    names.push(format!(
                        "{}: {ty}",
                        compact(&argument.pat.to_token_stream())
                    ));
                    types.push(ty);
                }
            }
        }
        let output = match &signature.output {
            syn::ReturnType::Default => String::new(),
            syn::ReturnType::Type(_, ty) => format!(" -> {}", written(ty)),
        };
        let text = format!("({}){output}", names.join(", "));
        let contract = format!("({}){output}", types.join(", "));
        let item = PublicItem {
            signature: text,
            contract,
            kind: ItemKind::Function,
            deprecated: has(attributes, "deprecated"),
            is_former: is_former(attributes),
        };
        self.items.insert(path.to_owned(), item);
    }

    fn push(&mut self, path: String, signature: String, kind: ItemKind, attributes: &[Attribute]) {
        let item = PublicItem {
            contract: signature.clone(),
            signature,
            kind,
            deprecated: has(attributes, "deprecated"),
            is_former: is_former(attributes),
        };
        self.items.insert(path, item);
    }
}

/// The public module of a file. Files below `types`, and those of a resource's sections, are re-exported by their
/// parent.
fn module(path: &str) -> Option<String> {
    let path = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let parts: Vec<&str> = path.split('/').collect();
    Some(match parts[..] {
        [api, "types", ..] => format!("{api}::types"),
        [api, folder @ ("resources" | "examples"), resource, ..] if resource != "mod" => {
            format!("{api}::{folder}::{resource}")
        }
        [api, "webhooks"] => format!("{api}::webhooks"),
        [api, "client" | "mod"] => api.to_owned(),
        [api, "examples", "mod"] => format!("{api}::examples"),
        // Samples are for tests: no program stands on them, and their setters would repeat every field.
        _ => return None,
    })
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    let mut attributes = attributes.iter();
    attributes.any(|attribute| attribute.path().is_ident(name))
}

/// Whether the attributes are those of a former name: only these have a note with the new name.
fn is_former(attributes: &[Attribute]) -> bool {
    let mut attributes = attributes.iter();
    attributes.any(|own| own.path().is_ident("deprecated") && matches!(own.meta, Meta::List(_)))
}

fn derives(attribute: &Attribute) -> Vec<String> {
    let Meta::List(list) = &attribute.meta else {
        return Vec::new();
    };
    if !list.path.is_ident("derive") {
        return Vec::new();
    }
    let text = compact(&list.tokens);
    text.split(", ").map(str::to_owned).collect()
}

fn self_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// The tokens without documentation and without function bodies, which would take most of the time of parsing.
fn declarations(tokens: TokenStream, is_file: bool) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut in_function = false;
    for token in tokens {
        match token {
            // The `#` before it, and the `!` of an inner attribute, are dropped as well.
            TokenTree::Group(group) if is_doc(&group) => while kept.pop_if(is_mark).is_some() {},
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner = if in_function {
                    TokenStream::new()
                } else if is_file {
                    declarations(group.stream(), false)
                } else {
                    group.stream()
                };
                in_function = false;
                kept.push(proc_macro2::Group::new(Delimiter::Brace, inner).into());
            }
            token => {
                in_function |= matches!(&token, TokenTree::Ident(word) if word == "fn");
                kept.push(token);
            }
        }
    }
    kept.into_iter().collect()
}

fn is_mark(token: &mut TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if ['#', '!'].contains(&mark.as_char()))
}

/// Whether a group is that of a `#[doc = "…"]`.
fn is_doc(group: &proc_macro2::Group) -> bool {
    let first = || group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && matches!(first(), Some(TokenTree::Ident(word)) if word == "doc")
}

/// A type for a reader. The qualification of a name depends on the other names in its file, so only the last part of a
/// path is shown.
fn written(tokens: &impl ToTokens) -> String {
    compact(&unqualified(tokens.to_token_stream()))
}

/// The tokens without qualified paths: `crate::runtime::Call<Pet>` is `Call<Pet>`.
fn unqualified(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(colon)
                if colon.as_char() == ':' && colon.spacing() == Spacing::Joint =>
            {
                tokens.next();
                if matches!(kept.last(), Some(TokenTree::Ident(_))) {
                    kept.pop();
                }
            }
            TokenTree::Group(group) => {
                let inner = unqualified(group.stream());
                kept.push(proc_macro2::Group::new(group.delimiter(), inner).into());
            }
            other => kept.push(other),
        }
    }
    kept.into_iter().collect()
}

/// The tokens with spaces as rustfmt writes them.
fn compact(tokens: &TokenStream) -> String {
    let mut text = String::new();
    let mut last_is_word = false;
    for token in tokens.clone() {
        let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if is_word && last_is_word {
            text.push(' ');
        }
        match token {
            TokenTree::Group(group) => {
                let inner = compact(&group.stream());
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                text.push_str(&inner);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                '-' if punct.spacing() == Spacing::Joint => text.push_str(" -"),
                '>' if text.ends_with(" -") => text.push_str("> "),
                ',' => text.push_str(", "),
                '=' | '+' => {
                    text.push(' ');
                    text.push(punct.as_char());
                    text.push(' ');
                }
                ':' if punct.spacing() == Spacing::Alone && !text.ends_with(':') => {
                    text.push_str(": ");
                }
                sign => text.push(sign),
            },
            other => text.push_str(&other.to_string()),
        }
        last_is_word = is_word;
    }
    text.trim().to_owned()
}

/// The text with some of its words replaced.
pub(crate) fn each_word<'a>(text: &str, replace: impl Fn(&str) -> Option<&'a str>) -> String {
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        let end = rest[start..].find(|sign| !is_word(sign));
        let end = end.map_or(rest.len(), |end| start + end);
        let word = &rest[start..end];
        replaced.push_str(&rest[..start]);
        replaced.push_str(replace(word).unwrap_or(word));
        rest = &rest[end..];
    }
    replaced + rest
}
