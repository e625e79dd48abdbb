use std::path::Path;

use crate::i18n::{Localized, Verbatim};

crate::catalogue! {
    // What could not begin.
    no_iex { en: "found no `iex` to run", el: "δεν βρέθηκε `iex`" }
    setup_installs {
        en: "`moebi setup` installs Elixir without root",
        el: "το `moebi setup` εγκαθιστά την Elixir χωρίς δικαιώματα διαχειριστή",
    }
    no_epmd { en: "can't serve epmd", el: "δεν ξεκίνησε το epmd του Moebi" }
    no_path { en: "can't make a PATH", el: "δεν μπόρεσε να φτιαχτεί το PATH" }
    no_pty { en: "can't open a pseudo-terminal", el: "δεν άνοιξε ψευδοτερματικό" }
    nameless_pty { en: "a pseudo-terminal without a name", el: "ένα ψευδοτερματικό άνοιξε χωρίς όνομα" }
    no_cell { en: "can't make a sandbox", el: "δεν φτιάχτηκε απομονωμένος χώρος" }
    no_bubblewrap {
        en: "there is no `bwrap` on PATH: the package is called bubblewrap",
        el: "δεν υπάρχει `bwrap` στο PATH: το πακέτο λέγεται bubblewrap",
    }
    no_namespaces(why: &Localized) {
        en: "this machine doesn't let you make namespaces ({why})",
        el: "αυτό το μηχάνημα δεν σου επιτρέπει να φτιάξεις namespaces ({why})",
    }
    bwrap_does_not_end { en: "bwrap does not end", el: "το bwrap δεν λέει να τερματίσει" }
    too_much_memory(megabytes: u64) {
        en: "used more than {megabytes} MB of memory, and was stopped",
        el: "ξεπέρασε τα {megabytes} MB μνήμης και σταμάτησε",
    }
    too_many_processes(most: u64) {
        en: "started more than {most} processes, and was stopped",
        el: "ξεκίνησε πάνω από {most} διεργασίες και σταμάτησε",
    }
    too_much_processor(seconds: u64) {
        en: "computed for more than {seconds} seconds, and was stopped",
        el: "υπολόγιζε πάνω από {seconds} δευτερόλεπτα και σταμάτησε",
    }
    too_many_files(most: u64) {
        en: "made more than {most} files, and was stopped",
        el: "έφτιαξε πάνω από {most} αρχεία και σταμάτησε",
    }
    meddling {
        en: "kept Moebi's own processes from running, and was stopped",
        el: "εμπόδισε τις διεργασίες του ίδιου του Moebi και σταμάτησε",
    }
    no_thread { en: "can't start a thread", el: "δεν ξεκίνησε ένα νήμα του Moebi" }
    no_folder {
        en: "found no place for Moebi's own folder",
        el: "δεν βρέθηκε μέρος για τον φάκελο του Moebi",
    }
    // A cookie that no node takes.
    cookie_of_another(path: &str) {
        en: "The cookie {path} belongs to somebody else, and no node of yours can read it.",
        el: "Το cookie {path} ανήκει σε άλλον, και κανένας κόμβος σου δεν μπορεί να το διαβάσει.",
    }
    take_cookie_away(path: &str) {
        en: "Move {path} away; the next node makes a new one.",
        el: "Μετακίνησε το {path}· ο επόμενος κόμβος θα φτιάξει καινούριο.",
    }
    cookie_is_open(path: &str, mode: &str) {
        en: "The cookie {path} can be read by others (mode {mode}), and Erlang refuses it.",
        el: "Το cookie {path} διαβάζεται και από άλλους (δικαιώματα {mode}), και η Erlang το αρνείται.",
    }
    close_cookie(path: &str) { en: "Run: chmod 400 '{path}'", el: "Τρέξε: chmod 400 '{path}'" }
    no_cookie(path: &str) {
        en: "{path} holds no cookie that Erlang takes.",
        el: "Το {path} δεν περιέχει cookie που δέχεται η Erlang.",
    }

    too_few_files(most: u64, needed: u64) {
        en: "only {most} files may be open at once here, and Moebi with its nodes needs {needed}",
        el: "εδώ επιτρέπονται μόνο {most} ανοιχτά αρχεία, και το Moebi με τους κόμβους του χρειάζεται {needed}",
    }
    raise_limit(needed: u64) {
        en: "type `ulimit -n {needed}`, then start Moebi again; where that is refused, a new terminal may allow more",
        el: "γράψε `ulimit -n {needed}` και ξεκίνα πάλι το Moebi· αν δεν σε αφήνει, δοκίμασε σε νέο τερματικό",
    }
    set_tmpdir {
        en: "set TMPDIR to a folder of yours with a short path, on a file system that lets programs run",
        el: "όρισε στο TMPDIR έναν δικό σου φάκελο με σύντομο όνομα, σε σύστημα αρχείων όπου επιτρέπεται να τρέχουν προγράμματα",
    }
    own_folder_unwritable(path: &str) {
        en: "can't write to Moebi's own folder {path}",
        el: "το Moebi δεν μπορεί να γράψει στον φάκελό του {path}",
    }
    is_the_disk_full { en: "is the disk full?", el: "μήπως γέμισε ο δίσκος;" }

    // The guardian.
    no_own_program { en: "can't find Moebi's own program", el: "δεν βρέθηκε το πρόγραμμα του ίδιου του Moebi" }
    no_guardian(command: &str) {
        en: "can't start Moebi's guardian ({command})",
        el: "δεν ξεκίνησε ο φύλακας του Moebi ({command})",
    }
    guardian_is_mute { en: "Moebi's guardian doesn't answer", el: "ο φύλακας του Moebi δεν απαντά" }
    guardian_killed {
        en: "Moebi's guardian was killed, and all nodes with it",
        el: "ο φύλακας του Moebi σκοτώθηκε, και μαζί του όλοι οι κόμβοι",
    }
    no_end_of_guardian {
        en: "can't wait for Moebi's guardian",
        el: "δεν φαίνεται αν τερμάτισε ο φύλακας του Moebi",
    }
    leave_and_start_again {
        en: "leave with /quit and start Moebi again",
        el: "κλείσε το μάθημα με /quit και ξεκίνα πάλι το Moebi",
    }
    start_them_again { en: "start them again", el: "ξεκίνα τους πάλι" }
    start_moebi_again { en: "start Moebi again", el: "ξεκίνα πάλι το Moebi" }
    process_does_not_end {
        en: "a process that Moebi started can't be ended",
        el: "ένα πρόγραμμα που ξεκίνησε το Moebi δεν λέει να τερματίσει",
    }
    node_does_not_end { en: "a node can't be ended", el: "ένας κόμβος δεν λέει να τερματίσει" }

    // The bridge.
    cache_unwritable(path: &str) {
        en: "can't write to the cache {path}",
        el: "το Moebi δεν μπορεί να γράψει στην κρυφή μνήμη {path}",
    }
    bridge_not_compiled(program: &str) {
        en: "can't compile the bridge with {program}",
        el: "η γέφυρα δεν μεταγλωττίστηκε με το {program}",
    }
    see_that_elixir_works {
        en: "See that `elixir --version` works, then start Moebi again.",
        el: "Δες αν δουλεύει το `elixir --version`, και ξεκίνα πάλι το Moebi.",
    }
    longer_than_a_minute { en: "it took longer than a minute", el: "πέρασε πάνω από ένα λεπτό" }
    not_on_path(folder: &str) {
        en: "{folder} can't be put on PATH",
        el: "ο φάκελος {folder} δεν μπορεί να μπει στο PATH",
    }

    // Terminals.
    as_many_as_may_be(count: usize) {
        en: "there are {count} terminals; that is as many as there may be",
        el: "υπάρχουν ήδη {count} τερματικά· περισσότερα δεν γίνεται",
    }
    no_terminal(name: &str) { en: "there is no terminal `{name}`", el: "δεν υπάρχει τερματικό `{name}`" }
    no_node_in(name: &str) { en: "no node runs in {name}", el: "στο {name} δεν τρέχει κόμβος" }
    start_one { en: "start one there first", el: "ξεκίνα πρώτα έναν εκεί" }
    is_paused(name: &str) { en: "{name} is paused already", el: "το {name} είναι ήδη σε παύση" }
    resume_it(name: &str) { en: "/resume {name} has it go on", el: "με /resume {name} συνεχίζει" }
    is_not_paused(name: &str) { en: "{name} is not paused", el: "το {name} δεν είναι σε παύση" }
    is_unnamed(name: &str) { en: "the node in {name} has no name", el: "ο κόμβος στο {name} δεν έχει όνομα" }
    give_a_name {
        en: "only nodes with names connect: start it with --sname",
        el: "μόνο κόμβοι με όνομα συνδέονται: ξεκίνα τον με --sname",
    }
    is_cut(one: &str, other: &str) {
        en: "{one} and {other} are cut off from each other already",
        el: "ο {one} και ο {other} είναι ήδη αποκομμένοι",
    }
    heal_it(one: &str, other: &str) {
        en: "/heal {one} {other} lets them connect again",
        el: "με /heal {one} {other} μπορούν πάλι να συνδεθούν",
    }
    is_not_cut(one: &str, other: &str) {
        en: "nothing is cut between {one} and {other}",
        el: "δεν έχει διακοπεί τίποτα ανάμεσα στον {one} και τον {other}",
    }
    folder_is_gone(folder: &str) { en: "the folder {folder} is gone", el: "ο φάκελος {folder} δεν υπάρχει πια" }
    make_it_again {
        en: "make it again; in a lesson, /restart does that",
        el: "φτιάξ' τον πάλι· σε μάθημα τον φτιάχνει το /restart",
    }
    too_long { en: "that is too long to type", el: "είναι πολύ μεγάλο για να γραφτεί εδώ" }
    command_limit {
        en: "a command may have 100 KB: put it into a file, and run that",
        el: "μια εντολή έχει το πολύ 100 KB: βάλ' την σε ένα αρχείο, και τρέξε εκείνο",
    }
    input_limit {
        en: "a line may have 60 KB, an input 1 MB: put it into a file, and load that",
        el: "μια γραμμή έχει το πολύ 60 KB, μια είσοδος το πολύ 1 MB: βάλ' τη σε ένα αρχείο, και φόρτωσε εκείνο",
    }
    too_much_ahead {
        en: "too much was typed ahead while the node starts",
        el: "γράφτηκαν πάρα πολλά όσο ο κόμβος ξεκινά ακόμη",
    }
    program_takes_no_input { en: "the program takes no input", el: "το πρόγραμμα δεν δέχεται είσοδο" }
    ctrl_c_interrupts { en: "Ctrl-C interrupts it", el: "με Ctrl-C το διακόπτεις" }
    node_takes_no_input { en: "the node takes no input any more", el: "ο κόμβος δεν δέχεται πια είσοδο" }
    close_and_start { en: "/close it, and start it again", el: "κλείσε τον με /close, και ξεκίνα τον πάλι" }
    no_command_in(folder: &str) {
        en: "can't run a command in {folder}",
        el: "δεν τρέχει εντολή στον φάκελο {folder}",
    }
    garbled(terminal: &str) {
        en: "{terminal}: the node said what Moebi doesn't understand",
        el: "{terminal}: ο κόμβος είπε κάτι που το Moebi δεν καταλαβαίνει",
    }
    frame_is_too_long(most: usize) {
        en: "a frame is longer than {most} bytes",
        el: "ένα μήνυμά του ξεπερνά τα {most} byte",
    }
    frame_is_not_ours {
        en: "a frame holds no term that the protocol knows",
        el: "ένα μήνυμά του δεν ακολουθεί το πρωτόκολλο της γέφυρας",
    }
    said_too_much(most: usize) {
        en: "it said more than {most} bytes after one input",
        el: "έστειλε πάνω από {most} byte για μία μόνο είσοδο",
    }

    // Programs that are to end by themselves.
    not_started(why: &Verbatim) { en: "it could not be started: {why}", el: "δεν ξεκίνησε: {why}" }
    not_ended(seconds: u64) {
        en: [seconds: "it did not end within one second", "it did not end within {seconds} seconds"],
        el: [seconds: "δεν τελείωσε μέσα σε ένα δευτερόλεπτο", "δεν τελείωσε μέσα σε {seconds} δευτερόλεπτα"],
    }
    it_said(line: &Verbatim) { en: "it said: {line}", el: "είπε: {line}" }
    it_printed_nothing { en: "it printed nothing", el: "δεν τύπωσε τίποτα" }

    // What was found in place of a good Elixir.
    no_home { en: "Moebi can't tell where your home folder is", el: "το Moebi δεν βρίσκει τον προσωπικό σου φάκελο" }
    set_home {
        en: "Set HOME to your home folder and try again.",
        el: "Όρισε στο HOME τον προσωπικό σου φάκελο και ξαναδοκίμασε.",
    }
    chosen_is_bad(fault: &Localized) { en: "MOEBI_RUNTIME: {fault}", el: "MOEBI_RUNTIME: {fault}" }
    choose_another {
        en: "Name a folder whose bin holds iex and erl, or unset MOEBI_RUNTIME.",
        el: "Όρισε έναν φάκελο που το bin του έχει iex και erl, ή σβήσε τη μεταβλητή MOEBI_RUNTIME.",
    }
    on_path { en: "on PATH", el: "στο PATH" }
    in_folder(folder: &str) { en: "in {folder}", el: "στον φάκελο {folder}" }
    no_elixir(place: &Localized) {
        en: "there is no Elixir (elixir and iex) {place}",
        el: "δεν υπάρχει Elixir (elixir και iex) {place}",
    }
    no_erlang(place: &Localized) {
        en: "the Elixir {place} has no Erlang: there is no erl",
        el: "η Elixir {place} δεν έχει Erlang: λείπει το erl",
    }
    too_old(place: &Localized, elixir: &str, floor: &str) {
        en: "the Elixir {place} is {elixir}; the lesson needs {floor} or newer",
        el: "η Elixir {place} είναι η {elixir}· το μάθημα χρειάζεται {floor} ή νεότερη",
    }
    broken(place: &Localized, why: &Localized) {
        en: "the Elixir {place} does not start: {why}",
        el: "η Elixir {place} δεν ξεκινά: {why}",
    }
}

/// A path within a sentence.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}
