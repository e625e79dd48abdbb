//! The folder that the terminals start in.

use std::fs;

use crate::support::home::Home;

#[test]
fn it_is_removed_while_the_lesson_runs() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    fs::remove_dir_all(home.workspace()).expect("it was there");
    // The nodes go on; a command at `$` says what is missing.
    let learner = learner.types("1 + 41").sees("[kate, value] 42").types("/shell").sees("[prompt] shell $");
    let learner = learner.types("ls").sees("[problem] ").sees("otp-distribution is gone").sees("[try]");
    // Once it is there again, all goes on.
    fs::create_dir_all(home.workspace()).expect("a folder");
    learner.sees("[prompt] shell $").types("echo $((40 + 2))").sees("\n42\n").quits();
}

#[test]
fn it_is_removed_and_the_learner_goes_to_another_step() {
    let home = Home::new();
    let learner = home.opens_plain();
    fs::remove_dir_all(home.workspace()).expect("it was there");
    // Moebi made it, and makes it again.
    let learner =
        learner.types("/goto spawn-link").sees("Code on another node").sees("iex(kate@localhost)1>");
    fs::remove_dir_all(home.workspace()).expect("it was there");
    let learner = learner.types("/restart").sees("Code on another node").sees("iex(kate@localhost)1>");
    learner.types("File.cwd()").sees("otp-distribution\"}").quits();
    let learner = home.opens_plain().types("/goto add-supervisor").sees("[prompt] alex $");
    fs::remove_dir_all(home.workspace()).expect("it was there");
    let learner = learner.types("/restart").sees("[prompt] alex $").types("ls chat").sees("mix.exs");
    learner.quits();
}

#[test]
fn a_file_in_its_place() {
    let home = Home::new();
    fs::create_dir(home.path("home/moebi")).expect("a folder");
    fs::write(home.workspace(), "a file").expect("a file");
    home.runs(&["--plain"]).exits(3).says("could not make the workspace").says("--workspace DIR");
    home.is_deserted();
}

#[test]
fn the_folder_of_a_command_is_removed() {
    let home = Home::new();
    let learner =
        home.opens_plain().types("mkdir deep && cd deep").sees("[prompt] shell $").types("rmdir ../deep");
    let learner = learner.sees("[prompt] shell $").types("pwd").sees("deep is gone");
    // The terminal is back where it began.
    learner.sees("[prompt] shell $").types("pwd").sees("otp-distribution").quits();
}

#[test]
fn an_iex_exs_that_raises() {
    let home = Home::new();
    fs::create_dir_all(home.workspace()).expect("a folder");
    fs::write(home.workspace().join(".iex.exs"), "raise \"not today\"").expect("a file");
    let learner = home.opens_plain().types("/goto spawn-link").sees("iex(kate@localhost)1>");
    let learner = learner.types("/screen kate").sees("not today");
    learner.types("1 + 41").sees("[kate, value] 42").quits();
}

#[test]
fn an_iex_exs_in_the_home_folder_that_prints_asks_and_imports() {
    let home = Home::new();
    let text = "IO.puts(\"good morning\")\nanswer = 42\nimport Enum, only: [sum: 1]\nIO.gets(\"who? \")\n";
    fs::write(home.path("home/.iex.exs"), text).expect("a file");
    let learner = home.opens_plain().types("iex").sees("good morning").sees("who?").types("me");
    learner.sees("iex(1)>").types("sum([answer])").sees("[shell, value] 42").quits();
}

#[test]
fn a_changed_prompt() {
    let home = Home::new();
    fs::write(home.path("home/.iex.exs"), "IEx.configure(default_prompt: \"λ %counter>\", continuation_prompt: \"λ… %counter>\", alive_prompt: \"λ %node %counter>\")")
        .expect("a file");
    let learner = home.opens_plain().types("iex").sees("[prompt]").sees("λ").types("Node.self()");
    learner.sees("[shell, value] :nonode@nohost").sees("[done]").quits();
}
