//! Journeys through all five operations, over real sockets, against a server that plays the documents strictly.

mod accounts;
mod addresses;
mod credentials;
mod failures;
mod instagram_accounts;
mod profiles;
mod programs;
mod ready;
mod redirects;
mod retries;
mod secrets;
mod strictness;
mod support;
