use std::fs;

use moebi::{cluster::runtime::FLOOR, i18n::Lang};

use super::fake_machine::{FakeMachine, told};
use crate::support::home::install;

#[tokio::test]
async fn an_installed_elixir_is_preferred_to_the_private_one() {
    let machine = FakeMachine::new().with_elixir("1.15.7", "26").with_private("1.18.3", "27");
    let runtime = machine.find().await.runtime.expect("there are two");
    assert_eq!((runtime.elixir.as_str(), runtime.otp.as_str()), ("1.15.7", "26"));
    assert!(runtime.path.is_empty(), "it is on PATH already");
}

#[tokio::test]
async fn the_private_one_is_taken_where_the_installed_one_is_too_old() {
    let machine = FakeMachine::new().with_elixir("1.9.4", "22").with_private("1.18.3", "27");
    let found = machine.find().await;
    let runtime = found.runtime.expect("the private one is new enough");
    assert_eq!(runtime.elixir, "1.18.3");
    assert_eq!(runtime.path, [machine.place.private().join("bin")]);
    assert_eq!(
        found.passed_over[0].told().speak(Lang::En),
        "the Elixir on PATH is 1.9.4; the lesson needs 1.14 or newer"
    );
}

#[tokio::test]
async fn nothing_is_nothing() {
    let found = FakeMachine::new().find().await;
    assert!(found.runtime.is_none() && found.passed_over.is_empty());
}

#[tokio::test]
async fn an_elixir_without_erlang_is_told_from_a_broken_one() {
    let without = FakeMachine::new().with_elixir("1.14.0", "25");
    fs::remove_file(without.at("bin/erl")).unwrap();
    assert_eq!(passed_over(&without).await, ["the Elixir on PATH has no Erlang: there is no erl"]);

    let silent = FakeMachine::new().with_elixir("1.14.0", "25").with("elixir", "exit 0");
    assert_eq!(passed_over(&silent).await, ["the Elixir on PATH does not start: it printed nothing"]);

    let failing =
        FakeMachine::new().with_elixir("1.14.0", "25").with("elixir", "echo 'no such boot file' >&2; exit 1");
    let said = "the Elixir on PATH does not start: it said: no such boot file";
    assert_eq!(passed_over(&failing).await, [said]);
}

#[tokio::test]
async fn a_chosen_runtime_is_the_only_one() {
    let mut machine = FakeMachine::new().with_elixir("1.14.0", "25");
    machine.elixir(&machine.at("other/bin"), "1.18.3", "27");
    for chosen in ["other", "other/bin"] {
        machine.place.chosen = Some(machine.at(chosen));
        let runtime = machine.find().await.runtime.expect("it is there");
        assert_eq!(runtime.elixir, "1.18.3");
        assert_eq!(runtime.path, [machine.at("other/bin")]);
    }
    machine.place.chosen = Some(machine.at("nowhere"));
    let error = machine.place.find(FLOOR).await.expect_err("the installed one is no substitute");
    assert!(told(&error).starts_with("MOEBI_RUNTIME: there is no Elixir (elixir and iex) in "), "{error}");
}

#[tokio::test]
async fn a_version_is_asked_for_once() {
    let machine = FakeMachine::new().with_elixir("1.14.0", "25");
    let count = machine.at("count");
    let counting = |version: &str| {
        let count = count.display();
        format!("echo once >>{count}; echo 'Erlang/OTP 25 [x]'; echo 'Elixir {version} (x)'")
    };
    let home = machine.at("elixir");
    install(&home.join("bin"), "elixir", &counting("1.14.0"));
    fs::create_dir_all(home.join("lib/elixir/ebin")).unwrap();
    fs::write(home.join("lib/elixir/ebin/elixir.app"), "").unwrap();
    fs::remove_file(machine.at("bin/elixir")).unwrap();
    std::os::unix::fs::symlink(home.join("bin/elixir"), machine.at("bin/elixir")).unwrap();

    for _ in 0..3 {
        assert_eq!(machine.find().await.runtime.expect("it is there").elixir, "1.14.0");
    }
    assert_eq!(fs::read_to_string(&count).unwrap().lines().count(), 1);

    install(&home.join("bin"), "elixir", &counting("1.14.10"));
    assert_eq!(machine.find().await.runtime.expect("it is there").elixir, "1.14.10");
}

#[tokio::test]
async fn a_version_managers_shim_is_asked_each_time() {
    let machine = FakeMachine::new().with_elixir("1.14.0", "25");
    assert_eq!(machine.find().await.runtime.expect("it is there").elixir, "1.14.0");
    let version = machine.at("version");
    fs::write(&version, "1.15.0").unwrap();
    let shim = format!("read v <{}; echo 'Erlang/OTP 25 [x]'; echo \"Elixir $v (x)\"", version.display());
    let machine = machine.with("elixir", &shim);
    assert_eq!(machine.find().await.runtime.expect("it is there").elixir, "1.15.0");
    fs::write(&version, "1.16.0").unwrap();
    assert_eq!(machine.find().await.runtime.expect("it is there").elixir, "1.16.0");
}

async fn passed_over(machine: &FakeMachine) -> Vec<String> {
    let found = machine.find().await;
    assert_eq!(found.runtime, None);
    found.passed_over.iter().map(|fault| fault.told().speak(Lang::En).to_owned()).collect()
}
