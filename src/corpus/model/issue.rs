//! A file or line that could not be taken as it stands: kept, counted, listed; loading goes on.

use std::path::PathBuf;

use crate::corpus::model::line::LineKind;
use crate::text::Lang;

/// One problem found while reading a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The file it concerns.
    pub path: PathBuf,
    /// 1-based line of the source file, where one line is meant.
    pub line: Option<u32>,
    /// What is wrong.
    pub kind: IssueKind,
}

/// What kinds of problem a corpus may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IssueKind {
    /// The path does not exist.
    Missing,
    /// The operating system refused to read it; its own words.
    Unreadable(String),
    /// The file holds binary data, not text.
    Binary,
    /// The file is empty or blank.
    Empty,
    /// There is text in the file, but none that could be a report: a table or JSON without a column of texts, nothing but menus.
    NoContent,
    /// The folder holds no document that can be read.
    NoDocuments,
    /// A format that is not read (its extension).
    UnknownFormat(String),
    /// A pipe, a device or a socket: reading it might never end.
    NotAFile,
    /// The files before it were as much as can be read at once.
    LoadFull,
    /// Larger than the limit, both in bytes.
    TooLarge {
        /// So large.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// An archive or document whose inside cannot be read; why.
    Broken(String),
    /// A document whose end is missing: only the text before was read.
    CutShort,
    /// An archive that would unpack to more than the limit, in bytes.
    Bomb(u64),
    /// An archive inside an archive inside an archive.
    Nested,
    /// A web page that only sets other pages side by side; their names.
    Frames(String),
    /// A document or archive that asks for a password.
    Encrypted,
    /// Pages without text that can be read: pictures of pages, or letters whose meaning is not told.
    NoTextLayer,
    /// Pages of a document, from one to another (1-based), that cannot be read, or not whole.
    LostPages(u32, u32),
    /// Pages of a document, from one to another (1-based), that are pictures without text.
    PicturePages(u32, u32),
    /// A document with more pages than the limit; how many.
    TooManyPages(u32),
    /// Reading it took longer than the limit, in seconds.
    TooSlow(u64),
    /// An entry of yilan.toml that cannot be taken; why.
    Override(String),
    /// A symbolic link leads back to a folder above it.
    LinkLoop,
    /// Bytes that are no text in the file's encoding, replaced by U+FFFD; how many replacements on this line.
    BadBytes(u32),
    /// The source itself holds U+FFFD (damaged before it came here); how many on this line.
    Damaged(u32),
    /// Control or escape characters on this line; how many.
    ControlCharacters(u32),
    /// No report was recognised in the file: it is shown whole.
    NoReport,
    /// The place of a report is not known.
    UnknownPlace,
    /// Several places are called like that of a report in the file of this name, and nothing tells which one is meant: the first of
    /// these was taken.
    AmbiguousPlace(String, Vec<String>),
    /// Characters of this line are printed twice (基基本本): how many.
    Doubled(u32),
    /// A text that a reader of pictures (OCR) wrote, and not well: how many places of the file show it (2O23, 人囗, 1月5曰, a blank
    /// behind every 汉字), the first on this line.
    Misread(u32),
    /// A line that repeats an earlier one (its 1-based number).
    Repeat(u32),
    /// A report whose text stands elsewhere as well: in which file, and from which 1-based line.
    Duplicate(PathBuf, u32),
    /// Lines outside every report (an advert, a stray contents line, a page heading).
    Outside(LineKind),
}

