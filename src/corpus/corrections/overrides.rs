//! What a person says of documents in a `yilan.toml` beside them, where no rule can know.
//!
//! In: the text of such a file and its folder. Out: [`Rule`]s by document, and an [`Issue`] for each entry that cannot be
//! taken. Does not know about: disks.
//!
//! ```toml
//! [[file]]
//! path = "范文.txt"      # from this file's folder; what is in an archive: "汇编.zip/范文.txt"
//! lines = [1, 120]       # only these lines (1-based, both included); without it, the whole file. Reports that begin in
//!                        # them are corrected; where none begins, the lines are made one
//! place = "乌有市"
//! year = 2023            # the year reported on
//! body = "政府"
//! encoding = "GB18030"   # of the whole file
//! ignore = true          # leave these lines, or the file, out
//! columns = { title = "题目", content = "内容", year = "何年作", place = ["省", "市"] }   # of a table; the rest is guessed
//! order = -1             # files with smaller numbers come first; without it 0, and then by name
//! ```

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use crate::corpus::formats::ColumnNames;
use crate::corpus::metadata::places;
use crate::corpus::{Body, Encoding, Issue, IssueKind, LineRange, Report};
use crate::text::digest::digest;

/// The name of the file.
pub const FILE_NAME: &str = "yilan.toml";

/// What a person says of one document or some of its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rule {
    /// The lines it is about; the whole document if none.
    pub lines: Option<LineRange>,
    place: Option<(String, String)>,
    year: Option<u16>,
    body: Option<Body>,
    /// How to decode the document.
    pub encoding: Option<Encoding>,
    /// What the columns of a table are.
    pub columns: ColumnNames,
    /// Whether to leave the lines out.
    pub ignore: bool,
    /// Where the file stands among the others.
    order: Option<i32>,
}

impl Rule {
    /// Whether it tells whose the lines are, so that they are a report of their own.
    pub fn names_a_report(&self) -> bool {
        !self.ignore && (self.place.is_some() || self.year.is_some() || self.body.is_some())
    }

    /// Corrects a report, if the rule is about it: its first line counts.
    pub fn apply(&self, report: &mut Report) {
        let first = report.ranges.first().map_or(1, |range| range.first);
        if self.ignore || self.lines.is_some_and(|lines| !lines.contains(first)) {
            return;
        }
        if let Some((place, province)) = &self.place {
            (report.place, report.province) = (place.clone(), province.clone());
        }
        if let Some(year) = self.year {
            report.years = vec![year];
            report.session_year = report.session_year.filter(|s| *s >= year).or(Some(year + 1));
        }
        report.body = self.body.unwrap_or(report.body);
    }
}

/// The rules for all documents.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    rules: FxHashMap<PathBuf, Vec<Rule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    #[serde(default)]
    file: Vec<Spanned<toml::Table>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OverrideEntry {
    path: PathBuf,
    lines: Option<[u32; 2]>,
    place: Option<String>,
    province: Option<String>,
    year: Option<u16>,
    body: Option<String>,
    encoding: Option<String>,
    #[serde(default)]
    columns: ColumnNames,
    #[serde(default)]
    ignore: bool,
    order: Option<i32>,
}

