use super::trial::Kind;
use crate::{
    i18n::Localized,
    lesson::{MistakeId, TerminalName},
};

/// The heading of a column.
pub fn heading(kind: Kind) -> Localized {
    match kind {
        Kind::Model => model(),
        Kind::Right => right(),
        Kind::Start => start(),
        Kind::Wrong => wrong(),
        Kind::LeftOut => left_out(),
        Kind::Forged => forged(),
    }
}

crate::catalogue! {
    model { en: "model", el: "υπόδειγμα" }
    right { en: "right", el: "σωστές" }
    start { en: "start", el: "αρχή" }
    wrong { en: "wrong", el: "λάθη" }
    left_out { en: "left out", el: "χωρίς μία" }
    forged { en: "forged", el: "πλαστά" }
    legend {
        en: "model: the model answer passes · right: other right answers pass, and are no mistake · start: nothing typed fails · wrong: wrong answers fail, and are recognised\nleft out: the answer without one input fails · forged: the expected text without the work fails",
        el: "υπόδειγμα: η λύση του μαθήματος περνά · σωστές: κι άλλες σωστές λύσεις περνούν χωρίς παρατήρηση · αρχή: δεν περνά όποιος δεν γράφει τίποτα · λάθη: οι λάθος λύσεις δεν περνούν και αναγνωρίζονται\nχωρίς μία: η λύση χωρίς μία εντολή δεν περνά · πλαστά: το ζητούμενο κείμενο χωρίς τη δουλειά δεν περνά",
    }

    model_fails(verdict: &Localized) { en: "the model answer does not pass: {verdict}", el: "η λύση του μαθήματος δεν περνά: {verdict}" }
    right_fails(verdict: &Localized) { en: "a right answer does not pass: {verdict}", el: "μια σωστή λύση δεν περνά: {verdict}" }
    not_needed(expected: &Localized) {
        en: "no answer comes out otherwise without this: {expected}; add a `wrong` answer that it alone refuses (or, of a choice, a `right` one that needs it), or leave it out",
        el: "καμία λύση δεν κρίνεται αλλιώς χωρίς αυτό: {expected}· γράψε στο `wrong` μια λύση που μόνο αυτό την απορρίπτει (ή, αν είναι μία από πολλές επιλογές, στο `right` μία που τη χρειάζεται), ή βγάλε το",
    }
    same_turned_round(expected: &Localized) {
        en: "no answer comes out otherwise if this is turned round: {expected}; add an answer that depends on it, or leave it out",
        el: "καμία λύση δεν κρίνεται αλλιώς αν ισχύει το αντίθετο από αυτό: {expected}· γράψε μια λύση που εξαρτάται από αυτό, ή βγάλε το",
    }
    always_holds(mistake: &MistakeId) {
        en: "the mistake `{mistake}` was recognised in every attempt that it could come from",
        el: "το λάθος `{mistake}` αναγνωρίστηκε σε κάθε απόπειρα από την οποία θα μπορούσε να προέρχεται",
    }
    start_passes {
        en: "the step passes before anything is typed: its check can't fail",
        el: "το βήμα περνά πριν γραφτεί τίποτα: ο έλεγχός του δεν μπορεί να αποτύχει",
    }
    wrong_passes { en: "a wrong answer passes", el: "μια λάθος λύση περνά" }
    not_recognised(mistake: &MistakeId, taken: &Localized) {
        en: "the wrong answer is not recognised as `{mistake}`; it is taken for: {taken}",
        el: "η λάθος λύση δεν αναγνωρίζεται ως `{mistake}`· θεωρήθηκε: {taken}",
    }
    taken_for(input: usize, mistake: &crate::lesson::MistakeId) {
        en: "after input {input} what is right is taken for the mistake `{mistake}`",
        el: "μετά την εντολή {input}, κάτι σωστό περνιέται για το λάθος `{mistake}`",
    }
    warned_of(input: usize, line: &str) {
        en: "after input {input} a learner is told of an error, for the step does not ask for it: {line}",
        el: "μετά την εντολή {input} ο μαθητής ειδοποιείται για σφάλμα, γιατί το βήμα δεν το ζητά: {line}",
    }
    for_none { en: "no mistake", el: "κανένα λάθος" }
    superfluous(input: usize, code: &str) {
        en: "the answer passes without input {input}, {code}: check what it does, take it out, or mark it `optional` with the reason",
        el: "η λύση περνά χωρίς την εντολή {input}, {code}: έλεγξε τι κάνει, βγάλε τη ή σημείωσέ τη `optional` με τον λόγο",
    }
    not_optional(input: usize, code: &str) {
        en: "input {input}, {code}, is marked `optional`, and the answer fails without it",
        el: "η εντολή {input}, {code}, είναι σημειωμένη `optional`, κι όμως χωρίς αυτήν η λύση δεν περνά",
    }
    too_many_optional(optional: usize, inputs: usize) {
        en: [optional: "one of the section's {inputs} inputs is `optional`; at most one in ten may be", "{optional} of the section's {inputs} inputs are `optional`; at most one in ten may be"],
        el: [optional: "μία από τις {inputs} εντολές του κεφαλαίου είναι `optional`· επιτρέπεται το πολύ μία στις δέκα", "{optional} από τις {inputs} εντολές του κεφαλαίου είναι `optional`· επιτρέπεται το πολύ μία στις δέκα"],
    }
    forgery_passes {
        en: "the expected text passes without the work",
        el: "το ζητούμενο κείμενο περνά χωρίς τη δουλειά",
    }

    held(expected: &Localized, seen: &Localized) { en: "held: {expected} ({seen})", el: "ίσχυε: {expected} ({seen})" }
    expected_but_seen(expected: &Localized, seen: &Localized) {
        en: "expected: {expected}; seen: {seen}",
        el: "αναμενόταν: {expected}· φάνηκε: {seen}",
    }
    printed(at: &TerminalName, line: &str) { en: "{at} printed: {line}", el: "στο {at} φάνηκε: {line}" }
    nothing_like_it { en: "nothing like it", el: "τίποτα σχετικό" }

    nodes_did_not_start {
        en: "the section's own nodes did not start in time",
        el: "οι κόμβοι του κεφαλαίου δεν ξεκίνησαν εγκαίρως",
    }
    not_brought_there {
        en: "the nodes could not be brought to where the step begins: an earlier model answer did not pass again",
        el: "οι κόμβοι δεν έφτασαν στην αρχή του βήματος: η λύση ενός προηγούμενου βήματος δεν πέρασε ξανά",
    }
    broke_off { en: "an attempt broke off", el: "μια απόπειρα διακόπηκε απότομα" }

    nothing_typed { en: "nothing typed", el: "χωρίς καμία εντολή" }
    tried { en: "tried", el: "απόπειρα" }
    seen { en: "seen", el: "φάνηκε" }
    unchanged(count: usize) {
        en: [count: "one step unchanged since it was proved", "{count} steps unchanged since they were proved"],
        el: [count: "ένα βήμα αμετάβλητο από την απόδειξή του", "{count} βήματα αμετάβλητα από την απόδειξή τους"],
    }
    attempts(count: usize) { en: [count: "one attempt", "{count} attempts"], el: [count: "μία απόπειρα", "{count} απόπειρες"] }
    complaints(count: usize) {
        en: [count: "one complaint", "{count} complaints"],
        el: [count: "ένα παράπονο", "{count} παράπονα"],
    }
    no_complaints { en: "no complaints", el: "κανένα παράπονο" }
    took(seconds: u64) { en: "{seconds} s", el: "{seconds} δ." }
    of_attempts { en: "attempts made", el: "απόπειρες έγιναν" }
    rehearsing { en: "the model answers come first", el: "πρώτα οι λύσεις του μαθήματος" }
}
