//! The step machine without a process: events in, effects out.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use moebi::{
    lesson::{
        Cause, Fact, Finding, Holds, Lang, Lesson, NodeName, Nonce, OutputKind, ProbeOutcome, Prompt, Sender,
        TerminalName,
        load::{Source, load},
    },
    session::{Effect, Event, ProbeCall, Request, Session, Stage, notice::Notice, progress::Progress},
};

const STRUCTURE: &str = r#"
lesson: small
requires: { elixir: '>= 1.14' }
terminals: [alex, kate]
mistakes: {}
sections:
  - id: first
    minutes: 1
    start:
      - alex: iex --sname alex@localhost
      - kate: iex --sname kate@localhost
    steps:
      - id: greet
        predict: { choices: [here, there], correct: there }
        answer:
          - alex: say()
        check:
          - { prints: hello, in: alex, by: kate }
          - silent: kate
        wrong:
          - mistake: by-hand
            answer:
              - alex: IO.puts("hello")
        mistakes:
          by-hand:
            - { prints: hello, in: alex, by: alex }
      - id: where
        ask: { choices: [here, there], correct: there }
        answer: [ choose: there ]
"#;

const PROSE: &str = r#"
title: Small
summary: A small lesson.
glossary: {}
mistakes: {}
first:
  title: First
  steps:
    greet:
      title: Greet
      text: Say hello.
      hints: [ Think., Call say. ]
      predict:
        ask: Where?
        choices:
          here: { text: Here, why: No. }
          there: { text: There, why: Yes. }
      after: Well done.
      mistakes:
        by-hand: { seen: You printed it yourself., try: Let kate do it. }
    where:
      title: Where
      text: A question.
      hints: [ Think. ]
      ask:
        ask: Where was it?
        choices:
          here: { text: Here, why: Not here. }
          there: { text: There, why: There it was. }
"#;

/// A last step in which missed questions are asked again.
const AGAIN: &str = "      - id: again\n        ask: missed\n";
const AGAIN_PROSE: &str = "    again:\n      title: Again\n      text: Once more.\n      after: Read on.\n";

fn lesson() -> Arc<Lesson> {
    lesson_of(STRUCTURE.to_owned(), PROSE.to_owned())
}

fn lesson_of(structure: String, prose: String) -> Arc<Lesson> {
    let files = vec![("lesson.yaml".to_owned(), structure), ("en.yaml".to_owned(), prose)];
    let source = Source { id: "small".to_owned(), files };
    Arc::new(load(&source, &Nonce::sample()).unwrap_or_else(|rendered| panic!("{rendered:#?}")))
}

/// A session and what it has shown, as a transcript.
struct Transcript {
    session: Session,
    shown: Vec<String>,
    /// How many saves there were, and how many of them before the step was told to be done.
    saves: usize,
    saves_before_done: usize,
    inputs: u32,
}

impl Transcript {
    fn new() -> Self {
        let mut transcript = Self::at(Session::new(lesson(), Lang::En, Progress::default()));
        transcript.begin();
        transcript
    }

    fn at(session: Session) -> Self {
        Self { session, shown: Vec::new(), saves: 0, saves_before_done: 0, inputs: 0 }
    }

    fn begin(&mut self) {
        let place = self.session.place();
        let effects = self.session.begin(Duration::ZERO, place);
        self.take(effects);
        let effects = self.session.open(Duration::ZERO);
        self.take(effects);
    }

    fn on(&mut self, event: Event) -> &mut Self {
        let effects = self.session.on(Duration::ZERO, event);
        self.take(effects);
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.on(Event::Fact(
            Fact::Input { terminal: name("alex"), text: text.to_owned(), at_node: true },
            None,
        ));
        self.inputs += 1;
        let prompt = format!("iex(alex@localhost){}> ", self.inputs);
        self.fact(Fact::Line { terminal: name("alex"), prompt, text: text.to_owned() })
    }

