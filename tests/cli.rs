//! The program without a screen, as a script meets it: fields, exit codes, streams.

#[path = "support/program.rs"]
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Output, Stdio};

use program::program;
use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// Standard output as JSON Lines.
fn objects(output: &Output) -> Vec<Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

fn assert_holds(object: &Value, fields: &[&str]) {
    let missing: Vec<_> = fields.iter().filter(|field| !keys(object).contains(**field)).collect();
    assert!(missing.is_empty(), "{missing:?} missing in {object}");
}

const REPORT: &str = "\
云梦泽市人民代表大会常务委员会工作报告
——2023年1月9日在云梦泽市第三届人民代表大会第二次会议上
各位代表：
受市人大常委会委托，现将一年来的主要工作报告如下，请予审议。
一、过去一年的主要工作
过去一年，常委会围绕稻渔共生听取专项报告三次，督促修好水渠十二里，稻渔共生面积翻了一番。
（一）加强监督工作
围绕乡村道路养护开展执法检查，推动解决问题四十件。
（二）做好代表工作
建成代表联络站二十个，办理代表建议八十件。
二、今后一年的主要任务
继续办好稻渔共生这件实事，提高监督实效，密切联系群众。
";

/// A folder with one report and a file with characters that a terminal would obey.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("云梦泽.txt"), REPORT).unwrap();
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn list_keeps_its_contract() {
    let output = run(&["list", "--json"]);
    assert_eq!(code(&output), 0);
    let reports = objects(&output);
    assert!(reports.len() >= 8, "the sample holds at least eight reports");
    for report in &reports {
        let fields = [
            "file", "ranges", "title", "subtitle", "place", "province", "body", "years", "chars", "han", "encoding",
            "sections", "issues",
        ];
        assert_holds(report, &fields);
        let range = &report["ranges"][0];
        assert!(range[0].as_u64() >= Some(1) && range[0].as_u64() <= range[1].as_u64());
        for section in report["sections"].as_array().unwrap() {
            assert_holds(section, &["line", "level", "text", "run_in"]);
        }
    }
    assert!(reports.iter().any(|report| !report["sections"].as_array().unwrap().is_empty()));
}

#[test]
fn list_reads_a_folder() {
    let folder = folder();
    let reports = objects(&run(&["list", "--json", text(folder.path())]));
    assert_eq!(reports.len(), 1, "{reports:?}");
    let report = &reports[0];
    assert_eq!(report["file"], text(&folder.path().join("云梦泽.txt")));
    assert_eq!(report["title"], "云梦泽市人民代表大会常务委员会工作报告");
    assert_eq!(report["body"], "人大常委会");
    assert_eq!(report["encoding"], "UTF-8");
    let headings: Vec<_> = report["sections"].as_array().unwrap().iter().map(|s| s["text"].as_str().unwrap()).collect();
    assert!(headings.contains(&"一、过去一年的主要工作"), "{headings:?}");
}

#[test]
fn tables_and_csv_have_one_row_per_report_and_a_heading() {
    let folder = folder();
    let path = text(folder.path());
    assert_eq!(stdout(&run(&["list", path])).lines().count(), 2);
    let csv = stdout(&run(&["list", "--csv", path]));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().next(), Some("file"));
    assert_eq!(reader.records().map(Result::unwrap).count(), 1);
    assert!(stdout(&run(&["--lang", "en", "list", path])).starts_with("place"));
}

#[test]
fn cities_are_found_by_name() {
    let output = run(&["cities", "--json", "乌有"]);
    assert_eq!(code(&output), 0);
    let found = objects(&output);
    assert_holds(&found[0], &["place", "province", "pinyin", "reports", "score", "marks"]);
    assert_eq!(found[0]["place"], "乌有市");
    assert_eq!(found[0]["marks"], serde_json::json!([0, 1]));
    assert_eq!(code(&run(&["cities", "没有这样的地方"])), 1);
}

#[test]
fn search_gives_every_hit_with_its_place_and_context() {
    let folder = folder();
    let output = run(&["search", "稻渔共生", "--json", text(folder.path())]);
    assert_eq!(code(&output), 0);
    let hits = objects(&output);
    let places: Vec<_> = hits.iter().map(|h| (h["line"].as_u64().unwrap(), h["column"].as_u64().unwrap())).collect();
    assert_eq!(places, [(6, 11), (6, 34), (12, 5)]);
    let fields = ["file", "line", "column", "place", "body", "years", "title", "section", "left", "hit", "right"];
    assert_holds(&hits[0], &fields);
    assert_eq!(hits[0]["hit"], "稻渔共生");
    assert_eq!(hits[0]["left"], "过去一年，常委会围绕");
    assert!(hits[0]["right"].as_str().unwrap().starts_with("听取专项报告三次"));
    assert_eq!(hits[0]["section"][0], "一、过去一年的主要工作");
}

