//! What a process used, as Linux tells it under `/proc`; elsewhere nothing is known.

use std::fs;

/// What the kernel's clock ticks are worth to programs, on every architecture in use.
const TICKS_PER_SECOND: f64 = 100.0;

/// The most memory that a process had at once, in KiB; `None` where the process is gone.
pub(super) fn peak_memory(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// The CPU seconds, user and system, of this process.
pub(super) fn own_seconds() -> Option<f64> {
    seconds(11)
}

/// The CPU seconds, user and system, of the processes that this one started and waited for.
pub(super) fn children_seconds() -> Option<f64> {
    seconds(13)
}

/// The sum of two neighbouring clocks in `/proc/self/stat`, counted from the state, which follows the name.
fn seconds(at: usize) -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name is in parentheses and may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut clocks = fields.split(' ').skip(at).map(str::parse::<f64>);
    let (user, system) = (clocks.next()?.ok()?, clocks.next()?.ok()?);
    Some((user + system) / TICKS_PER_SECOND)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_uses_something() {
        assert!(peak_memory("self").unwrap() > 100);
        assert!(own_seconds().is_some());
        let before = children_seconds().unwrap();
        let busy = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
        let status = std::process::Command::new("sh").args(["-c", busy]).status();
        assert!(status.unwrap().success());
        assert!(children_seconds().unwrap() > before);
    }
}
