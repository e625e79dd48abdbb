//! Answers to several steps in a row, each of which builds on what the one before has left.

use std::fs;

use super::{alex, at, kate, pass, write};

const CHAT: &str = "chat/lib/chat.ex";
const KATE: &str = "cd chat && iex --sname kate@localhost -S mix";
/// The word that the lesson makes up.
const WORD: &str = "${nonce}";

#[test]
fn a_greeting_in_another_language() {
    pass(&[
        (
            "define-kate",
            vec![kate("defmodule Kate do\n  def say_name, do: IO.puts(\"Γεια, με λένε Kate\")\nend")],
        ),
        ("local-hello", vec![kate("Kate.say_name")]),
        ("remote-hello", vec![alex("Node.spawn_link(:kate@localhost, &Kate.say_name/0)")]),
    ]);
}

/// Whose file it is: the learner's, and nothing in the section may write to it.
#[test]
fn the_cookie_file_is_as_it_was() {
    let file = std::env::home_dir().expect("a home").join(".erlang.cookie");
    let look = || {
        let changed = fs::metadata(&file).and_then(|file| file.modified());
        (fs::read(&file).expect("a cookie"), changed.expect("a time"))
    };
    // The first node ever makes it.
    pass(&[("default", vec![alex("Node.get_cookie()"), kate("Node.get_cookie()")])]);
    let before = look();
    pass(&[("full-power", vec![alex(":erpc.call(:kate@localhost, System, :cmd, [\"id\", [\"-un\"]])")])]);
    assert_eq!(look(), before);
}

/// Another `lib/chat.ex`, from the step that asks for it until both nodes have heard the word.
#[track_caller]
fn chats(code: &str) {
    let say = |to: &str| format!("Chat.send_message(:{to}@localhost, \"{WORD}\")");
    pass(&[
        ("send-message", vec![write(CHAT, code), at("alex", "recompile()")]),
        ("hi-kate", vec![at("kate", KATE), at("alex", say("kate"))]),
        ("hi-alex", vec![at("kate", say("alex"))]),
    ]);
}

#[test]
fn a_sender_in_one_pipe_without_a_helper() {
    chats(
        "defmodule Chat do
  def send_message(recipient, message) do
    {Chat.TaskSupervisor, recipient}
    |> Task.Supervisor.async(__MODULE__, :receive_message, [message])
    |> Task.await()
  end

  def receive_message(message), do: IO.puts(message)
end
",
    );
}

#[test]
fn a_sender_with_a_module_attribute_and_a_capture() {
    chats(
        "defmodule Chat do
  @supervisor Chat.TaskSupervisor
  @receive &__MODULE__.receive_message/1

  def receive_message(message), do: IO.puts(message)

  def send_message(recipient, message) do
    task = Task.Supervisor.async({@supervisor, recipient}, fn -> @receive.(message) end)
    Task.await(task, 5_000)
  end
end
",
    );
}

#[test]
fn a_sender_with_aliases_and_another_helper() {
    chats(
        "defmodule Chat do
  alias Chat.TaskSupervisor
  alias Task.Supervisor, as: Tasks

  def send_message(recipient, message) when is_atom(recipient) do
    recipient |> task(message) |> Task.await(:infinity)
  end

  defp task(recipient, message) do
    Tasks.async({TaskSupervisor, recipient}, Chat, :receive_message, [message], shutdown: :brutal_kill)
  end

  def receive_message(message) do
    IO.puts(message)
  end
end
",
    );
}

#[test]
fn a_sender_that_is_not_linked() {
    chats(
        "defmodule Chat do
  def receive_message(message), do: IO.puts(message)

  def send_message(recipient, message) do
    task = Task.Supervisor.async_nolink({__MODULE__.TaskSupervisor, recipient}, Chat, :receive_message, [message])
    {:ok, :ok} = Task.yield(task)
    :ok
  end
end
",
    );
}

#[test]
fn a_sender_that_waits_for_nothing() {
    chats(
        "defmodule Chat do
  def receive_message(message), do: IO.puts(message)

  def send_message(recipient, message) do
    {:ok, _pid} = Task.Supervisor.start_child({Chat.TaskSupervisor, recipient}, Chat, :receive_message, [message])
    :ok
  end
end
",
    );
}

#[test]
fn a_list_of_tasks_asked_for_from_afar_and_a_task_killed_there() {
    let kill = "[pid] = Task.Supervisor.children(Chat.TaskSupervisor); Process.exit(pid, :kill)";
    pass(&[
        (
            "list-tasks",
            vec![
                at(
                    "alex",
                    "Task.Supervisor.async({Chat.TaskSupervisor, :kate@localhost}, fn -> Process.sleep(:infinity) end)",
                ),
                at("alex", "Task.Supervisor.children({Chat.TaskSupervisor, :kate@localhost})"),
            ],
        ),
        ("kill-task", vec![at("kate", kill)]),
    ]);
}

#[test]
fn two_tasks_and_the_end_of_one() {
    let task =
        "task = Task.Supervisor.async({Chat.TaskSupervisor, :kate@localhost}, Process, :sleep, [:infinity])";
    pass(&[
        (
            "list-tasks",
            vec![
                at("alex", task),
                at("alex", task),
                at("kate", "Chat.TaskSupervisor |> Task.Supervisor.children"),
            ],
        ),
        ("kill-task", vec![at("alex", "task.pid |> Process.exit(:kill)")]),
    ]);
}
