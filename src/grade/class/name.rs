//! Names of people, as different hands write them.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The same for every way to write a name: whatever the case, the accents, and which of its words comes first.
pub(super) fn key(name: &str) -> String {
    let mut words = words(name);
    words.sort();
    words.join(" ")
}

/// Without anything between its words, the last one first and in the order in which it stands: what platforms make of
/// a name in a file's name.
pub(super) fn run_together(name: &str) -> [String; 2] {
    let mut words = words(name);
    let plain = words.concat();
    words.rotate_right(1);
    [plain, words.concat()]
}

fn words(name: &str) -> Vec<String> {
    let apart = |c: char| !(c.is_alphanumeric() || is_combining_mark(c));
    name.split(apart).map(folded).filter(|word| !word.is_empty()).collect()
}

pub(super) fn folded(text: &str) -> String {
    let bare: String = text.trim().nfd().filter(|&c| !is_combining_mark(c)).collect();
    bare.to_lowercase().replace('ς', "σ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_one_key() {
        let written =
            ["Μαρία Παπαδάκη", "ΠΑΠΑΔΑΚΗ, ΜΑΡΙΑ", "παπαδάκη  μαρία", "Μαρι\u{301}α_Παπαδα\u{301}κη"];
        for name in written {
            assert_eq!(key(name), key(written[0]), "{name}");
        }
        assert_ne!(key("Μαρία Παπαδάκη"), key("Μαρία Παπαδοπούλου"));
        assert!(run_together("Maria Papadaki").contains(&"papadakimaria".to_owned()));
        assert!(run_together("Papadaki, Maria").contains(&"papadakimaria".to_owned()));
    }
}
