//! Search held to a naive scan over the folded text, for queries drawn from the text and from outside it.

use proptest::prelude::*;

use super::query_ast::{Atom, QueryAst, QueryGroup};
use super::tests::{counts, first, one};
use super::*;
use crate::corpus::LineKind;
use crate::index::fixture;
use crate::text::fold::fold;

/// A character of a paragraph and where it comes from.
type Letter = (char, std::ops::Range<usize>);

/// The paragraphs of a fixture of one report, character by character, folded unless `exact`.
fn paragraphs(document: &Document, exact: bool) -> Vec<Vec<Letter>> {
    let mut all: Vec<Vec<Letter>> = Vec::new();
    for line in &document.lines {
        if line.kind.is_noise() {
            continue;
        }
        let (text, start) = (line.span.slice(document.text()), line.span.start as usize);
        let letters: Vec<Letter> = if exact {
            text.char_indices().map(|(at, c)| (c, start + at..start + at + c.len_utf8())).collect()
        } else {
            fold_chars(text).map(|c| (c.folded, start + c.original.start..start + c.original.end)).collect()
        };
        match all.last_mut() {
            Some(open) if line.joins => open.extend(letters),
            _ => all.push(letters),
        }
    }
    all
}

/// Where `group` stands in a paragraph, in characters; overlapping ones too or leftmost-longest ones.
fn places(paragraph: &[Letter], group: &QueryGroup, exact: bool, overlapping: bool) -> Vec<(usize, usize)> {
    let forms = group.0.iter().map(|atom| match atom {
        Atom::Text(text) => folded_text::FoldedText::of_text(text, exact).chars().collect::<Vec<_>>(),
        _ => unreachable!("text only"),
    });
    let forms: Vec<Vec<char>> = forms.collect();
    let (mut out, mut free) = (Vec::new(), 0);
    for at in 0..paragraph.len() {
        let mut lengths: Vec<usize> = forms
            .iter()
            .filter(|f| paragraph[at..].len() >= f.len() && f.iter().zip(&paragraph[at..]).all(|(a, b)| *a == b.0))
            .map(Vec::len)
            .collect();
        lengths.sort_unstable();
        if overlapping {
            out.extend(lengths.iter().map(|length| (at, at + length)));
        } else if let (Some(length), true) = (lengths.last(), at >= free) {
            free = at + length;
            out.push((at, free));
        }
    }
    out
}

fn near(a: (usize, usize), b: (usize, usize), distance: usize) -> bool {
    (a.1 <= b.0 && b.0 - a.1 <= distance) || (b.1 <= a.0 && a.0 - b.1 <= distance)
}

/// The hits of a query of plain text, by its definition.
fn naive(document: &Document, meaning: &QueryAst, exact: bool) -> Vec<Vec<std::ops::Range<usize>>> {
    let mut hits = Vec::new();
    for paragraph in paragraphs(document, exact) {
        let has = |group: &QueryGroup| !places(&paragraph, group, exact, true).is_empty();
        let close = |place: (usize, usize), near_to: &[super::query_ast::NearClause]| {
            near_to.iter().all(|n| {
                places(&paragraph, &n.group, exact, true).iter().any(|&other| near(place, other, n.distance.into()))
            })
        };
        let also = meaning.terms[1..]
            .iter()
            .all(|term| places(&paragraph, &term.group, exact, true).iter().any(|&place| close(place, &term.near)));
        if !also || meaning.without.iter().any(has) {
            continue;
        }
        let node = &meaning.terms[0];
        for (start, end) in places(&paragraph, &node.group, exact, false) {
            if close((start, end), &node.near) {
                hits.push(paragraph[start..end].iter().map(|letter| letter.1.clone()).collect());
            }
        }
    }
    hits.sort_by_key(|hit: &Vec<std::ops::Range<usize>>| hit[0].start);
    hits
}

const LETTERS: &str = "[一二监督發发aAａb,，(（“”\"é É　1１ſ😀\u{a0}\u{200b}]";

/// So many of [`LETTERS`] behind a mark.
fn letters(mark: &str, times: &str) -> impl Strategy<Value = String> {
    prop::string::string_regex(&format!("{mark}{LETTERS}{times}")).unwrap()
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[一二监督發aA,1]{1,3}", 1 => "[一二監督发ａ，“ ]{1,3}"].prop_map(|t| query_fields::quoted(&t))
}

fn grammar() -> impl Strategy<Value = String> {
    let item = prop_oneof![
        3 => term(),
        1 => (term(), term()).prop_map(|(a, b)| format!("{a}|{b}")),
        1 => term().prop_map(|t| format!("-{t}")),
        1 => (term(), 0..6u8, term()).prop_map(|(a, n, b)| format!("{a} ~{n} {b}")),
    ];
    (term(), prop::collection::vec(item, 0..3)).prop_map(|(node, items)| format!("{node} {}", items.join(" ")))
}

fn drawn_document() -> impl Strategy<Value = Document> {
    let line = (letters("[~@]? ?", "{0,24}"), any::<bool>());
    prop::collection::vec(line, 1..6).prop_map(|lines| {
        let text: Vec<&str> = lines.iter().map(|(text, _)| text.as_str()).collect();
        let mut document = fixture::document("云和市", &format!("一\n{}", text.join("\n")));
        for (i, (_, joins)) in lines.iter().enumerate() {
            let after_paragraph = document.lines[i].kind == LineKind::Paragraph;
            // A last line without a character is no line.
            let Some(line) = document.lines.get_mut(i + 1) else { continue };
            line.joins = *joins && after_paragraph && line.kind == LineKind::Paragraph;
        }
        document
    })
}

