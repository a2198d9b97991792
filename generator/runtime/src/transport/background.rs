//! The transport of blocking calls: the async transport on a separate runtime.

use std::fmt;
use std::future::{Future, ready};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::timer::Sleep;
use super::{
    BoxFuture, HttpRequest, HttpResponse, HyperTransport, ResponseFuture, Settings, Tls, Transport,
    TransportError, Transports, executor,
};
use crate::error::Error;

/// A transport over hyper whose connections live on a background thread.
///
/// The thread starts with the first request and ends with the transport. The waiting thread needs no runtime and may
/// belong to another one.
pub(crate) struct BackgroundTransport {
    inner: Arc<HyperTransport>,
    runtime: OnceLock<Background>,
}

impl BackgroundTransport {
    pub(crate) fn new(inner: HyperTransport) -> Self {
        Self {
            inner: Arc::new(inner),
            runtime: OnceLock::new(),
        }
    }

    fn handle(&self) -> io::Result<&Handle> {
        if let Some(running) = self.runtime.get() {
            return Ok(&running.handle);
        }
        // Another call may have started the runtime first; this one is then dropped.
        let started = Background::start()?;
        Ok(&self.runtime.get_or_init(|| started).handle)
    }
}

impl Transport for BackgroundTransport {
    fn send(&self, request: HttpRequest, timeout: Option<Duration>) -> ResponseFuture<'_> {
        let handle = match self.handle() {
            Ok(handle) => handle,
            Err(error) => return Box::pin(ready(Err(TransportError::unsendable(error)))),
        };
        let inner = Arc::clone(&self.inner);
        // Sent on the background thread, so that the connection is back in the pool before the next request.
        let task = handle.spawn(async move { inner.send(request, timeout).await });
        Box::pin(Sending(task))
    }

    fn keeps_time(&self, timeout: Duration) -> bool {
        self.inner.keeps_time(timeout)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        match self.handle() {
            Ok(handle) => {
                let _entered = handle.enter();
                self.inner.sleep(duration)
            }
            Err(_) => Box::pin(Sleep::new(duration)),
        }
    }
}

impl fmt::Debug for BackgroundTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackgroundTransport")
            .finish_non_exhaustive()
    }
}

/// A runtime on a background thread, which ends when this is dropped.
struct Background {
    handle: Handle,
    _alive: oneshot::Sender<()>,
}

impl Background {
    fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (alive, dropped) = oneshot::channel();
        thread::Builder::new()
            .name("specwright-blocking".to_owned())
            .spawn(move || {
                // An error means that the sender was dropped, which ends the thread.
                let _ = runtime.block_on(dropped);
                // Does not wait for a body that still blocks one of the runtime's threads, as a pipe can.
                runtime.shutdown_background();
            })?;
        Ok(Self {
            handle,
            _alive: alive,
        })
    }
}

/// A request on the background thread, which is cancelled when the caller stops waiting.
struct Sending(JoinHandle<Result<HttpResponse, TransportError>>);

impl Future for Sending {
    type Output = Result<HttpResponse, TransportError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let sent = Pin::new(&mut self.0).poll(context);
        sent.map(|sent| sent.unwrap_or_else(|error| Err(TransportError::io(error))))
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Builds the transport of async calls and that of blocking calls. Connections belong to a runtime, so the two share
/// none.
pub(crate) fn built_in(settings: &Settings) -> Result<Transports, Error> {
    let tls = Tls::new(settings)?;
    let background = BackgroundTransport::new(HyperTransport::build(settings, &tls)?);
    Ok(Transports {
        asynchronous: Arc::new(HyperTransport::build(settings, &tls)?),
        blocking: Arc::new(background),
    })
}

/// Runs a call on this thread, which may belong to a runtime.
///
/// Switches off tokio's cooperative budget, which would never be refilled while this thread is parked.
pub(crate) fn block_anywhere<F: IntoFuture>(call: F) -> F::Output {
    executor::block_on(tokio::task::unconstrained(call.into_future()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::transport::executor::block_on;
    use crate::transport::{Settings, Tls};

    fn transport() -> BackgroundTransport {
        let settings = Settings::default();
        let tls = Tls::new(&settings).unwrap();
        BackgroundTransport::new(HyperTransport::build(&settings, &tls).unwrap())
    }

    #[test]
    fn the_thread_starts_with_the_first_use_and_ends_with_the_transport() {
        let transport = transport();
        assert!(transport.runtime.get().is_none());
        block_on(transport.sleep(Duration::from_millis(1)));
        let handle = transport.runtime.get().unwrap().handle.clone();
        let held = Arc::new(());
        let of_task = Arc::clone(&held);
        handle.spawn(async move {
            std::future::pending::<()>().await;
            drop(of_task);
        });
        drop(transport);
        // The runtime drops its tasks when it ends.
        while Arc::strong_count(&held) > 1 {
            thread::yield_now();
        }
    }
}
