//! A running mock server.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::install::Installed;

/// How long a server may take to listen.
const LONGEST: Duration = Duration::from_secs(120);
/// How long a server may take to end.
const ENDING: Duration = Duration::from_secs(5);
/// How often it is looked whether it listens.
const INTERVAL: Duration = Duration::from_millis(50);

/// The mock servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Server {
    /// Stoplight Prism.
    Prism,
    /// Steady.
    Steady,
}

impl Server {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Prism, Self::Steady];

    /// What tables call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Prism => "prism",
            Self::Steady => "steady",
        }
    }

    /// The command that answers for a description on a port, and refuses what is wrong.
    fn command(self, installed: &Installed, description: &Path, port: u16) -> Command {
        let port = port.to_string();
        match self {
            Self::Prism => {
                let mut command = Command::new("node");
                command.arg(&installed.prism).arg("mock").arg(description);
                command.args([
                    "-p",
                    &port,
                    "-h",
                    "127.0.0.1",
                    "--errors",
                    "--multiprocess=false",
                    // Its answers are made by chance, and some numbers make it stumble over a schema of its own.
                    "--seed",
                    "2",
                ]);
                command
            }
            Self::Steady => {
                let mut command = Command::new(&installed.steady);
                command.args(["-p", &port, "--no-color", "--reject-on-sdk-error"]);
                command.arg(description);
                command
            }
        }
    }
}

/// A server that ends with this value.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    port: u16,
}

impl Running {
    /// Starts a server and waits until it listens. What it says goes to `log`; the inner error is its end.
    ///
    /// # Errors
    /// A server that cannot be started.
    pub(super) fn start(
        server: Server,
        installed: &Installed,
        description: &Path,
        log: &Path,
    ) -> io::Result<Result<Self, String>> {
        let port = free_port()?;
        let out = File::create(log)?;
        let child = server
            .command(installed, description, port)
            .stdin(Stdio::null())
            .stderr(out.try_clone()?)
            .stdout(out)
            .spawn()?;
        let mut running = Self { child, port };
        let started = Instant::now();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        while TcpStream::connect_timeout(&address, INTERVAL).is_err() {
            let ended = running.child.try_wait()?;
            if ended.is_some() || started.elapsed() > LONGEST {
                let said = fs::read_to_string(log)?;
                let last: Vec<&str> = said.lines().rev().take(3).collect();
                return Ok(Err(format!("does not start: {}", last.join(" / "))));
            }
            thread::sleep(INTERVAL);
        }
        Ok(Ok(running))
    }

    /// Whether it has broken down, which may take a moment.
    ///
    /// # Errors
    /// What the machine refuses.
    pub(super) fn has_ended(&mut self) -> io::Result<bool> {
        let asked = Instant::now();
        while self.child.try_wait()?.is_none() {
            if asked.elapsed() > ENDING {
                return Ok(false);
            }
            thread::sleep(INTERVAL);
        }
        Ok(true)
    }

    /// Where it listens.
    pub(super) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already cannot be ended again, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago.
fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}
