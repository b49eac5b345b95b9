//! Files that several programs wrote from one text (fixtures/README.md tells how), read back: every six characters of the
//! text are found, in their order; and what becomes of the files when bytes in them are changed.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use yilan::testing::corpus::load::load_all;
use yilan::testing::corpus::{Corpus, allow_child_at};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The text that the files were made from.
fn source() -> String {
    fs::read_to_string(fixture("report.txt")).expect("report.txt")
}

fn read(path: &Path) -> Corpus {
    load_all(&[path.to_owned()])
}

fn text_of(corpus: &Corpus, name: &str) -> String {
    let issues: Vec<_> = corpus.issues().iter().map(|i| i.kind.code()).collect();
    let document = corpus.documents().first().unwrap_or_else(|| panic!("{name}: {issues:?}"));
    document.text().to_owned()
}

fn grams(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(6).map(|gram| gram.iter().collect()).collect()
}

/// Which part of the six-character sequences of `want` are in `got`, and which part of neighbours among those stand in
/// their order.
fn recall_and_order(want: &str, got: &str) -> (f64, f64) {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (n, gram) in grams(got).into_iter().enumerate() {
        places.entry(gram).or_default().push(n);
    }
    let wanted = grams(want);
    // Only sequences that stand once say where they are.
    let found: Vec<usize> =
        wanted.iter().filter_map(|gram| places.get(gram).filter(|at| at.len() == 1).map(|at| at[0])).collect();
    let there = wanted.iter().filter(|gram| places.contains_key(*gram)).count();
    let ordered = found.windows(2).filter(|pair| pair[0] < pair[1]).count();
    (there as f64 / wanted.len() as f64, ordered as f64 / found.len().saturating_sub(1).max(1) as f64)
}

#[track_caller]
fn assert_whole(name: &str, got: &str) {
    let (recall, order) = recall_and_order(&source(), got);
    assert!(recall >= 0.99 && order >= 0.99, "{name}: recall {recall:.3}, order {order:.3}\n{got}");
}

/// Documents of words: line for line the text.
const WORDS: [&str; 8] = [
    "libreoffice.doc",
    "libreoffice.rtf",
    "libreoffice.docx",
    "libreoffice-word2003.xml",
    "spire.wps",
    "spire.rtf",
    "spire-word2003.xml",
    "spire-package.xml",
];

#[test]
fn documents_are_read_whole() {
    for name in WORDS {
        let corpus = read(&fixture(name));
        let text = text_of(&corpus, name);
        assert_whole(name, &text);
        let lines = |text: &str| -> Vec<String> {
            let compact = |line: &str| line.split(' ').collect::<String>();
            text.lines().filter(|line| !line.trim().is_empty()).map(compact).collect()
        };
        assert_eq!(lines(&text), lines(&source()), "{name}");
        let (_, _, report) = corpus.reports().next().unwrap_or_else(|| panic!("{name}: no report"));
        assert_eq!((report.place.as_str(), report.years.as_slice()), ("乌有市", &[2023][..]), "{name}");
        let headings = report.sections.iter().filter(|section| section.level == 1).count();
        assert_eq!(headings, 2, "{name}");
    }
}

#[test]
fn other_writers() {
    for name in
        ["python-docx.docx", "hand.ofd", "spire.ofd", "spire.epub", "spire.html", "chromium.html", "chromium.mht"]
    {
        let corpus = read(&fixture(name));
        let text = text_of(&corpus, name);
        assert_whole(name, &text);
        assert!(!text.contains("— 1 —"), "{name}: page numbers are no text");
        let (_, _, report) = corpus.reports().next().unwrap_or_else(|| panic!("{name}: no report"));
        assert_eq!((report.place.as_str(), report.years.as_slice()), ("乌有市", &[2023][..]), "{name}");
    }
}

/// The text without its table and note, which pages of one column do not hold.
fn prose() -> String {
    let own = |line: &&str| !line.contains('\t') && !line.starts_with("[1]");
    source().replace("[1]东滩", "东滩").lines().filter(own).collect::<Vec<_>>().join("\n")
}

#[test]
fn pages_are_read_in_their_order() {
    let name = "libreoffice.pdf";
    assert_whole(name, &text_of(&read(&fixture(name)), name));
    for name in ["reportlab.pdf", "typst-columns.pdf", "chromium.pdf"] {
        assert_whole(name, &text_of(&read(&fixture(name)), name));
    }
    for name in ["columns.pdf", "turned.pdf"] {
        let corpus = read(&fixture(name));
        let text = text_of(&corpus, name);
        let (recall, order) = recall_and_order(&prose(), &text);
        assert!(recall >= 0.99 && order >= 0.99, "{name}: recall {recall:.3}, order {order:.3}\n{text}");
        assert!(!text.contains("— 1 —"), "{name}: page numbers are no text");
    }
}

