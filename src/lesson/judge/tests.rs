//! Each condition both ways, on evidence written out as it would come.

use crate::i18n::Lang;
use std::time::Duration;

use proptest::prelude::*;

use super::{Finding, Holds, judge, recognise};
use crate::lesson::{
    Condition, Evidence, Fact, Mistake, MistakeId, NodeName, OutputKind, Pattern, Probe, ProbeOutcome,
    Prompt, TerminalName, Text,
    model::{MessageWanted, RunWanted},
};

fn terminal(name: &str) -> TerminalName {
    TerminalName::parse(name).expect("a terminal's name")
}

fn node(name: &str) -> NodeName {
    NodeName::parse(name).expect("a node's name")
}

fn regex(pattern: &str) -> Pattern {
    Pattern::new(pattern).expect("a regular expression")
}

/// Evidence as it grows; ends in `holds` or `misses`.
struct Story {
    evidence: Evidence,
}

impl Story {
    /// alex and kate run, each in its terminal, and a step has begun.
    fn new() -> Self {
        let mut story = Self { evidence: Evidence::default() };
        for name in ["alex", "kate"] {
            story = story.starts(name, &format!("{name}@localhost"), "secret").asks(name);
        }
        story.then(Fact::StepBegan)
    }

    #[must_use]
    fn then(mut self, fact: Fact) -> Self {
        self.evidence.push(Duration::ZERO, fact);
        self
    }

    fn starts(self, at: &str, name: &str, cookie: &str) -> Self {
        let started =
            Fact::NodeStarted { terminal: terminal(at), node: node(name), cookie: cookie.into(), mix: false };
        self.then(started).then(Fact::Registered { name: node(name).short().into() })
    }

    fn stops(self, at: &str) -> Self {
        let name = format!("{at}@localhost");
        self.then(Fact::NodeStopped { terminal: terminal(at), node: node(&name) })
    }

    fn types(self, at: &str, text: &str) -> Self {
        self.then(Fact::Input { terminal: terminal(at), text: text.into(), at_node: true })
    }

    fn shows(self, at: &str, kind: OutputKind, by: &str, text: &str) -> Self {
        let by = Some(by).filter(|by| !by.is_empty()).map(node);
        self.then(Fact::Output { terminal: terminal(at), kind, by, text: text.into() })
    }

    fn asks(self, at: &str) -> Self {
        self.then(Fact::Prompt { terminal: terminal(at), prompt: Prompt::Iex { text: "iex(1)> ".into() } })
    }

    fn says(self, at: &str, code: &str, pattern: Option<&str>, value: &str) -> Self {
        let outcome =
            ProbeOutcome::Value { inspected: value.into(), matched: pattern.map(|pattern| pattern == value) };
        let pattern = pattern.map(str::to_string);
        self.then(Fact::Probed { terminal: terminal(at), code: code.into(), pattern, outcome })
    }

    fn connects(self, on: &str, to: &str) -> Self {
        self.then(Fact::Connected { on: node(on), to: node(to) })
    }

    fn sends(self, from: &str, to: &str, text: &str) -> Self {
        self.then(Fact::Message { from: node(from), to: node(to), text: text.into() })
    }

    fn judged(&self, condition: Condition) -> Finding {
        judge(&[condition], &self.evidence, true).remove(0)
    }

    #[track_caller]
    fn holds(&self, condition: Condition) {
        let finding = self.judged(condition);
        assert_eq!(finding.holds, Holds::Yes, "{finding:?}");
    }

    /// It doesn't hold, and that is what was seen (nothing where that is empty).
    #[track_caller]
    fn misses(&self, condition: Condition, seen: &str) {
        let finding = self.judged(condition);
        assert_eq!(
            (finding.holds, finding.seen.as_ref().map_or("", |seen| seen.speak(Lang::En))),
            (Holds::NotYet, seen)
        );
    }
}

fn prints(text: &str, at: &str, by: &str) -> Condition {
    let by = Some(by).filter(|by| !by.is_empty()).map(node);
    Condition::Prints { what: Text::Plain(text.into()), at: Some(terminal(at)), by, times: 1 }
}

