//! Questions that need all types at once: direction, openness, presence, boxing, cycles.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lower::circle;
use crate::lower::code;
use crate::lower::draft::{ResourceDraft, TypeDraft};
use crate::lower::settle::placeholder;
use crate::model::{Field, Kind, Presence, Shape, Type, TypeId, Usage, Webhooks};

/// Finishes the types of an API.
pub(crate) fn settle(
    drafts: Vec<TypeDraft>,
    resources: &[ResourceDraft],
    webhooks: Option<&Webhooks>,
    diagnostics: &mut Diagnostics,
) -> Vec<Type> {
    let usages = directions(&drafts, resources, webhooks);
    let drafts = drafts.into_iter().zip(usages);
    let types = drafts.map(|(draft, usage)| {
        let mut ty = draft.finish(usage);
        settle_direction(&mut ty.kind, usage);
        ty
    });
    let mut types: Vec<Type> = types.collect();
    for index in break_infinite(&mut types) {
        diagnostics.push(infinite(&types, index));
    }
    for index in drop_own_alternatives(&mut types) {
        diagnostics.push(own_alternative(&types, index));
    }
    wrap_alias_circles(&mut types);
    box_circles(&mut types);
    placeholder::omit(&mut types);
    types.iter_mut().for_each(drop_unused_arguments);
    types
}

/// Removes the struct of required fields, and its former names, if no constructor takes it.
fn drop_unused_arguments(ty: &mut Type) {
    let Kind::Record(record) = &mut ty.kind else {
        return;
    };
    if ty.usage.written && record.fields.iter().any(Field::is_argument) {
        return;
    }
    if let Some(unused) = record.required_struct.take() {
        ty.former.retain(|former| former.of != unused);
    }
}

const READ: Usage = Usage {
    read: true,
    written: false,
};

const WRITTEN: Usage = Usage {
    read: false,
    written: true,
};

const BOTH: Usage = Usage {
    read: true,
    written: true,
};

/// The directions of each type: read, written or both. A type that no operation uses has both.
fn directions(
    drafts: &[TypeDraft],
    resources: &[ResourceDraft],
    webhooks: Option<&Webhooks>,
) -> Vec<Usage> {
    let mut usages = vec![Usage::default(); drafts.len()];
    let mut mark = |shape: &Shape, usage| spread(drafts, &mut usages, shape.named(), usage);
    let operations = || resources.iter().flat_map(|resource| &resource.operations);
    for operation in operations() {
        let inputs = operation.inputs.iter();
        inputs.for_each(|input| mark(&input.shape, WRITTEN));
        operation.output.each_shape(&mut |shape| mark(shape, READ));
        let errors = operation.errors.iter().filter_map(|e| e.shape.as_ref());
        errors.for_each(|shape| mark(shape, READ));
        let headers = operation.headers.iter();
        headers.for_each(|headers| mark(&Shape::Named(headers.ty), READ));
    }
    let callbacks = operations().filter_map(|operation| operation.callbacks.as_ref());
    for webhooks in webhooks.into_iter().chain(callbacks) {
        webhooks.each_payload(&mut |shape| mark(shape, READ));
        webhooks.each_response(&mut |shape| mark(shape, WRITTEN));
    }
    for (index, id) in (0..drafts.len()).zip((0..).map(TypeId)) {
        if usages[index] == Usage::default() {
            spread(drafts, &mut usages, vec![id], BOTH);
        }
    }
    usages
}

/// Adds a direction to these types and to all types that they contain.
fn spread(drafts: &[TypeDraft], usages: &mut [Usage], mut open: Vec<TypeId>, usage: Usage) {
    while let Some(id) = open.pop() {
        let index = id.0 as usize;
        let known = usages[index];
        usages[index] = Usage {
            read: known.read || usage.read,
            written: known.written || usage.written,
        };
        if usages[index] != known {
            open.extend(drafts[index].kind.iter().flat_map(Kind::named));
        }
    }
}

