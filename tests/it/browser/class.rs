//! A made-up class over the real lesson: who passes what is drawn once and for all.

use moebi::{
    check::{
        Position, Scheme,
        outcome::{ConditionOutcome, Moment, MomentKind, Record, StepOutcome},
    },
    grade::{
        part::Part,
        results::{Isolation, LessonInfo, Origin, Results, State, Student, Submission},
    },
    lesson::{Lang, Lesson, Nonce, StepId, StepProse, Verdict, embedded, load},
};

const NAMES: [&str; 30] = [
    "Αλέξανδρος Παπαδόπουλος",
    "Μαρία Γεωργίου",
    "Nils Petersson",
    "Ελένη Κωνσταντίνου",
    "Sofia Rossi",
    "Γιώργος Νικολάου",
    "Ada Okafor",
    "Κατερίνα Δημητρίου",
    "Tom Becker",
    "Δημήτρης Ιωάννου",
    "Priya Raman",
    "Ιωάννα Αντωνίου",
    "Lukas Weber",
    "Νίκος Βασιλείου",
    "Chloé Martin",
    "Άννα Οικονόμου",
    "Mateusz Kowalski",
    "Παναγιώτης Μακρής",
    "Yuki Tanaka",
    "Σοφία Καραγιάννη",
    "Omar Haddad",
    "Θανάσης Αγγελόπουλος",
    "Ines Carvalho",
    "Βασιλική Παππά",
    "Jonas Lindqvist",
    "Χρήστος Λάμπρου",
    "Fatima Zahra",
    "Ζωή Αλεξίου",
    "Ben Adeyemi",
    "Φωτεινή Σταύρου",
];

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// So many submissions. Two of the first thirty have no steps; one is of a pair.
pub fn class(count: usize, lang: Lang) -> Results {
    let source = embedded().into_iter().next().expect("a lesson is built in");
    let lesson = load(&source, &Nonce::sample()).expect("it is right");
    let mut dice = Dice(7);
    let submissions = (0..count).map(|number| submission(number, &lesson, lang, &mut dice)).collect();
    Results {
        moebi: "0.1.0".to_owned(),
        lesson: info(&lesson, lang),
        elixir: "1.14.0".to_owned(),
        otp: "25".to_owned(),
        lang: lang.code().to_owned(),
        isolation: Isolation::Namespaces,
        part: Part::default(),
        pending: Vec::new(),
        platform: None,
        submissions,
        leftovers: Vec::new(),
        missing: Vec::new(),
        passed_over: std::collections::BTreeMap::new(),
    }
}

fn info(lesson: &Lesson, lang: Lang) -> LessonInfo {
    let places =
        lesson.sections.iter().enumerate().flat_map(|(section, within)| {
            (0..within.steps.len()).map(move |step| Position { section, step })
        });
    LessonInfo::of(lesson, &places.collect::<Vec<_>>(), &Scheme::default(), lang)
}

fn submission(number: usize, lesson: &Lesson, lang: Lang, dice: &mut Dice) -> Submission {
    let mut submission = Submission {
        origin: Origin { students: vec![student(number)], ..Origin::default() },
        unread: vec![],
        name: format!("s{:02}-{}", number + 1, ["answers", "chat", "work"][number % 3]),
        learners: vec![],
        state: State::Graded,
        points: 0.0,
        of: 0.0,
        seconds: 0.0,
        steps: Vec::new(),
    };
    match number {
        5 => submission.origin.students.push(student(6)),
        11 => submission.state = State::Unreadable("answers.yaml:12:5: error: the step `remote-helo` is not in this lesson\n   |\n12 |     remote-helo:\n   |     ^^^^^^^^^^^\n   = help: did you mean `remote-hello`?".to_owned()),
        22 => submission.state = State::CouldNotRun("the sandbox could not be started twice: no space left on device".to_owned()),
        _ => {}
    }
    if submission.state == State::Graded {
        submission.steps = steps(lesson, lang, number, dice);
    }
    let sum = |what: fn(&StepOutcome) -> f64| submission.steps.iter().map(what).sum();
    (submission.points, submission.seconds) = (sum(|step| step.points), sum(|step| step.seconds));
    let steps = lesson.sections.iter().flat_map(|section| &section.steps);
    submission.of = steps.map(|step| f64::from(step.points)).sum();
    submission
}

fn student(number: usize) -> Student {
    Student { name: NAMES[number % NAMES.len()].to_owned(), ..Student::default() }
}

