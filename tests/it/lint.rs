//! What an author reads: one mended or broken line of a lesson, and the complaints it draws.

use moebi::{
    author,
    lesson::{Lang, Lesson, Nonce, RenderedDiagnostic, Source, Task, load, load_answers},
};
use proptest::prelude::*;

const STRUCTURE: &str = r#"lesson: small
requires: { elixir: '>= 1.14' }
terminals: [alex, kate]
mistakes:
  stuck:
    - { waiting: alex, continuation: true }
sections:
  - id: one
    minutes: 5
    start:
      - alex: iex --sname alex@localhost
      - kate: iex --sname kate@localhost
    steps:
      - id: define-kate
        answer:
          - kate: |
              defmodule Kate do
                def say_name, do: IO.puts("Hi")
              end
        check:
          - probe: function_exported?(Kate, :say_name, 0)
            in: kate
            gives: 'true'
        wrong:
          - mistake: on-alex
            answer:
              - alex: defmodule Kate do end
        mistakes:
          on-alex:
            - raises: 'no\.such'
      - id: hello
        needs: [define-kate]
        within: 5s
        predict: { choices: [alex, kate], correct: alex }
        answer:
          - alex: 'Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)'
        optional: { 1: It may be. }
        check:
          - prints: Hi
            in: alex
            by: kate
          - silent: kate
  - id: two
    minutes: 5
    steps:
      - id: whose
        ask: { choices: [alex, kate], correct: kate }
        answer: [ choose: kate ]
"#;

const ENGLISH: &str = r#"title: Small
summary: A small lesson.
glossary: { node: A runtime with a name. }
mistakes:
  stuck: { seen: It waits., try: Type the rest. }
one:
  title: One
  steps:
    define-kate:
      title: Define kate
      text: Define her.
      hints: [With defmodule.]
      mistakes:
        on-alex: { seen: It is on alex., try: Type it on kate. }
    hello:
      title: Say hello
      text: Say it.
      hints: [With spawn_link.]
      predict:
        ask: Where?
        choices:
          alex: { text: alex, why: Yes. }
          kate: { text: kate, why: No. }
      after: Done.
two:
  title: Two
  steps:
    whose:
      title: Whose?
      ask:
        ask: Where?
        choices:
          alex: { text: alex, why: No. }
          kate: { text: kate, why: Yes. }
"#;

