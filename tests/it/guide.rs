//! The guide on real nodes, without a screen: what a learner does, and what a learner is told.

use moebi::lesson::Lang;

use crate::support::{learner::GuideLearner, processes};

const DEFINES: &str = "defmodule Kate do\n  def say_name, do: IO.puts(\"Hi, my name is Kate\")\nend";

#[test]
fn a_name_asked_for_in_other_words() {
    GuideLearner::new()
        .types("shell", "iex")
        .types("shell", "node()")
        .sees(":nonode@nohost")
        .passes()
        .leaves();
}

#[test]
fn nodes_named_in_other_words() {
    let learner = GuideLearner::new().at("name-alex").types("alex", "iex --sname alex@localhost --no-halt");
    let learner = learner.passes().presses_enter();
    learner.types("kate", "elixir -v >/dev/null && iex --sname kate@localhost").passes().leaves();
}

#[test]
fn a_ping_connects_too() {
    let learner = GuideLearner::new().at("connect").chooses("alex");
    let learner = learner.types("alex", "Node.ping(:kate@localhost)").sees(":pong");
    learner.types("kate", "Node.list").sees("[:alex@localhost]").passes().leaves();
}

#[test]
fn kate_may_connect_to_alex() {
    let learner = GuideLearner::new().at("connect").types("kate", "Node.connect(:alex@localhost)");
    learner.types("kate", "Node.list()").passes().leaves();
}

#[test]
fn a_node_may_leave_by_init_stop() {
    let learner = GuideLearner::new().at("leave").starts("kate", ":init.stop()").sees("has stopped");
    learner.types("alex", "Node.list()").passes().leaves();
}

#[test]
fn a_module_of_another_shape() {
    let module = "defmodule Kate do\n  @name \"Kate\"\n  def say_name() do\n    (\"Hi, my name is \" <> @name) |> IO.puts()\n  end\nend";
    let learner = GuideLearner::new().at("define-kate").types("kate", module).passes().presses_enter();
    learner.types("kate", "Kate.say_name").passes().leaves();
}

/// What `shell` was when the step began must be known before the first input, or nothing can be told to have changed.
#[test]
fn what_is_typed_before_a_step_has_begun_waits_for_it() {
    let learner = GuideLearner::new().at("other-way").chooses("");
    let learner = learner.types("kate", "Node.spawn_link(:alex@localhost, Kate, :say_name, [])").passes();
    let learner =
        learner.types("alex", "1 + 1").asks("/next").hurries("x = 1").sees("alex by alex Result: 1");
    let input = "Node.spawn_link(:kate@localhost, fn -> IO.puts(\"bye\"); exit(:boom) end)";
    learner.types("alex", input).passes().leaves();
}

#[test]
fn no_link_after_a_wrong_turn() {
    let learner = GuideLearner::new().at("no-link");
    let exit = "fn -> IO.puts(\"bye\"); exit(:boom) end";
    let learner = learner.types("alex", &format!("Node.spawn_link(:kate@localhost, {exit})")).sees("mistake");
    learner.types("alex", &format!("Node.spawn(:kate@localhost, {exit})")).passes().leaves();
}

#[test]
fn a_prediction_stands_beside_the_evidence() {
    let learner = GuideLearner::new().at("remote-hello").chooses("kate");
    let learner =
        learner.types("alex", "Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)").passes();
    learner.asks("/check").leaves();
    let learner = GuideLearner::new().at("three-nodes").chooses("alex").sees("Judged { right: false");
    learner.chooses("both").sees("Judged { right: true").passes().leaves();
}

#[test]
fn goto_brings_what_the_steps_before_made() {
    let learner = GuideLearner::new().at("link-exit").chooses("");
    let learner = learner.types("kate", "Kate.say_name()").sees("kate by kate Print: Hi, my name is Kate");
    let learner = learner.types("alex", "Node.list()").sees("[:kate@localhost]");
    learner.types("alex", "function_exported?(Kate, :say_name, 0)").sees("Result: false").leaves();
}

#[test]
fn a_replay_takes_the_learners_own_answer() {
    let own = DEFINES.replacen("def ", "def mine, do: :of_my_own\n  def ", 1);
    let learner = GuideLearner::new().at("define-kate").types("kate", &own).passes();
    let learner = learner.at("unknown-on-alex").types("kate", "Kate.mine()").sees("Result: :of_my_own");
    learner.leaves();
}

