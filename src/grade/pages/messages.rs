use crate::{
    check::{
        messages::so_many,
        outcome::{Record, StepOutcome},
    },
    i18n::{Lang, Localized},
    lesson::Verdict,
};

use super::{number, tally::Count};

/// `44 passed, 6 failed`: each verdict that there is.
pub(super) fn told_counts(count: Count, lang: Lang) -> String {
    let all = [
        (count.passed, Verdict::Passed),
        (count.failed, Verdict::Failed),
        (count.timed_out, Verdict::TimedOut),
        (count.skipped, Verdict::Skipped),
        (count.unanswered, Verdict::Unanswered),
        (count.could_not_run, Verdict::CouldNotRun),
    ];
    let told = all.into_iter().filter(|(count, verdict)| *count > 0 || *verdict == Verdict::Passed);
    told.map(|(count, verdict)| so_many(count, verdict).speak(lang).to_owned()).collect::<Vec<_>>().join(", ")
}

/// `2.5 of 3 points`
pub(super) fn points_of(points: f64, of: f64, lang: Lang) -> String {
    let (points, of) = (number::told(points, lang), number::told(of, lang));
    let told = if of == "1" { of_one_point(&points) } else { of_points(&points, &of) };
    told.speak(lang).to_owned()
}

/// `3 tries, 1 hint, the model answer was shown`
pub(super) fn told_record(record: Record, lang: Lang) -> String {
    let mut told = vec![tries(record.tries)];
    told.extend((record.hints > 0).then(|| hints(record.hints)));
    told.extend(record.answer_shown.then(answer_shown));
    told.iter().map(|words| words.speak(lang)).collect::<Vec<_>>().join(", ")
}

/// What stands before a step's hint.
pub(super) fn before_hint(step: &StepOutcome) -> Localized {
    if step.is_why { why_not() } else { what_to_try() }
}

