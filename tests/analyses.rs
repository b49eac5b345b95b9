//! Every question, asked both ways: what the screen's worker answers and what the subcommand prints are the same, all rows
//! and all columns, byte for byte; and every figure that opens has as many occurrences behind it as it says.

#[path = "support/program.rs"]
mod program;
#[allow(dead_code, reason = "the stage is made for all whole-screen tests")]
mod support;

use std::collections::BTreeSet;
use std::sync::Arc;

use clap::Parser;
use program::program;
use support::stage::Stage;
use yilan::testing::analysis::{Context, Question};
use yilan::testing::app::Event;
use yilan::testing::app::terms::comparison::{Comparison, Layers, Target};
use yilan::testing::app::views::request::{ViewAnswer, ViewQuestion, ViewRequest};
use yilan::testing::cli::{Arguments, Command as Asking};
use yilan::testing::command::KeyContext;
use yilan::testing::config::Config;
use yilan::testing::corpus::{Corpus, load};
use yilan::testing::engine::Counter;
use yilan::testing::index::comparison_indexes::ComparisonIndexes;
use yilan::testing::index::groups::Groups;
use yilan::testing::index::scope::Reference;
use yilan::testing::index::targets::Indicators;
use yilan::testing::index::terms::{CountContext, Segmenter, TermCache};
use yilan::testing::table::write::{json, separated};
use yilan::testing::table::{Cell, Kind, Table};
use yilan::testing::text::Lang;

/// A section of the sample.
const SECTION: &str = "2023年乌有市政府工作报告.txt:11";

/// A paragraph of the sample.
const PARAGRAPH: &str = "2023年乌有市政府工作报告.txt:10";

/// Examples of every question. A new one needs one here.
const EXAMPLES: &[&[&str]] = &[
    &["keywords", "--place", "乌有市"],
    &["keywords", "--place", "乌有市", "--by", "negative", "--against", "body", "--keep-filler"],
    &["keywords", "--matching", "代表", "--by", "dispersion"],
    &["keywords", "--place", "乌有市", "--open", "发展"],
    &["collocates", "发展"],
    &["collocates", "发展", "--by", "mi", "--window", "3", "--min-count", "1", "--body", "政府"],
    &["trend", "发展,代表"],
    &["trend", "发展,代表", "--by", "place", "--strings"],
    &["groups"],
    &["groups", "--by", "year", "--whole-words", "--part", "回顾"],
    &["groups", "--open", "民生"],
    &["ngrams"],
    &["ngrams", "--length", "3", "--min-count", "2"],
    &["ngrams", "--discover"],
    &["dispersion", "代表,乡村", "--report", "南柯市人大常委会2023年工作报告.txt"],
    &["dispersion", "代表", "发展", "--parts", "7", "--strings"],
    &["first", "代表,乡村"],
    &["first", "发展", "代表", "--overall", "--whole-words"],
    &["targets"],
    &["targets", "--pair"],
    &["targets", "--by", "year", "--place", "乌有市"],
    &["targets", "--by", "place"],
    &["diff", "乌有市:2023", "乌有市:2024"],
    &["diff", "乌有市:2023", "乌有市:2024", "--unit", "formula"],
    &["diff", "乌有市:2023", "乌有市:2024", "--kind", "new,dropped"],
    &["draft", "南柯市人大常委会2023年工作报告.txt"],
    &["map", "发展"],
    &["map", "发展", "--inside", "未知"],
    &["map", "--of", "first 发展 --overall", "--column", "count", "--take", "highest"],
    &["map", "--of", "trend 发展,代表 --by place", "--only", "term=代表", "--inside", "未知", "--column", "count"],
    &["counts", "代表"],
    &["counts", "代表", "发展 part:回顾", "--repeats"],
    &["similar", SECTION],
    &["similar", SECTION, "--per-report", "2", "--phase", "past"],
    &["similar", "南柯市人大常委会2023年工作报告.txt:8", "--words"],
    &["reuse"],
    &["reuse", "--at", PARAGRAPH, "--formulas", "--min", "15"],
    &["reuse", "--summary"],
    &["reuse", "--summary", "--at", PARAGRAPH],
    &["likeness"],
    &["likeness", "--of", "乌有市", "--part", "回顾"],
];

