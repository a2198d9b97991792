//! Running servers.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::process;

/// The maximum time until a server listens.
const LONGEST: Duration = Duration::from_secs(120);
/// The time between two attempts to connect.
const INTERVAL: Duration = Duration::from_millis(50);

/// A server, which is killed when this value is dropped.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    /// The base URL.
    pub(super) base: String,
}

impl Running {
    /// Starts a server on the port that `command` gets, and waits until it listens. Its output goes to `log`.
    ///
    /// # Errors
    /// The server cannot be started, or does not listen.
    pub(super) fn start(command: impl FnOnce(&str) -> Command, log: &Path) -> io::Result<Self> {
        // The listener is dropped at once, so the port is free.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let out = File::create(log)?;
        let child = command(&address.port().to_string())
            .stdin(Stdio::null())
            .stderr(out.try_clone()?)
            .stdout(out)
            .spawn()?;
        let base = format!("http://{address}");
        let mut running = Self { child, base };
        let started = Instant::now();
        while TcpStream::connect_timeout(&address, INTERVAL).is_err() {
            if running.child.try_wait()?.is_some() || started.elapsed() > LONGEST {
                let text = fs::read_to_string(log)?;
                let last: Vec<&str> = text.lines().rev().take(3).collect();
                return Err(io::Error::other(format!(
                    "does not start: {}",
                    last.join(" / ")
                )));
            }
            thread::sleep(INTERVAL);
        }
        Ok(running)
    }

    /// Returns the body at a path of the server.
    ///
    /// # Errors
    /// The server responds with an error.
    pub(super) fn get(&self, path: &str) -> io::Result<String> {
        let mut curl = Command::new("curl");
        curl.args([
            "--silent",
            "--show-error",
            "--fail",
            "--noproxy",
            "*",
            "--max-time",
            "120",
        ]);
        process::output(curl.arg(format!("{}{path}", self.base)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The process may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
