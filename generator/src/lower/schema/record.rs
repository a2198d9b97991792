//! Objects with properties: structs.

use hashbrown::HashSet;

use crate::diagnostic::Diagnostic;
use crate::document::{Example, Parameter, Schema, SchemaId, SimpleType, Text, scalar_text};
use crate::lower::Lowered;
use crate::lower::code;
use crate::lower::docs::prose;
use crate::lower::numbered::OWN_NAME;
use crate::lower::order::in_order_of;
use crate::lower::page::{as_code, see};
use crate::lower::reserved;
use crate::lower::schema::compose::Parts;
use crate::lower::schema::compose::same::{described_by, same_as};
use crate::lower::schema::enumeration::constant;
use crate::lower::schema::fitting::is_short_object;
use crate::lower::schema::limits::limits;
use crate::lower::spot::Spot;
use crate::lower::{Facts, Lowerer};
use crate::model::{
    Constant, Docs, Field, Kind, Presence, Record, Rest, Sample, Scalar, Shape, SuccessFlag, TypeId,
};
use crate::name::{Ident, Scope};
use crate::prose::first_sentence;
use crate::source::{Span, Value};

/// The maximum length of the first line of a type's docs that is used for a field without docs.
const LONGEST_BORROWED_DOCS: usize = 160;

/// The maximum number of unknown names in a `required` for which a similar property is suggested.
const MOST_SUGGESTIONS: usize = 64;

/// The maximum number of required fields that `new` takes as separate arguments.
pub(crate) const MOST_ARGUMENTS: usize = 7;

