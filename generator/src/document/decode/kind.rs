//! The kinds of objects that a reference can point to.

use super::{Decoder, Object, keys};
use crate::diagnostic::Diagnostic;
use crate::document::Version;
use crate::source::Node;

/// The kind of object that a reference is expected to point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ObjectKind {
    Schema,
    /// A schema that a discriminator's mapping refers to.
    Alternative,
    Parameter,
    RequestBody,
    Response,
    Header,
    Example,
    Link,
    MediaType,
    PathItem,
    Callback,
    SecurityScheme,
}

impl ObjectKind {
    /// The section with the components of this kind. Swagger 2.0 has four sections, two of them under other names.
    pub(super) fn section(self, version: Version) -> &'static str {
        match self {
            Self::Schema | Self::Alternative if version == Version::V2_0 => "definitions",
            Self::SecurityScheme if version == Version::V2_0 => "securityDefinitions",
            Self::Schema | Self::Alternative => "schemas",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Response => "responses",
            Self::Header => "headers",
            Self::Example => "examples",
            Self::Link => "links",
            Self::MediaType => "mediaTypes",
            Self::PathItem => "pathItems",
            Self::Callback => "callbacks",
            Self::SecurityScheme => "securitySchemes",
        }
    }

    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Schema | Self::Alternative => keys::SCHEMA.noun,
            Self::Parameter => keys::PARAMETER.noun,
            Self::RequestBody => keys::BODY.noun,
            Self::Response => keys::RESPONSE.noun,
            Self::Header => keys::HEADER.noun,
            Self::Example => keys::EXAMPLE.noun,
            Self::Link => keys::LINK.noun,
            Self::MediaType => keys::MEDIA_TYPE.noun,
            Self::PathItem => keys::PATH_ITEM.noun,
            Self::Callback => "a callback",
            Self::SecurityScheme => keys::SECURITY_SCHEME.noun,
        }
    }

    /// The diagnostic of an invalid reference to this kind: a warning if only the docs need the target, or if the rest
    /// of the operation is still usable.
    pub(super) fn diagnostic(self, code: &'static str, message: String) -> Diagnostic {
        match self {
            Self::Example => Diagnostic::warning(code, message).note("the example is ignored"),
            Self::Response | Self::Header | Self::Link | Self::Callback => {
                let noun = self.noun().replacen('a', "the", 1);
                let diagnostic = Diagnostic::warning(code, message).strict();
                diagnostic.note(format!("{noun} is ignored"))
            }
            _ => Diagnostic::error(code, message),
        }
    }

    /// The effect of a missing target, for messages.
    pub(super) fn fallback(self) -> &'static str {
        match self {
            Self::Schema => "any JSON is accepted instead",
            Self::Alternative => "its value of the discriminator is ignored",
            _ => "it is ignored",
        }
    }
}

impl<'t> Decoder<'t, '_> {
    /// The components of a kind.
    pub(super) fn components_of(&self, kind: ObjectKind) -> Option<&'t Node> {
        let root = as_object(self.root)?;
        let components = match self.version {
            Version::V2_0 => Some(root),
            _ => root
                .meant("components", &keys::DOCUMENT)
                .and_then(|it| as_object(&it.value)),
        };
        let components = components.unwrap_or(Object::empty(root.at));
        let section = self.section(&components, kind.section(self.version))?;
        Some(&section.value)
    }

    /// The reference to a component. Its name is escaped.
    pub(super) fn component(&self, kind: ObjectKind, name: &str) -> String {
        let prefix = self.path_to_components();
        format!("#{prefix}{}/{name}", kind.section(self.version))
    }

    /// The section that a pointer to a component names.
    pub(super) fn component_section<'p>(&self, pointer: &'p str) -> Option<&'p str> {
        let prefix = self.path_to_components();
        let (section, name) = pointer.strip_prefix(prefix)?.split_once('/')?;
        (!name.contains('/')).then_some(section)
    }

    fn path_to_components(&self) -> &'static str {
        match self.version {
            Version::V2_0 => "/",
            _ => "/components/",
        }
    }
}

fn as_object(node: &Node) -> Option<Object<'_>> {
    Some(Object::unchecked(node.as_map()?, node.span))
}
