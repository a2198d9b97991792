//! Runs a call: asks the machine what to do, and does it.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use http::HeaderName;

use super::Request;
use super::answer::{Answered, Flow, Successes};
use super::clock::Clock;
use super::exchange::{Ended, Exchange};
use super::key;
use super::prepared::prepare;
use super::request::Parts;
use super::watch::Watch;
use crate::auth::{self, Chosen, Pass};
use crate::client::Client;
use crate::error::{CallFacts, Error, ErrorKind, Secrets};
use crate::retry::{Event, Limits, Machine, Outcome, Step};
use crate::stream::Limit;
use crate::transport::ResponseBody;

/// What came of a call, and who has to be told when it is read.
pub(super) struct Driven {
    pub(super) result: Result<Succeeded, Error>,
    pub(super) watch: Watch,
}

/// The answer, and its body where that is read as it comes.
type Succeeded = (Box<Answered>, Option<Box<Flow>>);

/// Makes a call with all its attempts.
pub(super) async fn drive(mut request: Request, successes: Successes) -> Driven {
    let parts = &mut *request.0;
    if let Err(problem) = key::add(parts) {
        parts.problem.get_or_insert(problem);
    }
    let mut watch = Watch::start(parts);
    let span = watch.span.clone();
    let result = {
        // Pinned before it is handed on: a future that moves takes its room twice.
        let work = pin!(run(parts, &mut watch, successes));
        span.within(work).await
    };
    Driven { result, watch }
}

async fn run(
    parts: &mut Parts,
    watch: &mut Watch,
    successes: Successes,
) -> Result<Succeeded, Error> {
    let client = parts.client.clone();
    let started = client.transport().now();
    let pass = match chosen(parts, &client) {
        Ok(chosen) if Pass::is_provided(&chosen) => {
            // What most calls do not do takes no room in their futures.
            let obtained = Pass::obtain(&client, chosen);
            Box::pin(within_limits(&client, parts.limits, started, obtained)).await
        }
        chosen => chosen.map(|chosen| Pass::held(&client, chosen)),
    };
    let pass = match pass.and_then(|pass| completed(parts, &client, pass)) {
        Ok(pass) => pass,
        Err(error) => return Err(finished(error, parts, None)),
    };
    watch.sends_to(&parts.prepared.uri);
    let own = parts.retry.take();
    let policy = own.as_deref().unwrap_or(&client.shared().retry);
    let machine = Machine::new(
        policy,
        &parts.prepared.method,
        parts.repeatable || parts.idempotency_key.is_some(),
        parts.limits,
        started,
        client.shared().random(policy),
    );
    let mut run = Run {
        client: &client,
        parts,
        watch,
        successes,
        verdict: policy.verdict(),
        pass,
        machine,
        started,
        renewed: false,
        failure: None,
    };
    run.finish().await
}

/// The credentials that the operation takes.
fn chosen<'c>(parts: &mut Parts, client: &'c Client) -> Result<Chosen<'c>, Error> {
    if let Some(problem) = parts.problem.take() {
        return Err(problem);
    }
    let api = client.shared().api;
    let security = parts.security.unwrap_or(api.security);
    let headers = &parts.prepared.headers;
    auth::choose(security, api.schemes, client.credentials(), headers)
}

/// Puts the request together with its credentials.
fn completed<'c>(parts: &mut Parts, client: &Client, pass: Pass<'c>) -> Result<Pass<'c>, Error> {
    note(parts, &pass);
    prepare(parts, client.shared(), &pass)?;
    Ok(pass)
}

/// The result of asking providers, who have the time that the call has.
async fn within_limits<T>(
    client: &Client,
    limits: Limits,
    started: Duration,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let transport = client.transport();
    let now = transport.now();
    let limit = limits.left(now.saturating_sub(started));
    let mut work = pin!(work);
    let mut clock = Clock::new(transport, limit, now);
    let done = clock.race(|context| work.as_mut().poll(context)).await;
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
    client: &'a Client,
    parts: &'a mut Parts,
    watch: &'a mut Watch,
    successes: Successes,
    verdict: Option<&'a HeaderName>,
    pass: Pass<'a>,
    machine: Machine<'a>,
    started: Duration,
    /// Whether a credential was refused already. A second one that is refused is no matter of its age.
    renewed: bool,
    /// How the last attempt failed.
    failure: Option<Error>,
}

