//! The terminal of whoever has standard input or output for something else: a document comes through a pipe, what is chosen goes
//! into one. In: nothing. Out: the terminal in their places. Does not know about: what comes and goes there.

use std::fs::File;
use std::io;

/// Takes keys from the terminal instead of standard input, which has been read to its end.
///
/// # Errors
/// When there is no terminal.
#[cfg(unix)]
pub fn take_keys_from_terminal() -> io::Result<()> {
    rustix::stdio::dup2_stdin(terminal()?).map_err(io::Error::from)
}

/// Draws on the terminal instead of standard output; gives back what standard output was.
///
/// # Errors
/// When there is no terminal.
#[cfg(unix)]
pub fn draw_on_terminal() -> io::Result<File> {
    let terminal = terminal()?;
    let before = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdout(), 0)?;
    rustix::stdio::dup2_stdout(terminal)?;
    Ok(File::from(before))
}

/// Whether somebody could see a screen.
#[cfg(unix)]
pub fn has_terminal() -> bool {
    terminal().is_ok()
}

/// Whether somebody could see a screen.
#[cfg(not(unix))]
pub fn has_terminal() -> bool {
    use std::io::IsTerminal;

    io::stdin().is_terminal() && io::stdout().is_terminal()
}

#[cfg(unix)]
fn terminal() -> io::Result<std::os::fd::OwnedFd> {
    use std::io::IsTerminal;

    // Some systems cannot wait for /dev/tty; where standard error is the terminal it does as well.
    if cfg!(target_vendor = "apple") && io::stderr().is_terminal() {
        return Ok(rustix::io::fcntl_dupfd_cloexec(io::stderr(), 0)?);
    }
    Ok(File::options().read(true).write(true).open("/dev/tty")?.into())
}

/// Elsewhere there is but one terminal, and no way to it.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn take_keys_from_terminal() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Elsewhere there is but one terminal, and no way to it.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn draw_on_terminal() -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}