    fn prints(&mut self, text: &str, by: &str) -> &mut Self {
        let by = Some(NodeName::parse(by).unwrap());
        let output = Fact::Output {
            terminal: name("alex"),
            kind: OutputKind::Print,
            by,
            sender: Sender::default(),
            text: format!("{text}\n"),
        };
        let prompt = Prompt::Iex { text: "iex(alex@localhost)2> ".to_owned() };
        self.fact(output).fact(Fact::Prompt { terminal: name("alex"), prompt })
    }

    fn fact(&mut self, fact: Fact) -> &mut Self {
        let cause = (self.inputs > 0).then(|| Cause { terminal: name("alex"), number: self.inputs });
        self.on(Event::Fact(fact, cause))
    }

    fn request(&mut self, request: Request) -> &mut Self {
        self.on(Event::Request(request))
    }

    fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Show(notice) => {
                    if matches!(notice, Notice::Passed { .. }) {
                        self.saves_before_done = self.saves;
                    }
                    self.shown.push(told(&notice));
                }
                Effect::Probe(calls) => panic!("this lesson has no probes: {calls:?}"),
                Effect::Save => self.saves += 1,
                Effect::GoOn => self.begin(),
                Effect::Travel(place) => self.shown.push(format!("travel {}.{}", place.section, place.step)),
                Effect::Quit => self.shown.push("quit".to_owned()),
            }
        }
    }

    #[track_caller]
    fn shows(&mut self, expected: &[&str]) -> &mut Self {
        assert_eq!(self.shown, expected);
        self.shown.clear();
        self
    }
}

fn name(word: &str) -> TerminalName {
    TerminalName::parse(word).unwrap()
}

fn told(notice: &Notice) -> String {
    match notice {
        Notice::Tick(finding) => format!("tick {}", finding.expected.speak(Lang::En)),
        Notice::Passed { after, prediction } => {
            format!(
                "passed {after:?} {:?}",
                prediction.as_ref().map(|remark| (remark.right, remark.why.as_str()))
            )
        }
        Notice::Mistake { advice, .. } => format!("mistake {} {}", advice.seen, advice.attempt),
        Notice::Hint { number, of, text } => format!("hint {number}/{of} {text}"),
        Notice::Ask(card) => format!("ask {}", card.ask.trim()),
        Notice::Judged { right, why, .. } => format!("judged {right} {why}"),
        Notice::Say(text) => format!("say {}", text.speak(Lang::En)),
        Notice::LessonDone { passed, of } => format!("done {passed}/{of}"),
        Notice::Check(findings) => {
            let line = |finding: &Finding| {
                let is_open = finding.holds == Holds::NotYet;
                let words = finding.missing.as_ref().filter(|_| is_open).unwrap_or(&finding.expected);
                format!("{:?} {}", finding.holds, words.speak(Lang::En))
            };
            format!("check {}", findings.iter().map(line).collect::<Vec<_>>().join("; "))
        }
        other => format!("{other:?}"),
    }
}

const TICK_PRINTS: &str = "tick alex shows \"hello\", printed by a process on kate";

#[test]
fn a_prediction_comes_first_and_is_set_beside_the_evidence() {
    let mut transcript = Transcript::new();
    transcript.shows(&["ask Where?"]);
    transcript.on(Event::Chose("1".to_owned())).shows(&[]);
    transcript.types("say()").prints("hello", "kate").shows(&[]);
    transcript.on(Event::Quiet);
    assert_eq!(transcript.shown[0], TICK_PRINTS);
    assert!(
        transcript.shown[2].starts_with("passed Some(\"Well done.\") Some((false, \"No.\"))"),
        "{:?}",
        transcript.shown
    );
    assert_eq!(transcript.session.stage(), Stage::Passed);
}

#[test]
fn silence_is_not_judged_before_all_is_quiet() {
    let mut transcript = Transcript::new();
    transcript.on(Event::Chose(String::new())).types("say()").prints("hello", "kate");
    assert_eq!(transcript.session.stage(), Stage::Open);
    transcript.on(Event::Quiet);
    assert_eq!(transcript.session.stage(), Stage::Passed);
}