#[test]
fn a_sheet_with_a_column_of_texts_is_a_table_of_reports() {
    for name in ["openpyxl.xlsx", "xlwt.xls", "libreoffice.xlsx", "libreoffice.xls", "libreoffice.ods"] {
        let corpus = read(&fixture(name));
        let reports: Vec<(&str, &[u16])> =
            corpus.reports().map(|(_, _, report)| (report.place.as_str(), report.years.as_slice())).collect();
        assert_eq!(reports[..2], [("乌有市", &[2023][..]), ("南柯区", &[2022][..])], "{name}");
        let text: String = corpus.documents().iter().map(|document| document.text()).collect();
        assert_whole(name, &text);
        assert!(text.contains("晒盐（万担）\t30.3\t31.6"), "{name}: {text}");
    }
}

/// Three reports of our own with columns, tables whose cells are merged or nested, numbers by levels, notes, hidden and
/// deleted text, fields.
const OWN: [&str; 3] = ["huaian", "nanke", "zixu"];

fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty()).collect()
}

#[test]
fn three_documents_of_words_line_for_line() {
    for (name, ending) in OWN.iter().flat_map(|name| ["doc", "docx"].map(|ending| (name, ending))) {
        let want = fs::read_to_string(fixture(&format!("{name}.txt"))).expect("text");
        let file = format!("{name}.{ending}");
        let text = text_of(&read(&fixture(&file)), &file);
        assert_eq!(lines(&text), lines(&want), "{file}");
    }
    // The first of them by another writer.
    let want = fs::read_to_string(fixture("huaian.txt")).expect("text");
    assert_eq!(lines(&text_of(&read(&fixture("spire-huaian.wps")), "spire-huaian.wps")), lines(&want));
}

/// Word keeps what stands under a reading in the instruction of a field.
#[test]
fn what_stands_under_a_reading_is_text() {
    assert_eq!(lines(&text_of(&read(&fixture("ruby.doc")), "ruby.doc")), ["乌有市的灯亮了一夜。"]);
}

/// A page has no sign for numbers in brackets: the writer left them out.
#[test]
fn a_page_of_a_word_processor() {
    let name = "libreoffice.html";
    let text = text_of(&read(&fixture(name)), name);
    let want = ["（一）修", "（二）给", "（三）把"]
        .iter()
        .fold(source(), |text, number| text.replace(number, number.rsplit('）').next().unwrap_or_default()));
    let want = want.replace("[1]东滩", "1东滩").replace("[1] ", "1");
    let (recall, order) = recall_and_order(&want, &text);
    assert!(recall >= 0.99 && order >= 0.99, "{name}: recall {recall:.3}, order {order:.3}\n{text}");
}

#[test]
fn three_documents_of_pages_in_their_order() {
    for name in OWN {
        // A cell that goes down over two rows is printed once.
        let want = fs::read_to_string(fixture(&format!("{name}.txt"))).expect("text").replace("\n品名\t上年", "\n上年");
        let file = format!("{name}.pdf");
        let corpus = read(&fixture(&file));
        let text = text_of(&corpus, &file);
        let (recall, order) = recall_and_order(&want, &text);
        assert!(recall >= 0.99 && order >= 0.99, "{file}: recall {recall:.3}, order {order:.3}\n{text}");
        assert!(!text.contains("— 1 —"), "{file}: page numbers are no text");
        // A paragraph goes on over columns and pages.
        let whole = lines(&want).into_iter().filter(|line| line.ends_with('。') && !line.contains(['[', '•'])).count();
        let found = lines(&want).into_iter().filter(|line| line.ends_with('。') && lines(&text).contains(line)).count();
        assert!(found >= whole, "{file}: {found} of {whole} paragraphs\n{text}");
    }
}

#[test]
fn documents_by_hand() {
    // Pieces out of order with an old draft between them; a run that was deleted, a field, a note, rows by their marks.
    for name in ["hand.doc", "hand.rtf", "hand.html", "hand.mht"] {
        let text = text_of(&read(&fixture(name)), name);
        assert_eq!(lines(&text), lines(&source()), "{name}");
    }
}

