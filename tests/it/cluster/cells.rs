//! Terminals in a cell: the same facts as anywhere, and nothing of the machine.

use super::harness::{TestCluster, until};
use crate::support::{lesson::terminal, processes::running};
use moebi::{
    cluster::{
        Event,
        cell::{End, LimitExceeded},
    },
    lesson::{Fact, Prompt},
};

#[tokio::test]
async fn two_nodes_talk_in_a_cell() {
    let mut cluster = TestCluster::confined(&["alex", "kate"], |_| ()).await;
    cluster.boots("alex").await;
    cluster.boots("kate").await;
    cluster.types("alex", "Node.connect(:kate@localhost)");
    cluster.sees_output("alex", "true").await;
    cluster.types("alex", "Node.spawn_link(:kate@localhost, fn -> IO.puts(\"from #{node()}\") end); :ok");
    cluster.sees_output("alex", "from kate@localhost").await;
    assert!(cluster.facts().any(|fact| *fact == Fact::LookedUp { name: "kate".into(), found: true }));
    cluster.close(&terminal("alex"));
    cluster.stops("alex").await;
    cluster.ends("alex", Some(0)).await;
    cluster.stops_all().await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn folders_and_files_are_seen_from_both_sides() {
    let mut cluster = TestCluster::confined(&["shell"], |_| ()).await;
    std::fs::write(cluster.workspace().join("given.txt"), "given\n").expect("it takes files");
    cluster.types("shell", "cat given.txt; mkdir sub; cd sub; echo made >here; id -un");
    cluster.sees_output("shell", "given").await;
    cluster.sees_output("shell", "learner").await;
    cluster.ends("shell", Some(0)).await;
    cluster.types("shell", "cat here");
    cluster.sees_output("shell", "made").await;
    cluster.ends("shell", Some(0)).await;
    let made = std::fs::read_to_string(cluster.workspace().join("sub/here")).expect("it is there");
    assert_eq!(made, "made\n");
    cluster.ends_whole().await;
}

#[tokio::test]
async fn nothing_of_the_machine_is_seen_or_changed() {
    let mut cluster = TestCluster::confined(&["shell"], |_| ()).await;
    let secret = tempfile::NamedTempFile::new().expect("a file");
    let tries = [
        format!("cat {}", secret.path().display()),
        format!("cat {}", std::env::current_dir().expect("a folder").join("Cargo.toml").display()),
        "echo 61 >/proc/sys/vm/swappiness".to_owned(),
        "touch /usr/x".to_owned(),
        "touch /x".to_owned(),
        "touch /dev/shm/x".to_owned(),
        "cat /proc/1/mem".to_owned(),
        "cat /proc/1/exe".to_owned(),
        "readlink /proc/1/fd/0".to_owned(),
        "cat /cell/moebi".to_owned(),
        "unshare -U true".to_owned(),
        "cat /etc/shadow".to_owned(),
    ];
    for command in tries {
        cluster.types("shell", &format!("{command} && echo BROKEN OUT"));
        cluster.sees_fact(&command, |fact| matches!(fact, Fact::CommandEnded { .. })).await;
        let code = cluster.facts().find_map(|fact| match fact {
            Fact::CommandEnded { command: ended, code, .. } if ended.starts_with(&command) => Some(*code),
            _ => None,
        });
        assert!(!matches!(code, None | Some(Some(0))), "{command}: {:#?}", cluster.seen);
    }
    cluster.ends_whole().await;
}

#[tokio::test]
async fn its_first_process_can_not_be_hurt_from_inside() {
    let mut cluster = TestCluster::confined(&["shell"], |_| ()).await;
    cluster.types("shell", "kill -9 1; kill -STOP 1; kill -9 -1");
    cluster.sees_fact("its end", |fact| matches!(fact, Fact::CommandEnded { .. })).await;
    cluster.sees_prompt("shell", &Prompt::Dollar).await;
    cluster.types("shell", "echo still here");
    cluster.sees_output("shell", "still here").await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn what_a_cell_leaves_behind_goes_with_it() {
    let mut cluster = TestCluster::confined(&["shell"], |_| ()).await;
    cluster.types("shell", "(setsid env -i sleep 4711.17 &) ; echo left");
    cluster.sees_output("shell", "left").await;
    cluster.ends_whole().await;
    until("its end", || running("sleep 4711.17").is_empty()).await;
}

async fn exceeds(cluster: &mut TestCluster, excess: LimitExceeded) {
    let is_it = |event: &Event| matches!(event, Event::CellEnded(End::Exceeded(why, _)) if *why == excess);
    cluster.sees("the end of the cell", is_it).await;
    cluster.sees_fact("a prompt", |fact| matches!(fact, Fact::Prompt { prompt: Prompt::Dollar, .. })).await;
}

#[tokio::test]
async fn too_much_memory_ends_it() {
    let mut cluster = TestCluster::confined(&["shell"], |limits| limits.memory = 200 << 20).await;
    cluster.types("shell", "head -c 1000m /dev/zero | tail -c 900m");
    exceeds(&mut cluster, LimitExceeded::Memory).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn too_many_processes_end_it() {
    let mut cluster = TestCluster::confined(&["shell"], |limits| limits.processes = 40).await;
    cluster.types("shell", "f() { f | f & }; f; sleep 100");
    exceeds(&mut cluster, LimitExceeded::Processes).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn too_much_computing_ends_it() {
    let mut cluster = TestCluster::confined(&["shell"], |limits| limits.processor_seconds = 1).await;
    cluster.types("shell", "for part in 1 2; do (while :; do :; done) & done; wait");
    exceeds(&mut cluster, LimitExceeded::Processor).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn files_are_bounded() {
    let mut cluster = TestCluster::confined(&["shell"], |limits| {
        limits.file = 1 << 20;
        limits.disk = 4 << 20;
    })
    .await;
    cluster.types("shell", "head -c 2m /dev/zero >one");
    cluster
        .sees_fact("its end", |fact| matches!(fact, Fact::CommandEnded { code, .. } if *code != Some(0)))
        .await;
    cluster.types("shell", "for n in 1 2 3 4 5 6 7 8; do head -c 1m /dev/zero >$n || exit 7; done");
    cluster.ends("shell", Some(7)).await;
    cluster.ends_whole().await;
}