impl Run<'_> {
    async fn finish(&mut self) -> Result<Succeeded, Error> {
        let mut event = Event::Start;
        loop {
            let shared = self.client.shared();
            let transport = self.client.transport();
            let now = match event {
                // Nobody has been waited for.
                Event::Start if !self.pass.is_renewable() => self.started,
                _ => transport.now(),
            };
            match self.machine.next(event, now, &shared.budget) {
                Step::Send { timeout } => {
                    let mut clock = Clock::new(transport, timeout, now);
                    let exchange = Exchange {
                        parts: self.parts,
                        successes: self.successes,
                        verdict: self.verdict,
                    };
                    let attempt = self.watch.attempt();
                    let ended = exchange.run(attempt.added(), &mut clock).await;
                    attempt.end(&ended);
                    // Nothing of a whole answer is kept while a credential is renewed.
                    match self.settled(ended) {
                        Ok(succeeded) => return Ok(succeeded),
                        Err(outcome) => event = self.failed(outcome).await?,
                    }
                }
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

    /// The result of a call that succeeded; how the attempt failed otherwise.
    fn settled(&mut self, ended: Ended) -> Result<Succeeded, Outcome> {
        match ended {
            Ended::Success(answered, body) => Ok(self.succeeded(answered, body)),
            Ended::Failure(error, outcome) => {
                self.failure = Some(error);
                Err(outcome)
            }
        }
    }

    fn succeeded(&mut self, mut answered: Box<Answered>, body: Option<ResponseBody>) -> Succeeded {
        let shared = self.client.shared();
        let event = Event::Ended(Outcome::Final {
            applied: true,
            success: true,
        });
        // A success ends the call whatever the time is.
        self.machine.next(event, self.started, &shared.budget);
        answered.facts = facts(self.parts, Some(&self.machine));
        let flow = body.map(|body| flow(&answered, body, self.parts, &self.machine));
        (answered, flow.map(Box::new))
    }

    /// What the machine is to be told of a failed attempt. A credential that the server refused gives way to another
    /// one once, if its provider has one.
    async fn failed(&mut self, outcome: Outcome) -> Result<Event, Error> {
        let renews = !self.renewed && outcome.asks_for_credential() && self.pass.is_renewable();
        if renews {
            self.renewed = true;
            if Box::pin(self.renew(true)).await? {
                return Ok(Event::Renewed);
            }
        }
        Ok(Event::Ended(outcome))
    }

    /// A wait can outlast a token.
    async fn woke(&mut self) -> Result<Event, Error> {
        if self.pass.is_stale() {
            Box::pin(self.renew(false)).await?;
        }
        Ok(Event::Woke)
    }

    async fn renew(&mut self, refused: bool) -> Result<bool, Error> {
        let work = self.parts.prepared.renew(&mut self.pass, refused);
        let limits = self.parts.limits;
        let renewed = within_limits(self.client, limits, self.started, work).await;
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
fn flow(answered: &Answered, body: ResponseBody, parts: &Parts, machine: &Machine<'_>) -> Flow {
    let limit = Limit {
        idle: parts.limits.idle,
        deadline: machine.deadline(),
        repeatable: machine.repeatable(),
    };
    Flow::new(Box::new(answered.clone()), body, limit)
}

/// The error of a call that had no time left for another attempt.
#[cold]
pub(super) fn timed_out(limit: Option<Duration>) -> Error {
    let message = limit.map_or_else(String::new, |limit| format!("no answer within {limit:?}"));
    Error::new(ErrorKind::Timeout, message)
}

#[cold]
fn finished(error: Error, parts: &Parts, machine: Option<&Machine<'_>>) -> Error {
    let mut facts = facts(parts, machine);
    facts.retryable |= error.is_retryable();
    error
        .of_operation(parts.operation)
        .of_call(facts)
        .explained(parts.client.secrets())
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
