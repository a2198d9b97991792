//! The example in the docs of an operation.
//!
//! It compiles for every operation: an argument whose value in the description has no [`expression`] becomes a
//! parameter of the hidden function around the example.

use super::expression::{self, text};
use super::known::LibraryName;
use super::output::is_stream;
use super::plan::Plan;
use super::value::raw_codec;
use crate::model::{
    Api, Codec, Home, Input, InputLocation, Operation, Output, Resource, Scalar, Shape,
};

/// The maximum number of columns of a call; a longer chain is broken into lines.
const WIDTH: usize = 90;
/// The maximum number of columns of the head of the hidden function.
const WIDTH_OF_HEAD: usize = 100;

/// The lines of the example, including the fences.
pub(super) fn lines(plan: &Plan<'_>, resource: &Resource, operation: &Operation) -> Vec<String> {
    let (name, api) = (plan.crate_name(), plan.api());
    let example = of(plan, resource, operation);
    let client = format!("client: {name}::{}::Client", api.module);
    let parameters = [&[client], &example.parameters[..]].concat();
    let mut lines = vec!["```no_run".to_owned()];
    lines.extend(hidden_function(name, &parameters));
    if !example.imports.is_empty() {
        lines.extend(example.imports);
        lines.push(String::new());
    }
    lines.extend(example.statements);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// The head of the hidden function around an example, as the formatter of Rust breaks it.
pub(super) fn hidden_function(crate_name: &str, parameters: &[String]) -> Vec<String> {
    let (begin, end) = (
        "# async fn example(",
        format!(") -> Result<(), {crate_name}::Error> {{"),
    );
    let line = format!("{begin}{}{end}", parameters.join(", "));
    if line.chars().count() <= WIDTH_OF_HEAD {
        return vec![line];
    }
    let parameters = parameters.iter();
    let parameters = parameters.map(|parameter| format!("#     {parameter},"));
    let lines = std::iter::once(begin.to_owned()).chain(parameters);
    lines.chain([format!("# {end}")]).collect()
}

/// An example: the call of an operation.
#[derive(Default)]
pub(super) struct Example {
    /// The parameters of the hidden function: the arguments without known values.
    pub(super) parameters: Vec<String>,
    /// The call: `pets().list(3)`.
    pub(super) call: String,
    /// The `use` declarations of the modules of the API that the statements name.
    pub(super) imports: Vec<String>,
    /// The lines that make the values and the call, and use its output.
    pub(super) statements: Vec<String>,
}

/// The example of an operation, for a `client`.
pub(super) fn of(plan: &Plan<'_>, resource: &Resource, operation: &Operation) -> Example {
    let mut example = Example::default();
    let inputs = operation.required_inputs();
    let arguments = inputs.map(|input| example.argument(plan, operation, input));
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    example.call = format!("{}().{}({arguments})", resource.module, operation.name);
    example.imports.sort();
    let call = statement(resource, operation, &arguments);
    example.statements.extend(call);
    if let Some(stream) = stream(operation) {
        example.statements.extend([
            format!("while let Some(item) = {stream}.next().await {{"),
            "    println!(\"{:?}\", item?);".to_owned(),
            "}".to_owned(),
        ]);
    }
    example
}

impl Example {
    /// Returns an argument of the call: a literal, or a variable that a statement or the hidden function defines.
    fn argument(&mut self, plan: &Plan<'_>, operation: &Operation, input: &Input) -> String {
        let (name, api) = (plan.crate_name(), plan.api());
        let json = example_value(operation, input);
        let value = json.as_ref().filter(|_| !input.nullable);
        if let Some(literal) = value.and_then(|json| literal(api, input, json)) {
            return literal;
        }
        // This cannot collide with the parameter `client`, because no input has that name.
        let argument = input.name.to_string();
        let json = json.filter(|_| raw_codec(operation, input).is_none());
        if let Some(made) =
            json.and_then(|json| expression::of(api, (&input.shape, input.nullable), &json))
        {
            for module in made.modules {
                let import = format!("use {name}::{}::{module};", api.module);
                if !self.imports.contains(&import) {
                    self.imports.push(import);
                }
            }
            let line = format!("let {argument} = {};", made.text);
            self.statements.extend(expression::statement(&line, WIDTH));
        } else {
            let ty = parameter(name, api, operation, input);
            self.parameters.push(format!("{argument}: {ty}"));
        }
        argument
    }
}

/// The name of the variable for a stream of items or events, if the operation has one.
fn stream(operation: &Operation) -> Option<&'static str> {
    if operation.pagination.is_some() {
        Some("items")
    } else {
        is_stream(&operation.output).then_some("stream")
    }
}

