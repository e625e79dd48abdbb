crate::catalogue! {
    passed { en: "done", el: "έγινε" }
    skipped { en: "skipped", el: "παραλείφθηκε" }
    open { en: "open", el: "δεν έγινε ακόμη" }
    here { en: "you go on here", el: "συνεχίζεις εδώ" }
    tries(count: usize) {
        en: [count: "1 try", "{count} tries"],
        el: [count: "1 προσπάθεια", "{count} προσπάθειες"],
    }
    hints(count: usize) {
        en: [count: "1 hint", "{count} hints"],
        el: [count: "1 υπόδειξη", "{count} υποδείξεις"],
    }
    answer_shown { en: "answer shown", el: "είδες τη λύση" }
    answers_shown(count: usize) {
        en: [count: "1 answer shown", "{count} answers shown"],
        el: [count: "είδες 1 λύση", "είδες {count} λύσεις"],
    }
    predicted_right { en: "predicted right", el: "σωστή πρόβλεψη" }
    predicted_wrong { en: "predicted wrong", el: "λάθος πρόβλεψη" }
    missed { en: "wrong at first", el: "λάθος στην αρχή" }
    predictions(right: usize, wrong: usize) {
        en: "predictions: {right} right, {wrong} wrong",
        el: "προβλέψεις: {right} σωστές, {wrong} λανθασμένες",
    }
    minutes(count: u32) {
        en: [count: "1 minute", "{count} minutes"],
        el: [count: "1 λεπτό", "{count} λεπτά"],
    }
    of_steps(passed: usize, of: usize) {
        en: [of: "{passed} of 1 step", "{passed} of {of} steps"],
        el: [of: "{passed} από 1 βήμα", "{passed} από {of} βήματα"],
    }
    total { en: "Total", el: "Σύνολο" }
    total_steps(passed: usize, skipped: usize, open: usize) {
        en: "{passed} done, {skipped} skipped, {open} open",
        el: "{passed} έγιναν, {skipped} παραλείφθηκαν, {open} μένουν",
    }
    not_begun(of: usize) {
        en: [of: "not begun: 1 step", "not begun: {of} steps"],
        el: [of: "δεν έχει αρχίσει: 1 βήμα", "δεν έχει αρχίσει: {of} βήματα"],
    }
    all_done(of: usize) {
        en: [of: "done: 1 step", "done: all {of} steps"],
        el: [of: "ολοκληρώθηκε: 1 βήμα", "ολοκληρώθηκε: και τα {of} βήματα"],
    }
    goes_on_at(number: &str, title: &str) { en: "goes on at {number} {title}", el: "συνεχίζει από το {number} {title}" }
    from_elsewhere(place: &str) { en: "from {place}", el: "από: {place}" }
    unreadable(lesson: &str) {
        en: "its progress can't be read: `moebi progress {lesson}` says why",
        el: "η πρόοδός του δεν διαβάζεται: το `moebi progress {lesson}` λέει γιατί",
    }
    unusable(lesson: &str) {
        en: "the lesson `{lesson}` can't be used as it is; `moebi lesson lint` says why",
        el: "το μάθημα `{lesson}` δεν μπορεί να χρησιμοποιηθεί όπως είναι· το `moebi lesson lint` λέει γιατί",
    }
    no_json { en: "could not write JSON", el: "δεν γράφτηκε το JSON" }
    dot { en: " · ", el: " · " }
}
