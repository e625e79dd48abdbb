//! The bridge on real nodes, spoken to directly: no pseudo-terminal, no guide.

mod causes;
mod clock;
mod epmd;
mod messages;
mod node;
mod source;
mod spawns;

use epmd::Epmd;
use std::{collections::BTreeSet, time::Duration};

use crate::support::elixir;
use moebi::{
    cluster::{
        bridge,
        protocol::{FromNode, Parsed, PromptKind, ToNode},
    },
    lesson::{OutputKind::*, ProbeOutcome},
};
use node::{Node, bin};

const NAMELESS: &str = "nonode@nohost";

#[test]
fn a_node_without_a_name_says_hello_and_prompts() {
    let node = Node::start(&[]);
    assert_eq!(node.name, NAMELESS);
    assert!(node.banner.contains("Interactive Elixir"), "{}", node.banner);
    assert_eq!(node.prompt, (PromptKind::Iex, "iex(1)> ".to_owned()));
}

#[test]
fn everything_printed_has_a_kind() {
    let mut node = Node::start(&[]);
    assert_eq!(node.outputs("1 + 1"), [(Result, "2\n")]);
    assert_eq!(node.outputs("IO.puts(\"hi\")"), [(Print, "hi\n"), (Result, ":ok\n")]);
    assert_eq!(node.outputs("IO.puts(:stderr, \"hm\")"), [(Stderr, "hm\n"), (Result, ":ok\n")]);
    assert_eq!(node.outputs("spawn(fn -> :ok end); IEx.dont_display_result()"), []);
    assert_eq!(node.outputs("send(self(), :sup?); flush()"), [(Print, ":sup?\n"), (Result, ":ok\n")]);
    for (input, banner) in [
        ("raise \"oh\"", "** (RuntimeError) oh"),
        ("throw :ball", "** (throw) :ball"),
        ("exit :early", "** (exit) :early"),
        ("nobody_knows(1)", "** (CompileError)"),
        ("Kate.say_name()", "** (UndefinedFunctionError) function Kate.say_name/0 is undefined"),
        ("foo)", ")"),
    ] {
        let outputs = node.turn(input).outputs();
        let error = outputs.iter().find(|(kind, ..)| *kind == Error);
        assert!(error.is_some_and(|(_, _, text)| text.contains(banner)), "{input}: {outputs:?}");
        assert!(outputs.iter().all(|(kind, ..)| *kind != Result), "{input}: {outputs:?}");
    }
    node.types("require Logger; Logger.error(\"to the log\")");
    node.sees(Log, "to the log");
}

/// Such as by a process that it has just linked itself to, and that exits.
#[test]
fn a_value_is_one_though_its_evaluator_ends_over_it() {
    let mut node = Node::start(&[]);
    node.types(
        "screen = Process.group_leader(); \
         until = fn until, true? -> true?.() || until.(until, true?) end; \
         prints? = fn pid -> match?([status: :waiting, current_stacktrace: [_, {:io, :put_chars, _, _} | _]], \
         Process.info(pid, [:status, :current_stacktrace])) end; \
         hold = fn shown, options -> evaluator = self(); \
         spawn(fn -> :erlang.suspend_process(screen); send(evaluator, :held); \
         until.(until, fn -> prints?.(evaluator) end); Process.exit(evaluator, :kill); \
         until.(until, fn -> not Process.alive?(evaluator) end); :erlang.resume_process(screen) end); \
         receive do: (:held -> Inspect.inspect(shown, options)) end; \
         IEx.configure(inspect: [inspect_fun: hold])",
    );
    node.sees(Result, ":ok");
    node.sees(Error, "killed");
}

