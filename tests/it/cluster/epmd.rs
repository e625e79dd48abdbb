//! Moebi's epmd as plain Erlang sees it: no bridge, no iex.

use std::process::Stdio;

use moebi::cluster::epmd::{Epmd, Event};
use tokio::{process::Command, sync::mpsc, time::timeout};

use crate::support::{
    PATIENCE,
    elixir::{self, hosts},
};

#[tokio::test]
async fn two_real_nodes_find_each_other() {
    let (sender, mut events) = mpsc::channel(64);
    let epmd = Epmd::start(sender).await.expect("a free port");
    let mut kate = erl(&epmd, "kate", "receive after infinity -> ok end").spawn().expect("Erlang is there");
    sees(&mut events, Event::Registered { name: "kate".into() }).await;
    let code = "io:put_chars(atom_to_list(net_kernel:connect_node('kate@localhost'))), halt()";
    let alex = timeout(PATIENCE, erl(&epmd, "alex", code).output()).await.expect("it ends").expect("it runs");
    assert_eq!(String::from_utf8_lossy(&alex.stdout), "true");
    sees(&mut events, Event::Registered { name: "alex".into() }).await;
    sees(&mut events, Event::LookedUp { name: "kate".into(), found: true }).await;
    kate.kill().await.expect("it is ours");
}

async fn sees(events: &mut mpsc::Receiver<Event>, event: Event) {
    assert_eq!(timeout(PATIENCE, events.recv()).await.expect("something happens"), Some(event));
}

fn erl(epmd: &Epmd, name: &str, code: &str) -> Command {
    // Through `env`, which looks for it on the new PATH.
    let mut erl = Command::new("env");
    erl.arg("erl").env("PATH", elixir::path());
    erl.args(["-noinput", "-start_epmd", "false", "-setcookie", "moebi-epmd-test"]);
    erl.args(["-kernel", "inet_dist_use_interface", "{127,0,0,1}", "-sname"]);
    erl.arg(format!("{name}@localhost")).args(["-eval", code]);
    erl.env("ERL_EPMD_PORT", epmd.port().to_string()).env("ERL_INETRC", hosts());
    erl.stdin(Stdio::null()).stdout(Stdio::piped());
    erl.kill_on_drop(true);
    erl
}
