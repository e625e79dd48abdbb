//! Commands at `$`, and what they leave behind.

use std::time::Duration;

use crate::ground::{self, Ground, processes_with};
use moebi::{
    cluster::Event,
    lesson::{Fact, Prompt},
};

#[tokio::test]
async fn a_command_runs_on_a_terminal_and_says_how_it_ended() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "test -t 1 && echo γεια; exit 7");
    ground.sees_output("alex", "γεια\r\n").await;
    ground.ends("alex", Some(7)).await;
    ground.types("alex", "stty size; exit 7");
    ground.sees_output("alex", "24 80").await;
    ground.ends("alex", Some(7)).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn cd_lasts_and_each_terminal_has_its_own_folder() {
    let mut ground = Ground::new(&["alex", "kate"]).await;
    for (command, code) in
        [("mkdir 'a b' && cd 'a b'", 0), ("test \"$(basename \"$PWD\")\" = 'a b' && exit 3", 3)]
    {
        ground.types("alex", command);
        ground.ends("alex", Some(code)).await;
    }
    ground.types("kate", "test -d 'a b'");
    ground.ends("kate", Some(0)).await;
    ground.stops_all().await;
    ground.types("alex", "test -d 'a b'");
    ground.ends("alex", Some(0)).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn an_unknown_command_is_an_answer() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "iexx --sname alex");
    ground.sees_output("alex", "iexx: not found").await;
    ground.ends("alex", Some(127)).await;
    ground.types("alex", "echo (");
    ground.ends("alex", Some(2)).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn a_removed_workspace_is_an_answer() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "cd . && rm -r \"$PWD\"");
    ground.ends("alex", Some(0)).await;
    ground.types("alex", "echo hi");
    ground.fails("is gone").await;
    ground.ends("alex", Some(126)).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn keys_reach_a_program_and_ctrl_c_ends_it() {
    let mut ground = Ground::new(&["alex"]).await;
    let sleep = ground.long_sleep();
    ground.types("alex", &format!("read word; echo \"<$word>\"; {sleep}"));
    ground.sees_prompt("alex", &Prompt::Busy).await;
    ground.types("alex", "hello");
    ground.sees_output("alex", "<hello>").await;
    // A shell that is about to start a program may lose the key.
    ground.sees_process(&sleep).await;
    ground.cluster.interrupt(&ground.name("alex"));
    ground.ends("alex", None).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn whatever_its_line_says_a_program_has_the_keys_and_an_iex_has_not() {
    let mut ground = Ground::new(&["alex"]).await;
    let alex = ground.name("alex");
    let is_program = |wanted: bool| move |event: &Event| matches!(event, Event::Foreground { is_program, .. } if *is_program == wanted);
    ground.types("alex", "echo the page about iex; read word; echo \"<$word>\"");
    ground.sees("a program", is_program(true)).await;
    ground.types("alex", "q");
    ground.sees_output("alex", "<q>").await;
    ground.ends("alex", Some(0)).await;
    // What looks like an `iex` and is none turns out to be a program.
    ground.types("alex", "iex() { cat; }; iex");
    ground.sees("a program", is_program(true)).await;
    ground.types("alex", "meow");
    ground.sees_output("alex", "meow").await;
    ground.cluster.interrupt(&alex);
    ground.ends("alex", None).await;
    // What looks like a program and starts an `iex` is a node, and then a program again.
    ground.types("alex", "sh -c 'iex --sname alex@localhost; cat'");
    ground.sees("a program", is_program(true)).await;
    ground.sees("an iex", is_program(false)).await;
    ground.is_up("alex").await;
    ground.types("alex", "System.halt()");
    ground.sees("a program", is_program(true)).await;
    ground.types("alex", "purr");
    ground.sees_output("alex", "purr").await;
    ground.cluster.close(&alex);
    ground.ends("alex", None).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn a_flood_is_held_back_and_can_be_interrupted() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "yes");
    ground.sees_output("alex", "y\r\ny\r\n").await;
    ground.cluster.interrupt(&ground.name("alex"));
    ground.ends("alex", None).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn what_a_command_leaves_behind_ends_with_it() {
    let mut ground = Ground::new(&["alex"]).await;
    let sleep = ground.long_sleep();
    ground.types(
        "alex",
        &format!("(setsid {sleep} &) ; {sleep} & setsid sh -c '{sleep}; true' & sleep 0.1; exit 4"),
    );
    ground.ends("alex", Some(4)).await;
    assert_eq!(processes_with(&sleep), Vec::<u32>::new());
    ground.ends_whole().await;
}

/// Each lives for a moment and leaves the next one behind: it may go while the guardian looks, and the next one come
/// where it has looked already.
#[tokio::test]
async fn processes_that_hop_are_not_lost() {
    for _ in 0..5 {
        let mut ground = Ground::new(&["alex"]).await;
        let session = ground.cluster.session().to_owned();
        let hop = "hop() { sleep 0.01; [ $1 -eq 0 ] || hop $(($1 - 1)) & }";
        ground.types("alex", &format!("{hop}; for i in $(seq 40); do hop 400 & done; sleep 1000"));
        ground::until("they hop", || ground::marked(&session).len() > 40).await;
        ground.ends_whole().await;
        // One that was lost would go on for seconds.
        for _ in 0..20 {
            assert_eq!(ground::marked(&session), Vec::<u32>::new());
        }
    }
}

#[tokio::test]
async fn a_closed_terminal_is_at_dollar_again() {
    let mut ground = Ground::new(&["alex"]).await;
    let sleep = ground.long_sleep();
    ground.types("alex", &format!("trap '' HUP INT TERM; setsid {sleep} & {sleep}"));
    ground.sees_process(&sleep).await;
    ground.cluster.close(&ground.name("alex"));
    ground.ends("alex", None).await;
    assert_eq!(processes_with(&sleep), Vec::<u32>::new());
    ground.ends_whole().await;
}

#[tokio::test]
async fn a_killed_guardian_is_replaced() {
    let mut ground = Ground::new(&["alex"]).await;
    let sleep = ground.long_sleep();
    ground.types("alex", &format!("setsid {sleep} & {sleep}"));
    ground.sees_process(&sleep).await;
    ground::kill(ground.cluster.guardian_pid().expect("it runs"));
    ground.fails("guardian was killed").await;
    ground.ends("alex", None).await;
    ground::until("it is gone", || processes_with(&sleep).is_empty()).await;
    ground.types("alex", "exit 5");
    ground.ends("alex", Some(5)).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn more_output_than_anyone_reads_is_counted() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end");
    ground.ends("alex", Some(0)).await;
    let told = ground.facts().map(|fact| match fact {
        Fact::Output { text, .. } => (text.len() as u64, 0),
        Fact::LeftOut { bytes, .. } => (0, *bytes),
        _ => (0, 0),
    });
    let (kept, left_out) = told.fold((0, 0), |sum, told| (sum.0 + told.0, sum.1 + told.1));
    assert!(kept <= 300_000, "{kept}");
    assert_eq!(kept + left_out, 3_000_000 + "\r\nend\r\n".len() as u64);
    ground.ends_whole().await;
}

#[tokio::test]
async fn a_boot_that_takes_too_long_is_told_once() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "touch -d '1 minute ago' \"$MOEBI_BRIDGE.boot\"; sleep 1000");
    ground.sees("a late boot", |event| matches!(event, Event::BootTimedOut { .. })).await;
    ground.cluster.close(&ground.name("alex"));
    ground.ends("alex", None).await;
    ground.ends_whole().await;
}

