//! Three learners who wait for a reply.

use moebi::guide::messages;

use super::stories;
use crate::support::learner::PtyLearner;

stories! {
    forgets_the_end at "wait-on-kate",
    mixes_up_terminals at "say-hi",
    loses_the_pid at "say-hi",
}

const WAIT: &str =
    "pid = Node.spawn_link(:kate@localhost, fn -> receive do {:hi, from} -> send(from, :sup?) end end)";

/// Is left at `...>` more than once.
fn forgets_the_end(learner: PtyLearner) -> PtyLearner {
    let lang = learner.lang();
    learner
        .at("iex(alex@localhost)")
        .begins("pid = Node.spawn_link(:kate@localhost, fn ->")
        .begins("receive do")
        .begins("{:hi, from} -> send(from, :sup?)")
        .begins("end")
        .presses_enter()
        .sees_in_step(messages::unfinished().speak(lang))
        .keys(")\r")
        .reads_advice("missing-end")
        .at("iex(alex@localhost)")
        .begins("pid = Node.spawn_link(:kate@localhost, fn -> receive do")
        .keys("\x03")
        .sees("^C")
        .at("iex(alex@localhost)")
        .types("Node.spawn_link(:kate@localhost, fn -> receive do {:hi, from} -> send(from, :sup?) end end)")
        .reads_advice("no-pid")
        .at("iex(alex@localhost)")
        .types("pid = Node.spawn_link(:kate@localhost, fn -> {:hi, :sup?} end)")
        .reads_advice("no-receive")
        .at("iex(alex@localhost)")
        .types(WAIT)
        .passes()
        .at("iex(alex@localhost)")
}

/// Types the right line on kate, at `$`, in a runtime without a name.
fn mixes_up_terminals(learner: PtyLearner) -> PtyLearner {
    learner
        .reads_question()
        .presses_enter()
        .at("iex(alex@localhost)")
        .goes_to("kate", "iex(kate@localhost)")
        .types("send(pid, {:hi, self()})")
        .reads_advice("on-kate")
        .at("iex(kate@localhost)")
        .types("Process.alive?(pid)")
        .reads_advice("set-elsewhere")
        .at("iex(kate@localhost)")
        .goes_to("shell", "shell $")
        .types("send(pid, {:hi, self()})")
        .reads_advice("elixir-at-dollar")
        .at("shell $")
        .types("iex")
        .at("shell iex(")
        .types("Node.spawn_link(:kate@localhost, fn -> :ok end)")
        .reads_advice("not-alive")
        .at("shell iex(")
        .goes_to("alex", "iex(alex@localhost)")
        .types("send(self(), :sup?)")
        .reads_advice("to-itself")
        .at("iex(alex@localhost)")
        .types("send(pid, {:hi, self()})")
        .passes()
        .at("iex(alex@localhost)")
}

/// The shell exits, and takes the variable with it; and once more.
fn loses_the_pid(learner: PtyLearner) -> PtyLearner {
    learner
        .reads_question()
        .types("3")
        .at("iex(alex@localhost)")
        .types("Process.exit(self(), :kill)")
        .at("iex(alex@localhost)")
        .types("send(pid, {:hi, self()})")
        .reads_advice("lost-pid")
        .at("iex(alex@localhost)")
        .types(WAIT)
        .at("iex(alex@localhost)")
        .types("send(pid, {:hi, node()})")
        .reads_advice("a-name")
        .at("iex(alex@localhost)")
        .types("Process.alive?(process)")
        .reads_advice("lost-variables")
        .at("iex(alex@localhost)")
        .types("send(pid, {:hi, self()})")
        .reads_advice("lost-pid")
        .at("iex(alex@localhost)")
        .types(WAIT)
        .at("iex(alex@localhost)")
        .types("send(pid, :hi)")
        .reads_advice("no-tuple")
        .at("iex(alex@localhost)")
        .types("send(pid, {:hi, self()})")
        .passes_after_predicting("nothing")
        .at("iex(alex@localhost)")
}
