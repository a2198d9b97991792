//! One attempt of a call: a request, the redirects that it follows, and the final response.

use std::future::{Future, poll_fn};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, Entry, LOCATION};
use http::{HeaderMap, HeaderName, Method, Response, StatusCode, Uri};

use super::channel::Shared;
use super::clock::Clock;
use super::collect::{BodyProblem, PartialBody, collect, content_length, error_limit, promised};
use super::in_place;
use super::output::RawResponse;
use super::prepared::Prepared;
use super::request_id::request_id;
use super::run::{Run, timed_out};
use super::signing::{UnsignedRequest, signed};
use crate::error::{CallFacts, Error, ErrorKind};
use crate::header::HeaderList;
use crate::retry::{Outcome, retry_after};
use crate::transport::{HttpRequest, ResponseBody, TransportError, coding};
use crate::url::{Origin, Target, resolve, text_of};

/// The maximum number of redirects of one attempt.
const REDIRECTS: usize = 5;

/// The response of an attempt, with its body where the caller reads it as a stream, or the failure.
pub(super) type AttemptResult = Result<(Box<RawResponse>, Option<ResponseBody>), Failure>;

/// A request for the transport, and whether to decode the body of its response.
type Ready = (HttpRequest, bool);

/// Why an attempt failed.
pub(super) struct Failure {
    pub(super) error: Error,
    /// The outcome that decides in the retry machine whether there is another attempt.
    pub(super) outcome: Outcome,
}

/// The head of a response, whose body is not read yet.
struct Head {
    status: StatusCode,
    headers: HeaderMap,
    body: ResponseBody,
    /// Whether to decode the content coding. It stays as it is where the caller set `Accept-Encoding`.
    decodes: bool,
}

impl Head {
    fn of(response: Response<ResponseBody>, decodes: bool) -> Self {
        let (head, body) = response.into_parts();
        Self {
            status: head.status,
            headers: head.headers,
            body,
            decodes,
        }
    }
}

impl Failure {
    fn of(error: Error, outcome: Outcome) -> Self {
        Self { error, outcome }
    }

    /// Returns this failure for a call that the server may already have acted on. After a redirect, a failure that
    /// would be safe to retry for the redirected request is not safe to retry for the original one.
    #[cold]
    fn after(mut self, acted: bool) -> Self {
        self.outcome = match self.outcome {
            Outcome::Status { status: 401, .. } | Outcome::Final { .. } if acted => FINAL,
            Outcome::Unprocessed
            | Outcome::Refused
            | Outcome::Status {
                status: 429 | 503,
                verdict: None,
                ..
            } if acted => Outcome::Lost,
            other => other,
        };
        self
    }
}

/// The outcome of an attempt that the server acted on and that must not be repeated.
const FINAL: Outcome = Outcome::Final { applied: true };

