//! FILE:LINE, PLACE:YEAR and FILE as a person writes them. In: words, a corpus. Out: a report and a line of it.
//! Does not know about: what is asked of them.

use std::path::{Path, PathBuf};

use super::choose;
use crate::corpus::{Corpus, Document, Report, ReportId};

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file as it was written.
    pub file: PathBuf,
    /// Source line, 1-based.
    pub line: u32,
}

impl Spot {
    /// Reads FILE:LINE.
    pub fn parse(words: &str) -> Option<Self> {
        let (file, line) = words.trim().rsplit_once(':')?;
        let line = line.parse().ok().filter(|line| *line > 0)?;
        (!file.is_empty()).then(|| Self { file: PathBuf::from(file), line })
    }

    /// The report that has the line; none if no report has it.
    pub fn report(&self, corpus: &Corpus) -> Option<ReportId> {
        reports_of(corpus, &self.file)
            .into_iter()
            .find(|id| corpus.report(*id).is_some_and(|(_, r)| r.covers(self.line)))
    }
}

/// The reports of a file: of that very path, else of the one file whose path ends so.
pub fn reports_of(corpus: &Corpus, file: &Path) -> Vec<ReportId> {
    let of = |same: &dyn Fn(&Path) -> bool| -> Vec<ReportId> {
        corpus.reports().filter(|(_, document, _)| same(&document.path)).map(|(id, ..)| id).collect()
    };
    let exact = of(&|path| path == file);
    if exact.is_empty() { of(&|path| path.ends_with(file)) } else { exact }
}

/// The report meant by FILE, FILE:LINE or PLACE:YEAR.
pub fn report(corpus: &Corpus, words: &str) -> Option<ReportId> {
    let whole = reports_of(corpus, Path::new(words));
    if let Some(longest) =
        whole.iter().max_by_key(|id| (corpus.report(**id).map_or(0, |(_, r)| r.chars), std::cmp::Reverse(**id)))
    {
        return Some(*longest);
    }
    if let Some(found) = Spot::parse(words).and_then(|spot| spot.report(corpus)) {
        return Some(found);
    }
    let (place, wanted) = words.rsplit_once([':', '：'])?;
    let wanted: u16 = wanted.trim().trim_end_matches('年').parse().ok()?;
    let place = choose::place(corpus, place.trim())?;
    let of = |fits: &dyn Fn(&Report) -> bool| {
        let mut reports = corpus.place(place).reports.iter().copied();
        reports.find(|id| corpus.report(*id).is_some_and(|(_, report)| fits(report)))
    };
    of(&|report| report.filed_year() == Some(wanted)).or_else(|| of(&|report| report.years.contains(&wanted)))
}

/// The file that FILE or FILE:LINE names, if there is one.
pub fn file(words: &str) -> Option<PathBuf> {
    let whole = PathBuf::from(words);
    let file = if whole.exists() { whole } else { Spot::parse(words)?.file };
    file.exists().then_some(file)
}

/// Words by which [`report`] finds just this report; `None` if there are none.
pub fn words_of(corpus: &Corpus, id: ReportId) -> Option<String> {
    let (document, own) = corpus.report(id)?;
    let file = file_of(document);
    let line = format!("{file}:{}", own.ranges.first()?.first);
    [file, line].into_iter().find(|words| report(corpus, words) == Some(id))
}

/// The section meant by FILE:LINE: the outermost whose heading stands there.
pub fn section(corpus: &Corpus, words: &str) -> Option<(ReportId, usize)> {
    let spot = Spot::parse(words)?;
    let id = spot.report(corpus)?;
    let (_, report) = corpus.report(id)?;
    report.sections.iter().position(|section| section.line == spot.line).map(|section| (id, section))
}

/// The path of a document, for output.
pub fn file_of(document: &Document) -> String {
    document.path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spots_are_read() {
        let spot = |file: &str, line| Some(Spot { file: file.into(), line });
        let cases = [
            ("a.txt:12", spot("a.txt", 12)),
            ("b:c.txt:3", spot("b:c.txt", 3)),
            (" 乌有市.txt:7\n", spot("乌有市.txt", 7)),
            ("a.txt", None),
            ("a.txt:0", None),
            (":5", None),
            ("a:b", None),
        ];
        for (words, want) in cases {
            assert_eq!(Spot::parse(words), want, "{words}");
        }
    }
}