impl Overrides {
    /// Adds what `text`, the file at `path`, says; returns what cannot be taken.
    pub fn add(&mut self, path: &Path, text: &str) -> Vec<Issue> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let line_of = |at: usize| 1 + text.bytes().take(at).filter(|b| *b == b'\n').count();
        let issue = |at: Option<usize>, why: String| Issue {
            path: path.to_owned(),
            line: at.map(|at| u32::try_from(line_of(at)).unwrap_or(u32::MAX)),
            kind: IssueKind::Override(why),
        };
        let whole: Whole = match toml::from_str(text) {
            Ok(whole) => whole,
            Err(error) => return vec![issue(error.span().map(|s| s.start), error.message().to_owned())],
        };
        let mut issues = Vec::new();
        for entry in whole.file {
            let at = entry.span().start;
            match rule(entry.into_inner()) {
                Ok((path, rule)) => self.rules.entry(folder.join(path)).or_default().push(rule),
                Err(why) => issues.push(issue(Some(at), why)),
            }
        }
        issues
    }

    /// A digest of all that is said of the file at `path` and of what is in it; 0 if nothing is.
    pub fn digest_of(&self, path: &Path) -> u64 {
        let mut said: Vec<String> = Vec::new();
        for (of, rules) in self.rules.iter().filter_map(|(of, rules)| Some((of.strip_prefix(path).ok()?, rules))) {
            said.push(format!("{} {rules:?}", of.display()));
        }
        said.sort_unstable();
        if said.is_empty() { 0 } else { digest(said.concat().as_bytes()).0 }
    }

    /// Where the file at `path` stands among the others; 0 if nothing is said.
    pub fn order_of(&self, path: &Path) -> i32 {
        self.of(path).iter().find_map(|rule| rule.order).unwrap_or(0)
    }

    /// The rules for the document at `path`, in the order they were written.
    pub fn of(&self, path: &Path) -> &[Rule] {
        self.rules.get(path).map_or(&[], Vec::as_slice)
    }
}

fn rule(table: toml::Table) -> Result<(PathBuf, Rule), String> {
    let entry: OverrideEntry = table.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let lines = match entry.lines {
        Some([first, last]) if first == 0 || last < first => return Err(format!("lines = [{first}, {last}]")),
        Some([first, last]) => Some(LineRange { first, last }),
        None => None,
    };
    let body = entry.body.map(|name| body_called(&name)).transpose()?;
    let encoding = entry.encoding.map(|name| encoding_called(&name)).transpose()?;
    let place = entry.place.map(|name| {
        let known = places::find(&name).map(|p| (p.full_name(), p.province_name().to_owned()));
        let (place, province) = known.unwrap_or((name, String::new()));
        (place, entry.province.unwrap_or(province))
    });
    let OverrideEntry { year, columns, ignore, order, .. } = entry;
    Ok((entry.path, Rule { lines, place, year, body, encoding, columns, ignore, order }))
}

fn body_called(name: &str) -> Result<Body, String> {
    let names = || Body::ALL.map(Body::name).join(", ");
    Body::ALL.into_iter().find(|b| b.name() == name).ok_or_else(|| format!("body = {name:?} ({})", names()))
}

fn encoding_called(name: &str) -> Result<Encoding, String> {
    Encoding::called(name).ok_or_else(|| format!("encoding = {name:?} ({})", Encoding::NAMES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_by_document() {
        let text = "[[file]]\npath = \"a/x.txt\"\nplace = \"长春市\"\nyear = 2022\nbody = \"政协\"\n\n[[file]]\npath = \"b.txt\"\nlines = [3, 9]\nignore = true\n";
        let mut overrides = Overrides::default();
        assert_eq!(overrides.add(Path::new("报告/yilan.toml"), text), []);
        let mut report = Report::default();
        overrides.of(Path::new("报告/a/x.txt"))[0].apply(&mut report);
        assert_eq!(
            (report.place.as_str(), report.province.as_str(), report.body),
            ("长春市", "吉林省", Body::Consultative)
        );
        assert_eq!((report.years, report.session_year), (vec![2022], Some(2023)));
        assert_eq!(overrides.of(Path::new("报告/b.txt"))[0].lines, Some(LineRange { first: 3, last: 9 }));
        assert_eq!(overrides.of(Path::new("c.txt")), []);
    }

    #[test]
    fn what_cannot_be_taken_is_said_with_its_line() {
        let lines = |text: &str| -> Vec<Option<u32>> {
            Overrides::default().add(Path::new("yilan.toml"), text).iter().map(|i| i.line).collect()
        };
        assert_eq!(lines("[[file]]\npath = \"a\"\n\n[[file]]\npath = \"b\"\nbody = \"市长\"\n"), [Some(4)]);
        assert_eq!(lines("[[file]]\npath = \"a\"\nplcae = \"x\"\n"), [Some(1)]);
        assert_eq!(lines("[[file]]\npath = \"a\"\nlines = [9, 3]\n"), [Some(1)]);
        assert_eq!(lines("[[file]]\npath = \n"), [Some(2)]);
        assert_eq!(lines(""), []);
    }
}
