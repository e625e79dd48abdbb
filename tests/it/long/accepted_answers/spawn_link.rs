//! Code on another node.

use super::{accepted, alex, kate};

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
}
