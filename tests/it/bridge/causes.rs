//! Causes and rest on real nodes: which input something is told to come from, and what is told to be still going on.
//!
//! What the runtime does with a token is no promise of Erlang's; so each habit of it that Moebi relies on, or that a
//! reader should know of, is held here, for every Elixir that the tests are run on.

use std::time::Instant;

use moebi::{
    cluster::protocol::{FromNode, NodeInput, PromptKind, Report, ToNode},
    lesson::OutputKind::{self, Error, Log, Print, Result as Value, Shell, Stderr},
};

use super::{epmd::Epmd, node::Node};
use crate::support::PATIENCE;

const KATE: &str = "kate@localhost";

fn pair() -> (Epmd, Node, Node) {
    let epmd = Epmd::start();
    let (alex, kate) = (Node::named(&epmd, "alex@localhost", &[]), Node::named(&epmd, KATE, &[]));
    (epmd, alex, kate)
}

/// Types one expression; the number of the input that it is.
fn types(node: &mut Node, text: &str) -> u32 {
    node.types(text);
    line(node).0
}

/// The next line that IEx is given.
fn line(node: &mut Node) -> (u32, String) {
    match node.hears(|frame| matches!(frame, FromNode::Line { .. })) {
        FromNode::Line { number, text, .. } => (number, text),
        other => unreachable!("only lines match: {other:?}"),
    }
}

/// What has brought that output about.
fn cause(node: &mut Node, wanted: OutputKind, part: &str) -> Option<NodeInput> {
    let is_it = |frame: &FromNode| matches!(frame, FromNode::Output { kind, text, .. } if *kind == wanted && text.contains(part));
    match node.hears(is_it) {
        FromNode::Output { cause, .. } => cause,
        other => unreachable!("only outputs match: {other:?}"),
    }
}

fn input(node: &Node, number: u32) -> Option<NodeInput> {
    Some(NodeInput { word: node.word, number })
}

/// Types it, and expects that output as a consequence.
#[track_caller]
fn brings_about(node: &mut Node, text: &str, kind: OutputKind, part: &str) {
    let number = types(node, text);
    let found = cause(node, kind, part);
    assert_eq!(found, input(node, number), "{text}");
}

/// Types it, and expects that output to have no cause.
#[track_caller]
fn leaves_no_trace_in(node: &mut Node, text: &str, kind: OutputKind, part: &str) {
    node.types(text);
    assert_eq!(cause(node, kind, part), None, "{text}");
}

/// Waits until the shell has come round.
fn rest(node: &mut Node) {
    node.types(":rest");
    node.hears(|frame| matches!(frame, FromNode::Output { kind: Value, text, .. } if text == ":rest\n"));
    // Else whoever types next takes this prompt for its own.
    node.hears(|frame| matches!(frame, FromNode::Prompt { .. }));
}

#[test]
fn each_expression_is_an_input_of_its_own() {
    let mut alex = Node::start(&[]);
    alex.types("a = 1\n\na + 1\nspawn(fn ->\n  IO.puts(a + 2)\nend)\n:end");
    let lines: Vec<_> = (0..7).map(|_| line(&mut alex)).collect();
    let told: Vec<_> = lines.iter().map(|(number, text)| (*number, text.trim())).collect();
    let expected = [
        (1, "a = 1"),
        (1, ""),
        (2, "a + 1"),
        (3, "spawn(fn ->"),
        (3, "IO.puts(a + 2)"),
        (3, "end)"),
        (4, ":end"),
    ];
    assert_eq!(told, expected);
    alex.hears(|frame| matches!(frame, FromNode::Output { text, .. } if text == ":end\n"));
    for (kind, text, number) in [(Value, "1\n", 1), (Value, "2\n", 2), (Print, "three", 3), (Value, "4\n", 4)]
    {
        let mut alex = Node::start(&[]);
        alex.types("1\n2\nspawn(fn -> IO.puts(:three) end)\n4");
        assert_eq!(cause(&mut alex, kind, text), input(&alex, number), "{text}");
    }
}

#[test]
fn the_command_that_started_a_node_is_the_cause_of_what_comes_before_any_input() {
    let mut node = Node::start(&[]);
    node.rewind();
    assert_eq!(cause(&mut node, Shell, "Interactive Elixir"), input(&node, 0));
}

