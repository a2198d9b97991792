//! Values of the description as Rust expressions, for the examples in docs.
//!
//! A value has no expression if a reader would not write it in one: any JSON, bytes, and what may be several
//! alternatives of a union. Optional fields with such a value are omitted.

use std::cell::Cell;

use proc_macro2::Literal;
use serde_json::{Map, Value as Json};

use super::record::has_setter;
use super::value::is_plain;
use crate::model::{
    Alternative, Api, Constant, Enumeration, Field, Home, Kind, Presence, Record, Scalar, Shape,
    Type, TypeId, Union,
};
use crate::name::Ident;

/// The maximum length of an expression.
const LONGEST: usize = 600;

/// An expression that makes a value of a type.
pub(super) struct Expression {
    /// The modules of the API that it names: `types`.
    pub(super) modules: Vec<&'static str>,
    /// Its text in one line.
    pub(super) text: String,
}

/// The expression for an argument of this shape, if it has one.
pub(super) fn of(api: &Api, shape: &Shape, json: &Json) -> Option<Expression> {
    let writer = Writer {
        api,
        names_types: Cell::new(false),
        names_resources: Cell::new(false),
    };
    let text = match api.resolved(shape) {
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
        Scalar::F64 => Some(format!("{:?}", json.as_f64()?)),
        _ => None,
    }
}

/// A number or a boolean as a literal, or what parses a date or a UUID. The place must have exactly this type.
pub(super) fn scalar(scalar: Scalar, json: &Json) -> Option<String> {
    match scalar {
        Scalar::Date | Scalar::Timestamp | Scalar::Uuid => {
            Some(format!("{}.parse()?", text(json.as_str()?)?))
        }
        scalar => number(scalar, json),
    }
}

/// A short text as a literal that cannot disrupt the comment.
pub(super) fn text(text: &str) -> Option<String> {
    is_plain(text).then(|| Literal::string(text).to_string())
}

