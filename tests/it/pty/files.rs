//! The learner's files: theirs in the end, whatever journeys they take meanwhile.

use std::{fs, path::PathBuf};

use moebi::{lesson::Lang, session::messages};

use crate::support::{
    home::{Home, install},
    learner::PtyLearner,
};

const TREE: &str = "chat/lib/chat/application.ex";

/// At the second step of the section that makes a project.
fn with_a_project() -> PtyLearner {
    PtyLearner::new(100, 30)
        .at("shell $")
        .types("/goto add-supervisor")
        .reads("add-supervisor", "○○○○○○○○○○○○")
        .at("alex $")
}

fn file(home: &Home, path: &str) -> PathBuf {
    home.workspace().join(path)
}

fn text(home: &Home, path: &str) -> String {
    fs::read_to_string(file(home, path)).unwrap_or_default()
}

/// As an editor in another window would.
fn saves(learner: &PtyLearner, text: &str) {
    fs::write(file(&learner.home(), TREE), text).expect("it is the learner's own");
}

/// What the newest copy for the learner holds.
fn kept(home: &Home) -> String {
    let copies = home.progress().with_file_name("files").join("kept");
    let newest = fs::read_dir(copies).expect("copies").flatten().map(|copy| copy.path()).max();
    fs::read_to_string(newest.expect("a copy").join(TREE)).expect("a copy of the file")
}

#[test]
fn a_file_that_is_saved_is_judged_at_once() {
    let learner = with_a_project();
    let made = text(&learner.home(), TREE);
    let mended = made.replace("# Starts", "{Task.Supervisor, name: Chat.TaskSupervisor}\n      # Starts");
    assert_ne!(made, mended);
    saves(&learner, &mended);
    learner.types("cd chat && iex --sname alex@localhost -S mix").passes().at("iex(alex@localhost)").leaves();
}

#[test]
fn they_are_as_they_were_after_a_restart_and_after_being_killed_on_the_way() {
    let learner = with_a_project();
    saves(&learner, "# half of a thought");
    let home = learner.leaves();
    assert_eq!(text(&home, TREE), "# half of a thought");
    // The replay makes the project anew; who is killed meanwhile finds the file again at the end of the next start.
    let home = home.opens(100, 30, &[]).reads("add-supervisor", "○○○○○○○○○○○○").gets_killed();
    let home = home.opens(100, 30, &[]).reads("add-supervisor", "○○○○○○○○○○○○").at("alex $").leaves();
    assert_eq!(text(&home, TREE), "# half of a thought");
}

#[test]
fn who_goes_back_finds_them_as_they_were_and_a_copy_of_what_they_had() {
    let learner = with_a_project();
    saves(&learner, "# mine");
    let home = learner
        .types("/back")
        .reads("new-project", "○○○○○○○○○○○○")
        .sees_in_step("kept")
        .at("shell $")
        .leaves();
    assert!(!file(&home, "chat").exists(), "the section begins without a project");
    assert_eq!(kept(&home), "# mine");
}

/// `moebi reset`, in a shell of its own.
fn resets(home: &Home, what: &[&str]) {
    home.runs(&[&["reset", "--yes"], what].concat()).exits(0);
}

/// Past the section's first two steps, with a file of their own.
fn with_a_passed_step() -> Home {
    let learner = with_a_project();
    let made = text(&learner.home(), TREE);
    let mended =
        made.replace("# Starts", "{Task.Supervisor, name: Chat.TaskSupervisor}\n      # Mine: starts");
    saves(&learner, &mended);
    learner.types("cd chat && iex --sname alex@localhost -S mix").passes().at("iex(alex@localhost)").leaves()
}

#[test]
fn who_comes_back_to_a_finished_step_finds_the_nodes_as_they_were() {
    let home = with_a_passed_step();
    let learner =
        home.opens(100, 30, &[]).reads("add-supervisor", "○●○").sees(messages::was_done().speak(Lang::En));
    let home = learner
        .sees_no("could not be brought about again")
        .at("iex(alex@localhost)")
        .types("Process.whereis(Chat.TaskSupervisor) |> is_pid()")
        .sees("true")
        .leaves();
    assert!(text(&home, TREE).contains("# Mine"));
}