#[test]
fn what_another_node_prints_late_belongs_to_the_line_that_began_it() {
    let (_epmd, mut alex, mut kate) = pair();
    // What it waits for is no message, which would be its cause.
    let waits = "fn -> Enum.find(Stream.cycle([1]), fn _ -> Process.sleep(1); Process.whereis(:now) end); IO.puts(:late) end";
    let begun = types(&mut alex, &format!("Node.spawn_link(:kate@localhost, {waits})"));
    assert_eq!(types(&mut alex, ":second"), begun + 1);
    assert_eq!(types(&mut alex, ":third"), begun + 2);
    kate.turn("Process.register(self(), :now)");
    assert_eq!(cause(&mut alex, Print, "late"), input(&alex, begun));
    // Two nodes at once: each has causes of its own, whose screen it is.
    let there = types(&mut kate, "Node.spawn(:alex@localhost, fn -> IO.puts(:from_alex) end)");
    assert_eq!(cause(&mut kate, Print, "from_alex"), input(&kate, there));
    let here =
        types(&mut alex, "Node.spawn(:kate@localhost, fn -> :io.put_chars(:user, \"for kate\\n\") end)");
    assert_eq!(cause(&mut kate, Print, "for kate"), input(&alex, here));
}

#[test]
fn the_first_message_to_a_node_carries_its_cause() {
    let (_epmd, mut alex, mut kate) = pair();
    kate.turn("pid = spawn(fn -> receive do text -> :io.put_chars(:user, text) end end); Process.register(pid, :dog)");
    let sent = types(&mut alex, "send({:dog, :kate@localhost}, \"chicken?\\n\")");
    assert_eq!(cause(&mut kate, Print, "chicken?"), input(&alex, sent));
}

#[test]
fn it_goes_through_spawns_calls_tasks_and_servers() {
    let (_epmd, mut alex, mut kate) = pair();
    alex.turn("Node.connect(:kate@localhost)");
    alex.turn("{:ok, agent} = Agent.start(fn -> 0 end)");
    kate.turn("{:ok, _} = Task.Supervisor.start_link(name: Sup)");
    alex.turn(":ets.new(:box, [:public, :named_table])");
    for text in [
        "spawn(fn -> spawn(fn -> spawn(fn -> IO.puts(:mark) end) end) end)",
        "Task.await(Task.async(fn -> IO.puts(:mark) end))",
        ":erpc.call(:kate@localhost, fn -> IO.puts(:mark) end)",
        ":rpc.call(:kate@localhost, IO, :puts, [:mark])",
        "Agent.get(agent, fn _ -> 1 end); spawn(fn -> IO.puts(:mark) end)",
        "System.cmd(\"true\", []); spawn(fn -> IO.puts(:mark) end)",
        "File.exists?(\"nobody\"); File.read(\"nobody\"); spawn(fn -> IO.puts(:mark) end)",
        ":ets.insert(:box, {1, 2}); :persistent_term.put(:box, 1); spawn(fn -> IO.puts(:mark) end)",
        "spawn(fn -> receive do _ -> :ok after 20 -> IO.puts(:mark) end end)",
    ] {
        brings_about(&mut alex, text, Print, "mark");
        rest(&mut alex);
    }
    let task = "Task.await(Task.Supervisor.async({Sup, :kate@localhost}, fn -> IO.puts(:in_a_task) end))";
    let asked = types(&mut alex, task);
    assert_eq!(cause(&mut kate, Print, "in_a_task"), input(&alex, asked));
    rest(&mut alex);
    brings_about(&mut alex, "spawn(fn -> IO.puts(:stderr, :mark) end)", Stderr, "mark");
    rest(&mut alex);
    alex.turn("require Logger");
    brings_about(&mut alex, "Logger.error(\"mark\"); Process.sleep(50)", Log, "mark");
}

