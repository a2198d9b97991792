//! Paths of Rust types of other crates, as written in a configuration or a description.

use syn::{GenericArgument, Path, PathArguments, Type};

/// The maximum length of a text, because the parser recurses for each level of nesting.
const LONGEST: usize = 256;

/// The types of the standard library that can be written without a path.
const STANDARD: &[(&str, &str)] = &[
    ("Box", "boxed"),
    ("Option", "option"),
    ("String", "string"),
    ("Vec", "vec"),
];

/// The primitive types.
const PRIMITIVE: &[&str] = &[
    "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16",
    "u32", "u64", "u8", "usize",
];

/// Returns the path of a type that is valid in any scope: `::rust_decimal::Decimal` for `rust_decimal::Decimal`. The
/// error is the reason why the text is not the path of a type.
pub(crate) fn type_path(text: &str) -> Result<String, String> {
    if text.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} characters"));
    }
    match syn::parse_str(text) {
        Ok(ty) => of_type(&ty),
        Err(_) => Err("it is not valid Rust".to_owned()),
    }
}

fn of_type(ty: &Type) -> Result<String, String> {
    match ty {
        Type::Path(ty) if ty.qself.is_none() => of_path(&ty.path),
        _ => Err("only the path of a type can be used".to_owned()),
    }
}

fn of_path(path: &Path) -> Result<String, String> {
    let mut text = String::new();
    for segment in &path.segments {
        let name = segment.ident.to_string();
        if matches!(&*name, "crate" | "self" | "super" | "Self") {
            return Err(format!(
                "`{name}` means the generated crate, which has no other types"
            ));
        }
        text += "::";
        if path.segments.len() == 1 && path.leading_colon.is_none() {
            text += &module_of(&name)?;
        }
        text += &name;
        text += &arguments(&segment.arguments)?;
    }
    Ok(text)
}

/// The path of a type that is written without one.
fn module_of(name: &str) -> Result<String, String> {
    if PRIMITIVE.contains(&name) {
        return Ok("std::primitive::".to_owned());
    }
    let standard = STANDARD.iter().find(|(known, _)| *known == name);
    let (_, module) = standard.ok_or_else(|| format!("`{name}` needs the path from its crate"))?;
    Ok(format!("std::{module}::"))
}

fn arguments(arguments: &PathArguments) -> Result<String, String> {
    match arguments {
        PathArguments::None => Ok(String::new()),
        PathArguments::AngleBracketed(list) => {
            let types = list.args.iter().map(|argument| match argument {
                GenericArgument::Type(ty) => of_type(ty),
                _ => Err("only types are allowed between `<` and `>`".to_owned()),
            });
            let types: Vec<String> = types.collect::<Result<_, _>>()?;
            Ok(format!("<{}>", types.join(", ")))
        }
        PathArguments::Parenthesized(_) => Err("only the path of a type can be used".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::type_path;

    #[test]
    fn paths_mean_the_same_in_every_scope() {
        for (text, path) in [
            ("rust_decimal::Decimal", "::rust_decimal::Decimal"),
            ("::url::Url", "::url::Url"),
            (
                "chrono::DateTime<chrono::Utc>",
                "::chrono::DateTime<::chrono::Utc>",
            ),
            ("String", "::std::string::String"),
            ("u128", "::std::primitive::u128"),
            (
                "Vec < a::B<u8> >",
                "::std::vec::Vec<::a::B<::std::primitive::u8>>",
            ),
        ] {
            assert_eq!(type_path(text).as_deref(), Ok(path));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let deep = format!("{}u8{}", "a::B<".repeat(100), ">".repeat(100));
        for text in [
            "",
            "a::",
            "a b",
            "a::B<'static>",
            "&'static str",
            "[u8; 4]",
            "fn(u8)",
            "(u8, u8)",
            "Money",
            "crate::Money",
            "a::B<Self>",
            "dyn a::B",
            "a::B<3>",
            "<a::B as a::C>::D",
            "impl a::B",
            &deep,
        ] {
            assert!(type_path(text).is_err(), "{text}");
        }
    }
}
