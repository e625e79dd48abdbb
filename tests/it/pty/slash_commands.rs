//! What a learner types for Moebi itself, and keys that are no text.

use std::fs;

use moebi::{
    guide::slash_command,
    lesson::{Evidence, Lang, SectionId, StepId, Task, judge, load_answers},
};

use crate::support::{
    home::{Home, install},
    learner::PtyLearner,
    lesson::lesson,
};

#[test]
fn help_hints_answers_and_checks() {
    let learner = PtyLearner::new(100, 30)
        .reads("nameless", "○○○○○○○")
        .at("shell $")
        .types("/help")
        .sees_notice(&slash_command::help())
        .at("shell $")
        .types("/hint")
        .sees_hint(1)
        .at("shell $")
        .types("/ηιντ")
        .sees_hint(2)
        .at("shell $")
        .types("/hint")
        .sees_hint(3)
        .at("shell $")
        .types("/hint")
        .sees_hint(3)
        .at("shell $")
        .types("/answer")
        .sees_answer()
        .at("shell $")
        .types("/check")
        .sees("○ No runtime without a name has been asked in shell who it is")
        .at("shell $")
        .types("/check --details");
    let lesson = learner.lesson();
    let Task::Do { check, .. } = &lesson.step("nameless").expect("the first step").1.task else {
        panic!("the first step is a question")
    };
    let findings = judge(&check.conditions, &Evidence::default(), false);
    let shown = findings.iter().flat_map(|finding| match finding.parts.as_slice() {
        [] => std::slice::from_ref(finding),
        parts => parts,
    });
    let learner = shown.fold(learner, |learner, finding| {
        learner
            .sees(&format!("○ not yet: {}", finding.expected.speak(Lang::En)))
            .sees("seen: nothing like it")
    });
    learner.at("shell $").leaves();
}

#[test]
fn a_hint_is_given_in_the_middle_of_an_expression() {
    PtyLearner::new(80, 24)
        .reads("nameless", "○○○○○○○")
        .at("shell $")
        .types("iex")
        .at("shell iex(1)>")
        .types("x = fn ->")
        .at("...(1)>")
        .types("/hint")
        .sees_hint(1)
        .sees("x = fn ->")
        .types("Node.self() end; x.()")
        .sees(":nonode@nohost")
        .leaves();
}

#[test]
fn moving_through_the_lesson() {
    PtyLearner::new(80, 24)
        .reads("nameless", "○○○○○○○")
        .at("shell $")
        .types("/next")
        .sees("/skip moves on without it")
        .at("shell $")
        .types("/back")
        .sees("This is the first step.")
        .at("shell $")
        .types("/skip")
        .reads("name-alex", "◌○○○○○○")
        .at("alex $")
        .types("/back")
        .reads("nameless", "◌○○○○○○")
        .at("shell $")
        .types("/goto alnoe")
        .sees("Did you mean `alone`?")
        .at("shell $")
        .types("/goto alone")
        .reads("alone", "◌○○○○○○")
        .at("iex(alex@localhost)")
        .types("/screen")
        .sees("alex ● kate ●")
        .at("iex(alex@localhost)")
        .types("/goto 2.1")
        .reads("define-kate", "○○○○○○○○○")
        .at("iex(kate@localhost)")
        .leaves();
}

#[test]
fn terminals_are_opened_closed_and_looked_at() {
    PtyLearner::new(100, 30)
        .at("shell $")
        .types("/goto alone")
        .reads("alone", "○○○○○○○")
        .at("iex(alex@localhost)")
        .types("/hnt")
        .sees("! there is no command /hnt → did you mean /hint?")
        .at("iex(alex@localhost)")
        .types("/ηιντ")
        .sees_hint(1)
        .at("iex(alex@localhost)")
        .types("/open anna")
        .at("anna $")
        .types("/no/such/program")
        .sees("anna: there is no command /no/such/program here")
        .at("anna $")
        .types("echo hello $((40 + 2))")
        .sees("hello 42")
        .at("anna $")
        .types("/kate")
        .at("iex(kate@localhost)")
        .types(":on_kate")
        .sees(":on_kate")
        .at("iex(kate@localhost)")
        .types("/alex")
        .at("iex(alex@localhost)")
        .types("/screen kate")
        .sees("kate │ :on_kate")
        .at("iex(alex@localhost)")
        .types("/screen")
        .reads("alone", "○○○○○○○")
        .at("iex(alex@localhost)")
        .types("/close kate")
        .sees("The node kate@localhost has stopped. The terminal kate is at $ again.")
        .at("iex(alex@localhost)")
        .types("/close kate")
        .sees("Nothing runs in kate; it is at $.")
        .at("iex(alex@localhost)")
        .types("/goto")
        .sees("1.4 alone")
        .sees("2.9 whose-stderr")
        .at("iex(alex@localhost)")
        .leaves();
}

