//! Every format a report comes in, made here and read back; and what broken or hostile files get.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use yilan::testing::corpus::load::load_all;
use yilan::testing::corpus::{Corpus, Document, Encoding, Report, ReportKind};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TEXT: &str =
    "一年来，守灯人守住了每一夜的灯，盐工晒出了每一季的盐，渔家收回了每一张的网，岸上的人放下了悬着的心。";
const HEAD: &str = "乌有市政府工作报告\n——2024年1月8日在乌有市第八届人民代表大会第三次会议上\n乌有市市长 无名氏\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n";

fn report() -> String {
    format!("{HEAD}一、2023年工作回顾\n{TEXT}\n（一）守灯\n{TEXT}守灯。\n二、2024年工作安排\n{TEXT}看潮。\n")
}

fn load(files: &[(&str, Vec<u8>)]) -> Corpus {
    let folder = tempfile::tempdir().expect("folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        fs::write(path, bytes).expect("file");
    }
    load_all(&[folder.path().to_owned()])
}

fn zipped(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("entry");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("zip").into_inner()
}

fn headings<'d>(document: &'d Document, report: &'d Report) -> Vec<(u32, u8, &'d str)> {
    let own = report.sections.iter().filter(|s| !s.run_in);
    own.map(|s| (s.line, s.level, s.heading.slice(document.text()))).collect()
}

fn only(corpus: &Corpus) -> (&Document, &Report) {
    let issues: Vec<_> = corpus.issues().iter().map(|i| (i.path.display().to_string(), i.kind.code())).collect();
    assert_eq!(corpus.report_count(), 1, "{issues:?}");
    let (_, document, report) = corpus.reports().next().expect("a report");
    (document, report)
}

/// The report that every format carries, read back.
#[track_caller]
fn assert_report(corpus: &Corpus) {
    let (document, report) = only(corpus);
    assert_eq!((report.place.as_str(), report.body.name(), report.kind), ("乌有市", "政府", ReportKind::Report));
    assert_eq!((report.years.as_slice(), report.session_year), (&[2023][..], Some(2024)));
    let found: Vec<(u8, &str)> = headings(document, report).into_iter().map(|(_, level, text)| (level, text)).collect();
    assert_eq!(found, [(1, "一、2023年工作回顾"), (2, "（一）守灯"), (1, "二、2024年工作安排")]);
}

fn codes(corpus: &Corpus) -> Vec<(String, &'static str)> {
    let name = |p: &Path| p.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    corpus.issues().iter().filter(|i| i.line.is_none()).map(|i| (name(&i.path), i.kind.code())).collect()
}

mod word {
    use super::*;

    const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="x"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>"#;

