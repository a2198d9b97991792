//! The macro for calls with pages.

/// Implements `pages()` and `items()` for a call made with [`call!`](crate::call), whose response is one of several
/// pages:
///
/// ```text
/// paged!(ListCall -> ThingList => Thing {
///     cursor "cursor",
///     items: |list| list.data,
///     next: |list| list.meta.as_ref()?.next_cursor,
/// });
/// ```
///
/// The first line is the rule: `cursor "parameter"`, `page "parameter" from 1`, `offset "parameter"`, `offset
/// "parameter" limit "parameter"`, `link`, or `link_header`. The others locate the list in the response, and any of
/// `next`, `more`, `last` and `total`.
#[macro_export]
macro_rules! paged {
    ($name:ident -> $page:ty => $item:ty {
        $kind:ident $($parameter:literal)? $(from $first:literal)? $(limit $limit:literal)?,
        items: |$list:ident| $items:expr
        $(, $sign:ident: |$whole:ident| $field:expr)* $(,)?
    }) => {
        impl $crate::pages::Paged for $name {
            type Page = $page;
            type Item = $item;
            const RULE: $crate::pages::Rule =
                $crate::paged!(@rule $kind $($parameter)? $(from $first)? $(limit $limit)?);

            fn sign(page: &$page) -> $crate::pages::Sign<'_> {
                $(
                    fn $sign($whole: &$page) -> ::std::option::Option<&dyn $crate::codec::Encode> {
                        ::std::option::Option::Some(&$field)
                    }
                )*
                let _ = page;
                $crate::pages::Sign {
                    $($sign: $sign(page),)*
                    ..::std::default::Default::default()
                }
            }

            fn items($list: &mut $page) -> ::std::option::Option<&mut ::std::vec::Vec<$item>> {
                $crate::pages::Listed::listed(&mut $items)
            }
        }

        impl $name {
            /// Returns a stream of the pages, starting with the page that this call requests.
            pub fn pages(self) -> $crate::Pages<$page> {
                $crate::Pages::new::<Self>(self.0)
            }

            /// Returns a stream of the items of all pages, starting with the page that this call requests.
            pub fn items(self) -> $crate::Items<$item> {
                $crate::Items::new::<Self>(self.0)
            }
        }
    };
    (@rule cursor $parameter:literal) => { $crate::pages::Rule::Cursor($parameter) };
    (@rule page $parameter:literal from $first:literal) => {
        $crate::pages::Rule::Page { parameter: $parameter, first: $first }
    };
    (@rule offset $parameter:literal) => {
        $crate::pages::Rule::Offset { parameter: $parameter, limit: ::std::option::Option::None }
    };
    (@rule offset $parameter:literal limit $limit:literal) => {
        $crate::pages::Rule::Offset {
            parameter: $parameter,
            limit: ::std::option::Option::Some($limit),
        }
    };
    (@rule link) => { $crate::pages::Rule::Link { in_header: false } };
    (@rule link_header) => { $crate::pages::Rule::Link { in_header: true } };
}
