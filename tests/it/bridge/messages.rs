//! The bridge's send trace on real nodes: what programs send to another node, and nothing else.

use std::time::Instant;

use moebi::{cluster::protocol::FromNode, lesson::ProbeOutcome};

use super::{
    epmd::Epmd,
    node::{Node, Turn},
};

const ALEX: &str = "alex@localhost";
const KATE: &str = "kate@localhost";

fn pair() -> (Epmd, Node, Node) {
    let epmd = Epmd::start();
    let (alex, kate) = (Node::named(&epmd, ALEX, &[]), Node::named(&epmd, KATE, &[]));
    (epmd, alex, kate)
}

fn messages(turn: &Turn) -> Vec<(&str, &str)> {
    let mut messages = Vec::new();
    for frame in &turn.frames {
        if let FromNode::Message { to, text, .. } = frame {
            messages.push((to.as_str(), text.as_str()));
        }
    }
    messages
}

/// Waits for a message to that node; gives it as it was told.
fn hears(node: &mut Node, from: &str, to: &str) -> String {
    match node.hears(|frame| matches!(frame, FromNode::Message { .. })) {
        FromNode::Message { from: sender, to: receiver, text, .. } => {
            assert_eq!((sender.as_str(), receiver.as_str()), (from, to), "{text}");
            text
        }
        other => unreachable!("only messages match: {other:?}"),
    }
}

/// Types it, and gives the messages to kate that it brings about: those that are told before a last one.
///
/// A busy node may tell of a message after the prompt.
#[track_caller]
fn told(alex: &mut Node, input: &str) -> Vec<String> {
    let from = alex.told().len();
    alex.turn(input);
    alex.types(&format!("send({{:nobody, :kate@localhost}}, {LAST})"));
    alex.hears(|frame| matches!(frame, FromNode::Message { text, .. } if text == LAST));
    let all = alex.told();
    all[from..all.len() - 1].iter().map(|text| (*text).to_owned()).collect()
}

const LAST: &str = ":last";

#[test]
fn a_greeting_and_its_reply_are_told_by_their_senders() {
    let (_epmd, mut alex, mut kate) = pair();
    let waits =
        "pid = Node.spawn_link(:kate@localhost, fn -> receive do {:hi, from} -> send(from, :sup?) end end)";
    assert_eq!(messages(&alex.turn(waits)), [], "starting a process sends nothing");
    alex.types("send(pid, {:hi, self()})");
    let text = hears(&mut alex, ALEX, KATE);
    assert!(text.starts_with("{:hi, #PID<0.") && text.ends_with(">}"), "{text}");
    // Its group leader is on alex, and it has ended by now.
    assert_eq!(hears(&mut kate, KATE, ALEX), ":sup?");
    // To a process that has ended, in another way, and from a spawned process to a name.
    for (input, text) in [("send(pid, :again)", ":again"), ("pid |> Process.send(:now, [])", ":now")] {
        alex.types(input);
        assert_eq!(hears(&mut alex, ALEX, KATE), text);
    }
    alex.types("spawn(fn -> send({:nobody, :kate@localhost}, {:to, \"#PID<\"}) end)");
    assert_eq!(hears(&mut alex, ALEX, KATE), "{:to, \"#PID<\"}");
}

/// Once the code that answers is loaded, for which messages go to and fro.
#[test]
fn an_answer_says_which_message_its_sender_had_received_last() {
    let (_epmd, mut alex, mut kate) = pair();
    let answer = "receive do {:hi, from} -> send(from, :sup?) end";
    alex.turn(&format!("pid = Node.spawn(:kate@localhost, fn -> {answer}; {answer} end)"));
    let sent = |node: &mut Node| match node.hears(|frame| matches!(frame, FromNode::Message { .. })) {
        FromNode::Message { sender, .. } => sender,
        other => unreachable!("only messages match: {other:?}"),
    };
    let [_, (asked, answered)] = [(); 2].map(|()| {
        alex.types("send(pid, {:hi, self()})");
        (sent(&mut alex), sent(&mut kate))
    });
    assert!(asked.serial > 0 && asked.serial == answered.heard, "{asked:?} {answered:?}");
}

