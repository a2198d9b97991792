//! Errors of values that are parsed before a call.

use super::{Error, ErrorKind};
use crate::codec::ParseValueError;

impl From<ParseValueError> for Error {
    /// Returns an error of the kind [`Request`](ErrorKind::Request): with `?`, an argument can be parsed where it is passed.
    fn from(error: ParseValueError) -> Self {
        Self::new(ErrorKind::Request, error.to_string())
    }
}

impl From<uuid::Error> for Error {
    /// Returns an error of the kind [`Request`](ErrorKind::Request), as for other values.
    fn from(error: uuid::Error) -> Self {
        Self::new(ErrorKind::Request, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Date, Uuid};

    #[test]
    fn a_value_that_cannot_be_parsed_is_an_error_of_the_request() {
        fn date() -> Result<Date, Error> {
            Ok("2026-13-01".parse()?)
        }
        fn id() -> Result<Uuid, Error> {
            Ok("none".parse()?)
        }
        for error in [date().unwrap_err(), id().unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::Request);
        }
        let shown = date().unwrap_err().to_string();
        assert!(
            shown.starts_with("the request cannot be sent: expected a date"),
            "{shown}"
        );
    }
}
