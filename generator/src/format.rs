//! Formats tokens as text.
//!
//! `prettyplease` prints neither blank lines between items nor the contents of our own macros. So items are printed one
//! by one and joined here, and `macros` prints calls of `record!` and similar macros, which are not parsed. The lines of a
//! documentation comment are printed as one, and separated here.

use proc_macro2::TokenStream;
use syn::{Attribute, File, ImplItem, Item, ItemImpl};

mod macros;

use crate::emit::NEXT_LINE;
use macros::{Call, Part};

/// The text of a source file: the lines of `header`, then the items of the tokens.
///
/// # Errors
/// The tokens are not a valid file, which they are by construction.
pub(crate) fn format(header: &str, tokens: TokenStream) -> syn::Result<String> {
    let mut inner = String::new();
    let mut begins_with_code = false;
    let mut pieces = Vec::new();
    for part in macros::parts(tokens) {
        match part {
            Part::Call(call) => pieces.push(call_piece(call)),
            Part::Items(tokens) => {
                let file = syn::parse2::<File>(tokens)?;
                inner.push_str(&print(file.attrs, Vec::new()));
                begins_with_code |= pieces.is_empty() && is_code(file.items.first());
                pieces.extend(file.items.into_iter().map(item_piece));
            }
        }
    }
    let mut text = headed(header);
    if !header.is_empty() && inner.is_empty() && !begins_with_code && !pieces.is_empty() {
        text.push('\n');
    }
    text.push_str(&inner);
    if !inner.is_empty() && !pieces.is_empty() {
        text.push('\n');
    }
    join(&mut text, pieces.into_iter());
    Ok(with_separate_lines(&text))
}

/// Whether no blank line is needed between the header and this item.
fn is_code(first: Option<&Item>) -> bool {
    matches!(first, Some(Item::Use(_) | Item::Mod(_)))
}

/// The text of tokens that are not a valid file, so that the compiler reports the error.
pub(crate) fn unformatted(header: &str, tokens: &TokenStream, error: &syn::Error) -> String {
    debug_assert!(false, "the tokens are not a valid file: {error}\n{tokens}");
    format!("{}{tokens}\n", headed(header))
}

/// Writes the lines of each documentation comment one below the other.
fn with_separate_lines(text: &str) -> String {
    let mut pieces = text.split(NEXT_LINE);
    let mut separate = String::with_capacity(text.len() / 8 * 9);
    separate.extend(pieces.next());
    for piece in pieces {
        let line = separate.rfind('\n').map_or(0, |end| end + 1);
        let line = separate.get(line..).unwrap_or_default();
        let indentation = line.len() - line.trim_start().len();
        let start = line.get(..indentation + "///".len()).unwrap_or_default();
        let start = format!("\n{start}");
        separate.push_str(&start);
        separate.push_str(piece);
    }
    separate
}

fn headed(header: &str) -> String {
    let mut text = header.trim_end().to_owned();
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn print(attrs: Vec<Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&file(attrs, items))
}

fn file(attrs: Vec<Attribute>, items: Vec<Item>) -> File {
    File {
        shebang: None,
        frontmatter: None,
        attrs,
        items,
    }
}

/// Kinds of one-line items. Items of one kind need no blank line between them.
#[derive(PartialEq, Eq)]
enum Line {
    Mod,
    Use,
    Constant,
    Type,
    Macro,
}

/// The text of an item, and its kind if it is a one-line item.
type Piece = (Option<Line>, String);

/// Joins pieces with blank lines between them, except between neighbouring one-line items of the same kind.
fn join(text: &mut String, pieces: impl Iterator<Item = Piece>) {
    let mut last = None;
    for (index, (line, piece)) in pieces.enumerate() {
        let close = line.is_some() && line == last;
        if index > 0 && !close {
            text.push('\n');
        }
        text.push_str(&piece);
        last = line;
    }
}

fn line_kind(item: &Item) -> Option<Line> {
    let (line, attrs) = match item {
        Item::Mod(module) if module.content.is_none() => (Line::Mod, &module.attrs),
        Item::Use(import) => (Line::Use, &import.attrs),
        Item::Const(constant) => (Line::Constant, &constant.attrs),
        Item::Type(alias) => (Line::Type, &alias.attrs),
        _ => return None,
    };
    (!has_docs(attrs)).then_some(line)
}

fn has_docs(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| attr.path().is_ident("doc"))
}

fn call_piece(call: Call) -> Piece {
    let text = call.text();
    let is_line = text.lines().count() == 1;
    (is_line.then_some(Line::Macro), text)
}

fn item_piece(item: Item) -> Piece {
    (line_kind(&item), item_text(item))
}

fn item_text(item: Item) -> String {
    match item {
        Item::Impl(block) if block.items.len() > 1 => impl_text(block),
        item => print(Vec::new(), vec![item]),
    }
}

