use crate::i18n::Localized;

crate::catalogue! {
    or { en: " or ", el: " ή " }
    may_mean(word: &str, several: &Localized) {
        en: "/{word} may mean {several}",
        el: "το /{word} μπορεί να σημαίνει {several}",
    }
    one_letter_more { en: "type one letter more", el: "γράψε ένα γράμμα ακόμη" }
    no_such_command(word: &str) { en: "there is no command /{word}", el: "δεν υπάρχει εντολή /{word}" }
    did_you_mean(name: &str) { en: "did you mean /{name}?", el: "μήπως εννοείς /{name};" }
    help_lists { en: "/help lists the commands", el: "το /help δείχνει τις εντολές" }
    stands_alone(word: &str) { en: "/{word} stands alone", el: "το /{word} γράφεται σκέτο" }
    type_it(word: &str) { en: "type /{word}", el: "γράψε /{word}" }
    wants_one(word: &str) { en: "/{word} wants to know which one", el: "πες στο /{word} και ποιο" }
    wants_two(word: &str) { en: "/{word} wants two nodes", el: "το /{word} θέλει δύο κόμβους" }
    wants_another(word: &str, node: &str) {
        en: "/{word} wants another node beside {node}",
        el: "το /{word} θέλει και έναν δεύτερο κόμβο εκτός από τον {node}",
    }
    takes_one(word: &str) { en: "/{word} takes one word", el: "το /{word} θέλει μία λέξη" }
    takes_details(word: &str) {
        en: "/{word} takes nothing but `--details`",
        el: "το /{word} παίρνει μόνο το `--details`",
    }
    a_step { en: "STEP", el: "ΒΗΜΑ" }
    a_name { en: "NAME", el: "ΟΝΟΜΑ" }
    a_term { en: "TERM", el: "ΟΡΟΣ" }
    a_file { en: "FILE", el: "ΑΡΧΕΙΟ" }
    type_with(word: &str, what: &Localized) { en: "type /{word} {what}", el: "γράψε /{word} {what}" }
    no_such_terminal(name: &str) { en: "there is no terminal {name}", el: "δεν υπάρχει τερματικό {name}" }
    terminals(names: &str) { en: "there are {names}", el: "υπάρχουν τα {names}" }
    no_such_scope(word: &str) { en: "/reset doesn't know `{word}`", el: "το /reset δεν ξέρει `{word}`" }
    scopes {
        en: "/reset step, /reset section, or /reset all",
        el: "/reset step για το βήμα, /reset section για το κεφάλαιο, /reset all για όλα",
    }
    on_or_off(word: &str) { en: "/{word} takes `on` or `off`", el: "το /{word} παίρνει `on` ή `off`" }
    takes_trace(word: &str) {
        en: "/{word} takes the number of a line, `step`, `on`, `off` or `clear`, and `--svg`, `--mermaid` or `--json` with a file",
        el: "το /{word} παίρνει τον αριθμό μιας γραμμής, `step`, `on`, `off` ή `clear`, και `--svg`, `--mermaid` ή `--json` με ένα αρχείο",
    }
    no_such_language(code: &str) { en: "there is no language `{code}`", el: "δεν υπάρχει γλώσσα `{code}`" }
    languages { en: "/lang en is English, /lang el is Greek", el: "/lang en για αγγλικά, /lang el για ελληνικά" }
}
