//! Parameters and headers.

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::super::code::{ASSUMED, DUPLICATE, MISSING_KEY};
use super::super::media_type::most_telling;
use super::super::{Location, MediaType, Parameter, SchemaId, Style, Text, Version};
use super::reference::{Followed, ObjectKind};
use super::schema::{Role, is_schema_keyword_of_parameter};
use super::{Decoder, Keys, Object, keys};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Key, Member, Node, Span};

/// The values of `in`.
pub(super) const LOCATIONS: &[(&str, Location)] = &[
    ("path", Location::Path),
    ("query", Location::Query),
    ("querystring", Location::Querystring),
    ("header", Location::Header),
    ("cookie", Location::Cookie),
];
/// The values of `in` in Swagger 2.0.
const LOCATIONS_OF_2_0: &[(&str, ())] = &[
    ("path", ()),
    ("query", ()),
    ("header", ()),
    ("body", ()),
    ("formData", ()),
];
const STYLES: &[(&str, Style)] = &[
    ("form", Style::Form),
    ("simple", Style::Simple),
    ("label", Style::Label),
    ("matrix", Style::Matrix),
    ("spaceDelimited", Style::SpaceDelimited),
    ("pipeDelimited", Style::PipeDelimited),
    ("deepObject", Style::DeepObject),
    ("cookie", Style::Cookie),
];

