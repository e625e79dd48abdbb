//! What an imported lesson says beside the words of its source, and what there is to say of an import.

crate::catalogue! {
    in_terminal(terminal: &str) { en: "In the terminal `{terminal}`:", el: "Στο τερματικό `{terminal}`:" }
    in_file(path: &str) { en: "In the file `{path}`:", el: "Στο αρχείο `{path}`:" }
    type_this(terminal: &str, code: &str) {
        en: "Go to `/{terminal}`, and type {code}.",
        el: "Γράψε `/{terminal}` και μετά {code}.",
    }
    type_lines(terminal: &str) {
        en: "Go to `/{terminal}`, and type the lines as they stand above, one after the other.",
        el: "Γράψε `/{terminal}` και μετά τις γραμμές, όπως είναι παραπάνω.",
    }
    save_file(path: &str) {
        en: "`/edit {path}` opens the file in your editor. Save it once it is as above.",
        el: "Με `/edit {path}` ανοίγει το αρχείο στον επεξεργαστή σου. Αποθήκευσέ το μόλις γίνει όπως παραπάνω.",
    }
    close_first(terminal: &str) {
        en: "A node runs in `{terminal}` already. `/close {terminal}` stops it.",
        el: "Στο τερματικό `{terminal}` τρέχει ήδη ένας κόμβος. Με `/close {terminal}` σταματά.",
    }
    title_of_node(name: &str) { en: "The node {name}", el: "Ο κόμβος {name}" }
    title_of_file(path: &str) { en: "The file {path}", el: "Το αρχείο {path}" }
    title_of_input(terminal: &str) { en: "In the terminal {terminal}", el: "Στο τερματικό {terminal}" }
    title_of_project(name: &str) { en: "The project {name}", el: "Το έργο {name}" }

    // Goals.
    node_runs(node: &str, at: &str, with: &crate::i18n::Localized) {
        en: "the node `{node}` runs in the terminal `{at}`{with}",
        el: "ο κόμβος `{node}` τρέχει στο τερματικό `{at}`{with}",
    }
    node_runs_not(node: &str, at: &str, with: &crate::i18n::Localized) {
        en: "the node `{node}` does not run in the terminal `{at}` yet{with}",
        el: "ο κόμβος `{node}` δεν τρέχει ακόμη στο τερματικό `{at}`{with}",
    }
    with_cookie(cookie: &str) { en: ", with the cookie `{cookie}`", el: ", με cookie `{cookie}`" }
    with_project { en: ", with the project loaded", el: ", με φορτωμένο το έργο" }
    with_nothing { en: "", el: "" }
    runtime_runs(at: &str) { en: "iex runs in the terminal `{at}`", el: "στο τερματικό `{at}` τρέχει το iex" }
    runtime_runs_not(at: &str) {
        en: "iex does not run in the terminal `{at}` yet",
        el: "στο τερματικό `{at}` δεν τρέχει ακόμη το iex",
    }
    typed(code: &str, at: &str) {
        en: "{code} was typed in the terminal `{at}`",
        el: "στο τερματικό `{at}` έγραψες {code}",
    }
    typed_not(code: &str, at: &str) {
        en: "{code} has not given its value in the terminal `{at}` yet",
        el: "στο τερματικό `{at}` το {code} δεν έχει δώσει ακόμη την τιμή του",
    }
    gave(code: &str, value: &str, at: &str) {
        en: "{code} gave {value} in the terminal `{at}`",
        el: "στο τερματικό `{at}` το {code} έδωσε {value}",
    }
    gave_not(code: &str, value: &str, at: &str) {
        en: "{code} has not given {value} in the terminal `{at}` yet",
        el: "στο τερματικό `{at}` το {code} δεν έχει δώσει ακόμη {value}",
    }
    showed(code: &str, text: &str, at: &str) {
        en: "{code} was typed in the terminal `{at}`, and {text} came of it",
        el: "στο τερματικό `{at}` έγραψες {code}, και φάνηκε {text}",
    }
    showed_not(code: &str, at: &str) {
        en: "{code} in the terminal `{at}` has not shown yet all that it should",
        el: "το {code} στο τερματικό `{at}` δεν έχει δείξει ακόμη όσα πρέπει",
    }
    raised(code: &str, error: &str, at: &str) {
        en: "{code} ended with {error} in the terminal `{at}`",
        el: "στο τερματικό `{at}` το {code} τελείωσε με {error}",
    }
    raised_not(code: &str, error: &str, at: &str) {
        en: "{code} has not ended with {error} in the terminal `{at}` yet",
        el: "στο τερματικό `{at}` το {code} δεν έχει τελειώσει ακόμη με {error}",
    }
    callable(what: &str, at: &str) {
        en: "{what} can be called in the terminal `{at}`",
        el: "στο τερματικό `{at}` μπορείς να καλέσεις {what}",
    }
    callable_not(what: &str, at: &str) {
        en: "{what} cannot be called in the terminal `{at}` yet",
        el: "στο τερματικό `{at}` δεν μπορείς να καλέσεις ακόμη {what}",
    }
    file_defines(path: &str, what: &str) { en: "`{path}` defines {what}", el: "το `{path}` ορίζει {what}" }
    file_defines_not(path: &str, what: &str) {
        en: "`{path}` does not define {what} yet",
        el: "το `{path}` δεν ορίζει ακόμη {what}",
    }
    file_holds(path: &str) { en: "the new code is in `{path}`", el: "ο νέος κώδικας είναι στο `{path}`" }
    file_holds_not(path: &str) {
        en: "the new code is not in `{path}` yet",
        el: "ο νέος κώδικας δεν είναι ακόμη στο `{path}`",
    }
    project_is_there(name: &str) { en: "the project `{name}` is there", el: "το έργο `{name}` υπάρχει" }
    project_is_not_there(name: &str) {
        en: "the project `{name}` is not there yet",
        el: "το έργο `{name}` δεν υπάρχει ακόμη",
    }
    ran(command: &str) { en: "{command} ran without an error", el: "η εντολή {command} έτρεξε χωρίς σφάλμα" }
    ran_not(command: &str) {
        en: "{command} has not run yet, or ended with an error",
        el: "η εντολή {command} δεν έχει τρέξει ακόμη, ή τελείωσε με σφάλμα",
    }
    wrote(command: &str, text: &str) { en: "{command} wrote {text}", el: "η εντολή {command} έγραψε {text}" }
    wrote_not(command: &str, text: &str) {
        en: "{command} has not ended yet with {text}",
        el: "η εντολή {command} δεν έχει τελειώσει ακόμη με {text}",
    }
}

