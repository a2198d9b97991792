//! The example of a custom transport works.

#[path = "../examples/custom_transport.rs"]
mod example;

#[test]
fn the_example_runs() {
    example::main().unwrap();
}
