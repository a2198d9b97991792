//! Credentials from providers: obtained, cached and renewed.

mod exchange;
mod refresh;
mod renewal;

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use super::*;
use crate::transport::{BoxFuture, HttpRequest, ResponseFuture, Transport};
use crate::{Token, TokenProvider};

type TokenResult = Result<Token, Box<dyn StdError + Send + Sync>>;

/// A provider of `token-1`, `token-2` …, once its gate is open.
#[derive(Debug, Clone, Default)]
struct Numbered(Arc<Desk>);

#[derive(Debug, Default)]
struct Desk {
    asked: AtomicUsize,
    lifetime: Option<Duration>,
    gate: Mutex<Gate>,
}

#[derive(Debug, Default)]
struct Gate {
    closed: bool,
    waiting: Vec<Waker>,
}

impl Numbered {
    fn expiring(lifetime: Duration) -> Self {
        Self(Arc::new(Desk {
            lifetime: Some(lifetime),
            ..Desk::default()
        }))
    }

    fn closed() -> Self {
        let this = Self::default();
        this.0.gate.lock().unwrap().closed = true;
        this
    }

    fn open(&self) {
        let mut gate = self.0.gate.lock().unwrap();
        gate.closed = false;
        gate.waiting.drain(..).for_each(Waker::wake);
    }

    /// Waits until the gate is open.
    async fn pass(&self) {
        poll_fn(|context| {
            let mut gate = self.0.gate.lock().unwrap();
            if gate.closed {
                gate.waiting.push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
    }

    fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }
}

impl TokenProvider for Numbered {
    fn token(&self) -> BoxFuture<'_, TokenResult> {
        Box::pin(async move {
            let number = self.0.asked.fetch_add(1, Ordering::SeqCst) + 1;
            self.pass().await;
            let token = Token::new(format!("token-{number}"));
            Ok(match self.0.lifetime {
                Some(lifetime) => token.expires_in(lifetime),
                None => token,
            })
        })
    }
}

/// A provider that returns queued results.
struct Queued(Mutex<VecDeque<TokenResult>>);

impl Queued {
    fn of(tokens: impl IntoIterator<Item = TokenResult>) -> Credential {
        Credential::provider(Self(Mutex::new(tokens.into_iter().collect())))
    }
}

impl TokenProvider for Queued {
    fn token(&self) -> BoxFuture<'_, TokenResult> {
        let token = self.0.lock().unwrap().pop_front();
        Box::pin(async move { token.expect("the provider was asked once too often") })
    }
}

/// A transport whose clock stands still, so that waiting for other threads takes no time of a call.
#[derive(Debug)]
struct Still(TestTransport);

