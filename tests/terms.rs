//! The commands about words, as a paper needs them: every figure computed a second time from what is printed, the same
//! bytes whatever the number of threads and whatever is cached, and every number opened.

#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Output;

use program::program;
use serde_json::Value;

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn objects(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn number(row: &Value, field: &str) -> f64 {
    row[field].as_f64().unwrap_or_else(|| panic!("{field} in {row}"))
}

fn near(got: f64, want: f64, what: &str) {
    assert!((got - want).abs() <= 1e-9 * want.abs().max(1.0), "{what}: {got} is not {want}");
}

/// 汉字 of every report of the sample, by title; titles of one place, all places.
struct Sample {
    han: BTreeMap<String, f64>,
    place: BTreeMap<String, String>,
}

fn sample() -> Sample {
    let mut sample = Sample { han: BTreeMap::new(), place: BTreeMap::new() };
    for report in objects(&run(&["list", "--json"])) {
        let title = format!("{} {}", report["file"], report["title"]);
        sample.han.insert(title.clone(), number(&report, "han"));
        sample.place.insert(title, report["place"].as_str().unwrap().to_owned());
    }
    sample
}

/// Occurrences of a word by report, opened one by one.
fn opened(term: &str) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    for hit in objects(&run(&["keywords", "--json", "--open", term])) {
        if hit["as"] == "word" {
            *counts.entry(format!("{} {}", hit["file"], hit["title"])).or_insert(0.0) += 1.0;
        }
    }
    counts
}

#[test]
fn the_figures_of_a_place_computed_a_second_time() {
    let sample = sample();
    let of_place = |title: &String| sample.place[title] == "乌有市";
    let n1: f64 = sample.han.iter().filter(|(title, _)| of_place(title)).map(|(_, han)| han).sum();
    let n2: f64 = sample.han.values().sum::<f64>() - n1;
    let rows = objects(&run(&["keywords", "--json", "--place", "乌有市", "--by", "keyness"]));
    let mut checked = 0;
    for row in rows.iter().step_by(rows.len() / 7) {
        let term = row["term"].as_str().unwrap();
        let counts = opened(term);
        let a: f64 = counts.iter().filter(|(title, _)| of_place(title)).map(|(_, count)| count).sum();
        let b = counts.values().sum::<f64>() - a;
        assert_eq!((number(row, "count"), number(row, "rest_count")), (a, b), "{term}");
        near(number(row, "rate"), a / n1 * 1e4, term);
        // G² as differences of x ln x, and the probability from the normal distribution's side: another way to both.
        let xlnx = |x: f64| if x > 0.0 { x * x.ln() } else { 0.0 };
        let g2 = 2.0 * (xlnx(a) + xlnx(b) - xlnx(a + b) - a * (n1 / (n1 + n2)).ln() - b * (n2 / (n1 + n2)).ln());
        let sign = if a / n1 >= b / n2 { 1.0 } else { -1.0 };
        assert!((number(row, "g2") - sign * g2).abs() < 1e-6, "{term}: {row} {g2}");
        near(number(row, "bayes"), number(row, "g2").abs() - (n1 + n2).ln(), term);
        let half = |x: f64| if x == 0.0 { 0.5 } else { x };
        near(number(row, "log_ratio"), (half(a) * n2 / half(b) / n1).log2(), term);
        let df = counts.len() as f64;
        assert_eq!(number(row, "reports"), df, "{term}");
        near(number(row, "tf_idf"), a * (sample.han.len() as f64 / df).ln(), term);
        let places: BTreeSet<&String> = counts.keys().map(|title| &sample.place[title]).collect();
        assert_eq!(number(row, "places"), places.len() as f64, "{term}");
        checked += 1;
    }
    assert!(checked >= 7);
    // The false-discovery rate once more, in the plain step-up form, over the rows that are printed: those that are not
    // have larger probabilities, so only the number of tests is taken from the settings of the table.
    let mut by_p: Vec<&Value> = rows.iter().collect();
    by_p.sort_by(|a, b| number(a, "p").total_cmp(&number(b, "p")));
    assert!(by_p.windows(2).all(|pair| number(pair[0], "fdr") <= number(pair[1], "fdr")));
    // Findings stand first, each part by G².
    let findings = rows.iter().take_while(|row| row["finding"] == true).count();
    assert!(findings > 0 && rows[findings..].iter().all(|row| row["finding"] == false));
    for part in [&rows[..findings], &rows[findings..]] {
        assert!(part.windows(2).all(|pair| number(&pair[0], "g2") >= number(&pair[1], "g2")));
    }
    for row in &rows[..findings] {
        assert!(number(row, "count") >= 3.0 && number(row, "fdr") < 0.05, "{row}");
    }
}

