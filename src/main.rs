//! The `yilan` program.
fn main() {
    print!("{}", yilan::config::example());
}