fn returns(value: &str) -> Condition {
    Condition::Returns { value: value.into(), at: Some(terminal("alex")) }
}

fn raises(pattern: &str) -> Condition {
    Condition::Raises { what: regex(pattern), at: Some(terminal("alex")) }
}

fn silent(of: Option<&str>) -> Condition {
    Condition::Silent { at: terminal("kate"), of: of.map(regex) }
}

/// From alex to kate.
fn message(pattern: &str, earlier: bool) -> Condition {
    let (from, to) = (Some(node("alex@localhost")), Some(node("kate@localhost")));
    Condition::Message(MessageWanted { pattern: pattern.into(), from, to, earlier })
}

fn probe(at: &[&str], gives: Option<&str>, same: bool, changes: Option<bool>) -> Condition {
    let at = at.iter().map(|at| terminal(at)).collect();
    Condition::Probe(Probe { code: "x".into(), at, gives: gives.map(str::to_string), same, changes })
}

use OutputKind::{Error, Log, Print, Raw, Result as Value, Shell, Stderr};

#[test]
fn prints_wants_the_right_screen_and_the_right_process() {
    let hello = || prints("Hi, my name is Kate", "alex", "kate");
    let asked = || Story::new().types("alex", "IO.puts(\"Hi, my name is Kate\")");
    asked().shows("alex", Print, "kate", "Hi, my name is Kate\n").holds(hello());
    asked().misses(hello(), "");
    asked()
        .shows("alex", Print, "alex", "Hi, my name is Kate\n")
        .misses(hello(), "it was printed on alex, but by a process on alex");
    asked()
        .shows("kate", Print, "kate", "Hi, my name is Kate\n")
        .misses(hello(), "it was printed on kate, printed by a process on kate");
    asked()
        .shows("alex", Value, "alex", "\"Hi, my name is Kate\"\n")
        .misses(hello(), "alex shows it as a value; nothing printed it");
    asked()
        .shows("alex", Print, "kate", "Hi, my name is Cate\n")
        .misses(hello(), "alex shows \"Hi, my name is Cate\", printed by a process on kate");
    asked()
        .shows("alex", Raw, "", "Hi, my name is Kate\n")
        .misses(hello(), "it appeared on alex, but no process on a node printed it");
    let words = asked().judged(hello()).expected;
    assert_eq!(words.speak(Lang::En), "alex shows \"Hi, my name is Kate\", printed by a process on kate");
}

#[test]
fn a_text_may_come_in_pieces_in_colour_and_among_others() {
    let story = Story::new().types("alex", "go").shows("alex", Print, "kate", "Hi, \u{1b}[1mmy");
    let story = story.shows("kate", Print, "kate", "noise").shows("alex", Print, "kate", "\u{1b}[0m name");
    story.holds(prints("Hi, my name", "alex", "kate"));
    let broken = Story::new().types("alex", "go").shows("alex", Print, "kate", "Hi, ");
    let broken = broken.shows("alex", Print, "alex", "oh").shows("alex", Print, "kate", "my");
    assert_eq!(broken.judged(prints("Hi, my", "alex", "kate")).holds, Holds::NotYet);
}

#[test]
fn prints_counts_and_forgets_the_step_before() {
    let twice = Condition::Prints { what: Text::Regex(regex("a+")), at: None, by: None, times: 2 };
    Story::new().shows("alex", Print, "alex", "aa\n").misses(twice.clone(), "it was printed once");
    Story::new().shows("alex", Print, "alex", "aa\nb aa").holds(twice.clone());
    let before = Story::new().shows("alex", Print, "alex", "aa\naa").then(Fact::StepBegan);
    before.misses(twice, "");
}

