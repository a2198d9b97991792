//! A running server.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a server may take to listen.
const LONGEST: Duration = Duration::from_secs(120);
/// How long a server may take to end.
const ENDING: Duration = Duration::from_secs(5);
/// How often it is looked whether it listens.
const INTERVAL: Duration = Duration::from_millis(50);

/// A server that ends with this value.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    port: u16,
}

impl Running {
    /// Starts a server on the port that `command` is given and waits until it listens. What it says goes to `log`; the
    /// inner error is its end.
    ///
    /// # Errors
    /// A server that cannot be started.
    pub(super) fn start(
        command: impl FnOnce(u16) -> Command,
        log: &Path,
    ) -> io::Result<Result<Self, String>> {
        let port = free_port()?;
        let out = File::create(log)?;
        let child = command(port)
            .stdin(Stdio::null())
            .stderr(out.try_clone()?)
            .stdout(out)
            .spawn()?;
        let mut running = Self { child, port };
        let started = Instant::now();
        while TcpStream::connect_timeout(&running.address(), INTERVAL).is_err() {
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
        format!("http://{}", self.address())
    }

    /// The body at a path of the server.
    ///
    /// # Errors
    /// A server that does not respond with 200.
    pub(super) fn get(&self, path: &str) -> io::Result<Vec<u8>> {
        let mut connection = TcpStream::connect(self.address())?;
        connection.set_read_timeout(Some(LONGEST))?;
        // A server does not send chunks to HTTP/1.0, and closes the connection after the body.
        write!(
            connection,
            "GET {path} HTTP/1.0\r\nhost: {}\r\n\r\n",
            self.address()
        )?;
        let mut response = Vec::new();
        connection.read_to_end(&mut response)?;
        let end = response.windows(4).position(|four| four == b"\r\n\r\n");
        let status = response.get(b"HTTP/1.x ".len()..).unwrap_or_default();
        match end {
            Some(end) if status.starts_with(b"200") => Ok(response.split_off(end + 4)),
            _ => Err(io::Error::other(format!("{path} is not there"))),
        }
    }

    fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
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
