//! Requests that the API sends: enums of webhooks and of callbacks.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{Comment, code};
use super::known::{BYTES, JSON, OPTION, STRING};
use super::output::status_code;
use super::path::{FileScope, method_link};
use super::plan::Plan;
use super::value::is_plain;
use crate::model::{
    Operation, Payload, Resource, Shape, Webhook, WebhookInput, WebhookResponse, Webhooks,
};

/// Emits `webhooks.rs`:
///
/// ```text
/// use crate::museum::types::*;
/// use crate::runtime::calls::*;
/// pub enum WebhookEvent { MessageCreated(MessageCreated), Ping, Unknown(Json) }
/// webhooks!(WebhookEvent { MessageCreated = "message.created" json, Ping = "ping" empty } else Unknown);
/// ```
pub(super) fn file(plan: &Plan<'_>) -> TokenStream {
    let api = plan.api();
    let Some(webhooks) = &api.webhooks else {
        return TokenStream::new();
    };
    let scope = FileScope::of_webhooks(api, plan.contested());
    let title = super::index::title(&api.title, "the API");
    let file_docs = Comment::sentence("The webhooks: requests that the API sends.").inner();
    let mut docs = Comment::sentence(&format!("A webhook of {title}."));
    docs.block(about());
    let path = format!("{}::{}::webhooks", plan.crate_name(), api.module);
    let item = item(&scope, webhooks, docs, example(plan, webhooks, &path));
    let imports = scope.imports();
    quote! {
        #file_docs
        #imports
        #item
    }
}

/// Emits the enum of an operation's callbacks, if it has any.
pub(super) fn callbacks(
    plan: &Plan<'_>,
    scope: &FileScope<'_>,
    resource: &Resource,
    operation: &Operation,
) -> Option<TokenStream> {
    let callbacks = operation.callbacks.as_ref()?;
    let link = method_link(resource, operation);
    let mut docs = Comment::sentence(&format!("The callbacks of {link}."));
    docs.block(about());
    let path = format!(
        "{}::{}::resources::{}",
        plan.crate_name(),
        plan.api().module,
        resource.module
    );
    let example = example(plan, callbacks, &path);
    Some(item(scope, callbacks, docs, example))
}

/// The docs of an operation about its callbacks.
pub(super) fn lines(operation: &Operation) -> Vec<String> {
    let Some(callbacks) = &operation.callbacks else {
        return Vec::new();
    };
    let name = callbacks.name.plain();
    let intro = format!("The API sends the callbacks of this call as a [`{name}`]:");
    let hooks = callbacks.hooks.iter();
    let hooks = hooks.map(|hook| format!("- [`{name}::{}`]: {}", hook.name.plain(), route(hook)));
    [intro, String::new()].into_iter().chain(hooks).collect()
}

