// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/alias.rs). Do not edit.
use crate::runtime::prelude::*;

/// From when to when. Its properties are not documented, so it is kept whole.
pub type TimePeriod = JsonObject;