    fn paragraph(style: &str, text: &str) -> String {
        let style =
            if style.is_empty() { String::new() } else { format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>") };
        let text = text.replace('\n', "</w:t><w:br/><w:t>");
        format!("<w:p>{style}<w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    fn docx(body: &str, more: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        let mut entries = vec![
            ("[Content_Types].xml", b"<Types/>".to_vec()),
            ("word/document.xml", document.into_bytes()),
            ("word/styles.xml", STYLES.into()),
        ];
        entries.retain(|(name, _)| !more.iter().any(|(own, _)| own == name));
        entries.extend_from_slice(more);
        zipped(&entries)
    }

    #[test]
    fn paragraphs_are_lines() {
        let more: String = (0..20).map(|n| format!("守灯人第{n}夜登上灯塔，把灯芯剪得齐齐整整。\n")).collect();
        let report = || report() + &more;
        let body: String = report().lines().map(|line| paragraph("", line)).collect();
        assert_report(&load(&[("a.docx", docx(&body, &[]))]));
        // An old extension on a new document.
        assert_report(&load(&[("a.doc", docx(&body, &[]))]));
    }

    #[test]
    fn soft_breaks_part_lines_and_page_breaks_do_not() {
        assert_report(&load(&[("a.docx", docx(&paragraph("", report().trim_end()), &[]))]));
        let body = paragraph("", &report()).replacen("市人民政府", "市人</w:t><w:br w:type=\"page\"/><w:t>民政府", 1);
        assert_report(&load(&[("a.docx", docx(&body, &[]))]));
    }

    #[test]
    fn styles_tell_headings_that_nothing_else_tells() {
        let long = "守灯人把灯芯剪得齐齐整整之后的第一个夜晚和盐工把盐堆成山之前的最后一个清晨的灯塔";
        let body: String = HEAD.lines().map(|line| paragraph("", line)).collect::<String>()
            + &[("1", "灯塔"), ("", TEXT), ("2", long), ("", TEXT), ("1", "盐田"), ("", TEXT)]
                .map(|(style, text)| paragraph(style, text))
                .concat();
        let corpus = load(&[("a.docx", docx(&body, &[]))]);
        let (document, report) = only(&corpus);
        assert_eq!(headings(document, report), [(6, 1, "灯塔"), (8, 2, long), (10, 1, "盐田")]);
    }

    #[test]
    fn styles_that_contradict_the_numbers_are_not_believed() {
        let body: String =
            report().lines().map(|line| paragraph(if line.len() < 60 { "1" } else { "" }, line)).collect();
        assert_report(&load(&[("a.docx", docx(&body, &[]))]));
        let all: String = report().lines().map(|line| paragraph("1", line)).collect();
        assert_report(&load(&[("a.docx", docx(&all, &[]))]));
    }

    #[test]
    fn automatic_numbers_are_written_out() {
        let numbering = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
        let body: String = report()
            .lines()
            .map(|line| match line.split_once(['、', '）']).filter(|_| line.len() < 60 && !line.contains('，')) {
                Some((number, words)) => {
                    let level = usize::from(number.starts_with('（'));
                    format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"4\"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
                }
                None => paragraph("", line),
            })
            .collect();
        assert_report(&load(&[("a.docx", docx(&body, &[("word/numbering.xml", numbering.into())]))]));
    }

    /// Lines of a document made of `body`, with lists of every format.
    fn lines_of(body: &str) -> Vec<String> {
        let formats =
            ["bullet", "japaneseCounting", "ideographTraditional", "upperRoman", "lowerLetter", "decimalZero"];
        let texts = ["\u{f0b7}", "%2、", "%3、", "%4.", "%5)", "第%6章"];
        let levels: String = (0..6)
            .map(|n| {
                format!(
                    "<w:lvl w:ilvl=\"{n}\"><w:numFmt w:val=\"{}\"/><w:lvlText w:val=\"{}\"/></w:lvl>",
                    formats[n], texts[n]
                )
            })
            .collect();
        let numbering = format!(
            "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum><w:num w:numId=\"4\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"100\"/></w:lvlOverride></w:num></w:numbering>"
        );
        let more = "<w:style w:type=\"character\" w:styleId=\"暗\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
        let styles = STYLES.replace("</w:styles>", more);
        let more = [("word/numbering.xml", numbering.into_bytes()), ("word/styles.xml", styles.into_bytes())];
        let corpus = load(&[("a.docx", docx(body, &more))]);
        let document = corpus.documents().first().expect("a document");
        document.text().lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
    }

    fn numbered(list: u32, level: u32, text: &str) -> String {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    }

    #[test]
    fn word_shows_it_so() {
        let run = |inner: &str| format!("<w:p><w:r>{inner}</w:r></w:p>");
        let cell =
            |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph("", text));
        let row = |properties: &str, cells: &[String]| format!("<w:tr>{properties}{}</w:tr>", cells.concat());
        let cases: Vec<(String, Vec<&str>)> = vec![
            (
                (0..6).map(|level| numbered(4, level, "灯")).collect(),
                vec!["• 灯", "一、灯", "甲、灯", "I.灯", "a)灯", "第01章 灯"],
            ),
            (
                numbered(4, 1, "灯") + &numbered(4, 1, "") + &numbered(4, 1, "塔") + &numbered(5, 1, "盐"),
                vec!["一、灯", "三、塔", "一百、盐"],
            ),
            (
                run(
                    "<w:t>亩产</w:t><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/><w:t>5%</w:t><w:ptab/><w:softHyphen/><w:t>灯</w:t>",
                ),
                vec!["亩产≥5%\t灯"],
            ),
            (
                run("<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>灯</w:t>")
                    + "<w:p><w:pPr><w:outlineLvl w:val=\"9\"/><w:pPrChange><w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>塔</w:t></w:r></w:p>",
                vec!["灯", "塔"],
            ),
            (
                "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>".to_owned()
                    + &paragraph("", "后半句。")
                    + "<w:p><w:pPr><w:rPr><w:ins/></w:rPr></w:pPr><w:r><w:t>新段。</w:t></w:r></w:p>",
                vec!["前半句，后半句。", "新段。"],
            ),
            (run("<w:rPr><w:rStyle w:val=\"暗\"/></w:rPr><w:t>暗</w:t>") + &run("<w:t>明</w:t>"), vec!["明"]),
            (
                run(
                    "<w:t>甲</w:t><w:fldChar w:fldCharType=\"begin\"/><w:instrText>EQ \\o\\ac(○,一)</w:instrText><w:fldChar w:fldCharType=\"end\"/><w:t>灯</w:t>",
                ),
                vec!["甲一灯"],
            ),
            (
                format!(
                    "<w:tbl>{}{}{}{}</w:tbl>",
                    row("", &[cell("<w:gridSpan w:val=\"2\"/>", "合计"), cell("", "9")]),
                    row("", &[cell("<w:vMerge w:val=\"restart\"/>", "甲"), cell("", "1"), cell("", "2")]),
                    row("", &[cell("<w:vMerge/>", ""), cell("", "3"), cell("", "4")]),
                    row("<w:trPr><w:del/></w:trPr>", &[cell("", "删"), cell("", "去")]),
                ),
                vec!["合计\t\t9", "甲\t1\t2", "甲\t3\t4"],
            ),
        ];
        for (body, want) in cases {
            assert_eq!(lines_of(&body), want);
        }
    }