#[test]
fn a_busy_node_lets_go_and_ctrl_c_keeps_its_variables() {
    PtyLearner::new(100, 30)
        .at("shell $")
        .types("/goto alone")
        .reads("alone", "○○○○○○○")
        .at("iex(alex@localhost)")
        .types("x = 6 * 7")
        .sees("42")
        .at("iex(alex@localhost)")
        .types("Process.sleep(:infinity)")
        .at("alex ⋯")
        .types("/kate")
        .at("iex(kate@localhost)")
        .types("7 * 7")
        .sees("49")
        .at("iex(kate@localhost)")
        .types("/alex")
        .at("alex ⋯")
        .keys("\x03")
        .sees("Interrupted: alex has a new shell process")
        .sees("Your variable is kept.")
        .at("iex(alex@localhost)")
        .types("x")
        .sees("42")
        .at("iex(alex@localhost)")
        .leaves();
}

#[test]
fn an_unfinished_expression_is_left_with_a_break() {
    PtyLearner::new(100, 30)
        .at("shell $")
        .types("/goto alone")
        .reads("alone", "○○○○○○○")
        .at("iex(alex@localhost)")
        .begins("Node.connect(:kate@localhost")
        .types("#iex:break")
        .sees("incomplete expression")
        .at("iex(alex@localhost)")
        .types("Node.list()")
        .sees("[]")
        .at("iex(alex@localhost)")
        .leaves();
}

#[test]
fn what_is_printed_elsewhere_leaves_a_line_alone_while_it_is_typed() {
    let word = "\"ο κόμβος της kate τυπώνει\"";
    let mut learner = PtyLearner::new(80, 24)
        .at("shell $")
        .types("/goto alone")
        .reads("alone", "○○○○○○○")
        .at("iex(alex@localhost)")
        .types("/kate")
        .at("iex(kate@localhost)")
        .types("spawn(fn -> for n <- 1..25 do Process.sleep(60); IO.puts(\"chicken #{n}?\") end end)")
        .sees("#PID<")
        .at("iex(kate@localhost)")
        .types("/alex")
        .at("iex(alex@localhost)");
    for letter in word.chars() {
        learner = learner.keys(&letter.to_string());
    }
    let learner = learner.has_typed(word).sees("kate │ chicken 25?").settles().has_typed(word);
    let all = learner.pty().text_from(0);
    for n in 1..=25 {
        let times = all.matches(&format!("chicken {n}?")).count();
        assert_eq!(times, 1, "chicken {n}:\n{all}");
    }
    assert_eq!(all.matches(word).count(), 1, "{all}");
    learner.presses_enter().sees(word).at("iex(alex@localhost)").leaves();
}

#[test]
fn a_program_that_is_told_of_iex_has_the_keys() {
    let home = Home::new();
    install(&home.workspace(), "man", "echo \"the page about $1\"\nread key\necho \"<$key> leaves it\"");
    home.opens(100, 30, &[])
        .at("shell $")
        .types("./man iex")
        .sees("the page about iex")
        .keys("q\r")
        .sees("<q> leaves it")
        .at("shell $")
        .leaves();
}

#[test]
fn an_iex_that_a_script_starts_is_a_node_and_what_follows_it_a_program() {
    let home = Home::new();
    install(
        &home.workspace(),
        "start",
        "iex --sname alex@localhost\necho afterwards\nread key\necho \"<$key> ends it\"",
    );
    home.opens(100, 30, &[])
        .at("shell $")
        .types("./start")
        .at("shell iex(alex@localhost)")
        .types("node()")
        .sees(":alex@localhost")
        .at("shell iex(alex@localhost)")
        .types("System.halt()")
        .sees("afterwards")
        .settles()
        .keys("q\r")
        .sees("<q> ends it")
        .at("shell $")
        .leaves();
}

#[test]
fn the_end_of_a_node_is_told() {
    PtyLearner::new(100, 30)
        .at("shell $")
        .types("iex --no-such-option")
        .sees("shell: the command ended with exit code")
        .at("shell $")
        .types("iex --sname alex@localhost")
        .at("shell iex(alex@localhost)")
        .types("System.halt(3)")
        .sees("The node alex@localhost has stopped. The terminal shell is at $ again.")
        .sees("shell: the command ended with exit code 3.")
        .at("shell $")
        .leaves();
}

