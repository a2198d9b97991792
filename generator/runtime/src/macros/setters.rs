/// Implements setters for fields of a type that is decoded, so that a test can change a value.
///
/// Each field has the type of the setter's argument, and the value of the field if it is another one.
///
/// ```
/// use specwright_runtime::prelude::*;
///
/// #[derive(Debug, PartialEq)]
/// pub struct Pet {
///     pub name: String,
///     pub legs: i64,
///     pub owner: Option<String>,
/// }
///
/// record!(Pet { name: "name" required, legs: "legs" required, owner: "owner" });
///
/// specwright_runtime::setters!(Pet {
///     name: impl Into<String> = name.into(),
///     legs: i64,
///     owner: impl Into<String> = Some(owner.into()),
/// });
///
/// let tom: Pet = specwright_runtime::codec::from_json(br#"{"name":"Tom","legs":4}"#)?;
/// assert_eq!(tom.legs(3).owner("Ada").owner.as_deref(), Some("Ada"));
/// # Ok::<(), specwright_runtime::codec::DecodeError>(())
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ty { $($(#[$attribute:meta])* $field:ident : $argument:ty $(= $value:expr)?),* $(,)? }) => {
        impl $name {
            $(
                #[doc = ::core::concat!("Sets `", ::core::stringify!($field), "`.")]
                $(#[$attribute])*
                pub fn $field(mut self, $field: $argument) -> Self {
                    self.$field = $crate::setters!(@value $field $($value)?);
                    self
                }
            )*
        }
    };
    (@value $field:ident) => { $field };
    (@value $field:ident $value:expr) => { $value };
}
