use crate::words::Words;

crate::catalogue! {
    /// The node never heard of it.
    given_up {
        en: "The incomplete expression is dropped; nothing of it ran.",
        el: "Η μισοτελειωμένη έκφραση σβήστηκε· δεν εκτελέστηκε τίποτα από αυτήν.",
    }
    no_thread { en: "no thread can be started", el: "δεν ξεκινά άλλο νήμα" }
    no_terminal { en: "the terminal can't be used", el: "το τερματικό δεν μπορεί να χρησιμοποιηθεί" }
    or { en: " or ", el: " ή " }
    may_mean(word: &str, several: &Words) {
        en: "/{word} may mean {several}",
        el: "το /{word} μπορεί να σημαίνει {several}",
    }
    one_letter_more { en: "type one letter more", el: "γράψε ένα γράμμα ακόμη" }
    no_such_command(word: &str) { en: "there is no command /{word}", el: "δεν υπάρχει εντολή /{word}" }
    did_you_mean(name: &str) { en: "did you mean /{name}?", el: "μήπως εννοείς /{name};" }
    help_lists { en: "/help lists the commands", el: "το /help δείχνει τις εντολές" }
    stands_alone(word: &str) { en: "/{word} stands alone", el: "το /{word} γράφεται σκέτο" }
    type_it(word: &str) { en: "type /{word}", el: "γράψε /{word}" }
    wants_one(word: &str) { en: "/{word} wants to know which one", el: "το /{word} θέλει να ξέρει ποιο" }
    takes_one(word: &str) { en: "/{word} takes one word", el: "το /{word} θέλει μία λέξη" }
    no_such_language(code: &str) { en: "there is no language `{code}`", el: "δεν υπάρχει γλώσσα `{code}`" }
    languages { en: "/lang en is English, /lang el is Greek", el: "/lang en για αγγλικά, /lang el για ελληνικά" }
    type_with(word: &str, what: &str) { en: "type /{word} {what}", el: "γράψε /{word} {what}" }
}
