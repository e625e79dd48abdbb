crate::catalogue! {
    no_command(word: &str) { en: "there is no command `{word}`", el: "δεν υπάρχει εντολή `{word}`" }
    commands_are(names: &str) { en: "There are: {names}.", el: "Υπάρχουν: {names}." }
    no_script { en: "could not make the completions", el: "δεν μπόρεσαν να φτιαχτούν οι συμπληρώσεις" }
    no_page { en: "could not make the page", el: "δεν μπόρεσε να φτιαχτεί η σελίδα" }
    could_not_write(folder: &str) {
        en: "could not write the pages into {folder}",
        el: "οι σελίδες δεν μπόρεσαν να γραφτούν στο {folder}",
    }
}
