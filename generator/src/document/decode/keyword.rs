//! The keywords of a schema.

use super::super::code::ASSUMED;
use super::super::files::{split, stem};
use super::super::{
    Discriminator, Example, FileSchema, Reach, Schema, SchemaId, SimpleType, SuccessFlag, Text,
    Version,
};
use super::look::is_part;
use super::pointer::{Target, unescape, walk};
use super::read::place;
use super::reference::ObjectKind;
use super::schema::Role;
use super::{Decoder, Object, keys};
use crate::diagnostic::Diagnostic;
use crate::source::{Member, Node, Value};

/// The values of `nodeType`.
const NODES: [(&str, ()); 5] = [
    ("element", ()),
    ("attribute", ()),
    ("text", ()),
    ("cdata", ()),
    ("none", ()),
];

impl<'t> Decoder<'t, '_> {
    /// Decodes one keyword. Returns `false` if the key is not a keyword.
    pub(super) fn keyword(
        &mut self,
        schema: &mut Schema<'t>,
        key: &str,
        member: &'t Member,
    ) -> bool {
        self.annotation(schema, key, member)
            || self.applicator(schema, key, member)
            || self.assertion(schema, key, member)
    }

    /// Decodes keywords that only describe.
    fn annotation(&mut self, schema: &mut Schema<'t>, key: &str, member: &'t Member) -> bool {
        let value = Some(member);
        match key {
            "title" => schema.title = self.text(value),
            "description" => schema.description = self.text(value),
            "format" => schema.format = self.word(value).filter(|format| !format.text.is_empty()),
            "default" => {
                schema.default = Some(&member.value);
                schema.reach = schema.reach.max(Reach::of_value(&member.value));
            }
            "example" => schema.examples.insert(
                0,
                Example {
                    name: None,
                    value: &member.value,
                },
            ),
            "examples" => self.schema_examples(schema, member),
            "readOnly" => schema.read_only = self.flag(value).unwrap_or(false),
            "writeOnly" => schema.write_only = self.flag(value).unwrap_or(false),
            "deprecated" => schema.deprecated = self.flag(value).unwrap_or(false),
            "contentEncoding" => schema.content_encoding = self.text(value),
            "contentMediaType" => schema.content_media_type = self.media_types(value),
            "contentSchema" => schema.content_schema = Some(self.child(member)),
            "x-rust-name" => schema.rust_name = self.rust_name(value),
            "x-rust-type" => schema.rust_type = self.word(value),
            "x-rust-former-name" => schema.former_names = self.former_names(value),
            "x-ms-discriminator-value" => schema.tag_value = self.text(value),
            "x-enum" => schema.open = self.openness(member),
            "x-success-flag" => schema.success_flag = self.success_flag(member).map(Box::new),
            "xml" => self.xml(member),
            "$schema" => self.dialect(value),
            "collectionFormat" if self.version == Version::V2_0 => {
                self.unsupported(value, "arrays within arrays are sent as JSON");
            }
            "externalDocs" => schema.external_docs = self.external_docs(value).map(Box::new),
            "x-enum-former-names"
            | "x-enum-varnames"
            | "x-enum-descriptions"
            | "x-enumNames"
            | "x-enumDescriptions"
            | "x-enum-names"
            | "x-ms-enum"
            | "$comment"
            | "$id"
            | "id"
            | "$anchor"
            | "$dynamicAnchor"
            | "$recursiveAnchor"
            | "$vocabulary" => self.shape(member),
            _ => return false,
        }
        true
    }

    /// Decodes keywords that contain or refer to other schemas.
    fn applicator(&mut self, schema: &mut Schema<'t>, key: &str, member: &'t Member) -> bool {
        match key {
            "$ref" => self.schema_reference(schema, member),
            "$dynamicRef" if schema.reference.is_none() => self.schema_reference(schema, member),
            // In draft 2019-09 this refers to the outermost schema with `$recursiveAnchor`; the nearest one is used.
            "$recursiveRef" => {
                schema.reference = self.recursive.map(|id| (id, member.value.span));
                if schema.reference.is_none() {
                    self.unsupported(Some(member), "no schema around it has `$recursiveAnchor`");
                }
            }
            "properties" => schema.properties = self.schema_map(member),
            "patternProperties" => schema.pattern_properties = self.schema_map(member),
            "additionalProperties" => self.additional(schema, member),
            "items" => self.items(schema, member),
            "prefixItems" => schema.prefix_items = self.schema_list(member),
            "allOf" => schema.all_of = self.schema_list(member),
            "oneOf" => schema.one_of = self.schema_list(member),
            "anyOf" => schema.any_of = self.schema_list(member),
            "not" => schema.not = Some(member.key.span),
            "discriminator" => schema.discriminator = self.discriminator(member).map(Box::new),
            "$defs" | "definitions" => self.definitions(member),
            "then" | "else" => {
                self.unsupported(
                    Some(member),
                    "the condition in `if` does not change the type",
                );
            }
            "dependentSchemas" => {
                self.unsupported(Some(member), "it does not change the type");
            }
            "dependencies" => {
                let entries = member.value.as_map().unwrap_or_default();
                if entries.iter().any(|entry| entry.value.as_list().is_none()) {
                    self.unsupported(Some(member), "a schema in it does not change the type");
                }
            }
            // `left_over` decodes the first three. Without `then` and `else`, `if` has no effect.
            "unevaluatedProperties" | "$dynamicRef" => {}
            "additionalItems" | "unevaluatedItems" | "if" | "dependentRequired" => {
                self.shape(member);
            }
            _ => return false,
        }
        true
    }

    /// Decodes keywords that restrict values.
    fn assertion(&mut self, schema: &mut Schema<'t>, key: &str, member: &'t Member) -> bool {
        match key {
            // Decoded after all other keywords.
            "type" => {}
            "nullable" | "x-nullable" => {
                schema.nullable |= self.flag(Some(member)).unwrap_or(false);
            }
            "enum" => {
                schema.enumeration = self.enumeration(member);
                let values = schema.enumeration.iter().flatten();
                let reaches = values.map(|node| Reach::of_value(node));
                schema.reach = reaches.fold(schema.reach, Reach::max);
            }
            "const" => {
                schema.constant = Some(&member.value);
                schema.reach = schema.reach.max(Reach::of_value(&member.value));
            }
            "required" => schema.required = self.required_names(member),
            "minimum" => {
                schema.reach = schema.reach.max(Reach::of_value(&member.value));
                return self.limit(schema, key, member);
            }
            "maximum" | "exclusiveMaximum" => {
                schema.reach = schema.reach.max(Reach::of_largest(&member.value));
                return self.limit(schema, key, member);
            }
            _ => return self.limit(schema, key, member),
        }
        true
    }

    pub(super) fn schema_reference(&mut self, schema: &mut Schema<'t>, member: &'t Member) {
        let Some(reference) = self.reference_text(member) else {
            return;
        };
        schema.reference = self.referenced(reference).map(|id| (id, reference.span));
    }

    /// Whether a keyword is a `$ref` to a parameter or header, whose schema is then used.
    pub(super) fn borrowed(&mut self, schema: &mut Schema<'t>, member: &'t Member) -> bool {
        let text = member
            .value
            .as_str()
            .filter(|_| &*member.key.text == "$ref");
        let Some(text) = text else { return false };
        let span = member.value.span;
        let Some(target) = self.schema_of_input(Text { text, span }) else {
            return false;
        };
        schema.reference = Some((self.target_schema(Text { text, span }, &target), span));
        true
    }

    /// The schema that a reference points to. A `$recursiveAnchor` around the reference does not apply to that schema.
    fn referenced(&mut self, reference: Text<'t>) -> Option<SchemaId> {
        let target = self.target(reference, ObjectKind::Schema)?;
        Some(self.target_schema(reference, &target))
    }

    fn target_schema(&mut self, reference: Text<'t>, target: &Target<'t>) -> SchemaId {
        let before = self.schemas.len();
        let name = self.name_of_target(reference, target);
        let around = self.recursive.take();
        let id = self.schema(target.node, target.at(), name, Role::Schema);
        self.recursive = around;
        let is_new = self.schemas.len() > before;
        if let Some(name) = name.filter(|_| is_new && self.is_elsewhere(target)) {
            let within = self.files.within(target.node.span.file, name);
            self.file_schemas.push(FileSchema { name, within, id });
        }
        id
    }

    fn is_elsewhere(&self, target: &Target<'t>) -> bool {
        target.node.span.file != self.root.span.file
    }

    /// The name of the schema that a reference points to. It is the key of the schema in a map of named schemas, or in
    /// any map of another file that is not a part of something else. For a whole file it is the stem of the file.
    fn name_of_target(&mut self, reference: Text<'t>, target: &Target<'t>) -> Option<&'t str> {
        if let Some(name) = target.component().filter(|name| !name.is_empty()) {
            return Some(name);
        }
        if !self.is_elsewhere(target) {
            return None;
        }
        match split(reference.text) {
            (path, "") => stem(path),
            (path, pointer) => {
                let key = target.key.map(|key| &*key.text);
                let key = key.filter(|key| key.contains(char::is_alphabetic));
                key.filter(|_| self.is_entry(reference, path, pointer))
            }
        }
    }

    /// Whether a pointer in another file names an entry of a map, such as `/Pet` or `/schemas/Pet`, and not a part of a
    /// schema, a response or the like.
    fn is_entry(&mut self, reference: Text<'t>, path: &str, pointer: &str) -> bool {
        let Some(root) = self.file(reference, path) else {
            return false;
        };
        let ends = pointer.match_indices('/').map(|(at, _)| at);
        let mut steps = ends.clone().zip(ends.skip(1).chain([pointer.len()]));
        // An entry of the file itself is taken for one of a map, whatever its key.
        pointer.rfind('/') == Some(0)
            || steps.all(|(start, end)| {
                let key = unescape(&pointer[start + 1..end]);
                let around = walk(&mut self.targets.index, root, &pointer[..start]);
                around.is_ok_and(|around| !is_part(around.node, &key, end == pointer.len()))
            })
    }

    fn schema_map(&mut self, member: &'t Member) -> Vec<(Text<'t>, SchemaId)> {
        let members = self.map(Some(member));
        let unindented = self.unindented_reference(members, |_| true);
        let members = members
            .iter()
            .filter(|member| unindented.is_none_or(|reference| !std::ptr::eq(reference, *member)));
        members
            .map(|member| ((&member.key).into(), self.child(member)))
            .collect()
    }

    fn schema_list(&mut self, member: &'t Member) -> Vec<SchemaId> {
        let nodes = self.list(Some(member), |node| matches!(node.value, Value::Map(_)));
        if nodes.is_empty() && member.value.as_list().is_some() {
            let message = format!("`{}` is empty; it is ignored", member.key.text);
            self.assume(member.key.span, message);
        }
        self.elements(nodes)
    }

    fn definitions(&mut self, member: &'t Member) {
        for member in self.map(Some(member)) {
            self.named_schema(member);
        }
    }

    fn additional(&mut self, schema: &mut Schema<'t>, member: &'t Member) {
        match &member.value.value {
            Value::Map(_) => schema.additional_schema = Some(self.child(member)),
            Value::List(_) => self.wrong_type(member, "a schema, `true` or `false`"),
            _ => schema.additional = self.flag(Some(member)),
        }
    }

    /// `items`. An array of schemas, as in older drafts of JSON Schema, is read as `prefixItems`.
    fn items(&mut self, schema: &mut Schema<'t>, member: &'t Member) {
        match &member.value.value {
            Value::List(elements) => {
                let message = "`items` must be a schema; this array is read as `prefixItems`";
                self.assume(member.key.span, message.to_owned());
                schema.prefix_items = self.elements(elements);
            }
            _ => schema.items = Some(self.child(member)),
        }
    }

    /// The keywords for the properties and elements that no other keyword of the schema describes. The other keywords may
    /// be written after them.
    pub(super) fn left_over(
        &mut self,
        schema: &mut Schema<'t>,
        keyword: impl Fn(&str) -> Option<&'t Member>,
    ) {
        if let Some(member) = keyword("unevaluatedProperties")
            && schema.additional.is_none()
            && schema.additional_schema.is_none()
        {
            self.additional(schema, member);
        }
        if let Some(member) = keyword("additionalItems")
            && keyword("items").is_some_and(|items| items.value.as_list().is_none())
        {
            let message =
                "`additionalItems` has no effect beside `items` for all elements; it is ignored";
            self.assume(member.key.span, message.to_owned());
        }
        for member in ["additionalItems", "unevaluatedItems"]
            .map(&keyword)
            .into_iter()
            .flatten()
        {
            let is_schema = member.value.as_map().is_some();
            if schema.items.is_none() && (is_schema || !schema.prefix_items.is_empty()) {
                schema.items = Some(self.child(member));
            }
        }
    }

    fn enumeration(&mut self, member: &'t Member) -> Option<Vec<&'t Node>> {
        if member.value.value == Value::Null {
            self.without_value(member);
            return None;
        }
        if member.value.as_map().is_some() {
            self.wrong_type(member, "an array");
            return None;
        }
        let values = self.list(Some(member), |node| node.as_scalar().is_some());
        let is_read = member.value.as_list().is_some() || !values.is_empty();
        is_read.then(|| values.iter().collect())
    }

    /// The names in `required`. A boolean, as in older drafts of JSON Schema, is ignored.
    fn required_names(&mut self, member: &'t Member) -> Vec<Text<'t>> {
        if matches!(member.value.as_json_scalar(), Some("true" | "false")) {
            let message =
                "`required` of a schema is an array of property names; this boolean is ignored";
            let diagnostic = Diagnostic::warning(ASSUMED, message).strict();
            let diagnostic = diagnostic.at(place(member), "");
            self.reporter
                .push(diagnostic.help("name the property in `required` of the object that has it"));
            return Vec::new();
        }
        let names = self.words(Some(member));
        self.each_once("required", names)
    }

    /// `examples` is an array in a schema. A map of example objects, as media types have it, is accepted as well.
    fn schema_examples(&mut self, schema: &mut Schema<'t>, member: &'t Member) {
        match &member.value.value {
            Value::List(elements) => schema
                .examples
                .extend(elements.iter().map(|value| Example { name: None, value })),
            Value::Map(members)
                if members
                    .iter()
                    .all(|member| member.value.get("value").is_some()) =>
            {
                self.assume(
                    member.key.span,
                    "`examples` of a schema must be an array; the values of the object are used"
                        .to_owned(),
                );
                let values = members
                    .iter()
                    .filter_map(|member| Some((&*member.key.text, member.value.get("value")?)));
                schema.examples.extend(values.map(|(name, value)| Example {
                    name: Some(name),
                    value,
                }));
            }
            Value::Null => {}
            _ => {
                self.assume(
                    place(member),
                    "`examples` of a schema must be an array; this is read as one example"
                        .to_owned(),
                );
                schema.examples.push(Example {
                    name: None,
                    value: &member.value,
                });
            }
        }
    }

    fn discriminator(&mut self, member: &'t Member) -> Option<Discriminator<'t>> {
        if let Some(text) = member.value.as_str() {
            let span = member.value.span;
            if self.version > Version::V2_0 {
                let message = format!(
                    "`discriminator` must be an object; this is read as `propertyName: {text}`"
                );
                self.assume(span, message);
            }
            return Some(Discriminator {
                property: Text { text, span },
                mapping: Vec::new(),
                default: None,
            });
        }
        let object = self.object(&member.value, member.key.span, &keys::DISCRIMINATOR)?;
        let property = self.required_word(&object, "propertyName", &keys::DISCRIMINATOR);
        let mut mapping = Vec::new();
        for entry in self.map(object.get("mapping")) {
            let Some(word) = self.word(Some(entry)) else {
                continue;
            };
            let Some(target) = self.mapped(word) else {
                continue;
            };
            mapping.push((&entry.key, self.target_schema(word, &target)));
        }
        let default = self.word(object.get("defaultMapping"));
        let default = default.and_then(|word| Some((word, self.mapped(word)?)));
        let default = default.map(|(word, target)| self.target_schema(word, &target));
        Some(Discriminator {
            property: property?,
            mapping,
            default,
        })
    }

    /// Checks `xml`, which is not used otherwise: XML bodies are strings.
    fn xml(&mut self, member: &'t Member) {
        let Some(object) = self.object(&member.value, member.key.span, &keys::XML) else {
            return;
        };
        self.flag(object.get("attribute"));
        self.flag(object.get("wrapped"));
        if let Some(word) = self.word(object.get("nodeType")) {
            self.choose_near(word, "kind of XML node", &NODES, "it is ignored");
        }
        let pairs = ["attribute", "wrapped"].map(|key| ("nodeType", key));
        self.exclusive(&object, &pairs, "`nodeType` counts");
    }

    /// Warns about `xml.wrapped` on a schema that is not an array.
    pub(super) fn wrapped(&mut self, schema: &Schema<'t>, object: &Object<'t>) {
        let wrapped = object
            .get("xml")
            .and_then(|xml| xml.value.member("wrapped"));
        let wrapped = wrapped.filter(|member| member.value.value == Value::Bool(true));
        let is_other = !schema.types.is_empty() && !schema.types.contains(&SimpleType::Array);
        if let Some(member) = wrapped.filter(|_| is_other) {
            let message = "`wrapped` only applies to arrays; it is ignored";
            self.assume(member.key.span, message.to_owned());
        }
    }

    /// `x-enum`. Other tools use this key for a list or a map, which is ignored.
    fn openness(&mut self, member: &'t Member) -> Option<bool> {
        if matches!(member.value.value, Value::List(_) | Value::Map(_)) {
            return None;
        }
        let word = self.word(Some(member))?;
        let words = [("open", true), ("closed", false)];
        self.choose_near(word, "value of `x-enum`", &words, "it is ignored")
    }

    fn success_flag(&mut self, member: &'t Member) -> Option<SuccessFlag<'t>> {
        let object = self.object(&member.value, member.key.span, &keys::SUCCESS_FLAG)?;
        let flag = self.required_word(&object, "flag", &keys::SUCCESS_FLAG);
        let messages = self.word(object.get("messages"));
        Some(SuccessFlag {
            flag: flag?,
            messages,
        })
    }
}
