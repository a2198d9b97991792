//! UUIDs.

use ::uuid::Uuid;

use super::text::decode_text;
use crate::codec::{Encode, View};

decode_text!(Uuid, Uuid::nil(), "a UUID");

impl Encode for Uuid {
    fn view(&self) -> View<'_> {
        View::Shown(self)
    }
}
