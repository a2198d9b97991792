//! Bytes up to a mark, from chunks that end anywhere.

use bytes::{Buf as _, Bytes};

/// The beginning of a piece whose end has not come yet.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    partial: Vec<u8>,
}

impl Pieces {
    /// Takes the bytes before the next end mark and the mark itself; `None`, with the chunk used up, where there is
    /// none in it.
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

    /// The rest at the end of the body.
    pub(super) fn rest(&mut self) -> Bytes {
        std::mem::take(&mut self.partial).into()
    }

    /// How much is kept.
    pub(super) fn len(&self) -> usize {
        self.partial.len()
    }
}

/// The text behind a byte order mark, which some servers begin with.
pub(super) fn without_mark(line: &mut Bytes) {
    if line.starts_with(b"\xef\xbb\xbf") {
        line.advance(3);
    }
}
