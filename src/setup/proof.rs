//! A runtime is good once it has run: the VM, its crypto library and its ports.

use std::{path::Path, time::Duration};

use crate::{
    cluster::{
        errand::Errand,
        runtime::{Fault, Place, Version},
    },
    error::{Error, Result},
};

const DEADLINE: Duration = Duration::from_secs(30);

/// `:crypto` needs OpenSSL's library, and a port needs `erl_child_setup`.
const CODE: &str =
    r#"16 = byte_size(:crypto.hash(:md5, "")); {text, 0} = System.cmd("echo", ["works"]); IO.write(text)"#;

pub(super) async fn prove(place: &Place, bin: &Path, floor: Version) -> Result<()> {
    // What is proved here moves in a moment: nothing to remember.
    let place = Place { cache: None, ..place.clone() };
    let runtime = place
        .examine(Some(bin), floor)
        .await
        .map_err(|wrong| unproved().because(Fault { folder: Some(bin.to_owned()), wrong }.to_string()))?;
    let outcome = Errand::new(bin.join("elixir"), &runtime.on(&place.path), DEADLINE)
        .with(|command| {
            command.args(["-e", CODE]);
        })
        .run()
        .await
        .map_err(|failure| unproved().because(failure))?;
    if outcome.stdout == "works\n" {
        Ok(())
    } else {
        Err(unproved().because(outcome.stderr.trim().to_owned()))
    }
}

fn unproved() -> Error {
    Error::could_not_run("the packages were unpacked, but the Elixir in them does not work; nothing was kept")
        .hint("Bring the system up to date (sudo apt upgrade) and run `moebi setup` again.")
        .hint("Or install it for everyone: sudo apt install elixir")
}
