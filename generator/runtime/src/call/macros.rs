//! What generated call types and answers have.

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

            /// Makes the call and gives the answer with its status, headers and body.
            pub fn send(self) -> $crate::SendFuture<$answer> {
                self.0.send()
            }

            /// Makes the call and gives the body of its answer as it comes, whatever it is.
            pub fn send_stream(self) -> $crate::SendFuture<$crate::ByteStream> {
                self.0.send_stream()
            }

            /// Makes the call and gives the body of its answer as bytes, whatever it is.
            pub fn send_bytes(self) -> $crate::SendFuture<$crate::Bytes> {
                self.0.send_bytes()
            }

            /// Limits each attempt, from sending to the end of the answer; to its head, where the answer is a
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

            /// Sets a header, in place of one that the client would send.
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

            /// Sets a member of the JSON object that is the body, one that the description lacks.
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

            /// Sends the call to this origin, in place of the one that the description or the client has for it. A
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

            /// Tells how many bytes of the body of a successful answer have come, and how many there are in all,
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
            /// Makes the call on this thread, which waits for it, and gives the answer with its status, headers and
            /// body. No async runtime is needed.
            ///
            /// # Errors
            /// No answer came, or none that is a success and can be read.
            pub fn send_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<$answer>, $crate::Error> {
                self.0.send_blocking()
            }

            /// Makes the call on this thread, and gives the body of its answer as bytes, whatever it is.
            ///
            /// # Errors
            /// No answer came, or none that is a success.
            pub fn send_bytes_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<$crate::Bytes>, $crate::Error> {
                self.0.send_bytes_blocking()
            }

            /// Makes the call on this thread, and gives the body of its answer as it comes, whatever it is.
            ///
            /// # Errors
            /// No answer came, or none that is a success.
            pub fn send_stream_blocking(
                self,
            ) -> ::std::result::Result<$crate::Response<$crate::ByteStream>, $crate::Error> {
                self.0.send_stream_blocking()
            }
        }
    };
}

/// The part of [`call!`] that there is with the feature `blocking`: none.
#[doc(hidden)]
#[cfg(not(feature = "blocking"))]
#[macro_export]
macro_rules! blocking_call {
    ($name:ident -> $answer:ty) => {};
}

/// Makes an enum of several answers: `answers!(GetAnswer { Ok = 200 "application/json" json, Done = 204 empty })`.
///
/// Of the variants with the status, the one counts whose media type says most about what came, and the first of equals;
/// exact statuses go before ranges (`2XX`), and these before `default`, which stands for any other 2xx. A variant of `empty` has no content, that of `any` is an
/// `AnyBody`, that of `text` is a `String`, that of `bytes` are `Bytes`, that of `events` are `Events` with JSON data, of `text_events` `Events` with text,
/// and that of `json_lines` are `JsonLines`.
#[macro_export]
macro_rules! answers {
    ($name:ident { $($variant:ident = $status:tt $($media:literal)? $codec:ident),+ $(,)? }) => {
        impl $crate::answer::Answer for $name {
            fn lists(status: u16) -> bool {
                $crate::answer::lists($crate::answers!(@cases $($variant $status [$($media)?] $codec),+), status)
            }

            fn streams(status: u16, headers: &$crate::HeaderMap) -> bool {
                let cases = $crate::answers!(@cases $($variant $status [$($media)?] $codec),+);
                $crate::answer::streams(cases, status, headers)
            }

            fn read(
                answered: &$crate::answer::Answered,
                flow: ::std::option::Option<$crate::answer::Flow>,
            ) -> ::std::result::Result<Self, $crate::answer::Unread> {
                let cases = $crate::answers!(@cases $($variant $status [$($media)?] $codec),+);
                let chosen = match $crate::answer::choose(cases, answered) {
                    ::std::result::Result::Ok(chosen) => chosen,
                    ::std::result::Result::Err(unread) => return ::std::result::Result::Err(unread),
                };
                let _ = &flow;
                $(
                    if chosen == ::std::stringify!($variant) {
                        return $crate::answers!(@read $codec $name $variant answered flow);
                    }
                )+
                ::std::result::Result::Err($crate::answer::Unread::unlisted())
            }
        }
    };
    (@cases $($variant:ident $status:tt [$($media:literal)?] $codec:ident),+) => {
        &[$($crate::answer::Case {
            variant: ::std::stringify!($variant),
            status: ::std::stringify!($status),
            media: $crate::answers!(@media $($media)?),
            codec: ::std::stringify!($codec),
        }),+]
    };
    (@media) => { ::std::option::Option::None };
    (@media $media:literal) => { ::std::option::Option::Some($media) };
    (@read json $name:ident $variant:ident $answered:ident $flow:ident) => {
        ::std::result::Result::map($crate::answer::read_json($answered), $name::$variant)
    };
    (@read any $name:ident $variant:ident $answered:ident $flow:ident) => {
        ::std::result::Result::map($crate::answer::read_any($answered), $name::$variant)
    };
    (@read empty $name:ident $variant:ident $answered:ident $flow:ident) => {
        ::std::result::Result::map($crate::answer::read_empty($answered), |()| $name::$variant)
    };
    (@read text $name:ident $variant:ident $answered:ident $flow:ident) => {
        ::std::result::Result::map($crate::answer::read_text($answered), $name::$variant)
    };
    (@read bytes $name:ident $variant:ident $answered:ident $flow:ident) => {
        ::std::result::Result::map($crate::answer::read_bytes($answered), $name::$variant)
    };
    (@read events $name:ident $variant:ident $answered:ident $flow:ident) => {
        ::std::result::Result::map($crate::answer::read_events($answered, $flow), $name::$variant)
    };
    (@read text_events $name:ident $variant:ident $answered:ident $flow:ident) => {
        ::std::result::Result::map($crate::answer::read_text_events($answered, $flow), $name::$variant)
    };
    (@read json_lines $name:ident $variant:ident $answered:ident $flow:ident) => {
        ::std::result::Result::map($crate::answer::read_json_lines($answered, $flow), $name::$variant)
    };
}
