use std::{env, process::Command};

use crate::common::runtime::runtime;

/// On a machine without Elixir this makes one, as `moebi setup` does.
#[test]
fn tests_have_an_elixir() {
    let runtime = runtime();
    let path = runtime.on(&env::var_os("PATH").unwrap_or_default());
    let output = Command::new("elixir")
        .args(["-e", "IO.puts(System.version())"])
        .env("PATH", path)
        .output()
        .expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), runtime.elixir);
}
