//! The searched form of a report: its paragraphs one after another, folded, and the way back to the document.
//!
//! In: a document and a report. Out: one text in which every paragraph ends with a line feed, a paragraph that its page
//! broke in mid-sentence is whole again, outside lines are left out, and what does not count (captions and the like, then
//! repeats) stands apart at the end; spans of the document for ranges of it. Does not know about: queries.
//!
//! The way back is kept sparsely: one [`FoldedPiece`] per line and per [`STEP`] bytes, 8 bytes each. From there the original
//! is folded again up to the place asked for, which costs about a microsecond and is asked only for hits that are shown.

use std::ops::Range;

use crate::corpus::{Document, KeptBytes, LineRange, Report};
use crate::index::paragraphs::{Standing, each_paragraph};
use crate::text::Span;
use crate::text::fold::{fold_chars, fold_line};

/// How many bytes lie between two pieces of one line at least.
const STEP: usize = 512;
/// How many pieces are made between two questions whether to stop: some 64 KiB of text.
const PIECES_PER_QUESTION: usize = 128;

/// From here on the searched text comes from there, up to the next piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FoldedPiece {
    searched: u32,
    original: u32,
}

/// One occurrence, in the document's bytes. Where a paragraph was broken in mid-sentence it may stand on two lines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hit {
    /// The hit, or its part on the line where it begins.
    pub span: Span,
    /// Its parts on the following lines; nearly always none.
    pub continued: Vec<Span>,
}

impl Hit {
    /// All its parts in reading order; at least one.
    pub fn parts(&self) -> impl Iterator<Item = Span> + '_ {
        std::iter::once(self.span).chain(self.continued.iter().copied())
    }

    /// The hit as one span of its document's `text`: over its parts as far as nothing stands between them.
    pub fn whole(&self, text: &str) -> Span {
        let mut span = self.span;
        for part in &self.continued {
            let between = text.get(span.end as usize..part.start as usize);
            if !between.is_some_and(|text| text.chars().all(char::is_whitespace)) {
                break;
            }
            span.end = part.end;
        }
        span
    }
}

/// The searched form of one report, on the heap or mapped.
#[derive(Debug, Clone)]
pub struct FoldedText {
    /// UTF-8.
    text: KeptBytes,
    /// Where its captions, bylines and page heads begin.
    furniture: usize,
    /// Where its repeats begin.
    repeats: usize,
    /// [`PIECE`] bytes each.
    pieces: KeptBytes,
    exact: bool,
}

/// Bytes of a [`FoldedPiece`]: two numbers of 32 bits, lowest byte first.
const PIECE: usize = 8;

impl PartialEq for FoldedText {
    fn eq(&self, other: &Self) -> bool {
        let numbers = |form: &Self| (form.furniture, form.repeats, form.exact);
        numbers(self) == numbers(other)
            && self.as_bytes() == other.as_bytes()
            && self.pieces.as_slice() == other.pieces.as_slice()
    }
}

impl FoldedText {
    /// The searched form of `report`, folded unless `exact`; `None` once `stop` says so.
    pub fn new(document: &Document, report: &Report, exact: bool, stop: &dyn Fn() -> bool) -> Option<Self> {
        let span = |number| document.line(number).map_or(Span::new(0, 0), |line| line.span);
        let size = |range: &LineRange| span(range.last).end.saturating_sub(span(range.first).start) as usize + 1;
        // The folded form is hardly ever longer.
        let text = String::with_capacity(report.ranges.iter().map(size).sum());
        let mut draft = FoldedDraft { document, exact, stop, text, pieces: Vec::new() };
        let (mut furniture, mut repeats) = (Vec::new(), Vec::new());
        let finished = each_paragraph(document, report, &mut |paragraph| {
            match paragraph.standing {
                Standing::Own => return draft.paragraph(paragraph.lines()).is_some(),
                Standing::Furniture => furniture.push(paragraph),
                Standing::Repeat => repeats.push(paragraph),
            }
            true
        });
        finished.then_some(())?;
        let mut starts = [0; 2];
        for (start, apart) in starts.iter_mut().zip([furniture, repeats]) {
            *start = draft.text.len();
            apart.iter().try_for_each(|paragraph| draft.paragraph(paragraph.lines()))?;
        }
        let [furniture, repeats] = starts;
        let words = draft.pieces.iter().flat_map(|piece| [piece.searched, piece.original]);
        let pieces: Vec<u8> = words.flat_map(u32::to_le_bytes).collect();
        let mut text = draft.text.into_bytes();
        text.shrink_to_fit();
        Some(Self { text: text.into(), furniture, repeats, pieces: pieces.into(), exact })
    }

