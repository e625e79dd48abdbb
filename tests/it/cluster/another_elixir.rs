//! Another Elixir than the one that Moebi chose, in one of the terminals.

use std::{
    env,
    path::{Path, PathBuf},
};

use moebi::cluster::Runtime;
use tempfile::TempDir;

use super::harness::TestCluster;
use crate::support::{elixir, home::install};

const PROGRAMS: [&str; 4] = ["iex", "elixir", "elixirc", "erl"];

/// A folder whose programs each run `choose`, which says in `$bin` where the real ones are, and then that one.
fn programs(choose: &str) -> TempDir {
    let folder = tempfile::Builder::new().prefix("it's another ").tempdir().expect("a folder");
    for name in PROGRAMS {
        install(folder.path(), name, &format!("#!/bin/sh\n{choose}\nexec \"$bin/{name}\" \"$@\"\n"));
    }
    folder
}

/// Where the tests' own Elixir has its programs.
fn own() -> PathBuf {
    let path = elixir::path();
    let mut folders = env::split_paths(&path);
    folders.find(|folder| folder.join("iex").is_file()).expect("the runtime has an iex")
}

fn word(path: &Path) -> String {
    format!("\"{}\"", path.display())
}

#[tokio::test]
async fn it_is_a_node_where_a_line_puts_it_first_on_path() {
    let other = programs(&format!("export CHOSEN=other; bin={}", word(&own())));
    let path = word(other.path());
    let mut cluster = TestCluster::new(&["alex"]).await;
    for line in [
        format!("PATH={path}:$PATH iex --sname alex@localhost"),
        format!("export PATH={path}:$PATH; iex --sname alex@localhost"),
        format!("cd / && FIRST=1 PATH={path}:$PATH iex --sname alex@localhost --dot-iex ''"),
    ] {
        cluster.types("alex", &line);
        cluster.is_up("alex").await;
        cluster.types("alex", "{System.get_env(\"CHOSEN\"), node()}");
        cluster.sees_output("alex", "{\"other\", :alex@localhost}").await;
        cluster.types("alex", "System.halt()");
        cluster.ends("alex", Some(0)).await;
    }
    cluster.ends_whole().await;
}

#[tokio::test]
async fn one_that_is_too_old_or_does_not_start_says_so() {
    let own = word(&own());
    let old = "case $0 in *elixir) echo 'Erlang/OTP 21 [erts]'; echo 'Elixir 1.8.2 (compiled)'; exit;; esac";
    let old = programs(&format!("{old}; bin={own}"));
    let broken = programs("echo 'no such thing' >&2; exit 3");
    let mut cluster = TestCluster::new(&["alex"]).await;
    for (other, said) in [(&old, "1.8.2"), (&broken, "no such thing")] {
        cluster.types("alex", &format!("PATH={}:$PATH iex", word(other.path())));
        cluster.sees_output("alex", said).await;
        cluster.ends("alex", Some(126)).await;
    }
    cluster.boots("alex").await;
    cluster.ends_whole().await;
}

/// As asdf and mise do: the same program stands for another version in another folder.
#[tokio::test]
async fn a_version_manager_chooses_it_by_folder() {
    // The bridge is compiled by then: the manager has no Elixir where none was chosen.
    TestCluster::new(&["alex"]).await.ends_whole().await;
    let manager = programs("read -r bin <.elixir");
    let runtime = Runtime { path: vec![manager.path().to_owned()], ..elixir::runtime() };
    let mut cluster = TestCluster::on(runtime, &["alex"]).await;
    for (folder, choose) in [("one", "export CHOSEN=one"), ("two", "export CHOSEN=two")] {
        let programs = programs(&format!("{choose}; bin={}", word(&own())));
        let chosen = word(programs.path());
        cluster.types("alex", &format!("mkdir {folder}; cd {folder}; echo {chosen} >.elixir"));
        cluster.ends("alex", Some(0)).await;
        cluster.boots("alex").await;
        cluster.types("alex", "System.get_env(\"CHOSEN\")");
        cluster.sees_output("alex", &format!("\"{folder}\"")).await;
        cluster.types("alex", "System.halt()");
        cluster.ends("alex", Some(0)).await;
        cluster.types("alex", "cd ..");
        cluster.ends("alex", Some(0)).await;
    }
    cluster.ends_whole().await;
}