impl IssueKind {
    /// A short stable code, as in JSON.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable(_) => "unreadable",
            Self::Binary => "binary",
            Self::Empty => "empty",
            Self::NoContent => "no-content",
            Self::NoDocuments => "no-documents",
            Self::UnknownFormat(_) => "unknown-format",
            Self::NotAFile => "not-a-file",
            Self::LoadFull => "load-full",
            Self::TooLarge { .. } => "too-large",
            Self::Broken(_) => "broken",
            Self::CutShort => "cut-short",
            Self::Bomb(_) => "bomb",
            Self::Nested => "nested",
            Self::Frames(_) => "frames",
            Self::Encrypted => "encrypted",
            Self::NoTextLayer => "no-text-layer",
            Self::LostPages(..) => "lost-pages",
            Self::PicturePages(..) => "picture-pages",
            Self::TooManyPages(_) => "too-many-pages",
            Self::TooSlow(_) => "too-slow",
            Self::Override(_) => "override",
            Self::LinkLoop => "link-loop",
            Self::BadBytes(_) => "bad-bytes",
            Self::Damaged(_) => "damaged",
            Self::ControlCharacters(_) => "control-characters",
            Self::NoReport => "no-report",
            Self::UnknownPlace => "unknown-place",
            Self::AmbiguousPlace(..) => "ambiguous-place",
            Self::Doubled(_) => "doubled",
            Self::Misread(_) => "misread",
            Self::Repeat(_) => "repeat",
            Self::Duplicate(..) => "duplicate",
            Self::Outside(_) => "outside",
        }
    }

    /// What is wrong and what to do, in the user's language.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Missing, Lang::Zh) => "没有这个文件或文件夹；请检查路径".into(),
            (Self::Missing, Lang::En) => "no such file or folder; check the path".into(),
            (Self::Unreadable(why), Lang::Zh) => format!("无法读取：{why}"),
            (Self::Unreadable(why), Lang::En) => format!("cannot be read: {why}"),
            (Self::Binary, Lang::Zh) => "不是文本文件（含二进制数据），已跳过".into(),
            (Self::Binary, Lang::En) => "not a text file (binary data); skipped".into(),
            (Self::Empty, Lang::Zh) => "文件是空的".into(),
            (Self::Empty, Lang::En) => "the file is empty".into(),
            (Self::NoContent, Lang::Zh) => {
                "里面没有认出正文，已跳过；如果是表格或 JSON，请在 yilan.toml 里用 columns = { content = \"列名\" } 写明正文是哪一列".into()
            }
            (Self::NoContent, Lang::En) => {
                "no text of a report in it; skipped. If it is a table or JSON, name the column of texts in yilan.toml: columns = { content = \"…\" }".into()
            }
            (Self::NoDocuments, Lang::Zh) => {
                "文件夹里没有可读的文件（.txt、.docx、.doc、.wps、.pdf、.ofd、.rtf、.html、.xlsx、.csv、.zip 等）".into()
            }
            (Self::NoDocuments, Lang::En) => {
                "the folder holds no readable document (.txt, .docx, .doc, .wps, .pdf, .ofd, .rtf, .html, .xlsx, .csv, .zip and others)".into()
            }
            (Self::UnknownFormat(ext), Lang::Zh) => format!("不支持的格式 .{ext}，已跳过{}", note(ext, lang)),
            (Self::UnknownFormat(ext), Lang::En) => format!("format .{ext} is not read; skipped{}", note(ext, lang)),
            (Self::Broken(why), Lang::Zh) => format!("文件已损坏，已跳过（{why}）；{}", way_out(why, lang)),
            (Self::Broken(why), Lang::En) => format!("damaged; skipped ({why}): {}", way_out(why, lang)),
            (Self::CutShort, Lang::Zh) => {
                "文件不完整（多半没有下载完），只读出了前面这些；请重新下载，或用 WPS、Word 打开后另存为 .docx".into()
            }
            (Self::CutShort, Lang::En) => {
                "incomplete (not downloaded whole, most likely): only the text before this was read; download it again, or open it in WPS or Word and save it as .docx".into()
            }
            (Self::Bomb(bytes), Lang::Zh) => format!("解压后超过 {bytes} 字节的上限，已跳过"),
            (Self::Bomb(bytes), Lang::En) => format!("unpacks to more than {bytes} bytes; skipped"),
            (Self::Nested, Lang::Zh) => "压缩包套了太多层，已跳过".into(),
            (Self::Nested, Lang::En) => "archives nested too deep; skipped".into(),
            (Self::Frames(names), Lang::Zh) => format!("这是框架页，正文在别的文件里；请打开 {names}"),
            (Self::Frames(names), Lang::En) => format!("only frames other pages; open {names}"),
            (Self::Encrypted, Lang::Zh) => "文件有密码，已跳过".into(),
            (Self::Encrypted, Lang::En) => "protected by a password; skipped".into(),
            (Self::NoTextLayer, Lang::Zh) => "没有可读的文字层（多半是扫描件），已跳过；请先做文字识别（OCR）".into(),
            (Self::NoTextLayer, Lang::En) => {
                "no text layer that can be read (scanned, most likely); skipped: run OCR on it first".into()
            }
            (Self::LostPages(first, last), _) => {
                let what = lang.pick("已损坏，没有读出来或没有读全；请对照原件", " cannot be read, or not whole; see the original");
                page_range(*first, *last, lang) + what
            }
            (Self::PicturePages(first, last), _) => {
                let what = lang.pick(
                    "只有图片，没有可读的文字层；请先做文字识别（OCR）",
                    ": pictures without a text layer that can be read; run OCR on them first",
                );
                page_range(*first, *last, lang) + what
            }
            (Self::TooManyPages(pages), Lang::Zh) => format!("页数过多（{pages} 页），已跳过；请拆成几份"),
            (Self::TooManyPages(pages), Lang::En) => format!("too many pages ({pages}); skipped: split it up"),
            (Self::TooSlow(seconds), Lang::Zh) => format!("读了 {seconds} 秒还没有读完，已跳过；请转成 .docx 或 .txt"),
            (Self::TooSlow(seconds), Lang::En) => {
                format!("not read within {seconds} s; skipped: convert it to .docx or .txt")
            }
            (Self::Override(why), Lang::Zh) => format!("yilan.toml 的这一条无法采用：{why}"),
            (Self::Override(why), Lang::En) => format!("this entry of yilan.toml cannot be taken: {why}"),
            (Self::NotAFile, Lang::Zh) => "不是普通文件（是管道、设备或套接字），已跳过；请存成普通文件".into(),
            (Self::NotAFile, Lang::En) => {
                "not a regular file (a pipe, device or socket); skipped: save it as a regular file".into()
            }
            (Self::LoadFull, Lang::Zh) => "一次读入的文件已到上限（4 GB），已跳过；请分开打开".into(),
            (Self::LoadFull, Lang::En) => "more than can be read at once (4 GB); skipped: open fewer files".into(),
            (Self::TooLarge { bytes, limit }, Lang::Zh) => {
                format!("文件过大（{bytes} 字节，上限 {limit} 字节），已跳过；请拆成几份")
            }
            (Self::TooLarge { bytes, limit }, Lang::En) => {
                format!("too large ({bytes} bytes, {limit} are the limit); skipped: split it up")
            }
            (Self::LinkLoop, Lang::Zh) => "符号链接成环，已跳过".into(),
            (Self::LinkLoop, Lang::En) => "a loop of symbolic links; skipped".into(),
            (Self::BadBytes(n), Lang::Zh) => format!("有 {n} 处字节无法解码，以 � 代替"),
            (Self::BadBytes(n), Lang::En) => format!("{n} byte sequence(s) could not be decoded; shown as \u{fffd}"),
            (Self::Damaged(n), Lang::Zh) => format!("原文件此行已有 {n} 个损坏字符 �"),
            (Self::Damaged(n), Lang::En) => format!("{n} damaged character(s) \u{fffd} stand in the source itself"),
            (Self::ControlCharacters(n), Lang::Zh) => format!("有 {n} 个控制字符，显示为可见符号"),
            (Self::ControlCharacters(n), Lang::En) => format!("{n} control character(s); shown as visible symbols"),
            (Self::NoReport, Lang::Zh) => "没有认出报告，全文照原样显示".into(),
            (Self::NoReport, Lang::En) => "no report was recognised; the file is shown whole".into(),
            (Self::UnknownPlace, Lang::Zh) => "没有认出是哪个地方的报告".into(),
            (Self::UnknownPlace, Lang::En) => "the place of this report is not known".into(),
            (Self::AmbiguousPlace(file, places), Lang::Zh) => {
                format!(
                    "同名的地方不止一处：{}；暂作{}，{}",
                    places.join("、"),
                    first_of(places),
                    entry_for(file, places, lang)
                )
            }
            (Self::AmbiguousPlace(file, places), Lang::En) => {
                format!(
                    "several places have this name: {}; taken as {}. {}",
                    places.join(", "),
                    first_of(places),
                    entry_for(file, places, lang)
                )
            }
            (Self::Doubled(n), Lang::Zh) => format!("有 {n} 个字重复印了两遍（如“基基本本”），多半是转换或识别的差错"),
            (Self::Doubled(n), Lang::En) => {
                format!("{n} characters stand twice in a row (基基本本): most likely damage of a conversion")
            }
            (Self::Misread(n), Lang::Zh) => {
                format!("文字识别（OCR）的差错，全文约 {n} 处（如 2O23、人囗、5曰、字间空格），自此行起；引用前请对照原件")
            }
            (Self::Misread(n), Lang::En) => format!(
                "damage of a reader of pictures (OCR), some {n} places from this line on (2O23, 人囗, 5曰, blanks between 汉字); see the original before you quote"
            ),
            (Self::Repeat(line), Lang::Zh) => format!("与第 {line} 行重复"),
            (Self::Repeat(line), Lang::En) => format!("repeats line {line}"),
            (Self::Duplicate(path, line), Lang::Zh) => {
                format!("与 {}:{line} 是同一篇，统计时只算一次", path.display())
            }
            (Self::Duplicate(path, line), Lang::En) => {
                format!("the same report as {}:{line}; counted once", path.display())
            }
            (Self::Outside(kind), Lang::Zh) => format!("不属于任何报告：{}", outside(*kind, lang)),
            (Self::Outside(kind), Lang::En) => format!("belongs to no report: {}", outside(*kind, lang)),
        }
    }
}

