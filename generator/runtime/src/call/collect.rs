//! Reading response bodies into memory.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;

use super::clock::Clock;
use crate::transport::{ResponseBody, TransportError, Turn};

/// The maximum capacity allocated before the first byte arrives, whatever `Content-Length` says.
const FIRST_ROOM: usize = 64 << 10;

/// The maximum that is read of an error response. Described errors are far smaller, and a large body would be read
/// again in every attempt.
const ERROR_LIMIT: usize = 1 << 20;

/// The maximum that is read of an error response whose `Content-Length` exceeds [`ERROR_LIMIT`]: enough to find the
/// reason.
const ERROR_HEAD: usize = 64 << 10;

/// A body, or the part of it that arrived before an error.
pub(super) struct PartialBody {
    pub(super) body: Bytes,
    pub(super) problem: Option<BodyProblem>,
}

pub(super) enum BodyProblem {
    Broken(TransportError),
    TooLarge,
    TimedOut,
}

/// Returns the maximum that is read of an error response.
pub(super) fn error_limit(headers: &HeaderMap, limit: usize) -> usize {
    let is_longer = promised(headers) > ERROR_LIMIT;
    limit.min(if is_longer { ERROR_HEAD } else { ERROR_LIMIT })
}

/// Reads a body to its end, unless its time is over or it is longer than `limit`.
pub(super) async fn collect(
    body: &mut ResponseBody,
    headers: &HeaderMap,
    limit: usize,
    clock: &mut Clock<'_>,
) -> PartialBody {
    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    let mut turn = Turn::default();
    let problem = loop {
        if turn.pause().await && clock.left() == Some(Duration::ZERO) {
            break Some(BodyProblem::TimedOut);
        }
        body.limit(&|| clock.left());
        let mut chunk = match clock.race(|context| body.poll_chunk(context)).await {
            None => break Some(BodyProblem::TimedOut),
            Some(Some(Err(error))) if clock.is_why(&error) => break Some(BodyProblem::TimedOut),
            Some(Some(Err(error))) => break Some(BodyProblem::Broken(error)),
            Some(None) => break None,
            Some(Some(Ok(chunk))) => chunk,
        };
        let length = first.len() + rest.len();
        let is_too_large = chunk.len() > limit - length;
        chunk.truncate(limit - length);
        // Most bodies arrive in one chunk, which needs no copy.
        if length == 0 {
            first = chunk;
        } else {
            if rest.is_empty() {
                let least = length + chunk.len();
                rest.reserve(promised(headers).clamp(least, FIRST_ROOM.max(least)));
                rest.extend_from_slice(&std::mem::take(&mut first));
            }
            rest.extend_from_slice(&chunk);
        }
        if is_too_large {
            break Some(BodyProblem::TooLarge);
        }
    };
    let body = if rest.is_empty() {
        first
    } else {
        rest.freeze()
    };
    PartialBody { body, problem }
}

/// Returns `Content-Length`, capped at the maximum capacity to allocate.
pub(super) fn promised(headers: &HeaderMap) -> usize {
    let length = content_length(headers).unwrap_or(0);
    usize::try_from(length).unwrap_or(usize::MAX)
}

/// Returns `Content-Length`.
pub(super) fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
