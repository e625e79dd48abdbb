//! What `examples/grading` shows, run as far as one machine can: its shell parts for real, the platforms' own programs
//! played by a few lines of shell.

use std::{
    env, fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    grade::{Class, GOOD},
    support::{
        MOEBI, elixir,
        home::{Finished, Home},
    },
};

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/grading").join(name)
}

fn manifest(name: &str) -> Value {
    let text = fs::read_to_string(example(name)).expect("it reads");
    serde_yaml::from_str(&text).unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

/// The shell of the step of that name.
fn step<'w>(workflow: &'w Value, job: &str, name: &str) -> &'w str {
    let steps = list(&workflow["jobs"][job]["steps"]);
    let found = steps.iter().find(|step| step["name"].as_str().is_some_and(|of| of.starts_with(name)));
    text(&found.unwrap_or_else(|| panic!("no {name} in {job}"))["run"])
}

/// The line of a GitLab job's script that holds `part`.
fn line<'p>(pipeline: &'p Value, job: &str, part: &str) -> &'p str {
    let script = list(&pipeline[job]["script"]).iter().map(text);
    script.clone().find(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part} in {job}"))
}

/// A machine of a platform's: a folder to work in, and programs that stand for others.
struct Runner(Home);

impl Runner {
    fn new() -> Self {
        let runner = Self(Home::new());
        fs::create_dir(runner.0.path("bin")).expect("a folder");
        fs::create_dir(runner.work("bin")).expect("a folder");
        for place in [runner.0.path("bin/moebi"), runner.work("bin/moebi")] {
            symlink(MOEBI, place).expect("a link");
        }
        runner
    }

    fn work(&self, name: &str) -> PathBuf {
        self.0.path("home").join(name)
    }

    fn stands_in(&self, name: &str, script: &str) {
        let place = self.0.path("bin").join(name);
        fs::write(&place, format!("#!/bin/bash\nset -eu\n{script}\n")).expect("a file");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }

    fn command(&self, program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
        let mut command = self.0.program(program, arguments);
        let others = elixir::path();
        let path = env::join_paths([self.0.path("bin")].into_iter().chain(env::split_paths(&others)));
        command.env("PATH", path.expect("folders without colons")).envs(environment.iter().copied());
        command
    }

    /// As GitHub and GitLab do it: the first line that fails is the last.
    fn shell(&self, script: &str, environment: &[(&str, &str)]) -> Finished {
        self.0.finishes(&mut self.command("bash", &["-e", "-c", script], environment))
    }

    fn results(&self, file: &str) -> Value {
        let text = fs::read_to_string(self.work(file)).expect("results");
        serde_json::from_str(&text).expect("they are JSON")
    }

    /// The names of all that were graded, of all parts.
    #[track_caller]
    fn has_graded(&self, folder: &str, names: &[&str]) {
        let results = self.results(&format!("{folder}/results.json"));
        let graded: Vec<_> = list(&results["submissions"]).iter().map(|one| text(&one["name"])).collect();
        assert_eq!(graded, names);
        assert_eq!(results["part"]["count"], 1);
        assert!(
            self.work(folder).join("grades.csv").is_file()
                && self.work(folder).join("feedback.zip").is_file()
        );
    }
}

/// Ana's is good, Bad's is not, Torn's can't be read; each is a repository with one commit.
fn repositories(runner: &Runner) -> PathBuf {
    let (class, origin) = (Class::new(), runner.work("origin"));
    for name in ["ana", "bad", "torn"] {
        let folder = origin.join(format!("otp-{name}"));
        fs::create_dir_all(&folder).expect("a folder");
        fs::copy(class.path().join(format!("{name}.yaml")), folder.join("answers.yaml")).expect("a file");
        let commit = format!(
            "cd '{}' && git init -q && git add . && git -c user.name=x -c user.email=x@y commit -qm x",
            folder.display()
        );
        runner.shell(&commit, &[]).exits(0);
    }
    origin
}

#[test]
fn a_classroom_is_collected_graded_in_parts_and_merged_on_github() {
    let (runner, workflow) = (Runner::new(), manifest("github/class.yml"));
    let origin = repositories(&runner);
    runner.stands_in(
        "gh",
        &format!(
            r#"case "$1 $2" in
            "auth setup-git") ;;
            "api --paginate") [ "$3" = "/assignments/42/accepted_assignments?per_page=100" ]; printf 'org/otp-%s\n' ana bad torn gone ;;
            "repo clone") git clone --quiet "file://{}/${{3##*/}}" "$4" ;;
            esac"#,
            origin.display()
        ),
    );
    let collected = runner.shell(step(&workflow, "collect", "The students'"), &[("ASSIGNMENT", "42")]);
    assert_ne!(collected.code, Some(0), "a repository that is gone is told");
    runner.shell(step(&workflow, "collect", "One archive"), &[]).exits(0);
    fs::remove_dir_all(runner.work("submissions")).expect("they are in the archive");
    for part in ["1", "2", "3", "4"] {
        let graded = runner.shell(step(&workflow, "grade", "Grade one part"), &[("PART", part)]).exits(0);
        let word = graded.stdout.lines().next().and_then(|line| line.strip_prefix("::stop-commands::"));
        assert_eq!(graded.stdout.lines().last(), word.map(|word| format!("::{word}::")).as_deref());
    }
    fs::create_dir(runner.work("parts")).expect("a folder");
    for part in ["part1", "part2", "part3", "part4"] {
        fs::rename(runner.work(part), runner.work("parts").join(part)).expect("it is there");
    }
    runner.shell(step(&workflow, "report", "One report"), &[]).exits(1);
    runner.has_graded("graded", &["ana", "bad", "torn"]);
}

