use crate::i18n::Localized;

crate::catalogue! {
    // The notice.
    from_elsewhere {
        en: "This lesson comes from elsewhere, and you have not opened it before.",
        el: "Αυτό το μάθημα έρχεται από αλλού, και δεν το έχεις ξανανοίξει.",
    }
    changed_since(day: &str) {
        en: "This lesson has changed since you trusted it on {day}.",
        el: "Αυτό το μάθημα άλλαξε από τότε που το εμπιστεύτηκες, στις {day}.",
    }
    lesson { en: "Lesson", el: "Μάθημα" }
    titled(title: &str, id: &str) { en: "{title} ({id})", el: "{title} ({id})" }
    holds(steps: usize, languages: &Localized) {
        en: [steps: "one step; {languages}", "{steps} steps; {languages}"],
        el: [steps: "ένα βήμα· {languages}", "{steps} βήματα· {languages}"],
    }
    by { en: "By", el: "Συγγραφέας" }
    no_author { en: "it does not say who wrote it", el: "δεν λέει ποιος το έγραψε" }
    from { en: "Source", el: "Προέλευση" }
    commit { en: "Commit", el: "Commit" }
    commit_before { en: "Before", el: "Πριν" }
    fingerprint { en: "SHA-256", el: "SHA-256" }
    new_steps { en: "New steps", el: "Νέα βήματα" }
    lost_steps { en: "Gone steps", el: "Αφαιρέθηκαν" }
    changed_files { en: "Changed", el: "Άλλαξαν" }
    and_more(names: &str, count: usize) {
        en: [count: "{names} and one more", "{names} and {count} more"],
        el: [count: "{names} και ένα ακόμη", "{names} και {count} ακόμη"],
    }
    what_it_can_do {
        en: "A lesson is a program: it writes files into your workspace, and the code in it runs as you and can do whatever you can, like any program. Nothing of it has run yet. Go on only if you trust whoever gave it to you.",
        el: "Ένα μάθημα είναι πρόγραμμα: γράφει αρχεία στον φάκελο εργασίας σου, και ο κώδικάς του τρέχει με τα δικά σου δικαιώματα και μπορεί ό,τι μπορείς κι εσύ, όπως κάθε πρόγραμμα. Ακόμη δεν έτρεξε τίποτα. Συνέχισε μόνο αν εμπιστεύεσαι αυτόν που σου το έδωσε.",
    }
    your_own(id: &str, folder: &str) {
        en: "If it is your own: `moebi learn {id} --lessons {folder}` asks nothing, and shows what you save.",
        el: "Αν είναι δικό σου: το `moebi learn {id} --lessons {folder}` δεν ρωτά τίποτα, και δείχνει ό,τι αποθηκεύεις.",
    }
    do_you_trust_it { en: "Do you trust it?", el: "Το εμπιστεύεσαι;" }
    nothing_kept { en: "Nothing was opened, and nothing of it is kept.", el: "Δεν άνοιξε τίποτα, και δεν κρατήθηκε τίποτα." }
    nobody_to_ask(place: &str) {
        en: "nobody can be asked here whether to trust {place}",
        el: "εδώ δεν μπορεί να ερωτηθεί κανείς αν το εμπιστεύεται: {place}",
    }
    trust_says_so { en: "If you trust it, say so with --trust.", el: "Αν το εμπιστεύεσαι, πες το με --trust." }

    // What became of it.
    added(names: &str) {
        en: "Added: {names}. `moebi list` shows all lessons.",
        el: "Προστέθηκε: {names}. Το `moebi list` δείχνει όλα τα μαθήματα.",
    }
    updated(names: &str) { en: "Updated: {names}.", el: "Ενημερώθηκε: {names}." }
    nothing_new(names: &str) { en: "Nothing new: {names}.", el: "Τίποτα νέο: {names}." }
    removed(names: &str) {
        en: "Removed: {names}. Your progress and your files stay, for when you add it again.",
        el: "Αφαιρέθηκε: {names}. Η πρόοδος και τα αρχεία σου μένουν, αν το προσθέσεις ξανά.",
    }
    forgotten(names: &str, folder: &str) {
        en: "No longer trusted: {names}. The lesson itself stays in {folder}, and so do your progress and your files.",
        el: "Δεν το εμπιστεύεσαι πια: {names}. Το ίδιο το μάθημα μένει στον φάκελο {folder}, όπως και η πρόοδος και τα αρχεία σου.",
    }
    no_packs { en: "There are no packs here.", el: "Δεν υπάρχουν πακέτα εδώ." }
    no_pack(name: &str) { en: "there is no pack `{name}`", el: "δεν υπάρχει πακέτο `{name}`" }
    packs_are(names: &str) { en: "There is: {names}.", el: "Υπάρχουν: {names}." }
    nothing_there(word: &str) {
        en: "`{word}` is no folder, no zip and no repository's URL",
        el: "το `{word}` δεν είναι φάκελος, zip ή διεύθυνση αποθετηρίου",
    }
    what_may_be {
        en: "Give a lesson's folder, a file that ends in .zip, or a URL such as https://example.org/lesson.",
        el: "Δώσε τον φάκελο ενός μαθήματος, ένα αρχείο .zip, ή μια διεύθυνση όπως https://example.org/lesson.",
    }

    // What was trusted, and is not what it was.
    has_changed(name: &str, place: &str) {
        en: "`{name}` in {place} has changed since you trusted it",
        el: "το `{name}` στο {place} άλλαξε από τότε που το εμπιστεύτηκες",
    }
    learn_asks_again(name: &str) { en: "`moebi learn {name}` asks again.", el: "Το `moebi learn {name}` θα σε ρωτήσει ξανά." }
    copy_has_changed(name: &str, place: &str) {
        en: "the copy of `{name}` (from {place}) is not what you trusted: somebody has changed its files",
        el: "το αντίγραφο του `{name}` (από: {place}) δεν είναι αυτό που εμπιστεύτηκες: κάποιος άλλαξε τα αρχεία του",
    }
    copy_is_gone(name: &str, place: &str) {
        en: "the copy of `{name}` (from {place}) can't be read",
        el: "το αντίγραφο του `{name}` (από: {place}) δεν διαβάζεται",
    }
    update_mends(name: &str) {
        en: "`moebi pack update {name}` gets it again, `moebi pack remove {name}` removes it.",
        el: "Το `moebi pack update {name}` το φέρνει ξανά, το `moebi pack remove {name}` το αφαιρεί.",
    }
    is_gone(name: &str, place: &str) {
        en: "`{name}` is no longer in {place}, or can't be read there",
        el: "το `{name}` δεν είναι πια στο {place}, ή δεν διαβάζεται εκεί",
    }
    remove_it(name: &str) { en: "`moebi pack remove {name}` forgets it.", el: "Το `moebi pack remove {name}` το ξεχνά." }
}
