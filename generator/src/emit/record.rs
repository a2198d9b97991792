//! Structs.

use proc_macro2::TokenStream;
use quote::quote;

use super::Deferred;
use super::docs::Comment;
use super::former;
use super::known::{DEFAULT, ERR, JSON_OBJECT, MAP, NULLABLE, OK, OPTION, RESULT, SOME, STRING};
use super::path::FileScope;
use super::value::{Argument, constant};
use crate::model::{Field, Presence, Record, Rest, Scalar, Shape, SuccessFlag, Type, TypeId};
use crate::name::Ident;

/// Emits:
///
/// ```text
/// pub struct Profile { pub id: Uuid, pub emails: Option<Vec<Email>> }
/// record!(Profile { id: "id" required, emails: "emails" });
/// impl Profile { pub fn new(id: Uuid) -> Self; pub fn emails(self, emails: Vec<Email>) -> Self; }
/// ```
///
/// Headers of a response are such a struct too, with `headers!` instead of `record!`.
pub(super) fn item(scope: &FileScope<'_>, ty: &Type, record: &Record) -> TokenStream {
    let name = &ty.name;
    let docs = if record.of_headers {
        headers_docs()
    } else {
        super::type_docs(ty)
    };
    let must_use = record
        .success_flag
        .as_ref()
        .map(|_| quote!(#[must_use = "a success status code is not enough: check `into_result`"]));
    let derives = super::derives(ty);
    let fields = record.fields.iter();
    let fields = fields.map(|field| Deferred(move || declaration(scope, field)));
    let rest = record
        .rest
        .as_ref()
        .map(|rest| rest_declaration(scope, rest));
    let origin = record.success_flag.as_ref().map(|flag| {
        let origin = &flag.origin;
        quote! {
            /// The response that this value comes from, for the error of [`into_result`](Self::into_result).
            #origin: crate::runtime::Origin,
        }
    });
    let mut item = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq #derives)]
        #[non_exhaustive]
        #must_use
        pub struct #name {
            #(#fields,)*
            #rest
            #origin
        }
    };
    item.extend(codec(scope, ty, record));
    if ty.usage.written {
        item.extend(constructors(scope, ty, record));
    }
    if let Some(flag) = &record.success_flag {
        item.extend(into_result(scope, ty, record, flag));
    }
    item
}

fn headers_docs() -> Comment {
    Comment::sentence(
        "Headers of a response, as [`headers_as()`](crate::Response::headers_as) returns them.",
    )
}