    #[test]
    fn the_main_part_is_where_the_package_says() {
        let body = paragraph("", report().trim_end());
        let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        let relations = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/office/main.xml"/></Relationships>"#;
        let entries = [("_rels/.rels", relations.into()), ("office/main.xml", document.into_bytes())];
        assert_report(&load(&[("a.docx", zipped(&entries))]));
    }

    #[test]
    fn tables_text_boxes_footnotes_and_what_was_deleted() {
        let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph("", text));
        let table = format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
            cell("塔"),
            cell("盏"),
            cell("东塔"),
            cell("3")
        );
        let boxed = format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>灯亮了。</w:t></w:r></w:p>",
            paragraph("", "框里的灯。")
        );
        let deleted = "<w:p><w:del><w:r><w:delText>旧灯</w:delText><w:t>旧塔</w:t></w:r></w:del><w:r><w:t>新灯</w:t><w:footnoteReference w:id=\"2\"/><w:t>。</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗灯</w:t></w:r></w:p>";
        let notes = r#"<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>没有提到的注。</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>灯塔的注。</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
        let body = format!("{}{table}{boxed}{deleted}", paragraph("", &report()));
        let corpus = load(&[("a.docx", docx(&body, &[("word/footnotes.xml", notes.into())]))]);
        let tail: Vec<&str> = only(&corpus).0.text().lines().skip(12).collect();
        assert_eq!(tail, ["塔\t盏", "东塔\t3", "灯亮了。", "框里的灯。", "新灯[1]。", "[1] 灯塔的注。"]);
    }

    #[test]
    fn bad_documents_are_issues() {
        let whole = docx(&paragraph("", &report()), &[]);
        let corpus = load(&[
            ("1-cut.docx", whole[..whole.len() / 2].to_vec()),
            ("2-text.docx", b"no archive".to_vec()),
            ("3-old.doc", vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
            ("4-empty.docx", docx("<w:p/>", &[])),
            ("5-torn.docx", docx("<w:p><w:r><w:t>灯</", &[])),
            ("6-good.docx", whole),
        ]);
        let want = [
            ("1-cut.docx", "broken"),
            ("2-text.docx", "broken"),
            ("3-old.doc", "broken"),
            ("4-empty.docx", "empty"),
            ("5-torn.docx", "broken"),
        ];
        assert_eq!(codes(&corpus), want.map(|(name, code)| (name.to_owned(), code)));
        assert_report(&corpus);
    }
}

fn page(body: &str, charset: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta http-equiv=Content-Type content='text/html; charset={charset}'><title>乌有市政府工作报告 - 乌有市人民政府</title></head>\
         <body><div class=top><a href=/>首页</a><a href=/zw>政务公开</a></div><div class=main>{body}</div><div class=foot>版权所有：长春市某某网络公司</div></body></html>"
    )
}

fn paragraphs(text: &str) -> String {
    text.lines().map(|line| format!("<p>&nbsp;&emsp;{line}</p>\n")).collect()
}

#[test]
fn web_pages_of_any_charset() {
    let html = page(&paragraphs(&report()), "gb2312");
    let gb = encoding_rs::GB18030.encode(&html).0.into_owned();
    let corpus = load(&[("a.html", gb)]);
    assert_report(&corpus);
    assert_eq!(only(&corpus).0.encoding, Encoding::Gb18030);
    assert_report(&load(&[("a.htm", html.into_bytes())]));
    assert_report(&load(&[("a.doc", page(&paragraphs(&report()), "utf-8").into_bytes())]));
}