impl<'t> Decoder<'t, '_> {
    /// A parameter, or the one that a `$ref` leads to. The key that it is written under names one without a `name`.
    pub(super) fn parameter(
        &mut self,
        key: Option<&'t Key>,
        node: &'t Node,
        at: Span,
    ) -> Option<Parameter<'t>> {
        let followed = self.follow(node, at, ObjectKind::Parameter)?;
        let object = self.parameter_object(&followed, &keys::PARAMETER)?;
        let key = key.filter(|_| object.get("name").is_none());
        let name = match key {
            Some(key) => Some(key.into()),
            None => self.required_word(&object, "name", &keys::PARAMETER),
        };
        if let Some(name) = name.filter(|name| name.text.trim().len() < name.text.len()) {
            let message = format!(
                "the parameter `{}` is sent with the spaces in its name",
                name.text
            );
            self.assume(name.span, message);
        }
        let place = self.required_word(&object, "in", &keys::PARAMETER)?;
        let location = self.location(&object, place)?;
        Some(self.finish_parameter(&object, &followed, name?, location))
    }

    /// The value of `in`. An optional parameter with an unknown location is ignored.
    fn location(&mut self, object: &Object<'t>, word: Text<'t>) -> Option<Location> {
        let what = "parameter location";
        if self.version == Version::V2_0 && is_near_body(word.text) {
            // A misspelt `body` or `formData` is an error: without its body the request would be wrong.
            self.choose(word, what, LOCATIONS_OF_2_0);
            return None;
        }
        let names = LOCATIONS.iter().map(|(name, _)| *name);
        if keys::PARAMETER.is_essential(object) && nearest(word.text, names).is_none() {
            return self.choose(word, what, LOCATIONS);
        }
        self.choose_near(word, what, LOCATIONS, "the parameter is ignored")
    }

    /// The headers of a response, or of a part of a multipart body, by name.
    pub(super) fn headers(&mut self, member: Option<&'t Member>) -> Vec<Parameter<'t>> {
        let mut headers = Vec::new();
        for member in self.map(member) {
            let at = member.key.span;
            let Some(followed) = self.follow(&member.value, at, ObjectKind::Header) else {
                continue;
            };
            let Some(object) = self.parameter_object(&followed, &keys::HEADER) else {
                continue;
            };
            let name = Text {
                text: &member.key.text,
                span: at,
            };
            let described = ["schema", "content", "type"];
            let is_later = self.version > Version::V2_0;
            if is_later && !described.iter().any(|key| object.get(key).is_some()) {
                self.missing(followed.at, "schema", keys::HEADER.noun);
            }
            headers.push(self.finish_parameter(&object, &followed, name, Location::Header));
        }
        headers
    }

    /// The headers of a response, each once. Of names that differ only in the case of letters the first by alphabet
    /// counts.
    pub(super) fn headers_of_response(&mut self, member: Option<&'t Member>) -> Vec<Parameter<'t>> {
        let mut headers: Vec<Parameter<'t>> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for header in self.headers(member) {
            match known.entry(header.name.text.to_ascii_lowercase()) {
                Entry::Occupied(index) => {
                    let earlier = &mut headers[*index.get()];
                    self.header_again(earlier.name, header.name);
                    if header.name.text < earlier.name.text {
                        *earlier = header;
                    }
                }
                Entry::Vacant(free) => {
                    free.insert(headers.len());
                    headers.push(header);
                }
            }
        }
        headers
    }

    fn header_again(&mut self, known: Text<'t>, again: Text<'t>) {
        let (one, other) = (known.text, again.text);
        let counts = one.min(other);
        let message = format!("`{one}` and `{other}` are the same header; `{counts}` counts");
        self.reporter.push(
            Diagnostic::warning(DUPLICATE, message)
                .strict()
                .at(again.span, "described again here")
                .also(known.span, "described here")
                .note("the case of letters does not distinguish headers"),
        );
    }

    /// Decodes the keys of the parameter as an object and reports unknown ones. Keywords of a schema are known if the
    /// parameter contains them itself.
    pub(super) fn parameter_object(
        &mut self,
        followed: &Followed<'t>,
        keys: &'static Keys,
    ) -> Option<Object<'t>> {
        let object = self.members(followed.node, followed.at, keys)?;
        let read = if has_own_type(&object) {
            is_schema_keyword_of_parameter
        } else {
            |_: &str| false
        };
        if object.has_unknown {
            self.check_keys(&object, keys, read);
        }
        Some(object)
    }

    fn finish_parameter(
        &mut self,
        object: &Object<'t>,
        followed: &Followed<'t>,
        name: Text<'t>,
        location: Location,
    ) -> Parameter<'t> {
        let (style, explode) = match self.version {
            Version::V2_0 => self.style_of_2_0(object, location),
            _ => self.style_and_explode(object, location),
        };
        self.check_location(object, location, style);
        let description = self.text(object.get("description"));
        let rust_name = self.rust_name(object.get("x-rust-name"));
        let former = object.get("x-rust-former-name");
        let schema = self.parameter_schema(object, followed);
        let content = self.parameter_content(object, schema);
        Parameter {
            name,
            location,
            description: followed.description.or(description),
            required: self.required(object, location),
            deprecated: self.flag(object.get("deprecated")).unwrap_or(false),
            style,
            written_style: ["style", "collectionFormat"]
                .into_iter()
                .find_map(|key| object.get(key)?.value.as_str()),
            explode,
            allow_reserved: self.flag(object.get("allowReserved")).unwrap_or(false),
            allow_empty: self.flag(object.get("allowEmptyValue")).unwrap_or(false),
            schema,
            content: content.map(Box::new),
            examples: self.examples(object),
            rust_name: followed.rust_name.or(rust_name),
            former_names: self.former_names(followed.former_name.or(former)),
        }
    }

    fn style_and_explode(&mut self, object: &Object<'t>, location: Location) -> (Style, bool) {
        let style = self
            .style(object.get("style"))
            .and_then(|style| self.fitting(style, location));
        let style = style.map_or(default_style(location), |(style, _)| style);
        let explode = self.flag(object.get("explode"));
        (style, explode.unwrap_or(explodes(style)))
    }

    /// Warns about keys that have no meaning for the location of the parameter or beside its `content`.
    fn check_location(&mut self, object: &Object<'t>, location: Location, style: Style) {
        let styles = ["style", "explode", "allowReserved"];
        let has = |key| object.get(key).is_some();
        if location == Location::Querystring {
            self.meaningless(object, &styles, "in a `querystring` parameter");
            if has("schema") && !has("content") {
                let message = "a `querystring` parameter must have `content`; its `schema` is read as that of a form";
                self.assume(object.at, message.to_owned());
            }
        } else if has("content") && !has("schema") {
            self.meaningless(object, &styles, "beside `content`");
        } else {
            self.check_reserved(object, location, style);
        }
        if location != Location::Query {
            self.meaningless(object, &["allowEmptyValue"], "outside of the query");
        }
    }

    /// Warns about `allowReserved` where the version of the description does not define it.
    fn check_reserved(&mut self, object: &Object<'t>, location: Location, style: Style) {
        let defined = match location {
            Location::Query | Location::Querystring => true,
            Location::Path => self.version == Version::V3_2,
            Location::Cookie => self.version == Version::V3_2 && style != Style::Cookie,
            Location::Header => false,
        };
        if let Some(member) = object.get("allowReserved").filter(|_| !defined) {
            let message = "`allowReserved` is not defined for a parameter in this location";
            self.assume(member.key.span, message.to_owned());
        }
    }

    fn required(&mut self, object: &Object<'t>, location: Location) -> bool {
        let required = self.flag(object.get("required"));
        if let (Location::Path, Some(false), Some(member)) =
            (location, required, object.get("required"))
        {
            let message = "a path parameter is always required; this is read as `true`";
            let span = member.value.span;
            let diagnostic = Diagnostic::warning(ASSUMED, message).strict().at(span, "");
            self.reporter
                .push(diagnostic.fix("write `true`", span, "true"));
        }
        let written = object.meant("required", keys::PARAMETER.of(self.version));
        if let (Location::Path, None, Some(next)) = (location, written, object.get("in")) {
            let message = "a path parameter should have `required: true`";
            let diagnostic = Diagnostic::warning(MISSING_KEY, message)
                .strict()
                .at(object.at, "");
            self.reporter
                .push(diagnostic.add_entry("add it", next.span(), "required: true"));
        }
        location == Location::Path || required.unwrap_or(false)
    }

    /// The schema. In Swagger 2.0 its keywords are on the parameter itself, which is accepted in later versions as
    /// well.
    fn parameter_schema(
        &mut self,
        object: &Object<'t>,
        followed: &Followed<'t>,
    ) -> Option<SchemaId> {
        if let Some(member) = object.get("schema") {
            if self.version == Version::V2_0 && object.get("in").is_some() {
                let message = "only a body has a `schema` in Swagger 2.0; it is read all the same";
                self.assume(member.key.span, message.to_owned());
            }
            return Some(self.input_schema(member));
        }
        if self.version == Version::V2_0 {
            if object.get("type").is_none() {
                self.missing(followed.at, "type", keys::PARAMETER.noun);
            }
        } else {
            let member = object.get("type").filter(|_| has_own_type(object))?;
            let message = "`type` belongs under the parameter's `schema`; it is read from there";
            self.assume(member.key.span, message.to_owned());
        }
        Some(self.schema(followed.node, followed.at, None, Role::Parameter))
    }

    /// The only media type of `content`, if there is no `schema`. Of several, which the specification forbids, one
    /// counts.
    fn parameter_content(
        &mut self,
        object: &Object<'t>,
        schema: Option<SchemaId>,
    ) -> Option<MediaType<'t>> {
        let member = object.get("content")?;
        let content = most_telling(self.content(Some(member)));
        if schema.is_some() {
            let message = "`content` is ignored beside `schema`";
            self.assume(member.key.span, message.to_owned());
            return None;
        }
        let content = content?;
        if member.value.as_map().is_some_and(|all| all.len() > 1) {
            let name = content.name.text;
            let message =
                format!("`content` of a parameter or a header has one media type; `{name}` counts");
            self.assume(member.key.span, message);
        }
        Some(content)
    }

    /// The value of `style`, with its text and location.
    pub(super) fn style(&mut self, member: Option<&'t Member>) -> Option<(Style, Text<'t>)> {
        let word = self.word(member)?;
        let style = self.choose_near(word, "style", STYLES, "the default is used")?;
        Some((style, word))
    }

    /// The style, if it is valid in this location.
    pub(super) fn fitting(
        &mut self,
        style: (Style, Text<'t>),
        location: Location,
    ) -> Option<(Style, Text<'t>)> {
        let fits = match location {
            Location::Path => matches!(style.0, Style::Simple | Style::Label | Style::Matrix),
            Location::Query | Location::Querystring => !matches!(
                style.0,
                Style::Simple | Style::Label | Style::Matrix | Style::Cookie
            ),
            Location::Header => style.0 == Style::Simple,
            Location::Cookie => matches!(style.0, Style::Form | Style::Cookie),
        };
        if !fits {
            let message = format!(
                "the style `{}` is invalid in this location; the default is used",
                style.1.text
            );
            self.assume(style.1.span, message);
        }
        fits.then_some(style)
    }
}

/// Whether a misspelt value of `in` is most similar to one that makes up the body in Swagger 2.0.
fn is_near_body(text: &str) -> bool {
    let names = LOCATIONS_OF_2_0.iter().map(|(name, ())| *name);
    matches!(nearest(text, names), Some("body" | "formData"))
}

/// Whether a parameter contains the keywords of its schema itself.
fn has_own_type(object: &Object<'_>) -> bool {
    object.get("type").is_some()
        && object.get("schema").is_none()
        && object.get("content").is_none()
}

/// The default of `explode`.
pub(super) fn explodes(style: Style) -> bool {
    matches!(style, Style::Form | Style::Cookie)
}

/// The default style of a location.
pub(super) fn default_style(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Querystring | Location::Cookie => Style::Form,
    }
}
