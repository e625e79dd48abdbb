use crate::lesson::Verdict;

/// `3 failed`, and in a language that bends the verb, `3 δεν πέρασαν`.
pub fn so_many(count: usize, verdict: Verdict) -> crate::i18n::Localized {
    match verdict {
        Verdict::Passed => passed(count),
        Verdict::Failed => failed(count),
        Verdict::TimedOut => timed_out(count),
        Verdict::Skipped => skipped(count),
        Verdict::Unanswered => unanswered(count),
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
    answers_unreadable(file: &str) {
        en: "could not read the answers in {file}",
        el: "δεν διαβάζονται οι λύσεις στο {file}",
    }
    scheme_unreadable(file: &str) {
        en: "could not read the scheme in {file}",
        el: "δεν διαβάζεται το σχήμα βαθμολόγησης στο {file}",
    }
    /// With every complaint about it below.
    no_submission(file: &str, complaints: &str) {
        en: "{file} can't be used as it is\n\n{complaints}\n",
        el: "{file}: έτσι όπως είναι, δεν μπορεί να χρησιμοποιηθεί\n\n{complaints}\n",
    }
    unreadable { en: "answers that can't be read", el: "οι λύσεις δεν διαβάζονται" }
    run_it_again {
        en: "The grading machine could not run all of it, and that costs no points. Hand it in again, or ask your teacher to.",
        el: "Το μηχάνημα της βαθμολόγησης δεν μπόρεσε να τα τρέξει όλα, και αυτό δεν κοστίζει βαθμούς. Υπόβαλέ τες ξανά ή ζήτησέ το από τον δάσκαλό σου.",
    }
    a_readable_answer { en: "an answer that can be read", el: "μια λύση που διαβάζεται" }
    the_right_choice { en: "the right choice", el: "η σωστή επιλογή" }
    was_chosen(choice: &crate::i18n::Verbatim) { en: "“{choice}” was chosen", el: "επιλέχθηκε το «{choice}»" }
    did_not_come_back(at: &crate::lesson::TerminalName, input: &crate::i18n::Verbatim) {
        en: "in {at}, `{input}` did not come back",
        el: "στο {at}, το `{input}` δεν τελείωσε",
    }
    did_not_come_back_before(at: &crate::lesson::TerminalName, input: &crate::i18n::Verbatim, left: usize) {
        en: [left: "in {at}, `{input}` did not come back, so one more input was not typed", "in {at}, `{input}` did not come back, so {left} more inputs were not typed"],
        el: [left: "στο {at}, το `{input}` δεν τελείωσε, οπότε μία εντολή ακόμη δεν γράφτηκε", "στο {at}, το `{input}` δεν τελείωσε, οπότε {left} εντολές ακόμη δεν γράφτηκαν"],
    }
    brought_here(step: &str) {
        en: "begun afresh, since {step} did not pass",
        el: "ξεκίνησε από την αρχή, επειδή το {step} δεν πέρασε",
    }
    expected { en: "expected", el: "αναμενόταν" }
    seen { en: "seen", el: "φάνηκε" }
    attempt { en: "try", el: "δοκίμασε" }
    /// Before what explains a wrong choice.
    why { en: "why", el: "γιατί" }
    /// Before the transcript of a step.
    timeline { en: "what happened", el: "τι έγινε" }
    output_left_out(bytes: u64) {
        en: [bytes: "… one byte more of output", "… {bytes} bytes more of output"],
        el: [bytes: "… ένα byte εξόδου ακόμη", "… {bytes} byte εξόδου ακόμη"],
    }
    and_more(bytes: u64) {
        en: [bytes: "… and one byte more", "… and {bytes} bytes more"],
        el: [bytes: "… και ένα byte ακόμη", "… και {bytes} byte ακόμη"],
    }
    node_started(node: &str) { en: "node {node} started", el: "ο κόμβος {node} ξεκίνησε" }
    node_stopped(node: &str) { en: "node {node} stopped", el: "ο κόμβος {node} σταμάτησε" }
    nodes_met(one: &str, other: &str) {
        en: "{one} and {other} are connected",
        el: "οι {one} και {other} συνδέθηκαν",
    }
    nodes_parted(one: &str, other: &str) {
        en: "{one} and {other} are no longer connected",
        el: "οι {one} και {other} δεν είναι πια συνδεδεμένοι",
    }
    nobody_of_that_name(name: &str) {
        en: "epmd was asked for {name} and knew nobody of that name",
        el: "ζητήθηκε από το epmd το {name}, αλλά κανείς δεν έχει αυτό το όνομα",
    }
    ended_with(code: i32) { en: "the command ended with exit code {code}", el: "η εντολή τελείωσε με κωδικό {code}" }
    ended_by_a_signal { en: "a signal ended the command", el: "ένα σήμα τερμάτισε την εντολή" }
    file_saved(path: &str) { en: "{path} was saved", el: "το {path} αποθηκεύτηκε" }
    file_removed(path: &str) { en: "{path} was removed", el: "το {path} αφαιρέθηκε" }

    section_too_long {
        en: "the section's time was up",
        el: "τελείωσε ο χρόνος του κεφαλαίου",
    }
    cell_lost {
        en: "this machine ended the sandbox: perhaps it had no memory left",
        el: "αυτός ο υπολογιστής τερμάτισε τον απομονωμένο χώρο: ίσως τελείωσε η μνήμη του",
    }
    was_stopped(why: &crate::i18n::Localized) {
        en: "not tried: the section was stopped ({why})",
        el: "δεν δοκιμάστηκε: το κεφάλαιο σταμάτησε ({why})",
    }
    no_bare_iex {
        en: "a bare `iex` would not start on this machine either",
        el: "ούτε ένα σκέτο `iex` δεν ξεκίνησε σε αυτόν τον υπολογιστή",
    }
    other_the_second_time(step: &crate::i18n::Verbatim) {
        en: "the step “{step}” had passed, and did not when the section was run again",
        el: "το βήμα «{step}» είχε περάσει, αλλά όχι όταν το κεφάλαιο εκτελέστηκε ξανά",
    }
    left_no_room(step: &crate::i18n::Verbatim) {
        en: "what the step “{step}” started left no room for nodes: `iex` runs here without it",
        el: "ό,τι ξεκίνησε το βήμα «{step}» δεν άφησε χώρο για κόμβους: χωρίς αυτό το `iex` τρέχει εδώ",
    }
    so_many_points(points: &str, of: &str) { en: "{points} of {of} points", el: "{points} από {of} βαθμούς" }
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
    unanswered(count: usize) {
        en: "{count} not answered",
        el: [count: "{count} δεν απαντήθηκε", "{count} δεν απαντήθηκαν"],
    }
    could_not_run(count: usize) {
        en: "{count} could not run",
        el: [count: "{count} δεν μπόρεσε να εκτελεστεί", "{count} δεν μπόρεσαν να εκτελεστούν"],
    }
}
