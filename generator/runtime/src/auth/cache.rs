//! Caches the credential of a provider, and asks the provider once for all calls that wait.

use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use super::flight::{Flight, Waiter, locked};
use super::provider::{Token, TokenProvider};
use super::wire::WireCredential;
use super::{Scheme, TokenEndpoint};
use crate::error::{BoxError, Error, ErrorKind, ProgramFailure};
use crate::transport::{BoxFuture, Transport};

/// The maximum time before its expiry from which a token is not used for new calls.
const MARGIN: Duration = Duration::from_secs(60);

/// The credential of one security scheme, obtained from its provider.
pub(super) struct Cache {
    scheme: &'static Scheme,
    provider: Arc<Provider>,
    /// Used only for its clock, which blocking calls share.
    clock: Arc<dyn Transport>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    grant: Option<Grant>,
    /// The number of credentials obtained so far.
    count: u64,
    /// The pending request for a credential, which exists as long as a call waits for it. Blocking calls have one of
    /// their own, because a future that a runtime drives cannot be polled outside of it.
    flights: [Weak<Flight<GrantResult>>; 2],
    /// The last request of an exclusive provider, which the next call continues if all others are gone.
    begun: Option<Arc<Flight<GrantResult>>>,
}

/// The source of credentials.
pub(super) enum Provider {
    Custom(Arc<dyn TokenProvider>),
    Endpoint(Box<dyn TokenEndpoint>),
}

impl Provider {
    async fn token(&self, blocks: bool) -> Result<Token, BoxError> {
        match self {
            Self::Custom(provider) => provider.token().await,
            Self::Endpoint(endpoint) => Ok(endpoint.token(blocks).await?),
        }
    }

    /// Whether two requests must not be made at the same time, and one that was started must not be cancelled.
    fn is_exclusive(&self) -> bool {
        matches!(self, Self::Endpoint(endpoint) if endpoint.is_exclusive())
    }
}

type GrantResult = Result<Grant, ProgramFailure>;

/// A credential from a provider.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) credential: Arc<WireCredential>,
    number: u64,
    /// When it is renewed, and when it expires.
    ends: Option<(Duration, Duration)>,
}

impl Grant {
    fn is_fresh(&self, now: Duration) -> bool {
        self.ends.is_none_or(|(stale, _)| now < stale)
    }

    fn is_usable(&self, now: Duration) -> bool {
        self.ends.is_none_or(|(_, end)| now < end)
    }
}

impl Cache {
    pub(super) fn new(
        scheme: &'static Scheme,
        provider: Provider,
        clock: Arc<dyn Transport>,
    ) -> Result<Arc<Self>, Error> {
        let first = match &provider {
            Provider::Endpoint(endpoint) => endpoint.first(),
            Provider::Custom(_) => None,
        };
        let cache = Self {
            scheme,
            provider: Arc::new(provider),
            clock,
            state: Mutex::default(),
        };
        if let Some(token) = first {
            cache.keep(&token, cache.clock.now())?;
        }
        Ok(Arc::new(cache))
    }

    /// Returns the cached credential, or requests one if there is none.
    pub(super) async fn grant(self: &Arc<Self>, blocks: bool) -> Result<Grant, Error> {
        match self.newer_than(None, blocks).await {
            Ok(grant) => Ok(grant),
            // A credential that expires soon is better than none.
            Err(failure) => self
                .usable()
                .ok_or_else(|| failure.into_error(ErrorKind::Auth)),
        }
    }

    /// Returns a credential that replaces a rejected one.
    pub(super) async fn renewed(
        self: &Arc<Self>,
        blocks: bool,
        refused: &Grant,
    ) -> Result<Grant, Error> {
        let renewed = self.newer_than(Some(refused.number), blocks).await;
        renewed.map_err(|failure| failure.into_error(ErrorKind::Auth))
    }

    /// Whether `grant` has to be checked again before it is sent.
    pub(super) fn is_stale(&self, grant: &Grant) -> bool {
        !grant.is_fresh(self.clock.now())
    }

    fn usable(&self) -> Option<Grant> {
        let now = self.clock.now();
        let grant = locked(&self.state).grant.clone();
        grant.filter(|grant| grant.is_usable(now))
    }

    async fn newer_than(self: &Arc<Self>, refused: Option<u64>, blocks: bool) -> GrantResult {
        loop {
            let flight = match self.find(refused, blocks) {
                Ok(grant) => return Ok(grant),
                Err(flight) => flight,
            };
            if let Some(granted) = Waiter::new(flight).await {
                return granted;
            }
        }
    }

    /// Returns the cached credential, or the request to wait for.
    fn find(
        self: &Arc<Self>,
        refused: Option<u64>,
        blocks: bool,
    ) -> Result<Grant, Arc<Flight<GrantResult>>> {
        let now = self.clock.now();
        let mut state = locked(&self.state);
        let fits = |grant: &&Grant| {
            grant.is_fresh(now) && refused.is_none_or(|refused| grant.number > refused)
        };
        if let Some(grant) = state.grant.as_ref().filter(fits) {
            return Ok(grant.clone());
        }
        // Over the transport of blocking calls, which needs no runtime, so that blocking and async calls can share the
        // request.
        let exclusive = self.provider.is_exclusive();
        let blocks = blocks || exclusive;
        let on_its_way = state.flights[usize::from(blocks)].upgrade();
        let flight = on_its_way.filter(|flight| !flight.is_over());
        Err(flight.unwrap_or_else(|| {
            let flight = Flight::new(self.ask(blocks, now));
            state.flights[usize::from(blocks)] = Arc::downgrade(&flight);
            state.begun = exclusive.then(|| Arc::clone(&flight));
            flight
        }))
    }

    /// Requests a credential. The future only has a weak reference to the cache, because the cache may own the future.
    fn ask(self: &Arc<Self>, blocks: bool, asked: Duration) -> BoxFuture<'static, GrantResult> {
        let (scheme, provider) = (self.scheme, Arc::clone(&self.provider));
        let cache = Arc::downgrade(self);
        Box::pin(async move {
            let failure = |cause: BoxError| {
                let what = format!("the provider of `{}` failed", scheme.name());
                ProgramFailure::new(&what, cause)
            };
            let token = provider.token(blocks).await.map_err(failure)?;
            // Every waiter of the future holds the cache, so it is only gone if the client is.
            let cache = cache
                .upgrade()
                .ok_or_else(|| failure("the client is gone".into()))?;
            cache
                .keep(&token, asked)
                .map_err(|error| failure(error.into()))
        })
    }

    fn keep(&self, token: &Token, asked: Duration) -> Result<Grant, Error> {
        let credential = Arc::new(WireCredential::new(self.scheme, &token.credential)?);
        let ends = token.lifetime.map(|lifetime| {
            let end = asked.saturating_add(lifetime);
            (end.saturating_sub(MARGIN.min(lifetime / 5)), end)
        });
        let mut state = locked(&self.state);
        state.count += 1;
        let grant = Grant {
            credential,
            number: state.count,
            ends,
        };
        state.grant = Some(grant.clone());
        Ok(grant)
    }
}
