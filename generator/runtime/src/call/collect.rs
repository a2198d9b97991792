//! Bodies of answers that are read into memory.

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;

use super::clock::Clock;
use crate::transport::{ResponseBody, TransportError};

/// What is put aside for a body before its first byte is there, whatever length the server promises.
const FIRST_ROOM: usize = 64 << 10;

/// A body, or the part of it that came.
pub(super) struct Collected {
    pub(super) body: Bytes,
    pub(super) problem: Option<Problem>,
}

pub(super) enum Problem {
    Broken(TransportError),
    TooLarge,
    TimedOut,
}

/// Reads a body to its end, as far as it comes in time and is no longer than `limit`.
pub(super) async fn collect(
    body: &mut ResponseBody,
    headers: &HeaderMap,
    limit: usize,
    clock: &mut Clock<'_>,
) -> Collected {
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let problem = loop {
        body.limit(&|| clock.left());
        let chunk = match clock.race(|context| body.poll_chunk(context)).await {
            None => break Some(Problem::TimedOut),
            Some(Some(Err(error))) if clock.is_why(&error) => break Some(Problem::TimedOut),
            Some(Some(Err(error))) => break Some(Problem::Broken(error)),
            Some(None) => break None,
            Some(Some(Ok(chunk))) => chunk,
        };
        let length = first.len() + rest.len();
        if chunk.len() > limit - length {
            break Some(Problem::TooLarge);
        }
        // Most bodies come in one chunk, which then needs no copy.
        if length == 0 {
            first = chunk;
            continue;
        }
        if rest.is_empty() {
            let least = length + chunk.len();
            rest.reserve(promised(headers).clamp(least, FIRST_ROOM.max(least)));
            rest.extend_from_slice(&std::mem::take(&mut first));
        }
        rest.extend_from_slice(&chunk);
    };
    let body = if rest.is_empty() {
        first
    } else {
        rest.freeze()
    };
    Collected { body, problem }
}

fn promised(headers: &HeaderMap) -> usize {
    let length = content_length(headers).and_then(|length| usize::try_from(length).ok());
    length.unwrap_or(0)
}

/// The length that the server promises.
pub(super) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
