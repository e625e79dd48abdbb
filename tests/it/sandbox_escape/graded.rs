//! The class, graded once by the real binary; every test looks at that.

use std::{
    collections::BTreeMap,
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{
    LESSONS,
    canary::{Canary, Snapshot},
    submissions,
};
use crate::support::{
    MOEBI, elixir,
    processes::{self, Descendants},
    until,
};

/// Beyond this the grader hangs.
const BOUNDED: Duration = Duration::from_secs(400);

pub struct Graded {
    canary: Canary,
    pub before: Snapshot,
    pub after: Snapshot,
    pub code: Option<i32>,
    /// Of the grader itself, in bytes.
    pub peak: u64,
    pub said: String,
    pub results: Value,
    /// Connections that came to a port of the host.
    pub visitors: usize,
}

/// As somebody who grades a class would have it.
pub fn graded() -> &'static Graded {
    static GRADED: LazyLock<Graded> = LazyLock::new(grade);
    &GRADED
}

fn grade() -> Graded {
    let host = TcpListener::bind("127.0.0.1:0").expect("a port");
    host.set_nonblocking(true).expect("it is ours");
    let canary = Canary::new();
    submissions::gather(&canary, host.local_addr().expect("a port").port());
    let before = canary.snapshot();
    let said = (canary.home().join("stdout"), canary.home().join("stderr"));
    let (known, peak, code) = watch(start(&canary, &said));
    // The last of them are dying while the grader leaves.
    until("gone", || processes::nobody(processes::left_of(&known)));
    let (out, err) = (fs::read(&said.0).unwrap_or_default(), fs::read(&said.1).unwrap_or_default());
    let said = format!("{}\n{}", String::from_utf8_lossy(&out), String::from_utf8_lossy(&err));
    let results = fs::read(canary.output().join("results.json")).unwrap_or_default();
    Graded {
        before,
        after: canary.snapshot(),
        code,
        peak,
        results: serde_json::from_slice(&results).unwrap_or_else(|why| panic!("{why}\n{said}")),
        said,
        visitors: std::iter::from_fn(|| host.accept().ok()).count(),
        canary,
    }
}

fn start(canary: &Canary, said: &(PathBuf, PathBuf)) -> Child {
    let mut command = Command::new(MOEBI);
    command.arg("grade").arg(canary.class()).arg("--output").arg(canary.output());
    command.args(["--lessons", LESSONS]);
    command.args(["--isolation", "strict", "--jobs", "6", "--lang", "en"]);
    command.env("HOME", canary.home()).env("XDG_CACHE_HOME", elixir::cache());
    command.env("XDG_STATE_HOME", canary.home().join("state"));
    command.env("PATH", elixir::path());
    let file = |path: &PathBuf| fs::File::create(path).expect("a file");
    command.stdin(Stdio::null()).stdout(file(&said.0)).stderr(file(&said.1));
    command.spawn().expect("moebi starts")
}

/// Looks on until it ends; a grader that hangs is ended, and its nodes with it.
fn watch(mut grader: Child) -> (Descendants, u64, Option<i32>) {
    let began = Instant::now();
    let (mut known, mut peak) = (Descendants::new(), 0);
    loop {
        processes::note_descendants(grader.id(), &mut known);
        peak = processes::peak_memory(grader.id()).unwrap_or_default().max(peak);
        if let Some(status) = grader.try_wait().expect("it is our child") {
            return (known, peak, status.code());
        }
        if began.elapsed() > BOUNDED {
            grader.kill().expect("it is our child");
            grader.wait().expect("it is our child");
            panic!("the grader hangs");
        }
        thread::sleep(Duration::from_millis(100));
    }
}

impl Graded {
    pub fn file(&self, name: &str) -> String {
        let path = self.canary.output().join(name);
        fs::read_to_string(&path).unwrap_or_else(|why| panic!("{name}: {why}"))
    }

    pub fn feedback(&self) -> BTreeMap<String, String> {
        let pages = fs::read_dir(self.canary.output().join("feedback")).expect("the pages");
        let page = |entry: fs::DirEntry| {
            let text = fs::read_to_string(entry.path()).expect("a page");
            (entry.file_name().into_string().expect("a plain name"), text)
        };
        pages.map(|entry| page(entry.expect("a page"))).collect()
    }

    pub fn submissions(&self) -> impl Iterator<Item = &Value> {
        self.results["submissions"].as_array().expect("submissions").iter()
    }

    #[track_caller]
    pub fn of(&self, name: &str) -> &Value {
        self.submissions()
            .find(|one| one["name"] == name)
            .unwrap_or_else(|| panic!("no {name}: {}", self.said))
    }

    #[track_caller]
    pub fn verdict(&self, name: &str, step: &str) -> &str {
        self.step(name, step)["verdict"].as_str().expect("a verdict")
    }

    #[track_caller]
    pub fn step(&self, name: &str, step: &str) -> &Value {
        let of = self.of(name);
        let steps = of["steps"].as_array().expect("steps");
        steps.iter().find(|one| one["step"] == step).unwrap_or_else(|| panic!("{of:#}"))
    }

    /// What that step's terminals showed.
    #[track_caller]
    pub fn told(&self, name: &str, step: &str) -> String {
        let timeline = self.step(name, step)["timeline"].as_array().expect("moments").iter();
        timeline
            .filter(|moment| moment["kind"] != "typed")
            .filter_map(|moment| moment["text"].as_str())
            .collect()
    }

    /// Everything it came to, without a single point.
    #[track_caller]
    pub fn earns_nothing(&self, name: &str) {
        self.earns(name, 0.0);
    }

    /// The points, out of all that there are: no fault of the machine took a step out of the count.
    #[track_caller]
    pub fn earns(&self, name: &str, points: f64) {
        let of = self.of(name);
        assert_eq!((of["points"].as_f64(), of["of"].as_f64()), (Some(points), Some(6.0)), "{name}: {of:#}");
    }

    /// The answers were not even run, and why is told.
    #[track_caller]
    pub fn is_unreadable(&self, name: &str) -> &str {
        self.earns_nothing(name);
        let why = &self.of(name)["state"]["unreadable"];
        why.as_str().unwrap_or_else(|| panic!("{:#}", self.of(name)))
    }
}
