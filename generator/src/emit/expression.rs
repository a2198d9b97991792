//! Values of the description as Rust expressions, for the examples in docs.
//!
//! A value has no expression if a reader would not write it in one: any JSON, bytes, and what may be several
//! alternatives of a union. Optional fields with such a value are omitted.

use std::cell::Cell;
use std::collections::HashSet;

use proc_macro2::Literal;
use serde_json::{Map, Value as Json};

use super::docs::is_clean;
use super::fits::{self, has_value};
use super::record::has_setter;
use crate::model::{
    Api, Enumeration, Field, Home, Kind, Presence, Record, Scalar, Shape, Type, TypeId, Union,
};
use crate::name::Ident;

/// The maximum length of an expression.
const LONGEST: usize = 1000;
/// The maximum length of a string in one, in bytes.
const LONGEST_STRING: usize = 100;

/// An expression that makes a value of a type.
pub(super) struct Expression {
    /// The modules of the API that it names: `types`.
    pub(super) modules: Vec<&'static str>,
    /// Its text in one line.
    pub(super) text: String,
}

/// The expression for an argument of this shape, or of an `Option` of it if it is nullable, if it has one.
pub(super) fn of(api: &Api, (shape, nullable): (&Shape, bool), json: &Json) -> Option<Expression> {
    let writer = Writer {
        api,
        names_types: Cell::new(false),
        names_resources: Cell::new(false),
    };
    let text = match api.resolved(shape) {
        shape if nullable => writer.optional(shape, json)?,
        Shape::Boxed(id) => writer.named(*id, json)?,
        shape => writer.value(shape, json)?,
    };
    let modules = [
        ("resources", writer.names_resources.get()),
        ("types", writer.names_types.get()),
    ];
    let modules = modules.into_iter().filter(|(_, is_named)| *is_named);
    (text.len() <= LONGEST).then(|| Expression {
        modules: modules.map(|(module, _)| module).collect(),
        text,
    })
}

fn number(scalar: Scalar, json: &Json) -> Option<String> {
    match scalar {
        Scalar::Bool => Some(json.as_bool()?.to_string()),
        Scalar::I32 => Some(i32::try_from(json.as_i64()?).ok()?.to_string()),
        Scalar::I64 => Some(json.as_i64()?.to_string()),
        Scalar::U64 => Some(json.as_u64()?.to_string()),
        // A larger integer has other digits as a number.
        Scalar::F64 => {
            let whole = json.as_i64().map(i64::unsigned_abs).or(json.as_u64());
            let is_exact = whole.is_none_or(|whole| whole <= 1 << 53);
            is_exact.then_some(format!("{:?}", json.as_f64()?))
        }
        _ => None,
    }
}

/// An argument that is converted to a scalar.
pub(super) fn converted(one: Scalar, json: &Json) -> Option<String> {
    match one {
        Scalar::String | Scalar::Secret => text(json.as_str()?),
        one => scalar(one, json),
    }
}

/// A number or a boolean as a literal, or what parses a date or a UUID. The place must have exactly this type.
fn scalar(scalar: Scalar, json: &Json) -> Option<String> {
    match scalar {
        Scalar::Date | Scalar::Timestamp | Scalar::Uuid => {
            Some(format!("{}.parse()?", text(json.as_str()?)?))
        }
        scalar => number(scalar, json),
    }
}

/// A short string as a literal that cannot disrupt the comment.
pub(super) fn text(text: &str) -> Option<String> {
    let is_shown = |character: char| character == ' ' || !character.is_whitespace();
    let is_short = text.len() <= LONGEST_STRING && text.chars().all(is_shown) && is_clean(text);
    is_short.then(|| Literal::string(text).to_string())
}

/// The lines of a statement, broken as the generated code is if it is long.
pub(super) fn statement(line: &str, width: usize) -> Vec<String> {
    let formatted = (line.chars().count() > width).then(|| {
        let file = syn::parse_file(&format!("fn example() {{ {line} }}")).ok()?;
        let text = prettyplease::unparse(&file);
        let body = text.strip_prefix("fn example() {\n")?.strip_suffix("}\n")?;
        let lines = body
            .lines()
            .map(|line| line.strip_prefix("    ").unwrap_or(line));
        Some(lines.map(with_vec).collect())
    });
    formatted.flatten().unwrap_or_else(|| vec![with_vec(line)])
}

/// Replaces `![…]` by `vec![…]`, except in strings. Until then it is an array with an operator, because the formatter does
/// not break the lines within a macro.
fn with_vec(line: &str) -> String {
    let mut made = String::with_capacity(line.len());
    let (mut in_string, mut is_escaped) = (false, false);
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '!' && !in_string && characters.peek() == Some(&'[') {
            made.push_str("vec");
        }
        made.push(character);
        in_string ^= character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
    }
    made
}

