//! `cargo lab walkthrough`: follows the first chapters of the book as a new user would.
//!
//! The shell blocks of the chapters are joined to one script, which also writes the files that the chapters show. It
//! runs in an empty folder, with its own home directory: once with the program that the chapters install from a clone
//! of the repository, and once with nothing but the three packages that would be published. The packages also replace
//! the registry in a last step, in which all clients of one program share the published runtime.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::process::{self, cargo};

/// The chapter that installs the program from a clone.
const INSTALL: &str = "install.md";
/// The chapters that use it.
const CHAPTERS: [&str; 2] = ["first-client.md", "change.md"];
/// The packages that would be published.
const PACKAGES: [&str; 3] = ["specwright", "specwright-runtime", "social-apis"];
/// What follows the chapters if only the packages are there: the clients of the chapters are generated again beside a
/// configuration that takes the runtime from its package, and a third client is its package. Cargo.lock then has one
/// runtime.
const SHARED: &str = r#"mkdir -p shared/.cargo
cat > shared/.cargo/config.toml <<'END OF FILE'
[patch.crates-io]
specwright-runtime = { path = "../specwright-runtime-0.1.0" }
END OF FILE
run cp -r petstore.yaml clinic.yaml pets shared
run cd shared
run specwright generate petstore.yaml --out petstore-client --runtime-version 0.1
run specwright generate clinic.yaml --out clinic-client --runtime-version 0.1
run cd pets
run cargo add --path ../../social-apis-0.1.0
run cargo test
run test "$(grep -c 'name = ".*-runtime"' Cargo.lock)" = 1
"#;
/// The command that installs the program from its package, as the chapter says.
const INSTALL_PACKAGE: &str = "cargo install --locked --path specwright-0.1.0";
/// The URL from which the chapters clone the repository.
const REPOSITORY: &str = "https://github.com/specwright/specwright";

/// Follows the chapters with both programs. The repository is the current directory.
pub(crate) fn run() -> io::Result<(String, bool)> {
    let repository = std::env::current_dir()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_err(io::Error::other)?.as_nanos();
    let scratch = std::env::temp_dir().join(format!("specwright-walkthrough-{now}"));
    let mut text = String::new();

    let mut cloned = String::new();
    for chapter in [INSTALL].iter().chain(&CHAPTERS) {
        cloned += &script(&page(chapter)?);
    }
    let mut passed = follow(&cloned, &scratch.join("clone"), &repository)?;
    add(&mut text, "from a clone", &cloned, passed)?;

    let mut packaged = install_package(&repository)?;
    for chapter in CHAPTERS {
        packaged += &script(&page(chapter)?);
    }
    packaged += SHARED;
    let is_right = follow(&packaged, &scratch.join("package"), &repository)?;
    add(&mut text, "from the packages", &packaged, is_right)?;
    passed &= is_right;

    if passed {
        fs::remove_dir_all(&scratch)?;
    } else {
        writeln!(text, "see {}", scratch.display()).map_err(io::Error::other)?;
    }
    Ok((text, passed))
}

fn add(text: &mut String, way: &str, script: &str, passed: bool) -> io::Result<()> {
    let verdict = if passed { "passed" } else { "failed" };
    let commands = script
        .lines()
        .filter(|line| line.starts_with("run "))
        .count();
    writeln!(text, "{way}: {commands} commands, {verdict}").map_err(io::Error::other)
}

fn page(chapter: &str) -> io::Result<String> {
    fs::read_to_string(Path::new("generator/book/src").join(chapter))
}

/// Makes the packages, and returns the commands that unpack them and install the program.
fn install_package(repository: &Path) -> io::Result<String> {
    let mut package = cargo();
    package.args(["package", "--allow-dirty", "--no-verify"]);
    package.args(PACKAGES.into_iter().flat_map(|name| ["--package", name]));
    process::output(&mut package)?;
    let mut script = String::new();
    for name in PACKAGES {
        let file = repository.join(format!("target/package/{name}-0.1.0.crate"));
        let _ = writeln!(script, "run tar xzf '{}'", file.display());
    }
    let _ = writeln!(script, "run {INSTALL_PACKAGE}");
    Ok(script)
}

/// The shell script of a chapter: its commands, and the files that it shows after `<!-- file: NAME -->` or appends to
/// after `<!-- append: NAME -->`.
fn script(page: &str) -> String {
    let mut script = String::new();
    let mut lines = page.lines();
    let mut redirection = None;
    while let Some(line) = lines.next() {
        if let Some(name) = comment(line, "file") {
            redirection = Some(format!("> {name}"));
        } else if let Some(name) = comment(line, "append") {
            redirection = Some(format!(">> {name}"));
        } else if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match redirection.take() {
                Some(to) => write_file(&mut script, &to, &block),
                None if language == "sh" => run_each(&mut script, &block),
                None => {}
            }
        }
    }
    script
}

