use crate::{i18n::Localized, lesson::TerminalName};

crate::catalogue! {
    length(sections: usize, minutes: u32) {
        en: [sections: "One section, about {minutes} minutes. Leave whenever you like with /quit: your place is kept.",
            "{sections} sections, about {minutes} minutes in all. Leave whenever you like with /quit: your place is kept."],
        el: [sections: "Ένα κεφάλαιο, περίπου {minutes} λεπτά. Με /quit σταματάς όποτε θέλεις και συνεχίζεις από εκεί που έμεινες.",
            "{sections} κεφάλαια, περίπου {minutes} λεπτά συνολικά. Με /quit σταματάς όποτε θέλεις και συνεχίζεις από εκεί που έμεινες."],
    }
    new_word(word: &str) {
        en: "New here: {word}. `/word {word}` says more.",
        el: "Νέος όρος: {word}. Με `/word {word}` μαθαίνεις περισσότερα.",
    }
    new_words(all: &str) {
        en: "New here: {all}. `/word` and one of them says more.",
        el: "Νέοι όροι: {all}. Με `/word` και έναν από αυτούς μαθαίνεις περισσότερα.",
    }
    all_words(all: &str) { en: "/word and one of: {all}", el: "/word και έναν από τους: {all}" }
    label_why { en: "why", el: "γιατί" }
    label_word { en: "word", el: "όρος" }
    label_welcome { en: "welcome", el: "καλώς ήρθες" }

    // A class that the learner is in.
    class { en: "class", el: "τάξη" }
    label_class { en: "class", el: "τάξη" }
    class_here { en: "The class is there.", el: "Η τάξη είναι εδώ." }
    class_away {
        en: "The class can't be reached. Go on: what you do is kept, and told once it is back.",
        el: "Η τάξη δεν απαντά. Συνέχισε: ό,τι κάνεις φυλάγεται, και θα το μάθει όταν επιστρέψει.",
    }

    // The header, and how a step ends.
    step_of(number: usize, of: usize) { en: "step {number} of {of}", el: "βήμα {number} από {of}" }
    next_step {
        en: "Done. Play on, or press Enter for the next step.",
        el: "Έγινε. Συνέχισε να δοκιμάζεις, ή πάτα Enter για το επόμενο βήμα.",
    }
    next_section(title: &str, minutes: u32) {
        en: "Done. A good place for a pause. Enter goes on with “{title}” (about {minutes} min); /quit keeps your place.",
        el: "Έγινε. Καλή στιγμή για διάλειμμα. Με Enter συνεχίζεις στο «{title}» (περίπου {minutes} λεπτά)· με /quit σταματάς και συνεχίζεις άλλη φορά.",
    }
    you_said(chosen: &str) { en: "You said “{chosen}”.", el: "Είπες «{chosen}»." }
    you_said_right(chosen: &str) {
        en: "You said “{chosen}”, and so it was.",
        el: "Είπες «{chosen}», και έτσι ήταν.",
    }
    lesson_done(passed: usize, of: usize) {
        en: "The lesson is done: {passed} of {of} steps passed.",
        el: [passed: "Το μάθημα τελείωσε: πέρασε 1 από τα {of} βήματα.", "Το μάθημα τελείωσε: πέρασαν {passed} από τα {of} βήματα."],
    }
    others_wait { en: "The others wait for you.", el: "Τα υπόλοιπα σε περιμένουν." }
    how_to_goto {
        en: "Type /goto and a number, an id or a title.",
        el: "Γράψε /goto και έναν αριθμό, ένα όνομα ή έναν τίτλο.",
    }
    you_are_here { en: "you are here", el: "είσαι εδώ" }
    goto_step { en: "/goto STEP", el: "/goto ΒΗΜΑ" }
    now_again { en: "play a step again", el: "ξαναπαίξε ένα βήμα" }
    now_all { en: "see all steps, and which are done", el: "δες όλα τα βήματα, και ποια έγιναν" }
    now_export { en: "keep your answers and a transcript", el: "κράτησε τις λύσεις σου και την πορεία σου" }
    now_leave { en: "leave; your progress is kept", el: "κλείσε το μάθημα· η πρόοδός σου μένει" }

    // A section's summary.
    section_done(title: &str) { en: "End of the section: {title}", el: "Τέλος κεφαλαίου: {title}" }
    step_told(title: &str, mark: &Localized, pains: &Localized) {
        en: "{title}: {mark}{pains}",
        el: "{title}: {mark}{pains}",
    }
    step_passed { en: "passed", el: "πέρασε" }
    step_skipped { en: "skipped", el: "παραλείφθηκε" }
    step_open { en: "not done", el: "δεν έγινε" }
    tries(count: usize) { en: [count: "1 try", "{count} tries"], el: [count: "1 προσπάθεια", "{count} προσπάθειες"] }
    hints(count: usize) { en: [count: "1 hint", "{count} hints"], el: [count: "1 υπόδειξη", "{count} υποδείξεις"] }
    minutes(count: u64) { en: "{count} min", el: [count: "1 λεπτό", "{count} λεπτά"] }
    predicted_right(chosen: &str) { en: "you said “{chosen}”, and so it was", el: "είπες «{chosen}», και έτσι ήταν" }
    predicted_wrong(chosen: &str) {
        en: "you said “{chosen}”, which it was not",
        el: "είπες «{chosen}», αλλά δεν ήταν έτσι",
    }
    label_summary { en: "summary", el: "σύνοψη" }

    // What is left out of a long output.
    more_lines(count: usize) {
        en: [count: "… 1 more line", "… {count} more lines"],
        el: [count: "… μία γραμμή ακόμη", "… {count} γραμμές ακόμη"],
    }
    more_characters(count: usize) {
        en: [count: "… 1 more character", "… {count} more characters"],
        el: [count: "… ένας χαρακτήρας ακόμη", "… {count} χαρακτήρες ακόμη"],
    }

    // Hints, answers, checks.
    stuck {
        en: "Stuck? /hint gives a hint, and /check says what is still missing.",
        el: "Κόλλησες; Το /hint δίνει μια υπόδειξη, και το /check λέει τι λείπει ακόμη.",
    }
    stuck_without_hints {
        en: "Stuck? /check says what is still missing, and /answer shows one way to do it.",
        el: "Κόλλησες; Το /check λέει τι λείπει ακόμη, και το /answer δείχνει έναν τρόπο.",
    }
    hint_of(number: usize, of: usize) { en: "Hint {number} of {of}", el: "Υπόδειξη {number} από {of}" }
    more_hints { en: "/hint says more.", el: "Το /hint λέει περισσότερα." }
    no_hint {
        en: "There is no further hint; /answer shows one way to do it.",
        el: "Δεν υπάρχει άλλη υπόδειξη· το /answer δείχνει έναν τρόπο.",
    }
    on(terminal: &str) { en: "on {terminal}:", el: "στο {terminal}:" }
    write(path: &str) { en: "write {path}:", el: "γράψε το {path}:" }
    replace(path: &str) { en: "in {path}, replace:", el: "στο {path}, αντικατάστησε:" }
    with { en: "with:", el: "με:" }
    choose(choice: &str) { en: "choose {choice}", el: "διάλεξε {choice}" }
    by_one_input { en: "not yet, by one and the same input:", el: "όχι ακόμη, με μία και την ίδια εντολή:" }
    so_far(what: &Localized) { en: "so far: {what}", el: "μέχρι στιγμής: {what}" }
    label_so_far { en: "so far", el: "μέχρι στιγμής" }
    not_yet(what: &Localized) { en: "not yet: {what}", el: "όχι ακόμη: {what}" }
    seen { en: "seen: ", el: "ως τώρα: " }
    nothing_like_it { en: "nothing like it", el: "τίποτα σχετικό" }
    right { en: "Right: ", el: "Σωστά: " }
    not_quite { en: "Not quite: ", el: "Όχι ακριβώς: " }
    how_to_predict { en: "Type a number; Enter alone skips.", el: "Γράψε έναν αριθμό· με σκέτο Enter προσπερνάς την ερώτηση." }

    // What nodes print.
    from(node: &str) { en: "‹ from {node} ›", el: "‹ από {node} ›" }
    from_late(node: &str, line: &Localized) { en: "‹ from {node}, {line} ›", el: "‹ από {node}, {line} ›" }
    late(line: &Localized) { en: "‹ {line} ›", el: "‹ {line} ›" }
    line(number: u32) { en: "line {number}", el: "γραμμή {number}" }
    line_of(number: u32, terminal: &str) { en: "line {number} of {terminal}", el: "γραμμή {number} του {terminal}" }
    left_out(amount: &Localized, terminal: &str) {
        en: "… {amount} more from {terminal}, not shown",
        el: "… και {amount} ακόμη από το {terminal}, που δεν εμφανίζονται",
    }
    bytes(count: u64) { en: [count: "one byte", "{count} bytes"], el: "{count} byte" }
    kilobytes(count: u64) { en: "{count} KB", el: "{count} KB" }
    megabytes(count: u64) { en: "{count} MB", el: "{count} MB" }

    // Plain labels.
    more_not_shown(amount: &Localized) { en: "{amount} more, not shown", el: "και {amount} ακόμη, που δεν εμφανίζονται" }
    typed_by_moebi(terminal: &str) { en: "{terminal}, typed by moebi", el: "{terminal}, το γράφει το Moebi" }
    typed_elsewhere(terminal: &str) {
        en: "{terminal}, typed in another window",
        el: "{terminal}, γράφτηκε σε άλλο παράθυρο",
    }
    label_ok { en: "ok", el: "εντάξει" }
    label_seen { en: "seen", el: "φάνηκε" }
    label_try { en: "try", el: "δοκίμασε" }
    label_hint { en: "hint", el: "υπόδειξη" }
    label_hint_of(number: usize, of: usize) { en: "hint {number} of {of}", el: "υπόδειξη {number} από {of}" }
    label_right { en: "right", el: "σωστά" }
    label_not_quite { en: "not quite", el: "όχι ακριβώς" }
    label_wait { en: "wait", el: "περίμενε" }
    label_lesson { en: "lesson", el: "μάθημα" }
    label_nodes { en: "nodes", el: "κόμβοι" }
    label_value(at: &TerminalName) { en: "{at}, value", el: "{at}, τιμή" }
    label_error(at: &TerminalName) { en: "{at}, error", el: "{at}, σφάλμα" }
    label_shell(at: &TerminalName) { en: "{at}, shell", el: "{at}, κέλυφος" }
    label_log(at: &TerminalName) { en: "{at}, log", el: "{at}, καταγραφή" }
    label_stderr(at: &TerminalName) { en: "{at}, stderr", el: "{at}, stderr" }
    paused(terminal: &str) { en: "{terminal} (paused)", el: "{terminal} (σε παύση)" }
    label_prompt { en: "prompt", el: "προτροπή" }
    label_question { en: "question", el: "ερώτηση" }
    label_choice(number: usize) { en: "choice {number}", el: "επιλογή {number}" }
    label_prediction_right { en: "prediction, right", el: "πρόβλεψη, σωστή" }
    label_prediction_wrong { en: "prediction, wrong", el: "πρόβλεψη, λάθος" }
    label_after { en: "after", el: "σχόλιο" }
    label_done { en: "done", el: "έγινε" }
    label_section_done { en: "section done", el: "τέλος κεφαλαίου" }
    label_now { en: "now", el: "τώρα" }
    label_answer { en: "answer", el: "λύση" }
    label_answer_on(terminal: &str) { en: "answer, on {terminal}", el: "λύση, στο {terminal}" }
    label_answer_write(path: &str) { en: "answer, write {path}", el: "λύση, γράψε το {path}" }
    label_answer_edit(path: &str) { en: "answer, edit {path}", el: "λύση, άλλαξε το {path}" }
    replace_with(replace: &str, with: &str) {
        en: "replace\n{replace}\nwith\n{with}",
        el: "αντικατάστησε\n{replace}\nμε\n{with}",
    }
    label_not_yet { en: "not yet", el: "όχι ακόμη" }
    expected_seen(expected: &Localized, seen: &Localized) { en: "{expected}; seen: {seen}", el: "{expected}· ως τώρα: {seen}" }
    label_problem { en: "problem", el: "πρόβλημα" }
    label_trace { en: "trace", el: "ίχνος" }
    label_help { en: "help", el: "βοήθεια" }
    label_step(number: usize, of: usize) { en: "step {number} of {of}", el: "βήμα {number} από {of}" }
    place(lesson: &str, number: usize, section: &str) {
        en: "{lesson}, section {number}: {section}",
        el: "{lesson}, κεφάλαιο {number}: {section}",
    }
    printed_by(node: &str) { en: " (printed by {node})", el: " (από τον κόμβο {node})" }
    printed_by_late(node: &str, line: &Localized) { en: " (printed by {node}, {line})", el: " (από τον κόμβο {node}, {line})" }
    printed_late(line: &Localized) { en: " ({line})", el: " ({line})" }
    nothing_more { en: "", el: "" }
    reads_a_line(terminal: &str) { en: "{terminal} reads a line", el: "το {terminal} διαβάζει μια γραμμή" }
    number_or_enter { en: "? (a number, or Enter)", el: "? (αριθμός, ή Enter)" }
    plainly_said(chosen: &str, why: &str) { en: "You said “{chosen}”. {why}", el: "Είπες «{chosen}». {why}" }
    plainly_said_right(chosen: &str, why: &str) {
        en: "You said “{chosen}”, and so it was. {why}",
        el: "Είπες «{chosen}», και έτσι ήταν. {why}",
    }
    press_enter { en: "Press Enter for the next step.", el: "Πάτα Enter για το επόμενο βήμα." }
    press_enter_for(title: &str, minutes: u32) {
        en: "A good place for a pause. Press Enter for the next one: {title}, about {minutes} minutes.",
        el: "Καλή στιγμή για διάλειμμα. Πάτα Enter για το επόμενο: {title}, περίπου {minutes} λεπτά.",
    }

    // /help.
    help_short {
        en: "Commands may be shortened: /h is not enough, /hi is.",
        el: "Οι εντολές γράφονται και πιο σύντομα: το /h δεν φτάνει, το /hi φτάνει. Γράφονται και στα ελληνικά: /βοήθεια, /υπόδειξη, /λύση, /έλεγχος …",
    }
    key_focus {
        en: "type into the first, second, … terminal",
        el: "γράψε στο πρώτο, στο δεύτερο, … τερματικό",
    }
    key_neighbour {
        en: "type into the terminal before, or after",
        el: "γράψε στο προηγούμενο τερματικό, ή στο επόμενο",
    }
    key_escape {
        en: "leave a running program to itself and go to that terminal",
        el: "άφησε ένα πρόγραμμα να τρέχει και πήγαινε σε εκείνο το τερματικό",
    }
    key_tab { en: "what may stand here; again, the next of it", el: "τι μπορεί να μπει εδώ· ξανά, το επόμενο" }
    key_hint {
        en: "take what is shown in grey, or without colour in ‹ ›",
        el: "πάρε ό,τι φαίνεται γκρίζο, ή χωρίς χρώματα μέσα σε ‹ ›",
    }
    key_hint_word { en: "take one word of it", el: "πάρε μία λέξη του" }
    key_newline { en: "a new line, whatever is typed", el: "νέα γραμμή, ό,τι κι αν γράφεις" }
    key_history { en: "what you typed before", el: "ό,τι έγραψες πριν" }
    key_search { en: "search in it", el: "ψάξε μέσα σε αυτά" }
    key_interrupt {
        en: "clear the line; on an empty one, interrupt what runs",
        el: "σβήσε τη γραμμή· σε άδεια γραμμή, διάκοψε ό,τι τρέχει",
    }
    key_clear { en: "clear the screen", el: "καθάρισε την οθόνη" }
    key_leave { en: "leave, on an empty line", el: "κλείσε το μάθημα, σε άδεια γραμμή" }
}

pub fn class_is(presence: crate::session::deed::Presence) -> Localized {
    match presence {
        crate::session::deed::Presence::Here => class_here(),
        crate::session::deed::Presence::Away => class_away(),
    }
}
