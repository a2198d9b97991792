//! Types of other crates in placeholders.
//!
//! A value that a constructor makes has placeholders in its required `readOnly` fields, which are not sent. There is no
//! placeholder for a type that only serde knows, so such a field is optional where values are made.

use crate::model::{Kind, Presence, Shape, Type};

/// Makes the `readOnly` fields optional that no placeholder can fill.
pub(super) fn omit(types: &mut [Type]) {
    let without = without_placeholder(types);
    for ty in types.iter_mut().filter(|ty| ty.usage.written) {
        if let Kind::Record(record) = &mut ty.kind {
            let fields = record.fields.iter_mut();
            let omitted = fields.filter(|it| {
                it.read_only && it.presence == Presence::Required && lacks(&it.shape, &without)
            });
            omitted.for_each(|field| field.presence = Presence::Optional);
        }
    }
}

/// For each type, whether it has no placeholder.
fn without_placeholder(types: &[Type]) -> Vec<bool> {
    let mut without = vec![false; types.len()];
    let mut users = vec![Vec::new(); types.len()];
    for (index, ty) in types.iter().enumerate() {
        for id in parts(&ty.kind).into_iter().flat_map(Shape::named) {
            users[id.0 as usize].push(index);
        }
    }
    let mut open: Vec<usize> = (0..types.len()).collect();
    while let Some(index) = open.pop() {
        let mut parts = parts(&types[index].kind).into_iter();
        if !without[index] && parts.any(|shape| lacks(shape, &without)) {
            without[index] = true;
            open.extend(&users[index]);
        }
    }
    without
}

/// The shapes of which a placeholder of a type is made.
fn parts(kind: &Kind) -> Vec<&Shape> {
    match kind {
        Kind::Record(record) => {
            let required = record.fields.iter();
            let required = required.filter(|field| field.presence == Presence::Required);
            required.map(|field| &field.shape).collect()
        }
        Kind::Alias(shape) | Kind::Wrapper(shape) => vec![shape],
        Kind::Union(_) | Kind::Enumeration(_) => Vec::new(),
    }
}

fn lacks(shape: &Shape, without: &[bool]) -> bool {
    match shape {
        Shape::Own(own) => !own.is_known(),
        Shape::Named(id) | Shape::Boxed(id) => without[id.0 as usize],
        Shape::Tuple(elements) => elements.iter().any(|one| lacks(one, without)),
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Map(_)
        | Shape::Nullable(_)
        | Shape::Json
        | Shape::JsonObject => false,
    }
}
