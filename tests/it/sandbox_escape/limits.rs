//! What takes smaller limits than a class has, or a look from outside.

use std::time::Duration;

use moebi::{
    cluster::{
        Cluster, Event, Settings, Site,
        cell::{Cell, End, LimitExceeded, Limits},
    },
    lesson::{Fact, Lang, TerminalName},
};
use tokio::time::timeout;

use crate::support::{
    MOEBI, PATIENCE, elixir,
    lesson::terminal,
    processes::{self, Descendants},
    until,
};

async fn cell(limit: impl FnOnce(&mut Limits)) -> Cluster {
    let found = Cell::find(&elixir::path()).await;
    let mut cell = found.unwrap_or_else(|why| panic!("no cell can be made: {}", why.told().speak(Lang::En)));
    limit(&mut cell.limits);
    let settings = Settings {
        terminals: vec![shell()],
        site: Site::Cell(cell),
        runtime: elixir::runtime(),
        cache: elixir::bridges(),
        size: (80, 24),
        guardian: MOEBI.into(),
        jitter: false,
    };
    Cluster::new(settings).await.expect("it opens")
}

fn shell() -> TerminalName {
    terminal("shell")
}

/// Runs a command, and tells how the cell ended with it if it did.
async fn run(cluster: &mut Cluster, command: &str) -> Option<End> {
    cluster.enter(&shell(), command);
    let ended = timeout(PATIENCE, async {
        loop {
            match cluster.next().await {
                Event::CellEnded(end) => return Some(end),
                Event::Fact(Fact::CommandEnded { .. }, _) => return None,
                _ => {}
            }
        }
    });
    ended.await.unwrap_or_else(|_| panic!("{command} never ends"))
}

/// What a command ends with.
async fn code(cluster: &mut Cluster, command: &str) -> Option<i32> {
    cluster.enter(&shell(), command);
    let ended = timeout(PATIENCE, async {
        loop {
            if let Event::Fact(Fact::CommandEnded { code, .. }, _) = cluster.next().await {
                return code;
            }
        }
    });
    ended.await.unwrap_or_else(|_| panic!("{command} never ends"))
}

async fn goes(cluster: Cluster) {
    let mut known = Descendants::new();
    processes::note_descendants(cluster.guardian_pid().unwrap_or_default(), &mut known);
    cluster.shutdown().await.expect("it ends");
    until("gone", || processes::nobody(processes::left_of(&known)));
}

#[cfg(target_arch = "x86_64")]
#[tokio::test(flavor = "multi_thread")]
async fn memory_that_processes_share_counts() {
    let mut cluster = cell(|limits| limits.memory = 200 << 20).await;
    // Anonymous and shared (mmap(2)), and filled by the kernel (read(2)).
    let share = "perl -e 'my $at = syscall(9, 0, 400 << 20, 3, 0x21, -1, 0); open(my $zero, q(<), q(/dev/zero)); syscall(0, fileno($zero), $at, 400 << 20); sleep 30'";
    let end = run(&mut cluster, share).await;
    assert!(matches!(end, Some(End::Exceeded(LimitExceeded::Memory, _))), "{end:?}");
    goes(cluster).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_small_files_end_it() {
    let mut cluster = cell(|limits| limits.files = 500).await;
    let end = run(&mut cluster, "n=0; while :; do n=$((n+1)); >f$n || break; done").await;
    assert!(matches!(end, Some(End::Exceeded(LimitExceeded::Files, _))), "{end:?}");
    goes(cluster).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stops_everybody_is_stopped() {
    let mut cluster = cell(|_| ()).await;
    // Nothing of a command's is left in it, so it outlives that command; then it waits for a word.
    let wait = "until (-e q(/cell/work/go)) { select(undef, undef, undef, 0.01) }";
    let stop = format!(
        "(setsid env -i perl -e '{wait} while (1) {{ kill q(STOP), -1 }}' >/dev/null 2>&1 &) ; sleep 0.2"
    );
    assert_eq!(run(&mut cluster, &stop).await, None);
    std::fs::write(cluster.workspace().join("go"), "").expect("it takes files");
    let mut end = None;
    // The first ones may still end; the next are stopped at birth, or soon after, and then wait for their deadline.
    for _ in 0..50 {
        match timeout(Duration::from_secs(10), run(&mut cluster, "true")).await {
            Ok(None) => {}
            Ok(Some(why)) => {
                end = Some(why);
                break;
            }
            Err(_) => break,
        }
    }
    assert!(matches!(end, None | Some(End::Exceeded(LimitExceeded::Meddling, _))), "{end:?}");
    goes(cluster).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_are_of_no_use_are_refused() {
    let mut cluster = cell(|_| ()).await;
    for call in ["shmget(0, 4096, 01600)", "msgget(0, 01600)", "semget(0, 1, 01600)"] {
        let command = format!("perl -e 'exit(defined({call}) ? 0 : 7)'");
        assert_eq!(code(&mut cluster, &command).await, Some(7), "{call}");
    }
    goes(cluster).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_in_a_cell_comes_before_others() {
    let mut cluster = cell(|_| ()).await;
    // The scheduling policy and how nice it is (proc_pid_stat(5)).
    let ordinary = "test \"$(cut -d' ' -f19,41 /proc/self/stat)\" = '5 0'";
    assert_eq!(code(&mut cluster, ordinary).await, Some(0));
    assert_ne!(code(&mut cluster, "nice -n -5 true 2>&1 | grep -q . && exit 7; exit 0").await, Some(0));
    goes(cluster).await;
}