#[test]
fn a_wrong_turn_is_explained_once_an_input() {
    let mut transcript = Transcript::new();
    transcript.on(Event::Chose(String::new())).shows(&["ask Where?"]);
    let explained = "mistake You printed it yourself. Let kate do it.";
    transcript.types("IO.puts(\"hello\")").prints("hello", "alex").on(Event::Quiet).shows(&[explained]);
    transcript.on(Event::Quiet).shows(&[]);
    transcript.types("IO.puts(\"hello\")").prints("hello", "alex").on(Event::Quiet).shows(&[explained]);
}

/// The small lesson, with words of its own for what its first step asks for.
fn with_goals() -> Transcript {
    let named = "check:\n          greeted:\n          - { prints: hello";
    let structure = STRUCTURE.replace("check:\n          - { prints: hello", named);
    let structure =
        structure.replace("          - silent: kate", "          quiet:\n          - silent: kate");
    let words = "after: Well done.
      check:
        greeted: { holds: kate greeted, missing: kate has not greeted }
        quiet: { holds: kate kept quiet, missing: kate spoke }";
    let lesson = lesson_of(structure, PROSE.replace("after: Well done.", words));
    let mut transcript = Transcript::at(Session::new(lesson, Lang::En, Progress::default()));
    transcript.begin();
    transcript.on(Event::Chose(String::new()));
    transcript.shown.clear();
    transcript
}

#[test]
fn ticks_and_checks_speak_the_lessons_own_words() {
    let mut transcript = with_goals();
    let check = |has_details| Request::Check { has_details };
    transcript.request(check(false)).shows(&["check NotYet kate has not greeted; SoFar kate kept quiet"]);
    transcript.request(check(true));
    assert!(transcript.shown[0].contains("alex shows \"hello\", printed by a process on kate"));
    transcript.shown.clear();
    transcript.types("say()").prints("hello", "kate").on(Event::Quiet);
    assert_eq!(transcript.shown[..2], ["tick kate greeted", "tick kate kept quiet"]);
}

#[test]
fn a_step_that_is_done_is_not_told_to_be_undone() {
    let mut transcript = with_goals();
    let check = || Request::Check { has_details: false };
    transcript.types("say()").prints("hello", "kate").on(Event::Quiet);
    transcript.shown.clear();
    transcript.types("IO.puts(\"again\")").prints("again", "kate").on(Event::Quiet);
    transcript.shown.clear();
    transcript.request(check()).shows(&["check Yes kate greeted; Yes kate kept quiet"]);
    transcript.request(Request::Enter);
    transcript.shown.clear();
    let nothing = "say There is nothing to check here: type the number of an answer.";
    transcript.request(check()).shows(&[nothing]);
}

#[test]
fn where_there_are_no_hints_that_is_said() {
    let bare = PROSE.replace("text: A question.\n      hints: [ Think. ]", "text: A question.");
    let lesson = lesson_of(STRUCTURE.to_owned(), bare);
    let mut transcript = Transcript::at(Session::new(lesson, Lang::En, Progress::default()));
    transcript.begin();
    transcript.on(Event::Chose(String::new())).types("say()").prints("hello", "kate").on(Event::Quiet);
    transcript.request(Request::Enter);
    transcript.shown.clear();
    transcript.request(Request::Hint).shows(&["say There are no hints here."]);
}

#[test]
fn a_choice_that_is_none_is_asked_again() {
    let mut transcript = Transcript::new();
    transcript.shows(&["ask Where?"]);
    transcript
        .on(Event::Chose("7".to_owned()))
        .shows(&["say `7` is none of the choices. Type a number.", "ask Where?"]);
}