    /// A form that an earlier run left: text and pieces, where captions and repeats begin. `None` if that cannot be.
    pub fn kept([text, pieces]: [KeptBytes; 2], furniture: usize, repeats: usize) -> Option<Self> {
        let fits = furniture <= repeats && repeats <= text.as_slice().len();
        (fits && pieces.as_slice().len().is_multiple_of(PIECE)).then_some(Self {
            text,
            furniture,
            repeats,
            pieces,
            exact: false,
        })
    }

    /// All of the searched text, as it is kept.
    pub fn as_bytes(&self) -> &[u8] {
        self.text.as_slice()
    }

    /// Bytes of the text, where captions and where repeats begin in it.
    pub fn bounds(&self) -> [usize; 3] {
        [self.as_bytes().len(), self.furniture, self.repeats]
    }

    /// Appends the pieces as they are kept; says how many there are.
    pub fn put_pieces(&self, out: &mut Vec<u8>) -> usize {
        out.extend_from_slice(self.pieces.as_slice());
        self.pieces.as_slice().len() / PIECE
    }

    /// A text that is no report, as one paragraph.
    pub fn of_text(text: &str, exact: bool) -> String {
        if exact { text.to_owned() } else { crate::text::fold::fold(text) }
    }

    /// The report's own paragraphs.
    pub fn own(&self) -> &str {
        self.part(0..self.furniture)
    }

    /// The same as bytes, for whoever looks for bytes: costs nothing.
    pub fn own_bytes(&self) -> &[u8] {
        self.as_bytes().get(..self.furniture).unwrap_or_default()
    }

    /// Text of the form. Checked to be text every time, which costs a twentieth of what looking through it does.
    fn part(&self, range: Range<usize>) -> &str {
        simdutf8::basic::from_utf8(self.as_bytes().get(range).unwrap_or_default()).unwrap_or_default()
    }

    /// Captions, bylines and page heads, and where they begin in the searched text.
    pub fn furniture(&self) -> (&str, usize) {
        (self.part(self.furniture..self.repeats), self.furniture)
    }

    /// The paragraphs that are printed a second time, and where they begin in the searched text.
    pub fn repeated(&self) -> (&str, usize) {
        (self.part(self.repeats..self.as_bytes().len()), self.repeats)
    }

    /// Bytes it takes in memory.
    pub fn bytes(&self) -> usize {
        self.as_bytes().len() + self.pieces.as_slice().len() + size_of::<Self>()
    }

    fn piece(&self, index: usize) -> Option<FoldedPiece> {
        let bytes = self.pieces.as_slice().get(index * PIECE..(index + 1) * PIECE)?;
        let (searched, original) = bytes.split_first_chunk::<4>()?;
        let original = u32::from_le_bytes(original.try_into().ok()?);
        Some(FoldedPiece { searched: u32::from_le_bytes(*searched), original })
    }

