crate::catalogue! {
    no_option(word: &str) { en: "there is no option `{word}` here", el: "εδώ δεν υπάρχει επιλογή `{word}`" }
    one_too_many(word: &str) { en: "`{word}` is one word too many", el: "η λέξη `{word}` περισσεύει" }
    no_command(word: &str) { en: "there is no command `{word}`", el: "δεν υπάρχει εντολή `{word}`" }
    did_you_mean(word: &str) { en: "Did you mean `{word}`?", el: "Μήπως εννοείς `{word}`;" }
    needs_a_value(option: &str) { en: "`{option}` needs a value", el: "το `{option}` θέλει μια τιμή" }
    takes_no_value(option: &str) { en: "`{option}` takes no value", el: "το `{option}` δεν δέχεται τιμή" }
    no_value_of(word: &str, option: &str) {
        en: "`{word}` can't be the value of `{option}`",
        el: "το `{word}` δεν κάνει για τιμή του `{option}`",
    }
    values_are(values: &str) { en: "It is one of: {values}.", el: "Είναι ένα από: {values}." }
    missing(what: &str) { en: "something is missing: {what}", el: "κάτι λείπει: {what}" }
    not_together(one: &str, other: &str) {
        en: "`{one}` and `{other}` don't go together",
        el: "το `{one}` και το `{other}` δεν πάνε μαζί",
    }
    twice(option: &str) { en: "`{option}` stands there twice", el: "το `{option}` γράφτηκε δύο φορές" }
    behind_learn(word: &str) {
        en: "`{word}` belongs behind `learn`, or stands without a command",
        el: "το `{word}` γράφεται μετά το `learn` ή χωρίς καμία εντολή",
    }
    unreadable { en: "the command line can't be read", el: "η γραμμή εντολών δεν διαβάζεται" }
    help_tells(command: &str) { en: "`{command} --help` tells what it takes.", el: "Το `{command} --help` δείχνει τι δέχεται." }

    // What an option takes.
    languages {
        en: "`en` is English, `el` is Greek. A lesson's own texts in another language: --texts.",
        el: "`en` είναι τα αγγλικά, `el` τα ελληνικά. Τα κείμενα ενός μαθήματος σε άλλη γλώσσα: --texts.",
    }
    tags {
        en: "It is a language's tag, such as fr or pt-br; what Moebi speaks itself is chosen by --lang.",
        el: "Είναι η ετικέτα μιας γλώσσας, όπως fr ή pt-br· ό,τι μιλά το ίδιο το Moebi διαλέγεται με --lang.",
    }
    whole_number { en: "It is a whole number, such as 7.", el: "Είναι ένας ακέραιος αριθμός, όπως 7." }
    a_speed { en: "It is a number from 0.1 to 1000.", el: "Είναι ένας αριθμός από 0.1 ως 1000." }
    number_up_to(most: u16) {
        en: "It is a whole number from 1 to {most}.",
        el: "Είναι ένας ακέραιος αριθμός από 1 ως {most}.",
    }
    part_of_a_class {
        en: "It is I/N, such as 1/4 for the first of four parts.",
        el: "Γράφεται I/N, όπως 1/4 για το πρώτο από τέσσερα μέρη.",
    }
}