#[test]
fn a_group_is_collected_graded_in_parts_and_merged_on_gitlab() {
    let (runner, pipeline) = (Runner::new(), manifest("gitlab/gitlab-ci.yml"));
    let origin = repositories(&runner);
    fs::rename(runner.work("bin"), runner.work("moebi")).expect("it is there");
    fs::create_dir(runner.work(".moebi")).expect("a folder");
    fs::rename(runner.work("moebi"), runner.work(".moebi/bin")).expect("it is there");
    // Two pages of projects.
    runner.stands_in(
        "curl",
        &format!(
            r#"case "${{!#}}" in
            *"/groups/7/projects?per_page=100&page=1") next=2 names="ana bad" ;;
            *"/groups/7/projects?per_page=100&page=2") next= names=torn ;;
            esac
            printf 'HTTP/2 200\r\nX-Next-Page: %s\r\n' "$next" > head
            for name in $names; do
                printf '{{"path": "otp-%s", "http_url_to_repo": "file://{}/otp-%s"}}' "$name" "$name"
            done | jq --slurp . > projects"#,
            origin.display()
        ),
    );
    let at =
        [("CI_API_V4_URL", "https://gitlab.example/api/v4"), ("STUDENTS", "7"), ("STUDENTS_TOKEN", "secret")];
    runner.shell(line(&pipeline, "collect", "clone"), &at).exits(0);
    let count = pipeline["grade"]["parallel"].to_string();
    for part in ["1", "2", "3", "4"] {
        let environment = [("CI_NODE_INDEX", part), ("CI_NODE_TOTAL", count.as_str())];
        runner.shell(line(&pipeline, "grade", "moebi grade"), &environment).exits(0);
    }
    runner.shell(line(&pipeline, "report", "merge"), &[]).exits(1);
    runner.has_graded("graded", &["ana", "bad", "torn"]);
    assert!(runner.work("graded/junit.xml").is_file());
}

/// The shell of the only container of a Job.
fn container(job: &Value) -> &Value {
    &list(&job["spec"]["template"]["spec"]["containers"])[0]
}

fn pod(runner: &Runner, job: &Value, environment: &[(&str, &str)]) -> Command {
    let command: Vec<_> = list(&container(job)["command"]).iter().map(text).collect();
    runner.command(command[0], &command[1..], environment)
}

#[test]
fn two_pods_of_an_indexed_job_grade_at_once() {
    let (runner, class) = (Runner::new(), Class::new());
    class.hands_in("nikos.yaml", GOOD);
    let place = runner.work("class");
    fs::create_dir(&place).expect("a folder");
    symlink(class.path(), place.join("submissions")).expect("a link");
    let place = place.to_str().expect("plain letters");
    let (grade, merge) = (manifest("kubernetes/grade.yaml"), manifest("kubernetes/merge.yaml"));
    let pods = ["0", "1"].map(|index| {
        let environment = [("CLASS", place), ("PARTS", "2"), ("JOB_COMPLETION_INDEX", index)];
        let mut pod = pod(&runner, &grade, &environment);
        pod.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
    });
    for mut pod in pods {
        assert!(pod.wait().expect("it ends").success());
    }
    runner.0.finishes(&mut pod(&runner, &merge, &[("CLASS", place)])).exits(0);
    runner.has_graded("class/graded", &["ana", "bad", "nikos", "torn"]);
    for part in ["1", "2"] {
        let results = runner.results(&format!("class/parts/{part}/results.json"));
        assert!(!list(&results["submissions"]).is_empty(), "{part}");
    }
}

#[test]
fn an_array_of_jobs_is_merged_once_all_of_them_are_done() {
    let (runner, class) = (Runner::new(), Class::new());
    runner.stands_in("srun", r#"exec "$@""#);
    // What Slurm does of it: the array's jobs at once, and those that depend on it behind.
    runner.stands_in(
        "sbatch",
        r#"[ "$1" = --parsable ]
        case "$2" in
        --array=1-*)
            for part in $(seq 1 "${2#--array=1-}"); do
                SLURM_ARRAY_TASK_ID=$part "${@:3}" > "log$part" 2>&1 & jobs+=($!)
            done
            for job in "${jobs[@]}"; do wait "$job"; done
            echo 17 ;;
        --dependency=afterok:17) "${@:3}" > merged 2>&1; echo 18 ;;
        esac"#,
    );
    let submit = example("slurm/submit.sh");
    let class = class.path().to_str().expect("plain letters");
    let submitted = [submit.to_str().expect("plain letters"), class, "graded", "2"];
    runner.0.finishes(&mut runner.command("bash", &submitted, &[])).exits(0).prints("18");
    runner.has_graded("graded/graded", &["ana", "bad", "torn"]);
}

