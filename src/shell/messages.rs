crate::catalogue! {
    /// The node never heard of it.
    given_up {
        en: "The incomplete expression is dropped; nothing of it ran.",
        el: "Η μισοτελειωμένη έκφραση σβήστηκε· δεν εκτελέστηκε τίποτα από αυτήν.",
    }
    no_thread { en: "no thread can be started", el: "δεν ξεκινά άλλο νήμα" }
    no_terminal { en: "the terminal can't be used", el: "το τερματικό δεν μπορεί να χρησιμοποιηθεί" }
    /// Before what is searched for in the history.
    typed_before { en: "typed before", el: "το έγραψες πριν" }
    not_typed_before { en: "not typed before", el: "δεν το έγραψες πριν" }
    /// For a command typed without its slash.
    without_slash(name: &str) {
        en: "Commands for Moebi begin with a slash: did you mean /{name}?",
        el: "Οι εντολές του Moebi αρχίζουν με κάθετο: μήπως εννοείς /{name};",
    }
    /// To somebody who may be stuck in a program that has all the keys.
    way_out(key: &str, terminal: &str) {
        en: "Ctrl-] and then {key} goes to {terminal}, and this program runs on. Most end with Ctrl-C, Ctrl-D or q.",
        el: "Με Ctrl-] και μετά {key} πας στο {terminal}, και το πρόγραμμα συνεχίζει. Τα πιο πολλά τελειώνουν με Ctrl-C, Ctrl-D ή q.",
    }
    flood(terminal: &crate::lesson::TerminalName) {
        en: "{terminal} prints very much: the rest is not shown. If there is no end to it, Ctrl-C there stops what was typed, and /close {terminal} ends the node.",
        el: "Το {terminal} τυπώνει πάρα πολλά: τα υπόλοιπα δεν φαίνονται. Αν δεν σταματά, εκεί το Ctrl-C διακόπτει ό,τι έγραψες, και το /close {terminal} κλείνει τον κόμβο.",
    }
    way_out_alone {
        en: "A program has all the keys now. Most end with Ctrl-C, Ctrl-D or q.",
        el: "Όλα τα πλήκτρα πάνε τώρα σε ένα πρόγραμμα. Τα πιο πολλά τελειώνουν με Ctrl-C, Ctrl-D ή q.",
    }
    flag_sname { en: "a name for the node: --sname alex@localhost", el: "ένα όνομα για τον κόμβο: --sname alex@localhost" }
    flag_name { en: "a full name for the node: --name alex@127.0.0.1", el: "ένα πλήρες όνομα για τον κόμβο: --name alex@127.0.0.1" }
    flag_cookie { en: "nodes connect only with equal cookies", el: "οι κόμβοι συνδέονται μόνο με ίδιο cookie" }
    flag_script_iex { en: "run a script first: iex -S mix", el: "τρέξε πρώτα ένα σενάριο: iex -S mix" }
    flag_remsh { en: "a shell on another node", el: "ένα κέλυφος σε άλλον κόμβο" }
    flag_dot_iex { en: "read this file instead of .iex.exs", el: "διάβασε αυτό το αρχείο αντί για το .iex.exs" }
    flag_hidden { en: "connect without being listed", el: "σύνδεση χωρίς να φαίνεται στη λίστα" }
    flag_eval { en: "evaluate this first", el: "υπολόγισε πρώτα αυτό" }
    flag_require { en: "require this file", el: "φόρτωσε αυτό το αρχείο" }
    flag_path { en: "look for modules in this folder first", el: "ψάξε ενότητες (modules) πρώτα σε αυτόν τον φάκελο" }
    flag_version { en: "which Elixir and which Erlang", el: "ποια Elixir και ποια Erlang" }
    flag_help { en: "every flag", el: "όλες οι επιλογές" }
    flag_script { en: "run a script: elixir -S mix", el: "τρέξε ένα σενάριο: elixir -S mix" }
    flag_no_halt { en: "stay when the script is done", el: "μείνε όταν τελειώσει το σενάριο" }
    flag_eval_only { en: "evaluate this", el: "υπολόγισε αυτό" }
    mix_new { en: "make a project", el: "φτιάξε ένα project" }
    mix_test { en: "run the project's tests", el: "τρέξε τις δοκιμές του project" }
    mix_compile { en: "compile the project", el: "μεταγλώττισε το project" }
    mix_run { en: "run a script in the project", el: "τρέξε ένα σενάριο μέσα στο project" }
    mix_format { en: "lay the code out", el: "τακτοποίησε τη μορφή του κώδικα" }
    mix_deps { en: "fetch what the project depends on", el: "φέρε ό,τι χρειάζεται το project" }
    mix_clean { en: "delete what was compiled", el: "σβήσε ό,τι μεταγλωττίστηκε" }
    mix_do { en: "several tasks, one after the other", el: "μερικές εντολές, η μία μετά την άλλη" }
    mix_help { en: "every task", el: "όλες οι εντολές του mix" }
    script_mix { en: "the project in this folder", el: "το project σε αυτόν τον φάκελο" }
    node_of_lesson { en: "a node of this lesson", el: "κόμβος αυτού του μαθήματος" }
    /// Below what fills the screen.
    more_follows { en: "⋯ More follows: press Enter.", el: "⋯ Έχει και συνέχεια: πάτα Enter." }
    nothing_fits { en: "nothing here goes on so", el: "δεν υπάρχει συμπλήρωση" }
}
