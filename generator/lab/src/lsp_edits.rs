//! `cargo lab lsp-edits`: makes random edits of the descriptions of a corpus in the language server, as an editor sends
//! them, and asks it at their places. The server must not panic, and must respond to every request.

#[path = "../../tests/lsp/client.rs"]
#[expect(dead_code, reason = "the tests of the server use the rest of it")]
mod client;
#[path = "../../tests/lsp/random.rs"]
mod random;

use std::fs;
use std::io;
use std::panic;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Args;

use client::Editor;
use random::{Random, ask, edit};

/// After how many edits of a file another one is opened.
const EDITS_OF_A_FILE: usize = 20;

/// Within how many edits without a request the server may skip texts.
const EDITS_AT_ONCE: usize = 4;

/// The time after which a response counts as missing. The server itself stops waiting for a check after five seconds.
const SLOWEST: Duration = Duration::from_secs(10);

static PANICS: AtomicUsize = AtomicUsize::new(0);

/// What to edit.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder with the descriptions.
    #[arg(long, default_value = "../shared/corpus")]
    dir: PathBuf,
    /// How many edits.
    #[arg(long, default_value_t = 10_000)]
    edits: usize,
    /// The seed of the edits.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The size in bytes up to which a description is edited.
    #[arg(long, default_value_t = 300_000)]
    largest: u64,
}

/// Makes the edits.
pub(crate) fn run(arguments: &Arguments) -> io::Result<(String, bool)> {
    let files = descriptions(arguments)?;
    if files.is_empty() {
        let text = format!(
            "skipped: `{}` has no descriptions\n",
            arguments.dir.display()
        );
        return Ok((text, true));
    }
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        usual(panic);
    }));
    let mut random = Random(arguments.seed.max(1));
    let mut slowest = (Duration::ZERO, String::new());
    let mut made = 0;
    while made < arguments.edits && PANICS.load(Ordering::Relaxed) == 0 {
        let (name, text) = &files[random.below(files.len())];
        let count = EDITS_OF_A_FILE.min(arguments.edits - made);
        let longest = edit_file((name, text), count, made, &mut random);
        slowest = slowest.max((longest, name.clone()));
        made += count;
    }
    let (time, name) = slowest;
    let panics = PANICS.load(Ordering::Relaxed);
    let text = format!(
        "{made} edits of {} descriptions: {panics} panics; the slowest response took {} ms ({name})\n",
        files.len(),
        time.as_millis(),
    );
    Ok((text, panics == 0 && time < SLOWEST))
}

/// Opens a file and edits it; returns the time of the slowest response.
fn edit_file(
    (name, text): (&str, &str),
    count: usize,
    before: usize,
    random: &mut Random,
) -> Duration {
    let mut editor = Editor::with(&[]);
    // Every third file has the line ends of Windows.
    if random.below(3) == 0 {
        editor.open_text(name, &text.replace('\n', "\r\n"));
    } else {
        editor.open_text(name, text);
    }
    let mut slowest = Duration::ZERO;
    for number in before..before + count {
        let start = edit(&mut editor, name, random);
        if random.below(EDITS_AT_ONCE) == 0 {
            let asked = Instant::now();
            ask(&mut editor, name, start, number);
            slowest = slowest.max(asked.elapsed());
        }
    }
    editor.close(name);
    editor.end();
    slowest
}

/// The names and texts of the descriptions, sorted.
fn descriptions(arguments: &Arguments) -> io::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(&arguments.dir).into_iter().flatten();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        let is_description = path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "json");
        if is_description && path.metadata()?.len() <= arguments.largest {
            files.push((name, fs::read_to_string(&path)?));
        }
    }
    files.sort();
    Ok(files)
}