/// What to do with a damaged file; its reader names the format before anything else it says.
fn way_out(why: &str, lang: Lang) -> &'static str {
    let (zh, en) = match why.split([':', ',']).next().unwrap_or(why) {
        "OLE" | "DOC" => (
            "请用 WPS 或 Office 打开，另存为 .docx（表格存为 .xlsx）；打不开就重新下载",
            "open it in WPS or Office and save it as .docx (a sheet as .xlsx); if that fails, download it again",
        ),
        "DOCX" | "PPTX" | "XLS" | "XML" => (
            "请用 WPS 或 Office 打开，重新保存；打不开就重新下载",
            "open it in WPS or Office and save it again; if that fails, download it again",
        ),
        "PDF" | "OFD" => (
            "请用它的阅读器打开，重新打印或另存为 .pdf；打不开就重新下载",
            "open it in its own reader and print or save it as .pdf again; if that fails, download it again",
        ),
        "ZIP" | "GZIP" | "EPUB" => {
            ("多半没有下载完，请重新下载", "most likely not downloaded whole; download it again")
        }
        "CSV" | "JSON" => ("请改正这一处再打开", "correct it there and open it again"),
        _ => ("请用原来的程序打开，另存为 .docx 或 .txt", "open it in its own program and save it as .docx or .txt"),
    };
    lang.pick(zh, en)
}

