//! `x-stream-flag`: the property of the body that asks the server for a stream.

use crate::diagnostic::{Diagnostic, nearest};
use crate::document::{self, MediaType, SimpleType};
use crate::lower::Lowerer;
use crate::lower::code;
use crate::model::{Body, Codec, Input, InputLocation};

impl<'t> Lowerer<'_, 't> {
    /// The property that distinguishes the methods of an operation. It is not an input, because each method sets it. An
    /// invalid name is reported, and the property then stays an input.
    pub(crate) fn stream_flag(
        &mut self,
        operation: &document::Operation<'t>,
        form: Option<&&MediaType<'t>>,
        is_streamed: bool,
        (inputs, body): (&mut Vec<Input>, &Body),
    ) -> Option<String> {
        let flag = operation.stream_flag?;
        let fault = if is_streamed {
            self.flag_fault(flag.text, form, inputs, body)
        } else {
            Some(("no success is both JSON and a stream".to_owned(), None))
        };
        if let Some((label, near)) = fault {
            let message = format!("`x-stream-flag` cannot set `{}`", flag.text);
            let diagnostic = Diagnostic::warning(code::STREAM_FLAG_MISFIT, message);
            let diagnostic = diagnostic.at(flag.span, label);
            self.diagnostics.push(match near {
                Some(near) => diagnostic.fix(format!("write `{near}`"), flag.span, near),
                None => diagnostic.help("name a boolean property of the JSON body"),
            });
            return None;
        }
        let is_flag =
            |input: &Input| input.location == InputLocation::Property && input.wire == flag.text;
        inputs.retain(|input| !is_flag(input));
        Some(flag.text.to_owned())
    }

    /// Why a property of the body cannot be set, and the near name that was meant.
    fn flag_fault(
        &self,
        flag: &str,
        form: Option<&&MediaType<'t>>,
        inputs: &[Input],
        body: &Body,
    ) -> Option<(String, Option<String>)> {
        let no_object = || Some(("the body is not a JSON object".to_owned(), None));
        let (Body::Whole(media) | Body::Properties(media)) = body else {
            return no_object();
        };
        let schema = form.and_then(|form| form.schema);
        let is_null = inputs
            .iter()
            .any(|input| input.location == InputLocation::Body && input.nullable);
        let Some(schema) = schema.filter(|_| media.codec == Codec::Json && !is_null) else {
            return no_object();
        };
        let parts = self.parts(schema);
        let found = parts.properties.iter().find(|(key, _)| key.text == flag);
        let Some(&(_, property)) = found else {
            let known = parts.properties.iter().map(|(key, _)| key.text);
            let near = nearest(flag, known).map(str::to_owned);
            return Some(("the body has no property of this name".to_owned(), near));
        };
        let is_boolean = self.parts(property).simple_types() == [SimpleType::Boolean];
        (!is_boolean).then(|| ("this property is not a boolean".to_owned(), None))
    }
}