#[test]
fn queries_have_conditions_filters_and_modes() {
    let all = objects(&run(&["search", "代表", "--json"])).len();
    let narrow: [&[&str]; 6] = [
        &["search", "代表 监督", "--json"],
        &["search", "代表", "--json", "--body", "人大"],
        &["search", "代表 part:打算", "--json"],
        &["search", "代表", "--json", "--part", "plan"],
        &["search", "代表 -city:乌有市", "--json"],
        &["search", "代表", "--json", "--year", "2022-2023", "--max", "3"],
    ];
    for arguments in narrow {
        let hits = objects(&run(arguments));
        assert!(!hits.is_empty() && hits.len() < all, "{arguments:?}: {}", hits.len());
        assert!(hits.iter().all(|hit| hit["hit"] == "代表"), "{arguments:?}");
    }
    for arguments in [
        &["search", "py:daibiao", "--json"][..],
        &["search", "-p", "代biao", "--json"],
        &["search", "-r", "代.", "--json"],
    ] {
        let hits = objects(&run(arguments));
        assert!(hits.len() >= all, "{arguments:?}");
    }
    let longest = objects(&run(&["search", "代表", "--json", "-C", "4"]));
    assert!(longest.iter().all(|hit| hit["left"].as_str().unwrap().chars().count() <= 4));
    let sorted = objects(&run(&["search", "代表", "--json", "--sort", "right"]));
    assert_eq!(sorted.len(), all);
    // Who says it and who does not are all there are.
    let query = "驻点";
    let silent = objects(&run(&["search", query, "--without", "--json"]));
    let says = objects(&run(&["search", query, "--json"]));
    let places = objects(&run(&["list", "--json"]));
    let names = |of: &[serde_json::Value]| -> std::collections::BTreeSet<String> {
        of.iter().map(|o| o["place"].as_str().unwrap().to_owned()).collect()
    };
    let mut both = names(&silent);
    both.extend(names(&says));
    assert_eq!(both, names(&places));
    assert!(names(&silent).is_disjoint(&names(&says)));
}