/// Is killed by the test below: builds a tree of all that likes to survive, says so, and waits.
#[tokio::test]
#[ignore = "run by nothing_survives_sigkill"]
async fn doomed() {
    let mut ground = Ground::new(&["alex", "kate"]).await;
    let sleep = ground.long_sleep();
    let tree = format!(
        "epmd -port 0 -daemon; (setsid {sleep} &); env -i setsid {sleep} & setsid sh -c 'trap \"\" HUP TERM; ({sleep} &) ; {sleep}; true' & \
         trap '' HUP TERM INT; {sleep}"
    );
    ground.types("alex", &tree);
    ground.types("kate", &tree);
    ground::until("the tree stands", || processes_with(&sleep).len() >= 10).await;
    println!("DOOMED {} {sleep}", ground.cluster.private_folder().display());
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[tokio::test]
async fn nothing_survives_sigkill() {
    let mut doomed = ground::Doomed::start("commands::doomed").await;
    assert!(doomed.folder.is_dir());
    assert!(processes_with(&doomed.sleep).len() >= 10);
    doomed.is_killed().await;
    ground::until("all processes are gone", || processes_with(&doomed.sleep).is_empty()).await;
    ground::until("nothing carries the marker", || ground::marked(&doomed.session()).is_empty()).await;
    ground::until("the folder is gone", || !doomed.folder.exists()).await;
}

#[tokio::test]
async fn facts_come_in_order() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "printf one");
    ground.ends("alex", Some(0)).await;
    let facts: Vec<&str> = ground
        .facts()
        .map(|fact| match fact {
            Fact::Input { .. } => "input",
            Fact::Output { .. } => "output",
            Fact::CommandEnded { .. } => "ended",
            Fact::Prompt { prompt: Prompt::Dollar, .. } => "dollar",
            Fact::Prompt { prompt: Prompt::Busy, .. } => "busy",
            other => panic!("unexpected: {other:?}"),
        })
        .collect();
    assert_eq!(facts, ["dollar", "input", "busy", "output", "ended", "dollar"]);
    ground.ends_whole().await;
}
