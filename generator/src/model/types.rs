//! The types of an API.

use super::{Docs, OwnType, Scalar};
use crate::name::Ident;
use crate::text::Span;

/// Index into [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u32);

/// A former name of a type, which is kept as a deprecated alias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The former name.
    pub name: Ident,
    /// The current name.
    pub of: Ident,
}

/// A type with a name.
#[derive(Debug, Clone)]
pub struct Type {
    /// Its name, unique in the API's `types` and, if it is defined with a resource, in that module too.
    pub name: Ident,
    /// Its former names, and those of the struct of its required fields.
    pub former: Vec<Former>,
    /// The file that defines it.
    pub home: Home,
    /// The description.
    pub docs: Docs,
    /// Whether it occurs in responses, in requests, or both.
    pub usage: Usage,
    /// Whether the description deprecates it.
    pub deprecated: bool,
    /// Its location in the description.
    pub mark: Option<Span>,
    /// The traits that it derives in addition to those of its kind.
    pub derives: Vec<String>,
    /// Its kind.
    pub kind: Kind,
}

/// The file that defines a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// `types/<module>.rs`: a named schema and its inline children share a module, the named one first, unless they
    /// are too large for one file.
    Types(Ident),
    /// `resources/<module>.rs`: an inline type that only operations of that resource use.
    Resource(Ident),
}

impl Home {
    /// The path of the module through which programs name the type, within the module of the API: `types`.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Types(_) => "types".to_owned(),
            Self::Resource(resource) => format!("resources::{}", resource.plain()),
        }
    }
}

/// The directions in which a type is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Usage {
    /// It is part of a response (or of a webhook).
    pub read: bool,
    /// It is part of a request.
    pub written: bool,
}

/// The kind of a named type.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A struct.
    Record(Record),
    /// An enum of strings or of integers.
    Enumeration(Enumeration),
    /// An enum of the alternatives of `oneOf` or `anyOf`.
    Union(Union),
    /// `pub type A = B;`
    Alias(Shape),
    /// `pub struct A(pub B);`, if an alias would have to contain itself.
    Wrapper(Shape),
}

/// The shape of a value: the Rust type of a field, an argument or a response, without its optionality.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A scalar.
    Scalar(Scalar),
    /// A named type.
    Named(TypeId),
    /// A named type in a `Box`, because the type would otherwise contain itself.
    Boxed(TypeId),
    /// `Vec<…>`
    List(Box<Shape>),
    /// `Map<…>`: string keys, order kept.
    Map(Box<Shape>),
    /// An element of an array or map, or an alias, that may be null: `Option<…>`.
    Nullable(Box<Shape>),
    /// `(A, B)`: an array of fixed length with a shape for each element. At most 12.
    Tuple(Vec<Shape>),
    /// Any JSON.
    Json,
    /// Any JSON object.
    JsonObject,
    /// A type of another crate.
    Own(OwnType),
}

/// A struct.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its fields in the order of the description.
    pub fields: Vec<Field>,
    /// The properties without their own field: the field that keeps them and the shape of their values.
    pub rest: Option<Rest>,
    /// `x-success-flag`.
    pub success_flag: Option<SuccessFlag>,
    /// Name of the struct that `new` takes if more than seven fields are required.
    pub required_struct: Option<Ident>,
    /// The module of its setters below that of the type, if one file would be too long for both.
    pub setters: Option<Ident>,
    /// Whether it is decoded from the headers of a response.
    pub of_headers: bool,
    /// Whether keywords restrict several of its properties together, so that a value without some of them can be invalid.
    pub has_joint_limits: bool,
    /// A value for tests. Only a record that is read has one, and none of headers.
    pub sample: Option<Box<Sample>>,
}

/// A value of a record for tests.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The function that returns it: `sample`, or a free name near it.
    pub function: Ident,
    /// The example of the description as JSON text, if it has one that fits.
    pub example: Option<String>,
    /// The value as JSON text, without its parts.
    pub json: String,
    /// The properties whose values are samples of their own types.
    pub parts: Vec<SamplePart>,
}

