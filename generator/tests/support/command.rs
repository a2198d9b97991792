//! The command as a person runs it, in a separate directory.

#![allow(dead_code, reason = "each file of tests uses a part of it")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A description without a mistake.
pub(crate) const SPEC: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://pets.example'}]\n\
                    paths:\n  /pets:\n    get:\n      operationId: listPets\n      responses:\n        '200':\n          \
                    description: All pets.\n          content:\n            application/json:\n              \
                    schema: {type: array, items: {type: string}}\n";

/// A separate directory in which the command runs.
pub(crate) struct Dir(pub(crate) PathBuf);

/// The output of the command, and its result.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Whether the command succeeded.
    pub(crate) fn is_well(&self) -> bool {
        self.code == Some(0)
    }
}

impl Dir {
    pub(crate) fn new(name: &str) -> Self {
        let name = format!("specwright-command-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.0.join(path).exists()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    /// Runs the command with a text on its standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Run {
        run(self.command(arguments), input)
    }

    /// Runs the command on a system that has no stack for another thread.
    pub(crate) fn run_on_one_thread(&self, arguments: &[&str]) -> Run {
        let mut command = self.command(arguments);
        command.env("RUST_MIN_STACK", (isize::MAX / 2).to_string());
        run(command, "")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        command.args(arguments).current_dir(&self.0);
        command
    }
}

fn run(mut command: Command, input: &str) -> Run {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = piped.stderr(Stdio::piped()).spawn().unwrap();
    // A command that does not read its input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
