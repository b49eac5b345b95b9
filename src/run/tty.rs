//! The terminal of whoever has standard input or output for something else: a document comes through a pipe, what is chosen goes
//! into one. In: nothing. Out: the terminal in their places. Does not know about: what comes and goes there.

#[cfg(unix)]
pub use unix::{KeptOutput, draw_on_terminal, has_terminal, take_keys_from_terminal};

#[cfg(not(unix))]
pub use elsewhere::{KeptOutput, draw_on_terminal, has_terminal, take_keys_from_terminal};

#[cfg(unix)]
mod unix {
    use std::io::{self, IsTerminal, Write};
    use std::os::fd::OwnedFd;

    use crate::corpus::load::gate;

    /// What standard output was before the terminal took its place.
    #[derive(Debug)]
    pub struct KeptOutput(OwnedFd);

    impl Write for KeptOutput {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(rustix::io::write(&self.0, bytes)?)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Takes keys from the terminal instead of standard input, which has been read to its end.
    ///
    /// # Errors
    /// When there is no terminal.
    pub fn take_keys_from_terminal() -> io::Result<()> {
        Ok(rustix::stdio::dup2_stdin(terminal()?)?)
    }

    /// Draws on the terminal instead of standard output; gives back what standard output was.
    ///
    /// # Errors
    /// When there is no terminal.
    pub fn draw_on_terminal() -> io::Result<KeptOutput> {
        let terminal = terminal()?;
        let before = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdout(), 0)?;
        rustix::stdio::dup2_stdout(terminal)?;
        Ok(KeptOutput(before))
    }

    /// Whether somebody could see a screen.
    pub fn has_terminal() -> bool {
        terminal().is_ok()
    }

    fn terminal() -> io::Result<OwnedFd> {
        // Some systems cannot wait for /dev/tty; where standard error is the terminal it does as well.
        if cfg!(target_vendor = "apple") && io::stderr().is_terminal() {
            return Ok(rustix::io::fcntl_dupfd_cloexec(io::stderr(), 0)?);
        }
        gate::terminal()
    }
}

/// Elsewhere there is no way to the terminal but standard input and output.
#[cfg(not(unix))]
mod elsewhere {
    use std::io::{self, IsTerminal};

    /// What standard output was before the terminal took its place.
    pub type KeptOutput = io::Stdout;

    /// Takes keys from the terminal instead of standard input.
    ///
    /// # Errors
    /// Always.
    pub fn take_keys_from_terminal() -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Draws on the terminal instead of standard output.
    ///
    /// # Errors
    /// Always.
    pub fn draw_on_terminal() -> io::Result<KeptOutput> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Whether somebody could see a screen.
    pub fn has_terminal() -> bool {
        io::stdin().is_terminal() && io::stdout().is_terminal()
    }
}
