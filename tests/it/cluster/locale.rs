//! Letters, where the person's own locale knows none but ASCII.

use std::process::Stdio;

use tokio::process::Command;

use super::harness::TestCluster;
use crate::support::child;

/// The environment is a process's own, so each case is this test binary once more.
async fn letters_are_letters(variables: &[(&str, &str)]) {
    let mut command = Command::from(child::running("cluster::locale::in_this_environment"));
    for name in ["LANG", "LC_ALL", "LC_CTYPE"] {
        command.env_remove(name);
    }
    let ran = command.envs(variables.iter().copied()).stdin(Stdio::null()).kill_on_drop(true).output().await;
    let ran = ran.expect("it starts");
    assert!(ran.status.success(), "{variables:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

#[tokio::test]
async fn in_the_c_locale() {
    letters_are_letters(&[("LANG", "C")]).await;
}

#[tokio::test]
async fn without_any_locale() {
    letters_are_letters(&[]).await;
}

#[tokio::test]
async fn where_lc_all_forces_the_c_locale() {
    letters_are_letters(&[("LC_ALL", "C"), ("LANG", "el_GR.UTF-8")]).await;
}

#[tokio::test]
#[ignore = "run by the others, each with an environment of its own"]
async fn in_this_environment() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    // bash spells what it can't show; dash doesn't.
    cluster.types("alex", "if command -v bash >/dev/null; then bash -c ιεχ; else ιεχ; fi");
    cluster.sees_output("alex", "ιεχ: ").await;
    cluster.ends("alex", Some(127)).await;
    cluster.boots("alex").await;
    cluster.types("alex", "{:file.native_name_encoding(), \"ά\"}");
    cluster.sees_output("alex", "{:utf8, \"ά\"}").await;
    cluster.ends_whole().await;
}