/// A property with the rank of its type among those that get their names one after the other.
pub(crate) type Ranked<'t> = ((bool, &'t str), (Text<'t>, SchemaId));

impl<'t> Lowerer<'_, 't> {
    /// The struct of an object schema.
    pub(crate) fn record(
        &mut self,
        id: SchemaId,
        parts: &Parts<'t>,
        spot: &Spot,
        reserved: Option<TypeId>,
    ) -> TypeId {
        let ty = self.type_for(id, spot, reserved);
        let name = self.types[ty.0 as usize].name.clone();
        let spot = self.spot_within(ty, spot);
        let mut scope = Scope::snake(reserved::RECORD);
        let document = self.document;
        let texts = parts.properties.iter().map(|&(key, property)| {
            let own = document.schema(property).rust_name;
            own.map_or(key.text, |name| name.text)
        });
        let names = scope.claim_all(texts);
        let texts = parts.properties.iter();
        let texts = texts.map(|(_, property)| &*document.schema(*property).former_names);
        for ((key, _), name) in parts.properties.iter().zip(&names) {
            self.report_if_numbered(&scope, name, "field", Some(key.span), OWN_NAME);
        }
        let properties = self.in_rank(parts.properties.iter().copied());
        let properties: Vec<_> = properties.into_iter().zip(names).collect();
        let mut fields: Vec<Field> = in_order_of(
            &properties,
            |((rank, _), _)| *rank,
            |((_, property), name)| self.field(id, *property, name.clone(), parts, &spot),
        );
        fields.extend(self.undescribed(id, parts, &mut scope));
        let rest = self.rest(parts, &spot, &mut scope);
        let success_flag = self.success_flag(parts, &fields, &mut scope);
        let made = rest.iter().flat_map(|rest| [&rest.name, &rest.setter]);
        for name in made.chain(success_flag.iter().map(|flag| &flag.origin)) {
            let place = document.schema(id).mark;
            self.report_if_numbered(&scope, name, "field", place, OWN_NAME);
        }
        for (field, texts) in fields.iter_mut().zip(texts) {
            field.former = self.former_fields(texts, &field.name, &mut scope);
        }
        let required_struct = (fields.iter().filter(|field| field.is_argument()).count()
            > MOST_ARGUMENTS)
            .then(|| {
                let text = format!("{name}Required");
                let place = self.document.schema(id).mark;
                self.claim_at(spot.home(), &[&text], place, OWN_NAME)
            });
        let sample = Sample {
            function: scope.claim_first(&["sample", "sample_value", "example_value"]),
            example: self.sample_of(id).filter(|json| is_short_object(json)),
            json: String::new(),
            parts: Vec::new(),
        };
        self.set_kind(
            ty,
            Kind::Record(Record {
                fields,
                rest,
                success_flag,
                required_struct,
                setters: None,
                of_headers: false,
                has_joint_limits: self.restricts_jointly(parts),
                sample: Some(Box::new(sample)),
            }),
        );
        ty
    }

    /// The former names of the setter of a field.
    fn former_fields(
        &mut self,
        texts: &[Text<'t>],
        field: &Ident,
        scope: &mut Scope,
    ) -> Vec<Ident> {
        for text in texts {
            let message = format!("only the setter of the field `{field}` keeps its former name");
            let help = format!("`x-rust-name: {}` keeps the name of both", text.text);
            self.former_name_lost(text.text, text.span, &message, &help);
        }
        self.former_names(scope, texts)
    }

    /// One property as a field.
    fn field(
        &mut self,
        id: SchemaId,
        (key, property): (Text<'t>, SchemaId),
        name: Ident,
        parts: &Parts<'t>,
        spot: &Spot,
    ) -> Field {
        let schema = self.document.schema(property);
        let required = parts.requires(key.text);
        let own = self.property_constant(property).filter(|_| required);
        let lowered = if let Some(constant) = &own {
            Lowered {
                shape: constant.shape(),
                nullable: false,
            }
        } else {
            let spot = self.property_spot(property, spot, key.text);
            let siblings = parts.properties.iter().map(|(sibling, _)| sibling.text);
            self.shape(property, &spot.among(siblings))
        };
        let constant = own.or_else(|| self.preset_tag(id, parts, (key.text, property)));
        Field {
            name,
            former: Vec::new(),
            wire: key.text.to_string(),
            docs: self.value_docs(property, key.text),
            presence: presence(required, lowered.nullable && lowered.shape != Shape::Json),
            shape: lowered.shape,
            deprecated: schema.deprecated,
            constant,
            read_only: self.flag(property, |schema| schema.read_only),
            write_only: self.flag(property, |schema| schema.write_only),
            given: false,
            json_text: false,
            sample: (required || parts.required.is_empty())
                .then(|| self.sample_of(property))
                .flatten(),
        }
    }

    /// The location of a property in the component that describes it, otherwise in the current struct.
    pub(crate) fn property_spot(&self, property: SchemaId, at_hand: &Spot, name: &str) -> Spot {
        let is_joint = self.document.leaves.contains_key(&property);
        let same = same_as(self.document, property).filter(|_| is_joint);
        let owner = self.facts.owners.get(&same.unwrap_or(property));
        let owner = owner.and_then(|owner| self.known.get(owner));
        match owner.map(|owner| &owner.shape) {
            Some(&Shape::Named(ty)) => self.spot_of(ty).child(name),
            _ => at_hand.child(name),
        }
    }

    /// Fields for the names in `required` without a property. The tag of an alternative has its only value. Any other
    /// field is optional, so that decoding does not depend on it.
    fn undescribed(&mut self, id: SchemaId, parts: &Parts<'t>, scope: &mut Scope) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        let own = self.document.schema(id).required.iter();
        let own: HashSet<Span> = own.map(|name| name.span).collect();
        for name in &parts.required {
            if parts.knows(name.text) {
                continue;
            }
            let rust_name = scope.claim(name.text);
            self.report_if_numbered(scope, &rust_name, "field", Some(name.span), OWN_NAME);
            let mut field = Field::any(rust_name, name.text);
            if let Some(word) = self.fixed_tag_text(id, name.text) {
                field.shape = Shape::Scalar(Scalar::String);
                field.presence = Presence::Required;
                field.constant = Some(Constant::String(word.clone()));
                fields.push(field);
                continue;
            }
            fields.push(field);
            if own.contains(&name.span) {
                self.required_without_property(name, parts, fields.len() <= MOST_SUGGESTIONS);
            }
        }
        fields
    }

    /// Reports a name in `required` without a property.
    pub(crate) fn required_without_property(
        &mut self,
        name: &Text<'t>,
        parts: &Parts<'t>,
        suggests: bool,
    ) {
        let message = format!("`required` names `{}`, which is not a property", name.text);
        let mut diagnostic = Diagnostic::warning(code::REQUIRED_WITHOUT_PROPERTY, message)
            .at(name.span, "no such property")
            .note("it is read as an optional property that accepts any JSON");
        let known = parts.properties.iter().map(|(key, _)| key.text);
        let known = known.filter(|text| suggests && !parts.requires(text));
        diagnostic = match crate::diagnostic::nearest(name.text, known) {
            Some(near) => diagnostic.strict().respell(name.text, name.span, near),
            None => diagnostic.help("describe it under `properties`, or remove it from `required`"),
        };
        self.diagnostics.push(diagnostic);
    }

    fn rest(&mut self, parts: &Parts<'t>, spot: &Spot, scope: &mut Scope) -> Option<Rest> {
        let shape = self.map_values(parts, spot)?;
        Some(Rest {
            name: scope.claim_first(&["additional_properties", "further_properties"]),
            setter: scope.claim_first(&[
                "additional_property",
                "extra_property",
                "property_without_field",
                "insert_additional_property",
            ]),
            shape,
        })
    }

    fn success_flag(
        &mut self,
        parts: &Parts<'t>,
        fields: &[Field],
        scope: &mut Scope,
    ) -> Option<SuccessFlag> {
        let described = parts.success_flag?;
        let find = |wire: &str| fields.iter().find(|field| field.wire == wire);
        let Some(flag) =
            find(described.flag.text).filter(|f| f.shape == Shape::Scalar(Scalar::Bool))
        else {
            let message = format!(
                "`x-success-flag` needs a boolean property, and `{}` is not one",
                described.flag.text
            );
            let diagnostic = Diagnostic::warning(code::SUCCESS_FLAG_MISFIT, message)
                .at(described.flag.span, "no boolean property of this name");
            self.diagnostics
                .push(with_near(diagnostic, &described.flag, fields));
            return None;
        };
        let texts = [
            Shape::Scalar(Scalar::String),
            Shape::List(Box::new(Shape::Scalar(Scalar::String))),
        ];
        let messages = described
            .messages
            .and_then(|name| find(name.text))
            .filter(|field| texts.contains(&field.shape));
        if let (Some(name), None) = (described.messages, messages) {
            let message = format!(
                "`messages` needs a string or an array of strings, and `{}` is neither",
                name.text
            );
            let diagnostic = Diagnostic::warning(code::SUCCESS_FLAG_MISFIT, message)
                .at(name.span, "no property of such a form and name");
            self.diagnostics.push(with_near(diagnostic, &name, fields));
        }
        Some(SuccessFlag {
            flag: flag.name.clone(),
            optional: flag.presence != Presence::Required,
            messages: messages
                .map(|field| (field.name.clone(), field.presence != Presence::Required)),
            origin: scope.claim_first(&["origin", "origin_of_flag"]),
        })
    }

    /// Reports a keyword that no Rust type can express.
    pub(crate) fn keyword_ignored(&mut self, keyword: &str, place: Span) {
        let message = format!("`{keyword}` cannot be expressed by a type; it is ignored");
        let diagnostic = Diagnostic::warning(code::KEYWORD_IGNORED, message);
        self.diagnostics
            .push(diagnostic.at(place, "values that it forbids are let through"));
    }
}

impl<'t> Facts<'_, 't> {
    /// Properties with their ranks: the types of those with the least rank get their names first. A value comes before
    /// objects, arrays and unions, within which a property may have the same name.
    pub(crate) fn in_rank(
        &self,
        properties: impl Iterator<Item = (Text<'t>, SchemaId)>,
    ) -> Vec<Ranked<'t>> {
        let rank = |(key, id): (Text<'t>, SchemaId)| {
            let holds = self.plain(id).is_none() && {
                let parts = self.parts(id);
                parts.has_properties() || parts.items.is_some() || !parts.unions.is_empty()
            };
            ((holds, key.text), (key, id))
        };
        properties.map(rank).collect()
    }

    /// The value of a property that is always written because it is the tag of an alternative. The tag is required even if
    /// the description does not say so, as many do not, unless the alternative is the one for an absent tag.
    pub(crate) fn preset_tag(
        &self,
        id: SchemaId,
        parts: &Parts<'t>,
        (key, property): (&'t str, SchemaId),
    ) -> Option<Constant> {
        let may_be_absent =
            || !parts.requires(key) && self.default_alternatives.contains(&self.target(id));
        self.fixed_tag(id, key, property)
            .filter(|_| !may_be_absent())
    }

    /// The value of a property with only one possible value, unless the property has a type of its own or is nullable.
    fn property_constant(&self, property: SchemaId) -> Option<Constant> {
        let schema = self.document.schema(property);
        let has_type = schema.component.is_some() || schema.reference.is_some();
        if has_type || self.is_nullable(property) || self.plain(property).is_some() {
            return None;
        }
        constant(&self.parts(property))
    }

    /// Whether a schema, or the schema that it only refers to, has a flag such as `readOnly`.
    pub(crate) fn flag(&self, id: SchemaId, mark: fn(&Schema<'_>) -> bool) -> bool {
        let target = described_by(self.document, id);
        mark(self.document.schema(id))
            || target.is_some_and(|target| mark(self.document.schema(target)))
    }

    /// The docs of a field, variant or input with this name: those of its own schema, otherwise the beginning of the
    /// docs of its type.
    pub(crate) fn value_docs(&self, id: SchemaId, name: &str) -> Docs {
        let own = prose(self.document, id, name);
        let of_type = || {
            let target = self.document.schema(described_by(self.document, id)?);
            beginning(target.description?)
        };
        Docs {
            summary: None,
            description: own.or_else(of_type).map(str::to_owned),
            facts: self.facts(id, &[]),
            ..Docs::default()
        }
    }

    /// The facts about a header, whose own examples come before those of its schema.
    pub(crate) fn facts_of_header(
        &self,
        header: &Parameter<'t>,
        schema: Option<SchemaId>,
    ) -> Vec<String> {
        schema.map_or_else(Vec::new, |id| self.facts(id, &header.examples))
    }

    /// The limits, the default and an example of a value, for its docs.
    fn facts(&self, id: SchemaId, examples: &[Example<'t>]) -> Vec<String> {
        let schema = self.document.schema(id);
        let fact = |name: &str, node: &crate::source::Node| {
            let text = match &node.value {
                Value::String(text)
                    if text.trim().is_empty() || text.contains(char::is_control) =>
                {
                    None
                }
                _ => scalar_text(node, &schema.types),
            };
            let text = text.map_or_else(|| node.to_json().to_string(), str::to_owned);
            format!("{name}: {}.", as_code(&text))
        };
        let default = schema.default.map(|node| fact("Default", node));
        let example = examples.first().or(schema.examples.first());
        let example = example.map(|example| fact("Example", example.value));
        let shown = default.into_iter().chain(example);
        limits(self.document, id)
            .into_iter()
            .chain(shown.filter(|fact| fact.len() <= 120))
            .chain(schema.external_docs.as_deref().copied().and_then(see))
            .collect()
    }
}

/// The diagnostic, with a suggestion if a field has a similar name.
fn with_near(diagnostic: Diagnostic, name: &Text<'_>, fields: &[Field]) -> Diagnostic {
    let known = fields.iter().map(|field| field.wire.as_str());
    match crate::diagnostic::nearest(name.text, known).filter(|near| *near != name.text) {
        Some(near) => diagnostic.respell(name.text, name.span, near),
        None => diagnostic,
    }
}

/// The presence of a property as if its record were only written. It is adjusted when the direction is known.
pub(crate) fn presence(required: bool, nullable: bool) -> Presence {
    match (required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    }
}

impl Constant {
    fn shape(&self) -> Shape {
        Shape::Scalar(match self {
            Self::String(_) => Scalar::String,
            Self::Bool(_) => Scalar::Bool,
            Self::Integer(_) => Scalar::I64,
        })
    }
}

impl Field {
    /// A property of which only the name is known.
    fn any(name: Ident, wire: &str) -> Self {
        Self {
            name,
            former: Vec::new(),
            wire: wire.to_owned(),
            docs: Docs::default(),
            shape: Shape::Json,
            presence: Presence::Optional,
            deprecated: false,
            constant: None,
            read_only: false,
            write_only: false,
            given: false,
            json_text: false,
            sample: None,
        }
    }
}

/// Whether a branch describes an object.
pub(crate) fn is_object(parts: &Parts<'_>) -> bool {
    parts.simple_types() == [SimpleType::Object]
}

/// The first paragraph of a text, or its first sentence, if it is short enough.
fn beginning(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_prose = |line: &str| {
        line.starts_with(|first: char| first.is_alphanumeric() || "`*_\"'([".contains(first))
    };
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if end > 0 && !is_prose(line.trim_start()) {
            break;
        }
        end += line.len();
    }
    let paragraph = text[..end].trim_end();
    let texts = [Some(paragraph), first_sentence(paragraph)];
    let mut short = texts.into_iter().flatten();
    short.find(|text| text.len() <= LONGEST_BORROWED_DOCS)
}
