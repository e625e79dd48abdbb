use crate::{i18n::Localized, lesson::TerminalName};

crate::catalogue! {
    // What an error means.
    refused(caller: &str, called: &str) {
        en: "{called} turned {caller} away: the cookies of the two differ.",
        el: "Ο {called} δεν δέχτηκε τον {caller}: τα cookies των δύο διαφέρουν.",
    }
    undefined(node: &str, function: &str) {
        en: "The node {node} was asked for `{function}`, and there is no such function there.",
        el: "Από τον κόμβο {node} ζητήθηκε η `{function}`, και εκεί δεν υπάρχει τέτοια συνάρτηση.",
    }
    undefined_elsewhere(function: &str) {
        en: "The other node was asked for `{function}`, and there is no such function there.",
        el: "Από τον άλλο κόμβο ζητήθηκε η `{function}`, και εκεί δεν υπάρχει τέτοια συνάρτηση.",
    }
    other_build {
        en: "A function value travelled to a node that has its module in another build, or not at all, so it could not run there.",
        el: "Μια ανώνυμη συνάρτηση στάλθηκε σε κόμβο όπου η ενότητά της είναι διαφορετική ή λείπει, οπότε δεν μπόρεσε να τρέξει εκεί.",
    }
    not_alive(at: &TerminalName) {
        en: "The runtime in the terminal {at} has no name, so it is no node and reaches no other.",
        el: "Το περιβάλλον εκτέλεσης στο τερματικό {at} δεν έχει όνομα, άρα δεν είναι κόμβος και δεν φτάνει σε κανέναν.",
    }
    bad_host {
        en: "That name doesn't fit: with `--sname` the part after the `@` has no dot in it, with `--name` it is a full host name or an address.",
        el: "Το όνομα δεν ταιριάζει: με `--sname` ό,τι ακολουθεί το `@` δεν έχει τελεία, με `--name` είναι πλήρες όνομα υπολογιστή ή διεύθυνση.",
    }
    name_taken(node: &str) {
        en: "Another node is called {node} already, and on one machine a name can be held only once.",
        el: "Υπάρχει ήδη άλλος κόμβος με το όνομα {node}, και σε έναν υπολογιστή ένα όνομα το έχει μόνο ένας.",
    }
    some_name_taken {
        en: "Another node holds that name already, and on one machine a name can be held only once.",
        el: "Άλλος κόμβος έχει ήδη αυτό το όνομα, και σε έναν υπολογιστή ένα όνομα το έχει μόνο ένας.",
    }
    no_epmd {
        en: "The node could not register its name: nothing answers where it looked for epmd, the list of this machine's nodes.",
        el: "Ο κόμβος δεν μπόρεσε να δηλώσει το όνομά του: εκεί όπου έψαξε το epmd, τον κατάλογο των κόμβων του υπολογιστή, δεν απαντά κανείς.",
    }
    timed_out(who: &Localized) {
        en: "{who} gave no answer in time. It may still be at work, or wait for something itself.",
        el: "Η διεργασία {who} δεν απάντησε εγκαίρως. Ίσως δουλεύει ακόμη, ή περιμένει και αυτή κάτι.",
    }
    something_timed_out {
        en: "The answer did not come in time. Whoever was asked may still be at work.",
        el: "Η απάντηση δεν ήρθε εγκαίρως. Όποιος ρωτήθηκε ίσως δουλεύει ακόμη.",
    }
    no_process(who: &Localized) {
        en: "No process has that name: {who}.",
        el: "Καμία διεργασία δεν έχει αυτό το όνομα: {who}.",
    }
    process_gone(pid: &str) {
        en: "The process {pid} has ended; a pid is never used again.",
        el: "Η διεργασία {pid} έχει τελειώσει· ένα pid δεν ξαναχρησιμοποιείται.",
    }
    some_process_gone { en: "The process that was called does not run.", el: "Η διεργασία που κλήθηκε δεν τρέχει." }
    no_host(name: &str) {
        en: "`:{name}` is no name of a node: the part with the `@` is missing.",
        el: "Το `:{name}` δεν είναι όνομα κόμβου: λείπει το κομμάτι με το `@`.",
    }
    is_paused(at: &TerminalName) {
        en: "The node in the terminal {at} is paused: it answers nobody until it goes on.",
        el: "Ο κόμβος στο τερματικό {at} είναι σε παύση: δεν απαντά σε κανέναν ώσπου να συνεχίσει.",
    }
    is_cut(near: &str, far: &str) {
        en: "{near} and {far} are cut off from each other; both are well.",
        el: "Οι κόμβοι {near} και {far} είναι αποκομμένοι μεταξύ τους· και οι δύο είναι καλά.",
    }
    has_stopped(near: &str, far: &str) {
        en: "{near} has no connection to {far}: that node has stopped.",
        el: "Ο {near} δεν έχει σύνδεση με τον {far}: εκείνος ο κόμβος σταμάτησε.",
    }
    none_is_called(far: &str) {
        en: "No node is called {far}, so there is nobody to connect to.",
        el: "Κανένας κόμβος δεν λέγεται {far}, οπότε δεν υπάρχει με ποιον να γίνει σύνδεση.",
    }
    runs_out_of_reach(far: &str, near: &str) {
        en: "{far} runs, yet {near} got no connection to it.",
        el: "Ο {far} τρέχει, όμως ο {near} δεν απέκτησε σύνδεση μαζί του.",
    }
    no_connection(near: &str) {
        en: "{near} has no connection to the other node.",
        el: "Ο {near} δεν έχει σύνδεση με τον άλλο κόμβο.",
    }

    // What to try.
    share_a_cookie {
        en: "End one of them with `System.halt()` and start it again with the cookie of the other, or both without `--cookie`.",
        el: "Τερμάτισε τον έναν με `System.halt()` και ξεκίνησέ τον πάλι με το cookie του άλλου, ή και τους δύο χωρίς `--cookie`.",
    }
    load_it_there(node: &str) {
        en: "Check the spelling and the number of arguments, and see that {node} has the module: start it in the project with `-S mix`, or define it there.",
        el: "Έλεγξε την ορθογραφία και το πλήθος των ορισμάτων, και ότι ο {node} έχει την ενότητα: ξεκίνησέ τον μέσα στο έργο με `-S mix`, ή όρισέ την εκεί.",
    }
    load_it_elsewhere {
        en: "Check the spelling and the number of arguments, and see that the module is there: start that node in the project with `-S mix`, or define it there.",
        el: "Έλεγξε την ορθογραφία και το πλήθος των ορισμάτων, και ότι η ενότητα υπάρχει εκεί: ξεκίνησε εκείνον τον κόμβο μέσα στο έργο με `-S mix`, ή όρισέ την εκεί.",
    }
    name_the_function {
        en: "Send the names of a module and a function instead, as in `Node.spawn_link(:kate@localhost, IO, :puts, [\"hi\"])`, or run the same code on both nodes.",
        el: "Στείλε το όνομα μιας ενότητας και μιας συνάρτησης, όπως `Node.spawn_link(:kate@localhost, IO, :puts, [\"hi\"])`, ή βάλε τον ίδιο κώδικα στους δύο κόμβους.",
    }
    give_it_a_name {
        en: "Type the line where a prompt shows a node's name, or leave this one with `System.halt()` and start it with `--sname` and a name.",
        el: "Γράψε τη γραμμή εκεί όπου η προτροπή δείχνει όνομα κόμβου, ή κλείσε αυτό με `System.halt()` και ξεκίνησέ το με `--sname` και ένα όνομα.",
    }
    use_short_names {
        en: "Use a short name, as in `--sname alex@localhost`, for all nodes that are to meet: long and short names don't mix.",
        el: "Δώσε σύντομο όνομα, όπως `--sname alex@localhost`, σε όλους τους κόμβους που θα συνδεθούν: σύντομα και πλήρη ονόματα δεν συνδυάζονται.",
    }
    close_the_holder(at: &TerminalName) {
        en: "Take another name, or end the node that has it: it runs in the terminal {at}, and `/close {at}` ends it.",
        el: "Διάλεξε άλλο όνομα, ή τερμάτισε τον κόμβο που το έχει: τρέχει στο τερματικό {at}, και το `/close {at}` τον τερματίζει.",
    }
    take_another_name {
        en: "Take another name, or end the node that has it.",
        el: "Διάλεξε άλλο όνομα, ή τερμάτισε τον κόμβο που το έχει.",
    }
    start_in_a_terminal {
        en: "Start the node without options or variables that move epmd (`ERL_EPMD_PORT`, `-start_epmd false`): Moebi serves one to all its terminals.",
        el: "Ξεκίνησε τον κόμβο χωρίς επιλογές και μεταβλητές που αλλάζουν το epmd (`ERL_EPMD_PORT`, `-start_epmd false`): το Moebi έχει ένα για όλα τα τερματικά του.",
    }
    resume_it(at: &TerminalName) {
        en: "With `/resume {at}` it goes on, and then answers.",
        el: "Με `/resume {at}` συνεχίζει, και τότε απαντά.",
    }
    heal_it(one: &TerminalName, other: &TerminalName) {
        en: "With `/heal {one} {other}` they can connect again.",
        el: "Με `/heal {one} {other}` μπορούν πάλι να συνδεθούν.",
    }
    look_at_the_called {
        en: "See in its own terminal whether it still runs and what it does. A call may wait longer: its last argument says how many milliseconds.",
        el: "Δες στο δικό του τερματικό αν τρέχει και τι κάνει. Μια κλήση μπορεί να περιμένει και παραπάνω: το τελευταίο όρισμα λέει πόσα χιλιοστά του δευτερολέπτου.",
    }
    start_it_there {
        en: "Check the spelling, and that the process has been started on that node: in a project, `iex -S mix` does that.",
        el: "Έλεγξε την ορθογραφία, και ότι η διεργασία έχει ξεκινήσει σε εκείνον τον κόμβο: σε έργο το κάνει το `iex -S mix`.",
    }
    ask_for_it_again {
        en: "Start it again, and use the new pid; or give it a name, which the next one can have too.",
        el: "Ξεκίνησέ την πάλι και χρησιμοποίησε το νέο pid· ή δώσε της όνομα, που θα το έχει και η επόμενη.",
    }
    write_the_host(name: &str) {
        en: "Write the whole name, as the node's prompt shows it: `:{name}@localhost`.",
        el: "Γράψε ολόκληρο το όνομα, όπως το δείχνει η προτροπή του κόμβου: `:{name}@localhost`.",
    }
    start_it_again {
        en: "Start it again in its own terminal, then type the line once more.",
        el: "Ξεκίνησέ τον πάλι στο τερματικό του και ξαναγράψε τη γραμμή.",
    }
    this_one_runs(like: &str) {
        en: "One runs that is called `:{like}`. Was that meant?",
        el: "Τρέχει ένας που λέγεται `:{like}`. Μήπως εννοούσες αυτόν;",
    }
    these_run(nodes: &Localized) {
        en: "Start one of that name, or use one that runs: {nodes}.",
        el: "Ξεκίνησε έναν με αυτό το όνομα, ή χρησιμοποίησε όποιον τρέχει: {nodes}.",
    }
    start_one {
        en: "Start one of that name in another terminal, as in `iex --sname kate@localhost`.",
        el: "Ξεκίνησε έναν με αυτό το όνομα σε άλλο τερματικό, όπως `iex --sname kate@localhost`.",
    }
    compare_them {
        en: "Their cookies may differ, or one was started with `--name` and the other with `--sname`.",
        el: "Ίσως διαφέρουν τα cookies τους, ή ο ένας ξεκίνησε με `--name` και ο άλλος με `--sname`.",
    }
    see_that_it_runs {
        en: "See that the other node runs, and that its name is written as its prompt shows it.",
        el: "Δες αν τρέχει ο άλλος κόμβος, και αν το όνομά του είναι γραμμένο όπως το δείχνει η προτροπή του.",
    }

    // `/why`.
    why_tells_more { en: "`/why` tells more.", el: "Με `/why` μαθαίνεις περισσότερα." }
    nothing_went_wrong {
        en: "No error between nodes since you came to this section. When there is one, `/why` tells what it means and what Moebi saw.",
        el: "Κανένα σφάλμα ανάμεσα σε κόμβους από τότε που ήρθες σε αυτό το κεφάλαιο. Όταν υπάρξει, το `/why` λέει τι σημαίνει και τι είδε το Moebi.",
    }
    process_on(process: &str, node: &str) { en: "`{process}` on {node}", el: "`{process}` στον {node}" }

    // What such an error is about, at length.
    about_connections {
        en: "Nodes connect when one first needs the other: it asks epmd where that name listens, calls there, and both prove that they know the same cookie. Where one of these fails, calls end with `no connection`, `:noconnection` or `:nodedown`, `Node.connect/1` gives `false` and `Node.ping/1` `:pang`: the error alone doesn't say which.",
        el: "Οι κόμβοι συνδέονται όταν ο ένας χρειαστεί πρώτη φορά τον άλλο: ρωτά το epmd πού βρίσκεται αυτό το όνομα, καλεί εκεί, και οι δύο αποδεικνύουν ότι ξέρουν το ίδιο cookie. Αν κάτι από αυτά δεν πετύχει, οι κλήσεις τελειώνουν με `no connection`, `:noconnection` ή `:nodedown`, η `Node.connect/1` δίνει `false` και η `Node.ping/1` `:pang`: μόνο του το σφάλμα δεν λέει ποιο.",
    }
    about_cookies {
        en: "Each node proves to the other that it knows the other's cookie, without sending it. The one that was called finds the proof wrong and hangs up; only its log says so. The caller sees no more than that there is no connection.",
        el: "Κάθε κόμβος αποδεικνύει στον άλλο ότι ξέρει το cookie του, χωρίς να το στείλει. Όποιος κλήθηκε βρίσκει λάθος την απόδειξη και κλείνει· το γράφει μόνο το δικό του αρχείο καταγραφής. Όποιος κάλεσε βλέπει μόνο ότι δεν υπάρχει σύνδεση.",
    }
    about_code {
        en: "Nodes share messages, not code. What is called on a node is looked up in that node's own modules, as it loaded them.",
        el: "Οι κόμβοι μοιράζονται μηνύματα, όχι κώδικα. Ό,τι καλείται σε έναν κόμβο αναζητείται στις δικές του ενότητες, όπως τις φόρτωσε.",
    }
    about_function_values {
        en: "A function value (`fn -> … end`, `&…`) carries no code with it, only the name of its module, that module's build and what it has captured. The other node must have the very same build.",
        el: "Μια ανώνυμη συνάρτηση (`fn -> … end`, `&…`) δεν μεταφέρει κώδικα, μόνο το όνομα της ενότητάς της, ποια ακριβώς έκδοση είναι και τις τιμές που κρατά. Ο άλλος κόμβος πρέπει να έχει την ίδια ακριβώς.",
    }
    about_names {
        en: "A node's name is NAME@HOST, and by it others find it. Nodes with short names and nodes with long ones can't connect to each other, even if the names look alike.",
        el: "Το όνομα ενός κόμβου είναι ΟΝΟΜΑ@ΥΠΟΛΟΓΙΣΤΗΣ, και με αυτό τον βρίσκουν οι άλλοι. Κόμβοι με σύντομα και κόμβοι με πλήρη ονόματα δεν συνδέονται μεταξύ τους, ακόμη κι αν τα ονόματα μοιάζουν.",
    }
    about_epmd {
        en: "Each node registers with epmd, which tells others the port where it listens. Without it a node with a name does not start.",
        el: "Κάθε κόμβος δηλώνεται στο epmd, που λέει στους άλλους σε ποια θύρα ακούει. Χωρίς αυτό ένας κόμβος με όνομα δεν ξεκινά.",
    }
    about_calls {
        en: "A call sends a message and waits for the reply, five seconds where nothing else is said. If none comes the caller exits; the process that was called does not hear of that, and may answer later.",
        el: "Μια κλήση στέλνει ένα μήνυμα και περιμένει την απάντηση, πέντε δευτερόλεπτα αν δεν ορίζεται κάτι άλλο. Αν δεν έρθει, τελειώνει όποιος κάλεσε· η διεργασία που κλήθηκε δεν το μαθαίνει, και μπορεί να απαντήσει αργότερα.",
    }
    about_registered_names {
        en: "Names of processes belong to one node: `Chat` there and `Chat` here are two, and `{{Chat, :kate@localhost}}` asks for kate's. Where the node itself can't be reached, the error says `no connection` instead.",
        el: "Τα ονόματα διεργασιών ανήκουν σε έναν κόμβο: το `Chat` εκεί και το `Chat` εδώ είναι δύο, και το `{{Chat, :kate@localhost}}` ζητά αυτό του kate. Όταν δεν βρίσκεται ο ίδιος ο κόμβος, το σφάλμα λέει `no connection`.",
    }

    // What Moebi saw.
    epmd_was_asked(name: &str, names: &str) {
        en: "epmd was asked for {name}, and knew it. It knows now: {names}.",
        el: "Το epmd ρωτήθηκε για τον {name} και τον ήξερε. Τώρα ξέρει: {names}.",
    }
    epmd_knew_not(name: &str, names: &str) {
        en: "epmd was asked for {name}, and knew no such name. It knows now: {names}.",
        el: "Το epmd ρωτήθηκε για τον {name} και δεν ήξερε τέτοιο όνομα. Τώρα ξέρει: {names}.",
    }
    epmd_was_not_asked(names: &str) {
        en: "epmd was not asked: there was a connection already, or the call ended before that. It knows now: {names}.",
        el: "Το epmd δεν ρωτήθηκε: υπήρχε ήδη σύνδεση, ή η κλήση τελείωσε νωρίτερα. Τώρα ξέρει: {names}.",
    }
    epmd_knows(names: &str) { en: "epmd knows these names now: {names}.", el: "Το epmd ξέρει τώρα αυτά τα ονόματα: {names}." }
    nobody { en: "nobody", el: "κανέναν" }
    runs_in(node: &str, at: &TerminalName) {
        en: "{node} runs in the terminal {at}.",
        el: "Ο {node} τρέχει στο τερματικό {at}.",
    }
    runs_nowhere(node: &str) {
        en: "{node} has not run in any of Moebi's terminals.",
        el: "Ο {node} δεν έχει τρέξει σε κανένα τερματικό του Moebi.",
    }
    stopped_before(node: &str, at: &TerminalName, before: &Localized) {
        en: "{node} ran in the terminal {at} and had stopped {before} earlier.",
        el: "Ο {node} έτρεχε στο τερματικό {at} και είχε σταματήσει {before} νωρίτερα.",
    }
    stopped_after(node: &str, at: &TerminalName, after: &Localized) {
        en: "{node} ran in the terminal {at} and stopped {after} later.",
        el: "Ο {node} έτρεχε στο τερματικό {at} και σταμάτησε {after} αργότερα.",
    }
    seconds(count: u64) { en: [count: "a second", "{count} s"], el: [count: "ένα δευτερόλεπτο", "{count} δευτερόλεπτα"] }
    minutes(count: u64) { en: [count: "a minute", "{count} min"], el: [count: "ένα λεπτό", "{count} λεπτά"] }
    a_moment { en: "a moment", el: "λίγο" }
    like_it(like: &str, at: &TerminalName) {
        en: "A name like it: {like}, in the terminal {at}.",
        el: "Παρόμοιο όνομα: {like}, στο τερματικό {at}.",
    }
    no_answer(node: &str) { en: "{node} does not answer now.", el: "Ο {node} δεν απαντά τώρα." }
    are_connected(near: &str, far: &str) {
        en: "{near} and {far} are connected now.",
        el: "Οι κόμβοι {near} και {far} είναι τώρα συνδεδεμένοι.",
    }
    are_connected_hidden(near: &str, far: &str) {
        en: "{near} and {far} have a hidden connection now: `Node.list()` doesn't tell it, `Node.list(:hidden)` does.",
        el: "Οι κόμβοι {near} και {far} έχουν τώρα κρυφή σύνδεση: η `Node.list()` δεν τη δείχνει, η `Node.list(:hidden)` τη δείχνει.",
    }
    are_not_connected(near: &str, far: &str) {
        en: "{near} and {far} are not connected now.",
        el: "Οι κόμβοι {near} και {far} δεν είναι τώρα συνδεδεμένοι.",
    }
    cookies_differ(near: &str, far: &str) {
        en: "The cookie that {near} has for {far} is not the one that {far} has.",
        el: "Το cookie που έχει ο {near} για τον {far} δεν είναι αυτό που έχει ο {far}.",
    }
    cookies_agree(near: &str, far: &str) {
        en: "{near} has for {far} the cookie that {far} has.",
        el: "Ο {near} έχει για τον {far} το cookie που έχει ο {far}.",
    }
    module_is_missing(node: &str, module: &str) {
        en: "{node} has no module `{module}`.",
        el: "Ο {node} δεν έχει ενότητα `{module}`.",
    }
    module_is_there(node: &str, module: &str) {
        en: "{node} has a module `{module}`.",
        el: "Ο {node} έχει ενότητα `{module}`.",
    }
    builds_differ(near: &str, far: &str, module: &str) {
        en: "`{module}` on {near} and `{module}` on {far} are different builds.",
        el: "Η `{module}` στον {near} και η `{module}` στον {far} δεν είναι η ίδια έκδοση του κώδικα.",
    }
    builds_agree(near: &str, far: &str, module: &str) {
        en: "{near} and {far} have the same build of `{module}`.",
        el: "Οι κόμβοι {near} και {far} έχουν την ίδια έκδοση της `{module}`.",
    }
    registered(node: &str, names: &str) {
        en: "Registered on {node}, besides the runtime's own: {names}.",
        el: "Ονόματα διεργασιών στον {node}, πέρα από τα δικά του: {names}.",
    }
    none_registered(node: &str) {
        en: "On {node} no name is registered besides the runtime's own.",
        el: "Στον {node} δεν υπάρχει όνομα διεργασίας πέρα από τα δικά του.",
    }
    is_registered(node: &str, name: &str) {
        en: "On {node} a process is called `{name}` now.",
        el: "Στον {node} υπάρχει τώρα διεργασία με το όνομα `{name}`.",
    }
    nodes_run(nodes: &Localized) { en: "These nodes run: {nodes}.", el: "Αυτοί οι κόμβοι τρέχουν: {nodes}." }
    no_node_runs { en: "No node runs in any of Moebi's terminals.", el: "Κανένας κόμβος δεν τρέχει σε τερματικό του Moebi." }
}