fn statement(resource: &Resource, operation: &Operation, arguments: &str) -> Vec<String> {
    let output = match (stream(operation), &operation.output) {
        (Some(stream), _) => format!("let mut {stream} = "),
        (None, Output::Empty) => String::new(),
        (None, _) => "let output = ".to_owned(),
    };
    let last = if operation.pagination.is_some() {
        ".items();"
    } else {
        ".await?;"
    };
    let (module, method) = (&resource.module, &operation.name);
    let line = format!("{output}client.{module}().{method}({arguments}){last}");
    expression::statement(&line, WIDTH)
}

/// The description's example, if the call takes a value like it.
fn example_value(operation: &Operation, input: &Input) -> Option<serde_json::Value> {
    let json = input.example.as_deref()?;
    if raw_codec(operation, input) == Some(Codec::Bytes) {
        return None;
    }
    serde_json::from_str(json).ok()
}

/// A simple value as a Rust literal.
fn literal(api: &Api, input: &Input, json: &serde_json::Value) -> Option<String> {
    match api.resolved(&input.shape) {
        Shape::Scalar(Scalar::Uuid) if matches!(input.location, InputLocation::Path(_)) => {
            text(json.as_str()?)
        }
        Shape::Scalar(scalar) => expression::converted(*scalar, json),
        _ => None,
    }
}

/// The type of a parameter of the hidden function.
fn parameter(name: &str, api: &Api, operation: &Operation, input: &Input) -> String {
    match raw_codec(operation, input) {
        Some(Codec::Text) => return "&str".to_owned(),
        Some(_) => return format!("{name}::Bytes"),
        None => {}
    }
    let ty = match api.resolved(&input.shape) {
        Shape::Scalar(Scalar::String) if !input.nullable => "&str".to_owned(),
        Shape::Boxed(id) => type_path(name, api, &Shape::Named(*id)),
        _ => type_path(name, api, &input.shape),
    };
    if input.nullable {
        format!("Option<{ty}>")
    } else {
        ty
    }
}

/// A shape as the crate of a user writes it.
pub(super) fn type_path(name: &str, api: &Api, shape: &Shape) -> String {
    let inner = |shape: &Shape| type_path(name, api, shape);
    match shape {
        Shape::Scalar(scalar) => scalar_path(name, *scalar),
        Shape::Named(id) => {
            let ty = api.ty(*id);
            match &ty.home {
                Home::Types(_) => format!("{name}::{}::types::{}", api.module, ty.name),
                Home::Resource(module) => {
                    format!("{name}::{}::resources::{module}::{}", api.module, ty.name)
                }
            }
        }
        Shape::Boxed(id) => format!("Box<{}>", inner(&Shape::Named(*id))),
        Shape::List(item) => format!("Vec<{}>", inner(item)),
        Shape::Map(value) => format!("{name}::Map<{}>", inner(value)),
        Shape::Nullable(value) => format!("Option<{}>", inner(value)),
        Shape::Tuple(elements) => {
            let elements: Vec<String> = elements
                .iter()
                .map(|element| format!("{},", inner(element)))
                .collect();
            format!("({})", elements.join(" "))
        }
        Shape::Json => format!("{name}::Json"),
        Shape::JsonObject => format!("{name}::JsonObject"),
        Shape::Own(own) if own.is_known() => own.path.clone(),
        Shape::Own(own) => format!("{name}::Serde<{}>", own.path),
    }
}

fn scalar_path(name: &str, scalar: Scalar) -> String {
    match LibraryName::of_scalar(scalar) {
        LibraryName::Std(known, _) => known.to_owned(),
        known => format!("{name}::{}", known.name()),
    }
}