#[test]
fn a_closing_question_says_why_and_passes_only_with_the_right_choice() {
    let mut transcript = passed_first();
    transcript.request(Request::Enter).shows(&["ask Where was it?"]);
    transcript.on(Event::Chose("here".to_owned())).shows(&["judged false Not here.", "ask Where was it?"]);
    transcript.on(Event::Chose("there".to_owned()));
    assert_eq!(transcript.shown[0], "judged true There it was.");
    assert_eq!(transcript.shown.last().map(String::as_str), Some("done 2/2"));
    assert_eq!(transcript.session.stage(), Stage::Passed);
    assert!(transcript.session.progress().steps["where"].missed);
    transcript.shown.clear();
    transcript
        .request(Request::Enter)
        .shows(&["say This was the last step. /goto leads to any other; /quit leaves."]);
}

#[test]
fn a_question_that_was_answered_before_is_gone_on_from() {
    let mut transcript = passed_first();
    let effects = transcript.session.open_again(Duration::ZERO);
    transcript.take(effects);
    transcript
        .shows(&["say You have finished this step. Enter goes on to the next; /restart plays it once more."]);
    transcript.request(Request::Enter).on(Event::Chose("there".to_owned()));
    let progress = transcript.session.progress().clone();
    let mut transcript = Transcript::at(Session::new(lesson(), Lang::En, progress));
    assert!(transcript.session.has_passed());
    let effects = transcript.session.open_again(Duration::ZERO);
    transcript.take(effects);
    transcript.shows(&["done 2/2"]);
}

#[test]
fn a_step_is_gone_to_by_its_title_as_people_write_it() {
    let english = PROSE.replace("title: Greet", "title: And “back”, then?");
    let greek = english.replace("And “back”, then?", "Ποιος ακούει;").replace("title: First", "title: Πρώτα");
    let files = [("lesson.yaml", STRUCTURE.to_owned()), ("en.yaml", english), ("el.yaml", greek)];
    let files = files.map(|(name, text)| (name.to_owned(), text)).to_vec();
    let lesson = load(&Source { id: "small".to_owned(), files }, &Nonce::sample());
    let lesson = Arc::new(lesson.unwrap_or_else(|rendered| panic!("{rendered:#?}")));
    for lang in Lang::ALL {
        let mut transcript = Transcript::at(Session::new(Arc::clone(&lesson), lang, Progress::default()));
        for typed in [
            "And back, then",
            "\"and  BACK then\"",
            "ποιοσ ακουει",
            "ΠΟΙΟΣ ΑΚΟΥΕΙ;",
            "πρωτα",
            "first",
            "γρεετ",
            "1.1",
        ] {
            transcript.request(Request::Goto(typed.to_owned())).shows(&["travel 0.0"]);
        }
    }
}

/// At the closing question of a lesson that asks missed ones again.
fn before_asking_again() -> Transcript {
    asking_again_after("")
}

/// The same, where that was predicted.
fn asking_again_after(prediction: &str) -> Transcript {
    let lesson = lesson_of(format!("{STRUCTURE}{AGAIN}"), format!("{PROSE}{AGAIN_PROSE}"));
    let mut transcript = Transcript::at(Session::new(lesson, Lang::En, Progress::default()));
    transcript.begin();
    transcript
        .on(Event::Chose(prediction.to_owned()))
        .types("say()")
        .prints("hello", "kate")
        .on(Event::Quiet);
    transcript.request(Request::Enter);
    transcript.shown.clear();
    transcript
}

#[test]
fn what_was_missed_is_asked_again_until_it_is_right() {
    let mut transcript = before_asking_again();
    transcript.on(Event::Chose("here".to_owned())).on(Event::Chose("there".to_owned()));
    transcript.shown.clear();
    transcript.request(Request::Enter).shows(&["say From 1.2, “Where”:", "ask Where was it?"]);
    transcript.on(Event::Chose("here".to_owned())).shows(&["judged false Not here.", "ask Where was it?"]);
    transcript.on(Event::Chose("there".to_owned()));
    assert_eq!(transcript.shown[..2], ["judged true There it was.", "passed Some(\"Read on.\") None"]);
    assert_eq!(transcript.session.stage(), Stage::Passed);
}

