//! Unions whose alternatives are distinguished by their shapes alone.

use crate::model::{Alternative, Docs, Scalar, Shape, Union};
use crate::name::Scope;

/// A union without a tag, the most specific alternative first.
pub(crate) fn untagged(mut list: Vec<(String, Shape, Docs)>) -> Union {
    list.sort_by_key(|(_, shape, _)| generality(shape));
    let (mut scope, unknown) = Scope::open_variants();
    let names = scope.claim_all(list.iter().map(|(name, ..)| &**name));
    let alternatives = list.into_iter().zip(names);
    let alternatives = alternatives.map(|((_, shape, docs), name)| Alternative {
        name,
        shape,
        tags: Vec::new(),
        docs,
    });
    Union {
        alternatives: alternatives.collect(),
        tag: None,
        default: None,
        unknown,
    }
}

/// How general the values of a shape are. Named types come before shapes that accept anything, because they reject
/// values by their own rules.
fn generality(shape: &Shape) -> u8 {
    match shape {
        Shape::Scalar(scalar) if scalar.is_specific() => 0,
        Shape::Scalar(Scalar::I32 | Scalar::I64 | Scalar::U64) => 1,
        Shape::Named(_) | Shape::Boxed(_) => 2,
        Shape::Scalar(scalar) if scalar.is_number() => 3,
        Shape::Scalar(_) => 4,
        Shape::Own(own) => own.base.map_or(2, |base| generality(&Shape::Scalar(base))),
        Shape::Tuple(_) => 5,
        Shape::List(_) => 6,
        Shape::Nullable(_) | Shape::Map(_) => 7,
        Shape::JsonObject => 8,
        Shape::Json => 9,
    }
}
