//! Answers to the sections on replies from remote tasks, testing and the conclusion that are not the model's and just
//! as right, on real nodes, a test each: every one must pass.

#[path = "common/mod.rs"]
mod common;

use std::sync::Arc;

use common::learner::{lesson, settings};
use libtest_mimic::{Arguments, Failed, Trial};
use moebi::{
    cluster::Cluster,
    guide::Guide,
    lesson::{Input, Lang, Lesson, Nonce, TerminalName, Verdict},
    session::Position,
};

/// Each boots nodes and compiles a project.
const LANES: usize = 2;

/// One input: a line in a terminal, or a whole file.
#[derive(Clone, Copy)]
enum Does {
    Types(&'static str, &'static str),
    Writes(&'static str, &'static str),
}

use Does::{Types, Writes};

struct Alternative {
    step: &'static str,
    name: &'static str,
    inputs: &'static [Does],
}

const CHAT: &str = "chat/lib/chat.ex";
const TEST: &str = "chat/test/chat_test.exs";
const HELPER: &str = "chat/test/test_helper.exs";
const CONFIG: &str = "chat/config/config.exs";
const DEV: &str = "chat/config/dev.exs";
const TESTS: &str = "chat/config/test.exs";

const ALTERNATIVES: &[Alternative] = &[
    Alternative {
        step: "moebi-clause",
        name: "one clause with a case",
        inputs: &[
            Writes(
                CHAT,
                r#"defmodule Chat do
  def receive_message(message), do: IO.puts(message)

  def send_message(recipient, message) do
    case recipient do
      :moebi@localhost ->
        spawn_task(__MODULE__, :receive_message_for_moebi, recipient, [message, node()])

      _ ->
        spawn_task(__MODULE__, :receive_message, recipient, [message])
    end
  end

  def spawn_task(module, fun, recipient, args) do
    {Chat.TaskSupervisor, recipient} |> Task.Supervisor.async(module, fun, args) |> Task.await()
  end
end
"#,
            ),
            Types("alex", "IEx.Helpers.recompile()"),
        ],
    },
    Alternative {
        step: "moebi-clause",
        name: "a guard and module attributes",
        inputs: &[
            Writes(
                CHAT,
                r#"defmodule Chat do
  @supervisor Chat.TaskSupervisor
  @moebi :moebi@localhost

  def receive_message(message), do: IO.puts(message)

  def send_message(recipient, message) when recipient == @moebi do
    run(recipient, :receive_message_for_moebi, [message, Node.self()])
  end

  def send_message(recipient, message), do: run(recipient, :receive_message, [message])

  defp run(recipient, fun, args) do
    Task.await(Task.Supervisor.async({@supervisor, recipient}, __MODULE__, fun, args))
  end
end
"#,
            ),
            Types("shell", "mix compile"),
            Types("alex", "l(Chat)"),
        ],
    },
    Alternative {
        step: "receive-for-moebi",
        name: "a loop through the supervisor, and the reply in an attribute",
        inputs: &[
            Writes(
                CHAT,
                r#"defmodule Chat do
  @reply "chicken?"

  def receive_message(message), do: IO.puts(message)

  def receive_message_for_moebi(message, sender) do
    receive_message(message)
    sender |> send_message(@reply)
  end

  def send_message(to, message) do
    if to == :moebi@localhost do
      run(to, :receive_message_for_moebi, [message, node()])
    else
      run(to, :receive_message, [message])
    end
  end

  defp run(to, fun, args) do
    {Chat.TaskSupervisor, to} |> Task.Supervisor.async(__MODULE__, fun, args) |> Task.await()
  end
end
"#,
            ),
            Types("alex", "recompile()"),
            Types("alex", "me = node(); Chat.receive_message_for_moebi(\"${nonce}\", me)"),
        ],
    },
    Alternative {
        step: "three-up",
        name: "in two lines, and with `mix run`",
        inputs: &[Types("moebi", "cd chat"), Types("moebi", "iex --sname moebi@localhost -S mix run")],
    },
    Alternative {
        step: "chicken",
        name: "the name in a variable",
        inputs: &[
            Types("alex", "moebi = :moebi@localhost"),
            Types("alex", "moebi |> Chat.send_message(\"${nonce}\")"),
        ],
    },
    Alternative {
        step: "fails",
        name: "with a doctest, in a describe, from another terminal",
        inputs: &[
            Writes(
                TEST,
                r#"defmodule ChatTest do
  use ExUnit.Case
  doctest Chat

  describe "send_message/2" do
    test "reaches moebi" do
      assert :ok = Chat.send_message(:moebi@localhost, "hi ${nonce}")
    end
  end
end
"#,
            ),
            Types("alex", "cd chat"),
            Types("alex", "mix test --trace"),
        ],
    },
    Alternative {
        step: "tagged",
        name: "a module's tag, and ExUnit.configure",
        inputs: &[
            Writes(
                TEST,
                r#"defmodule ChatTest do
  use ExUnit.Case, async: true

  @moduletag :distributed

  test "send_message" do
    assert Chat.send_message(:moebi@localhost, "hi ${nonce}") == :ok
  end
end
"#,
            ),
            Writes(
                HELPER,
                "ExUnit.start()\n\nunless Node.alive?(), do: ExUnit.configure(exclude: [:distributed])\n",
            ),
            Types("shell", "mix test"),
        ],
    },
    Alternative {
        step: "tagged",
        name: "by the node's name, with a tag of another word",
        inputs: &[
            Writes(
                TEST,
                r#"defmodule ChatTest do
  use ExUnit.Case, async: true

  @tag needs: :moebi
  test "send_message" do
    assert Chat.send_message(:moebi@localhost, "hi ${nonce}") == :ok
  end
end
"#,
            ),
            Writes(
                HELPER,
                "ExUnit.start(exclude: if(node() == :nonode@nohost, do: [needs: :moebi], else: []))\n",
            ),
            Types("shell", "mix test"),
        ],
    },
    Alternative {
        step: "sophie",
        name: "without an iex",
        inputs: &[
            Types("moebi", "cd chat && iex --sname moebi@localhost -S mix"),
            Types("shell", "elixir --sname sophie@localhost -S mix test"),
        ],
    },
    Alternative {
        step: "sophie-alone",
        name: "without an iex",
        inputs: &[
            Types("moebi", "System.halt()"),
            Types("shell", "System.halt()"),
            Types("shell", "elixir --sname sophie@localhost -S mix test"),
        ],
    },
    Alternative {
        step: "configured",
        name: "a module and a function",
        inputs: &[
            Writes(CONFIG, "import Config\nimport_config \"#{config_env()}.exs\"\n"),
            Writes(DEV, "import Config\nconfig :chat, remote_supervisor: {Chat, :remote}\n"),
            Writes(TESTS, "import Config\nconfig :chat, remote_supervisor: {Chat, :local}\n"),
            Writes(CHAT, MODULE_AND_FUNCTION),
            Writes(TEST, UNTAGGED),
            Types("kate", "cd chat && mix test"),
        ],
    },
    Alternative {
        step: "configured",
        name: "an atom, all in one file",
        inputs: &[
            Writes(
                CONFIG,
                "import Config\nconfig :chat, tasks: if(config_env() == :test, do: :local, else: :remote)\n",
            ),
            Writes(CHAT, ATOM),
            Writes(TEST, UNTAGGED),
            Types("kate", "cd chat; mix test"),
        ],
    },
    Alternative {
        step: "configured",
        name: "the deprecated Mix.Config",
        inputs: &[
            Writes(CONFIG, "use Mix.Config\nimport_config \"#{Mix.env()}.exs\"\n"),
            Writes(
                DEV,
                "use Mix.Config\nconfig :chat, remote_supervisor: fn(recipient) -> {Chat.TaskSupervisor, recipient} end\n",
            ),
            Writes(
                TESTS,
                "use Mix.Config\nconfig :chat, remote_supervisor: fn(_recipient) -> Chat.TaskSupervisor end\n",
            ),
            Writes(CHAT, FUNCTION),
            Writes(TEST, UNTAGGED),
            Types("kate", "cd chat && mix test"),
        ],
    },
    Alternative {
        step: "configured",
        name: "only the tests configured",
        inputs: &[
            Writes(
                CONFIG,
                "import Config\n\nif config_env() == :test do\n  config :chat, remote_supervisor: fn _ -> Chat.TaskSupervisor end\nend\n",
            ),
            Writes(CHAT, DEFAULT),
            Writes(TEST, UNTAGGED),
            Types("shell", "System.halt()"),
            Types("shell", "MIX_ENV=test mix test"),
        ],
    },
    Alternative {
        step: "repair",
        name: "with cookies set at run time, and moebi started again",
        inputs: &[
            Types("kate", "System.halt()"),
            Types("kate", "iex --sname kate@localhost --cookie open_sesame -S mix"),
            Types("moebi", "System.halt()"),
            Types("moebi", "iex --sname moebi@localhost -S mix"),
            Types("moebi", "Node.set_cookie(:open_sesame)"),
            Types(
                "alex",
                "Enum.each([:kate@localhost, :moebi@localhost], &Chat.send_message(&1, \"${nonce}\"))",
            ),
        ],
    },
];