impl Run<'_> {
    fn shared(&self) -> &Shared {
        self.channel.shared()
    }

    /// Makes one attempt, with additional headers from `added`. The attempt fails when its time is over. A body that
    /// the caller reads as a stream is not part of the attempt.
    pub(super) async fn attempt(
        &mut self,
        added: Option<&HeaderList>,
        clock: &mut Clock<'_>,
    ) -> AttemptResult {
        let mut acted = false;
        let ready = self.ready(None, added, clock).await?;
        // The time that hooks and the signer took counts as time of the attempt.
        let left = match (added, &self.shared().signer) {
            (None, None) => clock.limit,
            _ => clock.left(),
        };
        let mut head = match send(ready, clock, left).await {
            Ok(head) => head,
            Err(failure) => return Err(failure.after(acted)),
        };
        if let Some(target) = self.redirect(&self.parts.prepared.uri, &head) {
            let location = head.headers.get(LOCATION).cloned();
            // Boxed because redirects are rare: otherwise this future would enlarge the future of every call.
            let followed = Box::pin(self.follow(target, head, added, clock, &mut acted));
            head = match followed.await {
                Ok(head) => head,
                Err(failure) => return Err(failure.after(acted)),
            };
            if let (Some(location), Entry::Vacant(own)) = (location, head.headers.entry(LOCATION)) {
                own.insert(location);
            }
        }
        let successes = self.parts.successes;
        let succeeds = successes.has(head.status);
        if let Some(progress) = self.parts.download.as_ref().filter(|_| succeeds) {
            head.body = progress.watching(head.body, content_length(&head.headers));
        }
        if head.decodes && head.headers.contains_key(CONTENT_ENCODING) {
            head.body = coding::decoded(&head.headers, head.body, !succeeds);
        }
        if succeeds && successes.streams(head.status, &head.headers) {
            let response = self.response(head.status, head.headers, Bytes::new());
            return Ok((response, Some(head.body)));
        }
        let read = self.collect(&mut head, succeeds, clock).await;
        match self.judge(&head, read.problem, clock.limit) {
            Ok(()) => Ok((self.response(head.status, head.headers, read.body), None)),
            Err(Failure { error, outcome }) => {
                let error = self.with_response(error, head, read.body);
                Err(Failure::of(error, outcome).after(acted))
            }
        }
    }

    /// Returns the request of the call or of its redirect, signed if the client has a signer and the request is for its
    /// origin.
    async fn ready(
        &mut self,
        redirected: Option<&Prepared>,
        added: Option<&HeaderList>,
        clock: &mut Clock<'_>,
    ) -> Result<Ready, Failure> {
        let prepared = redirected.unwrap_or(&self.parts.prepared);
        let (request, decodes) = prepared.to_http(added);
        let shared = self.channel.shared();
        let signer = shared.signer.as_deref();
        let Some(signer) = signer.filter(|_| !prepared.is_foreign()) else {
            return Ok((request, decodes));
        };
        let (operation, schemes) = (self.parts.operation, shared.api.schemes);
        let date = self.channel.transport().date();
        let unsigned = UnsignedRequest::new(request, operation, schemes, date);
        // Boxed because few clients have a signer: otherwise this future would enlarge the future of every call.
        let ready = Box::pin(signed(signer, unsigned, clock)).await?;
        self.parts.secrets.extend(ready.secrets);
        Ok((ready.request, decodes))
    }

    /// Reads the body. Fails without reading where `Content-Length` exceeds the limit.
    async fn collect(&self, head: &mut Head, succeeds: bool, clock: &mut Clock<'_>) -> PartialBody {
        let mut limit = self.shared().body_limit;
        if !succeeds {
            limit = error_limit(&head.headers, limit);
        } else if promised(&head.headers) > limit && self.has_body(head.status) {
            return PartialBody {
                body: Bytes::new(),
                problem: Some(BodyProblem::TooLarge),
            };
        }
        collect(&mut head.body, &head.headers, limit, clock).await
    }

    /// Whether `Content-Length` is the length of a body that follows: it is not for HEAD and 304 (RFC 9110, section
    /// 8.6).
    fn has_body(&self, status: StatusCode) -> bool {
        self.parts.prepared.method != Method::HEAD && status != StatusCode::NOT_MODIFIED
    }

    /// Follows redirects. `acted` becomes true once the server has acted on the call itself and the redirect only names
    /// where the result is.
    ///
    /// A request to another origin carries no header and no body of the call. Neither does a later request in the same
    /// chain that returns to the first origin.
    async fn follow(
        &mut self,
        mut target: Target,
        mut head: Head,
        mut added: Option<&HeaderList>,
        clock: &mut Clock<'_>,
        acted: &mut bool,
    ) -> Result<Head, Failure> {
        let mut current: Option<Prepared> = None;
        for _ in 0..REDIRECTS {
            let sent = current.as_ref().unwrap_or(&self.parts.prepared);
            let next = match target {
                Target::Within(uri) => sent.redirected(head.status.as_u16(), uri),
                Target::Foreign(uri, origin) => {
                    if let Err(why) = self.may_leave_for(&origin, &sent.uri) {
                        return Err(self.not_followed(head, why));
                    }
                    (added, *acted) = (None, true);
                    sent.elsewhere(uri, &self.shared().own_user_agent)
                }
                Target::Unusable(fault) => {
                    let why = format!("its location {fault}");
                    return Err(self.not_followed(head, why));
                }
            };
            *acted |= next.method != self.parts.prepared.method;
            let ready = self.ready(Some(&next), added, clock).await?;
            head = match send(ready, clock, clock.left()).await {
                // The server has already acted on the call, which a retry would repeat, so only the redirected request
                // is sent again.
                Err(Failure {
                    outcome: Outcome::Refused,
                    ..
                }) if *acted => {
                    let ready = self.ready(Some(&next), added, clock).await?;
                    send(ready, clock, clock.left()).await?
                }
                sent => sent?,
            };
            match self.redirect(&next.uri, &head) {
                None => return Ok(head),
                Some(another) => target = another,
            }
            current = Some(next);
        }
        let why = format!("more than {REDIRECTS} in a row");
        Err(self.not_followed(head, why))
    }

    /// Returns the target of a redirect; `None` where the API describes this status code as a success.
    fn redirect(&self, current: &Uri, head: &Head) -> Option<Target> {
        let status = head.status.as_u16();
        let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
        if !is_redirect || self.parts.successes.has(head.status) {
            return None;
        }
        let location = head.headers.get(LOCATION)?;
        Some(resolve(current, &text_of(location)))
    }

    /// Checks that a redirect to another origin may be followed: only by GET and HEAD, and not from `https` to `http`.
    fn may_leave_for(&self, origin: &Origin, from: &Uri) -> Result<(), String> {
        let method = &self.parts.prepared.method;
        if *method != Method::GET && *method != Method::HEAD {
            return Err(format!(
                "it leads to {origin}, and a {method} is not redirected to another origin"
            ));
        }
        let was_secure = Origin::of(from).is_some_and(|from| from.is_secure());
        let stays_private = origin.is_private(self.shared().allow_http);
        if origin.is_secure() || (stays_private && !was_secure) {
            return Ok(());
        }
        Err(format!("it leads to {origin}, which is not encrypted"))
    }

    #[cold]
    fn not_followed(&self, head: Head, why: String) -> Failure {
        // A server that redirects after a POST has usually acted on it, except with 307 and 308, which ask to repeat
        // the request.
        let applied = head.status.as_u16() < 304;
        let error = Error::new(ErrorKind::Redirect, why);
        let error = self.with_response(error, head, Bytes::new());
        Failure::of(error, Outcome::Final { applied })
    }

    /// Checks whether the status code and the body are a success.
    fn judge(
        &self,
        head: &Head,
        problem: Option<BodyProblem>,
        timeout: Option<Duration>,
    ) -> Result<(), Failure> {
        if !self.parts.successes.has(head.status) {
            // An error status takes precedence over a failure to read its body.
            return Err(self.by_status(head.status, &head.headers, problem.is_some()));
        }
        let (error, outcome) = match problem {
            None => return Ok(()),
            Some(BodyProblem::Broken(error)) => {
                let outcome = lost(&error);
                (error.into_error(), outcome)
            }
            Some(BodyProblem::TimedOut) => (timed_out(timeout), Outcome::TimedOut),
            Some(BodyProblem::TooLarge) => {
                let limit = self.shared().body_limit;
                let message = format!("more than the {limit} bytes that the client accepts");
                (Error::new(ErrorKind::BodyTooLarge, message), FINAL)
            }
        };
        Err(Failure::of(error, outcome))
    }

    fn response(&self, status: StatusCode, headers: HeaderMap, body: Bytes) -> Box<RawResponse> {
        in_place(|| RawResponse {
            status,
            headers,
            body,
            channel: self.channel.clone(),
            operation: self.parts.operation,
            facts: CallFacts::default(),
        })
    }

    /// Returns the failure for an error response, whose body can be cut.
    #[cold]
    fn by_status(&self, status: StatusCode, headers: &HeaderMap, is_cut: bool) -> Failure {
        let wait = retry_after(headers, self.channel.transport().date());
        let outcome = Outcome::Status {
            status: status.as_u16(),
            retry_after: wait,
            verdict: self
                .policy
                .verdict()
                .and_then(|name| verdict(headers, name)),
        };
        let error = Error::new(ErrorKind::Status, "")
            .with_retry_after(wait)
            .cut(is_cut);
        Failure::of(error, outcome)
    }

    #[cold]
    fn with_response(&self, error: Error, head: Head, body: Bytes) -> Error {
        let id = request_id(self.shared().api.request_id_headers, &head.headers).map(str::to_owned);
        error.with_response(head.status, head.headers, body, id)
    }
}

