//! Answers other than the model's that are just as right, on real nodes, a test each: every one must pass.

#[path = "common/mod.rs"]
mod common;

use std::sync::Arc;

use common::learner::{lesson, settings};
use libtest_mimic::{Arguments, Failed, Trial};
use moebi::{
    cluster::Cluster,
    guide::Guide,
    lesson::{Input, Lang, Lesson, TerminalName, Verdict},
    session::Position,
};

const LANES: usize = 4;

/// A step, and inputs for it: a terminal and a text each.
type Alternative = (&'static str, &'static [(&'static str, &'static str)]);

const ALTERNATIVES: &[Alternative] = &[
    ("remote-hello", &[("alex", "Node.spawn_link(:kate@localhost, Kate, :say_name, [])")]),
    ("remote-hello", &[("alex", "Node.spawn_link(:kate@localhost, &Kate.say_name/0)")]),
    ("remote-hello", &[("alex", ":kate@localhost |> Node.spawn_link(fn -> Kate.say_name end)")]),
    ("remote-hello", &[("alex", "Node.spawn :\"kate@localhost\", fn -> Kate.say_name() end")]),
    (
        "remote-hello",
        &[("alex", "hello = fn -> Kate.say_name() end"), ("alex", "Node.spawn_link(:kate@localhost, hello)")],
    ),
    ("remote-hello", &[("alex", "Node.spawn_link(:kate@localhost, fn ->\n  Kate.say_name()\nend)")]),
    (
        "who-leads",
        &[(
            "alex",
            "Node.spawn(:kate@localhost, fn -> {Node.self(), Process.group_leader() |> node()} |> IO.inspect() end)",
        )],
    ),
    ("other-way", &[("kate", "Node.spawn_link(:alex@localhost, Kate, :say_name, [])")]),
    (
        "link-exit",
        &[
            ("alex", "y = 2"),
            (
                "alex",
                "Node.spawn_link(:kate@localhost, fn -> IO.puts(\"bye\"); Process.exit(self(), :boom) end)",
            ),
        ],
    ),
    ("no-link", &[("alex", "Node.spawn(:kate@localhost, fn ->\n  IO.puts \"bye\"\n  exit :boom\nend)")]),
    (
        "wait-on-kate",
        &[(
            "alex",
            "pid = Node.spawn_link(:kate@localhost, fn ->\n  receive do\n    {:hi, from} -> send(from, :sup?)\n  end\nend)",
        )],
    ),
    (
        "wait-on-kate",
        &[(
            "alex",
            "pid = Node.spawn(:kate@localhost, fn -> receive do {:hi, who} when is_pid(who) -> who |> send(:sup?) end end)",
        )],
    ),
    (
        "wait-on-kate",
        &[
            ("alex", "wait = fn -> receive do {:hi, from} -> Process.send(from, :sup?, []) end end"),
            ("alex", "pid = :kate@localhost |> Node.spawn_link(wait)"),
        ],
    ),
    (
        "wait-on-kate",
        &[
            (
                "kate",
                "defmodule Kate do\n  def wait do\n    receive do\n      {:hi, from} -> send(from, :sup?)\n    end\n  end\nend",
            ),
            ("alex", "pid = Node.spawn_link(:kate@localhost, Kate, :wait, [])"),
        ],
    ),
    (
        "wait-on-kate",
        &[
            (
                "kate",
                "defmodule Kate do\n  def wait do\n    receive do\n      {:hi, from} -> send(from, :sup?)\n    end\n    wait()\n  end\nend",
            ),
            ("alex", "pid = Node.spawn_link(:kate@localhost, &Kate.wait/0)"),
        ],
    ),
    (
        "wait-on-kate",
        &[
            (
                "alex",
                "Node.spawn_link(:kate@localhost, fn -> receive do {:hi, from} -> send(from, :sup?) end end)",
            ),
            (
                "alex",
                "pid = Node.spawn_link(:kate@localhost, fn -> receive do {:hi, from} -> send(from, :sup?) end end)",
            ),
        ],
    ),
    ("say-hi", &[("alex", "pid |> send({:hi, self()})")]),
    ("say-hi", &[("alex", "send pid, {:hi, self()}")]),
    ("say-hi", &[("alex", "Process.send(pid, {:hi, self()}, [])")]),
    ("say-hi", &[("alex", "me = self()"), ("alex", "send(pid, {:hi, me})")]),
    ("say-hi", &[("alex", "hi = {:hi, self()}; send(pid, hi)")]),
    ("say-hi", &[("alex", "send(pid, :hi)"), ("alex", "send(pid, {:hi, self()})")]),
    ("say-hi", &[("alex", "me = self(); spawn(fn -> send(pid, {:hi, me}) end); Process.sleep(300)")]),
    ("flush", &[("alex", "IEx.Helpers.flush()")]),
    ("flush", &[("alex", ":sup?"), ("kate", "flush()"), ("alex", "flush()")]),
    // Whoever has muddled it up may start once more, without `/restart`.
    (
        "flush",
        &[
            ("alex", "send(self(), :sup?); flush()"),
            (
                "alex",
                "pid = Node.spawn_link(:kate@localhost, fn -> receive do {:hi, from} -> send(from, :sup?) end end)",
            ),
            ("alex", "send(pid, {:hi, self()}); Process.sleep(500)"),
            ("alex", "flush()"),
        ],
    ),
    ("ask-twice", &[("alex", "send(pid, {:hi, self()}); flush()")]),
    (
        "ask-twice",
        &[("alex", "pid |> Process.send({:hi, self()}, [])"), ("alex", "Process.sleep(100); flush()")],
    ),
];

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = arguments.test_threads.or(Some(LANES));
    let lesson = lesson();
    let trials =
        ALTERNATIVES.iter().enumerate().map(|(number, alternative)| trial(&lesson, number, alternative));
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn trial(lesson: &Arc<Lesson>, number: usize, (step, inputs): &'static Alternative) -> Trial {
    let place = Position::of(lesson, step).unwrap_or_else(|| panic!("no step is called {step}"));
    let name = format!("{}::{step}::{}", place.section(lesson).id, number + 1);
    let lesson = lesson.clone();
    Trial::test(name, move || passes(&lesson, place, inputs))
}

fn passes(lesson: &Arc<Lesson>, place: Position, inputs: &[(&str, &str)]) -> Result<(), Failed> {
    let inputs: Vec<Input> = inputs.iter().map(|(terminal, text)| input(terminal, text)).collect();
    let threads = tokio::runtime::Runtime::new()?;
    let workspace = tempfile::tempdir()?;
    let attempted = threads.block_on(async {
        let cluster = Cluster::new(settings(workspace.path().to_owned())).await?;
        let mut guide = Guide::unattended(lesson.clone(), Lang::En, cluster);
        let attempted = guide.attempt_from_start(place, &inputs).await;
        let ended = guide.shutdown().await;
        attempted.and_then(|attempted| ended.map(|()| attempted))
    })?;
    if attempted.verdict == Verdict::Passed {
        return Ok(());
    }
    Err(format!("{:?}, taken for {:?}: {:#?}", attempted.verdict, attempted.mistake, attempted.findings)
        .into())
}

fn input(terminal: &str, text: &str) -> Input {
    let terminal = TerminalName::parse(terminal).expect("a terminal's name");
    Input::Type { terminal, text: text.to_owned() }
}
