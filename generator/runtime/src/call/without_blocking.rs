//! Calls without the feature `blocking`.

/// The part of [`call!`](crate::call!) for the feature `blocking`, empty without it. A separate macro, because the
/// feature belongs to this crate and not to the crate in which `call!` expands.
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_call {
    ($name:ident -> $output:ty) => {};
}