/// The lines of a statement, broken as the generated code is if it is long.
pub(super) fn statement(line: &str, width: usize) -> Vec<String> {
    let formatted = (line.chars().count() > width).then(|| {
        let file = syn::parse_file(&format!("fn example() {{ {line} }}")).ok()?;
        // In `vec![…]` it separates the tokens of an operator that it does not know.
        let text = prettyplease::unparse(&file).replace(".parse() ?", ".parse()?");
        let body = text.strip_prefix("fn example() {\n")?.strip_suffix("}\n")?;
        let lines = body
            .lines()
            .map(|line| line.strip_prefix("    ").unwrap_or(line));
        Some(lines.map(str::to_owned).collect())
    });
    formatted.flatten().unwrap_or_else(|| vec![line.to_owned()])
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
                let items = items.map(|json| self.value(item, json));
                let items = items.collect::<Option<Vec<_>>>()?;
                Some(format!("vec![{}]", items.join(", ")))
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
        let entries = entries.collect::<Option<Vec<_>>>()?;
        // The type of an empty array is unknown.
        (!entries.is_empty()).then(|| format!("[{}].into()", entries.join(", ")))
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
        if !ty.usage.written || record.of_headers {
            return None;
        }
        let fields = || record.fields.iter();
        let required = fields().filter(|field| field.is_argument());
        let arguments = required.map(|field| {
            let json = json.get(&field.wire)?;
            if record.required_struct.is_some() {
                Some(format!("{}: {}", field.name, self.member(field, json)?))
            } else {
                self.argument(field, json)
            }
        });
        let arguments = arguments.collect::<Option<Vec<_>>>()?.join(", ");
        let arguments = match &record.required_struct {
            Some(name) => format!("{} {{ {arguments} }}", self.path(ty, name)),
            None => arguments,
        };
        let setters = fields().filter(|field| has_setter(field) && !field.deprecated);
        let setters = setters.filter_map(|field| self.setter(field, json.get(&field.wire)?));
        let setters: String = setters.collect();
        let rest = self.rest(record, json)?;
        Some(format!(
            "{}::new({arguments}){setters}{rest}",
            self.path(ty, &ty.name)
        ))
    }

    /// `.age(3)`. Null is sent only where it differs from an omitted property.
    fn setter(&self, field: &Field, json: &Json) -> Option<String> {
        if json.is_null() && field.presence != Presence::OptionalNullable {
            return None;
        }
        Some(format!(".{}({})", field.name, self.argument(field, json)?))
    }

    /// `.additional_property("colour", "red")` for each property without a field.
    fn rest(&self, record: &Record, json: &Map<String, Json>) -> Option<String> {
        let Some(rest) = &record.rest else {
            return Some(String::new());
        };
        let is_field = |name: &str| record.fields.iter().any(|field| field.wire == name);
        let others = json.iter().filter(|(name, _)| !is_field(name));
        let setters = others.map(|(name, json)| {
            let (name, value) = (text(name)?, self.converted(&rest.shape, json)?);
            Some(format!(".{}({name}, {value})", rest.setter))
        });
        setters.collect()
    }

    /// The field of the struct that `new` takes.
    fn member(&self, field: &Field, json: &Json) -> Option<String> {
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
            // The types of a parsed value and of a map would be unknown.
            Shape::Scalar(scalar) => number(*scalar, json),
            Shape::Map(_) => None,
            shape => self.value(shape, json),
        }
    }

    /// An argument that is converted to this shape.
    fn converted(&self, shape: &Shape, json: &Json) -> Option<String> {
        match self.api.resolved(shape) {
            Shape::Scalar(Scalar::String | Scalar::Secret) => text(json.as_str()?),
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
        let fitting = self.alternative(union, json)?;
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
        let fitting = self.alternative(union, json)?;
        let inner = self.value(&fitting.shape, json)?;
        Some(format!(
            "{}::{}({inner})",
            self.path(ty, &ty.name),
            fitting.name
        ))
    }

    /// The alternative that the tag or the value itself selects.
    fn alternative<'u>(&self, union: &'u Union, json: &Json) -> Option<&'u Alternative> {
        let mut alternatives = union.alternatives.iter();
        if let Some(tag) = &union.tag {
            let tag = json.get(tag)?.as_str()?;
            // The first of its tags is the one that is sent.
            return alternatives.find(|one| one.tags.first().is_some_and(|first| first == tag));
        }
        let mut fitting = alternatives.filter(|one| self.can_be(&one.shape, json));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// Whether a value may be of this shape: its JSON types and the names of its properties fit.
    fn can_be(&self, shape: &Shape, json: &Json) -> bool {
        match self.api.resolved(shape) {
            Shape::Scalar(Scalar::Bool) => json.is_boolean(),
            Shape::Scalar(scalar) if scalar.is_number() => json.is_number(),
            Shape::Scalar(_) => json.is_string(),
            Shape::List(item) => {
                let items = json.as_array();
                items.is_some_and(|items| items.iter().all(|json| self.can_be(item, json)))
            }
            Shape::Map(_) | Shape::JsonObject => json.is_object(),
            Shape::Nullable(inner) => json.is_null() || self.can_be(inner, json),
            Shape::Named(id) | Shape::Boxed(id) => match &self.api.ty(*id).kind {
                Kind::Record(record) => {
                    let members = json.as_object();
                    members.is_some_and(|members| self.has_fields(record, members))
                }
                Kind::Enumeration(enumeration) => {
                    let mut variants = enumeration.variants.iter();
                    variants.any(|variant| has_value(&variant.value, json))
                }
                Kind::Union(_) | Kind::Alias(_) | Kind::Wrapper(_) => true,
            },
            Shape::Tuple(_) | Shape::Json | Shape::Own(_) => true,
        }
    }

    fn has_fields(&self, record: &Record, json: &Map<String, Json>) -> bool {
        let field = |name: &str| record.fields.iter().find(|field| field.wire == name);
        let mut required = record.fields.iter().filter(|field| field.is_argument());
        required.all(|field| json.contains_key(&field.wire))
            && json.iter().all(|(name, json)| match field(name) {
                Some(field) => match &field.constant {
                    Some(constant) => has_value(constant, json),
                    None => json.is_null() || self.can_be(&field.shape, json),
                },
                None => record.rest.is_some(),
            })
    }
}

fn has_value(constant: &Constant, json: &Json) -> bool {
    match constant {
        Constant::String(text) => json.as_str() == Some(text),
        Constant::Integer(number) => json.as_i64() == Some(*number),
        Constant::Bool(flag) => json.as_bool() == Some(*flag),
    }
}
