//! Code on another node.

use super::{accepted, alex, kate, pass};

accepted! {
    hello_by_module_function_and_arguments: "remote-hello" => [
        alex("Node.spawn_link(:kate@localhost, Kate, :say_name, [])"),
    ];
    hello_by_a_capture: "remote-hello" => [alex("Node.spawn_link(:kate@localhost, &Kate.say_name/0)")];
    hello_by_a_pipe: "remote-hello" => [alex(":kate@localhost |> Node.spawn_link(fn -> Kate.say_name end)")];
    hello_without_parentheses: "remote-hello" => [
        alex("Node.spawn :\"kate@localhost\", fn -> Kate.say_name() end"),
    ];
    hello_by_variables: "remote-hello" => [
        alex("kate = :kate@localhost"),
        alex("hello = fn -> Kate.say_name() end"),
        alex("pid = Node.spawn_link(kate, hello)"),
    ];
    hello_over_several_lines: "remote-hello" => [
        alex("Node.spawn_link(\n  :kate@localhost,\n  fn ->\n    Kate.say_name()\n  end\n)"),
    ];
    hello_by_an_alias: "remote-hello" => [
        alex("alias Kate, as: K"),
        alex("Node.spawn_link(:kate@localhost, fn -> K.say_name end)"),
    ];
    hello_by_a_module_in_a_variable: "remote-hello" => [
        alex("m = Kate; Node.spawn_link(:kate@localhost, fn -> m.say_name() end)"),
    ];
    hello_by_apply: "remote-hello" => [
        alex("Node.spawn_link(:kate@localhost, fn -> apply(Kate, :say_name, []) end)"),
    ];
    hello_with_options: "remote-hello" => [
        alex("Node.spawn(:kate@localhost, fn -> Kate.say_name() end, [:link])"),
    ];
    hello_before_a_flood: "remote-hello" => [
        alex("Node.spawn_link(:kate@localhost, &Kate.say_name/0); Process.sleep(300); for i <- 1..30_000, do: IO.write(\"#{i}\\n\")"),
    ];
    who_leads_without_parentheses: "who-leads" => [
        alex("Node.spawn_link :kate@localhost, fn -> IO.inspect {node, node(Process.group_leader)} end"),
    ];
    who_leads_in_one_pipe: "who-leads" => [
        alex("Node.spawn(:kate@localhost, fn -> {Node.self(), Process.group_leader() |> node()} |> IO.inspect() end)"),
    ];
    who_leads_in_erlangs_words: "who-leads" => [
        alex("Node.spawn_link(:kate@localhost, fn -> :erlang.group_leader() |> node() |> then(&{node(), &1}) |> IO.inspect() end)"),
    ];
    the_other_way_by_module_function_and_arguments: "other-way" => [
        kate("Node.spawn_link(:alex@localhost, Kate, :say_name, [])"),
    ];
    an_exit_signal_to_itself: "link-exit" => [
        alex("y = 2"),
        alex("Node.spawn_link(:kate@localhost, fn -> IO.puts(\"bye\"); Process.exit(self(), :boom) end)"),
    ];
    an_exit_signal_over_several_lines: "link-exit" => [
        alex("x = 1"),
        alex("Node.spawn_link(:kate@localhost, fn ->\n  IO.puts(\"bye\")\n  Process.exit(self(), :boom)\nend)"),
    ];
    no_link_over_several_lines: "no-link" => [
        alex("Node.spawn(:kate@localhost, fn ->\n  IO.puts \"bye\"\n  exit :boom\nend)"),
    ];
    a_farewell_in_greek: "link-exit" => [
        alex("x = 1"),
        alex("Node.spawn_link(:kate@localhost, fn -> IO.puts(\"αντίο\"); Kernel.exit(:boom) end)"),
    ];
    a_farewell_by_a_variable: "no-link" => [
        alex("bye = fn -> IO.puts(\"αντίο\"); exit(:boom) end"),
        alex("Node.spawn(:kate@localhost, bye, [])"),
    ];
}

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
