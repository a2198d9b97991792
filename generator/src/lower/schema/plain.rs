//! Schemas that only have the type, the format and the limits of a scalar. Most schemas are such, and what is asked of
//! them needs no [`Parts`](super::compose::Parts), which take much longer to find.

use crate::document::{Limits, Reach, SchemaId, SimpleType};
use crate::lower::Facts;
use crate::lower::schema::has_no_types;

/// All that such a schema says.
pub(crate) struct Plain<'t> {
    /// The only type, apart from null.
    pub simple: SimpleType,
    pub format: Option<&'t str>,
    pub base64: bool,
    pub reach: Reach,
    pub limits: Limits,
}

impl<'t> Facts<'_, 't> {
    /// What a schema says, if it is such a schema.
    pub(crate) fn plain(&self, id: SchemaId) -> Option<Plain<'t>> {
        let schema = self.document.schema(id);
        let has_values = schema.constant.is_some() || schema.default.is_some();
        let has_parts = schema.items.is_some() || !has_no_types(schema);
        if has_parts || has_values || !schema.examples.is_empty() || schema.boolean.is_some() {
            return None;
        }
        let mut types = schema.types.iter().filter(|&&it| it != SimpleType::Null);
        let (Some(&simple), None) = (types.next(), types.next()) else {
            return None;
        };
        let is_scalar = !matches!(simple, SimpleType::Array | SimpleType::Object);
        let encoding = schema.content_encoding.unwrap_or_default();
        is_scalar.then(|| Plain {
            simple,
            format: schema.format.map(|format| format.text),
            base64: encoding.eq_ignore_ascii_case("base64"),
            reach: schema.reach,
            limits: schema.limits(),
        })
    }
}
