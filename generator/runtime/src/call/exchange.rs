//! One attempt: a request, the redirects it meets, and its answer.

use std::future::{Future, poll_fn};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, Entry, LOCATION};
use http::{HeaderMap, HeaderName, Method, Response, StatusCode, Uri};

use super::answer::{Answered, Successes};
use super::clock::Clock;
use super::collect::{Collected, Problem, collect, content_length, error_limit, promised};
use super::driver::timed_out;
use super::in_place;
use super::prepared::Prepared;
use super::request::Parts;
use super::request_id::request_id;
use crate::client::Shared;
use crate::error::{CallFacts, Error, ErrorKind};
use crate::header::HeaderList;
use crate::retry::{Outcome, retry_after};
use crate::transport::{ResponseBody, TransportError, coding};
use crate::url::{Origin, Target, resolve, text_of};

/// The most redirects that are followed in an attempt.
const REDIRECTS: usize = 5;

/// What an attempt needs to know.
pub(super) struct Exchange<'a> {
    pub(super) parts: &'a Parts,
    pub(super) successes: Successes,
    pub(super) verdict: Option<&'a HeaderName>,
}

/// How an attempt ended.
pub(super) enum Ended {
    /// With the body, where that is left to be read by the caller.
    Success(Box<Answered>, Option<ResponseBody>),
    Failure(Error, Outcome),
}

/// The head of an answer, with its body still to be read.
struct Head {
    status: StatusCode,
    headers: HeaderMap,
    body: ResponseBody,
    /// Whether the body is to be decoded: the caller asked for no coding.
    decodes: bool,
}

impl Head {
    fn of(answer: Response<ResponseBody>, decodes: bool) -> Self {
        let (head, body) = answer.into_parts();
        Self {
            status: head.status,
            headers: head.headers,
            body,
            decodes,
        }
    }
}

/// Why an attempt brought nothing.
type Failed = (Error, Outcome);

/// How a failure counts where the server may have acted before: what happens to the request that a redirect asked for
/// does not make the call itself safe to repeat.
#[cold]
fn after(acted: bool, (error, outcome): Failed) -> Ended {
    let outcome = match outcome {
        Outcome::Status { status: 401, .. } if acted => Outcome::Final {
            applied: true,
            success: false,
        },
        Outcome::Unprocessed
        | Outcome::Refused
        | Outcome::Status {
            status: 429 | 503,
            verdict: None,
            ..
        } if acted => Outcome::Lost,
        other => other,
    };
    Ended::Failure(error, outcome)
}

