//! The paths of the public items of an operation.

use crate::model::{Api, Operation, Output, Resource};

/// The paths of the items of an operation, and of its resource.
pub(super) struct Paths {
    /// The handle: `museum::resources::pets::Pets`.
    pub handle: String,
    /// The method of the client that returns the handle.
    pub accessor: String,
    /// The array of all examples of the resource.
    pub examples: String,
    /// The method: `museum::resources::pets::Pets::list`.
    pub method: String,
    /// The constant for its example.
    pub example: String,
    /// The type of its call, if it has a separate one.
    pub call: Option<String>,
    /// The enum of its outputs, if it has several.
    pub output: Option<String>,
    /// The former names of the method.
    pub former_methods: Vec<String>,
    /// The former names of its example and of its types.
    pub former: Vec<String>,
}

impl Paths {
    pub(super) fn of(api: &Api, resource: &Resource, operation: &Operation) -> Self {
        let module = api.module.plain();
        let folder = format!("{module}::resources::{}", resource.module);
        let examples = format!("{module}::examples::{}", resource.module);
        let handle = format!("{folder}::{}", resource.handle);
        let call = operation.call.as_ref();
        let former_methods = operation.former.iter();
        let former_types = operation.former_types.iter();
        let former_types = former_types.map(|former| format!("{folder}::{}", former.name));
        let constants = operation.former_constants.iter();
        let constants = constants.map(|name| format!("{examples}::{name}"));
        Self {
            former_methods: former_methods
                .map(|name| format!("{handle}::{name}"))
                .collect(),
            former: former_types.chain(constants).collect(),
            accessor: format!("{module}::Client::{}", resource.module),
            examples: format!("{examples}::ALL"),
            method: format!("{handle}::{}", operation.name),
            example: format!("{examples}::{}", operation.constant),
            call: call.map(|call| format!("{folder}::{call}")),
            output: match &operation.output {
                Output::OneOf { name, .. } => Some(format!("{folder}::{name}")),
                _ => None,
            },
            handle,
        }
    }
}

/// The name of an operation in changes: `GET /pets`.
pub(super) fn label(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}