fn steps(lesson: &Lesson, lang: Lang, number: usize, dice: &mut Dice) -> Vec<StepOutcome> {
    let weakness = [2, 4, 9, 16, 30][dice.below(5) as usize] * u64::from(number != 0);
    let mut steps: Vec<StepOutcome> = Vec::new();
    for section in &lesson.sections {
        for (index, step) in section.steps.iter().enumerate() {
            let missed = |need: &&StepId| {
                steps.iter().any(|done| done.step == need.as_str() && done.verdict != Verdict::Passed)
            };
            let hardness = 1 + (step.id.as_str().len() as u64 * 7 + index as u64) % 5;
            let verdict = match step.needs.iter().find(missed) {
                Some(_) => Verdict::Skipped,
                None if dice.below(100) >= weakness * hardness / 2 => Verdict::Passed,
                None if dice.below(6) == 0 => Verdict::TimedOut,
                None if dice.below(25) == 0 => Verdict::CouldNotRun,
                None => Verdict::Failed,
            };
            let prose = &lesson.prose(lang).sections[&section.id].steps[&step.id];
            let need = step.needs.iter().find(missed).map(ToString::to_string);
            let outcome = StepOutcome {
                section: section.id.to_string(),
                step: step.id.to_string(),
                verdict,
                of: f64::from(step.points),
                ..outcome(verdict, prose, need, dice)
            };
            let points = if verdict == Verdict::Passed { outcome.of } else { 0.0 };
            steps.push(StepOutcome { points, ..outcome });
        }
    }
    steps
}

fn outcome(verdict: Verdict, prose: &StepProse, need: Option<String>, dice: &mut Dice) -> StepOutcome {
    let mistakes: Vec<_> = prose.mistakes.iter().collect();
    let told = matches!(verdict, Verdict::Failed | Verdict::TimedOut);
    let mistake = (told && !mistakes.is_empty() && dice.below(3) > 0)
        .then(|| mistakes[dice.below(mistakes.len() as u64) as usize]);
    let record = (verdict == Verdict::Passed && dice.below(4) == 0).then(|| Record {
        tries: 1 + dice.below(5) as u32,
        hints: dice.below(3) as u32,
        answer_shown: dice.below(4) == 0,
    });
    let expected = "`Hi, my name is Kate` in alex, printed by a process on kate".to_owned();
    let seen = "`Hi, my name is Kate` in kate, printed by a process on kate".to_owned();
    let condition =
        |expected: &str, holds: bool| ConditionOutcome { expected: expected.to_owned(), seen: None, holds };
    StepOutcome {
        after: None,
        section: String::new(),
        step: String::new(),
        verdict,
        points: 0.0,
        of: 0.0,
        share: Some(0.0),
        expected: told.then(|| expected.clone()),
        seen: match verdict {
            Verdict::Passed => None,
            Verdict::Failed | Verdict::TimedOut => Some(seen),
            Verdict::Unanswered => None,
            Verdict::Skipped => need.map(|need| format!("step {need} did not pass")),
            Verdict::CouldNotRun => Some("the section's own nodes did not start in time".to_owned()),
        },
        is_why: false,
        hint: told.then(|| {
            mistake.map_or_else(
                || prose.hints.last().cloned().unwrap_or_default(),
                |(_, advice)| advice.attempt.clone(),
            )
        }),
        mistake: mistake.map(|(id, _)| id.to_string()),
        conditions: if told {
            vec![condition(&expected, false), condition("kate shows nothing", true)]
        } else {
            Vec::new()
        },
        record,
        timeline: if told { timeline(dice) } else { Vec::new() },
        seconds: 0.2 + dice.below(300) as f64 / 100.0,
    }
}

fn timeline(dice: &mut Dice) -> Vec<Moment> {
    let mut at = 0;
    let mut moment = |terminal: Option<&str>, kind, text: &str, by: Option<&str>| {
        at += dice.below(400);
        Moment {
            at,
            terminal: terminal.map(str::to_owned),
            kind,
            text: text.to_owned(),
            by: by.map(str::to_owned),
        }
    };
    vec![
        moment(Some("alex"), MomentKind::Typed, "iex --sname alex@localhost", None),
        moment(None, MomentKind::Nodes, "alex@localhost started", None),
        moment(Some("kate"), MomentKind::Typed, "iex --sname kate@localhost", None),
        moment(None, MomentKind::Nodes, "kate@localhost started", None),
        moment(
            Some("kate"),
            MomentKind::Typed,
            "defmodule Kate do\n  def say_name, do: IO.puts(\"Hi, my name is Kate\")\nend",
            None,
        ),
        moment(
            Some("kate"),
            MomentKind::Value,
            "{:module, Kate, <<70, 79, 82, 49, 0, 0, 5, 96, 66, 69, 65, 77>>, {:say_name, 0}}",
            None,
        ),
        moment(
            Some("alex"),
            MomentKind::Typed,
            "Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)",
            None,
        ),
        moment(None, MomentKind::Nodes, "alex@localhost and kate@localhost are connected", None),
        moment(Some("alex"), MomentKind::Printed, "Hi, my name is Kate", Some("kate@localhost")),
        moment(Some("alex"), MomentKind::Value, "#PID<12313.129.0>", None),
        moment(None, MomentKind::Message, "{:hi, #PID<0.111.0>}  alex@localhost → kate@localhost", None),
        moment(
            Some("alex"),
            MomentKind::Error,
            "** (EXIT from #PID<0.111.0>) shell process exited with reason: :boom",
            None,
        ),
        moment(
            Some("kate"),
            MomentKind::Log,
            "17:03:22.120 [error] Process #PID<0.129.0> on node :kate@localhost raised an exception\n** (ErlangError) Erlang error: :boom",
            None,
        ),
        moment(Some("shell"), MomentKind::Note, "`mix test` ended with code 2", None),
    ]
}
