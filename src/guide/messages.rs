use crate::{
    i18n::Localized,
    lesson::{
        NodeName, TerminalName,
        confusable::{Confusable, Kind},
    },
};

crate::catalogue! {
    // A class that the learner is in.
    no_class {
        en: "You are in no class. Your teacher's board says how to join one: `moebi join ADDRESS --code CODE`.",
        el: "Δεν είσαι σε τάξη. Ο πίνακας λέει πώς μπαίνεις: `moebi join ΔΙΕΥΘΥΝΣΗ --code ΚΩΔΙΚΟΣ`.",
    }
    hand_is_up { en: "Your hand is up. /raise again takes it down.", el: "Το χέρι σου είναι σηκωμένο. Με ξανά /raise κατεβαίνει." }
    goes_on_in_the_lessons_window(title: &str) {
        en: "The lesson goes on in its own window: {title}",
        el: "Το μάθημα συνεχίζει στο δικό του παράθυρο: {title}",
    }
    detached { en: "This window is closed; the lesson goes on in its own.", el: "Το παράθυρο έκλεισε· το μάθημα συνεχίζει στο δικό του." }
    too_many_windows(most: usize) {
        en: "There are {most} windows open already; close one.",
        el: "Είναι ήδη ανοιχτά {most} παράθυρα· κλείσε ένα.",
    }
    nothing_is_kept { en: "It was a show: nothing of it is kept.", el: "Ήταν επίδειξη: δεν κρατιέται τίποτα." }
    window_closed { en: "The lesson has ended, and this window with it.", el: "Το μάθημα τελείωσε, και μαζί του αυτό το παράθυρο." }
    window_opens(terminal: &TerminalName, program: &str) {
        en: "A window with {terminal} opens in {program}.",
        el: "Ένα παράθυρο με το {terminal} ανοίγει στο {program}.",
    }
    open_window_by_hand(terminal: &TerminalName, command: &str) {
        en: "Open another terminal window yourself, and type there, to have {terminal} in it: {command}",
        el: "Άνοιξε ένα άλλο παράθυρο τερματικού και γράψε εκεί, για να έχεις το {terminal} μέσα: {command}",
    }
    no_windows { en: "No other window can be opened here.", el: "Εδώ δεν ανοίγει άλλο παράθυρο." }
    hand_is_still_up { en: "Your hand is still up, from before.", el: "Το χέρι σου είναι ακόμη σηκωμένο, από πριν." }
    hand_was_seen {
        en: "Your teacher has seen your hand, and it is down.",
        el: "Ο καθηγητής είδε το χέρι σου, και κατέβηκε.",
    }
    hand_is_down { en: "Your hand is down.", el: "Το χέρι σου κατέβηκε." }
    shares {
        en: "Your teacher sees your steps and what you type again.",
        el: "Ο καθηγητής βλέπει πάλι τα βήματά σου και ό,τι γράφεις.",
    }
    shares_not {
        en: "From now on your teacher sees nothing of what you do, only a raised hand and what you /submit.",
        el: "Από εδώ και πέρα ο καθηγητής δεν βλέπει τι κάνεις, μόνο το σηκωμένο χέρι και ό,τι παραδίδεις με /submit.",
    }
    nothing_to_submit {
        en: "There is nothing to hand in yet: no step is done.",
        el: "Δεν υπάρχει ακόμη κάτι για παράδοση: κανένα βήμα δεν έγινε.",
    }
    submitted(steps: usize) {
        en: [steps: "Handed in: one step. /submit again when you have more; the last one counts.", "Handed in: {steps} steps. /submit again when you have more; the last one counts."],
        el: [steps: "Παραδόθηκε ένα βήμα. Όταν έχεις κι άλλα, ξανά /submit· μετράει η τελευταία παράδοση.", "Παραδόθηκαν {steps} βήματα. Όταν έχεις κι άλλα, ξανά /submit· μετράει η τελευταία παράδοση."],
    }
    submitted_later(steps: usize) {
        en: [steps: "One step is ready to be handed in; it goes out as soon as the class can be reached.", "{steps} steps are ready to be handed in; they go out as soon as the class can be reached."],
        el: [steps: "Ένα βήμα είναι έτοιμο για παράδοση· θα σταλεί μόλις απαντήσει η τάξη.", "{steps} βήματα είναι έτοιμα για παράδοση· θα σταλούν μόλις απαντήσει η τάξη."],
    }

    unfinished {
        en: "The expression is not finished yet. Close what is open: an `end`, a `)`, a `\"`. Or press Ctrl-C to start over.",
        el: "Η έκφραση δεν τελείωσε ακόμη. Κλείσε ό,τι άνοιξε: ένα `end`, μια `)`, ένα `\"`. Ή πάτα Ctrl-C για να ξαναρχίσεις.",
    }
    screen_tells(what: &Localized, terminal: &TerminalName) {
        en: "{what}. /screen {terminal} shows what it said.",
        el: "{what}. Το /screen {terminal} δείχνει τι έγραψε.",
    }
    command_failed(terminal: &TerminalName, command: &str, code: i32) {
        en: "{terminal}: `{command}` ended with exit code {code}",
        el: "{terminal}: το `{command}` τελείωσε με κωδικό εξόδου {code}",
    }
    is_saved {
        en: "Your progress is saved; `moebi` goes on where you are.",
        el: "Η πρόοδός σου αποθηκεύτηκε· με `moebi` συνεχίζεις από εδώ.",
    }
    was_not_saved {
        en: "Your progress could not be saved; `moebi` goes on where it was saved last.",
        el: "Η πρόοδός σου δεν αποθηκεύτηκε· με `moebi` συνεχίζεις από την τελευταία αποθήκευση.",
    }
    nothing_saved {
        en: "Nothing was saved: another shell has this lesson open.",
        el: "Δεν αποθηκεύτηκε τίποτα: το μάθημα είναι ανοιχτό και σε άλλο Moebi.",
    }
    bye(passed: usize, of: usize, kept: &Localized) {
        en: "{passed} of {of} steps done. {kept}",
        el: [passed: "Έγινε 1 από τα {of} βήματα. {kept}", "Έγιναν {passed} από τα {of} βήματα. {kept}"],
    }
    nodes_are_starting {
        en: "One moment: the nodes are starting. /quit leaves.",
        el: "Μια στιγμή: οι κόμβοι ξεκινούν. Το /quit κλείνει το μάθημα.",
    }
    bringing(step: usize, done: usize, of: usize) {
        en: "Bringing the nodes to step {step}: {done} of {of} done",
        el: "Φέρνω τους κόμβους στο βήμα {step}: {done} από {of}",
    }
    nothing_runs(terminal: &TerminalName) {
        en: "Nothing runs in {terminal}; it is at $.",
        el: "Δεν τρέχει τίποτα στο {terminal}· είναι στο $.",
    }
    // What comes of a fault.
    lost_within(milliseconds: u64, on: &str, from: &str) {
        en: "After {milliseconds} ms {on} lost its connection to {from}.",
        el: "Μετά από {milliseconds} ms ο {on} έχασε τη σύνδεσή του με τον {from}.",
    }
    lost_after(seconds: u64, tenths: u64, on: &str, from: &str) {
        en: "After {seconds}.{tenths} s {on} lost its connection to {from}.",
        el: "Μετά από {seconds},{tenths} δ. ο {on} έχασε τη σύνδεσή του με τον {from}.",
    }
    died_unnoticed(node: &TerminalName) {
        en: "No other node was connected to {node}, so none has noticed.",
        el: "Κανένας άλλος κόμβος δεν ήταν συνδεδεμένος με τον {node}, οπότε κανείς δεν το κατάλαβε.",
    }
    paused_unnoticed(node: &TerminalName) {
        en: "{node} is paused, and no other node has noticed: its connections are still open. /resume {node} has it go on.",
        el: "Ο {node} είναι σε παύση και κανένας άλλος κόμβος δεν το κατάλαβε: οι συνδέσεις του είναι ακόμη ανοιχτές. Με /resume {node} συνεχίζει.",
    }
    paused(node: &TerminalName) {
        en: "{node} is paused. /resume {node} has it go on.",
        el: "Ο {node} είναι σε παύση. Με /resume {node} συνεχίζει.",
    }
    goes_on(node: &TerminalName) {
        en: "{node} goes on, and answers what has come meanwhile.",
        el: "Ο {node} συνεχίζει και απαντά σε ό,τι ήρθε στο μεταξύ.",
    }
    cut(one: &TerminalName, other: &TerminalName) {
        en: "{one} and {other} are cut off from each other. /heal {one} {other} lets them connect again.",
        el: "Ο {one} και ο {other} είναι αποκομμένοι. Με /heal {one} {other} μπορούν πάλι να συνδεθούν.",
    }
    healed(one: &TerminalName, other: &TerminalName) {
        en: "{one} and {other} can connect again. They do so once one of them has something to send to the other.",
        el: "Ο {one} και ο {other} μπορούν πάλι να συνδεθούν. Συνδέονται μόλις ο ένας έχει κάτι να στείλει στον άλλον.",
    }
    waits_paused(terminal: &TerminalName) {
        en: "{terminal} is paused: what you type here waits until /resume {terminal}.",
        el: "Το {terminal} είναι σε παύση: ό,τι γράφεις εδώ περιμένει μέχρι το /resume {terminal}.",
    }
    nothing_shown(terminal: &TerminalName) {
        en: "{terminal} has shown nothing yet.",
        el: "Το {terminal} δεν έχει δείξει τίποτα ακόμη.",
    }
    no_terminal(terminal: &TerminalName, names: &str) {
        en: "There is no terminal {terminal}. There are {names}; /open {terminal} makes one.",
        el: "Δεν υπάρχει τερματικό {terminal}. Υπάρχουν {names}· το /open {terminal} ανοίγει ένα.",
    }
    node_stopped(node: &NodeName, terminal: &TerminalName) {
        en: "The node {node} has stopped. The terminal {terminal} is at $ again.",
        el: "Ο κόμβος {node} σταμάτησε. Το τερματικό {terminal} είναι πάλι στο $.",
    }
    iex_ended(terminal: &TerminalName) {
        en: "iex has ended. The terminal {terminal} is at $ again.",
        el: "Το iex τελείωσε. Το τερματικό {terminal} είναι πάλι στο $.",
    }
    no_command(terminal: &TerminalName, command: &str) {
        en: "{terminal}: there is no command `{command}` here (exit code 127).",
        el: "{terminal}: εδώ δεν υπάρχει εντολή `{command}` (κωδικός εξόδου 127).",
    }
    command_ended(terminal: &TerminalName, code: i32) {
        en: "{terminal}: the command ended with exit code {code}.",
        el: "{terminal}: η εντολή τελείωσε με κωδικό εξόδου {code}.",
    }
    interrupted(terminal: &TerminalName) {
        en: "Interrupted: {terminal} has a new shell process, so self(), its mailbox and its links are new.",
        el: "Διακόπηκε: το {terminal} έχει τώρα νέα διεργασία κελύφους, με νέο self(), νέο γραμματοκιβώτιο και νέους δεσμούς.",
    }
    interrupted_keeping(terminal: &TerminalName, count: u64) {
        en: [count: "Interrupted: {terminal} has a new shell process, so self(), its mailbox and its links are new. Your variable is kept.",
            "Interrupted: {terminal} has a new shell process, so self(), its mailbox and its links are new. Your {count} variables are kept."],
        el: [count: "Διακόπηκε: το {terminal} έχει τώρα νέα διεργασία κελύφους, με νέο self(), νέο γραμματοκιβώτιο και νέους δεσμούς. Η μεταβλητή σου κρατήθηκε.",
            "Διακόπηκε: το {terminal} έχει τώρα νέα διεργασία κελύφους, με νέο self(), νέο γραμματοκιβώτιο και νέους δεσμούς. Οι {count} μεταβλητές σου κρατήθηκαν."],
    }
    not_held {
        en: "Not taken: very much waits to be read already. Wait for a prompt, then type it again.",
        el: "Αυτό δεν διαβάστηκε: περιμένουν ήδη πάρα πολλά. Όταν φανεί προτροπή, γράψε το ξανά.",
    }
    slow_boot(terminal: &TerminalName) {
        en: "{terminal}: iex has not started for 20 seconds. It may still; `/close {terminal}` ends it.",
        el: "{terminal}: πέρασαν 20 δευτερόλεπτα και το iex δεν έχει ξεκινήσει. Ίσως ξεκινήσει ακόμη· με `/close {terminal}` το κλείνεις.",
    }
    taken_back(copy: &str) {
        en: "Taken back. A copy of your progress as it was: {copy}. `moebi reset --restore` brings it back.",
        el: "Αναιρέθηκε. Αντίγραφο της προόδου σου όπως ήταν: {copy}. Το `moebi reset --restore` την επαναφέρει.",
    }
    forget_section(title: &str, steps: usize) {
        en: [steps: "Forget how 1 step of “{title}” went? A copy is kept.", "Forget how {steps} steps of “{title}” went? A copy is kept."],
        el: [steps: "Να ξεχαστεί πώς πήγε 1 βήμα του κεφαλαίου «{title}»; Κρατιέται αντίγραφο.", "Να ξεχαστεί πώς πήγαν {steps} βήματα του κεφαλαίου «{title}»; Κρατιέται αντίγραφο."],
    }
    forget_all(title: &str, steps: usize) {
        en: [steps: "Forget all of “{title}” (1 step) and begin anew? A copy is kept.", "Forget all of “{title}” ({steps} steps) and begin anew? A copy is kept."],
        el: [steps: "Να ξεχαστεί όλο το «{title}» (1 βήμα) και να ξεκινήσεις από την αρχή; Κρατιέται αντίγραφο.", "Να ξεχαστεί όλο το «{title}» ({steps} βήματα) και να ξεκινήσεις από την αρχή; Κρατιέται αντίγραφο."],
    }
    sure(question: &Localized) { en: "{question} [y/N]", el: "{question} [ναι/ΟΧΙ]" }
    make_file(path: &str) {
        en: "There is no file {path} in the workspace. Make it?",
        el: "Δεν υπάρχει αρχείο {path} στον χώρο εργασίας. Να δημιουργηθεί;",
    }
    left_alone { en: "Nothing was changed.", el: "Δεν άλλαξε τίποτα." }
    is_at_work(terminal: &TerminalName) {
        en: "{terminal} is still at work on that line, or waits for a message. Ctrl-C interrupts it; what you type meanwhile is kept for its next prompt.",
        el: "Το {terminal} δουλεύει ακόμη σε αυτή τη γραμμή, ή περιμένει ένα μήνυμα. Το Ctrl-C το διακόπτει· ό,τι γράψεις στο μεταξύ κρατιέται για την επόμενη προτροπή του.",
    }
    is_deaf(terminal: &TerminalName) {
        en: "{terminal} doesn't answer Ctrl-C. /close {terminal} ends its node; you can then start it again.",
        el: "Το {terminal} δεν απαντά στο Ctrl-C. Το /close {terminal} τερματίζει τον κόμβο του· μετά τον ξεκινάς πάλι.",
    }
    text_is_new { en: "The lesson's text was saved anew.", el: "Το κείμενο του μαθήματος αποθηκεύτηκε ξανά." }
    structure_has_changed {
        en: "lesson.yaml was saved with another structure, which an open lesson can't take: /quit, and start it again.",
        el: "Το lesson.yaml αποθηκεύτηκε με άλλη δομή, που ένα ανοιχτό μάθημα δεν την παίρνει: /quit, και ξεκίνα το πάλι.",
    }
    begins_anew {
        en: "lesson.yaml was saved: the step begins anew.",
        el: "Το lesson.yaml αποθηκεύτηκε: το βήμα αρχίζει από την αρχή.",
    }
    no_longer_loads(complaint: &crate::i18n::Localized) {
        en: "The lesson was saved, and no longer loads; the one before stays. {complaint}",
        el: "Το μάθημα αποθηκεύτηκε, αλλά έτσι δεν φορτώνει· μένει το προηγούμενο. {complaint}",
    }
    now_in_this_language { en: "From now on in English.", el: "Από εδώ και πέρα στα ελληνικά." }
    not_in_this_language(name: &str) {
        en: "This lesson has no text in {name}; only Moebi's own words change.",
        el: "Αυτό το μάθημα δεν έχει κείμενα στα {name}· αλλάζουν μόνο τα λόγια του Moebi.",
    }
    own_answer_fails(title: &str) {
        en: "Your earlier answer to “{title}” doesn't work here any more; the model answer took its place.",
        el: "Η παλιά σου λύση στο «{title}» δεν πετυχαίνει πια εδώ· στη θέση της παίχτηκε η πρότυπη λύση.",
    }
    not_brought_back(title: &str) {
        en: "“{title}” could not be brought about again on these nodes; what follows may look different. /restart tries once more.",
        el: "Το «{title}» δεν μπόρεσε να ξαναγίνει σε αυτούς τους κόμβους· ό,τι ακολουθεί ίσως δείχνει διαφορετικό. Το /restart ξαναδοκιμάζει.",
    }
    is_open_elsewhere {
        en: "This lesson is open in another Moebi. You can do everything here, but nothing will be saved.",
        el: "Το μάθημα είναι ανοιχτό και σε άλλο Moebi. Εδώ μπορείς να κάνεις τα πάντα, αλλά δεν θα αποθηκευτεί τίποτα.",
    }
    unreadable_progress(why: &Localized, aside: &str) {
        en: "The saved progress could not be read ({why}). It is kept as {aside}; the lesson begins anew.",
        el: "Η αποθηκευμένη πρόοδος δεν διαβάζεται ({why}). Φυλάχτηκε ως {aside}· το μάθημα ξεκινά από την αρχή.",
    }
    see_that_you_may_write {
        en: "See that you may write there, or name another folder in XDG_STATE_HOME.",
        el: "Έλεγξε ότι μπορείς να γράψεις εκεί, ή όρισε άλλον φάκελο στο XDG_STATE_HOME.",
    }
    tries_again {
        en: "Nothing else is lost: the lesson goes on, and Moebi tries again at the next step.",
        el: "Τίποτε άλλο δεν χάθηκε: το μάθημα συνεχίζεται, και το Moebi θα ξαναδοκιμάσει στο επόμενο βήμα.",
    }
    could_not_make_folder(path: &str) {
        en: "could not make the folder {path}",
        el: "δεν μπόρεσε να δημιουργηθεί ο φάκελος {path}",
    }
    no_file(path: &str) { en: "there is no file {path}", el: "δεν υπάρχει αρχείο {path}" }
    nothing_to_replace(path: &str) {
        en: "{path} does not hold what is to be replaced",
        el: "το {path} δεν περιέχει αυτό που πρέπει να αντικατασταθεί",
    }
    open_it_yourself(path: &str) {
        en: "Open {path} in an editor of yours; what you save there is noticed.",
        el: "Άνοιξε το {path} σε έναν δικό σου επεξεργαστή· ό,τι αποθηκεύεις εκεί γίνεται αντιληπτό.",
    }
    nothing_to_export {
        en: "There is nothing to export yet: no step has passed.",
        el: "Δεν υπάρχει κάτι για εξαγωγή ακόμη: κανένα βήμα δεν πέρασε.",
    }
    exported(answers: &str, page: &str) {
        en: "Your answers, as `moebi check --answers` takes them: {answers}. To read or to hand in: {page}.",
        el: "Οι λύσεις σου, όπως τις δέχεται το `moebi check --answers`: {answers}. Για να τις διαβάσεις ή να τις παραδώσεις: {page}.",
    }
    editor_is_not_there(variable: &str, editor: &str) {
        en: "{variable} says {editor}, and there is no such program",
        el: "το {variable} λέει {editor}, και τέτοιο πρόγραμμα δεν υπάρχει",
    }
    no_editor { en: "found no editor", el: "δεν βρέθηκε επεξεργαστής κειμένου" }
    set_editor {
        en: "name yours in EDITOR, as in EDITOR=nano moebi, or open the file in any other window",
        el: "όρισε τον δικό σου στο EDITOR, όπως EDITOR=nano moebi, ή άνοιξε το αρχείο σε άλλο παράθυρο",
    }
    could_not_copy(path: &str) { en: "could not copy your files ({path})", el: "τα αρχεία σου δεν μπόρεσαν να αντιγραφούν ({path})" }
    files_kept(copy: &str) {
        en: "Your files of this lesson are now as they were at this step. As they were before: {copy}.",
        el: "Τα αρχεία σου για αυτό το μάθημα είναι τώρα όπως ήταν σε αυτό το βήμα. Όπως ήταν πριν: {copy}.",
    }
    could_not_write(path: &str) { en: "could not write {path}", el: "δεν μπόρεσε να γραφτεί το {path}" }
    could_not_open(path: &str) { en: "could not open {path}", el: "δεν άνοιξε το {path}" }
    could_not_read(path: &str) { en: "could not read {path}", el: "δεν διαβάστηκε το {path}" }
    could_not_set_aside(path: &str) { en: "could not set aside {path}", el: "το {path} δεν μπόρεσε να φυλαχτεί χωριστά" }
    could_not_save(path: &str) {
        en: "could not save your progress in {path}",
        el: "η πρόοδός σου δεν αποθηκεύτηκε στο {path}",
    }
    too_large { en: "it is too large to be one of Moebi's", el: "είναι πολύ μεγάλο για να είναι του Moebi" }
    could_not_use(path: &str, why: &Localized) {
        en: "the progress in {path} can't be used: {why}",
        el: "η πρόοδος στο {path} δεν μπορεί να χρησιμοποιηθεί: {why}",
    }
    reset_restores {
        en: "`moebi reset --restore` brings back the newest copy, if there is one; else `moebi` keeps the file aside and begins anew.",
        el: "Το `moebi reset --restore` επαναφέρει το πιο πρόσφατο αντίγραφο, αν υπάρχει· αλλιώς το `moebi` φυλάει το αρχείο χωριστά και ξεκινά από την αρχή.",
    }
    could_not_back_up(path: &str) {
        en: "could not copy {path}; nothing was changed",
        el: "δεν μπόρεσε να αντιγραφεί το {path}· τίποτα δεν άλλαξε",
    }
    no_backup(folder: &str) { en: "there is no copy to bring back in {folder}", el: "δεν υπάρχει αντίγραφο στο {folder}" }
    no_such_backup(wanted: &str) { en: "there is no copy {wanted}", el: "δεν υπάρχει αντίγραφο {wanted}" }
    backups_are(names: &str) { en: "There are, oldest first: {names}.", el: "Υπάρχουν, με το παλιότερο πρώτο: {names}." }
    not_a_backup(path: &str) { en: "{path} holds no progress", el: "το {path} δεν περιέχει πρόοδο μαθήματος" }
    at_column(column: usize) { en: "at column {column}", el: "στη θέση {column}" }
    at_line(line: usize, column: usize) {
        en: "in line {line}, column {column}",
        el: "στη γραμμή {line}, θέση {column}",
    }
    greek_layout(typed: &str, keys: &str) {
        en: "`{typed}` was typed in Greek letters. Did you mean `{keys}`?",
        el: "Το `{typed}` γράφτηκε στα ελληνικά. Μήπως ήθελες `{keys}`;",
    }
    greek_like(found: char, latin: char, at: &Localized) {
        en: "The {found} {at} is a Greek letter, not the Latin {latin}.",
        el: "Το {found} {at} είναι ελληνικό γράμμα, όχι το λατινικό {latin}.",
    }
    greek(found: char, at: &Localized) {
        en: "The {found} {at} is a Greek letter in a Latin word.",
        el: "Το {found} {at} είναι ελληνικό γράμμα μέσα σε λατινική λέξη.",
    }
    cyrillic_like(found: char, latin: char, at: &Localized) {
        en: "The {found} {at} is a Cyrillic letter, not the Latin {latin}.",
        el: "Το {found} {at} είναι κυριλλικό γράμμα, όχι το λατινικό {latin}.",
    }
    cyrillic(found: char, at: &Localized) {
        en: "The {found} {at} is a Cyrillic letter in a Latin word.",
        el: "Το {found} {at} είναι κυριλλικό γράμμα μέσα σε λατινική λέξη.",
    }
    question_mark(at: &Localized) {
        en: "The sign {at} is a Greek question mark (U+037E), not a semicolon.",
        el: "Το σημάδι {at} είναι ελληνικό ερωτηματικό (U+037E), όχι το ; του κώδικα.",
    }
    quote(found: char, at: &Localized) {
        en: "The {found} {at} is a typographic quotation mark, not the \" of code.",
        el: "Το {found} {at} είναι τυπογραφικό εισαγωγικό, όχι το \" του κώδικα.",
    }
    odd_space(at: &Localized) {
        en: "The space {at} is a no-break space, which Elixir does not take for one.",
        el: "Το κενό {at} είναι το λεγόμενο «no-break space», που η Elixir δεν το δέχεται.",
    }

    // /trace.
    traces_each_line {
        en: "From now on you see after each line what crossed between nodes. `/trace off` ends that.",
        el: "Από εδώ και πέρα βλέπεις μετά από κάθε γραμμή τι πέρασε από κόμβο σε κόμβο. Με `/trace off` σταματά.",
    }
    traces_no_more { en: "`/trace` shows what crossed when you ask.", el: "Με `/trace` βλέπεις τι πέρασε, όποτε το ζητάς." }
    trace_cleared {
        en: "`/trace step` begins here from now on.",
        el: "Από εδώ και πέρα το `/trace step` αρχίζει από αυτό το σημείο.",
    }
    trace_written(place: &str) { en: "Written: {place}", el: "Γράφτηκε: {place}" }
}

/// What looks like something else, and where.
pub fn lookalike(found: &Confusable, has_lines: bool) -> Localized {
    let at = if has_lines { at_line(found.line, found.column) } else { at_column(found.column) };
    match found.kind {
        Kind::Greek(Some(latin)) => greek_like(found.found, latin, &at),
        Kind::Greek(None) => greek(found.found, &at),
        Kind::Cyrillic(Some(latin)) => cyrillic_like(found.found, latin, &at),
        Kind::Cyrillic(None) => cyrillic(found.found, &at),
        Kind::QuestionMark => question_mark(&at),
        Kind::Quote => quote(found.found, &at),
        Kind::Space => odd_space(&at),
    }
}
