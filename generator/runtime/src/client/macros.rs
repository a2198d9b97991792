//! The macros for generated clients and their builders.

/// Implements the methods of a client for a generated client, a struct with one field `core`.
#[macro_export]
macro_rules! client {
    ($client:ident) => {
        impl $client {
            /// Returns a call of an operation that the API description lacks, with the credentials, retries and errors
            /// of all others.
            ///
            /// `path` is appended to the base URL. Its placeholders (`{name}`) are filled by the request's `path(name,
            /// value)`.
            pub fn request(
                &self,
                method: $crate::Method,
                path: impl ::std::convert::Into<::std::string::String>,
            ) -> $crate::Request {
                let path: ::std::string::String = ::std::convert::Into::into(path);
                self.core.call("request", method, path)
            }

            /// Returns a client with another credential for the security scheme of that name in the API description. It
            /// shares everything else, including the connections.
            ///
            /// # Errors
            /// The API has no such scheme, or the credential cannot be sent.
            pub fn with_credential(
                &self,
                scheme: impl ::std::convert::AsRef<str>,
                credential: $crate::Credential,
            ) -> ::std::result::Result<Self, $crate::Error> {
                let scheme = ::std::convert::AsRef::as_ref(&scheme);
                ::std::result::Result::map(self.core.with_credential(scheme, credential), |core| {
                    Self { core }
                })
            }
        }
    };
}