#[test]
fn what_the_runtime_says_to_itself_is_no_message() {
    let (_epmd, mut alex, mut kate) = pair();
    for input in [
        "Node.connect(:kate@localhost)",
        "Node.ping(:kate@localhost)",
        ":rpc.call(:kate@localhost, :erlang, :node, [])",
        ":erpc.call(:kate@localhost, IO, :puts, [\"hi\"])",
        ":global.register_name(:alex, self())",
        ":global.sync()",
        "Node.spawn(:kate@localhost, fn -> IO.puts(IO.gets(\"name? \")) end)",
        "kate",
        "Node.spawn(:kate@localhost, fn -> raise \"oh\" end)",
        "send(self(), :here); spawn(fn -> :ok end) |> send(:there)",
    ] {
        assert_eq!(messages(&alex.turn(input)), [], "{input}");
    }
    let probed = alex.probe("send({:nobody, :kate@localhost}, :probed)", None);
    assert!(matches!(probed, ProbeOutcome::Value { .. }), "{probed:?}");
    // The first that either tells is the one that is meant.
    for (node, other) in [(&mut alex, KATE), (&mut kate, ALEX)] {
        node.types(&format!("send({{:nobody, :{other}}}, :end)"));
        node.hears(|frame| matches!(frame, FromNode::Message { .. }));
        assert_eq!(node.told(), [":end"]);
    }
}

#[test]
fn a_flood_of_sends_neither_slows_nor_grows_the_node() {
    let (_epmd, mut alex, _kate) = pair();
    alex.turn("Node.connect(:kate@localhost)");
    let flood = "{us, _} = :timer.tc(fn -> for n <- 1..300_000, do: send({:nobody, :kate@localhost}, {:flood, n}) end); us";
    let began = Instant::now();
    let turn = alex.turn(flood);
    // A hundred at first, and after a second's rest as many again.
    let most = 100 * (2 + began.elapsed().as_secs());
    let count = messages(&turn).len() as u64;
    assert!((1..=most).contains(&count), "{count} were told");
    // The next input is seen again, and its message is the first that is told.
    alex.types("send({:nobody, :kate@localhost}, :after_it)");
    alex.hears(|frame| matches!(frame, FromNode::Message { text, .. } if text == ":after_it"));
    // Nothing of it is left in any mailbox or on any heap.
    let largest = "Process.list() |> Enum.reject(& &1 == shell) |> Enum.map(&Process.info(&1, [:message_queue_len, :memory])) \
                   |> Enum.map(fn info -> info[:message_queue_len] * 1_000 + info[:memory] end) |> Enum.max()";
    let grown = alex.probe(largest, Some("bytes when bytes < 20_000_000"));
    assert!(matches!(grown, ProbeOutcome::Value { matched: Some(true), .. }), "{grown:?}");
}

#[test]
fn a_giant_is_told_in_short() {
    let (_epmd, mut alex, _kate) = pair();
    alex.turn("Node.connect(:kate@localhost)");
    let big =
        told(&mut alex, "send({:nobody, :kate@localhost}, {:big, String.duplicate(\"ab\", 5_000)}); :ok");
    let [text] = big.as_slice() else { panic!("one message: {big:#?}") };
    assert!(text.len() <= 4096 && text.starts_with("{:big, \"abab"), "{} bytes", text.len());
    // The emulator traces nothing that it sends in slices; if one day it does, that is told in short too.
    let giant = told(&mut alex, "send({:nobody, :kate@localhost}, Enum.to_list(1..1_000_000)); :ok");
    assert!(giant.iter().all(|text| text.contains("words")), "{giant:#?}");
    assert_eq!(told(&mut alex, "send({:nobody, :kate@localhost}, :still_there)"), [":still_there"]);
}

#[test]
fn the_learner_may_trace_too() {
    let (_epmd, mut alex, _kate) = pair();
    alex.turn("Node.connect(:kate@localhost)");
    for input in [
        ":erlang.trace(:all, false, [:all])",
        ":erlang.trace_pattern(:send, true, [])",
        "for _ <- 1..1000, do: send(self(), :local)",
        ":erlang.trace(:new, true, [:send])",
        ":erlang.trace(:all, false, [:all])",
    ] {
        alex.turn(input);
    }
    assert_eq!(told(&mut alex, "send({:nobody, :kate@localhost}, :seen)"), [":seen"]);
}
