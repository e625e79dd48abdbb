//! Answers whose evidence comes late, or from several lines, on real nodes: each input answers for what it brought about.
//!
//! The right ones were refused, and the wrong ones passed, when what came after a line was taken for its consequence.

use moebi::lesson::{Input, Verdict};

use super::accepted_answers::{alex, at, attempted, kate};

/// A test each: `NAME: STEP is VERDICT => [INPUT, …];`
macro_rules! judged {
    ($($name:ident: $step:literal is $verdict:ident => [$($input:expr),+ $(,)?];)+) => { $(
        #[test]
        fn $name() {
            assert_eq!(attempted($step, vec![$($input),+]), Verdict::$verdict);
        }
    )+ };
}

/// In alex, a process on kate that does that.
fn linked(work: &str) -> Input {
    alex(format!("Node.spawn_link(:kate@localhost, fn -> {work} end)"))
}

fn unlinked(work: &str) -> Input {
    alex(format!("Node.spawn(:kate@localhost, fn -> {work} end)"))
}

fn node_of_kate() -> Input {
    at("kate", "cd chat && iex --sname kate@localhost -S mix")
}

judged! {
    an_exit_at_once: "link-exit" is Passed => [alex("x = 1"), linked("IO.puts(\"bye\"); exit(:boom)"), alex("x")];
    an_exit_that_comes_after_the_next_line: "link-exit" is Passed => [
        alex("x = 1"), linked("IO.puts(\"bye\"); Process.sleep(150); exit(:boom)"), alex("x"),
    ];
    a_print_and_an_exit_after_the_next_line: "link-exit" is Passed => [
        alex("x = 1"), linked("Process.sleep(100); IO.puts(\"bye\"); exit(:boom)"), alex("x"),
    ];
    two_lines_in_one_paste: "link-exit" is Passed => [
        alex("x = 1\nNode.spawn_link(:kate@localhost, fn -> IO.puts(\"bye\"); exit(:boom) end)"), alex("x"),
    ];
    an_exit_without_a_link: "link-exit" is Failed => [
        alex("x = 1"), unlinked("IO.puts(\"bye\"); exit(:boom)"), alex("x"),
    ];
    a_print_and_an_exit_of_two_lines: "link-exit" is Failed => [
        alex("x = 1"), unlinked("IO.puts(\"bye\")"), alex("spawn_link(fn -> exit(:boom) end)"), alex("x"),
    ];
    a_print_and_an_exit_of_two_lines_that_both_come_late: "link-exit" is Failed => [
        alex("x = 1"),
        unlinked("Process.sleep(100); IO.puts(\"bye\")"),
        alex("spawn_link(fn -> Process.sleep(150); exit(:boom) end)"),
        alex("x"),
    ];
    a_late_print: "no-link" is Passed => [unlinked("Process.sleep(100); IO.puts(\"bye\"); exit(:boom)")];
    a_timers_print: "no-link" is Passed => [
        unlinked("Process.send_after(self(), :go, 50); receive do :go -> IO.puts(\"bye\") end; exit(:boom)"),
    ];
    a_link_where_none_is_asked_for: "no-link" is Failed => [
        linked("Process.sleep(50); IO.puts(\"bye\"); exit(:boom)"),
    ];
    a_second_go_at_it: "no-link" is Passed => [
        linked("IO.puts(\"bye\"); exit(:boom)"), unlinked("IO.puts(\"bye\"); exit(:boom)"),
    ];
    a_late_greeting: "remote-hello" is Passed => [linked("Process.sleep(100); Kate.say_name()")];
    a_greeting_by_a_task_within_a_call: "remote-hello" is Passed => [
        alex(":erpc.call(:kate@localhost, fn -> Task.await(Task.async(fn -> Kate.say_name() end)) end)"),
    ];
    a_greeting_of_two_lines: "remote-hello" is Failed => [
        alex("Kate.say_name()"), linked("IO.puts(\"Hi, my name is Kate\")"),
    ];
    a_message_from_a_task: "say-hi" is Passed => [
        alex("me = self()"), alex("Task.await(Task.async(fn -> send(pid, {:hi, me}) end))"),
    ];
    a_message_after_the_next_line: "say-hi" is Passed => [
        alex("me = self()"), alex("spawn(fn -> Process.sleep(100); send(pid, {:hi, me}) end)"), alex("1 + 1"),
    ];
    two_expressions_in_one_paste: "alone" is Passed => [alex("Node.list()\nnode()"), kate("Node.list()")];
    a_call_that_fails_and_a_literal_in_one_paste: "alone" is Failed => [
        alex("raise inspect(Node.list())\n[]"), kate("Node.list()"),
    ];
    a_call_and_a_literal_in_one_line: "alone" is Failed => [alex("Node.list(); []"), kate("Node.list()")];
    a_node_that_takes_its_time_to_stop: "leave" is Passed => [kate(":init.stop()"), alex("Node.list()")];
    a_node_that_takes_its_time_to_stop_as_elixir_says_it: "leave" is Passed => [
        kate("System.stop()"), alex("Node.list()"),
    ];
    a_chat_by_a_task: "hi-kate" is Passed => [
        node_of_kate(), alex("Task.await(Task.async(fn -> Chat.send_message(:kate@localhost, \"${nonce}\") end))"),
    ];
    a_chat_and_a_print_of_two_nodes: "hi-kate" is Failed => [
        node_of_kate(), alex("Chat.send_message(:kate@localhost, \"x\")"), kate("IO.puts(\"${nonce}\")"),
    ];
}