#[test]
fn returns_is_the_last_value_before_a_prompt() {
    let asked = || Story::new().types("alex", "Node.list()");
    asked()
        .shows("alex", Value, "alex", "[")
        .shows("alex", Value, "alex", "]\n")
        .asks("alex")
        .holds(returns("[]"));
    asked().shows("alex", Value, "alex", "[]\n").misses(returns("[]"), "");
    asked()
        .shows("alex", Value, "alex", "[:kate@localhost]\n")
        .asks("alex")
        .misses(returns("[]"), "alex returned `[:kate@localhost]`");
    asked()
        .shows("alex", Print, "alex", "[]\n")
        .shows("alex", Value, "alex", ":ok\n")
        .asks("alex")
        .misses(returns("[]"), "alex returned `:ok`");
    asked()
        .types("kate", "[]")
        .shows("kate", Value, "kate", "[]\n")
        .asks("kate")
        .misses(returns("[]"), "kate returned `[]`");
    asked().shows("alex", Value, "alex", "[]\n").asks("alex").types("alex", "1").misses(returns("[]"), "");
    asked().shows("alex", Value, "alex", "#PID<0.1.0>\n").asks("alex").holds(returns("#PID<_>"));
}

#[test]
fn raises_is_an_error_of_the_last_input() {
    let asked = || Story::new().types("alex", "Kate.say_name()");
    let undefined = || raises(r"say_name/0 is undefined");
    asked().shows("alex", Error, "alex", "** Kate.say_name/0 is undefined\n").asks("alex").holds(undefined());
    asked()
        .asks("alex")
        .shows("alex", Error, "alex", "** (EXIT from #PID<0.1.0>) shell process exited with reason: :boom\n")
        .holds(raises("exited with reason: :boom"));
    asked()
        .shows("alex", Error, "alex", "** say_name/0 is undefined\n")
        .types("alex", "1")
        .misses(undefined(), "");
    asked()
        .shows("alex", Print, "alex", "say_name/0 is undefined\n")
        .misses(undefined(), "alex shows it as printed text, not as an error of its input");
    asked().shows("alex", Error, "alex", "** boo\nmore\n").misses(undefined(), "alex raised \"** boo\"");
    Story::new().shows("alex", Error, "alex", "** say_name/0 is undefined\n").misses(undefined(), "");
}

#[test]
fn silent_lets_only_its_own_shell_and_logger_speak() {
    let asked = || Story::new().types("alex", "go");
    asked().holds(silent(None));
    asked()
        .shows("kate", Log, "kate", "[error] x\n")
        .shows("kate", Shell, "kate", "note\n")
        .holds(silent(None));
    asked()
        .shows("kate", Print, "kate", "Hi\n")
        .misses(silent(None), "kate shows \"Hi\", printed by a process on kate");
    asked()
        .shows("kate", Log, "alex", "[error] x\n")
        .misses(silent(None), "kate shows \"[error] x\", printed by a process on alex");
    asked().shows("kate", Stderr, "kate", "Hi\n").holds(silent(Some("chicken")));
    asked().shows("kate", Raw, "", "chicken\n").misses(silent(Some("chick")), "kate shows \"chick\"");
    asked().shows("kate", Print, "kate", "Hi\n").types("alex", "again").holds(silent(None));
}

#[test]
fn final_conditions_wait_for_the_rest_and_for_quiet() {
    let story = Story::new().types("alex", "go");
    let conditions = [silent(None), prints("Hi", "alex", "kate")];
    assert_eq!(judge(&conditions, &story.evidence, true)[0].holds, Holds::SoFar);
    let story = story.shows("alex", Print, "kate", "Hi");
    assert_eq!(judge(&conditions, &story.evidence, true)[0].holds, Holds::Yes);
    let findings = judge(&conditions, &story.evidence, false);
    assert_eq!((findings[0].holds, findings[1].holds), (Holds::SoFar, Holds::Yes));
    let either = [Condition::Any(vec![silent(None), prints("Ho", "alex", "kate")])];
    assert_eq!(judge(&either, &story.evidence, false)[0].holds, Holds::NotYet);
    assert_eq!(judge(&either, &story.evidence, true)[0].holds, Holds::Yes);
}

