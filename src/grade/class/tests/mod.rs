//! A class of each platform, with the oddities that come with real ones: everything in it is accounted for.

mod export;
mod hostile;

use std::{fs, os::unix::fs::symlink, path::Path};

use export::{Export, GOOD, Told, open, put};
use tempfile::TempDir;

use super::*;

/// GOOD, as Notepad saves it.
fn wide() -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_be_bytes)).collect()
}

#[test]
fn moodle() {
    let inner = Export::default().answers(&["work/answers.yaml"]).file("__MACOSX/._answers.yaml", "x").zip();
    let export = Export::default()
        .answers(&[
            "Μαρία Παπαδάκη_1001_assignsubmission_file_/answers.yaml",
            "Nikos A_1002_assignsubmission_file_/Answers.YAML",
            "Maria Rossi_1003_assignsubmission_file_/answers.yaml",
            "Maria Rossi_1004_assignsubmission_file_/answers (1).yaml",
            "Maria Rossi_1004_assignsubmission_file_/answers.yaml",
        ])
        .file("Eleni K_1005_assignsubmission_file_/answers.yaml.txt", wide())
        .file("Tom Becker_1006_assignsubmission_file_/work.zip", inner)
        .file("Zoe_1007_assignsubmission_file_/lab.docx", "PK")
        .file("Zoe_1007_assignsubmission_file_/photo.jpg", "x")
        .file("Yuki_1008_assignsubmission_onlinetext_/onlinetext.html", "<p>")
        .file("Nikos A_1002_assignsubmission_onlinetext_/onlinetext.html", "<p>")
        .file(".DS_Store", "x");
    let worksheet = "Identifier,Full name,Email address,Status,Grade\n\
        Participant 1001,Μαρία Παπαδάκη,m@x.gr,,\nParticipant 1003,Maria Rossi,r@x.it,,\nParticipant 1008,Yuki,y@x.jp,,\n\
        Participant 1009,Omar,o@x.jo,,\n";
    let told = export.opened(Some(worksheet));
    assert_eq!(
        told.entries,
        [
            "Eleni K: Eleni K_1005_assignsubmission_file_/answers.yaml.txt",
            "Maria Rossi (1003): Maria Rossi_1003_assignsubmission_file_/answers.yaml",
            "Maria Rossi (1004): Maria Rossi_1004_assignsubmission_file_/answers (1).yaml < Maria Rossi_1004_assignsubmission_file_/answers.yaml",
            "Nikos A: Nikos A_1002_assignsubmission_file_/Answers.YAML",
            "Tom Becker: Tom Becker_1006_assignsubmission_file_/work.zip/work/answers.yaml",
            "Μαρία Παπαδάκη: Μαρία Παπαδάκη_1001_assignsubmission_file_/answers.yaml",
        ]
    );
    assert_eq!(
        told.leftovers,
        [
            "Nikos A_1002_assignsubmission_onlinetext_: no answers in it: .html is no file of answers; `moebi export` writes one (beside Nikos A)",
            "Yuki_1008_assignsubmission_onlinetext_: no answers in it: .html is no file of answers; `moebi export` writes one",
            "Zoe_1007_assignsubmission_file_: no answers in it, but lab.docx, photo.jpg",
        ]
    );
    assert_eq!((told.missing, told.passed_over), (vec!["Omar".to_owned()], vec![".DS_Store 1".to_owned()]));
    assert_eq!(told.known[1], "Maria Rossi: 1003 - - r@x.it");
    assert!(told.notes.contains(&"Nikos A: Nikos A is not in the roster".to_owned()), "{:?}", told.notes);
}

#[test]
fn moodle_without_folders() {
    let names = ["Ana B_1_", "Ben C_2_", "Cleo D_3_", "Dan E_4_", "Eva F_5_"];
    let files: Vec<_> =
        names.iter().map(|name| format!("{name}assignsubmission_file_answers.yaml")).collect();
    let export = Export::default().answers(&files.iter().map(String::as_str).collect::<Vec<_>>());
    let told = export.file("Fay G_6_assignsubmission_file_answers.pdf", "x").opened(None);
    assert_eq!(told.entries.len(), 5);
    assert_eq!(told.entries[0], "Ana B: Ana B_1_assignsubmission_file_answers.yaml");
    assert_eq!(told.leftovers.len(), 1);
}

