//! Telling how far a body is.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use super::{Chunks, ResponseBody, TransportError};

/// Someone who is told how many bytes have passed, and how many there are in all, where that is known.
#[derive(Clone)]
pub(crate) struct Progress(Arc<dyn Fn(u64, Option<u64>) + Send + Sync>);

impl Progress {
    pub(crate) fn new(told: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(told))
    }

    pub(super) fn counted(self, total: Option<u64>) -> Counted {
        Counted {
            progress: self,
            passed: 0,
            total,
        }
    }

    /// The body of an answer, of which it is told.
    pub(crate) fn watching(&self, body: ResponseBody, total: Option<u64>) -> ResponseBody {
        ResponseBody::chunks(Watched {
            body,
            counted: self.clone().counted(total),
        })
    }
}

/// The progress of one body.
pub(super) struct Counted {
    progress: Progress,
    passed: u64,
    total: Option<u64>,
}

impl Counted {
    pub(super) fn add(&mut self, bytes: usize) {
        self.passed = self.passed.saturating_add(bytes as u64);
        (self.progress.0)(self.passed, self.total);
    }
}

struct Watched {
    body: ResponseBody,
    counted: Counted,
}

impl Chunks for Watched {
    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let polled = self.body.poll_chunk(context);
        if let Poll::Ready(Some(Ok(chunk))) = &polled {
            self.counted.add(chunk.len());
        }
        polled
    }

    fn limit(&mut self, left: &dyn Fn() -> Option<Duration>) {
        self.body.limit(left);
    }
}