#[test]
fn a_learner_cannot_forge_a_result() {
    let node = Node::start(&[]);
    let nested = |arguments: &str| {
        format!(
            "s = Process.get(:iex_server); send(self(), {arguments}); send(self(), {{:done, s, false}}); \
             apply(IEx.Evaluator, :init, [:no, s, Process.group_leader()] ++ {})",
            if arguments.contains("State") { "[[]]" } else { "[1, []]" }
        )
    };
    let evaluator = if node.elixir.starts_with("1.14") {
        nested("{:eval, s, \":forged\\n\", struct(IEx.State)}")
    } else {
        nested("{:eval, s, \":forged\\n\", 1, \"\"}")
    };
    for input in [
        "IO.puts(\":forged\")",
        "IO.inspect(:forged); 1",
        ":io.format(\":forged~n\")",
        "spawn(fn -> IO.puts(\":forged\") end); Process.sleep(50)",
        "send(Process.group_leader(), {:io_request, self(), make_ref(), {:put_chars, :unicode, \":forged\\n\"}}); 1",
        "IO.puts(\"** (RuntimeError) :forged\")",
        "apply(IO, :puts, [:stdio, \":forged\"])",
        "Process.group_leader(self(), Process.whereis(:user)); IO.puts(\":forged\")",
        &evaluator,
    ] {
        let mut node = if input.contains("group_leader(self()") { Node::start(&[]) } else { node.again() };
        let frames = node.forge(input);
        let forged = |kind| frames.iter().any(|(k, _, text)| *k == kind && text.contains(":forged"));
        assert!(forged(Print) && !forged(Result) && !forged(Error), "{input}: {frames:?}");
    }
}

#[test]
fn readers_are_served_line_by_line() {
    let mut node = Node::start(&[]);
    node.types("IO.gets(\"name? \")").prompts(PromptKind::Gets, "name? ");
    assert_eq!(node.outputs("Άννα"), [(Result, "\"Άννα\\n\"\n")]);
    node.types("IO.getn(\"two: \", 2)").prompts(PromptKind::Chars, "two: ");
    // The rest of the line is for IEx, as in a terminal.
    assert_eq!(node.outputs("ab1 + 1"), [(Result, "\"ab\"\n"), (Result, "2\n")]);
    node.types(":io.read(\"term: \")").prompts(PromptKind::Gets, "term: ");
    node.types("{a,").prompts(PromptKind::Gets, "");
    assert_eq!(node.outputs("1}."), [(Result, "{:ok, {:a, 1}}\n")]);
    node.types("IO.gets(\"\")").prompts(PromptKind::Gets, "");
    node.send(&ToNode::Eof);
    node.sees(Result, ":eof");
}

#[test]
fn an_expression_may_span_lines() {
    let mut node = Node::start(&[]);
    node.types("defmodule Kate do").prompts(PromptKind::More, "...(1)> ");
    node.types("  def say_name, do: IO.puts(\"Kate\")").prompts(PromptKind::More, "...(1)> ");
    node.types("end").sees(Result, "{:module, Kate,");
    node.prompts(PromptKind::Iex, "iex(2)> ");
    // Typed ahead of each other: only the prompt that truly waits is told.
    let turn = node.turn("x = [\n1,\n2]\nKate.say_name()");
    assert_eq!(
        turn.outputs(),
        [(Result, NAMELESS, "[1, 2]\n"), (Print, NAMELESS, "Kate\n"), (Result, NAMELESS, ":ok\n")]
    );
    assert_eq!(turn.prompt, (PromptKind::Iex, "iex(4)> ".to_owned()));
}

#[test]
fn a_request_that_fails_ends_nothing() {
    let mut node = Node::start(&[]);
    let ask = |request: &str| {
        format!(
            "ref = make_ref(); send(Process.group_leader(), {{:io_request, self(), ref, {request}}}); \
             receive do {{:io_reply, ^ref, r}} -> r after 2000 -> :silence end"
        )
    };
    for (request, reply) in [
        ("{:put_chars, :unicode, :erlang, :error, [:boom]}", "{:error, :request}\n"),
        ("{:put_chars, :unicode, [-1]}", "{:error, :put_chars}\n"),
        ("{:put_chars, :unicode, <<255>>}", "{:error, :put_chars}\n"),
        (":nonsense", "{:error, :request}\n"),
        ("{:get_password, :unicode}", "{:error, :enotsup}\n"),
        ("{:setopts, [nonsense: 1]}", "{:error, :enotsup}\n"),
        ("{:get_geometry, :columns}", "100\n"),
        ("{:requests, [{:put_chars, :unicode, \"\"}, {:get_geometry, :rows}]}", "30\n"),
    ] {
        node.send(&ToNode::Geometry { columns: 100, rows: 30 });
        assert_eq!(node.outputs(&ask(request)), [(Result, reply)], "{request}");
    }
    node.types(&ask("{:get_until, :unicode, \"? \", :erlang, :error, []}")).prompts(PromptKind::Gets, "? ");
    assert_eq!(node.outputs("x"), [(Result, "{:error, :get_until}\n")]);
    assert_eq!(
        node.outputs(&ask("{:put_chars, :io_lib, :format, [\"old ~p~n\", [1]]}")),
        [(Print, "old 1\n"), (Result, ":ok\n")]
    );
}

