//! Signatures of requests.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::header::HOST;
use http::{HeaderMap, Method, Uri};

use super::attempt::Failure;
use super::clock::Clock;
use super::storage::note;
use crate::auth::{Scheme, secrets_by_hand, with_query};
use crate::body::RequestBody;
use crate::codec::Encode;
use crate::error::{Error, ErrorKind, ProgramFailure};
use crate::header;
use crate::retry::Outcome;
use crate::style::{Pairs, Style, header_value};
use crate::transport::{BoxFuture, HttpRequest};
use crate::url::push_encoded;

/// Signs the requests of a client: it sees each request as it is sent, and adds headers or query parameters to it.
///
/// A request is signed when everything else is in it, including its credentials, and again for each further attempt and
/// for each redirect within the origin. A request that follows a redirect to another origin is not signed, and neither
/// is a request for an OAuth 2 token.
///
/// ```
/// use specwright_runtime::transport::BoxFuture;
/// use specwright_runtime::{Secret, Signer, UnsignedRequest};
/// use std::error::Error;
///
/// struct Checksum;
///
/// impl Signer for Checksum {
///     fn sign<'a>(&'a self, request: &'a mut UnsignedRequest) -> BoxFuture<'a, Result<(), Box<dyn Error + Send + Sync>>> {
///         Box::pin(async move {
///             let sum: u32 = request.body_bytes()?.iter().map(|byte| u32::from(*byte)).sum();
///             request.header("x-signature", &Secret::from(format!("{}:{sum}", request.method())))?;
///             Ok(())
///         })
///     }
/// }
/// ```
///
/// `examples/hmac_signature.rs` and `examples/aws_sigv4.rs` of this crate are complete signers.
pub trait Signer: Send + Sync + 'static {
    /// Signs a request.
    ///
    /// The future is polled by the call, also by a blocking call; it must not depend on an async runtime there. Its time
    /// counts as time of the attempt.
    ///
    /// # Errors
    /// Any error. It fails the call without another attempt, and becomes the source of the call's error, whose message
    /// shows only errors of this crate, such as those of [`UnsignedRequest`].
    fn sign<'a>(
        &'a self,
        request: &'a mut UnsignedRequest,
    ) -> BoxFuture<'a, Result<(), Box<dyn StdError + Send + Sync>>>;
}

/// For a signer that several clients share.
impl<S: Signer + ?Sized> Signer for Arc<S> {
    fn sign<'a>(
        &'a self,
        request: &'a mut UnsignedRequest,
    ) -> BoxFuture<'a, Result<(), Box<dyn StdError + Send + Sync>>> {
        (**self).sign(request)
    }
}

/// A request that is about to be sent, with everything but its signature.
///
/// The transport adds `Host`, `Content-Length` and headers of the connection; [`host`](Self::host) returns the first.
pub struct UnsignedRequest {
    pub(super) request: HttpRequest,
    /// The secrets that the signer added, which are masked in messages.
    pub(super) secrets: Vec<String>,
    operation: &'static str,
    schemes: &'static [Scheme],
    date: SystemTime,
}

impl UnsignedRequest {
    pub(super) fn new(
        request: HttpRequest,
        operation: &'static str,
        schemes: &'static [Scheme],
        date: SystemTime,
    ) -> Self {
        Self {
            request,
            secrets: Vec::new(),
            operation,
            schemes,
            date,
        }
    }

    /// Returns the operation, such as `profiles.get`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the method.
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// Returns the URL, whose path and query are encoded as they are sent.
    pub fn uri(&self) -> &Uri {
        self.request.uri()
    }

