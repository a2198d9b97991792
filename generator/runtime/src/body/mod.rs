//! Bodies of requests, which are opened anew for each attempt, and files, which are a body with a name.

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

/// The body of a request: none, bytes in memory, or something that is read while it is sent.
///
/// A call may be made again, so a body has to give the same bytes each time it is [opened](Self::open): a file is
/// opened again, and [`reader`](Self::reader) and [`stream`](Self::stream) take what makes a new source.
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
    /// There is none.
    #[default]
    Empty,
    /// It is in memory; a clone shares it.
    Bytes(Bytes),
    /// It is read while it is sent.
    Source(Source),
}

/// The source of a body, see [`RequestBody::file`] and the like.
#[derive(Clone)]
pub struct Source(Arc<SourceKind>);

type OpenReader = dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync;
type Chunks = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;
type OpenStream = dyn Fn() -> Chunks + Send + Sync;

enum SourceKind {
    File(PathBuf),
    Reader(Option<u64>, Box<OpenReader>),
    Stream(Option<u64>, Box<OpenStream>),
    /// One behind the other.
    Pieces(Vec<RequestBody>),
    /// A body with a callback for its progress.
    Watched(RequestBody, Progress),
}

impl RequestBody {
    /// A file, which is opened when it is sent, and again for each further attempt.
    ///
    /// Its length is that at the time of opening. A missing file fails the call before anything is sent.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::of(SourceKind::File(path.into()))
    }

    /// The bytes of a reader. `open` makes a new one for each attempt; its errors fail the call before anything is
    /// sent.
    ///
    /// Where `length` is `None`, the body is sent in chunks, which not every server takes; a reader that does not keep
    /// to its length fails the call. The reader may block: where calls are awaited, it is read on threads that may.
    pub fn reader<R: Read + Send + 'static>(
        length: Option<u64>,
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        let open = move || open().map(|reader| Box::new(reader) as Box<dyn Read + Send>);
        Self::of(SourceKind::Reader(length, Box::new(open)))
    }

    /// The bytes of a stream. `open` makes a new one for each attempt.
    ///
    /// `length` is as for a [`reader`](Self::reader). The stream must not block.
    pub fn stream<S>(length: Option<u64>, open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = io::Result<Bytes>> + Send + 'static,
    {
        let open = move || Box::pin(open()) as Chunks;
        Self::of(SourceKind::Stream(length, Box::new(open)))
    }

    /// One body behind the other.
    pub(crate) fn pieces(pieces: Vec<Self>) -> Self {
        Self::of(SourceKind::Pieces(pieces))
    }

    /// The same body with a callback for its progress.
    pub(crate) fn watched(self, progress: Progress) -> Self {
        match self {
            Self::Empty => Self::Empty,
            body => Self::of(SourceKind::Watched(body, progress)),
        }
    }

    fn of(kind: SourceKind) -> Self {
        Self::Source(Source(Arc::new(kind)))
    }

    /// The bytes of a body that is in memory, none for an empty one; `None` where it has to be opened.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Empty => Some(&[]),
            Self::Bytes(bytes) => Some(bytes),
            Self::Source(_) => None,
        }
    }

    /// Opens the body for one attempt. [`open`](Self::open) says in addition that nothing was sent where this fails.
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
    // A pipe has no length. If the file grows while it is sent, only its length at opening is sent.
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

/// Bytes are compared, files by their path; of other sources only clones are equal.
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

/// Bodies hold what must not be in a log, so only the length is shown.
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