#[test]
fn started_compares_the_full_name_the_terminal_and_the_cookie() {
    let started = |at: Option<&str>, cookie: Option<&str>| Condition::Started {
        node: node("alex"),
        at: at.map(terminal),
        cookie: cookie.map(str::to_string),
        mix: false,
    };
    let story = Story::new();
    story.holds(started(Some("alex"), Some("secret")));
    story.misses(started(Some("kate"), None), "alex@localhost runs in alex");
    story.misses(started(None, Some("other")), "alex@localhost runs in alex, but its cookie is \"secret\"");
    let empty = Story { evidence: Evidence::default() };
    empty.misses(started(None, None), "");
    let other_host = Story { evidence: Evidence::default() }.starts("alex", "alex@vm", "secret");
    other_host.misses(started(Some("alex"), None), "the node in alex is alex@vm");
    let unregistered = Story::new().then(Fact::Unregistered { name: "alex".into() });
    unregistered
        .misses(started(None, None), "alex@localhost runs in alex, but it isn't registered with epmd");
}

#[test]
fn stopped_is_gone_and_its_name_free() {
    let stopped = || Condition::Stopped { node: node("kate") };
    Story::new().misses(stopped(), "kate@localhost runs in kate");
    Story::new().stops("kate").misses(stopped(), "the name kate is still registered with epmd");
    Story::new().stops("kate").then(Fact::Unregistered { name: "kate".into() }).holds(stopped());
}

#[test]
fn connected_takes_both_and_refused_neither() {
    let connected = || Condition::Connected(node("alex"), node("kate"));
    let refused = || Condition::Refused(node("alex"), node("kate"));
    let sought =
        || Story::new().types("alex", "go").then(Fact::LookedUp { name: "kate".into(), found: true });
    Story::new().misses(connected(), "neither lists the other");
    Story::new().connects("alex", "kate").misses(connected(), "alex lists kate, but not the other way");
    Story::new().connects("alex", "kate").connects("kate", "alex").holds(connected());
    Story::new().stops("kate").misses(connected(), "kate does not run");
    sought().holds(refused());
    sought().connects("kate", "alex").misses(refused(), "kate lists alex, but not the other way");
    Story::new().misses(refused(), "neither looked for the other");
    Story::new()
        .then(Fact::LookedUp { name: "kate".into(), found: false })
        .misses(refused(), "neither looked for the other");
}

/// What looks like a refusal: a connection that was cut again, a node that has gone, one let in at last.
#[test]
fn refused_is_neither_let_in_nor_gone() {
    let refused = || Condition::Refused(node("alex"), node("kate"));
    let calls =
        |story: Story| story.types("alex", "call").then(Fact::LookedUp { name: "kate".into(), found: true });
    let connects = |story: Story| story.connects("alex", "kate").connects("kate", "alex");
    let parts = |story: Story| {
        let pair = [("alex", "kate"), ("kate", "alex")];
        pair.into_iter().fold(story, |story, (on, from)| {
            story.then(Fact::Disconnected { on: node(on), from: node(from) })
        })
    };
    let cut = || parts(connects(calls(Story::new())));
    cut().misses(refused(), "they were connected, and have parted");
    parts(cut().types("alex", "cut").types("kate", "x"))
        .misses(refused(), "they were connected, and have parted");
    calls(cut()).holds(refused());
    calls(Story::new()).stops("kate").misses(refused(), "kate does not run");
    calls(Story::new()).stops("alex").misses(refused(), "alex does not run");
    // The nodes and epmd are heard on lines of their own, so that the news may come before its cause.
    let early = parts(connects(Story::new().types("alex", "call")));
    early
        .then(Fact::LookedUp { name: "kate".into(), found: true })
        .misses(refused(), "they were connected, and have parted");
}

#[test]
fn a_probe_gives_on_every_terminal() {
    let gives = |at: &[&str]| probe(at, Some("1"), false, None);
    let story = Story::new().says("alex", "x", Some("1"), "1");
    story.holds(gives(&["alex"]));
    story.misses(gives(&["alex", "kate"]), "on alex it is `1`");
    let story = story.says("kate", "x", Some("1"), "2");
    story.misses(gives(&["alex", "kate"]), "on alex it is `1`; on kate it is `2`");
    let gone = Fact::Probed {
        terminal: terminal("alex"),
        code: "x".into(),
        pattern: Some("1".into()),
        outcome: ProbeOutcome::NoNode,
    };
    story.then(gone).misses(gives(&["alex"]), "no node runs in alex");
}