#[test]
fn a_query_that_cannot_be_read_says_where() {
    let output = run(&["search", "乡村 \"振兴"]);
    assert_eq!(code(&output), 2);
    let said = stderr(&output);
    assert!(said.contains("引号没有配对\n  乡村 \"振兴\n       ^^^^^"), "{said}");
    let output = run(&["search", "乡村", "--body", "公司", "--lang", "en"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("valid: 人大常委会"), "{}", stderr(&output));
}

#[test]
fn counts_agree_with_the_hits_and_name_reports_without_any() {
    let query = "代表";
    let hits = objects(&run(&["search", query, "--json"])).len();
    let counts = objects(&run(&["search", query, "--count", "--json"]));
    assert_holds(&counts[0], &["place", "title", "file", "hits", "han", "rate"]);
    assert_eq!(counts.iter().map(|c| c["hits"].as_u64().unwrap()).sum::<u64>(), hits as u64);
    assert_eq!(counts.len(), objects(&run(&["list", "--json"])).len());
    for count in &counts {
        let rate = count["hits"].as_f64().unwrap() * 10_000.0 / count["han"].as_f64().unwrap();
        assert!((count["rate"].as_f64().unwrap() - rate).abs() < 1e-9);
    }
    let none = run(&["search", "此语不见于任何报告", "--count"]);
    assert_eq!(code(&none), 1);
}

#[test]
fn keywords_give_figures_that_can_be_checked() {
    let terms = objects(&run(&["keywords", "--json", "--place", "乌有市"]));
    assert_holds(&terms[0], &["term", "count", "rate", "g2", "log_ratio", "reports", "dp"]);
    assert!(terms[0]["g2"].as_f64() > Some(0.0));
    let table = run(&["keywords", "--max", "5"]);
    assert_eq!(code(&table), 0);
    assert_eq!(stdout(&table).lines().count(), 6);
    assert_eq!(code(&run(&["keywords", "--place", "没有这样的地方"])), 1);
    // Three reports of one place with this in their title: all of them.
    let both = run(&["keywords", "--place", "乌有市", "--title", "报告"]);
    assert_eq!(code(&both), 0);
    assert!(stderr(&both).contains("乌有市 > 标题:报告（3 篇"), "{}", stderr(&both));
}

#[test]
fn keywords_of_a_report_and_a_section_follow_the_users_words() {
    let folder = folder();
    let path = text(folder.path());
    let config = folder.path().join("c.toml");
    fs::write(&config, "[terms]\nuser_words = [\"稻渔共生\"]\nstop_words = [\"代表\"]\n").unwrap();
    let count = |arguments: &[&str], term: &str| {
        let terms = objects(&run(&[&["keywords", "--json", "--config", text(&config)], arguments, &[path]].concat()));
        terms.iter().find(|t| t["term"] == term).and_then(|t| t["count"].as_u64())
    };
    assert_eq!(count(&["--title", "工作报告"], "稻渔共生"), Some(3));
    assert_eq!(count(&["--section", "今后一年"], "稻渔共生"), Some(1));
    assert_eq!(count(&[], "代表"), None);
}

#[test]
fn show_prints_text_and_sections() {
    let folder = folder();
    let path = text(folder.path());
    let whole = stdout(&run(&["show", "云梦泽", path]));
    assert!(whole.starts_with("云梦泽市人民代表大会常务委员会工作报告\n"));
    assert!(whole.contains("\n\n一、过去一年的主要工作\n　　过去一年，常委会"));
    let part = stdout(&run(&["show", "云梦泽", "--section", "今后一年", path]));
    assert!(part.contains("继续办好") && !part.contains("代表联络站"), "{part}");
    assert_eq!(code(&run(&["show", "云梦泽", "--section", "无此章节", path])), 1);
    assert_eq!(code(&run(&["show", "没有这样的地方", path])), 1);
    let lines = objects(&run(&["show", "云梦泽", "--json", path]));
    assert_eq!(lines.len(), REPORT.lines().count());
}

#[test]
fn check_lists_issues_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), REPORT.replace("二十个", "二十\u{fffd}个")).unwrap();
    fs::write(folder.path().join("b.txt"), "").unwrap();
    let output = run(&["check", text(folder.path())]);
    assert_eq!(code(&output), 0);
    let out = stdout(&output);
    assert!(out.contains("a.txt:10: "), "{out}");
    assert!(out.contains("b.txt: "), "{out}");
    let issues = objects(&run(&["check", "--json", text(folder.path())]));
    assert_eq!(issues.len(), out.lines().count());
    assert_holds(&issues[0], &["file", "line", "code", "message"]);
}

#[test]
fn a_missing_path_is_named_and_the_rest_is_read() {
    let folder = folder();
    for command in ["list", "check"] {
        let output = run(&[command, "/no/such/folder"]);
        assert_eq!(code(&output), 2, "{command}");
        assert!((stderr(&output) + &stdout(&output)).contains("/no/such/folder: 没有这个文件"), "{command}");
    }
    let output = run(&["list", "/no/such/folder", text(folder.path())]);
    assert_eq!(code(&output), 0);
    assert!(stderr(&output).contains("/no/such/folder"));
    assert_eq!(stdout(&output).lines().count(), 2);
    let output = run(&["/no/such/folder"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("/no/such/folder"));
}

#[test]
fn a_folder_without_reports_is_nothing_found() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&["list", "--json", text(folder.path())]);
    assert_eq!(code(&output), 1);
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    fs::write(folder.path().join("a.pdf"), "%PDF").unwrap();
    let output = run(&["list", text(folder.path())]);
    assert_eq!(code(&output), 1);
    assert!(output.stdout.is_empty() && stderr(&output).contains("a.pdf"));
}

