//! Two learners who run code on another node.

use moebi::{
    guide::messages,
    lesson::{Advice, MistakeId, confusable},
    session::notice::Notice,
};

use super::stories;
use crate::support::learner::PtyLearner;

stories! {
    pastes_what_others_typed at "define-kate",
    types_on_a_greek_keyboard at "remote-hello",
}

/// A page's transcript, prompts and results included.
const TRANSCRIPT: &str = "iex(1)> defmodule Kate do
...(1)>   def say_name do
...(1)>     IO.puts(\"Hi, my name is Kate\")
...(1)>   end
...(1)> end
{:module, Kate, <<70, 79, 82>>, {:say_name, 0}}";

/// Pastes half of it, all of it into the wrong terminal, and what doesn't belong there.
fn pastes_what_others_typed(learner: PtyLearner) -> PtyLearner {
    learner
        .at("iex(kate@localhost)")
        .types("iex(1)> def say_name do\n...(1)>   IO.puts(\"Hi\")\n...(1)> end")
        .reads_advice("no-module")
        .at("iex(kate@localhost)")
        .goes_to("alex", "iex(alex@localhost)")
        .types(TRANSCRIPT)
        .reads_advice("on-alex")
        .at("iex(alex@localhost)")
        .goes_to("kate", "iex(kate@localhost)")
        .types("kate.say_name()")
        .reads_advice("bare-name")
        .at("iex(kate@localhost)")
        .types("Node.connect(alex@localhost)")
        .reads_advice("no-colon")
        .at("iex(kate@localhost)")
        .types(TRANSCRIPT)
        .reads_advice("on-alex")
        .at("iex(kate@localhost)")
        .goes_to("alex", "iex(alex@localhost)")
        .types(":code.delete(Kate)")
        .finishes()
        .at("iex(alex@localhost)")
}

/// The letters look right; the error is longer than the screen, and what it comes to stands below it.
fn types_on_a_greek_keyboard(learner: PtyLearner) -> PtyLearner {
    let greek = "Νode.spawn_link(:kate@localhost, fn -> Kate.say_name() end)";
    let question_mark = "x = 1\u{37e} Node.list()";
    learner
        .reads_question()
        .types("kate")
        .at("iex(alex@localhost)")
        .types(greek)
        .reads_lookalike(greek)
        .at("iex(alex@localhost)")
        .types(question_mark)
        .reads_lookalike(question_mark)
        .at("iex(alex@localhost)")
        .types("/ηιντ")
        .sees_hint(1)
        .at("iex(alex@localhost)")
        .types("Node.spawn_link(kate@localhost, fn -> Kate.say_name() end)")
        .reads_advice("no-colon")
        .at("iex(alex@localhost)")
        .types("Node.spawn_link(:kate, fn -> Kate.say_name() end)")
        .reads_advice("no-host")
        .at("iex(alex@localhost)")
        .types("Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)")
        .sees_from_node("Hi, my name is Kate", "kate")
        .passes_after_predicting("kate")
        .at("iex(alex@localhost)")
}

impl PtyLearner {
    /// The very letter is named, and what to do about it.
    #[track_caller]
    fn reads_lookalike(self, line: &str) -> Self {
        let found = confusable::first(line).expect("a letter that looks like another");
        let lang = self.lang();
        let attempt = self.lesson().prose(lang).mistakes.get("greek-letters").expect("known").attempt.clone();
        let seen = messages::lookalike(&found, false).speak(lang).to_owned();
        let id = MistakeId::parse("greek-letters").expect("a name");
        self.sees_notice(&Notice::Mistake { id, advice: Advice { seen, attempt } })
    }
}