impl Exchange<'_> {
    fn shared(&self) -> &Shared {
        self.parts.client.shared()
    }

    /// Makes the attempt, which has headers of its own where some are `added`, and ends in any case when its time is
    /// over; a body that the caller reads is no part of it.
    pub(super) async fn run(&self, added: Option<&HeaderList>, clock: &mut Clock<'_>) -> Ended {
        let mut acted = false;
        // Only hooks can have taken any of the time so far.
        let left = match added {
            Some(_) => clock.left(),
            None => clock.limit,
        };
        let mut head = match send(&self.parts.prepared, added, clock, left).await {
            Ok(head) => head,
            Err(failed) => return after(acted, failed),
        };
        if let Some(target) = self.redirect(&self.parts.prepared.uri, &head) {
            let location = head.headers.get(LOCATION).cloned();
            // Most calls meet none, and need no room for one.
            let followed = Box::pin(self.follow(target, head, added, clock, &mut acted));
            head = match followed.await {
                Ok(head) => head,
                Err(failed) => return after(acted, failed),
            };
            if let (Some(location), Entry::Vacant(own)) = (location, head.headers.entry(LOCATION)) {
                own.insert(location);
            }
        }
        let succeeds = self.successes.has(head.status);
        if let Some(progress) = self.parts.download.as_ref().filter(|_| succeeds) {
            head.body = progress.watching(head.body, content_length(&head.headers));
        }
        if head.decodes && head.headers.contains_key(CONTENT_ENCODING) {
            head.body = coding::decoded(&head.headers, head.body, !succeeds);
        }
        if succeeds && (self.successes.streams)(head.status.as_u16(), &head.headers) {
            let answered = self.answered(head.status, head.headers, Bytes::new());
            return Ended::Success(answered, Some(head.body));
        }
        let collected = self.collect(&mut head, succeeds, clock).await;
        match self.judge(&head, collected, clock.limit) {
            Ok(body) => Ended::Success(self.answered(head.status, head.headers, body), None),
            Err((error, outcome, body)) => {
                let error = self.with_answer(error, head, body);
                after(acted, (error, outcome))
            }
        }
    }

    /// Reads the body, unless it is said to be longer than any that is accepted.
    async fn collect(&self, head: &mut Head, succeeds: bool, clock: &mut Clock<'_>) -> Collected {
        let mut limit = self.shared().body_limit;
        if !succeeds {
            limit = error_limit(&head.headers, limit);
        } else if promised(&head.headers) > limit && self.has_body(head.status) {
            return Collected {
                body: Bytes::new(),
                problem: Some(Problem::TooLarge),
            };
        }
        collect(&mut head.body, &head.headers, limit, clock).await
    }

    /// Whether a length that the headers tell is that of a body which follows.
    fn has_body(&self, status: StatusCode) -> bool {
        self.parts.prepared.method != Method::HEAD && status != StatusCode::NOT_MODIFIED
    }

    /// Follows redirects from the first one on. `acted` becomes true where one answers the call itself and only points
    /// at what came of it.
    ///
    /// What left the origin has nothing of the call with it, and gets nothing back where a later redirect returns.
    async fn follow(
        &self,
        mut target: Target,
        mut head: Head,
        mut added: Option<&HeaderList>,
        clock: &mut Clock<'_>,
        acted: &mut bool,
    ) -> Result<Head, Failed> {
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
                Target::Unknown => {
                    let why = "its location is no URL that can be followed".to_owned();
                    return Err(self.not_followed(head, why));
                }
            };
            *acted |= next.method != self.parts.prepared.method;
            head = match send(&next, added, clock, clock.left()).await {
                // What stands behind a call that was answered is asked for again by itself.
                Err((_, Outcome::Refused)) if *acted => {
                    send(&next, added, clock, clock.left()).await?
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

    /// Where the answer sends the call, unless the description calls that status a success.
    fn redirect(&self, current: &Uri, head: &Head) -> Option<Target> {
        let status = head.status.as_u16();
        let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
        if !is_redirect || self.successes.has(head.status) {
            return None;
        }
        let location = head.headers.get(LOCATION)?;
        Some(resolve(current, &text_of(location)))
    }

    /// Refuses to follow a redirect to another origin, unless the call only reads and the way is as private as before.
    fn may_leave_for(&self, origin: &Origin, from: &Uri) -> Result<(), String> {
        let method = &self.parts.prepared.method;
        if *method != Method::GET && *method != Method::HEAD {
            return Err(format!(
                "it leads to {origin}, and a {method} does not follow to another origin"
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
    fn not_followed(&self, head: Head, why: String) -> Failed {
        // A server that redirects after a POST has commonly acted on it; 307 and 308 ask for the same again.
        let applied = head.status.as_u16() < 304;
        let error = Error::new(ErrorKind::Redirect, why);
        let error = self.with_answer(error, head, Bytes::new());
        let outcome = Outcome::Final {
            applied,
            success: false,
        };
        (error, outcome)
    }

    /// What the status and the body mean together.
    fn judge(
        &self,
        head: &Head,
        collected: Collected,
        timeout: Option<Duration>,
    ) -> Result<Bytes, (Error, Outcome, Bytes)> {
        let Collected { body, problem } = collected;
        if !self.successes.has(head.status) {
            // The status says more than whatever happened to the body.
            let (error, outcome) = self.by_status(head.status, &head.headers);
            return Err((error, outcome, body));
        }
        let (error, outcome) = match problem {
            None => return Ok(body),
            Some(Problem::Broken(error)) => {
                let outcome = lost(&error);
                (broken(error), outcome)
            }
            Some(Problem::TimedOut) => (timed_out(timeout), Outcome::TimedOut),
            Some(Problem::TooLarge) => {
                let limit = self.shared().body_limit;
                let message = format!("more than the {limit} bytes that the client accepts");
                let error = Error::new(ErrorKind::BodyTooLarge, message);
                (
                    error,
                    Outcome::Final {
                        applied: true,
                        success: false,
                    },
                )
            }
        };
        Err((error, outcome, body))
    }

    fn answered(&self, status: StatusCode, headers: HeaderMap, body: Bytes) -> Box<Answered> {
        in_place(|| Answered {
            status,
            headers,
            body,
            client: self.parts.client.clone(),
            operation: self.parts.operation,
            facts: CallFacts::default(),
        })
    }

    /// The failure that a status is which is no success.
    #[cold]
    fn by_status(&self, status: StatusCode, headers: &HeaderMap) -> Failed {
        let wait = retry_after(headers, self.parts.client.transport().date());
        let outcome = Outcome::Status {
            status: status.as_u16(),
            retry_after: wait,
            verdict: self.verdict.and_then(|name| verdict(headers, name)),
        };
        let error = Error::new(ErrorKind::Status, "").with_retry_after(wait);
        (error, outcome)
    }

    #[cold]
    fn with_answer(&self, error: Error, head: Head, body: Bytes) -> Error {
        let id = request_id(self.shared().api.request_id_headers, &head.headers).map(str::to_owned);
        error.with_answer(head.status, head.headers, body, id)
    }
}

/// Sends once, if any time is `left`, which the transport is told.
fn send<'f, 'c>(
    prepared: &Prepared,
    added: Option<&HeaderList>,
    clock: &'f mut Clock<'c>,
    left: Option<Duration>,
) -> impl Future<Output = Result<Head, Failed>> + use<'f, 'c> {
    let is_over = left == Some(Duration::ZERO);
    let transport = clock.transport;
    let mut sending = (!is_over).then(|| {
        let (request, decodes) = prepared.to_http(added);
        (transport.send(request, left), decodes)
    });
    poll_fn(move |context| {
        let Some((sending, decodes)) = &mut sending else {
            return Poll::Ready(Err((timed_out(clock.limit), Outcome::Unprocessed)));
        };
        let polled = sending.as_mut().poll(context);
        let polled = if left.is_some_and(|left| transport.keeps_time(left)) {
            polled.map(Some)
        } else {
            clock.poll_race(polled, context)
        };
        polled.map(|done| match done {
            Some(Ok(answer)) => Ok(Head::of(answer, *decodes)),
            Some(Err(error)) if !clock.is_why(&error) => {
                let outcome = outcome_of(&error);
                Err((broken(error), outcome))
            }
            _ => Err((timed_out(clock.limit), Outcome::TimedOut)),
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
            success: false,
        },
        ErrorKind::Connect => Outcome::Unprocessed,
        _ if !error.may_have_reached() => Outcome::Refused,
        ErrorKind::Timeout => Outcome::TimedOut,
        _ => Outcome::Lost,
    }
}

/// How an attempt ended whose body came to no end.
#[cold]
fn lost(error: &TransportError) -> Outcome {
    match error.kind() {
        // The next body would be like it.
        ErrorKind::Decode => Outcome::Final {
            applied: true,
            success: false,
        },
        _ => Outcome::Lost,
    }
}

#[cold]
fn broken(error: TransportError) -> Error {
    Error::new(error.kind(), "").caused_by(error.into_source())
}