fn comment<'a>(line: &'a str, what: &str) -> Option<&'a str> {
    let line = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    line.strip_prefix(what)?.strip_prefix(": ")
}

fn write_file(script: &mut String, redirection: &str, block: &[&str]) {
    let name = redirection.trim_start_matches(['>', ' ']);
    let _ = writeln!(script, "mkdir -p \"$(dirname {name})\"");
    let _ = writeln!(script, "cat {redirection} <<'END OF FILE'");
    for line in block {
        script.push_str(line);
        script.push('\n');
    }
    script.push_str("END OF FILE\n");
}

fn run_each(script: &mut String, block: &[&str]) {
    for line in block.iter().filter(|line| !line.is_empty()) {
        script.push_str("run ");
        script.push_str(line);
        script.push('\n');
    }
}

/// Runs the script in this folder. Its home directory only has a rule for git that redirects the repository's URL to
/// this clone.
fn follow(script: &str, dir: &Path, repository: &Path) -> io::Result<bool> {
    let (home, work, installed) = (dir.join("home"), dir.join("work"), dir.join("installed"));
    fs::create_dir_all(&home)?;
    fs::create_dir_all(&work)?;
    let rule = format!(
        "[url \"file://{}\"]\n    insteadOf = {REPOSITORY}\n[init]\n    defaultBranch = main\n",
        repository.display()
    );
    fs::write(home.join(".gitconfig"), rule)?;
    let whole = format!("set -euo pipefail\nrun() {{ echo \"$ $*\" >&2; \"$@\"; }}\n{script}");
    let file = dir.join("script.sh");
    fs::write(&file, whole)?;

    let path = std::env::var("PATH").map_err(io::Error::other)?;
    let mut bash = Command::new("bash");
    bash.arg(&file)
        .current_dir(&work)
        .env("HOME", &home)
        .env(
            "PATH",
            format!("{}:{path}", installed.join("bin").display()),
        )
        .env("CARGO_INSTALL_ROOT", &installed)
        .env("CARGO_TARGET_DIR", repository.join("target/walkthrough"));
    for (variable, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        if std::env::var_os(variable).is_none()
            && let Some(home) = std::env::home_dir()
        {
            bash.env(variable, home.join(folder));
        }
    }
    Ok(bash.status()?.success())
}

#[cfg(test)]
mod tests {
    use super::{CHAPTERS, INSTALL, INSTALL_PACKAGE, page, script};

    /// The commands of the README for this repository itself, which `.ci/run` runs.
    const OF_REPOSITORY: [&str; 2] = ["cargo xtask regenerate", "cargo test --workspace"];

    #[test]
    fn the_other_commands_of_the_readme_are_those_of_the_chapters() {
        std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).unwrap();
        let chapters = [INSTALL].into_iter().chain(CHAPTERS);
        let followed: String = chapters.map(|name| script(&page(name).unwrap())).collect();
        let readme = script(&std::fs::read_to_string("README.md").unwrap());
        let commands = readme.lines().filter_map(|line| line.strip_prefix("run "));
        let commands = commands.map(|line| line.split(" # ").next().unwrap_or(line).trim());
        let mut others = commands
            .filter(|command| !OF_REPOSITORY.contains(command))
            .peekable();
        assert!(others.peek().is_some(), "the README has no command");
        for command in others {
            let is_followed = followed
                .lines()
                .any(|line| line == format!("run {command}"));
            assert!(is_followed, "{command}");
        }
        assert!(page(INSTALL).unwrap().contains(INSTALL_PACKAGE));
    }

    #[test]
    fn a_chapter_becomes_a_script() {
        let page = "# Title\n\n```sh\ncargo new pets\ncd pets\n```\n\n<!-- file: src/main.rs -->\n```rust,ignore\nfn main() {}\n\
                    ```\n\n```yaml\nnot: written\n```\n\n<!-- append: a.yaml -->\n```yaml\n  b: c\n```\n";
        let expected = "run cargo new pets\nrun cd pets\nmkdir -p \"$(dirname src/main.rs)\"\n\
                        cat > src/main.rs <<'END OF FILE'\nfn main() {}\nEND OF FILE\nmkdir -p \"$(dirname a.yaml)\"\n\
                        cat >> a.yaml <<'END OF FILE'\n  b: c\nEND OF FILE\n";
        assert_eq!(script(page), expected);
    }
}
