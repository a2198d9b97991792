//! The examples work.

mod aws_sigv4;
#[path = "../../examples/custom_transport.rs"]
mod custom_transport;
#[path = "../../examples/hmac_signature.rs"]
mod hmac_signature;

#[test]
fn a_custom_transport() {
    custom_transport::main().unwrap();
}

#[test]
fn an_hmac_of_each_request() {
    hmac_signature::main().unwrap();
}
