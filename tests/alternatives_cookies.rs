//! The section on cookies in other words: answers that nobody thought of and that are right, on real nodes; and the
//! conditions that it rests on, each both ways.

mod common;

use std::{fs, path::PathBuf, sync::Arc};

use common::learner::{lesson, settings};
use moebi::{
    cluster::Cluster,
    guide::{Attempted, Guide},
    lesson::{Input, Lang, Lesson, Source, TerminalName, Verdict, load},
    session::Position,
};

/// `(terminal, input)`; an empty input closes the terminal's node.
type Typed<'a> = (&'a str, &'a str);

fn input((terminal, text): &Typed<'_>) -> Input {
    let terminal = TerminalName::parse(terminal).expect("a terminal's name");
    match *text {
        "" => Input::Close(terminal),
        text => Input::Type { terminal, text: text.to_owned() },
    }
}

/// Plays `inputs` on nodes that were brought to where `step` begins.
fn attempt(lesson: &Arc<Lesson>, step: &str, inputs: &[Typed<'_>]) -> Attempted {
    let threads = tokio::runtime::Runtime::new().expect("threads");
    let workspace = tempfile::tempdir().expect("a temporary folder");
    let place = Position::of(lesson, step).expect("a step");
    let answer: Vec<Input> = inputs.iter().map(input).collect();
    let attempted = threads.block_on(async {
        let cluster = Cluster::new(settings(workspace.path().to_owned())).await?;
        let mut guide = Guide::unattended(lesson.clone(), Lang::En, cluster);
        let attempted = guide.attempt_from_start(place, &answer).await;
        guide.shutdown().await.and(attempted)
    });
    attempted.expect("the nodes run")
}

#[track_caller]
fn passes(step: &str, inputs: &[Typed<'_>]) {
    let attempted = attempt(&lesson(), step, inputs);
    assert_eq!(attempted.verdict, Verdict::Passed, "{step}: {inputs:?}: {:#?}", attempted.findings);
}

const OTHER_COOKIE: &str = "iex --sname kate@localhost --cookie abracadabra";

#[test]
fn default_in_erlangs_words() {
    passes("default", &[("kate", ":erlang.get_cookie"), ("alex", "Node.get_cookie |> IO.inspect")]);
}

#[test]
fn default_after_a_restart_and_into_a_variable() {
    let own = "cookie = Node.get_cookie()";
    passes("default", &[("kate", ""), ("kate", "iex --sname kate@localhost"), ("kate", own), ("alex", own)]);
}

#[test]
fn refused_by_a_ping() {
    passes("refused", &[("kate", ""), ("kate", OTHER_COOKIE), ("alex", "Node.ping :kate@localhost")]);
}

#[test]
fn refused_a_remote_call() {
    let call = ":erpc.call(:kate@localhost, fn -> node() end)";
    passes("refused", &[("kate", ""), ("kate", OTHER_COOKIE), ("alex", call)]);
}

#[test]
fn refused_a_process() {
    let spawn = "Node.spawn(:kate@localhost, fn -> IO.puts(\"hi\") end)";
    passes("refused", &[("kate", ""), ("kate", OTHER_COOKIE), ("alex", spawn)]);
}

#[test]
fn refused_after_alex_got_another_cookie() {
    let alex = "iex --sname alex@localhost --cookie abracadabra";
    passes("refused", &[("alex", ""), ("alex", alex), ("alex", "Node.connect(:kate@localhost)")]);
}

#[test]
fn refused_by_set_cookie_while_both_run() {
    passes("refused", &[("kate", "Node.set_cookie(:other)"), ("alex", "Node.connect(:kate@localhost)")]);
}

#[test]
fn refused_by_a_cookie_for_kate_alone() {
    let own = "Node.set_cookie(:kate@localhost, :other)";
    passes("refused", &[("alex", own), ("alex", "Node.connect(:kate@localhost)")]);
}

#[test]
fn refused_by_erlangs_own_option() {
    let kate = "iex --sname kate@localhost --erl '-setcookie abracadabra'";
    passes("refused", &[("kate", ""), ("kate", kate), ("alex", "Node.connect(:kate@localhost)")]);
}

#[test]
fn refused_after_a_wrong_turn() {
    let connect = ("alex", "Node.connect(:kate@localhost)");
    passes("refused", &[connect, ("kate", ""), ("kate", OTHER_COOKIE), connect]);
}

#[test]
fn reunited_by_set_cookie() {
    let set = "Node.set_cookie(:open_sesame)";
    passes("reunite", &[("alex", set), ("alex", "Node.ping(:kate@localhost)")]);
}

#[test]
fn reunited_on_alexs_terms_and_by_kate() {
    let default = "iex --sname kate@localhost";
    passes("reunite", &[("kate", ""), ("kate", default), ("kate", "Node.connect(:alex@localhost)")]);
}

#[test]
fn reunited_by_a_third_cookie_and_a_remote_call() {
    let set = "Node.set_cookie(:third)";
    passes(
        "reunite",
        &[("alex", set), ("kate", set), ("alex", ":rpc.call(:kate@localhost, Node, :self, [])")],
    );
}

#[test]
fn reunited_after_a_cookie_for_kate_alone() {
    let own = "Node.set_cookie(:kate@localhost, :open_sesame)";
    let connect = ("alex", "Node.connect(:kate@localhost)");
    passes("reunite", &[("alex", own), connect, ("alex", "Node.set_cookie(:open_sesame)")]);
}

#[test]
fn already_in_with_the_name_in_front_and_a_ping() {
    let own = "Node.set_cookie(Node.self(), :whatever)";
    passes("already-in", &[("alex", own), ("alex", "Node.ping(:kate@localhost)")]);
}

#[test]
fn already_in_in_one_line() {
    passes("already-in", &[("alex", ":erlang.set_cookie(:other); Node.list")]);
}

#[test]
fn already_in_after_two_changes() {
    let inputs = ["Node.set_cookie(:open_sesame)", "Node.set_cookie(:other)", "Node.list()"];
    passes("already-in", &inputs.map(|input| ("alex", input)));
}

#[test]
fn full_power_by_other_calls() {
    for call in [
        ":rpc.call(:kate@localhost, System, :cmd, [\"id\", [\"-un\"]])",
        ":kate@localhost |> :erpc.call(System, :cmd, [\"id\", [\"-un\"]])",
        ":erpc.call(:kate@localhost, fn -> System.cmd(\"id\", [\"-un\"]) end)",
        ":erpc.call(:kate@localhost, System, :cmd, [\"id\", [\"-un\"]], 5_000)",
        "{user, 0} = :erpc.call(:kate@localhost, System, :cmd, [\"whoami\", []])",
    ] {
        passes("full-power", &[("alex", call)]);
    }
}

#[test]
fn full_power_over_a_node_that_is_not_spelled_out() {
    let kate = ("alex", "kate = :kate@localhost");
    passes("full-power", &[kate, ("alex", ":erpc.call(kate, System, :cmd, [\"id\", [\"-un\"]])")]);
    passes("full-power", &[("alex", ":erpc.call(hd(Node.list()), fn -> System.cmd(\"id\", [\"-un\"]) end)")]);
}

#[test]
fn full_power_by_a_process_that_prints() {
    for line in [
        "Node.spawn(:kate@localhost, fn -> IO.inspect(System.cmd(\"id\", [\"-un\"])) end)",
        "Node.spawn_link(:kate@localhost, fn -> System.cmd(\"id\", [\"-un\"]) |> IO.inspect() end)",
        ":erpc.call(:kate@localhost, fn -> System.cmd(\"id\", [\"-un\"]) |> IO.inspect(label: \"who\") end)",
    ] {
        passes("full-power", &[("alex", line)]);
    }
}

/// Whose file it is: the learner's, and nothing in the section may write to it.
#[test]
fn the_cookie_file_is_as_it_was() {
    let home = std::env::var_os("HOME").map(PathBuf::from).expect("a home");
    let look = || {
        let path = home.join(".erlang.cookie");
        (
            fs::read(&path).expect("a cookie"),
            fs::metadata(&path).and_then(|file| file.modified()).expect("a time"),
        )
    };
    // The first node ever makes it.
    passes("default", &[("alex", "Node.get_cookie()"), ("kate", "Node.get_cookie()")]);
    let before = look();
    passes("full-power", &[("alex", ":erpc.call(:kate@localhost, System, :cmd, [\"id\", [\"-un\"]])")]);
    assert_eq!(look(), before);
}

const STRUCTURE: &str = "\
lesson: small
requires: { elixir: '>= 1.14' }
terminals: [alex, kate]
sections:
  - id: one
    minutes: 1
    start:
      - alex: iex --sname alex@localhost
      - kate: iex --sname kate@localhost
    steps:
      - id: with-a-cookie
        answer: [ kate: Node.set_cookie(:one) ]
        check: [ { started: kate, in: kate, cookie: one } ]
      - id: turned-away
        answer: [ alex: Node.connect(:kate@localhost) ]
        check: [ { refused: [alex, kate] } ]
";

const PROSE: &str = "\
title: Small
summary: Small.
one:
  title: One
  steps:
    with-a-cookie: { title: Cookie, text: Take one., hints: [Take it.] }
    turned-away: { title: Away, text: Call., hints: [Call her.] }
";

/// The verdict of a step that asks for one condition, which looks at nothing else.
fn verdict(step: &str, inputs: &[Typed<'_>]) -> Verdict {
    let file = |name: &str, text: &str| (format!("small/{name}"), text.to_owned());
    let files = vec![file("lesson.yaml", STRUCTURE), file("en.yaml", PROSE), file("el.yaml", PROSE)];
    let lesson = load(&Source { id: "small".into(), files }, &moebi::lesson::Nonce::sample());
    let lesson = Arc::new(lesson.unwrap_or_else(|rendered| panic!("{rendered:#?}")));
    attempt(&lesson, step, inputs).verdict
}

#[test]
fn started_knows_a_cookie_from_another() {
    let starts = |cookie: &str| format!("iex --sname kate@localhost {cookie}");
    let (one, other, none) = (starts("--cookie one"), starts("--cookie other"), starts(""));
    let right: [&[Typed<'_>]; 3] = [
        &[("kate", ""), ("kate", &one)],
        &[("kate", "Node.set_cookie(:one)")],
        &[("kate", ""), ("kate", &other), ("kate", ":erlang.set_cookie(:one)")],
    ];
    for inputs in right {
        assert_eq!(verdict("with-a-cookie", inputs), Verdict::Passed, "{inputs:?}");
    }
    let wrong: [&[Typed<'_>]; 3] = [
        &[("kate", ""), ("kate", &none)],
        &[("kate", "Node.set_cookie(:alex@localhost, :one)")],
        &[("alex", "Node.set_cookie(:one)")],
    ];
    for inputs in wrong {
        assert_eq!(verdict("with-a-cookie", inputs), Verdict::Failed, "{inputs:?}");
    }
}

/// In this lesson kate has a cookie of its own by now.
#[test]
fn refused_is_told_from_what_looks_like_it() {
    let right: [&[Typed<'_>]; 3] = [
        &[("alex", "Node.connect(:kate@localhost)")],
        &[("kate", "Node.connect(:alex@localhost)")],
        &[("alex", "Node.spawn_link(:kate@localhost, fn -> 1 end)")],
    ];
    for inputs in right {
        assert_eq!(verdict("turned-away", inputs), Verdict::Passed, "{inputs:?}");
    }
    let (agree, call) = ("Node.set_cookie(:one)", "Node.connect(:kate@localhost)");
    let wrong: [&[Typed<'_>]; 6] = [
        &[("alex", "Node.list()")],
        &[("alex", "Node.connect(:katy@localhost)")],
        &[("alex", agree), ("alex", "Node.connect(:kate@localhost); Node.disconnect(:kate@localhost)")],
        &[("alex", agree), ("alex", call), ("alex", "Node.disconnect(:kate@localhost)")],
        &[("alex", call), ("kate", "")],
        &[("alex", agree), ("alex", call), ("alex", "Node.set_cookie(:two)")],
    ];
    for inputs in wrong {
        assert_eq!(verdict("turned-away", inputs), Verdict::Failed, "{inputs:?}");
    }
}
