//! The pagination of calls.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::output;
use super::path::FileScope;
use crate::model::{
    Api, Field, Kind, Operation, Output, PageRule, Pagination, Path, Presence, Shape,
};
use crate::name::Ident;

/// Emits the pagination of a call:
///
/// ```text
/// paged!(ListCall -> ThingList => Thing {
///     cursor "cursor",
///     items: |page| page.data,
///     next: |page| page.meta.as_ref()?.next_cursor,
/// });
/// ```
pub(super) fn item(scope: &FileScope<'_>, operation: &Operation) -> TokenStream {
    let (Some(name), Some(pagination)) = (&operation.call, &operation.pagination) else {
        return TokenStream::new();
    };
    let Output::Json(shape, nullable) = &operation.output else {
        return TokenStream::new();
    };
    scope.uses_macro();
    let value = output::value(scope, &operation.output);
    let mut list = PathExpression::new(scope.api, shape, *nullable, true);
    list.follow(&pagination.items);
    let element = list.end_in_list();
    let (items, item) = (list.into_expression(), scope.shape(&element));
    let rule = rule(pagination);
    let signs = signs(pagination).into_iter().map(|(name, path)| {
        let mut sign = PathExpression::new(scope.api, shape, *nullable, false);
        sign.follow(path);
        let (name, expression) = (format_ident!("{name}"), sign.into_expression());
        quote!(#name: |page| #expression)
    });
    quote! {
        paged!(#name -> #value => #item {
            #rule,
            items: |page| #items,
            #(#signs,)*
        });
    }
}

/// The docs of a method about its pages.
pub(super) fn lines(operation: &Operation) -> Option<String> {
    let call = operation
        .call
        .as_ref()
        .filter(|_| operation.pagination.is_some())?;
    Some(format!(
        "The response is one page of several: [`pages()`]({call}::pages) returns them one after another, and \
         [`items()`]({call}::items) the items of all of them."
    ))
}

/// `cursor "cursor"`, `page "page" from 1`, `offset "offset" limit "limit"`, `link` or `link_header`.
fn rule(pagination: &Pagination) -> TokenStream {
    match &pagination.rule {
        PageRule::Cursor { parameter } => quote!(cursor #parameter),
        PageRule::Page { parameter, first } => {
            let first = Literal::u64_unsuffixed(*first);
            quote!(page #parameter from #first)
        }
        PageRule::Offset { parameter, limit } => {
            let limit = limit.as_ref().map(|limit| quote!(limit #limit));
            quote!(offset #parameter #limit)
        }
        PageRule::Link if pagination.next.is_none() => quote!(link_header),
        PageRule::Link => quote!(link),
    }
}

fn signs(pagination: &Pagination) -> Vec<(&'static str, &Path)> {
    let all = [
        ("next", &pagination.next),
        ("more", &pagination.more),
        ("last", &pagination.last),
        ("total", &pagination.total),
    ];
    all.into_iter()
        .filter_map(|(name, path)| Some((name, path.as_ref()?)))
        .collect()
}

/// The wrapper around a value that an expression reaches.
#[derive(Clone, Copy)]
enum Wrapping {
    Nothing,
    Option,
    Nullable,
}

/// The path to a value in a response, as an expression that may use `?`.
struct PathExpression<'a> {
    api: &'a Api,
    /// Whether the expression is a `&mut` reference.
    mutable: bool,
    /// The expression; `None` for the response itself.
    expression: Option<TokenStream>,
    shape: Shape,
    wrapping: Wrapping,
}

impl<'a> PathExpression<'a> {
    fn new(api: &'a Api, shape: &Shape, nullable: bool, mutable: bool) -> Self {
        Self {
            api,
            mutable,
            expression: None,
            shape: shape.clone(),
            wrapping: if nullable {
                Wrapping::Option
            } else {
                Wrapping::Nothing
            },
        }
    }

    fn follow(&mut self, path: &Path) {
        for name in &path.0 {
            self.open();
            if let Shape::List(element) = &self.shape {
                self.shape = (**element).clone();
                self.step(&quote!(last()?));
                self.open();
            }
            let Some(field) = self.field(name) else {
                return;
            };
            self.wrapping = match field.presence {
                Presence::Required => Wrapping::Nothing,
                Presence::RequiredNullable | Presence::Optional => Wrapping::Option,
                Presence::OptionalNullable => Wrapping::Nullable,
            };
            self.shape = field.shape.clone();
            self.step(name);
        }
    }

    /// Reaches the value itself: inside an option, an alias or a newtype.
    fn open(&mut self) {
        loop {
            self.unwrap();
            self.shape = match self.api.resolved(&self.shape) {
                Shape::Nullable(inner) => {
                    self.wrapping = Wrapping::Option;
                    (**inner).clone()
                }
                // Auto-deref handles a box.
                Shape::Boxed(id) => Shape::Named(*id),
                Shape::Named(id) => match &self.api.ty(*id).kind {
                    Kind::Wrapper(inner) => {
                        self.step(&Literal::u8_unsuffixed(0));
                        inner.clone()
                    }
                    _ => return,
                },
                shape => {
                    self.shape = shape.clone();
                    return;
                }
            };
        }
    }

    fn unwrap(&mut self) {
        let step = match (self.wrapping, self.mutable) {
            (Wrapping::Nothing, _) => return,
            (Wrapping::Option, false) => quote!(as_ref()?),
            (Wrapping::Option, true) => quote!(as_mut()?),
            (Wrapping::Nullable, false) => quote!(value()?),
            (Wrapping::Nullable, true) => quote!(value_mut()?),
        };
        self.step(&step);
        self.wrapping = Wrapping::Nothing;
    }

    fn step(&mut self, step: &impl ToTokens) {
        let expression = self.expression.take().unwrap_or_else(|| quote!(page));
        self.expression = Some(quote!(#expression.#step));
    }

    fn into_expression(self) -> TokenStream {
        self.expression.unwrap_or_else(|| quote!(*page))
    }

    fn field(&self, name: &Ident) -> Option<&'a Field> {
        let Shape::Named(id) = self.api.resolved(&self.shape) else {
            return None;
        };
        match &self.api.ty(*id).kind {
            Kind::Record(record) => record.fields.iter().find(|field| field.name == *name),
            _ => None,
        }
    }

    /// The shape of the elements if the path ends in an array. The runtime removes an option around the array; only a
    /// newtype is opened here.
    fn end_in_list(&mut self) -> Shape {
        if self.is_wrapped(&self.shape) {
            self.open();
        }
        let mut shape = self.api.resolved(&self.shape);
        while let Shape::Nullable(inner) = shape {
            shape = self.api.resolved(inner);
        }
        match shape {
            Shape::List(element) => (**element).clone(),
            _ => Shape::Json,
        }
    }

    fn is_wrapped(&self, shape: &Shape) -> bool {
        match self.api.resolved(shape) {
            Shape::Nullable(inner) => self.is_wrapped(inner),
            Shape::Named(id) | Shape::Boxed(id) => {
                matches!(self.api.ty(*id).kind, Kind::Wrapper(_))
            }
            _ => false,
        }
    }
}