#[test]
fn canvas() {
    let export = Export::default()
        .answers(&[
            "papadakimaria_4521_98001_answers.yaml",
            "papadakimaria_4521_98765_answers-1.yaml",
            "rossimaria_LATE_4522_98002_Answers.YAML",
            "παπάςνίκος_4523_98003_λύσεις.yml",
            "haddadomar_4525_98005_answers.yaml",
        ])
        .file("tanakayuki_4524_98004_answers.zip", Export::default().answers(&["lab/answers.yaml"]).zip())
        .file("haddadomar_4525_98006_screenshot.png", "x")
        .file("haddadomar_4525_98009_settings.yml", "a: 1")
        .file("beckertom_LATE_4526_98007_answers.docx", "x")
        .file("webrlukas_4527_text.html", "<p>");
    let grades = "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n\"Papadaki, Maria\",4521,A1,mpapad,B2\n\
        \"Becker, Tom\",4526,A6,tbeck,B2\n\"Ito, Ken\",4528,A8,kito,B2\n";
    let told = export.opened(Some(grades));
    assert_eq!(
        told.entries,
        [
            "haddadomar: haddadomar_4525_98005_answers.yaml",
            "papadakimaria: papadakimaria_4521_98765_answers-1.yaml < papadakimaria_4521_98001_answers.yaml",
            "rossimaria: rossimaria_LATE_4522_98002_Answers.YAML late",
            "tanakayuki: tanakayuki_4524_98004_answers.zip/lab/answers.yaml",
            "παπάςνίκος: παπάςνίκος_4523_98003_λύσεις.yml",
        ]
    );
    assert_eq!(told.known[1], "Papadaki, Maria: 4521 A1 mpapad -");
    assert_eq!(told.leftovers.len(), 4, "{:?}", told.leftovers);
    assert!(told.leftovers[2].contains("settings.yml") && told.leftovers[2].ends_with("(beside haddadomar)"));
    assert!(told.leftovers[1].ends_with("(beside haddadomar)"), "{:?}", told.leftovers);
    assert_eq!(told.missing, ["Ito, Ken"]);
}

#[test]
fn gradescope() {
    let metadata = "---\nsubmission_11:\n  :submitters:\n  - :name: Maria Papadaki\n    :sid: '100'\n    :email: m@x.gr\n  :created_at: 2025-01-31 03:26:34.000000000 Z\n  :score: 3.0\n  :results:\n    tests: []\n\
        submission_12:\n  :submitters:\n  - :name: Pair One\n    :sid: 200\n    :email: one@x.gr\n  - :name: Pair Two\n    :sid: 201\n    :email: two@x.gr\n\
        submission_13:\n  :submitters:\n  - :name: Nikos\n    :sid:\n    :email: n@x.gr\nsubmission_14:\n  :submitters:\n  - :name: Zoe\n    :email: z@x.gr\n\
        submission_15:\n  :submitters: []\n";
    let export = Export::default()
        .file("submission_metadata.yml", metadata)
        .answers(&[
            "submission_11/answers.yaml",
            "submission_12/answers.yaml",
            "submission_13/lab/answers.yml",
            "submission_15/answers.yaml",
            "submission_16/answers.yaml",
        ])
        .file("submission_11/chat/mix.exs", "x")
        .file("submission_14/answers.odt", "x");
    let told = export.opened(Some(
        "First Name,Last Name,SID,Email\nMaria,Papadaki,100,m@x.gr\nPair,Two,201,\nAda,Okafor,300,a@x.gr\n",
    ));
    assert_eq!(
        told.entries,
        [
            "Maria Papadaki: submission_11/answers.yaml",
            "Nikos: submission_13/lab/answers.yml",
            "Pair One, Pair Two: submission_12/answers.yaml",
            "submission_15: submission_15/answers.yaml",
            "submission_16: submission_16/answers.yaml",
        ]
    );
    assert_eq!(told.known[3], "Pair Two: - 201 - two@x.gr");
    assert_eq!(
        told.leftovers,
        ["submission_14: no answers in it: .odt is no file of answers; `moebi export` writes one"]
    );
    assert_eq!(told.passed_over, ["submission_metadata.yml 1"]);
    assert_eq!(told.missing, ["Ada Okafor"]);
}

