//! The example reads from a server over a real connection.

use std::io::{Read as _, Write as _};
use std::process::Command;
use std::thread;

#[test]
fn numbers_are_read() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", server.local_addr().unwrap());
    let request = thread::spawn(move || {
        let (mut stream, _) = server.accept().unwrap();
        let mut request = [0; 4096];
        let length = stream.read(&mut request).unwrap();
        let response = b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n[1, 2]";
        stream.write_all(response).unwrap();
        String::from_utf8_lossy(&request[..length]).into_owned()
    });
    let mut example = Command::new(env!("CARGO_BIN_EXE_reqwest_transport"));
    let output = example.arg(url).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "[1, 2]\n");
    assert!(
        request
            .join()
            .unwrap()
            .starts_with("GET /numbers HTTP/1.1\r\n")
    );
}
