//! The callers of a soak: tasks and threads.

use std::error::Error as StdError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use specwright_runtime::transport::BoxFuture;
use specwright_runtime::{
    Api, BaseUrl, Call, Client, ClientBuilder, Credential, Error, ErrorKind, Method, Response,
    RetryPolicy, Scheme, Token, TokenProvider, record,
};

use super::attempts::Attempts;
use super::fault::Kind;
use super::ledger::Ledger;
use super::oracle::{ATTEMPT, Ending, Observed, RETRIES, TOTAL, judge};
use super::server::Server;
use super::tally::Tally;
use super::{BODY_LIMIT, CREDENTIAL};

static API: Api = Api {
    name: "soak",
    user_agent: "soak/1",
    request_id_headers: &[],
    schemes: &[Scheme::header("key", CREDENTIAL, "")],
    security: &[&["key"]],
};

/// The body of a response without a fault.
#[derive(Debug, Clone, PartialEq)]
struct Item {
    call: i64,
    name: String,
    sent: Option<i64>,
}

record!(Item { call: "call" required, name: "name" required, sent: "sent" });

/// A token provider that returns a new key each time.
#[derive(Debug)]
struct Keys(Arc<AtomicU64>);

impl TokenProvider for Keys {
    fn token(&self) -> BoxFuture<'_, Result<Token, Box<dyn StdError + Send + Sync>>> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move { Ok(Token::new(format!("key-{number}"))) })
    }
}

/// The state that all callers share.
#[derive(Debug)]
pub(super) struct Callers {
    seed: u64,
    client: Client,
    closed: String,
    ledger: Arc<Ledger>,
    next: AtomicU64,
    end: Instant,
    pub(super) keys: Arc<AtomicU64>,
    pub(super) attempts: Arc<Attempts>,
    tally: Mutex<Tally>,
}

impl Callers {
    pub(super) fn new(seed: u64, server: &Server, end: Instant) -> Result<Self, Error> {
        let keys = Arc::new(AtomicU64::new(0));
        let attempts = Arc::new(Attempts::default());
        let policy = RetryPolicy::default()
            .retries(u32::try_from(RETRIES).unwrap_or(u32::MAX))
            .backoff(Duration::from_millis(20), Duration::from_millis(200))
            .longest_retry_after(Duration::from_secs(5))
            .seed(seed);
        let client = ClientBuilder::new(&API, BaseUrl::described(server.base.clone()))
            .credential("key", Credential::provider(Keys(Arc::clone(&keys))))
            .timeout(ATTEMPT)
            .total_timeout(TOTAL)
            .body_limit(BODY_LIMIT)
            .retry(policy)
            .attempt_hook(Arc::clone(&attempts))
            .build()?;
        Ok(Self {
            seed,
            client,
            closed: server.closed.clone(),
            ledger: Arc::clone(&server.ledger),
            next: AtomicU64::new(0),
            end,
            keys,
            attempts,
            tally: Mutex::default(),
        })
    }

    /// Makes calls until the time is over.
    pub(super) async fn call(&self) {
        while Instant::now() < self.end {
            let (number, kind, call) = self.begin();
            let began = Instant::now();
            let result = call.send().await;
            self.close(number, kind, began.elapsed(), &result);
        }
    }

    /// Makes calls on this thread until the time is over.
    pub(super) fn call_blocking(&self) {
        while Instant::now() < self.end {
            let (number, kind, call) = self.begin();
            let began = Instant::now();
            let result = call.send_blocking();
            self.close(number, kind, began.elapsed(), &result);
        }
    }

    /// Records a broken promise that is not about a single call.
    pub(super) fn broke(&self, why: String) {
        self.tally
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .broke(why);
    }

    /// Drops the client and returns the counts of all calls.
    pub(super) fn finish(self) -> Tally {
        self.tally
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) -> (u64, Kind, Call<Item>) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let kind = Kind::of(self.seed, number);
        let (method, operation) = match kind {
            Kind::Get | Kind::Refused => (Method::GET, "calls.get"),
            Kind::Put => (Method::PUT, "calls.put"),
            Kind::Post | Kind::Keyed => (Method::POST, "calls.create"),
        };
        let request = self.client.call(operation, method, "/calls/{call}");
        let request = request.path("call", number).query("from", &"soak");
        let call = match kind {
            Kind::Get => request.json(),
            Kind::Refused => request.server(self.closed.clone()).json(),
            Kind::Put | Kind::Post | Kind::Keyed => {
                request.property("call", &signed(number)).json()
            }
        };
        let call = match kind {
            Kind::Keyed => call.with_idempotency_key(format!("call-{number}")),
            _ => call,
        };
        (number, kind, call)
    }

    /// Judges a call that has ended.
    fn close(
        &self,
        number: u64,
        kind: Kind,
        elapsed: Duration,
        result: &Result<Response<Item>, Error>,
    ) {
        let account = self
            .ledger
            .close(number, |attempt| self.attempts.timed_out(attempt));
        let observed = observed(number, kind, elapsed, result);
        let verdict = judge(observed, &account);
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.add(&observed, &account);
        if let Err(why) = verdict {
            let seen = match result {
                Ok(response) => response.status().to_string(),
                Err(error) => error.to_string(),
            };
            tally.broke(format!(
                "call {number} of seed {}: {why}\n  {kind:?}, {seen}\n  {account:?}",
                self.seed
            ));
        }
    }
}

/// Converts the number of a call, which always fits.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn observed(
    number: u64,
    kind: Kind,
    elapsed: Duration,
    result: &Result<Response<Item>, Error>,
) -> Observed {
    match result {
        Ok(response) => Observed {
            kind,
            ending: Ending::Value {
                own: is_own(number, kind, response),
                status: response.status().as_u16(),
            },
            attempts: response.attempts() as usize,
            elapsed,
            maybe_applied: true,
            retry_after: None,
        },
        Err(error) => Observed {
            kind,
            ending: ending(error),
            attempts: error.attempts() as usize,
            elapsed,
            maybe_applied: error.maybe_applied(),
            retry_after: error.retry_after(),
        },
    }
}

/// Whether the response belongs to this call, with all its headers.
fn is_own(number: u64, kind: Kind, response: &Response<Item>) -> bool {
    let item = response.value();
    let sent = (kind.writes() && response.status() == 201).then(|| signed(number));
    let parts = response.headers().get_all("x-part").iter().count();
    let observed = response
        .headers()
        .get("x-parts")
        .map_or("0", |parts| parts.to_str().unwrap_or("0"));
    item.call == signed(number)
        && item.name == format!("call {number}")
        && item.sent == sent
        && observed == parts.to_string()
}

fn ending(error: &Error) -> Ending {
    let status = error.status().map_or(0, |status| status.as_u16());
    match error.kind() {
        ErrorKind::Status => Ending::Status(status),
        ErrorKind::Decode => Ending::Decode {
            status,
            kept: !error.body().is_empty(),
        },
        ErrorKind::Redirect => Ending::Redirect,
        ErrorKind::BodyTooLarge => Ending::TooLarge,
        ErrorKind::Io => Ending::Broken,
        ErrorKind::Connect => Ending::NoConnection,
        ErrorKind::Timeout => Ending::TimedOut,
        _ => Ending::Other,
    }
}
