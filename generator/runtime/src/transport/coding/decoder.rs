//! Incremental decoders for compressed bodies.

use std::task::{Context, Poll, ready};
use std::time::Duration;

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use bytes::{Buf as _, Bytes, BytesMut};
use flate2::{Decompress, FlushDecompress, Status};
use zstd_safe::{DCtx, DParameter, InBuffer, OutBuffer};

use super::unknown;
use crate::transport::{Chunks, ResponseBody, TransportError};

/// The maximum window of zstd, as RFC 9659 limits it.
const ZSTD_WINDOW_LOG: u32 = 23;

/// The minimum and maximum size of a decoded chunk.
const LEAST: usize = 1 << 10;
const MOST: usize = 32 << 10;

/// The maximum number of codings of one body. One is normal, and each has its own memory.
const CODINGS: usize = 3;

/// Decodes one coding.
enum Decoder {
    Gzip(Inflate),
    Deflate(Inflate),
    Brotli(Box<Brotli>),
    Zstd(DCtx<'static>),
}

/// zlib and gzip, which share an algorithm. There is no decoder before the first byte and between the members of a gzip
/// file.
type Inflate = Option<Decompress>;
type Brotli = BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>;

/// The progress of one step.
#[derive(Default)]
struct Step {
    taken: usize,
    given: usize,
    /// Whether the data may end here.
    ended: bool,
}

/// Whether the codings in [`ACCEPTED`](super::ACCEPTED) can be decoded.
pub(super) const AVAILABLE: bool = true;

/// Returns a function that decodes a body, starting with the coding applied last.
pub(super) fn decoders(
    codings: &[String],
) -> Result<impl FnOnce(ResponseBody) -> ResponseBody, String> {
    if codings.len() > CODINGS {
        return Err(format!("the body is compressed {} times", codings.len()));
    }
    let decoders: Result<Vec<_>, _> = codings
        .iter()
        .rev()
        .map(|name| of(name).ok_or_else(|| unknown(name)))
        .collect();
    let decoders = decoders?;
    Ok(|body| {
        let decoders = decoders.into_iter();
        decoders.fold(body, |body, decoder| {
            ResponseBody::chunks(Decoded::new(body, decoder))
        })
    })
}

/// Returns the decoder of the coding with this name.
fn of(name: &str) -> Option<Decoder> {
    Some(match name {
        "gzip" | "x-gzip" => Decoder::Gzip(None),
        "deflate" => Decoder::Deflate(None),
        "br" => Decoder::Brotli(Box::new(BrotliState::new_strict(
            StandardAlloc::default(),
            StandardAlloc::default(),
            StandardAlloc::default(),
        ))),
        "zstd" => {
            let mut context = DCtx::try_create()?;
            let window = DParameter::WindowLogMax(ZSTD_WINDOW_LOG);
            context.set_parameter(window).ok()?;
            Decoder::Zstd(context)
        }
        _ => return None,
    })
}

impl Decoder {
    fn name(&self) -> &'static str {
        match self {
            Self::Gzip(_) => "gzip",
            Self::Deflate(_) => "deflate",
            Self::Brotli(_) => "br",
            Self::Zstd(_) => "zstd",
        }
    }

    /// Whether data after the end can be another member of the same file. Other codings ignore trailing data, because
    /// some servers pad bodies.
    fn goes_on(&self, next: u8) -> bool {
        match self {
            Self::Gzip(_) => next == 0x1f,
            Self::Zstd(_) => true,
            Self::Deflate(_) | Self::Brotli(_) => false,
        }
    }

    /// Decodes from the start of `input` to the start of `output`.
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Step, String> {
        match self {
            Self::Gzip(inflate) => {
                let step = inflated(
                    inflate.get_or_insert_with(|| Decompress::new_gzip(15)),
                    input,
                    output,
                )?;
                if step.ended {
                    *inflate = None;
                }
                Ok(step)
            }
            // Servers disagree whether `deflate` includes a zlib header. Raw deflate data never starts with the
            // compression method number of that header.
            Self::Deflate(inflate) => {
                let has_header = input.first().is_some_and(|first| first & 0xf == 8);
                let inflate = inflate.get_or_insert_with(|| Decompress::new(has_header));
                inflated(inflate, input, output)
            }
            Self::Brotli(state) => unbrotlied(state, input, output),
            Self::Zstd(context) => {
                let mut taken = InBuffer::around(input);
                let mut given = OutBuffer::around(output);
                let left = context
                    .decompress_stream(&mut given, &mut taken)
                    .map_err(|code| zstd_safe::get_error_name(code).to_owned())?;
                Ok(Step {
                    taken: taken.pos(),
                    given: given.pos(),
                    ended: left == 0,
                })
            }
        }
    }
}

