use std::fs;

use moebi::{
    cluster::runtime::FLOOR,
    i18n::{Lang, Localized},
    setup::{self, Options, Progress},
};
use tokio::{
    net::unix::pipe::{OpenOptions, Receiver},
    process::Command,
    sync::Notify,
    time::timeout,
};

use super::fake_machine::{FakeMachine, told};
use crate::support::PATIENCE;

/// Does what apt-get does, as far as a script can: plans, fails to fetch with the system's lists, then fetches.
const APT_GET: &str = r#"
    for word; do case $word in
        --config-file=*) conf=${word#--config-file=} ;;
        update) echo 'dlstatus:1:50.0:Retrieving'; exit 0 ;;
        download) down=1 ;;
        elixir=1.14.0) [ -n "$down" ] || exit 1
            case $(/bin/cat "$conf") in *'Dir::State::Lists'*) ;; *) echo 'E: 404' >&2; exit 100 ;; esac
            : >elixir_1_all.deb; : >erlang-base_1_amd64.deb; : >erlang-syntax-tools_1_all.deb; exit 0 ;;
        install)
            echo 'Inst adduser (3 Debian [all])'
            echo 'Inst elixir (1.14.0 Debian [all])'
            echo 'Inst erlang-base (1:25 Debian [amd64])'
            echo 'Inst erlang-syntax-tools (1:25 Debian [all])'; exit 0 ;;
    esac; done"#;

fn debian() -> FakeMachine {
    let show = "printf 'Size: 1000000\\nInstalled-Size: 2000\\n'";
    FakeMachine::new().with_dpkg().with("apt-get", APT_GET).with("apt-cache", show)
}

fn line(progress: &Progress) -> String {
    match progress {
        Progress::Say(words) => words.speak(Lang::En).to_owned(),
        Progress::Fetched { percent } => format!("{percent} %"),
    }
}

#[tokio::test]
async fn stale_lists_are_fetched_anew_and_sizes_told_first() {
    let machine = debian();
    let mut lines = Vec::new();
    let options = Options { yes: true, from: None };
    let runtime =
        setup::run(&machine.place, FLOOR, &options, |_| false, |step| lines.push(line(&step))).await;
    assert_eq!(runtime.unwrap_or_else(|error| panic!("{}", told(&error))).elixir, "1.14.0");
    insta::assert_snapshot!(lines.join("\n"), @r"
    Fetching 3 packages: 1 MB to download, 3 MB on disk.
    Fetching the lists of packages (10 to 30 MB).
    50 %
    Fetching 3 packages: 1 MB to download, 3 MB on disk.
    Unpacking 3 packages.
    Starting it, to see that it works.
    ");
    assert_eq!(machine.left(), ["runtime"]);
}

#[tokio::test]
async fn a_no_changes_nothing() {
    let machine = debian();
    let mut asked = String::new();
    let no = |question: &Localized| {
        asked = question.speak(Lang::En).to_owned();
        false
    };
    let error =
        setup::run(&machine.place, FLOOR, &Options::default(), no, |_| ()).await.expect_err("it was a no");
    assert!(asked.contains(&machine.place.private().display().to_string()), "{asked}");
    assert!(told(&error).contains("sudo apt install elixir"));
    assert!(!machine.place.data.exists());
}

#[tokio::test]
async fn an_interrupted_fetch_leaves_neither_folder_nor_program() {
    let machine = debian();
    let alive = machine.at("alive");
    assert!(Command::new("mkfifo").arg(&alive).status().await.unwrap().success());
    // The pipe stays open for as long as the program, or the child that it leaves behind, runs.
    let hangs = format!(
        "conf=${{1#--config-file=}}
         case $* in *update*) ;; *) exit 100 ;; esac
         exec 3>{}
         : >\"${{conf%conf}}lists/part\"
         /bin/sleep 60 &
         echo 'dlstatus:1:10.0:Retrieving'
         exec /bin/sleep 60",
        alive.display()
    );
    let machine = machine.with("apt-get", &hangs);
    let pipe = OpenOptions::new().open_receiver(&alive).expect("the pipe is there");
    let under_way = Notify::new();
    let options = Options { yes: true, from: None };
    let notice = |progress| {
        if matches!(progress, Progress::Fetched { .. }) {
            under_way.notify_one();
        }
    };
    tokio::select! {
        ended = setup::run(&machine.place, FLOOR, &options, |_| false, notice) => panic!("it hangs: {ended:?}"),
        () = under_way.notified() => {}
    }
    timeout(PATIENCE, end_of(pipe)).await.expect("the program and its child are killed");
    assert_eq!(machine.left(), [""; 0]);
}

