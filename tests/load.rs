//! Loading real files and folders, good and bad: whatever is wrong is an issue that names its file, and all else loads.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use yilan::testing::corpus::load::{LoadStep, load, load_all};
use yilan::testing::corpus::{Corpus, Encoding};

const REPORT: &str = "乌有市人大常委会工作报告\n各位代表:\n受市人大常委会委托,我向大会报告工作,请予审议。\n2022年工作回顾\n灯塔亮了三百六十五夜。\n";

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("parent")).expect("folder");
    fs::write(path, bytes).expect("file");
}

fn load_folder(folder: &Path) -> Corpus {
    load_all(&[folder.to_owned()])
}

/// (file name, code) of every issue about a whole file.
fn issues(corpus: &Corpus) -> Vec<(String, &'static str)> {
    let name = |p: &Path| p.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    corpus.issues().iter().filter(|i| i.line.is_none()).map(|i| (name(&i.path), i.kind.code())).collect()
}

#[test]
fn files_beyond_what_may_be_read_at_once_are_named_one_by_one() {
    use std::sync::atomic::{AtomicBool, AtomicU64};
    use yilan::testing::corpus::Corpus;
    use yilan::testing::corpus::load::{LoadOptions, load_in};

    let folder = tempfile::tempdir().unwrap();
    for n in 0..6 {
        let text = format!("乌有市人大常委会工作报告\n各位代表：\n我受委托向大会报告第{n}件实事，请审议。\n");
        std::fs::write(folder.path().join(format!("{n}.txt")), text).unwrap();
    }
    let size = std::fs::metadata(folder.path().join("0.txt")).unwrap().len();
    let left = AtomicU64::new(4 * size + 1);
    let options = LoadOptions { left: Some(&left), ..LoadOptions::default() };
    let paths = [folder.path().to_owned()];
    let mut corpus = Corpus::new(paths.to_vec(), false);
    load_in(&options, &paths, &AtomicBool::new(false), &mut |step| corpus.take(step));
    let full = corpus.issues().iter().filter(|issue| issue.kind.code() == "load-full").count();
    assert_eq!((corpus.report_count(), full), (4, 2));
}

#[test]
fn files_are_walked_in_name_order_and_hidden_ones_skipped() {
    let folder = tempfile::tempdir().expect("folder");
    for name in ["b.txt", "a/z.txt", "a/y.md", ".hidden.txt", ".git/x.txt", "c.TXT"] {
        write(folder.path(), name, REPORT);
    }
    let corpus = load_folder(folder.path());
    let names: Vec<String> = corpus
        .documents()
        .iter()
        .map(|d| d.path.strip_prefix(folder.path()).expect("prefix").to_string_lossy().replace('\\', "/"))
        .collect();
    assert_eq!(names, ["a/y.md", "a/z.txt", "b.txt", "c.TXT"]);
    assert_eq!(corpus.report_count(), 4);
    assert_eq!(corpus.places().len(), 1);
}

