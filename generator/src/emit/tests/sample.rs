//! An API that has one of each.

use super::build::*;
use crate::model::*;

/// One of each kind of type, place, body and answer.
pub(super) fn api() -> Api {
    let mut api = api_without_resources();
    let pets = resource("pets", "Pets", operations(&mut api));
    api.resources = vec![pets];
    let json = "{\"type\": \"dog\", \"friend\": null, \"tags\": [\"a\"]}".to_owned();
    api.examples.push(Example {
        name: ident("dog"),
        shape: Shape::Named(TypeId(2)),
        json: json.clone(),
    });
    api.requests.push(RequestExample {
        name: ident("pets_create_sends"),
        resource: 0,
        operation: 1,
        values: vec![
            (0, json),
            (1, "[\"x\", null]".to_owned()),
            (2, "\"me\"".to_owned()),
        ],
        body: Some(
            "{\"pet\": {\"type\": \"dog\", \"tags\": [\"a\"]}, \"tags\": [\"x\", null]}".to_owned(),
        ),
    });
    api
}

fn api_without_resources() -> Api {
    let mut api = super::build::api("petstore");
    api.docs = docs("Pets and their owners.");
    api.servers = servers();
    api.schemes = schemes();
    api.security = Security {
        alternatives: vec![vec!["basic".to_owned()], Vec::new()],
    };
    types(&mut api);
    api
}

fn servers() -> Vec<Server> {
    let plain = Server {
        variant: ident("Sandbox"),
        url: "https://sandbox.example.test".to_owned(),
        docs: docs("For tries."),
        unencrypted: false,
        variables: Vec::new(),
    };
    let region = Variable {
        name: ident("region"),
        wire: "region".to_owned(),
        default: "eu".to_owned(),
        values: vec!["eu".to_owned(), "us".to_owned()],
        docs: Docs::default(),
    };
    let varied = Server {
        variant: ident("Region"),
        url: "https://{region}.example.test/v1".to_owned(),
        docs: Docs::default(),
        unencrypted: false,
        variables: vec![region],
    };
    vec![plain, varied]
}

fn schemes() -> Vec<Scheme> {
    let scheme = |wire: &str, method: &str, kind| Scheme {
        wire: wire.to_owned(),
        method: ident(method),
        provider: ident(&format!("{method}_provider")),
        with: ident(&format!("with_{method}")),
        exchange: None,
        variables: vec![format!("SHOP_{}", method.to_uppercase())],
        kind,
        docs: Docs::default(),
    };
    let key = SchemeKind::HeaderKey {
        name: "X-Key".to_owned(),
        prefix: String::new(),
    };
    vec![
        scheme("basic", "basic_auth", SchemeKind::Basic),
        scheme("key", "api_key", key),
    ]
}

