//! The commands that compare reports, as a script meets them: fields, order, exit codes.

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use program::program;
use serde_json::Value;

fn run(arguments: &[&str], input: &str) -> Output {
    let mut command = program(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that is done before it read everything closes the pipe.
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes());
    child.wait_with_output().unwrap()
}

fn objects(arguments: &[&str]) -> Vec<Value> {
    let output = run(arguments, "");
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    lines(&output)
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

#[track_caller]
fn assert_holds(object: &Value, fields: &[&str]) {
    let missing: Vec<_> = fields.iter().filter(|field| object.get(**field).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?} missing in {object}");
}

const NAN_KE: &str = "\
南柯区政府工作报告
——2023年1月9日在南柯区第三届人民代表大会第二次会议上
各位代表：
现在，我代表区人民政府向大会报告工作，请予审议。
一、2022年工作回顾
过去一年，全区地区生产总值增长6.1%，达到120.5亿元。
（一）水渠修到坡地
清淤三十里，闸门换新十二座，水渠通到坡地，旱田改成水田八百亩。
（二）果树种满山冈
苗圃育苗五万株，果树上山三千亩，嫁接新枝，合作社收果十万斤。
二、2023年工作安排
今年主要预期目标是：地区生产总值增长6%左右，达到130亿元。
（一）水渠再修十里
清淤到底，闸门再换八座，水渠通到后山，旱田再改三百亩。
";

const HUAI_AN: &str = "\
槐安县政府工作报告
——2023年1月12日在槐安县第五届人民代表大会第二次会议上
各位代表：
现在，我代表县人民政府向大会报告工作，请予审议。
一、过去一年的工作
（一）果树上山添新绿
果树上山一千亩，苗圃育苗二万株，嫁接新枝，合作社收果四万斤。
（二）清淤修渠保丰收
水渠清淤二十里，闸门换新六座，旱田改成水田五百亩。
二、2023年重点工作
（一）水渠通到后山
水渠清淤到底，闸门再换三座，旱田再改二百亩。
";

/// A folder with two reports of two places.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), NAN_KE).unwrap();
    fs::write(folder.path().join("b.txt"), HUAI_AN).unwrap();
    folder
}

