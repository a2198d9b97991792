//! The steps that make the body of a request from the inputs of a call.

use proc_macro2::TokenStream;
use quote::quote;

use super::path::FileScope;
use super::value::style_name;
use crate::model::{Body, Codec, InputLocation, Media, Operation, Part};

const JSON: &str = "application/json";

/// The step that begins a body of properties before the first one is added: `.properties()`. It is left out if the
/// first property begins the body, or if a body without properties is not sent.
pub(super) fn begin(operation: &Operation, media: &Media) -> Option<TokenStream> {
    let bare = media.always && !is_given(operation);
    let begins = begins(operation, media);
    let content_type = &media.content_type;
    match media.codec {
        Codec::Form => bare.then(|| quote!(.fields())),
        Codec::Multipart if is_form_data(content_type) => bare.then(|| quote!(.parts())),
        Codec::Multipart => begins.then(|| quote!(.parts_as(#content_type))),
        _ if content_type == JSON => bare.then(|| quote!(.properties())),
        _ => begins.then(|| quote!(.properties_as(#content_type))),
    }
}

/// Whether at least one property is always sent.
fn is_given(operation: &Operation) -> bool {
    let mut inputs = operation.inputs.iter();
    operation.stream_flag.is_some()
        || inputs.any(|input| input.location == InputLocation::Property && input.required)
}

/// Whether a body is always sent, so that its media type is set before the first property.
fn begins(operation: &Operation, media: &Media) -> bool {
    media.always || is_given(operation)
}

/// The step for a property of the body: of a JSON object, a field of a form, or a part of a multipart body.
pub(super) fn property(
    scope: &FileScope<'_>,
    operation: &Operation,
    wire: &str,
    value: &TokenStream,
) -> TokenStream {
    let Body::Properties(media) = &operation.body else {
        return quote!(.property(#wire, &#value));
    };
    let part = media.parts.iter().find(|part| part.wire == wire);
    let style = part.and_then(|part| part.style);
    let content_type = part.and_then(|part| part.content_type.as_ref());
    if !matches!(media.codec, Codec::Form | Codec::Multipart) {
        return json_property(operation, media, wire, value);
    }
    let headers = part.into_iter().flat_map(part_headers);
    let content = &media.content_type;
    let is_known = begins(operation, media) || media.codec == Codec::Form || is_form_data(content);
    let begin = (!is_known).then(|| quote!(.parts_as(#content)));
    let step = match (media.codec, style, content_type) {
        (Codec::Form, Some((style, explode)), _) => {
            let style = style_name(scope, style);
            quote!(.field_style(#wire, #style, #explode, &#value))
        }
        (_, Some((style, explode)), _) => {
            let style = style_name(scope, style);
            quote!(.part_style(#wire, #style, #explode, &#value))
        }
        (Codec::Form, None, Some(content_type)) if is_json(content_type) => {
            quote!(.field_json(#wire, &#value))
        }
        (Codec::Form, None, _) => quote!(.field(#wire, &#value)),
        (_, None, Some(content_type)) => quote!(.part_as(#wire, #content_type, &#value)),
        (_, None, None) => quote!(.part(#wire, &#value)),
    };
    quote!(#begin #step #(#headers)*)
}

fn is_form_data(content_type: &str) -> bool {
    content_type == "multipart/form-data"
}

/// The steps for the headers of a part: `.part_header("photo", "X-Kind", "cover")`.
fn part_headers(part: &Part) -> impl Iterator<Item = TokenStream> {
    let wire = &part.wire;
    let headers = part.headers.iter();
    headers.map(move |(name, value)| quote!(.part_header(#wire, #name, #value)))
}

/// The step that adds one property. It also begins the JSON object if no earlier step does.
fn json_property(
    operation: &Operation,
    media: &Media,
    wire: &str,
    value: &TokenStream,
) -> TokenStream {
    let content_type = &media.content_type;
    if begins(operation, media) || content_type == JSON {
        quote!(.property(#wire, &#value))
    } else {
        quote!(.properties_as(#content_type).property(#wire, &#value))
    }
}

fn is_json(content_type: &str) -> bool {
    let media = content_type.split(';').next().unwrap_or_default().trim();
    media.ends_with("/json") || media.ends_with("+json")
}

/// The step that sets the property which requests a stream. It comes before the inputs, and is only needed for a body
/// of properties or an optional body.
pub(super) fn stream_flag(scope: &FileScope<'_>, operation: &Operation) -> Option<TokenStream> {
    let (flag, value) = operation.stream_flag.as_ref()?;
    match &operation.body {
        Body::Properties(_) => Some(property(scope, operation, flag, &quote!(#value))),
        Body::Whole(media) => {
            let mut inputs = operation.inputs.iter();
            let is_optional = inputs.any(|it| it.location == InputLocation::Body && !it.required);
            let content_type = &media.content_type;
            let begin = (content_type != JSON).then(|| quote!(.properties_as(#content_type)));
            (*value && is_optional).then(|| quote!(#begin .property(#flag, &#value)))
        }
        Body::None => None,
    }
}

/// The step for a body that is passed whole, with the property that requests a stream.
pub(super) fn whole(
    scope: &FileScope<'_>,
    operation: &Operation,
    value: &TokenStream,
) -> TokenStream {
    let Body::Whole(media) = &operation.body else {
        return quote!(.body(&#value));
    };
    let flag = operation.stream_flag.as_ref();
    let flag = flag.map(|(flag, value)| quote!(.extra_property(#flag, &#value)));
    let step = written(scope, media, value);
    quote!(#step #flag)
}

fn written(scope: &FileScope<'_>, media: &Media, value: &TokenStream) -> TokenStream {
    let content_type = &media.content_type;
    match media.codec {
        Codec::Json if content_type == JSON => quote!(.body(&#value)),
        Codec::Json => quote!(.body_as(#content_type, &#value)),
        Codec::Form => form(scope, media, value),
        Codec::Multipart => multipart(media, value),
        Codec::Items => items(media, value),
        Codec::Text => quote!(.text(#content_type, #value)),
        Codec::Bytes => quote!(.bytes(#content_type, #value)),
    }
}

/// The step for a whole form, with the styles of its fields if there are any.
fn form(scope: &FileScope<'_>, media: &Media, value: &TokenStream) -> TokenStream {
    let styled = media.parts.iter().filter_map(|part| {
        let (wire, (style, explode)) = (&part.wire, part.style?);
        let style = style_name(scope, style);
        Some(quote!((#wire, #style, #explode)))
    });
    let styled: Vec<TokenStream> = styled.collect();
    if styled.is_empty() {
        quote!(.form(&#value))
    } else {
        quote!(.form_styled(&#value, &[#(#styled),*]))
    }
}

/// The step for a whole multipart body, with the content types of its parts if there are any.
fn multipart(media: &Media, value: &TokenStream) -> TokenStream {
    let typed = media.parts.iter().filter_map(|part| {
        let (wire, content_type) = (&part.wire, part.content_type.as_ref()?);
        Some(quote!((#wire, #content_type)))
    });
    let typed: Vec<TokenStream> = typed.collect();
    let headers = media.parts.iter().flat_map(part_headers);
    let content = &media.content_type;
    let other = (!is_form_data(content)).then(|| quote!(.parts_as(#content)));
    if typed.is_empty() {
        quote!(.multipart(&#value) #other #(#headers)*)
    } else {
        quote!(.multipart_as(&#value, &[#(#typed),*]) #other #(#headers)*)
    }
}

/// The step for a multipart body whose parts are the elements of an array: `.items("multipart/mixed", &body)`, or
/// `.items_by_position("multipart/mixed", &[(Some("text/html"), &[])], (None, &[]), &body)`.
fn items(media: &Media, value: &TokenStream) -> TokenStream {
    let content = &media.content_type;
    match &media.parts[..] {
        [] => quote!(.items(#content, &#value)),
        [each] => {
            let headers = part_headers(each);
            let step = if let Some(of_each) = &each.content_type {
                quote!(.items_as(#content, #of_each, &#value))
            } else {
                quote!(.items(#content, &#value))
            };
            quote!(#step #(#headers)*)
        }
        [first @ .., rest] => {
            let (first, rest) = (first.iter().map(part_encoding), part_encoding(rest));
            quote!(.items_by_position(#content, &[#(#first),*], #rest, &#value))
        }
    }
}

/// The content type and the headers of a part: `(Some("text/html"), &[("X-Kind", "cover")])`.
fn part_encoding(part: &Part) -> TokenStream {
    let content_type = if let Some(content_type) = &part.content_type {
        quote!(Some(#content_type))
    } else {
        quote!(None)
    };
    let headers = part.headers.iter();
    let headers = headers.map(|(name, value)| quote!((#name, #value)));
    quote!((#content_type, &[#(#headers),*]))
}
