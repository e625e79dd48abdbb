use crate::i18n::Localized;

crate::catalogue! {
    // Where it comes from.
    no_such_scheme(scheme: &str) {
        en: "lessons are not fetched by `{scheme}`",
        el: "τα μαθήματα δεν κατεβαίνουν με `{scheme}`",
    }
    schemes {
        en: "A repository's URL begins with https://, ssh://, git@ or file://.",
        el: "Η διεύθυνση ενός αποθετηρίου αρχίζει με https://, ssh://, git@ ή file://.",
    }
    no_git { en: "there is no git here to fetch the lesson", el: "δεν υπάρχει git για να κατεβεί το μάθημα" }
    get_git {
        en: "Install git (`sudo apt install git`), or get the pack as a zip: `moebi learn FILE.zip`.",
        el: "Εγκατάστησε το git (`sudo apt install git`), ή ζήτησε το πακέτο σε zip: `moebi learn ΑΡΧΕΙΟ.zip`.",
    }
    not_cloned(place: &str) { en: "could not fetch {place}", el: "δεν κατέβηκε το {place}" }
    can_you_reach_it {
        en: "Nobody is asked for a password: see that `git clone` of it works without one.",
        el: "Δεν ζητείται κωδικός: δες αν το `git clone` του δουλεύει χωρίς.",
    }
    too_slow(place: &str, seconds: u64) {
        en: "{place} did not come within {seconds} seconds",
        el: "το {place} δεν ήρθε μέσα σε {seconds} δευτερόλεπτα",
    }
    try_later { en: "Try again, or get the pack as a zip.", el: "Δοκίμασε πάλι, ή ζήτησε το πακέτο σε zip." }
    no_room { en: "could not make a temporary folder", el: "δεν δημιουργήθηκε προσωρινός φάκελος" }

    // What is in it.
    unreadable(place: &str) { en: "could not read {place}", el: "δεν διαβάζεται: {place}" }
    no_lesson_in(place: &str) { en: "there is no lesson in {place}", el: "δεν υπάρχει μάθημα εδώ: {place}" }
    what_a_pack_is {
        en: "A lesson is a folder with lesson.yaml and one file a language, such as en.yaml.",
        el: "Κάθε μάθημα είναι ένας φάκελος με το lesson.yaml και ένα αρχείο για κάθε γλώσσα, όπως el.yaml.",
    }
    too_many_lessons(place: &str, lessons: usize, folders: usize) {
        en: "{place} has more than {lessons} lessons, or more than {folders} folders",
        el: "πάνω από {lessons} μαθήματα, ή πάνω από {folders} φάκελοι: {place}",
    }
    too_many_files(place: &str, most: usize) {
        en: "{place} has more than {most} files",
        el: "πάνω από {most} αρχεία: {place}",
    }
    too_large(place: &str, megabytes: usize) {
        en: "{place} is larger than {megabytes} MB, more than a pack may have",
        el: "πάνω από {megabytes} MB, περισσότερα απ' όσα δέχεται ένα πακέτο: {place}",
    }
    too_large_or_cut(place: &str, megabytes: usize) {
        en: "{place} is larger than {megabytes} MB, more than is fetched, or what it sent is damaged",
        el: "πάνω από {megabytes} MB, περισσότερα απ' όσα κατεβαίνουν, ή έφτασε χαλασμένο: {place}",
    }
    no_regular_file(name: &str, place: &str) {
        en: "{name} in {place} is a link or no file, which no lesson may have",
        el: "το {name} στο {place} είναι σύνδεσμος ή δεν είναι αρχείο, κάτι που δεν επιτρέπεται σε μάθημα",
    }
    refused(place: &str, name: &Localized, why: &Localized) {
        en: "{place} is not taken because of {name}: {why}",
        el: "το {place} δεν γίνεται δεκτό εξαιτίας του {name}: {why}",
    }
    twice(place: &str, id: &str) {
        en: "{place} has two lessons named `{id}`",
        el: "δύο μαθήματα με το όνομα `{id}`: {place}",
    }

    // Beside those that are there.
    named_as_built_in(id: &str, place: &str) {
        en: "`{id}` in {place} is named as a lesson that Moebi has built in",
        el: "το `{id}` στο {place} έχει το όνομα ενός ενσωματωμένου μαθήματος",
    }
    lessons_instead {
        en: "Its author can give it another name; `--lessons DIR` takes it from its folder as it is.",
        el: "Μπορεί να αλλάξει όνομα όποιος το έγραψε· με `--lessons ΦΑΚΕΛΟΣ` διαβάζεται από τον φάκελό του όπως είναι.",
    }
    named_as_another(name: &str, place: &str, other: &str) {
        en: "`{name}` in {place} is named as one that is there already, from {other}",
        el: "το `{name}` στο {place} έχει το όνομα ενός που υπάρχει ήδη, από το {other}",
    }
    remove_first(name: &str) {
        en: "`moebi pack remove {name}` makes room; progress stays.",
        el: "Το `moebi pack remove {name}` αφαιρεί το παλιό· η πρόοδος μένει.",
    }
    not_kept(folder: &str) { en: "could not keep packs in {folder}", el: "δεν φυλάσσονται πακέτα στον φάκελο {folder}" }
    lock_unusable(file: &str) {
        en: "could not use {file}, which says what packs are trusted",
        el: "δεν χρησιμοποιείται το {file}, που λέει ποια πακέτα εμπιστεύεσαι",
    }
    remove_the_lock {
        en: "Remove the file: each pack is asked about again.",
        el: "Σβήσε το αρχείο: θα ερωτηθείς ξανά για κάθε πακέτο.",
    }
}
