//! Loading: read, decode, split and outline, in bytes a second on one core.
//!
//! `cargo bench --bench load`. The text is made here: a compendium of reports of invented places. `YILAN_BENCH_PATH`
//! names a folder of real files to measure as well.

use std::fs;
use std::path::PathBuf;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use yilan::testing::corpus::load;

fn main() {
    divan::main();
}

/// About 28 KB, as a real report.
fn report(number: usize) -> String {
    let names = ["乌有市", "南柯市", "黄粱市", "镜花市", "蜃楼市"];
    let topics = ["守灯护航", "晒盐兴业", "看潮防汛", "修塔利民", "听风知变"];
    let mut text = format!(
        "{}人民代表大会常务委员会工作报告\n各位代表:\n受市人大常委会委托,我向大会报告工作,请予审议。\n",
        names[number % names.len()]
    );
    for (part, year) in [("2022年工作回顾", 0), ("2023年工作安排", 1)] {
        text.push_str(part);
        text.push('\n');
        for (n, topic) in topics.iter().enumerate() {
            text.push_str(&format!(
                "{}、{topic}，推动第{}项工作再上台阶\n",
                ["一", "二", "三", "四", "五"][n],
                number % 97
            ));
            for paragraph in 0..4 {
                text.push_str(&format!(
                    "{topic}第{paragraph}条。{}\n",
                    format!(
                        "全年{topic}{}次，办理建议{}件，灯塔、盐田与渔港各安其位，“一塔一灯一守望”落到实处；",
                        number % 31 + n,
                        paragraph * 7 + year
                    )
                    .repeat(6)
                ));
            }
        }
    }
    text.push_str("各位代表，潮起潮落，灯火长明。\n");
    text
}

fn folder(megabytes: usize, per_file: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut written = 0;
    for file in 0.. {
        let text: String = (0..per_file).map(|n| report(file * per_file + n)).collect();
        fs::write(folder.path().join(format!("{file:06}.txt")), &text).expect("a file");
        written += text.len();
        if written > megabytes * 1_000_000 {
            return folder;
        }
    }
    folder
}

fn bytes_under(path: &PathBuf) -> usize {
    load::load_all(std::slice::from_ref(path)).documents().iter().map(|d| d.text().len()).sum()
}

/// One report a file.
#[divan::bench(args = [1, 10], sample_count = 10)]
fn files(bencher: Bencher<'_, '_>, megabytes: usize) {
    let folder = folder(megabytes, 1);
    let path = folder.path().to_owned();
    bencher
        .counter(BytesCount::new(bytes_under(&path)))
        .bench_local(|| black_box(load::load_all(std::slice::from_ref(&path))));
}

/// Thirty-one reports a file, as in a compendium.
#[divan::bench(args = [1, 10], sample_count = 10)]
fn compendia(bencher: Bencher<'_, '_>, megabytes: usize) {
    let folder = folder(megabytes, 31);
    let path = folder.path().to_owned();
    bencher
        .counter(BytesCount::new(bytes_under(&path)))
        .bench_local(|| black_box(load::load_all(std::slice::from_ref(&path))));
}

/// One file: nothing can be done in parallel.
#[divan::bench(sample_count = 10)]
fn one_file(bencher: Bencher<'_, '_>) {
    let folder = folder(10, 400);
    let path = folder.path().join("000000.txt");
    bencher
        .counter(BytesCount::new(bytes_under(&path)))
        .bench_local(|| black_box(load::load_all(std::slice::from_ref(&path))));
}

/// The files that `YILAN_BENCH_PATH` names.
#[divan::bench(sample_count = 10)]
fn given_path(bencher: Bencher<'_, '_>) {
    let Some(path) = std::env::var_os("YILAN_BENCH_PATH").map(PathBuf::from) else { return };
    bencher
        .counter(BytesCount::new(bytes_under(&path)))
        .bench_local(|| black_box(load::load_all(std::slice::from_ref(&path))));
}
