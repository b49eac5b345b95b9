//! Tables of reports: CSV, TSV and JSON Lines, one report a row.
//!
//! In: decoded text. Out: one [`Source`] with a [`SheetReport`] per report. Does not know about: where a report's place and year come from
//! when its row does not say.
//!
//! Columns are known by their names (标题, 正文, 年份, 地区; title, content, year, place), the text also by its length.

use crate::corpus::formats::decode::Decoded;
use crate::corpus::formats::source::{ColumnNames, SheetReport, Source};
use crate::corpus::formats::{format, html};
use crate::corpus::{Encoding, IssueKind};

const CONTENTS: &[&str] = &[
    "正文",
    "内容",
    "全文",
    "文本",
    "报告内容",
    "报告全文",
    "报告正文",
    "content",
    "text",
    "body",
    "fulltext",
    "full_text",
    "article",
];
const TITLES: &[&str] = &["标题", "题目", "名称", "报告名称", "报告标题", "篇名", "title", "name", "headline"];
const PLACES: &[&str] = &[
    "省份",
    "省",
    "省级",
    "城市",
    "市",
    "地级市",
    "区县",
    "县",
    "地区",
    "地方",
    "行政区",
    "地名",
    "province",
    "city",
    "county",
    "place",
    "region",
    "area",
    "location",
];
const YEARS: &[&str] = &["年份", "年度", "年", "year"];

/// Rows longer than this on the average hold texts, not figures (in characters).
const TEXT_CHARS: usize = 100;

/// The name of a column is shorter than this (in characters).
const NAME_CHARS: usize = 16;

/// Which column is which.
#[derive(Debug, Default)]
struct SheetColumns {
    content: Option<usize>,
    title: Option<usize>,
    year: Option<usize>,
    places: Vec<usize>,
}

impl SheetColumns {
    /// By what a person says of them, else by their names.
    fn named<'a>(names: impl IntoIterator<Item = &'a str>, said: &ColumnNames) -> Self {
        let mut columns = Self::default();
        let mut places = vec![None; said.place.len()];
        for (n, name) in names.into_iter().enumerate() {
            let name = name.trim().trim_matches('\u{feff}').to_lowercase();
            let is = |known: &[&str]| known.contains(&name.as_str());
            let said_to_be = |column: &Option<String>| column.as_ref().is_some_and(|c| c.trim().to_lowercase() == name);
            if said_to_be(&said.content) {
                columns.content = Some(n);
            } else if said_to_be(&said.title) {
                columns.title = Some(n);
            } else if said_to_be(&said.year) {
                columns.year = Some(n);
            } else if let Some(at) = said.place.iter().position(|c| c.trim().to_lowercase() == name) {
                places[at] = Some(n);
            } else if said.content.is_none() && is(CONTENTS) {
                columns.content = columns.content.or(Some(n));
            } else if said.title.is_none() && is(TITLES) {
                columns.title = columns.title.or(Some(n));
            } else if said.year.is_none() && is(YEARS) {
                columns.year = columns.year.or(Some(n));
            } else if said.place.is_empty() && is(PLACES) {
                columns.places.push(n);
            }
        }
        columns.places.extend(places.into_iter().flatten());
        columns
    }

    /// How many columns are known by name.
    fn known(&self) -> usize {
        [self.content, self.title, self.year].iter().flatten().count() + self.places.len()
    }
}

/// Reads CSV, or TSV if `tabs`.
pub fn read_csv(decoded: Decoded, said: &ColumnNames, tabs: bool) -> Result<Source, IssueKind> {
    let head = decoded.text.lines().next().unwrap_or("");
    let most = [b',', b'\t', b';'].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count());
    let delimiter = if tabs { b'\t' } else { most.unwrap_or(b',') };
    let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(decoded.text.as_bytes())
        .records()
        .collect::<Result<_, _>>()
        .map_err(|error| IssueKind::Broken(format!("CSV: {error}")))?;
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(str::to_owned).collect()).collect();
    let writer = write_rows(&rows, said);
    writer.finish(decoded)
}

/// Reads the rows of a sheet of a workbook.
///
/// # Errors
/// [`IssueKind::NoContent`] where it has no column of texts.
pub fn read_rows(rows: &[Vec<String>], said: &ColumnNames) -> Result<Source, IssueKind> {
    write_rows(rows, said).finish(Decoded { text: String::new(), encoding: Encoding::Utf8, malformed: false })
}