#[test]
fn a_saved_page_keeps_its_folder_to_itself() {
    let html = page(&paragraphs(&report()), "utf-8").into_bytes();
    let corpus =
        load(&[("报告.html", html), ("报告_files/a.js", b"x".to_vec()), ("报告_files/b.html", b"<p>x".to_vec())]);
    assert_report(&corpus);
    assert_eq!(codes(&corpus), []);
}

#[test]
fn a_book_is_read_in_its_order() {
    let chapter = |text: &str| {
        format!("<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{}</body></html>", paragraphs(text)).into_bytes()
    };
    let report = report();
    let (first, second) = report.split_at(report.find("二、").expect("part"));
    // A chapter that is named again is not read again.
    let again = "<itemref idref='a'/>".repeat(20_000);
    let book = zipped(&[
        ("mimetype", b"application/epub+zip".to_vec()),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path='O/p.opf'/></rootfiles></container>".to_vec()),
        ("O/p.opf", "<package><manifest><item id='b' href='b.xhtml'/><item id='a' href='t/a.xhtml'/><item id='n' href='n.xhtml' properties='nav'/></manifest><spine><itemref idref='n'/><itemref idref='a'/><itemref idref='b'/>AGAIN</spine></package>".replace("AGAIN", &again).into()),
        ("O/n.xhtml", chapter("目录")),
        ("O/b.xhtml", chapter(second)),
        ("O/t/a.xhtml", chapter(first)),
    ]);
    assert_report(&load(&[("a.epub", book)]));
}

#[test]
fn tables_hold_a_report_in_each_row() {
    let csv = format!(
        "标题,年份,城市,正文\n政府工作报告,2024,乌有市,\"{}\"\n政府工作报告,2023,南柯市,\"各位代表：\n{TEXT}收盐。\"\n",
        report()
    );
    let corpus = load(&[("a.csv", encoding_rs::GB18030.encode(&csv).0.into_owned())]);
    let found: Vec<_> =
        corpus.reports().map(|(_, _, r)| (r.place.as_str(), r.years.clone(), r.ranges[0].first)).collect();
    assert_eq!(found, [("乌有市", vec![2023], 1), ("南柯市", vec![2022], 13)]);
    let line = serde_json::json!({"title": "乌有市政府工作报告", "content": report(), "year": 2024}).to_string();
    assert_report(&load(&[("a.jsonl", line.into_bytes())]));
}

#[test]
fn archives_are_folders() {
    let text = report().into_bytes();
    let inner = zipped(&[("南柯市.txt", text.replace_place("南柯市"))]);
    let archive = zipped(&[
        ("2024/乌有市.txt", text.clone()),
        ("2024/图.png", vec![0x89]),
        ("__MACOSX/2024/._x.txt", vec![0]),
        ("更多.zip", inner),
    ]);
    let corpus = load(&[("a.zip", archive)]);
    let mut places: Vec<&str> = corpus.reports().map(|(_, _, r)| r.place.as_str()).collect();
    places.sort_unstable();
    assert_eq!(places, ["乌有市", "南柯市"]);
    assert_eq!(codes(&corpus), [("图.png".to_owned(), "unknown-format")]);
    let path = corpus.documents()[0].path.to_string_lossy().replace('\\', "/");
    assert!(path.ends_with("a.zip/2024/乌有市.txt"), "{path}");
}

trait ReplacePlace {
    fn replace_place(&self, place: &str) -> Vec<u8>;
}

impl ReplacePlace for Vec<u8> {
    fn replace_place(&self, place: &str) -> Vec<u8> {
        // Other words too, so that it is another report.
        String::from_utf8_lossy(self)
            .replace("乌有市", place)
            .replace("守灯人", "看潮人")
            .replace("守灯", "看潮")
            .into_bytes()
    }
}

/// Writes GBK names as archives of old systems have them: raw bytes, no flag.
#[test]
fn names_of_old_archives() {
    let (gbk, utf8) = (encoding_rs::GB18030.encode("南柯市.txt").0.into_owned(), "ABCDEFGHIJ");
    assert_eq!(gbk.len(), utf8.len());
    let text = format!("工作报告\n各位代表：\n{TEXT}\n");
    let mut archive = zipped(&[(utf8, text.into_bytes())]);
    for at in 0..archive.len() - gbk.len() {
        if &archive[at..at + gbk.len()] == utf8.as_bytes() {
            archive[at..at + gbk.len()].copy_from_slice(&gbk);
        }
    }
    let corpus = load(&[("a.zip", archive)]);
    assert_eq!(only(&corpus).1.place, "南柯市");
}

