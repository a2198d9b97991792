//! The driver of a call: it performs the actions that the retry machine decides on.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use super::attempt::{AttemptResult, Failure};
use super::clock::Clock;
use super::key;
use super::output::{Flow, RawResponse};
use super::prepared::prepare;
use super::request::Parts;
use super::watch::Watch;
use super::{Channel, Request};
use crate::auth::{self, CallCredentials, Choice};
use crate::error::{CallFacts, Error, ErrorKind, Secrets};
use crate::retry::{Event, Limits, Machine, Outcome, RetryPolicy, Step};
use crate::stream::Limit;
use crate::transport::ResponseBody;

/// The result of a call, with the hooks that run once its value is read.
pub(super) struct CallResult {
    pub(super) result: Result<Success, Error>,
    pub(super) watch: Watch,
}

/// The response of a call that succeeded.
pub(super) struct Success {
    pub(super) response: Box<RawResponse>,
    /// The body where the caller reads it as a stream.
    pub(super) flow: Option<Box<Flow>>,
}

/// Makes a call with all its attempts.
pub(super) async fn run(mut request: Request) -> CallResult {
    let parts = &mut *request.0;
    if let Err(problem) = key::add(parts) {
        parts.problem.get_or_insert(problem);
    }
    let mut watch = Watch::start(parts);
    let span = watch.span.clone();
    let result = {
        // Pinned here because a future that is moved into another one is stored twice.
        let work = pin!(prepare_and_send(parts, &mut watch));
        span.within(work).await
    };
    CallResult { result, watch }
}

async fn prepare_and_send(parts: &mut Parts, watch: &mut Watch) -> Result<Success, Error> {
    let channel = parts.channel.clone();
    let started = channel.transport().now();
    let credentials = match chosen(parts, &channel) {
        Ok(chosen) if CallCredentials::is_provided(&chosen) => {
            // Boxed because few calls need a provider: otherwise this future would enlarge the future of every call.
            let obtained = CallCredentials::obtain(channel.blocks(), chosen);
            Box::pin(within_limits(&channel, parts.limits, started, obtained)).await
        }
        chosen => chosen.map(|chosen| CallCredentials::fixed(channel.blocks(), chosen)),
    };
    let credentials = match credentials.and_then(|credentials| completed(parts, credentials)) {
        Ok(credentials) => credentials,
        Err(error) => return Err(finished(error, parts, None)),
    };
    watch.sends_to(&parts.prepared.uri);
    let own = parts.retry.take();
    let policy = own.as_deref().unwrap_or(&channel.shared().retry);
    let machine = Machine::new(
        policy,
        &parts.prepared.method,
        parts.repeatable || parts.idempotency_key.is_some(),
        parts.limits,
        started,
        channel.shared().random(policy),
    );
    let mut run = Run {
        channel: &channel,
        parts,
        policy,
        credentials,
        machine,
        started,
        renewed: false,
        error: None,
    };
    run.finish(watch).await
}

/// Chooses the credentials for the operation.
fn chosen<'c>(parts: &mut Parts, channel: &'c Channel) -> Result<Choice<'c>, Error> {
    if let Some(problem) = parts.problem.take() {
        return Err(problem);
    }
    let api = channel.shared().api;
    let security = parts.security.unwrap_or(api.security);
    let headers = &parts.prepared.headers;
    auth::choose(security, api.schemes, channel.credentials(), headers)
}

/// Combines the request with its credentials.
fn completed<'c>(
    parts: &mut Parts,
    credentials: CallCredentials<'c>,
) -> Result<CallCredentials<'c>, Error> {
    note(parts, &credentials);
    prepare(parts, &credentials)?;
    Ok(credentials)
}

/// Waits for token providers, at most as long as the call may take.
async fn within_limits<T>(
    channel: &Channel,
    limits: Limits,
    started: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let transport = channel.transport();
    let now = transport.now();
    let limit = limits.left(now.saturating_sub(started));
    let mut work = pin!(work);
    let mut clock = Clock::new(transport, limit, now);
    let done = clock.race(|context| work.as_mut().poll(context)).await;
    done.unwrap_or_else(|| {
        let limit = limit.unwrap_or_default();
        let message = format!("no credential was obtained within {limit:?}");
        Err(Error::new(ErrorKind::Timeout, message).worth_repeating(true))
    })
}

/// Adds the secrets from providers to those that are masked in messages.
fn note(parts: &mut Parts, credentials: &CallCredentials<'_>) {
    for secret in credentials.secrets() {
        if !parts.secrets.contains(secret) {
            parts.secrets.push(secret.clone());
        }
    }
}

/// A call from its first attempt to its end.
pub(super) struct Run<'a> {
    pub(super) channel: &'a Channel,
    pub(super) parts: &'a mut Parts,
    pub(super) policy: &'a RetryPolicy,
    credentials: CallCredentials<'a>,
    machine: Machine<'a>,
    started: Duration,
    /// Whether a rejected credential was already replaced once. If the new one is rejected as well, the cause is not
    /// that it expired.
    renewed: bool,
    /// The error of the last attempt.
    error: Option<Error>,
}

