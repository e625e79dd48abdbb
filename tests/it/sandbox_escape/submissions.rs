//! What the class has handed in.

use std::{fs, io::Write, os::unix::fs::symlink, path::Path};

use super::canary::Canary;

const HANDED_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/sandbox_escape/class");

/// A name that a spreadsheet, a terminal, a shell and a file system each read in their own way.
pub const FORMULA: &str = "=cmd|' -C calc'!A0\n\u{1b}[31m\u{202e}<b>$(id)";

/// Names that differ in case alone, and that a path could climb by.
pub const ALIKE: [&str; 5] = ["Zoe", "zoe", "ZOE", "..", "....feedback"];

/// Fills the canary's class.
pub fn gather(canary: &Canary, port: u16) {
    for entry in fs::read_dir(HANDED_IN).expect("the class") {
        let file = entry.expect("a file").path();
        let text = canary.told(&fs::read_to_string(&file).expect("a text"));
        let text = text.replace("@PORT@", &port.to_string()).replace("@DEEP@", &"[".repeat(40_000));
        fs::write(canary.class().join(file.file_name().expect("a name")), text).expect("it is handed in");
    }
    odd_names(&canary.class());
    odd_kinds(canary);
    odd_yaml(&canary.class());
}

const NOTHING: &str = "lesson: small\nanswers: {}\n";

fn odd_names(class: &Path) {
    fs::write(class.join(format!("{FORMULA}.yaml")), NOTHING).expect("it is handed in");
    fs::write(class.join("CON.yaml"), NOTHING).expect("it is handed in");
    let strange = <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xff\xfe.yaml");
    fs::write(class.join(strange), NOTHING).expect("it is handed in");
    for name in ALIKE {
        fs::write(class.join(format!("a{name}.yaml")), NOTHING).expect("it is handed in");
    }
}

fn odd_kinds(canary: &Canary) {
    let class = canary.class();
    let fifo = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
        assert!(made.success());
    };
    fifo(&class.join("pipe.yaml"));
    symlink("/dev/zero", class.join("device.yaml")).expect("a link");
    symlink(class.join("good.yaml"), class.join("copied.yaml")).expect("a link");
    symlink("loop.yaml", class.join("loop.yaml")).expect("a link");
    for folder in ["folder-pipe", "folder-link", "folder-beside", "folder-empty"] {
        fs::create_dir(class.join(folder)).expect("a folder");
    }
    fifo(&class.join("folder-pipe/answers.yaml"));
    symlink(class.join("good.yaml"), class.join("folder-link/answers.yaml")).expect("a link");
    let beside = "lesson: small\nanswers:\n  greet:\n    - write: greet.sh\n    - write: up/notes.txt\n    - shell: cat greet.sh\n";
    fs::write(class.join("folder-beside/answers.yaml"), beside).expect("it is handed in");
    symlink(canary.secrets().join("notes.txt"), class.join("folder-beside/greet.sh")).expect("a link");
    symlink(canary.secrets(), class.join("folder-beside/up")).expect("a link");
}

fn odd_yaml(class: &Path) {
    let large = fs::File::create(class.join("large.yaml")).expect("a file");
    large.set_len(100 * 1024 * 1024).expect("it is sparse");
    let aliases = (1..30).fold("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, n| {
        let before = format!("*a{}", n - 1);
        text + &format!("a{n}: &a{n} [{}]\n", [before.as_str(); 9].join(", "))
    });
    fs::write(class.join("aliases.yaml"), format!("lesson: small\n{aliases}answers: *a29\n"))
        .expect("a file");
    fs::write(class.join("nested.yaml"), format!("lesson: small\nanswers: {}", "[".repeat(900_000)))
        .expect("a file");
    fs::write(class.join("nested-maps.yaml"), format!("lesson: small\nanswers: {}", "{a: ".repeat(200_000)))
        .expect("a file");
    let mut bytes = fs::File::create(class.join("bytes-only.yaml")).expect("a file");
    bytes.write_all(&[0xff, 0xfe, 0, 0x1b, b'[', b'2', b'J']).expect("it is written");
}
