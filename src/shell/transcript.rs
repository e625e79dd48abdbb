//! What a person pastes may carry the prompts it was shown with; the inputs are what stands behind them.

use crate::{
    lesson::TerminalName,
    render::highlight::{prompt, tells_no_terminal},
};

/// The inputs in `text`, each whole. Lines without a prompt among lines with one are what was printed.
pub fn inputs(text: &str) -> Vec<String> {
    let lines: Vec<_> = text.split('\n').map(|line| line.split_at(iex_prompt(line))).collect();
    let prompts = lines.iter().filter(|(prompt, _)| !prompt.is_empty()).count();
    if prompts == 0 {
        return vec![text.to_owned()];
    }
    let mut inputs: Vec<String> = Vec::new();
    for (prompt, code) in lines {
        let is_first = !prompt.is_empty() && !prompt.trim_start().starts_with("...");
        // With a single prompt on top, the lines below are the rest of a pasted definition.
        let is_printed = prompt.is_empty() && prompts > 1;
        match inputs.last_mut() {
            _ if is_printed => {}
            Some(input) if !is_first => *input = format!("{input}\n{code}"),
            Some(_) | None => inputs.push(code.to_owned()),
        }
    }
    inputs.iter().map(|input| input.trim_end_matches('\n').to_owned()).collect()
}

/// A command as it is typed at `$`, without `$ ` or `alex $ ` before it.
pub fn command<'a>(text: &'a str, terminal: Option<&str>) -> &'a str {
    let bare = terminal.and_then(|name| text.strip_prefix(name)).map_or(text, str::trim_start);
    bare.strip_prefix("$ ").unwrap_or(text)
}

fn iex_prompt(line: &str) -> usize {
    let label = label(line);
    match label + prompt(&line[label..]) {
        at if line[..at].trim_end().ends_with('$') => 0,
        at => at,
    }
}

/// How many bytes are the terminal's name that Moebi shows before a prompt without it: `shell iex(1)> `.
fn label(line: &str) -> usize {
    let Some((name, rest)) = line.split_once(' ') else { return 0 };
    let asked = &rest[..prompt(rest)];
    if tells_no_terminal(asked, name) && TerminalName::parse(name).is_ok() {
        line.len() - rest.len()
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_stripped() {
        assert_eq!(inputs("1 + 1"), ["1 + 1"]);
        assert_eq!(inputs("iex(alex@localhost)1> Node.list()"), ["Node.list()"]);
        assert_eq!(inputs("iex(1)> x"), ["x"]);
        assert_eq!(inputs("shell iex(1)> x"), ["x"]);
        assert_eq!(inputs("shell iex(alex@localhost)1> x"), ["x"]);
        assert_eq!(inputs("shell iex(1)> fn ->\n      ...(1)> :ok end"), ["fn ->\n:ok end"]);
        assert_eq!(inputs("f iex > 2"), ["f iex > 2"]);
        assert_eq!(inputs("...> end"), ["end"]);
        assert_eq!(inputs("...(alex@localhost)1> end"), ["end"]);
    }

    #[test]
    fn a_transcript_is_several_inputs_without_what_was_printed() {
        let pasted = "iex(1)> defmodule Kate do\n...(1)>   def a, do: 1\n...(1)> end\n{:module, Kate, <<>>, nil}\niex(2)> Kate.a()\n1\niex(3)> ";
        assert_eq!(inputs(pasted), ["defmodule Kate do\n  def a, do: 1\nend", "Kate.a()", ""]);
    }

    #[test]
    fn one_prompt_on_top_of_a_definition() {
        assert_eq!(inputs("iex> defmodule A do\n  :ok\nend"), ["defmodule A do\n  :ok\nend"]);
    }

    #[test]
    fn commands_lose_their_dollar() {
        assert_eq!(command("$ mix test", None), "mix test");
        assert_eq!(command("alex $ iex", Some("alex")), "iex");
        assert_eq!(command("alex", Some("alex")), "alex");
        assert_eq!(command("$HOME/x", None), "$HOME/x");
    }
}