/// The bytes a hit covers, blanks inside it and all.
fn check(document: &Document, query: &Query) -> Result<(), TestCaseError> {
    let (corpus, exact) = (one(document), query.options().exact);
    let index = SearchIndex::new();
    index.sync(&corpus);
    let search = Search::new(&corpus, &index, query);
    let (hits, want) = (search.hits_in(first()), naive(document, &query.ast, exact));
    prop_assert_eq!(hits.len(), want.len(), "{:?}", query);
    for (hit, letters) in hits.iter().zip(&want) {
        // Every part lies on one line, begins and ends with a letter of the hit, and together they hold all of them.
        prop_assert_eq!(hit.span.start as usize, letters[0].start);
        prop_assert_eq!(hit.parts().last().unwrap().end as usize, letters.last().unwrap().end);
        for letter in letters {
            let inside = |part: Span| part.start as usize <= letter.start && letter.end <= part.end as usize;
            prop_assert_eq!(hit.parts().filter(|&part| inside(part)).count(), 1);
        }
        let lines: Vec<u32> = hit.parts().map(|part| document.line_at(part.start)).collect();
        prop_assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(hit.parts().all(|p| document.lines.iter().any(|l| l.span.intersection(p) == Some(p))));
    }
    let counted: u32 = counts(&corpus, query).iter().map(|count| count.hits).sum();
    prop_assert_eq!(counted as usize, hits.len());
    Ok(())
}

proptest! {
    #[test]
    fn search_equals_a_naive_scan(
        document in drawn_document(),
        outside in letters("", "{1,4}"),
        pick in any::<prop::sample::Index>(),
        len in 1usize..6,
        exact in any::<bool>(),
    ) {
        let chars: Vec<char> = document.text().chars().collect();
        let start = pick.index(chars.len());
        let inside: String = chars[start..(start + len).min(chars.len())].iter().filter(|&&c| c != '\n').collect();
        for text in [outside, inside] {
            let options = QueryOptions { exact, ..QueryOptions::default() };
            if let Ok(query) = Query::read(&query_fields::quoted(text.trim()), options) {
                check(&document, &query)?;
            }
        }
    }

    #[test]
    fn conditions_equal_a_naive_scan(document in drawn_document(), text in grammar(), exact in any::<bool>()) {
        let options = QueryOptions { exact, ..QueryOptions::default() };
        if let Ok(query) = Query::read(&text, options) {
            check(&document, &query)?;
        }
    }

    #[test]
    fn narrowing_never_adds_hits(document in drawn_document(), text in grammar(), more in grammar(), tail in "[一二监督a]{1,2}") {
        let corpus = one(&document);
        let total = |query: &Query| counts(&corpus, query).iter().map(|count| u64::from(count.hits)).sum::<u64>();
        if let Some(query) = Query::parse(&text) {
            for longer in [format!("{text} {more}"), format!("{text} -{tail}"), format!("{text} ~3 {tail}")] {
                let Some(longer) = Query::parse(&longer) else { continue };
                prop_assert!(total(&longer) <= total(&query), "{longer} / {query}");
                prop_assert!(!longer.narrows(&query) || total(&query) > 0 || total(&longer) == 0);
            }
        }
        let letters: String = fold(&tail);
        let (short, long) = (Query::literal(&letters).unwrap(), Query::literal(&format!("{letters}督")).unwrap());
        prop_assert!(long.narrows(&short) && total(&long) <= total(&short));
    }

    #[test]
    fn a_query_displays_as_itself(text in grammar(), exact in any::<bool>()) {
        let options = QueryOptions { exact, ..QueryOptions::default() };
        if let Ok(query) = Query::read(&text, options) {
            let again = Query::read(&query.to_string(), options).unwrap();
            prop_assert_eq!(&again.ast, &query.ast);
            prop_assert_eq!(again.to_string(), query.to_string());
        }
    }

    #[test]
    fn nothing_typed_breaks_it(
        text in prop_oneof![any::<String>(), "[乡村a\"|｜~～:：\\\\ 　\\-－(*+\\[\\]1city:yearpy:re:]{0,16}"],
        regex in any::<bool>(),
        pinyin in any::<bool>(),
    ) {
        let options = QueryOptions { regex, pinyin, ..QueryOptions::default() };
        match Query::read(&text, options) {
            Ok(query) => {
                let document = fixture::document("云和市", &format!("一{}", text.replace(['\r', '\n'], "")));
                search_report(&document, 0, &query);
                search_text(&text, &query);
                let plain = QueryOptions::default();
                let shown = query.to_string();
                prop_assert_eq!(Query::read(&shown, plain).unwrap().to_string(), shown);
            }
            Err(error) => {
                prop_assert!(text.get(error.span.clone()).is_some(), "{:?}", error);
                prop_assert!(error.chars(&text).end <= text.chars().count());
            }
        }
    }

    #[test]
    fn hits_in_loose_text_are_those_of_a_paragraph(text in letters("", "{0,20}"), word in "[一二监督aA,，1]{1,2}") {
        let query = Query::literal(&word).unwrap();
        let document = fixture::document("云和市", &format!("前。\n{text}"));
        let offset = "前。\n".len() as u32;
        let found: Vec<Span> = search_text(&text, &query).iter().map(|s| Span::new(s.start + offset, s.end + offset)).collect();
        let trimmed = document.lines.last().unwrap();
        if trimmed.kind == LineKind::Paragraph {
            prop_assert_eq!(search_report(&document, 0, &query), found);
        }
    }
}