#[test]
fn slides_are_read_one_after_another() {
    // The table stands behind the text of its slide; there are no notes.
    let (own, rest) =
        source().split_once("二、").map(|(own, rest)| (own.to_owned(), format!("二、{rest}"))).expect("parts");
    let (rows, words): (Vec<&str>, Vec<&str>) = own.lines().partition(|line| line.contains('\t'));
    let want = format!("{}\n{}\n{}", words.join("\n"), rows.join("\n"), rest).replace("[1]东滩", "东滩");
    let want = want.split("[1] ").next().unwrap_or_default().to_owned();
    for name in ["python-pptx.pptx", "libreoffice.pptx"] {
        let text = text_of(&read(&fixture(name)), name);
        let (recall, order) = recall_and_order(&want, &text);
        assert!(recall >= 0.99 && order >= 0.99, "{name}: recall {recall:.3}, order {order:.3}\n{text}");
        assert!(text.contains("晒盐（万担）\t30.3\t31.6"), "{name}: {text}");
    }
}

#[test]
fn a_name_says_nothing_of_what_is_in_a_file() {
    let folder = tempfile::tempdir().expect("folder");
    for name in WORDS {
        for ending in ["doc", "wps", "docx"] {
            let path = folder.path().join(format!("a.{ending}"));
            fs::copy(fixture(name), &path).expect("file");
            assert_whole(name, &text_of(&read(&path), name));
            fs::remove_file(path).expect("file");
        }
    }
}

/// Numbers that look like chance and are the same every time (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

fn mutate(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for _ in 0..1 + chance.next(12) {
        let at = chance.next(changed.len());
        match chance.next(5) {
            0 => changed[at] = 0xff,
            1 => changed[at] ^= 1 << chance.next(8),
            2 => changed.truncate(at.max(16)),
            3 => {
                let end = (at + chance.next(64)).min(changed.len());
                changed[at..end].fill(0);
            }
            _ => {
                let from = chance.next(changed.len());
                let length = chance.next(64).min(changed.len() - at.max(from));
                changed.copy_within(from..from + length, at);
            }
        }
    }
    changed
}

/// No file takes longer.
const LONGEST: Duration = Duration::from_secs(2);

/// How long this process and its children have worked, where the system says it (proc_pid_stat(5): in hundredths of a second).
fn time_worked() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let times = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(4);
    let ticks = times.map(|ticks| ticks.parse::<u64>()).sum::<Result<u64, _>>().ok()?;
    Some(Duration::from_millis(10 * ticks))
}

#[test]
fn changed_files_are_read_or_refused() {
    // As in the program: what a library does to itself ends with the child that it runs in, whose memory is bounded (tests/pdf.rs).
    allow_child_at(env!("CARGO_BIN_EXE_yilan").into());
    let times: usize = std::env::var("YILAN_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(100);
    let folder = tempfile::tempdir().expect("folder");
    let all = fs::read_dir(fixture("")).expect("fixtures");
    let mut paths: Vec<PathBuf> = all.map(|entry| entry.expect("entry").path()).collect();
    paths.retain(|path| path.is_file() && !path.extension().is_some_and(|ending| ending == "md" || ending == "txt"));
    if let Ok(only) = std::env::var("YILAN_MUTATED") {
        paths.retain(|path| path.extension().is_some_and(|ending| only.split(',').any(|one| ending == one)));
    }
    paths.sort();
    for path in paths {
        let bytes = fs::read(&path).expect("fixture");
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
        let changed = folder.path().join(path.file_name().expect("name"));
        for n in 0..times {
            fs::write(&changed, mutate(&bytes, &mut chance)).expect("file");
            let (begun, worked) = (Instant::now(), time_worked());
            let corpus = read(&changed);
            // On a busy machine a reader waits for its turn; where the system does not say how long it worked, all of it counts.
            let taken = time_worked().zip(worked).map_or(begun.elapsed(), |(now, before)| now - before);
            assert!(taken < LONGEST, "{} {n}: {taken:?}", path.display());
            assert!(!corpus.documents().is_empty() || !corpus.issues().is_empty(), "{} {n}", path.display());
        }
        fs::remove_file(changed).expect("file");
        if let Some(peak) = peak_memory() {
            assert!(peak < LARGEST, "{}: {peak} bytes", path.display());
        }
    }
}

/// No process takes more, in bytes; a child may not, by a limit of the system.
const LARGEST: u64 = 300 << 20;

/// The most memory that this process ever held, in bytes, where the system says it.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}
