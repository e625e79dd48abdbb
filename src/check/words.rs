use crate::lesson::Verdict;

/// `3 failed`, and in a language that bends the verb, `3 δεν πέρασαν`.
pub fn so_many(count: usize, verdict: Verdict) -> crate::words::Words {
    match verdict {
        Verdict::Passed => passed(count),
        Verdict::Failed => failed(count),
        Verdict::TimedOut => timed_out(count),
        Verdict::Skipped => skipped(count),
        Verdict::CouldNotRun => could_not_run(count),
    }
}

crate::catalogue! {
    broke_off { en: "a section's check broke off", el: "ο έλεγχος ενός κεφαλαίου διακόπηκε απότομα" }
    no_section(word: &str) { en: "the lesson has no section `{word}`", el: "το μάθημα δεν έχει κεφάλαιο `{word}`" }
    it_has(ids: &str) { en: "It has: {ids}.", el: "Έχει: {ids}." }
    no_step(word: &str) { en: "the lesson has no step `{word}`", el: "το μάθημα δεν έχει βήμα `{word}`" }
    did_you_mean(id: &crate::lesson::StepId) { en: "Did you mean `{id}`?", el: "Μήπως εννοείς `{id}`;" }
    export_lists {
        en: "`moebi export --model` lists the steps.",
        el: "Το `moebi export --model` δείχνει τα βήματα.",
    }
    an_answer { en: "an answer to this step", el: "μια λύση για αυτό το βήμα" }
    no_answer { en: "the answer file has none", el: "το αρχείο λύσεων δεν έχει καμία" }
    need_did_not_pass(step: &crate::lesson::StepId) {
        en: "step {step} did not pass",
        el: "το βήμα {step} δεν πέρασε",
    }
    expected { en: "expected", el: "αναμενόταν" }
    seen { en: "seen", el: "φάνηκε" }
    attempt { en: "try", el: "δοκίμασε" }
    nodes_did_not_start {
        en: "the section's own nodes did not start in time",
        el: "οι κόμβοι του κεφαλαίου δεν ξεκίνησαν εγκαίρως",
    }
    /// Between the moments of a timeline that is too long to show.
    moments_left_out(count: usize) {
        en: [count: "… one moment left out …", "… {count} moments left out …"],
        el: [count: "… παραλείπεται μία στιγμή …", "… παραλείπονται {count} στιγμές …"],
    }
    lines_left_out(count: usize) {
        en: [count: "… one line more", "… {count} lines more"],
        el: [count: "… μία γραμμή ακόμη", "… {count} γραμμές ακόμη"],
    }
    passed(count: usize) { en: "{count} passed", el: [count: "{count} πέρασε", "{count} πέρασαν"] }
    failed(count: usize) { en: "{count} failed", el: [count: "{count} δεν πέρασε", "{count} δεν πέρασαν"] }
    timed_out(count: usize) { en: "{count} timed out", el: "σε {count} έληξε ο χρόνος" }
    skipped(count: usize) {
        en: "{count} skipped",
        el: [count: "{count} παραλείφθηκε", "{count} παραλείφθηκαν"],
    }
    could_not_run(count: usize) {
        en: "{count} could not run",
        el: [count: "{count} δεν μπόρεσε να εκτελεστεί", "{count} δεν μπόρεσαν να εκτελεστούν"],
    }
}