#[test]
fn a_prediction_that_did_not_come_true_is_asked_again() {
    let mut transcript = asking_again_after("here");
    transcript.on(Event::Chose("there".to_owned()));
    transcript.shown.clear();
    transcript.request(Request::Enter).shows(&["say From 1.1, “Greet”:", "ask Where?"]);
    transcript.on(Event::Chose("here".to_owned())).shows(&["judged false No.", "ask Where?"]);
    transcript.on(Event::Chose("there".to_owned()));
    assert_eq!(transcript.shown[..2], ["judged true Yes.", "passed Some(\"Read on.\") None"]);
}

#[test]
fn the_choices_of_a_closing_question_stand_in_another_order_for_each_and_each_time() {
    let orders = |nonce: &str, times: usize| {
        let files = [("lesson.yaml", STRUCTURE.replace("ask: { choices: [here, there]", "ask: { choices: [here, there, over, under]")), ("en.yaml", PROSE.replace("          there: { text: There, why: There it was. }", "          there: { text: There, why: There it was. }\n          over: { text: Over, why: No. }\n          under: { text: Under, why: No. }"))];
        let files = files.map(|(name, text)| (name.to_owned(), text)).to_vec();
        let lesson = load(&Source { id: "small".to_owned(), files }, &Nonce::parse(nonce).expect("a nonce"));
        let lesson = Arc::new(lesson.unwrap_or_else(|rendered| panic!("{rendered:#?}")));
        let mut transcript = Transcript::at(Session::new(lesson, Lang::En, Progress::default()));
        transcript.begin();
        transcript.on(Event::Chose(String::new())).types("say()").prints("hello", "kate").on(Event::Quiet);
        transcript.request(Request::Enter);
        let order = |transcript: &mut Transcript| {
            let card = transcript.session.question_card().expect("a question");
            transcript.on(Event::Chose("1".to_owned()));
            let ids: Vec<_> = card.choices.iter().map(|(choice, _)| choice.to_string()).collect();
            let why =
                transcript.shown.iter().rev().find(|shown| shown.starts_with("judged")).expect("an answer");
            assert_eq!(
                ids[0] == "there",
                why.starts_with("judged true"),
                "the number is that of the order shown"
            );
            ids
        };
        let mut all = Vec::new();
        while all.len() < times && transcript.session.stage() == Stage::Asking {
            all.push(order(&mut transcript));
        }
        all
    };
    let words = ["babababa", "lumirobe", "vesegazo", "dodododo", "tititito"];
    let first: BTreeSet<_> = words.iter().map(|word| orders(word, 1)).collect();
    assert!(first.len() > 1, "{first:?}");
    assert_eq!(orders("lumirobe", 9), orders("lumirobe", 9), "the same for the same learner");
    let times: BTreeSet<_> = words.iter().flat_map(|word| orders(word, 9)).collect();
    assert!(times.len() > first.len(), "{times:?}");
    assert!(times.iter().all(|order| BTreeSet::from_iter(order.clone()).len() == 4));
}

#[test]
fn where_nothing_was_missed_the_step_is_done_at_once() {
    let mut transcript = before_asking_again();
    transcript.on(Event::Chose("there".to_owned()));
    transcript.shown.clear();
    transcript.request(Request::Enter);
    assert!(
        transcript.shown[0].starts_with("say You answered every question right"),
        "{:?}",
        transcript.shown
    );
    assert_eq!(transcript.shown[1], "passed Some(\"Read on.\") None");
    assert_eq!(transcript.session.stage(), Stage::Passed);
}

#[test]
fn with_nobody_there_nothing_was_missed() {
    let mut transcript = before_asking_again();
    let (place, session) = (transcript.session.place(), &mut transcript.session);
    let last = place.next(session.lesson()).expect("a step after the question");
    session.begin(Duration::ZERO, last);
    session.open_silently();
    assert_eq!(session.stage(), Stage::Passed);
}

#[test]
fn hints_grow_and_the_last_one_stays() {
    let mut transcript = Transcript::new();
    transcript.shown.clear();
    transcript.request(Request::Hint).request(Request::Hint).request(Request::Hint);
    transcript.shows(&["hint 1/2 Think.", "hint 2/2 Call say.", "hint 2/2 Call say."]);
}

