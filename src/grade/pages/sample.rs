//! Made-up classes, for the tests of the pages.

use std::collections::BTreeMap;

use crate::{
    check::outcome::{ConditionOutcome, Moment, MomentKind, Record, StepOutcome},
    grade::{
        part::Part,
        results::{
            Isolation, Leftover, LessonInfo, Origin, Results, SectionInfo, State, StepInfo, Student,
            Submission,
        },
    },
    lesson::Verdict,
};

/// Whatever breaks out of one format or another.
pub(super) const NASTY: &str = r#"(=|\+|-|@|\t|\r|\r\n|\n|;|,|"|'|`{1,4}|~~~|\]\]>|</script>|<script>alert\(1\)</script>|<img src=x onerror=alert\(1\)>|&amp;|\]\(javascript:alert\(1\)\)|!\[|https://evil\.example|www\.evil\.example|@teacher|\.\./|/|CON|\x00|\x1b\[2J|\x1b\]0;x\x07|\x{9b}|\x{202e}|\x{2066}|\x{2028}|\x{200f}|\x{feff}|\x{ffff}|\||\\|[a-zα-ωά]|\PC|.){0,10}"#;

pub(super) fn step(section: &str, step: &str, verdict: Verdict, of: f64) -> StepOutcome {
    StepOutcome {
        section: section.to_owned(),
        step: step.to_owned(),
        verdict,
        points: if verdict == Verdict::Passed { of } else { 0.0 },
        of,
        share: Some(0.0),
        expected: None,
        seen: None,
        hint: None,
        is_why: false,
        mistake: None,
        conditions: Vec::new(),
        record: None,
        after: None,
        timeline: Vec::new(),
        seconds: 0.25,
    }
}

pub(super) fn moment(at: u64, terminal: &str, kind: MomentKind, text: &str) -> Moment {
    Moment { at, terminal: Some(terminal.to_owned()), kind, text: text.to_owned(), by: None }
}

fn lesson() -> LessonInfo {
    let step = |number, id: &str, title: &str, points| StepInfo {
        number,
        id: id.to_owned(),
        title: title.to_owned(),
        points,
    };
    let steps = vec![
        step(1, "define-kate", "A module on kate", 1.0),
        step(2, "remote-hello", "Let alex ask kate", 2.0),
    ];
    let section = SectionInfo {
        number: 1,
        id: "spawn-link".to_owned(),
        title: "Code on another node".to_owned(),
        steps,
    };
    LessonInfo {
        id: "otp-distribution".to_owned(),
        title: "Distribution in OTP".to_owned(),
        sections: vec![section],
    }
}

fn results(submissions: Vec<Submission>) -> Results {
    Results {
        moebi: "0.1.0".to_owned(),
        lesson: lesson(),
        elixir: "1.14.0".to_owned(),
        otp: "25".to_owned(),
        lang: "en".to_owned(),
        isolation: Isolation::Namespaces,
        part: Part::default(),
        pending: Vec::new(),
        platform: None,
        submissions,
        leftovers: Vec::new(),
        missing: Vec::new(),
        passed_over: BTreeMap::new(),
    }
}

fn submission(name: &str, learners: &[&str], state: State, steps: Vec<StepOutcome>) -> Submission {
    let sum = |what: fn(&StepOutcome) -> f64| steps.iter().map(what).sum();
    Submission {
        name: name.to_owned(),
        learners: learners.iter().map(|&learner| learner.to_owned()).collect(),
        origin: Origin::default(),
        unread: vec![],
        points: sum(|step| step.points),
        of: 3.0,
        seconds: sum(|step| step.seconds),
        state,
        steps,
    }
}

