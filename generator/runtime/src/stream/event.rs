//! Server-sent events (HTML standard, section 9.2).

use std::fmt;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;

use super::cut::{Pieces, without_mark};
use super::{Cutter, Flow, Items, stream};
use crate::codec::{self, Decode, DecodeError};
use crate::error::Error;

/// The data of the event that ends the streams of many servers. All other events of such a stream are JSON.
const DONE: &str = "[DONE]";

/// A response of server-sent events (`text/event-stream`), each with data of type `T`.
///
/// An event whose data cannot be decoded is an error of kind [`ErrorKind::Decode`](crate::ErrorKind::Decode), whose
/// [`body`](Error::body) is the data; the next event follows. The event `[DONE]`, with which many servers end a stream
/// of JSON, is skipped. Dropping the stream ends the transfer. An event cannot be longer than the body limit of the
/// client.
///
/// A broken stream is not resumed automatically: if the server can resume, make the call again with
/// the header `Last-Event-ID` set to [`last_event_id`](Self::last_event_id).
///
/// ```no_run
/// # type Progress = i64;
/// # async fn example(call: specwright_runtime::Call<specwright_runtime::Events<Progress>>) -> Result<(), specwright_runtime::Error> {
/// let mut events = call.await?;
/// while let Some(event) = events.next().await {
///     println!("{:?}", event?.data);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing until it is read"]
pub struct Events<T> {
    items: Items<Parser>,
    read: fn(&str) -> Result<Option<T>, DecodeError>,
}

/// An event with its data.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The data.
    pub data: T,
    /// The type of the event (the field `event`); `None` if the server sends none, which means `message`.
    pub name: Option<String>,
    /// The last event id: the id of this event or of an earlier one.
    pub id: Option<String>,
}

impl<T> Events<T> {
    /// Returns the events of a body, with JSON data.
    pub(crate) fn json(flow: Flow) -> Self
    where
        T: Decode,
    {
        Self {
            items: Items::new(flow, Parser::default()),
            read: json,
        }
    }

    /// Returns the id of the last event that has one. A broken stream can be resumed with it.
    pub fn last_event_id(&self) -> Option<&str> {
        Some(self.items.cutter.last_id.as_str()).filter(|id| !id.is_empty())
    }

    /// Returns the time to wait before a broken stream is requested again.
    pub fn reconnection_time(&self) -> Option<Duration> {
        self.items.cutter.retry
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        loop {
            let block = match ready!(self.items.poll_item(context)) {
                Some(Ok(block)) => block,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            match (self.read)(&block.data) {
                Ok(Some(data)) => {
                    let (name, id) = (block.name, block.id);
                    return Poll::Ready(Some(Ok(Event { data, name, id })));
                }
                Ok(None) => {}
                Err(decode) => {
                    let error = Error::undecodable(decode);
                    let error = self.items.flow.error(error, block.data.into());
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl Events<String> {
    /// Returns the events of a body, with text.
    pub(crate) fn text(flow: Flow) -> Self {
        Self {
            items: Items::new(flow, Parser::default()),
            read: |data| Ok(Some(data.to_owned())),
        }
    }
}

impl Event<String> {
    /// Decodes the data as JSON.
    ///
    /// # Errors
    /// The data is not JSON or does not fit the type.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        codec::from_json(self.data.as_bytes())
    }
}

impl<T: fmt::Debug> fmt::Debug for Event<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("name", &self.name)
            .field("id", &self.id)
            .field("data", &self.data)
            .finish()
    }
}

stream!(Events<T> of Event<T>);

fn json<T: Decode>(data: &str) -> Result<Option<T>, DecodeError> {
    match codec::from_json(data.as_bytes()) {
        Ok(value) => Ok(Some(value)),
        Err(_) if data.trim() == DONE => Ok(None),
        Err(error) => Err(error),
    }
}

/// An event before its data is decoded.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    data: String,
    name: Option<String>,
    id: Option<String>,
}

impl AsRef<[u8]> for Block {
    fn as_ref(&self) -> &[u8] {
        self.data.as_bytes()
    }
}

/// The state of the stream and of the current event.
#[derive(Default)]
struct Parser {
    lines: Pieces,
    /// Whether the last line ended with a carriage return. A line feed after it belongs to the same line end.
    after_return: bool,
    /// Whether a line was read. Only the first line can have a byte order mark.
    begun: bool,
    data: Option<String>,
    name: String,
    id: String,
    last_id: String,
    retry: Option<Duration>,
}

impl Parser {
    fn line(&mut self, chunk: &mut Bytes) -> Option<Bytes> {
        if let Some(&first) = chunk.first()
            && std::mem::take(&mut self.after_return)
            && first == b'\n'
        {
            drop(chunk.split_to(1));
        }
        let (mut line, end) = self
            .lines
            .take(chunk, |byte| matches!(byte, b'\r' | b'\n'))?;
        self.after_return = end == b'\r';
        if !std::mem::replace(&mut self.begun, true) {
            without_mark(&mut line);
        }
        Some(line)
    }

    /// Parses a line that is not empty. A line that starts with a colon is a comment: its field has no name.
    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            "event" => value.clone_into(&mut self.name),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
    }

    /// Returns the event that ends with an empty line. Without data, only the state of the stream changes.
    fn complete(&mut self) -> Option<Block> {
        self.last_id.clone_from(&self.id);
        let name = std::mem::take(&mut self.name);
        Some(Block {
            data: self.data.take()?,
            name: Some(name).filter(|name| !name.is_empty()),
            id: Some(self.id.clone()).filter(|id| !id.is_empty()),
        })
    }
}

impl Cutter for Parser {
    type Item = Block;

    fn next(&mut self, chunk: &mut Bytes) -> Option<Block> {
        while let Some(line) = self.line(chunk) {
            if !line.is_empty() {
                self.field(&String::from_utf8_lossy(&line));
            } else if let Some(block) = self.complete() {
                return Some(block);
            }
        }
        None
    }

    /// An event without an empty line at its end can be incomplete, so it is ignored.
    fn last(&mut self) -> Option<Block> {
        None
    }

    fn held(&self) -> usize {
        let data = self.data.as_ref().map_or(0, String::len);
        self.lines.len() + data + self.name.len() + self.id.len()
    }
}