#[test]
fn an_unfinished_step_is_not_left_by_next() {
    let mut transcript = Transcript::new();
    transcript.shown.clear();
    transcript.request(Request::Next);
    assert!(transcript.shown[0].contains("/skip"), "{:?}", transcript.shown);
    transcript.shown.clear();
    transcript.request(Request::Skip).shows(&["travel 0.1"]);
}

#[test]
fn goto_takes_ids_and_numbers_and_says_what_was_meant() {
    let mut transcript = Transcript::new();
    transcript.shown.clear();
    transcript.request(Request::Goto("where".to_owned())).shows(&["travel 0.1"]);
    transcript.request(Request::Goto("2".to_owned())).shows(&["travel 0.1"]);
    transcript.request(Request::Goto("1.1".to_owned())).shows(&["travel 0.0"]);
    transcript.request(Request::Goto("0".to_owned()));
    transcript.request(Request::Goto("9.9".to_owned()));
    transcript.request(Request::Goto("grete".to_owned()));
    assert!(
        transcript.shown.iter().all(|line| line.starts_with("say There is no step")),
        "{:?}",
        transcript.shown
    );
    assert!(transcript.shown[2].contains("Did you mean `greet`?"), "{:?}", transcript.shown);
}

#[test]
fn progress_remembers_the_inputs_that_passed() {
    let transcript = passed_first();
    let progress = transcript.session.progress();
    let answer = progress.answer(&moebi::lesson::StepId::parse("greet").unwrap(), &Nonce::sample()).unwrap();
    assert_eq!(answer.len(), 1);
    let again = Session::new(
        lesson(),
        Lang::En,
        serde_json::from_str(&serde_json::to_string(progress).unwrap()).unwrap(),
    );
    assert_eq!(again.score(), (1, 2));
}

#[test]
fn a_step_is_saved_before_it_is_told_to_be_done() {
    let mut transcript = Transcript::new();
    transcript.on(Event::Chose(String::new()));
    let before = transcript.saves;
    transcript.types("say()").prints("hello", "kate").on(Event::Quiet);
    assert_eq!(transcript.saves_before_done, before + 1);
}

#[test]
fn what_was_interrupted_is_replayed_with_the_model_answer() {
    let mut transcript = Transcript::new();
    transcript.on(Event::Chose(String::new())).on(Event::Unrepeatable);
    transcript.types("say()").prints("hello", "kate").on(Event::Quiet);
    assert_eq!(
        transcript
            .session
            .progress()
            .answer(&moebi::lesson::StepId::parse("greet").unwrap(), &Nonce::sample()),
        None
    );
}

#[test]
fn a_progress_of_another_lesson_version_begins_at_the_start() {
    let progress = Progress { at: Some("gone".to_owned()), ..Progress::default() };
    assert_eq!(Session::new(lesson(), Lang::En, progress).step().id.as_str(), "greet");
}

fn passed_first() -> Transcript {
    let mut transcript = Transcript::new();
    transcript.on(Event::Chose(String::new())).types("say()").prints("hello", "kate").on(Event::Quiet);
    assert_eq!(transcript.session.stage(), Stage::Passed);
    transcript.shown.clear();
    transcript
}

#[test]
fn what_a_mistake_measures_against_is_asked_for_as_the_step_begins() {
    let mistake = "- { prints: hello, in: alex, by: alex }";
    let measuring = format!("{mistake}\n            - {{ probe: 'x()', in: kate, changes: true }}");
    let structure = STRUCTURE.replacen(mistake, &measuring, 1);
    let files = vec![("lesson.yaml".to_owned(), structure), ("en.yaml".to_owned(), PROSE.to_owned())];
    let lesson = load(&Source { id: "small".to_owned(), files }, &Nonce::sample());
    let lesson = lesson.unwrap_or_else(|rendered| panic!("{rendered:#?}"));
    let mut session = Session::new(Arc::new(lesson), Lang::En, Progress::default());
    let place = session.place();
    let [Effect::Probe(calls)] = &session.begin(Duration::ZERO, place)[..] else { panic!("a probe") };
    assert_eq!((calls.len(), calls[0].terminal.as_str(), calls[0].code.as_str()), (1, "kate", "x()"));
}