#[test]
fn the_map_is_drawn_of_what_the_nodes_answer_now() {
    let learner = GuideLearner::new()
        .at("no-link")
        .types("alex", "Node.spawn_link(:kate@localhost, fn -> Process.sleep(:infinity) end)");
    let learner = learner.asks("/map").sees("the shell is linked to #PID<0.").sees("prompt iex");
    learner.leaves();
}

#[test]
fn back_brings_the_state_before() {
    let learner = GuideLearner::new().at("local-hello").asks("/back").sees("step 1");
    let learner = learner.sees("prompt ").types("kate", "function_exported?(Kate, :say_name, 0)");
    learner.sees("Result: false").types("kate", DEFINES).passes().leaves();
}

#[test]
fn skip_does_what_was_skipped() {
    let learner = GuideLearner::new().at("define-kate").asks("/skip").sees("step 2").sees("prompt ");
    learner.types("kate", "Kate.say_name()").sees("Hi, my name is Kate").passes().leaves();
}

#[test]
fn goto_leaves_nothing_of_the_step_that_was_left() {
    let learner = GuideLearner::new()
        .at("define-kate")
        .types("alex", "x = 42")
        .types("alex", "Node.connect(:kate@localhost)");
    let learner = learner.asks("/goto define-kate").sees("step 1").sees("prompt ");
    let learner = learner.types("alex", "binding()").sees("Result: []");
    learner.types("alex", "Node.list()").sees("Result: []").leaves();
}

#[test]
fn goto_nowhere() {
    let learner =
        GuideLearner::new().asks("/goto remote-helo").sees("Did you mean `remote-hello`?").sees("prompt ");
    learner.asks("/goto 2.99").sees("There is no step").sees("prompt ").leaves();
}

#[test]
fn next_waits_for_the_step() {
    let learner = GuideLearner::new()
        .at("define-kate")
        .asks("/next")
        .sees("say This step is not done yet")
        .sees("prompt ");
    let learner = learner.types("kate", DEFINES).passes().asks("/next").sees("step 2").sees("prompt ");
    // On the nodes as they are: what was defined is still there.
    learner.types("kate", "Kate.say_name()").passes().leaves();
}

#[test]
fn an_interrupt_keeps_variables() {
    let learner = GuideLearner::new().at("define-kate").types("kate", "x = 6").types("kate", "y = 7");
    let learner = learner.starts("kate", "Process.sleep(:infinity)").interrupts();
    learner.types("kate", "x * y").sees("Result: 42").leaves();
}

#[test]
fn an_expression_may_be_finished_later() {
    let learner =
        GuideLearner::new().at("define-kate").types("kate", "defmodule Kate do").sees("prompt ...(kate");
    let learner = learner.types("alex", "6 * 7").sees("Result: 42");
    learner.types("kate", "def say_name, do: IO.puts(\"Hi, my name is Kate\")\nend").passes().leaves();
}

#[test]
fn a_second_learner_goes_on_where_the_first_was() {
    let learner = GuideLearner::new().at("define-kate");
    let own = DEFINES.replacen("def ", "def mine, do: :of_my_own\n  def ", 1);
    let state = learner.types("kate", &own).passes().presses_enter().leaves();
    let learner = GuideLearner::resuming(state, Lang::El).sees("step 2");
    let learner = learner.types("kate", "Kate.mine()").sees("Result: :of_my_own");
    learner.types("kate", "Kate.say_name()").passes().leaves();
}

#[test]
fn a_second_learner_goes_on_after_a_question() {
    let state =
        GuideLearner::new().at("three-nodes").chooses("both").sees("Judged { right: true").passes().leaves();
    let learner = GuideLearner::resuming(state, Lang::En).sees("step 7");
    learner.asks("/next").sees("step 1 ").sees("prompt ").leaves();
}

