//! Where a value came from, for values that can be failures.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{CallFacts, Error, shown};
use crate::call::answer::Answered;
use crate::error::ErrorKind;

/// The answer that a value was read from, kept by values whose own flag can say no: their error then tells of it, and
/// hides what the call keeps secret.
///
/// It is part of no comparison, and empty in a value that is no answer by itself: one that stands within another, or
/// that was read from elsewhere.
#[derive(Clone, Default)]
pub struct Origin(Option<Arc<Known>>);

struct Known {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    request_id: Option<String>,
    facts: CallFacts,
}

impl Origin {
    /// The origin of what is read from this answer.
    pub fn of(answered: &Answered) -> Self {
        Self(Some(Arc::new(Known {
            operation: answered.operation,
            status: answered.status,
            headers: answered.headers.clone(),
            body: answered.body.clone(),
            request_id: answered.request_id().map(str::to_owned),
            facts: CallFacts {
                secrets: answered.secrets(),
                ..answered.facts.clone()
            },
        })))
    }

    /// The error of an answer whose own flag says that the API refused, with the API's messages.
    pub fn rejected<M: AsRef<str>>(&self, messages: impl IntoIterator<Item = M>) -> Error {
        let known = self.0.as_deref();
        let secrets = known.map(|known| known.facts.secrets.clone());
        let secrets = secrets.unwrap_or_default();
        let mut text = String::new();
        for message in messages {
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(&shown(message.as_ref(), &secrets));
        }
        let error = Error::new(ErrorKind::Rejected, text);
        let Some(known) = known else { return error };
        error
            .with_answer(
                known.status,
                known.headers.clone(),
                known.body.clone(),
                known.request_id.as_deref().map(|id| shown(id, &secrets)),
            )
            .of_operation(known.operation)
            .of_call(known.facts.clone())
    }
}

/// Two values are equal whichever answers they came with.
impl PartialEq for Origin {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}