#[test]
fn hostile_archives_are_refused() {
    let zeros = zipped(&[("a.txt", vec![b' '; 80 << 20])]);
    let deep = zipped(&[("a.zip", zipped(&[("b.zip", zipped(&[("c.txt", report().into_bytes())]))]))]);
    let xml = format!("<w:document>{}", "<w:p>".repeat(100_000));
    let nested = zipped(&[("word/document.xml", xml.into_bytes())]);
    let corpus = load(&[("1.zip", zeros), ("2.zip", deep), ("3.docx", nested), ("4.zip", b"PK\x03\x04rest".to_vec())]);
    let found: Vec<&str> = codes(&corpus).into_iter().map(|(_, code)| code).collect();
    assert_eq!(found[..4], ["bomb", "nested", "broken", "broken"]);
}

#[test]
fn the_same_report_in_two_files_is_counted_once() {
    let more: String = (0..20).map(|n| format!("守灯人第{n}夜登上灯塔，把灯芯剪得齐齐整整。\n")).collect();
    let report = || report() + &more;
    let body: String = report().lines().map(|l| format!("<w:p><w:r><w:t>{l}</w:t></w:r></w:p>")).collect();
    let docx = zipped(&[("word/document.xml", format!("<w:document>{body}</w:document>").into_bytes())]);
    let corpus = load(&[
        ("a.txt", report().into_bytes()),
        ("b.docx", docx),
        ("c.txt", (report() + "\n" + &report()).into_bytes()),
    ]);
    assert_eq!((corpus.report_count(), corpus.distinct_count()), (4, 1));
    let marked = corpus.issues().iter().filter(|i| i.kind.code() == "duplicate").count();
    assert_eq!(marked, 3);
}

#[test]
fn other_formats_say_what_they_are() {
    use yilan::testing::text::Lang;
    let corpus = load(&[("a.txt", report().into_bytes()), ("b.ceb", b"PK".to_vec()), ("c.numbers", vec![1])]);
    let said: Vec<String> = corpus.issues().iter().map(|i| i.kind.message(Lang::Zh)).collect();
    assert!(said[0].contains("版式公文") && said[1].contains("另存为 .xlsx"), "{said:?}");
    assert_report(&corpus);
}

#[test]
fn a_person_says_what_no_rule_can_know() {
    let text = format!("工作报告\n各位代表：\n{TEXT}\n广告一行\n{TEXT}看潮。\n");
    let rules = "[[file]]\npath = \"a.txt\"\nplace = \"长春市\"\nyear = 2021\nbody = \"法院\"\n[[file]]\npath = \"a.txt\"\nlines = [4, 4]\nignore = true\n[[file]]\npath = \"b.txt\"\nignore = true\n[[file]]\npath = \"c.txt\"\nencoding = \"latin\"\n";
    let corpus = load(&[("a.txt", text.clone().into_bytes()), ("b.txt", b"x".to_vec()), ("yilan.toml", rules.into())]);
    let (_, report) = only(&corpus);
    assert_eq!((report.place.as_str(), report.province.as_str(), report.body.name()), ("长春市", "吉林省", "法院"));
    assert_eq!(report.years, [2021]);
    assert_eq!(report.ranges.iter().map(|r| (r.first, r.last)).collect::<Vec<_>>(), [(1, 3), (5, 5)]);
    let told: Vec<_> = corpus.issues().iter().map(|i| (i.line, i.kind.code())).collect();
    assert_eq!(told, [(Some(4), "outside"), (Some(13), "override")]);
}

#[test]
fn lines_a_person_names_are_a_report_of_their_own() {
    // Below the report stands something of another place, without any sign that it begins.
    let lost = format!("桃源渡的人在秋天修好了渡口。\n{TEXT}\n渡船一天走八回，{TEXT}\n");
    let text = format!("{}{lost}{TEXT}完。\n", report());
    let first = u32::try_from(report().lines().count()).unwrap() + 1;
    let rule = |lines: &str, more: &str| format!("[[file]]\npath = \"a.txt\"\nlines = {lines}\n{more}\n");
    let place = "place = \"桃源县\"\nprovince = \"湖南省\"\nyear = 2021";
    let load = |rules: String| load(&[("a.txt", text.clone().into_bytes()), ("yilan.toml", rules.into_bytes())]);
    let told = |corpus: &Corpus| -> Vec<String> {
        let ranges =
            |r: &Report| r.ranges.iter().map(|r| format!("{}-{}", r.first, r.last)).collect::<Vec<_>>().join(" ");
        corpus.reports().map(|(_, _, r)| format!("{} {:?} {}", r.place, r.years, ranges(r))).collect()
    };
    let end = first + 3;
    let alone = format!("乌有市 [2023] 1-{end}");
    assert_eq!(told(&load(String::new())), [alone.as_str()], "no rule finds it");
    assert_eq!(
        told(&load(rule(&format!("[{first}, {}]", end - 1), place))),
        [format!("乌有市 [2023] 1-{} {end}-{end}", first - 1), format!("桃源县 [2021] {first}-{}", end - 1),]
    );
    // Lines that are nobody's in particular, that do not exist, or in which a report begins cut nothing.
    assert_eq!(told(&load(rule(&format!("[{first}, {end}]"), ""))), [alone.as_str()]);
    assert_eq!(told(&load(rule("[900, 950]", place))), [alone]);
    assert_eq!(told(&load(rule("[1, 3]", place))), [format!("桃源县 [2021] 1-{end}")]);
}

