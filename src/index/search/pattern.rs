//! Regular expressions over paragraphs. In: a pattern as typed. Out: a `regex` that takes linear time, never crosses a
//! paragraph's end, and reads folded text as the pattern is meant. Does not know about: reports.
//!
//! The pattern is changed as a tree, not as text: its characters are folded like the text is, `\d` is 0 to 9 (with all
//! digits of Unicode it would be ten times slower), and the line feed is taken out of every class, so that a whole
//! report is searched at once and still no hit leaves its paragraph. `\A` and `\z` are a paragraph's ends.

use std::ops::Range;

use regex_syntax::ast::{self, Ast, ClassAsciiKind, ClassPerlKind, ClassSet, ClassSetItem};
use regex_syntax::hir::translate::TranslatorBuilder;
use regex_syntax::hir::{
    Capture, Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition,
};

use super::error::QueryErrorKind as Kind;
use crate::text::fold::fold_char;

/// The largest compiled form, in bytes.
const SIZE: usize = 4 << 20;
/// The deepest nesting.
const NEST: u32 = 64;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Pattern(pub ::regex::Regex);

/// What is wrong with a pattern, and where in it (bytes) if that is known.
#[derive(Debug)]
pub struct Fault {
    pub span: Option<Range<usize>>,
    pub kind: Kind,
}

impl Pattern {
    /// Compiles `typed`; for folded text unless `exact`.
    pub fn compile(typed: &str, exact: bool) -> Result<Self, Fault> {
        let fault = |span: &ast::Span, said: String| Fault {
            span: Some(span.start.offset..span.end.offset),
            kind: Kind::Regex(said),
        };
        let mut tree = ast::parse::ParserBuilder::new()
            .nest_limit(NEST)
            .build()
            .parse(typed)
            .map_err(|e| fault(e.span(), e.kind().to_string()))?;
        adapt(&mut tree, exact);
        let hir = TranslatorBuilder::new()
            .case_insensitive(!exact)
            .multi_line(true)
            .build()
            .translate(typed, &tree)
            .map_err(|e| fault(e.span(), e.kind().to_string()))?;
        if hir.properties().minimum_len() == Some(0) {
            return Err(Fault { span: None, kind: Kind::RegexEmpty });
        }
        let inside = keep_inside(&hir).to_string();
        let built = ::regex::RegexBuilder::new(&inside).size_limit(SIZE).nest_limit(4 * NEST).build();
        built.map(Self).map_err(|e| match e {
            ::regex::Error::CompiledTooBig(_) => Fault { span: None, kind: Kind::RegexSize },
            other => Fault { span: None, kind: Kind::Regex(other.to_string()) },
        })
    }
}

/// Folds the characters of a pattern and makes its digits ASCII.
fn adapt(tree: &mut Ast, exact: bool) {
    match tree {
        Ast::Literal(literal) => adapt_char(&mut literal.c, exact),
        Ast::ClassPerl(perl) if perl.kind == ClassPerlKind::Digit => {
            let (span, digits) = (perl.span, ascii_digits(perl));
            let kind = ClassSet::Item(ClassSetItem::Ascii(digits));
            *tree = Ast::class_bracketed(ast::ClassBracketed { span, negated: false, kind });
        }
        Ast::ClassBracketed(class) => adapt_set(&mut class.kind, exact),
        Ast::Repetition(repetition) => adapt(&mut repetition.ast, exact),
        Ast::Group(group) => adapt(&mut group.ast, exact),
        Ast::Alternation(alternation) => alternation.asts.iter_mut().for_each(|tree| adapt(tree, exact)),
        Ast::Concat(concat) => concat.asts.iter_mut().for_each(|tree| adapt(tree, exact)),
        _ => {}
    }
}

fn adapt_set(set: &mut ClassSet, exact: bool) {
    match set {
        ClassSet::Item(item) => adapt_item(item, exact),
        ClassSet::BinaryOp(op) => {
            adapt_set(&mut op.lhs, exact);
            adapt_set(&mut op.rhs, exact);
        }
    }
}