fn write_rows(rows: &[Vec<String>], said: &ColumnNames) -> SheetWriter {
    let mut columns =
        rows.first().map(|row| SheetColumns::named(row.iter().map(String::as_str), said)).unwrap_or_default();
    let named = columns.known() > 0;
    if columns.content.is_none() {
        columns.content = longest(rows.get(usize::from(named)..).unwrap_or_default());
    }
    // A row of names that nobody knows: a word or two above the texts.
    let chars = |row: usize| rows.get(row)?.get(columns.content?).map(|cell| cell.chars().count());
    let headed = named || chars(0) < Some(NAME_CHARS) && chars(1) >= Some(TEXT_CHARS);
    let body = rows.get(usize::from(headed)..).unwrap_or_default();
    let mut writer = SheetWriter::default();
    for row in body {
        let cell = |n: Option<usize>| n.and_then(|n| row.get(n)).map(|cell| cell.trim()).filter(|s| !s.is_empty());
        // A row that ends before its text is the rest of one that a stray line break has cut.
        if columns.content.is_some_and(|content| row.len() <= content) && !writer.rows.is_empty() {
            row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).for_each(|cell| writer.go_on(cell));
            continue;
        }
        let names = columns.places.iter().map(|&n| cell(Some(n)));
        writer.push(cell(columns.content), cell(columns.title), names, cell(columns.year));
    }
    writer
}

/// The column with the longest text, if it holds texts at all.
fn longest(rows: &[Vec<String>]) -> Option<usize> {
    let sample = &rows[..rows.len().min(50)];
    let width = sample.iter().map(Vec::len).max()?;
    let chars = |n: usize| sample.iter().filter_map(|r| r.get(n)).map(|c| c.chars().count()).sum::<usize>();
    let (n, most) = (0..width).map(|n| (n, chars(n))).max_by_key(|&(_, chars)| chars)?;
    // Short texts are known by their sentences.
    let told = sample.iter().filter(|row| row.get(n).is_some_and(|cell| cell.contains(['。', '\n']))).count();
    let short = 2 * told > sample.len() && most >= NAME_CHARS * sample.len();
    (most >= TEXT_CHARS * sample.len() || short).then_some(n)
}

/// Reads JSON Lines, or one JSON array of objects.
pub fn read_json(decoded: Decoded, said: &ColumnNames) -> Result<Source, IssueKind> {
    let broken = |line: usize, error: &dyn std::fmt::Display| IssueKind::Broken(format!("JSON, line {line}: {error}"));
    let text = decoded.text.trim_start();
    let objects: Vec<serde_json::Map<String, serde_json::Value>> = if text.starts_with('[') {
        serde_json::from_str(text).map_err(|error| broken(error.line(), &error))?
    } else {
        (1..)
            .zip(decoded.text.lines())
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(n, line)| serde_json::from_str(line).map_err(|error| broken(n, &error)))
            .collect::<Result<_, _>>()?
    };
    let mut writer = SheetWriter::default();
    for object in &objects {
        let columns = SheetColumns::named(object.keys().map(String::as_str), said);
        let cells: Vec<String> = object
            .values()
            .map(|value| match value {
                serde_json::Value::String(text) => text.trim().to_owned(),
                serde_json::Value::Number(number) => number.to_string(),
                serde_json::Value::Array(items) => {
                    items.iter().filter_map(|i| i.as_str()).collect::<Vec<_>>().join("\n")
                }
                _ => String::new(),
            })
            .collect();
        let cell = |n: Option<usize>| n.and_then(|n| cells.get(n)).map(String::as_str).filter(|s| !s.is_empty());
        let by_length = || {
            let longest = (0..cells.len()).max_by_key(|&n| cells[n].len())?;
            (cells[longest].chars().count() >= TEXT_CHARS).then_some(longest)
        };
        let names = columns.places.iter().map(|&n| cell(Some(n)));
        writer.push(cell(columns.content.or_else(by_length)), cell(columns.title), names, cell(columns.year));
    }
    writer.finish(decoded)
}

#[derive(Debug, Default)]
struct SheetWriter {
    text: String,
    lines: u32,
    rows: Vec<SheetReport>,
}

