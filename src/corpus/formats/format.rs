//! What a file is, whatever its name says. In: its name's extension and first bytes. Out: a [`Format`]. Does not know about:
//! what is done with it.

use memchr::memmem;

use crate::corpus::formats::{mime, ole, tar};

/// So many bytes are looked at.
const HEAD_BYTES: usize = 4096;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// A ZIP archive: a folder, a package of Office, a book.
    Archive,
    /// A web page.
    Html,
    /// Rows of a table, as .csv has them.
    Table,
    /// JSON or JSON Lines.
    Json,
    /// PDF.
    Pdf,
    /// The container of older office files.
    Ole,
    /// One packed file.
    Gzip,
    /// An archive of files, not packed.
    Tar,
    /// Rich Text Format.
    Rtf,
    /// A message of MIME: a web archive, a mail.
    Mime,
    /// Word 2003's own XML.
    WordXml,
    /// A package of Office in one XML file.
    FlatPackage,
    /// Not read; known by its content, or else by its name, to be no text.
    Foreign(&'static str),
}

/// The extensions that are read, in lower case.
pub const EXTENSIONS: &[&str] = &[
    "txt", "text", "md", "markdown", "docx", "docm", "dotx", "dotm", "html", "htm", "xhtml", "shtml", "csv", "tsv",
    "jsonl", "ndjson", "json", "zip", "epub", "doc", "dot", "wps", "wpt", "rtf", "mht", "mhtml", "eml", "pptx", "pptm",
    "ppsx", "ofd", "gz", "tgz", "tar", "xml", "xls", "xlsx", "xlsm", "xltx", "et", "ods", "pdf",
];

/// The format of a file whose name ends in `extension` (in lower case).
pub fn format(extension: &str, bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    if let Some(format) = by_first_bytes(head) {
        return format;
    }
    match extension {
        "pdf" => Format::Pdf,
        "html" | "htm" | "xhtml" | "shtml" => Format::Html,
        "csv" | "tsv" => Format::Table,
        "jsonl" | "ndjson" | "json" => Format::Json,
        "txt" | "text" if is_marked_up(head) => Format::Html,
        "txt" | "text" | "md" | "markdown" => Format::Text,
        // An archive that does not begin like one is a broken one.
        "docx" | "docm" | "dotx" | "dotm" | "zip" | "epub" | "xlsx" | "xlsm" | "xltx" | "ods" | "pptx" | "pptm"
        | "ppsx" | "ofd" => by_words(head).unwrap_or(Format::Archive),
        "xml" => by_words(head).unwrap_or(Format::Foreign("xml")),
        _ => by_words(head).unwrap_or(Format::Text),
    }
}

/// What the first bytes alone tell.
fn by_first_bytes(head: &[u8]) -> Option<Format> {
    const BEGINNINGS: [(&[u8], Format); 7] = [
        (b"{\\rtf", Format::Rtf),
        (b"PK\x03\x04", Format::Archive),
        (b"PK\x05\x06", Format::Archive),
        (ole::BEGINNING, Format::Ole),
        (b"\x1f\x8b", Format::Gzip),
        (b"7z\xbc\xaf\x27\x1c", Format::Foreign("7z")),
        (b"Rar!", Format::Foreign("rar")),
    ];
    let found = BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)).map(|(_, format)| *format);
    if tar::is_tar(head) {
        return Some(Format::Tar);
    }
    found.or_else(|| memmem::find(head.get(..1024).unwrap_or(head), b"%PDF-").map(|_| Format::Pdf))
}

/// Whether a text begins with a tag and goes on with those of paragraphs: the source of a page, saved as it is.
pub fn is_marked_up(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    head.first() == Some(&b'<')
        && ["</p>", "</div>", "<br"].iter().any(|tag| memmem::find(head, tag.as_bytes()).is_some())
}

/// What the words at the beginning of a text tell.
fn by_words(head: &[u8]) -> Option<Format> {
    let narrow: Vec<u8> = head.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let holds = |word: &str| memmem::find(&narrow, word.as_bytes()).is_some();
    if holds("<w:worddocument") {
        Some(Format::WordXml)
    } else if holds("<pkg:package") {
        Some(Format::FlatPackage)
    } else if mime::looks_mime(head) {
        Some(Format::Mime)
    } else if ["<html", "<!doctype html", "<meta", "<body"].iter().any(|tag| holds(tag)) {
        Some(Format::Html)
    } else {
        None
    }
}

/// Whether a file is left behind by a program and nobody's document: the lock of an open one, what a system keeps of a
/// folder.
pub fn is_litter(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let lower = name.to_ascii_lowercase();
    name.starts_with("~$") || name.starts_with(".~") || matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
}

/// The extension of a file's name, in lower case.
pub fn extension(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_more_than_a_name() {
        assert_eq!(format("doc", b"<html><body>"), Format::Html);
        assert_eq!(format("doc", b"PK\x03\x04"), Format::Archive);
        assert_eq!(format("doc", b"%PDF-1.7"), Format::Pdf);
        assert_eq!(format("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Format::Ole);
        assert_eq!(format("doc", b"{\\rtf1"), Format::Rtf);
        assert_eq!(format("doc", b"MIME-Version: 1.0\r\n"), Format::Mime);
        assert_eq!(format("doc", "灯".as_bytes()), Format::Text);
        assert_eq!(format("doc", b"\xff\xfe<\0h\0t\0m\0l\0>\0"), Format::Html);
        assert_eq!(format("xml", b"<?xml?><w:wordDocument"), Format::WordXml);
        assert_eq!(format("doc", b"<?xml?><pkg:package>"), Format::FlatPackage);
        assert_eq!(format("txt", "灯".as_bytes()), Format::Text);
        assert_eq!(format("txt", b"<html>"), Format::Text);
        assert_eq!(format("txt", "\n<p>灯</p>".as_bytes()), Format::Html);
        assert_eq!(format("txt", "灯<br>塔".as_bytes()), Format::Text);
        assert_eq!(extension("a/b.tar/灯塔.TXT"), "txt");
        assert_eq!(extension("灯塔"), "");
    }

    #[test]
    fn what_programs_leave_behind() {
        for name in ["~$报告.docx", "a/Thumbs.db", "desktop.ini", "a/.~lock.报告.doc#"] {
            assert!(is_litter(name), "{name}");
        }
        assert!(!is_litter("~报告.docx"));
    }
}
