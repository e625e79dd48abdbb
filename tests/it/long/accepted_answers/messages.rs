//! Questions and replies.

use super::{accepted, alex, kate};

const WAIT: &str =
    "pid = Node.spawn_link(:kate@localhost, fn -> receive do {:hi, from} -> send(from, :sup?) end end)";

accepted! {
    waiting_over_several_lines: "wait-on-kate" => [
        alex("pid = Node.spawn_link(:kate@localhost, fn ->\n  receive do\n    {:hi, from} -> send(from, :sup?)\n  end\nend)"),
    ];
    waiting_with_a_guard_and_a_pipe: "wait-on-kate" => [
        alex("pid = Node.spawn(:kate@localhost, fn -> receive do {:hi, who} when is_pid(who) -> who |> send(:sup?) end end)"),
    ];
    waiting_with_a_guard_for_the_form: "wait-on-kate" => [
        alex("{pid, _} = Node.spawn_monitor(:kate@localhost, fn -> receive do {word, from} when word == :hi -> send(from, :sup?) end end)"),
    ];
    waiting_by_a_variable: "wait-on-kate" => [
        alex("wait = fn -> receive do {:hi, from} -> Process.send(from, :sup?, []) end end"),
        alex("pid = :kate@localhost |> Node.spawn_link(wait)"),
    ];
    waiting_in_a_module: "wait-on-kate" => [
        kate("defmodule Kate do\n  def wait do\n    receive do\n      {:hi, from} -> send(from, :sup?)\n    end\n  end\nend"),
        alex("pid = Node.spawn_link(:kate@localhost, Kate, :wait, [])"),
    ];
    waiting_again_and_again: "wait-on-kate" => [
        kate("defmodule Kate do\n  def wait do\n    receive do\n      {:hi, from} -> send(from, :sup?)\n    end\n    wait()\n  end\nend"),
        alex("pid = Node.spawn_link(:kate@localhost, &Kate.wait/0)"),
    ];
    waiting_twice: "wait-on-kate" => [
        alex("Node.spawn_link(:kate@localhost, fn -> receive do {:hi, from} -> send(from, :sup?) end end)"),
        alex(WAIT),
    ];
    hi_by_a_pipe: "say-hi" => [alex("pid |> send({:hi, self()})")];
    hi_without_parentheses: "say-hi" => [alex("send pid, {:hi, self()}")];
    hi_by_process_send: "say-hi" => [alex("Process.send(pid, {:hi, self()}, [])")];
    hi_from_a_variable: "say-hi" => [alex("me = self()"), alex("send(pid, {:hi, me})")];
    hi_in_a_variable: "say-hi" => [alex("hi = {:hi, self()}; send(pid, hi)")];
    hi_after_a_wrong_one: "say-hi" => [alex("send(pid, :hi)"), alex("send(pid, {:hi, self()})")];
    hi_by_another_process: "say-hi" => [
        alex("me = self(); spawn(fn -> send(pid, {:hi, me}) end)"),
    ];
    a_flush_without_parentheses: "flush" => [alex("flush")];
    a_flush_by_its_full_name: "flush" => [alex("IEx.Helpers.flush()")];
    a_flush_after_one_elsewhere: "flush" => [alex(":sup?"), kate("flush()"), alex("flush()")];
    // Whoever has muddled it up may start once more, without `/restart`.
    a_flush_after_starting_once_more: "flush" => [
        alex("send(self(), :sup?); flush()"),
        alex(WAIT),
        alex("send(pid, {:hi, self()}); Process.sleep(500)"),
        alex("flush()"),
    ];
    asking_twice_in_one_line: "ask-twice" => [alex("send(pid, {:hi, self()}); flush()")];
    asking_twice_by_process_send: "ask-twice" => [
        alex("pid |> Process.send({:hi, self()}, [])"),
        alex("Process.sleep(100); flush()"),
    ];
}
