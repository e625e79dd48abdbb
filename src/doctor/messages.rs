use crate::{
    cluster::runtime::Version,
    i18n::{Localized, Verbatim},
};

crate::catalogue! {
    // What is under way.
    looking_for_elixir { en: "looking for Elixir", el: "αναζήτηση της Elixir" }
    looking_at_names { en: "asking for host names", el: "έλεγχος ονομάτων" }
    opening { en: "preparing the bridge", el: "προετοιμασία της γέφυρας" }
    starting_nodes { en: "starting three nodes", el: "εκκίνηση τριών κόμβων" }

    // Elixir.
    elixir(elixir: &str, otp: &str, whose: &Localized, iex: &str) {
        en: "Elixir {elixir} on Erlang/OTP {otp}, {whose}: {iex}",
        el: "Elixir {elixir} σε Erlang/OTP {otp}, {whose}: {iex}",
    }
    chosen { en: "the one that MOEBI_RUNTIME names", el: "αυτή που ορίζει το MOEBI_RUNTIME" }
    private { en: "Moebi's own", el: "η ιδιωτική του Moebi" }
    on_path { en: "the one on PATH", el: "αυτή του PATH" }
    passed_over(fault: &Localized) { en: "Passed over: {fault}", el: "Προσπεράστηκε: {fault}" }
    no_elixir(floor: &Version) {
        en: "There is no Elixir {floor} or newer.",
        el: "Δεν υπάρχει Elixir {floor} ή νεότερη.",
    }
    setup_gets_it { en: "`moebi setup` gets one, without root.", el: "Το `moebi setup` φέρνει μία, χωρίς root." }
    not_tried {
        en: "Nodes were not tried: there is no Elixir to run them.",
        el: "Δεν δοκιμάστηκαν κόμβοι: δεν υπάρχει Elixir να τους τρέξει.",
    }

    // Grading.
    can_isolate {
        en: "Submissions are isolated when `moebi grade` runs them.",
        el: "Το `moebi grade` τρέχει τις υποβολές απομονωμένες.",
    }
    can_not_isolate(why: &Localized) {
        en: "`moebi grade` can't isolate submissions: {why}. Lessons need none of it.",
        el: "Το `moebi grade` δεν μπορεί να απομονώσει υποβολές: {why}. Τα μαθήματα δεν το χρειάζονται.",
    }
    install_bubblewrap {
        en: "Install it: sudo apt install bubblewrap",
        el: "Εγκατάστησέ το: sudo apt install bubblewrap",
    }
    allow_with_sysctl {
        en: "Allow it: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
        el: "Επίτρεψέ το: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
    }
    allow_namespaces {
        en: "In a container, start it so that it may (docker run --privileged, or an unconfined seccomp profile); elsewhere ask whoever runs this machine to allow user namespaces.",
        el: "Σε container, δώσε του το δικαίωμα (docker run --privileged ή seccomp χωρίς περιορισμούς)· αλλιώς ζήτησε από τον διαχειριστή να επιτρέψει user namespaces.",
    }
    install_bubblewrap_somehow {
        en: "Install bubblewrap with your package manager; it needs Linux with user namespaces.",
        el: "Εγκατάστησε το bubblewrap με τον διαχειριστή πακέτων σου· χρειάζεται Linux με user namespaces.",
    }

    // Folders.
    progress_folder { en: "Your progress", el: "Η πρόοδός σου" }
    cache_folder { en: "The cache", el: "Η κρυφή μνήμη" }
    workspace_folder { en: "Your files", el: "Τα αρχεία σου" }
    folder(what: &Localized, path: &str) { en: "{what}: {path}", el: "{what}: {path}" }
    folder_will_be(what: &Localized, path: &str) { en: "{what}: {path}, made when needed", el: "{what}: {path}, θα φτιαχτεί όταν χρειαστεί" }
    is_no_folder(what: &Localized, path: &str) {
        en: "{what}: {path} is no folder.",
        el: "{what}: το {path} δεν είναι φάκελος.",
    }
    move_it(path: &str, elsewhere: &str) {
        en: "Move {path} away, or name another folder with {elsewhere}.",
        el: "Μετακίνησε το {path}, ή όρισε άλλον φάκελο με {elsewhere}.",
    }
    not_writable(what: &Localized, path: &str, why: &Verbatim) {
        en: "{what}: {path} can't be written: {why}.",
        el: "{what}: δεν γίνεται εγγραφή στο {path}: {why}.",
    }
    let_write(path: &str, elsewhere: &str) {
        en: "Give yourself the right to write in {path}, or name another folder with {elsewhere}.",
        el: "Δώσε στον εαυτό σου δικαίωμα εγγραφής στο {path}, ή όρισε άλλον φάκελο με {elsewhere}.",
    }
    no_room(what: &Localized, path: &str) { en: "{what}: the disk of {path} is full.", el: "{what}: ο δίσκος του {path} είναι γεμάτος." }
    little_room(what: &Localized, path: &str, megabytes: u64) {
        en: "{what}: the disk of {path} has {megabytes} MB left.",
        el: "{what}: στον δίσκο του {path} μένουν {megabytes} MB.",
    }
    make_room(elsewhere: &str) {
        en: "Make room there, or name another folder with {elsewhere}.",
        el: "Κάνε χώρο εκεί, ή όρισε άλλον φάκελο με {elsewhere}.",
    }

    // The cookie.
    cookie(path: &str) { en: "The cookie: {path}, for your eyes only", el: "Το cookie: {path}, το διαβάζεις μόνο εσύ" }
    cookie_will_be(path: &str) {
        en: "The cookie: {path}, made with the first node",
        el: "Το cookie: {path}, θα φτιαχτεί με τον πρώτο κόμβο",
    }
    no_home { en: "The cookie: your home folder can't be found.", el: "Το cookie: δεν βρίσκεται ο προσωπικός σου φάκελος." }
    set_home { en: "Set HOME.", el: "Όρισε το HOME." }

    // Names.
    localhost { en: "localhost is 127.0.0.1", el: "Το localhost είναι το 127.0.0.1" }
    localhost_is(addresses: &str) {
        en: "localhost is {addresses}, not 127.0.0.1. Moebi's nodes find each other all the same; yours may not.",
        el: "Το localhost είναι {addresses}, όχι 127.0.0.1. Οι κόμβοι του Moebi βρίσκονται μεταξύ τους έτσι κι αλλιώς· οι δικοί σου ίσως όχι.",
    }
    add_localhost {
        en: "Add the line `127.0.0.1 localhost` to /etc/hosts.",
        el: "Πρόσθεσε τη γραμμή `127.0.0.1 localhost` στο /etc/hosts.",
    }
    host(name: &str, addresses: &str) {
        en: "This host is called {name}: {addresses}",
        el: "Αυτός ο υπολογιστής λέγεται {name}: {addresses}",
    }
    host_is_unknown(name: &str) {
        en: "This host is called {name}, a name that it does not know itself.",
        el: "Αυτός ο υπολογιστής λέγεται {name}, όνομα που δεν το γνωρίζει ο ίδιος.",
    }
    moebi_knows_it {
        en: "Moebi's nodes are told it. For nodes of your own, add it to /etc/hosts.",
        el: "Οι κόμβοι του Moebi το μαθαίνουν. Για δικούς σου κόμβους, πρόσθεσέ το στο /etc/hosts.",
    }
    other_epmd(port: u16) {
        en: "Another epmd answers on port {port}; Moebi neither uses nor disturbs it",
        el: "Ένας άλλος epmd απαντά στη θύρα {port}· το Moebi ούτε τον χρησιμοποιεί ούτε τον ενοχλεί",
    }

    // Nodes.
    bridge(cache: &str) { en: "The bridge is compiled, in {cache}", el: "Η γέφυρα είναι μεταγλωττισμένη, στο {cache}" }
    opening_is_slow(seconds: u64) {
        en: "The bridge is not compiled after {seconds} seconds.",
        el: "Η γέφυρα δεν μεταγλωττίστηκε σε {seconds} δευτερόλεπτα.",
    }
    less_busy { en: "Try again when the machine is less busy.", el: "Δοκίμασε ξανά όταν ο υπολογιστής έχει λιγότερη δουλειά." }
    tell_us { en: "Run `moebi doctor` again once that is put right.", el: "Όταν διορθωθεί, τρέξε ξανά `moebi doctor`." }
    iex_answers { en: "iex starts and answers", el: "Το iex ξεκινά και απαντά" }
    iex_is_silent(seconds: u64, said: &Localized) {
        en: "iex starts, but does not answer within {seconds} seconds. It says: {said}",
        el: "Το iex ξεκινά, αλλά δεν απαντά σε {seconds} δευτερόλεπτα. Λέει: {said}",
    }
    own_iex_file { en: "Look into your ~/.iex.exs.", el: "Κοίταξε το ~/.iex.exs σου." }
    node_ended(command: &str, said: &Localized) {
        en: "`{command}` ends at once. It says: {said}",
        el: "Το `{command}` τερματίζεται αμέσως. Λέει: {said}",
    }
    node_is_slow(command: &str, seconds: u64, said: &Localized) {
        en: "`{command}` is no node after {seconds} seconds. It says: {said}",
        el: "Το `{command}` δεν έγινε κόμβος σε {seconds} δευτερόλεπτα. Λέει: {said}",
    }
    said_nothing { en: "nothing", el: "τίποτα" }
    try_it_yourself(command: &str) {
        en: "Try `{command}` without Moebi; ERL_FLAGS, ERL_ZFLAGS and ~/.iex.exs are what most often keeps it from starting.",
        el: "Δοκίμασε `{command}` χωρίς το Moebi· τα ERL_FLAGS, ERL_ZFLAGS και ~/.iex.exs είναι αυτά που συνήθως το εμποδίζουν.",
    }
    epmd(port: u16) { en: "Nodes reach Moebi's epmd, 127.0.0.1:{port}", el: "Οι κόμβοι φτάνουν στο epmd του Moebi, 127.0.0.1:{port}" }
    epmd_is_not_reached(port: u16) {
        en: "A node started, but did not register with Moebi's epmd on 127.0.0.1:{port}.",
        el: "Ένας κόμβος ξεκίνησε, αλλά δεν γράφτηκε στο epmd του Moebi, στο 127.0.0.1:{port}.",
    }
    allow_loopback {
        en: "Let programs connect over the loopback address: look at firewalls, sandboxes and the kernel settings in your ERL_FLAGS.",
        el: "Άφησε τα προγράμματα να συνδέονται μέσω της διεύθυνσης loopback: κοίταξε τείχη προστασίας, sandbox και τις ρυθμίσεις του kernel στο ERL_FLAGS σου.",
    }
    nodes_meet { en: "Two nodes meet: alex@localhost and kate@localhost", el: "Δύο κόμβοι συνδέονται: alex@localhost και kate@localhost" }
    nodes_do_not_meet {
        en: "alex@localhost and kate@localhost run, but can't connect.",
        el: "Οι alex@localhost και kate@localhost τρέχουν, αλλά δεν συνδέονται.",
    }
    short_name(node: &str) { en: "`iex --sname alex` makes {node}", el: "Το `iex --sname alex` φτιάχνει τον {node}" }
    name_the_host {
        en: "Write the host too, as the lessons do: `iex --sname alex@localhost`.",
        el: "Γράψε και τον υπολογιστή, όπως στα μαθήματα: `iex --sname alex@localhost`.",
    }

    // The terminal.
    no_terminal { en: "No terminal here: `moebi` would print plain lines", el: "Εδώ δεν υπάρχει τερματικό: το `moebi` θα τύπωνε απλές γραμμές" }
    dumb_terminal { en: "The terminal says that it can do nothing (TERM is dumb or unset).", el: "Το τερματικό λέει ότι δεν ξέρει τίποτα (το TERM είναι dumb ή κενό)." }
    set_term { en: "Set TERM, to xterm-256color say; until then `moebi` prints plain lines.", el: "Όρισε το TERM, π.χ. xterm-256color· μέχρι τότε το `moebi` τυπώνει απλές γραμμές." }
    terminal(term: &str) { en: "The terminal is {term}", el: "Το τερματικό είναι {term}" }
    colours { en: "It has colours", el: "Έχει χρώματα" }
    no_colours { en: "It has no colours; nothing is said by colour alone", el: "Δεν έχει χρώματα· τίποτα δεν λέγεται μόνο με χρώμα" }
    colours_off { en: "Colours are off, as NO_COLOR or CLICOLOR asks", el: "Χωρίς χρώματα, όπως ζητά το NO_COLOR ή το CLICOLOR" }
    size(columns: u16, rows: u16) { en: "It has {columns} columns and {rows} rows", el: "Έχει {columns} στήλες και {rows} γραμμές" }
    small(columns: u16, rows: u16) {
        en: "It has {columns} columns and {rows} rows: lessons get cramped.",
        el: "Έχει {columns} στήλες και {rows} γραμμές: τα μαθήματα στριμώχνονται.",
    }
    enlarge(columns: u16, rows: u16) {
        en: "Make it {columns} columns by {rows} rows at least.",
        el: "Μεγάλωσέ το σε τουλάχιστον {columns} στήλες επί {rows} γραμμές.",
    }
    no_cursor { en: "The terminal does not answer where its cursor is; the prompt needs that.", el: "Το τερματικό δεν απαντά πού είναι ο δρομέας του· η γραμμή εντολής το χρειάζεται." }
    use_plain { en: "Use `moebi --plain`, or another terminal.", el: "Χρησιμοποίησε `moebi --plain`, ή άλλο τερματικό." }
    widths { en: "Greek and wide letters take the columns they should", el: "Τα ελληνικά και τα πλατιά γράμματα πιάνουν όσες στήλες πρέπει" }
    odd_widths { en: "Letters beyond ASCII take more or fewer columns than they should; lines will not line up.", el: "Τα γράμματα εκτός ASCII πιάνουν λάθος πλήθος στηλών· οι γραμμές δεν θα στοιχίζονται." }
    use_utf8_terminal { en: "Set the terminal's encoding to UTF-8 (`tmux -u` within tmux).", el: "Βάλε κωδικοποίηση UTF-8 στο τερματικό (`tmux -u` μέσα στο tmux)." }
    brackets(term: &str) { en: "What is pasted comes marked as such, as in any {term}", el: "Ό,τι επικολλάς ξεχωρίζει από ό,τι γράφεις, όπως σε κάθε {term}" }
    no_brackets(term: &str) {
        en: "A {term} doesn't mark what is pasted: each pasted line counts as typed.",
        el: "Το {term} δεν ξεχωρίζει ό,τι επικολλάς: κάθε γραμμή μετράει σαν να τη γράφεις.",
    }
    locale(locale: &str) { en: "Text is UTF-8 ({locale})", el: "Το κείμενο είναι UTF-8 ({locale})" }
    not_utf8(locale: &str) {
        en: "The locale is {locale}, not UTF-8. Within lessons Moebi sets it right; your terminal may not.",
        el: "Το locale είναι {locale}, όχι UTF-8. Μέσα στα μαθήματα το διορθώνει το Moebi· το τερματικό σου ίσως όχι.",
    }
    set_lang { en: "Set LANG, to C.UTF-8 say.", el: "Όρισε το LANG, π.χ. el_GR.UTF-8." }

    // What was left behind.
    nothing_left { en: "Nothing is left of an earlier Moebi", el: "Δεν έμεινε τίποτα από προηγούμενο Moebi" }
    left_behind(processes: &Localized, folders: &Localized) {
        en: "A Moebi that was killed left {processes} and {folders}.",
        el: "Ένα Moebi που σκοτώθηκε άφησε {processes} και {folders}.",
    }
    processes(count: usize) {
        en: [count: "1 process", "{count} processes"],
        el: [count: "1 διεργασία", "{count} διεργασίες"],
    }
    folders(count: usize) { en: [count: "1 folder", "{count} folders"], el: [count: "1 φάκελο", "{count} φακέλους"] }
    run(command: &str) { en: "Run: {command}", el: "Τρέξε: {command}" }

    // The last line.
    well { en: "Lessons can run here.", el: "Τα μαθήματα μπορούν να τρέξουν εδώ." }
    well_with_remarks(count: usize) {
        en: [count: "Lessons can run here; there is 1 remark.", "Lessons can run here; there are {count} remarks."],
        el: [count: "Τα μαθήματα μπορούν να τρέξουν εδώ· υπάρχει 1 παρατήρηση.", "Τα μαθήματα μπορούν να τρέξουν εδώ· υπάρχουν {count} παρατηρήσεις."],
    }
    unwell(count: usize) {
        en: [count: "Lessons can't run as they should: 1 thing is wrong.", "Lessons can't run as they should: {count} things are wrong."],
        el: [count: "Τα μαθήματα δεν μπορούν να τρέξουν όπως πρέπει: 1 πράγμα δεν είναι σωστό.", "Τα μαθήματα δεν μπορούν να τρέξουν όπως πρέπει: {count} πράγματα δεν είναι σωστά."],
    }
}
