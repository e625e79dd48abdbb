//! Lessons in languages that Moebi itself doesn't speak.

use std::fs;

use crate::support::home::Home;

const FRENCH: &str = "title: Que alex appelle kate";

/// A lesson in French, and in English too where that stays beside it.
fn translated(home: &Home, has_english: bool) {
    let lesson = home.writes_lesson("mailboxes");
    let english = fs::read_to_string(lesson.join("en.yaml")).expect("a text");
    fs::write(lesson.join("fr.yaml"), english.replace("title: Let alex call kate", FRENCH)).expect("room");
    if !has_english {
        fs::remove_file(lesson.join("en.yaml")).expect("it is there");
    }
    home.adds("lessons/mailboxes").exits(0).complains(if has_english { "English, fr" } else { "steps; fr" });
}

#[test]
fn texts_in_french_alone_are_told_to_everybody_in_moebis_words_of_their_choice() {
    let home = Home::new();
    translated(&home, false);
    home.runs(&["progress", "mailboxes"]).exits(0).prints("Que alex appelle kate").prints("Total");
    home.runs(&["progress", "mailboxes", "--lang", "el"])
        .exits(0)
        .prints("Que alex appelle kate")
        .prints("Σύνολο");
    home.runs(&["check", "mailboxes", "--model", "--lang", "el"]).exits(0);
    let mut command = home.command(&["learn", "mailboxes", "--plain", "--lang", "el"]);
    let learner = home.opens_pipe(&mut command).sees("βήμα 1 από 2").sees("Que alex appelle kate");
    learner.prompts("iex(alex@localhost)1>").types("/lang en").sees("no text in English").quits();
    home.is_deserted();
}

#[test]
fn french_beside_english_is_for_who_wants_it() {
    let home = Home::new();
    translated(&home, true);
    let tells = |arguments: &[&str], locale: &str, text: &str| {
        let mut command = home.command(&[&["progress", "mailboxes"][..], arguments].concat());
        home.finishes(command.env("LC_ALL", locale)).exits(0).prints(text);
    };
    tells(&[], "C.UTF-8", "Let alex call kate");
    tells(&[], "fr_CA.UTF-8", "Que alex appelle kate");
    tells(&["--texts", "fr"], "C.UTF-8", "Que alex appelle kate");
    tells(&["--texts", "fr-be", "--lang", "el"], "C.UTF-8", "Que alex appelle kate");
    tells(&["--lang", "en"], "fr_FR.UTF-8", "Let alex call kate");
    tells(&["--texts", "de"], "C.UTF-8", "Let alex call kate");
    home.runs(&["list", "--texts", "fr"]).exits(0).prints("Distribution in OTP");
    home.runs(&["list", "--texts", "en"]).exits(2).complains("--lang");
    home.runs(&["list", "--lang", "fr"]).exits(2).complains("--texts");
}
