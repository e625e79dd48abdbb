//! The folder that the terminals start in.

use std::fs;

use super::house::House;

#[test]
fn it_is_removed_while_the_lesson_runs() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    fs::remove_dir_all(house.workspace()).expect("it was there");
    // The nodes go on; a command at `$` says what is missing.
    let moebi = moebi.types("1 + 41").sees("[kate, value] 42").types("/shell").sees("[prompt] shell $");
    let moebi = moebi.types("ls").sees("[problem] ").sees("otp-distribution is gone").sees("[try]");
    // Once it is there again, all goes on.
    fs::create_dir_all(house.workspace()).expect("a folder");
    moebi.sees("[prompt] shell $").types("echo $((40 + 2))").sees("\n42\n").quits();
}

#[test]
fn it_is_removed_and_the_learner_goes_to_another_step() {
    let house = House::new();
    let moebi = house.opens();
    fs::remove_dir_all(house.workspace()).expect("it was there");
    // Moebi made it, and makes it again; or it says that it is gone. Either way the learner isn't left without a word.
    let moebi = moebi.types("/goto spawn-link").sees("Code on another node").sees("[prompt]");
    let said = moebi.page();
    assert!(said.contains("iex(kate@localhost)1>") || said.contains("is gone"), "{said}");
    moebi.quits();
}

#[test]
fn a_file_in_its_place() {
    let house = House::new();
    fs::create_dir(house.room("home/moebi")).expect("a folder");
    fs::write(house.workspace(), "a file").expect("a file");
    house.runs(&["--plain"]).with(3).says("could not make the workspace").says("--workspace DIR");
    house.is_empty();
}

#[test]
fn the_folder_of_a_command_is_removed() {
    let house = House::new();
    let moebi = house.opens().types("mkdir deep && cd deep").sees("[prompt] shell $").types("rmdir ../deep");
    let moebi = moebi.sees("[prompt] shell $").types("pwd").sees("deep is gone");
    // The terminal is back where it began.
    moebi.sees("[prompt] shell $").types("pwd").sees("otp-distribution").quits();
}

#[test]
fn an_iex_exs_that_raises() {
    let house = House::new();
    fs::create_dir_all(house.workspace()).expect("a folder");
    fs::write(house.workspace().join(".iex.exs"), "raise \"not today\"").expect("a file");
    let moebi = house.opens().types("/goto spawn-link").sees("iex(kate@localhost)1>");
    let moebi = moebi.types("/screen kate").sees("not today");
    moebi.types("1 + 41").sees("[kate, value] 42").quits();
}

#[test]
fn an_iex_exs_in_the_home_folder_that_prints_asks_and_imports() {
    let house = House::new();
    let text = "IO.puts(\"good morning\")\nanswer = 42\nimport Enum, only: [sum: 1]\nIO.gets(\"who? \")\n";
    fs::write(house.room("home/.iex.exs"), text).expect("a file");
    let moebi = house.opens().types("iex").sees("good morning").sees("who?").types("me");
    moebi.sees("iex(1)>").types("sum([answer])").sees("[shell, value] 42").quits();
}

#[test]
fn a_changed_prompt() {
    let house = House::new();
    fs::write(house.room("home/.iex.exs"), "IEx.configure(default_prompt: \"λ %counter>\", continuation_prompt: \"λ… %counter>\", alive_prompt: \"λ %node %counter>\")")
        .expect("a file");
    let moebi = house.opens().types("iex").sees("[prompt]").sees("λ").types("Node.self()");
    moebi.sees("[shell, value] :nonode@nohost").sees("[done]").quits();
}
