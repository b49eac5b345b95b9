//! PDF with a text layer: made here byte by byte or by other programs (see fixtures/README.md), and read back; what broken
//! or hostile files get.

use std::fs;
use std::path::Path;

use yilan::testing::corpus::load::load_all;
use yilan::testing::corpus::{Corpus, Report};
use yilan::testing::text::Lang;

/// Characters in a full row, the size of a letter, from row to row.
const ROW: usize = 28;
const SIZE: usize = 16;
const LEADING: usize = 26;
const LEFT: usize = 70;
const TOP: usize = 740;
const ROWS: usize = 22;

const SENTENCES: [&str; 3] = [
    "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐，渔家收回了每一张的网，岸上的人放下了悬着的心。",
    "东滩新修海堤12.5公里，把旧闸换成了会看潮的新闸；西滩的“夜航灯”亮了365个晚上，出海的船没有一条走错路。",
    "全年晒盐31.6万担，比上年多了4.2%；修船128条，补网2046张，渔港里停得下的船从300条加到420条。",
];

/// A report's paragraphs: title, date line, salutation, headings and text over several pages.
fn report() -> Vec<String> {
    let mut report: Vec<String> = [
        "乌有市政府工作报告",
        "——2024年1月8日在乌有市第八届人民代表大会上",
        "各位代表：",
        "现在，我代表市人民政府，向大会报告工作，请予审议。",
    ]
    .map(str::to_owned)
    .into();
    for (n, part) in ["一、2023年工作回顾", "二、2024年工作安排"].iter().enumerate() {
        report.push((*part).to_owned());
        for (k, section) in ["（一）守灯", "（二）晒盐"].iter().enumerate() {
            report.push((*section).to_owned());
            for length in 1..6 {
                let sentences = SENTENCES.iter().cycle().skip(n + k + length).take(length);
                report.push(format!("{}第{}回说。", sentences.copied().collect::<String>(), n * 20 + k * 10 + length));
            }
        }
    }
    report
}

/// A row on a page: where it begins, how high it stands, how big, and what it says.
type Row = (usize, usize, usize, String);

/// Sets paragraphs as an office does: rows of 28, first lines indented, no mark at a row's beginning; a head and a number
/// on every page.
fn pages(paragraphs: &[String], indent: usize, head: Option<&str>, number: fn(usize) -> String) -> Vec<Vec<Row>> {
    let mut rows: Vec<(usize, String)> = Vec::new();
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let width = |c: char| if c.len_utf8() > 2 { 2 } else { 1 };
        if n < 3 {
            let chars: usize = paragraph.chars().map(width).sum();
            let left = if n < 2 { (ROW * 2 - chars) * SIZE / 4 } else { 0 };
            rows.push((left, paragraph.clone()));
            continue;
        }
        let (mut row, mut left) = (String::new(), 2 * indent);
        let chars: Vec<char> = paragraph.chars().collect();
        let mut at = 0;
        let mut first = true;
        while at < chars.len() {
            let mut end = at + 1;
            while end < chars.len() && chars[at].is_ascii() && chars[end].is_ascii() {
                end += 1;
            }
            while end < chars.len() && "，。；：！？”、）".contains(chars[end]) {
                end += 1;
            }
            let unit: usize = chars[at..end].iter().map(|c| width(*c)).sum();
            if left + unit > ROW * 2 {
                rows.push((if first { indent * SIZE } else { 0 }, std::mem::take(&mut row)));
                (left, first) = (0, false);
            }
            left += unit;
            row.extend(&chars[at..end]);
            at = end;
        }
        rows.push((if first { indent * SIZE } else { 0 }, row));
    }
    let pages = rows.chunks(ROWS).enumerate().map(|(page, chunk)| {
        let mut rows: Vec<Row> = chunk
            .iter()
            .enumerate()
            .map(|(n, (left, text))| (LEFT + left, TOP - n * LEADING, SIZE, text.clone()))
            .collect();
        rows.extend(head.map(|head| (LEFT, TOP + 50, 9, head.to_owned())));
        rows.push((290, 60, 9, number(page + 1)));
        rows
    });
    pages.collect()
}

/// How the codes of a font stand for characters.
#[derive(Clone, Copy, PartialEq)]
enum Codes {
    Gbk,
    Ucs2,
    Utf16,
}