impl Transport for Still {
    fn send(&self, request: HttpRequest, timeout: Option<Duration>) -> ResponseFuture<'_> {
        self.0.send(request, timeout)
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

fn with(server: &TestTransport, credential: Credential) -> Client {
    builder(server)
        .credential("own", credential)
        .build()
        .unwrap()
}

fn still(server: &TestTransport, provider: impl TokenProvider) -> Client {
    let builder = builder(server).credential("own", Credential::provider(provider));
    builder.transport(Still(server.clone())).build().unwrap()
}

fn sent(server: &TestTransport) -> Vec<String> {
    let requests = server.requests();
    let tokens = requests
        .iter()
        .map(|request| request.header("authentication").unwrap_or("none"));
    tokens.map(str::to_owned).collect()
}

#[test]
fn a_token_is_fetched_once_and_again_before_it_expires() {
    let server = TestTransport::new();
    let provider = Numbered::expiring(100 * SECOND);
    let client = with(&server, Credential::provider(provider.clone()));
    for delay in [0, 79, 1, 0] {
        server.respond(TestResponse::json("1").after(delay * SECOND));
        assert_eq!(
            block_on(
                get(&client.clone())
                    .json::<i64>()
                    .with_timeout(200 * SECOND)
            )
            .unwrap(),
            1
        );
    }
    // The token is obtained at 0 s, and again at 80 s, when a fifth of its lifetime is left.
    assert_eq!(
        sent(&server),
        [
            "Bearer token-1",
            "Bearer token-1",
            "Bearer token-1",
            "Bearer token-2"
        ]
    );
    assert_eq!(provider.asked(), 2);
}

#[test]
fn a_token_without_a_lifetime_is_kept() {
    let server = TestTransport::new();
    let provider = Numbered::default();
    let client = with(&server, Credential::provider(provider.clone()));
    for _ in 0..3 {
        server.respond(TestResponse::json("1").after(SECOND));
        json(get(&client).json()).unwrap();
    }
    assert_eq!(provider.asked(), 1);
}

/// Runs all futures to their ends. Each is woken separately, like a task.
fn run_all<F: Future + Unpin>(mut futures: Vec<F>) -> Vec<F::Output> {
    struct Count(AtomicUsize, thread::Thread);
    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
            self.1.unpark();
        }
    }
    let counts: Vec<_> = futures
        .iter()
        .map(|_| Arc::new(Count(AtomicUsize::new(1), thread::current())))
        .collect();
    let mut outputs: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    while outputs.iter().any(Option::is_none) {
        let mut idle = true;
        for (index, future) in futures.iter_mut().enumerate() {
            if outputs[index].is_some() || counts[index].0.swap(0, Ordering::SeqCst) == 0 {
                continue;
            }
            idle = false;
            let waker = Waker::from(counts[index].clone());
            if let Poll::Ready(output) = Pin::new(future).poll(&mut Context::from_waker(&waker)) {
                outputs[index] = Some(output);
            }
        }
        if idle {
            thread::park_timeout(SECOND);
        }
    }
    outputs.into_iter().flatten().collect()
}

#[test]
fn a_hundred_calls_ask_once_and_survive_the_first() {
    let server = TestTransport::new();
    let provider = Numbered::closed();
    let client = still(&server, provider.clone());
    let mut calls: Vec<_> = (0..100)
        .map(|_| get(&client).json::<i64>().into_future())
        .collect();
    let mut context = Context::from_waker(Waker::noop());
    for call in &mut calls {
        assert!(Pin::new(call).poll(&mut context).is_pending());
    }
    assert_eq!((provider.asked(), server.requests().len()), (1, 0));
    drop(calls.remove(0));
    drop(calls.remove(50));
    for _ in &calls {
        server.respond(TestResponse::json("1"));
    }
    let opener = provider.clone();
    let opener = thread::spawn(move || {
        thread::sleep(Duration::from_millis(20));
        opener.open();
    });
    let results = run_all(calls);
    opener.join().unwrap();
    assert_eq!(results.len(), 98);
    assert!(results.iter().all(|result| matches!(result, Ok(1))));
    assert_eq!(provider.asked(), 1);
}

#[test]
fn after_all_waiting_calls_are_dropped_the_next_call_gets_a_new_token() {
    let server = TestTransport::new();
    let provider = Numbered::closed();
    let client = with(&server, Credential::provider(provider.clone()));
    let mut waiting = get(&client).json::<i64>().into_future();
    let mut context = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut waiting).poll(&mut context).is_pending());
    drop(waiting);
    provider.open();
    server.respond(TestResponse::json("1"));
    json(get(&client).json()).unwrap();
    assert_eq!(sent(&server), ["Bearer token-2"]);
}

#[test]
fn threads_that_block_share_a_fetch() {
    let server = TestTransport::new();
    let provider = Numbered::closed();
    let client = still(&server, provider.clone());
    (0..8).for_each(|_| server.respond(TestResponse::json("1")));
    thread::scope(|scope| {
        let calls: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| block_on(get(&client).json::<i64>())))
            .collect();
        thread::sleep(Duration::from_millis(20));
        provider.open();
        for call in calls {
            assert_eq!(call.join().unwrap().unwrap(), 1);
        }
    });
    assert_eq!(provider.asked(), 1);
}