#[test]
fn a_link_crash_is_an_error_of_the_shell_and_a_prompt_follows() {
    let mut node = Node::start(&[]);
    node.turn("x = 1");
    node.types("spawn_link(fn -> Process.sleep(50); exit(:boom) end)");
    node.sees(Error, "shell process exited with reason: :boom");
    node.prompts(PromptKind::Iex, "iex(");
    let outputs = node.turn("x").outputs();
    assert!(outputs.iter().any(|(kind, ..)| *kind == Error), "x is gone: {outputs:?}");
    assert_eq!(node.outputs("2"), [(Result, "2\n")]);
}

#[test]
fn ctrl_c_returns_to_the_prompt_and_keeps_variables() {
    for stuck in
        ["receive do :never -> :ok end", "Process.sleep(:infinity)", "Enum.each(Stream.cycle([1]), & &1)"]
    {
        let mut node = Node::start(&[]);
        node.turn("x = %{a: 1}");
        node.turn("y = self()");
        node.types(stuck);
        node.busy();
        node.send(&ToNode::Interrupt);
        assert_eq!(node.interrupted(), 2, "{stuck}");
        assert_eq!(
            node.outputs("{x, is_pid(y), y == self()}"),
            [(Result, "{%{a: 1}, true, false}\n")],
            "{stuck}"
        );
    }
}

#[test]
fn ctrl_c_drops_what_is_half_typed() {
    let mut node = Node::start(&[]);
    node.turn("me = self()");
    node.types("foo(").prompts(PromptKind::More, "...(2)> ");
    node.send(&ToNode::Interrupt);
    node.prompts(PromptKind::Iex, "iex(2)> ");
    assert_eq!(node.outputs("me == self()"), [(Result, "true\n")]);
    node.send(&ToNode::Interrupt);
    node.prompts(PromptKind::Iex, "iex(3)> ");
    node.types("IO.gets(\"? \")").prompts(PromptKind::Gets, "? ");
    node.send(&ToNode::Interrupt);
    assert_eq!(node.interrupted(), 1);
    assert_eq!(node.outputs("is_pid(me)"), [(Result, "true\n")]);
}

#[test]
fn a_shell_that_is_killed_or_hears_of_no_interrupt_is_started_again() {
    let mut node = Node::start(&[]);
    // Who evaluates may outlive its shell; it has nothing more to say.
    node.types("Process.exit(Process.get(:iex_server), :kill); Process.sleep(:infinity)");
    node.sees(Error, "the shell itself has ended: killed");
    node.prompts(PromptKind::Iex, "iex(1)> ");
    assert_eq!(node.outputs("x = 1"), [(Result, "1\n")]);
    node.types(
        ":erlang.suspend_process(Process.get(:iex_server)); IO.puts(\"held\"); Process.sleep(:infinity)",
    );
    node.sees(Print, "held");
    node.send(&ToNode::Interrupt);
    node.sees(Error, "the shell itself has ended: killed");
    node.prompts(PromptKind::Iex, "iex(1)> ");
    assert_eq!(node.outputs("6 * 7"), [(Result, "42\n")]);
}

#[test]
fn a_flood_is_counted_beyond_its_budget() {
    let mut node = Node::start(&[]);
    let turn = node.turn("for i <- 1..5000, do: IO.puts(\"#{i} \" <> String.duplicate(\"α\", 60)); :done");
    let printed: usize = turn.texts(Print).iter().map(|text| text.len()).sum();
    let all: usize = (1..=5000).map(|i: u32| i.to_string().len() + 122).sum();
    assert!(printed <= 256 * 1024, "{printed}");
    assert_eq!(printed as u64 + turn.left_out(), all as u64);
    assert_eq!(turn.texts(Result), [":done\n"]);
    assert_eq!(node.outputs("IO.puts(\"again\")"), [(Print, "again\n"), (Result, ":ok\n")]);
    // One text that is longer than a frame, in characters of three bytes.
    let turn = node.turn("IO.write(String.duplicate(\"€\", 50_000))");
    assert_eq!(turn.texts(Print).concat().len(), 150_000);
}

