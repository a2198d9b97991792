//! What each generated client and its builder have.

/// Gives a generated client, which has one field `core`, what every client offers.
#[macro_export]
macro_rules! client {
    ($client:ident) => {
        impl $client {
            /// Begins a call that the description lacks, with the credentials, retries and errors of all others.
            ///
            /// `path` is added to the base URL; `{name}`s in it are filled with the request's `path(name, value)`.
            pub fn request(
                &self,
                method: $crate::Method,
                path: impl ::std::convert::Into<::std::string::String>,
            ) -> $crate::Request {
                let path: ::std::string::String = ::std::convert::Into::into(path);
                self.core.call("request", method, path)
            }

            /// Returns a client that differs only in the credential of the scheme of that name in the description. It
            /// shares everything else, the connections too.
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

/// Gives a generated builder, which has one field `core`, its settings and `build()`.
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

            /// Sends every request to this origin, instead of the origins that the description names: those of the
            /// server, of operations with a server of their own, and of the URL that hands out tokens. It is for a
            /// mock or a proxy: `http://127.0.0.1:4010`. The paths stay the same; a path of this URL precedes them.
            pub fn origin(
                self,
                url: impl ::std::convert::Into<::std::borrow::Cow<'static, str>>,
            ) -> Self {
                Self {
                    core: self.core.origin(url),
                }
            }

            /// Sends no credential, to operations that need one as well: for a server that asks for none, whatever
            /// the description says. Credentials that were given before are dropped, and one that is given later is
            /// sent again.
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

            /// How long a call may take with all its attempts and waits: no limit by default.
            pub fn total_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.total_timeout(limit),
                }
            }

            /// How long a stream may be silent: 5 min by default.
            pub fn idle_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.idle_timeout(limit),
                }
            }

            /// How long connecting may take: 10 s by default.
            pub fn connect_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.connect_timeout(limit),
                }
            }

            /// Limits the time in which a connection neither receives nor sends a byte: no limit by default.
            pub fn read_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.read_timeout(limit),
                }
            }

            /// How failed calls are made again.
            pub fn retry(self, policy: $crate::RetryPolicy) -> Self {
                Self {
                    core: self.core.retry(policy),
                }
            }

            /// Makes no call again.
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

            /// Replaces the user agent.
            pub fn user_agent(
                self,
                user_agent: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                Self {
                    core: self.core.user_agent(user_agent),
                }
            }

            /// Sends the requests through the HTTP proxy at this URL, which can have a name and a password:
            /// `http://user:password@proxy.example:3128`. By default the environment decides: `HTTPS_PROXY`,
            /// `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.
            pub fn proxy(self, url: impl ::std::convert::Into<::std::string::String>) -> Self {
                Self {
                    core: self.core.proxy(url),
                }
            }

            /// Goes through no proxy, whatever the environment says.
            pub fn without_proxy(self) -> Self {
                Self {
                    core: self.core.without_proxy(),
                }
            }

            /// Trusts servers with a certificate of this authority too, beside those that the system trusts: any
            /// number of certificates as PEM, or one as DER.
            pub fn root_certificate(
                self,
                certificate: impl ::std::convert::Into<::std::vec::Vec<u8>>,
            ) -> Self {
                Self {
                    core: self.core.root_certificate(certificate),
                }
            }

            /// Shows this certificate to servers that ask for one (mutual TLS): no certificate by default. `chain` is
            /// the certificate and those between it and the authority, `key` its private key without a password, both
            /// as PEM. No proxy and no other origin that a server redirects to gets it.
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

            /// Connects to these addresses where `host` is called, instead of asking DNS. The port stays that of the
            /// URL.
            pub fn resolve(
                self,
                host: impl ::std::convert::Into<::std::string::String>,
                addresses: impl ::std::iter::IntoIterator<Item = ::std::net::IpAddr>,
            ) -> Self {
                Self {
                    core: self.core.resolve(host, addresses),
                }
            }

            /// Connects from this address of the machine: by default the system chooses one.
            pub fn local_address(self, address: ::std::net::IpAddr) -> Self {
                Self {
                    core: self.core.local_address(address),
                }
            }

            /// Speaks HTTP/1.1 only: by default servers with TLS choose between HTTP/1.1 and HTTP/2.
            pub fn http1_only(self) -> Self {
                Self {
                    core: self.core.http1_only(),
                }
            }

            /// Speaks HTTP/2 only, also at `http://` and where the server does not offer it.
            pub fn http2_prior_knowledge(self) -> Self {
                Self {
                    core: self.core.http2_prior_knowledge(),
                }
            }

            /// Keeps at most this many idle connections to each host: no limit by default.
            pub fn pool_max_idle_per_host(self, connections: usize) -> Self {
                Self {
                    core: self.core.pool_max_idle_per_host(connections),
                }
            }

            /// Closes a connection that was idle for this time: 30 s by default.
            pub fn pool_idle_timeout(self, limit: ::std::time::Duration) -> Self {
                Self {
                    core: self.core.pool_idle_timeout(limit),
                }
            }

            /// Makes a new connection for each request: by default connections are kept for later requests.
            pub fn without_pool(self) -> Self {
                Self {
                    core: self.core.without_pool(),
                }
            }

            /// Sends the requests over another transport, which decides about its connections by itself.
            pub fn transport(self, transport: impl $crate::transport::Transport) -> Self {
                Self {
                    core: self.core.transport(transport),
                }
            }

            /// Allows `http://` to other machines: requests and credentials can be read on their way.
            pub fn allow_http(self) -> Self {
                Self {
                    core: self.core.allow_http(),
                }
            }

            /// The largest body of a response that is accepted, and of a stream the largest item: 64 MiB by default.
            pub fn body_limit(self, bytes: usize) -> Self {
                Self {
                    core: self.core.body_limit(bytes),
                }
            }

            /// Sends a new key in this header, commonly `Idempotency-Key`, with each call that otherwise could not be
            /// repeated. Only for an API that knows the header for all its operations.
            pub fn idempotency_keys(
                self,
                header: impl ::std::convert::Into<::std::string::String>,
            ) -> Self {
                Self {
                    core: self.core.idempotency_keys(header),
                }
            }

            /// Runs a hook around each call, within those that were given before.
            pub fn call_hook(self, hook: impl $crate::hooks::CallHook) -> Self {
                Self {
                    core: self.core.call_hook(hook),
                }
            }

            /// Runs a hook around each attempt of each call, within those that were given before.
            pub fn attempt_hook(self, hook: impl $crate::hooks::AttemptHook) -> Self {
                Self {
                    core: self.core.attempt_hook(hook),
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
