//! An environment that is not as one would wish.

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use crate::support::{MOEBI, home::Home};

/// Opens the lesson so, and types into a node.
#[track_caller]
fn works(home: &Home, command: &mut Command) {
    let learner = home.opens_pipe(command).sees("[prompt]").meets_kate();
    let learner = learner.types("String.length(\"γεια\")").sees("[kate, value] 4");
    learner
        .types("IO.puts(\"γεια\")")
        .sees("[kate] γεια")
        .types("/alex")
        .sees("iex(alex@localhost)1>")
        .quits();
}

#[test]
fn no_home() {
    let home = Home::new();
    // The account's own home is then asked for, and this learner has said where to keep all else.
    let workspace = home.path("home/w");
    let mut command = home.command(&["--plain", "--workspace"]);
    command.arg(&workspace).env_remove("HOME");
    let learner = home.opens_pipe(&mut command).sees("[prompt]");
    learner.types("/goto spawn-link").sees("[prompt]").quits();
}

#[test]
fn a_home_that_is_not_there() {
    let home = Home::new();
    let mut command = home.command(&["--plain"]);
    command.env("HOME", "/proc/nowhere");
    home.finishes(&mut command)
        .exits(3)
        .says("could not make the workspace /proc/nowhere")
        .says("--workspace DIR");
    home.is_deserted();
}

#[test]
fn no_term() {
    let home = Home::new();
    works(&home, home.command(&["--plain"]).env_remove("TERM"));
}

#[test]
fn a_locale_without_greek() {
    let home = Home::new();
    works(&home, home.command(&["--plain"]).env("LANG", "C").env("LC_ALL", "C"));
}

#[test]
fn no_locale_at_all() {
    let home = Home::new();
    works(&home, home.command(&["--plain"]).env_remove("LANG"));
}

#[test]
fn folders_with_spaces() {
    let home = Home::in_folder_named("Άννα K's");
    let mut command = home.command(&["--plain"]);
    command.env("XDG_CACHE_HOME", home.path("my \"cache\" $x"));
    works(&home, &mut command);
}

#[test]
fn flags_of_the_learners_own() {
    let home = Home::new();
    let mut command = home.command(&["--plain"]);
    command.env("ELIXIR_ERL_OPTIONS", "-kernel mine 1").env("ERL_AFLAGS", "-kernel first 1");
    command.env("ERL_ZFLAGS", "-mine 'a b'").env("ERL_FLAGS", "+S 2").env("ERL_LIBS", "/nowhere");
    let learner = home.opens_pipe(&mut command).sees("[prompt]").meets_kate();
    let learner = learner.types("Application.get_env(:kernel, :first)").sees("[kate, value] 1");
    let learner = learner.types("System.get_env(\"ERL_ZFLAGS\")").sees("-mine 'a b'").sees("iex(kate");
    let learner =
        learner.types("System.cmd(\"elixir\", [\"-e\", \"IO.puts(6 * 7)\"])").sees("{\"42\\n\", 0}");
    learner.quits();
}

#[test]
fn flags_that_keep_every_node_from_starting() {
    let home = Home::new();
    let mut command = home.command(&["--plain"]);
    command.env("ERL_AFLAGS", "+S nonsense");
    let learner = home.opens_pipe(&mut command);
    let learner = learner.sees("[prompt] shell $").types("iex").sees("bad amount of schedulers");
    learner.sees("shell: the command ended with exit code").sees("[prompt] shell $").quits();
}

#[test]
fn an_unknown_flag() {
    let home = Home::new();
    home.runs(&["--plane"]).exits(2).says("--plane").says("--plain");
    home.runs(&["chekc"]).exits(2).says("chekc");
    home.runs(&["check", "--model", "--step", "remote-helo"]).exits(2).says("remote-hello");
    home.runs(&["check", "--model", "--section", "spawn"])
        .exits(2)
        .says("It has: starting-nodes, spawn-link");
    home.runs(&["check"]).exits(2).says("--model").says("--answers");
    home.runs(&["--lang", "fr"]).exits(2).says("`en` is English, `el` is Greek");
    home.is_deserted();
}

#[test]
fn a_lesson_that_is_not_there() {
    let home = Home::new();
    home.runs(&["learn", "otp"]).exits(2).says("there is no lesson `otp`").says("otp-distribution");
    home.is_deserted();
}

