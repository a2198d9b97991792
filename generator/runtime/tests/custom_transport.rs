//! The example of a custom transport does what it says.

#[path = "../examples/custom_transport.rs"]
mod example;

#[test]
fn the_example_runs() {
    example::main().unwrap();
}