    /// The last piece that begins at byte `at` of the searched text or before it.
    fn piece_at(&self, at: usize) -> usize {
        let (mut low, mut high) = (0, self.pieces.as_slice().len() / PIECE);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.piece(middle).is_some_and(|piece| piece.searched as usize <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low.saturating_sub(1)
    }

    /// The byte of the document that byte `at` of the searched text, where a character begins, comes from.
    pub fn origin(&self, document: &Document, at: usize) -> u32 {
        Span::of(0..self.locate(document, at).start).end
    }

    /// The bytes of the document that the character at byte `at` of the searched text comes from.
    fn locate(&self, document: &Document, at: usize) -> Range<usize> {
        let Some(piece) = self.piece(self.piece_at(at)) else { return 0..0 };
        let (from, ahead) = (piece.original as usize, at.saturating_sub(piece.searched as usize));
        let rest = document.text().get(from..).unwrap_or_default();
        if self.exact {
            let length = rest.get(ahead..).and_then(|r| r.chars().next()).map_or(0, char::len_utf8);
            return from + ahead..from + ahead + length;
        }
        let mut passed = 0;
        for c in fold_chars(rest) {
            passed += c.folded.len_utf8();
            if passed > ahead {
                return from + c.original.start..from + c.original.end;
            }
        }
        from..from
    }

    /// The bytes of the document that `range` of the searched text comes from; it must begin and end between characters
    /// and not be empty.
    pub fn hit(&self, document: &Document, range: Range<usize>) -> Hit {
        let found = self.as_bytes().get(range.clone()).unwrap_or_default();
        // Bytes 10xxxxxx go on with a character.
        let last = found.iter().rposition(|byte| byte & 0xc0 != 0x80).map_or(range.start, |at| range.start + at);
        let (start, end) = (self.locate(document, range.start).start, self.locate(document, last).end);
        let (first_piece, last_piece) = (self.piece_at(range.start), self.piece_at(last));
        if first_piece == last_piece {
            return Hit { span: Span::of(start..end), continued: Vec::new() };
        }
        // Several pieces: most often of one line, now and then of a broken paragraph.
        let mut parts = vec![Span::of(start..start)];
        let mut line = document.line_at(Span::of(start..start).start);
        for piece in (first_piece + 1..=last_piece).filter_map(|index| self.piece(index)) {
            let here = document.line_at(piece.original);
            if here != line {
                if let (Some(open), Some(whole)) = (parts.last_mut(), document.line(line)) {
                    open.end = whole.span.end;
                }
                parts.push(Span::new(piece.original, piece.original));
                line = here;
            }
        }
        if let Some(open) = parts.last_mut() {
            open.end = Span::of(end..end).end;
        }
        let span = parts.remove(0);
        Hit { span, continued: parts }
    }
}

/// The range of the paragraph around byte `at`, without its line feed.
pub fn paragraph_at(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |n| n + 1);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
    start..end
}

struct FoldedDraft<'d> {
    document: &'d Document,
    exact: bool,
    stop: &'d dyn Fn() -> bool,
    text: String,
    pieces: Vec<FoldedPiece>,
}

impl FoldedDraft<'_> {
    /// Adds a paragraph of these lines.
    fn paragraph(&mut self, mut lines: impl Iterator<Item = Span>) -> Option<()> {
        lines.try_for_each(|line| self.add(line))?;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        Some(())
    }

    /// Goes on with a line.
    fn add(&mut self, span: Span) -> Option<()> {
        let line = span.slice(self.document.text());
        let (pieces, stop, start) = (&mut self.pieces, self.stop, span.start as usize);
        let mut mark = |searched: usize, from: usize| {
            let at = Span::of(searched..start + from);
            pieces.push(FoldedPiece { searched: at.start, original: at.end });
            !pieces.len().is_multiple_of(PIECES_PER_QUESTION) || !stop()
        };
        if !self.exact {
            return fold_line(line, &mut self.text, STEP, &mut mark).then_some(());
        }
        let mut at = 0;
        while at < line.len() {
            let mut end = line.len().min(at + STEP);
            while !line.is_char_boundary(end) {
                end += 1;
            }
            if !mark(self.text.len(), at) {
                return None;
            }
            // The line feed is what ends paragraphs here; a line of a document never holds one.
            self.text.push_str(line.get(at..end)?);
            at = end;
        }
        Some(())
    }
}
