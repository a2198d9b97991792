//! The part of HTTP/1.1 that the server of a soak implements.

use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::attempts::{self, AttemptId};
use super::fault::{Fault, Wait};

/// The maximum length of a head.
const HEAD: usize = 16 << 10;

/// The relevant parts of a request.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    /// Whether it follows a redirect.
    pub(super) follows: bool,
    pub(super) call: u64,
    pub(super) attempt: AttemptId,
    pub(super) key: Option<String>,
    pub(super) credential: bool,
    /// The number in the body.
    pub(super) sent: Option<u64>,
}

/// The headers of a request that contains nothing of the call.
const BARE: [&str; 4] = ["accept", "accept-encoding", "host", "user-agent"];

/// Reads a request to the foreign origin: the number of its call, and whether it is a GET with only the headers of
/// [`BARE`]. Returns `None` at the end of the connection.
pub(super) async fn read_elsewhere(
    stream: &mut TcpStream,
    read: &mut Vec<u8>,
) -> Option<(u64, bool)> {
    let end = head(stream, read).await?;
    let head = String::from_utf8(read.drain(..end).collect()).ok()?;
    let call = head
        .strip_prefix("GET /")
        .and_then(|rest| rest.split_once(' '));
    let names = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    let bare = names
        .map(|(name, _)| name.to_ascii_lowercase())
        .all(|name| BARE.contains(&&*name));
    match call.and_then(|(call, _)| call.parse().ok()) {
        Some(call) => Some((call, bare)),
        None => Some((0, false)),
    }
}

/// Reads to the end of a head and returns its length.
async fn head(stream: &mut TcpStream, read: &mut Vec<u8>) -> Option<usize> {
    loop {
        if let Some(end) = read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            return Some(end + 4);
        }
        if read.len() > HEAD || stream.read_buf(read).await.ok()? == 0 {
            return None;
        }
    }
}

/// Reads a request. Returns `None` at the end of the connection, and for a request that no caller sends.
pub(super) async fn read(stream: &mut TcpStream, read: &mut Vec<u8>) -> Option<Request> {
    let end = head(stream, read).await?;
    let head = String::from_utf8(read[..end].to_vec()).ok()?;
    let length = header(&head, "content-length").map_or(Some(0), |text| text.parse().ok())?;
    while read.len() < end + length {
        if stream.read_buf(read).await.ok()? == 0 {
            return None;
        }
    }
    let body: Option<serde_json::Value> = serde_json::from_slice(&read[end..end + length]).ok();
    read.drain(..end + length);
    let mut parts = head.split(' ');
    let method = parts.next()?.to_owned();
    let path = parts.next()?;
    let (first, rest) = path.strip_prefix('/')?.split_once('/')?;
    Some(Request {
        method,
        follows: first == "moved",
        call: rest.split('?').next()?.parse().ok()?,
        attempt: attempts::parse(header(&head, super::ATTEMPT_HEADER.as_str())?)?,
        key: header(&head, "idempotency-key").map(str::to_owned),
        credential: header(&head, super::CREDENTIAL).is_some_and(|key| key.starts_with("key-")),
        sent: body.and_then(|body| body.get("call")?.as_u64()),
    })
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    head.lines().skip(1).find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// Returns a response with a content length and additional headers.
pub(super) fn response(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} Soak\r\n{headers}content-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// Returns the response of a call without a fault.
pub(super) fn value(request: &Request, headers: &str) -> Vec<u8> {
    let status = if request.method == "GET" { 200 } else { 201 };
    item(status, request.call, request.sent, headers)
}

/// Returns the item of a call with this status code.
pub(super) fn item(status: u16, call: u64, sent: Option<u64>, headers: &str) -> Vec<u8> {
    let sent = sent.map_or_else(|| "null".to_owned(), |number| number.to_string());
    let body = format!(r#"{{"call":{call},"name":"call {call}","sent":{sent}}}"#);
    response(
        status,
        &format!("content-type: application/json\r\n{headers}"),
        &body,
    )
}

/// Returns the error response with this status code.
pub(super) fn refusal(code: u16, wait: Wait, html: bool) -> Vec<u8> {
    let now = SystemTime::now();
    let wait = match wait {
        Wait::Unsaid => String::new(),
        Wait::Seconds => "retry-after: 1\r\n".to_owned(),
        Wait::Hour => "retry-after: 3600\r\n".to_owned(),
        Wait::Date => {
            let then = httpdate::fmt_http_date(now + Duration::from_secs(1));
            format!(
                "date: {}\r\nretry-after: {then}\r\n",
                httpdate::fmt_http_date(now)
            )
        }
    };
    if html {
        let body = "<html><body><h1>So sorry</h1></body></html>";
        return response(code, &format!("{wait}content-type: text/html\r\n"), body);
    }
    let body = r#"{"error":{"code":"SO_SORRY","message":"so sorry"}}"#;
    response(
        code,
        &format!("{wait}content-type: application/json\r\n"),
        body,
    )
}

/// Writes all bytes, unless the client has closed the connection.
pub(super) async fn write(stream: &mut TcpStream, bytes: &[u8]) -> Option<()> {
    stream.write_all(bytes).await.ok()
}

/// Returns the response to a request with this fault, if it is written in one piece.
pub(super) fn whole(fault: Fault, request: &Request, foreign: &str) -> Option<Vec<u8>> {
    let call = request.call;
    let to =
        |status: u16, location: String| response(status, &format!("location: {location}\r\n"), "");
    let json = "content-type: application/json\r\n";
    Some(match fault {
        Fault::None => value(request, ""),
        Fault::Repeated => value(request, "x-parts: 2\r\nx-part: a\r\nx-part: b\r\n"),
        Fault::Status { code, wait, html } => refusal(code, wait, html),
        Fault::Wrong { code } => refusal(code, Wait::Unsaid, false),
        Fault::Unauthorized => refusal(401, Wait::Unsaid, false),
        Fault::Within => to(307, format!("/moved/{call}")),
        Fault::SeeOther => to(303, format!("../moved/{call}?again=1")),
        Fault::Foreign { acted } => to(if acted { 302 } else { 307 }, format!("{foreign}/{call}")),
        Fault::Oversized => response(200, json, &" ".repeat(4 * super::BODY_LIMIT)),
        Fault::WrongJson => response(200, json, r#"{"call":"none","name":[]}"#),
        Fault::Missing => response(201, json, &format!(r#"{{"call":{call}}}"#)),
        Fault::Reset
        | Fault::ResetLate
        | Fault::Silent
        | Fault::Cut
        | Fault::Stalled
        | Fault::Slow => return None,
    })
}