/// A property of a [`Sample`] whose value is the sample of its own type.
#[derive(Debug, Clone)]
pub struct SamplePart {
    /// The name of the property.
    pub wire: String,
    /// The type.
    pub ty: TypeId,
    /// Whether the value is an array with that sample as its only element.
    pub is_list: bool,
}

/// A field that keeps the properties without their own field.
#[derive(Debug, Clone)]
pub struct Rest {
    /// `additional_properties`, or a similar free name.
    pub name: Ident,
    /// Method that adds one: `additional_property`, or a similar free name.
    pub setter: Ident,
    /// Shape of the values.
    pub shape: Shape,
}

/// A field of a record.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate keyword of the description"
)]
pub struct Field {
    /// The Rust name, also of its setter.
    pub name: Ident,
    /// Former names of its setter.
    pub former: Vec<Ident>,
    /// The name of the property.
    pub wire: String,
    /// The description.
    pub docs: Docs,
    /// Its shape without optionality.
    pub shape: Shape,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// Whether the description deprecates it.
    pub deprecated: bool,
    /// The only possible value (`const`, an enum of one, or a tag). It is always sent and is not an argument of `new`.
    /// A nullable tag is only preset.
    pub constant: Option<Constant>,
    /// `readOnly`: never sent, not in `new`, no setter.
    pub read_only: bool,
    /// `writeOnly`: may be absent in responses.
    pub write_only: bool,
    /// Whether `new` takes it although it may be absent: a required `writeOnly` property of a type that is also used in
    /// responses.
    pub given: bool,
    /// For a header: whether its value is JSON text.
    pub json_text: bool,
    /// A valid value as JSON text, if the shape alone is not sufficient to make one. Only for required fields, or for
    /// all fields if none is required.
    pub sample: Option<String>,
}

impl Field {
    /// Whether `new` takes it: required, not constant and not read-only.
    pub fn is_argument(&self) -> bool {
        (self.presence.is_required() || self.given) && self.constant.is_none() && !self.read_only
    }
}

/// A constant value.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// A string.
    String(String),
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i64),
}

/// Whether a property may be absent or null, and so its Rust type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Required, not null: `T`.
    Required,
    /// Required, null allowed: `Option<T>`. `None` is sent as `null`; absence is tolerated in responses.
    RequiredNullable,
    /// May be absent: `Option<T>`. `None` is not sent; null is deserialized as `None`.
    Optional,
    /// May be absent or null, and is sent: `Nullable<T>` (absent, null, value).
    OptionalNullable,
}

impl Presence {
    /// Whether the property must be present.
    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }
}

/// `x-success-flag`: a 2xx body that can report a failure.
#[derive(Debug, Clone)]
pub struct SuccessFlag {
    /// The boolean field.
    pub flag: Ident,
    /// Whether the flag is an `Option<bool>`.
    pub optional: bool,
    /// The field with the reasons of a failure, and whether it is an `Option`.
    pub messages: Option<(Ident, bool)>,
    /// The field that keeps the response for the error. It is not a property.
    pub origin: Ident,
}

/// An enum of strings or of integers.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// Its variants in the order of the description.
    pub variants: Vec<Variant>,
    /// The variant that keeps unknown values, if there is one: `Unknown(…)`.
    pub open: Option<Ident>,
    /// The value of `x-enum`, which overrides the default for the direction.
    pub fixed: Option<bool>,
}

/// A variant of an [`Enumeration`].
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name.
    pub name: Ident,
    /// Its former names.
    pub former: Vec<Ident>,
    /// Its value in JSON: all strings, or all integers.
    pub value: Constant,
    /// The description.
    pub docs: Docs,
}

