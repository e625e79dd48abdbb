//! What follows from all conditions of a step together.

use OutputKind::{Error, Log, Print, Raw, Result as Value, Shell, Stderr};
use proptest::prelude::*;

use super::*;
use crate::lesson::{
    Fact, Fault, OutputKind, ProbeOutcome, Prompt, Sender,
    condition::{
        Any, Connected, Not, Refused, Started, Stopped, Together, Typed, Waiting,
        testing::{Story, node, prints, probe, raises, returns, silent, terminal},
    },
};

#[test]
fn final_conditions_wait_for_the_rest_and_for_quiet() {
    let story = Story::new().types("alex", "go");
    let conditions = [silent(None).into(), prints("Hi", "alex", "kate").into()];
    assert_eq!(judge(&conditions, story.evidence(), true)[0].holds, Holds::SoFar);
    let story = story.shows("alex", Print, "kate", "Hi");
    assert_eq!(judge(&conditions, story.evidence(), true)[0].holds, Holds::Yes);
    let findings = judge(&conditions, story.evidence(), false);
    assert_eq!((findings[0].holds, findings[1].holds), (Holds::SoFar, Holds::Yes));
}

#[test]
fn silence_is_no_news_while_something_else_is_missing() {
    let spoken = Together(vec![
        prints("Hi", "alex", "kate").into(),
        Not(Box::new(Typed { pattern: "IO.puts(_)".into(), at: None }.into())).into(),
    ]);
    let conditions = [silent(None).into(), spoken.into()];
    let typed = Story::new().types("alex", "nothing that runs(");
    let holds = |story: &Story| {
        judge(&conditions, story.evidence(), true).iter().map(|found| found.holds).collect::<Vec<_>>()
    };
    assert_eq!(holds(&typed), [Holds::SoFar, Holds::NotYet]);
    assert_eq!(holds(&typed.shows("alex", Print, "kate", "Hi")), [Holds::Yes, Holds::Yes]);
}

#[test]
fn a_mistake_comes_from_a_terminal_that_it_speaks_of() {
    let known = |at: &str| Mistake {
        id: MistakeId::parse("here").unwrap(),
        conditions: vec![
            Typed { pattern: "x".into(), at: None }.into(),
            Waiting { at: terminal(at), continuation: false }.into(),
        ],
    };
    let story = Story::new().types("alex", "x").asks("alex").asks("kate");
    assert!(recognise([&known("alex")], story.evidence()).is_some());
    assert!(recognise([&known("kate")], story.evidence()).is_none());
}

#[test]
fn an_error_of_another_node_that_is_told_before_its_line_is_of_that_line() {
    let killed = || -> Condition {
        Together(vec![
            Typed { pattern: "Process.exit(_, :kill)".into(), at: None }.into(),
            raises("killed").into(),
        ])
        .into()
    };
    let line = "Process.exit(pid, :kill)";
    let entered = |text: &str| Fact::Input { terminal: terminal("kate"), text: text.into(), at_node: true };
    let told_before = |story: Story, typed: &str, line: &str| {
        let story = story.uncaused().then(entered(typed)).shows("alex", Error, "alex", "killed");
        story.takes("kate", line)
    };
    told_before(Story::new(), line, line).holds(killed());
    told_before(Story::new().types("alex", "pid"), line, line).holds(killed());
    told_before(Story::new().types("kate", "pid"), line, line).holds(killed());
    // The first of a paste; what was entered before has had its line.
    told_before(Story::new(), "1\nProcess.exit(pid, :kill)", "1").takes("kate", line).misses(killed(), "");
    told_before(Story::new().types("kate", line), "1", "1").misses(killed(), "`1` was typed");
    // What is recognised of the latest input alone goes by the same.
    let waits = Waiting { at: terminal("kate"), continuation: false };
    let mistakes = [mistake("killed", vec![killed(), waits.into()])];
    let story = told_before(Story::new().types("alex", "pid"), line, line).asks("kate");
    assert!(recognise(&mistakes, story.evidence()).is_some());
}

fn mistake(id: &str, conditions: Vec<Condition>) -> Mistake {
    Mistake { id: MistakeId::parse(id).expect("a mistake's name"), conditions }
}

#[test]
fn what_a_fault_brings_about_is_its_own_mistake_wherever_it_shows() {
    let known = [mistake("gone", vec![prints("bye", "alex", "alex").into()])];
    let killed = Fact::Fault(Fault::Kill(terminal("kate")));
    let story = Story::new().types("kate", "x").uncaused().then(killed).shows("alex", Print, "alex", "bye");
    assert!(recognise(&known, story.evidence()).is_some());
    let killed = Fact::Fault(Fault::Kill(terminal("kate")));
    let story = Story::new().types("kate", "x").uncaused().then(killed).late("kate", 1);
    assert!(
        recognise(&known, story.shows("alex", Print, "alex", "bye").evidence()).is_some(),
        "of an earlier line"
    );
    let story = Story::new().types("kate", "x").uncaused().shows("alex", Print, "alex", "bye");
    assert!(recognise(&known, story.evidence()).is_none(), "it was typed on kate");
}