#[test]
fn a_flood_without_end_is_paced_where_somebody_works_beside_it() {
    let mut node = Node::start(&[]);
    node.send(&ToNode::Pace);
    node.turn("flood = spawn(fn -> Stream.repeatedly(fn -> IO.puts(\"chicken?\") end) |> Stream.run() end)");
    node.turn("screen = Process.group_leader()");
    node.types(
        "Stream.repeatedly(fn -> Process.info(screen, :current_function) end) |> \
         Enum.find(&(&1 == {:current_function, {Process, :sleep, 1}})) && Process.exit(flood, :kill) && :paced",
    );
    node.sees(Result, ":paced");
}

#[test]
fn programs_that_a_node_starts_do_not_inherit_the_bridge() {
    let mut node = Node::start(&[]);
    assert_eq!(
        node.outputs("System.cmd(\"elixir\", [\"-e\", \"IO.puts 1\"])"),
        [(Result, "{\"1\\n\", 0}\n")]
    );
    let variables = "Enum.map([\"ERL_ZFLAGS\", \"MOEBI_BRIDGE\", \"MOEBI_ZFLAGS\"], &System.get_env/1)";
    assert_eq!(node.outputs(variables), [(Result, "[nil, nil, nil]\n")]);
    let mut node = Node::with_flags("-hello world");
    assert_eq!(node.outputs("System.get_env(\"ERL_ZFLAGS\")"), [(Result, "\"-hello world\"\n")]);
    assert_eq!(
        node.outputs(":init.get_argument(:hello)"),
        [(Result, "{:ok, [['world']]}\n")]
            .map(|(k, t)| { (k, if node.elixir_is_old() { t } else { "{:ok, [[~c\"world\"]]}\n" }) })
    );
}

#[test]
fn a_probe_sees_the_learners_variables_and_leaves_no_trace() {
    let mut node = Node::start(&[]);
    node.turn("x = {:a, 1}");
    let value = |inspected: &str, matched| ProbeOutcome::Value { inspected: inspected.to_owned(), matched };
    assert_eq!(node.probe("x", Some("{:a, _}")), value("{:a, 1}", Some(true)));
    assert_eq!(node.probe("x", Some("n when is_integer(n)")), value("{:a, 1}", Some(false)));
    assert_eq!(node.probe("x = 2; IO.puts(\"loud\"); IO.puts(:stderr, \"loud\"); x", None), value("2", None));
    assert!(matches!(node.probe("y", None), ProbeOutcome::Raised(_)));
    assert!(matches!(node.probe("raise \"no\"", None), ProbeOutcome::Raised(text) if text.contains("no")));
    assert!(matches!(node.probe("exit(:no)", None), ProbeOutcome::Raised(_)));
    let late = node.probe_within(Duration::from_millis(100), "Process.sleep(:infinity)", None);
    assert_eq!(late, ProbeOutcome::TimedOut);
    assert!(matches!(node.probe("Enum.to_list(1..999)", None), value if format!("{value:?}").len() < 5_000));
    assert_eq!(node.probe("Process.alive?(shell)", Some("true")), value("true", Some(true)));
    node.turn("me = self()");
    assert_eq!(node.probe("shell == me", None), value("true", None));
    node.types("Process.sleep(:infinity)");
    node.busy();
    assert_eq!(node.probe("x", None), value("{:a, 1}", None));
    node.send(&ToNode::Interrupt);
    node.interrupted();
    let turn = node.turn("flush(); x");
    assert_eq!(turn.outputs(), [(Result, NAMELESS, "{:a, 1}\n")]);
    assert!(!node.everything().contains("loud"), "{}", node.everything());
}