crate::catalogue! {
    // Submissions that have no steps.
    could_not_be_graded { en: "could not be graded", el: "δεν μπόρεσε να βαθμολογηθεί" }
    of_no_step {
        en: "This in your answers belongs to no step of the lesson:",
        el: "Αυτό στις λύσεις σου δεν ανήκει σε κανένα βήμα του μαθήματος:",
    }
    brought_here(step: &str) {
        en: "The nodes were set up afresh for this step, since “{step}” did not pass: what went wrong there does not count here.",
        el: "Οι κόμβοι στήθηκαν από την αρχή γι' αυτό το βήμα, επειδή το «{step}» δεν πέρασε: ό,τι πήγε στραβά εκεί δεν μετρά εδώ.",
    }
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
    feedback { en: "feedback", el: "σχόλια" }
    why_not { en: "Why not:", el: "Γιατί όχι:" }
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

    // The report of a class.
    results { en: "results", el: "αποτελέσματα" }
    to_the_matrix { en: "Skip to the table of students and steps", el: "Στον πίνακα μαθητών και βημάτων" }
    submissions(count: usize) { en: [count: "1 submission", "{count} submissions"], el: [count: "1 υποβολή", "{count} υποβολές"] }
    steps(count: usize) { en: [count: "1 step", "{count} steps"], el: [count: "1 βήμα", "{count} βήματα"] }
    not_isolated {
        en: "These submissions ran without isolation: they could reach this machine, one another and these results.",
        el: "Αυτές οι υποβολές έτρεξαν χωρίς απομόνωση: μπορούσαν να φτάσουν στο μηχάνημα, η μία στην άλλη και σε αυτά τα αποτελέσματα.",
    }
    at_a_glance { en: "At a glance", el: "Με μια ματιά" }
    median_points { en: "median of the points", el: "διάμεσος των βαθμών" }
    of_answered_steps_passed { en: "of the answered steps passed", el: "των απαντημένων βημάτων πέρασαν" }
    passed_everything(count: usize) {
        en: [count: "passed everything", "passed everything"],
        el: [count: "τα πέρασε όλα", "τα πέρασαν όλα"],
    }
    were_not_graded(count: usize) {
        en: [count: "was not graded", "were not graded"],
        el: [count: "δεν βαθμολογήθηκε", "δεν βαθμολογήθηκαν"],
    }
    steps_could_not_run(count: usize) {
        en: [count: "step could not run", "steps could not run"],
        el: [count: "βήμα δεν μπόρεσε να εκτελεστεί", "βήματα δεν μπόρεσαν να εκτελεστούν"],
    }
    spread_of_points {
        en: "Submissions by their share of the points",
        el: "Υποβολές κατά το μερίδιό τους στους βαθμούς",
    }
    who_passed_what { en: "Who passed what", el: "Ποιος πέρασε τι" }
    name { en: "Name", el: "Όνομα" }
    points { en: "Points", el: "Βαθμοί" }
    verdict { en: "Verdict", el: "Αποτέλεσμα" }
    section { en: "Section", el: "Κεφάλαιο" }
    any_verdict { en: "any", el: "όλα" }
    all_sections { en: "all", el: "όλα" }
    show_all { en: "Show all", el: "Δείξε τα όλα" }
    /// The script fills in the numbers.
    so_many_shown { en: "%1 of %2 shown", el: "φαίνονται %1 από %2" }
    sorted_up { en: "Sorted by %1, ascending", el: "Ταξινόμηση κατά %1, αύξουσα" }
    sorted_down { en: "Sorted by %1, descending", el: "Ταξινόμηση κατά %1, φθίνουσα" }
    nobody_is_shown { en: "Nobody is like that.", el: "Κανείς δεν ταιριάζει." }
    passed_of_all { en: "passed", el: "πέρασαν" }
    hardest_steps { en: "Hardest steps", el: "Τα πιο δύσκολα βήματα" }
    nobody_fell_short { en: "Nobody fell short of any.", el: "Όλα τα βήματα τα πέρασαν όλοι." }
    so_many_of(count: usize, of: usize) { en: "{count} of {of}", el: "{count} από {of}" }
    commonest_mistakes { en: "Commonest mistakes", el: "Τα πιο συχνά λάθη" }
    no_mistake_recognised { en: "None was recognised.", el: "Δεν αναγνωρίστηκε κανένα." }
    times(count: usize) { en: [count: "once", "{count} times"], el: [count: "1 φορά", "{count} φορές"] }
    not_graded { en: "What was not graded", el: "Όσα δεν βαθμολογήθηκαν" }
    handed_in_nothing { en: "Handed in nothing:", el: "Δεν παρέδωσαν τίποτα:" }
    passed_over { en: "Nobody's work, and passed over:", el: "Δεν είναι δουλειά μαθητή και παραλείφθηκαν:" }
    late { en: "late", el: "εκπρόθεσμα" }
    does_not_count { en: "an earlier attempt, which does not count:", el: "προηγούμενη προσπάθεια, δεν μετρά:" }
    each_submission { en: "Each submission", el: "Κάθε υποβολή" }
    mistake { en: "mistake:", el: "λάθος:" }
    holds { en: "holds: ", el: "ισχύει: " }
    holds_not { en: "does not hold: ", el: "δεν ισχύει: " }
    on_all_terminals { en: "What happened, on all terminals", el: "Τι έγινε, σε όλα τα τερματικά" }
    seconds { en: "seconds", el: "δευτερόλεπτα" }
    terminal { en: "terminal", el: "τερματικό" }
    what { en: "what happened", el: "τι έγινε" }
    typed { en: "typed", el: "πληκτρολογήθηκε" }
    printed { en: "printed", el: "τυπώθηκε" }
    value { en: "value", el: "τιμή" }
    error { en: "error", el: "σφάλμα" }
    log { en: "log", el: "καταγραφή" }
    nodes { en: "nodes", el: "κόμβοι" }
    message { en: "message", el: "μήνυμα" }
    note { en: "remark", el: "παρατήρηση" }
    step_before { en: "The step before", el: "Το προηγούμενο βήμα" }
    step_after { en: "The step after", el: "Το επόμενο βήμα" }
    close { en: "Close", el: "Κλείσιμο" }
    passed_keeps_nothing {
        en: "This step passed. What happened is kept only of steps that did not.",
        el: "Αυτό το βήμα πέρασε. Τι έγινε κρατιέται μόνο για τα βήματα που δεν πέρασαν.",
    }
}
