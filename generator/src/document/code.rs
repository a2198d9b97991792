//! The codes of everything that decoding a description can say.

/// The file is no description in a supported version.
pub const NOT_OPENAPI: &str = "SW0201";
/// A key that nobody knows and that looks like a known one.
pub const MISTYPED_KEY: &str = "SW0202";
/// A key that nobody knows, which is ignored.
pub const UNKNOWN_KEY: &str = "SW0203";
/// A value of a type that can't be understood in its place.
pub const WRONG_TYPE: &str = "SW0204";
/// A value that is odd but clear; the message says how it was read.
pub const ASSUMED: &str = "SW0205";
/// A key that has to be there and is not.
pub const MISSING_KEY: &str = "SW0206";
/// A word that is none of the allowed ones.
pub const UNKNOWN_WORD: &str = "SW0207";
/// Something that the generator cannot express; the message says what happens instead.
pub const UNSUPPORTED: &str = "SW0208";
/// The same thing described twice.
pub const DUPLICATE: &str = "SW0209";
/// A reference whose target does not exist.
pub const DANGLING_REFERENCE: &str = "SW0301";
/// References that lead in a circle and never reach anything.
pub const REFERENCE_CYCLE: &str = "SW0302";
/// A reference to a file or host that was not read.
pub const UNREAD_FILE: &str = "SW0303";
/// A reference to a thing of another kind.
pub const WRONG_KIND: &str = "SW0304";
/// A security requirement that names no scheme.
pub const UNKNOWN_SCHEME: &str = "SW0305";
