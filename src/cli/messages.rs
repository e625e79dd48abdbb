use crate::i18n::Localized;

crate::catalogue! {
    // Authors.
    lesson_is_there(folder: &str) { en: "{folder} is there already", el: "ο φάκελος {folder} υπάρχει ήδη" }
    another_name { en: "Choose another name, or remove it first.", el: "Διάλεξε άλλο όνομα, ή σβήσ' τον πρώτα." }
    lesson_made(folder: &str, lessons: &str, id: &str) {
        en: "A small lesson is in {folder}. What to do with it:\n\n  moebi lesson lint {folder}\n  moebi lesson preview --lessons {lessons} --lesson {id} --watch\n  moebi lesson test {id} --lessons {lessons}\n  moebi learn {id} --lessons {lessons}\n",
        el: "Στον φάκελο {folder} είναι ένα μικρό μάθημα. Με αυτό μπορείς να κάνεις:\n\n  moebi lesson lint {folder}\n  moebi lesson preview --lessons {lessons} --lesson {id} --watch\n  moebi lesson test {id} --lessons {lessons}\n  moebi learn {id} --lessons {lessons}\n",
    }
    lesson_imported(folder: &str, sections: usize, steps: usize, placed: usize, blocks: usize, todos: usize) {
        en: "The lesson is in {folder}. Sections: {sections}. Steps: {steps}. Blocks of code with a place: {placed} of {blocks}. TODOs: {todos}.\n",
        el: "Το μάθημα είναι στον φάκελο {folder}. Ενότητες: {sections}. Βήματα: {steps}. Μπλοκ κώδικα που βρήκαν θέση: {placed} από {blocks}. Σημειώσεις TODO: {todos}.\n",
    }
    what_next(folder: &str, lessons: &str, id: &str) {
        en: "What to do with it:\n\n  moebi lesson lint {folder}\n  moebi lesson preview --lessons {lessons} --lesson {id} --watch\n  moebi check {id} --lessons {lessons} --model\n  moebi learn {id} --lessons {lessons}\n",
        el: "Με αυτό μπορείς να κάνεις:\n\n  moebi lesson lint {folder}\n  moebi lesson preview --lessons {lessons} --lesson {id} --watch\n  moebi check {id} --lessons {lessons} --model\n  moebi learn {id} --lessons {lessons}\n",
    }
    text_unreadable(file: &str) { en: "can't read {file}", el: "δεν διαβάζεται το {file}" }
    no_name_in(file: &str) { en: "no lesson can be named after {file}", el: "από το {file} δεν βγαίνει όνομα μαθήματος" }
    give_a_name { en: "Give it one: `--name nodes`.", el: "Δώσε του ένα: `--name nodes`." }
    applied(complaint: &str, cure: &str) { en: "mended: {complaint} ({cure})", el: "διορθώθηκε: {complaint} ({cure})" }
    packed(lessons: usize, file: &str) {
        en: [lessons: "{file} has the lesson. Whoever gets it types: moebi learn {file}\n", "{file} has {lessons} lessons. Whoever gets it types: moebi learn {file}\n"],
        el: [lessons: "Το {file} έχει το μάθημα. Όποιος το λάβει γράφει: moebi learn {file}\n", "Το {file} έχει {lessons} μαθήματα. Όποιος το λάβει γράφει: moebi learn {file}\n"],
    }
    nothing_to_pack { en: "which lesson is to be packed?", el: "ποιο μάθημα να μπει σε zip;" }
    pack_a_folder { en: "Name its folder: `moebi lesson pack DIR`.", el: "Δώσε τον φάκελό του: `moebi lesson pack ΦΑΚΕΛΟΣ`." }
    everybody_has_it(id: &str) {
        en: "a lesson `{id}` is built in, so nobody could take this one from a pack",
        el: "υπάρχει ενσωματωμένο μάθημα `{id}`, άρα κανείς δεν θα μπορούσε να πάρει αυτό από πακέτο",
    }
    another_id { en: "Give it another id: its folder's name, and `lesson:` in lesson.yaml.", el: "Δώσ' του άλλο όνομα: στον φάκελό του, και στο `lesson:` του lesson.yaml." }
    built_in_stays { en: "a lesson that is built in can't be mended", el: "ένα ενσωματωμένο μάθημα δεν διορθώνεται" }
    name_a_folder { en: "Name the folder of yours: `moebi lesson lint DIR --fix`.", el: "Δώσε τον δικό σου φάκελο: `moebi lesson lint ΦΑΚΕΛΟΣ --fix`." }
    nothing_to_watch { en: "what is built in does not change", el: "τα ενσωματωμένα μαθήματα δεν αλλάζουν" }
    watch_a_folder { en: "Name the folder of yours: `--lessons DIR`.", el: "Δώσε τον δικό σου φάκελο: `--lessons ΦΑΚΕΛΟΣ`." }
    not_in_language(code: &str) { en: "the lesson has no texts in `{code}`", el: "το μάθημα δεν έχει κείμενα σε `{code}`" }
    no_such_step(id: &str) { en: "the lesson has no step `{id}`", el: "το μάθημα δεν έχει βήμα `{id}`" }
    steps_are(ids: &str) { en: "It has {ids}.", el: "Έχει: {ids}." }
    not_written(path: &str) { en: "could not write {path}", el: "δεν γράφτηκε το {path}" }
    no_entry(word: &str) { en: "the reference has no entry `{word}`", el: "δεν υπάρχει λήμμα `{word}`" }
    nearest_entry(near: &str) { en: "Did you mean `{near}`?", el: "Μήπως εννοείς `{near}`;" }
    entries(words: &str) { en: "There is {words}.", el: "Υπάρχουν: {words}." }

    // A live class, for the teacher.
    no_class_kept(folder: &str) { en: "could not keep a class in {folder}", el: "δεν φυλάσσεται η τάξη στον φάκελο {folder}" }
    cannot_collect(folder: &str) { en: "could not collect answers in {folder}", el: "δεν συγκεντρώνονται λύσεις στον φάκελο {folder}" }
    class_is_open { en: "this class is open already", el: "η τάξη είναι ήδη ανοιχτή" }
    one_class_at_a_time {
        en: "Its page and its code are in the window where it was opened. Ctrl-C there closes it.",
        el: "Η σελίδα και ο κωδικός της είναι στο παράθυρο όπου άνοιξε. Εκεί την κλείνει το Ctrl-C.",
    }
    port_taken(port: u16) { en: "could not listen at port {port}", el: "δεν ανοίγει η θύρα {port}" }
    another_port { en: "Choose another with --port.", el: "Διάλεξε άλλη με --port." }
    another_page { en: "Choose another address with --page.", el: "Διάλεξε άλλη διεύθυνση με --page." }
    class_open(title: &str, invitation: &str, page: &str, answers: &str) {
        en: "“{title}” is open.\n\n  For the board   {invitation}\n  Your page       {page}\n  Answers         {answers}\n\nCtrl-C closes the class; the same command goes on with it.\n\n",
        el: "Το μάθημα «{title}» είναι ανοιχτό.\n\n  Για τον πίνακα   {invitation}\n  Η σελίδα σου     {page}\n  Οι λύσεις        {answers}\n\nΤο Ctrl-C κλείνει την τάξη· με την ίδια εντολή συνεχίζει.\n\n",
    }
    class_goes_on(joined: usize) {
        en: [joined: "The class goes on: one learner had joined.", "The class goes on: {joined} learners had joined."],
        el: [joined: "Η τάξη συνεχίζει: είχε μπει ένας μαθητής.", "Η τάξη συνεχίζει: είχαν μπει {joined} μαθητές."],
    }
    class_closed(joined: usize, answers: &str) {
        en: [joined: "The class is closed. One learner had joined; what was handed in is in {answers}.", "The class is closed. {joined} learners had joined; what was handed in is in {answers}."],
        el: [joined: "Η τάξη έκλεισε. Είχε μπει ένας μαθητής· όσα παραδόθηκαν είναι στον φάκελο {answers}.", "Η τάξη έκλεισε. Είχαν μπει {joined} μαθητές· όσα παραδόθηκαν είναι στον φάκελο {answers}."],
    }
    has_joined(name: &str, count: usize) { en: "{name} has joined ({count}).", el: "Μπήκε: {name} ({count})." }
    raises_hand(name: &str) { en: "{name} raises a hand.", el: "Σηκώνει χέρι: {name}." }
    hands_in(name: &str, times: usize) {
        en: [times: "{name} hands in.", "{name} hands in again: {times} times now."],
        el: [times: "Παραδίδει: {name}.", "Παραδίδει ξανά: {name}, {times} φορές ως τώρα."],
    }
    class_not_written { en: "the class could not be written down", el: "η τάξη δεν μπόρεσε να γραφτεί στον δίσκο" }
    no_class_yet { en: "no class was opened here yet", el: "δεν άνοιξε ακόμη τάξη εδώ" }
    open_one { en: "Open one with `moebi class open`.", el: "Άνοιξε μία με `moebi class open`." }

    // A live class, for a learner.
    no_program { en: "Moebi does not know where it is itself", el: "το Moebi δεν ξέρει πού βρίσκεται το ίδιο" }
    no_picture(file: &str) { en: "the picture {file} can't be written", el: "η εικόνα {file} δεν μπορεί να γραφτεί" }
    no_such_section(section: &str, known: &str) {
        en: "there is no section {section}; there are {known}",
        el: "δεν υπάρχει κεφάλαιο {section}· υπάρχουν {known}",
    }
    recorded_at_a_terminal { en: "a learner is recorded at a terminal", el: "η εγγραφή ενός μαθητή θέλει τερματικό" }
    record_a_demo {
        en: "Without one, `moebi demo --cast FILE` records the lesson as it plays itself.",
        el: "Χωρίς τερματικό, το `moebi demo --cast ΑΡΧΕΙΟ` καταγράφει το μάθημα να παίζει μόνο του.",
    }
    nothing_open { en: "no lesson is open", el: "δεν είναι ανοιχτό κανένα μάθημα" }
    open_a_lesson {
        en: "Open one in another window first: `moebi`.",
        el: "Άνοιξε πρώτα ένα σε άλλο παράθυρο: `moebi`.",
    }
    in_class(name: &str, code: &str) {
        en: "You are in the class {code} as {name}. Your teacher sees your steps and what you type; `/share off` stops that, `/raise` raises your hand, `/submit` hands in.",
        el: "Είσαι στην τάξη {code} ως {name}. Ο καθηγητής βλέπει τα βήματά σου και ό,τι γράφεις· με `/share off` παύει, με `/raise` σηκώνεις το χέρι, με `/submit` παραδίδεις.",
    }
    class_not_told { en: "what the class is to be told could not be written down", el: "δεν γράφτηκε στον δίσκο αυτό που θα μάθαινε η τάξη" }
    in_no_class { en: "no class was joined here", el: "δεν έχεις μπει σε τάξη" }
    join_first {
        en: "The board says how: `moebi join ADDRESS --code CODE`.",
        el: "Ο πίνακας λέει πώς: `moebi join ΔΙΕΥΘΥΝΣΗ --code ΚΩΔΙΚΟΣ`.",
    }
    nothing_to_submit { en: "there is nothing to hand in yet: no step is done", el: "δεν υπάρχει ακόμη κάτι για παράδοση: κανένα βήμα δεν έγινε" }
    answers_too_large(kilobytes: usize) {
        en: "the answers are larger than {kilobytes} kB, more than a class takes",
        el: "οι λύσεις είναι πάνω από {kilobytes} kB, περισσότερο από όσο δέχεται μια τάξη",
    }
    submit_is_kept {
        en: "Your answers are kept. `moebi submit`, or the shell in the class, sends them once it can be reached.",
        el: "Οι λύσεις σου φυλάσσονται. Θα τις στείλει το `moebi submit`, ή το κέλυφος της τάξης, μόλις απαντήσει.",
    }
    submitted(steps: usize, name: &str) {
        en: [steps: "Handed in as {name}: one step.", "Handed in as {name}: {steps} steps."],
        el: [steps: "Παραδόθηκε ως {name}: ένα βήμα.", "Παραδόθηκαν ως {name}: {steps} βήματα."],
    }
    no_word_of_code(word: &str) { en: "`{word}` is in no code", el: "το `{word}` δεν υπάρχει σε κωδικούς" }
    maybe_word(near: &str) { en: "Did you mean {near}?", el: "Μήπως εννοείς {near};" }
    no_code(typed: &str) { en: "`{typed}` is no code of a class", el: "το `{typed}` δεν είναι κωδικός τάξης" }
    a_code_is {
        en: "A code is three words and a number: TIGER-RAIN-OTTER-42.",
        el: "Ο κωδικός είναι τρεις λέξεις και ένας αριθμός: TIGER-RAIN-OTTER-42.",
    }
    no_address(typed: &str) { en: "`{typed}` is no address", el: "το `{typed}` δεν είναι διεύθυνση" }

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

    is_tried {
        en: "You try this step: nothing of it is kept, and what you save of the lesson is here at once.",
        el: "Δοκιμάζεις αυτό το βήμα: τίποτα δεν κρατιέται, κι ό,τι αποθηκεύεις από το μάθημα φαίνεται εδώ αμέσως.",
    }
    getting_ready {
        en: "Getting ready for this Elixir, once. What you type is kept.",
        el: "Ετοιμασία γι' αυτή την Elixir, μία φορά. Ό,τι γράφεις κρατιέται.",
    }

    // Lessons.
    comes_after(lesson: &str) {
        en: "You have done `{lesson}`, and this is the next lesson. `moebi learn {lesson}` leads back.",
        el: "Το `{lesson}` το ολοκλήρωσες, και αυτό είναι το επόμενο μάθημα. Με `moebi learn {lesson}` γυρίζεις πίσω.",
    }
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
    class_has_its_lesson {
        en: "The class has a lesson that is not here. Ask your teacher where it comes from; `moebi pack add` brings it.",
        el: "Η τάξη έχει μάθημα που δεν υπάρχει εδώ. Ρώτησε τον δάσκαλό σου από πού έρχεται· με `moebi pack add` το φέρνεις.",
    }
    only_from_folder(folder: &str) {
        en: "Lessons are taken from {folder} now. For one from elsewhere, leave `--lessons` out, and MOEBI_LESSONS unset.",
        el: "Τώρα τα μαθήματα έρχονται από τον φάκελο {folder}. Για μάθημα από αλλού, γράψε την εντολή χωρίς `--lessons` και χωρίς τη μεταβλητή MOEBI_LESSONS.",
    }
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