#[test]
fn github_classroom() {
    let mut export = Export::default();
    for login in ["mpapad", "Tom-B", "yuki", "zoe", "omar", "ken"] {
        export = export
            .file(&format!("otp-lab-1-{login}/.git/HEAD"), "ref")
            .file(&format!("otp-lab-1-{login}/_build/dev/x.yaml"), GOOD)
            .file(&format!("otp-lab-1-{login}/deps/y/answers.yaml"), GOOD)
            .file(&format!("otp-lab-1-{login}/docker-compose.yml"), "services:\n")
            .file(&format!("otp-lab-1-{login}/mix.exs"), "x");
    }
    let export = export.answers(&[
        "otp-lab-1-mpapad/answers.yaml",
        "otp-lab-1-Tom-B/answers.yaml",
        "otp-lab-1-yuki/lab/answers.yaml",
        "otp-lab-1-omar/my-lab.yaml",
    ]);
    let export = export.file("otp-lab-1-zoe/README.md", "x").file("classroom_roster.csv", "x");
    let told = export.opened(Some("identifier,github_username,github_id,name\nm@x.gr,mpapad,1,Maria Papadaki\nt@x.de,tom-b,2,Tom Becker\na@x.ng,ada,3,Ada\n"));
    assert_eq!(
        told.entries,
        [
            "Tom-B: otp-lab-1-Tom-B/answers.yaml",
            "mpapad: otp-lab-1-mpapad/answers.yaml",
            "omar: otp-lab-1-omar/my-lab.yaml",
            "yuki: otp-lab-1-yuki/lab/answers.yaml",
            // It has one file of YAML, which may be meant: why it is none is told then.
            "zoe: otp-lab-1-zoe/docker-compose.yml",
            "ken: otp-lab-1-ken/docker-compose.yml",
        ]
        .map(str::to_owned)
        .into_iter()
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
    );
    assert_eq!(told.known[0], "Tom Becker: - - Tom-B t@x.de".replace("Tom-B", "tom-b"));
    assert_eq!(
        (told.missing, told.passed_over),
        (vec!["Ada".to_owned()], vec!["classroom_roster.csv 1".to_owned()])
    );
}

#[test]
fn blackboard() {
    let first = "Lab 1_mpapad_attempt_2025-01-31-10-00-00";
    let second = "Lab 1_mpapad_attempt_2025-02-01-09-30-00";
    let receipt =
        |name: &str, login: &str| format!("Name: {name} ({login})\nAssignment: Lab 1\nDate Submitted: x\n");
    let mut export = Export::default()
        .file(&format!("{first}.txt"), receipt("Maria Papadaki", "mpapad"))
        .file(&format!("{second}.txt"), receipt("Maria Papadaki", "mpapad"))
        .answers(&[&format!("{first}_answers.yaml"), &format!("{second}_answers.yaml")]);
    for (login, file) in [("tbeck", "Answers.YAML"), ("zalex", "answers.yml"), ("kito", "lab.pdf")] {
        let attempt = format!("Lab 1_{login}_attempt_2025-01-30-08-00-00");
        export = export
            .file(&format!("{attempt}.txt"), receipt("", login))
            .file(&format!("{attempt}_{file}"), GOOD);
    }
    let attempt = "Lab 1_omar_attempt_2025-01-30-08-00-00.txt";
    let told = export.file(attempt, receipt("Omar Haddad", "omar")).opened(None);
    assert_eq!(
        told.entries,
        [
            format!("Maria Papadaki: {second}_answers.yaml < {first}_answers.yaml"),
            "tbeck: Lab 1_tbeck_attempt_2025-01-30-08-00-00_Answers.YAML".to_owned(),
            "zalex: Lab 1_zalex_attempt_2025-01-30-08-00-00_answers.yml".to_owned(),
        ]
    );
    assert_eq!(told.known[0], "Maria Papadaki: - - mpapad -");
    assert_eq!(
        told.leftovers,
        [
            "Lab 1_kito_attempt_2025-01-30-08-00-00_lab.pdf: no answers in it: .pdf is no file of answers; `moebi export` writes one".to_owned(),
            format!("{attempt}: only the platform's receipt came, and no file"),
        ]
    );
    assert_eq!(told.passed_over, ["*_attempt_*.txt 5"]);
}

