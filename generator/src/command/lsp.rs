//! `specwright lsp`: serves an editor.

use std::process::ExitCode;

pub(crate) fn run() -> Result<ExitCode, String> {
    #[cfg(unix)]
    keep_memory();
    specwright::lsp::run()?;
    Ok(ExitCode::SUCCESS)
}

/// Starts the program again with an allocator that keeps freed memory for a minute, so that a check uses the memory of
/// the one before. By default the allocator returns it to the system after a second, and getting it back takes a
/// sixth of the time of a check. The allocator only reads its options from the environment, when the program starts.
#[cfg(unix)]
fn keep_memory() {
    use std::os::unix::process::CommandExt as _;

    const DELAY: &str = "MIMALLOC_PURGE_DELAY";
    if std::env::var_os(DELAY).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        let mut command = std::process::Command::new(program);
        command
            .args(std::env::args_os().skip(1))
            .env(DELAY, "60000");
        // Only returns if the program could not be started. The server is a bit slower then.
        let _ = command.exec();
    }
}
