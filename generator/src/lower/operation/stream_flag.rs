//! `x-stream-flag`: the property of the body that asks the server for a stream.

use crate::diagnostic::{Diagnostic, nearest};
use crate::document;
use crate::lower::Lowerer;
use crate::lower::code;
use crate::lower::operation::pagination::Expected;
use crate::model::{Body, Codec, Field, Input, InputLocation, Kind, Media, Shape};

const NO_OBJECT: &str = "the body is not a JSON object";

impl<'t> Lowerer<'_, 't> {
    /// The property that distinguishes the methods of an operation. It is not an input, because each method sets it. An
    /// invalid name is reported, and the property then stays an input.
    pub(crate) fn stream_flag(
        &mut self,
        operation: &document::Operation<'t>,
        is_streamed: bool,
        (inputs, body): (&mut Vec<Input>, &Body),
    ) -> Option<String> {
        let flag = operation.stream_flag?;
        let fault = if is_streamed {
            self.flag_fault(flag.text, inputs, body)
        } else {
            Some(("no success is both JSON and a stream".to_owned(), None))
        };
        if let Some((label, near)) = fault {
            let message = format!("`x-stream-flag` cannot set `{}`", flag.text);
            let diagnostic = Diagnostic::warning(code::STREAM_FLAG_MISFIT, message);
            let diagnostic = diagnostic.at(flag.span, label);
            self.diagnostics.push(match near {
                Some(near) => diagnostic.respell(flag.text, flag.span, &near),
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
        inputs: &[Input],
        body: &Body,
    ) -> Option<(String, Option<String>)> {
        let fault = |label: &str| Some((label.to_owned(), None));
        let (Body::Properties(Media {
            codec: Codec::Json, ..
        })
        | Body::Whole(Media {
            codec: Codec::Json, ..
        })) = body
        else {
            return fault(NO_OBJECT);
        };
        let properties = inputs.iter();
        let properties = properties.filter(|input| input.location == InputLocation::Property);
        let properties = properties.map(|input| (&*input.wire, &input.shape));
        let mut whole = inputs.iter();
        match whole.find(|input| input.location == InputLocation::Body) {
            None => self.property_fault(flag, properties),
            Some(whole) if whole.nullable => fault("the body can be null"),
            Some(whole) => match self.records(&whole.shape) {
                None => fault(NO_OBJECT),
                Some(records) => records.into_iter().find_map(|record| {
                    let mut fields = record.iter();
                    if fields.any(|field| field.wire == flag && field.constant.is_some()) {
                        return fault("this property is a constant");
                    }
                    let fields = record.iter().map(|field| (&*field.wire, &field.shape));
                    self.property_fault(flag, fields)
                }),
            },
        }
    }

    /// The fields of a record, or of each alternative of a union of records.
    fn records<'s>(&'s self, shape: &'s Shape) -> Option<Vec<&'s [Field]>> {
        let kind = |shape: &'s Shape| match self.plain(shape) {
            Shape::Named(id) => self.types[id.0 as usize].kind.as_ref(),
            _ => None,
        };
        let fields = |shape: &'s Shape| match kind(shape)? {
            Kind::Record(record) => Some(&*record.fields),
            _ => None,
        };
        match kind(shape)? {
            Kind::Union(union) => {
                let alternatives = union.alternatives.iter();
                alternatives.map(|one| fields(&one.shape)).collect()
            }
            _ => Some(vec![fields(shape)?]),
        }
    }

    fn property_fault<'p>(
        &self,
        flag: &str,
        properties: impl Iterator<Item = (&'p str, &'p Shape)> + Clone,
    ) -> Option<(String, Option<String>)> {
        let Some((_, shape)) = properties.clone().find(|(name, _)| *name == flag) else {
            let near = nearest(flag, properties.map(|(name, _)| name)).map(str::to_owned);
            return Some(("the body has no property of this name".to_owned(), near));
        };
        let is_flag = self.fits(shape, Expected::Flag);
        (!is_flag).then(|| ("this property is not a boolean".to_owned(), None))
    }
}
