//! `enum` and `const`: strings and integers.

use std::collections::BTreeSet;
use std::mem::discriminant;

use hashbrown::HashSet;

use crate::diagnostic::Diagnostic;
use crate::document::{Reach, SchemaId, SimpleType, Text, scalar_text};
use crate::lower::Lowerer;
use crate::lower::code;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::narrow::may_be;
use crate::lower::schema::scalar::of_reach;
use crate::lower::spot::Spot;
use crate::model::{Constant, Docs, Enumeration, Kind, Scalar, Shape, TypeId, Variant};
use crate::name::Scope;
use crate::source::{Node, Span, Value, canonical_number};

/// The values of an enumeration, by their type.
#[derive(Default)]
struct Values<'t> {
    words: Vec<(&'t Node, Constant)>,
    integers: Vec<(&'t Node, Constant)>,
    /// The shape of the values that cannot be variants.
    others: Vec<Shape>,
}

/// A value of an enumeration.
pub(crate) struct Allowed<'t> {
    pub(crate) value: Constant,
    /// The name that the description gives it.
    pub(crate) name: Option<String>,
    /// The former names of its variant.
    pub(crate) former_names: Vec<Text<'t>>,
    pub(crate) docs: Docs,
    pub(crate) place: Span,
}

impl<'t> Lowerer<'_, 't> {
    /// The shape of a schema with `enum` or `const`; `None` if it has neither, or only the value null.
    pub(crate) fn enumeration(
        &mut self,
        id: SchemaId,
        parts: &Parts<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Option<Shape> {
        let nodes = parts.values.as_ref()?;
        if nodes.is_empty() {
            self.empty_enum(id);
            return None;
        }
        let values = Values::of(nodes, &parts.types);
        match (
            values.words.is_empty(),
            values.integers.is_empty(),
            &values.others[..],
        ) {
            (true, true, []) => None,
            (false, true, []) => {
                Some(self.enumeration_type(id, parts, values.words, spot, reserved))
            }
            (true, false, []) => {
                Some(self.enumeration_type(id, parts, values.integers, spot, reserved))
            }
            (false, false, []) => Some(self.mixed_enumeration(id, parts, values, spot, reserved)),
            (true, _, others) => Some(self.shape_of_values(id, parts, others)),
            _ => Some(self.ignored_values(id, Shape::Json)),
        }
    }

    /// The shape of values that cannot be variants: numbers, booleans, arrays and objects.
    fn shape_of_values(&mut self, id: SchemaId, parts: &Parts<'t>, others: &[Shape]) -> Shape {
        let is_float = |shape: &Shape| *shape == Shape::Scalar(Scalar::F64);
        let is_number = |shape: &Shape| matches!(shape, Shape::Scalar(one) if one.is_number());
        if others.iter().all(is_number) {
            let is_whole = !others.is_empty() && !others.iter().any(is_float);
            let scalar = if is_whole {
                of_reach(parts.reach)
            } else {
                Scalar::F64
            };
            return self.ignored_values(id, Shape::Scalar(scalar));
        }
        match others {
            [one @ Shape::Scalar(Scalar::Bool), rest @ ..]
                if rest.iter().all(|other| other == one) =>
            {
                one.clone()
            }
            _ => self.ignored_values(id, Shape::Json),
        }
    }

    /// Reports an `enum` that its shape does not express.
    fn ignored_values(&mut self, id: SchemaId, shape: Shape) -> Shape {
        let schema = self.document.schema(id);
        let keyword = schema.constant.map_or("enum", |_| "const");
        if let Some(place) = schema.mark {
            self.keyword_ignored(keyword, place);
        }
        shape
    }

    fn enumeration_type(
        &mut self,
        id: SchemaId,
        parts: &Parts<'t>,
        values: Vec<(&'t Node, Constant)>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        if let (None, Some(same)) = (reserved, self.same_component(&values, spot)) {
            return Shape::Named(same);
        }
        let ty = self.type_for(id, spot, reserved);
        let enumeration = self.variants(values, parts.open);
        self.set_kind(ty, Kind::Enumeration(enumeration));
        Shape::Named(ty)
    }

    /// The component that has the name of an inline enumeration, if it also has the same values.
    fn same_component(&self, values: &[(&'t Node, Constant)], spot: &Spot) -> Option<TypeId> {
        let &(component, ty) = self.components.get(&spot.name())?;
        let texts = |values: &[(&'t Node, Constant)]| -> BTreeSet<String> {
            values.iter().map(|(_, value)| value_text(value)).collect()
        };
        let theirs = constants(&self.parts(component))?;
        let alike = |one: &Constant, other: &Constant| discriminant(one) == discriminant(other);
        let same_type = alike(&values.first()?.1, &theirs.first()?.1);
        (same_type && texts(values) == texts(&theirs)).then_some(ty)
    }

    /// Strings and integers in one `enum`: a union of two enumerations.
    fn mixed_enumeration(
        &mut self,
        id: SchemaId,
        parts: &Parts<'t>,
        values: Values<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> Shape {
        let ty = self.type_for(id, spot, reserved);
        let mut shapes = Vec::new();
        for (name, values) in [("Integer", values.integers), ("Word", values.words)] {
            let inner = self.new_type(&spot.child(name), id);
            let enumeration = self.variants(values, parts.open);
            self.set_kind(inner, Kind::Enumeration(enumeration));
            shapes.push((name.to_owned(), Shape::Named(inner), Docs::default()));
        }
        self.set_kind(
            ty,
            Kind::Union(crate::lower::schema::untagged::untagged(shapes)),
        );
        Shape::Named(ty)
    }

    /// Open until the direction is known: an enum that is only written becomes closed, unless `x-enum` says otherwise.
    fn variants(&mut self, values: Vec<(&'t Node, Constant)>, open: Option<bool>) -> Enumeration {
        let mut seen = HashSet::new();
        let mut distinct = Vec::new();
        for (node, value) in values {
            let text = value_text(&value);
            if seen.insert(text.clone()) {
                let label = self.document.labels.of(node);
                let docs = Docs {
                    summary: None,
                    description: label.description.map(str::to_owned),
                    ..Docs::default()
                };
                distinct.push(Allowed {
                    value,
                    name: label.name.map(str::to_owned),
                    former_names: label.former_names,
                    docs,
                    place: node.span,
                });
            } else {
                let message = format!("duplicate value `{text}` in this `enum`");
                let diagnostic = Diagnostic::warning(code::DUPLICATE_ENUM_VALUE, message);
                self.diagnostics
                    .push(diagnostic.at(node.span, "the second one is ignored"));
            }
        }
        self.enumeration_of(distinct, open)
    }

    /// The enumeration of distinct values.
    pub(crate) fn enumeration_of(
        &mut self,
        values: Vec<Allowed<'_>>,
        open: Option<bool>,
    ) -> Enumeration {
        let (mut scope, unknown) = if open == Some(false) {
            (Scope::variants(), None)
        } else {
            let (scope, unknown) = Scope::open_variants();
            (scope, Some(unknown))
        };
        let plain: HashSet<String> = values.iter().map(|one| value_text(&one.value)).collect();
        let text = |one: &Allowed<'_>| {
            let own = one.name.clone();
            own.unwrap_or_else(|| variant_text(&value_text(&one.value), &plain))
        };
        let texts: Vec<String> = values.iter().map(text).collect();
        let names = scope.claim_all(texts.iter().map(String::as_str));
        let mut variants: Vec<Variant> = Vec::new();
        let former: Vec<_> = values.iter().map(|one| one.former_names.clone()).collect();
        for (one, name) in values.into_iter().zip(names) {
            let help = "name the values by `x-enum-varnames`";
            self.report_if_numbered(&scope, &name, "variant", Some(one.place), help);
            variants.push(Variant {
                name,
                former: Vec::new(),
                value: one.value,
                docs: one.docs,
            });
        }
        for (variant, texts) in variants.iter_mut().zip(former) {
            variant.former = self.former_names(&mut scope, &texts);
        }
        Enumeration {
            variants,
            open: unknown,
            fixed: open,
        }
    }

    fn empty_enum(&mut self, id: SchemaId) {
        let schema = self.document.schema(id);
        let own = schema.node.and_then(|node| node.member("enum"));
        let Some(place) = own.map(|own| own.key.span).or(schema.mark) else {
            return;
        };
        let diagnostic =
            Diagnostic::warning(code::EMPTY_ENUM, "this `enum` has no values").strict();
        self.diagnostics.push(
            diagnostic
                .at(place, "no value would be allowed here")
                .note("it is read as if `enum` were not there")
                .help("list the allowed values, or remove `enum`"),
        );
    }
}

/// The values of a schema whose `enum` or `const` contains only strings, or only integers.
pub(crate) fn constants<'t>(parts: &Parts<'t>) -> Option<Vec<(&'t Node, Constant)>> {
    let nodes = parts.values.as_ref()?;
    let Values {
        words,
        integers,
        others,
    } = Values::of(nodes, &parts.types);
    match (words.is_empty(), integers.is_empty()) {
        (false, true) if others.is_empty() => Some(words),
        (true, false) if others.is_empty() => Some(integers),
        _ => None,
    }
}

/// The one value that a required property can have.
pub(crate) fn constant(parts: &Parts<'_>) -> Option<Constant> {
    let [node] = parts.values.as_deref()? else {
        return None;
    };
    let values = Values::of(&[node], &parts.types);
    let mut known = values
        .words
        .into_iter()
        .chain(values.integers)
        .map(|(_, value)| value);
    known.next().or(match node.value {
        Value::Bool(word) if values.others == [Shape::Scalar(Scalar::Bool)] => {
            Some(Constant::Bool(word))
        }
        _ => None,
    })
}

impl<'t> Values<'t> {
    fn of(nodes: &[&'t Node], types: &[SimpleType]) -> Self {
        let mut values = Self::default();
        for &node in nodes.iter().filter(|node| may_be(node, types)) {
            values.add(node, types);
        }
        values
    }

    /// Adds a value. A value of another type than `type` is converted to it.
    fn add(&mut self, node: &'t Node, types: &[SimpleType]) {
        let wants_words = types == [SimpleType::String];
        let wants_integers = types == [SimpleType::Integer];
        let wants_numbers = types == [SimpleType::Number];
        let wants_booleans = types == [SimpleType::Boolean];
        match &node.value {
            Value::Null => {}
            Value::String(_) if wants_numbers => self.others.push(Shape::Scalar(Scalar::F64)),
            Value::String(_) if wants_booleans => self.others.push(Shape::Scalar(Scalar::Bool)),
            Value::String(text) => match text.parse() {
                Ok(number) if wants_integers => {
                    self.integers.push((node, Constant::Integer(number)));
                }
                _ => self.words.push((node, Constant::String(text.to_string()))),
            },
            Value::Number(_) | Value::Bool(_) if wants_words => {
                let text = scalar_text(node, types).unwrap_or_default();
                self.words.push((node, Constant::String(text.to_owned())));
            }
            Value::Number(text) => match canonical_number(text).parse() {
                Ok(number) => self.integers.push((node, Constant::Integer(number))),
                Err(_) => self.others.push(Shape::Scalar(match Reach::of_value(node) {
                    Reach::Signed => Scalar::F64,
                    reach => of_reach(reach),
                })),
            },
            Value::Bool(_) => self.others.push(Shape::Scalar(Scalar::Bool)),
            Value::List(_) | Value::Map(_) => self.others.push(Shape::Json),
        }
    }
}

/// A value as text.
pub(crate) fn value_text(value: &Constant) -> String {
    match value {
        Constant::String(text) => text.clone(),
        Constant::Integer(number) => number.to_string(),
        Constant::Bool(word) => word.to_string(),
    }
}

/// The text that a variant is named after. An empty string is `Empty`, and the sign of a sort order is spelled out:
/// `-name` → `name descending`.
fn variant_text(text: &str, others: &HashSet<String>) -> String {
    if text.is_empty() {
        return "Empty".to_owned();
    }
    let is_order =
        |plain: &&str| plain.contains(|c: char| c.is_alphabetic()) && others.contains(*plain);
    for (sign, order) in [('-', "descending"), ('+', "ascending")] {
        if let Some(plain) = text.strip_prefix(sign).filter(is_order) {
            return format!("{plain} {order}");
        }
    }
    text.to_owned()
}
