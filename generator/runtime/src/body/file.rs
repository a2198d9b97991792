//! Files in requests.

use std::fmt;
use std::path::PathBuf;

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::RequestBody;

/// The name of a file without a name: servers recognize a file by having one.
const UNNAMED: &str = "file";

/// A file in a `multipart/form-data` body: its content, its name and its content type.
///
/// The content is in memory, which is not copied, or any other [`RequestBody`], which is read while it is sent.
///
/// ```
/// use specwright_runtime::File;
///
/// let photo = File::new("cat.png", vec![0x89, b'P', b'N', b'G']).with_content_type("image/png");
/// assert_eq!(photo.name(), "cat.png");
/// let film = File::open("films/cat.mp4");
/// assert_eq!(film.name(), "cat.mp4");
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct File {
    name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    content: RequestBody,
}

impl File {
    /// Returns a file with this name and content. Many servers derive the content type from the name: `cat.png`.
    pub fn new(name: impl Into<String>, content: impl Into<RequestBody>) -> Self {
        Self {
            name: Some(name.into()),
            content_type: None,
            headers: Vec::new(),
            content: content.into(),
        }
    }

    /// Returns the file at this path, named by the last segment of the path.
    ///
    /// It is opened when it is sent, and again for each further attempt. A missing file fails the call before anything
    /// is sent.
    pub fn open(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self {
            name: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned()),
            content_type: None,
            headers: Vec::new(),
            content: RequestBody::file(path),
        }
    }

    /// Sets the content type. By default, it is the one in the API description, or `application/octet-stream`.
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header to the part of the multipart body, besides its name and content type.
    ///
    /// An invalid header fails the call before anything is sent.
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(UNNAMED)
    }

    /// Returns the content type, if one was set.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the names and values of additional headers.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.headers.iter();
        headers.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the bytes, if they are in memory.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.content.as_bytes()
    }

    /// Returns the content.
    pub fn content(&self) -> &RequestBody {
        &self.content
    }

    /// Returns the bytes as base64, for use outside of multipart bodies; `None` if they are not in memory.
    pub(crate) fn base64(&self) -> Option<String> {
        self.bytes().map(|bytes| STANDARD.encode(bytes))
    }
}

impl<B: Into<Bytes>> From<B> for File {
    fn from(bytes: B) -> Self {
        Self {
            content: bytes.into().into(),
            ..Self::default()
        }
    }
}

/// The content, without the name.
impl From<File> for RequestBody {
    fn from(file: File) -> Self {
        file.content
    }
}

/// Shows the number of bytes instead of the bytes.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.bytes() {
            Some(bytes) => write!(f, "File({:?}, {} bytes)", self.name(), bytes.len()),
            None => write!(f, "File({:?}, {:?})", self.name(), self.content),
        }
    }
}