fn declaration(scope: &FileScope<'_>, field: &Field) -> TokenStream {
    let docs = field_docs(field);
    let (name, ty) = (&field.name, Deferred(|| field_type(scope, field)));
    quote!(#docs pub #name: #ty)
}

fn rest_declaration(scope: &FileScope<'_>, rest: &Rest) -> TokenStream {
    let docs = Comment::sentence("The properties without a field.");
    let (name, ty) = (&rest.name, rest_type(scope, rest));
    quote!(#docs pub #name: #ty)
}

/// The doc comment of a field: the model's `docs`, which `lower/schema/record.rs` makes.
fn field_docs(field: &Field) -> Comment {
    let mut docs = Comment::of(&field.docs, "");
    docs.deprecated(field.deprecated);
    docs
}

fn field_type(scope: &FileScope<'_>, field: &Field) -> TokenStream {
    let ty = scope.shape(&field.shape);
    match field.presence {
        Presence::Required => ty,
        Presence::RequiredNullable | Presence::Optional => scope.applied(OPTION, ty),
        Presence::OptionalNullable => scope.applied(NULLABLE, ty),
    }
}

fn rest_type(scope: &FileScope<'_>, rest: &Rest) -> TokenStream {
    match &rest.shape {
        Shape::Json => scope.known(JSON_OBJECT),
        shape => scope.applied(MAP, scope.shape(shape)),
    }
}

/// `record!(Profile { id: "id" required, … });`
fn codec(scope: &FileScope<'_>, ty: &Type, record: &Record) -> TokenStream {
    scope.uses_macro();
    let name = &ty.name;
    let members = record.fields.iter();
    let members = members.map(|field| Deferred(move || member(scope, field)));
    let rest = record.rest.as_ref().map(|rest| {
        let name = &rest.name;
        quote!(..#name)
    });
    let origin = record.success_flag.as_ref().map(|flag| {
        let origin = &flag.origin;
        quote!(from #origin)
    });
    if record.of_headers {
        return quote!(headers!(#name { #(#members,)* }););
    }
    quote!(record!(#name #origin { #(#members,)* #rest });)
}

fn member(scope: &FileScope<'_>, field: &Field) -> TokenStream {
    let (name, wire) = (&field.name, &field.wire);
    if let Some(value) = &field.constant {
        let value = constant(value);
        return quote!(#name: #wire = #value);
    }
    let read_only = field.read_only.then(|| quote!(read_only));
    let write_only = field.write_only.then(|| quote!(write_only));
    let required = field.presence.is_required().then(|| quote!(required));
    let json = field.json_text.then(|| quote!(json));
    let is_decimal = match scope.api.resolved(&field.shape) {
        Shape::Scalar(scalar) => *scalar == Scalar::Decimal,
        Shape::Own(own) => own.wants_digits(),
        _ => false,
    };
    let decimal = is_decimal.then(|| quote!(decimal));
    quote!(#name: #wire #read_only #write_only #required #json #decimal)
}

/// Whether a record that is sent has a setter for this field: callers can set it, and `new` does not take it.
pub(super) fn has_setter(field: &Field) -> bool {
    field.constant.is_none() && !field.read_only && !field.is_argument()
}

/// `impl Profile { pub fn new(…) -> Self; setters }`, with the struct of required fields if `new` takes one.
fn constructors(scope: &FileScope<'_>, ty: &Type, record: &Record) -> TokenStream {
    let name = &ty.name;
    let required: Vec<&Field> = record
        .fields
        .iter()
        .filter(|field| field.is_argument())
        .collect();
    let whole = required.len() == record.fields.len()
        && record.rest.is_none()
        && record.success_flag.is_none();
    let (new, beside) = match &record.required_struct {
        Some(arguments) if !required.is_empty() => {
            new_of_struct(scope, ty, arguments, &required, whole)
        }
        _ if required.is_empty() => new_of_nothing(scope, ty),
        _ => (
            new_of_arguments(scope, ty, &required, whole),
            TokenStream::new(),
        ),
    };
    let setters = record
        .setters
        .is_none()
        .then(|| setter_methods(scope, record));
    quote! {
        #beside

        impl #name {
            #new
            #setters
        }
    }
}

/// Emits a separate file with the setters of a record: `impl Profile { setters }`.
pub(super) fn setters(scope: &FileScope<'_>, id: TypeId, record: &Record) -> TokenStream {
    let (name, setters) = (scope.ty(id), setter_methods(scope, record));
    quote!(impl #name { #setters })
}

fn setter_methods(scope: &FileScope<'_>, record: &Record) -> TokenStream {
    let optional = record.fields.iter().filter(|field| has_setter(field));
    let setters = optional.map(|field| Deferred(move || setter(scope, field)));
    let rest = record.rest.as_ref().map(|rest| rest_setter(scope, rest));
    quote!(#(#setters)* #rest)
}

fn new_docs(ty: &Type) -> Comment {
    Comment::sentence(&format!(
        "Returns {} with only its required fields.",
        with_article(&ty.name)
    ))
}

/// "a `Pet`", "an `Order`".
pub(super) fn with_article(name: &Ident) -> String {
    let article = if name.plain().starts_with(['A', 'E', 'I', 'O']) {
        "an"
    } else {
        "a"
    };
    format!("{article} `{}`", name.plain())
}

/// The values of the fields without an argument: absent, or their constant.
fn others(whole: bool) -> Option<TokenStream> {
    (!whole).then(|| quote!(..crate::runtime::empty()))
}

fn new_of_arguments(
    scope: &FileScope<'_>,
    ty: &Type,
    required: &[&Field],
    whole: bool,
) -> TokenStream {
    let docs = new_docs(ty);
    let arguments: Vec<Argument> = required
        .iter()
        .map(|field| argument(scope, field))
        .collect();
    let parameters = arguments.iter().map(|argument| &argument.parameter);
    let fields = arguments.iter().map(Argument::initializer);
    let others = others(whole);
    quote! {
        #docs
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#fields,)* #others }
        }
    }
}

/// The argument for a field. A required nullable field takes its `Option` directly.
pub(super) fn argument(scope: &FileScope<'_>, field: &Field) -> Argument {
    match field.presence {
        Presence::RequiredNullable => Argument::plain(&field.name, field_type(scope, field)),
        Presence::OptionalNullable => Argument::nullable(scope, &field.name, &field.shape),
        Presence::Optional => Argument::of(scope, &field.name, &field.shape).some(scope),
        Presence::Required => Argument::of(scope, &field.name, &field.shape),
    }
}

fn new_of_nothing(scope: &FileScope<'_>, ty: &Type) -> (TokenStream, TokenStream) {
    let (name, default) = (&ty.name, scope.known(DEFAULT));
    let docs = Comment::sentence(&format!(
        "Returns {} without any optional field.",
        with_article(name)
    ));
    let new = quote! {
        #docs
        pub fn new() -> Self {
            crate::runtime::empty()
        }
    };
    let beside = quote! {
        impl #default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (new, beside)
}

fn new_of_struct(
    scope: &FileScope<'_>,
    ty: &Type,
    arguments: &Ident,
    required: &[&Field],
    whole: bool,
) -> (TokenStream, TokenStream) {
    let new_docs = new_docs(ty);
    let names = required.iter().map(|field| &field.name);
    let values = required.iter().map(|field| {
        let name = &field.name;
        if field.presence == Presence::Optional {
            let some = scope.known(SOME);
            quote!(#some(required.#name))
        } else {
            quote!(required.#name)
        }
    });
    let others = others(whole);
    let new = quote! {
        #new_docs
        pub fn new(required: #arguments) -> Self {
            Self { #(#names: #values,)* #others }
        }
    };
    let docs = Comment::sentence(&format!(
        "The required fields of {}.",
        with_article(&ty.name)
    ));
    let fields = required.iter().map(|field| match field.presence {
        Presence::Optional => {
            let docs = field_docs(field);
            let (name, ty) = (&field.name, scope.shape(&field.shape));
            quote!(#docs pub #name: #ty)
        }
        _ => declaration(scope, field),
    });
    let beside = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #arguments {
            #(#fields,)*
        }
    };
    (new, beside)
}

fn setter(scope: &FileScope<'_>, field: &Field) -> TokenStream {
    let name = &field.name;
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    let Argument {
        parameter, value, ..
    } = argument(scope, field);
    let former = former::setters(name, &field.former, &parameter);
    quote! {
        #deprecated
        pub fn #name(mut self, #parameter) -> Self {
            self.#name = #value;
            self
        }

        #former
    }
}

fn rest_setter(scope: &FileScope<'_>, rest: &Rest) -> TokenStream {
    let (field, setter, string, into) = (
        &rest.name,
        &rest.setter,
        scope.known(STRING),
        scope.known(super::known::INTO),
    );
    let Argument {
        parameter, value, ..
    } = Argument::of(scope, &quote!(value), &rest.shape);
    quote! {
        /// Adds a property without a field.
        pub fn #setter(mut self, name: impl #into<#string>, #parameter) -> Self {
            self.#field.insert(name.into(), #value);
            self
        }
    }
}

/// `pub fn into_result(self) -> Result<Self, Error>`
fn into_result(
    scope: &FileScope<'_>,
    ty: &Type,
    record: &Record,
    flag: &SuccessFlag,
) -> TokenStream {
    let (name, field, origin) = (&ty.name, &flag.flag, &flag.origin);
    let (result, ok, err) = (scope.known(RESULT), scope.known(OK), scope.known(ERR));
    let some = scope.known(SOME);
    let yes = if flag.optional {
        quote!(self.#field == #some(true))
    } else {
        quote!(self.#field)
    };
    let messages = messages(record, flag);
    let errors = match flag.messages {
        Some(_) => " Returns an error with the response's messages if it does not.",
        None => " Returns an error if it does not.",
    };
    quote! {
        impl #name {
            /// Returns the value if its success flag is set.
            ///
            /// # Errors
            #[doc = #errors]
            pub fn into_result(self) -> #result<Self, crate::runtime::Error> {
                if #yes {
                    #ok(self)
                } else {
                    #err(self.#origin.rejected(#messages))
                }
            }
        }
    }
}

/// The messages, from a field of strings or of one string.
fn messages(record: &Record, flag: &SuccessFlag) -> TokenStream {
    let found = flag.messages.as_ref().and_then(|(name, optional)| {
        record
            .fields
            .iter()
            .find(|field| field.name == *name)
            .map(|field| (name, *optional, &field.shape))
    });
    match found {
        Some((name, optional, Shape::List(item))) if **item == Shape::Scalar(Scalar::String) => {
            if optional {
                quote!(self.#name.unwrap_or_default())
            } else {
                quote!(self.#name)
            }
        }
        Some((name, optional, Shape::Scalar(Scalar::String))) => {
            if optional {
                quote!(self.#name)
            } else {
                quote!([self.#name])
            }
        }
        _ => quote!(::std::iter::empty::<&str>()),
    }
}