#[test]
fn dispersion_over_reports_computed_a_second_time() {
    let sample = sample();
    let all: f64 = sample.han.values().sum();
    let rows = objects(&run(&["keywords", "--json"]));
    for row in rows.iter().take(200).step_by(47) {
        let term = row["term"].as_str().unwrap();
        let counts = opened(term);
        let f: f64 = counts.values().sum();
        let count = |title: &String| counts.get(title).copied().unwrap_or(0.0);
        let dp: f64 = sample.han.iter().map(|(title, han)| (count(title) / f - han / all).abs()).sum::<f64>() / 2.0;
        let smallest = sample.han.values().copied().fold(f64::INFINITY, f64::min) / all;
        near(number(row, "dp"), dp / (1.0 - smallest), term);
        let rates: Vec<f64> = sample.han.iter().map(|(title, han)| count(title) / han).collect();
        let n = rates.len() as f64;
        let mean = rates.iter().sum::<f64>() / n;
        let deviation = (rates.iter().map(|r| (r - mean) * (r - mean)).sum::<f64>() / n).sqrt();
        near(number(row, "juilland"), 1.0 - deviation / mean / (n - 1.0).sqrt(), term);
    }
}

#[test]
fn bytes_do_not_depend_on_threads_or_cache() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, reports) = (folder.path().join("cache"), folder.path().join("reports"));
    fs::create_dir(&reports).unwrap();
    for i in 0..9 {
        let words = ["梯田旅游", "茶叶养老", "稻渔共生"][i % 3].repeat(i + 3);
        let text = format!(
            "云梦泽市第{i}次工作报告\n各位代表：\n一、回顾\n{words}，推进乡村振兴。\n二、打算\n发展养老服务。\n"
        );
        fs::write(reports.join(format!("{i}.txt")), text).unwrap();
    }
    let path = reports.to_str().unwrap();
    let commands: [&[&str]; 6] = [
        &["keywords", "--json", path],
        &["keywords", "--csv", "--matching", "茶叶", path],
        &["collocates", "养老", "--json", path],
        &["ngrams", "--json", path],
        &["groups", "--csv", path],
        &["trend", "养老,茶叶", "--json", "--strings", path],
    ];
    for arguments in commands {
        let with = |threads: &str, folder: &Path| {
            let output =
                program(arguments).env("RAYON_NUM_THREADS", threads).env("YILAN_CACHE_DIR", folder).output().unwrap();
            (text(&output.stdout), text(&output.stderr), output.status.code())
        };
        let one = with("1", &cache);
        assert!(one.0.lines().count() > 1 && one.2 == Some(0), "{arguments:?}: {}", one.1);
        assert_eq!(one, with("4", &cache), "{arguments:?}");
        assert_eq!(one, with("3", &folder.path().join("another")), "{arguments:?}");
    }
    // Nor on the order of the files.
    let texts = [
        ("乌有市", "养老服务进社区，梯田开犁，旅游升温。修渠三条，老人有饭吃。"),
        ("南柯区", "茶园采茶，养老院开门，盐场晒盐。渡口点灯，渔船归港，渔民安心。"),
        ("槐安县", "稻渔共生，山路通车，学校开学。医院扩建，养老有靠，村民满意。"),
    ];
    for (n, (name, own)) in texts.into_iter().enumerate() {
        let text = format!(
            "{name}人民代表大会常务委员会工作报告\n各位代表：\n一、回顾\n{}\n二、打算\n{own}\n",
            own.repeat(n + 2)
        );
        fs::write(folder.path().join(format!("{n}.txt")), text).unwrap();
    }
    let file = |n: usize| folder.path().join(format!("{n}.txt")).to_string_lossy().into_owned();
    for command in [
        &["keywords", "--json"][..],
        &["keywords", "--csv", "--place", "南柯区"],
        &["trend", "养老", "--by", "place", "--json"],
    ] {
        let with = |order: [usize; 3]| {
            let files: Vec<String> = order.map(file).into();
            let arguments: Vec<&str> = command.iter().copied().chain(files.iter().map(String::as_str)).collect();
            text(&run(&arguments).stdout)
        };
        let one = with([0, 1, 2]);
        assert!(one.lines().count() > 2, "{command:?}");
        for order in [[2, 1, 0], [1, 2, 0], [0, 2, 1]] {
            assert_eq!(one, with(order), "{command:?} {order:?}");
        }
    }
    // A damaged file is named and replaced; the figures stay.
    let (good, quiet) = (run(commands[0]).stdout, run(commands[0]).stderr);
    let mut files = fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("terms-")).unwrap();
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 7]).unwrap();
    let again = || program(commands[0]).env("YILAN_CACHE_DIR", &cache).output().unwrap();
    let output = again();
    assert!(text(&output.stderr).contains(file.to_str().unwrap()), "{}", text(&output.stderr));
    let mut files = fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().path());
    let mended = files.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("terms-")).unwrap();
    assert_eq!((output.stdout, fs::read(mended).unwrap()), (good.clone(), bytes));
    let output = again();
    assert_eq!((output.stdout, output.stderr), (good.clone(), quiet));
    // A cache that cannot be used is no failure.
    let output = program(commands[0]).env("YILAN_CACHE_DIR", file.join("x")).output().unwrap();
    assert_eq!((output.stdout, output.status.code()), (good, Some(0)));
}

