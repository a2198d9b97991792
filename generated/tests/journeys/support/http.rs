//! Just enough HTTP/1.1 to play a server: requests are parsed strictly, and responses are sent as given.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// A request as it came, byte by byte.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// `GET`
    pub(crate) method: String,
    /// What stands in the request line: path and query, still encoded.
    pub(crate) target: String,
    /// Names in lower case, in the order of the wire.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Seen {
    /// The value of a header that stands there once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(key, _)| key == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "`{name}` came twice");
        value
    }
}

/// How a response reaches the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Delivery {
    /// As it should.
    Whole,
    /// The connection ends after so many bytes of the body.
    Cut(usize),
    /// Not at all: the server waits until the client has hung up.
    Held,
}

/// A response of the server.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    delivery: Delivery,
}

impl Response {
    /// A status and nothing else.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            delivery: Delivery::Whole,
        }
    }

    /// A JSON body.
    pub(crate) fn json(status: u16, body: impl ToString) -> Self {
        Self::text(status, "application/json", body)
    }

    /// A body of this media type.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "most callers make the body in place"
    )]
    pub(crate) fn text(status: u16, media_type: &str, body: impl ToString) -> Self {
        let response = Self {
            body: body.to_string().into_bytes(),
            ..Self::empty(status)
        };
        response.header("content-type", media_type)
    }

    /// A response that never comes.
    pub(crate) fn held() -> Self {
        Self {
            delivery: Delivery::Held,
            ..Self::empty(200)
        }
    }

    /// One more header.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "most callers make the value in place"
    )]
    pub(crate) fn header(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    /// The same response, but the connection ends after `length` bytes of its body.
    pub(crate) fn cut_after(self, length: usize) -> Self {
        assert!(
            length < self.body.len(),
            "the body has no more than {length} bytes"
        );
        Self {
            delivery: Delivery::Cut(length),
            ..self
        }
    }

    /// Whether it never comes.
    pub(crate) fn is_held(&self) -> bool {
        self.delivery == Delivery::Held
    }

    /// Writes the response. Returns whether the connection can go on.
    pub(crate) fn write(&self, stream: &mut TcpStream) -> io::Result<bool> {
        let sent = match self.delivery {
            Delivery::Held => return wait_for_hang_up(stream).map(|()| false),
            Delivery::Cut(length) => &self.body[..length],
            Delivery::Whole => &self.body[..],
        };
        // One write, so that a client never sees a head without its body.
        let mut response = Vec::new();
        write!(response, "HTTP/1.1 {} \r\n", self.status)?;
        for (name, value) in &self.headers {
            write!(response, "{name}: {value}\r\n")?;
        }
        if self.status != 204 && self.status != 304 {
            write!(response, "content-length: {}\r\n", self.body.len())?;
        }
        response.extend_from_slice(b"\r\n");
        response.extend_from_slice(sent);
        stream.write_all(&response)?;
        stream.flush()?;
        Ok(self.delivery == Delivery::Whole)
    }
}

/// Reads until the client closes its side.
fn wait_for_hang_up(stream: &mut TcpStream) -> io::Result<()> {
    let mut byte = [0];
    while stream.read(&mut byte)? > 0 {}
    Ok(())
}

/// Reads one request; `None` where the client has closed the connection instead.
pub(crate) fn read_request(reader: &mut BufReader<TcpStream>) -> io::Result<Option<Seen>> {
    let Some(first) = read_line(reader)? else {
        return Ok(None);
    };
    let mut words = first.split(' ');
    let (Some(method), Some(target), Some("HTTP/1.1"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(malformed(&first));
    };
    let headers = read_headers(reader)?;
    let mut seen = Seen {
        method: method.into(),
        target: target.into(),
        headers,
        body: Vec::new(),
    };
    if seen.header("transfer-encoding").is_some() {
        return Err(malformed("a body without a length"));
    }
    if let Some(length) = seen.header("content-length") {
        let length: usize = length.parse().map_err(|_| malformed(length))?;
        seen.body.resize(length, 0);
        reader.read_exact(&mut seen.body)?;
    }
    Ok(Some(seen))
}

fn read_headers(reader: &mut BufReader<TcpStream>) -> io::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let line = read_line(reader)?.ok_or_else(|| malformed("the head is not complete"))?;
        if line.is_empty() {
            return Ok(headers);
        }
        let (name, value) = line.split_once(':').ok_or_else(|| malformed(&line))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// One line without its end; `None` at the end of the stream.
fn read_line(reader: &mut BufReader<TcpStream>) -> io::Result<Option<String>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let text = line.strip_suffix("\r\n").ok_or_else(|| malformed(&line))?;
    Ok(Some(text.to_owned()))
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("malformed request: {what:?}"),
    )
}