/// A lesson of three files, before and after a change.
struct Author {
    files: [(&'static str, String); 3],
}

impl Author {
    fn new() -> Self {
        let greek = ENGLISH.replace("Say hello", "Πες γεια").replace("With defmodule.", "Με defmodule.");
        let files = [("lesson.yaml", STRUCTURE.into()), ("en.yaml", ENGLISH.into()), ("el.yaml", greek)];
        Self { files }
    }

    /// Writes `new` for the first `old` in that file.
    #[must_use]
    fn writes(mut self, file: &str, old: &str, new: &str) -> Self {
        let (_, text) = self.files.iter_mut().find(|(name, _)| *name == file).expect("one of three files");
        assert!(text.contains(old), "{file} holds no {old:?}");
        *text = text.replacen(old, new, 1);
        self
    }

    /// With nothing left in the Greek file as it is in the English one.
    fn translated(self) -> Self {
        [
            ("A runtime with a name.", "Ένα σύστημα με όνομα."),
            ("It is on alex.", "Είναι στον alex."),
            ("Type it on kate.", "Γράψε το στην kate."),
        ]
        .into_iter()
        .fold(self, |author, (english, greek)| author.writes("el.yaml", english, greek))
    }

    /// Says in its own words what the probe shows.
    fn finds_words(self) -> Self {
        self.translated().says_what_is_shown()
    }

    fn says_what_is_shown(self) -> Self {
        let words = "      check: { defined: { holds: kate knows it, missing: kate lacks it } }\n      mistakes:\n        on-alex";
        let author = self.writes("lesson.yaml", "          - probe", "          defined:\n          - probe");
        ["en.yaml", "el.yaml"]
            .iter()
            .fold(author, |author, file| author.writes(file, "      mistakes:\n        on-alex", words))
    }

    #[must_use]
    fn turns(mut self, change: impl Fn(&str) -> String) -> Self {
        for (_, text) in &mut self.files {
            *text = change(text);
        }
        self
    }

    fn source(&self) -> Source {
        let file = |(name, text): &(&str, String)| (format!("small/{name}"), text.clone());
        Source { id: "small".into(), files: self.files.iter().map(file).collect() }
    }

    #[track_caller]
    fn loads(&self) -> Lesson {
        load(&self.source(), &Nonce::sample()).unwrap_or_else(|complaints| panic!("{}", report(&complaints)))
    }

    /// Each of `wanted` is in a complaint of its own, and there are no others.
    #[track_caller]
    fn hears(&self, wanted: &[&str]) {
        let complaints = load(&self.source(), &Nonce::sample()).expect_err("complaints");
        let report = report(&complaints);
        assert_eq!(complaints.len(), wanted.len(), "{report}");
        for (complaint, wanted) in complaints.iter().zip(wanted) {
            assert!(complaint.rendered.contains(wanted), "no {wanted:?} in\n{}", complaint.rendered);
        }
    }
}

/// What an author reads, and how many complaints that are.
fn lint(sources: &[Source]) -> (String, usize) {
    let linted = author::lint(sources);
    (linted.human(), linted.complaints.len())
}

fn report(complaints: &[RenderedDiagnostic]) -> String {
    complaints.iter().map(|complaint| format!("{}\n\n", complaint.rendered)).collect()
}

/// In lesson.yaml `new` stands for `old`; `wanted` is all that is complained about, in order.
#[track_caller]
fn structure(old: &str, new: &str, wanted: &[&str]) {
    Author::new().writes("lesson.yaml", old, new).hears(wanted);
}

/// The same in en.yaml.
#[track_caller]
fn english(old: &str, new: &str, wanted: &[&str]) {
    Author::new().writes("en.yaml", old, new).hears(wanted);
}

#[test]
fn a_right_lesson_loads_whole() {
    let lesson = Author::new().loads();
    assert_eq!(lesson.elixir, (1, 14));
    assert_eq!(lesson.prose.len(), 2);
    let (section, step) = lesson.step("hello").expect("the step");
    assert_eq!((section.id.as_str(), step.points, step.needs.len()), ("one", 1, 1));
    let Task::Do { check, optional, .. } = &step.task else { panic!("a task") };
    assert_eq!((check.conditions.len(), check.within.as_secs()), (2, 5));
    assert_eq!(optional[&1], "It may be.");
    let hello = &lesson.prose(Lang::El).sections["one"].steps["hello"];
    assert_eq!(hello.title, "Πες γεια");
    assert_eq!(
        lint(&[Author::new().finds_words().source()]),
        ("no complaints in 1 lesson, 2 languages\n".to_string(), 0)
    );
}

#[test]
fn what_would_be_told_in_code_wants_words() {
    let (report, complaints) = lint(&[Author::new().translated().source()]);
    assert_eq!(complaints, 1, "{report}");
    assert!(report.contains("a learner would be told this: `function_exported?(Kate, :say_name, 0)`"));
    assert!(report.contains("small/lesson.yaml:21:13") && report.contains("put it below a name"), "{report}");
    let regex = Author::new().finds_words().writes("lesson.yaml", "prints: Hi", "matches: 'H+i'");
    assert!(lint(&[regex.source()]).0.contains("told this: alex shows /H+i/"));
    let pattern = Author::new().finds_words().writes("lesson.yaml", "silent: kate", "typed: 'Kate.say(_)'");
    assert!(lint(&[pattern.source()]).0.contains("told this: `Kate.say(_)` is typed"));
    let long = "prints: Hi and more than a line of a terminal, or of a report, can hold at all";
    let long = Author::new().finds_words().writes("lesson.yaml", "prints: Hi", long);
    assert!(lint(&[long.source()]).0.contains("told this: alex shows \"Hi and more"));
}

#[test]
fn each_goal_has_its_words_in_each_language() {
    let author = || Author::new().finds_words();
    let lesson = author().loads();
    let Task::Do { check, .. } = &lesson.step("define-kate").expect("the step").1.task else {
        panic!("a task")
    };
    assert_eq!(
        (check.conditions.len(), check.goals[0].id.as_str(), check.goals[0].conditions),
        (1, "defined", 1)
    );
    let words = &lesson.prose(Lang::En).sections["one"].steps["define-kate"].goals["defined"];
    assert_eq!([words.holds.as_str(), words.missing.as_str()], ["kate knows it", "kate lacks it"]);
    let english = |old: &str, new: &str, wanted: &[&str]| author().writes("en.yaml", old, new).hears(wanted);
    english("check: { defined", "check: { defnied", &["did you mean `defined`?"]);
    english("holds: kate knows it, ", "", &["`holds` is missing here"]);
    english("missing: kate lacks it", "missing: \"kate\\nlacks it\"", &["`missing` is one line"]);
    english("holds: kate knows it", &format!("holds: {}", "it ".repeat(60)), &["more than 140 characters"]);
    let renamed = author().writes("lesson.yaml", "defined:\n          - probe", "known:\n          - probe");
    let (lacks, strange) = ("the goal `known` has no text", "lesson.yaml has no goal `defined` here");
    renamed.hears(&[lacks, strange, lacks, strange]);
    let empty = "          greeted: []\n          defined:";
    author().writes("lesson.yaml", "          defined:", empty).hears(&[
        "a goal needs conditions",
        "the goal `greeted` has no text",
        "the goal `greeted` has no text",
    ]);
}

#[test]
fn a_complaint_shows_the_line_a_caret_and_the_likely_fix() {
    let author = Author::new().writes("lesson.yaml", "prints: Hi", "print: Hi");
    let complaints = load(&author.source(), &Nonce::sample()).expect_err("a complaint");
    insta::assert_snapshot!(complaints[0].rendered, @r"
    error: a condition has no key `print`
      --> small/lesson.yaml:39:13
       |
    39 |           - print: Hi
       |             ^^^^^
       |
       = help: did you mean `prints`?
    ");
    assert_eq!((complaints[0].line, complaints[0].column, complaints.len()), (39, 13, 1));
}

#[test]
fn greek_carets_line_up() {
    let author = Author::new().writes("el.yaml", "title: Πες γεια", "title: Πες γεια, τίτλε: x");
    let complaints = load(&author.source(), &Nonce::sample()).expect_err("a complaint");
    let wanted = "title: Πες γεια, τίτλε: x
   |                             ^";
    assert!(complaints[0].rendered.contains(wanted), "{}", complaints[0].rendered);
    assert!(complaints[0].rendered.contains("quote it: it holds `: `"), "{}", complaints[0].rendered);
}

#[test]
fn all_complaints_of_all_files_come_at_once() {
    Author::new()
        .writes("lesson.yaml", "minutes: 5", "minutes: five")
        .writes("lesson.yaml", "within: 5s", "within: soon")
        .writes("en.yaml", "title: One", "titel: One")
        .writes("en.yaml", "after: Done.", "after: ''")
        .writes("el.yaml", "summary: A small lesson.", "summary: [")
        .hears(&[
            "a text, not a number",
            "no duration",
            "did you mean `title`?",
            "`after` is empty",
            "did not find",
        ]);
}

#[test]
fn keys_and_types() {
    structure("minutes: 5", "minute: 5", &["did you mean `minutes`?"]);
    structure("minutes: 5", "minutes: '5'", &["this is a text, not a number"]);
    structure("minutes: 5", "minutes: -5", &["must be whole"]);
    structure("minutes: 5", "minutes:", &["this is null, not a number"]);
    structure("minutes: 5", "minutes: 5\n    minutes: 6", &["`minutes` stands here twice"]);
    structure("gives: 'true'", "gives: true", &["quote this: 'true'"]);
    structure("terminals: [alex, kate]", "terminals: alex", &["this is a text, not a list"]);
    structure("prints: Hi", "prints: { Hi }", &["quote this: it begins with `{`"]);
    structure("prints: Hi", "prints: [Hi]", &["quote this: it begins with `[`"]);
    structure("prints: Hi", "prints: %{}", &["quote this: it begins with `%`"]);
    structure("prints: Hi", "prints: @x", &["quote this: it begins with `@`"]);
    structure("prints: Hi", "prints: #x", &["quote this: it begins with `#`"]);
    structure("prints: Hi", "prints: a: b", &["quote it: it holds `: `"]);
    structure("prints: Hi", "prints: a #b", &["YAML takes what follows ` #` for a comment"]);
    structure("    minutes: 5", "\tminutes: 5", &["indent with spaces"]);
    structure("lesson: small", "- small", &["error"]);
}

/// What one complaint brings about in other files is not told again there.
#[test]
fn prose_is_held_against_nothing_that_cannot_be_read() {
    structure("terminals: [alex, kate]", "terminal: [alex, kate]", &["did you mean `terminals`?"]);
    structure("\nsections:", "\nsection:", &["did you mean `sections`?"]);
    structure("steps:\n      - id: whose", "stops:\n      - id: whose", &["did you mean `steps`?"]);
    structure(
        "      - id: whose\n        ask: { choices: [alex, kate], correct: kate }\n        answer: [ choose: kate ]\n",
        "        7\n",
        &["this is a number, not a list"],
    );
}

#[test]
fn references() {
    structure("silent: kate", "silent: kat", &["did you mean `kate`?"]);
    structure("by: kate", "by: kat", &["did you mean `kate`?"]);
    structure("- kate: |", "- kat: |", &["did you mean `kate`?"]);
    structure("needs: [define-kate]", "needs: [define-cate]", &["did you mean `define-kate`?"]);
    structure("needs: [define-kate]", "needs: [hello]", &["a step can't need itself"]);
    structure("needs: [define-kate]", "needs: [whose]", &["a step of another section"]);
    structure(
        "answer:\n          - kate",
        "needs: [hello]\n        answer:\n          - kate",
        &["a later step"],
    );
    structure("mistake: on-alex", "mistake: on-alec", &["did you mean `on-alex`?"]);
    structure("correct: alex", "correct: alec", &["did you mean `alex`?"]);
    structure("choose: kate", "choose: alex", &["must be `[ choose: kate ]`"]);
    structure("choose: kate", "choose: nobody", &["has no choice `nobody`"]);
    structure("lesson: small", "lesson: large", &["folder is named `small`"]);
}

#[test]
fn ids() {
    structure("terminals: [alex, kate]", "terminals: [alex, kate, alex]", &["`alex` is named twice"]);
    structure("terminals: [alex, kate]", "terminals: [alex, kate, close]", &["inputs use that word"]);
    structure("terminals: [alex, kate]", "terminals: [alex, kate, kill]", &["inputs use that word"]);
    structure("terminals: [alex, kate]", "terminals: [alex, kate, Moebi]", &["lower-case letters"]);
    let twice = Author::new().writes("lesson.yaml", "id: whose", "id: hello");
    let complaints = load(&twice.source(), &Nonce::sample()).expect_err("complaints");
    assert!(report(&complaints).contains("there are two steps `hello`"), "{}", report(&complaints));
    let reserved = Author::new().writes("lesson.yaml", "id: two", "id: glossary");
    let complaints = load(&reserved.source(), &Nonce::sample()).expect_err("complaints");
    assert!(report(&complaints).contains("no section can be named `glossary`"), "{}", report(&complaints));
}

#[test]
fn conditions() {
    structure("- silent: kate", "- silent: kate\n            by: kate", &["`silent` takes of"]);
    structure("- silent: kate", "- silent: kate\n            prints: x", &["two verbs in one condition"]);
    structure("- silent: kate", "- in: kate", &["a condition needs a verb"]);
    structure("- silent: kate", "- fault: { close: kate }", &["write it like `{ pause: kate }` or"]);
    structure("- silent: kate", "- fault: { pause: kat }", &["did you mean `kate`?"]);
    structure("prints: Hi", "matches: 'a('", &["bad regular expression: unclosed group"]);
    structure("prints: Hi", "matches: 'a*'", &["matches even where nothing is printed"]);
    structure("by: kate", "times: 0", &["counts from 1"]);
    structure("            gives: 'true'\n", "", &["needs `gives`, `same` or `changes`"]);
    structure("in: kate\n", "same: true\n", &["`in` is missing"]);
    structure("in: kate\n", "in: kate\n            same: true\n", &["`same` compares terminals"]);
    structure(
        "prints: Hi\n            in: alex\n            by: kate",
        "not: { prints: Hi }",
        &["holds before anything is done"],
    );
    structure("- silent: kate", "- connected: [alex]", &["takes two nodes"]);
    structure(
        "- silent: kate",
        "- message: '{:hi, _'\n            from: alex",
        &["this is no whole Elixir expression"],
    );
    structure(
        "- silent: kate",
        "- message: ':hi'\n            from: bob",
        &["starts a node `bob@localhost`"],
    );
    structure(
        "- silent: kate",
        "- message: ':hi'\n            in: alex",
        &["`message` takes from, to, earlier"],
    );
    structure(
        "- silent: kate",
        "- { message: ':hi', from: kate, to: kate }",
        &["between two different nodes"],
    );
    structure(
        "ask: { choices: [alex, kate], correct: kate }",
        "ask: missed",
        &[
            "`ask: missed` has no answer of its own",
            "`text` is missing here",
            "lesson.yaml has no `ask` for this step",
            "`text` is missing here",
            "lesson.yaml has no `ask` for this step",
        ],
    );
    structure("- silent: kate", "- any: [{ silent: kate }]", &["at least two conditions"]);
}

#[test]
fn elixir_is_read() {
    structure("def say_name, do: IO.puts(\"Hi\")", "def say_name do: IO.puts(\"Hi\"", &["no whole Elixir"]);
    structure("gives: 'true'", "gives: '{:ok'", &["no whole Elixir"]);
    structure("- silent: kate", "- typed: 'send(#PID<0.1.0>, 1)'", &["a printed pid as a comment"]);
    let author = Author::new().writes("lesson.yaml", "fn -> Kate.say_name() end)", "fn -> Kate.say_name() )");
    let complaints = load(&author.source(), &Nonce::sample()).expect_err("a complaint");
    assert_eq!((complaints[0].line, complaints.len()), (36, 1), "{}", complaints[0].rendered);
}

#[test]
fn steps() {
    structure("within: 5s", "within: 5m", &["write it like `5s` or `800ms`"]);
    structure("{ 1: It may be. }", "{ 2: It may be. }", &["no input number 2"]);
    structure("answer: [ choose: kate ]", "check: []", &["a step that asks a question has no `check`"]);
    structure(
        "choices: [alex, kate], correct: alex",
        "choices: [alex], correct: alex",
        &["at least two choices", "no choice `kate`", "no choice `kate`"],
    );
    structure("'>= 1.14'", "1.14", &["write `'>= 1.14'`"]);
    structure("'>= 1.14'", "'1.14'", &["write `'>= 1.14'`"]);
}

#[test]
fn prose_covers_every_step() {
    english("    hello:", "    helo:", &["did you mean `hello`?"]);
    english(
        "two:\n  title: Two\n",
        "three:\n  title: Two\n",
        &["section `two` has no text", "no section `three`"],
    );
    english("hints: [With spawn_link.]", "hints: []", &["at least one hint"]);
}

#[test]
fn prose_lacks_nothing() {
    english("      text: Say it.\n", "", &["`text` is missing"]);
    english("title: Small\n", "", &["`title` is missing"]);
    english("kate: { text: kate, why: No. }", "kate: { text: kate }", &["`why` is missing"]);
    english("          kate: { text: kate, why: No. }\n", "", &["the choice `kate` has no text"]);
    english(", try: Type the rest. ", "", &["`try` is missing"]);
    english("      after: Done.\n", "", &["`after` is missing here: el.yaml has it"]);
    english("title: Two", "title: Two #2", &["YAML takes what follows ` #` for a comment"]);
    english("title: Two", "title: ' '", &["`title` is empty"]);
    let bare = Source { files: Author::new().source().files[..1].to_vec(), ..Author::new().source() };
    assert!(load(&bare, &Nonce::sample()).expect_err("no texts")[0].message.contains("has no texts"));
}

#[test]
fn glossaries_explain_the_same_terms() {
    let node = "{ node: A runtime with a name. }";
    english(node, "{}", &["the glossary lacks the term `node` of el.yaml"]);
    english(node, "{ node: ' ' }", &["the explanation is empty"]);
    english(node, "{ node: { also: [knot] } }", &["`text` is missing"]);
    english(node, "{ node: { also: [' '], text: A name. } }", &["the name is empty"]);
    english(node, "{ node: { also: [Node], text: A name. } }", &["`Node` names this term already"]);
    english(
        node,
        "{ node: One., Knot: { also: [node], text: Two. } }",
        &["`node` stands for two terms", "lacks the term `Knot` of en.yaml"],
    );
    english(node, "{ node: { als: [knot], text: A name. } }", &["did you mean `also`?"]);
    english(
        node,
        "{ knot: A name. }",
        &["lacks the term `node` of el.yaml", "lacks the term `knot` of en.yaml"],
    );
    let two = "{ alpha: { also: [node], text: One. }, beta: { also: [knot], text: Two. } }";
    let both = Author::new().writes("el.yaml", node, two);
    both.writes("en.yaml", node, "{ node: { also: [knot], text: A name. } }")
        .hears(&["`node` is two terms in el.yaml: `alpha` and `beta`"]);
}

#[test]
fn a_term_is_looked_up_in_either_language() {
    let greek = "{ κόμβος: { also: [node], text: Ένα runtime με όνομα. } }";
    let lesson = Author::new().writes("el.yaml", "{ node: A runtime with a name. }", greek).loads();
    let (english, greek) = (lesson.prose(Lang::En), lesson.prose(Lang::El));
    assert_eq!(english.term("Node"), Some(("node", "A runtime with a name.")));
    assert_eq!(greek.term("node"), Some(("κόμβος", "Ένα runtime με όνομα.")));
    assert_eq!(greek.term("ΚΟΜΒΟΣ"), greek.term("node"));
    assert_eq!((english.term("nodes"), english.nearest_term("nodes")), (None, Some("node")));
    assert_eq!(greek.nearest_term("κόμβοι"), Some("κόμβος"));
}

#[test]
fn marks_and_line_ends_of_other_systems_are_taken() {
    Author::new().turns(|text| format!("\u{feff}{text}")).loads();
    let lesson = Author::new().turns(|text| text.replace('\n', "\r\n")).loads();
    let (_, step) = lesson.step("define-kate").expect("the step");
    assert!(format!("{:?}", step.answer()).contains("do\\n  def"), "{:?}", step.answer());
}

#[test]
fn floods_are_refused() {
    for flood in ["x".repeat(10 << 20), "[".repeat(50_000), "? ".repeat(50_000), "a: &a [*a, *a]".to_string()]
    {
        let author = Author::new().writes("lesson.yaml", STRUCTURE, &flood);
        assert!(load(&author.source(), &Nonce::sample()).is_err());
    }
    let many = "- x\n".repeat(5_000);
    let author = Author::new().writes("lesson.yaml", "sections:\n", &format!("sections:\n{many}"));
    assert!(load(&author.source(), &Nonce::sample()).expect_err("complaints").len() <= 300);
}

fn answers(text: &str) -> Result<moebi::lesson::Answers, String> {
    load_answers("answers.yaml", text, &Author::new().loads()).map_err(|complaints| report(&complaints))
}

#[test]
fn a_submission_is_read_and_written() {
    let text = "lesson: small\nanswers:\n  define-kate:\n  - kate: |-\n      defmodule Kate do\n      end\n  - alex: '[1]'\n  hello:\n  - choose: alex\n  - close: kate\n  - pause: kate\n  - cut: [alex, kate]\n";
    let read = answers(text).expect("a submission");
    assert_eq!(answers(&read.to_yaml()).as_ref(), Ok(&read), "{}", read.to_yaml());
    assert!(read.to_yaml().contains("kate: |-\n"), "{}", read.to_yaml());
}

#[test]
fn a_wrong_submission_is_complained_about() {
    let hears = |text: &str, wanted: &str| {
        let report = answers(text).expect_err("complaints");
        assert!(report.contains(wanted), "no {wanted:?} in\n{report}");
    };
    hears("lesson: large\nanswers: {}\n", "another lesson");
    hears("lesson: small\nanswers: { helo: [] }\n", "did you mean `hello`?");
    hears("lesson: small\nanswers: { hello: [ kat: x ] }\n", "did you mean `kate`?");
    hears("lesson: small\nanswers: { hello: [ alex: [1] ] }\n", "quote this: it begins with `[`");
    hears("lesson: small\nanswers: { define-kate: [ choose: alex ] }\n", "asks nothing");
    hears("lesson: small\nanswers: { hello: [ write: { path: ../x, text: y } ] }\n", "inside the workspace");
    hears("lesson: small\nanswers: { hello: [ kill: kat ] }\n", "did you mean `kate`?");
    hears("lesson: small\nanswers: { hello: [ kill: [alex, kate] ] }\n", "write it like `kill: kate`");
    for nodes in ["alex", "[alex, alex]", "[]", "[alex, kate, alex]"] {
        let text = format!("lesson: small\nanswers: {{ hello: [ cut: {nodes} ] }}\n");
        hears(&text, "write it like `cut: [alex, kate]`");
    }
    hears("lesson: small\nanswer: {}\n", "did you mean `answers`?");
    hears("lesson: small\nanswers: { hello: [ { alex: a, kate: b } ] }\n", "one key only");
}

proptest! {
    #[test]
    fn any_texts_round_trip(text in "[ -~\n\tα-ω]{0,60}", more in "\\PC{0,20}") {
        let lesson = Author::new().loads();
        let mut given = answers("lesson: small\nanswers: { hello: [ alex: x ] }\n").expect("a submission");
        for (_, inputs) in &mut given.steps {
            for (input, text) in inputs.iter_mut().zip([&text, &more]) {
                if let moebi::lesson::Input::Type { text: typed, .. } = input {
                    *typed = text.trim_end_matches('\n').to_string();
                }
            }
        }
        let yaml = given.to_yaml();
        let read = load_answers("answers.yaml", &yaml, &lesson).map_err(|complaints| report(&complaints));
        prop_assert_eq!(read.as_ref(), Ok(&given), "{}", yaml);
    }

    #[test]
    fn mutated_answers_never_panic(
        at in 0usize..400,
        cut in 0usize..12,
        put in "[ \\-:{}\\[\\]#'\"|>&*!%@`\n\tαa1~]{0,6}",
    ) {
        let lesson = Author::new().loads();
        let text = "lesson: small\nlearners: [Anna, Δήμητρα]\nanswers:\n  hello:\n    - alex: |\n        IO.puts(\"hi\")\n    - kill: kate\n    - write: { path: chat/a.ex, text: 'x' }\n    - cut: [alex, kate]\n  define-kate: [ kate: \"1 + 1\" ]\n";
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let from = bounds[at % bounds.len()];
        let to = bounds.get(at % bounds.len() + cut).copied().unwrap_or(text.len());
        let mut text = text.to_owned();
        text.replace_range(from..to, &put);
        if let Err(complaints) = load_answers("answers.yaml", &text, &lesson) {
            prop_assert!(complaints.iter().all(|complaint| complaint.line > 0 && complaint.column > 0));
        }
    }

    #[test]
    fn a_mutated_lesson_never_panics(
        file in 0usize..3,
        at in 0usize..1400,
        cut in 0usize..12,
        put in "[ \\-:{}\\[\\]#'\"|>&*!%@`\n\tαa1~]{0,6}",
    ) {
        let mut source = Author::new().source();
        let text = &mut source.files[file].1;
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let from = bounds[at % bounds.len()];
        let to = bounds.get(at % bounds.len() + cut).copied().unwrap_or(text.len());
        text.replace_range(from..to, &put);
        if let Err(complaints) = load(&source, &Nonce::sample()) {
            prop_assert!(complaints.iter().all(|complaint| complaint.line > 0 && complaint.column > 0));
        }
    }
}

#[test]
fn the_lesson_in_the_binary_draws_no_complaint() {
    let (report, complaints) = lint(&moebi::lesson::embedded());
    assert_eq!(complaints, 0, "{report}");
}

#[test]
fn a_folder_is_read_and_what_is_no_utf8_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let small = folder.path().join("small");
    std::fs::create_dir(&small).expect("a lesson's folder");
    for (name, text) in &Author::new().finds_words().source().files {
        let name = name.rsplit('/').next().expect("a file name");
        std::fs::write(small.join(name), text).expect("a file");
    }
    let sources = moebi::lesson::from_folder(folder.path()).expect("sources");
    assert_eq!(lint(&sources).0, "no complaints in 1 lesson, 2 languages\n");
    std::fs::write(small.join("el.yaml"), b"title: \n\xff").expect("a file");
    let sources = moebi::lesson::from_folder(folder.path()).expect("sources");
    let (report, _) = lint(&sources);
    assert!(report.contains("error: this is no UTF-8") && report.contains("el.yaml:2:1"), "{report}");
    std::fs::write(small.join("el.yaml"), "x".repeat(3 << 20)).expect("a file");
    let (report, _) = lint(&moebi::lesson::from_folder(folder.path()).expect("sources"));
    assert!(report.contains("larger than 1024 KB"), "{report}");
}

#[test]
fn model_answers_contain_what_their_steps_want_typed() {
    use moebi::lesson::{Cause, Condition, Evidence, Fact, Holds, Input, judge};
    fn wants_typing(condition: &Condition) -> bool {
        match condition {
            Condition::Typed(_) => true,
            Condition::Any(any) => any.0.iter().all(wants_typing),
            Condition::Together(together) => together.0.iter().all(wants_typing),
            _ => false,
        }
    }
    let lesson = load(&moebi::lesson::embedded()[0], &Nonce::sample()).expect("the lesson in the binary");
    let mut wanted = 0;
    for step in lesson.sections.iter().flat_map(|section| &section.steps) {
        let Task::Do { answer, check, .. } = &step.task else { continue };
        let mut evidence = Evidence::default();
        for (number, input) in answer.iter().enumerate() {
            if let Input::Type { terminal, text } = input {
                let number = u32::try_from(number).expect("an answer is short");
                let cause = Some(Cause { terminal: terminal.clone(), number });
                let (terminal, prompt) = (terminal.clone(), String::new());
                let fact = Fact::Line { terminal, prompt, text: text.clone() };
                evidence.push(std::time::Duration::ZERO, cause, fact);
            }
        }
        for condition in check.conditions.iter().filter(|condition| wants_typing(condition)) {
            wanted += 1;
            let finding = judge(std::slice::from_ref(condition), &evidence, true).remove(0);
            assert_eq!(finding.holds, Holds::Yes, "{}: {finding:?}", step.id);
        }
    }
    assert!(wanted > 0, "no step wants anything typed");
}

#[test]
fn what_stands_twice_shows_both_places() {
    let author = Author::new().writes("lesson.yaml", "minutes: 5", "minutes: 5\n    minutes: 6");
    let complaints = load(&author.source(), &Nonce::sample()).expect_err("a complaint");
    insta::assert_snapshot!(complaints[0].rendered, @r"
    error: `minutes` stands here twice
      --> small/lesson.yaml:10:5
       |
    10 |     minutes: 6
       |     ^^^^^^^
       |
      ::: small/lesson.yaml:9:5
       |
     9 |     minutes: 5
       |     ------- the first one
       |
       = help: keep one of the two
    ");
}

#[test]
fn what_is_new_in_a_step_is_in_the_glossary() {
    let text = "      text: Say it.\n";
    let new = |words: &str| format!("{text}      words: [{words}]\n");
    english(text, &new("knot"), &["the glossary has no term `knot`"]);
    english(text, &new("nods"), &["did you mean `node`?"]);
    let lesson = Author::new().writes("en.yaml", text, &new("NODE")).loads();
    let section = &lesson.prose(Lang::En).sections.values().next().expect("a section");
    assert!(section.steps.values().any(|step| step.words == ["node"]));
}

#[test]
fn files_and_commands() {
    let instead = |new: &str, wanted: &[&str]| structure("- silent: kate", new, wanted);
    instead("- file: ../secret", &["must stay inside the workspace"]);
    instead("- { file: chat/lib/chat.ex, defines: chat/2 }", &["`chat/2` is no function"]);
    instead("- { file: chat/lib/chat.ex, contains: 'def (' }", &["no whole Elixir"]);
    instead("- { file: chat/lib/chat.ex, exit: 1 }", &["`file` takes contains, defines, lacks"]);
    instead("- { runs: mix test, contains: x }", &["`runs` takes in, exit, prints, matches, lacks, line"]);
    instead("- { runs: mix test, matches: '(' }", &["bad regular expression"]);
    let text = "- { file: notes.txt, contains: 'def (' }\n          - { runs: mix test, exit: 2, prints: no connection }";
    Author::new().writes("lesson.yaml", "- silent: kate", text).loads();
}