/// Types 0..: Cat, Dog, Pet, Status, Size, Level, Tags, Tree, Answer, Wide.
#[expect(clippy::too_many_lines, reason = "one of each kind")]
fn types(api: &mut Api) {
    use Presence::*;
    let string = || scalar(Scalar::String);
    let mut kind = field("kind", string(), Required);
    kind.wire = "type".to_owned();
    kind.constant = Some(Constant::String("cat".to_owned()));
    let mut created = field("created", scalar(Scalar::Timestamp), Required);
    created.read_only = true;
    let mut password = field("password", scalar(Scalar::Secret), Required);
    password.write_only = true;
    let mut old = field("r#move", scalar(Scalar::Bool), Optional);
    old.deprecated = true;
    let nickname = field("nickname", string(), OptionalNullable);
    let owner = field("owner", string(), RequiredNullable);
    let dog = field("enemy", Shape::Boxed(TypeId(1)), Optional);
    let status = field("status", Shape::Named(TypeId(3)), Optional);
    let mut cat = record(vec![
        kind, created, password, owner, nickname, dog, status, old,
    ]);
    cat.rest = Some(Rest {
        name: ident("additional_properties"),
        shape: Shape::Json,
    });
    add(api, "Cat", in_types("cat"), BOTH, Kind::Record(cat));
    let dog = record(vec![
        field("friend", Shape::Boxed(TypeId(0)), Optional),
        field("tags", list(string()), Optional),
    ]);
    add(api, "Dog", in_types("dog"), BOTH, Kind::Record(dog));
    let pet = Union {
        alternatives: vec![
            alternative("Cat", Shape::Boxed(TypeId(0)), &["cat", "Cat"]),
            alternative("Dog", Shape::Named(TypeId(1)), &["dog"]),
        ],
        tag: Some("type".to_owned()),
        default: None,
        unknown: ident("Unknown"),
    };
    add(api, "Pet", in_types("pet"), BOTH, Kind::Union(pet));
    let open = words(&[("Alive", "ALIVE"), ("None", "none")], Some("Unknown"));
    add(api, "Status", in_types("status"), BOTH, open);
    add(
        api,
        "Size",
        in_types("size"),
        WRITTEN,
        words(&[("Small", "small"), ("Large", "large")], None),
    );
    let level = Variant {
        name: ident("One"),
        value: Constant::Integer(1),
        docs: Docs::default(),
    };
    let level = Enumeration {
        variants: vec![level],
        open: Some(ident("Unknown")),
        fixed: None,
    };
    add(
        api,
        "Level",
        in_types("level"),
        BOTH,
        Kind::Enumeration(level),
    );
    add(
        api,
        "Tags",
        in_types("tags"),
        BOTH,
        Kind::Alias(list(Shape::Nullable(Box::new(string())))),
    );
    add(
        api,
        "Tree",
        in_types("tree"),
        BOTH,
        Kind::Wrapper(list(Shape::Named(TypeId(7)))),
    );
    let success = field("success", scalar(Scalar::Bool), Optional);
    let message = field("message", list(string()), Optional);
    let mut answer = record(vec![success, message]);
    let flag = SuccessFlag {
        flag: ident("success"),
        optional: true,
        messages: Some((ident("message"), true)),
        origin: ident("origin"),
    };
    answer.success_flag = Some(flag);
    add(
        api,
        "CreateResponse",
        Home::Resource(ident("pets")),
        READ,
        Kind::Record(answer),
    );
    let mut wide = record(
        (0..8)
            .map(|at| field(&format!("field_{at}"), string(), Required))
            .collect(),
    );
    wide.required_struct = Some(ident("WideRequired"));
    add(api, "Wide", in_types("wide"), WRITTEN, Kind::Record(wide));
    let value = Union {
        alternatives: vec![
            alternative("Text", string(), &[]),
            alternative("Number", scalar(Scalar::F64), &[]),
            alternative("Map", Shape::Map(Box::new(scalar(Scalar::I64))), &[]),
            alternative(
                "Pair",
                Shape::Tuple(vec![scalar(Scalar::I32), scalar(Scalar::F32)]),
                &[],
            ),
        ],
        tag: None,
        default: None,
        unknown: ident("Unknown"),
    };
    add(api, "Value", in_types("value"), BOTH, Kind::Union(value));
}

fn operations(_api: &mut Api) -> Vec<Operation> {
    let json = || Body::Whole(media("application/json", Codec::Json));
    vec![
        get(),
        create(),
        search(),
        upload(json()),
        patch(),
        form(),
        file(),
    ]
}

fn get() -> Operation {
    let mut get = operation("get", "pets.get", "GET", "/pets/{id}");
    let mut id = input(
        "id",
        scalar(Scalar::String),
        true,
        Place::Path(styled(Style::Simple, false)),
    );
    id.docs = docs("Id of the pet.");
    id.example = Some("\"abc\"".to_owned());
    get.inputs.push(id);
    get.answer = Answer::Json(Shape::Named(TypeId(2)), false);
    get.errors = vec![
        ApiError {
            media_type: None,
            status: StatusRange::Code(404),
            shape: None,
            docs: docs("No such pet."),
        },
        ApiError {
            media_type: None,
            status: StatusRange::Default,
            shape: Some(Shape::Named(TypeId(10))),
            docs: Docs::default(),
        },
    ];
    get
}