#[test]
fn a_person_names_the_columns_of_a_table() {
    // Neither name is known, and the remark is longer than the text.
    let remark = TEXT.repeat(6);
    let text = format!("各位代表：\n{TEXT}");
    let table = format!("卷,批语,哪里,何年\n\"{text}\",\"{remark}\",桃源县,2021\n");
    let rule = "[[file]]\npath = \"a.csv\"\ncolumns = { content = \"卷\", place = [\"哪里\"], year = \"何年\" }\n";
    let guessed = load(&[("a.csv", table.clone().into_bytes())]);
    assert!(only(&guessed).0.text().lines().any(|line| line == remark));
    let named = load(&[("a.csv", table.into_bytes()), ("yilan.toml", rule.into())]);
    let (document, report) = only(&named);
    assert_eq!(document.text().trim(), text);
    assert_eq!((report.place.as_str(), report.years.as_slice()), ("桃源县", &[2020][..]));
    let wrong = load(&[
        ("a.csv", b"x".to_vec()),
        ("yilan.toml", b"[[file]]\npath = \"a.csv\"\ncolumns = { contents = \"x\" }\n".to_vec()),
    ]);
    assert!(wrong.issues().iter().any(|issue| issue.kind.code() == "override"));
}

mod whole {
    use proptest::prelude::*;
    use yilan::testing::corpus::LineKind;

    use super::*;

    /// Lines of every kind that a report, a page or a compendium is made of, and such as only look like one.
    fn line() -> impl Strategy<Value = String> {
        let figure = (0..40_000u32, 1..4usize).prop_map(|(figure, gap)| {
            let gap = ["\t", "\u{3000}", " …… ", "  "][gap % 4];
            format!("盐场{gap}{figure}")
        });
        let row = (1..99u32, 1..99u32, 1..99u32).prop_map(|(a, b, c)| format!("甲塔\t{a}\t{b}\t{c}"));
        let lines = [
            "",
            "目 录",
            "乌有市政府工作报告",
            "南柯市人大常委会工作报告",
            "乌有市人大常委会",
            "——乌有市工作综述",
            "——2024年1月8日在乌有市第八届人民代表大会第三次会议上",
            "各位代表：",
            "现在，我代表市人民政府，向大会报告工作，请予审议。",
            "一、2023年工作回顾",
            "（一）守灯",
            "守灯护航 看潮安民",
            "本报记者 无名氏",
            "图为灯塔。",
            "— 3 —",
            "4",
            "第3页 共9页",
            "更多资料请关注微信公众号，下载请加群",
            TEXT,
            "灯塔亮了三百六十五夜，盐田晒出一千二百吨盐。",
        ];
        prop_oneof![6 => prop::sample::select(lines.to_vec()).prop_map(str::to_owned), 3 => figure, 1 => row]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// Every character of a source is in a report, or its line is listed as outside for what it is.
        #[test]
        fn nothing_vanishes(lines in prop::collection::vec(line(), 1..40)) {
            let corpus = load(&[("乌有市.txt", format!("{}\n", lines.join("\n")).into_bytes())]);
            let Some(document) = corpus.documents().first() else { return Ok(()) };
            let mut owned = vec![false; document.lines.len() + 1];
            for number in document.reports.iter().flat_map(|report| report.line_numbers()) {
                owned[number as usize] = true;
            }
            let listed: Vec<u32> =
                document.issues.iter().filter(|i| i.kind.code() == "outside").filter_map(|i| i.line).collect();
            for (n, line) in (1..).zip(&document.lines) {
                let words = line.span.slice(document.text());
                let held = owned[n as usize] && !line.kind.is_outside();
                prop_assert!(held || words.is_empty() || listed.contains(&n), "{n} {words} is lost");
                match line.kind {
                    // Only a list of pages that do not fall, or what a head 目录 stands above, is a contents list.
                    LineKind::Contents => prop_assert!(
                        !words.contains('。') && words.matches('\t').count() <= 1,
                        "{n} {words} is no entry"
                    ),
                    LineKind::PageHead if words.contains('。') => prop_assert!(false, "{n} {words} heads no page"),
                    LineKind::PageHead | LineKind::Stray => {
                        prop_assert!(document.reports.iter().all(|r| r.ranges.iter().all(|range| range.first > n || range.last < n)));
                    }
                    LineKind::Advert => prop_assert!(words.contains("微信"), "{n} {words} sells nothing"),
                    _ => {}
                }
            }
        }
    }

