use crate::i18n::Localized;

crate::catalogue! {
    nothing_to_export {
        en: "you have no answers to export yet: no step has passed",
        el: "δεν έχεις λύσεις για εξαγωγή ακόμη: κανένα βήμα δεν πέρασε",
    }
    export_the_model {
        en: "`moebi export --model` prints the lesson's own",
        el: "το `moebi export --model` τυπώνει τις λύσεις του μαθήματος",
    }

    output_not_written { en: "could not write to standard output", el: "δεν γράφεται η έξοδος" }
    no_threads { en: "could not start Moebi's own threads", el: "δεν ξεκίνησαν τα νήματα του ίδιου του Moebi" }
    no_home { en: "could not find your home folder", el: "δεν βρέθηκε ο προσωπικός σου φάκελος" }
    set_home { en: "Set HOME and start again.", el: "Όρισε το HOME και ξεκίνα πάλι." }

    getting_ready {
        en: "Getting ready for this Elixir, once. What you type is kept.",
        el: "Ετοιμασία γι' αυτή την Elixir, μία φορά. Ό,τι γράφεις κρατιέται.",
    }

    // Lessons.
    no_workspace(folder: &str) {
        en: "could not make the workspace {folder}",
        el: "δεν μπόρεσε να δημιουργηθεί ο φάκελος εργασίας {folder}",
    }
    name_another {
        en: "Name another folder with --workspace DIR.",
        el: "Διάλεξε άλλον φάκελο με --workspace ΦΑΚΕΛΟΣ.",
    }
    lessons_unreadable(folder: &str) {
        en: "could not read the lessons in {folder}",
        el: "δεν διαβάζονται τα μαθήματα στον φάκελο {folder}",
    }
    no_lesson_in(folder: &str) { en: "there is no lesson in {folder}", el: "δεν υπάρχει μάθημα στον φάκελο {folder}" }
    what_a_lesson_is {
        en: "A lesson is a folder in it with lesson.yaml and one file a language, such as en.yaml.",
        el: "Κάθε μάθημα είναι ένας υποφάκελος με το lesson.yaml και ένα αρχείο για κάθε γλώσσα, όπως el.yaml.",
    }
    no_lesson(id: &str) { en: "there is no lesson `{id}`", el: "δεν υπάρχει μάθημα `{id}`" }
    there_is(ids: &str) { en: "There is: {ids}.", el: "Διαθέσιμα: {ids}." }
    /// With the complaints about it below.
    unusable(what: &str, complaints: &str) {
        en: "{what} can't be used as it is\n\n{complaints}\n",
        el: "{what}: έτσι όπως είναι, δεν μπορεί να χρησιμοποιηθεί\n\n{complaints}\n",
    }
    more_complaints(count: usize) {
        en: [count: "There is one more complaint: `moebi lesson lint` tells all.", "There are {count} more complaints: `moebi lesson lint` tells all."],
        el: [count: "Υπάρχει άλλο ένα λάθος· το `moebi lesson lint` τα λέει όλα.", "Υπάρχουν άλλα {count} λάθη· το `moebi lesson lint` τα λέει όλα."],
    }

    // Answers.
    steps_checked { en: "steps checked", el: "βήματα ελέγχθηκαν" }

    // Elixir.
    no_elixir(floor: &str) {
        en: "there is no Elixir {floor} or newer on this machine",
        el: "δεν υπάρχει σε αυτόν τον υπολογιστή Elixir {floor} ή νεότερη",
    }
    passed_over(fault: &Localized) { en: "Passed over: {fault}.", el: "Δεν κάνει: {fault}." }
    setup_gets_one {
        en: "`moebi setup --yes` gets one without root; then start again.",
        el: "Το `moebi setup --yes` φέρνει μία χωρίς δικαιώματα διαχειριστή· μετά ξεκίνα πάλι.",
    }
    is_ready(elixir: &str, otp: &str) {
        en: "Elixir {elixir} on Erlang/OTP {otp} is ready. Start with: moebi",
        el: "Η Elixir {elixir} με Erlang/OTP {otp} είναι έτοιμη. Ξεκίνα με: moebi",
    }
    terminal_is_mute {
        en: "This terminal does not say where its cursor is. So Moebi shows plain lines, as with --plain.",
        el: "Αυτό το τερματικό δεν λέει πού βρίσκεται ο δρομέας του. Γι' αυτό το Moebi δείχνει απλές γραμμές, όπως με το --plain.",
    }
    getting_ready_for(elixir: &str) {
        en: "Elixir {elixir} is new to Moebi, which gets ready for it. This is done once.",
        el: "Το Moebi ετοιμάζεται για την Elixir {elixir}, που τη συναντά πρώτη φορά. Γίνεται μόνο μία φορά.",
    }
    usually_yes { en: "[Y/n]", el: "[ΝΑΙ/όχι]" }
    usually_no { en: "[y/N]", el: "[ναι/ΟΧΙ]" }
}
