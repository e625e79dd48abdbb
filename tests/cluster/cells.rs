//! Terminals in a cell: the same facts as anywhere, and nothing of the machine.

use crate::ground::{Ground, until};
use moebi::{
    cluster::{
        Event,
        cell::{End, Excess},
    },
    lesson::{Fact, Prompt},
};

#[tokio::test]
async fn two_nodes_talk_in_a_cell() {
    let mut ground = Ground::confined(&["alex", "kate"], |_| ()).await;
    ground.boots("alex").await;
    ground.boots("kate").await;
    ground.types("alex", "Node.connect(:kate@localhost)");
    ground.sees_output("alex", "true").await;
    ground.types("alex", "Node.spawn_link(:kate@localhost, fn -> IO.puts(\"from #{node()}\") end); :ok");
    ground.sees_output("alex", "from kate@localhost").await;
    assert!(ground.facts().any(|fact| *fact == Fact::LookedUp { name: "kate".into(), found: true }));
    ground.cluster.close(&ground.name("alex"));
    ground.stops("alex").await;
    ground.ends("alex", Some(0)).await;
    ground.stops_all().await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn folders_and_files_are_seen_from_both_sides() {
    let mut ground = Ground::confined(&["shell"], |_| ()).await;
    std::fs::write(ground.cluster.workspace().join("given.txt"), "given\n").expect("it takes files");
    ground.types("shell", "cat given.txt; mkdir sub; cd sub; echo made >here; id -un");
    ground.sees_output("shell", "given").await;
    ground.sees_output("shell", "learner").await;
    ground.ends("shell", Some(0)).await;
    ground.types("shell", "cat here");
    ground.sees_output("shell", "made").await;
    ground.ends("shell", Some(0)).await;
    let made = std::fs::read_to_string(ground.cluster.workspace().join("sub/here")).expect("it is there");
    assert_eq!(made, "made\n");
    ground.ends_whole().await;
}

#[tokio::test]
async fn nothing_of_the_machine_is_seen_or_changed() {
    let mut ground = Ground::confined(&["shell"], |_| ()).await;
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
        ground.types("shell", &format!("{command} && echo BROKEN OUT"));
        ground.sees_fact(&command, |fact| matches!(fact, Fact::CommandEnded { .. })).await;
        let code = ground.facts().find_map(|fact| match fact {
            Fact::CommandEnded { command: ended, code, .. } if ended.starts_with(&command) => Some(*code),
            _ => None,
        });
        assert!(!matches!(code, None | Some(Some(0))), "{command}: {:#?}", ground.seen);
    }
    ground.ends_whole().await;
}

#[tokio::test]
async fn its_first_process_can_not_be_hurt_from_inside() {
    let mut ground = Ground::confined(&["shell"], |_| ()).await;
    ground.types("shell", "kill -9 1; kill -STOP 1; kill -9 -1");
    ground.sees_fact("its end", |fact| matches!(fact, Fact::CommandEnded { .. })).await;
    ground.sees_prompt("shell", &Prompt::Dollar).await;
    ground.types("shell", "echo still here");
    ground.sees_output("shell", "still here").await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn what_a_cell_leaves_behind_goes_with_it() {
    let mut ground = Ground::confined(&["shell"], |_| ()).await;
    ground.types("shell", "(setsid env -i sleep 4711.17 &) ; echo left");
    ground.sees_output("shell", "left").await;
    ground.ends_whole().await;
    until("its end", || crate::ground::processes_with("sleep 4711.17").is_empty()).await;
}

async fn exceeds(ground: &mut Ground, excess: Excess) {
    let is_it = |event: &Event| matches!(event, Event::CellEnded(End::Exceeded(why, _)) if *why == excess);
    ground.sees("the end of the cell", is_it).await;
    ground.sees_fact("a prompt", |fact| matches!(fact, Fact::Prompt { prompt: Prompt::Dollar, .. })).await;
}

#[tokio::test]
async fn too_much_memory_ends_it() {
    let mut ground = Ground::confined(&["shell"], |limits| limits.memory = 200 << 20).await;
    ground.types("shell", "head -c 1000m /dev/zero | tail -c 900m");
    exceeds(&mut ground, Excess::Memory).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn too_many_processes_end_it() {
    let mut ground = Ground::confined(&["shell"], |limits| limits.processes = 40).await;
    ground.types("shell", "f() { f | f & }; f; sleep 100");
    exceeds(&mut ground, Excess::Processes).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn too_much_computing_ends_it() {
    let mut ground = Ground::confined(&["shell"], |limits| limits.processor_seconds = 1).await;
    ground.types("shell", "for part in 1 2; do (while :; do :; done) & done; wait");
    exceeds(&mut ground, Excess::Processor).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn files_are_bounded() {
    let mut ground = Ground::confined(&["shell"], |limits| {
        limits.file = 1 << 20;
        limits.disk = 4 << 20;
    })
    .await;
    ground.types("shell", "head -c 2m /dev/zero >one");
    ground
        .sees_fact("its end", |fact| matches!(fact, Fact::CommandEnded { code, .. } if *code != Some(0)))
        .await;
    ground.types("shell", "for n in 1 2 3 4 5 6 7 8; do head -c 1m /dev/zero >$n || exit 7; done");
    ground.ends("shell", Some(7)).await;
    ground.ends_whole().await;
}
