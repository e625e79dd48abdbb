//! What an attempt of `moebi lesson test` leaves behind: either it is undone, or the next attempt has other nodes.

use moebi::{
    cluster::Cluster,
    guide::Guide,
    lesson::{Input, Lang},
    session::Position,
};

use crate::support::lesson::{lesson, settings, terminal};

fn typed(at: &str, text: &str) -> Input {
    Input::Type { terminal: terminal(at), text: text.to_owned() }
}

/// At that step of the lesson, whether all is as before after each answer, when it has been brought back.
async fn comes_back(step: &str, answers: &[Vec<Input>]) -> Vec<bool> {
    let (lesson, workspace) = (lesson(), tempfile::tempdir().expect("a temporary folder"));
    let place = Position::of(&lesson, step).expect("a step of the lesson");
    let cluster = Cluster::new(settings(workspace.path().to_owned())).await.expect("a cluster");
    let mut guide = Guide::unattended(lesson.clone(), Lang::En, cluster);
    let mut outcome = Vec::new();
    let mut kept = None;
    for answer in answers {
        let before = match kept.take() {
            Some(before) => before,
            None => {
                assert!(guide.bring_to(place).await.expect("nodes that start"));
                guide.snapshot().await.expect("nodes that answer").expect("a snapshot")
            }
        };
        guide.attempt(place, answer).await.expect("nodes that answer");
        let is_back = guide.bring_back(&before).await.expect("nodes that answer");
        kept = is_back.then_some(before);
        outcome.push(is_back);
    }
    guide.shutdown().await.expect("it ends");
    outcome
}

async fn expect_back(step: &str, answers: &[Vec<Input>]) {
    for (answer, is_back) in answers.iter().zip(comes_back(step, answers).await) {
        assert!(is_back, "{answer:#?}");
    }
}

/// Of these the nodes do not come back, though they do before each of them, when nothing was typed.
async fn expect_gone(step: &str, answers: &[Vec<Input>]) {
    let each: Vec<_> = answers.iter().flat_map(|answer| [Vec::new(), answer.clone()]).collect();
    for (answer, outcome) in answers.iter().zip(comes_back(step, &each).await.chunks(2)) {
        assert_eq!(outcome, [true, false], "{answer:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_undone_is() {
    let answers = [
        vec![],
        vec![typed("alex", "1 + 1")],
        vec![typed("alex", "Node.connect(:kate@localhost)")],
        vec![
            typed("alex", "Node.spawn(:kate@localhost, fn -> IO.puts(:hi) end)"),
            typed("kate", "Node.list()"),
        ],
        vec![typed("alex", "exit(:boom)")],
        vec![typed("moebi", "iex --sname moebi@localhost"), typed("moebi", "Node.connect(:alex@localhost)")],
        vec![typed("shell", "echo woof > note.txt")],
    ];
    expect_back("unknown-on-alex", &answers).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_undone_is_seen() {
    let answers = [
        "x = 1",
        "alias Enum, as: E",
        "defmodule Rex do\nend",
        "spawn(fn -> Process.sleep(:infinity) end)",
        "send(self(), :hi)",
        "Process.flag(:trap_exit, true)",
        "Process.register(self(), :me)",
        ":ets.new(:box, [:named_table])",
        "Node.set_cookie(:kate@localhost, :other)",
        "Application.put_env(:kernel, :mine, 1)",
        ":net_kernel.set_net_ticktime(7, 0)",
        "System.halt()",
    ];
    let answers = answers.map(|text| vec![typed("alex", text)]);
    expect_gone("unknown-on-alex", &answers).await;
    expect_gone("unknown-on-alex", &[vec![typed("shell", "cd /")]]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_project_has_its_files_and_its_modules_back() {
    let text = "defmodule Chat do\n  def receive_message(_), do: :other\nend\n";
    let write = |path: &str| Input::Write { path: path.to_owned(), text: text.to_owned() };
    let answers = [
        vec![write("chat/lib/chat.ex")],
        vec![
            write("chat/lib/chat.ex"),
            typed("alex", "recompile()"),
            typed("alex", "Chat.receive_message(1)"),
        ],
        vec![write("chat/lib/chat.ex"), typed("shell", "cd chat && mix compile; cd ..")],
        vec![write("chat/lib/new/other.ex")],
    ];
    expect_back("hi-kate", &answers).await;
    expect_gone(
        "hi-kate",
        &[vec![typed("alex", "Supervisor.terminate_child(Chat.Supervisor, Chat.TaskSupervisor)")]],
    )
    .await;
}
