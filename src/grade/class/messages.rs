crate::catalogue! {
    // What could not begin.
    class_unreadable(place: &str) {
        en: "could not read the submissions in {place}",
        el: "δεν διαβάζονται οι υποβολές στο {place}",
    }
    a_folder_or_a_zip {
        en: "Give the folder or the .zip that the platform made, as it is.",
        el: "Δώσε τον φάκελο ή το .zip όπως το έφτιαξε η πλατφόρμα.",
    }
    class_too_large(most: usize) {
        en: "there are more than {most} files in one class",
        el: "υπάρχουν πάνω από {most} αρχεία σε μία τάξη",
    }
    no_submissions(folder: &str) {
        en: "there is no submission in {folder}",
        el: "δεν υπάρχει καμία υποβολή στο {folder}",
    }
    what_a_class_is(file: &str) {
        en: "A submission is a file NAME.yaml in it, or a folder NAME with {file}; learners write theirs with `moebi export`.",
        el: "Κάθε υποβολή είναι ένα αρχείο ΟΝΟΜΑ.yaml ή ένας φάκελος ΟΝΟΜΑ με το {file}· οι μαθητές τη γράφουν με `moebi export`.",
    }

    // Why something that was handed in is no submission.
    no_answers_in_file(ending: &str) {
        en: "no answers in it: {ending} is no file of answers; `moebi export` writes one",
        el: "δεν έχει λύσεις: το {ending} δεν είναι αρχείο λύσεων· το `moebi export` φτιάχνει ένα",
    }
    no_answers_in_text {
        en: "no answers in it: it has neither `lesson:` nor `answers:`",
        el: "δεν έχει λύσεις: λείπουν το `lesson:` και το `answers:`",
    }
    no_answers_in_folder(names: &crate::i18n::Localized) {
        en: "no answers in it, but {names}",
        el: "δεν έχει λύσεις, έχει όμως {names}",
    }
    and_others(names: &str, count: usize) {
        en: [count: "{names} and one more", "{names} and {count} more"],
        el: [count: "{names} και ένα ακόμη", "{names} και {count} ακόμη"],
    }
    nothing_in_it { en: "there is nothing in it", el: "δεν έχει τίποτα μέσα" }
    only_clutter { en: "nothing in it is anybody's work", el: "τίποτα μέσα δεν είναι δουλειά μαθητή" }
    only_a_receipt {
        en: "only the platform's receipt came, and no file",
        el: "ήρθε μόνο η απόδειξη της πλατφόρμας, χωρίς αρχείο",
    }
    an_archive(ending: &str) {
        en: "a {ending} is not unpacked: ask for a .zip, or for answers.yaml itself",
        el: "το {ending} δεν αποσυμπιέζεται: ζήτησε .zip ή σκέτο το answers.yaml",
    }
    no_regular_file { en: "no regular file", el: "δεν είναι κανονικό αρχείο" }
    not_readable(why: &str) { en: "can't be read: {why}", el: "δεν διαβάζεται: {why}" }
    too_deep { en: "lies too deep in folders or zips", el: "βρίσκεται πολύ βαθιά σε φακέλους ή zip" }

    // The roster.
    roster_unreadable(file: &str) { en: "could not read the roster {file}", el: "δεν διαβάζεται ο κατάλογος {file}" }
    no_utf8 { en: "its letters are not in UTF-8", el: "τα γράμματά του δεν είναι σε UTF-8" }
    save_as_utf8 {
        en: "Save it as *CSV UTF-8* in the spreadsheet, or take the platform's own file.",
        el: "Αποθήκευσέ το ως *CSV UTF-8* από το λογιστικό φύλλο, ή δώσε το αρχείο της πλατφόρμας.",
    }
    no_roster(file: &str) {
        en: "there are no students in {file}",
        el: "δεν υπάρχουν μαθητές στο {file}",
    }
    what_a_roster_is {
        en: "Give a CSV whose first row names its columns, such as name,email,id; exports of Moodle, Canvas, Blackboard, Gradescope, GitHub and Google are read as they are.",
        el: "Δώσε ένα CSV με τους τίτλους των στηλών στην πρώτη γραμμή, όπως name,email,id· ό,τι εξάγουν το Moodle, το Canvas, το Blackboard, το Gradescope, το GitHub και η Google διαβάζεται όπως είναι.",
    }
    not_in_roster(name: &str) { en: "{name} is not in the roster", el: "δεν υπάρχει στον κατάλογο: {name}" }
    several_in_roster(name: &str) {
        en: "the roster has several whom {name} may be: give ids, e-mails or accounts",
        el: "ο κατάλογος έχει πολλούς που ταιριάζουν: {name}· χρειάζονται αριθμοί, email ή λογαριασμοί",
    }
    names_another(learner: &str, other: &str) {
        en: "it names {learner}, who handed in another: {other}",
        el: "γράφει το όνομα {learner}, που παρέδωσε άλλη υποβολή: {other}",
    }
    named_twice(learner: &str, other: &str) {
        en: "it names {learner}, as does {other}",
        el: "γράφει το όνομα {learner}, όπως και η υποβολή {other}",
    }
    names_missing(learner: &str) {
        en: "it names {learner}, of whom nothing came",
        el: "γράφει το όνομα {learner}, αλλά από εκεί δεν ήρθε τίποτα",
    }
    same_student(name: &str, other: &str) {
        en: "{name} of the roster handed in {other} too",
        el: "από τον κατάλογο, η υποβολή {other} ανήκει επίσης σε: {name}",
    }
}
