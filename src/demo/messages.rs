crate::catalogue! {
    no_cast(file: &str) { en: "the recording {file} can't be written", el: "η εγγραφή {file} δεν μπορεί να γραφτεί" }
    no_terminal { en: "there is no pseudo-terminal to be had", el: "δεν υπάρχει διαθέσιμο ψευδοτερματικό" }
    saved(path: &str) { en: "An editor saves {path}:", el: "Ένας επεξεργαστής αποθηκεύει το {path}:" }
    not_passed(step: &str) { en: "the step {step} did not pass in time", el: "το βήμα {step} δεν πέρασε εγκαίρως" }
}
