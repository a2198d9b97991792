//! Prints what a call costs: above the bare transport, without a network, and compared with other clients, over
//! loopback.
//!
//! `cargo lab cost` builds all programs of this package and runs this one. It starts itself and `allocations` as
//! separate processes for each client, so that nothing else is counted.

use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use specwright_cost::clients::{Client, Kind};
use specwright_cost::figures::{Round, Spread, round};
use specwright_cost::server;

#[path = "../../../../runtime/benches/calls/above.rs"]
mod above;
#[path = "../../../../runtime/benches/calls/ready.rs"]
mod ready;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The numbers of concurrent calls. With one, the processor sleeps during each call, and its caches are cold
/// afterwards.
const LANES: [usize; 2] = [1, 32];
/// The number of rounds of each client. The clients take turns.
const ROUNDS: usize = 3_000;
/// The number of calls of a round in each lane. It is small, so that other load slows down all clients of a turn
/// equally.
const CALLS: usize = 10;

/// The number of calls that valgrind counts in addition to [`FEW`]. The difference excludes what happens only once.
const COUNTED: u32 = 500;
const FEW: u32 = 100;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [mode, name, count, base] = &arguments[..]
        && mode == "calls"
    {
        let kind = Kind::named(name).ok_or("no such client")?;
        Client::new(kind, base).calls(count.parse()?);
        return Ok(());
    }
    if arguments == ["serve"] {
        apart(1);
        server::serve();
    }
    above::load("before");
    println!("{}", above::without_network());
    let server = Server::start()?;
    apart(0);
    for lanes in LANES {
        times(&server.base, lanes);
    }
    counts(&server.base)?;
    above::load("after");
    Ok(())
}

/// The server process, which ends when this value is dropped.
struct Server {
    process: Child,
    base: String,
}

impl Server {
    fn start() -> Outcome<Self> {
        let mut command = Command::new(env::current_exe()?);
        // The server ends with its input, even if this process crashes.
        command
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut server = Self {
            process: command.spawn()?,
            base: String::new(),
        };
        let output = server.process.stdout.take().ok_or("no output")?;
        BufReader::new(output).read_line(&mut server.base)?;
        server.base.truncate(server.base.trim_end().len());
        if server.base.is_empty() {
            return Err("the server did not start".into());
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Pins the client and the server to one processor each, if there are two. Otherwise the system moves them all the
/// time, which matters more than the differences between the clients.
fn apart(which: usize) {
    let processors = core_affinity::get_core_ids().unwrap_or_default();
    if let Some(own) = processors.into_iter().rev().nth(which) {
        core_affinity::set_for_current(own);
    }
}

/// Runs the rounds of each client. The order of a turn is random, so that no client coincides with something periodic.
fn over_loopback(base: &str, lanes: usize) -> [Vec<Round>; 3] {
    let clients = Kind::ALL.map(|kind| Client::new(kind, base));
    for client in &clients {
        client.calls_in(lanes, CALLS);
    }
    let mut rounds = [const { Vec::new() }; 3];
    let mut random = fastrand::Rng::with_seed(1);
    let mut order = [0, 1, 2];
    for _ in 0..ROUNDS / lanes {
        random.shuffle(&mut order);
        for which in order {
            let calls = || clients[which].calls_in(lanes, CALLS);
            rounds[which].push(round(lanes * CALLS, calls));
        }
    }
    rounds
}

fn times(base: &str, lanes: usize) {
    let rounds = over_loopback(base, lanes);
    let raw = &rounds[0];
    println!(
        "\nover loopback, {lanes} at a time, {} rounds of {} calls; median (a tenth below – a tenth above)",
        raw.len(),
        lanes * CALLS
    );
    for (kind, own) in Kind::ALL.into_iter().zip(&rounds) {
        println!("{}", kind.name());
        show("wall clock", own, raw, |round| Some(round.wall));
        // The system updates the time of a thread when it sleeps; for a thread that never sleeps it is updated too
        // seldom.
        if lanes == 1 {
            show("processor", own, raw, |round| round.processor);
        }
    }
}

fn counts(base: &str) -> Outcome<()> {
    println!("\nof each call");
    for kind in Kind::ALL {
        println!("{}", kind.name());
        println!("  allocations   {}", allocations(kind, base)?);
        println!("  instructions  {}", instructions(kind, base)?);
    }
    Ok(())
}

/// Prints the time of a call, and its ratio to reqwest used by hand in the same turn.
fn show(what: &str, own: &[Round], raw: &[Round], of: impl Fn(&Round) -> Option<f64>) {
    let Some(time) = Spread::of(own.iter().filter_map(&of)) else {
        println!("  {what:<13} not reported by this system");
        return;
    };
    let pairs = own.iter().zip(raw);
    let ratios = pairs.filter_map(|(own, raw)| Some(of(own)? / of(raw)?));
    let ratio = Spread::of(ratios).map_or(String::new(), |ratio| {
        format!(
            ", × {:.3} ({:.2} – {:.2})",
            ratio.median, ratio.low, ratio.high
        )
    });
    println!(
        "  {what:<13} {:.1} µs ({:.1} – {:.1}){ratio}",
        time.median * 1e6,
        time.low * 1e6,
        time.high * 1e6
    );
}

fn allocations(kind: Kind, base: &str) -> Outcome<String> {
    let program =
        env::current_exe()?.with_file_name(format!("allocations{}", env::consts::EXE_SUFFIX));
    let text = output(Command::new(program).args([kind.name(), base]))?.0;
    let (count, bytes) = text.trim().split_once(' ').ok_or("no count")?;
    Ok(format!("{count} with {bytes} bytes"))
}

/// Counts instructions outside of the kernel with valgrind, because many machines have no performance counters for
/// programs.
fn instructions(kind: Kind, base: &str) -> Outcome<String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok("not counted: there is no valgrind here".to_owned());
    }
    let many = collected(kind, base, FEW + COUNTED)?;
    let few = collected(kind, base, FEW)?;
    Ok((many.saturating_sub(few) / u64::from(COUNTED)).to_string())
}

/// Returns the number of instructions of a process that makes `count` calls.
fn collected(kind: Kind, base: &str, count: u32) -> Outcome<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe()?)
        .args(["calls", kind.name(), &count.to_string(), base]);
    let text = output(&mut valgrind)?.1;
    let line = text.lines().find_map(|line| line.split_once("Collected :"));
    let (_, number) = line.ok_or("valgrind counted nothing")?;
    Ok(number.trim().parse()?)
}

/// Runs a command, and returns its standard output and standard error.
fn output(command: &mut Command) -> Outcome<(String, String)> {
    let output = command.output()?;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        let name = Path::new(command.get_program()).file_name();
        let name = name.unwrap_or(OsStr::new("it")).display();
        return Err(format!("{name} failed: {errors}").into());
    }
    Ok((String::from_utf8_lossy(&output.stdout).into_owned(), errors))
}
