//! What `moebi export` writes for other programs, as those take it.

use std::process::Command;

use crate::support::{elixir, home::Home};

/// The notebook's cells, by Livebook's own rule: blocks of Elixir that no comment before them makes text.
fn cells(book: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut open: Option<(String, Vec<&str>, bool)> = None;
    let mut is_text = false;
    for line in book.lines() {
        match &mut open {
            Some((fence, code, is_cell)) if line == fence => {
                if *is_cell {
                    cells.push(code.join("\n"));
                }
                open = None;
            }
            Some((_, code, _)) => code.push(line),
            None if line.starts_with("```") => {
                let kind = line.trim_start_matches('`');
                let fence = line[..line.len() - kind.len()].to_owned();
                open = Some((fence, Vec::new(), kind == "elixir" && !is_text));
                is_text = false;
            }
            None if line.contains("force_markdown") => is_text = true,
            None => {}
        }
    }
    cells
}

#[test]
fn a_notebooks_cells_are_elixir_and_run() {
    let home = Home::new();
    let book = home.runs(&["export", "--model", "--format", "livemd"]).exits(0).stdout;
    let cells = cells(&book);
    assert!(cells.len() > 20, "{cells:#?}");
    assert!(!cells.iter().any(|cell| cell.contains("System.halt")), "that would be the notebook's own node");
    assert_eq!(cells[0], "import IEx.Helpers", "before the first section, that is what is set up");
    assert!(cells.iter().any(|cell| cell == "flush()"), "{cells:#?}");
    // A runtime without a name does for these: they ask it who it is connected to.
    let first = &cells[1..4];
    assert!(first.iter().all(|cell| cell.contains("Node.")), "{first:#?}");
    let script = "
        cells = System.argv()
        for cell <- cells, do: Code.string_to_quoted!(cell)
        run = fn cell, env -> Code.eval_quoted_with_env(Code.string_to_quoted!(cell), [], env) |> elem(2) end
        env = Enum.reduce(Enum.take(cells, 4), Code.env_for_eval([]), run)
        run.(\"flush()\", env)
        IO.puts(length(cells))
    ";
    let mut elixir = Command::new("elixir");
    let elixir = elixir.env("PATH", elixir::path()).args(["-e", script, "--"]).args(&cells);
    let output = elixir.output().expect("elixir runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), cells.len().to_string());
}

#[test]
fn a_learners_own_work_is_a_cast_and_a_notebook() {
    let home = Home::new();
    home.runs(&["export", "--format", "cast"]).exits(2).complains("no answers to export yet");
    let learner = home.opens(100, 30, &[]).reads("nameless", "○○○○○○○").at("shell $").types("iex");
    let home = learner.at("shell iex(1)>").types("Node.self()").passes().leaves();
    let cast = home.runs(&["export", "--format", "cast"]).exits(0).stdout;
    let head: serde_json::Value = serde_json::from_str(cast.lines().next().expect("a head")).expect("JSON");
    assert_eq!(head["version"], 2);
    let text: String = cast
        .lines()
        .skip(1)
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")[2]
                .as_str()
                .expect("text")
                .to_owned()
        })
        .collect();
    assert!(text.contains("shell $ iex\r\n") && text.contains("Node.self()\r\n"), "{text}");
    let book = home.runs(&["export", "--format", "livemd", "--lang", "el"]).exits(0).stdout;
    assert!(book.starts_with("# ") && book.contains("Node.self()"), "{book}");
}