#[test]
fn a_probe_is_told_what_its_word_comes_to() {
    let mut node = Node::start(&[]);
    let value = |inspected: &str| ProbeOutcome::Value { inspected: inspected.into(), matched: None };
    node.turn("{:ok, tasks} = Task.Supervisor.start_link(name: Tasks)");
    let puts = r#"printed.([], fn -> IO.puts(word); IO.write(["έ", ?!]) end) == {:ok, word <> "\nέ!", ""}"#;
    assert_eq!(node.probe(puts, None), value("true"));
    let task = "printed.([Tasks], fn -> Task.await(Task.Supervisor.async(Tasks, IO, :puts, [word])) end)";
    assert_eq!(node.probe(&format!("{task} == {{:ok, \"\", word <> \"\\n\"}}"), None), value("true"));
    // A task that crashes takes nothing with it, and is in no log; the supervisor prints where it did.
    let crash = task.replace("IO, :puts, [word]", "Process, :exit, [1, 2]");
    assert!(matches!(node.probe(&crash, None), ProbeOutcome::Raised(_)));
    let endless = task.replace("IO, :puts, [word]", "Process, :sleep, [:infinity]");
    assert_eq!(node.probe_within(Duration::from_millis(100), &endless, None), ProbeOutcome::TimedOut);
    let leaders = "Process.info(tasks, :group_leader) == Process.info(shell, :group_leader)";
    while node.probe(leaders, None) != value("true") {}
    node.turn("1 + 1");
    assert!(!node.everything().contains("[error]"), "{}", node.everything());
}

/// Probes come at any time: the learner may have tasks started just then.
#[test]
fn a_probe_takes_nothing_that_the_learner_prints() {
    let mut node = Node::start(&[]);
    node.turn("{:ok, tasks} = Task.Supervisor.start_link(name: Tasks)");
    node.turn("until = fn until, f -> f.() || until.(until, f) end");
    let code =
        "printed.([Tasks], fn -> until.(until, fn -> :persistent_term.get(:is_printed, false) end) end)";
    for id in [21, 22] {
        node.send(&ToNode::Probe { id, code: code.to_owned(), pattern: None, milliseconds: node::AMPLE });
    }
    node.turn(
        "until.(until, fn -> Process.info(tasks, :group_leader) != Process.info(self(), :group_leader) end)",
    );
    let prints = |text| format!("Task.await(Task.Supervisor.async(Tasks, fn -> IO.puts(\"{text}\") end))");
    assert!(node.turn(&prints("mine")).outputs().contains(&(Print, NAMELESS, "mine\n")));
    node.types(":persistent_term.put(:is_printed, true)");
    // Any of the three may be the first.
    let (mut answered, mut asks) = (BTreeSet::new(), false);
    while answered.len() < 2 || !asks {
        match node.hears(|frame| matches!(frame, FromNode::Probed { .. } | FromNode::Prompt { .. })) {
            FromNode::Probed { id, outcome } => {
                let nothing = ProbeOutcome::Value { inspected: "{true, \"\", \"\"}".into(), matched: None };
                assert_eq!(outcome, nothing);
                answered.insert(id);
            }
            FromNode::Prompt { kind, .. } => asks |= kind != PromptKind::None,
            other => unreachable!("only those match: {other:?}"),
        }
    }
    assert_eq!(answered, [21, 22].into());
    assert!(node.turn(&prints("after")).outputs().contains(&(Print, NAMELESS, "after\n")));
}

#[test]
fn a_probe_may_raise_what_is_no_text() {
    let mut node = Node::start(&[]);
    let raised = node.probe("raise <<255>>", None);
    assert!(
        matches!(&raised, ProbeOutcome::Raised(text) if text.contains("(RuntimeError) \\xFF")),
        "{raised:?}"
    );
}

#[test]
fn iex_says_whether_an_expression_is_whole() {
    let mut node = Node::start(&[]);
    assert_eq!(node.parse("1 +"), Parsed::Incomplete);
    assert_eq!(node.parse("defmodule K do\nend"), Parsed::Complete);
    let wrong = node.parse("foo)");
    assert!(matches!(&wrong, Parsed::Wrong(text) if text.contains(')')), "{wrong:?}");
    assert_eq!(node.outputs("flush()"), [(Result, ":ok\n")]);
}

