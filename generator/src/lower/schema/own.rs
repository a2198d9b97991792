//! Types of other crates that are used for a format or a schema.

use crate::diagnostic::Diagnostic;
use crate::document::SchemaId;
use crate::document::code::BAD_NAME;
use crate::lower::schema::scalar::scalar;
use crate::lower::{Facts, Lowerer};
use crate::model::{OwnType, Scalar, Shape};
use crate::name::type_path;

impl Lowerer<'_, '_> {
    /// Reports a type that a schema cannot have.
    pub(crate) fn report_own_type(&mut self, id: SchemaId) {
        let Some(written) = self.document.schema(id).rust_type else {
            return;
        };
        if let Err(fault) = self.named_type(id, written.text) {
            let message = format!("`{}` cannot be the type of a schema: {fault}", written.text);
            let diagnostic = Diagnostic::warning(BAD_NAME, message).strict();
            self.diagnostics.push(
                diagnostic
                    .at(written.span, "it is ignored")
                    .help("write the path from the crate, such as `rust_decimal::Decimal`"),
            );
        }
    }
}

impl Facts<'_, '_> {
    /// The type of another crate that a schema names by `x-rust-type`; `None` also if the name is invalid.
    pub(crate) fn own_type(&self, id: SchemaId) -> Option<Shape> {
        let written = self.document.schema(id).rust_type?;
        self.named_type(id, written.text).ok()
    }

    fn named_type(&self, id: SchemaId, text: &str) -> Result<Shape, String> {
        let path = type_path(text)?;
        let parts = self.parts(id);
        let base = match parts.simple_types()[..] {
            [simple] => scalar(simple, parts.format, parts.base64, parts.reach),
            _ => None,
        };
        if base == Some(Scalar::Secret) {
            return Err("a secret is always a `Secret`, which no message shows".to_owned());
        }
        Ok(Shape::Own(OwnType { path, base }))
    }

    /// The type of another crate for a format.
    pub(crate) fn own_format(&self, format: Option<&str>, base: Option<Scalar>) -> Option<Shape> {
        let path = self.document.own_types.get(format?)?.clone();
        Some(Shape::Own(OwnType { path, base }))
    }
}