#[test]
fn nothing_is_left_of_a_learner_who_was_in_the_middle_of_everything() {
    let learner = GuideLearner::new().at("remote-hello").chooses("");
    let mark = learner.mark();
    let learner = learner.starts("kate", "Process.sleep(:infinity)");
    let learner = learner.starts("shell", "sleep 1000");
    assert!(!processes::marked(&mark).is_empty(), "the nodes run");
    learner.leaves();
    processes::none_marked(&mark);
}

#[test]
fn two_sections_from_the_first_step_to_the_last() {
    let learner =
        GuideLearner::greek().types("shell", "iex").types("shell", "Node.self()").passes().presses_enter();
    let learner = learner.types("alex", "iex --sname alex@localhost").passes().presses_enter();
    let learner = learner.types("kate", "iex --sname kate@localhost").passes().presses_enter();
    let learner = learner.types("alex", "Node.list()").types("kate", "Node.list()").passes().presses_enter();
    let learner = learner.chooses("1").types("alex", "Node.connect(:kate@localhost)");
    let learner = learner.types("kate", "Node.list()").passes().presses_enter();
    let learner = learner.starts("kate", "System.halt()").sees("kate@localhost");
    // A learner is slower than the news that kate is gone.
    let learner =
        learner.types("alex", "Enum.find(1..500, fn _ -> Process.sleep(10); Node.list() == [] end)");
    let learner = learner.types("alex", "Node.list()").passes().presses_enter();
    let learner = learner.chooses("both").passes().presses_enter();
    let learner = learner.types("kate", DEFINES).passes().presses_enter();
    let learner = learner.types("kate", "Kate.say_name()").passes().presses_enter();
    let learner = learner.types("alex", "Kate.say_name()").passes().presses_enter();
    let hello = "Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)";
    let learner = learner.chooses("alex").types("alex", hello).passes().presses_enter();
    let leads =
        "Node.spawn_link(:kate@localhost, fn -> IO.inspect({node(), node(Process.group_leader())}) end)";
    let learner = learner.types("alex", leads).passes().presses_enter();
    let other = "Node.spawn_link(:alex@localhost, fn -> Kate.say_name() end)";
    let learner = learner.chooses("error").types("kate", other).passes().presses_enter();
    let exit = "fn -> IO.puts(\"bye\"); exit(:boom) end";
    let learner = learner.chooses("exits").types("alex", "x = 1");
    let learner =
        learner.types("alex", &format!("Node.spawn_link(:kate@localhost, {exit})")).passes().presses_enter();
    let learner =
        learner.types("alex", &format!("Node.spawn(:kate@localhost, {exit})")).passes().presses_enter();
    learner.chooses("kate").passes().asks("/next").sees("step 1 ").sees("prompt ").leaves();
}

#[test]
fn what_is_typed_to_a_paused_node_waits_and_faults_are_told() {
    let learner = GuideLearner::new().at("leave").types("kate", "1").asks("/pause kate");
    let learner = learner.sees("prompt paused").sees("say kate is paused, and no other node has noticed");
    let learner = learner.hurries("21 + 21").sees("say kate is paused: what you type here waits");
    let learner = learner.asks("/pause kate").sees("problem kate is paused already");
    let learner = learner.asks("/resume kate").sees("kate by kate Result: 42");
    learner.sees("say kate goes on").asks("/pause kate").sees("say kate is paused").leaves();
}

#[test]
fn a_cut_is_told_by_both_nodes_and_lasts_until_it_is_healed() {
    let learner = GuideLearner::new().at("leave").asks("/cut alex kate");
    let learner = learner.sees("lost its connection to").sees("lost its connection to");
    let learner = learner.sees("say alex and kate are cut off").types("alex", "Node.ping(:kate@localhost)");
    let learner = learner.sees(":pang").asks("/heal kate alex").sees("say kate and alex can connect again");
    learner.types("alex", "Node.ping(:kate@localhost)").sees(":pong").leaves();
}

#[test]
fn a_fault_is_a_part_of_the_work_and_is_done_again() {
    let learner = GuideLearner::new().at("leave").asks("/kill kate");
    let learner = learner.sees("alex lost its connection to kate").types("alex", "Node.list()").passes();
    let state = learner.leaves();
    let saved =
        std::fs::read_to_string(state.path().join("otp-distribution/progress.json")).expect("the progress");
    assert!(saved.contains("kill"), "{saved}");
}