#[test]
fn a_probe_is_the_same_on_all() {
    let same = || probe(&["alex", "kate"], None, true, None);
    let story = Story::new().says("alex", "x", None, ":a");
    story.misses(same(), "on alex it is `:a`");
    story.says("kate", "x", None, ":a").holds(same());
    Story::new()
        .says("alex", "x", None, ":a")
        .says("kate", "x", None, ":b")
        .misses(same(), "on alex it is `:a`; on kate it is `:b`");
}

#[test]
fn a_probe_changes_against_the_step_start() {
    let changes = |wanted| probe(&["alex"], None, false, Some(wanted));
    let began = || Story::new().says("alex", "x", None, "1").types("alex", "go");
    began().misses(changes(true), "on alex it is still `1`");
    began().misses(changes(false), "on alex it is still `1`");
    began().says("alex", "x", None, "2").holds(changes(true));
    began().says("alex", "x", None, "2").misses(changes(false), "on alex it was `1` and is `2`");
    began().says("alex", "x", None, "1").holds(changes(false));
    began()
        .says("alex", "x", None, "2")
        .types("alex", "more")
        .misses(changes(true), "on alex it is still `2`");
    Story::new().types("alex", "go").says("alex", "x", None, "2").misses(changes(true), "on alex it is `2`");
    let closed = |story: Story| {
        let (code, outcome) = ("x".into(), ProbeOutcome::NoNode);
        story.then(Fact::Probed { terminal: terminal("alex"), code, pattern: None, outcome })
    };
    let restarted = closed(Story::new().says("alex", "x", None, "1")).types("alex", "iex");
    restarted.says("alex", "x", None, "2").holds(changes(true));
}

#[test]
fn waiting_tells_a_prompt_from_a_continuation() {
    let waiting = |continuation| Condition::Waiting { at: terminal("alex"), continuation };
    let more = Fact::Prompt { terminal: terminal("alex"), prompt: Prompt::More { text: "...(1)> ".into() } };
    Story::new().holds(waiting(false));
    Story::new().misses(waiting(true), "alex waits at \"iex(1)>\"");
    let stuck = Story::new().then(more);
    stuck.holds(waiting(true));
    stuck.misses(waiting(false), "alex waits for more, at \"...(1)>\"");
}

#[test]
fn typed_is_found_in_any_input_of_the_step() {
    let typed = || Condition::Typed { pattern: "Node.self()".into(), at: Some(terminal("alex")) };
    Story::new().types("alex", "x = Node.self").types("alex", "1").holds(typed());
    Story::new().misses(typed(), "");
    Story::new().types("kate", "Node.self()").misses(typed(), "it was typed in kate");
    Story::new().types("alex", "\"Node.self()\"").misses(typed(), "`\"Node.self()\"` was typed");
    let at_dollar = Fact::Input { terminal: terminal("alex"), text: "Node.self()".into(), at_node: false };
    Story::new().then(at_dollar).misses(typed(), "`Node.self()` was typed");
    let command = Fact::Input { terminal: terminal("alex"), text: "iex --sname a".into(), at_node: false };
    let part = Condition::Typed { pattern: "x".into(), at: None };
    Story::new().then(command).misses(part, "`iex --sname a` was typed");
}

#[test]
fn what_different_inputs_brought_about_does_not_add_up() {
    let typed = || Condition::Typed { pattern: "Kate.say_name()".into(), at: Some(terminal("alex")) };
    let both = || Condition::Together(vec![typed(), prints("Hi", "alex", "kate")]);
    let spelled_out = Story::new().types("alex", "other()").shows("alex", Print, "kate", "Hi\n");
    let then_typed = || {
        Story::new()
            .types("alex", "other()")
            .shows("alex", Print, "kate", "Hi\n")
            .types("alex", "Kate.say_name()")
    };
    spelled_out.misses(both(), "`other()` was typed");
    then_typed().misses(both(), "");
    then_typed().shows("alex", Print, "kate", "Hi\n").holds(both());
}

