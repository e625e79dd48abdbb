use crate::{
    check::{outcome::Record, words::so_many},
    lesson::Verdict,
    words::Lang,
};

use super::{number, tally::Count};

/// `44 passed, 6 failed`: each verdict that there is.
pub fn told_counts(count: Count, lang: Lang) -> String {
    let all = [
        (count.passed, Verdict::Passed),
        (count.failed, Verdict::Failed),
        (count.timed_out, Verdict::TimedOut),
        (count.skipped, Verdict::Skipped),
        (count.could_not_run, Verdict::CouldNotRun),
    ];
    let told = all.into_iter().filter(|(count, verdict)| *count > 0 || *verdict == Verdict::Passed);
    told.map(|(count, verdict)| so_many(count, verdict).speak(lang).to_owned()).collect::<Vec<_>>().join(", ")
}

/// `2.5 of 3 points`
pub fn points_of(points: f64, of: f64, lang: Lang) -> String {
    let (points, of) = (number::told(points, lang), number::told(of, lang));
    let told = if of == "1" { of_one_point(&points) } else { of_points(&points, &of) };
    told.speak(lang).to_owned()
}

/// `3 tries, 1 hint, the model answer was shown`
pub fn told_record(record: Record, lang: Lang) -> String {
    let mut told = vec![tries(record.tries)];
    told.extend((record.hints > 0).then(|| hints(record.hints)));
    told.extend(record.answer_shown.then(answer_shown));
    told.iter().map(|words| words.speak(lang)).collect::<Vec<_>>().join(", ")
}

crate::catalogue! {
    // Submissions that have no steps.
    unreadable { en: "answers that can't be read", el: "οι λύσεις δεν διαβάζονται" }
    could_not_be_graded { en: "could not be graded", el: "δεν μπόρεσε να βαθμολογηθεί" }
    cannot_be_read {
        en: "The answers can't be read, so there is nothing to grade yet:",
        el: "Οι λύσεις δεν διαβάζονται, οπότε δεν υπάρχει ακόμη κάτι να βαθμολογηθεί:",
    }
    not_your_fault {
        en: "This could not be graded. The fault is the grading machine's, and costs no points:",
        el: "Αυτό δεν μπόρεσε να βαθμολογηθεί. Φταίει το μηχάνημα της βαθμολόγησης, και δεν κοστίζει βαθμούς:",
    }

    // Points, and how they came about.
    of_one_point(points: &str) { en: "{points} of 1 point", el: "{points} από 1 βαθμό" }
    of_points(points: &str, of: &str) { en: "{points} of {of} points", el: "{points} από {of} βαθμούς" }
    tries(count: u32) { en: [count: "1 try", "{count} tries"], el: [count: "1 προσπάθεια", "{count} προσπάθειες"] }
    hints(count: u32) { en: [count: "1 hint", "{count} hints"], el: [count: "1 υπόδειξη", "{count} υποδείξεις"] }
    answer_shown { en: "the model answer was shown", el: "είδε την έτοιμη λύση" }

    // A student's page.
    feedback_for(names: &str) { en: "Feedback for {names}", el: "Σχόλια για: {names}" }
    what_to_try { en: "What to try:", el: "Δοκίμασε:" }
    what_happened {
        en: "What happened, in seconds, on all terminals:",
        el: "Τι έγινε, σε δευτερόλεπτα, σε όλα τα τερματικά:",
    }
    signs_in_timelines {
        en: "In a timeline, `>` was typed, `=` is a value, `!` an error, `~` a log, `*` tells of nodes, `→` is a message between nodes, `#` a remark of Moebi's, and what has no sign was printed.",
        el: "Σε ένα χρονικό, το `>` πληκτρολογήθηκε, το `=` είναι τιμή, το `!` σφάλμα, το `~` καταγραφή, το `*` μιλά για κόμβους, το `→` είναι μήνυμα μεταξύ κόμβων, το `#` παρατήρηση του Moebi, και ό,τι δεν έχει σημάδι τυπώθηκε.",
    }
}