fn inflated(inflate: &mut Decompress, input: &[u8], output: &mut [u8]) -> Result<Step, String> {
    let (taken, given) = (inflate.total_in(), inflate.total_out());
    let status = inflate
        .decompress(input, output, FlushDecompress::None)
        .map_err(|error| error.to_string())?;
    let since = |total: u64, before: u64| usize::try_from(total - before).unwrap_or(0);
    Ok(Step {
        taken: since(inflate.total_in(), taken),
        given: since(inflate.total_out(), given),
        ended: status == Status::StreamEnd,
    })
}

fn unbrotlied(state: &mut Brotli, input: &[u8], output: &mut [u8]) -> Result<Step, String> {
    let (mut input_left, mut output_left) = (input.len(), output.len());
    let mut step = Step::default();
    let result = BrotliDecompressStream(
        &mut input_left,
        &mut step.taken,
        input,
        &mut output_left,
        &mut step.given,
        output,
        &mut 0,
        state,
    );
    step.ended = matches!(result, BrotliResult::ResultSuccess);
    match result {
        BrotliResult::ResultFailure => Err("the data is corrupt".to_owned()),
        _ => Ok(step),
    }
}

/// A body that is decoded while it is read.
struct Decoded {
    body: ResponseBody,
    decoder: Decoder,
    input: Bytes,
    stage: Stage,
    /// Whether more output may be available without more input.
    full: bool,
}

/// The state of a decoder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Start,
    Within,
    End,
}

impl Decoded {
    fn new(body: ResponseBody, decoder: Decoder) -> Self {
        Self {
            body,
            decoder,
            input: Bytes::new(),
            stage: Stage::Start,
            full: false,
        }
    }

    /// Decodes more of the available input. The chunk is empty if there is no output yet.
    fn step(&mut self) -> Result<Bytes, TransportError> {
        let next = self.input.first().copied();
        if self.stage == Stage::End && next.is_some_and(|next| !self.decoder.goes_on(next)) {
            self.input.clear();
            return Ok(Bytes::new());
        }
        let room = self.input.len().saturating_mul(4).clamp(LEAST, MOST);
        let mut output = BytesMut::zeroed(room);
        let step = self.decoder.decode(&self.input, &mut output);
        let step = step.and_then(|step| {
            let stuck = step.taken + step.given == 0 && next.is_some() && !step.ended;
            if stuck {
                Err("the data is corrupt".to_owned())
            } else {
                Ok(step)
            }
        });
        let step = step.map_err(|why| {
            let name = self.decoder.name();
            TransportError::undecodable(format!("the body is not valid {name}: {why}"))
        })?;
        self.input.advance(step.taken);
        self.stage = if step.ended {
            Stage::End
        } else {
            Stage::Within
        };
        self.full = step.given == room && !step.ended;
        output.truncate(step.given);
        Ok(output.freeze())
    }
}

impl Chunks for Decoded {
    /// Decodes one step at a time, so that the limits of the reader apply to data that decodes to nothing or to very
    /// much.
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        if self.input.is_empty() && !self.full {
            match ready!(self.body.poll_chunk(context)) {
                Some(Ok(chunk)) if !chunk.is_empty() => self.input = chunk,
                None if self.stage == Stage::Within => {
                    let name = self.decoder.name();
                    let error = TransportError::io(format!("the body ends within its {name} data"));
                    return Poll::Ready(Some(Err(error)));
                }
                other => return Poll::Ready(other),
            }
        }
        Poll::Ready(Some(self.step()))
    }

    fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        self.body.limit(left);
    }
}
