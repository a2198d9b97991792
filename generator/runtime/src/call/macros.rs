//! The macros for generated call types and outputs.

/// Implements the methods of a call for a generated call type, a tuple struct around [`Call`](crate::Call).
#[macro_export]
macro_rules! call {
    ($name:ident -> $output:ty) => {
        $crate::blocking_call!($name -> $output);

        impl $name {
            #[allow(
                dead_code,
                reason = "a call may have several bodies and no optional input"
            )]
            fn input(
                self,
                add: impl ::std::ops::FnOnce($crate::Request) -> $crate::Request,
            ) -> Self {
                Self(self.0.input(add))
            }

            /// Makes the call and returns the response with its status code, headers and value.
            pub fn send(self) -> $crate::SendFuture<$output> {
                self.0.send()
            }

            /// Makes the call and returns the response body as a stream of bytes, whatever its media type.
            pub fn send_stream(self) -> $crate::SendFuture<$crate::ByteStream> {
                self.0.send_stream()
            }

            /// Makes the call and returns the response body as bytes, whatever its media type.
            pub fn send_bytes(self) -> $crate::SendFuture<$crate::Bytes> {
                self.0.send_bytes()
            }

            /// Sets the timeout of each attempt, from sending to the end of the response, or to its head where the
            /// response is a stream.
            pub fn with_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.with_timeout(limit))
            }

            /// Sets the timeout of the whole call with all attempts and backoffs.
            pub fn with_total_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.with_total_timeout(limit))
            }

            /// Sets how long a stream may be idle.
            pub fn with_idle_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.with_idle_timeout(limit))
            }

            /// Sets a header, replacing one that the client would send.
            pub fn with_header(
                self,
                name: impl ::std::convert::AsRef<str>,
                value: impl ::std::convert::AsRef<str>,
            ) -> Self {
                Self(self.0.with_header(name, value))
            }

            /// Adds a query parameter.
            pub fn with_query(
                self,
                name: impl ::std::convert::AsRef<str>,
                value: impl ::std::fmt::Display,
            ) -> Self {
                Self(self.0.with_query(name, value))
            }

            /// Sets a property of the JSON body that the API description lacks.
            pub fn with_property(
                self,
                name: impl ::std::convert::Into<::std::string::String>,
                value: impl $crate::codec::Encode,
            ) -> Self {
                Self(self.0.with_property(name, value))
            }

            /// Uses this credential in place of the client's, for the security scheme of that name in the API
            /// description.
            pub fn with_credential(
                self,
                scheme: impl ::std::convert::AsRef<str>,
                credential: $crate::Credential,
            ) -> Self {
                Self(self.0.with_credential(scheme, credential))
            }

            /// Sends no credential, even where the operation requires one: for a server that requires none, whatever
            /// its description says.
            pub fn without_credentials(self) -> Self {
                Self(self.0.without_credentials())
            }

            /// Sends the call to this origin instead of the one of the operation or the client. A path in this URL is
            /// put before the path of the call.
            pub fn with_origin(
                self,
                url: impl ::std::convert::Into<::std::borrow::Cow<'static, str>>,
            ) -> Self {
                Self(self.0.with_origin(url))
            }

            /// Sends `key` as `Idempotency-Key` with each attempt, which makes a call retryable that otherwise would
            /// not be.
            pub fn with_idempotency_key(
                self,
                key: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.with_idempotency_key(key))
            }

            /// Reports how many bytes of the request body have been sent and the total, where it is known. Each attempt
            /// starts again at 0.
            pub fn with_upload_progress(
                self,
                callback: impl ::std::ops::Fn(u64, ::std::option::Option<u64>)
                + ::std::marker::Send
                + ::std::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.with_upload_progress(callback))
            }

            /// Reports how many bytes of a successful response body have arrived and the total, where the server names
            /// it.
            pub fn with_download_progress(
                self,
                callback: impl ::std::ops::Fn(u64, ::std::option::Option<u64>)
                + ::std::marker::Send
                + ::std::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.with_download_progress(callback))
            }

            /// Sets the retry policy of this call.
            pub fn with_retry(self, policy: $crate::RetryPolicy) -> Self {
                Self(self.0.with_retry(policy))
            }

            /// Disables retries for this call.
            pub fn without_retry(self) -> Self {
                Self(self.0.without_retry())
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = ::std::result::Result<$output, $crate::Error>;
            type IntoFuture = $crate::CallFuture<$output>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::future::IntoFuture::into_future(self.0)
            }
        }
    };
}