const UNTAGGED: &str = r#"defmodule ChatTest do
  use ExUnit.Case, async: true

  test "send_message" do
    assert Chat.send_message(:moebi@localhost, "hi ${nonce}") == :ok
  end
end
"#;

macro_rules! chat {
    ($supervisor:literal) => {
        concat!(
            r#"defmodule Chat do
  def receive_message(message), do: IO.puts(message)

  def receive_message_for_moebi(message, from) do
    IO.puts(message)
    send_message(from, "chicken?")
  end

  def send_message(:moebi@localhost, message) do
    spawn_task(__MODULE__, :receive_message_for_moebi, :moebi@localhost, [message, Node.self()])
  end

  def send_message(recipient, message) do
    spawn_task(__MODULE__, :receive_message, recipient, [message])
  end

  def spawn_task(module, fun, recipient, args) do
    recipient
    |> remote_supervisor()
    |> Task.Supervisor.async(module, fun, args)
    |> Task.await()
  end

"#,
            $supervisor,
            "end\n"
        )
    };
}

const FUNCTION: &str = chat!(
    r#"  defp remote_supervisor(recipient) do
    Application.get_env(:chat, :remote_supervisor).(recipient)
  end
"#
);
const MODULE_AND_FUNCTION: &str = chat!(
    r#"  def remote(recipient), do: {Chat.TaskSupervisor, recipient}
  def local(_recipient), do: Chat.TaskSupervisor

  defp remote_supervisor(recipient) do
    {module, fun} = Application.fetch_env!(:chat, :remote_supervisor)
    apply(module, fun, [recipient])
  end
"#
);
const ATOM: &str = chat!(
    r#"  @tasks Application.compile_env!(:chat, :tasks)

  defp remote_supervisor(recipient) do
    case @tasks do
      :remote -> {Chat.TaskSupervisor, recipient}
      :local -> Chat.TaskSupervisor
    end
  end
"#
);
const DEFAULT: &str = chat!(
    r#"  defp remote_supervisor(recipient) do
    Application.get_env(:chat, :remote_supervisor, &{Chat.TaskSupervisor, &1}).(recipient)
  end
"#
);

fn main() {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = arguments.test_threads.or(Some(LANES));
    let lesson = lesson();
    let trials = ALTERNATIVES.iter().map(|alternative| trial(&lesson, alternative));
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn trial(lesson: &Arc<Lesson>, alternative: &'static Alternative) -> Trial {
    let step = alternative.step;
    let place = Position::of(lesson, step).unwrap_or_else(|| panic!("no step is called {step}"));
    let name = format!("{}::{step}::{}", place.section(lesson).id, alternative.name);
    let lesson = lesson.clone();
    Trial::test(name, move || passes(&lesson, place, alternative.inputs))
}

fn passes(lesson: &Arc<Lesson>, place: Position, does: &[Does]) -> Result<(), Failed> {
    let inputs: Vec<Input> = does.iter().map(|does| input(*does, &lesson.nonce)).collect();
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

fn input(does: Does, nonce: &Nonce) -> Input {
    match does {
        Types(terminal, text) => {
            let terminal = TerminalName::parse(terminal).expect("a terminal's name");
            Input::Type { terminal, text: nonce.fill(text) }
        }
        Writes(path, text) => Input::Write { path: path.to_owned(), text: nonce.fill(text) },
    }
}
