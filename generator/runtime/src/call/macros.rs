//! What generated call types and outputs have.

/// Gives a generated call type, a tuple struct over [`Call`](crate::Call), what every call offers.
#[macro_export]
macro_rules! call {
    ($name:ident -> $answer:ty) => {
        $crate::blocking_call!($name -> $answer);

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

            /// Makes the call and gives the response with its status, headers and body.
            pub fn send(self) -> $crate::SendFuture<$answer> {
                self.0.send()
            }

            /// Makes the call and gives the body of its response as it comes, whatever it is.
            pub fn send_stream(self) -> $crate::SendFuture<$crate::ByteStream> {
                self.0.send_stream()
            }

            /// Makes the call and gives the body of its response as bytes, whatever it is.
            pub fn send_bytes(self) -> $crate::SendFuture<$crate::Bytes> {
                self.0.send_bytes()
            }

            /// Limits each attempt, from sending to the end of the response; to its head, where the response is a
            /// stream.
            pub fn with_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.with_timeout(limit))
            }

            /// Limits the call with all its attempts and waits.
            pub fn with_total_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.with_total_timeout(limit))
            }

            /// Limits how long a stream may be silent.
            pub fn with_idle_timeout(self, limit: ::std::time::Duration) -> Self {
                Self(self.0.with_idle_timeout(limit))
            }

            /// Sets a header, instead of one that the client would send.
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

            /// Sets a property of the JSON object that is the body, one that the description lacks.
            pub fn with_member(
                self,
                name: impl ::std::convert::Into<::std::string::String>,
                value: impl $crate::codec::Encode,
            ) -> Self {
                Self(self.0.with_member(name, value))
            }

            /// Proves who is calling by another credential than the client's, for the scheme of that name in the
            /// description.
            pub fn with_credential(
                self,
                scheme: impl ::std::convert::AsRef<str>,
                credential: $crate::Credential,
            ) -> Self {
                Self(self.0.with_credential(scheme, credential))
            }

            /// Sends no credential, also where the operation needs one: for a server that asks for none, whatever the
            /// description says.
            pub fn without_credentials(self) -> Self {
                Self(self.0.without_credentials())
            }

            /// Sends the call to this origin, instead of the one that the description or the client has for it. A
            /// path of this URL precedes the path of the call.
            pub fn with_origin(
                self,
                url: impl ::std::convert::Into<::std::borrow::Cow<'static, str>>,
            ) -> Self {
                Self(self.0.with_origin(url))
            }

            /// Sends `key` as `Idempotency-Key` with each attempt, which lets a call be repeated that otherwise
            /// could not.
            pub fn with_idempotency_key(
                self,
                key: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                Self(self.0.with_idempotency_key(key))
            }

            /// Tells how many bytes of the body have been given to the connection, and how many there are in all,
            /// where that is known. Each attempt begins from the start.
            pub fn with_upload_progress(
                self,
                told: impl ::std::ops::Fn(u64, ::std::option::Option<u64>)
                + ::std::marker::Send
                + ::std::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.with_upload_progress(told))
            }

            /// Tells how many bytes of the body of a successful response have come, and how many there are in all,
            /// where the server says so.
            pub fn with_download_progress(
                self,
                told: impl ::std::ops::Fn(u64, ::std::option::Option<u64>)
                + ::std::marker::Send
                + ::std::marker::Sync
                + 'static,
            ) -> Self {
                Self(self.0.with_download_progress(told))
            }

            /// Decides how this call is made again.
            pub fn with_retry(self, policy: $crate::RetryPolicy) -> Self {
                Self(self.0.with_retry(policy))
            }

            /// Makes this call once only.
            pub fn without_retry(self) -> Self {
                Self(self.0.without_retry())
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = ::std::result::Result<$answer, $crate::Error>;
            type IntoFuture = $crate::CallFuture<$answer>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::future::IntoFuture::into_future(self.0)
            }
        }
    };
}

/// The part of [`call!`] that there is with the feature `blocking`, which is a feature of this crate and not of the one
/// that the macro is used in.
#[doc(hidden)]
#[cfg(feature = "blocking")]
#[macro_export]
macro_rules! blocking_call {
    ($name:ident -> $answer:ty) => {
        impl $name {
            /// Makes the call on this thread, which waits for it, and gives the response with its status, headers and
            /// body. No async runtime is needed.
            ///
            /// # Errors
            /// Returns an error if there is no response, or none with a success status code that can be decoded.
            pub fn send_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<$answer>, $crate::Error> {
                self.0.send_blocking()
            }

            /// Makes the call on this thread, and gives the body of its response as bytes, whatever it is.
            ///
            /// # Errors
            /// Returns an error if there is no response, or none with a success status code.
            pub fn send_bytes_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<$crate::Bytes>, $crate::Error> {
                self.0.send_bytes_blocking()
            }

            /// Makes the call on this thread, and gives the body of its response as it comes, whatever it is.
            ///
            /// # Errors
            /// Returns an error if there is no response, or none with a success status code.
            pub fn send_stream_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<$crate::ByteStream>, $crate::Error> {
                self.0.send_stream_blocking()
            }
        }
    };
}

/// The blocking part of [`call!`], empty without the feature `blocking`.
#[doc(hidden)]
#[cfg(not(feature = "blocking"))]
#[macro_export]
macro_rules! blocking_call {
    ($name:ident -> $answer:ty) => {};
}

/// Makes an enum of several responses: `outputs!(GetOutput { Ok = 200 "application/json" json, Done = 204 empty })`.
///
/// Of the variants with the status code, the one counts whose media type says most about what came, and the first of
/// equals. Exact status codes go before ranges (`2XX`), and these before `default`, which stands for any other 2xx.
///
/// A variant of `empty` has no content, that of `json` has a value, that of `any` an `AnyBody`, that of `text` a
/// `String`, that of `bytes` has `Bytes`, that of `events` `Events` with JSON data, that of `text_events` `Events` with
/// text, and that of `json_lines` `JsonLines`.
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
