//! Progress of response bodies.

use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;

use super::{Chunks, ResponseBody, TransportError};
use crate::body::{Counted, Progress};

impl Progress {
    /// Wraps a response body so that it reports its progress while it is read.
    pub(crate) fn watching(&self, body: ResponseBody, total: Option<u64>) -> ResponseBody {
        ResponseBody::chunks(Watched {
            body,
            counted: self.clone().counted(total),
        })
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
