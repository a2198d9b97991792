//! A server on loopback with a fixed response for each request.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// The responses by method and path: `GET /things`. Other requests get a 404.
pub(crate) type Responses = &'static [(&'static str, &'static [u8])];

pub(crate) struct Server {
    pub(crate) url: String,
}

impl Server {
    pub(crate) fn new(responses: Responses) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                thread::spawn(move || serve(&stream.unwrap(), responses));
            }
        });
        Self { url }
    }
}

/// Responds to one request and closes the connection.
fn serve(stream: &TcpStream, responses: Responses) {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        if reader.read_line(&mut request).unwrap() == 0 {
            return;
        }
    }
    let length = request
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    let wanted = responses
        .iter()
        .find(|(start, _)| request.starts_with(&format!("{start} ")));
    let response = wanted.map_or(&b"HTTP/1.1 404 Not Found\r\n\r\n"[..], |(_, response)| {
        response
    });
    let (head, rest) =
        response.split_at(response.windows(2).position(|two| two == b"\r\n").unwrap());
    let mut stream = stream;
    stream
        .write_all(&[head, b"\r\nconnection: close", rest].concat())
        .unwrap();
}
