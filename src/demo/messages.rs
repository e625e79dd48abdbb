crate::catalogue! {
    no_cast(file: &str) { en: "the recording {file} can't be written", el: "η εγγραφή {file} δεν μπορεί να γραφτεί" }
    picture_shows {
        en: "The screen of a terminal in which the step was played on real nodes: what it asks for, what was typed, what the nodes printed, and what came of it. All of it is text, line by line.",
        el: "Η οθόνη ενός τερματικού όπου το βήμα παίχτηκε σε πραγματικούς κόμβους: τι ζητά, τι γράφτηκε, τι τύπωσαν οι κόμβοι και τι προέκυψε. Όλα είναι κείμενο, γραμμή προς γραμμή.",
    }
    no_terminal { en: "there is no pseudo-terminal to be had", el: "δεν υπάρχει διαθέσιμο ψευδοτερματικό" }
    saved(path: &str) { en: "An editor saves {path}:", el: "Ένας επεξεργαστής αποθηκεύει το {path}:" }
    not_passed(step: &str) { en: "the step {step} did not pass in time", el: "το βήμα {step} δεν πέρασε εγκαίρως" }
}