#[test]
fn an_exit_of_the_shell_belongs_to_who_started_the_process_that_ended_and_a_kill_to_nobody() {
    let (_epmd, mut alex, _kate) = pair();
    alex.turn("x = 1");
    for node in [":kate@localhost", "node()"] {
        // It is linked when the prompt comes, and ends three inputs later.
        let waits = format!(
            "pid = Node.spawn_link({node}, fn -> receive do :go -> receive do :now -> exit(:boom) end end end)"
        );
        let linked = types(&mut alex, &waits);
        alex.hears(|frame| matches!(frame, FromNode::Prompt { .. }));
        alex.turn("send(pid, :go)");
        alex.turn(":meanwhile");
        types(&mut alex, "send(pid, :now)");
        assert_eq!(cause(&mut alex, Error, "exited with reason: :boom"), input(&alex, linked));
        alex.prompts(PromptKind::Iex, "iex(alex@localhost)");
        // It ends at once.
        let at_once = format!("Node.spawn_link({node}, fn -> exit(:boom) end)");
        brings_about(&mut alex, &at_once, Error, "exited with reason: :boom");
        alex.prompts(PromptKind::Iex, "iex(alex@localhost)");
    }
    alex.turn("pid = Node.spawn_link(:kate@localhost, fn -> Process.sleep(:infinity) end)");
    leaves_no_trace_in(&mut alex, "Process.exit(pid, :kill)", Error, "exited with reason: killed");
}

#[test]
fn whoever_the_shell_took_along_has_not_ended_it() {
    // Told to the watch itself: on a machine that stands still for a moment, news may come in another order.
    let mut alex = Node::start(&[]);
    let both = "p = spawn(fn -> receive do :never -> :ok end end); q = spawn(fn -> receive do :never -> :ok end end)
        links = :moebi_links.update(:moebi_links.new(), self(), [p], 3)
        links = :moebi_links.update(links, self(), [p, q], 4)
        down = fn links, pid -> :moebi_links.down(links, elem(links.monitored[pid], 0), pid, :boom) end
        over = fn links -> :moebi_links.down(links, links.evaluator, self(), :boom) end
        {:moebi_links.ended(links |> over.() |> down.(p) |> down.(q)), :moebi_links.ended(links |> down.(q) |> over.() |> down.(p))}";
    alex.types(both);
    alex.hears(|frame| matches!(frame, FromNode::Output { text, .. } if text.contains("{nil, 4}")));
}

#[test]
fn who_has_ended_well_has_ended_no_shell() {
    let (_epmd, mut alex, _kate) = pair();
    for node in [":kate@localhost", "node()"] {
        alex.turn(&format!("pid = Node.spawn_link({node}, fn -> receive do :go -> :ok end end)"));
        // Its end is known, and the evaluator goes on.
        let both =
            format!("send(pid, :go); Process.sleep(100); Node.spawn_link({node}, fn -> exit(:boom) end)");
        brings_about(&mut alex, &both, Error, "exited with reason: :boom");
        alex.prompts(PromptKind::Iex, "iex(alex@localhost)");
    }
}

#[test]
fn the_watch_for_links_takes_no_other_news_of_an_end() {
    // Another monitor's news may mean a reader that is gone: nobody else would drop it.
    let (_epmd, mut alex, _kate) = pair();
    alex.types(
        "p = Node.spawn(:kate@localhost, fn -> receive do :go -> exit(:boom) end end)\n\
         for _ <- 1..5, do: Process.monitor(p)\n\
         links = :moebi_links.update(:moebi_links.new(), spawn(fn -> receive do :never -> :ok end end), [p], 3)\n\
         send(p, :go)\n\
         wait = fn wait -> if Process.info(self(), :message_queue_len) != {:message_queue_len, 6}, do: wait.(wait) end\n\
         wait.(wait)\n\
         {:moebi_links.ended(links), Process.info(self(), :message_queue_len)}",
    );
    alex.hears(|frame| matches!(frame, FromNode::Output { text, .. } if text.contains("{3, {:message_queue_len, 5}}")));
}

#[test]
fn timers_and_monitors_leave_a_process_its_cause_and_the_emulators_log_has_none() {
    let (_epmd, mut alex, _kate) = pair();
    for text in [
        "spawn(fn -> Process.send_after(self(), :go, 10); receive do :go -> IO.puts(:mark) end end)",
        ":timer.apply_after(10, IO, :puts, [Process.group_leader(), :mark])",
        "spawn(fn -> spawn_monitor(fn -> Process.sleep(10) end); receive do _down -> IO.puts(:mark) end end)",
        "spawn(fn -> Node.monitor(:nobody@localhost, true); receive do {:nodedown, _} -> IO.puts(:mark) end end)",
    ] {
        brings_about(&mut alex, text, Print, "mark");
        rest(&mut alex);
    }
    leaves_no_trace_in(&mut alex, "spawn(fn -> raise \"mark\" end)", Log, "mark");
}