fn in_folder(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn similar_finds_the_section_about_the_same_thing() {
    let folder = folder();
    let (a, b) = (in_folder(&folder, "a.txt"), in_folder(&folder, "b.txt"));
    for (line, want) in [(7, 8), (9, 6), (13, 11)] {
        let found = objects(&["similar", "--json", &format!("{a}:{line}"), text(folder.path())]);
        assert_holds(
            &found[0],
            &["query", "rank", "score", "sure", "file", "line", "level", "text", "place", "body", "year", "phase"],
        );
        assert_eq!((found[0]["line"].as_u64(), found[0]["rank"].as_u64()), (Some(want), Some(1)), "{found:?}");
        assert_eq!(found[0]["file"], b);
        assert_eq!(found[0]["query"]["line"], line);
    }
}

#[test]
fn similar_reads_lines_from_standard_input_and_says_who_has_no_such_section() {
    let folder = folder();
    let a = in_folder(&folder, "a.txt");
    let asked = format!("{a}:7\n\n{a}:9\n");
    let output = run(&["similar", "--stdin", "--json", "--per-report", "2", text(folder.path())], &asked);
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<u64> = lines(&output).iter().map(|found| found["query"]["line"].as_u64().unwrap()).collect();
    assert!(lines.contains(&7) && lines.contains(&9));
    fs::write(folder.path().join("c.txt"), "水月区政府工作报告\n各位代表：\n一、2022年工作回顾\n灯塔照船，盐田出盐。\n二、2023年工作安排\n灯塔再亮一年，盐田再晒一季。\n").unwrap();
    let found = objects(&["similar", "--json", &format!("{a}:9"), text(folder.path())]);
    let silent =
        found.iter().find(|found| found["line"].is_null()).expect("the report without such a section is named");
    assert_eq!(silent["place"].as_str().map(|place| place.ends_with("水月区")), Some(true), "{silent}");
}

#[test]
fn a_line_that_cannot_be_read_is_wrong_usage() {
    let folder = folder();
    for words in ["a.txt", "a.txt:0", ":3"] {
        assert_eq!(run(&["similar", words, text(folder.path())], "").status.code(), Some(2), "{words}");
    }
    let none = run(&["similar", "nowhere.txt:3", text(folder.path())], "");
    assert_eq!(none.status.code(), Some(1));
    assert!(none.stdout.is_empty() && !none.stderr.is_empty());
}

const NEXT_YEAR: &str = "\
南柯区政府工作报告
——2024年1月8日在南柯区第三届人民代表大会第三次会议上
各位代表：
现在，我代表区人民政府向大会报告工作，请予审议。
一、2023年工作回顾
过去一年，全区地区生产总值增长5.8%，达到131.2亿元。
（一）水渠修到后山
清淤四十二里，闸门换新十二座，水渠通到坡地，旱田改成水田八百亩。
二、2024年工作安排
实施“百渠通水”行动，灯塔照亮归途。
";

#[test]
fn diff_tells_what_became_of_every_sentence() {
    let folder = folder();
    fs::write(folder.path().join("c.txt"), NEXT_YEAR).unwrap();
    let (a, c) = (in_folder(&folder, "a.txt"), in_folder(&folder, "c.txt"));
    let rows = objects(&["diff", "--json", &a, &c]);
    assert_holds(&rows[0], &["kind", "unit", "moved", "score", "old", "new", "ops"]);
    let of = |line: u64, side: &str| {
        let found = rows.iter().find(|row| row[side]["line"].as_u64() == Some(line));
        found.unwrap_or_else(|| panic!("{side} {line}: {rows:?}"))
    };
    assert_eq!(of(6, "new")["kind"], "number");
    assert_eq!(
        (of(6, "new")["old"]["line"].as_u64(), of(6, "new")["old"]["file"].as_str()),
        (Some(6), Some(a.as_str()))
    );
    assert_eq!((of(5, "new")["kind"].as_str(), of(5, "new")["unit"].as_str()), (Some("number"), Some("heading")));
    assert_eq!(of(8, "new")["kind"], "reworded");
    assert_eq!((of(10, "new")["kind"].as_str(), of(10, "new")["old"].is_null()), (Some("new"), true));
    assert_eq!(of(10, "old")["kind"], "dropped");
    for row in &rows {
        let put = |leave: &str| -> String {
            let ops = row["ops"].as_array().unwrap().iter();
            ops.filter(|op| op[0] != leave).map(|op| op[1].as_str().unwrap()).collect()
        };
        assert_eq!(put("+"), row["old"]["text"].as_str().unwrap_or(""));
        assert_eq!(put("-"), row["new"]["text"].as_str().unwrap_or(""));
    }
    // The same by place and year, and what a kind picks.
    let by_year = objects(&["diff", "--json", "南柯区:2023", "南柯区:2024", text(folder.path())]);
    assert_eq!(by_year, rows);
    let numbers = objects(&["diff", "--json", "--kind", "number", &a, &c]);
    assert!(!numbers.is_empty() && numbers.iter().all(|row| row["kind"] == "number"));
    assert_eq!(run(&["diff", "--kind", "nonsense", &a, &c], "").status.code(), Some(2));
    assert_eq!(run(&["diff", "南柯区:1999", "南柯区:2024", text(folder.path())], "").status.code(), Some(1));
}

#[test]
fn a_report_keeps_all_of_itself() {
    let folder = folder();
    let a = in_folder(&folder, "a.txt");
    let rows = objects(&["diff", "--json", &a, &a]);
    assert!(!rows.is_empty() && rows.iter().all(|row| row["kind"] == "kept" && row["moved"] == false));
}

#[test]
fn formulas_say_who_else_uses_them_and_since_when() {
    let folder = folder();
    fs::write(folder.path().join("c.txt"), NEXT_YEAR).unwrap();
    let rows = objects(&["diff", "--json", "--unit", "formula", "南柯区:2023", "南柯区:2024", text(folder.path())]);
    let fields = ["kind", "term", "quoted", "old_count", "new_count", "adopters", "of", "first", "last_before"];
    assert_holds(&rows[0], &fields);
    let new = rows.iter().find(|row| row["term"] == "百渠通水").unwrap();
    assert_eq!((new["kind"].as_str(), new["quoted"].as_bool()), (Some("new"), Some(true)));
    assert_eq!((new["first"]["line"].as_u64(), new["first"]["year"].as_u64()), (Some(10), Some(2024)));
    assert!(rows.iter().any(|row| row["kind"] == "kept" && row["term"] == "水渠通到坡地"));
}

const COPY: &str = "\
槐安县政府工作报告
——2024年1月12日在槐安县第五届人民代表大会第三次会议上
各位代表：
现在，我代表县人民政府向大会报告工作，请予审议。
一、过去一年的工作
苗圃育苗五万株，果树上山四千亩，嫁接新枝，合作社收果十万斤，乡亲们笑开了颜。
依照《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》的规定，修渠办依法履职。
二、2024年工作安排
灯塔照亮归途，盐田晒出新盐。
";

#[test]
fn reuse_tells_who_shares_a_passage_and_how_strong_it_is() {
    let folder = folder();
    fs::write(folder.path().join("c.txt"), COPY).unwrap();
    let (a, c) = (in_folder(&folder, "a.txt"), in_folder(&folder, "c.txt"));
    let found = objects(&["reuse", "--json", text(folder.path())]);
    let fields = [
        "file", "line", "column", "end", "text", "place", "year", "kind", "matched", "novel", "edits", "places",
        "reports", "other", "first",
    ];
    assert_holds(&found[0], &fields);
    let passage =
        found.iter().find(|p| p["file"] == a && p["other"]["file"] == c).expect("the copied sentence is found");
    assert_eq!((passage["line"].as_u64(), passage["other"]["line"].as_u64()), (Some(10), Some(6)));
    assert_eq!((passage["kind"].as_str(), passage["edits"].as_u64()), (Some("reuse"), Some(1)));
    assert!(passage["novel"].as_u64() >= Some(13) && passage["novel"].as_u64() <= passage["matched"].as_u64());
    assert_eq!((passage["first"]["file"].as_str(), passage["first"]["year"].as_u64()), (Some(a.as_str()), Some(2023)));
    // The words are where they are said to be.
    let line = NAN_KE.lines().nth(9).unwrap();
    let (column, end) = (passage["column"].as_u64().unwrap() as usize, passage["end"].as_u64().unwrap() as usize);
    let words: String = line.chars().skip(column - 1).take(end - column).collect();
    assert_eq!(passage["text"].as_str().unwrap(), words);
    // From the other side it is the same.
    let there = objects(&["reuse", "--json", "--at", &format!("{c}:6"), text(folder.path())]);
    let back = there.iter().find(|p| p["other"]["file"] == a).unwrap();
    assert_eq!(
        (&back["novel"], &back["matched"], &back["text"]),
        (&passage["novel"], &passage["matched"], &passage["other"]["text"])
    );
    assert_eq!(run(&["reuse", "--at", "c.txt", text(folder.path())], "").status.code(), Some(2));
}

#[test]
fn a_report_printed_twice_shares_nothing_with_itself() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), NAN_KE).unwrap();
    fs::write(folder.path().join("b.txt"), NAN_KE).unwrap();
    let output = run(&["reuse", "--json", text(folder.path())], "");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let summary = objects(&["reuse", "--summary", "--json", text(folder.path())]);
    assert_eq!(summary.len(), 1);
    assert_eq!(summary[0]["shared"], 0.0);
}

