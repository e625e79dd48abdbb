crate::catalogue! {
    no_answer { en: "the lesson does not answer", el: "το μάθημα δεν απαντά" }
    other_version(theirs: &str, ours: &str) {
        en: "the lesson is open in Moebi {theirs}, and this is Moebi {ours}",
        el: "το μάθημα είναι ανοιχτό σε Moebi {theirs}, ενώ αυτό είναι το Moebi {ours}",
    }
    lesson_is_gone { en: "The lesson is gone, and this window with it.", el: "Το μάθημα δεν είναι πια ανοιχτό, κι έτσι κλείνει και αυτό το παράθυρο." }
}
