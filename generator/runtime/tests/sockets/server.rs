//! A server with programmed behavior, which records its requests.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use specwright_runtime::{Api, BaseUrl, Client, ClientBuilder, RetryPolicy};

pub(crate) static API: Api = Api::new("test", "test/1");

/// Returns the runtime of async calls.
pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// A received request.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// The number of its connection.
    pub(crate) connection: usize,
    /// The request line and the headers.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Never responds, so that only a timeout of the client ends a call.
pub(crate) fn stay_silent(stream: &mut TcpStream) {
    let _ = stream.read(&mut [0]);
}

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Responds to each request by `work`, which gets the number of the request first.
    pub(crate) fn new(work: impl Fn(usize, &Seen, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&seen);
        let work = Arc::new(work);
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (all, work) = (Arc::clone(&all), Arc::clone(&work));
                thread::spawn(move || serve(number, &stream.unwrap(), &all, &*work));
            }
        });
        Self { address, seen }
    }

    /// Sends these responses one after the other, and the last one to all further requests.
    pub(crate) fn responding(responses: &'static [&'static str]) -> Self {
        Self::new(move |number, _, stream| {
            let response = responses.get(number).or(responses.last()).unwrap();
            stream.write_all(response.as_bytes()).unwrap();
        })
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        let base = BaseUrl::described(format!("http://{}", self.address));
        let policy =
            RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(2));
        ClientBuilder::new(&API, base)
            .timeout(Duration::from_secs(10))
            .retry(policy)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }
}

fn serve(
    connection: usize,
    stream: &TcpStream,
    all: &Mutex<Vec<Seen>>,
    work: &(impl Fn(usize, &Seen, &mut TcpStream) + ?Sized),
) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(seen) = read(connection, &mut reader) {
        let mut known = all.lock().unwrap();
        let number = known.len();
        known.push(seen.clone());
        drop(known);
        work(number, &seen, &mut stream.try_clone().unwrap());
    }
}

/// Reads a request; `None` at the end of the connection.
pub(crate) fn read(connection: usize, reader: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut head = String::new();
    loop {
        let length = reader.read_line(&mut head).ok()?;
        if length == 0 {
            return None;
        }
        if head.ends_with("\r\n\r\n") {
            break;
        }
    }
    let mut seen = Seen {
        connection,
        head,
        body: Vec::new(),
    };
    let length = seen
        .header("content-length")
        .map(|text| text.parse().unwrap());
    if seen.header("transfer-encoding") == Some("chunked") {
        seen.body = read_chunks(reader)?;
    } else if let Some(length) = length {
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        seen.body = body;
    }
    Some(seen)
}

fn read_chunks(reader: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim(), 16).ok()?;
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}