#[test]
fn a_mistake_comes_from_a_terminal_that_it_speaks_of() {
    let known = |at: &str| Mistake {
        id: MistakeId::parse("here").unwrap(),
        conditions: vec![
            Condition::Typed { pattern: "x".into(), at: None },
            Condition::Waiting { at: terminal(at), continuation: false },
        ],
    };
    let story = Story::new().types("alex", "x").asks("alex").asks("kate");
    assert!(recognise([&known("alex")], &story.evidence).is_some());
    assert!(recognise([&known("kate")], &story.evidence).is_none());
}

#[test]
fn not_tells_what_it_saw() {
    let not = || Condition::Not(Box::new(prints("Hi", "alex", "")));
    Story::new().holds(not());
    let printed = Story::new().shows("alex", Print, "kate", "Hi\n");
    printed.misses(not(), "alex shows \"Hi\", printed by a process on kate");
    assert_eq!(printed.judged(not()).expected.speak(Lang::En), "alex doesn't show \"Hi\"");
}

fn mistake(id: &str, conditions: Vec<Condition>) -> Mistake {
    Mistake { id: MistakeId::parse(id).expect("a mistake's name"), conditions }
}

#[test]
fn the_first_mistake_of_the_latest_input_is_recognised() {
    let mistakes = [
        mistake("on-kate", vec![prints("Hi", "kate", "kate")]),
        mistake("quiet", vec![silent(None), returns("1")]),
    ];
    let found = |story: &Story| recognise(&mistakes, &story.evidence).map(ToString::to_string);
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
    let mut conditions = vec![
        prints("Hi", "alex", "kate"),
        returns("[_]"),
        raises("."),
        silent(None),
        silent(Some("H")),
        probe(&["alex", "kate"], None, true, None),
        probe(&["alex"], None, false, Some(false)),
        probe(&["alex"], None, false, Some(true)),
        Condition::Connected(node("alex"), node("kate")),
        Condition::Refused(node("alex"), node("kate")),
        Condition::Stopped { node: node("kate") },
        Condition::Started { node: node("kate"), at: None, cookie: None, mix: false },
        Condition::Waiting { at: terminal("alex"), continuation: false },
        Condition::Typed { pattern: "_".into(), at: None },
    ];
    let nots: Vec<_> = conditions.iter().cloned().map(|inner| Condition::Not(Box::new(inner))).collect();
    conditions.push(Condition::Any(nots.clone()));
    conditions.extend(nots);
    conditions
}

proptest! {
    #[test]
    fn judging_is_total_and_nothing_final_holds_before_quiet(facts in prop::collection::vec(facts(), 0..40)) {
        let story = facts.into_iter().fold(Story::new(), Story::then);
        for condition in every_condition() {
            let is_final = condition.is_final();
            let together = judge(&[condition.clone(), silent(None)], &story.evidence, true);
            prop_assert_eq!(together.len(), 2);
            let finding = judge(std::slice::from_ref(&condition), &story.evidence, false).remove(0);
            prop_assert!(!is_final || finding.holds != Holds::Yes, "{:?}", finding);
            prop_assert!(!finding.expected.is_empty());
            recognise(&[mistake("some", vec![condition])], &story.evidence);
        }
    }
}

#[test]
fn a_message_counts_by_its_form_and_its_way() {
    let story = || Story::new().types("alex", "send(pid, {:hi, self()})");
    let hi = || message("{:hi, _}", false);
    story().sends("alex", "kate", "{:hi, #PID<0.110.0>}").asks("alex").holds(hi());
    story().misses(hi(), "no message went from alex to kate");
    story().sends("alex", "kate", ":hi").misses(hi(), "`:hi` went from alex to kate");
    story().sends("kate", "alex", "{:hi, 1}").misses(hi(), "`{:hi, 1}` went from kate to alex");
    story().sends("alex", "kate", "{:ok, {:hi, 1}}").misses(hi(), "`{:ok, {:hi, 1}}` went from alex to kate");
    // What was printed or typed is no message.
    let shown = story().shows("alex", OutputKind::Result, "alex@localhost", "{:hi, #PID<0.110.0>}\n");
    shown.misses(hi(), "no message went from alex to kate");
}