/// A future that an async call polls can depend on its runtime, which a blocking thread does not have.
#[test]
fn a_blocking_call_polls_nothing_that_an_async_one_began() {
    let server = TestTransport::new();
    let provider = Numbered::closed();
    let client = still(&server, provider.clone());
    (0..3).for_each(|_| server.respond(TestResponse::json("1")));
    let mut waiting = get(&client).json::<i64>().into_future();
    let mut context = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut waiting).poll(&mut context).is_pending());
    thread::scope(|scope| {
        let blocking = scope.spawn(|| get(&client).json::<i64>().send_blocking());
        thread::sleep(Duration::from_millis(20));
        provider.open();
        assert_eq!(blocking.join().unwrap().unwrap().into_value(), 1);
    });
    assert_eq!(provider.asked(), 2);
    assert_eq!(block_on(waiting).unwrap(), 1);
    // The credential that one call obtained is used by both.
    assert_eq!(
        get(&client)
            .json::<i64>()
            .send_blocking()
            .unwrap()
            .into_value(),
        1
    );
    assert_eq!(provider.asked(), 2);
}

#[test]
fn a_provider_that_panics_takes_nobody_along() {
    struct Panics(AtomicUsize, Arc<Desk>);
    impl TokenProvider for Panics {
        fn token(&self) -> BoxFuture<'_, TokenResult> {
            let first = self.0.fetch_add(1, Ordering::SeqCst) == 0;
            let desk = Numbered(self.1.clone());
            Box::pin(async move {
                let token = desk.token().await;
                assert!(!first, "the first fetch panics");
                token
            })
        }
    }
    let gate = Numbered::closed();
    let server = TestTransport::new();
    let provider = Panics(AtomicUsize::new(0), gate.0.clone());
    let client = still(&server, provider);
    server.respond(TestResponse::json("1"));
    let mut first = Box::pin(get(&client).json::<i64>().into_future());
    let mut second = Box::pin(get(&client).json::<i64>().into_future());
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    assert!(second.as_mut().poll(&mut context).is_pending());
    gate.open();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        first.as_mut().poll(&mut context)
    }));
    assert!(panicked.is_err());
    assert_eq!(block_on(second).unwrap(), 1);
}

#[test]
fn a_provider_that_fails_is_named_and_not_quoted() {
    let server = TestTransport::new();
    let failing = || Err("refresh token hunter2 is no good".into());
    let client = with(&server, Queued::of([failing()]));
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert_eq!(
        error.to_string(),
        "things.get: a credential is missing: the provider of `own` failed"
    );
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    let cause = error.source().and_then(StdError::source).unwrap();
    assert_eq!(cause.to_string(), "refresh token hunter2 is no good");
    assert!(server.requests().is_empty());

    let bad = Queued::of([Ok(Token::new("hunter2\n"))]);
    let error = json(get(&with(&server, bad)).json())
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with("the credential for `own` has a line break or another control character")
    );
    assert!(!error.contains("hunter2"));

    let client = with(
        &server,
        Queued::of([Ok(Token::new("first-token")), failing()]),
    );
    server.respond(
        TestResponse::status(401)
            .header("x-own-id", "r1")
            .body("text/plain", "no"),
    );
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "things.get: 401 Unauthorized: a credential is missing: the provider of `own` failed (request id r1, 1 attempt)"
    );
    assert_eq!(
        (error.kind(), &error.body()[..]),
        (ErrorKind::Auth, &b"no"[..])
    );
}

#[test]
fn a_token_that_is_about_to_end_is_better_than_none() {
    let server = TestTransport::new();
    let first = Token::new("first-token").expires_in(100 * SECOND);
    let failing = || Err("down".into());
    let client = with(&server, Queued::of([Ok(first), failing(), failing()]));
    for delay in [90, 10] {
        server.respond(TestResponse::json("1").after(delay * SECOND));
        block_on(get(&client).json::<i64>().with_timeout(100 * SECOND)).unwrap();
    }
    let error = json(get(&client).json()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
}

#[test]
fn a_provider_that_hangs_does_not_hang_the_call() {
    let server = TestTransport::new();
    let client = with(&server, Credential::provider(Numbered::closed()));
    let call = get(&client).json::<i64>().with_total_timeout(5 * SECOND);
    let error = block_on(call).unwrap_err();
    assert!(error.is_timeout() && error.is_retryable() && !error.maybe_applied());
    assert_eq!(
        error.to_string(),
        "things.get: timed out: no credential was obtained within 5s"
    );
    assert_eq!(server.elapsed(), 5 * SECOND);
}
