//! Small builders of models.

use crate::emit::{Options, Plan, crate_root};
use crate::format::format;
use crate::model::*;
use crate::name::Ident;

pub(super) fn ident(text: &str) -> Ident {
    Ident::verbatim(text)
}

pub(super) fn docs(text: &str) -> Docs {
    Docs {
        summary: None,
        description: Some(text.to_owned()),
    }
}

pub(super) const BOTH: Usage = Usage {
    read: true,
    written: true,
};
pub(super) const READ: Usage = Usage {
    read: true,
    written: false,
};
pub(super) const WRITTEN: Usage = Usage {
    read: false,
    written: true,
};

pub(super) fn api(module: &str) -> Api {
    Api {
        module: ident(module),
        source: format!("spec/{module}.yaml"),
        title: format!("The {module} API"),
        version: "1.0".to_owned(),
        docs: Docs::default(),
        servers: Vec::new(),
        schemes: Vec::new(),
        security: Security::default(),
        request_id_headers: vec!["request-id".to_owned()],
        resources: Vec::new(),
        webhooks: None,
        types: Vec::new(),
        examples: Vec::new(),
        requests: Vec::new(),
    }
}

pub(super) fn add(api: &mut Api, name: &str, home: Home, usage: Usage, kind: Kind) -> TypeId {
    let id = TypeId(u32::try_from(api.types.len()).unwrap());
    api.types.push(Type {
        name: ident(name),
        home,
        docs: Docs::default(),
        usage,
        deprecated: false,
        kind,
    });
    id
}

pub(super) fn in_types(module: &str) -> Home {
    Home::Types(ident(module))
}

pub(super) fn scalar(scalar: Scalar) -> Shape {
    Shape::Scalar(scalar)
}

pub(super) fn list(shape: Shape) -> Shape {
    Shape::List(Box::new(shape))
}

pub(super) fn field(name: &str, shape: Shape, presence: Presence) -> Field {
    Field {
        name: ident(name),
        wire: name.trim_start_matches("r#").to_owned(),
        docs: Docs::default(),
        shape,
        presence,
        deprecated: false,
        constant: None,
        read_only: false,
        write_only: false,
        given: false,
        json_text: false,
        facts: Vec::new(),
        sample: None,
    }
}

pub(super) fn record(fields: Vec<Field>) -> Record {
    Record {
        fields,
        rest: None,
        success_flag: None,
        required_struct: None,
        of_headers: false,
    }
}

pub(super) fn words(words: &[(&str, &str)], open: Option<&str>) -> Kind {
    let variants = words.iter().map(|(name, value)| Variant {
        name: ident(name),
        value: Constant::String((*value).to_owned()),
        docs: Docs::default(),
    });
    Kind::Enumeration(Enumeration {
        variants: variants.collect(),
        open: open.map(ident),
        fixed: None,
    })
}

pub(super) fn alternative(name: &str, shape: Shape, tags: &[&str]) -> Alternative {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    Alternative {
        name: ident(name),
        shape,
        tags,
        docs: Docs::default(),
    }
}

pub(super) fn operation(name: &str, label: &str, method: &str, path: &str) -> Operation {
    Operation {
        name: ident(name),
        label: label.to_owned(),
        form_of: None,
        success: Success {
            status: 200,
            content_type: Some("application/json".to_owned()),
            example: None,
        },
        call: None,
        section: None,
        method: method.to_owned(),
        path: path.to_owned(),
        docs: Docs::default(),
        deprecated: false,
        inputs: Vec::new(),
        body: Body::None,
        answer: Answer::Empty,
        pagination: None,
        errors: Vec::new(),
        headers: Vec::new(),
        callbacks: None,
        security: None,
        server: None,
        accept: Vec::new(),
    }
}

pub(super) fn styled(style: Style, explode: bool) -> Encoding {
    Encoding::Style {
        style,
        explode,
        allow_reserved: false,
    }
}

pub(super) fn input(name: &str, shape: Shape, required: bool, place: Place) -> Input {
    Input {
        name: ident(name),
        wire: name.trim_start_matches("r#").to_owned(),
        docs: Docs::default(),
        shape,
        required,
        nullable: false,
        deprecated: false,
        place,
        facts: Vec::new(),
        example: None,
        sample: None,
    }
}

pub(super) fn media(content_type: &str, codec: Codec) -> Media {
    Media {
        content_type: content_type.to_owned(),
        codec,
        always: true,
        parts: Vec::new(),
    }
}

pub(super) fn resource(module: &str, handle: &str, operations: Vec<Operation>) -> Resource {
    Resource {
        module: ident(module),
        handle: ident(handle),
        docs: Docs::default(),
        operations,
    }
}

/// Every file of these APIs, printed.
pub(super) fn print(apis: &[&Api]) -> Vec<(String, String)> {
    let options = Options {
        crate_name: "sample_apis".to_owned(),
    };
    let mut files = Vec::new();
    for api in apis {
        let plan = Plan::new(api, &options);
        let sources = plan.parts().iter().map(|part| plan.source(part));
        files.extend(sources.map(|source| (source.path, format("", source.tokens))));
    }
    let root = crate_root(apis);
    files.push((root.path, format("", root.tokens)));
    files
}
