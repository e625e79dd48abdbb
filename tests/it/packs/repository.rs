//! Lessons in a repository, by the real git: nothing of it runs, and nothing but texts comes out.

use std::{fs, os::unix::fs::symlink, path::PathBuf, process::Command};

use rustix::process::Signal;

use crate::support::{
    home::{Home, install},
    until,
};

/// A repository with a lesson, on this machine's disk.
struct Repository {
    author: Home,
    folder: PathBuf,
}

impl Repository {
    fn new() -> Self {
        let author = Home::new();
        let folder = author.path("home/mailboxes.git");
        author.writes_lesson("mailboxes");
        fs::create_dir(&folder).expect("a folder");
        fs::rename(author.path("home/lessons"), folder.join("lessons")).expect("it is ours");
        fs::write(folder.join("README.md"), "A lesson.").expect("room");
        let repository = Self { author, folder };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.commits();
        repository
    }

    #[track_caller]
    fn git(&self, arguments: &[&str]) {
        let identity =
            ["-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "protocol.file.allow=always"];
        let mut git: Command = self.author.program("git", &[&identity[..], arguments].concat());
        let ended = git.current_dir(&self.folder).status().expect("git runs");
        assert!(ended.success(), "{arguments:?}");
    }

    fn commits(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "A lesson"]);
    }

    fn url(&self) -> String {
        format!("file://{}", self.folder.display())
    }
}

#[test]
fn a_repository_is_learned_from_and_updated() {
    let repository = Repository::new();
    let home = Home::new();
    home.adds(&repository.url()).exits(0).complains("Commit").prints("`mailboxes`");
    home.runs(&["progress", "mailboxes"]).exits(0);
    home.runs(&["pack", "update"]).exits(0).prints("Nothing new");
    let text = repository.folder.join("lessons/mailboxes/en.yaml");
    let changed = fs::read_to_string(&text).expect("a text").replace("Let alex call kate", "alex calls");
    fs::write(&text, changed).expect("room");
    repository.commits();
    // It is here: only an update asks what is new there.
    home.runs(&["pack", "add", &repository.url()]).exits(0);
    home.runs(&["pack", "update"]).exits(2).complains("Before").complains("mailboxes/en.yaml");
    home.runs(&["pack", "update", "--trust"]).exits(0);
    home.runs(&["progress", "mailboxes"]).exits(0).prints("alex calls");
}

#[test]
fn neither_hooks_nor_filters_nor_links_nor_modules_of_it_do_anything() {
    let repository = Repository::new();
    let home = Home::new();
    let ran = home.path("ran");
    let touch = format!("touch '{}'", ran.display());
    // Of the learner's own: a filter that the repository names, and a hook at every checkout.
    let hooks = home.path("hooks");
    for hook in ["post-checkout", "reference-transaction", "post-merge"] {
        install(&hooks, hook, &touch);
    }
    let config = format!(
        "[core]\n\thooksPath = {}\n[filter \"evil\"]\n\tsmudge = {touch}\n\trequired = true\n",
        hooks.display()
    );
    fs::write(home.path("home/.gitconfig"), config).expect("room");
    fs::write(repository.folder.join(".gitattributes"), "*.yaml filter=evil\n").expect("room");
    // Of the repository's: its own hooks, a module, a link out of it.
    for hook in ["post-checkout", "pre-receive", "post-upload-pack"] {
        install(&repository.folder.join(".git/hooks"), hook, &touch);
    }
    let module = Repository::new();
    repository.git(&["submodule", "--quiet", "add", &module.url(), "module"]);
    symlink("/etc", repository.folder.join("etc")).expect("a link");
    repository.commits();
    home.adds(&repository.url()).exits(0);
    assert!(!ran.exists());
    home.runs(&["progress", "mailboxes"]).exits(0);

    symlink("/etc/passwd", repository.folder.join("lessons/mailboxes/el.yaml")).expect("a link");
    repository.commits();
    home.runs(&["pack", "update", "--trust"]).exits(2).complains("el.yaml").complains("is a link");
    home.runs(&["progress", "mailboxes"]).exits(0);
}

#[test]
fn a_huge_file_in_it_fills_no_disk() {
    let repository = Repository::new();
    let mut state: u64 = 7;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    });
    fs::write(repository.folder.join("film.mp4"), noise.take(66 * 1024 * 1024).collect::<Vec<_>>())
        .expect("room");
    repository.commits();
    let home = Home::new();
    home.adds(&repository.url()).exits(2).complains("larger than 64 MB");
    home.keeps_nothing();
}

#[test]
fn what_cannot_be_fetched_is_told_with_a_cure() {
    let home = Home::new();
    home.adds("file:///nowhere/lessons.git").exits(3).complains("could not fetch").complains("git clone");
    home.adds("http://example.org/lessons.git").exits(2).complains("https://");
    let mut without_git = home.command(&["pack", "add", "https://example.org/lessons.git", "--trust"]);
    let bin = home.path("bin");
    fs::create_dir(&bin).expect("a folder");
    symlink("/bin/sh", bin.join("sh")).expect("a link");
    without_git.env("PATH", &bin);
    home.finishes(&mut without_git).exits(3).complains("no git here").complains("apt install git");
    home.keeps_nothing();
}

#[test]
fn who_is_tired_of_waiting_leaves_nothing() {
    let home = Home::new();
    let script =
        "echo begun >>'BEGUN'; sleep 600".replace("BEGUN", &home.path("begun").display().to_string());
    let arguments = ["pack", "add", "https://example.org/lessons.git", "--trust"];
    let fetching = home.opens_pipe(&mut home.command_with("git", &script, &arguments));
    until("git ran", || if home.path("begun").exists() { Ok(()) } else { Err("not yet") });
    let ended = fetching.gets(Signal::INT).ends();
    assert_eq!(ended.code, Some(130), "{ended:#?}");
    home.keeps_nothing();
    home.is_deserted();
}