impl Run<'_> {
    async fn finish(&mut self, watch: &mut Watch) -> Result<Success, Error> {
        let mut event = Event::Start;
        loop {
            let shared = self.channel.shared();
            let transport = self.channel.transport();
            let now = match event {
                // No time has passed since the start of the call.
                Event::Start if !self.credentials.is_renewable() => self.started,
                _ => transport.now(),
            };
            match self.machine.next(event, now, &shared.budget) {
                Step::Send { timeout } => {
                    let mut clock = Clock::new(transport, timeout, now);
                    let attempt = watch.attempt();
                    let result = self.attempt(attempt.added(), &mut clock).await;
                    attempt.end(&result);
                    // The result is dropped before a credential is renewed, so that the future does not store it during
                    // the wait.
                    match self.settled(result) {
                        Ok(success) => return Ok(success),
                        Err(outcome) => event = self.failed(outcome).await?,
                    }
                }
                Step::Sleep(wait) => {
                    transport.sleep(wait).await;
                    event = self.woke().await?;
                }
                Step::Done | Step::Expired => {
                    let limit = self.parts.limits.total;
                    let error = self.error.take().unwrap_or_else(|| timed_out(limit));
                    return Err(finished(error, self.parts, Some(&self.machine)));
                }
            }
        }
    }

    /// Returns the success of an attempt, or the event for the retry machine.
    fn settled(&mut self, result: AttemptResult) -> Result<Success, Outcome> {
        match result {
            Ok((response, body)) => Ok(self.success(response, body)),
            Err(Failure { error, outcome }) => {
                self.error = Some(error);
                Err(outcome)
            }
        }
    }

    fn success(&mut self, mut response: Box<RawResponse>, body: Option<ResponseBody>) -> Success {
        let shared = self.channel.shared();
        // A success ends the call even if the time is over.
        self.machine
            .next(Event::Succeeded, self.started, &shared.budget);
        response.facts = facts(self.parts, Some(&self.machine));
        let flow = body.map(|body| Box::new(self.flow(&response, body)));
        Success { response, flow }
    }

    /// Returns the body for a caller that reads it as a stream.
    fn flow(&self, response: &RawResponse, body: ResponseBody) -> Flow {
        let limit = Limit {
            idle: self.parts.limits.idle,
            deadline: self.machine.deadline(),
            repeatable: self.machine.repeatable(),
        };
        Flow::new(Box::new(response.clone()), body, limit)
    }

    /// Returns the event for a failed attempt. A credential that the server rejected is replaced once, if its provider
    /// has another one.
    async fn failed(&mut self, outcome: Outcome) -> Result<Event, Error> {
        let renewable = self.credentials.is_renewable();
        if !self.renewed && outcome.asks_for_credential() && renewable {
            self.renewed = true;
            if Box::pin(self.renew(true)).await? {
                return Ok(Event::Renewed);
            }
        }
        Ok(Event::Failed(outcome))
    }

    /// Replaces credentials that expired during a backoff.
    async fn woke(&mut self) -> Result<Event, Error> {
        if self.credentials.is_stale() {
            Box::pin(self.renew(false)).await?;
        }
        Ok(Event::Woke)
    }

    async fn renew(&mut self, refused: bool) -> Result<bool, Error> {
        let work = self.parts.prepared.renew(&mut self.credentials, refused);
        let limits = self.parts.limits;
        let renewed = within_limits(self.channel, limits, self.started, work).await;
        note(self.parts, &self.credentials);
        renewed.map_err(|problem| {
            let problem = match self.error.take() {
                Some(earlier) => problem.after(earlier),
                None => problem,
            };
            finished(problem, self.parts, Some(&self.machine))
        })
    }
}

/// Returns the error of a call without time for another attempt.
#[cold]
pub(super) fn timed_out(limit: Option<Duration>) -> Error {
    let message = limit.map_or_else(String::new, |limit| format!("no response within {limit:?}"));
    Error::new(ErrorKind::Timeout, message)
}

#[cold]
fn finished(error: Error, parts: &Parts, machine: Option<&Machine<'_>>) -> Error {
    let mut facts = facts(parts, machine);
    facts.retryable |= error.is_retryable();
    error
        .of_operation(parts.operation)
        .of_call(facts)
        .explained(parts.channel.secrets())
}

fn facts(parts: &Parts, machine: Option<&Machine<'_>>) -> CallFacts {
    CallFacts {
        attempts: machine.map_or(0, Machine::attempts),
        retryable: machine.is_some_and(Machine::retryable),
        maybe_applied: machine.is_some_and(Machine::maybe_applied),
        idempotency_key: parts.idempotency_key.clone(),
        secrets: Secrets::of(&parts.secrets),
    }
}
