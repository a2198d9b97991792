//! Runs a soak, and monitors the process.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

use super::Arguments;
use super::callers::Callers;
use super::server::{Counts, Server};
use super::tally::Tally;
use crate::Outcome;

/// The initial number of retries in the budget of a client.
const RESERVE: u64 = 50;

/// The number of bytes that memory can grow in the second half in addition to a tenth: what an allocator retains.
const SLACK: u64 = 8 << 20;

/// The number of threads for the callers and the server.
const WORKERS: usize = 2;

/// The maximum time until all connections are closed after the client is dropped.
const GOODBYE: Duration = Duration::from_secs(60);

/// The state of the process at one time.
#[derive(Debug, Clone, Copy)]
struct Sample {
    memory: Option<u64>,
    open: u64,
    accepted: u64,
}

/// Runs a soak and returns the report, and whether all promises were kept.
///
/// # Errors
/// Returns an error if loopback or the runtime is not available.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()?;
    let server = runtime.block_on(Server::start(arguments.seed))?;
    let end = Instant::now() + arguments.time();
    let callers = Callers::new(arguments.seed, &server, end).map_err(io::Error::other)?;
    let callers = Arc::new(callers);
    let samples = drive(&runtime, arguments, &callers, &server);
    let keys = callers.keys.load(Ordering::Relaxed);
    let timed_out = callers.attempts.count();
    let Some(callers) = Arc::into_inner(callers) else {
        return Err(io::Error::other("a caller has not ended"));
    };
    let mut tally = callers.finish();
    check_connections(&mut tally, arguments, &server.counts, timed_out);
    check_memory(&mut tally, &samples);
    let refused = server.counts.refused.load(Ordering::Relaxed);
    tally.promise(keys <= refused + 1, || {
        format!("{keys} keys were fetched for {refused} refusals")
    });
    let (lost, calls) = (tally.lost_retries, tally.calls);
    tally.promise(lost <= RESERVE + calls / 5, || {
        format!("{lost} retries of {calls} calls were in vain, which is more than the budget has")
    });
    tally.promise(calls > 0, || "no call was made".to_owned());
    Ok((
        report(arguments, &tally, &samples, &server.counts),
        tally.is_clean(),
    ))
}

/// Starts the callers, samples the process in quarters of the time, and waits for the last call.
fn drive(
    runtime: &Runtime,
    arguments: &Arguments,
    callers: &Arc<Callers>,
    server: &Server,
) -> Vec<Sample> {
    let tasks: Vec<_> = (0..arguments.callers)
        .map(|_| {
            let callers = Arc::clone(callers);
            runtime.spawn(async move { callers.call().await })
        })
        .collect();
    thread::scope(|scope| {
        for _ in 0..arguments.threads {
            scope.spawn(|| callers.call_blocking());
        }
        let samples = (0..4)
            .map(|_| {
                thread::sleep(arguments.time() / 4);
                Sample::take(&server.counts)
            })
            .collect();
        for task in tasks {
            if let Err(error) = runtime.block_on(task) {
                callers.broke(format!("a caller: {error}"));
            }
        }
        samples
    })
}

/// `timed_out` is the number of attempts that timed out, each of which costs its connection.
fn check_connections(tally: &mut Tally, arguments: &Arguments, counts: &Counts, timed_out: u64) {
    let began = Instant::now();
    while counts.open.load(Ordering::Relaxed) > 0 && began.elapsed() < GOODBYE {
        thread::sleep(Duration::from_millis(20));
    }
    let open = counts.open.load(Ordering::Relaxed);
    tally.promise(open == 0, || {
        format!("{open} connections are open after the client was dropped")
    });
    // A connection that is opened while another becomes free is kept as well.
    let bound = 2 * (arguments.callers + arguments.threads) as u64;
    let most = counts.most.load(Ordering::Relaxed);
    tally.promise(most <= bound, || {
        format!("{most} connections at once, where {bound} are enough")
    });
    let accepted = counts.accepted.load(Ordering::Relaxed);
    let needed = counts.spoiled.load(Ordering::Relaxed) + timed_out + bound;
    tally.promise(accepted <= needed, || {
        format!("{accepted} connections, where {needed} are enough if they are used again")
    });
    let foreign = counts.foreign.load(Ordering::Relaxed);
    tally.promise(foreign == 0, || {
        format!("{foreign} requests to the foreign origin carried something of a call")
    });
}

fn check_memory(tally: &mut Tally, samples: &[Sample]) {
    let [
        _,
        Sample {
            memory: Some(half), ..
        },
        _,
        Sample {
            memory: Some(end), ..
        },
    ] = *samples
    else {
        return;
    };
    tally.promise(end <= half + half / 10 + SLACK, || {
        format!(
            "memory grew from {} to {} in the second half",
            mib(half),
            mib(end)
        )
    });
}

fn report(arguments: &Arguments, tally: &Tally, samples: &[Sample], counts: &Counts) -> String {
    let mut text = format!(
        "soak of {:?}, {} tasks and {} threads, seed {}\n",
        arguments.time(),
        arguments.callers,
        arguments.threads,
        arguments.seed
    );
    tally.show(&mut text);
    for (quarter, sample) in (1..).zip(samples) {
        let memory = sample.memory.map_or_else(|| "unknown".to_owned(), mib);
        let _ = writeln!(
            text,
            "at {:>3} %: memory {memory}, connections {} open, {} accepted",
            quarter * 25,
            sample.open,
            sample.accepted
        );
    }
    let _ = writeln!(
        text,
        "connections: {} accepted, {} at once, {} made useless by the server",
        counts.accepted.load(Ordering::Relaxed),
        counts.most.load(Ordering::Relaxed),
        counts.spoiled.load(Ordering::Relaxed)
    );
    tally.show_broken(&mut text);
    if tally.is_clean() {
        text.push_str("all promises kept\n");
    }
    text
}

fn mib(bytes: u64) -> String {
    format!("{}.{} MiB", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20)
}

impl Sample {
    fn take(counts: &Counts) -> Self {
        Self {
            memory: resident(),
            open: counts.open.load(Ordering::Relaxed),
            accepted: counts.accepted.load(Ordering::Relaxed),
        }
    }
}

/// Returns the memory of this process in bytes, on systems with `/proc`.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_soak_keeps_all_promises() {
        let arguments = Arguments {
            seconds: 2,
            callers: 16,
            threads: 4,
            seed: 11,
        };
        let (report, kept) = run(&arguments).expect("loopback is there");
        assert!(kept, "{report}");
    }

    #[test]
    fn memory_that_grows_is_found() {
        let sample = |memory: u64| Sample {
            memory: Some(memory << 20),
            open: 0,
            accepted: 0,
        };
        for (end, clean) in [(50, true), (100, false)] {
            let mut tally = Tally::default();
            check_memory(
                &mut tally,
                &[sample(10), sample(40), sample(45), sample(end)],
            );
            assert_eq!(tally.is_clean(), clean, "{end}");
        }
    }
}
