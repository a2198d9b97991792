//! URLs: the base URL, paths from templates, and the targets of redirects.

mod base;
mod encode;
mod redirect;
mod template;
mod variable;

pub use self::base::BaseUrl;
#[cfg(feature = "hyper")]
pub(crate) use self::base::is_loopback;
pub(crate) use self::base::{Base, Origin, stays_in_place, with_target};
pub(crate) use self::encode::{push_encoded, push_form, push_path, push_query, push_reserved};
pub(crate) use self::redirect::{INVALID, Target, resolve, text_of};
pub(crate) use self::template::fill;
pub use self::variable::Variable;