fn each_shape_mut(kind: &mut Kind, found: &mut dyn FnMut(&mut Shape)) {
    match kind {
        Kind::Record(record) => {
            record
                .fields
                .iter_mut()
                .for_each(|field| found(&mut field.shape));
            record
                .rest
                .iter_mut()
                .for_each(|rest| found(&mut rest.shape));
        }
        Kind::Union(union) => union
            .alternatives
            .iter_mut()
            .for_each(|alternative| found(&mut alternative.shape)),
        Kind::Alias(shape) | Kind::Wrapper(shape) => found(shape),
        Kind::Enumeration(_) => {}
    }
}

/// Adjusts a type to its directions. Null and absence are only distinguished in types that are written, and only an
/// enum that is never read is closed. A `writeOnly` property is optional in a type that is read, even if it is
/// required.
fn settle_direction(kind: &mut Kind, usage: Usage) {
    match kind {
        Kind::Record(record) => {
            record.sample = record.sample.take().filter(|_| usage.read);
            for field in &mut record.fields {
                if usage.read && field.write_only && field.constant.is_none() {
                    field.given = field.is_argument();
                    field.presence = match field.presence {
                        Presence::Required => Presence::Optional,
                        Presence::RequiredNullable => Presence::OptionalNullable,
                        other => other,
                    };
                }
                if !usage.written && field.presence == Presence::OptionalNullable {
                    field.presence = Presence::Optional;
                }
            }
        }
        Kind::Enumeration(enumeration) if enumeration.fixed.is_none() && !usage.read => {
            enumeration.open = None;
        }
        _ => {}
    }
}

/// Makes a field optional if a value would otherwise have to contain itself infinitely. Returns the types it changed.
fn break_infinite(types: &mut [Type]) -> Vec<usize> {
    let mut broken = Vec::new();
    let back_edges = circle::back_edges(types.len(), |index| required_targets(&types[index].kind));
    for back in back_edges {
        if let (Kind::Record(record), Some(field)) = (&mut types[back.from].kind, back.edge) {
            record.fields[field].presence = Presence::Optional;
            broken.push(back.from);
        }
    }
    broken
}

fn infinite(types: &[Type], index: usize) -> Diagnostic {
    let message = format!(
        "a value of `{}` would have to contain itself without end",
        types[index].name
    );
    let diagnostic = Diagnostic::warning(code::INFINITE_TYPE, message)
        .note("the required property that refers back to it is read as optional");
    match types[index].mark {
        Some(location) => diagnostic.at(location, "required properties refer back here"),
        None => diagnostic,
    }
}

/// The types that a value must contain: for each required record field, its position and type.
fn required_targets(kind: &Kind) -> Vec<(Option<usize>, usize)> {
    let by_value = |shape: &Shape| match shape {
        Shape::Named(_) | Shape::Boxed(_) | Shape::Tuple(_) => indices(&shape.named()),
        _ => Vec::new(),
    };
    match kind {
        Kind::Record(record) => {
            let fields = record.fields.iter().enumerate();
            let required = fields.filter(|(_, field)| field.presence == Presence::Required);
            let mut required: Vec<_> = required.collect();
            // The order of the description has no meaning.
            required.sort_by_key(|(_, field)| &field.wire);
            let targets = required.into_iter().flat_map(|(at, field)| {
                let targets = by_value(&field.shape).into_iter();
                targets.map(move |target| (Some(at), target))
            });
            targets.collect()
        }
        Kind::Alias(shape) | Kind::Wrapper(shape) => {
            let targets = by_value(shape).into_iter();
            targets.map(|target| (None, target)).collect()
        }
        Kind::Union(_) | Kind::Enumeration(_) => Vec::new(),
    }
}

fn indices(ids: &[TypeId]) -> Vec<usize> {
    ids.iter().map(|id| id.0 as usize).collect()
}

/// The outgoing edges of each type.
fn edges(types: &[Type], of: fn(&Kind) -> Vec<TypeId>) -> Vec<Vec<usize>> {
    let kinds = types.iter().map(|ty| &ty.kind);
    kinds.map(|kind| indices(&of(kind))).collect()
}

/// Drops the alternatives of a union that lead directly back to it, because a value could not be distinguished from
/// itself. Returns the unions it changed.
fn drop_own_alternatives(types: &mut [Type]) -> Vec<usize> {
    let mut changed = Vec::new();
    loop {
        let groups = circle::Groups::of(&edges(types, direct_targets));
        let unions = groups.firsts(|index| matches!(types[index].kind, Kind::Union(_)));
        if unions.is_empty() {
            changed.sort_unstable();
            return changed;
        }
        for index in unions {
            drop_alternatives(&mut types[index].kind, |target| {
                groups.are_one(index, target)
            });
            changed.push(index);
        }
    }
}

