//! What the description shows of an operation's success.

use crate::document::{MediaType, Operation, Status};
use crate::lower::Lowerer;
use crate::lower::operation::media::{Content, content_type};
use crate::lower::operation::output::successes;
use crate::lower::operation::representation::{Half, telling};
use crate::model::Success;
use crate::source::Node;

/// The longest example that is kept, in bytes of JSON.
const LONGEST: usize = 20_000;

impl<'t> Lowerer<'_, 't> {
    /// The first success with its media type, and an example where one is whole.
    pub(crate) fn success(&self, operation: &Operation<'t>) -> Success {
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
        let kept = telling(self.document, &response.content, Half::Whole);
        let media = kept.first().filter(|_| !response.is_empty());
        Success {
            status,
            content_type: media.map(|media| content_type(self.document, media)),
            example: media
                .and_then(|media| self.shown(media))
                .map(|node| node.to_json().to_string())
                .filter(|json| json.len() <= LONGEST),
        }
    }

    /// The example of JSON or text: the media type's own, or its schema's.
    fn shown(&self, media: &MediaType<'t>) -> Option<&'t Node> {
        let own = media.examples.iter();
        let schema = media.schema.map(|id| self.document.schema(self.target(id)));
        let described = own.chain(schema.into_iter().flat_map(|schema| &schema.examples));
        let mut values = described.map(|example| example.value);
        match Content::in_media(self.document, media) {
            Content::Json => {
                let schema = media.schema?;
                values.find(|value| self.is_whole(value, schema))
            }
            Content::Text => values.find(|value| value.as_str().is_some()),
            _ => None,
        }
    }
}
