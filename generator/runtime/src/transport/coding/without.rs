//! The replacement for the decoders without the feature `compression`.

use super::{ACCEPTED, unknown};
use crate::transport::ResponseBody;

/// Whether the codings in [`ACCEPTED`] can be decoded.
pub(super) const AVAILABLE: bool = false;

/// Returns a function that passes on a body without a content coding.
pub(super) fn decoders(
    codings: &[String],
) -> Result<impl FnOnce(ResponseBody) -> ResponseBody, String> {
    match codings.first() {
        None => Ok(|body| body),
        Some(name) if ACCEPTED.split(", ").any(|known| known == name) => Err(format!(
            "the body is encoded as `{name}`, which needs the feature `compression`"
        )),
        Some(name) => Err(unknown(name)),
    }
}
