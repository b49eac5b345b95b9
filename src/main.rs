//! The `yilan` program. In: arguments. Out: an exit code. Does not know about: everything between.

use std::process::ExitCode;

fn main() -> ExitCode {
    yilan::start()
}
