//! What a person says of files, in yilan.toml: any text.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use yilan::testing::corpus::load::load_all;

const TEXT: &str = "乌有市政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n一、修渠\n修成水渠二十里。\n";

fuzz_target!(init: yilan_fuzz::begin(), |text: &str| {
    let file = yilan_fuzz::file();
    fs::write(&file, TEXT).expect("file");
    fs::write(file.with_file_name("yilan.toml"), text).expect("file");
    let corpus = load_all(&[file.parent().expect("folder").to_owned()]);
    for issue in corpus.issues() {
        assert!(!issue.kind.code().is_empty());
    }
});