impl Codes {
    const fn name(self) -> &'static str {
        match self {
            Self::Gbk => "GBK-EUC-H",
            Self::Ucs2 => "UniGB-UCS2-H",
            Self::Utf16 => "UniGB-UTF16-H",
        }
    }

    fn hex(self, text: &str) -> String {
        let bytes: Vec<u8> = match self {
            Self::Gbk => encoding_rs::GBK.encode(text).0.into_owned(),
            Self::Ucs2 | Self::Utf16 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        };
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A PDF of these objects, the first of them its catalogue.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", n + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

fn stream(says: &str, data: &[u8]) -> Vec<u8> {
    [format!("<<{says}/Length {}>>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// A PDF of pages that draw `rows`, with a font that is not inside and says nothing of what its codes mean.
fn pdf(pages: &[Vec<Row>], codes: Codes) -> Vec<u8> {
    let drawings: Vec<Vec<u8>> = pages
        .iter()
        .map(|rows| {
            let draw = |(x, y, size, text): &Row| format!("BT /F {size} Tf {x} {y} Td <{}> Tj ET\n", codes.hex(text));
            rows.iter().map(draw).collect::<String>().into_bytes()
        })
        .collect();
    drawn(&drawings, codes)
}

fn drawn(drawings: &[Vec<u8>], codes: Codes) -> Vec<u8> {
    let kids: String = (0..drawings.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect();
    let font = format!(
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{}/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 752/Descent -271/CapHeight 737/ItalicAngle 0/StemV 58/FontBBox[-25 -254 1000 880]>>>>]>>",
        codes.name()
    );
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", drawings.len()).into_bytes(),
        font.into_bytes(),
    ];
    for (n, drawing) in drawings.iter().enumerate() {
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>>>>>",
                5 + 2 * n
            )
            .into_bytes(),
        );
        objects.push(stream("", drawing));
    }
    file(&objects)
}

fn load(bytes: &[u8]) -> Corpus {
    load_named("a.pdf", bytes)
}

fn load_named(name: &str, bytes: &[u8]) -> Corpus {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join(name), bytes).expect("file");
    load_all(&[folder.path().to_owned()])
}

/// The lines of the only document.
#[track_caller]
fn lines(corpus: &Corpus) -> Vec<String> {
    let issues: Vec<_> = corpus.issues().iter().map(|issue| issue.kind.message(Lang::En)).collect();
    let documents = corpus.documents();
    assert_eq!(documents.len(), 1, "{issues:?}");
    documents[0].text().lines().map(str::to_owned).collect()
}

/// The codes of the issues of whole files.
fn refused(bytes: &[u8]) -> Vec<&'static str> {
    let corpus = load(bytes);
    assert_eq!(corpus.report_count(), 0);
    let kinds = corpus.issues().iter().filter(|issue| issue.path.extension().is_some()).map(|issue| issue.kind.code());
    kinds.collect()
}

fn facts(report: &Report) -> (&str, &str, &[u16], Option<u16>) {
    (report.place.as_str(), report.body.name(), &report.years, report.session_year)
}

#[test]
fn paragraphs_come_back_whole_from_every_encoding() {
    let want = report();
    let pages = pages(&want, 2, Some("乌有市政府工作报告"), |n| format!("— {n} —"));
    assert!(pages.len() > 3);
    for codes in [Codes::Gbk, Codes::Ucs2, Codes::Utf16] {
        let corpus = load(&pdf(&pages, codes));
        assert_eq!(lines(&corpus), want, "{}", codes.name());
        let (_, document, report) = corpus.reports().next().expect("a report");
        assert_eq!(facts(report), ("乌有市", "政府", &[2023][..], Some(2024)));
        let headings: Vec<_> =
            report.sections.iter().map(|s| (s.line, s.level, s.heading.slice(document.text()))).collect();
        assert_eq!(
            headings,
            [
                (5, 1, "一、2023年工作回顾"),
                (6, 2, "（一）守灯"),
                (12, 2, "（二）晒盐"),
                (18, 1, "二、2024年工作安排"),
                (19, 2, "（一）守灯"),
                (25, 2, "（二）晒盐")
            ]
        );
        assert!(corpus.issues().is_empty(), "{:?}", corpus.issues());
    }
}

