//! The described success of an operation, with an example.

use crate::document::{MediaType, Operation, SchemaId, Status};
use crate::lower::Facts;
use crate::lower::operation::media::{Content, content_type};
use crate::lower::operation::output::{status_range, successes};
use crate::lower::operation::representation::{ResponseMode, distinct_media};
use crate::model::{DescribedResponse, Docs, Output, Success};
use crate::source::{Node, Value};

/// The longest example that is kept, in bytes of JSON.
const LONGEST: usize = 20_000;

/// The minimum number of words in the description of a response that is documented. Shorter ones are such as `OK` and
/// `A list of pets`, which the type says as well.
const FEWEST_WORDS: usize = 8;

/// The descriptions of the success responses that say more than the operation and its output do.
pub(crate) fn described_responses(
    operation: &Operation<'_>,
    output: &Output,
) -> Vec<DescribedResponse> {
    if matches!(output, Output::OneOf { .. }) {
        return Vec::new();
    }
    let own = [operation.summary, operation.description].into_iter();
    let own: Vec<&str> = own.flatten().collect();
    let says_more = |text: &str| {
        let text = text.trim().trim_end_matches('.');
        let is_long = text.split_whitespace().count() >= FEWEST_WORDS;
        is_long && !own.iter().any(|own| own.contains(text))
    };
    let successes = successes(operation).into_iter();
    let texts = successes.filter_map(|response| {
        let texts = [response.summary, response.description];
        let mut texts = texts.map(|text| text.filter(|text| says_more(text)).map(str::to_owned));
        texts
            .iter()
            .any(Option::is_some)
            .then(|| DescribedResponse {
                status: status_range(response.status),
                docs: Docs {
                    summary: texts[0].take(),
                    description: texts[1].take(),
                    ..Docs::default()
                },
            })
    });
    texts.collect()
}

impl<'t> Facts<'_, 't> {
    /// The first success with its media type, and an example if one is complete.
    pub(crate) fn success(&self, operation: &Operation<'t>, mode: ResponseMode) -> Success {
        let successes = successes(operation);
        let Some(response) = successes.first() else {
            return Success {
                status: 204,
                content_type: None,
                example: None,
            };
        };
        let status = match response.status {
            Status::Code(code) => code,
            Status::Range(hundreds) => u16::from(hundreds) * 100,
            Status::Default => 200,
        };
        let kept = distinct_media(self.document, &response.content, mode);
        let media = kept.first().filter(|_| !operation.is_empty(response));
        Success {
            status,
            content_type: media.map(|media| content_type(self.document, media)),
            example: media
                .and_then(|media| self.shown(media))
                .map(|node| node.to_json().to_string())
                .filter(|json| json.len() <= LONGEST),
        }
    }

    /// The example of JSON, of text or of an item of a stream: that of the media type, otherwise that of its schema.
    fn shown(&self, media: &MediaType<'t>) -> Option<&'t Node> {
        let own = media.examples.iter().map(|example| example.value);
        let whole = |schema: SchemaId, value: &&Node| self.is_whole(value, schema);
        match Content::in_media(self.document, media) {
            Content::Json => {
                let schema = media.schema?;
                let mut values = own.chain(self.values_of(schema));
                values.find(|value| whole(schema, value))
            }
            Content::Text => {
                let mut values =
                    own.chain(media.schema.into_iter().flat_map(|id| self.values_of(id)));
                values.find(|value| value.as_str().is_some())
            }
            Content::Events => self.item_shown(self.event_data(media)?, own),
            Content::JsonLines => self.item_shown(self.line(media)?, own),
            _ => None,
        }
    }

    /// The example of an item: from an example of the stream, which may be an array of items, otherwise from the schema
    /// of the item.
    fn item_shown(
        &self,
        item: SchemaId,
        of_stream: impl Iterator<Item = &'t Node>,
    ) -> Option<&'t Node> {
        let items = of_stream.flat_map(|value| match &value.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(value),
        });
        let mut values = items.chain(self.values_of(item));
        values.find(|value| self.is_whole(value, item))
    }

    /// The examples of a schema.
    fn values_of(&self, schema: SchemaId) -> impl Iterator<Item = &'t Node> + use<'_, 't> {
        let schema = self.document.schema(self.target(schema));
        schema.examples.iter().map(|example| example.value)
    }
}
