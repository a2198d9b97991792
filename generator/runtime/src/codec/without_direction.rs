//! The direction of the JSON that is written, which is always a request without the feature `testing`.

pub(super) const fn is_response() -> bool {
    false
}
