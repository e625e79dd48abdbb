//! Packs by somebody who means harm, and what comes at a bad moment: each is refused whole, and nothing of it is left.

use std::{
    fs,
    io::{Cursor, Write},
    os::unix::fs::symlink,
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::support::home::Home;

type Zip = ZipWriter<Cursor<Vec<u8>>>;

/// A good lesson, and what `add` puts beside it.
fn zipped(home: &Home, add: impl FnOnce(&mut Zip, SimpleFileOptions)) {
    let lesson = home.writes_lesson("mailboxes");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for name in ["lesson.yaml", "en.yaml"] {
        zip.start_file(format!("mailboxes/{name}"), options).expect("memory");
        zip.write_all(&fs::read(lesson.join(name)).expect("a text")).expect("memory");
    }
    add(&mut zip, options);
    fs::write(home.path("home/pack.zip"), zip.finish().expect("memory").into_inner()).expect("room");
}

#[track_caller]
fn refused(why: &str, add: impl FnOnce(&mut Zip, SimpleFileOptions)) {
    let home = Home::new();
    zipped(&home, add);
    home.adds("pack.zip").exits(2).complains(why);
    home.keeps_nothing();
}

#[test]
fn a_zip_with_what_no_honest_one_holds_is_refused_whole() {
    let named = |name: &'static str| {
        move |zip: &mut Zip, options| {
            zip.start_file(name, options).expect("memory");
            zip.write_all(b"lesson: x").expect("memory");
        }
    };
    refused("leads out of the zip", named("../out.yaml"));
    refused("leads out of the zip", named("mailboxes/../../out.yaml"));
    refused("leads out of the zip", named("/etc/out.yaml"));
    refused("a link, which is not followed", |zip, options| {
        zip.add_symlink("mailboxes/el.yaml", "/etc/passwd", options).expect("memory");
    });
    refused("would swell to 64 MB", |zip, options| {
        zip.start_file("mailboxes/el.yaml", options).expect("memory");
        zip.write_all(&vec![b' '; 64 * 1024 * 1024]).expect("memory");
    });
    refused("more than 32 files", |zip, options| {
        for number in 0..40 {
            zip.start_file(format!("mailboxes/{number}.yaml"), options).expect("memory");
        }
    });
    refused("mailboxes/x.yaml", named("mailboxes/x.yaml"));
}

#[test]
fn no_name_in_a_zip_reaches_the_terminal_as_it_is() {
    let home = Home::new();
    zipped(&home, |zip, options| zip.start_file("../\u{1b}[2J\u{202e}.yaml", options).expect("memory"));
    let refused = home.adds("pack.zip").exits(2).complains("leads out of the zip");
    assert!(!refused.stderr.contains(['\u{1b}', '\u{202e}']), "{refused:?}");
}

#[test]
fn what_is_no_zip_or_no_lesson_is_told() {
    let home = Home::new();
    fs::write(home.path("home/pack.zip"), "no zip").expect("room");
    home.adds("pack.zip").exits(2).complains("no zip that can be read");
    fs::create_dir(home.path("home/empty")).expect("a folder");
    home.adds("empty").exits(2).complains("there is no lesson in");
    home.adds("nowhere.zip").exits(2).complains("no folder, no zip and no repository's URL");
    home.runs(&["learn", "nowhere.zip"]).exits(2).complains("there is no lesson `nowhere.zip`");
    home.keeps_nothing();
}

#[test]
fn a_link_in_a_folder_is_not_followed() {
    let home = Home::new();
    let lesson = home.writes_lesson("mailboxes");
    fs::write(home.path("home/secret"), "title: secret").expect("room");
    symlink(home.path("home/secret"), lesson.join("el.yaml")).expect("a link");
    home.adds("lessons/mailboxes").exits(2).complains("el.yaml").complains("is a link");
    home.keeps_nothing();
}

#[test]
fn a_lesson_that_does_not_load_is_refused_with_the_complaints() {
    let home = Home::new();
    let lesson = home.writes_lesson("mailboxes");
    fs::write(lesson.join("lesson.yaml"), "lesson: mailboxes\n").expect("room");
    home.adds("lessons/mailboxes").exits(2).complains("`requires` is missing");
    home.keeps_nothing();
}

#[test]
fn a_name_that_is_taken_is_told_with_both_places() {
    let home = Home::new();
    home.writes_lesson("otp-distribution");
    home.adds("lessons/otp-distribution")
        .exits(2)
        .complains("built in")
        .complains("lessons/otp-distribution");
    home.is_sent("mailboxes");
    home.adds("mailboxes.zip").exits(0);
    let lesson = home.writes_lesson("mailboxes");
    let text = fs::read_to_string(lesson.join("en.yaml")).expect("a text");
    fs::write(lesson.join("en.yaml"), text.replace("Two nodes", "Two other nodes")).expect("room");
    let refused = home.adds("lessons/mailboxes").exits(2).complains("moebi pack remove mailboxes");
    refused.complains("home/lessons/mailboxes").complains("home/mailboxes.zip");
    home.runs(&["list"]).exits(0);
}

#[test]
fn what_an_interrupted_install_has_left_is_no_lesson_and_is_cleared_away() {
    let home = Home::new();
    home.is_sent("mailboxes");
    // Killed while it wrote, and before the lock named what it wrote.
    for left in [".half-x1y2/mailboxes", "links-0123456789abcdef/links"] {
        fs::create_dir_all(home.packs().join(left)).expect("a folder");
        fs::write(home.packs().join(left).join("lesson.yaml"), "lesson: links").expect("room");
    }
    home.runs(&["list"]).exits(0);
    home.runs(&["progress", "links"]).exits(2).complains("there is no lesson `links`");
    home.adds("mailboxes.zip").exits(0);
    home.runs(&["pack", "remove", "mailboxes"]).exits(0);
    assert_eq!(
        {
            let mut left = crate::support::home::names(&home.packs());
            left.sort();
            left
        },
        ["lock", "packs.json"]
    );
}

#[test]
fn a_disk_that_takes_nothing_leaves_what_was_there() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    home.is_sent("mailboxes");
    fs::create_dir_all(home.path("data/moebi")).expect("a folder");
    // Where the folder of packs should be, there is a file.
    fs::write(home.packs(), "").expect("room");
    fs::set_permissions(home.packs(), fs::Permissions::from_mode(0o600)).expect("it is ours");
    home.adds("mailboxes.zip").exits(2).complains("packs");
    home.runs(&["progress"]).exits(0);
}