#[test]
fn a_token_of_the_learners_own_is_none_of_ours() {
    let mut alex = Node::start(&[]);
    let own = ":seq_trace.set_token(:label, 17); spawn(fn -> IO.puts(:mark) end)";
    leaves_no_trace_in(&mut alex, own, Print, "mark");
    // What the evaluator prints itself is its input's all the same, and the next has its own again.
    brings_about(&mut alex, ":seq_trace.set_token([]); IO.puts(:own)", Print, "own");
    rest(&mut alex);
    brings_about(&mut alex, "spawn(fn -> IO.puts(:next) end)", Print, "next");
    rest(&mut alex);
    rest(&mut alex);
    leaves_no_trace_in(
        &mut alex,
        ":seq_trace.reset_trace(); spawn(fn -> IO.puts(:reset) end)",
        Print,
        "reset",
    );
}

#[test]
fn compiling_costs_an_old_evaluator_its_token_for_the_rest_of_the_expression() {
    let mut alex = Node::start(&[]);
    let both = "defmodule M do\n  def f, do: 1\nend; IO.puts(:own); spawn(fn -> IO.puts(:mark) end)";
    alex.types(both);
    let (number, _) = line(&mut alex);
    assert_eq!(cause(&mut alex, Print, "own"), input(&alex, number));
    let expected = if alex.elixir_is_old() { None } else { input(&alex, number) };
    assert_eq!(cause(&mut alex, Print, "mark"), expected);
    rest(&mut alex);
    brings_about(&mut alex, "spawn(fn -> IO.puts(:next) end)", Print, "next");
}

#[test]
fn the_end_of_a_process_on_another_node_costs_an_old_evaluator_its_token() {
    let (_epmd, mut alex, mut kate) = pair();
    kate.turn("Process.register(spawn(fn -> Task.Supervisor.start_link(name: Sup); receive do :never -> :ok end end), :sup)");
    kate.turn("Enum.find(Stream.cycle([1]), fn _ -> Process.whereis(Sup) end)");
    let there = [
        "Task.await(Task.Supervisor.async({Sup, :kate@localhost}, Kernel, :+, [1, 2]))",
        ":erpc.call(:kate@localhost, Kernel, :+, [1, 2])",
        "Process.monitor(Node.spawn(:kate@localhost, Kernel, :+, [1, 2])); receive do down -> down end",
    ];
    for there in there {
        let number = types(&mut alex, &format!("{there}; spawn(fn -> IO.puts(:mark) end)"));
        let expected = if alex.elixir_is_old() { None } else { input(&alex, number) };
        assert_eq!(cause(&mut alex, Print, "mark"), expected, "{there}");
        rest(&mut alex);
    }
    // Of one on its own node it does not.
    let here = "Process.monitor(spawn(Kernel, :+, [1, 2])); receive do down -> down end";
    brings_about(&mut alex, &format!("{here}; spawn(fn -> IO.puts(:mark) end)"), Print, "mark");
}

#[test]
fn an_interrupt_ends_an_input_and_the_next_has_its_own_cause() {
    let mut alex = Node::start(&[]);
    alex.turn("kept = 1");
    let stopped = types(&mut alex, "Process.sleep(:infinity)");
    alex.busy();
    alex.send(&ToNode::Interrupt);
    assert_eq!(alex.interrupted(), 1);
    let number = types(&mut alex, "spawn(fn -> IO.puts(:mark) end); kept");
    assert_eq!(number, stopped + 1);
    assert_eq!(cause(&mut alex, Print, "mark"), input(&alex, number));
}

#[test]
fn an_answer_to_a_question_belongs_to_who_asked() {
    let mut alex = Node::start(&[]);
    let asked = types(&mut alex, "IO.puts(\"hi \" <> IO.gets(\"who? \"))");
    alex.hears(|frame| matches!(frame, FromNode::Prompt { text, .. } if text == "who? "));
    alex.types("kate");
    assert_eq!(cause(&mut alex, Print, "hi kate"), input(&alex, asked));
}

