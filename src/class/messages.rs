crate::catalogue! {
    // To a learner who joins.
    not_reached(address: &str) { en: "no class answers at {address}", el: "δεν απαντά καμία τάξη στη διεύθυνση {address}" }
    see_address {
        en: "Compare the address with the board, and see that you are in the same network as the teacher.",
        el: "Σύγκρινε τη διεύθυνση με τον πίνακα και δες αν είσαι στο ίδιο δίκτυο με τον καθηγητή.",
    }
    other_code(address: &str, code: &str) {
        en: "the server at {address} is not the class {code}",
        el: "ο διακομιστής στη διεύθυνση {address} δεν είναι η τάξη {code}",
    }
    see_code {
        en: "Compare the code with the board. If it is right, somebody else answers there: tell your teacher.",
        el: "Σύγκρινε τον κωδικό με τον πίνακα. Αν είναι σωστός, κάποιος άλλος απαντά εκεί: πες το στον καθηγητή σου.",
    }
    name_taken(name: &str) { en: "somebody else is in the class as {name}", el: "κάποιος άλλος είναι στην τάξη ως {name}" }
    bad_name(name: &str) { en: "`{name}` can't be a name in a class", el: "το `{name}` δεν γίνεται όνομα στην τάξη" }
    nameless { en: "the class needs your name", el: "η τάξη χρειάζεται το όνομά σου" }
    join_with_name { en: "Say it with --as: --as \"Maria P\"", el: "Δώσε το με το --as: --as \"Μαρία Π\"" }
    join_as_another {
        en: "Join under another name with --as, of letters and digits: --as \"Maria P\"",
        el: "Μπες με άλλο όνομα, με γράμματα και ψηφία: --as \"Μαρία Π\"",
    }
    class_full { en: "the class is full", el: "η τάξη είναι γεμάτη" }
    not_understood(address: &str) {
        en: "the class at {address} does not understand this Moebi",
        el: "η τάξη στη διεύθυνση {address} δεν καταλαβαίνει αυτό το Moebi",
    }
    same_moebi { en: "See that both run the same version: `moebi --version`.", el: "Δες αν έχετε την ίδια έκδοση: `moebi --version`." }

    too_many_at_once(address: &str) {
        en: "the class at {address} is asked too much at once",
        el: "η τάξη στη διεύθυνση {address} δέχεται πάρα πολλά αιτήματα μαζί",
    }
    try_in_a_moment { en: "Try again in a few seconds.", el: "Δοκίμασε ξανά σε λίγα δευτερόλεπτα." }

    // To the teacher.
    nobody_yet { en: "Nobody has joined yet.", el: "Δεν έχει μπει ακόμη κανείς." }
    counts(joined: usize, here: usize, handed_in: usize) {
        en: "{joined} joined, {here} here now, {handed_in} handed in",
        el: "μπήκαν {joined}, εδώ τώρα {here}, παρέδωσαν {handed_in}",
    }
    hand_up(minutes: usize) {
        en: [minutes: "hand up for a minute", "hand up for {minutes} minutes"],
        el: [minutes: "σηκωμένο χέρι ένα λεπτό", "σηκωμένο χέρι {minutes} λεπτά"],
    }
    wrong_turns(count: usize) {
        en: [count: "one wrong turn", "{count} wrong turns"],
        el: [count: "ένα λάθος", "{count} λάθη στο βήμα"],
    }
    no_hints_left { en: "no hints left", el: "τέλειωσαν οι βοήθειες" }
    long_at_it(minutes: usize) {
        en: [minutes: "a minute at this step", "{minutes} minutes at this step"],
        el: [minutes: "ένα λεπτό στο βήμα", "{minutes} λεπτά στο βήμα"],
    }

    // On the page.
    take_hand_down { en: "Take the hand down", el: "Κατέβασε το χέρι" }
    class { en: "Class", el: "Τάξη" }
    here { en: "here", el: "εδώ" }
    of_joined(joined: usize) { en: "of {joined} who joined", el: "από {joined} που μπήκαν" }
    steps_done { en: "steps done, in the middle", el: "βήματα, η μεσαία τιμή" }
    handed_in { en: "handed in", el: "παρέδωσαν" }
    who_needs_help { en: "Who may need you", el: "Ποιος ίσως σε χρειάζεται" }
    nobody_needs_help { en: "Nobody, as far as can be seen.", el: "Κανείς, απ’ όσο φαίνεται." }
    mistakes_now { en: "What goes wrong right now", el: "Τι πάει στραβά αυτή τη στιγμή" }
    in_last_minutes(minutes: u64) { en: "in the last {minutes} minutes", el: "τα τελευταία {minutes} λεπτά" }
    nothing_wrong { en: "Nothing, so far.", el: "Τίποτα, ως τώρα." }
    learners(count: usize) { en: [count: "one learner", "{count} learners"], el: [count: "ένας μαθητής", "{count} μαθητές"] }
    pace { en: "Pace", el: "Ρυθμός" }
    done_by(count: usize, of: usize) { en: "{count} of {of} through", el: "τέλειωσαν {count} από {of}" }
    minutes_each(minutes: usize) {
        en: [minutes: "about a minute", "about {minutes} minutes"],
        el: [minutes: "περίπου ένα λεπτό", "περίπου {minutes} λεπτά"],
    }
    everybody { en: "Learner by learner", el: "Μαθητή προς μαθητή" }
    learner { en: "Learner", el: "Μαθητής" }
    now_at { en: "Now at", el: "Τώρα στο" }
    since(minutes: usize) { en: "{minutes} min", el: "{minutes} λεπτά" }
    shares_not { en: "does not share", el: "δεν μοιράζεται" }
    away { en: "away", el: "λείπει" }
    passed { en: "done", el: "έγινε" }
    skipped { en: "left out", el: "παραλείφθηκε" }
    open { en: "not done", el: "δεν έγινε" }
    is_here { en: "at it", el: "εδώ τώρα" }
    what_was_typed { en: "What was typed at this step", el: "Τι γράφτηκε σε αυτό το βήμα" }
    nothing_typed { en: "Nothing yet.", el: "Τίποτα ακόμη." }
    back_to_class { en: "Back to the class", el: "Πίσω στην τάξη" }
    for_the_projector { en: "For the projector", el: "Για τον προβολέα" }
    with_names { en: "With names", el: "Με ονόματα" }
    as_csv { en: "As CSV", el: "Ως CSV" }
    other_language { en: "Ελληνικά", el: "English" }
    to_join { en: "To join, type", el: "Για να μπεις, γράψε" }
    where_all_are { en: "Where everybody is", el: "Πού βρίσκονται όλοι" }
    not_live { en: "The class is not answering; the page shows what was last known.", el: "Η τάξη δεν απαντά· η σελίδα δείχνει ό,τι ήταν τελευταία γνωστό." }
    no_such_page { en: "There is no such page.", el: "Δεν υπάρχει τέτοια σελίδα." }
}