#[test]
fn paragraphs_without_an_indent_and_bare_page_numbers() {
    let want = report();
    let found = lines(&load(&pdf(&pages(&want, 0, None, |n| n.to_string()), Codes::Gbk)));
    // Two of them end at the right edge: nothing says that the next row is not theirs.
    assert_eq!((found.len() + 2, found.concat()), (want.len(), want.concat()));
    // Every odd page says something else than every even one.
    let mut pages = pages(&want, 2, None, |n| format!("第{n}页 共9页"));
    for (n, page) in pages.iter_mut().enumerate() {
        let head =
            if n % 2 == 0 { "乌有市第八届人民代表大会文件" } else { "乌有市政府工作报告" };
        page.push((LEFT, TOP + 50, 9, head.to_owned()));
    }
    let mut found = lines(&load(&pdf(&pages, Codes::Gbk)));
    // What stands nowhere else is kept once.
    assert_eq!(found.remove(0), "乌有市第八届人民代表大会文件");
    assert_eq!(found, want);
}

#[test]
fn files_of_other_programs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let read = |name: &str| fs::read(folder.join(name)).expect("fixture");
    let corpus = load(&read("songti.pdf"));
    let found = lines(&corpus);
    assert_eq!((found.len(), found[4].chars().count()), (16, 39), "{found:#?}");
    assert_eq!(found[7], format!("{}{}", SENTENCES[0], SENTENCES[1]));
    let (_, _, report) = corpus.reports().next().expect("a report");
    assert_eq!(facts(report), ("乌有市", "政府", &[2023][..], Some(2024)));

    let corpus = load(&read("embedded.pdf"));
    let found = lines(&corpus);
    assert_eq!(found.len(), 13, "{found:#?}");
    let quoted = "岸上的人放下了“悬着的心”，盐工守住了“每一夜的盐”，渔家晒出了“每一季的网”。";
    assert_eq!(found[12], format!("{quoted}{}", SENTENCES[0]).repeat(5));

    assert_eq!(refused(&read("locked.pdf")), ["encrypted"]);
    // Cut off anywhere, it is an issue or what is left of it; never the end.
    let whole = read("songti.pdf");
    for cut in (0..whole.len()).step_by(whole.len() / 20) {
        let corpus = load(&whole[..cut]);
        assert!(corpus.report_count() == 1 || !corpus.issues().is_empty(), "{cut}");
    }
}

#[test]
fn content_tells_more_than_a_name() {
    let bytes = pdf(&pages(&report(), 2, None, |n| n.to_string()), Codes::Gbk);
    assert_eq!(lines(&load_named("a.doc", &bytes)), report());
}

#[test]
fn cells_and_contents_lists_are_no_paragraphs() {
    let row = |n: usize, text: &str| (LEFT, TOP - n * LEADING, SIZE, text.to_owned());
    let led = format!("一、守灯{}1", ".".repeat(49));
    let rows = vec![
        row(0, &led),
        row(1, &led.replace("一、守灯", "二、晒盐")),
        row(3, "灯塔"),
        (LEFT + 300, TOP - 3 * LEADING, SIZE, "12盏".to_owned()),
        row(4, "盐田"),
        (LEFT + 300, TOP - 4 * LEADING, SIZE, "31亩".to_owned()),
    ];
    let found = lines(&load(&pdf(&[rows], Codes::Gbk)));
    assert_eq!(found, [led.clone(), led.replace("一、守灯", "二、晒盐"), "灯塔\t12盏".into(), "盐田\t31亩".into()]);
}

#[test]
fn pages_without_text_have_an_issue_of_their_own() {
    assert_eq!(refused(&drawn(&[b"0 0 100 100 re f".to_vec()], Codes::Gbk)), ["no-text-layer"]);
    assert_eq!(refused(&drawn(&[Vec::new(), Vec::new()], Codes::Gbk)), ["no-text-layer"]);
}

#[test]
fn what_is_no_pdf_is_broken() {
    let junk: Vec<u8> = b"%PDF-1.7\n".iter().copied().chain((0..50_000u32).map(|n| ((n * n) >> 3) as u8)).collect();
    for bytes in [&b"%PDF-1.7\n"[..], b"<html>", &junk] {
        assert_eq!(refused(bytes), ["broken"]);
    }
}

/// Line, code and words of every issue of the text.
fn issues(corpus: &Corpus) -> Vec<(Option<u32>, &'static str, String)> {
    corpus.issues().iter().map(|issue| (issue.line, issue.kind.code(), issue.kind.message(Lang::Zh))).collect()
}

