use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::{OpenBody, Progress, RequestBody};
use crate::testing::block_on;

fn read(mut open: OpenBody) -> Result<Vec<Bytes>, String> {
    let mut chunks = Vec::new();
    while let Some(chunk) = block_on(poll_fn(|context| open.poll_chunk(context))) {
        chunks.push(chunk.map_err(|error| error.to_string())?);
    }
    Ok(chunks)
}

fn all(body: &RequestBody) -> Result<Vec<u8>, String> {
    let open = body.open().map_err(|error| format!("{error:?}"))?;
    let length = open.length();
    let read = read(open)?.concat();
    assert!(length.is_none_or(|length| length == read.len() as u64));
    Ok(read)
}

/// A stream of these chunks.
struct Given(Vec<&'static str>);

impl Stream for Given {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next.map(|text| Ok(text.into())))
    }
}

#[test]
fn each_kind_of_body_can_be_opened_again() {
    let path = std::env::temp_dir().join(format!("specwright-upload-{}", std::process::id()));
    std::fs::write(&path, "file").unwrap();
    let body = RequestBody::pieces(vec![
        "a".into(),
        RequestBody::file(&path),
        RequestBody::reader(Some(2), || Ok(&b"bc"[..])),
        RequestBody::stream(None, || Given(vec!["d", "", "e"])),
        RequestBody::Empty,
    ]);
    for _ in 0..2 {
        assert_eq!(all(&body).unwrap(), b"afilebcde");
    }
    assert_eq!(body.open().unwrap().length(), None);
    assert_eq!(RequestBody::file(&path).open().unwrap().length(), Some(4));
    std::fs::remove_file(&path).unwrap();
    let error = all(&RequestBody::file(&path)).unwrap_err();
    assert!(error.contains(path.to_str().unwrap()), "{error}");
    let error = all(&RequestBody::file(std::env::temp_dir())).unwrap_err();
    assert!(error.contains("directory"), "{error}");
}

#[test]
fn a_promised_length_is_kept() {
    for (length, fault) in [(1, "longer"), (3, "shorter")] {
        let reader = RequestBody::reader(Some(length), || Ok(&b"bc"[..]));
        let stream = RequestBody::stream(Some(length), || Given(vec!["b", "c"]));
        for body in [reader, stream] {
            assert!(all(&body).unwrap_err().contains(fault));
        }
    }
}

#[test]
fn unreadable_bodies_say_why() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let error = all(&RequestBody::reader(None, || Ok(Broken))).unwrap_err();
    assert!(error.contains("the disk is gone"), "{error}");
    let closed = || Err::<Broken, _>(io::Error::other("closed"));
    assert!(
        all(&RequestBody::reader(None, closed))
            .unwrap_err()
            .contains("closed")
    );
}

#[test]
fn progress_is_told_of_each_chunk() {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&reports);
    let progress = Progress::new(move |sent, total| notes.lock().unwrap().push((sent, total)));
    let body = RequestBody::from(vec![7; 100_000]).watched(progress);
    all(&body).unwrap();
    let total = Some(100_000);
    assert_eq!(
        *reports.lock().unwrap(),
        [(65_536, total), (100_000, total)]
    );
}

#[test]
fn bodies_show_nothing_of_what_they_hold() {
    let bodies = [
        RequestBody::from("secret"),
        RequestBody::file("/secret/secret"),
    ];
    assert!(!format!("{bodies:?}").contains("secret"));
    assert_eq!(bodies[0], RequestBody::from("secret"));
    assert_eq!(bodies[1], RequestBody::file("/secret/secret"));
    assert_ne!(bodies[0], bodies[1]);
}
