use std::process::Command;

use crate::support::elixir;

/// On a machine without Elixir this makes one, as `moebi setup` does.
#[test]
fn tests_have_an_elixir() {
    let output = Command::new("elixir")
        .args(["-e", "IO.puts(System.version())"])
        .env("PATH", elixir::path())
        .output()
        .expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), elixir::runtime().elixir);
}
