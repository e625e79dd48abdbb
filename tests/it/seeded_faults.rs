//! A lesson with one slip in it: it is told once, where it was made, and its cure cures it.

use moebi::{
    author::{fix, lint},
    lesson::{RenderedDiagnostic, Source, embedded},
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
          - write:
              path: notes.exs
              text: |
                greeting = "Hi"
          - edit: { path: notes.exs, replace: '"Hi"', with: '"Hi!"' }
          - kate: |
              defmodule Kate do
                def say_name, do: IO.puts("Hi")
              end
        check:
          defined:
            - probe: function_exported?(Kate, :say_name, 0)
              in: kate
              gives: 'true'
        right:
          - answer:
              - kate: 'defmodule Kate, do: def(say_name, do: :ok)'
        wrong:
          - mistake: on-alex
            answer:
              - alex: 'defmodule Kate, do: def(say_name, do: :ok)'
          - mistake: stuck
            answer:
              - alex: IO.puts("Hi
        mistakes:
          on-alex:
            - { typed: 'defmodule(Kate, _)', in: alex }
      - id: hello
        needs: [define-kate]
        within: 5s
        predict: { choices: [alex, kate], correct: alex }
        answer:
          - alex: Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)
          - alex: Node.list()
        optional: { 2: It only looks. }
        check:
          said:
            - prints: Hi
              in: alex
              by: kate
            - silent: kate
          listed:
            - together:
                - { typed: Node.list(), in: alex }
                - { returns: '[:kate@localhost]', in: alex }
  - id: two
    minutes: 5
    steps:
      - id: whose
        ask: { choices: [alex, kate], correct: kate }
"#;

const ENGLISH: &str = "title: Small
summary: A small lesson.
glossary:
  node: A runtime with a name.
mistakes:
  stuck: { seen: It waits., try: Type the rest of it. }
one:
  title: One
  steps:
    define-kate:
      mistakes:
        on-alex: { seen: It is on alex., try: Type it on kate. }
      title: Define kate
      words: [node]
      text: |
        Define *her*, and see `/word node`.

        ```elixir
        defmodule Kate do
        end
        ```
      hints:
        - Begin with `defmodule`.
        - The whole is a `defmodule` with one `def`.
      check:
        defined: { holds: kate knows her name, missing: kate does not know her name }
    hello:
      title: Say hello
      text: Say it from alex.
      hints: [With spawn_link.]
      predict:
        ask: Where does it appear?
        choices:
          alex: { text: On the screen of alex, why: That is where it came from. }
          kate: { text: On the screen of kate, why: The group leader is another one. }
      after: Done, and `/goto whose` goes on.
      check:
        said: { holds: it was said, missing: it was not said yet }
        listed: { holds: it was listed, missing: it was not listed yet }
two:
  title: Two
  steps:
    whose:
      title: Whose?
      ask:
        ask: Whose was it then?
        choices:
          alex: { text: alex, why: It was not. }
          kate: { text: kate, why: So it was. }
";

const GREEK: &str = "title: Μικρό
summary: Ένα μικρό μάθημα.
glossary:
  κόμβος: { also: [node], text: Ένα σύστημα με όνομα. }
mistakes:
  stuck: { seen: Περιμένει., try: Γράψε και το υπόλοιπο. }
one:
  title: Ένα
  steps:
    define-kate:
      title: Όρισε την kate
      words: [κόμβος]
      text: |
        Όρισέ *την*, και δες το `/word κόμβος`.

        ```elixir
        defmodule Kate do
        end
        ```
      hints:
        - Ξεκίνα με `defmodule`.
        - Όλο μαζί είναι ένα `defmodule` με ένα `def`.
      check:
        defined: { holds: η kate ξέρει το όνομά της, missing: η kate δεν ξέρει το όνομά της }
      mistakes:
        on-alex: { seen: Είναι στον alex., try: Γράψε το στην kate. }
    hello:
      after: Έγινε, και το `/goto whose` συνεχίζει.
      title: Πες γεια
      text: Πες το από τον alex.
      hints: [Με το spawn_link.]
      predict:
        ask: Πού εμφανίζεται;
        choices:
          alex: { text: Στην οθόνη του alex, why: Από εκεί ήρθε. }
          kate: { text: Στην οθόνη της kate, why: Ο αρχηγός της ομάδας είναι άλλος. }
      check:
        said: { holds: ειπώθηκε, missing: δεν ειπώθηκε ακόμη }
        listed: { holds: μπήκε στη λίστα, missing: δεν μπήκε ακόμη στη λίστα }
two:
  title: Δύο
  steps:
    whose:
      title: Ποιου;
      ask:
        ask: Ποιου ήταν λοιπόν;
        choices:
          alex: { text: alex, why: Δεν ήταν. }
          kate: { text: kate, why: Αυτό ήταν. }
";

/// Where the complaint is to stand.
const MARK: char = '¦';

fn source() -> Source {
    let files = [("lesson.yaml", STRUCTURE), ("en.yaml", ENGLISH), ("el.yaml", GREEK)];
    let file = |(name, text): (&str, &str)| (format!("small/{name}"), text.to_owned());
    Source { id: "small".to_owned(), files: files.map(file).to_vec() }
}

/// A slip, and what is wrong with how it is told.
struct Slip {
    file: &'static str,
    old: &'static str,
    new: String,
    told: &'static str,
}

impl Slip {
    fn defects(&self) -> Vec<String> {
        let (mut source, name) = (source(), format!("small/{}", self.file));
        let (_, text) = source.files.iter_mut().find(|(file, _)| *file == name).expect("one of three files");
        assert_eq!(text.matches(self.old).count().min(1), 1, "{name} holds no {:?}", self.old);
        *text = text.replacen(self.old, &self.new, 1);
        let at = text.find(MARK).unwrap_or_else(|| panic!("{:?} has no mark", self.new));
        *text = text.replacen(MARK, "", 1);
        let line = text[..at].matches('\n').count() + 1;
        let column = text[text[..at].rfind('\n').map_or(0, |newline| newline + 1)..at].chars().count() + 1;
        let told = lint(&[source.clone()]);
        let mut defects = Vec::new();
        let [complaint] = told.complaints.as_slice() else {
            return vec![format!("told {} times:\n{}", told.complaints.len(), told.human())];
        };
        if !complaint.message.contains(self.told) {
            defects.push(format!("it says {:?}", complaint.message));
        }
        if (complaint.file.as_str(), complaint.line, complaint.column) != (name.as_str(), line, column) {
            defects.push(format!("it is told at {}, and not at {line}:{column}", complaint.told()));
        }
        defects.extend(no_cure(source, complaint));
        defects
    }
}

/// What is wrong with the cure: none at all, or one that leaves or makes something wrong.
fn no_cure(mut source: Source, complaint: &RenderedDiagnostic) -> Option<String> {
    if complaint.fix.is_none() {
        return complaint.help.is_none().then(|| format!("{:?} has no cure", complaint.message));
    }
    fix::apply(&mut source, vec![complaint.clone()]);
    let left = lint(&[source]);
    (!left.is_clean()).then(|| format!("cured by {:?}, there is left:\n{}", complaint.fix, left.human()))
}

#[test]
fn the_lesson_itself_draws_no_complaint() {
    assert_eq!(lint(&[source()]).human(), "no complaints in 1 lesson, 2 languages\n");
    assert_eq!(lint(&embedded()).human(), "no complaints in 2 lessons, 2 languages\n");
}

#[test]
fn each_slip_is_told_once_where_it_is_and_its_cure_cures_it() {
    let mut wrong = Vec::new();
    for slip in slips() {
        for defect in slip.defects() {
            wrong.push(format!("{} {:?} for {:?}: {defect}", slip.file, slip.new, slip.old));
        }
    }
    assert!(slips().len() >= 80, "{} slips", slips().len());
    assert!(wrong.is_empty(), "{} defects:\n{}", wrong.len(), wrong.join("\n\n"));
}

proptest! {
    // Each is linted many times over.
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_mutated_lesson_is_linted_and_mended_without_a_panic(
        file in 0usize..3,
        at in 0usize..2400,
        cut in 0usize..12,
        put in "[ \\-:{}\\[\\]#'\"|>&*!%@`_$/\n\tαa1~“\u{a0}\u{202e}]{0,6}",
    ) {
        let mut source = source();
        let text = &mut source.files[file].1;
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let from = bounds[at % bounds.len()];
        let to = bounds.get(at % bounds.len() + cut).copied().unwrap_or(text.len());
        text.replace_range(from..to, &put);
        let (_, applied) = fix::fixed(&source);
        prop_assert!(applied.iter().all(|complaint| complaint.fix.is_some()));
        let complaints = lint(&[source]).complaints;
        prop_assert!(complaints.iter().all(|complaint| complaint.line > 0 && complaint.column > 0));
    }
}

fn slips() -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut slip = |file, old, new: &str, told| slips.push(Slip { file, old, new: new.to_owned(), told });
    let mut structure = |old, new: &str, told| slip("lesson.yaml", old, new, told);
    // White space and the form of YAML.
    structure("        needs: [define-kate]", "¦\tneeds: [define-kate]", "here is a tab");
    structure("    minutes: 5\n    start", "¦\t    minutes: 5\n    start", "here is a tab");
    structure("    minutes: 5\n    start", " ¦\u{a0}  minutes: 5\n    start", "no-break space");
    structure("minutes: 5\n    start", "minutes:¦\u{a0}5\n    start", "no-break space");
    structure("    minutes: 5\n    start", "     ¦minutes: 5\n    start", "this indentation");
    structure("    minutes: 5\n    start", "   ¦minutes: 5\n    start", "this indentation");
    structure("        check:\n          defined", "       ¦check:\n          defined", "this indentation");
    structure("'>= 1.14'", "¦>= 1.14", "unexpected character");
    structure("prints: Hi", "prints: ¦%{}", "unexpected character");
    structure("prints: Hi", "prints: a¦: b", "mapping values");
    structure("prints: Hi", "prints: ¦[Hi]", "a list, not a text");
    structure("prints: Hi", "prints: ¦{ Hi }", "a mapping, not a text");
    structure("prints: Hi", "prints: ¦#x", "null, not a text");
    structure("prints: Hi", "prints: a ¦#b", "for a comment");
    structure("sections:", "¦---\nsections:", "a second document");
    structure("prints: Hi", "prints: ¦*hi", "unknown anchor");
    structure("prints: Hi", "prints: ¦&Hi and more", "for the name of what follows");
    // Elixir's brackets, taken for YAML's.
    let alone = "alex: Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)";
    structure(
        alone,
        "alex: ¦{:ok, kate} = {:ok, Node.spawn(:kate@localhost, &Kate.say_name/0)}",
        "goes on as something else",
    );
    structure(
        alone,
        "alex: ¦[kate] = [Node.spawn(:kate@localhost, &Kate.say_name/0)]",
        "goes on as something else",
    );
    structure("typed: Node.list()", "typed: ¦Enum.at(Node.list(), 0)", "ends at its first comma");
    structure("typed: Node.list()", "typed: ¦Enum.map(Node.list(), & &1)", "ends at its first comma");
    structure("typed: Node.list()", "typed: ¦Node.spawn(:a@b, fn -> [1, 2] end)", "ends at its first comma");
    // Types.
    structure("'>= 1.14'", "¦1.10", "this is a number, not a version");
    structure("'>= 1.14'", "¦'1.14'", "no version that Moebi can compare");
    structure("'>= 1.14'", "¦'~> 1.14'", "no version that Moebi can compare");
    structure("minutes: 5\n    start", "minutes: ¦five\n    start", "a text, not a number");
    structure("minutes: 5\n    start", "minutes: ¦'5'\n    start", "a text, not a number");
    structure("minutes: 5\n    start", "minutes: ¦-5\n    start", "must be whole");
    structure("within: 5s", "within: ¦5", "no duration");
    structure("within: 5s", "within: ¦soon", "no duration");
    structure("gives: 'true'", "gives: ¦true", "a boolean, not a text");
    structure("terminals: [alex, kate]", "terminals: ¦alex, kate", "a text, not a list");
    structure(
        "choices: [alex, kate], correct: kate",
        "choices: [¦1, kate], correct: kate",
        "can't be a name",
    );
    structure("- alex: Node.list()", "- ¦alex Node.list()", "not an input");
    structure("- alex: Node.list()", "- ¦alex:Node.list()", "not an input");
    structure(
        "      - alex: iex --sname alex@localhost\n      - kate: iex --sname kate@localhost",
        "      ¦alex: iex --sname alex@localhost\n      kate: iex --sname kate@localhost",
        "a mapping, not a list",
    );
    // Keys and names.
    structure("minutes: 5\n    start", "¦minute: 5\n    start", "no key `minute`");
    structure("prints: Hi", "¦print: Hi", "no key `print`");
    structure("\nsections:", "\n¦sectoins:", "no key `sectoins`");
    structure("    steps:\n      - id: define-kate", "    ¦stps:\n      - id: define-kate", "no key `stps`");
    structure(
        "        mistakes:\n          on-alex",
        "        ¦mistaks:\n          on-alex",
        "no key `mistaks`",
    );
    structure("minutes: 5\n    start", "minutes: 5\n    ¦minutes: 6\n    start", "stands here twice");
    structure("terminals: [alex, kate]", "terminals: [alex, ¦kte]", "nothing is typed into `kte`");
    structure("terminals: [alex, kate]", "terminals: [alex, kate, ¦alex]", "is named twice");
    structure("terminals: [alex, kate]", "terminals: [alex, kate, ¦Dog]", "can't be a name");
    structure("terminals: [alex, kate]", "terminals: [alex, kate, ¦help]", "`/help` is a command");
    structure("terminals: [alex, kate]", "terminals: [alex, kate, ¦cut]", "inputs use that word");
    structure("silent: kate", "silent: ¦kat", "no terminal `kat`");
    structure("by: kate", "by: ¦kat", "starts a node `kat");
    structure("needs: [define-kate]", "needs: [¦define-cate]", "no step `define-cate`");
    structure("needs: [define-kate]", "needs: [¦whose]", "a step of another section");
    structure("mistake: on-alex", "mistake: ¦on-alec", "no mistake `on-alec`");
    structure("correct: alex", "correct: ¦alec", "none of the choices");
    structure("lesson: small", "lesson: ¦large", "folder is named `small`");
    // Conditions.
    structure("- silent: kate", "- silent: kate\n              ¦by: kate", "doesn't belong to `silent`");
    structure("- silent: kate", "- silent: kate\n              ¦raises: x", "two verbs");
    structure("- silent: kate", "- ¦in: kate", "needs a verb");
    structure("prints: Hi", "matches: ¦'a('", "bad regular expression");
    structure("prints: Hi", "matches: 'a¦(?=b)'", "look-around");
    structure("prints: Hi", "matches: '(\\w¦{1000}){1000}'", "size limit");
    structure("prints: Hi", "matches: ¦'a*'", "matches even where");
    structure("by: kate", "times: ¦0", "counts from 1");
    structure(
        "probe: function_exported?(Kate, :say_name, 0)\n              in: kate\n              gives: 'true'\n",
        "¦probe: function_exported?(Kate, :say_name, 0)\n              in: kate\n",
        "needs `gives`",
    );
    structure("prints: Hi", "prints: ¦“Hi”", "curly quotes are a part");
    structure(
        "            - silent: kate\n",
        "            - { returns: '1', in: alex }\n            - { ¦returns: '2', in: alex }\n",
        "can't both hold",
    );
    // Code.
    structure("- alex: Node.list()", "- alex: IO.puts(¦“Hi”)", "no curly quotes");
    structure("- alex: Node.list()", "- alex: IO.puts¦(", "no whole Elixir");
    structure(
        "- kate: 'defmodule Kate, do: def(say_name, do: :ok)'",
        "- kate: 'def¦(say_name, do:'",
        "no whole Elixir",
    );
    structure(
        "- alex: 'defmodule Kate, do: def(say_name, do: :ok)'",
        "- alex: 'def¦(say_name, do:'",
        "no whole Elixir",
    );
    structure("greeting = \"Hi\"", "greeting = \"H¦i", "no whole Elixir");
    structure("replace: '\"Hi\"'", "replace: ¦'\"Ho\"'", "does not hold this text");
    structure("with: '\"Hi!\"'", "with: ¦'\"Hi!'", "no whole Elixir any more");
    structure("path: notes.exs, replace", "path: ¦../notes.exs, replace", "inside the workspace");
    structure("prints: Hi", "prints: Hi¦\u{202e}", "direction of writing");
    structure("optional: { 2:", "optional: { ¦3:", "no input number 3");
    structure("- alex: Node.list()", "- alex: Node.list() ¦#PID<0.1.0>", "for a comment");

    let mut english = |old, new: &str, told| slip("en.yaml", old, new, told);
    // Texts.
    english("title: Small", "title: ¦&spawn/1 and its process", "for the name of what follows");
    english("title: Small", "title: ¦&spawn/1", "null, not a text");
    english("title: Small", "title: ¦`spawn` and more", "unexpected character");
    english("summary: A small lesson.", "summary: A small¦: lesson.", "mapping values");
    english("title: Two", "title: Two ¦#2", "for a comment");
    english("title: Two\n", "title: ¦' '\n", "is empty");
    english(
        "title: Define kate",
        "title: ¦Define kate and all that has ever been known of her or will be",
        "does not fit",
    );
    english("hints: [With spawn_link.]", "hints: ¦With spawn_link.", "a text, not a list");
    english("hints: [With spawn_link.]", "hints: ¦[]", "at least one hint");
    english(
        "    hello:\n      title: Say hello\n      text: Say it from alex.\n",
        "    ¦hello:\n      title: Say hello\n",
        "`text` is missing",
    );
    english("    hello:", "    ¦helo:", "no step `helo`");
    english("        on-alex:", "        ¦on-alec:", "no mistake `on-alec`");
    english(
        "    define-kate:\n      mistakes:\n        on-alex: { seen: It is on alex., try: Type it on kate. }\n",
        "    ¦define-kate:\n",
        "the mistake `on-alex`",
    );
    english("        defined:", "        ¦defnied:", "no goal `defnied`");
    english(
        "kate: { text: kate, why: So it was. }",
        "¦kat: { text: kate, why: So it was. }",
        "no choice `kat`",
    );
    english("words: [node]", "words: [¦nod]", "no term `nod`");
    english("try: Type it on kate. }", "¦tri: Type it on kate. }", "no key `tri`");
    english(
        "        ```elixir\n        defmodule Kate do\n        end\n        ```\n",
        "        ¦```elixir\n        defmodule Kate do\n        end\n",
        "is not closed",
    );
    english("Define *her*", "Define ¦**her", "is not closed");
    english("A small lesson.", "A ¦`small lesson.", "is not closed");
    english("Define *her*,", "Define ¦![her](her.png),", "an image");
    english("Define *her*", "Define ¦<b>her</b>", "HTML");
    english("Define *her*", "Define ¦~~her~~", "crossed-out");
    english(
        "Define *her*, and see `/word node`.",
        "See `/word node`.\n\n        ¦| a | b |\n        |---|---|\n        | c | d |",
        "a table",
    );
    english("`/word node`", "`/word ¦nod`", "no term `nod`");
    english("`/word node`", "`/¦wrd node`", "no command `/wrd`");
    english("`/goto whose`", "`/goto ¦whos`", "no section or step `whos`");
    english("Done, and", "Done, ¦${nonse}, and", "stands for nothing");
    english("Begin with `defmodule`", "Begin with `IO.puts(¦“Hi\")`", "a curly quote");
    english("Say it from alex.", "Say it. ¦On the screen of alex, that is.", "the right choice");
    english("A small lesson.", "A ¦\u{200b}small lesson.", "can't be seen");

    let mut greek = |old, new: &str, told| slip("el.yaml", old, new, told);
    greek("Ποιου ήταν λοιπόν;", "¦Whose was it then?", "not translated");
    greek(
        "        defmodule Kate do\n        end\n",
        "        ¦defmodule Cate do\n        end\n",
        "this code differs",
    );
    greek(
        "    hello:\n      after: Έγινε, και το `/goto whose` συνεχίζει.\n",
        "    ¦hello:\n",
        "`after` is missing",
    );
    greek(
        "      title: Πες γεια\n",
        "      title: Πες γεια\n      translates: ¦now\n",
        "still to be written here",
    );
    greek(
        "      title: Πες γεια\n",
        "      title: Πες γεια\n      translates: ¦'01234567'\n",
        "has changed since",
    );
    greek("also: [node]", "also: [node, ¦κόμβος]", "names this term already");
    slips
}
