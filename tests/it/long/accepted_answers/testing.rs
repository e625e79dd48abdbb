//! Replies from remote tasks, testing, and the conclusion.

use super::{accepted, at, write};

const CHAT: &str = "chat/lib/chat.ex";
const TEST: &str = "chat/test/chat_test.exs";
const HELPER: &str = "chat/test/test_helper.exs";
const CONFIG: &str = "chat/config/config.exs";
const DEV: &str = "chat/config/dev.exs";
const TESTS: &str = "chat/config/test.exs";

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

accepted! {
    moebi_clause_one_clause_with_a_case: "moebi-clause" => [
            write(
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
            at("alex", "IEx.Helpers.recompile()"),
        ];
    moebi_clause_a_guard_and_module_attributes: "moebi-clause" => [
            write(
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
            at("shell", "mix compile"),
            at("alex", "l(Chat)"),
        ];
    receive_for_moebi_a_loop_through_the_supervisor_and_the_reply_in_an_attribute: "receive-for-moebi" => [
            write(
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
            at("alex", "recompile()"),
            at("alex", "me = node(); Chat.receive_message_for_moebi(\"${nonce}\", me)"),
        ];
    three_up_in_two_lines_and_with_mix_run: "three-up" => [at("moebi", "cd chat"), at("moebi", "iex --sname moebi@localhost -S mix run")];
    chicken_the_name_in_a_variable: "chicken" => [
            at("alex", "moebi = :moebi@localhost"),
            at("alex", "moebi |> Chat.send_message(\"${nonce}\")"),
        ];
    fails_with_a_doctest_in_a_describe_from_another_terminal: "fails" => [
            write(
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
            at("alex", "cd chat"),
            at("alex", "mix test --trace"),
        ];
    tagged_a_module_s_tag_and_exunit_configure: "tagged" => [
            write(
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
            write(
                HELPER,
                "ExUnit.start()\n\nunless Node.alive?(), do: ExUnit.configure(exclude: [:distributed])\n",
            ),
            at("shell", "mix test"),
        ];
    tagged_by_the_node_s_name_with_a_tag_of_another_word: "tagged" => [
            write(
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
            write(
                HELPER,
                "ExUnit.start(exclude: if(node() == :nonode@nohost, do: [needs: :moebi], else: []))\n",
            ),
            at("shell", "mix test"),
        ];
    sophie_without_an_iex: "sophie" => [
            at("moebi", "cd chat && iex --sname moebi@localhost -S mix"),
            at("shell", "elixir --sname sophie@localhost -S mix test"),
        ];
    sophie_alone_without_an_iex: "sophie-alone" => [
            at("moebi", "System.halt()"),
            at("shell", "System.halt()"),
            at("shell", "elixir --sname sophie@localhost -S mix test"),
        ];
    configured_a_module_and_a_function: "configured" => [
            write(CONFIG, "import Config\nimport_config \"#{config_env()}.exs\"\n"),
            write(DEV, "import Config\nconfig :chat, remote_supervisor: {Chat, :remote}\n"),
            write(TESTS, "import Config\nconfig :chat, remote_supervisor: {Chat, :local}\n"),
            write(CHAT, MODULE_AND_FUNCTION),
            write(TEST, UNTAGGED),
            at("kate", "cd chat && mix test"),
        ];
    configured_an_atom_all_in_one_file: "configured" => [
            write(
                CONFIG,
                "import Config\nconfig :chat, tasks: if(config_env() == :test, do: :local, else: :remote)\n",
            ),
            write(CHAT, ATOM),
            write(TEST, UNTAGGED),
            at("kate", "cd chat; mix test"),
        ];
    configured_the_deprecated_mix_config: "configured" => [
            write(CONFIG, "use Mix.Config\nimport_config \"#{Mix.env()}.exs\"\n"),
            write(
                DEV,
                "use Mix.Config\nconfig :chat, remote_supervisor: fn(recipient) -> {Chat.TaskSupervisor, recipient} end\n",
            ),
            write(
                TESTS,
                "use Mix.Config\nconfig :chat, remote_supervisor: fn(_recipient) -> Chat.TaskSupervisor end\n",
            ),
            write(CHAT, FUNCTION),
            write(TEST, UNTAGGED),
            at("kate", "cd chat && mix test"),
        ];
    configured_only_the_tests_configured: "configured" => [
            write(
                CONFIG,
                "import Config\n\nif config_env() == :test do\n  config :chat, remote_supervisor: fn _ -> Chat.TaskSupervisor end\nend\n",
            ),
            write(CHAT, DEFAULT),
            write(TEST, UNTAGGED),
            at("shell", "System.halt()"),
            at("shell", "MIX_ENV=test mix test"),
        ];
    repair_with_cookies_set_at_run_time_and_moebi_started_again: "repair" => [
            at("kate", "System.halt()"),
            at("kate", "iex --sname kate@localhost --cookie open_sesame -S mix"),
            at("moebi", "System.halt()"),
            at("moebi", "iex --sname moebi@localhost -S mix"),
            at("moebi", "Node.set_cookie(:open_sesame)"),
            at(
                "alex",
                "Enum.each([:kate@localhost, :moebi@localhost], &Chat.send_message(&1, \"${nonce}\"))",
            ),
        ];
}