#[test]
fn each_bad_file_is_an_issue_and_the_rest_loads() {
    let folder = tempfile::tempdir().expect("folder");
    write(folder.path(), "1-empty.txt", "");
    write(folder.path(), "2-blank.txt", " \n\u{3000}\n\n");
    write(
        folder.path(),
        "3-binary.txt",
        (0..9000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect::<Vec<_>>(),
    );
    write(folder.path(), "4-picture.jpg", [0xff, 0xd8, 0xff]);
    write(folder.path(), "5-good.txt", REPORT);
    let corpus = load_folder(folder.path());
    assert_eq!(
        issues(&corpus),
        [
            ("1-empty.txt".into(), "empty"),
            ("2-blank.txt".into(), "empty"),
            ("3-binary.txt".into(), "binary"),
            ("4-picture.jpg".into(), "unknown-format"),
        ]
    );
    assert_eq!(corpus.report_count(), 1);
}

#[test]
fn a_missing_path_and_a_folder_without_documents() {
    let folder = tempfile::tempdir().expect("folder");
    fs::create_dir(folder.path().join("nothing")).expect("folder");
    let corpus = load_all(&[folder.path().join("none.txt"), folder.path().join("nothing")]);
    assert_eq!(issues(&corpus), [("none.txt".into(), "missing"), ("nothing".into(), "no-documents")]);
}

#[test]
fn damage_and_controls_are_kept_and_said_with_their_line() {
    let folder = tempfile::tempdir().expect("folder");
    let mut bytes = REPORT.as_bytes().to_vec();
    bytes.extend_from_slice("第二盏灯\u{1b}[31m红了。\n第三盏灯".as_bytes());
    bytes.extend_from_slice(&[0xe7, 0x81]);
    bytes.extend_from_slice("灭了。\n原有损坏\u{fffd}一处。\n".as_bytes());
    write(folder.path(), "a.txt", bytes);
    let corpus = load_folder(folder.path());
    let found: Vec<_> = corpus.issues().iter().map(|i| (i.line, i.kind.code())).collect();
    assert_eq!(found, [(Some(6), "control-characters"), (Some(7), "bad-bytes"), (Some(8), "bad-bytes")]);
    let text = corpus.documents()[0].text();
    assert!(text.contains("红了") && text.contains("灭了") && text.contains("一处"));
}

#[test]
fn one_line_of_fifty_megabytes_is_one_paragraph() {
    let folder = tempfile::tempdir().expect("folder");
    let line = "灯塔看海。".repeat(50_000_000 / "灯塔看海。".len());
    write(folder.path(), "a.txt", format!("{REPORT}{line}\n"));
    let corpus = load_folder(folder.path());
    let (document, report) = corpus.report(corpus.reports().next().expect("a report").0).expect("a report");
    assert_eq!(report.ranges[0].last, 6);
    assert_eq!(document.line_text(6).len(), line.len());
}

#[test]
fn encodings_may_be_mixed_in_one_folder() {
    let folder = tempfile::tempdir().expect("folder");
    write(folder.path(), "1.txt", REPORT);
    write(folder.path(), "2.txt", encoding_rs::GB18030.encode(REPORT).0);
    write(folder.path(), "3.txt", REPORT.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    write(folder.path(), "4.txt", REPORT.replace('\n', "\r\n"));
    let corpus = load_folder(folder.path());
    let encodings: Vec<Encoding> = corpus.documents().iter().map(|d| d.encoding).collect();
    assert_eq!(encodings, [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf8]);
    for (_, document, report) in corpus.reports() {
        assert_eq!((report.place.as_str(), report.sections.len()), ("乌有市", 1), "{}", document.path.display());
        assert_eq!(document.lines.len(), 5);
    }
}

#[cfg(unix)]
#[test]
fn links_that_loop_pipes_and_locked_files_do_no_harm() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().expect("folder");
    write(folder.path(), "sub/good.txt", REPORT);
    write(folder.path(), "locked.txt", REPORT);
    symlink(folder.path(), folder.path().join("sub/loop")).expect("link");
    symlink(folder.path().join("nowhere.txt"), folder.path().join("dangling.txt")).expect("link");
    let pipe = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.txt")).status();
    fs::set_permissions(folder.path().join("locked.txt"), fs::Permissions::from_mode(0o000)).expect("mode");
    // The superuser reads locked files too.
    let locked = fs::read(folder.path().join("locked.txt")).is_err();
    let corpus = load_folder(folder.path());
    let found = issues(&corpus);
    assert!(found.contains(&("loop".into(), "link-loop")), "{found:?}");
    assert!(found.contains(&("dangling.txt".into(), "missing")), "{found:?}");
    assert_eq!(pipe.is_ok_and(|s| s.success()), found.contains(&("pipe.txt".into(), "not-a-file")), "{found:?}");
    assert_eq!(locked, found.contains(&("locked.txt".into(), "unreadable")), "{found:?}");
    assert_eq!(corpus.report_count(), if locked { 1 } else { 2 });
}

#[test]
fn a_file_that_vanishes_while_loading_is_missing() {
    let folder = tempfile::tempdir().expect("folder");
    for n in 0..40 {
        write(folder.path(), &format!("{n:02}.txt"), REPORT);
    }
    let (mut documents, mut missing) = (0, 0);
    load(&[folder.path().to_owned()], &AtomicBool::new(false), &mut |step| match step {
        // The folder has been walked, nothing is read yet.
        LoadStep::Found(count) => {
            assert_eq!(count, 40);
            fs::remove_file(folder.path().join("39.txt")).expect("remove");
        }
        LoadStep::Document(_) => documents += 1,
        LoadStep::Issue(issue) => missing += usize::from(issue.kind.code() == "missing"),
    });
    assert_eq!((documents, missing), (39, 1));
}

#[test]
fn loading_stops_when_it_is_told_to() {
    let folder = tempfile::tempdir().expect("folder");
    for n in 0..400 {
        write(folder.path(), &format!("{n:03}.txt"), REPORT);
    }
    let cancel = AtomicBool::new(false);
    let mut documents = 0;
    load(&[folder.path().to_owned()], &cancel, &mut |step| {
        documents += usize::from(matches!(step, LoadStep::Document(_)));
        cancel.store(true, Ordering::Relaxed);
    });
    assert!(documents < 400, "{documents}");
}

#[test]
fn a_person_may_say_in_which_order_files_come() {
    let folder = tempfile::tempdir().expect("folder");
    for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
        write(folder.path(), name, REPORT);
    }
    let rule = |name: &str, order: i32| format!("[[file]]\npath = \"{name}\"\norder = {order}\n");
    write(folder.path(), "yilan.toml", rule("c.txt", -1) + &rule("a.txt", 2));
    let corpus = load_folder(folder.path());
    let name = |path: &Path| path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let names: Vec<String> = corpus.documents().iter().map(|d| name(&d.path)).collect();
    assert_eq!(names, ["c.txt", "b.txt", "d.txt", "a.txt"]);
}