fn about() -> Vec<String> {
    [
        "Verify the signature in the headers first: see [`webhook`](crate::webhook). Then `decode` the body.",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn item(
    scope: &FileScope<'_>,
    webhooks: &Webhooks,
    mut docs: Comment,
    example: Vec<String>,
) -> TokenStream {
    scope.uses_macro();
    let shared = Details::of_all(webhooks);
    docs.block(shared.lines(scope));
    docs.line("# Examples").block(example);
    let (name, unknown, json) = (&webhooks.name, &webhooks.unknown, scope.known(JSON));
    let variants = webhooks.hooks.iter().map(|hook| {
        let own = Details::of(hook).without(&shared);
        variant(scope, hook, own.lines(scope))
    });
    let unknown_docs =
        Comment::sentence("A request that the description does not list, kept as it was received.");
    let by = webhooks.tag.as_ref().map(|path| quote!(by #(#path)*));
    let arms = webhooks.hooks.iter().map(arm);
    let with = webhooks.ending.as_ref().map(|member| quote!(with #member));
    let union = union(webhooks);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown_docs
            #unknown(#json),
        }

        webhooks!(#name #by { #(#arms),* } #with else #unknown);
        #union
    }
}

fn variant(scope: &FileScope<'_>, hook: &Webhook, own: Vec<String>) -> TokenStream {
    let name = &hook.name;
    let kind = hook.url.as_ref().map_or("webhook", |_| "callback");
    let mut docs = Comment::of(&hook.docs, &format!("The `{}` {kind}.", name.plain()));
    docs.line(route(hook))
        .deprecated(hook.deprecated)
        .block(own);
    let payload = match &hook.payload {
        Payload::Empty => None,
        Payload::Json(shape, true) => Some(scope.applied(OPTION, scope.shape(shape))),
        Payload::Json(shape, false) | Payload::Form(shape) => Some(scope.shape(shape)),
        Payload::Text => Some(scope.known(STRING)),
        Payload::Bytes => Some(scope.known(BYTES)),
    };
    let payload = payload.map(|ty| quote!((#ty)));
    quote!(#docs #name #payload)
}

/// The name and the method; for a callback also the URL.
fn route(hook: &Webhook) -> String {
    let name = code(&hook.wire);
    let request = match &hook.url {
        Some(url) => code(&format!("{} {url}", hook.method)),
        None => code(&hook.method),
    };
    format!("{name}, sent as {request}")
}

fn arm(hook: &Webhook) -> TokenStream {
    let (name, wire, words) = (&hook.name, &hook.wire, &hook.words);
    let kind = match &hook.payload {
        Payload::Empty => "empty",
        Payload::Json(..) => "json",
        Payload::Form(_) => "form",
        Payload::Text => "text",
        Payload::Bytes => "bytes",
    };
    let kind = format_ident!("{kind}");
    let words = (!words.is_empty()).then(|| quote!(: #(#words)|*));
    quote!(#name = #wire #kind #words)
}

/// Deserializes the enum from JSON alone, if a property of every body identifies the webhook.
///
/// ```text
/// union!(WebhookEvent tag "type" { MessageCreated: "message.created" } else Unknown);
/// ```
fn union(webhooks: &Webhooks) -> Option<TokenStream> {
    let [tag] = webhooks.tag.as_deref()? else {
        return None;
    };
    let of_object = |hook: &Webhook| {
        let named = matches!(hook.payload, Payload::Json(Shape::Named(_), false));
        named && !hook.words.is_empty()
    };
    if !webhooks.hooks.iter().all(of_object) {
        return None;
    }
    let (name, unknown) = (&webhooks.name, &webhooks.unknown);
    let arms = webhooks.hooks.iter().map(|hook| {
        let (name, words) = (&hook.name, &hook.words);
        quote!(#name: #(#words)|*)
    });
    Some(quote!(union!(#name tag #tag { #(#arms),* } else #unknown);))
}

/// The other parts of a webhook beside its body: its inputs and the described responses.
#[derive(Default, Clone)]
struct Details<'a> {
    inputs: Vec<&'a WebhookInput>,
    responses: Vec<&'a WebhookResponse>,
}

impl<'a> Details<'a> {
    fn of(hook: &'a Webhook) -> Self {
        Self {
            inputs: hook.inputs.iter().collect(),
            responses: hook.responses.iter().collect(),
        }
    }

    /// The parts that all webhooks have in common, which are documented once.
    fn of_all(webhooks: &'a Webhooks) -> Self {
        let [first, rest @ ..] = &webhooks.hooks[..] else {
            return Self::default();
        };
        let mut shared = if rest.is_empty() {
            Self::default()
        } else {
            Self::of(first)
        };
        for hook in rest {
            shared.inputs.retain(|input| hook.inputs.contains(input));
            shared
                .responses
                .retain(|response| hook.responses.contains(response));
        }
        shared
    }

    fn without(mut self, shared: &Self) -> Self {
        self.inputs.retain(|input| !shared.inputs.contains(input));
        self.responses
            .retain(|response| !shared.responses.contains(response));
        self
    }

    fn lines(&self, scope: &FileScope<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        let mut kinds: Vec<&str> = self.inputs.iter().map(|input| input.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let inputs = self.inputs.iter().filter(|input| input.kind == kind);
            let names: Vec<String> = inputs.map(|input| code(&input.wire)).collect();
            lines.push(format!("- {kind}: {}", names.join(", ")));
        }
        lines.extend(
            self.responses
                .iter()
                .map(|response| response_line(scope, response)),
        );
        lines
    }
}

fn response_line(scope: &FileScope<'_>, response: &WebhookResponse) -> String {
    let status = status_code(response.status);
    match &response.shape {
        Some(Shape::Named(id) | Shape::Boxed(id)) => {
            format!("- Response: {status} and {}", scope.link(*id))
        }
        Some(_) => format!("- Response: {status} and JSON"),
        None => format!("- Response: {status}"),
    }
}

/// An example that handles the first webhook.
fn example(plan: &Plan<'_>, webhooks: &Webhooks, path: &str) -> Vec<String> {
    let Some(hook) = webhooks.hooks.first() else {
        return Vec::new();
    };
    let (krate, name, variant) = (plan.crate_name(), &webhooks.name, &hook.name);
    let (pattern, action) = match hook.payload {
        Payload::Empty => ("", "println!(\"it came\")"),
        _ => ("(payload)", "println!(\"{payload:?}\")"),
    };
    let of_all = webhooks.hooks.iter().all(|hook| !hook.words.is_empty());
    let (input, read) = match (&webhooks.tag, is_plain(&hook.wire)) {
        (Some(_), _) if of_all => ("", "from_slice(body)".to_owned()),
        (_, true) => ("", format!("decode({}, body)", Literal::string(&hook.wire))),
        (_, false) => ("name: &str, ", "decode(name, body)".to_owned()),
    };
    vec![
        "```no_run".to_owned(),
        format!("use {path}::{name};"),
        String::new(),
        format!("# fn example({input}body: &[u8]) -> Result<(), {krate}::webhook::DecodeError> {{"),
        format!("match {name}::{read}? {{"),
        format!("    {name}::{variant}{pattern} => {action},"),
        "    other => println!(\"{other:?}\"),".to_owned(),
        "}".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ]
}