#[test]
fn a_summary_shares_out_every_letter() {
    let folder = folder();
    fs::write(folder.path().join("c.txt"), COPY).unwrap();
    let rows = objects(&["reuse", "--summary", "--json", text(folder.path())]);
    assert_eq!(rows.len(), 3);
    assert_holds(
        &rows[0],
        &["file", "place", "body", "year", "title", "chars", "original", "formula", "shared", "own_earlier", "closest"],
    );
    for row in &rows {
        let sum: f64 = ["original", "formula", "shared"].iter().map(|field| row[*field].as_f64().unwrap()).sum();
        assert!((sum - 1.0).abs() < 0.001, "{row}");
    }
    let copied = rows.iter().find(|row| row["file"].as_str().unwrap().ends_with("c.txt")).unwrap();
    assert!(copied["shared"].as_f64() > Some(0.1), "{copied}");
    assert!(copied["closest"][0]["file"].as_str().unwrap().ends_with("a.txt"));
}

#[test]
fn targets_are_read_and_paired() {
    let folder = folder();
    fs::write(folder.path().join("c.txt"), NEXT_YEAR).unwrap();
    let figures = objects(&["targets", "--json", text(folder.path())]);
    let fields = [
        "file",
        "line",
        "column",
        "place",
        "body",
        "indicator",
        "name",
        "measure",
        "value",
        "unit",
        "qualifier",
        "year",
        "status",
        "text",
    ];
    assert_holds(&figures[0], &fields);
    let told = |figure: &Value| {
        format!(
            "{} {} {}{}{} {} {}",
            figure["indicator"],
            figure["measure"],
            figure["value"],
            figure["unit"],
            figure["qualifier"],
            figure["year"],
            figure["status"]
        )
        .replace('"', "")
    };
    let figures: Vec<String> = figures.iter().map(told).collect();
    let want = [
        "地区生产总值 growth 6.1% 2022 achieved",
        "地区生产总值 level 120.5亿元 2022 achieved",
        "地区生产总值 growth 6.0%左右 2023 plan",
        "地区生产总值 level 130.0亿元 2023 plan",
        "地区生产总值 growth 5.8% 2023 achieved",
        "地区生产总值 level 131.2亿元 2023 achieved",
    ];
    assert_eq!(figures, want);
    let pairs = objects(&["targets", "--pair", "--json", text(folder.path())]);
    assert_holds(&pairs[0], &["place", "body", "year", "indicator", "measure", "plan", "achieved", "verdict"]);
    let verdicts: Vec<_> = pairs.iter().map(|pair| pair["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["met", "met"]);
    assert_eq!((pairs[0]["plan"]["line"].as_u64(), pairs[0]["achieved"]["line"].as_u64()), (Some(12), Some(6)));
}

#[test]
fn a_list_of_indicators_extends_the_built_in_one() {
    let folder = folder();
    let list = folder.path().join("mine.toml");
    fs::write(&list, "[[indicator]]\nname = \"育苗\"\nsynonyms = [\"苗圃育苗\"]\nunits = [\"万株\"]\n").unwrap();
    let own = run(&["targets", "--json", "--indicators", text(&list), &in_folder(&folder, "a.txt")], "");
    assert_eq!(own.status.code(), Some(0), "{}", String::from_utf8_lossy(&own.stderr));
    fs::write(&list, "[[indicator]]\nname = 7\n").unwrap();
    assert_eq!(run(&["targets", "--indicators", text(&list), &in_folder(&folder, "a.txt")], "").status.code(), Some(2));
}

#[test]
fn every_command_prints_csv_and_a_table_and_the_same_twice() {
    let folder = folder();
    fs::write(folder.path().join("c.txt"), COPY).unwrap();
    let (path, a, c) = (text(folder.path()), in_folder(&folder, "a.txt"), in_folder(&folder, "c.txt"));
    let spot = format!("{a}:7");
    let commands: [&[&str]; 8] = [
        &["similar", &spot, path],
        &["diff", &a, &c],
        &["diff", "--unit", "formula", &a, &c],
        &["reuse", path],
        &["reuse", "--summary", path],
        &["targets", path],
        &["targets", "--pair", path],
        &["draft", &a, path],
    ];
    for command in commands {
        let csv = run(&[command, &["--csv"][..]].concat(), "");
        assert_eq!(csv.status.code(), Some(0), "{command:?}: {}", String::from_utf8_lossy(&csv.stderr));
        let mut reader = csv::Reader::from_reader(csv.stdout.as_slice());
        let width = reader.headers().unwrap().len();
        assert!(reader.records().all(|record| record.unwrap().len() == width));
        assert_eq!(csv.stdout, run(&[command, &["--csv"][..]].concat(), "").stdout);
        let tsv = run(&[command, &["--tsv"][..]].concat(), "");
        assert_eq!(String::from_utf8(tsv.stdout).unwrap().lines().next().map(|l| l.split('\t').count()), Some(width));
        let markdown = String::from_utf8(run(&[command, &["--markdown"][..]].concat(), "").stdout).unwrap();
        assert!(markdown.lines().count() > 2 && markdown.lines().all(|line| line.starts_with("| ")), "{command:?}");
        for lang in ["zh", "en"] {
            let table = run(&[command, &["--lang", lang][..]].concat(), "");
            assert!(!table.stdout.is_empty() && !table.stdout.contains(&0x1b), "{command:?}");
        }
    }
}

const DRAFT: &str = "\
南柯区政府工作报告
——2024年1月8日在南柯区第三届人民代表大会第三次会议上
各位代表：
现在，我代表区人民政府向大会报告工作，请予审议。
一、2023年工作回顾
2022年，全区地区生产总值增长6.3%,修好了通往后山的石板路。
增强政治意识、大局意识、核心意识，区环境保护局栽下柳树。
苗圃育苗二万株，嫁接新枝，合作社收果四万斤。
";

#[test]
fn a_draft_is_told_what_to_look_at_again() {
    let folder = folder();
    let draft = folder.path().join("draft.txt");
    fs::write(&draft, DRAFT).unwrap();
    let remarks = objects(&["draft", "--json", text(&draft), text(folder.path())]);
    assert_holds(&remarks[0], &["kind", "file", "line", "column", "text", "note", "other"]);
    let of = |kind: &str| {
        let found = remarks.iter().find(|remark| remark["kind"] == kind);
        found.unwrap_or_else(|| panic!("{kind}: {remarks:?}"))
    };
    assert_eq!((of("figure")["line"].as_u64(), of("figure")["text"].as_str()), (Some(6), Some("6.3%")));
    assert_eq!(of("figure")["other"]["line"], 6);
    assert_eq!((of("incomplete")["line"].as_u64(), of("renamed")["text"].as_str()), (Some(7), Some("环境保护局")));
    assert_eq!(of("width")["text"], ",");
    assert_eq!((of("shared")["line"].as_u64(), of("shared")["other"]["line"].as_u64()), (Some(8), Some(7)));
    assert_eq!(run(&["draft", "nowhere.txt", text(folder.path())], "").status.code(), Some(1));
}

#[test]
fn the_map_has_a_tile_for_every_province() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), NAN_KE.replace("南柯区", "长春市南关区")).unwrap();
    let tiles = objects(&["map", "--json", "水渠", text(folder.path())]);
    assert_eq!(tiles.len(), 34);
    let home = tiles.iter().find(|tile| tile["province"] == "吉林省").unwrap();
    assert!(home["hits"].as_u64() > Some(0) && home["rate"].as_f64() > Some(0.0), "{home}");
    assert!(tiles.iter().filter(|tile| tile["rate"].is_null()).count() == 33);
    let tsv = String::from_utf8(run(&["map", "--tsv", "水渠", text(folder.path())], "").stdout).unwrap();
    assert!(tsv.lines().count() == 35 && tsv.lines().all(|line| line.contains('\t')), "{tsv}");
    let grid = run(&["map", "水渠", text(folder.path())], "");
    let grid = String::from_utf8(grid.stdout).unwrap();
    assert!(grid.contains("█吉林") && grid.lines().count() < 24);
}