/// Nodes stand in the project's folder while its files are put back.
#[test]
fn a_journey_leaves_no_node_in_a_folder_that_is_gone() {
    let stands =
        |learner: PtyLearner| learner.types("File.cwd()").sees("{:ok, ").types("recompile()").sees(":noop");
    let learner = PtyLearner::new(100, 30).at("shell $").types("/goto moebi-clause");
    let learner = stands(learner.reads("moebi-clause", "○○○").at("iex(alex@localhost)"));
    let learner = stands(learner.types("/restart").reads("moebi-clause", "○○○").at("iex(alex@localhost)"));
    let home = learner.leaves();
    stands(home.opens(100, 30, &[]).reads("moebi-clause", "○○○").at("iex(alex@localhost)")).leaves();
}

#[test]
fn a_section_that_was_reset_from_outside_begins_with_its_files() {
    let home = with_a_passed_step();
    resets(&home, &["--section", "supervised-tasks"]);
    assert!(text(&home, TREE).contains("# Mine"), "nothing is touched before somebody looks");
    let learner =
        home.opens(100, 30, &[]).reads("new-project", "○○○○○○○○○○○○").sees_in_step("kept").at("shell $");
    assert!(!file(&home, "chat").exists(), "the section begins without a project");
    assert!(kept(&home).contains("# Mine"));
    // What the steps left behind is void: the way there is the model's.
    learner
        .types("/goto send-message")
        .reads("send-message", "○○○○○○○○○○○○")
        .at("iex(alex@localhost)")
        .leaves();
    assert!(!text(&home, TREE).contains("# Mine"));
}

#[test]
fn everything_that_was_reset_goes_the_same_way_from_outside_and_inside() {
    let outside = with_a_passed_step();
    resets(&outside, &["--all"]);
    let learner = outside.opens(100, 30, &[]).at("shell $");
    let inside = with_a_passed_step().opens(100, 30, &[]).at("iex(alex@localhost)");
    let inside = inside.types("/reset all").at("?").types("y").at("shell $");
    for learner in [learner, inside] {
        let home =
            learner.types("/goto new-project").reads("new-project", "○○○○○○○○○○○○").at("shell $").leaves();
        assert!(!file(&home, "chat").exists());
        assert!(kept(&home).contains("# Mine"));
        let copies = fs::read_dir(home.progress().with_file_name("files")).expect("copies").flatten();
        let names: Vec<_> = copies.map(|copy| copy.file_name().to_string_lossy().into_owned()).collect();
        assert!(!names.iter().any(|name| name.starts_with("after-") || name == "anew"), "{names:?}");
    }
}

#[test]
fn a_section_without_files_leaves_them_alone() {
    let learner = with_a_project();
    saves(&learner, "# mine");
    let home = learner.types("/goto nameless").reads("nameless", "○○○○○○○").at("shell $").leaves();
    assert_eq!(text(&home, TREE), "# mine");
}

#[test]
fn other_files_in_the_workspace_are_nobodys_business() {
    let home = Home::new();
    fs::create_dir_all(home.workspace()).expect("a workspace");
    fs::write(file(&home, "letter.txt"), "dear mum").expect("written");
    let learner = home.opens(100, 30, &[]).at("shell $").types("/goto add-supervisor");
    learner.reads("add-supervisor", "○○○○○○○○○○○○").at("alex $").types("/back").at("shell $").leaves();
    assert_eq!(text(&home, "letter.txt"), "dear mum");
}

#[test]
fn an_editor_has_the_screen_and_gives_it_back() {
    let learner = PtyLearner::new(100, 30).at("shell $");
    let editor = "printf 'what now? '; read -r line; printf '%s' \"$line\" > \"$1\"";
    install(&learner.home().path(""), "editor", editor);
    let learner = learner
        .types("/edit notes/today.tx")
        .sees("There is no file notes/today.tx in the workspace. Make it? [y/N]")
        .at("?")
        .types("n")
        .sees("Nothing was changed.")
        .at("shell $");
    assert!(!file(&learner.home(), "notes").exists());
    let learner =
        learner.types("/edit notes/today.txt").at("?").types("y").sees("what now?").keys("buy bones\r");
    let home = learner
        .at("shell $")
        .types("/edit ../letter.txt")
        .sees("could not write ../letter.txt")
        .at("shell $")
        .leaves();
    assert_eq!(text(&home, "notes/today.txt"), "buy bones");
}

#[test]
fn an_editor_that_is_not_there_is_told_by_its_name() {
    let learner = PtyLearner::new(100, 30).at("shell $");
    let editor = learner.home().editor();
    let home = learner
        .types("/edit notes/today.txt")
        .sees("EDITOR says")
        .sees("there is no such program")
        .sees("EDITOR=nano moebi")
        .at("shell $")
        .leaves();
    assert!(!editor.exists() && !file(&home, "notes").exists());
}