// Why there is no lesson.
crate::catalogue! {
    too_large(kilobytes: usize) {
        en: "the source is larger than {kilobytes} KB",
        el: "το κείμενο ξεπερνά τα {kilobytes} KB",
    }
    too_many_parts(most: usize) {
        en: "the source has more than {most} paragraphs, headings and blocks of code",
        el: "το κείμενο έχει πάνω από {most} παραγράφους, επικεφαλίδες και μπλοκ κώδικα",
    }
    too_many_blocks(most: usize) {
        en: "the source has more than {most} blocks of code",
        el: "το κείμενο έχει πάνω από {most} μπλοκ κώδικα",
    }
    split_it { en: "Split it, and import the parts.", el: "Χώρισέ το και εισήγαγε τα μέρη." }
    nothing_to_do {
        en: "nothing in the source can be done: no prompt, no command, no file",
        el: "τίποτα στο κείμενο δεν μπορεί να γίνει: ούτε προτροπή, ούτε εντολή, ούτε αρχείο",
    }
    what_can_be_done {
        en: "Blocks such as `iex> Node.self()`, `mix test` or `# lib/chat.ex` become steps.",
        el: "Βήματα γίνονται μπλοκ όπως `iex> Node.self()`, `mix test` ή `# lib/chat.ex`.",
    }
    no_lesson(complaint: &str) {
        en: "what came of the source is no lesson: {complaint}",
        el: "από το κείμενο δεν βγήκε μάθημα: {complaint}",
    }
}