/// Three graded submissions of a lesson of two steps, and one of each kind that has no steps.
pub(in crate::grade) fn small() -> Results {
    let passed = StepOutcome {
        record: Some(Record { tries: 2, hints: 1, answer_shown: true }),
        ..step("spawn-link", "define-kate", Verdict::Passed, 1.0)
    };
    let mut printed = moment(30, "alex", MomentKind::Printed, "Hi\n");
    printed.by = Some("kate@localhost".to_owned());
    let failed = StepOutcome {
        expected: Some("`Hi` in alex".to_owned()),
        seen: Some("nothing like it".to_owned()),
        hint: Some("Start it with `Node.spawn_link/2`, **once**.".to_owned()),
        mistake: Some("by-hand".to_owned()),
        conditions: vec![ConditionOutcome {
            expected: "`Hi` in alex".to_owned(),
            seen: Some("nothing like it".to_owned()),
            holds: false,
        }],
        timeline: vec![moment(0, "alex", MomentKind::Typed, "iex> IO.puts(\"Hi\")"), printed],
        seconds: 1.5,
        ..step("spawn-link", "remote-hello", Verdict::Failed, 2.0)
    };
    let skipped = StepOutcome {
        seen: Some("step define-kate did not pass".to_owned()),
        ..step("spawn-link", "remote-hello", Verdict::Skipped, 2.0)
    };
    let late = step("spawn-link", "define-kate", Verdict::Passed, 1.0);
    let mut anna = submission("anna", &["Άννα", "Bob"], State::Graded, vec![passed, failed]);
    anna.origin = Origin {
        entry: "otp_LATE_anna.yaml".to_owned(),
        file: "otp_LATE_anna.yaml".to_owned(),
        late: true,
        earlier: vec!["otp_anna.yaml".to_owned()],
        notes: vec!["it names Bob, of whom nothing came".to_owned()],
        ..Origin::default()
    };
    let class = results(vec![
        anna,
        submission("carl", &[], State::Graded, vec![late, skipped]),
        submission("lost", &[], State::CouldNotRun("no memory".to_owned()), Vec::new()),
        submission("zed", &[], State::Unreadable("zed.yaml:1:1: no YAML".to_owned()), Vec::new()),
    ]);
    Results {
        leftovers: vec![leftover("omar.docx", "Omar", "no answers in it")],
        missing: vec![student("Zoe")],
        passed_over: [(".DS_Store".to_owned(), 3)].into(),
        ..class
    }
}

fn student(name: &str) -> Student {
    Student { name: name.to_owned(), ..Student::default() }
}

fn leftover(entry: &str, name: &str, why: &str) -> Leftover {
    let (entry, why) = (entry.to_owned(), why.to_owned());
    Leftover { entry, students: vec![student(name)], late: false, why, beside: None }
}

/// One submission, whose name is `name` and whose every other text is `text`.
pub(super) fn class_with(name: &str, text: &str) -> Results {
    let some = || Some(text.to_owned());
    let kinds = [
        MomentKind::Typed,
        MomentKind::Printed,
        MomentKind::Value,
        MomentKind::Error,
        MomentKind::Log,
        MomentKind::Nodes,
        MomentKind::Message,
        MomentKind::Note,
    ];
    let moment = |kind| Moment { by: some(), ..moment(1, name, kind, text) };
    let failed = StepOutcome {
        expected: some(),
        seen: some(),
        hint: some(),
        mistake: some(),
        conditions: vec![ConditionOutcome { expected: text.to_owned(), seen: some(), holds: false }],
        timeline: kinds.map(moment).to_vec(),
        ..step("spawn-link", "remote-hello", Verdict::Failed, 2.0)
    };
    let unreadable = State::Unreadable(text.to_owned());
    let mut graded = submission(name, &[text], State::Graded, vec![failed]);
    graded.origin = Origin {
        entry: text.to_owned(),
        file: text.to_owned(),
        students: vec![Student { email: some(), id: some(), ..student(text) }],
        earlier: vec![text.to_owned()],
        notes: vec![text.to_owned()],
        ..Origin::default()
    };
    let unreadable = submission(name, &[text], unreadable, Vec::new());
    Results {
        leftovers: vec![leftover(text, name, text)],
        missing: vec![student(name)],
        passed_over: [(text.to_owned(), 1)].into(),
        ..results(vec![graded, unreadable])
    }
}
