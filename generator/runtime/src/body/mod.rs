//! Bodies of requests, which are opened again for each attempt, and files, which are bodies with a name.

mod file;
mod open;
mod progress;

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_core::Stream;

pub use self::file::File;
pub use self::open::{BodyError, OpenBody};
pub(crate) use self::progress::{Counted, Progress};

/// The body of a request: empty, in memory, or read while it is sent.
///
/// A call can have several attempts, so a body must produce the same bytes each time it is [opened](Self::open): a file
/// is opened again, and [`reader`](Self::reader) and [`stream`](Self::stream) take a function that creates a new
/// source.
///
/// ```
/// use specwright_runtime::RequestBody;
///
/// let report = RequestBody::file("report.csv");
/// let zeros = RequestBody::reader(Some(1 << 20), || Ok(std::io::Read::take(std::io::repeat(0), 1 << 20)));
/// let text = RequestBody::from("all at once");
/// # let _ = (report, zeros, text);
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum RequestBody {
    /// No body.
    #[default]
    Empty,
    /// Bytes in memory, which clones share.
    Bytes(Bytes),
    /// A source that is read while it is sent.
    Source(Source),
}

/// The source of a body, see [`RequestBody::file`], [`RequestBody::reader`] and [`RequestBody::stream`].
#[derive(Clone)]
pub struct Source(Arc<SourceKind>);

type OpenReader = dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync;
type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;
type OpenStream = dyn Fn() -> Chunks + Send + Sync;

enum SourceKind {
    File(PathBuf),
    Reader(Option<u64>, Box<OpenReader>),
    Stream(Option<u64>, Box<OpenStream>),
    /// Several bodies, concatenated.
    Pieces(Vec<RequestBody>),
    /// A body with a callback for its progress.
    Watched(RequestBody, Progress),
}

impl RequestBody {
    /// Returns the body of a file, which is opened when it is sent, and again for each further attempt.
    ///
    /// Its length is the length when it is opened. A missing file fails the call before anything is sent.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::of(SourceKind::File(path.into()))
    }

    /// Returns the body of a reader. `open` creates a new one for each attempt; its errors fail the call before
    /// anything is sent.
    ///
    /// Without a `length`, the body is sent in chunks, which not every server accepts. A reader with another length
    /// fails the call. The reader can block: in async calls it is read on threads for blocking work.
    pub fn reader<R: Read + Send + 'static>(
        length: Option<u64>,
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        let open = move || open().map(|reader| Box::new(reader) as Box<dyn Read + Send>);
        Self::of(SourceKind::Reader(length, Box::new(open)))
    }

    /// Returns the body of a stream. `open` creates a new one for each attempt.
    ///
    /// `length` has the same meaning as for a [`reader`](Self::reader). The stream must not block.
    pub fn stream<S>(length: Option<u64>, open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = io::Result<Bytes>> + Send + 'static,
    {
        let open = move || Box::pin(open()) as Chunks;
        Self::of(SourceKind::Stream(length, Box::new(open)))
    }

    /// Concatenates bodies.
    pub(crate) fn pieces(pieces: Vec<Self>) -> Self {
        Self::of(SourceKind::Pieces(pieces))
    }

    /// Adds a callback for the progress.
    pub(crate) fn watched(self, progress: Progress) -> Self {
        match self {
            Self::Empty => Self::Empty,
            body => Self::of(SourceKind::Watched(body, progress)),
        }
    }

    /// Returns the body without the callback for its progress, so that it can be read without reporting progress.
    pub(crate) fn unwatched(&self) -> &Self {
        match self {
            Self::Source(source) => match &*source.0 {
                SourceKind::Watched(body, _) => body.unwatched(),
                _ => self,
            },
            _ => self,
        }
    }

    fn of(kind: SourceKind) -> Self {
        Self::Source(Source(Arc::new(kind)))
    }

    /// Returns the bytes of a body in memory, which are empty for an empty body; `None` for one that has to be opened.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Empty => Some(&[]),
            Self::Bytes(bytes) => Some(bytes),
            Self::Source(_) => None,
        }
    }

    /// Opens the body for one attempt. The error of [`open`](Self::open) also says that nothing was sent.
    pub(crate) fn opened(&self) -> Result<OpenBody, BodyError> {
        let mut open = OpenBody::default();
        self.open_into(&mut open)?;
        Ok(open)
    }

    fn open_into(&self, open: &mut OpenBody) -> Result<(), BodyError> {
        match self {
            Self::Empty => Ok(()),
            Self::Bytes(bytes) => {
                open.push_bytes(bytes.clone());
                Ok(())
            }
            Self::Source(source) => source.0.open_into(open),
        }
    }
}

impl SourceKind {
    fn open_into(&self, open: &mut OpenBody) -> Result<(), BodyError> {
        match self {
            Self::File(path) => open_file(path, open),
            Self::Reader(length, reader) => {
                let reader = reader().map_err(BodyError::unreadable)?;
                open.push_reader(*length, reader, None);
                Ok(())
            }
            Self::Stream(length, stream) => {
                open.push_stream(*length, stream());
                Ok(())
            }
            Self::Pieces(pieces) => pieces.iter().try_for_each(|piece| piece.open_into(open)),
            Self::Watched(body, progress) => {
                body.open_into(open)?;
                open.watch(progress.clone());
                Ok(())
            }
        }
    }
}

fn open_file(path: &Path, open: &mut OpenBody) -> Result<(), BodyError> {
    let of_path = |error| BodyError::of_file(path, error);
    let file = std::fs::File::open(path).map_err(of_path)?;
    let metadata = file.metadata().map_err(of_path)?;
    if metadata.is_dir() {
        return Err(of_path(io::ErrorKind::IsADirectory.into()));
    }
    // A pipe has no length. If a file grows while it is sent, only its length at opening is sent.
    let length = metadata.is_file().then_some(metadata.len());
    let reader = file.take(length.unwrap_or(u64::MAX));
    open.push_reader(length, Box::new(reader), Some(path.to_owned()));
    Ok(())
}

impl<B: Into<Bytes>> From<B> for RequestBody {
    fn from(bytes: B) -> Self {
        Self::Bytes(bytes.into())
    }
}

/// Compares bytes, and files by their path. Other sources are equal only to their clones.
impl PartialEq for RequestBody {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Source(one), Self::Source(other)) => one == other,
            (one, other) => one.as_bytes().is_some() && one.as_bytes() == other.as_bytes(),
        }
    }
}

impl Eq for RequestBody {}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (&*self.0, &*other.0) {
            (SourceKind::File(one), SourceKind::File(other)) => one == other,
            _ => Arc::ptr_eq(&self.0, &other.0),
        }
    }
}

impl Eq for Source {}

/// Shows only the length, because a body must not be logged.
impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Self::Source(source) => source.fmt(f),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &*self.0 {
            SourceKind::File(_) => "File(…)",
            SourceKind::Reader(..) => "Reader(…)",
            SourceKind::Stream(..) => "Stream(…)",
            SourceKind::Pieces(_) => "Pieces(…)",
            SourceKind::Watched(..) => "Watched(…)",
        })
    }
}

#[cfg(test)]
mod tests;
