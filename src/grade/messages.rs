crate::catalogue! {
    // What could not begin.
    no_such_submission(name: &str) {
        en: "there is no submission called {name}",
        el: "δεν υπάρχει υποβολή με το όνομα {name}",
    }
    they_are(names: &str) { en: "There are: {names}.", el: "Υπάρχουν: {names}." }
    lesson_unreadable { en: "could not read the lesson", el: "δεν διαβάζεται το μάθημα" }
    output_unwritable(place: &str) { en: "could not write to {place}", el: "δεν γράφεται το {place}" }
    output_in_use(folder: &str) {
        en: "another grading is writing to {folder} now",
        el: "μια άλλη βαθμολόγηση γράφει τώρα στον φάκελο {folder}",
    }
    output_taken(folder: &str) {
        en: "{folder} holds a grading already",
        el: "ο φάκελος {folder} έχει ήδη μια βαθμολόγηση",
    }
    not_ours(folder: &str) {
        en: "{folder} holds files that are not a grading's",
        el: "ο φάκελος {folder} έχει αρχεία που δεν είναι βαθμολόγησης",
    }
    empty_or_elsewhere {
        en: "Name a folder that is new or empty with --output, or one that a grading has written.",
        el: "Δώσε με --output έναν φάκελο καινούργιο ή άδειο, ή έναν που έγραψε μια βαθμολόγηση.",
    }
    elsewhere { en: "Name another folder with --output.", el: "Δώσε άλλον φάκελο με --output." }
    other_grading(folder: &str, what: &crate::i18n::Localized) {
        en: "the grading in {folder} was begun with {what}",
        el: "η βαθμολόγηση στον φάκελο {folder} ξεκίνησε με {what}",
    }
    of_moebi { en: "another version of Moebi", el: "άλλη έκδοση του Moebi" }
    of_lesson { en: "another lesson, or before the lesson was changed", el: "άλλο μάθημα, ή πριν αλλάξει το μάθημα" }
    of_what_was_set { en: "another --section or --step", el: "άλλο --section ή --step" }
    of_language { en: "another language", el: "άλλη γλώσσα" }
    of_runtime { en: "another Elixir", el: "άλλη Elixir" }
    of_isolation { en: "another isolation", el: "άλλη απομόνωση" }
    resume_or_elsewhere {
        en: "Go on with it with --resume and the same options, or name another folder with --output.",
        el: "Συνέχισέ την με --resume και τις ίδιες επιλογές, ή δώσε άλλον φάκελο με --output.",
    }
    no_isolation(why: &crate::i18n::Localized) {
        en: "submissions can't be isolated here: {why}",
        el: "εδώ οι υποβολές δεν απομονώνονται: {why}",
    }
    not_strict {
        en: "With --isolation none they run as you: they can read and change all that you can, see one another and use the network.",
        el: "Με --isolation none τρέχουν ως εσύ: μπορούν να διαβάσουν και να αλλάξουν ό,τι κι εσύ, να δουν η μία την άλλη και να βγουν στο δίκτυο.",
    }
    runs_bare(why: &crate::i18n::Localized) {
        en: "Submissions are NOT isolated: {why}. They run as you: they can read and change all that you can, see one another and use the network; memory and processes have no limit. Grade only those that you trust, or see `moebi doctor`.",
        el: "Οι υποβολές ΔΕΝ απομονώνονται: {why}. Τρέχουν ως εσύ: μπορούν να διαβάσουν και να αλλάξουν ό,τι κι εσύ, να δουν η μία την άλλη και να βγουν στο δίκτυο· μνήμη και διεργασίες δεν έχουν όριο. Βαθμολόγησε μόνο όσες εμπιστεύεσαι, ή δες το `moebi doctor`.",
    }
    you_wished_so { en: "you chose --isolation none", el: "διάλεξες --isolation none" }

    // Merging.
    results_unreadable(file: &str) { en: "could not read {file}", el: "δεν διαβάζεται το {file}" }
    nothing_to_merge { en: "there is nothing to merge", el: "δεν υπάρχει τίποτα να συγχωνευτεί" }
    unlike_parts {
        en: "these parts were graded with different lessons, schemes, languages or versions of Moebi",
        el: "αυτά τα μέρη βαθμολογήθηκαν με διαφορετικό μάθημα, βαθμούς, γλώσσα ή έκδοση του Moebi",
    }
    of_different_wholes(one: usize, other: usize) {
        en: "one of these is a part of {one}, another a part of {other}",
        el: "ένα από αυτά είναι μέρος των {one} και ένα άλλο μέρος των {other}",
    }
    part_twice(index: usize, count: usize) {
        en: "part {index}/{count} is given twice",
        el: "το μέρος {index}/{count} δόθηκε δύο φορές",
    }
    parts_missing(missing: usize, parts: &str) {
        en: [missing: "part {parts} is missing", "parts {parts} are missing"],
        el: [missing: "λείπει το μέρος {parts}", "λείπουν τα μέρη {parts}"],
    }
    merge_all_of_them {
        en: "Name the folders of all parts: half a class would look like a whole one.",
        el: "Δώσε τους φακέλους από όλα τα μέρη: η μισή τάξη θα έμοιαζε ολόκληρη.",
    }
    part_unfinished(index: usize, count: usize, pending: usize) {
        en: [
            pending: "part {index}/{count} is not finished: one submission is missing",
            "part {index}/{count} is not finished: {pending} submissions are missing"
        ],
        el: [
            pending: "το μέρος {index}/{count} δεν έχει τελειώσει: λείπει μία υποβολή",
            "το μέρος {index}/{count} δεν έχει τελειώσει: λείπουν {pending} υποβολές"
        ],
    }
    go_on_with_the_part {
        en: "Grade it to its end with --resume.",
        el: "Βαθμολόγησέ το ως το τέλος με --resume.",
    }
    in_two_parts(name: &str) {
        en: "{name} is in two of these parts",
        el: "η υποβολή {name} υπάρχει σε δύο από αυτά τα μέρη",
    }

    // While it goes on, and at its end.
    submissions_graded { en: "submissions", el: "υποβολές" }
    graded_before(count: usize) {
        en: [count: "One submission was graded before.", "{count} submissions were graded before."],
        el: [count: "Μία υποβολή είχε ήδη βαθμολογηθεί.", "{count} υποβολές είχαν ήδη βαθμολογηθεί."],
    }
    points_anew {
        en: "Another scheme than before: all points are computed anew from the verdicts.",
        el: "Άλλο σχήμα βαθμολόγησης από πριν: όλοι οι βαθμοί υπολογίζονται ξανά από τα αποτελέσματα.",
    }
    one_done(name: &str, points: &str, of: &str) {
        en: "{name}: {points} of {of} points",
        el: "{name}: {points} από {of} βαθμούς",
    }
    one_unreadable(name: &str) { en: "{name}: the answers can't be read", el: "{name}: οι απαντήσεις δεν διαβάζονται" }
    one_could_not_run(name: &str) { en: "{name}: could not run", el: "{name}: δεν μπόρεσε να τρέξει" }
    class_done(count: usize) {
        en: [count: "One submission graded.", "{count} submissions graded."],
        el: [count: "Βαθμολογήθηκε μία υποβολή.", "Βαθμολογήθηκαν {count} υποβολές."],
    }
    median(percent: &str) { en: "Median: {percent} of the points.", el: "Διάμεσος: {percent} των βαθμών." }
    some_unreadable(count: usize) {
        en: [
            count: "The answers of one submission can't be read; its feedback says why.",
            "The answers of {count} submissions can't be read; their feedback says why."
        ],
        el: [
            count: "Οι απαντήσεις μίας υποβολής δεν διαβάζονται· το γιατί είναι στα σχόλιά της.",
            "Οι απαντήσεις {count} υποβολών δεν διαβάζονται· το γιατί είναι στα σχόλιά τους."
        ],
    }
    late(names: &str) { en: "Late: {names}.", el: "Εκπρόθεσμα: {names}." }
    earlier_attempts(count: usize, files: &str) {
        en: [count: "One earlier attempt does not count: {files}.", "{count} earlier attempts do not count: {files}."],
        el: [count: "Μία προηγούμενη προσπάθεια δεν μετρά: {files}.", "{count} προηγούμενες προσπάθειες δεν μετρούν: {files}."],
    }
    leftover(entry: &str, why: &str) { en: "Not graded: {entry}: {why}", el: "Δεν βαθμολογήθηκε: {entry}: {why}" }
    note(name: &str, note: &str) { en: "Look at {name}: {note}", el: "Κοίτα την υποβολή {name}: {note}" }
    so_many_more(count: usize) { en: "… and {count} more", el: "… και {count} ακόμη" }
    missing(count: usize, names: &str) {
        en: [count: "One student of the roster handed in nothing: {names}.", "{count} students of the roster handed in nothing: {names}."],
        el: [count: "Ένας μαθητής του καταλόγου δεν παρέδωσε τίποτα: {names}.", "{count} μαθητές του καταλόγου δεν παρέδωσαν τίποτα: {names}."],
    }
    passed_over(names: &str) {
        en: "Nobody's work, and passed over: {names}.",
        el: "Δεν είναι δουλειά μαθητή και παραλείφθηκαν: {names}.",
    }
    report_is(file: &str) { en: "The report: {file}", el: "Η αναφορά: {file}" }
    gradebook_is(file: &str, most: &str) {
        en: "The gradebook: {file} (set the assignment to {most} points)",
        el: "Το βαθμολόγιο: {file} (όρισε την εργασία στους {most} βαθμούς)",
    }
    strangers(platform: &str, count: usize) {
        en: [
            count: "{platform} won't know one student in it; --roster with its own list tells who is who.",
            "{platform} won't know {count} students in it; --roster with its own list tells who is who."
        ],
        el: [
            count: "Το {platform} δεν θα αναγνωρίσει έναν μαθητή· με τη δική του λίστα στο --roster φαίνεται ποιος είναι ποιος.",
            "Το {platform} δεν θα αναγνωρίσει {count} μαθητές· με τη δική του λίστα στο --roster φαίνεται ποιος είναι ποιος."
        ],
    }
    some_could_not_run(count: usize) {
        en: [
            count: "One submission could not run here in part; --resume tries it again.",
            "{count} submissions could not run here in part; --resume tries them again."
        ],
        el: [
            count: "Μία υποβολή δεν μπόρεσε να τρέξει ολόκληρη εδώ· το --resume τη δοκιμάζει ξανά.",
            "{count} υποβολές δεν μπόρεσαν να τρέξουν ολόκληρες εδώ· το --resume τις δοκιμάζει ξανά."
        ],
    }
    go_on_with_resume {
        en: "What was done is kept; go on with --resume.",
        el: "Ό,τι έγινε κρατήθηκε· συνέχισε με --resume.",
    }
}
