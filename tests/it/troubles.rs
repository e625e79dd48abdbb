//! Errors between nodes, provoked as a beginner does, in a lesson that has no words for any of them; and that nobody is
//! told of one who goes the lesson's own way.

use std::sync::Arc;

use moebi::{
    cluster::Cluster,
    guide::Guide,
    lesson::{
        Lesson, Nonce, Verdict,
        load::{Source, load},
    },
    session::Position,
};

use crate::support::{
    learner::GuideLearner,
    lesson::{lesson, settings},
};

const STRUCTURE: &str = r#"
lesson: wordless
requires: { elixir: '>= 1.14' }
terminals: [alex, kate, moebi, shell]
mistakes: {}
sections:
  - id: alone
    minutes: 1
    start:
      - alex: iex --sname alex@localhost
      - kate: iex --sname kate@localhost
    steps:
      - id: never
        answer:
          - alex: IO.puts("never")
        check:
          - { prints: never, in: alex, by: alex }
  - id: expects
    minutes: 1
    start:
      - alex: iex --sname alex@localhost
    steps:
      - id: refusal
        answer:
          - alex: Node.ping(:nobody@localhost)
          - alex: IO.puts("done")
        check:
          - together:
              - { typed: 'Node.ping(_)', in: alex }
              - { returns: ':pang', in: alex }
          - { prints: done, in: alex, by: alex }
"#;

const PROSE: &str = r"
title: Wordless
summary: Nothing is explained.
glossary: {}
mistakes: {}
alone:
  title: Alone
  steps:
    never: { title: Never, text: Play., hints: [ Play. ] }
expects:
  title: Expects
  steps:
    refusal: { title: Refusal, text: Ping nobody., hints: [ Ping. ] }
";

fn wordless() -> Arc<Lesson> {
    let files = [("lesson.yaml", STRUCTURE), ("en.yaml", PROSE)];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
    let source = Source { id: "wordless".to_owned(), files };
    Arc::new(load(&source, &Nonce::sample()).unwrap_or_else(|complaints| panic!("{complaints:#?}")))
}

fn learner() -> GuideLearner {
    GuideLearner::of(wordless())
}

/// What is typed, and what is then said of it.
#[track_caller]
fn meets(learner: GuideLearner, on: &str, typed: &str, said: &str) -> GuideLearner {
    learner.types(on, typed).sees(&format!("trouble {said}"))
}

/// What `/why` tells, in this order.
#[track_caller]
fn asks_why(learner: GuideLearner, told: &[&str]) -> GuideLearner {
    let learner = learner.asks("/why").sees("why ");
    let transcript = learner.transcript();
    let why = transcript.lines().rfind(|line| line.starts_with("why ")).expect("it was just seen");
    let mut rest = why;
    for part in told {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part} in {why}"));
        rest = &rest[at + part.len()..];
    }
    learner
}

const CALL: &str = "GenServer.call({Chat, :kate@localhost}, :x)";

#[test]
fn a_node_that_is_not_there() {
    let learner = learner().asks("/why").sees("say No error between nodes");
    let learner = meets(
        learner,
        "alex",
        "GenServer.call({Chat, :nope@localhost}, :x)",
        "No node is called nope@localhost",
    );
    let learner = asks_why(
        learner,
        &[
            "(EXIT) no connection to nope@localhost",
            "epmd was asked for nope, and knew no such name. It knows now: alex, kate.",
            "nope@localhost has not run",
        ],
    );
    let learner = meets(learner, "alex", "Node.ping(:kaet@localhost)", "No node is called kaet@localhost");
    let learner = asks_why(learner, &[":pang", "A name like it: kate@localhost, in the terminal kate."]);
    let learner =
        meets(learner, "alex", ":rpc.call(:nope@localhost, :erlang, :node, [])", "No node is called nope");
    let learner =
        meets(learner, "alex", ":erpc.call(:nope@localhost, :erlang, :node, [])", "No node is called nope");
    let learner =
        meets(learner, "alex", "Node.spawn(:nope@localhost, IO, :puts, [1])", "No node is called nope");
    let learner =
        meets(learner, "alex", "Node.spawn_link(:nope@localhost, IO, :puts, [1])", "No node is called nope");
    // Once it has been there.
    let learner = learner.types("alex", "Node.monitor(:kate@localhost, true)").types("kate", "System.halt()");
    // Until the news has come, which is put back.
    let learner = learner.types("alex", "receive do {:nodedown, _} = news -> send(self(), news) end");
    let learner =
        meets(learner, "alex", "flush()", "alex has no connection to kate@localhost: that node has stopped");
    let learner =
        meets(learner, "alex", CALL, "alex has no connection to kate@localhost: that node has stopped");
    asks_why(learner, &["kate@localhost ran in the terminal kate and had stopped"]).leaves();
}

