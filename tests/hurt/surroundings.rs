//! An environment that is not as one would wish.

use std::{fs, process::Command};

use super::house::House;

/// Opens the lesson so, and types into a node.
#[track_caller]
fn works(house: &House, command: &mut Command) {
    let moebi = house.opens_with(command).sees("[prompt]").meets_kate();
    let moebi = moebi.types("String.length(\"γεια\")").sees("[kate, value] 4");
    moebi.types("IO.puts(\"γεια\")").sees("[kate] γεια").types("/alex").sees("iex(alex@localhost)1>").quits();
}

#[test]
fn no_home() {
    let house = House::new();
    // The account's own home is then asked for, and this learner has said where to keep all else.
    let workspace = house.room("home/w");
    let mut command = house.moebi(&["--plain", "--workspace"]);
    command.arg(&workspace).env_remove("HOME");
    let moebi = house.opens_with(&mut command).sees("[prompt]");
    moebi.types("/goto spawn-link").sees("[prompt]").quits();
}

#[test]
fn a_home_that_is_not_there() {
    let house = House::new();
    let mut command = house.moebi(&["--plain"]);
    command.env("HOME", "/proc/nowhere");
    house
        .ends(&mut command)
        .with(3)
        .says("could not make the workspace /proc/nowhere")
        .says("--workspace DIR");
    house.is_empty();
}

#[test]
fn no_term() {
    let house = House::new();
    works(&house, house.moebi(&["--plain"]).env_remove("TERM"));
}

#[test]
fn a_locale_without_greek() {
    let house = House::new();
    works(&house, house.moebi(&["--plain"]).env("LANG", "C").env("LC_ALL", "C"));
}

#[test]
fn no_locale_at_all() {
    let house = House::new();
    works(&house, house.moebi(&["--plain"]).env_remove("LANG"));
}

#[test]
fn folders_with_spaces() {
    let house = House::named("Άννα K's");
    let mut command = house.moebi(&["--plain"]);
    command.env("XDG_CACHE_HOME", house.room("my \"cache\" $x"));
    works(&house, &mut command);
}

#[test]
fn flags_of_the_learners_own() {
    let house = House::new();
    let mut command = house.moebi(&["--plain"]);
    command.env("ELIXIR_ERL_OPTIONS", "-kernel mine 1").env("ERL_AFLAGS", "-kernel first 1");
    command.env("ERL_ZFLAGS", "-mine 'a b'").env("ERL_FLAGS", "+S 2").env("ERL_LIBS", "/nowhere");
    let moebi = house.opens_with(&mut command).sees("[prompt]").meets_kate();
    let moebi = moebi.types("Application.get_env(:kernel, :first)").sees("[kate, value] 1");
    let moebi = moebi.types("System.get_env(\"ERL_ZFLAGS\")").sees("-mine 'a b'").sees("iex(kate");
    let moebi = moebi.types("System.cmd(\"elixir\", [\"-e\", \"IO.puts(6 * 7)\"])").sees("{\"42\\n\", 0}");
    moebi.quits();
}

#[test]
fn flags_that_keep_every_node_from_starting() {
    let house = House::new();
    let mut command = house.moebi(&["--plain"]);
    command.env("ERL_AFLAGS", "+S nonsense");
    let moebi = house.opens_with(&mut command);
    let moebi = moebi.sees("[prompt] shell $").types("iex").sees("bad amount of schedulers");
    moebi.sees("shell: the command ended with exit code").sees("[prompt] shell $").quits();
}

#[test]
fn an_unknown_flag() {
    let house = House::new();
    house.runs(&["--plane"]).with(2).says("--plane").says("--plain");
    house.runs(&["chekc"]).with(2).says("chekc");
    house.runs(&["check", "--model", "--step", "remote-helo"]).with(2).says("remote-hello");
    house
        .runs(&["check", "--model", "--section", "spawn"])
        .with(2)
        .says("It has: starting-nodes, spawn-link");
    house.runs(&["check"]).with(2).says("--model").says("--answers");
    house.runs(&["--lang", "fr"]).with(2).says("en is English, el is Greek");
    house.is_empty();
}

#[test]
fn a_lesson_that_is_not_there() {
    let house = House::new();
    house.runs(&["learn", "otp"]).with(2).says("there is no lesson `otp`").says("otp-distribution");
    house.is_empty();
}

#[test]
fn no_elixir_anywhere() {
    let house = House::new();
    let bin = house.room("home/bin");
    fs::create_dir(&bin).expect("a folder");
    for program in ["sh", "ls"] {
        std::os::unix::fs::symlink(format!("/bin/{program}"), bin.join(program)).expect("a link");
    }
    for arguments in [vec!["--plain"], vec!["check", "--model"]] {
        let mut command = house.moebi(&arguments);
        command.env("PATH", &bin);
        house.ends(&mut command).with(3).says("there is no Elixir").says("moebi setup --yes");
    }
    house.is_empty();
}

#[test]
fn a_cache_that_cannot_be_written() {
    let house = House::new();
    let mut command = house.moebi(&["--plain"]);
    fs::write(house.room("home/cache"), "a file").expect("a file");
    command.env("XDG_CACHE_HOME", house.room("home/cache"));
    house.ends(&mut command).with(3).says("home/cache").says("can't write to the cache");
    house.is_empty();
}

#[test]
fn a_bridge_in_the_cache_that_is_half_there() {
    let house = House::new();
    let cache = house.room("home/cache");
    let opens = || {
        let mut command = house.moebi(&["--plain"]);
        command.env("XDG_CACHE_HOME", &cache);
        command
    };
    house.opens_with(&mut opens()).sees("[prompt]").quits();
    let bridges =
        || fs::read_dir(cache.join("moebi")).expect("a cache").map(|entry| entry.expect("an entry").path());
    let bridge = bridges().find(|path| path.to_string_lossy().contains("bridge-")).expect("a bridge");
    fs::remove_file(bridge.join("moebi_screen.beam"))
        .or_else(|_| fs::remove_file(bridge.join("Elixir.moebi_screen.beam")))
        .expect("a beam");
    works(&house, &mut opens());
}

#[test]
fn no_temporary_folder_that_is_short_enough() {
    let house = House::new();
    let long = house.room("home").join("x".repeat(90));
    fs::create_dir(&long).expect("a folder");
    // /tmp is taken in its place.
    works(&house, house.moebi(&["--plain"]).env("TMPDIR", &long));
}