/// Prints an impl block with a blank line between its methods. Each method is printed in a separate impl block, so that
/// the printer indents it correctly.
fn impl_text(mut block: ItemImpl) -> String {
    let items = std::mem::take(&mut block.items);
    let mut file = file(Vec::new(), vec![Item::Impl(block)]);
    let mut text = format!("{}\n", opening(&prettyplease::unparse(&file)));
    let start = opening(&edited(&mut file, |block| block.attrs.clear())).len();
    let pieces = items.into_iter().map(|item| {
        let line = impl_line_kind(&item);
        let whole = edited(&mut file, |block| block.items = vec![item]);
        let body = whole
            .get(start..)
            .unwrap_or_default()
            .trim_start_matches('\n');
        (line, body.strip_suffix("}\n").unwrap_or(body).to_owned())
    });
    join(&mut text, pieces);
    text.push_str("}\n");
    text
}

/// Changes the impl block that is the file's only item, and prints it.
fn edited(file: &mut File, change: impl FnOnce(&mut ItemImpl)) -> String {
    if let Some(Item::Impl(block)) = file.items.first_mut() {
        change(block);
    }
    prettyplease::unparse(file)
}

/// The text of an empty block up to its opening brace.
fn opening(empty: &str) -> &str {
    empty.trim_end().trim_end_matches('}')
}

fn impl_line_kind(item: &ImplItem) -> Option<Line> {
    match item {
        ImplItem::Const(constant) if !has_docs(&constant.attrs) => Some(Line::Constant),
        ImplItem::Type(alias) if !has_docs(&alias.attrs) => Some(Line::Type),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::format;

    #[test]
    fn items_are_spaced_and_docs_are_comments() {
        let tokens = quote! {
            use super::*;
            use crate::runtime::prelude::*;
            #[doc = " A pet.\u{b}\u{b} It has a name."]
            #[derive(Debug, Clone)]
            pub struct Pet { #[doc = " Name."] pub name: String, pub age: i64 }
            record!(Pet { name: "name" required, age: "age", });
            impl Pet {
                #[doc = " Makes one.\u{b} It has no age."]
                pub fn new(name: impl Into<String>) -> Self { Self { name: name.into(), age: 0 } }
                pub fn age(mut self, age: i64) -> Self { self.age = age; self }
            }
        };
        let text = format("// @generated from x.\n", tokens).unwrap();
        let wanted = r#"// @generated from x.
use super::*;
use crate::runtime::prelude::*;

/// A pet.
///
/// It has a name.
#[derive(Debug, Clone)]
pub struct Pet {
    /// Name.
    pub name: String,
    pub age: i64,
}

record!(Pet {
    name: "name" required,
    age: "age",
});

impl Pet {
    /// Makes one.
    /// It has no age.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), age: 0 }
    }

    pub fn age(mut self, age: i64) -> Self {
        self.age = age;
        self
    }
}
"#;
        assert_eq!(text, wanted);
    }

    #[test]
    fn index_files_have_a_line_an_item() {
        let tokens = quote! {
            #![doc = " Docs.\u{b} More."]
            #![deny(missing_docs)]
            #[cfg(feature = "a")]
            pub mod a;
            mod b;
            mod runtime { pub(crate) use specwright_runtime::*; }
            pub use b::{Gender, Profile};
            pub use a::Other;
            #[doc = " Told."]
            pub mod c;
        };
        let text = format("// header", tokens).unwrap();
        let wanted = r#"// header
//! Docs.
//! More.
#![deny(missing_docs)]

#[cfg(feature = "a")]
pub mod a;
mod b;

mod runtime {
    pub(crate) use specwright_runtime::*;
}

pub use b::{Gender, Profile};
pub use a::Other;

/// Told.
pub mod c;
"#;
        assert_eq!(text, wanted);
    }

    #[test]
    fn impls_with_generics_keep_their_head() {
        let tokens = quote! {
            impl<'a, T> Handle<'a, T> where T: Clone + 'a {
                type One = u8;
                type Two = u8;
                fn one(&self) -> &'a T { self.0 }
                fn two(&self) -> &'static str { "a\n}\n    }\n" }
            }
            impl Empty {}
        };
        let text = format("", tokens).unwrap();
        let wanted = r#"impl<'a, T> Handle<'a, T>
where
    T: Clone + 'a,
{
    type One = u8;
    type Two = u8;

    fn one(&self) -> &'a T {
        self.0
    }

    fn two(&self) -> &'static str {
        "a\n}\n    }\n"
    }
}

impl Empty {}
"#;
        assert_eq!(text, wanted);
    }

    #[test]
    fn a_file_without_items_is_its_header() {
        assert_eq!(format("// header", quote! {}).unwrap(), "// header\n");
        assert_eq!(
            format("// header", quote! { struct A; }).unwrap(),
            "// header\n\nstruct A;\n"
        );
    }
}