    /// A piece of a web page's text: a paragraph, an entry of a list, a row of a table, a heading.
    fn piece() -> impl Strategy<Value = (&'static str, String)> {
        let lines = [
            "各位代表：",
            "一、2023年工作回顾",
            "（一）守灯",
            "（三）多听取联系我们的渔家",
            "门户网站访问量突破12万人次。",
            "把守灯的经验分享到每一座塔。",
            "灯塔亮了三百六十五夜，盐田晒出一千二百吨盐。",
            "看潮的人关闭窗口，点上灯。",
            "1.修好东滩的堤",
            TEXT,
        ];
        let line = (prop::sample::select(vec!["p", "li", "h3", "div"]), prop::sample::select(lines.to_vec()));
        let row = (1..99u32, 1..9999u32).prop_map(|(a, b)| ("tr", format!("<td>{a}号塔</td><td>{b}</td><td>盏</td>")));
        prop_oneof![5 => line.prop_map(|(tag, line)| (tag, line.to_owned())), 2 => row]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Every character of the text of a page stands in the document, whatever the site prints around it.
        #[test]
        fn nothing_of_a_page_vanishes(pieces in prop::collection::vec(piece(), 0..20)) {
            let wrap = |(tag, text): &(&str, String)| match *tag {
                "tr" => format!("<table><tr>{text}</tr></table>"),
                tag => format!("<{tag}>{text}</{tag}>"),
            };
            let body: String = pieces.iter().map(wrap).collect();
            let page = format!(
                "<title>乌有市政府工作报告_乌有市人民政府</title><body><div><a href=1>首页</a> <a href=2>政务公开</a></div>\
                 <div id=text><p>{TEXT}</p><p>{TEXT}</p>{body}</div><div>【返回顶部】【关闭窗口】 浏览次数：12</div>\
                 <div>主办：乌有市人民政府 云ICP备00000001号</div>"
            );
            let corpus = load(&[("乌有市.html", page.into_bytes())]);
            let document = corpus.documents().first().expect("a document");
            let compact = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let found = compact(document.text());
            for (_, text) in &pieces {
                let want = compact(&text.replace("<td>", "").replace("</td>", ""));
                prop_assert!(found.contains(&want), "{want} is lost of {found}");
            }
            prop_assert!(!found.contains("首页") && !found.contains("返回顶部") && !found.contains("ICP"), "{found}");
        }
    }

    #[test]
    fn a_table_stays_in_its_report() {
        let rows = "工业\t12\n农业\t9\n服务业\t21\n建筑业\t22\n";
        for (rows, above) in [(rows, TEXT), ("工业\t9\n农业\t12\n服务业\t21\n", "单位：亿元")] {
            let corpus =
                load(&[("乌有市.txt", format!("{HEAD}一、2023年工作回顾\n{above}\n{rows}{TEXT}\n").into_bytes())]);
            let (document, report) = only(&corpus);
            assert_eq!(report.ranges.len(), 1, "{rows}");
            let text: Vec<&str> = report
                .line_numbers()
                .filter_map(|n| document.line(n))
                .filter(|l| !l.kind.is_outside())
                .map(|l| l.span.slice(document.text()))
                .collect();
            for row in rows.lines() {
                assert!(text.contains(&row), "{row} of {text:?}");
            }
        }
    }
}

/// The archive `bytes` with one of its files changed, or without it.
fn rezipped(bytes: &[u8], name: &str, change: Option<&dyn Fn(Vec<u8>) -> Vec<u8>>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("archive");
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("entry");
        let own_name = entry.name().expect("name").into_owned();
        let mut own = Vec::new();
        entry.read_to_end(&mut own).expect("bytes");
        match (own_name == name, change) {
            (false, _) => entries.push((own_name, own)),
            (true, Some(change)) => entries.push((own_name, change(own))),
            (true, None) => {}
        }
    }
    let entries: Vec<(&str, Vec<u8>)> = entries.iter().map(|(name, own)| (name.as_str(), own.clone())).collect();
    zipped(&entries)
}

