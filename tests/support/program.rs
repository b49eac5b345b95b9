//! The program as a script meets it, kept away from the settings, the language and the folders of whoever runs the tests.

use std::process::{Command, Stdio};

/// The program with arguments, an empty standard input, no settings and no folders to write to.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yilan"));
    command.args(arguments).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "YILAN_CONFIG", "XDG_CONFIG_HOME"] {
        command.env_remove(name);
    }
    // A home that does not exist: no config file is found.
    command.env("HOME", "/nonexistent-home").env("YILAN_STATE_DIR", "/nonexistent-home/state");
    command.env("YILAN_CACHE_DIR", "/nonexistent-home/cache");
    command
}
