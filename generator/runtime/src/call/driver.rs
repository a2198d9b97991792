//! Runs a call: asks the machine what to do, and does it.

use std::future::Future;
use std::time::Duration;

use http::HeaderMap;

use super::Request;
use super::answer::{Answered, Flow};
use super::exchange::{Clock, Ended, Exchange};
use super::key;
use super::prepared::Prepared;
use super::request::Parts;
use super::watch::Watch;
use crate::auth::{self, Pass};
use crate::client::Client;
use crate::error::{CallFacts, Error, ErrorKind, Secrets};
use crate::retry::{Event, Limits, Machine, Outcome, Step};
use crate::stream::Limit;
use crate::transport::ResponseBody;

/// What came of a call, and who has to be told when it is read.
pub(super) struct Driven {
    pub(super) result: Result<(Answered, Option<Flow>), Error>,
    pub(super) watch: Watch,
}

/// Makes a call with all its attempts. `lists` tells which statuses beyond 2xx are successes, `streams` which of their
/// bodies are left to be read by the caller.
pub(super) async fn drive(
    mut request: Request,
    lists: fn(u16) -> bool,
    streams: fn(u16, &HeaderMap) -> bool,
) -> Driven {
    let parts = &mut *request.0;
    key::add(parts);
    let mut watch = Watch::start(parts);
    let span = watch.span.clone();
    let result = span.within(run(parts, &mut watch, lists, streams)).await;
    Driven { result, watch }
}

async fn run(
    parts: &mut Parts,
    watch: &mut Watch,
    lists: fn(u16) -> bool,
    streams: fn(u16, &HeaderMap) -> bool,
) -> Result<(Answered, Option<Flow>), Error> {
    let client = parts.client.clone();
    let started = client.transport().now();
    let (pass, prepared) = match prepare(parts, &client, started).await {
        Ok(prepared) => prepared,
        Err(error) => return Err(finished(error, parts, None)),
    };
    watch.sends_to(&prepared.uri);
    let download = parts.download.take();
    let policy = parts.retry.as_ref().unwrap_or(&client.shared().retry);
    let machine = Machine::new(
        policy.clone(),
        &parts.method,
        parts.repeatable || parts.idempotency_key.is_some(),
        parts.limits,
        started,
        client.shared().random(policy),
    );
    let exchange = Exchange {
        client: &client,
        prepared,
        lists,
        streams,
        added: HeaderMap::new(),
        download,
        verdict: policy.verdict().cloned(),
    };
    let run = Run {
        parts,
        watch,
        exchange,
        pass,
        machine,
        started,
        renewed: false,
        failure: None,
    };
    run.finish().await
}

/// Gets the credentials and puts the request together.
async fn prepare<'c>(
    parts: &mut Parts,
    client: &'c Client,
    started: Duration,
) -> Result<(Pass<'c>, Prepared), Error> {
    if let Some(problem) = parts.problem.take() {
        return Err(problem);
    }
    let api = client.shared().api;
    let security = parts.security.unwrap_or(api.security);
    let chosen = auth::choose(security, api.schemes, client.credentials(), &parts.headers)?;
    // A timer is a future on the heap, which most calls have no use for.
    let pass = if Pass::is_provided(&chosen) {
        within_limits(client, parts.limits, started, Pass::obtain(client, chosen)).await?
    } else {
        Pass::obtain(client, chosen).await?
    };
    note(parts, &pass);
    let prepared = Prepared::new(parts, &pass)?;
    Ok((pass, prepared))
}

/// The result of asking providers, who have the time that the call has.
async fn within_limits<T>(
    client: &Client,
    limits: Limits,
    started: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let transport = client.transport();
    let limit = limits.left(transport.now().saturating_sub(started));
    let done = Clock::new(transport, limit).race(work).await;
    done.unwrap_or_else(|| {
        let limit = limit.unwrap_or_default();
        let message = format!("no credential within {limit:?}");
        Err(Error::new(ErrorKind::Timeout, message).worth_repeating(true))
    })
}

/// Keeps what providers gave out of all messages.
fn note(parts: &mut Parts, pass: &Pass<'_>) {
    for secret in pass.secrets() {
        if !parts.secrets.contains(secret) {
            parts.secrets.push(secret.clone());
        }
    }
}

/// A call on its way.
struct Run<'a> {
    parts: &'a mut Parts,
    watch: &'a mut Watch,
    exchange: Exchange<'a>,
    pass: Pass<'a>,
    machine: Machine,
    started: Duration,
    /// Whether a credential was refused already. A second one that is refused is no matter of its age.
    renewed: bool,
    /// How the last attempt failed.
    failure: Option<Error>,
}