/// Else it would never be quiet where a probe calls a node that there isn't.
#[test]
fn a_name_that_nobody_has_disturbs_nothing() {
    let probe = "- { probe: 'x()', in: kate, gives: '1' }\n          - silent: kate";
    let structure = STRUCTURE.replacen("- silent: kate", probe, 1);
    let lesson = lesson_of(structure, PROSE.to_owned());
    let mut session = Session::new(lesson, Lang::En, Progress::default());
    session.begin(Duration::ZERO, session.place());
    session.open_silently();
    let (alex, kate) =
        (TerminalName::parse("alex").expect("a name"), NodeName::parse("kate").expect("a name"));
    let printed = Fact::Output {
        terminal: alex,
        kind: OutputKind::Print,
        by: Some(kate),
        sender: Sender::default(),
        text: "hello\n".to_owned(),
    };
    session.on(Duration::ZERO, Event::Fact(printed, None));
    let [Effect::Probe(calls)] = &session.on(Duration::ZERO, Event::Quiet)[..] else { panic!("a probe") };
    let call = calls[0].clone();
    let asked = Fact::LookedUp { name: "nobody".to_owned(), found: false };
    session.on(Duration::ZERO, Event::Fact(asked, None));
    let outcome = ProbeOutcome::Value { inspected: "1".to_owned(), matched: Some(true) };
    let (terminal, code, pattern) = (call.terminal, call.code, call.pattern);
    session.on(Duration::ZERO, Event::Fact(Fact::Probed { terminal, code, pattern, outcome }, None));
    assert_eq!(session.stage(), Stage::Passed);
}

/// Else it would be asked for ever, and what it prints would fill the learner's screen.
#[test]
fn a_probe_that_prints_is_not_asked_for_ever() {
    let probe = "- { probe: 'x()', in: kate, gives: '1' }\n          - silent: kate";
    let structure = STRUCTURE.replacen("- silent: kate", probe, 1);
    let mut session = Session::new(lesson_of(structure, PROSE.to_owned()), Lang::En, Progress::default());
    session.begin(Duration::ZERO, session.place());
    session.open_silently();
    let (alex, kate) =
        (TerminalName::parse("alex").expect("a name"), NodeName::parse("kate").expect("a name"));
    let said = |text: &str| {
        let (kind, by, sender) = (OutputKind::Print, Some(kate.clone()), Sender::default());
        Fact::Output { terminal: alex.clone(), kind, by, sender, text: text.to_owned() }
    };
    let typed = Cause { terminal: alex.clone(), number: 1 };
    session.on(Duration::ZERO, Event::Fact(said("hello\n"), Some(typed.clone())));
    let mut asked = 0;
    let mut until_still = |session: &mut Session| {
        while let [Effect::Probe(calls)] = &session.on(Duration::ZERO, Event::Quiet)[..] {
            asked += 1;
            assert!(asked < 100, "it is asked for ever");
            let ProbeCall { terminal, code, pattern } = calls[0].clone();
            session.on(Duration::ZERO, Event::Fact(said("asked\n"), None));
            let outcome = ProbeOutcome::Value { inspected: "2".to_owned(), matched: Some(false) };
            session.on(Duration::ZERO, Event::Fact(Fact::Probed { terminal, code, pattern, outcome }, None));
        }
        std::mem::take(&mut asked)
    };
    let first = until_still(&mut session);
    assert!(first > 1, "what comes of nothing may still have changed something: {first}");
    assert!(session.is_settled());
    session.on(Duration::ZERO, Event::Fact(said("hello\n"), Some(typed)));
    assert_eq!(until_still(&mut session), first, "what is typed is always looked at anew");
}