#[test]
fn completion_knows_what_the_learner_has_and_leaves_no_trace() {
    let mut node = Node::start(&[]);
    let found = |node: &mut Node, text: &str| -> Vec<(usize, String, String)> {
        node.complete(text).into_iter().map(|one| (one.back, one.text, one.label)).collect()
    };
    let spawns = found(&mut node, "Node.sp");
    let texts: Vec<_> = spawns.iter().map(|(_, text, _)| text.as_str()).collect();
    assert_eq!(texts, ["spawn", "spawn_link", "spawn_monitor"], "{spawns:?}");
    assert_eq!(spawns[0].0, 2);
    assert!(spawns[0].2.starts_with("spawn/2 /"), "{spawns:?}");
    assert!(node.complete("Node.spawn_l")[0].about.starts_with("Returns the PID of a new linked process"));
    node.turn("defmodule Kate do\n  def say_name, do: :kate\nend");
    node.turn("pointer = %{alpha: 1, beta: 2}");
    assert_eq!(found(&mut node, "Kat"), [(3, "Kate".to_owned(), "Kate".to_owned())]);
    assert_eq!(found(&mut node, "Kate.s"), [(1, "say_name".to_owned(), "say_name/0".to_owned())]);
    assert_eq!(found(&mut node, "1 + pointe"), [(6, "pointer".to_owned(), "pointer".to_owned())]);
    assert_eq!(found(&mut node, "pointer.al"), [(2, "alpha".to_owned(), "alpha".to_owned())]);
    node.turn("alias Enum, as: Many");
    assert!(node.complete("Many.fl").iter().any(|one| one.text == "flat_map" && !one.about.is_empty()));
    assert_eq!(found(&mut node, "Map.put("), [(0, String::new(), "put(map, key, value)".to_owned())]);
    assert!(found(&mut node, "nothing_at_all").is_empty());
    assert!(found(&mut node, "").len() <= 100);
    assert_eq!(found(&mut node, ":nono"), [(5, ":nonode@nohost".to_owned(), ":nonode@nohost".to_owned())]);
    // At work the node answers as well, with the variables as they stood.
    node.types("Process.sleep(:infinity)");
    node.busy();
    assert_eq!(found(&mut node, "pointe").len(), 1);
    node.send(&ToNode::Interrupt);
    node.interrupted();
    assert_eq!(node.outputs("{Process.info(self(), :message_queue_len), pointer.beta}").len(), 1);
    assert_eq!(node.outputs("flush()"), [(Result, ":ok\n")]);
    assert!(!node.everything().contains("spawn("), "{}", node.everything());
}

#[test]
fn what_another_nodes_process_prints_says_so() {
    let epmd = Epmd::start();
    let mut alex = Node::named(&epmd, "alex@localhost", &[]);
    let mut kate = Node::named(&epmd, "kate@localhost", &[]);
    assert_eq!(alex.name, "alex@localhost");
    assert_eq!(alex.turn("Node.connect(:kate@localhost)").texts(Result), ["true\n"]);
    alex.lists("kate@localhost");
    kate.lists("alex@localhost");
    alex.types("Node.spawn_link(:kate@localhost, fn -> IO.puts(\"hi\"); IO.inspect(node()) end)");
    let by = alex.sees(Print, "hi");
    assert_eq!(by, "kate@localhost");
    alex.types(
        "Node.spawn(:kate@localhost, fn -> IO.gets(\"from afar? \") |> IO.puts() end); Process.sleep(300)",
    );
    alex.prompts(PromptKind::Gets, "from afar? ");
    alex.types("yes");
    assert_eq!(alex.sees(Print, "yes"), "kate@localhost");
    alex.types("Node.set_cookie(:changed)");
    alex.hears(|frame| matches!(frame, FromNode::Named { cookie, .. } if cookie == "changed"));
    kate.send(&ToNode::Halt);
    assert_eq!(kate.ends(), Some(0));
    alex.hears(|frame| matches!(frame, FromNode::NodeDown { node } if node == "kate@localhost"));
}