    /// Returns the value of the `Host` header: the host of the URL, with its port unless that is the usual one.
    pub fn host(&self) -> String {
        let by_hand = self.headers().get(HOST).and_then(|host| host.to_str().ok());
        if let Some(host) = by_hand {
            return host.to_owned();
        }
        let uri = self.uri();
        let host = uri.host().unwrap_or_default();
        let usual = match uri.scheme_str() {
            Some("http") => 80,
            _ => 443,
        };
        match uri.port_u16().filter(|port| *port != usual) {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Returns the headers, with those of the credentials.
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// Returns the body.
    ///
    /// A file or a stream has no bytes in memory. A signer can send it without signing its bytes, if the API has a mark
    /// for that, such as `UNSIGNED-PAYLOAD` of AWS, or [open](RequestBody::open) it, which reads it once more than
    /// sending it does.
    pub fn body(&self) -> &RequestBody {
        self.request.body().unwatched()
    }

    /// Returns the bytes of the body, which are empty for an empty body.
    ///
    /// # Errors
    /// The body is a file or a stream.
    pub fn body_bytes(&self) -> Result<&[u8], Error> {
        let refuse = || refused("its body is not in memory, so the signer does not know its bytes");
        self.body().as_bytes().ok_or_else(refuse)
    }

    /// Returns the time by the clock of the transport, which is that of tests in tests.
    pub fn date(&self) -> SystemTime {
        self.date
    }

    /// Sets a header, replacing one of the same name. An absent or null value adds nothing.
    ///
    /// A [`Secret`](crate::Secret) is masked in the messages of errors, and so are the secrets in the headers of
    /// credentials, such as `Authorization`.
    ///
    /// # Errors
    /// The name or the value is invalid, or the header is set by the transport.
    pub fn header(&mut self, name: &str, value: &dyn Encode) -> Result<(), Error> {
        let Some(text) = header_value(false, value) else {
            return Ok(());
        };
        let (name, ready) = header::private(name, &text).map_err(refused)?;
        note(value, &mut self.secrets);
        let by_hand = secrets_by_hand(self.schemes, name.as_str(), &text);
        self.secrets.extend(by_hand);
        self.request.headers_mut().insert(name, ready);
        Ok(())
    }

    /// Sets a query parameter at the end of the query, replacing those of the same name. An absent or null value adds
    /// nothing.
    ///
    /// A [`Secret`](crate::Secret) is masked in the messages of errors.
    ///
    /// # Errors
    /// The query becomes too long for a URL.
    pub fn query(&mut self, name: &str, value: &dyn Encode) -> Result<(), Error> {
        if value.is_absent() {
            return Ok(());
        }
        note(value, &mut self.secrets);
        let mut encoded = String::new();
        push_encoded(&mut encoded, name);
        let has_name = |pair: &str| pair.split('=').next() == Some(&encoded);
        let replaced = with_query(self.uri(), |query| {
            let others = query.split('&').filter(|pair| !pair.is_empty());
            let others: Vec<&str> = others.filter(|pair| !has_name(pair)).collect();
            let mut query = others.join("&");
            Pairs::query(&mut query).add(Style::Form, true, name, value);
            query
        });
        let uri = replaced.ok_or_else(|| refused("its query is too long for a URL"))?;
        *self.request.uri_mut() = uri;
        Ok(())
    }
}

fn refused(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::Signature, why)
}

/// Shows neither the URL nor the headers.
impl fmt::Debug for UnsignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnsignedRequest")
            .field("operation", &self.operation)
            .field("method", self.method())
            .finish_non_exhaustive()
    }
}

/// Signs a request within the time of its attempt.
pub(super) async fn signed(
    signer: &dyn Signer,
    mut unsigned: UnsignedRequest,
    clock: &mut Clock<'_>,
) -> Result<UnsignedRequest, Failure> {
    let mut work = signer.sign(&mut unsigned);
    let done = clock.race(|context| work.as_mut().poll(context)).await;
    drop(work);
    match done {
        Some(Ok(())) => Ok(unsigned),
        Some(Err(cause)) => {
            let failure = ProgramFailure::new("the signer failed", cause);
            Err(Failure {
                error: failure.into_error(ErrorKind::Signature),
                outcome: Outcome::Final { applied: false },
            })
        }
        None => {
            let limit = clock.limit.unwrap_or_default();
            let message = format!("the request was not signed within {limit:?}");
            Err(Failure {
                error: Error::new(ErrorKind::Timeout, message),
                outcome: Outcome::Unprocessed,
            })
        }
    }
}
