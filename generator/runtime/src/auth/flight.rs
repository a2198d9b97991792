//! A shared future.

use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use crate::transport::BoxFuture;

/// A future that its waiters poll together: whichever waiter is polled polls the future.
///
/// No waiter owns the future. If one waiter is dropped, the others continue; the future is dropped with the last one.
/// No task is spawned and no runtime is needed.
pub(super) struct Flight<T> {
    state: Mutex<State<T>>,
    queue: Arc<Queue>,
}

enum State<T> {
    Waiting(BoxFuture<'static, T>),
    /// A waiter polls the future. `missed` is set if another waiter was polled meanwhile.
    Polled {
        missed: bool,
    },
    Done(T),
    /// The future panicked.
    Lost,
}

impl<T> Flight<T> {
    pub(super) fn new(work: BoxFuture<'static, T>) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State::Waiting(work)),
            queue: Arc::default(),
        })
    }

    /// Whether the future has ended, so that it cannot be waited for.
    pub(super) fn is_over(&self) -> bool {
        matches!(*self.state(), State::Done(_) | State::Lost)
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        locked(&self.state)
    }

    fn set(&self, state: State<T>) {
        let old = mem::replace(&mut *self.state(), state);
        self.queue.wake_all();
        drop(old);
    }
}

/// Locks a mutex and ignores poisoning: its value is valid at every point.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for a [`Flight`]. The output is `None` if the future panicked in another waiter.
pub(super) struct Waiter<T> {
    flight: Arc<Flight<T>>,
    ticket: Option<u64>,
}

impl<T> Waiter<T> {
    pub(super) fn new(flight: Arc<Flight<T>>) -> Self {
        Self {
            flight,
            ticket: None,
        }
    }
}

impl<T: Clone> Future for Waiter<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let this = &mut *self;
        // Registers the waker before looking at the state, so that no wake is missed.
        this.flight.queue.enter(&mut this.ticket, context.waker());
        let mut work = {
            let mut state = this.flight.state();
            match &mut *state {
                State::Done(value) => return Poll::Ready(Some(value.clone())),
                State::Lost => return Poll::Ready(None),
                State::Polled { missed } => {
                    *missed = true;
                    return Poll::Pending;
                }
                State::Waiting(_) => {}
            }
            match mem::replace(&mut *state, State::Polled { missed: false }) {
                State::Waiting(work) => work,
                other => {
                    *state = other;
                    return Poll::Pending;
                }
            }
        };
        // The lock is released here because the polled future may use the client again.
        let mut guard = PanicGuard(Some(&this.flight));
        let waker = Waker::from(this.flight.queue.clone());
        let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
        guard.0 = None;
        match polled {
            Poll::Ready(value) => {
                this.flight.set(State::Done(value.clone()));
                Poll::Ready(Some(value))
            }
            Poll::Pending => {
                let old = mem::replace(&mut *this.flight.state(), State::Waiting(work));
                // A waiter that was polled meanwhile returned `Pending` without polling the work, so it is woken again.
                if matches!(old, State::Polled { missed: true }) {
                    this.flight.queue.wake_all();
                }
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for Waiter<T> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.flight.queue.leave(ticket);
        }
    }
}

/// Wakes the waiters if a poll panics.
struct PanicGuard<'f, T>(Option<&'f Flight<T>>);

impl<T> Drop for PanicGuard<'_, T> {
    fn drop(&mut self) {
        if let Some(flight) = self.0 {
            flight.set(State::Lost);
        }
    }
}

/// The wakers of the waiters.
#[derive(Default)]
struct Queue(Mutex<Line>);

#[derive(Default)]
struct Line {
    next: u64,
    wakers: Vec<(u64, Waker)>,
}

impl Queue {
    fn enter(&self, ticket: &mut Option<u64>, waker: &Waker) {
        let mut line = locked(&self.0);
        let ticket = *ticket.get_or_insert_with(|| {
            line.next += 1;
            line.next
        });
        match line.wakers.iter_mut().find(|(known, _)| *known == ticket) {
            Some((_, known)) => known.clone_from(waker),
            None => line.wakers.push((ticket, waker.clone())),
        }
    }

    fn leave(&self, ticket: u64) {
        locked(&self.0).wakers.retain(|(known, _)| *known != ticket);
    }

    /// Wakes all waiters: any of them can continue with the future.
    fn wake_all(&self) {
        let wakers = mem::take(&mut locked(&self.0).wakers);
        for (_, waker) in wakers {
            waker.wake();
        }
    }
}

impl Wake for Queue {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wake_all();
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::pin::pin;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    impl Count {
        fn take(&self) -> usize {
            self.0.swap(0, Ordering::SeqCst)
        }
    }

    /// A waiter that is polled while another one polls the future has to be woken even if the other one is dropped.
    #[test]
    fn a_caller_during_the_renewal_is_woken() {
        let second: Arc<Mutex<Option<Waiter<u8>>>> = Arc::default();
        let (count, other) = (Arc::<Count>::default(), second.clone());
        let waker = Waker::from(count.clone());
        let mut polls = 0;
        let flight = Flight::new(Box::pin(poll_fn(move |_| {
            polls += 1;
            if polls == 2 {
                return Poll::Ready(7);
            }
            let mut other = other.lock().unwrap();
            let polled = Pin::new(other.as_mut().unwrap()).poll(&mut Context::from_waker(&waker));
            assert!(polled.is_pending());
            Poll::Pending
        })));
        *second.lock().unwrap() = Some(Waiter::new(flight.clone()));
        let mut first = Box::pin(Waiter::new(flight));
        let mut context = Context::from_waker(Waker::noop());
        assert!(first.as_mut().poll(&mut context).is_pending());
        assert_eq!(count.take(), 1);
        drop(first);
        let waiter = second.lock().unwrap().take().unwrap();
        assert_eq!(pin!(waiter).poll(&mut context), Poll::Ready(Some(7)));
    }

    #[test]
    fn progress_wakes_all_and_those_who_left_are_forgotten() {
        let inner: Arc<Mutex<Option<Waker>>> = Arc::default();
        let kept = inner.clone();
        let flight = Flight::<u8>::new(Box::pin(poll_fn(move |context| {
            *kept.lock().unwrap() = Some(context.waker().clone());
            Poll::Pending
        })));
        let counts: [Arc<Count>; 3] = Default::default();
        let mut waiters = counts.clone().map(|count| {
            let mut waiter = Waiter::new(flight.clone());
            let waker = Waker::from(count);
            let polled = Pin::new(&mut waiter).poll(&mut Context::from_waker(&waker));
            assert!(polled.is_pending());
            Some(waiter)
        });
        waiters[0] = None;
        inner.lock().unwrap().take().unwrap().wake();
        assert_eq!(counts.each_ref().map(|count| count.take()), [0, 1, 1]);
    }
}