fn create() -> Operation {
    let mut create = operation("create", "pets.create", "POST", "/pets");
    create.call = Some(ident("CreateCall"));
    create.inputs = vec![
        input("pet", Shape::Named(TypeId(2)), true, Place::Member),
        input("tags", Shape::Named(TypeId(6)), false, Place::Member),
        input(
            "client",
            scalar(Scalar::String),
            true,
            Place::Header(styled(Style::Simple, false)),
        ),
    ];
    create.body = Body::Members(media("application/json", Codec::Json));
    create.answer = Answer::Json(Shape::Named(TypeId(8)), false);
    create.security = Some(Security {
        alternatives: vec![vec!["key".to_owned()], Vec::new()],
    });
    create
}

fn search() -> Operation {
    let mut search = operation("search", "pets.search", "QUERY", "/pets");
    search.deprecated = true;
    search.call = Some(ident("SearchCall"));
    let query = |style, explode| Place::Query(styled(style, explode));
    search.inputs = vec![
        input("q", scalar(Scalar::String), true, query(Style::Form, true)),
        input(
            "ids",
            list(scalar(Scalar::I64)),
            true,
            query(Style::PipeDelimited, false),
        ),
        input("filter", Shape::Json, false, Place::Query(Encoding::Json)),
        input(
            "since",
            scalar(Scalar::Date),
            false,
            Place::Cookie(styled(Style::Form, true)),
        ),
        input(
            "size",
            Shape::Named(TypeId(4)),
            false,
            Place::Header(styled(Style::Simple, true)),
        ),
    ];
    search.answer = Answer::OneOf {
        name: ident("SearchAnswer"),
        cases: vec![
            case(
                "Ok",
                StatusRange::Code(200),
                Answer::Json(list(Shape::Named(TypeId(2))), false),
            ),
            case("Done", StatusRange::Code(204), Answer::Empty),
            case("Text", StatusRange::Range(2), Answer::Text),
            case("Other", StatusRange::Default, Answer::Bytes),
        ],
    };
    search.accept = vec!["application/json".to_owned(), "text/plain".to_owned()];
    search
}

fn case(name: &str, status: StatusRange, answer: Answer) -> AnswerCase {
    AnswerCase {
        name: ident(name),
        status,
        media_type: None,
        answer: Box::new(answer),
        docs: Docs::default(),
    }
}

fn upload(body: Body) -> Operation {
    let mut upload = operation("replace", "pets.replace", "PUT", "/pets/{id}/{kind}");
    upload.inputs = vec![
        input(
            "id",
            scalar(Scalar::I64),
            true,
            Place::Path(styled(Style::Simple, false)),
        ),
        input(
            "kind",
            list(scalar(Scalar::String)),
            true,
            Place::Path(styled(Style::Label, true)),
        ),
        input("body", Shape::Boxed(TypeId(0)), true, Place::Body),
    ];
    upload.body = body;
    upload
}

fn patch() -> Operation {
    let mut patch = operation("patch", "pets.patch", "PATCH", "/pets");
    patch.call = Some(ident("PatchCall"));
    let mut nullable = input("note", scalar(Scalar::String), false, Place::Member);
    nullable.nullable = true;
    patch.inputs = vec![nullable];
    patch.body = Body::Members(media("application/merge-patch+json", Codec::Json));
    patch.server = Some("https://other.example.test".to_owned());
    patch
}

fn form() -> Operation {
    let mut form = operation("form", "pets.form", "POST", "/form");
    let mut body = media("application/x-www-form-urlencoded", Codec::Form);
    body.parts.push(Part {
        wire: "a".to_owned(),
        content_type: None,
        style: Some((Style::DeepObject, true)),
        headers: Vec::new(),
    });
    form.inputs = (0..8)
        .map(|at| input(&format!("a{at}"), scalar(Scalar::I32), true, Place::Member))
        .collect();
    form.body = Body::Members(body);
    form
}

fn file() -> Operation {
    let mut file = operation("file", "pets.file", "POST", "/file");
    file.inputs = vec![input("content", Shape::Json, true, Place::Body)];
    file.body = Body::Whole(media("image/png", Codec::Bytes));
    file.answer = Answer::Events(None);
    file
}
