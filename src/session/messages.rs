use crate::{i18n::Localized, lesson::StepId};

crate::catalogue! {

    not_done_yet {
        en: "This step is not done yet. /check says what is missing; /skip moves on without it.",
        el: "Αυτό το βήμα δεν έγινε ακόμη. Το /check λέει τι λείπει· το /skip προχωρά χωρίς αυτό.",
    }
    was_done {
        en: "You have finished this step. Enter goes on to the next; /restart plays it once more.",
        el: "Αυτό το βήμα το έχεις τελειώσει. Με Enter πας στο επόμενο· με /restart το ξαναπαίζεις.",
    }
    last_step {
        en: "This was the last step. /goto leads to any other; /quit leaves.",
        el: "Αυτό ήταν το τελευταίο βήμα. Το /goto οδηγεί σε οποιοδήποτε άλλο· το /quit κλείνει το μάθημα.",
    }
    first_step { en: "This is the first step.", el: "Αυτό είναι το πρώτο βήμα." }
    did_you_mean_step(word: &str, id: &StepId) {
        en: "There is no step `{word}`. Did you mean `{id}`?",
        el: "Δεν υπάρχει βήμα `{word}`. Μήπως εννοείς `{id}`;",
    }
    no_such_step(word: &str) {
        en: "There is no step `{word}`. Type a step's id, its number, or SECTION.STEP such as 2.3.",
        el: "Δεν υπάρχει βήμα `{word}`. Γράψε το όνομα ενός βήματος, τον αριθμό του, ή ΚΕΦΑΛΑΙΟ.ΒΗΜΑ, όπως 2.3.",
    }
    did_you_mean_word(word: &str, near: &str) {
        en: "The glossary has no `{word}`. Did you mean `/word {near}`?",
        el: "Το γλωσσάρι δεν έχει `{word}`. Μήπως εννοείς `/word {near}`;",
    }
    no_such_word(word: &str) {
        en: "The glossary has no `{word}`. /word alone lists what it has.",
        el: "Το γλωσσάρι δεν έχει `{word}`. Το σκέτο /word δείχνει τι έχει.",
    }
    sheet_name { en: "Name: ______________________   Date: ____________", el: "Όνομα: ______________________   Ημερομηνία: ____________" }
    typed_on(terminal: &crate::lesson::TerminalName) { en: "In the terminal **{terminal}**:", el: "Στο τερματικό **{terminal}**:" }
    wrote(path: &str) { en: "The file `{path}`:", el: "Το αρχείο `{path}`:" }
    replaced(path: &str) { en: "In `{path}`, instead of", el: "Στο `{path}`, αντί για" }
    by { en: "this:", el: "αυτό:" }
    closed(terminal: &crate::lesson::TerminalName) { en: "`/close {terminal}`", el: "`/close {terminal}`" }
    // A notebook.
    how_to_run { en: "Run it yourself", el: "Τρέξε το και εσύ" }
    attach_to(node: &str) {
        en: "The cells of this notebook were typed on the node `{node}`. To run them, start that node in a terminal, and attach the notebook to it: choose *Attached node* in the runtime settings, with this name and the cookie that `Node.get_cookie()` tells there. Livebook and the node must both have short names, or both long ones. What was typed elsewhere stands here to be read; type it in a terminal of its own.",
        el: "Τα κελιά αυτού του σημειωματάριου γράφτηκαν στον κόμβο `{node}`. Για να τα τρέξεις, ξεκίνησέ τον σε ένα τερματικό και σύνδεσε το σημειωματάριο μαζί του: στις ρυθμίσεις του runtime διάλεξε *Attached node*, με αυτό το όνομα και το cookie που δίνει εκεί η `Node.get_cookie()`. Το Livebook και ο κόμβος πρέπει να έχουν και οι δύο σύντομα ονόματα, ή και οι δύο πλήρη. Ό,τι γράφτηκε αλλού είναι εδώ για διάβασμα· γράψ' το σε δικό του τερματικό.",
    }
    runs_anywhere {
        en: "The cells of this notebook run as they are, on the node that Livebook starts for them. What was typed elsewhere stands here to be read; type it in a terminal of its own.",
        el: "Τα κελιά αυτού του σημειωματάριου τρέχουν όπως είναι, στον κόμβο που ξεκινά γι' αυτά το Livebook. Ό,τι γράφτηκε αλλού είναι εδώ για διάβασμα· γράψ' το σε δικό του τερματικό.",
    }
    /// Before a question that is asked again.
    asked_in(number: &str, title: &str) { en: "From {number}, “{title}”:", el: "Από το {number}, «{title}»:" }
    nothing_missed {
        en: "You answered every question right at once, so there is none to ask again. Well done!",
        el: "Σε όλες τις ερωτήσεις απάντησες σωστά με την πρώτη, οπότε δεν μένει καμία. Μπράβο!",
    }
    nothing_to_check {
        en: "There is nothing to check here: type the number of an answer.",
        el: "Εδώ δεν υπάρχει κάτι να ελεγχθεί: γράψε τον αριθμό μιας απάντησης.",
    }
    is_done { en: "This step is done.", el: "Αυτό το βήμα έχει ολοκληρωθεί." }
    no_hints { en: "There are no hints here.", el: "Εδώ δεν υπάρχουν υποδείξεις." }
    no_such_choice(typed: &str) {
        en: "`{typed}` is none of the choices. Type a number.",
        el: "Το `{typed}` δεν είναι μία από τις επιλογές. Γράψε έναν αριθμό.",
    }
    step_is_gone(id: &str, title: &Localized) {
        en: "The lesson has changed: the step `{id}`, at which you stopped, is no longer in it. You go on at the nearest one, “{title}”.",
        el: "Το μάθημα άλλαξε: το βήμα `{id}`, στο οποίο είχες σταματήσει, δεν υπάρχει πια. Συνεχίζεις από το πιο κοντινό, «{title}».",
    }
}
