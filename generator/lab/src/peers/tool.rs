//! The generators: how each is installed and started.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Generated;
use super::measure;
use crate::install::{self, Stop};
use crate::process;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    OpenapiGenerator,
    Oas3Gen,
    OpenapiToRust,
    Ploidy,
    Progenitor,
    Specwright,
}

impl Tool {
    pub(super) const ALL: [Self; 6] = [
        Self::Specwright,
        Self::OpenapiGenerator,
        Self::Oas3Gen,
        Self::Progenitor,
        Self::Ploidy,
        Self::OpenapiToRust,
    ];

    /// Its name, which is also that of its folders.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::OpenapiGenerator => "openapi-generator",
            Self::Oas3Gen => "oas3-gen",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Ploidy => "ploidy",
            Self::Progenitor => "progenitor",
            Self::Specwright => "specwright",
        }
    }

    /// Its package with the version. A new version may need other arguments, and other programs.
    fn package(self) -> &'static str {
        match self {
            Self::OpenapiGenerator => "openapi-generator-cli==7.26.0",
            Self::Oas3Gen => "oas3-gen@0.29.0",
            Self::OpenapiToRust => "openapi-to-rust@0.23.0",
            Self::Ploidy => "ploidy@0.15.0",
            Self::Progenitor => "cargo-progenitor@0.15.1",
            Self::Specwright => concat!("specwright@", env!("CARGO_PKG_VERSION")),
        }
    }

    pub(super) fn version(self) -> &'static str {
        let package = self.package();
        package.rsplit(['@', '=']).next().unwrap_or(package)
    }

    /// Installs it, or returns the reason why it cannot be installed.
    pub(super) fn install(self, scratch: &Path) -> io::Result<Option<String>> {
        let installed = match self {
            Self::Specwright => {
                let mut cargo = process::cargo();
                let status = cargo
                    .args(["build", "--release", "--package", "specwright"])
                    .status()?;
                return if status.success() {
                    Ok(None)
                } else {
                    Err(io::Error::other("specwright does not build"))
                };
            }
            Self::OpenapiGenerator => {
                install::pip(&scratch.join(self.name()), self.package()).map(drop)
            }
            _ => {
                let mut cargo = process::cargo();
                cargo
                    .args(["install", "--quiet", "--locked", self.package(), "--root"])
                    .arg(scratch)
                    .arg("--target-dir")
                    .arg(scratch.join("build"));
                install::run(&mut cargo)
            }
        };
        match installed {
            Ok(()) => Ok(None),
            Err(Stop::Skipped(reason)) => Ok(Some(reason)),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Generates a crate into the folder `out`, which does not exist yet and whose name is that of the crate.
    pub(super) fn generate(
        self,
        scratch: &Path,
        description: &Path,
        out: &Path,
    ) -> io::Result<Result<Generated, String>> {
        fs::create_dir_all(out)?;
        let measured = measure::run(&mut self.command(scratch, description, out)?)?;
        if !measured.status.success() {
            return Ok(Err(measured.reason()));
        }
        let generated = Generated {
            seconds: measured.seconds,
            wall: measured.wall,
            files: files(out)?,
        };
        if self == Self::OpenapiToRust {
            add_manifest(out)?;
        }
        Ok(Ok(generated))
    }

    fn command(self, scratch: &Path, description: &Path, out: &Path) -> io::Result<Command> {
        let description = std::path::absolute(description)?;
        let mut command = Command::new(self.program(scratch)?);
        let name = out.file_name().unwrap_or_default();
        command.args(self.arguments().iter().map(|argument| match *argument {
            "SPEC" => description.as_os_str(),
            "OUT" => out.as_os_str(),
            "NAME" => name,
            other => other.as_ref(),
        }));
        command.current_dir(out);
        Ok(command)
    }

    fn program(self, scratch: &Path) -> io::Result<PathBuf> {
        Ok(match self {
            Self::Specwright => std::path::absolute("target/release/specwright")?,
            Self::OpenapiGenerator => scratch.join("openapi-generator/bin/openapi-generator-cli"),
            Self::Progenitor => scratch.join("bin/cargo-progenitor"),
            Self::Oas3Gen | Self::OpenapiToRust | Self::Ploidy => {
                scratch.join("bin").join(self.name())
            }
        })
    }

    /// The arguments, with `SPEC`, `OUT` and `NAME` for the description, the folder and the name of the crate.
    pub(super) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::OpenapiGenerator => &[
                "generate",
                "-g",
                "rust",
                "-i",
                "SPEC",
                "-o",
                "OUT",
                "--package-name",
                "NAME",
            ],
            Self::Oas3Gen => &[
                "generate",
                "client-mod",
                "--workspace",
                "-i",
                "SPEC",
                "-o",
                "OUT",
            ],
            Self::OpenapiToRust => &["generate", "SPEC"],
            Self::Ploidy => &["generate", "rust", "SPEC", "-o", "OUT", "--name", "NAME"],
            Self::Progenitor => &[
                "progenitor",
                "--interface",
                "builder",
                "-i",
                "SPEC",
                "-o",
                "OUT",
                "-n",
                "NAME",
                "-v",
                "0.1.0",
            ],
            Self::Specwright => &[
                "generate",
                "SPEC",
                "--lenient",
                "--out",
                "OUT",
                "--name",
                "NAME",
            ],
        }
    }
}

/// Counts the files of a folder.
fn files(dir: &Path) -> io::Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        count += if entry.file_type()?.is_dir() {
            files(&entry.path())?
        } else {
            1
        };
    }
    Ok(count)
}

/// Makes a crate of the modules that openapi-to-rust writes, with the dependencies that it asks for.
fn add_manifest(out: &Path) -> io::Result<()> {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let dependencies = fs::read_to_string(out.join("src/generated/REQUIRED_DEPS.toml"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{dependencies}"
    );
    fs::write(out.join("Cargo.toml"), manifest)?;
    fs::write(out.join("src/lib.rs"), "pub mod generated;\n")
}
