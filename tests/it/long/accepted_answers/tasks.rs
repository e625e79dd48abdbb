//! Supervised tasks.

use super::{at, edit, pass, passes, write};

const CHAT: &str = "chat/lib/chat.ex";
const APPLICATION: &str = "chat/lib/chat/application.ex";
const PLACEHOLDER: &str = "# {Chat.Worker, arg}";
const ALEX: &str = "cd chat && iex --sname alex@localhost -S mix";
const KATE: &str = "cd chat && iex --sname kate@localhost -S mix";
/// The word that the lesson makes up.
const WORD: &str = "${nonce}";

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
fn a_project_made_in_a_folder_of_its_own() {
    passes(
        "new-project",
        vec![at("alex", "mkdir chat && cd chat && mix new . --app chat --sup --module Chat")],
    );
}

#[test]
fn a_project_made_again_with_its_tree() {
    let shell = |text: &str| at("shell", text);
    passes("new-project", vec![shell("mix new chat"), shell("rm -r chat"), shell("mix new ./chat --sup")]);
}

#[test]
fn a_supervisor_as_a_child_specification() {
    let child = "Supervisor.child_spec({Task.Supervisor, name: Chat.TaskSupervisor}, id: :tasks)";
    passes("add-supervisor", vec![edit(APPLICATION, PLACEHOLDER, child), at("alex", ALEX)]);
}

#[test]
fn a_supervisor_under_an_alias() {
    let module = "defmodule Chat.Application do\n  use Application\n  alias Chat.TaskSupervisor\n\n  @impl true\n  def start(_type, _args) do\n    Supervisor.start_link([{Task.Supervisor, [name: TaskSupervisor]}], strategy: :one_for_one, name: Chat.Supervisor)\n  end\nend\n";
    let steps = vec![write(APPLICATION, module), at("alex", "cd chat"), at("alex", "mix compile")];
    passes("add-supervisor", [steps, vec![at("alex", "iex --sname alex@localhost -S mix")]].concat());
}

#[test]
fn a_supervisor_after_a_wrong_turn() {
    let child = "{Task.Supervisor, name: Chat.TaskSupervisor}";
    passes(
        "add-supervisor",
        vec![
            at("alex", ALEX),
            edit(APPLICATION, PLACEHOLDER, child),
            at("alex", "recompile()"),
            at("alex", "System.halt()"),
            at("alex", "iex --sname alex@localhost -S mix"),
        ],
    );
}

#[test]
fn a_receiver_in_one_line_and_a_pipe() {
    let code = "defmodule Chat do\n  @moduledoc \"A chat.\"\n\n  @doc \"Prints.\"\n  def receive_message(text), do: text |> IO.puts()\nend\n";
    let call = format!("\"{WORD}\" |> Chat.receive_message()");
    passes("receive-message", vec![write(CHAT, code), at("alex", "r(Chat)"), at("alex", call)]);
}

#[test]
fn a_receiver_with_a_guard_beside_what_was_there() {
    let added = "  def receive_message(message) when is_binary(message) do\n    IO.puts(\"> \" <> message)\n  end\n\n  def hello do";
    let call = format!("Chat.receive_message \"{WORD}\"");
    passes(
        "receive-message",
        vec![edit(CHAT, "  def hello do", added), at("alex", "recompile()"), at("alex", call)],
    );
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
fn a_message_in_a_variable_to_a_node_that_starts_late() {
    let say = "Chat.send_message(to, word)";
    passes(
        "hi-kate",
        vec![
            at("alex", format!("word = \"{WORD}\"; to = :kate@localhost")),
            at("kate", "cd chat"),
            at("kate", "iex --sname kate@localhost -S mix"),
            at("alex", say),
        ],
    );
}

#[test]
fn a_message_after_kate_has_loaded_the_new_module() {
    passes(
        "hi-kate",
        vec![
            edit(CHAT, "def receive_message", "def got_message"),
            at("kate", KATE),
            edit(CHAT, "def got_message", "def receive_message"),
            at("alex", "recompile()"),
            at("kate", "l(Chat)"),
            at("alex", format!("Chat.send_message(:kate@localhost, \"{WORD}\")")),
        ],
    );
}

#[test]
fn a_leader_asked_for_in_one_pipe() {
    let ask = "{Chat.TaskSupervisor, :kate@localhost} |> Task.Supervisor.async(fn -> Process.group_leader() end) |> Task.await() |> node()";
    passes("whose-leader", vec![at("alex", ask)]);
}

#[test]
fn a_leader_whose_node_the_task_tells() {
    let ask = "Task.await(Task.Supervisor.async({Chat.TaskSupervisor, :kate@localhost}, fn -> node(Process.group_leader()) end))";
    passes("whose-leader", vec![at("alex", ask)]);
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

#[test]
fn news_of_a_task_as_a_message() {
    passes(
        "nolink",
        vec![
            at(
                "alex",
                "task = Task.Supervisor.async_nolink({Chat.TaskSupervisor, :kate@localhost}, fn -> Process.sleep(:infinity) end)",
            ),
            at("alex", "Process.exit(task.pid, :kill)"),
            at("alex", "flush()"),
        ],
    );
}

#[test]
fn news_of_a_task_after_one_that_was_linked() {
    let ask = |function: &str| {
        format!(
            "task = Task.Supervisor.{function}({{Chat.TaskSupervisor, :kate@localhost}}, Process, :sleep, [:infinity])"
        )
    };
    passes(
        "nolink",
        vec![
            at("alex", ask("async")),
            at("alex", "Process.exit(task.pid, :kill); Process.sleep(300)"),
            at("alex", ask("async_nolink")),
            at("alex", "Process.exit(task.pid, :kill)"),
            at("alex", "receive do news -> news end"),
        ],
    );
}

#[test]
fn a_supervisor_killed_from_afar() {
    passes(
        "kill-supervisor",
        vec![
            at(
                "alex",
                ":erpc.call(:kate@localhost, Process, :whereis, [Chat.TaskSupervisor]) |> Process.exit(:kill)",
            ),
            at("alex", format!("Process.sleep(300); Chat.send_message(:kate@localhost, \"{WORD}\")")),
        ],
    );
}

#[test]
fn a_supervisor_that_is_stopped() {
    passes(
        "kill-supervisor",
        vec![
            at("kate", "GenServer.stop(Chat.TaskSupervisor)"),
            at("alex", format!("Chat.send_message(:kate@localhost, \"{WORD}\")")),
        ],
    );
}