#[test]
fn settings_are_said_and_can_be_printed_first() {
    let output =
        run(&["keywords", "--json", "--settings-first", "--place", "乌有市", "--against", "body", "--keep-filler"]);
    let first = &objects(&output)[0]["settings"];
    assert_eq!(
        (&first["scope"], &first["reference"], &first["counts"]),
        (&"乌有市".into(), &"同机构".into(), &"words".into())
    );
    assert!(first["reports"].as_u64() >= Some(2) && first["reference_han"].as_u64() > Some(0), "{first}");
    assert!(
        first["stops"].as_str().unwrap().starts_with("function ")
            && !first["stops"].as_str().unwrap().contains("filler")
    );
    let said = text(&output.stderr);
    assert!(said.lines().any(|line| line.contains("范围 乌有市") && line.contains("词库")), "{said}");
    let csv = text(&run(&["trend", "发展", "--csv", "--settings-first"]).stdout);
    assert!(
        csv.starts_with("# {\"scope\":")
            && csv.lines().nth(1)
                == Some("term,year,place,count,rate,reports,all_reports,han,median,rate_low,rate_high,in_median")
    );
}

#[test]
fn csv_and_json_carry_the_same_digits() {
    // As text: a parser might lose the last digit.
    let json = text(&run(&["keywords", "--json", "--max", "40"]).stdout);
    let csv = text(&run(&["keywords", "--csv", "--max", "40"]).stdout);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns = reader.headers().unwrap().clone();
    for (row, object) in reader.records().map(Result::unwrap).zip(json.lines()) {
        for (cell, column) in row.iter().zip(&columns) {
            let field = match cell {
                "" => format!("\"{column}\":null"),
                text if column == "term" || column == "driver" => format!("\"{column}\":\"{text}\""),
                number => format!("\"{column}\":{number}"),
            };
            assert!(object.contains(&field), "{field} in {object}");
        }
    }
}

#[test]
fn numbers_of_every_command_open() {
    let collocate = &objects(&run(&["collocates", "代表", "--json"]))[0];
    let word = collocate["term"].as_str().unwrap();
    let hits = objects(&run(&["collocates", "代表", "--open", word, "--json"]));
    assert_eq!(hits.len() as u64, collocate["together"].as_u64().unwrap());
    let group = &objects(&run(&["groups", "--json"]))[0];
    let (place, name) = (group["place"].as_str().unwrap(), group["group"].as_str().unwrap());
    let hits = objects(&run(&["groups", "--json", "--place", place, "--open", name]));
    assert_eq!(hits.len() as u64, group["count"].as_u64().unwrap());
    let trend = objects(&run(&["trend", "发展", "--json"]));
    let all: u64 = trend.iter().map(|point| point["count"].as_u64().unwrap()).sum();
    let words = objects(&run(&["keywords", "--open", "发展", "--json"]));
    assert_eq!(words.iter().filter(|hit| hit["as"] == "word").count() as u64, all);
    let strings: u64 =
        objects(&run(&["trend", "发展", "--json", "--strings"])).iter().map(|p| p["count"].as_u64().unwrap()).sum();
    assert_eq!(words.len() as u64, strings);
    assert!(strings > all, "发展 stands inside longer words too");
}

