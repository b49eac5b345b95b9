//! Messages of MIME: web archives (.mht), mail (.eml), both under other names as well.
//!
//! In: bytes. Out: the part that is its text: the first web page that shows something, else plain text. Does not know
//! about: what a page says.

/// Messages stand at most so deep in one another.
const DEEPEST: usize = 8;
/// A message has at most so many parts.
const MOST_PARTS: usize = 10_000;

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MimePart {
    /// Its content, as it was before it was written for the post.
    pub bytes: Vec<u8>,
    /// What it says its encoding is.
    pub charset: Option<String>,
    /// Whether it is a web page.
    pub html: bool,
}

/// The parts of a message that are text, in order.
pub fn texts(bytes: &[u8]) -> Vec<MimePart> {
    let mut parts = Vec::new();
    read(bytes, 0, &mut parts);
    parts
}

/// Whether a file begins as a message does: lines of names and values, MIME-Version among them.
pub fn looks_mime(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let named = |line: &str| {
        line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    };
    let mut lines = text.lines().take_while(|line| !line.trim().is_empty());
    let Some(first) = lines.next().filter(|line| named(line)) else { return false };
    std::iter::once(first).chain(lines).any(|line| {
        let lower = line.to_ascii_lowercase();
        lower.starts_with("mime-version:") || lower.starts_with("content-type: multipart/")
    })
}

#[derive(Debug, Default)]
struct Head {
    kind: String,
    parameters: String,
    encoding: String,
}

impl Head {
    fn parameter(&self, name: &str) -> Option<String> {
        let lower = self.parameters.to_ascii_lowercase();
        let at = lower.find(&format!("{name}="))? + name.len() + 1;
        let value = self.parameters.get(at..)?;
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => value.split([';', ' ', '\t', '\r', '\n']).next()?,
        };
        Some(value.to_owned()).filter(|value| !value.is_empty())
    }
}

/// What a message's head says, and what stands below it.
fn split_head(bytes: &[u8]) -> (Head, &[u8]) {
    const GAPS: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
    let end = GAPS.iter().filter_map(|gap| memchr::memmem::find(bytes, gap).map(|at| (at, gap.len())));
    let (at, gap) = end.min().unwrap_or((bytes.len(), 0));
    let text = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default()).replace("\r\n", "\n");
    // A value may go on on the next line.
    let text = text.replace("\n ", " ").replace("\n\t", " ");
    let value = |name: &str| {
        let line = text.lines().find(|line| line.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name)));
        line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let kind = value("content-type:");
    let (kind, parameters) = kind.split_once(';').unwrap_or((kind.as_str(), ""));
    let head = Head {
        kind: kind.trim().to_ascii_lowercase(),
        parameters: parameters.to_owned(),
        encoding: value("content-transfer-encoding:").to_ascii_lowercase(),
    };
    (head, bytes.get(at + gap..).unwrap_or_default())
}

fn read(bytes: &[u8], depth: usize, parts: &mut Vec<MimePart>) {
    if depth > DEEPEST || parts.len() >= MOST_PARTS {
        return;
    }
    let (head, body) = split_head(bytes);
    if head.kind.starts_with("multipart/")
        && let Some(boundary) = head.parameter("boundary")
    {
        for part in split_parts(body, &boundary) {
            read(part, depth + 1, parts);
        }
        return;
    }
    if head.kind == "message/rfc822" {
        return read(body, depth + 1, parts);
    }
    let html = head.kind == "text/html" || head.kind == "application/xhtml+xml";
    if !html && head.kind != "text/plain" && !(head.kind.is_empty() && depth == 0) {
        return;
    }
    let bytes = match head.encoding.as_str() {
        "quoted-printable" => unquote(body),
        "base64" => decode_base64(body),
        _ => body.to_vec(),
    };
    parts.push(MimePart { bytes, charset: head.parameter("charset"), html });
}

fn split_parts<'b>(body: &'b [u8], boundary: &str) -> Vec<&'b [u8]> {
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut start = None;
    for at in memchr::memmem::find_iter(body, mark.as_bytes()) {
        if at > 0 && body.get(at - 1) != Some(&b'\n') {
            continue;
        }
        if let Some(part) = start.and_then(|start| body.get(start..at)) {
            parts.push(part);
        }
        let behind = at + mark.len();
        let line = memchr::memchr(b'\n', body.get(behind..).unwrap_or_default());
        start = line.map(|line| behind + line + 1);
        if body.get(behind..behind + 2) == Some(b"--") || parts.len() >= MOST_PARTS {
            return parts;
        }
    }
    // A file that was cut short ends in the middle of a part.
    parts.extend(start.and_then(|start| body.get(start..)));
    parts
}

/// Quoted-printable (RFC 2045, 6.7).
fn unquote(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        at += 1;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let rest = body.get(at..).unwrap_or_default();
        let hex = rest.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 2;
        } else if rest.starts_with(b"\r\n") {
            at += 2;
        } else if rest.starts_with(b"\n") {
            at += 1;
        } else {
            out.push(byte);
        }
    }
    out
}

/// Base 64 (RFC 2045, 6.8); whatever is none of its letters is passed over.
fn decode_base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ARCHIVE: &str = "From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--b\"\r\n\r\n前言\r\n----b\r\nContent-Type: image/png\r\n\r\nx\r\n----b\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=B5=C6=\r\n=CB=FE</p>\r\n----b--\r\n";

    #[test]
    fn the_page_of_an_archive() {
        assert!(looks_mime(ARCHIVE.as_bytes()));
        let parts = texts(ARCHIVE.as_bytes());
        assert_eq!(parts.len(), 1);
        assert_eq!((parts[0].html, parts[0].charset.as_deref()), (true, Some("gb2312")));
        assert_eq!(encoding_rs::GBK.decode(&parts[0].bytes).0.trim(), "<p>灯塔</p>");
    }

    #[test]
    fn mail() {
        let mail = "Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n54Gv5aGU\n";
        assert_eq!(texts(mail.as_bytes())[0].bytes, "灯塔".as_bytes());
        assert!(!looks_mime("灯塔：亮了\nMIME-Version: 1.0".as_bytes()) && !looks_mime(b"x\n\nMIME-Version: 1.0"));
    }

    proptest! {
        #[test]
        fn any_bytes_end(words in proptest::collection::vec(prop::sample::select(vec!["----b", "--", "\r\n", "\n", "Content-Type: multipart/related; boundary=--b", "Content-Type: text/html", "=", "=B", "灯", ":"]), 0..60)) {
            let _ = texts(words.concat().as_bytes());
        }
    }
}