/// Drops the alternatives of a union that are one of these types. A union without alternatives is any JSON.
fn drop_alternatives(kind: &mut Kind, leads_back: impl Fn(usize) -> bool) {
    let Kind::Union(union) = kind else { return };
    union.alternatives.retain(|alternative| {
        let targets = indices(&direct(&alternative.shape));
        !targets.into_iter().any(&leads_back)
    });
    if union.alternatives.is_empty() {
        *kind = Kind::Alias(Shape::Json);
    }
}

/// The types that a type leads to by aliases and alternatives.
fn direct_targets(kind: &Kind) -> Vec<TypeId> {
    match kind {
        Kind::Alias(shape) => direct(shape),
        Kind::Union(union) => {
            let alternatives = union.alternatives.iter();
            alternatives.flat_map(|a| direct(&a.shape)).collect()
        }
        Kind::Record(_) | Kind::Enumeration(_) | Kind::Wrapper(_) => Vec::new(),
    }
}

/// The type of a shape, ignoring null.
fn direct(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Named(id) | Shape::Boxed(id) => vec![*id],
        Shape::Nullable(inner) => direct(inner),
        _ => Vec::new(),
    }
}

fn own_alternative(types: &[Type], index: usize) -> Diagnostic {
    let message = format!("`{}` is one of its own alternatives", types[index].name);
    let diagnostic = Diagnostic::warning(code::INFINITE_TYPE, message)
        .note("the alternative that refers back to it is ignored");
    match types[index].mark {
        Some(location) => diagnostic.at(location, "a value cannot be distinguished from itself"),
        None => diagnostic,
    }
}

/// Turns an alias that contains itself into a struct. An alias of itself is any JSON.
fn wrap_alias_circles(types: &mut [Type]) {
    let edges_of = |kind: &Kind| match kind {
        Kind::Alias(shape) => shape.named(),
        _ => Vec::new(),
    };
    loop {
        let groups = circle::Groups::of(&edges(types, edges_of));
        let aliases = groups.firsts(|_| true);
        if aliases.is_empty() {
            return;
        }
        for index in aliases {
            let kind = &mut types[index].kind;
            *kind = match kind {
                Kind::Alias(Shape::Named(_)) => Kind::Alias(Shape::Json),
                Kind::Alias(shape) => Kind::Wrapper(shape.clone()),
                _ => continue,
            };
        }
    }
}

/// Boxes a type that contains itself by value, on each edge of the cycle that is a field or a variant.
fn box_circles(types: &mut [Type]) {
    let groups = circle::Groups::of(&edges(types, value_edges));
    for (index, ty) in types.iter_mut().enumerate() {
        if matches!(ty.kind, Kind::Alias(_)) {
            continue;
        }
        // `box_in` asks only about types that are contained by value, so an edge within the group is part of a cycle.
        let in_circle = |id: TypeId| groups.are_one(index, id.0 as usize);
        each_shape_mut(&mut ty.kind, &mut |shape| box_in(shape, &in_circle));
    }
}

fn box_in(shape: &mut Shape, in_circle: &dyn Fn(TypeId) -> bool) {
    match shape {
        Shape::Named(id) if in_circle(*id) => *shape = Shape::Boxed(*id),
        Shape::Nullable(inner) => box_in(inner, in_circle),
        Shape::Tuple(elements) => elements
            .iter_mut()
            .for_each(|element| box_in(element, in_circle)),
        _ => {}
    }
}

/// The types that a type contains by value.
fn value_edges(kind: &Kind) -> Vec<TypeId> {
    fn by_value(shape: &Shape) -> Vec<TypeId> {
        match shape {
            Shape::Named(id) => vec![*id],
            Shape::Nullable(inner) => by_value(inner),
            Shape::Tuple(elements) => elements.iter().flat_map(by_value).collect(),
            _ => Vec::new(),
        }
    }
    let mut edges = Vec::new();
    kind.each_shape(&mut |shape| edges.extend(by_value(shape)));
    edges
}
