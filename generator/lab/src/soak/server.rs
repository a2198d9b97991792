//! The server of a soak, and the foreign origin, which only a GET without credentials can reach.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::sleep;

use super::fault::{Fault, stillborn};
use super::ledger::Ledger;
use super::wire::{self, Request};

/// The counts of the server.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) accepted: AtomicU64,
    pub(super) open: AtomicU64,
    pub(super) most: AtomicU64,
    /// The number of connections that the server made unusable.
    pub(super) spoiled: AtomicU64,
    pub(super) refused: AtomicU64,
    /// The number of requests to the foreign origin that contained a part of a call, or were not a GET.
    pub(super) foreign: AtomicU64,
}

/// The addresses and the records of the server.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) base: String,
    /// A base URL without a server.
    pub(super) closed: String,
    pub(super) ledger: Arc<Ledger>,
    pub(super) counts: Arc<Counts>,
    /// Keeps the port of `closed`.
    _reserved: TcpSocket,
}

/// The state that the tasks of connections share.
#[derive(Debug)]
struct Shared {
    seed: u64,
    foreign: String,
    ledger: Arc<Ledger>,
    counts: Arc<Counts>,
}

/// A connection that is counted while it is open.
struct Open(Arc<Shared>);

impl Server {
    /// Starts both origins on this runtime.
    pub(super) async fn start(seed: u64) -> io::Result<Self> {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = TcpListener::bind(any).await?;
        let foreign = TcpListener::bind(any).await?;
        let reserved = TcpSocket::new_v4()?;
        reserved.bind(any)?;
        let shared = Arc::new(Shared {
            seed,
            foreign: format!("http://{}", foreign.local_addr()?),
            ledger: Arc::new(Ledger::new(seed)),
            counts: Arc::default(),
        });
        let server = Self {
            base: format!("http://{}", listener.local_addr()?),
            closed: format!("http://{}", reserved.local_addr()?),
            ledger: Arc::clone(&shared.ledger),
            counts: Arc::clone(&shared.counts),
            _reserved: reserved,
        };
        let counts = Arc::clone(&shared.counts);
        tokio::spawn(async move {
            while let Ok((stream, _)) = foreign.accept().await {
                tokio::spawn(serve_elsewhere(Arc::clone(&counts), stream));
            }
        });
        tokio::spawn(async move {
            for number in 0.. {
                let Ok((stream, _)) = listener.accept().await else {
                    continue;
                };
                tokio::spawn(serve(Arc::clone(&shared), number, stream));
            }
        });
        Ok(server)
    }
}

impl Open {
    fn new(shared: Arc<Shared>) -> Self {
        let counts = &shared.counts;
        counts.accepted.fetch_add(1, Ordering::Relaxed);
        let open = counts.open.fetch_add(1, Ordering::Relaxed) + 1;
        counts.most.fetch_max(open, Ordering::Relaxed);
        Self(shared)
    }

    fn spoil(&self) {
        self.0.counts.spoiled.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.counts.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves the foreign origin.
async fn serve_elsewhere(counts: Arc<Counts>, mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::new();
    while let Some((call, bare)) = wire::read_elsewhere(&mut stream, &mut buffer).await {
        counts
            .foreign
            .fetch_add(u64::from(!bare), Ordering::Relaxed);
        let response = wire::item(200, call, None, "");
        if wire::write(&mut stream, &response).await.is_none() {
            return;
        }
    }
}

async fn serve(shared: Arc<Shared>, number: u64, mut stream: TcpStream) {
    let open = Open::new(Arc::clone(&shared));
    if stillborn(shared.seed, number) {
        open.spoil();
        reset(stream);
        return;
    }
    // Small responses should not wait for each other.
    let _ = stream.set_nodelay(true);
    let mut buffer = Vec::new();
    while let Some(request) = wire::read(&mut stream, &mut buffer).await {
        if request.follows {
            shared.ledger.follow(request.call);
            let response = sound(&request, || wire::value(&request, ""));
            if wire::write(&mut stream, &response).await.is_none() {
                return;
            }
            continue;
        }
        let fault = shared
            .ledger
            .arrive(request.call, request.attempt, request.key.clone());
        if fault == Fault::Unauthorized {
            shared.counts.refused.fetch_add(1, Ordering::Relaxed);
        }
        if fault.spoils() {
            open.spoil();
        }
        let kept = give(&shared, fault, &request, &mut stream).await;
        match kept {
            Some(()) if !fault.spoils() => {}
            _ if matches!(fault, Fault::Reset | Fault::ResetLate) => return reset(stream),
            _ => return,
        }
    }
}

/// Returns the response, or 418 if the credential is missing.
fn sound(request: &Request, response: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
    if request.credential {
        response()
    } else {
        wire::response(418, "", "the credential is missing")
    }
}

/// Responds according to the fault. Returns `None` if the client has closed the connection.
async fn give(
    shared: &Shared,
    fault: Fault,
    request: &Request,
    stream: &mut TcpStream,
) -> Option<()> {
    if let Some(response) = wire::whole(fault, request, &shared.foreign) {
        return wire::write(stream, &sound(request, || response)).await;
    }
    let response = sound(request, || wire::value(request, ""));
    // The last bytes belong to the body.
    let (begin, end) = response.split_at(response.len() - 12);
    match fault {
        Fault::Slow => {
            wire::write(stream, begin).await?;
            for byte in end.chunks(4) {
                sleep(Duration::from_millis(15)).await;
                wire::write(stream, byte).await?;
            }
        }
        Fault::Cut => wire::write(stream, begin).await?,
        Fault::Stalled => {
            wire::write(stream, begin).await?;
            gone(stream).await;
        }
        Fault::Silent => gone(stream).await,
        _ => {}
    }
    Some(())
}

/// Waits until the client has closed the connection.
async fn gone(stream: &mut TcpStream) {
    // If the client does not close it, the checks for the time of calls and for open connections fail.
    let _ = stream.read(&mut [0]).await;
}

/// Resets the connection.
fn reset(stream: TcpStream) {
    let _ = stream.set_zero_linger();
    drop(stream);
}