#[test]
fn a_message_may_have_come_earlier_where_the_lesson_says_so() {
    let before = Story::new().types("alex", "send(pid, :hi)").sends("alex", "kate", ":hi").asks("alex");
    let now = before.then(Fact::StepBegan).types("alex", "flush()").asks("alex");
    now.misses(message(":hi", false), "no message went from alex to kate");
    now.holds(message(":hi", true));
    now.misses(message(":sup?", true), "`:hi` went from alex to kate");
}

#[test]
fn a_message_that_must_not_cross_is_told() {
    let none = || Condition::Not(Box::new(message("{:hi, _}", false)));
    let story = Story::new().types("alex", "send(pid, {:hi, 1})").asks("alex");
    story.holds(none());
    let finding = story.judged(none());
    assert_eq!(finding.expected.speak(Lang::En), "no message like `{:hi, _}` goes from alex to kate");
    let finding = story.judged(message("{:hi, _}", false));
    assert_eq!(finding.expected.speak(Lang::En), "a message like `{:hi, _}` goes from alex to kate");
    story.sends("alex", "kate", "{:hi, 1}").misses(none(), "`{:hi, 1}` went from alex to kate");
}

#[test]
fn together_keeps_messages_of_two_inputs_apart() {
    let both = || {
        let other = Condition::Typed { pattern: "send(pid, _)".into(), at: Some(terminal("alex")) };
        Condition::Together(vec![other, message("{:hi, _}", false)])
    };
    let story = Story::new().types("alex", "send(pid, :ho)").asks("alex");
    let story = story.types("alex", "other()").sends("alex", "kate", "{:hi, 1}").asks("alex");
    assert_eq!(story.judged(both()).holds, Holds::NotYet);
    let story = story.types("alex", "send(pid, {:hi, 1})").sends("alex", "kate", "{:hi, 1}").asks("alex");
    assert_eq!(story.judged(both()).holds, Holds::Yes);
}

/// `mix test` ended with 2 and wrote that there was a failure.
fn failed_run() -> Condition {
    let prints = vec![Text::Plain("no connection".into()), Text::Regex(regex(r"\b1 failure\b"))];
    let command = "mix test".to_owned();
    Condition::Runs(RunWanted { command, at: None, exit: Some(2), prints, lacks: Vec::new() })
}

fn command(line: &str, output: &str, code: i32) -> Story {
    let (at, line) = (terminal("shell"), line.to_owned());
    let story = Story::new().then(Fact::Input { terminal: at.clone(), text: line.clone(), at_node: false });
    let story = story.shows("shell", OutputKind::Raw, "", output);
    story.then(Fact::CommandEnded { terminal: at, command: line, code: Some(code) })
}

#[test]
fn a_command_ends_as_its_line_does_only_where_it_is_the_last() {
    let output = "no connection to moebi\n1 test, 1 failure\n";
    command("cd chat && mix test", output, 2).holds(failed_run());
    command("mix test", output, 1).misses(failed_run(), "`mix test` ended with exit code 1");
    command("mix test; echo 'no connection, 1 failure'; exit 2", output, 2).misses(
        failed_run(),
        "`mix test; echo 'no connection, 1 failure'; exit 2` runs something else as well: how the wanted command \
         ended can't be told apart",
    );
    // `cd` says where it could not go, and ends with 2.
    let output = "sh: 1: cd: can't cd to no connection, 1 failure\n";
    command("cd 'no connection, 1 failure' && mix test", output, 2)
        .misses(failed_run(), "it wrote last \"sh: 1: cd: can't cd to no connection, 1 failure\"");
}
