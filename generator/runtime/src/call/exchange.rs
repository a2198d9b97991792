//! One attempt: a request, the redirects it meets, and its answer.

use std::time::Duration;

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, HeaderName, Response, StatusCode, Uri};

use super::answer::{Answered, Successes};
use super::clock::Clock;
use super::collect::{Collected, Problem, collect, content_length};
use super::driver::timed_out;
use super::prepared::Prepared;
use super::request::Parts;
use super::request_id::request_id;
use crate::client::Shared;
use crate::error::{CallFacts, Error, ErrorKind};
use crate::header::HeaderList;
use crate::retry::{Outcome, retry_after};
use crate::transport::{ResponseBody, TransportError};
use crate::url::{Target, resolve};

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
        let answer = match self.head(added, clock, &mut acted).await {
            Ok(answer) => answer,
            Err(failed) => return after(acted, failed),
        };
        let (status, headers, mut body) = split(answer);
        let succeeds = self.successes.has(status);
        if let Some(progress) = self.parts.download.as_ref().filter(|_| succeeds) {
            body = progress.watching(body, content_length(&headers));
        }
        if succeeds && (self.successes.streams)(status.as_u16(), &headers) {
            return Ended::Success(self.answered(status, headers, Bytes::new()), Some(body));
        }
        let limit = self.shared().body_limit;
        let collected = collect(&mut body, &headers, limit, clock).await;
        match self.judge(status, &headers, collected, clock.limit) {
            Ok(body) => Ended::Success(self.answered(status, headers, body), None),
            Err((error, outcome, body)) => {
                let error = self.with_answer(error, status, headers, body);
                after(acted, (error, outcome))
            }
        }
    }

    /// Sends, and follows redirects within the origin. `acted` becomes true where a redirect answers the call itself
    /// and only points at what came of it.
    async fn head(
        &self,
        added: Option<&HeaderList>,
        clock: &mut Clock<'_>,
        acted: &mut bool,
    ) -> Result<Response<ResponseBody>, Failed> {
        let answer = self.send(&self.parts.prepared, added, clock).await?;
        match self.redirect(&self.parts.prepared.uri, &answer) {
            None => Ok(answer),
            // Most calls meet none, and need no room for one.
            Some(target) => Box::pin(self.follow(target, answer, added, clock, acted)).await,
        }
    }

    /// Follows redirects from the first one on.
    async fn follow(
        &self,
        mut target: Target,
        mut answer: Response<ResponseBody>,
        added: Option<&HeaderList>,
        clock: &mut Clock<'_>,
        acted: &mut bool,
    ) -> Result<Response<ResponseBody>, Failed> {
        let mut current: Option<Prepared> = None;
        for _ in 0..REDIRECTS {
            let sent = current.as_ref().unwrap_or(&self.parts.prepared);
            let next = match target {
                Target::Within(uri) => sent.redirected(answer.status().as_u16(), uri),
                Target::Foreign(origin) => {
                    let why = format!("it leads to {origin}, where the credential must not go");
                    return Err(self.not_followed(answer, why));
                }
                Target::Unknown => {
                    let why = "its location is no URL that can be followed".to_owned();
                    return Err(self.not_followed(answer, why));
                }
            };
            *acted |= next.method != self.parts.prepared.method;
            answer = match self.send(&next, added, clock).await {
                // What stands behind a call that was answered is asked for again by itself.
                Err((_, Outcome::Refused)) if *acted => self.send(&next, added, clock).await?,
                sent => sent?,
            };
            match self.redirect(&next.uri, &answer) {
                None => return Ok(answer),
                Some(another) => target = another,
            }
            current = Some(next);
        }
        let why = format!("more than {REDIRECTS} in a row");
        Err(self.not_followed(answer, why))
    }

    async fn send(
        &self,
        prepared: &Prepared,
        added: Option<&HeaderList>,
        clock: &mut Clock<'_>,
    ) -> Result<Response<ResponseBody>, Failed> {
        let mut sending = clock.transport.send(prepared.to_http(added), clock.left());
        match clock.race(|context| sending.as_mut().poll(context)).await {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(error)) if !clock.is_why(&error) => {
                let outcome = outcome_of(&error);
                Err((broken(error), outcome))
            }
            _ => Err((timed_out(clock.limit), Outcome::TimedOut)),
        }
    }

    /// Where the answer sends the call, unless the description calls that status a success.
    fn redirect(&self, current: &Uri, answer: &Response<ResponseBody>) -> Option<Target> {
        let status = answer.status().as_u16();
        let is_redirect = matches!(status, 301 | 302 | 303 | 307 | 308);
        if !is_redirect || self.successes.has(answer.status()) {
            return None;
        }
        let location = answer.headers().get(LOCATION)?;
        Some(match location.to_str() {
            Ok(location) => resolve(current, location),
            Err(_) => Target::Unknown,
        })
    }

    #[cold]
    fn not_followed(&self, answer: Response<ResponseBody>, why: String) -> Failed {
        let (status, headers, _) = split(answer);
        // A server that redirects after a POST has commonly acted on it; 307 and 308 ask for the same again.
        let applied = status.as_u16() < 304;
        let error = Error::new(ErrorKind::Redirect, why);
        let error = self.with_answer(error, status, headers, Bytes::new());
        let outcome = Outcome::Final {
            applied,
            success: false,
        };
        (error, outcome)
    }

    /// What the status and the body mean together.
    fn judge(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        collected: Collected,
        timeout: Option<Duration>,
    ) -> Result<Bytes, (Error, Outcome, Bytes)> {
        let Collected { body, problem } = collected;
        if !self.successes.has(status) {
            // The status says more than whatever happened to the body.
            let (error, outcome) = self.refused(status, headers);
            return Err((error, outcome, body));
        }
        let (error, outcome) = match problem {
            None => return Ok(body),
            Some(Problem::Broken(error)) => (broken(error), Outcome::Lost),
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
        Box::new(Answered {
            status,
            headers,
            body,
            client: self.parts.client.clone(),
            operation: self.parts.operation,
            facts: CallFacts::default(),
        })
    }

    #[cold]
    fn refused(&self, status: StatusCode, headers: &HeaderMap) -> Failed {
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
    fn with_answer(
        &self,
        error: Error,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    ) -> Error {
        let id = request_id(self.shared().api.request_id_headers, &headers).map(str::to_owned);
        error.with_answer(status, headers, body, id)
    }
}

/// What of an answer is needed.
fn split(answer: Response<ResponseBody>) -> (StatusCode, HeaderMap, ResponseBody) {
    let (head, body) = answer.into_parts();
    (head.status, head.headers, body)
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
        ErrorKind::Request => Outcome::Final {
            applied: error.may_have_reached(),
            success: false,
        },
        ErrorKind::Connect => Outcome::Unprocessed,
        _ if !error.may_have_reached() => Outcome::Refused,
        ErrorKind::Timeout => Outcome::TimedOut,
        _ => Outcome::Lost,
    }
}

#[cold]
fn broken(error: TransportError) -> Error {
    Error::new(error.kind(), "").caused_by(error.into_source())
}