#[test]
fn a_node_may_get_its_name_later() {
    let epmd = Epmd::start();
    let mut late = Node::unnamed(&epmd);
    let _kate = Node::named(&epmd, "kate@localhost", &[]);
    late.types("Node.start(:late@localhost, :shortnames)");
    late.hears(|frame| matches!(frame, FromNode::Named { node, .. } if node == "late@localhost"));
    late.types("Node.set_cookie(:moebi); Node.connect(:kate@localhost)");
    late.lists("kate@localhost");
    late.prompts(PromptKind::Iex, "iex(late@localhost)3> ");
}

#[test]
fn the_command_line_works_as_ever() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("own.exs"), "from_dot_iex = 7\nIO.puts(\"dot iex\")\n")
        .expect("written");
    let mut node = Node::start_in(folder.path(), &["--dot-iex", "own.exs", "-e", "IO.puts(\"first\")"]);
    assert_eq!(node.outputs("from_dot_iex"), [(Result, "7\n")]);
    let everything = node.everything();
    assert!(everything.contains("first") && everything.contains("dot iex"), "{everything}");
}

#[test]
fn a_mix_project_runs_in_a_node() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    node::mix_new(folder.path(), "chat");
    let mut node = Node::start_in(&folder.path().join("chat"), &["-S", "mix"]);
    assert_eq!(node.outputs("Chat.hello()"), [(Result, ":world\n")]);
    assert_eq!(node.outputs("is_pid(Process.whereis(Chat.Supervisor))"), [(Result, "true\n")]);
}

#[test]
fn a_remote_shell_is_a_shell() {
    let epmd = Epmd::start();
    let _kate = Node::named(&epmd, "kate@localhost", &[]);
    let mut alex = Node::named(&epmd, "alex@localhost", &["--remsh", "kate@localhost"]);
    assert_eq!(alex.prompt.0, PromptKind::Iex, "{:?}", alex.prompt);
    assert_eq!(alex.turn("node()").outputs(), [(Result, "kate@localhost", ":kate@localhost\n")]);
}

#[test]
fn every_way_to_end_ends_it() {
    let mut node = Node::start(&[]);
    node.types("System.halt(3)");
    assert_eq!(node.ends(), Some(3));

    let mut node = Node::start(&[]);
    node.send(&ToNode::Eof);
    assert_eq!(node.ends(), Some(0));

    let mut node = Node::start(&[]);
    node.types("Process.sleep(:infinity)");
    node.send(&ToNode::Halt);
    assert_eq!(node.ends(), Some(0));

    let mut node = Node::start(&[]);
    node.hang_up();
    assert_eq!(node.ends(), Some(0));

    let mut node = Node::start(&[]);
    node.types("System.stop(4)");
    assert_eq!(node.ends(), Some(4));
}

/// The connection may be killed before the screen is, which must not end the node itself then.
#[test]
fn a_node_that_stops_keeps_its_exit_code_in_whatever_order_its_processes_go() {
    let mut node = Node::start(&[]);
    // Whoever asks a suspended `init` how it stands is answered once it has heard of the stop. The screen asks when it has
    // heard of the connection's end.
    node.types(
        "init = Process.whereis(:init); :erlang.suspend_process(init); System.stop(4); screen = Process.group_leader(); \
         for pid <- Process.list(), {_, {:moebi_connection, _, _}} <- [Process.info(pid, :current_function)], do: \
         Process.exit(pid, :kill); Stream.repeatedly(fn -> Process.info(screen, :current_function) end) |> \
         Enum.find(&match?({_, {:init, _, _}}, &1)); :erlang.resume_process(init)",
    );
    assert_eq!(node.ends(), Some(4));
}

#[test]
fn a_bridge_that_finds_nobody_says_so_and_halts() {
    let output = node::without_moebi();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("moebi: Moebi does not answer at"), "{said}");
}

#[tokio::test]
async fn several_moebis_may_compile_it_at_once() {
    let cache = tempfile::Builder::new().prefix("a cache ").tempdir().expect("a temporary folder");
    let (bin, runtime) = (bin(), elixir::runtime());
    let ensure = || bridge::ensure(&bin, &runtime, cache.path());
    let (one, other) = tokio::join!(ensure(), ensure());
    let folder = one.expect("compiled");
    assert_eq!(folder, other.expect("compiled"));
    assert!(folder.join("moebi_bridge.beam").is_file());
    assert_eq!(std::fs::read_dir(cache.path()).expect("readable").count(), 1, "nothing half-made stays");
}
