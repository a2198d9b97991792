/// Implements a union: an enum of alternatives, each with the JSON of its value.
///
/// `tag "property"` names the discriminator. Without it, the alternative with fields for the most properties of the
/// value is chosen, among equal ones the one with the most fields at any depth, and then the most exact match. An entry
/// of additional properties counts like a field if there is a property with a field in it, a quarter as much if it has
/// any other type, and nothing if it is any JSON. `default Variant` names the alternative for an object without a known
/// discriminator value. A value that matches no alternative is kept as JSON in the variant after `else`.
///
/// ```
/// use specwright_runtime::prelude::*;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Cat { pub lives: i64 }
/// record!(Cat { lives: "lives" required });
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum Pet { Cat(Cat), Unknown(Json) }
/// union!(Pet tag "petType" { Cat: "cat" | "Cat" } else Unknown);
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum Value { Count(i64), Text(String), Pets(Vec<Pet>), Unknown(Json) }
/// union!(Value { Count, Text, Pets } else Unknown);
///
/// let value: Value = specwright_runtime::codec::from_json(br#"[{"lives":9,"petType":"Cat"}]"#)?;
/// assert_eq!(value, Value::Pets(vec![Pet::Cat(Cat { lives: 9 })]));
/// assert_eq!(specwright_runtime::codec::to_json(&value), br#"[{"petType":"cat","lives":9}]"#);
/// # Ok::<(), specwright_runtime::codec::DecodeError>(())
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident tag $tag:literal { $($variant:ident : $value:literal $(| $alias:literal)*),* $(,)? } $(default $default:ident)? else $unknown:ident) => {
        $crate::union!(@codec $name $unknown [
            fn show(json: &$crate::Json, alternatives: &mut $crate::codec::Alternatives<'_, '_, Self>) {
                match $crate::codec::tag_of(json, $tag).as_deref() {
                    $(::core::option::Option::Some($value $(| $alias)*) => {
                        alternatives.show_only(Self::$variant);
                    })*
                    $(_ => alternatives.show_only(Self::$default),)?
                    #[allow(unreachable_patterns, reason = "there may be a default")]
                    _ => {}
                }
            }
        ]);

        impl $crate::codec::Encode for $name {
            fn view(&self) -> $crate::codec::View<'_> {
                #[allow(unreachable_patterns, reason = "the default needs no tag, and comes first")]
                match self {
                    $(Self::$default(value) => $crate::codec::Encode::view(value),)?
                    $(Self::$variant(value) => $crate::codec::tagged_view(self, $tag, value),)*
                    Self::$unknown(json) => $crate::codec::View::Json(json),
                }
            }
        }

        impl $crate::codec::ObjectView for $name {
            fn each(&self, property: &mut dyn ::core::ops::FnMut(&::core::primitive::str, &dyn $crate::codec::Encode)) {
                match self {
                    $(Self::$variant(value) => $crate::codec::tagged_each($tag, $value, value, property),)*
                    Self::$unknown(_) => {}
                }
            }
        }
    };
    ($name:ident { $($variant:ident),* $(,)? } else $unknown:ident) => {
        $crate::union!(@codec $name $unknown [
            fn show(_: &$crate::Json, alternatives: &mut $crate::codec::Alternatives<'_, '_, Self>) {
                $(alternatives.show(Self::$variant);)*
                let _ = alternatives;
            }
        ]);

        impl $crate::codec::Encode for $name {
            fn view(&self) -> $crate::codec::View<'_> {
                match self {
                    $(Self::$variant(value) => $crate::codec::Encode::view(value),)*
                    Self::$unknown(json) => $crate::codec::View::Json(json),
                }
            }
        }
    };
    (@codec $name:ident $unknown:ident [$show:item]) => {
        impl $crate::codec::Union for $name {
            fn buffer(&mut self) -> ::core::option::Option<&mut $crate::Json> {
                match self {
                    Self::$unknown(json) => ::core::option::Option::Some(json),
                    #[allow(unreachable_patterns, reason = "there may be no other variant")]
                    _ => ::core::option::Option::None,
                }
            }

            $show
        }

        impl $crate::codec::Decode for $name {
            fn empty() -> Self {
                Self::$unknown($crate::Json::Null)
            }

            fn expected(&self) -> $crate::macro_support::Expected {
                $crate::macro_support::Expected::Borrowed("one of the alternatives")
            }

            fn scalar(
                &mut self,
                scalar: $crate::codec::Scalar<'_>,
                mode: $crate::codec::Mode,
            ) -> ::core::result::Result<(), $crate::codec::Mismatch> {
                $crate::codec::union_scalar(self, scalar, mode)
            }

            fn array(
                &mut self,
            ) -> ::core::result::Result<&mut dyn $crate::codec::Array, $crate::codec::Mismatch> {
                $crate::codec::union_array(self)
            }

            fn object(
                &mut self,
                fill: &mut $crate::codec::Fill<'_>,
            ) -> ::core::result::Result<(), $crate::codec::Mismatch> {
                $crate::codec::union_object(self, fill)
            }

            fn close(
                &mut self,
                mode: $crate::codec::Mode,
            ) -> ::core::result::Result<(), $crate::codec::Mismatch> {
                $crate::codec::union_settle(self, mode)
            }

            fn whole(
                &mut self,
            ) -> ::core::option::Option<&mut dyn $crate::codec::Whole> {
                ::core::option::Option::Some(self)
            }
        }

        $crate::serde_impls!($name);
    };
}