#[test]
fn google_classroom() {
    let before = Export::default()
        .answers(&[
            "Μαρία Παπαδάκη - answers.yaml",
            "Μαρι\u{301}α Παπαδα\u{301}κη - answers (1).yaml",
            "Tom Becker - Answers.YAML",
            "Yuki - answers.yml",
            "Anna-Maria Berg - answers.yaml",
        ])
        .file("Omar - answers.docx", "x")
        .opened(None);
    assert_eq!(
        before.entries,
        [
            "Anna-Maria Berg: Anna-Maria Berg - answers.yaml",
            "Tom Becker: Tom Becker - Answers.YAML",
            "Yuki: Yuki - answers.yml",
            "Μαρία Παπαδάκη: Μαρία Παπαδάκη - answers (1).yaml < Μαρία Παπαδάκη - answers.yaml",
        ]
    );
    assert_eq!(before.leftovers.len(), 1);
    let files = ["Ana", "Ben", "Cleo", "Dan", "Eva", "Fay (1)"].map(|name| format!("answers - {name}.yaml"));
    let behind = Export::default().answers(&files.each_ref().map(String::as_str)).opened(None);
    assert_eq!((behind.entries.len(), behind.entries[5].as_str()), (6, "Fay: answers - Fay (1).yaml"));
}

#[test]
fn no_platforms() {
    let export = Export::default()
        .answers(&[
            "ana.yaml",
            "ana (1).yaml",
            "eleni.YML",
            "nikos/answers.yaml",
            "Omar.yaml.txt",
            "zoe/lab/Answers.YAML",
        ])
        .file("nikos/chat/mix.exs", "x")
        .file("yuki.docx", "x")
        .file("ana.pdf", "x")
        .file("ken.rar", "x")
        .file("notes.txt", "hello")
        .file("README.md", "x")
        .file("ada.zip", "no zip")
        .file("Thumbs.db", "x")
        .file("submission_metadata.yml", "a: 1");
    let told = export.opened(Some("name\nYuki\nAna\nMia\n"));
    assert_eq!(told.missing, ["Mia"]);
    assert_eq!(
        told.entries,
        [
            "Omar: Omar.yaml.txt",
            "ana: ana (1).yaml < ana.yaml",
            "eleni: eleni.YML",
            "nikos: nikos/answers.yaml",
            "zoe: zoe/lab/Answers.YAML",
        ]
    );
    let whys: Vec<_> = told.leftovers.iter().map(|told| told.split(": ").next().unwrap()).collect();
    assert_eq!(whys, ["ada.zip", "ana.pdf", "ken.rar", "notes.txt", "yuki.docx"]);
    assert_eq!(told.passed_over, ["README.md 1", "Thumbs.db 1", "submission_metadata.yml 1"]);
}

#[test]
fn files_that_are_all_called_alike_are_of_different_people() {
    let told =
        Export::default().answers(&["answers.yaml", "answers (1).yaml", "answers (2).yaml"]).opened(None);
    assert_eq!(
        told.entries,
        ["answers: answers.yaml", "answers (1): answers (1).yaml", "answers (2): answers (2).yaml"]
    );
}

fn names(told: &Told) -> Vec<&str> {
    told.entries.iter().filter_map(|told| told.split(':').next()).collect()
}