/// Joins the parts of an expression, unless one is missing or they are too long.
fn joined(parts: impl Iterator<Item = Option<String>>) -> Option<String> {
    let mut joined = String::new();
    for part in parts {
        if !joined.is_empty() {
            joined += ", ";
        }
        joined += &part?;
        if joined.len() > LONGEST {
            return None;
        }
    }
    Some(joined)
}

struct Writer<'a> {
    api: &'a Api,
    names_types: Cell<bool>,
    names_resources: Cell<bool>,
}

impl Writer<'_> {
    /// An expression of exactly this shape's type.
    fn value(&self, shape: &Shape, json: &Json) -> Option<String> {
        match self.api.resolved(shape) {
            Shape::Scalar(Scalar::String) => Some(format!("{}.to_owned()", text(json.as_str()?)?)),
            Shape::Scalar(one) => scalar(*one, json),
            Shape::Named(id) => self.named(*id, json),
            Shape::Boxed(id) => Some(format!("Box::new({})", self.named(*id, json)?)),
            Shape::List(item) => {
                let items = json.as_array()?.iter();
                let items = joined(items.map(|json| self.value(item, json)))?;
                Some(format!("![{items}]"))
            }
            Shape::Map(inner) => self.map(inner, json.as_object()?),
            Shape::Nullable(inner) => self.optional(inner, json),
            _ => None,
        }
    }

    /// `[("colour", 3)].into()`
    fn map(&self, shape: &Shape, json: &Map<String, Json>) -> Option<String> {
        let entries = json.iter().map(|(name, json)| {
            let (name, value) = (text(name)?, self.value(shape, json)?);
            Some(format!("({name}, {value})"))
        });
        let entries = joined(entries)?;
        // The type of an empty array is unknown.
        (!entries.is_empty()).then(|| format!("[{entries}].into()"))
    }

    fn optional(&self, shape: &Shape, json: &Json) -> Option<String> {
        match json {
            Json::Null => Some("None".to_owned()),
            json => Some(format!("Some({})", self.value(shape, json)?)),
        }
    }

    fn named(&self, id: TypeId, json: &Json) -> Option<String> {
        let ty = self.api.ty(id);
        match &ty.kind {
            Kind::Record(record) => self.record(ty, record, json.as_object()?),
            Kind::Enumeration(enumeration) => self.enumeration(ty, enumeration, json),
            Kind::Union(union) => self.union(ty, union, json),
            Kind::Alias(_) | Kind::Wrapper(_) => None,
        }
    }

    /// `types::Pet`, as written where the modules of the API are imported: a type, or `name` beside it.
    fn path(&self, ty: &Type, name: &Ident) -> String {
        let path = ty.home.path();
        match ty.home {
            Home::Types(_) => self.names_types.set(true),
            Home::Resource(_) => self.names_resources.set(true),
        }
        format!("{path}::{name}")
    }

    /// `types::Pet::new("Tom").age(3)`
    fn record(&self, ty: &Type, record: &Record, json: &Map<String, Json>) -> Option<String> {
        let mut constants = record.fields.iter().filter_map(|field| {
            let constant = field.constant.as_ref()?;
            Some((constant, json.get(&field.wire)?))
        });
        let has_other = constants.any(|(constant, json)| !has_value(constant, json));
        if !ty.usage.written || record.of_headers || has_other {
            return None;
        }
        let fields = || record.fields.iter();
        let required = fields().filter(|field| field.is_argument());
        let arguments = required.map(|field| {
            let json = json.get(&field.wire)?;
            if record.required_struct.is_some() {
                Some(format!("{}: {}", field.name, self.field(field, json)?))
            } else {
                self.argument(field, json)
            }
        });
        let arguments = joined(arguments)?;
        let arguments = match &record.required_struct {
            Some(name) => format!("{} {{ {arguments} }}", self.path(ty, name)),
            None => arguments,
        };
        let chain = self.chain(record, json, !arguments.is_empty())?;
        Some(format!(
            "{}::new({arguments}){chain}",
            self.path(ty, &ty.name)
        ))
    }

    /// `.age(3).additional_property("colour", "red")`: the calls after `new`. What has no expression, or is deprecated, is
    /// omitted, unless nothing else is left or the record is not valid without it.
    fn chain(
        &self,
        record: &Record,
        json: &Map<String, Json>,
        has_arguments: bool,
    ) -> Option<String> {
        let setters = record.fields.iter().filter(|field| has_setter(field));
        let setters = setters.filter_map(|field| {
            let json = json.get(&field.wire)?;
            // Null is sent only where it differs from an omitted property.
            let is_sent = !json.is_null() || field.presence == Presence::OptionalNullable;
            is_sent.then(|| self.setter(field, json))
        });
        let mut chain = String::new();
        let mut is_whole = true;
        for setter in setters.chain(self.rest(record, json)) {
            match setter {
                Some(setter) => chain += &setter,
                None => is_whole = false,
            }
            if chain.len() > LONGEST {
                return None;
            }
        }
        let is_valid = is_whole || !record.has_joint_limits && (has_arguments || !chain.is_empty());
        is_valid.then_some(chain)
    }

    /// `.age(3)`
    fn setter(&self, field: &Field, json: &Json) -> Option<String> {
        let argument = self.argument(field, json).filter(|_| !field.deprecated)?;
        Some(format!(".{}({argument})", field.name))
    }

    /// `.additional_property("colour", "red")` for each property without a field.
    fn rest(
        &self,
        record: &Record,
        json: &Map<String, Json>,
    ) -> impl Iterator<Item = Option<String>> {
        let rest = record.rest.as_ref();
        let fields = rest.map(|_| record.fields.iter().map(|field| &*field.wire));
        let fields: HashSet<&str> = fields.into_iter().flatten().collect();
        let others = json
            .iter()
            .filter(move |(name, _)| !fields.contains(name.as_str()));
        others.filter_map(move |(name, json)| {
            let rest = rest?;
            let setter = text(name).zip(self.converted(&rest.shape, json));
            Some(setter.map(|(name, value)| format!(".{}({name}, {value})", rest.setter)))
        })
    }

    /// The value of a field of the struct that `new` takes.
    fn field(&self, field: &Field, json: &Json) -> Option<String> {
        match field.presence {
            _ if field.json_text => None,
            Presence::RequiredNullable => self.optional(&field.shape, json),
            _ => self.value(&field.shape, json),
        }
    }

    /// The argument of `new` or of a setter.
    fn argument(&self, field: &Field, json: &Json) -> Option<String> {
        if field.json_text {
            return None;
        }
        match field.presence {
            Presence::RequiredNullable => self.optional(&field.shape, json),
            Presence::OptionalNullable if json.is_null() => Some("None".to_owned()),
            Presence::OptionalNullable => self.nullable(&field.shape, json),
            _ => self.converted(&field.shape, json),
        }
    }

    /// An argument that is converted to a `Nullable` of this shape.
    fn nullable(&self, shape: &Shape, json: &Json) -> Option<String> {
        match self.api.resolved(shape) {
            Shape::Scalar(Scalar::String | Scalar::Secret) => text(json.as_str()?),
            // Without `Some`, the type of a parsed value or of a map is unknown.
            Shape::Scalar(Scalar::Date | Scalar::Timestamp | Scalar::Uuid) | Shape::Map(_) => {
                self.optional(shape, json)
            }
            shape => self.value(shape, json),
        }
    }

    /// An argument that is converted to this shape.
    fn converted(&self, shape: &Shape, json: &Json) -> Option<String> {
        match self.api.resolved(shape) {
            Shape::Scalar(one) => converted(*one, json),
            Shape::Named(id) | Shape::Boxed(id) => self
                .string_of_union(*id, json)
                .or_else(|| self.named(*id, json)),
            shape => self.value(shape, json),
        }
    }

    /// A string for an argument that takes any alternative of a union, of which one is a string.
    fn string_of_union(&self, id: TypeId, json: &Json) -> Option<String> {
        let Kind::Union(union) = &self.api.ty(id).kind else {
            return None;
        };
        let fitting = fits::alternative(self.api, union, json)?;
        let is_string = *self.api.resolved(&fitting.shape) == Shape::Scalar(Scalar::String);
        is_string.then(|| text(json.as_str()?)).flatten()
    }

    /// `types::Kind::Dog`
    fn enumeration(&self, ty: &Type, enumeration: &Enumeration, json: &Json) -> Option<String> {
        let mut variants = enumeration.variants.iter();
        let variant = variants.find(|variant| has_value(&variant.value, json))?;
        Some(format!("{}::{}", self.path(ty, &ty.name), variant.name))
    }

    /// `types::Pet::Dog(types::Dog::new("Rex"))`
    fn union(&self, ty: &Type, union: &Union, json: &Json) -> Option<String> {
        let fitting = fits::alternative(self.api, union, json)?;
        let inner = self.value(&fitting.shape, json)?;
        Some(format!(
            "{}::{}({inner})",
            self.path(ty, &ty.name),
            fitting.name
        ))
    }
}
