//! Bodies that never end and are always ready.

use super::*;

/// A server that sends the same chunk without end, one each millisecond, and is always ready.
#[derive(Debug, Clone)]
struct Flood {
    chunk: &'static str,
    now: Arc<Mutex<Duration>>,
}

impl Transport for Flood {
    fn send(&self, _: HttpRequest, _: Option<Duration>) -> ResponseFuture<'_> {
        let body = ResponseBody::chunks(self.clone());
        Box::pin(ready(Ok(http::Response::new(body))))
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }
}

impl Chunks for Flood {
    fn poll_chunk(&mut self, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        *self.now.lock().unwrap() += SECOND / 1000;
        Poll::Ready(Some(Ok(Bytes::from_static(self.chunk.as_bytes()))))
    }
}

impl Flood {
    fn of(chunk: &'static str) -> (Self, Client) {
        let now = Arc::default();
        let flood = Self { chunk, now };
        let base = BaseUrl::described("https://api.example.com");
        let builder = ClientBuilder::new(&API, base).transport(flood.clone());
        (flood, builder.timeout(SECOND).build().unwrap())
    }
}

/// Returns the output of a future, and how often it yielded before.
fn pauses<T>(work: impl Future<Output = T>) -> (T, usize) {
    let mut work = pin!(work);
    let mut context = Context::from_waker(Waker::noop());
    let mut pauses = 0;
    loop {
        match work.as_mut().poll(&mut context) {
            Poll::Ready(done) => return (done, pauses),
            Poll::Pending => pauses += 1,
        }
    }
}

#[test]
fn a_flood_that_holds_no_item_ends_in_time_and_lets_others_run() {
    for chunk in [
        "",
        "\n",
        ": comment\n",
        "event: a\n\n",
        "id: 1\n\n",
        "retry: 1\n",
        "data: [DONE]\n\n",
    ] {
        let (flood, client) = Flood::of(chunk);
        let call = get(&client).events::<Json>().with_total_timeout(3 * SECOND);
        let mut events = block_on(call).unwrap();
        let (end, pauses) = pauses(events.next());
        let error = end.unwrap().unwrap_err();
        assert!(error.is_timeout(), "{chunk:?}: {error}");
        assert_eq!(flood.now(), 3 * SECOND);
        assert!(pauses > 50, "{pauses}");
        assert!(block_on(events.next()).is_none());
    }
    for chunk in ["", "\n", " \r\n \n"] {
        let (_, client) = Flood::of(chunk);
        let call = get(&client)
            .json_lines::<Json>()
            .with_total_timeout(3 * SECOND);
        let mut lines = block_on(call).unwrap();
        let (end, pauses) = pauses(lines.next());
        assert!(end.unwrap().unwrap_err().is_timeout());
        assert!(pauses > 50, "{pauses}");
    }
}

#[test]
fn a_body_that_never_ends_does_not_outlast_its_limits() {
    let (flood, client) = Flood::of("x");
    let call = get(&client).bytes_output().with_total_timeout(3 * SECOND);
    let mut stream = block_on(call.send_stream()).unwrap().into_value();
    let mut chunks = 0;
    let (error, pauses) = pauses(async {
        loop {
            match stream.next().await.unwrap() {
                Ok(_) => chunks += 1,
                Err(error) => return error,
            }
        }
    });
    assert!(
        error
            .to_string()
            .contains("the total timeout of the call is over"),
        "{error}"
    );
    assert_eq!((chunks, flood.now()), (3000, 3 * SECOND));
    assert!(pauses > 50, "{pauses}");
    // A whole body is limited by the timeout of the attempt.
    for chunk in ["", "x"] {
        let (flood, client) = Flood::of(chunk);
        let error = block_on(get(&client).bytes_output().without_retry()).unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(flood.now() < 2 * SECOND);
    }
}

#[test]
fn a_reader_that_is_slower_than_the_network_ends_in_time() {
    let (flood, client) = Flood::of("data: 1\n\ndata: 2\n\ndata: 3\n\n");
    let call = get(&client).events::<i64>().with_total_timeout(5 * SECOND);
    let mut events = block_on(call).unwrap();
    let mut read = Vec::new();
    let error = loop {
        match block_on(events.next()).unwrap() {
            Ok(event) => read.push(event.data),
            Err(error) => break error,
        }
        *flood.now.lock().unwrap() += SECOND;
    };
    assert!(error.is_timeout(), "{error}");
    // The sixth item has already arrived.
    assert_eq!(read, [1, 2, 3, 1, 2]);
    assert!(block_on(events.next()).is_none());
}
