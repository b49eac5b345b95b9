//! Writing a file: the answer to a command line, just as a run of the program prints it.
//!
//! In: requests. Out: a file, and an event that says so. Does not know about: command lines (they are answered by what the
//! program hands over at its start), what stands on the screen.

use std::io::{self, Write};

use crate::analysis::Cancelled;
use crate::app::Event;
use crate::app::job::{ExportOutcome, ExportRequest};
use crate::corpus::Corpus;
use crate::store::atomic;

/// Answers the words of a command line from a corpus, into a file; otherwise what the program would have said.
pub type CommandLine = fn(&[String], &Corpus, &mut dyn Write) -> Result<(), String>;

/// Writes a file.
pub fn export(
    request: &ExportRequest,
    command_line: Option<CommandLine>,
    is_cancelled: Cancelled<'_>,
    post: &mut dyn FnMut(Event),
) {
    let mut said = None;
    let mut written = 0;
    let made = atomic::create(&request.path, request.overwriting, |out| {
        let mut out = MeasuredFile { out, written: 0, is_cancelled };
        let answered = match command_line {
            Some(command_line) => command_line(&request.words, &request.corpus, &mut out),
            None => Err(String::new()),
        };
        written = out.written;
        answered.map_err(|why| {
            said = Some(why);
            io::Error::other("no answer")
        })
    });
    if is_cancelled() {
        return;
    }
    let outcome = match made {
        Ok(true) => ExportOutcome::Written(written),
        Ok(false) => ExportOutcome::Exists,
        Err(error) => ExportOutcome::Failed(said.unwrap_or_else(|| error.to_string())),
    };
    post(Event::Exported { seq: request.seq, outcome });
}

/// Counts what is written, and takes no more once nobody wants it.
struct MeasuredFile<'w> {
    out: &'w mut dyn Write,
    written: u64,
    is_cancelled: Cancelled<'w>,
}

impl Write for MeasuredFile<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if (self.is_cancelled)() {
            // No `Interrupted`: that one is tried again.
            return Err(io::Error::other("cancelled"));
        }
        let taken = self.out.write(bytes)?;
        self.written += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;

    use super::*;
    use crate::corpus::load;

    fn perform(path: PathBuf, overwriting: bool, command_line: CommandLine) -> ExportOutcome {
        let corpus = Arc::new(load::sample());
        let request = ExportRequest { seq: 1, corpus, words: vec!["甲".to_owned()], path, overwriting };
        let mut told = Vec::new();
        export(&request, Some(command_line), &|| false, &mut |event| told.push(event));
        match told.pop() {
            Some(Event::Exported { seq: 1, outcome }) => outcome,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_that_is_there_is_asked_about_and_one_that_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("表.csv");
        let good: CommandLine = |words, _, out| out.write_all(words[0].as_bytes()).map_err(|error| error.to_string());
        let bad: CommandLine = |_, _, out| {
            out.write_all(b"half").unwrap();
            Err("没有".to_owned())
        };
        assert_eq!(perform(path.clone(), false, bad), ExportOutcome::Failed("没有".to_owned()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left of what failed");
        assert_eq!(perform(path.clone(), false, good), ExportOutcome::Written(3));
        std::fs::write(&path, "mine").unwrap();
        assert_eq!(perform(path.clone(), false, good), ExportOutcome::Exists);
        assert_eq!(perform(path.clone(), true, bad), ExportOutcome::Failed("没有".to_owned()));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
        assert_eq!(perform(path.clone(), true, good), ExportOutcome::Written(3));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "甲");
    }
}
