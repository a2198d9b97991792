/// Implements the decoding of webhooks or callbacks for an enum.
///
/// Each variant has the name in the description and the format of its body: `json`, `form`, `text`, `bytes` or `empty`.
/// `by "data" "type"` is the path of the property that identifies the event, and the values of each variant follow a
/// colon. `with "action"` names a property whose value can complete a name. An event that is not described is kept as
/// JSON in the variant after `else`, a form as an object of strings.
///
/// ```
/// use specwright_runtime::calls::*;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum Event { IssueOpened(JsonObject), Ping, Unknown(Json) }
/// webhooks!(Event by "type" {
///     IssueOpened = "issue-opened" json: "issue.opened",
///     Ping = "ping" empty,
/// } with "action" else Unknown);
///
/// assert_eq!(Event::decode("ping", b"")?, Event::Ping);
/// let opened = Event::decode("issue", br#"{"action":"opened"}"#)?;
/// assert_eq!(opened.name(), Some("issue-opened"));
/// assert_eq!(Event::from_slice(br#"{"type":"issue.opened"}"#)?.name(), Some("issue-opened"));
/// assert_eq!(Event::from_slice(br#"{"type":"other"}"#)?.name(), None);
/// # Ok::<(), specwright_runtime::webhook::DecodeError>(())
/// ```
#[macro_export]
macro_rules! webhooks {
    (
        $name:ident by $($step:literal)+ {
            $($variant:ident = $wire:literal $kind:ident $(: $value:literal $(| $other:literal)*)?),* $(,)?
        } $(with $property:literal)? else $unknown:ident
    ) => {
        $crate::webhooks!($name { $($variant = $wire $kind),* } $(with $property)? else $unknown);

        impl $name {
            /// Decodes an event by its body alone, in which a property identifies it. An event that is not described is
            /// kept as JSON.
            ///
            /// # Errors
            /// The body is not valid JSON, or does not match the description of the event.
            pub fn from_slice(
                body: &[::core::primitive::u8],
            ) -> ::core::result::Result<Self, $crate::webhook::DecodeError> {
                let json: $crate::Json = $crate::codec::from_json(body)?;
                match $crate::webhook::tag(&json, &[$($step),+]).as_deref() {
                    $($(
                        ::core::option::Option::Some($value $(| $other)*) => $crate::webhooks!(@read $kind $variant body),
                    )?)*
                    _ => ::core::result::Result::Ok(Self::$unknown(json)),
                }
            }
        }
    };
    (
        $name:ident { $($variant:ident = $wire:literal $kind:ident),* $(,)? } $(with $property:literal)? else $unknown:ident
    ) => {
        impl $name {
            /// The names of the events in the description.
            pub const NAMES: &'static [&'static ::core::primitive::str] = &[$($wire),*];

            /// Returns the name of this event; `None` if it is not described.
            pub fn name(&self) -> ::core::option::Option<&'static ::core::primitive::str> {
                match self {
                    $(Self::$variant { .. } => ::core::option::Option::Some($wire),)*
                    Self::$unknown(_) => ::core::option::Option::None,
                }
            }

            /// Decodes the event of this name. Case and separators are ignored if the name is still unambiguous. An
            /// event that is not described is kept as JSON.
            ///
            /// # Errors
            /// The body does not match the description of the event, or, if it is not described, is neither JSON nor a
            /// form.
            pub fn decode(
                name: &::core::primitive::str,
                body: &[::core::primitive::u8],
            ) -> ::core::result::Result<Self, $crate::webhook::DecodeError> {
                let property: ::core::option::Option<&::core::primitive::str> = $crate::webhooks!(@property $($property)?);
                match $crate::webhook::named(Self::NAMES, property, name, body) {
                    $(::core::option::Option::Some($wire) => $crate::webhooks!(@read $kind $variant body),)*
                    _ => ::core::result::Result::map($crate::webhook::any(body), Self::$unknown),
                }
            }
        }
    };
    (@property) => { ::core::option::Option::None };
    (@property $property:literal) => { ::core::option::Option::Some($property) };
    (@read json $variant:ident $body:ident) => {
        ::core::result::Result::map($crate::webhook::json($body), Self::$variant)
    };
    (@read form $variant:ident $body:ident) => {
        ::core::result::Result::map($crate::webhook::form($body), Self::$variant)
    };
    (@read text $variant:ident $body:ident) => {
        ::core::result::Result::map($crate::webhook::text($body), Self::$variant)
    };
    (@read bytes $variant:ident $body:ident) => {
        ::core::result::Result::Ok(Self::$variant($crate::Bytes::copy_from_slice($body)))
    };
    (@read empty $variant:ident $body:ident) => {
        ::core::result::Result::Ok(Self::$variant)
    };
}