/// What every key that asks a question asks, when the panel lists the terms of the whole corpus: in place of TERM stands the
/// selected term, in place of TERMS all that are listed, in place of PLACE that of the open report.
const KEYED: &[(&str, &[&str])] = &[
    ("collocates", &["collocates", "TERM"]),
    ("ranking", &["trend", "TERM", "--by", "place"]),
    ("heat-map", &["trend", "TERMS", "--by", "place"]),
    ("trend", &["trend", "TERM"]),
    ("dispersion", &["dispersion", "HUNDRED"]),
    ("group-shares", &["groups"]),
    ("phrases", &["ngrams", "--discover"]),
    ("first", &["first", "TERM"]),
    ("map", &["map", "TERM"]),
    ("targets", &["targets", "--by", "year", "--place", "PLACE"]),
    ("diff", &["diff", "乌有市:2023", "乌有市:2024"]),
    ("draft", &["draft", "REPORT"]),
    ("likeness", &["likeness", "--of", "PLACE"]),
    ("similar", &["similar", "HERE"]),
    ("reuse-table", &["reuse", "--formulas", "--at", "CURSOR"]),
    ("reuse-summary", &["reuse", "--summary"]),
];

/// What the program prints, kept away from the settings of whoever runs the tests.
fn printed(arguments: &[&str], format: &str) -> String {
    let mut command = program(arguments);
    command.arg(format);
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

fn question(arguments: &[&str]) -> Question {
    let parsed = Arguments::try_parse_from([&["yilan"], arguments].concat()).unwrap();
    match parsed.command {
        Some(Asking::Analysis(asked)) => asked.question,
        other => panic!("{arguments:?} is no question: {other:?}"),
    }
}

/// What the worker of the screen answers.
fn answered(corpus: &Arc<Corpus>, question: Question) -> Arc<Table> {
    let comparison =
        Comparison { target: Target::Corpus, reference: Reference::Rest, layers: Layers::default(), query: None };
    let request = ViewRequest {
        seq: 1,
        corpus: Arc::clone(corpus),
        comparison,
        groups: Arc::new(Groups::built_in()),
        lang: Lang::Zh,
        ask: ViewQuestion::Answer(Box::new(question)),
    };
    let mut tables = Vec::new();
    Counter::new(&Config::default(), None, Lang::Zh).answer_view(&request, &|_| false, &|| false, &mut |event| {
        if let Event::View { answer: ViewAnswer::Answer(table), .. } = event {
            tables.push(table.unwrap());
        }
    });
    tables.pop().unwrap()
}

fn as_json(table: &Table) -> String {
    let mut out = Vec::new();
    json::write(&mut out, table).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_question_has_an_example() {
    for about in Question::ALL {
        assert!(EXAMPLES.iter().any(|example| example[0] == about.name), "no example of {}", about.name);
    }
    for keyed in Question::keyed() {
        assert!(KEYED.iter().any(|(action, _)| *action == keyed.action), "no command for the key of {}", keyed.action);
    }
}

#[test]
fn the_screen_and_the_command_give_the_same_bytes() {
    let corpus = Arc::new(load::sample());
    for arguments in EXAMPLES {
        let table = answered(&corpus, question(arguments));
        assert!(!table.is_empty(), "{arguments:?}");
        assert_eq!(table.total, table.len(), "{arguments:?}: the example is larger than what the screen holds");
        assert_eq!(as_json(&table), printed(arguments, "--json"), "{arguments:?}");
        let mut csv = Vec::new();
        separated::write(&mut csv, &table, separated::Separator::Comma, Lang::Zh).unwrap();
        assert_eq!(String::from_utf8(csv).unwrap(), printed(arguments, "--csv"), "{arguments:?}");
    }
}

#[test]
fn the_key_and_the_command_of_a_question_give_the_same_bytes() {
    for (action, arguments) in KEYED {
        let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
        stage.count_terms();
        stage.load(load::sample());
        stage.keys("} w s s j");
        if *action == "draft" {
            // The first report has nothing that one would look at again.
            stage.keys("c 南 柯 enter");
        }
        let sheet = stage.app.keywords.sheet.clone().unwrap();
        let term = stage.app.keywords.selected.clone().unwrap();
        let terms = sheet.first_terms(300).join(",");
        let hundred = sheet.first_terms(100).join(",");
        let corpus = &stage.app.corpus;
        let place = stage.app.reading.page.report.and_then(|report| corpus.place_of(report)).unwrap();
        let (_, document, report) = stage.app.opened().unwrap();
        // At the head of a report one reads no section.
        let section = stage.app.section_here().map_or(0, |at| report.sections[at].line);
        let here = format!("{}:{section}", document.path.display());
        let place = corpus.place(place).name.clone();
        let (_, document, _) = stage.app.opened().unwrap();
        let report = document.path.to_string_lossy().into_owned();
        let key = yilan::testing::command::Action::from_name(action).unwrap();
        match key.context() {
            KeyContext::SharedWording => stage.keys("w j b tab"),
            _ if stage.app.screen.keymap.key_in(stage.app.context(), key).is_none() => stage.keys("w"),
            _ => {}
        }
        let (_, document, _) = stage.app.opened().unwrap();
        let line = document.line_at(stage.app.reading.page.here());
        let cursor = format!("{}:{line}", document.path.display());
        let key =
            yilan::testing::command::key::format(stage.app.screen.keymap.key_in(stage.app.context(), key).unwrap());
        stage.keys(&key);
        let shown = stage.app.view().unwrap().view.answer().unwrap_or_else(|| panic!("{action}: {key}"));
        let table = shown.table.clone().unwrap();
        let arguments: Vec<&str> = arguments
            .iter()
            .map(|word| match *word {
                "TERM" => &term,
                "TERMS" => &terms,
                "HUNDRED" => &hundred,
                "PLACE" => &place,
                "REPORT" => &report,
                "HERE" => &here,
                "CURSOR" => &cursor,
                other => other,
            })
            .collect();
        let sorted = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            // A map has its places in the order of the corpus, the command by rate.
            if *action == "heat-map" {
                lines.sort();
            }
            lines
        };
        assert!(!table.is_empty());
        assert_eq!(sorted(&as_json(&table)), sorted(&printed(&arguments, "--json")), "{action}");
    }
}

#[test]
fn the_head_of_every_view_names_its_scope() {
    let scoped = ["collocates", "ranking", "heat-map", "trend", "group-shares", "phrases", "first", "likeness"];
    for action in scoped {
        let (mut names, mut missing) = (BTreeSet::new(), Vec::new());
        for steps in 0..4 {
            let mut stage = Stage::empty(120, 40, Default::default(), Default::default());
            stage.count_terms();
            stage.load(load::sample());
            stage.keys("} w j");
            stage.keys(&["s"; 4][..steps].join(" "));
            let key = yilan::testing::command::Action::from_name(action).unwrap();
            let key = stage.app.screen.keymap.key_in(stage.app.context(), key).unwrap();
            stage.keys(&yilan::testing::command::key::format(key));
            let view = stage.app.view().unwrap_or_else(|| panic!("{action} {steps}: no view"));
            let scope = view.comparison.scope_name(&stage.app.corpus, Lang::Zh);
            let head: String = stage.rows().into_iter().take(2).collect();
            let begins: String = scope.split(' ').next().unwrap_or_default().chars().take(6).collect();
            // What compares all places or years says that it is about all.
            let across = matches!(action, "ranking" | "heat-map" | "trend" | "group-shares" | "likeness" | "first");
            if !(head.contains(&begins) || across && head.contains("全部")) {
                missing.push(format!("{action}, {scope}: {head}"));
            }
            names.insert(scope);
        }
        assert!(missing.is_empty(), "{missing:#?}");
        // New words are looked for in the whole corpus.
        assert!(names.len() >= 3 || action == "phrases", "{action}: {names:?}");
    }
}

#[test]
fn every_figure_that_opens_has_as_many_occurrences_as_it_says() {
    let corpus = load::sample();
    let (groups, cache, indexes) = (Groups::built_in(), TermCache::new(), ComparisonIndexes::new());
    let indicators = Ok(Indicators::default());
    for arguments in EXAMPLES {
        let question = question(arguments);
        let options = question.options(&Config::default().terms.stop_list());
        let count_context =
            CountContext { corpus: &corpus, segmenter: Segmenter::get(), options: &options, cache: &cache };
        let context = Context {
            count_context,
            indexes: &indexes,
            groups: &groups,
            indicators: &indicators,
            refused: &|_| false,
            lang: Lang::Zh,
            rows: 2_000,
        };
        let table = question.run(&context, &|| false).unwrap();
        let mut opened = 0;
        for (index, column) in table.columns().iter().enumerate() {
            // Every row of a short table; of a long one some, as each looks through the corpus.
            for row in (0..table.len()).step_by(table.len() / 40 + 1) {
                let Some(evidence) = table.evidence_of(row, index) else { continue };
                let found = evidence.occurrences(context.sources(), &|| false).unwrap();
                assert!(found.windows(2).all(|pair| pair[0] <= pair[1]), "{arguments:?} {}: in order", column.id);
                opened += 1;
                if column.kind == Kind::Count {
                    let cell = table.cell(row, index);
                    assert_eq!(Cell::Count(found.len() as u64), cell, "{arguments:?} row {row} {}", column.id);
                } else {
                    assert_eq!(found.len(), 1, "{arguments:?} row {row} {}", column.id);
                }
            }
        }
        assert!(opened > 0, "{arguments:?}: nothing opens");
    }
}
