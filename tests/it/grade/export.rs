//! What a platform hands out goes in as it is: a zip, a roster, one step that was set.

use std::{
    fs,
    io::{Cursor, Write},
};

use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{BAD, Class, GOOD, Grading, points, verdicts};

const ROSTER: &str = "Identifier,Full name,Email address\nParticipant 1001,Μαρία Παπαδάκη,m@x.gr\n\
    Participant 1002,Nikos A,n@x.gr\nParticipant 1003,Eleni K,e@x.gr\nParticipant 1004,Zoe,z@x.gr\n\
    Participant 1005,Tom Becker,t@x.de\nParticipant 1006,Ada,a@x.ng\nParticipant 1007,Omar,o@x.jo\n";

/// Moodle's, of six students of whom four have answers.
fn export() -> Vec<u8> {
    let learners = GOOD.replace("[Ana, Nikos]", "[Nikos A]");
    let files = [
        ("Μαρία Παπαδάκη_1001_assignsubmission_file_/answers.yaml", learners.as_str()),
        ("Nikos A_1002_assignsubmission_file_/Answers.YAML", GOOD),
        ("Nikos A_1002_assignsubmission_file_/answers (1).yaml", BAD),
        (
            "Eleni K_1003_assignsubmission_file_/answers.yaml.txt",
            "lesson: otp-distribution\nanswers:\n  name-alex: []\n",
        ),
        ("Zoe_1004_assignsubmission_file_/lab.docx", "PK"),
        ("Tom Becker_1005_assignsubmission_file_/answers.yaml", "lesson: ["),
        ("Ada_1006_assignsubmission_file_/lab/answers.yml", GOOD),
        ("__MACOSX/Ada_1006_assignsubmission_file_/._answers.yml", "x"),
        ("../out.yaml", GOOD),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default()).expect("memory");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn texts<'v>(values: &'v Value, key: &str) -> Vec<&'v str> {
    let values = values.as_array().expect("a list");
    values.iter().map(|value| value[key].as_str().expect("a text")).collect()
}

#[test]
fn a_zip_with_a_roster_accounts_for_everybody() {
    let grading = Grading::new();
    let class = grading.0.path("class.zip");
    fs::write(&class, export()).expect("a file");
    fs::write(grading.0.path("roster.csv"), ROSTER).expect("a file");
    let mut command = grading.0.command(&["grade"]);
    command.arg(&class).arg("--output").arg(grading.0.path("graded"));
    command.arg("--roster").arg(grading.0.path("roster.csv")).args(["--step", "nameless"]);
    let graded = grading.0.finishes(&mut command).exits(1);
    let graded =
        graded.prints("5 submissions graded.").prints("One earlier attempt does not count: Nikos A_1002");
    let graded = graded.prints("Not graded: ../out.yaml: its name leads out of the zip");
    let graded = graded.prints("Not graded: Zoe_1004_assignsubmission_file_: no answers in it: .docx");
    graded.prints("One student of the roster handed in nothing: Omar.").prints("passed over: __MACOSX.");
    let results = grading.results();
    assert_eq!(results["platform"], "moodle");
    let names = texts(&results["submissions"], "name");
    assert_eq!(names, ["Ada", "Eleni K", "Nikos A", "Tom Becker", "Μαρία Παπαδάκη"]);
    assert_eq!(texts(&results["leftovers"], "entry"), ["../out.yaml", "Zoe_1004_assignsubmission_file_"]);
    assert_eq!(texts(&results["missing"], "name"), ["Omar"]);
    // The copy is newer; of one step, one point.
    assert_eq!((points(&results, "Ada"), points(&results, "Nikos A")), (1.0, 0.0));
    assert_eq!(
        verdicts(&results)["\"Eleni K\""],
        [("\"nameless\"".to_owned(), "\"unanswered\"".to_owned(), "0.0".to_owned())]
    );
    assert!(
        results["submissions"].as_array().expect("a list").iter().all(|one| one["of"] == 1.0),
        "{results:#}"
    );
    let maria = &results["submissions"][4]["origin"];
    assert_eq!(maria["students"][0]["email"], json!("m@x.gr"));
    assert_eq!(maria["notes"], json!(["it names Nikos A, who handed in another: Nikos A"]));
    let csv = fs::read_to_string(grading.0.path("graded/results.csv")).expect("it reads");
    assert!(
        csv.contains("\"Zoe\",\"\",\"\",\"\",\"no_answers\"")
            && csv.contains("\"Omar\",\"\",\"\",\"\",\"missing\""),
        "{csv}"
    );
    // Nothing of the zip is left, wherever it was unpacked.
    let left = fs::read_dir(grading.0.path("tmp")).expect("a folder").count();
    assert_eq!(left, 0);
    grading.0.is_deserted();
}

#[test]
fn only_what_was_set_is_graded() {
    let (class, grading) = (Class::new(), Grading::new());
    let results = grading.grades_well(&class, &["--step", "name-alex", "--only", "ana"]);
    assert_eq!(
        verdicts(&results)["\"ana\""],
        [("\"name-alex\"".to_owned(), "\"passed\"".to_owned(), "1.0".to_owned())]
    );
    let sections = results["lesson"]["sections"].as_array().expect("a list");
    assert_eq!((sections.len(), &sections[0]["steps"][0]["number"]), (1, &json!(2)));
    grading.grades(&class, &["--resume"]).exits(2).complains("--section or --step");
    Grading::new().grades(&class, &["--step", "nameles"]).exits(2).complains("`nameless`");
    Grading::new().grades(&class, &["--section", "all"]).exits(2).complains("starting-nodes");
}
