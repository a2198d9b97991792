//! The response that a value was read from, for values that can say that the call failed.

use std::fmt;
use std::sync::Arc;

use super::{Error, ErrorKind, shown};

/// The response that a value was read from, kept by values whose own flag can say no: their error then tells of it, and
/// hides what the call keeps secret.
///
/// It is part of no comparison, and empty in a value that is not the whole body of a response: one that stands within
/// another, or that was read from elsewhere.
#[derive(Clone, Default)]
pub struct Origin(Option<Arc<Error>>);

impl Origin {
    /// The origin of a value whose error tells of the response as this one does.
    pub(crate) fn of(error: Error) -> Self {
        Self(Some(Arc::new(error)))
    }

    /// Returns the error of a response whose own flag says that the API refused, with the API's messages.
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

/// Two values are equal whichever responses they were read from.
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
