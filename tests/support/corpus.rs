//! A small corpus of invented places, made by hand: no file is read and no rule is asked.
//!
//! Each line of a draft says what it is by its first character: `#` title, `~` subtitle, `@` salutation, `^` formula,
//! `1`–`3` a heading of that level, `>` a paragraph with a run-in heading (level 3, up to the first 。), `+` a paragraph
//! that goes on from the one before, `=` a repeat, `%` a byline, anything else a paragraph.

use std::path::PathBuf;
use std::sync::Arc;

use yilan::testing::corpus::{
    Body, Corpus, Document, Encoding, Issue, IssueKind, Line, LineKind, LineRange, Reason, Report, ReportKind, Section,
};
use yilan::testing::text::Span;

/// What a draft is about.
pub struct Draft {
    /// File name.
    pub file: &'static str,
    /// Place and province.
    pub place: (&'static str, &'static str),
    /// Whose report.
    pub body: Body,
    /// Year.
    pub year: u16,
    /// Lines, marked as above.
    pub lines: Vec<String>,
}

/// The fixture: five reports of three places in three files.
pub fn corpus() -> Corpus {
    let mut corpus = Corpus::new(vec![PathBuf::from("fixture")], false);
    for draft in drafts() {
        corpus.push(Arc::new(document(&draft)));
    }
    corpus
}

/// What the fixture is made of.
pub fn drafts() -> Vec<Draft> {
    let text = |lines: &str| lines.lines().map(|l| l.trim().to_owned()).collect::<Vec<_>>();
    let long = |place: &str, parts: usize| {
        let mut lines = text(&format!(
            "#{place}人民代表大会常务委员会工作报告\n~——2022年在{place}会议上\n@各位代表：\n^我受常务委员会委托，报告工作，请审议。"
        ));
        for part in 1..=parts {
            lines.push(format!("1第{part}部分的工作"));
            for chapter in ["一、修渠引水", "二、植树护坡"] {
                lines.push(format!("2{chapter}"));
                lines.push(format!(
                    "{place}全年修成水渠{part}20公里，“清泉工程”惠及3500户，水利投入增长12.5%。沿线村民说，渠水到了田头，心里就踏实了，来年还要把支渠修到山脚下的每一块坡地。"
                ));
                lines.push(format!(">（{part}）办好身边的小事。{place}把路灯、水井、桥梁三件事列成清单，逐件办结，逐件回访，办结一件销号一件。"));
                lines.push("各村把护坡林的管护写进".into());
                lines.push("+村规民约，专人巡山，按季公布，林木成活率稳步提高。".into());
            }
        }
        lines
    };
    let short = text(
        "#雁栖县政协常务委员会工作报告\n%本报记者 记述\n@各位委员：\n1一、协商议政\n围绕河湖治理开展协商12次，提出建议40条，水库清淤一项已经办结。\n=围绕河湖治理开展协商12次，提出建议40条，水库清淤一项已经办结。\n1二、凝聚共识\n走访委员320人次，收集意见，办好实事。",
    );
    vec![
        Draft {
            file: "a.txt",
            place: ("云岭市", "青禾省"),
            body: Body::Congress,
            year: 2022,
            lines: long("云岭市", 3),
        },
        Draft { file: "b.txt", place: ("雁栖县", "白鹭省"), body: Body::Consultative, year: 2022, lines: short },
        Draft {
            file: "c.txt",
            place: ("望川市", "青禾省"),
            body: Body::Government,
            year: 2022,
            lines: long("望川市", 2),
        },
        Draft {
            file: "d.txt",
            place: ("望川市", "青禾省"),
            body: Body::Congress,
            year: 2021,
            lines: long("望川市", 1),
        },
        Draft {
            file: "e.txt",
            place: ("望川市", "青禾省"),
            body: Body::Consultative,
            year: 2021,
            lines: long("望川市", 1),
        },
    ]
}

/// A document of one report.
pub fn document(draft: &Draft) -> Document {
    let (mut text, mut lines, mut sections) = (String::new(), Vec::new(), Vec::<Section>::new());
    let mut title = String::new();
    let last = draft.lines.len() as u32;
    for (number, raw) in (1..).zip(&draft.lines) {
        let mut chars = raw.chars();
        let sign = chars.next().unwrap_or(' ');
        let (kind, body) = match sign {
            '#' => (LineKind::Title, chars.as_str()),
            '~' => (LineKind::Subtitle, chars.as_str()),
            '@' => (LineKind::Salutation, chars.as_str()),
            '^' => (LineKind::Formula, chars.as_str()),
            '1'..='3' => (LineKind::Heading, chars.as_str()),
            '=' => (LineKind::Repeat, chars.as_str()),
            '%' => (LineKind::Byline, chars.as_str()),
            '>' | '+' => (LineKind::Paragraph, chars.as_str()),
            _ => (LineKind::Paragraph, raw.as_str()),
        };
        let start = text.len();
        text.push_str(body);
        lines.push(Line { span: Span::of(start..text.len()), kind, joins: sign == '+', reason: Reason::default() });
        let head = if sign == '>' { body.find('。').map_or(body.len(), |at| at + 3) } else { body.len() };
        let level = match sign {
            '1'..='3' => sign as u8 - b'0',
            '>' => 3,
            _ => 0,
        };
        if level > 0 {
            let heading = Span::of(start..start + head);
            let run_in = head < body.len();
            for open in sections.iter_mut().filter(|s| s.level >= level && s.last_line == last) {
                open.last_line = number - 1;
            }
            let parent = sections.iter().rposition(|s| s.level < level && s.last_line == last).map(|i| i as u32);
            sections.push(Section { line: number, level, heading, run_in, last_line: last, parent });
        }
        if kind == LineKind::Title {
            title = body.to_owned();
        }
        text.push('\n');
    }
    let han = text.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count() as u32;
    let report = Report {
        ranges: vec![LineRange { first: 1, last }],
        kind: ReportKind::Report,
        title,
        title_line: Some(1),
        subtitle: None,
        place: draft.place.0.into(),
        province: draft.place.1.into(),
        body: draft.body,
        years: vec![draft.year],
        chars: han,
        han,
        sections,
        ..Report::default()
    };
    let repeat = (1..).zip(&lines).find(|(_, l)| l.kind == LineKind::Repeat).map(|(n, _)| n);
    let path = PathBuf::from("fixture").join(draft.file);
    let issues = repeat.map(|n| Issue { path: path.clone(), line: Some(n), kind: IssueKind::Repeat(n - 1) });
    Document {
        path,
        encoding: Encoding::Utf8,
        source: text.into(),
        lines: lines.into(),
        reports: vec![report],
        issues: issues.into_iter().collect(),
    }
}
