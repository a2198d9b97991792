/// Implements a JSON object: `Decode`, `Encode`, and the two traits of serde.
///
/// Each field has the name of its property and attributes: `required` (in responses, and always written), `read_only`
/// (never written), `write_only` (optional in responses), `decimal` (numbers are decoded by their digits), and a
/// literal for a constant. A last line `..field` names the map of all other properties. `record!(Output from origin { …
/// })` names a field that is not a property: the [`Origin`](crate::Origin) of a value that can say that the call
/// failed.
///
/// ```
/// use specwright_runtime::prelude::*;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Pet {
///     pub kind: String,
///     pub name: String,
///     pub born: Option<Timestamp>,
///     pub nickname: Nullable<String>,
///     pub others: JsonObject,
/// }
///
/// record!(Pet {
///     kind: "kind" = "cat",
///     name: "name" required,
///     born: "born" read_only,
///     nickname: "nickname",
///     ..others
/// });
///
/// let pet: Pet = specwright_runtime::codec::from_json(br#"{"name":"Tom","born":null,"legs":4}"#)?;
/// assert_eq!(specwright_runtime::codec::to_json(&pet), br#"{"kind":"cat","name":"Tom","legs":4}"#);
/// # Ok::<(), specwright_runtime::codec::DecodeError>(())
/// ```
#[macro_export]
macro_rules! record {
    ($name:ident $(from $origin:ident)? { $($field:ident : $wire:literal $($mark:ident)* $(= $constant:literal)?),* $(,)? }) => {
        $crate::record!(@$name [$($field $wire [$($mark)*] [$($constant)?])*] [] [$($origin)?]);
    };
    ($name:ident $(from $origin:ident)? { $($field:ident : $wire:literal $($mark:ident)* $(= $constant:literal)?,)* ..$rest:ident $(,)? }) => {
        $crate::record!(@$name [$($field $wire [$($mark)*] [$($constant)?])*] [$rest] [$($origin)?]);
    };
    (@$name:ident [$($field:ident $wire:literal [$($mark:ident)*] [$($constant:literal)?])*] [$($rest:ident)?] [$($origin:ident)?]) => {
        const _: () = {
            static SHAPE: $crate::codec::Shape = $crate::codec::Shape::new(&[
                $($crate::codec::Field::new($wire)$(.$mark())*$(.constant(::core::concat!($constant)))?,)*
            ]);

            impl $crate::codec::Decode for $name {
                fn empty() -> Self {
                    #[allow(unused_mut, reason = "only constants change it")]
                    let mut value = Self {
                        $($field: $crate::codec::Decode::empty(),)*
                        $($rest: $crate::codec::Decode::empty(),)?
                        $($origin: ::core::default::Default::default(),)?
                    };
                    $($($crate::macro_support::set_constant(&mut value.$field, $constant);)?)*
                    value
                }

                $(
                    fn origin(&mut self) -> ::core::option::Option<&mut dyn ::core::any::Any> {
                        ::core::option::Option::Some(&mut self.$origin)
                    }
                )?

                fn object(
                    &mut self,
                    fill: &mut $crate::codec::Fill<'_>,
                ) -> ::core::result::Result<(), $crate::codec::Mismatch> {
                    fill(&SHAPE, &mut [$(&mut self.$field),*], $crate::record!(@entries self $($rest)?));
                    ::core::result::Result::Ok(())
                }
            }

            impl $crate::codec::Encode for $name {
                fn view(&self) -> $crate::codec::View<'_> {
                    $crate::codec::View::Object(self)
                }
            }

            impl $crate::codec::ObjectView for $name {
                fn each(&self, property: &mut dyn ::core::ops::FnMut(&::core::primitive::str, &dyn $crate::codec::Encode)) {
                    SHAPE.each(&[$(&self.$field),*], $crate::record!(@view self $($rest)?), property);
                }
            }

            $crate::serde_impls!($name);
        };
    };
    (@entries $self:ident) => { ::core::option::Option::None };
    (@entries $self:ident $rest:ident) => { ::core::option::Option::Some(&mut $self.$rest) };
    (@view $self:ident) => { ::core::option::Option::None };
    (@view $self:ident $rest:ident) => { ::core::option::Option::Some(&$self.$rest) };
}

/// Implements a struct of one field with the JSON of that field. It replaces an alias whose type is recursive.
///
/// ```
/// use specwright_runtime::prelude::*;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Tree(pub Vec<Tree>);
///
/// wrapper!(Tree);
///
/// let tree: Tree = specwright_runtime::codec::from_json(b"[[],[[]]]")?;
/// assert_eq!(tree.0.len(), 2);
/// # Ok::<(), specwright_runtime::codec::DecodeError>(())
/// ```
#[macro_export]
macro_rules! wrapper {
    ($name:ident) => {
        const _: () = {
            impl $crate::codec::Decode for $name {
                fn empty() -> Self {
                    Self($crate::codec::Decode::empty())
                }

                fn expected(&self) -> $crate::macro_support::Expected {
                    $crate::codec::Decode::expected(&self.0)
                }

                fn tolerates_absence(&self) -> ::core::primitive::bool {
                    $crate::codec::Decode::tolerates_absence(&self.0)
                }

                fn scalar(
                    &mut self,
                    scalar: $crate::codec::Scalar<'_>,
                    mode: $crate::codec::Mode,
                ) -> ::core::result::Result<(), $crate::codec::Mismatch> {
                    $crate::codec::Decode::scalar(&mut self.0, scalar, mode)
                }

                fn array(
                    &mut self,
                ) -> ::core::result::Result<&mut dyn $crate::codec::Array, $crate::codec::Mismatch>
                {
                    $crate::codec::Decode::array(&mut self.0)
                }

                fn object(
                    &mut self,
                    fill: &mut $crate::codec::Fill<'_>,
                ) -> ::core::result::Result<(), $crate::codec::Mismatch> {
                    $crate::codec::Decode::object(&mut self.0, fill)
                }

                fn close(
                    &mut self,
                    mode: $crate::codec::Mode,
                ) -> ::core::result::Result<(), $crate::codec::Mismatch> {
                    $crate::codec::Decode::close(&mut self.0, mode)
                }

                fn whole(&mut self) -> ::core::option::Option<&mut dyn $crate::codec::Whole> {
                    $crate::codec::Decode::whole(&mut self.0)
                }

                fn by_serde(
                    &mut self,
                ) -> ::core::option::Option<&mut dyn $crate::codec::FromSerde> {
                    $crate::codec::Decode::by_serde(&mut self.0)
                }
            }

            impl $crate::codec::Encode for $name {
                fn view(&self) -> $crate::codec::View<'_> {
                    $crate::codec::Encode::view(&self.0)
                }

                fn is_absent(&self) -> ::core::primitive::bool {
                    $crate::codec::Encode::is_absent(&self.0)
                }
            }

            $crate::serde_impls!($name);
        };
    };
}