#[test]
fn no_elixir_anywhere() {
    let home = Home::new();
    let bin = home.path("home/bin");
    fs::create_dir(&bin).expect("a folder");
    for program in ["sh", "ls"] {
        std::os::unix::fs::symlink(format!("/bin/{program}"), bin.join(program)).expect("a link");
    }
    for arguments in [vec!["--plain"], vec!["check", "--model"]] {
        let mut command = home.command(&arguments);
        command.env("PATH", &bin);
        home.finishes(&mut command).exits(3).says("there is no Elixir").says("moebi setup --yes");
    }
    home.is_deserted();
}

#[test]
fn a_cache_that_cannot_be_written() {
    let home = Home::new();
    let mut command = home.command(&["--plain"]);
    fs::write(home.path("home/cache"), "a file").expect("a file");
    command.env("XDG_CACHE_HOME", home.path("home/cache"));
    home.finishes(&mut command).exits(3).says("home/cache").says("can't write to the cache");
    home.is_deserted();
}

#[test]
fn a_bridge_in_the_cache_that_is_half_there() {
    let home = Home::new();
    let cache = home.path("home/cache");
    let opens = || {
        let mut command = home.command(&["--plain"]);
        command.env("XDG_CACHE_HOME", &cache);
        command
    };
    home.opens_pipe(&mut opens()).sees("[prompt]").quits();
    let bridges =
        || fs::read_dir(cache.join("moebi")).expect("a cache").map(|entry| entry.expect("an entry").path());
    let bridge = bridges().find(|path| path.to_string_lossy().contains("bridge-")).expect("a bridge");
    fs::remove_file(bridge.join("moebi_screen.beam"))
        .or_else(|_| fs::remove_file(bridge.join("Elixir.moebi_screen.beam")))
        .expect("a beam");
    works(&home, &mut opens());
}

#[test]
fn no_temporary_folder_that_is_short_enough() {
    let home = Home::new();
    let long = home.path("home").join("x".repeat(90));
    fs::create_dir(&long).expect("a folder");
    // /tmp is taken in its place.
    works(&home, home.command(&["--plain"]).env("TMPDIR", &long));
}

/// `moebi --plain` behind a line of a shell's.
fn behind(home: &Home, line: &str) -> Command {
    home.program("sh", &["-c", &format!("{line} '{MOEBI}' --plain")])
}

#[test]
fn few_files_may_be_open() {
    let home = Home::new();
    home.finishes(&mut behind(&home, "ulimit -n 24; exec"))
        .exits(3)
        .says("only 24 files may be open at once here")
        .says("ulimit -n 128");
    home.is_deserted();
    works(&home, &mut behind(&home, "ulimit -n 128; exec"));
    // What may be taken is taken.
    works(&home, &mut behind(&home, "ulimit -S -n 24; exec"));
}

#[test]
fn a_tmpdir_that_can_not_be_written() {
    let home = Home::new();
    let folder = home.path("read-only");
    fs::create_dir(&folder).expect("a folder");
    let folder = folder.display();
    // Root may write anywhere but on a file system that is mounted for reading.
    let line = format!("TMPDIR='{folder}' exec bwrap --dev-bind / / --ro-bind '{folder}' '{folder}'");
    works(&home, &mut behind(&home, &line));
}

#[test]
fn a_cookie_that_no_node_takes() {
    let home = Home::new();
    let cookie = home.path("home/.erlang.cookie");
    let learner = home.opens_plain().types("/alex").sees("[prompt] alex $");
    let node = "iex --sname alex@localhost";
    fs::create_dir(&cookie).expect("a folder");
    let learner = learner.types(node).sees("holds no cookie that Erlang takes").sees("[try] Move ");
    let learner = learner.sees("[prompt] alex $").types("iex").sees("iex(1)>").types("System.halt()");
    let learner = learner.sees("[prompt] alex $").types(&format!("{node} --cookie secret"));
    let learner = learner.sees("iex(alex@localhost)1>").types("System.halt()").sees("[prompt] alex $");
    fs::remove_dir(&cookie).expect("a folder");
    fs::write(&cookie, "SECRET").expect("a file");
    fs::set_permissions(&cookie, fs::Permissions::from_mode(0o644)).expect("it is ours");
    let learner = learner.types(node).sees("can be read by others (mode 644)").sees("chmod 400");
    fs::set_permissions(&cookie, fs::Permissions::from_mode(0o400)).expect("it is ours");
    learner.sees("[prompt] alex $").types(node).sees("iex(alex@localhost)1>").quits();
}
