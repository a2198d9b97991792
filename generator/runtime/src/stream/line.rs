//! Lines of JSON, and JSON text sequences (RFC 7464).

use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::cut::{Pieces, without_mark};
use super::{Cutter, Flow, Items, stream};
use crate::codec::{self, Decode};
use crate::error::Error;

/// The separator before each text of a sequence (RFC 7464).
const RECORD: u8 = 0x1e;

/// A response of a sequence of JSON values: `application/x-ndjson`, `application/jsonl`, `application/json-seq`.
///
/// A line that cannot be decoded is an error of kind [`ErrorKind::Decode`](crate::ErrorKind::Decode), whose
/// [`body`](Error::body) is that line; the next line follows. Dropping the stream ends the transfer. A line cannot be
/// longer than the body limit of the client.
///
/// ```no_run
/// # type Row = i64;
/// # async fn example(call: specwright_runtime::Call<specwright_runtime::JsonLines<Row>>) -> Result<(), specwright_runtime::Error> {
/// let mut rows = call.await?;
/// while let Some(row) = rows.next().await {
///     println!("{:?}", row?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct JsonLines<T> {
    items: Items<Lines>,
    read: fn(&[u8]) -> Result<T, codec::DecodeError>,
}

impl<T> JsonLines<T> {
    pub(crate) fn new(flow: Flow) -> Self
    where
        T: Decode,
    {
        Self {
            items: Items::new(flow, Lines::default()),
            read: codec::from_json,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        let line = match ready!(self.items.poll_item(context)) {
            Some(Ok(line)) => line,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        Poll::Ready(Some((self.read)(&line).map_err(|decode| {
            let error = Error::undecodable(decode);
            self.items.flow.error(error, line)
        })))
    }
}

stream!(JsonLines<T> of T);

/// Splits lines, or records if the first byte is a separator: a record can contain line breaks.
#[derive(Default)]
struct Lines {
    pieces: Pieces,
    /// The delimiter, which the first byte determines.
    end: Option<u8>,
}

impl Lines {
    /// Removes a byte order mark and white space; `None` if the piece is empty.
    fn trimmed(mut piece: Bytes) -> Option<Bytes> {
        without_mark(&mut piece);
        let text = piece.trim_ascii();
        (!text.is_empty()).then(|| piece.slice_ref(text))
    }
}

impl Cutter for Lines {
    type Item = Bytes;

    fn next(&mut self, chunk: &mut Bytes) -> Option<Bytes> {
        let first = *chunk.first()?;
        let end = *self
            .end
            .get_or_insert(if first == RECORD { RECORD } else { b'\n' });
        while let Some((piece, _)) = self.pieces.take(chunk, |byte| byte == end) {
            if let Some(line) = Self::trimmed(piece) {
                return Some(line);
            }
        }
        None
    }

    /// The last line does not need a line break.
    fn last(&mut self) -> Option<Bytes> {
        Self::trimmed(self.pieces.rest())
    }

    fn held(&self) -> usize {
        self.pieces.len()
    }
}