#[test]
fn another_language_at_any_moment_and_the_next_time_too() {
    let section = SectionId::parse("starting-nodes").expect("a name");
    let step = StepId::parse("nameless").expect("a name");
    let title = |lang| lesson().prose(lang).sections[&section].steps[&step].title.clone();
    let home = PtyLearner::new(100, 30)
        .reads("nameless", "○○○○○○○")
        .at("shell $")
        .types("/lang el")
        .sees(&title(Lang::El))
        .at("shell $")
        .types("/hnit")
        .sees("μήπως εννοείς /hint;")
        .at("shell $")
        .leaves();
    home.opens(100, 30, &[])
        .sees(&title(Lang::El))
        .at("shell $")
        .types("/lang en")
        .sees(&title(Lang::En))
        .at("shell $")
        .leaves();
}

#[test]
fn words_are_explained_in_either_language() {
    PtyLearner::new(100, 30)
        .at("shell $")
        .types("/word node")
        .sees("A runtime that has been given a name")
        .at("shell $")
        .types("/word nodez")
        .sees("Did you mean /word node?")
        .at("shell $")
        .types("/word")
        .sees("epmd")
        .at("shell $")
        .leaves();
}

#[test]
fn after_a_journey_the_map_is_that_of_its_end() {
    PtyLearner::new(100, 30)
        .at("shell $")
        .types("/goto alone")
        .reads("alone", "○○○○○○○")
        .sees("alex ● kate ●")
        .at("iex(alex@localhost)")
        .types("/goto nameless")
        .reads("nameless", "○○○○○○○")
        .at("shell $")
        .sees_no("alex ●")
        .types("/goto leave")
        .reads("leave", "○○○○○○○")
        .at("iex(kate@localhost)")
        .sees("alex ●───● kate")
        .leaves();
}

#[test]
fn what_is_asked_about_is_not_done_without_a_yes() {
    let home = PtyLearner::new(100, 30).at("shell $").types("/skip").reads("name-alex", "◌○○○○○○").leaves();
    let learner = home.opens(100, 30, &["--lang", "el"]).reads("name-alex", "◌○○○○○○").at("alex $");
    let learner = learner
        .types("/reset all")
        .sees("(1 βήμα) και να ξεκινήσεις από την αρχή; Κρατιέται αντίγραφο. [ναι/ΟΧΙ]")
        .at("?")
        .types("όχι")
        .sees("Δεν άλλαξε τίποτα.")
        .at("alex $")
        // Something else is wanted.
        .types("/reset all")
        .at("?")
        .types("/hint")
        .sees_hint(1)
        .at("alex $");
    assert_eq!(learner.home().copies().len(), 0);
    learner.types("/reset all").at("?").types("ν").reads("nameless", "○○○○○○○").at("shell $").leaves();
}

#[test]
fn what_is_taken_back_is_copied_first() {
    let learner =
        PtyLearner::new(100, 30).reads("nameless", "○○○○○○○").at("shell $").types("iex").at("shell iex(");
    let home = learner
        .types("Node.self()")
        .passes()
        .at("shell iex(")
        .types("/reset")
        .sees("step|section|all")
        .at("shell iex(")
        .types("/reset section")
        .sees("Forget how 1 step of “Starting nodes” went? A copy is kept. [y/N]")
        .at("?")
        .presses_enter()
        .sees("Nothing was changed.")
        .at("shell iex(")
        .types("/reset section")
        .at("?")
        .types("yes")
        .reads("nameless", "○○○○○○○")
        .sees_in_step("moebi reset --restore")
        .at("shell $")
        .leaves();
    let copies = home.copies();
    assert_eq!(copies.len(), 1, "{copies:?}");
    assert!(fs::read_to_string(&copies[0]).expect("a copy").contains("\"passed\""));
    assert!(!fs::read_to_string(home.progress()).expect("progress").contains("\"passed\""));
}

#[test]
fn ones_own_answers_can_be_checked_and_read() {
    let learner = PtyLearner::new(100, 30)
        .reads("nameless", "○○○○○○○")
        .at("shell $")
        .types("/export")
        .sees("nothing to export");
    let home = learner
        .at("shell $")
        .types("iex")
        .at("shell iex(")
        .types("Node.self()")
        .passes()
        .at("shell iex(")
        .types("/export")
        .sees("transcript.md")
        .at("shell iex(")
        .leaves();
    let text = |name: &str| fs::read_to_string(home.workspace().join(name)).expect("it was written");
    let answers = load_answers("answers.yaml", &text("answers.yaml"), &lesson()).expect("answers");
    assert_eq!(answers.of("nameless").map(<[_]>::len), Some(2));
    assert!(text("transcript.md").contains("Node.self()"));
}