#[test]
fn the_first_mistake_of_the_latest_input_is_recognised() {
    let mistakes = [
        mistake("on-kate", vec![prints("Hi", "kate", "kate").into()]),
        mistake("quiet", vec![silent(None).into(), returns("1").into()]),
    ];
    let found = |story: &Story| recognise(&mistakes, story.evidence()).map(ToString::to_string);
    assert_eq!(found(&Story::new().shows("kate", Print, "kate", "Hi")), None);
    let story = Story::new().types("kate", "go").shows("kate", Print, "kate", "Hi");
    assert_eq!(found(&story).as_deref(), Some("on-kate"));
    let story = story.types("alex", "1").shows("alex", Value, "alex", "1").asks("alex");
    assert_eq!(found(&story).as_deref(), Some("quiet"));
}

fn facts() -> impl Strategy<Value = Fact> {
    let at = prop_oneof![Just(terminal("alex")), Just(terminal("kate"))];
    let kind =
        prop_oneof![Just(Value), Just(Error), Just(Shell), Just(Print), Just(Log), Just(Stderr), Just(Raw)];
    let by = prop_oneof![Just(None), Just(Some(node("alex"))), Just(Some(node("kate")))];
    let text = prop_oneof![
        Just("Hi\n".to_string()),
        Just("[]".to_string()),
        "\\PC{0,12}",
        Just("\u{1b}[31mHi".into())
    ];
    prop_oneof![
        (at.clone(), text.clone(), any::<bool>()).prop_map(|(terminal, text, at_node)| Fact::Input {
            terminal,
            text,
            at_node
        }),
        (at.clone(), kind, by, text.clone()).prop_map(|(terminal, kind, by, text)| Fact::Output {
            sender: Sender::default(),
            terminal,
            kind,
            by,
            text
        }),
        at.clone()
            .prop_map(|terminal| Fact::Prompt { terminal, prompt: Prompt::Iex { text: "iex> ".into() } }),
        at.clone().prop_map(|terminal| Fact::NodeStopped { node: node(terminal.as_str()), terminal }),
        any::<bool>().prop_map(|found| Fact::LookedUp { name: "kate".into(), found }),
        (at, text).prop_map(|(terminal, inspected)| Fact::Probed {
            terminal,
            code: "x".into(),
            pattern: None,
            outcome: ProbeOutcome::Value { inspected, matched: None },
        }),
        Just(Fact::StepBegan),
    ]
}

fn every_condition() -> Vec<Condition> {
    let mut conditions: Vec<Condition> = vec![
        prints("Hi", "alex", "kate").into(),
        returns("[_]").into(),
        raises(".").into(),
        silent(None).into(),
        silent(Some("H")).into(),
        probe(&["alex", "kate"], None, true, None).into(),
        probe(&["alex"], None, false, Some(false)).into(),
        probe(&["alex"], None, false, Some(true)).into(),
        Connected(node("alex"), node("kate")).into(),
        Refused(node("alex"), node("kate")).into(),
        Stopped { node: node("kate") }.into(),
        Started { node: node("kate"), at: None, cookie: None, mix: false }.into(),
        Waiting { at: terminal("alex"), continuation: false }.into(),
        Typed { pattern: "_".into(), at: None }.into(),
    ];
    let nots: Vec<_> = conditions.iter().cloned().map(|inner| Not(Box::new(inner)).into()).collect();
    conditions.push(Any(nots.clone()).into());
    conditions.extend(nots);
    conditions
}

proptest! {
    #[test]
    fn judging_is_total_and_nothing_final_holds_before_quiet(facts in prop::collection::vec(facts(), 0..40)) {
        let story = facts.into_iter().fold(Story::new(), Story::then);
        for condition in every_condition() {
            let is_final = condition.is_final();
            let together = judge(&[condition.clone(), silent(None).into()], story.evidence(), true);
            prop_assert_eq!(together.len(), 2);
            let finding = judge(std::slice::from_ref(&condition), story.evidence(), false).remove(0);
            prop_assert!(!is_final || finding.holds != Holds::Yes, "{:?}", finding);
            prop_assert!(!finding.expected.is_empty());
            recognise(&[mistake("some", vec![condition])], story.evidence());
        }
    }
}
