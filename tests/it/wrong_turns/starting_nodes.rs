//! Four learners among their first nodes.

use moebi::{guide::messages, i18n::Lang, session};

use super::stories;
use crate::support::{learner::PtyLearner, lesson::terminal};

stories! {
    takes_dollar_for_elixir at "name-alex",
    gives_one_name_twice at "name-kate",
    is_in_a_hurry at "connect",
    wants_out at "leave",
}

/// Types Elixir where commands belong, and gives `iex` half of what it needs.
fn takes_dollar_for_elixir(learner: PtyLearner) -> PtyLearner {
    learner
        .at("alex $")
        .types("Node.self()")
        .reads_advice("elixir-at-dollar")
        .at("alex $")
        .types("iex --sname")
        .reads_advice("missing-argument")
        .at("alex $")
        .types("iex --sname alex @localhost")
        .reads_advice("stray-word")
        .at("alex $")
        .types("iex --sname alex@127.0.0.1")
        .reads_advice("bad-host")
        .at("alex $")
        .types("iex --name alex@localhost")
        .reads_advice("long-name")
        .at("iex(alex@localhost)")
        .types("System.halt()")
        .at("alex $")
        .types("iex --sname alex@localhost")
        .passes()
        .at("iex(alex@localhost)")
}

/// Repeats the last command, and then most of it.
fn gives_one_name_twice(learner: PtyLearner) -> PtyLearner {
    learner
        .at("kate $")
        .types("iex --sname alex@localhost")
        .reads_advice("name-taken")
        .at("kate $")
        .types("iex")
        .reads_advice("no-name")
        .at("kate iex(")
        .types("iex --sname kate@localhost")
        .reads_advice("command-in-iex")
        .at("kate iex(")
        .types("Node.connect(:alex@localhost)")
        .reads_advice("no-name")
        .at("kate iex(")
        .types("Node.ping(:alex@localhost)")
        .reads_advice("not-alive")
        .at("kate iex(")
        .types("System.halt()")
        .at("kate $")
        .types("iex --sname Kate@localhost")
        .reads_advice("other-name")
        .at("kate iex(Kate@localhost)")
        .types("System.halt()")
        .at("kate $")
        .types("iex --sname kate@localhost")
        .passes()
        .at("iex(kate@localhost)")
}

/// Types on before the question is answered, and two lines before the first has come back.
fn is_in_a_hurry(learner: PtyLearner) -> PtyLearner {
    let lang = learner.lang();
    learner
        .reads_question()
        .types("Node.connect(:kate)")
        .sees(session::messages::no_such_choice("Node.connect(:kate)").speak(lang))
        .reads_question()
        .types("[:alex@localhost]")
        .at("iex(alex@localhost)")
        .looks_afresh()
        .keys("Process.sleep(1000)\rNode.connect(:katy)\r")
        .reads_advice("no-host")
        .at("iex(alex@localhost)")
        .types("Node.connect(kate)")
        .reads_advice("bare-name")
        .at("iex(alex@localhost)")
        .types("node.connect(:kate@localhost)")
        .reads_advice("small-node")
        .at("iex(alex@localhost)")
        .types("Node.connect(\"kate@localhost\")")
        .reads_advice("text-for-atom")
        .at("iex(alex@localhost)")
        .types("Node.connect(:kate@locahost)")
        .reads_advice("nobody-there")
        .at("iex(alex@localhost)")
        .types("Node.connect(:kate@localhost)")
        .sees("alex ●───● kate")
        .at("iex(alex@localhost)")
        .goes_to("kate", "iex(kate@localhost)")
        .types("Node.list()")
        .passes_after_predicting("alex")
        .at("iex(kate@localhost)")
}

/// Tries every word that ends a program, and Ctrl-C; then ends the wrong node, and calls one that has gone.
fn wants_out(learner: PtyLearner) -> PtyLearner {
    let lang = learner.lang();
    learner
        .at("iex(kate@localhost)")
        .types("exit")
        .reads_advice("bare-word")
        .at("iex(kate@localhost)")
        .types("quit()")
        .reads_advice("bare-word")
        .at("iex(kate@localhost)")
        .begins("[1, 2")
        .keys("\x03")
        .sees("^C")
        .at("iex(kate@localhost)")
        .goes_to("alex", "iex(alex@localhost)")
        .types("help")
        .sees("/help")
        .at("iex(alex@localhost)")
        .types("bye")
        .reads_advice("bare-word")
        .at("iex(alex@localhost)")
        .types("IO.puts(\"here\"); receive do x -> x end")
        .sees("here")
        .keys("\x03")
        .sees(messages::interrupted(&terminal("alex")).speak(lang))
        .at("iex(alex@localhost)")
        .types("System.halt()")
        .reads_advice("wrong-one")
        .at("alex $")
        .types("/goto leave")
        .reads_anew("leave")
        .at("iex(kate@localhost)")
        .types("System.halt()")
        .at("kate $")
        .goes_to("alex", "iex(alex@localhost)")
        .types("Node.list()")
        .passes()
        .at("iex(alex@localhost)")
        .types("Node.connect(:kate@localhost)")
        .reads_advice("no-such-node")
        .at("iex(alex@localhost)")
        .types("Node.spawn_link(:kate@localhost, fn -> :ok end)")
        .reads_advice("node-down")
        .at("iex(alex@localhost)")
}

#[test]
fn a_question_is_answered_by_the_first_words_of_a_choice() {
    let learner = super::someone(100, 30, "en", "connect");
    assert_eq!(learner.lang(), Lang::En);
    learner.reads_question().types("[:alex@localhost,").at("iex(alex@localhost)").leaves();
}