/// Implements an enum of several responses as an output: `outputs!(GetOutput { Ok = 200 "application/json" json, Done =
/// 204 empty })`.
///
/// Among the variants with the status code of a response, the one whose media type is most specific is chosen, and the
/// first of equals. Exact status codes precede ranges (`2XX`), and ranges precede `default`, which stands for any other
/// 2xx.
///
/// An `empty` variant is a unit variant; `json` holds a value, `any` an `AnyBody`, `text` a `String`, `bytes` holds
/// `Bytes`, `events` holds `Events` with JSON data, `text_events` holds `Events` with text, and `json_lines` holds
/// `JsonLines`.
#[macro_export]
macro_rules! outputs {
    ($name:ident { $($variant:ident = $status:tt $($media:literal)? $codec:ident),+ $(,)? }) => {
        impl $crate::output::Output for $name {
            const CASES: &'static [$crate::output::Case] = &[$($crate::output::Case {
                status: $crate::outputs!(@status $status),
                media: $crate::outputs!(@media $($media)?),
                codec: $crate::outputs!(@codec $codec),
            }),+];
            const READERS: &'static [$crate::output::Reader<Self>] =
                &[$($crate::outputs!(@reader $codec $variant)),+];
        }
    };
    (@status default) => { $crate::output::Status::Default };
    (@status 1XX) => { $crate::output::Status::Range(1) };
    (@status 2XX) => { $crate::output::Status::Range(2) };
    (@status 3XX) => { $crate::output::Status::Range(3) };
    (@status 4XX) => { $crate::output::Status::Range(4) };
    (@status 5XX) => { $crate::output::Status::Range(5) };
    (@status $code:literal) => { $crate::output::Status::Code($code) };
    (@media) => { ::std::option::Option::None };
    (@media $media:literal) => { ::std::option::Option::Some($media) };
    (@codec json) => { $crate::output::Codec::Json };
    (@codec any) => { $crate::output::Codec::Any };
    (@codec empty) => { $crate::output::Codec::Empty };
    (@codec text) => { $crate::output::Codec::Text };
    (@codec bytes) => { $crate::output::Codec::Bytes };
    (@codec events) => { $crate::output::Codec::Events };
    (@codec text_events) => { $crate::output::Codec::TextEvents };
    (@codec json_lines) => { $crate::output::Codec::JsonLines };
    (@reader json $variant:ident) => {
        |response, _| ::std::result::Result::map($crate::output::read_json(response), Self::$variant)
    };
    (@reader any $variant:ident) => {
        |response, _| ::std::result::Result::map($crate::output::read_any(response), Self::$variant)
    };
    (@reader empty $variant:ident) => {
        |response, _| ::std::result::Result::map($crate::output::read_empty(response), |()| Self::$variant)
    };
    (@reader text $variant:ident) => {
        |response, _| ::std::result::Result::map($crate::output::read_text(response), Self::$variant)
    };
    (@reader bytes $variant:ident) => {
        |response, _| ::std::result::Result::map($crate::output::read_bytes(response), Self::$variant)
    };
    (@reader events $variant:ident) => {
        |response, flow| ::std::result::Result::map($crate::output::read_events(response, flow), Self::$variant)
    };
    (@reader text_events $variant:ident) => {
        |response, flow| ::std::result::Result::map($crate::output::read_text_events(response, flow), Self::$variant)
    };
    (@reader json_lines $variant:ident) => {
        |response, flow| ::std::result::Result::map($crate::output::read_json_lines(response, flow), Self::$variant)
    };
}
