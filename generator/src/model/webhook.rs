//! Requests that the API sends: webhooks, and the callbacks of an operation.

use super::{Docs, Shape, StatusRange};
use crate::name::Ident;

/// Webhooks that are decoded into one enum.
#[derive(Debug, Clone)]
pub struct Webhooks {
    /// Name of the enum: `WebhookEvent`.
    pub name: Ident,
    /// The webhooks in the order of the description.
    pub hooks: Vec<Webhook>,
    /// The variant for webhooks that the description does not list: `Unknown`.
    pub unknown: Ident,
    /// The path to the property whose value identifies the webhook: `data`, `event_type`.
    pub tag: Option<Vec<String>>,
    /// The property of the body whose value is the end of the webhook's name: `action`.
    pub ending: Option<String>,
}

/// A webhook, or a callback: a request that the API makes.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Its variant: `MessageCreated`.
    pub name: Ident,
    /// Its name in the description, unique in its enum: `message.created`.
    pub wire: String,
    /// The HTTP method in capitals.
    pub method: String,
    /// For a callback: the URL as described (`{$request.body#/url}`).
    pub url: Option<String>,
    /// Its summary and description.
    pub docs: Docs,
    /// Whether the description deprecates it.
    pub deprecated: bool,
    /// Its body.
    pub payload: Payload,
    /// The values of the tag that select it; empty without a tag.
    pub words: Vec<String>,
    /// Its parameters, for the docs.
    pub inputs: Vec<WebhookInput>,
    /// The described responses to it, for the docs.
    pub responses: Vec<WebhookResponse>,
}

/// The body of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// The request has no body, or an empty one.
    Empty,
    /// JSON of this shape; `true` if it may be null.
    Json(Shape, bool),
    /// A form (`application/x-www-form-urlencoded`) of this shape.
    Form(Shape),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl Payload {
    /// Its shape, if it has one.
    pub fn shape(&self) -> Option<&Shape> {
        match self {
            Self::Json(shape, _) | Self::Form(shape) => Some(shape),
            Self::Empty | Self::Text | Self::Bytes => None,
        }
    }
}

/// A parameter of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookInput {
    /// Its name.
    pub wire: String,
    /// Its location, in the plural: `Headers`.
    pub kind: &'static str,
}

/// A documented response to a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookResponse {
    /// The status codes it applies to.
    pub status: StatusRange,
    /// Shape of a JSON body, if one is described.
    pub shape: Option<Shape>,
}

impl Webhooks {
    /// Calls `found` with the shape of each body.
    pub fn each_payload(&self, found: &mut dyn FnMut(&Shape)) {
        let shapes = self.hooks.iter().filter_map(|hook| hook.payload.shape());
        shapes.for_each(found);
    }

    /// Calls `found` with the shape of each response.
    pub fn each_response(&self, found: &mut dyn FnMut(&Shape)) {
        let responses = self.hooks.iter().flat_map(|hook| &hook.responses);
        responses
            .filter_map(|response| response.shape.as_ref())
            .for_each(found);
    }

    /// Calls `found` with the shape of each body and each response.
    pub fn each_shape(&self, found: &mut dyn FnMut(&Shape)) {
        self.each_payload(found);
        self.each_response(found);
    }
}