#[test]
fn a_workbook_takes_no_room_for_what_it_only_claims() {
    let fixture = |name: &str| {
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).expect("fixture")
    };
    // What a sheet says of its size: 65,535 rows, 255 columns.
    let mut large = fixture("libreoffice.xls");
    let at = large.windows(4).position(|part| part == [0x00, 0x02, 14, 0]).expect("dimensions") + 4;
    large[at..at + 12].copy_from_slice(&[0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0]);
    let texts = rezipped(
        &fixture("libreoffice.xlsx"),
        "xl/sharedStrings.xml",
        Some(&|bytes| {
            let text = String::from_utf8(bytes).expect("text");
            let (head, rest) = text.split_once("<sst ").expect("texts");
            format!("{head}<sst uniqueCount=\"99999999999\" {rest}").into_bytes()
        }),
    );
    // A list of streams whose last sector leads back to its first.
    let mut endless = fixture("xlwt.xls");
    let number = |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("number")) as usize;
    let (list, first) = (512 * (1 + number(&endless, 76)), number(&endless, 48));
    let mut last = first;
    while number(&endless, list + 4 * last) < 0xffff_fff0 {
        last = number(&endless, list + 4 * last);
    }
    let back = u32::try_from(first).expect("sector").to_le_bytes();
    endless[list + 4 * last..list + 4 * last + 4].copy_from_slice(&back);
    let corpus = load(&[("1.xls", large), ("2.xlsx", texts), ("3.xls", endless)]);
    assert_eq!(codes(&corpus), [("2.xlsx".to_owned(), "bomb"), ("3.xls".to_owned(), "broken")]);
    assert_eq!(corpus.reports().next().map(|(_, _, report)| report.place.clone()).as_deref(), Some("乌有市"));
}

#[test]
fn documents_of_open_document_are_no_folders() {
    let odt = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()),
        ("content.xml", b"<office:document-content/>".to_vec()),
    ]);
    assert_eq!(codes(&load(&[("a.odt", odt)]))[0], ("a.odt".to_owned(), "unknown-format"));
}

#[test]
fn a_page_of_an_ofd_that_is_lost_is_an_issue() {
    let whole = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hand.ofd")).expect("fixture");
    let page = |n: usize| format!("Doc_0/Pages/Page_{n}/Content.xml");
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    for (file, said) in [
        (rezipped(&whole, &page(1), None), "第 2 页"),
        (rezipped(&whole, &page(1), Some(&half)), "第 2 页"),
        (rezipped(&whole, &page(0), Some(&half)), "第 1 页"),
    ] {
        let corpus = load(&[("a.ofd", file)]);
        let lost: Vec<String> = corpus
            .issues()
            .iter()
            .filter(|issue| issue.kind.code() == "lost-pages")
            .map(|issue| issue.kind.message(yilan::testing::text::Lang::Zh))
            .collect();
        assert_eq!(lost.len(), 1, "{:?}", corpus.issues());
        assert!(lost[0].starts_with(said), "{lost:?}");
        let text = corpus.documents().first().expect("the rest is read").text();
        assert!(text.contains('\u{fffd}') && text.chars().count() > 50, "{text}");
    }
    let none = rezipped(&rezipped(&whole, &page(0), None), &page(1), None);
    assert_eq!(codes(&load(&[("a.ofd", none)])), [("a.ofd".to_owned(), "broken")]);
}

#[test]
fn what_is_broken_says_what_to_do() {
    use yilan::testing::text::Lang;
    let doc = |cut: usize| {
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/libreoffice.doc")).expect("fixture")[..cut]
            .to_vec()
    };
    let mut nothing = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    nothing.resize(4_000, 0);
    let corpus = load(&[
        ("1.doc", nothing),
        ("2.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF".to_vec()),
        ("3.docx", b"PK\x03\x04 cut".to_vec()),
        ("4.doc", doc(9_000)),
    ]);
    let said: Vec<String> = corpus.issues().iter().map(|issue| issue.kind.message(Lang::Zh)).collect();
    assert!(
        said[0].contains("另存为 .docx") && said[1].contains("重新打印或另存为 .pdf") && said[2].contains("重新下载"),
        "{said:?}"
    );
    // Of a file that was cut what is there is read.
    assert!(said.iter().any(|said| said.contains("文件不完整")), "{said:?}");
    let (document, report) = only(&corpus);
    assert!(
        report.title.contains("乌有市政府工作报告") && document.text().contains("守灯人守住了每一夜的灯"),
        "{}",
        document.text()
    );
}
