//! Splits chunks of bytes at delimiters.

use bytes::{Buf as _, Bytes};

/// Splits a sequence of chunks at delimiters, and keeps the start of an incomplete piece.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    partial: Vec<u8>,
}

impl Pieces {
    /// Returns the bytes before the next delimiter, and the delimiter. If the chunk has none, all of it is kept, and
    /// `None` is returned.
    pub(super) fn take(
        &mut self,
        chunk: &mut Bytes,
        ends: impl Fn(u8) -> bool,
    ) -> Option<(Bytes, u8)> {
        let Some(end) = chunk.iter().position(|byte| ends(*byte)) else {
            self.partial.extend_from_slice(chunk);
            chunk.clear();
            return None;
        };
        let mark = chunk[end];
        let piece = chunk.split_to(end);
        chunk.advance(1);
        if self.partial.is_empty() {
            return Some((piece, mark));
        }
        self.partial.extend_from_slice(&piece);
        Some((std::mem::take(&mut self.partial).into(), mark))
    }

    /// Returns the incomplete piece at the end of the body.
    pub(super) fn rest(&mut self) -> Bytes {
        std::mem::take(&mut self.partial).into()
    }

    /// Returns the length of the incomplete piece.
    pub(super) fn len(&self) -> usize {
        self.partial.len()
    }
}

/// Removes a byte order mark, which some servers send.
pub(super) fn without_mark(line: &mut Bytes) {
    if line.starts_with(b"\xef\xbb\xbf") {
        line.advance(3);
    }
}