#[test]
fn folders_of_parts_of_a_class_are_no_students() {
    let paths = ["A/ana.yaml", "A/ben.yaml", "B/cleo/answers.yaml", "B/dan/answers.yaml"];
    let told = Export::default().answers(&paths).opened(None);
    assert_eq!(names(&told), ["ana", "ben", "cleo", "dan"]);
    let told = Export::default()
        .answers(&["A/ana.yaml", "A/ben.yaml", "late.yaml", "zoe/answers.yaml"])
        .opened(None);
    assert_eq!(names(&told), ["ana", "ben", "late", "zoe"]);
    let told =
        Export::default().answers(&["in/ana.yaml", "in/ben.yaml"]).file("roster.csv", "name").opened(None);
    assert_eq!(names(&told), ["ana", "ben"]);
}

#[test]
fn a_roster_that_fits_two_is_told_and_not_guessed() {
    let told = Export::default().answers(&["maria.yaml", "Tom Becker.yaml", "becker.yaml"]).opened(Some(
        "name,login,email\nMaria,m1,m1@x\nΜαρία,m2,m2@x\nmaria,m3,m3@x\n\"Becker, Tom\",becker,t@x\n",
    ));
    assert_eq!(
        told.notes,
        [
            "becker: Becker, Tom of the roster handed in Tom Becker too",
            "maria: the roster has several whom maria may be: give ids, e-mails or accounts",
        ]
    );
    assert_eq!(told.missing, ["Maria", "Μαρία", "maria"]);
}

#[test]
fn files_folders_and_links_are_found_and_the_output_is_not() {
    let class = TempDir::new().expect("a folder");
    let export = Export::default().answers(&["ana.yaml", "graded/results.yaml", "nikos/answers.yaml"]);
    export.lay_out(class.path());
    fs::create_dir(class.path().join("nobody")).expect("a folder");
    symlink("/dev/zero", class.path().join("device.yaml")).expect("a link");
    symlink("/etc", class.path().join("etc")).expect("a link");
    let found = Class::open(class.path(), &class.path().join("graded"), None).expect("a class");
    let told = Told::of(&found);
    assert_eq!(told.entries, ["ana: ana.yaml", "device: device.yaml", "nikos: nikos/answers.yaml"]);
    assert_eq!(told.leftovers, ["etc: a link, which is not followed", "nobody: there is nothing in it"]);
    let folder = class.path().canonicalize().expect("it is there").join("nikos");
    let Place::Folder(at, file) = &found.entries[2].place else { panic!("a folder") };
    assert_eq!(
        (at.canonicalize().expect("it is there"), file.as_path()),
        (folder, Path::new("answers.yaml"))
    );
}

#[test]
fn the_newer_of_two_counts() {
    let class = TempDir::new().expect("a folder");
    Export::default().answers(&["ana/answers.yaml", "ana/answers-final.yaml"]).lay_out(class.path());
    let old = fs::File::options().write(true).open(class.path().join("ana/answers.yaml")).expect("a file");
    old.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("it is ours");
    let told = Told::of(&open(class.path(), None));
    assert_eq!(told.entries, ["ana: ana/answers-final.yaml < ana/answers.yaml"]);
}

#[test]
fn an_empty_folder_is_no_class() {
    let class = TempDir::new().expect("a folder");
    assert!(Class::open(class.path(), Path::new("/nowhere"), None).is_err());
    let error = Class::open(&put(&class, b"no zip"), Path::new("/nowhere"), None).expect_err("no class");
    assert!(error.to_string().contains("class.zip") && !error.hints().is_empty(), "{error}");
    assert!(Class::open(Path::new("/nowhere"), Path::new("/"), None).is_err());
}

#[test]
fn what_was_unpacked_is_gone_with_the_class() {
    let folder = TempDir::new().expect("a folder");
    let class = open(&put(&folder, &Export::default().answers(&["ana.yaml"]).zip()), None);
    let Place::File(at) = class.entries[0].place.clone() else { panic!("a file") };
    assert!(at.is_file());
    drop(class);
    assert!(!at.exists() && !at.parent().expect("a folder").exists());
}