#[test]
fn no_escape_code_reaches_the_output() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = REPORT.replace("稻渔共生", "稻渔\u{1b}[31m共生\u{9b}2J\u{202e}\u{7}");
    fs::write(folder.path().join("坏\u{1b}[2J.txt"), hostile.replace("一、过去", "一、\u{1b}]0;x\u{7}过去")).unwrap();
    let path = text(folder.path());
    let commands: [&[&str]; 9] = [
        &["list"],
        &["list", "--json"],
        &["list", "--csv"],
        &["show", "云梦泽"],
        &["show", "云梦泽", "--json"],
        &["search", "共生"],
        &["search", "共生", "--json"],
        &["search", "共生", "--csv"],
        &["check"],
    ];
    for arguments in commands {
        let output = run(&[arguments, &[path]].concat());
        assert_eq!(code(&output), 0, "{arguments:?}");
        for stream in [stdout(&output), stderr(&output)] {
            let obeyed = stream.chars().find(|&c| c != '\n' && (c.is_control() || c == '\u{202e}'));
            assert_eq!(obeyed, None, "{arguments:?}: {stream}");
        }
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = program(&["search", "的", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Nobody reads: the pipe closes before the first result is written.
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert!(!said.contains("panic") && !said.contains("Broken pipe"), "{said}");
}

#[test]
fn a_bad_config_stops_every_command_that_needs_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.toml");
    fs::write(&file, "[view]\ntheme = \"drak\"\n").unwrap();
    let file = text(&file);
    for arguments in [&["list"][..], &["config", "check"], &[]] {
        let output = run(&[&["--config", file], arguments].concat());
        assert_eq!(code(&output), 2, "{arguments:?}");
        let said = stderr(&output);
        assert!(said.contains("c.toml:2:9: view.theme 的值 \"drak\" 不对"), "{said}");
        assert!(said.contains("        ^^^^^^ 可用：auto, dark"), "{said}");
    }
    // What helps to mend it works all the same.
    for arguments in [&["config", "default"][..], &["config", "path"], &["completions", "zsh"], &["man"], &["--help"]] {
        assert_eq!(code(&run(&[&["--config", file], arguments].concat())), 0, "{arguments:?}");
    }
    let output = run(&["--lang", "en", "--config", "/no/such.toml", "list"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("/no/such.toml: there is no such config file"));
}

#[test]
fn the_config_file_says_what_is_read_and_in_which_language() {
    let folder = folder();
    let file = folder.path().join("c.toml");
    fs::write(&file, "language = \"en\"\n[corpus]\npaths = [\"云梦泽.txt\"]\n").unwrap();
    let output = program(&["list"]).env("YILAN_CONFIG", &file).output().unwrap();
    assert_eq!(stdout(&output).lines().count(), 2);
    assert!(stdout(&output).starts_with("place"), "{}", stdout(&output));
    let output = program(&["config", "path"]).env("YILAN_CONFIG", &file).output().unwrap();
    assert_eq!(stdout(&output).trim_end(), text(&file));
}

#[test]
fn the_default_config_can_be_saved_and_used() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.toml");
    fs::write(&file, run(&["config", "default"]).stdout).unwrap();
    let output = run(&["config", "check", "--config", text(&file)]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

#[test]
fn usage_errors_and_help() {
    for arguments in
        [&["list", "--json", "--csv"][..], &["search"], &["search", " "], &["--lang", "fr"], &["--nonsense"]]
    {
        assert_eq!(code(&run(arguments)), 2, "{arguments:?}");
    }
    let help = run(&["--help"]);
    assert_eq!(code(&help), 0);
    assert!(stdout(&help).contains("例：") && stdout(&help).contains("用法：yilan"));
    assert!(stdout(&run(&["--help", "--lang", "en"])).contains("Examples:"));
    assert!(stderr(&run(&["list", "--json", "--csv"])).starts_with("错误：--json 不能与 --csv 同用"));
    let sections =
        |text: &str| text.lines().filter_map(|line| line.strip_prefix(".SH ")).map(str::to_owned).collect::<Vec<_>>();
    let page = stdout(&run(&["man", "--lang", "en"]));
    assert!(page.contains(".TH yilan"));
    for name in ["NAME", "SYNOPSIS", "FILES", "ENVIRONMENT", "KEYS", "\"EXIT STATUS\""] {
        assert!(sections(&page).iter().any(|section| section == name), "{name}: {:?}", sections(&page));
    }
    let page = stdout(&run(&["man"]));
    for name in ["名称", "提要", "文件", "环境变量", "按键", "退出状态"] {
        assert!(sections(&page).iter().any(|section| section == name), "{name}: {:?}", sections(&page));
    }
    assert!(sections(&page).iter().all(|section| !section.is_ascii()), "{:?}", sections(&page));
    assert!(stdout(&run(&["man", "search"])).contains(".TH yilan-search"));
    assert_eq!(code(&run(&["man", "serch"])), 2);
    let pages = tempfile::tempdir().unwrap();
    assert_eq!(code(&run(&["man", "--to", text(pages.path())])), 0);
    for name in ["yilan.1", "yilan-list.1", "yilan-trend.1", "yilan-config-check.1"] {
        assert!(pages.path().join(name).exists(), "{name}");
    }
    assert!(stdout(&run(&["completions", "bash"])).contains("complete -F _yilan"));
}

#[test]
fn a_mistyped_command_is_suggested_and_an_empty_folder_is_said() {
    let output = run(&["serch", "灯塔"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("是不是 yilan search？"), "{}", stderr(&output));
    assert!(stderr(&run(&["--lang", "en", "keyword"])).contains("did you mean yilan keywords?"));
    let empty = tempfile::tempdir().unwrap();
    let output = run(&["list", text(empty.path())]);
    assert_ne!(code(&output), 0);
    assert!(stderr(&output).contains(text(empty.path())) && stdout(&output).is_empty(), "{}", stderr(&output));
}

#[test]
fn themes_of_ones_own_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.toml");
    let check = |written: &str| {
        fs::write(&file, written).unwrap();
        let output = run(&["--config", text(&file), "config", "check"]);
        (code(&output), stderr(&output))
    };
    assert_eq!(
        check("[view]\ntheme = \"mine\"\n[theme.mine]\ninherits = \"light\"\nhit = \"bold #000000 on #ffff00\"\n").0,
        0
    );
    for (written, want) in [
        ("[theme.mine]\nhitt = \"red\"\n", "c.toml:2:1: 没有设置项 hitt"),
        ("[theme.mine]\nhit = \"shiny\"\n", "c.toml:2:7: theme.mine.hit 的值 \"shiny\" 不对"),
        ("[theme.mine]\ninherits = \"drak\"\n", "c.toml:2:12: theme.mine.inherits 的值 \"drak\" 不对"),
        ("[theme.dark]\nhit = \"red\"\n", "theme.dark 的值 dark 不对"),
        ("[theme.a]\ninherits = \"b\"\n[theme.b]\ninherits = \"a\"\n", "c.toml:2:12: theme.a.inherits"),
        ("[view]\ncities_width = 300\n", "应为 0 到 200 的整数"),
    ] {
        let (code, said) = check(written);
        assert!(code == 2 && said.contains(want), "{written}: {said}");
    }
    fs::write(&file, "[theme.mine]\n").unwrap();
    let said = stderr(&run(&["--config", text(&file), "--theme", "mien", "list"]));
    assert!(said.contains("--theme 的值不能是 mien") && said.contains("mine"), "{said}");
}

#[test]
fn conditions_alone_list_paragraphs_and_count_them() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample");
    let output = run(&["search", "part:打算", "--json", sample]);
    let lines = stdout(&output).lines().count();
    assert!(code(&output) == 0 && lines > 10, "{lines}");
    assert!(stderr(&output).contains(&format!("{lines} 段")), "{}", stderr(&output));
    let counted = run(&["search", "part:打算 监督", "--json", sample]);
    assert!(stdout(&counted).lines().count() < lines && stderr(&counted).contains(" 处"), "{}", stderr(&counted));
    assert_eq!(code(&run(&["search", "-city:乌有市", sample])), 2);
}

#[test]
fn the_explorer_asks_for_a_terminal() {
    let output = run(&[]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("yilan list"));
}

/// Where nothing can be written nobody is told that all is well.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_no_success() {
    let commands: &[&[&str]] = &[
        &["list"],
        &["list", "--json"],
        &["search", "工作"],
        &["keywords"],
        &["man"],
        &["completions", "zsh"],
        &["config", "default"],
        &["doctor"],
        &["--help"],
        &["--version"],
    ];
    for arguments in commands {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = program(arguments).stdout(full).stderr(Stdio::piped()).output().unwrap();
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains("No space left"), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn dispersion_counts_a_term_that_a_cut_would_part() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        "乌有市政府工作报告\n各位代表：\n渠头的灯夜里亮了三回，船工都看得见。\n渠头的灯今年换了新的灯罩，亮得更远。\n";
    fs::write(folder.path().join("a.txt"), text).unwrap();
    let corpus = folder.path().to_str().unwrap();
    let counted = |rows: Vec<Value>| rows.iter().filter_map(|row| row["count"].as_u64()).sum::<u64>();
    let parts = counted(objects(&run(&["dispersion", "渠头的灯", "--no-cache", "--json", corpus])));
    let years = counted(objects(&run(&["trend", "渠头的灯", "--no-cache", "--json", corpus])));
    assert_eq!((parts, years), (2, 2));
}