#[test]
fn what_the_other_node_does_not_have() {
    let undefined = "The node kate was asked for `Foo.bar/1`, and there is no such function there.";
    let learner = meets(learner(), "alex", ":erpc.call(:kate@localhost, Foo, :bar, [1])", undefined);
    let learner = learner.types("alex", "defmodule Foo do def bar(1), do: 1 end");
    let learner =
        asks_why(learner, &[":exception, :undef", "alex has a module `Foo`.", "kate has no module `Foo`."]);
    let learner = meets(learner, "alex", ":rpc.call(:kate@localhost, Foo, :bar, [1])", undefined);
    let learner = meets(learner, "alex", "Node.spawn(:kate@localhost, Foo, :bar, [1])", undefined);
    let learner = learner.types("kate", "defmodule Foo do def baz, do: 1 end");
    let learner = meets(learner, "alex", ":erpc.call(:kate@localhost, Foo, :bar, [1])", undefined);
    let learner = asks_why(
        learner,
        &["kate has a module `Foo`.", "`Foo` on alex and `Foo` on kate are different builds."],
    );
    let learner = learner
        .types("alex", "defmodule Fun do def fun, do: fn -> 1 end end")
        .types("kate", "defmodule Fun do def fun, do: fn -> 2 end end");
    let learner =
        meets(learner, "alex", ":erpc.call(:kate@localhost, Fun.fun())", "A function value travelled");
    let learner = asks_why(learner, &["`Fun` on alex and `Fun` on kate are different builds."]);
    let learner = meets(learner, "alex", CALL, "No process has that name: `Chat` on kate.");
    let learner = asks_why(learner, &["(EXIT) no process", "On kate no name is registered"]);
    let learner = learner.types("alex", "pid = Node.spawn(:kate@localhost, Process, :sleep, [60_000])");
    let learner = meets(learner, "alex", "GenServer.call(pid, :x, 100)", "#PID<");
    asks_why(learner, &["(EXIT) time out"]).leaves();
}

#[test]
fn a_name_that_does_not_work() {
    let learner = learner().types("shell", "iex");
    let nameless = "The runtime in the terminal shell has no name";
    let learner = meets(learner, "shell", "Node.connect(:kate@localhost)", nameless);
    let learner = meets(learner, "shell", CALL, nameless);
    let learner = meets(learner, "shell", "Node.set_cookie(:x)", nameless);
    let learner =
        meets(learner, "moebi", "iex --sname kate@localhost", "Another node is called kate already");
    let learner = asks_why(
        learner,
        &["epmd knows these names now: alex, kate.", "kate@localhost runs in the terminal kate."],
    );
    let learner = meets(learner, "moebi", "iex --sname bob@a.b.c", "That name doesn't fit");
    learner.leaves();
}

#[test]
fn a_cookie_that_is_another() {
    let learner = learner().types("moebi", "iex --sname moebi@localhost --cookie sesame");
    let learner = meets(
        learner,
        "moebi",
        "Node.connect(:alex@localhost)",
        "alex turned moebi away: the cookies of the two differ.",
    );
    let learner = asks_why(
        learner,
        &[
            "epmd was asked for alex, and knew it.",
            "The cookie that moebi has for alex is not the one that alex has.",
        ],
    );
    assert!(
        !learner.transcript().lines().any(|line| line.starts_with("why ") && line.contains("sesame » ")),
        "no cookie is told"
    );
    learner.leaves();
}

#[test]
fn a_fault_that_lasts() {
    let learner = learner().asks("/pause kate").sees("kate is paused");
    let learner = learner.starts("alex", "GenServer.call({Chat, :kate@localhost}, :x, 200)");
    let learner = learner.sees("trouble The node in the terminal kate is paused");
    let learner = asks_why(learner, &["The node in the terminal kate is paused"]);
    let learner = learner.asks("/resume kate").sees("kate goes on").asks("/cut alex kate").sees("cut off");
    let learner =
        meets(learner, "alex", "Node.connect(:kate@localhost)", "alex and kate are cut off from each other");
    asks_why(learner, &["alex and kate are cut off"]).leaves();
}

#[test]
fn what_a_step_asks_for_is_not_explained() {
    let learner = learner().at("refusal").types("alex", "Node.ping(:nobody@localhost)").sees("tick");
    let learner = learner.types("alex", "IO.puts(\"done\")").sees("passed");
    assert!(!learner.transcript().contains("trouble "), "{}", learner.transcript());
    // Whoever asks is told all the same.
    asks_why(learner, &["Node.ping(:nobody@localhost)", "No node is called nobody@localhost"]).leaves();
}

/// Each step's model answer on its way: nothing that a learner would be told is said to whoever does what is asked.
async fn walk(section: usize) -> Vec<String> {
    let (lesson, workspace) = (lesson(), tempfile::tempdir().expect("a temporary folder"));
    let cluster = Cluster::new(settings(workspace.path().to_owned())).await.expect("a cluster");
    let mut guide = Guide::unattended(lesson.clone(), moebi::i18n::Lang::En, cluster);
    guide.start_section(section).await.expect("its nodes start");
    let mut said = Vec::new();
    for step in 0..lesson.sections[section].steps.len() {
        let place = Position { section, step };
        let answer = place.step(&lesson).answer();
        let (attempted, watched) = guide.attempt_watched(place, &answer).await.expect("nodes that answer");
        let id = &place.step(&lesson).id;
        if matches!(place.step(&lesson).task, moebi::lesson::Task::Do { .. }) {
            assert_eq!(attempted.verdict, Verdict::Passed, "{id}");
        }
        said.extend(
            watched.troubles.iter().map(|(input, trouble)| format!("{id}, input {input}: {trouble:?}")),
        );
    }
    guide.shutdown().await.expect("it ends");
    said
}

macro_rules! sections {
    ($($name:ident = $number:literal),+ $(,)?) => { mod nobody_is_warned_of_what_the_lesson_shows { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            assert_eq!(super::walk($number).await, Vec::<String>::new());
        }
    )+

        #[test]
        fn in_every_section() {
            assert_eq!([$($number),+].len(), super::lesson().sections.len());
        }
    } };
}

sections! { first = 0, second = 1, third = 2, fourth = 3, fifth = 4, sixth = 5, seventh = 6, eighth = 7, ninth = 8 }
