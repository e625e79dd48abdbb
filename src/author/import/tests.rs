//! Whatever a source holds, an import is a lesson or says why not.

use proptest::prelude::*;

use super::*;
use crate::{author::lint, lesson::Source};

/// Pieces of which sources are made, and of which a few break something.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "# One\n",
        "## Δύο\n",
        "### Three: the third, with a title that goes on for very much longer than a line has room for\n",
        "A word, *two* and `three`.\n",
        "Αν τρέξεις `mix test`, θα δεις:\n",
        "Write it into `lib/a.ex`:\n",
        "* a\n  * b\n\n    c\n",
        "> quoted\n> > twice\n",
        "| a | b |\n|---|---|\n| `c` | |\n",
        "<div>\n<b>x</b>\n",
        "1. one\n2. two\n",
        "[^1]: a note\n",
        "text \\* _ ` [ < & ~ ${nonce} \u{200b}\u{202e}\n",
        "```bash\niex --sname alex@localhost\niex(alex@localhost)>\n```\n",
        "```bash\niex --sname kate --cookie c\n```\n",
        "```bash\niex --sname shell@localhost -S mix\n```\n",
        "```shell\nmix new chat --sup\ncd chat\n```\n",
        "```shell\n$ mix test\n1 test, 1 failure\n```\n",
        "```sh\nmix deps.get\n```\n",
        "```elixir\niex(kate@localhost)> defmodule Kate do\n...(kate@localhost)>   def a, do: 1\n...(kate@localhost)> end\n```\n",
        "```elixir\niex> x = \"hi\"\n\"hi\"\niex> hi\n```\n",
        "```elixir\niex> IO.puts \"it's\"\nit's\n:ok\niex> raise \"no\"\n** (RuntimeError) no\n```\n",
        "```elixir\niex> fn ->\n```\n",
        "```elixir\n...> end\n```\n",
        "```elixir\n# lib/a.ex\ndefmodule A do\n  def b, do: 1\nend\n```\n",
        "```elixir\n# lib/a.ex\n...\ndef c(x) do\n  x\nend\n```\n",
        "```elixir\n# lib/a.ex\n...\ndef b do\n  2\nend\n\ndefp d, do: 3\n```\n",
        "```elixir\n# ../../etc/x.ex\nx\n```\n",
        "```elixir\n# test/a_test.exs\ndefmodule ATest do\n  use ExUnit.Case\nend\n```\n",
        "```elixir\ndefmodule C do\nend\n```\n",
        "```elixir\n1 + 1\n# => 2\n```\n",
        "```elixir\n** (exit) exited in: a\n     ** (EXIT) no\n```\n",
        "```json\n{}\n```\n",
        "    indented code\n",
        "```elixir\nunclosed\n",
        "---\n",
        "\u{0}\t\u{feff}\n",
    ];
    prop_oneof![
        12 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => "[ -~\n]{0,40}",
        1 => "\\PC{0,20}\n",
    ]
}

fn source() -> impl Strategy<Value = String> {
    let front = prop_oneof![
        3 => Just(String::new()),
        1 => Just("%{\n  version: \"1.0\",\n  title: \"T: x\",\n  excerpt: \"\"\"\n  An excerpt.\n  \"\"\"\n}\n---\n".to_owned()),
        1 => Just("---\ntitle: T\n---\n".to_owned()),
        1 => Just("%{ title: \"\n---\n".to_owned()),
    ];
    (front, prop::collection::vec(piece(), 0..14)).prop_map(|(front, pieces)| front + &pieces.join("\n"))
}

/// That there was nothing to do; all else must have become a lesson.
fn is_refused(error: &Error) -> bool {
    error.told() == messages::nothing_to_do()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_source_becomes_a_lesson_or_has_nothing_in_it_to_do(text in source(), is_greek: bool) {
        let id = LessonId::parse("x").expect("a name");
        let lang = if is_greek { Lang::El } else { Lang::En };
        match import(&text, "x.md", &id, lang) {
            Ok(imported) => {
                let source = Source { id: "x".to_owned(), files: imported.files.to_vec() };
                let linted = lint(&[source]);
                prop_assert!(linted.is_clean(), "{}\n{}", linted.human(), imported.files[0].1);
            }
            Err(error) => prop_assert!(is_refused(&error), "{error}"),
        }
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let id = LessonId::parse("x").expect("a name");
    let deep = format!("{}x\n\n```iex\niex> 1\n```\n", "> ".repeat(5000));
    assert!(import(&deep, "x.md", &id, Lang::En).is_ok());
    let error = import(&"x\n\n".repeat(MAX_PARTS + 1), "x.md", &id, Lang::En).expect_err("too many");
    assert_eq!(error.told(), messages::too_many_parts(MAX_PARTS));
    let blocks = "```sh\nls\n```\n".repeat(MAX_BLOCKS + 1);
    let error = import(&blocks, "x.md", &id, Lang::En).expect_err("too many");
    assert_eq!(error.told(), messages::too_many_blocks(MAX_BLOCKS));
    let error = import(&"x".repeat(MAX_BYTES + 1), "x.md", &id, Lang::En).expect_err("too large");
    assert_eq!(error.told(), messages::too_large(MAX_BYTES / 1024));
}

#[test]
fn a_file_is_good_for_a_name_and_a_language() {
    let told = |name: &str| {
        let (id, lang) = named(name);
        (id.map(|id| id.to_string()), lang)
    };
    assert_eq!(told("otp-distribution.el.md"), (Some("otp-distribution".to_owned()), Some(Lang::El)));
    assert_eq!(told("OTP Distribution.md"), (Some("otp-distribution".to_owned()), None));
    assert_eq!(told("Κόμβοι.md"), (Some("komvoi".to_owned()), None));
    assert_eq!(told("42.md"), (None, None));
}