/// Asks every node once whether it rests; what each reports.
fn round(nodes: &mut [&mut Node], number: u64) -> Vec<Report> {
    let peers: Vec<String> = nodes.iter().map(|node| node.name.clone()).collect();
    for node in &mut *nodes {
        node.send(&ToNode::Rest { round: number, peers: peers.clone(), paused: Vec::new() });
    }
    let is_it = |frame: &FromNode| matches!(frame, FromNode::Rested { round, .. } if *round == number);
    let mut reports = Vec::new();
    for node in nodes {
        match node.hears(is_it) {
            FromNode::Rested { report, .. } => reports.push(report),
            other => unreachable!("only reports match: {other:?}"),
        }
    }
    reports
}

/// Asks until two rounds in a row say that nothing runs; the last of them.
fn rests(nodes: &mut [&mut Node]) -> Vec<Report> {
    let start = Instant::now();
    let mut before = Vec::new();
    for number in 1.. {
        let reports = round(nodes, number);
        if reports.iter().all(|report| report.running == 0) && reports == before {
            return reports;
        }
        assert!(start.elapsed() < PATIENCE, "no rest: {reports:?} after {before:?}");
        before = reports;
    }
    unreachable!("there is always another number")
}

#[test]
fn nodes_that_do_nothing_rest_and_are_not_brought_together_by_being_asked() {
    let (_epmd, mut alex, mut kate) = pair();
    let reports = rests(&mut [&mut alex, &mut kate]);
    assert!(reports.iter().all(|report| report.waiting == 0), "{reports:?}");
    assert_eq!(alex.turn("Node.list()").texts(Value), ["[]\n"]);
    let pids = "length(Process.list())";
    let before = alex.turn(pids).texts(Value).concat();
    rests(&mut [&mut alex, &mut kate]);
    assert_eq!(alex.turn(pids).texts(Value).concat(), before, "asking leaves no process");
    assert_eq!(alex.turn("flush()").texts(Print), [] as [&str; 0]);
}

#[test]
fn what_runs_is_told_from_what_waits_and_from_what_is_gone() {
    let (_epmd, mut alex, mut kate) = pair();
    for _ in 1..=2 {
        alex.turn("Node.connect(:kate@localhost)");
        let reports = rests(&mut [&mut alex, &mut kate]);
        assert!(
            reports.iter().all(|report| report.waiting == 0),
            "a connection is nobody's work: {reports:?}"
        );
        alex.turn("Node.disconnect(:kate@localhost)");
    }
    alex.turn("busy = Node.spawn(:kate@localhost, fn -> Enum.each(Stream.cycle([1]), & &1) end)");
    for number in 1000..1010 {
        assert!(round(&mut [&mut alex, &mut kate], number)[1].running > 0);
    }
    alex.turn("Process.exit(busy, :kill)");
    assert_eq!(rests(&mut [&mut alex, &mut kate])[1].waiting, 0);
    alex.turn("waits = Node.spawn(:kate@localhost, fn -> receive do :go -> IO.puts(:went) end end)");
    assert_eq!(rests(&mut [&mut alex, &mut kate])[1].waiting, 1);
    alex.types("send(waits, :go)");
    let reports = rests(&mut [&mut alex, &mut kate]);
    assert_eq!(reports[1].waiting, 0);
    // All that it brought about was told before the report.
    let everything = alex.everything();
    assert!(everything.contains("went"), "{everything}");
}

#[test]
fn what_goes_back_and_forth_is_never_taken_for_rest() {
    let (_epmd, mut alex, mut kate) = pair();
    for times in [1, 10, 100, 1000] {
        alex.types(&format!(
            "me = self(); Node.spawn(:kate@localhost, fn -> \
             for _ <- 1..{times}, do: :erpc.call(:alex@localhost, fn -> :ok end); IO.puts(:done{times}) end)"
        ));
        line(&mut alex);
        rests(&mut [&mut alex, &mut kate]);
        let everything = alex.everything();
        assert!(everything.contains(&format!("done{times}\n")), "{times}: {everything}");
    }
}
