//! Caches the credential of a provider, and asks the provider once for all calls that wait.

use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use super::flight::{Flight, Waiter, locked};
use super::provider::{Token, TokenProvider};
use super::wire::WireCredential;
use super::{Scheme, TokenEndpoint};
use crate::error::{BoxError, Error, ErrorKind, ProgramFailure};
use crate::transport::Transport;

/// The maximum time before its expiry from which a token is not used for new calls.
const MARGIN: Duration = Duration::from_secs(60);

/// The credential of one security scheme, obtained from its provider.
pub(super) struct Cache {
    scheme: &'static Scheme,
    provider: Provider,
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
    ) -> Arc<Self> {
        Arc::new(Self {
            scheme,
            provider,
            clock,
            state: Mutex::default(),
        })
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
        let on_its_way = state.flights[usize::from(blocks)].upgrade();
        let flight = on_its_way.filter(|flight| !flight.is_over());
        Err(flight.unwrap_or_else(|| {
            let cache = self.clone();
            let flight = Flight::new(Box::pin(async move { cache.ask(blocks).await }));
            state.flights[usize::from(blocks)] = Arc::downgrade(&flight);
            flight
        }))
    }

    async fn ask(&self, blocks: bool) -> GrantResult {
        let asked = self.clock.now();
        let token = self.provider.token(blocks).await;
        let token = token.map_err(|cause| self.failure(cause))?;
        self.keep(&token, asked)
            .map_err(|error| self.failure(error.into()))
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

    fn failure(&self, cause: BoxError) -> ProgramFailure {
        let what = format!("the provider of `{}` failed", self.scheme.name());
        ProgramFailure::new(&what, cause)
    }
}