fn adapt_item(item: &mut ClassSetItem, exact: bool) {
    match item {
        ClassSetItem::Literal(literal) => adapt_char(&mut literal.c, exact),
        // ０-９ and ａ-ｚ stay ranges; 一-龥 too, unless an end is traditional: then its ends stay.
        ClassSetItem::Range(range) => {
            let (mut first, mut last) = (range.start.c, range.end.c);
            adapt_char(&mut first, exact);
            adapt_char(&mut last, exact);
            if (last as u32).checked_sub(first as u32) == Some(range.end.c as u32 - range.start.c as u32) {
                (range.start.c, range.end.c) = (first, last);
            }
        }
        ClassSetItem::Perl(perl) if perl.kind == ClassPerlKind::Digit => {
            *item = ClassSetItem::Ascii(ascii_digits(perl));
        }
        ClassSetItem::Bracketed(class) => adapt_set(&mut class.kind, exact),
        ClassSetItem::Union(union) => union.items.iter_mut().for_each(|item| adapt_item(item, exact)),
        _ => {}
    }
}

const fn ascii_digits(perl: &ast::ClassPerl) -> ast::ClassAscii {
    ast::ClassAscii { span: perl.span, kind: ClassAsciiKind::Digit, negated: perl.negated }
}

/// A blank stays what it is; what is written as an escape is folded like what is written plainly.
fn adapt_char(c: &mut char, exact: bool) {
    if !exact {
        *c = fold_char(*c);
    }
}

/// The same pattern without a line feed in any class, and with a paragraph's ends for the text's.
fn keep_inside(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) if literal.0.contains(&b'\n') => Hir::fail(),
        HirKind::Literal(literal) => Hir::literal(literal.0.clone()),
        HirKind::Class(Class::Unicode(class)) => {
            let mut class = class.clone();
            class.difference(&ClassUnicode::new([ClassUnicodeRange::new('\n', '\n')]));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Class(Class::Bytes(class)) => {
            let mut class = class.clone();
            class.difference(&ClassBytes::new([ClassBytesRange::new(b'\n', b'\n')]));
            Hir::class(Class::Bytes(class))
        }
        HirKind::Look(Look::Start) => Hir::look(Look::StartLF),
        HirKind::Look(Look::End) => Hir::look(Look::EndLF),
        HirKind::Look(look) => Hir::look(*look),
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(keep_inside(&repetition.sub)), ..repetition.clone() })
        }
        HirKind::Capture(capture) => {
            Hir::capture(Capture { sub: Box::new(keep_inside(&capture.sub)), ..capture.clone() })
        }
        HirKind::Concat(all) => Hir::concat(all.iter().map(keep_inside).collect()),
        HirKind::Alternation(all) => Hir::alternation(all.iter().map(keep_inside).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn hits<'t>(pattern: &str, text: &'t str) -> Vec<&'t str> {
        let pattern = Pattern::compile(pattern, false).unwrap();
        pattern.0.find_iter(text).map(|m| m.as_str()).collect()
    }

    #[test]
    fn patterns_read_folded_text() {
        let text = fold("（一）鄉村ＡＢ12项٣项\u{b2}");
        assert_eq!(text, "(一)乡村ab12项٣项\u{b2}");
        let cases: [(&str, &[&str]); 11] = [
            ("（.）", &["(一)"]),
            (r"\(一\)", &["(一)"]),
            ("鄉[村邨]", &["乡村"]),
            ("[^鄉一]村", &[]),
            ("AB", &["ab"]),
            (r"\d+项", &["12项"]),
            (r"[\d]+", &["12"]),
            (r"[０-９]+", &["12"]),
            (r"\D项", &["٣项"]),
            (r"[^\d]项", &["٣项"]),
            ("[一-龥]+", &["一", "乡村", "项", "项"]),
        ];
        for (pattern, want) in cases {
            assert_eq!(hits(pattern, &text), want, "{pattern}");
        }
    }

    #[test]
    fn no_hit_leaves_its_paragraph() {
        let text = "甲乙\n乙丙\n丙";
        for pattern in [r"乙\s*乙", r"[^甲]{3,}", "(?s)乙.+乙", r"乙\n乙", r"乙\W乙"] {
            assert!(hits(pattern, text).iter().all(|hit| !hit.contains('\n')), "{pattern}");
        }
        assert_eq!(hits(r"\A.", text), ["甲", "乙", "丙"]);
        assert_eq!(hits(r".\z", text), ["乙", "丙", "丙"]);
        assert_eq!(hits("^.$", text), ["丙"]);
    }

    #[test]
    fn faults_have_a_place() {
        let cases =
            [("甲(乙", Some(3..4)), ("[z-a]", Some(1..4)), ("*", Some(0..0)), ("甲*", None), ("甲{9999}{9999}", None)];
        for (pattern, span) in cases {
            assert_eq!(Pattern::compile(pattern, false).unwrap_err().span, span, "{pattern}");
        }
        assert!(matches!(Pattern::compile("甲{999}{999}", false).unwrap_err().kind, Kind::RegexSize));
    }
}
