//! The response that a value was decoded from, for values whose properties can say that the call failed.

use std::fmt;
use std::sync::Arc;

use super::{Error, ErrorKind, shown};

/// The response that a value was decoded from. Values whose properties can say that the call failed keep it, so that
/// their error contains the response and masks the secrets of the call.
///
/// It is ignored by comparisons. It is empty in a value that is not the whole body of a response.
#[derive(Clone, Default)]
pub struct Origin(Option<Arc<Error>>);

impl Origin {
    /// Returns the origin with the response of this error.
    pub(crate) fn of(error: Error) -> Self {
        Self(Some(Arc::new(error)))
    }

    /// Returns the error for a response whose body says that the API rejected the call, with the API's messages.
    pub fn rejected<M: AsRef<str>>(&self, messages: impl IntoIterator<Item = M>) -> Error {
        let of_response = self.0.as_deref();
        let secrets = of_response.map(|error| error.0.call.secrets.clone());
        let secrets = secrets.unwrap_or_default();
        let mut text = String::new();
        for message in messages {
            if !text.is_empty() {
                text.push_str("; ");
            }
            text.push_str(&shown(message.as_ref(), &secrets));
        }
        match of_response {
            Some(error) => error.with_same_response(ErrorKind::Rejected, text),
            None => Error::new(ErrorKind::Rejected, text),
        }
    }
}

/// Equality of values ignores their responses.
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
