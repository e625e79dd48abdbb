//! Names of files for submissions whose names may be anything.

use std::collections::HashSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// In bytes, so that an ending and a number fit too.
const MAX_BYTES: usize = 120;

/// A stem for each name, in their order: letters, digits, `-`, `_` and single dots within, no name that Windows keeps for itself.
/// No two are the same on any file system, whatever it thinks of case and accents.
pub fn stems<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    names.into_iter().map(|name| untaken(&stem(name), &mut taken)).collect()
}

fn untaken(stem: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let mut candidates = std::iter::once(stem.to_owned()).chain(numbered);
    candidates.find(|name| taken.insert(folded(name))).expect("there are more numbers than names")
}

/// What a file system may at most tell apart.
fn folded(name: &str) -> String {
    let bare: String = name.nfkd().filter(|&c| !is_combining_mark(c)).collect();
    bare.to_uppercase().nfkd().filter(|&c| !is_combining_mark(c)).collect()
}

fn stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.nfc() {
        let c = if c.is_alphanumeric() || c == '_' {
            c
        } else if c == '.' {
            '.'
        } else {
            '-'
        };
        let doubled = !c.is_alphanumeric() && c != '_' && stem.ends_with(['-', '.']);
        if doubled {
            continue;
        }
        if stem.len() + c.len_utf8() > MAX_BYTES {
            break;
        }
        stem.push(c);
    }
    let stem = stem.trim_matches(['-', '.']);
    match stem {
        "" => "submission".to_owned(),
        stem if is_reserved(stem) => format!("_{stem}"),
        stem => stem.to_owned(),
    }
}

fn is_reserved(stem: &str) -> bool {
    let base = stem.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let port = base.strip_prefix("COM").or(base.strip_prefix("LPT"));
    let is_port =
        port.is_some_and(|port| port.chars().count() == 1 && !port.starts_with(char::is_alphabetic));
    is_port || ["CON", "PRN", "AUX", "NUL"].contains(&base.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grade::pages::sample;

    #[test]
    fn names_stay_readable() {
        let names =
            ["anna.yaml", "Μαρία Παπαδάκη", "../../etc/passwd", "..", "a\n b", "con.md", "COM1", "-rf", ""];
        assert_eq!(
            stems(names),
            [
                "anna.yaml",
                "Μαρία-Παπαδάκη",
                "etc-passwd",
                "submission",
                "a-b",
                "_con.md",
                "_COM1",
                "rf",
                "submission-2"
            ]
        );
    }

    #[test]
    fn no_two_are_the_same_file() {
        let names = ["Anna", "anna", "ANNA", "anna-2", "e\u{301}", "\u{e9}", "é", "straße", "STRASSE"];
        let stems = stems(names);
        assert_eq!(stems[..4], ["Anna", "anna-2", "ANNA-3", "anna-2-2"]);
        let different: HashSet<_> = stems.iter().map(|stem| folded(stem)).collect();
        assert_eq!(different.len(), names.len(), "{stems:?}");
    }

    proptest! {
        #[test]
        fn every_name_is_a_file_within_its_folder(names in prop::collection::vec(sample::NASTY, 1..12)) {
            let stems = stems(names.iter().map(String::as_str));
            let different: HashSet<_> = stems.iter().map(|stem| stem.to_lowercase()).collect();
            prop_assert_eq!(different.len(), names.len());
            for stem in stems {
                prop_assert!(stem.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)), "{}", stem);
                prop_assert!(!stem.contains("..") && !stem.starts_with(['.', '-']) && !stem.ends_with('.'), "{}", stem);
                prop_assert!((1..=MAX_BYTES + 8).contains(&stem.len()));
                prop_assert!(!is_reserved(&stem), "{}", stem);
            }
        }
    }
}
