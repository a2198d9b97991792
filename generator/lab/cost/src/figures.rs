//! Statistics of many rounds.

use std::fs;
use std::time::{Duration, Instant};

/// The time of a round, in seconds for each call.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    /// Wall-clock time, which includes waiting for the server.
    pub wall: f64,
    /// CPU time of the thread that made the calls; `None` if the system does not report it.
    pub processor: Option<f64>,
}

/// Measures `count` calls, which `work` makes on this thread.
pub fn round(count: usize, work: impl FnOnce()) -> Round {
    let before = on_processor();
    let started = Instant::now();
    work();
    let wall = started.elapsed();
    let after = on_processor();
    let each = |time: Duration| time.as_secs_f64() / count as f64;
    let processor = before.zip(after);
    Round {
        wall: each(wall),
        processor: processor.map(|(before, after)| each(after.saturating_sub(before))),
    }
}

/// Returns the CPU time of this thread so far, including the kernel.
fn on_processor() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// A median, with the lower and the upper tenth.
#[derive(Debug, Clone, Copy)]
pub struct Spread {
    /// A tenth of the values is below.
    pub low: f64,
    /// Half of the values is below.
    pub median: f64,
    /// A tenth of the values is above.
    pub high: f64,
}

impl Spread {
    /// Returns the statistics of some values; `None` if there are none.
    pub fn of(figures: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut figures: Vec<f64> = figures.into_iter().collect();
        figures.sort_by(f64::total_cmp);
        let last = figures.len().checked_sub(1)?;
        Some(Self {
            low: figures[last / 10],
            median: figures[last / 2],
            high: figures[last - last / 10],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_leaves_a_tenth_out_on_each_side() {
        let spread = Spread::of((0..=100).rev().map(f64::from)).unwrap();
        assert_eq!((spread.low, spread.median, spread.high), (10.0, 50.0, 90.0));
        assert!(Spread::of([]).is_none());
        let one = Spread::of([2.0]).unwrap();
        assert_eq!((one.low, one.median, one.high), (2.0, 2.0, 2.0));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn waiting_is_not_on_the_processor() {
        let round = round(1, || std::thread::sleep(Duration::from_millis(50)));
        assert!(round.wall >= 0.05);
        assert!(round.processor.unwrap() < 0.04);
    }
}