/// An enum of the alternatives of `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub struct Union {
    /// The alternatives; for an untagged union the most specific first.
    pub alternatives: Vec<Alternative>,
    /// The discriminator property of a tagged union.
    pub tag: Option<String>,
    /// For a tagged union: the alternative of a value whose tag is missing or unknown.
    pub default: Option<usize>,
    /// The variant that keeps a value that matches no alternative, as JSON: `Unknown`.
    pub unknown: Ident,
}

/// An alternative of a [`Union`].
#[derive(Debug, Clone)]
pub struct Alternative {
    /// Variant name.
    pub name: Ident,
    /// Its shape.
    pub shape: Shape,
    /// The values of the tag that select it (tagged unions); the first one is sent.
    pub tags: Vec<String>,
    /// The description.
    pub docs: Docs,
}

/// How many aliases of aliases are followed, which is more than a person writes.
const MOST_ALIASES: usize = 32;

impl Shape {
    /// The shape behind aliases and null. `target` returns what an alias stands for, and nothing for other types.
    pub(crate) fn plain<'s>(&'s self, target: impl Fn(TypeId) -> Option<&'s Self>) -> &'s Self {
        let mut shape = self;
        for _ in 0..MOST_ALIASES {
            let inner = match shape {
                Self::Nullable(inner) => Some(&**inner),
                Self::Named(id) => target(*id),
                _ => None,
            };
            let Some(inner) = inner else { break };
            shape = inner;
        }
        shape
    }

    /// The named types in it.
    pub fn named(&self) -> Vec<TypeId> {
        match self {
            Self::Named(id) | Self::Boxed(id) => vec![*id],
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            Self::Tuple(elements) => elements.iter().flat_map(Self::named).collect(),
            Self::Scalar(_) | Self::Json | Self::JsonObject | Self::Own(_) => Vec::new(),
        }
    }

    /// The types of other crates in it.
    pub(crate) fn own(&self) -> Vec<&OwnType> {
        match self {
            Self::Own(own) => vec![own],
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.own(),
            Self::Tuple(elements) => elements.iter().flat_map(Self::own).collect(),
            Self::Scalar(_) | Self::Json | Self::JsonObject | Self::Named(_) | Self::Boxed(_) => {
                Vec::new()
            }
        }
    }
}

/// Visits types in depth-first order, beginning with those in `open`. If `enter` returns `true`, the types that the
/// type contains are visited as well. `enter` must return `false` for a type that was visited before; otherwise a
/// recursive type is never finished.
pub(crate) fn walk(
    types: &[Type],
    mut open: Vec<TypeId>,
    mut enter: impl FnMut(TypeId, &Type) -> bool,
) {
    while let Some(id) = open.pop() {
        let ty = &types[id.0 as usize];
        if enter(id, ty) {
            open.extend(ty.kind.named());
        }
    }
}

impl Type {
    /// The sample of a record that has one.
    pub fn sample(&self) -> Option<&Sample> {
        match &self.kind {
            Kind::Record(record) => record.sample.as_deref(),
            _ => None,
        }
    }

    /// The module of the setters of a record, if it has one.
    pub fn setters(&self) -> Option<&Ident> {
        match &self.kind {
            Kind::Record(record) => record.setters.as_ref(),
            _ => None,
        }
    }
}

impl Kind {
    /// The named types in a value of this kind.
    pub fn named(&self) -> Vec<TypeId> {
        let mut named = Vec::new();
        self.each_shape(&mut |shape| named.extend(shape.named()));
        named
    }

    /// Calls `found` with each shape in a value of this kind.
    pub fn each_shape(&self, found: &mut dyn FnMut(&Shape)) {
        match self {
            Self::Record(record) => {
                record.fields.iter().for_each(|field| found(&field.shape));
                record.rest.iter().for_each(|rest| found(&rest.shape));
            }
            Self::Union(union) => {
                let alternatives = union.alternatives.iter();
                alternatives.for_each(|alternative| found(&alternative.shape));
            }
            Self::Alias(shape) | Self::Wrapper(shape) => found(shape),
            Self::Enumeration(_) => {}
        }
    }
}