impl SheetWriter {
    fn push<'a>(
        &mut self,
        content: Option<&'a str>,
        title: Option<&'a str>,
        places: impl Iterator<Item = Option<&'a str>>,
        year: Option<&'a str>,
    ) {
        let Some(content) = content else { return };
        // A crawler's cell may hold the source of the page.
        let marked_up = format::is_marked_up(content.trim_start().as_bytes()).then(|| {
            let blocks = html::read(content).blocks;
            blocks.into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n")
        });
        let content = marked_up.as_deref().filter(|text| !text.is_empty()).unwrap_or(content);
        let first = self.lines + 1;
        let compact = |s: &str| s.chars().filter(|c| !c.is_whitespace()).take(60).collect::<String>();
        if let Some(title) = title.filter(|t| !compact(content).starts_with(&compact(t))) {
            self.line(title);
        }
        // Collections often keep a whole text on one line, its paragraphs parted by indents.
        let indents = ["\u{3000}\u{3000}", "    "].into_iter().find(|i| content.matches(i).count() >= 2);
        match indents.filter(|_| !content.contains(['\n', '\r'])) {
            Some(indent) => content.split(indent).filter(|p| !p.trim().is_empty()).for_each(|p| self.line(p)),
            None => content.replace("\r\n", "\n").split(['\n', '\r']).for_each(|p| self.line(p)),
        }
        let place: String = places.flatten().collect();
        let year = year.map(|y| if y.ends_with('年') { y.to_owned() } else { format!("{y}年") });
        let names = [Some(place).filter(|p| !p.is_empty()), year].into_iter().flatten().collect();
        self.rows.push(SheetReport { first, last: self.lines, title: title.map(str::to_owned), names });
    }

    /// One more line of the last report.
    fn go_on(&mut self, line: &str) {
        self.line(line);
        if let Some(last) = self.rows.last_mut() {
            last.last = self.lines;
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.lines += 1;
    }

    fn finish(self, decoded: Decoded) -> Result<Source, IssueKind> {
        if self.rows.is_empty() {
            return Err(IssueKind::NoContent);
        }
        let Decoded { encoding, malformed, .. } = decoded;
        Ok(Source { malformed, rows: self.rows, ..Source::of_text(self.text, encoding) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Decoded {
        Decoded { text: text.into(), encoding: Encoding::Utf8, malformed: false }
    }

    fn rows(source: &Source) -> Vec<(u32, u32, Vec<&str>)> {
        source.rows.iter().map(|r| (r.first, r.last, r.names.iter().map(String::as_str).collect())).collect()
    }

    #[test]
    fn a_row_is_a_report() {
        let csv = "省份,城市,年份,标题,正文\n云州省,乌有市,2024,政府工作报告,\"各位代表：\n灯亮了。\"\n,南柯市,2023年,,　　盐白了。　　网干了。　　船回了。\n";
        let source = read_csv(decoded(csv), &ColumnNames::default(), false).expect("csv");
        assert_eq!(source.text, "政府工作报告\n各位代表：\n灯亮了。\n盐白了。\n网干了。\n船回了。\n");
        assert_eq!(rows(&source), [(1, 3, vec!["云州省乌有市", "2024年"]), (4, 6, vec!["南柯市", "2023年"])]);
    }

    #[test]
    fn short_texts_are_texts_and_no_row_is_lost() {
        let csv = "乌有区,2022,\"乌有区政府工作报告\n灯亮了，盐也晒好了。\"\n南柯区,2023,\"南柯区政府工作报告\n网补好了，船也回了。\"\n";
        let source = read_csv(decoded(csv), &ColumnNames::default(), false).expect("csv");
        assert_eq!(rows(&source), [(1, 2, vec![]), (3, 4, vec![])]);
        // A line break without quotes.
        let csv = "年份,标题,正文\n2022,乌有区政府工作报告,灯亮了。\n盐白了。\n2023,南柯区政府工作报告,网干了。\n";
        let source = read_csv(decoded(csv), &ColumnNames::default(), false).expect("csv");
        assert_eq!(rows(&source), [(1, 3, vec!["2022年"]), (4, 5, vec!["2023年"])]);
        assert!(source.text.contains("盐白了。"));
    }

    #[test]
    fn a_table_without_names_has_its_texts_in_the_longest_column() {
        let csv = format!("1;乌有市;{}\n2;南柯市;{}\n", "灯亮了。".repeat(40), "盐白了。".repeat(40));
        assert_eq!(read_csv(decoded(&csv), &ColumnNames::default(), false).expect("csv").rows.len(), 2);
        assert_eq!(read_csv(decoded("1,2,3\n4,5,6\n"), &ColumnNames::default(), false), Err(IssueKind::NoContent));
    }

    #[test]
    fn a_cell_may_hold_a_page() {
        let csv = "标题,正文\n政府工作报告,<div><p>各位代表：</p><p>灯亮了。</p><script>a</script></div>\n";
        let source = read_csv(decoded(csv), &ColumnNames::default(), false).expect("csv");
        assert_eq!(source.text, "政府工作报告\n各位代表：\n灯亮了。\n");
    }

    #[test]
    fn json_lines_and_json() {
        let lines = "{\"title\":\"守灯记\",\"content\":\"灯亮了。\\n盐白了。\",\"year\":2024,\"city\":\"乌有市\"}\n\n{\"title\":\"b\"}\n";
        let source = read_json(decoded(lines), &ColumnNames::default()).expect("jsonl");
        assert_eq!(rows(&source), [(1, 3, vec!["乌有市", "2024年"])]);
        let array = "[{\"正文\":\"灯亮了。\"},{\"正文\":\"盐白了。\"}]";
        assert_eq!(read_json(decoded(array), &ColumnNames::default()).expect("json").rows.len(), 2);
        assert!(matches!(read_json(decoded("{\"a\":"), &ColumnNames::default()), Err(IssueKind::Broken(_))));
    }
}
