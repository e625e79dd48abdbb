crate::catalogue! {
    nothing_to_forget { en: "There is nothing to take back.", el: "Δεν υπάρχει τίποτα για αναίρεση." }
    forgotten { en: "Done: `moebi` goes on from there.", el: "Έγινε: με `moebi` συνεχίζεις από εκεί." }
    copy_is(path: &str, command: &str) {
        en: "What was there is kept in {path}\nTo bring it back: {command}",
        el: "Ό,τι υπήρχε φυλάχτηκε στο {path}\nΓια να το επαναφέρεις: {command}",
    }
    restored(path: &str, steps: usize) {
        en: [steps: "Brought back from {path}: 1 step.", "Brought back from {path}: {steps} steps."],
        el: [steps: "Επαναφορά από το {path}: 1 βήμα.", "Επαναφορά από το {path}: {steps} βήματα."],
    }
    is_open_elsewhere(lesson: &str) {
        en: "the lesson `{lesson}` is open in another Moebi",
        el: "το μάθημα `{lesson}` είναι ανοιχτό σε άλλο Moebi",
    }
    leave_first {
        en: "Leave it there with /quit first.",
        el: "Κλείσε το πρώτα εκεί με /quit.",
    }
    no_step(id: &str) { en: "there is no step `{id}`", el: "δεν υπάρχει βήμα `{id}`" }
    no_section(id: &str) { en: "there is no section `{id}`", el: "δεν υπάρχει κεφάλαιο `{id}`" }
    did_you_mean(id: &str) { en: "Did you mean `{id}`?", el: "Μήπως εννοείς `{id}`;" }
    progress_lists_ids {
        en: "`moebi progress` lists the steps; `moebi progress --format json` the sections' ids too.",
        el: "Το `moebi progress` δείχνει τα βήματα· το `moebi progress --format json` και τα ονόματα των κεφαλαίων.",
    }
    forget_step(id: &str) {
        en: "Forget how the step `{id}` went? A copy is kept.",
        el: "Να ξεχαστεί πώς πήγε το βήμα `{id}`; Κρατιέται αντίγραφο.",
    }
    nobody_to_ask {
        en: "there is nobody to ask here whether that is meant",
        el: "δεν υπάρχει κανείς εδώ να ερωτηθεί αν το εννοείς",
    }
    say_yes { en: "Add --yes if it is.", el: "Πρόσθεσε --yes αν το εννοείς." }
}
