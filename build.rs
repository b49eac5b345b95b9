//! Makes a digest of the rules by which files are understood: what an earlier build understood is not to be taken for what
//! this one would. In: the source. Out: `YILAN_RULES` for the compiler.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let mut files = vec![PathBuf::from("build.rs"), PathBuf::from("Cargo.lock")];
    // What is searched and counted is kept too.
    for file in ["src/index/paragraphs.rs", "src/index/search/folded_text.rs", "src/index/scope/stretch.rs"] {
        files.push(PathBuf::from(file));
        println!("cargo::rerun-if-changed={file}");
    }
    for folder in ["src/corpus", "src/text", "src/index/passages"] {
        gather(Path::new(folder), &mut files);
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        hasher.write(file.to_string_lossy().as_bytes());
        // A library used by another crate has no lock file of its own.
        hasher.write(&fs::read(file).unwrap_or_default());
    }
    println!("cargo::rustc-env=YILAN_RULES={} {:016x}", env!("CARGO_PKG_VERSION"), hasher.finish());
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() { gather(&path, files) } else { files.push(path) }
    }
}