/// Waits until nobody can write to the pipe any more; somebody did open it.
async fn end_of(pipe: Receiver) {
    loop {
        pipe.readable().await.expect("the pipe is ours");
        if matches!(pipe.try_read(&mut [0; 8]), Ok(0)) {
            return;
        }
    }
}

#[tokio::test]
async fn what_a_killed_run_left_is_removed() {
    let machine = FakeMachine::new().with_elixir("1.14.0", "25");
    let dead = machine.place.data.join("runtime.part.a1b2c3");
    fs::create_dir_all(dead.join("debs")).unwrap();
    fs::write(dead.join("debs/elixir.deb"), "half").unwrap();
    assert!(machine.set_up().await.is_ok());
    assert_eq!(machine.left(), [""; 0]);
}

#[tokio::test]
async fn a_failure_says_what_to_do() {
    let cases = [
        ("E: The repository 'http://x InRelease' is not signed.", "could not prove the packages authentic"),
        ("E: Failed to fetch http://x Temporary failure resolving 'x'", "--from FOLDER"),
        ("E: Write error - write (28: No space left on device)", "Free about 200 MB"),
        ("E: Unable to locate package elixir", "universe"),
    ];
    for (complaint, advice) in cases {
        let script = format!("echo \"{complaint}\" >&2; exit 100");
        let machine = debian().with("apt-get", &script);
        let error = machine.set_up().await.expect_err("apt failed");
        assert!(told(&error).contains(advice), "{complaint}: {}", told(&error));
        assert_eq!((error.exit_code(), machine.left()), (3, vec![]));
    }
}

#[tokio::test]
async fn an_old_release_is_told_before_anything_is_fetched() {
    let apt_get = APT_GET.replace("elixir (1.14.0", "elixir (1.12.2.dfsg-2");
    let machine = debian().with("apt-get", &apt_get);
    let mut said = Vec::new();
    let options = Options { yes: true, from: None };
    let say = |step| said.push(format!("{step:?}"));
    let error =
        setup::run(&machine.place, FLOOR, &options, |_| false, say).await.expect_err("1.12 is too old");
    assert!(error.to_string().contains("Elixir is 1.12.2.dfsg-2; 1.14 or newer is needed"), "{error}");
    assert_eq!(said, [""; 0], "nothing was fetched");
    assert_eq!(machine.left(), [""; 0]);
}

#[tokio::test]
async fn elsewhere_the_systems_own_command_is_run() {
    let machine = FakeMachine::new();
    let bin = machine.at("bin");
    machine.elixir(&machine.at("new"), "1.16.0", "26");
    let install = format!(
        "[ \"$*\" = 'install --assumeyes elixir' ] || exit 9; /bin/cp {}/* {}",
        machine.at("new").display(),
        bin.display()
    );
    let machine = machine.with("dnf", &install).with("sudo", "exec \"$@\"");
    assert_eq!(machine.set_up().await.unwrap_or_else(|error| panic!("{}", told(&error))).elixir, "1.16.0");
}

#[tokio::test]
async fn a_missing_dpkg_deb_is_told_before_anything_is_fetched() {
    let machine = debian();
    fs::remove_file(machine.at("bin/dpkg-deb")).unwrap();
    let error = machine.set_up().await.expect_err("nothing could be unpacked");
    assert!(told(&error).contains("there is no dpkg-deb here"), "{error}");
    assert!(!machine.place.data.exists());
}

#[tokio::test]
async fn a_package_manager_that_fails_is_an_error() {
    let error = FakeMachine::new().with("brew", "exit 1").set_up().await.expect_err("brew failed");
    assert_eq!(error.to_string(), "`brew install elixir` did not succeed");
}

#[tokio::test]
async fn a_system_without_any_is_told_where_to_look() {
    let error = FakeMachine::new().set_up().await.expect_err("there is nothing here");
    assert!(told(&error).contains("mise use --global erlang elixir"));
}