/// Implements the settings and `build()` for a generated builder, a struct with one field `core`.
#[macro_export]
macro_rules! builder {
    ($builder:ident -> $client:ident) => {
        impl $builder {
            #[allow(dead_code, reason = "an API without security takes no credential")]
            fn credential(self, scheme: &'static str, credential: $crate::Credential) -> Self {
                Self {
                    core: self.core.credential(scheme, credential),
                }
            }

            /// Sends every request to this origin instead of the origins in the API description: those of the server,
            /// of operations with their own server, and of the token URL. For a mock or a proxy, such as
            /// `http://127.0.0.1:4010`. The paths stay the same; a path in this URL is put before them.
            pub fn origin(
                self,
                url: impl ::std::convert::Into<::std::borrow::Cow<'static, str>>,
            ) -> Self {
                Self {
                    core: self.core.origin(url),
                }
            }

            /// Sends no credentials, even where operations require them: for a server that requires none, whatever its
            /// description says. Credentials set before are dropped; a credential set later is sent.
            pub fn without_credentials(self) -> Self {
                Self {
                    core: self.core.without_credentials(),
                }
            }

            /// Sets the timeout of an attempt, from sending to the end of the response: 60 s by default.
            pub fn timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.timeout(limit),
                }
            }

            /// Sets the timeout of a call with all attempts and backoffs: no timeout by default.
            pub fn total_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.total_timeout(limit),
                }
            }

            /// Sets how long a stream may be idle: 5 min by default.
            pub fn idle_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.idle_timeout(limit),
                }
            }

            /// Sets the timeout for connecting: 10 s by default.
            pub fn connect_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.connect_timeout(limit),
                }
            }

            /// Sets the read timeout: how long a connection may neither receive nor send a byte. No limit by default.
            pub fn read_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.read_timeout(limit),
                }
            }

            /// Sets the retry policy.
            pub fn retry(self, policy: $crate::RetryPolicy) -> Self {
                Self {
                    core: self.core.retry(policy),
                }
            }

            /// Disables retries.
            pub fn without_retry(self) -> Self {
                Self {
                    core: self.core.without_retry(),
                }
            }

            /// Sends a header with every request.
            pub fn header(
                self,
                name: impl ::std::convert::Into<::std::string::String>,
                value: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                Self {
                    core: self.core.header(name, value),
                }
            }

            /// Sets the user agent.
            pub fn user_agent(
                self,
                user_agent: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                Self {
                    core: self.core.user_agent(user_agent),
                }
            }

            /// Sends requests through the HTTP proxy at this URL, which can contain a user name and a password:
            /// `http://user:password@proxy.example:3128`. By default, the environment decides: `HTTPS_PROXY`,
            /// `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.
            pub fn proxy(self, url: impl ::std::convert::Into<::std::string::String>) -> Self {
                Self {
                    core: self.core.proxy(url),
                }
            }

            /// Uses no proxy, whatever the environment says.
            pub fn without_proxy(self) -> Self {
                Self {
                    core: self.core.without_proxy(),
                }
            }

            /// Trusts this certificate authority in addition to those of the system: any number of certificates as PEM,
            /// or one as DER.
            pub fn root_certificate(
                self,
                certificate: impl ::std::convert::Into<::std::vec::Vec<u8>>,
            ) -> Self {
                Self {
                    core: self.core.root_certificate(certificate),
                }
            }

            /// Sets the client certificate for servers that ask for one (mutual TLS): none by default. `chain` is the
            /// certificate followed by the intermediate certificates, `key` its unencrypted private key, both as PEM. It
            /// is not sent to proxies, and not to other origins that a server redirects to.
            pub fn client_certificate(
                self,
                chain: impl ::std::convert::Into<::std::vec::Vec<u8>>,
                key: impl ::std::convert::Into<::std::vec::Vec<u8>>,
            ) -> Self {
                Self {
                    core: self.core.client_certificate(chain, key),
                }
            }

            /// Accepts every certificate of a server or a proxy, for tests. **Anybody between the client and the server
            /// can then read and change requests, responses and credentials.**
            pub fn danger_accept_invalid_certificates(self) -> Self {
                Self {
                    core: self.core.danger_accept_invalid_certificates(),
                }
            }

            /// Connects to these addresses for `host` instead of asking DNS. The port is taken from the URL.
            pub fn resolve(
                self,
                host: impl ::std::convert::Into<::std::string::String>,
                addresses: impl ::std::iter::IntoIterator<Item = ::std::net::IpAddr>,
            ) -> Self {
                Self {
                    core: self.core.resolve(host, addresses),
                }
            }

            /// Connects from this local address: by default, the system chooses one.
            pub fn local_address(self, address: ::std::net::IpAddr) -> Self {
                Self {
                    core: self.core.local_address(address),
                }
            }

            /// Uses HTTP/1.1 only: by default, servers with TLS choose between HTTP/1.1 and HTTP/2.
            pub fn http1_only(self) -> Self {
                Self {
                    core: self.core.http1_only(),
                }
            }

            /// Uses HTTP/2 only, even at `http://` and where the server does not offer it.
            pub fn http2_prior_knowledge(self) -> Self {
                Self {
                    core: self.core.http2_prior_knowledge(),
                }
            }

            /// Sets the maximum number of idle connections to each host: no limit by default.
            pub fn pool_max_idle_per_host(self, connections: usize) -> Self {
                Self {
                    core: self.core.pool_max_idle_per_host(connections),
                }
            }

            /// Sets how long an idle connection is kept: 30 s by default.
            pub fn pool_idle_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.pool_idle_timeout(limit),
                }
            }

            /// Opens a new connection for each request: by default, connections are reused.
            pub fn without_pool(self) -> Self {
                Self {
                    core: self.core.without_pool(),
                }
            }

            /// Sends the requests over another transport, which ignores the settings for connections.
            pub fn transport(self, transport: impl $crate::transport::Transport) -> Self {
                Self {
                    core: self.core.transport(transport),
                }
            }

            /// Allows `http://` URLs of other machines: requests and credentials can then be read in transit.
            pub fn allow_http(self) -> Self {
                Self {
                    core: self.core.allow_http(),
                }
            }

            /// Sets the maximum size of a response body, or of one item of a stream: 64 MiB by default.
            pub fn body_limit(self, bytes: usize) -> Self {
                Self {
                    core: self.core.body_limit(bytes),
                }
            }

            /// Sends a generated key in this header, usually `Idempotency-Key`, with each call that otherwise could not
            /// be retried. Use it only if all operations of the API support the header.
            pub fn idempotency_keys(
                self,
                header: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                Self {
                    core: self.core.idempotency_keys(header),
                }
            }

            /// Adds a hook that runs around each call, inside the hooks added before.
            pub fn call_hook(self, hook: impl $crate::hooks::CallHook) -> Self {
                Self {
                    core: self.core.call_hook(hook),
                }
            }

            /// Adds a hook that runs around each attempt of each call, inside the hooks added before.
            pub fn attempt_hook(self, hook: impl $crate::hooks::AttemptHook) -> Self {
                Self {
                    core: self.core.attempt_hook(hook),
                }
            }

            /// Signs every request of the API, after its credentials are in it and again for each attempt. If the
            /// signature is the credential that operations require, call `without_credentials()` as well.
            pub fn signer(self, signer: impl $crate::Signer) -> Self {
                Self {
                    core: self.core.signer(signer),
                }
            }

            /// Builds the client.
            ///
            /// # Errors
            /// The base URL is invalid or not encrypted, a credential or a header cannot be sent, or a setting of the
            /// connections is invalid.
            pub fn build(self) -> ::std::result::Result<$client, $crate::Error> {
                ::std::result::Result::map(self.core.build(), |core| $client { core })
            }
        }
    };
}
