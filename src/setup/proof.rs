//! A runtime is good once it has run: the VM, its crypto library and its ports.

use std::{path::Path, time::Duration};

use super::messages;
use crate::{
    cluster::{
        runtime::{Fault, SearchPaths, Version},
        subprocess::Subprocess,
    },
    error::{Error, Result},
    i18n::Verbatim,
};

const DEADLINE: Duration = Duration::from_secs(30);

/// `:crypto` needs OpenSSL's library, and a port needs `erl_child_setup`.
const CODE: &str =
    r#"16 = byte_size(:crypto.hash(:md5, "")); {text, 0} = System.cmd("echo", ["works"]); IO.write(text)"#;

pub(super) async fn prove(place: &SearchPaths, bin: &Path, floor: Version) -> Result<()> {
    // What is proved here moves in a moment: nothing to remember.
    let place = SearchPaths { cache: None, ..place.clone() };
    let runtime = place
        .examine(Some(bin), floor)
        .await
        .map_err(|wrong| unproved().because(Fault { folder: Some(bin.to_owned()), wrong }.told()))?;
    let outcome = Subprocess::new(bin.join("elixir"), &runtime.on(&place.path), DEADLINE)
        .with(|command| {
            command.args(["-e", CODE]);
        })
        .run()
        .await
        .map_err(|failure| unproved().because(failure.told()))?;
    if outcome.stdout == "works\n" {
        Ok(())
    } else {
        Err(unproved().because(Verbatim::said(outcome.stderr.trim())))
    }
}

fn unproved() -> Error {
    Error::could_not_run(messages::unproved())
        .hint(messages::upgrade_and_repeat())
        .hint(messages::for_everyone())
}
