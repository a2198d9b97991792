//! A server that follows a script and complains about every request that is not exactly as written there.

use std::collections::VecDeque;
use std::io::{self, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::http::{self, Response, Seen};

/// What the next request has to be.
#[derive(Debug, Clone)]
pub(crate) struct Expect {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    /// `None` for a request to another origin, which has nothing of the call with it.
    pub(crate) credential: Option<(&'static str, &'static str)>,
    pub(crate) body: Option<String>,
    pub(crate) extra: Vec<(&'static str, String)>,
}

impl Expect {
    /// A header beside those that every request has.
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.extra.push((name, value.to_owned()));
        self
    }

    /// The request without anything of the call but its method and its place.
    pub(crate) fn bare(self) -> Self {
        Self {
            credential: None,
            ..self
        }
    }

    /// The same request at another place.
    pub(crate) fn at(self, target: &str) -> Self {
        Self {
            target: target.to_owned(),
            ..self
        }
    }

    /// Everything in which `seen` differs from what it has to be.
    fn complaints(&self, seen: &Seen, address: SocketAddr) -> Vec<String> {
        let accept = self.credential.map_or("*/*", |_| "application/json");
        let mut headers = vec![("host", address.to_string()), ("accept", accept.to_owned())];
        headers.extend(self.credential.map(|(name, value)| (name, value.to_owned())));
        if cfg!(feature = "compression") {
            headers.push(("accept-encoding", "gzip, deflate, br, zstd".to_owned()));
        }
        headers.extend(self.extra.iter().cloned());
        if let Some(body) = &self.body {
            headers.push(("content-type", "application/json".to_owned()));
            headers.push(("content-length", body.len().to_string()));
        }
        let mut complaints = Vec::new();
        let mut differ = |what: &str, wanted: &str, found: &str| {
            if wanted != found {
                complaints.push(format!("{what}: expected {wanted:?}, found {found:?}"));
            }
        };
        differ("method", self.method, &seen.method);
        differ("target", &self.target, &seen.target);
        differ(
            "body",
            self.body.as_deref().unwrap_or_default(),
            &String::from_utf8_lossy(&seen.body),
        );
        for (name, wanted) in &headers {
            differ(name, wanted, seen.header(name).unwrap_or("(nothing)"));
        }
        for (name, value) in &seen.headers {
            let known = name == "user-agent" || headers.iter().any(|(header, _)| header == name);
            differ(name, if known { value } else { "(nothing)" }, value);
        }
        let agent = seen.header("user-agent").unwrap_or_default();
        differ(
            "user-agent has a version",
            "true",
            &agent.contains('/').to_string(),
        );
        complaints
    }
}

#[derive(Debug, Default)]
struct State {
    script: Mutex<VecDeque<(Expect, Response)>>,
    seen: Mutex<Vec<Seen>>,
    complaints: Mutex<Vec<String>>,
    connections: AtomicUsize,
    hang_ups: AtomicUsize,
    stopped: AtomicBool,
}

/// A server on a free port of the loopback interface. When it goes, the whole script must have been played, and no
/// request may have been other than written there.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

impl Server {
    /// Starts a server that plays `script`, one exchange a request.
    pub(crate) fn play<const N: usize>(script: [(Expect, Response); N]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            script: Mutex::new(script.into()),
            ..State::default()
        });
        let server = Self {
            address,
            state: Arc::clone(&state),
        };
        thread::spawn(move || accept(&listener, address, &state));
        server
    }

    /// `http://127.0.0.1:…`, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.state.seen.lock().expect("no poison").clone()
    }

    /// How many connections were opened.
    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// How many clients have hung up while they waited for a response.
    pub(crate) fn hang_ups(&self) -> usize {
        self.state.hang_ups.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stopped.store(true, Ordering::SeqCst);
        // The listener waits in `accept`; a connection wakes it.
        drop(TcpStream::connect(self.address));
        if thread::panicking() {
            eprintln!("complaints of the server: {:#?}", self.state.complaints);
            return;
        }
        let complaints = self.state.complaints.lock().expect("no poison");
        assert!(
            complaints.is_empty(),
            "requests that are not as documented: {complaints:#?}"
        );
        let script = self.state.script.lock().expect("no poison");
        assert!(script.is_empty(), "requests that never came: {script:#?}");
    }
}

fn accept(listener: &TcpListener, address: SocketAddr, state: &Arc<State>) {
    for stream in listener.incoming() {
        if state.stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        state.connections.fetch_add(1, Ordering::SeqCst);
        let state = Arc::clone(state);
        thread::spawn(move || {
            if let Err(error) = converse(stream, address, &state)
                && error.kind() == io::ErrorKind::InvalidData
            {
                state
                    .complaints
                    .lock()
                    .expect("no poison")
                    .push(error.to_string());
            }
        });
    }
}

/// Responds to the requests of one connection until either side closes it.
fn converse(mut stream: TcpStream, address: SocketAddr, state: &State) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some(seen) = http::read_request(&mut reader)? {
        let response = respond(&seen, address, state);
        let goes_on = response.write(&mut stream)?;
        if response.is_held() {
            state.hang_ups.fetch_add(1, Ordering::SeqCst);
        }
        if !goes_on {
            break;
        }
    }
    Ok(())
}

fn respond(seen: &Seen, address: SocketAddr, state: &State) -> Response {
    let next = state.script.lock().expect("no poison").pop_front();
    let (complaints, response) = match next {
        Some((expect, response)) => (expect.complaints(seen, address), response),
        None => (
            vec![format!(
                "not in the script: {} {}",
                seen.method, seen.target
            )],
            Response::empty(418),
        ),
    };
    state.seen.lock().expect("no poison").push(seen.clone());
    let response = if complaints.is_empty() {
        response
    } else {
        Response::text(418, "text/plain", complaints.join("\n"))
    };
    state
        .complaints
        .lock()
        .expect("no poison")
        .extend(complaints);
    response
}
