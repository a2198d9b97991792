//! Request bodies that are being read.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};

use super::{Chunks, Counted, Progress};

/// The maximum number of bytes that are read at once.
const CHUNK: usize = 64 << 10;

/// A body that is being read for one attempt.
#[derive(Default)]
pub struct OpenBody {
    pieces: VecDeque<Piece>,
    watched: Vec<Counted>,
}

struct Piece {
    content: Content,
    /// The remaining length, if it is known.
    left: Option<u64>,
}

enum Content {
    Bytes(Bytes),
    Reader(Box<dyn Read + Send>, Option<PathBuf>),
    Stream(Chunks),
}

/// The error of reading a body, with the path of a file.
#[derive(Debug, Clone)]
pub struct BodyError(String);

impl OpenBody {
    pub(super) fn push_bytes(&mut self, bytes: Bytes) {
        self.pieces.push_back(Piece {
            left: Some(bytes.len() as u64),
            content: Content::Bytes(bytes),
        });
    }

    pub(super) fn push_reader(
        &mut self,
        left: Option<u64>,
        reader: Box<dyn Read + Send>,
        path: Option<PathBuf>,
    ) {
        let content = Content::Reader(reader, path);
        self.pieces.push_back(Piece { content, left });
    }

    pub(super) fn push_stream(&mut self, left: Option<u64>, stream: Chunks) {
        let content = Content::Stream(stream);
        self.pieces.push_back(Piece { content, left });
    }

    /// Reports each chunk to `progress`.
    pub(super) fn watch(&mut self, progress: Progress) {
        let total = self.length();
        self.watched.push(progress.counted(total));
    }

    /// Returns the number of remaining bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        self.pieces
            .iter()
            .try_fold(0_u64, |sum, piece| sum.checked_add(piece.left?))
    }

    /// Whether the next chunk comes from a file or a reader, which blocks the thread.
    pub fn blocks(&self) -> bool {
        let next = self.pieces.front();
        next.is_some_and(|piece| matches!(piece.content, Content::Reader(..)))
    }

    /// Returns the next chunk, which is not empty; `None` at the end, after exactly as many bytes as
    /// [`length`](Self::length) returned.
    ///
    /// # Errors
    /// The source cannot be read, or its length differs from the expected one. There are no further chunks after an
    /// error.
    pub fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BodyError>>> {
        let chunk = ready!(self.poll_pieces(context));
        match &chunk {
            Some(Ok(chunk)) => {
                for watched in &mut self.watched {
                    watched.add(chunk.len());
                }
            }
            _ => self.pieces.clear(),
        }
        Poll::Ready(chunk)
    }

    fn poll_pieces(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BodyError>>> {
        while let Some(piece) = self.pieces.front_mut() {
            let chunk = match ready!(piece.poll(context)) {
                Ok(chunk) => chunk,
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            match (chunk, piece.left) {
                (Some(chunk), _) if chunk.is_empty() => {}
                (Some(chunk), left) => {
                    return Poll::Ready(Some(
                        match left.map(|left| left.checked_sub(chunk.len() as u64)) {
                            Some(None) => Err(BodyError::wrong(
                                "the body is longer than its declared length",
                            )),
                            left => {
                                piece.left = left.flatten();
                                Ok(chunk)
                            }
                        },
                    ));
                }
                (None, Some(1..)) => {
                    let error = BodyError::wrong("the body is shorter than its declared length");
                    return Poll::Ready(Some(Err(error)));
                }
                (None, _) => drop(self.pieces.pop_front()),
            }
        }
        Poll::Ready(None)
    }
}

impl Piece {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, BodyError>> {
        match &mut self.content {
            Content::Bytes(bytes) => {
                let next = bytes.split_to(bytes.len().min(CHUNK));
                Poll::Ready(Ok(Some(next).filter(|next| !next.is_empty())))
            }
            Content::Reader(reader, path) => {
                Poll::Ready(read(reader, self.left).map_err(|error| match path {
                    Some(path) => BodyError::of_file(path, error),
                    None => BodyError::unreadable(error),
                }))
            }
            Content::Stream(stream) => stream
                .as_mut()
                .poll_next(context)
                .map(Option::transpose)
                .map_err(BodyError::unreadable),
        }
    }
}

/// Reads the next bytes of a reader, which should have `left` more. One more byte is requested, to detect a reader with
/// too many.
fn read(reader: &mut dyn Read, left: Option<u64>) -> io::Result<Option<Bytes>> {
    let expected = left
        .and_then(|left| usize::try_from(left).ok())
        .unwrap_or(CHUNK);
    let mut buffer = BytesMut::zeroed(expected.saturating_add(1).min(CHUNK));
    let length = loop {
        match reader.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other?,
        }
    };
    buffer.truncate(length);
    Ok((length > 0).then(|| buffer.freeze()))
}

impl BodyError {
    fn wrong(what: &str) -> Self {
        Self(what.to_owned())
    }

    #[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
    pub(crate) fn unreadable(error: io::Error) -> Self {
        Self(format!("the body cannot be read: {error}"))
    }

    #[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
    pub(super) fn of_file(path: &Path, error: io::Error) -> Self {
        Self(format!(
            "the file {} cannot be read: {error}",
            path.display()
        ))
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BodyError {}

impl fmt::Debug for OpenBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenBody")
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}
