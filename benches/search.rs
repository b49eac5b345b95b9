//! How fast the whole corpus is searched, against the bare scan of the same bytes.

fn main() {}