#[track_caller]
fn assert_lost(bytes: &[u8], code: &str, page: &str, want: &[String]) {
    let corpus = load(bytes);
    let found = lines(&corpus);
    let gap = found.iter().position(|line| line == "\u{fffd}").unwrap_or_else(|| panic!("no gap: {found:#?}"));
    let line = Some(u32::try_from(gap + 1).expect("line"));
    let issues = issues(&corpus);
    assert!(issues.iter().any(|(at, kind, said)| (*at, *kind) == (line, code) && said.contains(page)), "{issues:?}");
    assert!(!issues.iter().any(|(_, kind, _)| *kind == "bad-bytes"), "said twice: {issues:?}");
    assert_eq!(found[0], want[0]);
    // The halves of two paragraphs, the ends of the pages around the gap, do not meet.
    assert!(found.iter().filter(|line| !want.contains(line) && *line != "\u{fffd}").count() <= 2, "{found:#?}");
}

#[test]
fn a_lost_page_is_shown_and_named() {
    let want = report();
    let mut pages = pages(&want, 2, None, |n| format!("— {n} —"));
    pages.truncate(3);
    let bytes = pdf(&pages, Codes::Gbk);
    // The second page's drawing claims to be packed, and is not.
    let mut packed = bytes.clone();
    let at = memchr::memmem::find_iter(&bytes, b"<</Length ").nth(1).expect("a stream");
    packed.splice(at..at + 2, *b"<</Filter/FlateDecode");
    assert_lost(&packed, "lost-pages", "第 2 页", &want);
    // Packed by what nobody knows.
    let mut unknown = bytes.clone();
    unknown.splice(at..at + 2, *b"<</Filter/GeheimDecode");
    assert_lost(&unknown, "lost-pages", "第 2 页", &want);
    // It is not there, and neither is the page itself.
    for (reference, nothing) in [("Contents 7 0 R", "Contents 0 0 R"), (" 6 0 R ", " 0 0 R ")] {
        let mut gone = bytes.clone();
        let at = memchr::memmem::find(&bytes, reference.as_bytes()).expect("a reference");
        gone.splice(at..at + nothing.len(), nothing.bytes());
        assert_lost(&gone, "lost-pages", "第 2 页", &want);
    }
}

#[test]
fn a_page_that_is_a_picture_is_named() {
    let want = report();
    let mut pages = pages(&want, 2, None, |n| format!("— {n} —"));
    pages.truncate(3);
    pages[1] = vec![(290, 60, 9, "— 2 —".into())];
    let picture = "q 500 0 0 700 40 90 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u{1}\nEI Q\n";
    let draw = |n: usize, rows: &[Row]| {
        let text: String = rows
            .iter()
            .map(|(x, y, size, text)| format!("BT /F {size} Tf {x} {y} Td <{}> Tj ET\n", Codes::Gbk.hex(text)))
            .collect();
        if n == 1 { format!("{picture}{text}") } else { text }.into_bytes()
    };
    let drawings: Vec<Vec<u8>> = pages.iter().enumerate().map(|(n, rows)| draw(n, rows)).collect();
    assert_lost(&drawn(&drawings, Codes::Gbk), "picture-pages", "第 2 页", &want);
    // Scans with a page number printed over them are scans.
    let scans = vec![drawings[1].clone(), drawings[1].clone(), drawings[1].clone()];
    assert_eq!(refused(&drawn(&scans, Codes::Gbk)), ["no-text-layer"]);
}

mod hostile {
    use super::*;

    const CATALOGUE: &[u8] = b"<</Type/Catalog/Pages 2 0 R>>";

    /// A page that names `resources` and draws `drawing`, and what else there is from object 5 on.
    fn page(resources: &str, drawing: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
        let page = format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<{resources}>>>>");
        let pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec();
        file(&[vec![CATALOGUE.to_vec(), pages, page.into_bytes(), drawing], more].concat())
    }

    /// A form that draws other forms, named by their objects.
    fn form(inner: usize, drawing: &str) -> Vec<u8> {
        let says = format!("/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</F {inner} 0 R>>>>");
        stream(&says, drawing.as_bytes())
    }

