//! Estimates how many lines an item has in its file.
//!
//! An estimate is enough, because it only decides which types share a file.

use crate::model::{Docs, Enumeration, Kind, Operation, Output, Record, Type};

/// The width of a line of docs, in columns.
const COLUMNS: usize = 100;

/// The estimated lines of a type with its impls.
pub(crate) fn of_type(ty: &Type) -> usize {
    let own = match &ty.kind {
        Kind::Record(record) => of_record(record, ty.usage.written),
        Kind::Enumeration(enumeration) => of_enumeration(enumeration),
        Kind::Union(union) => {
            let alternatives = union.alternatives.iter();
            10 + alternatives
                .map(|alternative| 3 + of_docs(&alternative.docs))
                .sum::<usize>()
        }
        Kind::Alias(_) | Kind::Wrapper(_) => 3,
    };
    own + of_docs(&ty.docs)
}

fn of_record(record: &Record, written: bool) -> usize {
    let fields = record.fields.iter();
    let lines = fields.map(|field| {
        let setter = if written && !field.read_only { 6 } else { 0 };
        2 + setter + of_docs(&field.docs)
    });
    8 + lines.sum::<usize>()
}

fn of_enumeration(enumeration: &Enumeration) -> usize {
    let variants = enumeration.variants.iter();
    10 + variants
        .map(|variant| 2 + of_docs(&variant.docs))
        .sum::<usize>()
}

/// The estimated lines of a method with its call and its response.
pub(crate) fn of_operation(operation: &Operation) -> usize {
    let inputs = operation.inputs.iter().map(|input| {
        let around = if input.required { 3 } else { 7 };
        around + of_docs(&input.docs)
    });
    let cases = match &operation.output {
        Output::OneOf { cases, .. } => 10 + 3 * cases.len(),
        _ => 0,
    };
    35 + of_docs(&operation.docs) + operation.errors.len() + inputs.sum::<usize>() + cases
}

fn of_docs(docs: &Docs) -> usize {
    let lines = |text: &Option<String>| {
        let lines = text.iter().flat_map(|text| text.lines());
        lines.map(|line| 1 + line.len() / COLUMNS).sum::<usize>()
    };
    lines(&docs.summary) + lines(&docs.description) + docs.facts.len()
}
