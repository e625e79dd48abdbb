//! Processes that another node starts, and how they end.

use moebi::cluster::protocol::FromNode;

use super::{epmd::Epmd, node::Node};

const ALEX: &str = "alex@localhost";
const KATE: &str = "kate@localhost";

/// Waits until a process that alex has started ends on kate: what it was to run, and why it has ended.
fn lives(kate: &mut Node) -> (String, String) {
    let spawned = kate.hears(|frame| matches!(frame, FromNode::Spawned { .. }));
    let FromNode::Spawned { process: started, by, cause, function, .. } = spawned else {
        unreachable!("only that matches")
    };
    assert_eq!(by.as_deref(), Some(ALEX));
    let exited = kate.hears(|frame| matches!(frame, FromNode::Exited { .. }));
    let FromNode::Exited { process, cause: same, reason } = exited else { unreachable!("only that matches") };
    assert_eq!((&process.process, same), (&started.process, cause));
    assert!(started.clock <= process.clock, "in microseconds");
    assert!(cause.is_some());
    (function, reason)
}

#[test]
fn a_process_that_another_node_starts_is_told_with_its_end() {
    let epmd = Epmd::start();
    let (mut alex, mut kate) = (Node::named(&epmd, ALEX, &[]), Node::named(&epmd, KATE, &[]));
    alex.turn("Node.connect(:kate@localhost)");
    for (input, function, reason) in [
        ("Node.spawn(:kate@localhost, fn -> :ok end)", "fn", ":normal"),
        ("Node.spawn(:kate@localhost, fn -> exit(:boom) end)", "fn", ":boom"),
        ("Node.spawn(:kate@localhost, IO, :puts, [\"hi\"])", "IO.puts/1", ":normal"),
        ("Node.spawn_link(:kate@localhost, fn -> exit({:a, [1]}) end)", "fn", "{:a, [1]}"),
    ] {
        alex.types(input);
        assert_eq!(lives(&mut kate), (function.to_owned(), reason.to_owned()), "{input}");
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