impl Run<'_> {
    async fn finish(mut self) -> Result<(Answered, Option<Flow>), Error> {
        let mut event = Event::Start;
        loop {
            let shared = self.exchange.client.shared();
            let transport = self.exchange.client.transport();
            let now = transport.now();
            match self.machine.next(event, now, &shared.budget) {
                Step::Send { timeout } => match self.attempt(timeout).await {
                    Ended::Success(answered, body) => return Ok(self.succeeded(answered, body)),
                    Ended::Failure(error, outcome) => event = self.failed(error, outcome).await?,
                },
                Step::Sleep(wait) => {
                    transport.sleep(wait).await;
                    event = self.woke().await?;
                }
                Step::Done | Step::Expired => {
                    let limit = self.parts.limits.total;
                    let error = self.failure.take().unwrap_or_else(|| timed_out(limit));
                    return Err(finished(error, self.parts, Some(&self.machine)));
                }
            }
        }
    }

    async fn attempt(&mut self, timeout: Option<Duration>) -> Ended {
        let mut headers = HeaderMap::new();
        let attempt = self.watch.attempt(&mut headers);
        self.exchange.added = headers;
        let ended = self.exchange.run(timeout).await;
        attempt.end(&ended);
        ended
    }

    fn succeeded(
        mut self,
        mut answered: Answered,
        body: Option<ResponseBody>,
    ) -> (Answered, Option<Flow>) {
        let shared = self.exchange.client.shared();
        let outcome = Outcome::Final {
            applied: true,
            success: true,
        };
        let now = self.exchange.client.transport().now();
        let event = Event::Ended(outcome);
        self.machine.next(event, now, &shared.budget);
        answered.operation = self.parts.operation;
        answered.facts = facts(self.parts, Some(&self.machine));
        let flow = body.map(|body| flow(&answered, body, self.parts, &self.machine));
        (answered, flow)
    }

    /// What the machine is to be told of a failed attempt. A credential that the server refused gives way to another
    /// one once, if its provider has one.
    async fn failed(&mut self, error: Error, outcome: Outcome) -> Result<Event, Error> {
        self.failure = Some(error);
        let renews = !self.renewed && outcome.asks_for_credential() && self.pass.is_renewable();
        if renews {
            self.renewed = true;
            if self.renew(true).await? {
                return Ok(Event::Renewed);
            }
        }
        Ok(Event::Ended(outcome))
    }

    /// A wait can outlast a token.
    async fn woke(&mut self) -> Result<Event, Error> {
        if self.pass.is_stale() {
            self.renew(false).await?;
        }
        Ok(Event::Woke)
    }

    async fn renew(&mut self, refused: bool) -> Result<bool, Error> {
        let work = self.exchange.prepared.renew(&mut self.pass, refused);
        let client = self.exchange.client;
        let renewed = within_limits(client, self.parts.limits, self.started, work).await;
        note(self.parts, &self.pass);
        renewed.map_err(|problem| {
            let problem = match self.failure.take() {
                Some(answer) => problem.after(answer),
                None => problem,
            };
            finished(problem, self.parts, Some(&self.machine))
        })
    }
}

/// The body of an answer that the caller reads as it comes.
fn flow(answered: &Answered, body: ResponseBody, parts: &Parts, machine: &Machine) -> Flow {
    let limit = Limit {
        idle: parts.limits.idle,
        deadline: machine.deadline(),
        repeatable: machine.repeatable(),
    };
    Flow::new(answered.clone(), body, limit)
}

/// The error of a call that had no time left for another attempt.
pub(super) fn timed_out(limit: Option<Duration>) -> Error {
    let message = limit.map_or_else(String::new, |limit| format!("no answer within {limit:?}"));
    Error::new(ErrorKind::Timeout, message)
}

fn finished(error: Error, parts: &Parts, machine: Option<&Machine>) -> Error {
    let mut facts = facts(parts, machine);
    facts.retryable |= error.is_retryable();
    error
        .of_operation(parts.operation)
        .of_call(facts)
        .explained(parts.client.secrets())
}

fn facts(parts: &Parts, machine: Option<&Machine>) -> CallFacts {
    CallFacts {
        attempts: machine.map_or(0, Machine::attempts),
        retryable: machine.is_some_and(Machine::retryable),
        maybe_applied: machine.is_some_and(Machine::maybe_applied),
        idempotency_key: parts.idempotency_key.clone(),
        secrets: Secrets::of(&parts.secrets),
    }
}
