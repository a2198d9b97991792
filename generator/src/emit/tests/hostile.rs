//! Names and texts that stand in the way of emitted code.

use super::build::*;
use crate::model::*;

/// Schemas called as everything that emitted code uses, each with a field of the real thing.
pub(super) fn api() -> Api {
    let mut api = super::build::api("hostile");
    api.title = "*/ `x` \n # [y]".to_owned();
    api.docs = docs("[Broken] <script>\n```\nfn main() {}\n");
    let names = [
        "String",
        "Option",
        "Vec",
        "Box",
        "Result",
        "Some",
        "None",
        "Ok",
        "Err",
        "Into",
        "From",
        "Default",
        "Secret",
        "Uuid",
        "Map",
        "Json",
        "JsonObject",
        "Nullable",
        "Bytes",
        "Call",
        "Display",
        "Method",
        "Request",
        "Style",
        "Client",
        "Error",
        "Debug",
        "Clone",
        "Send",
        "Iterator",
        "Timestamp",
        "Date",
        "Base64",
        "Bool",
        "I64",
        "F64",
        "Str",
        "U64",
        "I32",
        "F32",
        "Std",
        "Core",
        "Runtime",
        "Serialize",
        "Encode",
        "Decode",
        "Hash",
        "Copy",
    ];
    for name in names {
        let fields = everything(&mut api);
        let mut record = record(fields);
        record.rest = Some(Rest {
            name: ident("additional_properties"),
            shape: scalar(Scalar::String),
        });
        let module = name.to_lowercase();
        let mut ty = Kind::Record(record);
        if name == "Some" {
            ty = Kind::Wrapper(list(scalar(Scalar::String)));
        }
        add(
            &mut api,
            name,
            in_types(if module == "box" { "r#box" } else { &module }),
            BOTH,
            ty,
        );
    }
    let strings = Shape::Named(TypeId(0));
    let union = Union {
        alternatives: vec![
            alternative("Some", strings, &[]),
            alternative("None", scalar(Scalar::String), &[]),
        ],
        tag: None,
        default: None,
        unknown: ident("Unknown"),
    };
    add(
        &mut api,
        "Choice",
        in_types("choice"),
        BOTH,
        Kind::Union(union),
    );
    let last = u32::try_from(api.types.len()).unwrap() - 1;
    api.resources = vec![resource("string", "Strings", vec![operation_of_all(last)])];
    api
}

fn everything(_: &mut Api) -> Vec<Field> {
    use Presence::*;
    vec![
        field("text", scalar(Scalar::String), Optional),
        field("number", scalar(Scalar::F64), Required),
        field("long", scalar(Scalar::I64), Optional),
        field("flag", scalar(Scalar::Bool), Optional),
        field("secret", scalar(Scalar::Secret), Required),
        field("id", scalar(Scalar::Uuid), Optional),
        field("any", Shape::Json, OptionalNullable),
        field(
            "map",
            Shape::Map(Box::new(list(Shape::JsonObject))),
            Optional,
        ),
        field("other", Shape::Boxed(TypeId(1)), Optional),
        field("same", list(Shape::Named(TypeId(0))), Required),
    ]
}

fn operation_of_all(last: u32) -> Operation {
    let mut all = operation("all", "string.all", "GET", "/all/{id}");
    all.call = Some(ident("AllCall"));
    all.docs = docs("Use `x` or [y] or http://example.com/a_b.\n\n    fn main() {}\n\n- a\nlazy\n");
    let query = || Place::Query(styled(Style::Form, true));
    all.inputs = vec![input(
        "id",
        scalar(Scalar::String),
        true,
        Place::Path(styled(Style::Simple, false)),
    )];
    for id in 0..last {
        all.inputs.push(input(
            &format!("q{id}"),
            Shape::Named(TypeId(id)),
            id % 9 == 0,
            query(),
        ));
    }
    all.answer = Answer::Json(Shape::Named(TypeId(0)), true);
    all.errors = vec![ApiError {
        media_type: None,
        status: StatusRange::Default,
        shape: Some(Shape::Named(TypeId(25))),
        docs: docs("[x]"),
    }];
    all
}