/// Sends the request once. Fails without sending where no time is `left`; otherwise the transport gets the remaining
/// time.
fn send<'f, 'c>(
    (request, decodes): Ready,
    clock: &'f mut Clock<'c>,
    left: Option<Duration>,
) -> impl Future<Output = Result<Head, Failure>> + use<'f, 'c> {
    let is_over = left == Some(Duration::ZERO);
    let transport = clock.transport;
    let mut sending = (!is_over).then(|| transport.send(request, left));
    poll_fn(move |context| {
        let Some(sending) = &mut sending else {
            let error = timed_out(clock.limit);
            return Poll::Ready(Err(Failure::of(error, Outcome::Unprocessed)));
        };
        let polled = sending.as_mut().poll(context);
        let polled = if left.is_some_and(|left| transport.keeps_time(left)) {
            polled.map(Some)
        } else {
            clock.poll_race(polled, context)
        };
        polled.map(|done| match done {
            Some(Ok(response)) => Ok(Head::of(response, decodes)),
            Some(Err(error)) if !clock.is_why(&error) => {
                let outcome = outcome_of(&error);
                Err(Failure::of(error.into_error(), outcome))
            }
            _ => Err(Failure::of(timed_out(clock.limit), Outcome::TimedOut)),
        })
    })
}

fn verdict(headers: &HeaderMap, name: &HeaderName) -> Option<bool> {
    match headers.get(name)?.as_bytes().trim_ascii() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}

#[cold]
fn outcome_of(error: &TransportError) -> Outcome {
    match error.kind() {
        ErrorKind::Request | ErrorKind::Decode => Outcome::Final {
            applied: error.may_have_reached(),
        },
        ErrorKind::Connect => Outcome::Unprocessed,
        _ if !error.may_have_reached() => Outcome::Refused,
        ErrorKind::Timeout => Outcome::TimedOut,
        _ => Outcome::Lost,
    }
}

/// Returns the outcome of an attempt whose body ended early.
#[cold]
fn lost(error: &TransportError) -> Outcome {
    match error.kind() {
        // The body of another attempt would be undecodable as well.
        ErrorKind::Decode => FINAL,
        _ => Outcome::Lost,
    }
}
