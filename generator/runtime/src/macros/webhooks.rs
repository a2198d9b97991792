/// Gives an enum of webhooks or callbacks what reads them.
///
/// Each variant has the name that the description gives it and how its body is read: `json`, `form`, `text`, `bytes`
/// or, with no content, `empty`. `by "data" "type"` names the property whose word tells the events apart, and each
/// variant's words follow a colon. `with "action"` names a property whose word can complete a name. What is none of all
/// these is kept as JSON in the variant after `else`, a form as an object of texts.
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
            $($variant:ident = $wire:literal $kind:ident $(: $word:literal $(| $other:literal)*)?),* $(,)?
        } $(with $member:literal)? else $unknown:ident
    ) => {
        $crate::webhooks!($name { $($variant = $wire $kind),* } $(with $member)? else $unknown);

        impl $name {
            /// Reads an event by its body alone, which says what it is. One that the description does not list is
            /// kept as JSON.
            ///
            /// # Errors
            /// The body is no JSON, or is not what the description says of this event.
            pub fn from_slice(
                body: &[::core::primitive::u8],
            ) -> ::core::result::Result<Self, $crate::webhook::DecodeError> {
                let json: $crate::Json = $crate::codec::from_json(body)?;
                match $crate::webhook::word(&json, &[$($step),+]).as_deref() {
                    $($(
                        ::core::option::Option::Some($word $(| $other)*) => $crate::webhooks!(@read $kind $variant body),
                    )?)*
                    _ => ::core::result::Result::Ok(Self::$unknown(json)),
                }
            }
        }
    };
    (
        $name:ident { $($variant:ident = $wire:literal $kind:ident),* $(,)? } $(with $member:literal)? else $unknown:ident
    ) => {
        impl $name {
            /// The names of the events, as the description writes them.
            pub const NAMES: &'static [&'static ::core::primitive::str] = &[$($wire),*];

            /// Returns the name of this event; `None` where the description does not list it.
            pub fn name(&self) -> ::core::option::Option<&'static ::core::primitive::str> {
                match self {
                    $(Self::$variant { .. } => ::core::option::Option::Some($wire),)*
                    Self::$unknown(_) => ::core::option::Option::None,
                }
            }

            /// Reads the event of this name. Case and separators do not count where the name is clear without; an
            /// event that the description does not list is kept as JSON.
            ///
            /// # Errors
            /// The body is not what the description says of this event, or, where it says nothing, neither JSON nor
            /// a form.
            pub fn decode(
                name: &::core::primitive::str,
                body: &[::core::primitive::u8],
            ) -> ::core::result::Result<Self, $crate::webhook::DecodeError> {
                let member: ::core::option::Option<&::core::primitive::str> = $crate::webhooks!(@member $($member)?);
                match $crate::webhook::named(Self::NAMES, member, name, body) {
                    $(::core::option::Option::Some($wire) => $crate::webhooks!(@read $kind $variant body),)*
                    _ => ::core::result::Result::map($crate::webhook::any(body), Self::$unknown),
                }
            }
        }
    };
    (@member) => { ::core::option::Option::None };
    (@member $member:literal) => { ::core::option::Option::Some($member) };
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