fn page_range(first: u32, last: u32, lang: Lang) -> String {
    match (first == last, lang) {
        (true, Lang::Zh) => format!("第 {first} 页"),
        (true, Lang::En) => format!("page {first}"),
        (false, Lang::Zh) => format!("第 {first} 至 {last} 页"),
        (false, Lang::En) => format!("pages {first} to {last}"),
    }
}

fn first_of(places: &[String]) -> &str {
    places.first().map_or("", String::as_str)
}

/// What to write in yilan.toml for another of `places`.
fn entry_for(file: &str, places: &[String], lang: Lang) -> String {
    let other = places.get(1).map_or("", String::as_str);
    let entry = format!("[[file]] path = {file:?} place = \"{other}\"");
    match lang {
        Lang::Zh => format!("如不对，请在 yilan.toml 里写明：{entry}"),
        Lang::En => format!("If that is wrong, say so in yilan.toml: {entry}"),
    }
}

/// What a line outside every report is.
const fn outside(kind: LineKind, lang: Lang) -> &'static str {
    match kind {
        LineKind::Advert => lang.pick("广告", "an advert"),
        LineKind::Contents => lang.pick("目录行", "a line of a contents list"),
        LineKind::PageHead => lang.pick("版面标题", "the heading of a page"),
        LineKind::Chrome => lang.pick("网页上正文之外的内容", "what its web page prints around a text"),
        LineKind::Running => lang.pick("页码或页眉", "a page number or running head"),
        _ => lang.pick("第一篇报告之前或各篇之间的文字", "a line before the first report or between reports"),
    }
}

/// What a format that is not read usually holds, and what to do; empty where there is nothing to say.
fn note(extension: &str, lang: Lang) -> &'static str {
    let (zh, en) = match extension.to_ascii_lowercase().as_str() {
        "doc" | "dot" | "wps" | "wpt" => (
            "(里面不是 Word 文档;请用 WPS 或 Word 打开,另存为 .docx)",
            " (no Word document inside; open it in Word or WPS and save it as .docx)",
        ),
        "odt" | "pages" => ("(文字处理文档;请另存为 .docx)", " (a word processor's; save it as .docx)"),
        "xml" => ("(不是 Word 存的 XML)", " (XML, but not of Word)"),
        "ceb" | "cebx" | "gd" | "gw" | "gwx" | "sep" | "caj" | "kdh" => (
            "(版式公文;请用它的阅读器打开,打印或另存为 .pdf)",
            " (a page format; open it in its own reader and print it to .pdf)",
        ),
        "et" | "ett" | "numbers" => ("(表格;请另存为 .xlsx)", " (a spreadsheet; save it as .xlsx)"),
        "ppt" | "pps" | "dps" | "odp" | "key" => ("(演示文稿;请另存为 .pptx)", " (slides; save them as .pptx)"),
        "jpg" | "jpeg" | "png" | "gif" | "bmp" | "tif" | "tiff" | "webp" | "svg" | "ico" => ("(图片)", " (a picture)"),
        "mp3" | "mp4" | "avi" | "mov" | "wav" | "m4a" | "wmv" | "mkv" => ("(音频或视频)", " (sound or film)"),
        "rar" | "7z" | "bz2" | "xz" | "zst" => {
            ("(压缩包;请解压后再打开,或改用 .zip)", " (an archive; unpack it, or use .zip)")
        }
        "css" | "js" | "woff" | "woff2" | "map" => ("(网页附件)", " (part of a web page)"),
        "exe" | "dll" | "so" | "bin" => ("(程序)", " (a program)"),
        "" => ("(没有扩展名)", " (no extension)"),
        _ => ("", ""),
    };
    lang.pick(zh, en)
}
