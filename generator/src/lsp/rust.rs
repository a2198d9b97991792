//! The Rust code for parts of a description: the emitted items, without bodies and docs.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, ImplItem, Item, Visibility};

use crate::emit::{self, Options, Plan, PlannedFile};
use crate::format;
use crate::model::{Api, Field, Kind, Operation, Type, TypeId};
use crate::text::Span;

/// An API with lookups for its parts.
pub(super) struct Rust<'a> {
    api: &'a Api,
}

impl<'a> Rust<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        Self { api }
    }

    /// The type for a schema, by the location of the schema.
    pub(super) fn type_at(&self, mark: Span) -> Option<(TypeId, &'a Type)> {
        let mut types = self.api.types.iter().zip(0..);
        let (ty, id) = types.find(|(ty, _)| ty.mark == Some(mark))?;
        Some((TypeId(id), ty))
    }

    /// The field for a property of a schema.
    pub(super) fn field(&self, mark: Span, wire: &str) -> Option<(TypeId, &'a Type, &'a Field)> {
        let (id, ty) = self.type_at(mark)?;
        let Kind::Record(record) = &ty.kind else {
            return None;
        };
        let mut fields = record.fields.iter();
        Some((id, ty, fields.find(|field| field.wire == wire)?))
    }

    /// The operation with this method and path, and the position of its resource.
    pub(super) fn operation(&self, method: &str, path: &str) -> Option<(usize, &'a Operation)> {
        let resources = self.api.resources.iter().enumerate();
        let mut operations = resources.flat_map(|(at, resource)| {
            let operations = resource.operations.iter();
            operations.map(move |operation| (at, operation))
        });
        operations.find(|(_, operation)| operation.method == method && operation.path == path)
    }

    /// The declaration of a type.
    pub(super) fn declaration(&self, id: TypeId) -> Option<String> {
        let name = &self.api.types.get(id.0 as usize)?.name;
        let items = self.items(|file| match file {
            PlannedFile::TypeModule(_, types)
            | PlannedFile::Resource(_, types)
            | PlannedFile::Section(_, _, types) => types.contains(&id),
            _ => false,
        });
        let mut tokens = items
            .into_iter()
            .filter_map(|item| declared(item, name.plain()));
        Some(printed(&tokens.next()?))
    }

    /// The declaration of a field.
    pub(super) fn field_declaration(&self, id: TypeId, field: &Field) -> Option<String> {
        let declaration = self.declaration(id)?;
        let start = format!("pub {}: ", field.name);
        let mut lines = declaration.lines().map(str::trim);
        let line = lines.find(|line| line.starts_with(&start))?;
        Some(line.trim_end_matches(',').to_owned())
    }

    /// The signature of an operation's method, and those of the setters of its call.
    pub(super) fn method(&self, resource: usize, operation: &Operation) -> Option<String> {
        let handle = self.api.resources[resource].handle.to_string();
        let call = operation.call.as_ref().map(ToString::to_string);
        let items = self.items(|file| match file {
            PlannedFile::Resource(at, _) | PlannedFile::Section(at, _, _) => *at == resource,
            _ => false,
        });
        let setters = operation.inputs.iter().filter(|input| !input.required);
        let setters: Vec<String> = setters.map(|input| input.name.to_string()).collect();
        let name = operation.name.to_string();
        let mut methods = TokenStream::new();
        for item in items {
            let Item::Impl(mut own) = item else {
                continue;
            };
            let of = own.self_ty.to_token_stream().to_string();
            let of = of.split(' ').next().unwrap_or_default().to_owned();
            if own.trait_.is_some() || (of != handle && call.as_ref() != Some(&of)) {
                continue;
            }
            own.items.retain(|inner| match inner {
                ImplItem::Fn(method) => {
                    let method = method.sig.ident.to_string();
                    (of == handle && method == name) || (of != handle && setters.contains(&method))
                }
                _ => false,
            });
            for inner in &mut own.items {
                if let ImplItem::Fn(method) = inner {
                    method.attrs.clear();
                    method.block.stmts.clear();
                }
            }
            own.attrs.clear();
            if !own.items.is_empty() {
                own.to_tokens(&mut methods);
            }
        }
        (!methods.is_empty()).then(|| printed(&methods).replace(" {}", ";"))
    }

    /// The items of the first file for which `is_meant` holds.
    fn items(&self, is_meant: impl Fn(&PlannedFile) -> bool) -> Vec<Item> {
        // The name of the crate only occurs in examples.
        let options = Options {
            crate_name: String::new(),
        };
        let plan = Plan::new(self.api, &options);
        let files = plan.files().iter().filter(|file| is_meant(file));
        let sources = files.map(|file| emit::source(&plan, file).tokens);
        let files = sources.filter_map(|tokens| syn::parse2::<syn::File>(tokens).ok());
        files.flat_map(|file| file.items).collect()
    }
}

/// The tokens of the item if it declares this name, without attributes and private fields.
fn declared(mut item: Item, name: &str) -> Option<TokenStream> {
    let ident = match &item {
        Item::Struct(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    if ident != name {
        return None;
    }
    match &mut item {
        Item::Struct(item) => {
            item.attrs.retain(is_shown);
            for field in &mut item.fields {
                field.attrs.clear();
            }
            if let syn::Fields::Named(fields) = &mut item.fields {
                let all = std::mem::take(&mut fields.named).into_iter();
                fields.named = all
                    .filter(|field| matches!(field.vis, Visibility::Public(_)))
                    .collect();
            }
        }
        Item::Enum(item) => {
            item.attrs.retain(is_shown);
            for variant in &mut item.variants {
                variant.attrs.clear();
            }
        }
        Item::Type(item) => item.attrs.retain(is_shown),
        _ => {}
    }
    Some(quote!(#item))
}

/// Whether an attribute matters to callers.
fn is_shown(attribute: &Attribute) -> bool {
    ["non_exhaustive", "must_use", "deprecated"]
        .iter()
        .any(|name| attribute.path().is_ident(name))
}

fn printed(tokens: &TokenStream) -> String {
    let text = format::format("", tokens.clone());
    let text = text.unwrap_or_else(|error| format::unformatted("", tokens, &error));
    text.trim_end().to_owned()
}