#[test]
fn groups_and_stop_words_come_from_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("filler.txt"), "发展\n").unwrap();
    fs::write(folder.path().join("words.txt"), "乡村道路\n!稻渔共生\n").unwrap();
    let config = folder.path().join("c.toml");
    let lines = [
        "[terms]",
        "filler_words_file = \"filler.txt\"",
        "user_words_file = \"words.txt\"",
        "[groups]",
        "\"甲\" = [\"乡村\", \"道路\"]",
        "\"乙\" = [\"乡村道路\"]",
    ];
    fs::write(&config, lines.join("\n")).unwrap();
    fs::write(folder.path().join("r.txt"), "云梦泽市工作报告\n各位代表：\n发展乡村道路，推进道路养护。\n").unwrap();
    let (config, report) = (config.to_str().unwrap().to_owned(), folder.path().join("r.txt"));
    let report = report.to_str().unwrap();
    let terms = objects(&run(&["keywords", "--json", "--config", &config, report]));
    let has = |term: &str| terms.iter().any(|row| row["term"] == term);
    assert!(has("推进") && has("乡村道路") && !has("发展"), "{terms:?}");
    let groups = objects(&run(&["groups", "--json", "--config", &config, report]));
    let seen: Vec<_> =
        groups.iter().map(|g| (g["group"].as_str().unwrap(), g["count"].as_u64(), g["shared"].as_u64())).collect();
    assert_eq!(seen, [("乙", Some(1), Some(1)), ("甲", Some(3), Some(2))]);
    assert_eq!(groups[0]["shared_with"], serde_json::json!({"甲": 1}));
    assert_eq!(run(&["groups", "--open", "丙", "--config", &config, report]).status.code(), Some(1));
    fs::remove_file(folder.path().join("filler.txt")).unwrap();
    let output = run(&["keywords", "--config", &config, report]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("c.toml:2:"), "{}", text(&output.stderr));
}

#[test]
fn the_sample_gives_the_same_bytes_with_one_thread_and_with_four() {
    let with = |threads: &str| {
        let output = program(&["keywords", "--json", "--settings-first"]).env("RAYON_NUM_THREADS", threads).output();
        let output = output.unwrap();
        (text(&output.stdout), text(&output.stderr), output.status.code())
    };
    let (one, four) = (with("1"), with("4"));
    assert!(one.0.lines().count() > 100 && one.2 == Some(0), "{}", one.1);
    assert_eq!(one, four);
}

#[test]
fn the_word_file_beside_the_config_counts_unless_another_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("c.toml");
    fs::write(&config, "").unwrap();
    fs::write(folder.path().join("words.txt"), "# 我的\n稻渔共生\n").unwrap();
    fs::write(folder.path().join("r.txt"), "云梦泽市工作报告\n各位代表：\n推广稻渔共生，稻渔共生。\n").unwrap();
    let (path, report) = (config.to_str().unwrap().to_owned(), folder.path().join("r.txt"));
    let report = report.to_str().unwrap();
    let count = || {
        let rows = objects(&run(&["keywords", "--json", "--config", &path, report]));
        rows.iter().find(|row| row["term"] == "稻渔共生").map(|row| row["count"].clone())
    };
    assert_eq!(count(), Some(2.into()));
    fs::write(folder.path().join("other.txt"), "").unwrap();
    fs::write(&config, "[terms]\nuser_words_file = \"other.txt\"\n").unwrap();
    assert_eq!(count(), None);
    // A file that cannot be read is no file without words.
    fs::write(&config, "").unwrap();
    fs::write(folder.path().join("words.txt"), b"\xff\xfe\xff").unwrap();
    let output = run(&["keywords", "--config", &path, report]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("words.txt"), "{}", text(&output.stderr));
}
