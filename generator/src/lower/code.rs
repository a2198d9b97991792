//! Codes of what lowering finds. Each one is explained in `generator/README.md`.

/// A placeholder of the path has no parameter.
pub(crate) const PATH_PARAMETER_MISSING: &str = "SW0401";
/// A path parameter has no placeholder.
pub(crate) const PATH_PARAMETER_UNUSED: &str = "SW0402";
/// Two operations have one `operationId`.
pub(crate) const DUPLICATE_OPERATION_ID: &str = "SW0403";
/// An `enum` has no values.
pub(crate) const EMPTY_ENUM: &str = "SW0404";
/// An example does not fit its schema.
pub(crate) const EXAMPLE_MISFIT: &str = "SW0405";
/// `required` names a property that is not described.
pub(crate) const REQUIRED_WITHOUT_PROPERTY: &str = "SW0406";
/// A value stands twice in an `enum`.
pub(crate) const DUPLICATE_ENUM_VALUE: &str = "SW0407";
/// A keyword says something that no Rust type can say.
pub(crate) const KEYWORD_IGNORED: &str = "SW0408";
/// A type would have to contain itself.
pub(crate) const INFINITE_TYPE: &str = "SW0409";
/// A server that cannot be chosen by name.
pub(crate) const SERVER_LEFT_OUT: &str = "SW0410";
/// A media type that is passed through as bytes, or left out beside a better one.
pub(crate) const MEDIA_TYPE_FALLBACK: &str = "SW0411";
/// `x-success-flag` names a property that does not fit.
pub(crate) const SUCCESS_FLAG_MISFIT: &str = "SW0412";
/// A discriminator that cannot tell the alternatives apart.
pub(crate) const DISCRIMINATOR_MISFIT: &str = "SW0413";
/// A parameter whose value can take no form.
pub(crate) const PARAMETER_WITHOUT_SCHEMA: &str = "SW0414";
