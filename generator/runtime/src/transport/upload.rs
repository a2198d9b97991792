//! Opening request bodies in transports.

use super::TransportError;
use crate::body::{OpenBody, RequestBody};

impl RequestBody {
    /// Opens the body for one attempt. It blocks where the body is a file or a reader.
    ///
    /// # Errors
    /// The file does not exist or the source cannot be opened. Nothing has been sent.
    pub fn open(&self) -> Result<OpenBody, TransportError> {
        self.opened().map_err(TransportError::unsendable)
    }
}