    #[test]
    fn brackets_in_brackets() {
        for (open, close) in [("[", "]"), ("<</A ", ">>")] {
            for times in [5_000, 1_000_000] {
                let deep = format!("/X {}1{}", open.repeat(times), close.repeat(times));
                let found = refused(&page(&deep, stream("", b"BT ET"), Vec::new()));
                assert!(matches!(found.as_slice(), ["broken" | "no-text-layer"]), "{open}: {found:?}");
            }
        }
        let deep = stream("", "[".repeat(1_000_000).as_bytes());
        assert_eq!(refused(&page("", deep, Vec::new())).len(), 1);
        // Packed, where nobody sees it from outside: in an object that holds others, as it came from a run-length coder.
        let mut packed: Vec<u8> = b"\x039 0 ".to_vec();
        packed.extend([129u8, b'['].repeat(1_000));
        packed.push(128);
        let holder = stream("/Type/ObjStm/N 1/First 4/Filter/RunLengthDecode", &packed);
        assert_eq!(refused(&page("", stream("", b"BT ET"), vec![holder])), ["no-text-layer"]);
    }

    #[test]
    fn drawings_that_unpack_to_more_than_a_page_holds() {
        let long = [129u8, b' '].repeat(300_000);
        let packed = stream("/Filter/RunLengthDecode", &[&long[..], &[128]].concat());
        assert_eq!(refused(&page("", packed, Vec::new())), ["broken"]);
        assert_eq!(refused(&page("", deflated("", 40 << 20), Vec::new())), ["broken"]);
        // A hundred thousand times the same.
        let half = stream("/Filter/RunLengthDecode", &[&long[..40_000], &[128]].concat());
        let bytes = page("", half, Vec::new());
        let text = String::from_utf8_lossy(&bytes[..400]).into_owned();
        let many = text.find("4 0 R/Resources").expect("contents");
        let mut bytes = bytes;
        bytes.splice(many..many + 5, format!("[{}]", "4 0 R ".repeat(1_000)).into_bytes());
        assert_eq!(refused(&bytes), ["broken"]);
    }

    /// A stream of blanks that unpacks to `length` bytes.
    fn deflated(says: &str, length: u64) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), length), &mut encoder).expect("memory");
        stream(&format!("/Filter/FlateDecode{says}"), &encoder.finish().expect("memory"))
    }

    /// What the library unpacks without asking dies with the child that it runs in; the file beside it is read.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_takes_more_memory_than_there_is_dies_alone() {
        let font = "/Font<</F<</Type/Font/Subtype/Type0/BaseFont/灯/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>>>";
        let draws = stream("", b"BT /F 16 Tf 70 700 Td <00410042> Tj ET");
        let bytes = page(font, draws, vec![deflated("", 400 << 20)]);
        assert!(bytes.len() < 4 << 20);
        let folder = tempfile::tempdir().expect("folder");
        fs::write(folder.path().join("a.pdf"), bytes).expect("file");
        fs::write(folder.path().join("b.txt"), report().join("\n")).expect("file");
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_yilan"))
            .args(["check", "--no-cache", "--json"])
            .arg(folder.path())
            .output()
            .expect("yilan");
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        assert!(said.lines().any(|line| line.contains("a.pdf") && line.contains("broken")), "{said}");
        assert!(!said.lines().any(|line| line.contains("b.txt") && line.contains("broken")), "{said}");
    }

    #[test]
    fn forms_that_draw_forms() {
        let draws = "/F Do ".repeat(100);
        let chain: Vec<Vec<u8>> = (6..14).map(|n| form(n, &draws)).chain([stream("/Subtype/Form", b"q Q")]).collect();
        let first = || stream("", draws.as_bytes());
        assert_eq!(refused(&page("/XObject<</F 5 0 R>>", first(), chain)), ["broken"]);
        let own = refused(&page("/XObject<</F 5 0 R>>", first(), vec![form(5, &draws)]));
        assert!(matches!(own.as_slice(), ["broken" | "no-text-layer"]), "{own:?}");
    }

    #[test]
    fn pages_without_end() {
        let loops = file(&[CATALOGUE.to_vec(), b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>".to_vec()]);
        assert_eq!(refused(&loops).len(), 1);
        let drawings = vec![Vec::new(); 5_001];
        assert_eq!(refused(&drawn(&drawings, Codes::Gbk)), ["too-many-pages"]);
    }
}

#[test]
fn bytes_changed_at_random_are_an_issue_at_most() {
    let whole = pdf(&pages(&report(), 2, Some("乌有市政府工作报告"), |n| format!("— {n} —")), Codes::Gbk);
    let mut state = 20_240_108u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    for _ in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..1 + next() % 40 {
            let at = next() as usize % bytes.len();
            bytes[at] = next() as u8;
        }
        let corpus = load(&bytes);
        assert!(corpus.report_count() == 1 || !corpus.issues().is_empty());
    }
}