#[test]
fn gradescope_shows_each_student_the_steps() {
    let runner = Runner::new();
    runner.stands_in("runuser", r#"[ "$1 $2 $3" = "-u learner --" ]; exec "${@:4}""#);
    let class = Class::new();
    let autograder = runner.work("autograder");
    for folder in ["submission", "results"] {
        fs::create_dir_all(autograder.join(folder)).expect("a folder");
    }
    let place = autograder.to_str().expect("plain letters");
    let run = |name: &str| {
        fs::copy(class.path().join(name), autograder.join("submission/my answers.yaml")).expect("a file");
        let script = example("gradescope/run_autograder");
        let script = script.to_str().expect("plain letters");
        let run = &mut runner.command("bash", &[script], &[("AUTOGRADER", place)]);
        runner.0.finishes(run).exits(0);
        runner.results("autograder/results/results.json")
    };
    let good = run("ana.yaml");
    let first = &good["tests"][0];
    assert_eq!(
        (&good["score"], &first["number"], &first["status"]),
        (&2.0.into(), &"1.1".into(), &"passed".into())
    );
    assert!(text(&run("bad.yaml")["tests"][0]["output"]).contains(":nonode@nohost"));
    let torn = run("torn.yaml");
    assert!(text(&torn["output"]).contains("1:9") && torn["score"] == 0, "{torn:#}");
}

#[test]
fn a_binary_is_fetched_once_and_only_if_it_is_the_one() {
    for (name, job) in [("github/class.yml", "moebi"), ("github/student.yml", "check")] {
        let runner = Runner::new();
        let workflow = manifest(name);
        let script = step(&workflow, job, "Moebi, if it is not cached");
        let released = format!("file://{MOEBI}");
        let sum = runner.shell(&format!("sha256sum < '{MOEBI}' | cut -c 1-64"), &[]).stdout;
        let fetch = |sum: &str| {
            runner.shell(script, &[("MOEBI_RELEASE", &released), ("MOEBI_SHA256", sum), ("MOEBI_SOURCE", "")])
        };
        let place = runner.work(".local/bin/moebi");
        assert_ne!(fetch(&"0".repeat(64)).code, Some(0));
        assert!(!place.exists());
        fetch(sum.trim()).exits(0);
        assert!(fs::metadata(&place).expect("it is there").permissions().mode() & 0o100 != 0);
        fetch("what is cached is not asked for").exits(0);
    }
}

#[test]
fn workflows_are_whole() {
    for name in ["github/class.yml", "github/student.yml"] {
        let workflow = manifest(name);
        let jobs = workflow["jobs"].as_object().expect("jobs");
        assert!(workflow["on"] != Value::Null && workflow["permissions"]["contents"] == "read", "{name}");
        for (id, job) in jobs {
            assert!(job["runs-on"].is_string(), "{id}");
            let needs = job["needs"].as_array().into_iter().flatten();
            assert!(needs.map(text).all(|needed| jobs.contains_key(needed)), "{id}");
            for step in list(&job["steps"]) {
                assert!(step["uses"].is_string() != step["run"].is_string(), "{step}");
                assert!(step["uses"].as_str().is_none_or(|uses| uses.contains("@v")), "{step}");
            }
        }
    }
    let pipeline = manifest("gitlab/gitlab-ci.yml");
    for (id, job) in pipeline.as_object().expect("jobs").iter().filter(|(_, job)| job["script"].is_array()) {
        assert!(list(&pipeline["stages"]).contains(&job["stage"]), "{id}");
    }
}

#[test]
fn pods_share_one_volume_and_nobody_is_root() {
    let (volume, grade, merge) = (
        manifest("kubernetes/class.yaml"),
        manifest("kubernetes/grade.yaml"),
        manifest("kubernetes/merge.yaml"),
    );
    for job in [&grade, &merge] {
        let pod = &job["spec"]["template"]["spec"];
        assert_eq!((&job["apiVersion"], &job["kind"]), (&"batch/v1".into(), &"Job".into()));
        assert_eq!(pod["volumes"][0]["persistentVolumeClaim"]["claimName"], volume["metadata"]["name"]);
        assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
        assert_eq!(pod["restartPolicy"], "Never");
        let mounts = list(&container(job)["volumeMounts"]).iter();
        assert!(mounts.clone().any(|mount| mount["mountPath"] == container(job)["env"][0]["value"]));
    }
    assert_eq!(grade["spec"]["completionMode"], "Indexed");
    assert_eq!(grade["spec"]["completions"].to_string(), text(&container(&grade)["env"][1]["value"]));
    let image = fs::read_to_string(example("docker/Dockerfile")).expect("it reads");
    let last = image.split("\nFROM ").last().expect("an image");
    for line in ["elixir", "bubblewrap", "USER 1000:1000", "ENTRYPOINT [\"moebi\"]"] {
        assert!(last.contains(line), "{line}");
    }
}
