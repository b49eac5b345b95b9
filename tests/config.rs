//! The config file as a user meets it: defaults, messages with a caret, the annotated example.

use std::fs;
use std::path::{Path, PathBuf};

use yilan::testing::command::Action;
use yilan::testing::config::{Config, ConfigError, EXAMPLE, Language, Problem, ThemeName, example};
use yilan::testing::text::Lang;

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(text, Path::new("config.toml"))
}

fn message(text: &str, lang: Lang) -> String {
    parse(text).expect_err("a bad config").message(lang)
}

/// The example with every setting switched on: a `#` without a blank after it hides one.
fn uncommented() -> String {
    let lines = EXAMPLE.lines().filter_map(|line| line.strip_prefix('#')).filter(|line| !line.starts_with(' '));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn an_empty_file_is_the_defaults() {
    let config = parse("").unwrap();
    assert_eq!(config, Config::default());
    assert_eq!(config.view.text_width, 76);
    assert!(config.view.mouse);
}

#[test]
fn the_example_as_it_stands_and_uncommented_is_the_defaults() {
    assert_eq!(parse(EXAMPLE).unwrap(), Config::default());
    let text = uncommented();
    assert_eq!(parse(&text).unwrap_or_else(|e| panic!("{e}\n{text}")), Config::default());
}

#[test]
fn the_example_names_every_setting() {
    let present: toml::Table = uncommented().parse().unwrap();
    let valid = |text: &str| match parse(text).unwrap_err().problem {
        Problem::UnknownKey { valid, .. } => valid,
        other => panic!("{other:?}"),
    };
    for key in valid("no-such-key = 1") {
        // Themes are the user's own; what can be set of one is named in its comment.
        if key == "theme" {
            continue;
        }
        assert!(present.contains_key(&key), "{key} is missing");
        // The keys of [keys] are actions; they have a test of their own. Those of [groups] are the user's.
        if present[&key].is_table() && key != "keys" && key != "groups" {
            for inner in valid(&format!("[{key}]\nno-such-key = 1")) {
                assert!(present[&key].get(&inner).is_some(), "{key}.{inner} is missing");
            }
        }
    }
}

#[test]
fn the_example_names_every_action_with_its_keys() {
    assert!(EXAMPLE == example(), "renew it: yilan config default > config.example.toml");
    let present: toml::Table = uncommented().parse().unwrap();
    assert_eq!(present["keys"].as_table().unwrap().len(), Action::ALL.len());
}

#[test]
fn keys_are_read_one_or_many_and_none() {
    let config = parse("[keys]\nquit = \"Q\"\nhelp = []\nsearch = [\"ctrl-s\", \"/\"]\nup = [\"k\", \"up\"]").unwrap();
    // What repeats the defaults is no change.
    assert_eq!(config.keys.keys().collect::<Vec<_>>(), ["help", "quit", "search"]);
    let map = config.keymap().unwrap();
    assert_eq!(map.keys(Action::Search).len(), 2);
    assert!(map.keys(Action::Help).is_empty());
}

#[test]
fn a_bad_key_is_shown_where_it_stands() {
    let cases = [
        ("[keys]\nquit = \"entre\"", "2:8: \"entre\" is not a key", "esc, space"),
        ("[keys]\nquit = [\"q\", \"ctl-q\"]", "2:14: \"ctl-q\" is not a key", "ctrl-p"),
        ("[keys]\nqiut = \"q\"", "2:1: there is no action qiut", "did you mean quit?"),
        ("keys.quit = \"?\"", "1:13: the key ? already belongs to help", "help = []"),
        (
            "[keys]\nquit = \"ctrl-y\"\nhelp = [\"f1\", \"ctrl-y\"]",
            "2:8: the key ctrl-y already belongs to help",
            "free it",
        ),
    ];
    for (text, place, note) in cases {
        let message = message(text, Lang::En);
        assert!(message.starts_with(&format!("config.toml:{place}")), "{text}\n{message}");
        assert!(message.contains(note), "{text}\n{message}");
    }
}

#[test]
fn values_are_read() {
    let config = parse(
        "language = \"en\"\n[corpus]\npaths = [\"a\"]\n[view]\ntheme = \"16\"\ntext_width = 0x30\nmouse = false\n\
         [terms]\nuser_words = [\"稻香渠\"]\nstop_words_file = \"停用.txt\"\n",
    )
    .unwrap();
    assert_eq!(config.language, Language::En);
    assert_eq!(config.corpus.paths, [PathBuf::from("a")]);
    assert_eq!(config.view.theme, ThemeName::Ansi16);
    assert_eq!(config.view.text_width, 48);
    assert!(!config.view.mouse);
    assert_eq!(config.terms.user_words, ["稻香渠"]);
    assert_eq!(config.terms.stop_words_file.as_deref(), Some(Path::new("停用.txt")));
}

#[test]
fn a_wrong_word_is_shown_with_a_caret_and_the_valid_words() {
    let text = "# 设置\n\n[view]\n\n\n\ntheme = \"drak\"\n";
    let excerpt = "   7 | theme = \"drak\"\n     |         ^^^^^^";
    assert_eq!(
        message(text, Lang::Zh),
        format!(
            "config.toml:7:9: view.theme 的值 \"drak\" 不对\n{excerpt} 可用：auto, dark, light, 16, mono（是不是 dark？）"
        )
    );
    assert_eq!(
        message(text, Lang::En),
        format!(
            "config.toml:7:9: view.theme cannot be \"drak\"\n{excerpt} valid: auto, dark, light, 16, mono (did you mean dark?)"
        )
    );
}

#[test]
fn every_kind_of_problem_says_where_and_what_would_be_right() {
    let cases = [
        (
            "colour = 1",
            "1:1: there is no setting colour",
            "valid: language, secure, corpus, view, theme, copy, terms, groups, keys",
        ),
        ("[view]\nthme = \"dark\"", "2:1: there is no setting thme", "(did you mean theme?)"),
        ("[veiw]", "1:2: there is no setting veiw", "(did you mean view?)"),
        ("language = 5", "1:12: language cannot be 5", "wanted: one of `auto`, `zh`, `en`"),
        ("language = \"de\"", "1:12: language cannot be \"de\"", "valid: auto, zh, en"),
        ("[view]\ntext_width = 300", "2:14: view.text_width cannot be 300", "wanted: a whole number from 40 to 200"),
        ("view.text_width = -1", "1:19: view.text_width cannot be -1", "from 40 to 200"),
        (
            "[view]\ntext_width = 99999999999999999999",
            "2:14: view.text_width cannot be 99999999999999999999",
            "40 to 200",
        ),
        ("[view]\ntext_width = 76.5", "2:14: view.text_width cannot be 76.5", "a whole number"),
        ("[view]\nmouse = \"yes\"", "2:9: view.mouse cannot be \"yes\"", "wanted: true or false"),
        ("view = 3", "1:8: view cannot be 3", "wanted: a table"),
        ("[corpus]\npaths = \"x\"", "2:9: corpus.paths cannot be \"x\"", "wanted: a list"),
        ("[corpus]\npaths = [\"x\", 2]", "2:15: corpus.paths cannot be 2", "wanted: a path"),
        ("[keys]\nquit = 7", "2:8: keys.quit cannot be 7", "wanted: a key or a list of keys"),
        ("[view", "1:", "not valid TOML"),
        ("a = \"x", "1:", "not valid TOML"),
        ("[view]\nmouse = true\nmouse = true", "3:1: not valid TOML", "duplicate key"),
        ("theme = = 1", "1:", "not valid TOML"),
        ("theme = {dark = 1", "1:", "not valid TOML"),
        ("[view]\ntheme = {dark = 1}", "2:9: view.theme cannot be {dark = 1}", "wanted: one of"),
    ];
    for (text, place, note) in cases {
        let message = message(text, Lang::En);
        assert!(message.starts_with(&format!("config.toml:{place}")), "{text}\n{message}");
        assert!(message.contains(note), "{text}\n{message}");
        assert!(message.lines().nth(2).is_some_and(|line| line.contains('^')), "{text}\n{message}");
        assert_eq!(message.lines().count(), 3, "{text}\n{message}");
    }
}

#[test]
fn paths_in_a_file_start_at_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.toml");
    fs::write(&file, "[corpus]\npaths = [\"reports\", \"/else\"]\n[terms]\nuser_words_file = \"词.txt\"\n").unwrap();
    let error = Config::load(&file).unwrap_err();
    assert!(matches!(error.problem, Problem::NoWordFile { .. }));
    assert!(error.message(Lang::En).contains("c.toml:4:19: the word file "), "{error}");
    fs::write(folder.path().join("词.txt"), "# 自己的词\n稻渔共生\n\n 联络站 \n").unwrap();
    let config = Config::load(&file).unwrap();
    assert_eq!(config.terms.user_words, ["稻渔共生", "联络站"]);
    assert_eq!(config.corpus.paths, [folder.path().join("reports"), PathBuf::from("/else")]);
    assert_eq!(config.terms.user_words_file, Some(folder.path().join("词.txt")));
}

#[test]
fn a_file_that_cannot_be_read_or_decoded_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.toml");
    let error = Config::load(&missing).unwrap_err();
    assert!(matches!(error.problem, Problem::Missing));
    assert!(error.message(Lang::Zh).contains("none.toml: 没有这个配置文件"));

    let gbk = folder.path().join("gbk.toml");
    fs::write(&gbk, b"# ok\nlanguage = \"\xd6\xd0\"\n").unwrap();
    let error = Config::load(&gbk).unwrap_err();
    assert_eq!(error.problem, Problem::NotUtf8);
    assert!(error.message(Lang::En).contains("gbk.toml:2:13: the config file is not UTF-8"), "{error}");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]a-z_=\"',.#0-9{}\n\t词 ]{0,60}") {
        if let Err(error) = parse(&text) {
            proptest::prop_assert!(error.message(Lang::Zh).starts_with("config.toml"));
        }
    }
}
