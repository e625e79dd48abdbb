//! Zips by somebody who means harm, or whose disk is broken.

use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
};

use proptest::prelude::*;
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::archive::unpack;

use super::{
    super::walk::LIMITS,
    export::{Export, GOOD, Told, open, put},
};

/// Everything below a folder, and what it is.
fn below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let kind = entry.file_type().expect("a kind");
        assert!(kind.is_dir() || kind.is_file(), "{:?}", entry.path());
        found.push(entry.path().display().to_string());
        if kind.is_dir() {
            found.extend(below(&entry.path()));
        }
    }
    found
}

/// Unpacks these bytes in the middle of a folder, in which nothing else may appear.
fn unpacked(zip: &[u8]) -> (Vec<String>, Vec<String>) {
    let around = TempDir::new().expect("a folder");
    let into = around.path().join("a/b");
    fs::create_dir_all(&into).expect("a folder");
    let kept = unpack(Cursor::new(zip), &into, &LIMITS, &mut LIMITS.all.clone()).unwrap_or_default();
    assert_eq!(below(around.path()).len(), 2 + below(&into).len(), "nothing is written beside");
    let kept = kept.iter().map(|kept| kept.way.join("/") + ": " + kept.why.speak(crate::lesson::Lang::En));
    (below(&into), kept.collect())
}

#[test]
fn names_that_lead_out_links_and_bombs_are_told_and_stay_in_the_zip() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for name in [
        "../out.yaml",
        "/etc/out.yaml",
        "a/../../out.yaml",
        "C:\\out.yaml",
        "..\\two.yaml",
        "ana/answers.yaml",
    ] {
        zip.start_file(name, options).expect("memory");
        zip.write_all(GOOD.as_bytes()).expect("memory");
    }
    zip.start_file("ben/notes.md", options).expect("memory");
    zip.add_symlink("ben/answers.yaml", "/etc/passwd", options).expect("memory");
    zip.start_file("bomb.yaml", options.compression_method(zip::CompressionMethod::Deflated))
        .expect("memory");
    zip.write_all(&vec![b' '; 64 * 1024 * 1024]).expect("memory");
    let folder = TempDir::new().expect("a folder");
    let told = Told::of(&open(&put(&folder, &zip.finish().expect("memory").into_inner()), None));
    assert_eq!(told.entries, ["ana: ana/answers.yaml"]);
    assert_eq!(
        told.leftovers,
        [
            "../out.yaml: its name leads out of the zip",
            "../two.yaml: its name leads out of the zip",
            "/etc/out.yaml: its name leads out of the zip",
            "C:/out.yaml: its name leads out of the zip",
            "a/../../out.yaml: its name leads out of the zip",
            "ben: a link, which is not followed",
            "bomb.yaml: it would swell to 64 MB, which no honest text does",
        ]
    );
}

#[test]
fn zips_within_zips_end_somewhere() {
    let mut inner = Export::default().answers(&["answers.yaml"]).zip();
    for _ in 0..6 {
        inner = Export::default().file("more.zip", inner).zip();
    }
    let folder = TempDir::new().expect("a folder");
    let export = Export::default().file("ana.zip", inner).answers(&["ben.yaml"]);
    let told = Told::of(&open(&put(&folder, &export.zip()), None));
    assert_eq!((told.entries.len(), told.leftovers.len()), (1, 1), "{told:?}");
    assert!(told.leftovers[0].contains("too deep"), "{told:?}");
}

#[test]
fn what_is_larger_than_answers_takes_no_room() {
    let (files, kept) = unpacked(&Export::default().file("film.mp4", rand(3 * 1024 * 1024)).zip());
    assert_eq!((files.len(), kept), (1, Vec::new()));
}

/// Bytes that no packer makes smaller.
fn rand(count: usize) -> Vec<u8> {
    let mut state: u64 = 7;
    let next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// Parts of names, from plain to hostile.
const PART: &str = r"(\.\.|\.|/|\\|~|C:|\x00|\n|\x{202e}|[a-zα-ω]{1,4}|_assignsubmission_file_|_attempt_2025-01-31-10-00-00|_LATE_|_12_34_| - |\(1\)| - Copy|İ|submission_7|answers\.yaml|\.zip|\PC){1,6}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_the_names_nothing_is_written_beside(names in prop::collection::vec(PART, 1..8)) {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in &names {
            // The writer refuses some by itself.
            if zip.start_file(name, SimpleFileOptions::default()).is_ok() {
                zip.write_all(GOOD.as_bytes()).expect("memory");
            }
        }
        let bytes = zip.finish().expect("memory").into_inner();
        unpacked(&bytes);
        let folder = TempDir::new().expect("a folder");
        let place = put(&folder, &bytes);
        let _ = super::Class::open(&place, Path::new("/nowhere"), None);
        prop_assert_eq!(below(folder.path()).len(), 1);
    }

    #[test]
    fn whatever_the_bytes_nothing_breaks(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..24),
        cut in any::<prop::sample::Index>(),
    ) {
        let inner = Export::default().answers(&["answers.yaml"]).zip();
        let whole = Export::default().file("ana.zip", inner).answers(&["ben/answers.yaml", "cleo.yaml"]).zip();
        let mut bytes = whole.clone();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        unpacked(&bytes);
        unpacked(&whole[..cut.index(whole.len())]);
        unpacked(&bytes[cut.index(bytes.len())..]);
        let folder = TempDir::new().expect("a folder");
        let _ = super::Class::open(&put(&folder, &bytes), Path::new("/nowhere"), None);
        prop_assert_eq!(below(folder.path()).len(), 1);
    }
}
