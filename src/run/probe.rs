//! Asks the terminal how wide it shows a character: prints one where the next frame covers it, then asks where the cursor is.
//!
//! In: a terminal in raw mode. Out: columns, or nothing if it does not say in time. “ ” ‘ ’ — … · ① are of ambiguous
//! width (Unicode Standard Annex 11): one sentence in five of this genre holds them, and terminals disagree.
//! Does not know about: what is drawn.

use std::io::{self, Write};
use std::time::Instant;

/// The character asked about; the others go with it.
pub const TELLING: char = '“';

/// Prints each of `characters` at the left edge of the cursor's row and asks for the cursor behind each.
///
/// # Errors
/// When the terminal takes no output.
pub fn ask(out: &mut impl Write, characters: &[char]) -> io::Result<()> {
    for character in characters {
        // Hidden and dim would still show on a slow line; a frame that is drawn next covers it.
        write!(out, "\r{character}\x1b[6n")?;
    }
    write!(out, "\r  \r")?;
    out.flush()
}

/// How many columns a character took, of which the answer says where the cursor then stood.
pub const fn columns(column: u16) -> u16 {
    column.saturating_sub(1)
}

/// Waits for `count` answers, at most until `deadline`, and says how many columns each character took; fewer if the
/// terminal stopped answering. Must run while nothing else reads standard input; keys pressed meanwhile are lost.
#[cfg(unix)]
pub fn listen(count: usize, deadline: Instant) -> Vec<u16> {
    use super::keyboard::{Keyboard, Sent};

    let (mut keyboard, mut answers) = (Keyboard::default(), Vec::new());
    while answers.len() < count && await_input(Some(deadline)).is_ok_and(|there| there) {
        let mut chunk = [0; 256];
        let Ok(bytes) = read_input(&mut chunk) else { break };
        keyboard.read(bytes, &mut |sent| {
            if let Sent::Cursor(column) = sent {
                answers.push(columns(column));
            }
        });
    }
    answers
}

/// Elsewhere nothing is asked.
#[cfg(not(unix))]
pub fn listen(_count: usize, _deadline: Instant) -> Vec<u16> {
    Vec::new()
}

/// Sleeps until there is input, at most until `deadline`; says whether there is.
///
/// # Errors
/// When the terminal is gone.
#[cfg(unix)]
pub fn await_input(deadline: Option<Instant>) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let input = io::stdin();
    let mut polled = [PollFd::new(&input, PollFlags::IN)];
    loop {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let limit = left.and_then(|left| Timespec::try_from(left).ok());
        match poll(&mut polled, limit.as_ref()) {
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(0) => return Ok(false),
            Ok(_) if polled[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            Ok(_) => return Ok(true),
        }
    }
}

/// Reads what is there.
///
/// # Errors
/// When the terminal is gone.
#[cfg(unix)]
pub fn read_input(chunk: &mut [u8]) -> io::Result<&[u8]> {
    loop {
        match rustix::io::read(io::stdin(), &mut *chunk) {
            Err(rustix::io::Errno::INTR) => {}
            // Whoever had the terminal before may have left it so that reading does not wait.
            Err(rustix::io::Errno::AGAIN) => return Ok(&[]),
            Err(error) => return Err(error.into()),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => return Ok(chunk.get(..read).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_leaves_the_row_clean() {
        let mut out = Vec::new();
        ask(&mut out, &['“']).expect("a vector takes everything");
        assert_eq!(String::from_utf8(out).expect("text"), "\r“\x1b[6n\r  \r");
    }
}
