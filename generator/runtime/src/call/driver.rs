//! Runs a call: asks the machine what to do, and does it.

use std::time::Duration;

use http::HeaderMap;

use super::Request;
use super::answer::{Answered, Flow};
use super::exchange::{Ended, Exchange};
use super::prepared::Prepared;
use super::request::Parts;
use crate::client::Shared;
use crate::error::{CallFacts, Error, ErrorKind, Secrets};
use crate::retry::{Event, Machine, Outcome, Step};
use crate::stream::Limit;
use crate::transport::ResponseBody;

/// Makes a call with all its attempts. `lists` tells which statuses beyond 2xx are successes, `streams` which of their
/// bodies are left to be read by the caller.
pub(super) async fn drive(
    mut request: Request,
    lists: fn(u16) -> bool,
    streams: fn(u16, &HeaderMap) -> bool,
) -> Result<(Answered, Option<Flow>), Error> {
    let parts = &mut *request.0;
    let client = parts.client.clone();
    let shared = client.shared();
    match Prepared::new(parts) {
        Ok(prepared) => {
            let exchange = Exchange {
                client: &client,
                prepared: &prepared,
                lists,
                streams,
                download: parts.download.as_ref(),
                verdict: parts.retry.as_ref().unwrap_or(&shared.retry).verdict(),
            };
            run(parts, &exchange).await
        }
        Err(error) => Err(finished(error, parts, shared, None)),
    }
}

async fn run(parts: &Parts, exchange: &Exchange<'_>) -> Result<(Answered, Option<Flow>), Error> {
    let shared = exchange.client.shared();
    let policy = parts.retry.as_ref().unwrap_or(&shared.retry);
    let transport = exchange.client.transport();
    let mut machine = Machine::new(
        policy.clone(),
        &parts.method,
        parts.idempotency_key.is_some(),
        parts.limits,
        transport.now(),
        shared.random(policy),
    );
    let mut failure = None;
    let mut event = Event::Start;
    loop {
        match machine.next(event, transport.now(), &shared.budget) {
            Step::Send { timeout } => match exchange.run(timeout).await {
                Ended::Success(mut answered, body) => {
                    let outcome = Outcome::Final {
                        applied: true,
                        success: true,
                    };
                    machine.next(Event::Ended(outcome), transport.now(), &shared.budget);
                    answered.operation = parts.operation;
                    answered.facts = facts(parts, Some(&machine));
                    let flow = body.map(|body| flow(&answered, body, parts, &machine));
                    return Ok((answered, flow));
                }
                Ended::Failure(error, outcome) => {
                    failure = Some(error);
                    event = Event::Ended(outcome);
                }
            },
            Step::Sleep(wait) => {
                transport.sleep(wait).await;
                event = Event::Woke;
            }
            Step::Done | Step::Expired => {
                let error = failure.unwrap_or_else(|| timed_out(parts.limits.total));
                return Err(finished(error, parts, shared, Some(&machine)));
            }
        }
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

fn finished(error: Error, parts: &Parts, shared: &Shared, machine: Option<&Machine>) -> Error {
    error
        .of_operation(parts.operation)
        .of_call(facts(parts, machine))
        .explained(shared.secrets())
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
