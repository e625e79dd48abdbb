//! Processes that another node starts, and how they end.

use moebi::{
    cluster::protocol::FromNode,
    lesson::{TieKind, Ties},
};

use super::{epmd::Epmd, node::Node};

const ALEX: &str = "alex@localhost";
const KATE: &str = "kate@localhost";

/// Waits until a process that alex has started ends on kate: what it was to run, what tied alex to it, and why it has
/// ended.
fn lives(kate: &mut Node) -> (String, Ties, String) {
    let spawned = kate.hears(|frame| matches!(frame, FromNode::Spawned { .. }));
    let FromNode::Spawned { process: started, by, ties, cause, function, .. } = spawned else {
        unreachable!("only that matches")
    };
    assert_eq!(by.as_deref(), Some(ALEX));
    let exited = kate.hears(|frame| matches!(frame, FromNode::Exited { .. }));
    let FromNode::Exited { process, cause: same, reason } = exited else { unreachable!("only that matches") };
    assert_eq!((&process.process, same), (&started.process, cause));
    assert!(started.clock <= process.clock, "in microseconds");
    assert!(cause.is_some());
    (function, ties, reason)
}

#[test]
fn a_process_that_another_node_starts_is_told_with_its_end() {
    let epmd = Epmd::start();
    let (mut alex, mut kate) = (Node::named(&epmd, ALEX, &[]), Node::named(&epmd, KATE, &[]));
    alex.turn("Node.connect(:kate@localhost)");
    let none = Ties::default();
    let (link, monitor) = (Ties { link: true, ..none }, Ties { monitor: true, ..none });
    for (input, function, ties, reason) in [
        ("Node.spawn(:kate@localhost, fn -> :ok end)", "fn", none, ":normal"),
        ("Node.spawn(:kate@localhost, fn -> exit(:boom) end)", "fn", none, ":boom"),
        ("Node.spawn(:kate@localhost, IO, :puts, [\"hi\"])", "IO.puts/1", none, ":normal"),
        ("Node.spawn_monitor(:kate@localhost, IO, :puts, [\"hi\"])", "IO.puts/1", monitor, ":normal"),
        (
            "Node.spawn(:kate@localhost, IO, :puts, [\"hi\"], [:link, :monitor])",
            "IO.puts/1",
            Ties { link: true, monitor: true },
            ":normal",
        ),
        // Ends alex's evaluator with it, at some time: nothing can be typed after this without waiting for another.
        ("Node.spawn_link(:kate@localhost, fn -> exit({:a, [1]}) end)", "fn", link, "{:a, [1]}"),
    ] {
        alex.types(input);
        assert_eq!(lives(&mut kate), (function.to_owned(), ties, reason.to_owned()), "{input}");
    }
}

#[test]
fn who_has_started_it_is_told_where_it_lives_on() {
    let epmd = Epmd::start();
    let (mut alex, mut kate) = (Node::named(&epmd, ALEX, &[]), Node::named(&epmd, KATE, &[]));
    alex.turn("Node.connect(:kate@localhost)");
    let shell = alex.told_shell().expect("it was told at the first prompt");
    alex.types("Node.spawn(:kate@localhost, fn -> Process.sleep(:infinity) end)");
    let spawned = kate.hears(|frame| matches!(frame, FromNode::Spawned { .. }));
    let FromNode::Spawned { by, parent, .. } = spawned else { unreachable!("only that matches") };
    assert_eq!((by.as_deref(), parent), (Some(ALEX), shell));
    // What stays on its node is nobody's business.
    let before = kate.told_spawns();
    kate.turn("for _ <- 1..1_000, do: spawn(fn -> :ok end)");
    assert_eq!(kate.told_spawns(), before);
}

/// What kind of tie the shell has made, to whom on kate, and of which input.
fn ties(alex: &mut Node) -> (TieKind, String, u32) {
    match alex.hears(|frame| matches!(frame, FromNode::Tied { .. })) {
        FromNode::Tied { process, kind, to, other, cause, .. } => {
            assert_eq!((Some(process.process), to.as_str()), (alex.told_shell(), KATE));
            (kind, other, cause.expect("it was typed").number)
        }
        other => unreachable!("only that matches: {other:?}"),
    }
}

#[test]
fn a_link_or_a_monitor_that_is_made_later_is_told_and_what_comes_of_the_monitor() {
    let epmd = Epmd::start();
    let (mut alex, mut kate) = (Node::named(&epmd, ALEX, &[]), Node::named(&epmd, KATE, &[]));
    alex.turn("Node.connect(:kate@localhost)");
    alex.turn(
        "[one, other] = for _ <- 1..2, do: Node.spawn(:kate@localhost, fn -> Process.sleep(:infinity) end)",
    );
    let mut lives = || match kate.hears(|frame| matches!(frame, FromNode::Spawned { .. })) {
        FromNode::Spawned { process, .. } => process.process,
        other => unreachable!("only that matches: {other:?}"),
    };
    let (one, other) = (lives(), lives());
    // What stays on its node, and what a call does on the way, is nobody's business.
    alex.turn(
        "Process.monitor(spawn(fn -> :ok end)); Process.link(spawn(fn -> Process.sleep(:infinity) end))",
    );
    alex.turn(":erpc.call(:kate@localhost, :erlang, :node, [])");
    alex.turn("GenServer.call({:kernel_sup, :kate@localhost}, :count_children)");
    alex.types("Process.monitor(one)");
    let (kind, to, number) = ties(&mut alex);
    assert_eq!((kind, &to), (TieKind::Monitor, &one));
    alex.types("Process.link(other)");
    let (kind, to, later) = ties(&mut alex);
    assert_eq!((kind, &to, later), (TieKind::Link, &other, number + 1));
    alex.types("ref = Process.monitor({:init, :kate@localhost})");
    assert_eq!(ties(&mut alex), (TieKind::Monitor, ":init".to_owned(), number + 2));
    alex.types("Process.exit(one, :boom)");
    match alex.hears(|frame| matches!(frame, FromNode::Down { .. })) {
        FromNode::Down { of, other, cause, reason, .. } => {
            assert_eq!((of.as_str(), other, reason.as_str()), (KATE, one, ":boom"));
            assert_eq!(cause.map(|cause| cause.number), Some(number), "the line that asked for it");
        }
        other => unreachable!("only that matches: {other:?}"),
    }
    // An evaluator that takes over is followed as well.
    alex.types("Process.exit(self(), :kill)");
    alex.hears(|frame| matches!(frame, FromNode::Shell { .. }));
    alex.types("Process.monitor({:nobody, :kate@localhost})");
    let (kind, to, _) = ties(&mut alex);
    assert_eq!((kind, to.as_str()), (TieKind::Monitor, ":nobody"));
    match alex.hears(|frame| matches!(frame, FromNode::Down { .. })) {
        FromNode::Down { other, reason, .. } => {
            assert_eq!((other.as_str(), reason.as_str()), (":nobody", ":noproc"));
        }
        other => unreachable!("only that matches: {other:?}"),
    }
}
