//! Arguments and literal values.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::known::{BOX, INTO, NULLABLE, REQUEST_BODY, SOME, STRING, STYLE};
use super::path::FileScope;
use crate::model::{
    Api, Body, Codec, Constant, Encoding, Input, InputLocation, Kind, Operation, Scalar, Shape,
    Style, TypeId,
};

/// A parameter of an emitted function, and the expression that converts it to the field's value.
pub(super) struct Argument {
    name: TokenStream,
    /// `name: impl Into<String>`
    pub(super) parameter: TokenStream,
    /// `name.into()`
    pub(super) value: TokenStream,
    /// Whether the value is not just the argument.
    pub(super) is_converted: bool,
}

impl Argument {
    /// The argument for a value of this shape. A string takes anything that converts to a string; see also [`converts`].
    pub(super) fn of(scope: &FileScope<'_>, name: &dyn ToTokens, shape: &Shape) -> Self {
        match scope.api.resolved(shape) {
            Shape::Scalar(Scalar::String | Scalar::Secret | Scalar::File | Scalar::Decimal)
            | Shape::Json => Argument::into(scope, name, scope.shape(shape)),
            Shape::Own(own) if !own.is_known() => Argument::into(scope, name, scope.shape(shape)),
            Shape::Named(id) if converts(scope.api, *id) => {
                Argument::into(scope, name, scope.shape(shape))
            }
            Shape::Boxed(id) => {
                let (ty, boxed) = (scope.ty(*id), scope.known(BOX));
                let inner = if converts(scope.api, *id) {
                    Argument::into(scope, name, ty)
                } else {
                    Argument::plain(name, ty)
                };
                let value = &inner.value;
                Argument {
                    value: quote!(#boxed::new(#value)),
                    is_converted: true,
                    ..inner
                }
            }
            _ => Argument::plain(name, scope.shape(shape)),
        }
    }

    /// An argument that may be a value or null: `impl Into<Nullable<T>>`.
    pub(super) fn nullable(scope: &FileScope<'_>, name: &dyn ToTokens, shape: &Shape) -> Self {
        Argument::into(scope, name, scope.applied(NULLABLE, scope.shape(shape)))
    }

    /// An argument that is sent as text, whatever its schema.
    pub(super) fn text(scope: &FileScope<'_>, name: &dyn ToTokens) -> Self {
        Argument::unconverted(scope, name, scope.known(STRING))
    }

    /// An argument of bytes, in memory or from a reader.
    pub(super) fn bytes(scope: &FileScope<'_>, name: &dyn ToTokens) -> Self {
        Argument::unconverted(scope, name, scope.known(REQUEST_BODY))
    }

    /// An argument that is used without conversion.
    pub(super) fn plain(name: &dyn ToTokens, ty: TokenStream) -> Self {
        let mut parameter = quote!(#name:);
        parameter.extend(ty);
        Argument {
            name: name.to_token_stream(),
            parameter,
            value: name.to_token_stream(),
            is_converted: false,
        }
    }

    /// An argument that the request converts.
    fn unconverted(scope: &FileScope<'_>, name: &dyn ToTokens, ty: TokenStream) -> Self {
        let mut parameter = quote!(impl);
        parameter.extend(scope.applied(INTO, ty));
        Argument::plain(name, parameter)
    }

    fn into(scope: &FileScope<'_>, name: &dyn ToTokens, ty: TokenStream) -> Self {
        Argument {
            value: quote!(#name.into()),
            is_converted: true,
            ..Argument::unconverted(scope, name, ty)
        }
    }

    /// The same argument for an optional field.
    pub(super) fn some(self, scope: &FileScope<'_>) -> Self {
        let (some, value) = (scope.known(SOME), &self.value);
        Argument {
            value: quote!(#some(#value)),
            is_converted: true,
            ..self
        }
    }

    /// `name` or `name: name.into()`.
    pub(super) fn initializer(&self) -> TokenStream {
        let (name, value) = (&self.name, &self.value);
        if self.is_converted {
            quote!(#name: #value)
        } else {
            quote!(#name)
        }
    }
}

/// The literal of a constant.
pub(super) fn constant(value: &Constant) -> TokenStream {
    match value {
        Constant::String(text) => text.to_token_stream(),
        Constant::Bool(value) => value.to_token_stream(),
        Constant::Integer(value) => Literal::i64_unsuffixed(*value).to_token_stream(),
    }
}

/// The codec of the body, if the whole body is sent as text or bytes, whatever its schema.
pub(super) fn raw_codec(operation: &Operation, input: &Input) -> Option<Codec> {
    match &operation.body {
        Body::Whole(media) if input.location == InputLocation::Body => {
            matches!(media.codec, Codec::Text | Codec::Bytes).then_some(media.codec)
        }
        _ => None,
    }
}

/// Whether an argument of this type takes what converts to it: the alternatives of a union, and any string for an enum
/// that the description opens to every string.
fn converts(api: &Api, id: TypeId) -> bool {
    match &api.ty(id).kind {
        Kind::Union(_) => true,
        Kind::Enumeration(enumeration) => {
            let mut values = enumeration.variants.iter().map(|variant| &variant.value);
            let has_strings = values.all(|value| matches!(value, Constant::String(_)));
            has_strings && enumeration.open.is_some() && enumeration.fixed == Some(true)
        }
        _ => false,
    }
}

/// Whether a path value is sent as its `Display` output.
pub(super) fn is_displayed(api: &Api, input: &Input) -> bool {
    let simple = matches!(
        &input.location,
        InputLocation::Path(Encoding::Style {
            style: Style::Simple,
            allow_reserved: false,
            ..
        })
    );
    simple && !input.nullable && displays(api, &input.shape)
}

fn displays(api: &Api, shape: &Shape) -> bool {
    match api.resolved(shape) {
        Shape::Scalar(scalar) => scalar.displays(),
        Shape::Named(id) => matches!(api.ty(*id).kind, Kind::Enumeration(_)),
        _ => false,
    }
}

/// Whether a value is a string, so that its argument can be anything with `Display`.
pub(super) fn is_text(api: &Api, shape: &Shape) -> bool {
    matches!(
        api.resolved(shape),
        Shape::Scalar(Scalar::String | Scalar::Uuid)
    )
}

/// `Style::DeepObject`
pub(super) fn style_name(scope: &FileScope<'_>, style: Style) -> TokenStream {
    let ty = scope.known(STYLE);
    let variant = format_ident!("{style:?}");
    quote!(#ty::#variant)
}

/// Whether a text is short and plain enough for a code example in docs.
pub(super) fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 60
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte == b' ')
}
