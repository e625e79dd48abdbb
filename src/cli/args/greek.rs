//! What `--help` says, in Greek: the English stands beside the arguments themselves, and finds its Greek here.
//!
//! What clap itself adds to a page (what stands for a value, which values there are, and which one is taken) is put into
//! the texts here, in Greek.

use std::ffi::OsStr;

use clap::{
    Arg, Command,
    builder::{PossibleValue, Str, StyledStr},
};

/// With the texts that there are in Greek in their places.
pub(super) fn translated(mut command: Command) -> Command {
    command.build();
    translate(command)
}

fn translate(command: Command) -> Command {
    let command = command.mut_args(argument).mut_subcommands(translate);
    let about = command.get_about().and_then(|about| greek(&about.to_string()));
    let after = command.get_after_help().map(|after| lines(&after.to_string()));
    let command = match about {
        Some(about) => command.about(about).long_about(None),
        None => command,
    };
    let command = match after {
        Some(after) => command.after_help(after),
        None => command,
    };
    with_frame(command)
}

/// A page's own words; of the usage, clap writes `[OPTIONS]` and `<COMMAND>` itself.
fn with_frame(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[ΕΠΙΛΟΓΕΣ]");
    let usage = NAMES.iter().fold(usage, |usage, (english, greek)| {
        usage
            .replace(&format!("<{english}>"), &format!("<{greek}>"))
            .replace(&format!("[{english}]"), &format!("[{greek}]"))
    });
    let command = command.override_usage(usage).subcommand_help_heading("Εντολές");
    command.help_template("{before-help}{about-with-newline}\nΧρήση: {usage}\n\n{all-args}{after-help}")
}

fn argument(arg: Arg) -> Arg {
    let heading = if arg.is_positional() { "Ορίσματα" } else { "Επιλογές" };
    let said = |text: &StyledStr| greek(&text.to_string()).map(str::to_owned);
    let help = arg.get_help().and_then(said);
    let long = arg.get_long_help().and_then(said);
    let notes = notes(&arg);
    let values = values(&arg);
    let names = arg.get_value_names().map(|names| names.iter().map(called).collect::<Vec<_>>());
    let arg = match names {
        Some(names) => arg.value_names(names),
        None => arg,
    };
    let arg = arg.help_heading(heading).hide_default_value(true).hide_possible_values(true).hide_env(true);
    let brief = [help.as_deref(), notes.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let arg = match brief.is_empty() {
        true => arg,
        false => arg.help(brief.clone()),
    };
    match (long, values) {
        (Some(long), _) => arg.long_help(long),
        (None, Some(values)) => arg.long_help([values, brief].join("\n\n")),
        (None, None) => arg,
    }
}

/// Which values there are, which one is taken where none is given, and where one may come from.
fn notes(arg: &Arg) -> Option<String> {
    if !arg.get_action().takes_values() {
        return None;
    }
    let values: Vec<_> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default: Vec<_> = arg.get_default_values().iter().filter_map(|value| value.to_str()).collect();
    let mut notes = Vec::new();
    notes.extend((!values.is_empty()).then(|| format!("[τιμές: {}]", values.join(", "))));
    notes.extend((!default.is_empty()).then(|| format!("[αν λείπει: {}]", default.join(", "))));
    notes.extend(
        arg.get_env().and_then(OsStr::to_str).map(|name| format!("[μεταβλητή περιβάλλοντος: {name}]")),
    );
    (!notes.is_empty()).then(|| notes.join(" "))
}

/// The values that something is said of, a line each.
fn values(arg: &Arg) -> Option<String> {
    let values = arg.get_possible_values();
    let widest = values.iter().map(|value| value.get_name().len()).max()?;
    let line = |value: &PossibleValue| {
        let said = value.get_help()?.to_string();
        Some(format!("- {:<widest$}  {}", value.get_name(), greek(&said)?))
    };
    let lines: Vec<_> = values.iter().filter_map(line).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What stands for a value.
fn called(english: &Str) -> Str {
    NAMES
        .iter()
        .find(|(name, _)| name == english)
        .map_or_else(|| english.clone(), |(_, greek)| Str::from(*greek))
}

const NAMES: &[(&str, &str)] = &[
    ("ADDRESS", "ΔΙΕΥΘΥΝΣΗ"),
    ("ADDRESS:PORT", "ΔΙΕΥΘΥΝΣΗ:ΘΥΡΑ"),
    ("CODE", "ΚΩΔΙΚΟΣ"),
    ("COMMAND", "ΕΝΤΟΛΗ"),
    ("DIR", "ΦΑΚΕΛΟΣ"),
    ("DIR|ZIP|URL", "ΦΑΚΕΛΟΣ|ZIP|URL"),
    ("FILE", "ΑΡΧΕΙΟ"),
    ("FORMAT", "ΜΟΡΦΗ"),
    ("ID", "ΟΝΟΜΑ"),
    ("LESSON", "ΜΑΘΗΜΑ"),
    ("N", "Ν"),
    ("NAME", "ΟΝΟΜΑ"),
    ("NAME|DIR", "ΟΝΟΜΑ|ΦΑΚΕΛΟΣ"),
    ("OF", "ΑΡΧΕΙΟ"),
    ("STEP", "ΒΗΜΑ"),
    ("TAG", "ΕΤΙΚΕΤΑ"),
    ("VERB", "ΛΗΜΜΑ"),
    ("NUMBER", "ΑΡΙΘΜΟΣ"),
    ("PATH", "ΔΙΑΔΡΟΜΗ"),
    ("SHELL", "ΚΕΛΥΦΟΣ"),
];

/// Examples keep their commands, and what is said of each its column.
fn lines(text: &str) -> String {
    let line = |line: &str| {
        let (before, said) = said(line);
        greek(said).map_or_else(|| line.to_owned(), |said| format!("{before}{said}"))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A line's text, and the command or the spaces before it.
fn said(line: &str) -> (&str, &str) {
    let bare = line.trim_start();
    let at = bare.rfind("  ").map_or(0, |at| at + 2) + (line.len() - bare.len());
    line.split_at(at)
}

fn greek(english: &str) -> Option<&'static str> {
    GREEK.iter().find(|(text, _)| *text == english).map(|(_, greek)| *greek)
}

const GREEK: &[(&str, &str)] = &[
    (
        "Learn how Elixir programs talk across nodes, by doing it in real iex nodes",
        "Μάθε πώς μιλούν μεταξύ τους προγράμματα Elixir σε διαφορετικούς κόμβους, δοκιμάζοντας σε αληθινά iex",
    ),
    // Lessons from elsewhere.
    (
        "The language of a lesson's own texts, where it has some that Moebi doesn't speak [default: from your locale]",
        "Η γλώσσα των κειμένων του ίδιου του μαθήματος, όταν έχει κάποια που δεν μιλά το Moebi [αν λείπει: αυτή του συστήματός σου]",
    ),
    (
        "Lessons from elsewhere: get, update and remove them",
        "Μαθήματα από αλλού: φέρ' τα, ενημέρωσέ τα, αφαίρεσέ τα",
    ),
    (
        "Get a lesson from elsewhere without opening it; `moebi learn` gets and opens it",
        "Φέρε ένα μάθημα από αλλού χωρίς να το ανοίξεις· το `moebi learn` το φέρνει και το ανοίγει",
    ),
    (
        "Look for news where packs came from; what has changed is told and asked about",
        "Ψάξε για νέα εκεί απ' όπου ήρθαν τα πακέτα· ό,τι άλλαξε λέγεται και ερωτάσαι γι' αυτό",
    ),
    ("Remove a pack; progress and files stay", "Αφαίρεσε ένα πακέτο· η πρόοδος και τα αρχεία μένουν"),
    ("A folder, a zip, or a repository's URL", "Ένας φάκελος, ένα zip, ή η διεύθυνση ενός αποθετηρίου"),
    (
        "Trust what a lesson from elsewhere may do, and don't ask",
        "Εμπιστεύομαι ό,τι μπορεί να κάνει ένα μάθημα από αλλού· χωρίς ερώτηση",
    ),
    (
        "The pack's name, or a lesson's in it; all packs if left out",
        "Το όνομα του πακέτου, ή ενός μαθήματός του· αν λείπει, όλα τα πακέτα",
    ),
    ("The pack's name, or a lesson's in it", "Το όνομα του πακέτου, ή ενός μαθήματός του"),
    ("from a zip", "από ένα zip"),
    ("from a repository, without a question", "από ένα αποθετήριο, χωρίς ερώτηση"),
    ("what there is now", "ποια υπάρχουν τώρα"),
    ("Write a lesson into a zip, for others to learn", "Βάλε ένα μάθημα σε zip, για να το μάθουν άλλοι"),
    (
        "Where to write it [default: the lesson's name and .zip]",
        "Πού να γραφτεί [αν λείπει: το όνομα του μαθήματος και .zip]",
    ),
    (
        "A lesson's folder, a folder of lessons, or an id in --lessons; the folder you are in if left out",
        "Ο φάκελος ενός μαθήματος, ένας φάκελος με μαθήματα, ή ένα όνομα μέσα στο --lessons· αν λείπει, ο φάκελος όπου βρίσκεσαι",
    ),
    ("one lesson, as mailboxes.zip", "ένα μάθημα, στο mailboxes.zip"),
    ("all lessons of a folder in one zip", "όλα τα μαθήματα ενός φακέλου σε ένα zip"),
    ("what whoever gets it does with it", "τι κάνει με αυτό όποιος το λάβει"),
    // Commands.
    (
        "Open the guided shell; it goes on where you stopped",
        "Άνοιξε το μάθημα· συνεχίζει εκεί όπου σταμάτησες",
    ),
    (
        "Replay answers unattended: a verdict a step, and an exit code",
        "Έλεγξε έτοιμες λύσεις: ένα αποτέλεσμα για κάθε βήμα, και ένας κωδικός εξόδου",
    ),
    (
        "Print answers in the form that `moebi check --answers` takes",
        "Τύπωσε τις λύσεις στη μορφή που διαβάζει το `moebi check --answers`",
    ),
    (
        "Check every submission of a class, isolated and side by side, and write reports",
        "Έλεγξε τις υποβολές μιας τάξης, καθεμιά απομονωμένη, και γράψε αναφορές",
    ),
    (
        "A live class: learners join, and you see where each of them is",
        "Ζωντανή τάξη: οι μαθητές μπαίνουν, και βλέπεις πού βρίσκεται ο καθένας",
    ),
    (
        "Join a class: the guided shell, and your teacher sees where you are",
        "Μπες σε μια τάξη: το μάθημα, και ο καθηγητής βλέπει πού βρίσκεσαι",
    ),
    (
        "Watch the lesson play itself, on real nodes",
        "Δες το μάθημα να παίζει μόνο του, σε πραγματικούς κόμβους",
    ),
    ("Record what is to be seen, for asciinema", "Κατάγραψε ό,τι φαίνεται, για το asciinema"),
    (
        "Draw the screen as it is when the step is done",
        "Ζωγράφισε την οθόνη όπως είναι όταν το βήμα έχει γίνει",
    ),
    ("a picture of one step", "μια εικόνα ενός βήματος"),
    ("How much faster than a person", "Πόσες φορές πιο γρήγορα από έναν άνθρωπο"),
    (
        "the whole lesson, at the speed of a person who types",
        "όλο το μάθημα, με την ταχύτητα ενός ανθρώπου που γράφει",
    ),
    ("one section, twice as fast", "ένα κεφάλαιο, με διπλάσια ταχύτητα"),
    ("recorded, without waiting for anybody", "καταγράφεται, χωρίς να περιμένει κανέναν"),
    ("Space pauses and goes on; q ends.", "Με το Space σταματά και συνεχίζει· με το q τελειώνει."),
    (
        "One of its terminals in a window of its own, while the lesson is open in another",
        "Ένα από τα τερματικά του σε δικό του παράθυρο, όσο το μάθημα είναι ανοιχτό σε άλλο",
    ),
    (
        "The terminal to show [default: the one that is typed into]",
        "Το τερματικό που θα φαίνεται [χωρίς αυτό: εκείνο στο οποίο γράφεις]",
    ),
    ("The lesson's socket, where several are open", "Η υποδοχή του μαθήματος, αν είναι ανοιχτά πολλά"),
    (
        "Hand in your answers to the class that you joined last",
        "Παράδωσε τις λύσεις σου στην τάξη όπου μπήκες τελευταία",
    ),
    (
        "Open a class: learners join with a code, and you see live where each of them is",
        "Άνοιξε μια τάξη: οι μαθητές μπαίνουν με κωδικό, και βλέπεις ζωντανά πού βρίσκεται ο καθένας",
    ),
    ("Who is in the class, and where each learner is", "Ποιοι είναι στην τάξη, και πού βρίσκεται ο καθένας"),
    (
        "Where answers that learners hand in are kept, a file for each of them [default: among Moebi's own files]",
        "Πού φυλάσσονται οι λύσεις που παραδίδουν οι μαθητές, ένα αρχείο για τον καθένα [αν λείπει: στα αρχεία του Moebi]",
    ),
    (
        "Do not go on with the class that was open in the last hours",
        "Μη συνεχίσεις την τάξη που ήταν ανοιχτή τις τελευταίες ώρες",
    ),
    (
        "What stands on the board, where learners reach this machine under another address than it thinks",
        "Η διεύθυνση για τον πίνακα, όταν οι μαθητές φτάνουν σε αυτόν τον υπολογιστή με άλλη από αυτήν που νομίζει",
    ),
    ("The port that learners join at", "Η θύρα από όπου μπαίνουν οι μαθητές"),
    (
        "Where your page is; any other address than one of this machine's own is served encrypted [default: 127.0.0.1:4371]",
        "Πού είναι η σελίδα σου· αν τη βλέπουν και άλλοι υπολογιστές, στέλνεται κρυπτογραφημένη [αν λείπει: 127.0.0.1:4371]",
    ),
    ("The class's address, as it stands on the board", "Η διεύθυνση της τάξης, όπως είναι στον πίνακα"),
    ("The class's code, as it stands on the board", "Ο κωδικός της τάξης, όπως είναι στον πίνακα"),
    (
        "Your name in the class [default: your name on this machine]",
        "Το όνομά σου στην τάξη [αν λείπει: αυτό που έχεις στον υπολογιστή]",
    ),
    ("open a class, and keep what is handed in there", "άνοιξε μια τάξη, και φύλαξε εκεί ό,τι παραδίδεται"),
    ("not the one that was open before, but another", "όχι εκείνη που ήταν ανοιχτή πριν, μια άλλη"),
    ("grade what was handed in", "βαθμολόγησε όσα παραδόθηκαν"),
    ("the class that is open, or was open last", "η τάξη που είναι ανοιχτή, ή ήταν τελευταία"),
    (
        "in another terminal window: kate, side by side with the lesson",
        "σε άλλο παράθυρο τερματικού: το kate, δίπλα στο μάθημα",
    ),
    ("the terminal that you are typing into", "το τερματικό στο οποίο γράφεις"),
    (
        "hand in what you have done so far, in the class that you joined",
        "παράδωσε ό,τι έχεις κάνει ως τώρα, στην τάξη όπου μπήκες",
    ),
    ("For authors of lessons", "Για όσους γράφουν μαθήματα"),
    (
        "Which lessons there are, and how far you are in each",
        "Ποια μαθήματα υπάρχουν, και πού έχεις φτάσει στο καθένα",
    ),
    ("How each step of a lesson went", "Πώς πήγε κάθε βήμα ενός μαθήματος"),
    (
        "Take back a step, a section or everything; a copy is kept",
        "Αναίρεσε ένα βήμα, ένα κεφάλαιο ή τα πάντα· κρατιέται αντίγραφο",
    ),
    (
        "See whether lessons can run on this machine; each thing is fine, or comes with its remedy",
        "Δες αν τρέχουν μαθήματα σε αυτόν τον υπολογιστή, και τι να κάνεις για ό,τι δεν πάει καλά",
    ),
    ("Get an Elixir runtime of Moebi's own, without root", "Φέρε μια Elixir μόνο για το Moebi, χωρίς root"),
    (
        "Print what completes Moebi's commands in your shell",
        "Τύπωσε ό,τι χρειάζεται το κέλυφός σου για να συμπληρώνει τις εντολές του Moebi",
    ),
    ("Print a manual page, or write all of them", "Τύπωσε μια σελίδα του εγχειριδίου, ή γράψε τις όλες"),
    (
        "Print this message or the help of the given subcommand(s)",
        "Δείξε αυτό το μήνυμα, ή τη βοήθεια μιας εντολής",
    ),
    // Arguments.
    (
        "The lesson's id; that of the latest class if left out",
        "Το όνομα του μαθήματος· αν λείπει, αυτό της τελευταίας τάξης",
    ),
    ("The lesson's id; the first one if left out", "Το όνομα του μαθήματος· αν λείπει, το πρώτο"),
    (
        "The lesson's id; the one learnt last if left out",
        "Το όνομα του μαθήματος· αν λείπει, αυτό που έκανες τελευταίο",
    ),
    (
        "The lesson's id, or where one from elsewhere is: a folder, a zip, a repository's URL; if left out, the one learnt last, and once that is done the next",
        "Το όνομα του μαθήματος, ή πού βρίσκεται ένα από αλλού: φάκελος, zip, διεύθυνση αποθετηρίου· αν λείπει, αυτό που έκανες τελευταίο, και όταν τελειώσει το επόμενο",
    ),
    (
        "The language of the texts [default: from your locale]",
        "Η γλώσσα των κειμένων [αν λείπει: αυτή του συστήματός σου]",
    ),
    (
        "Take lessons from this folder instead of those built in",
        "Πάρε τα μαθήματα από αυτόν τον φάκελο, αντί για τα ενσωματωμένα",
    ),
    (
        "Plain labelled lines: for a screen reader, a pipe, a simple terminal",
        "Απλές γραμμές με ετικέτες: για αναγνώστη οθόνης, για διοχέτευση (pipe), για απλό τερματικό",
    ),
    (
        "The folder that the terminals start in [default: ~/moebi/LESSON]",
        "Ο φάκελος όπου ξεκινούν τα τερματικά [αν λείπει: ~/moebi/ΜΑΘΗΜΑ]",
    ),
    ("The keys that edit a line", "Τα πλήκτρα με τα οποία διορθώνεις μια γραμμή"),
    ("Print help", "Δείξε τη βοήθεια"),
    ("Print help (see more with '--help')", "Δείξε τη βοήθεια (περισσότερα με '--help')"),
    ("Print help (see a summary with '-h')", "Δείξε τη βοήθεια (πιο σύντομα με '-h')"),
    ("Print version", "Δείξε την έκδοση"),
    ("Check the lesson's own model answers", "Έλεγξε τις λύσεις του ίδιου του μαθήματος"),
    (
        "Check the answers in this file, or in this folder with an answers.yaml",
        "Έλεγξε τις λύσεις σε αυτό το αρχείο, ή σε αυτόν τον φάκελο με ένα answers.yaml",
    ),
    ("Only this section", "Μόνο αυτό το κεφάλαιο"),
    ("Only this step, after the steps that it needs", "Μόνο αυτό το βήμα, μετά από όσα βήματα χρειάζεται"),
    (
        "What steps are worth: a file with weights, and whether a part of a step earns a part of its points",
        "Πόσο αξίζει κάθε βήμα: ένα αρχείο με βάρη, και αν ένα μέρος του βήματος δίνει μέρος των βαθμών",
    ),
    ("The lesson's model answers instead of your own", "Οι λύσεις του μαθήματος αντί για τις δικές σου"),
    ("Forget how this section went", "Ξέχασε πώς πήγε αυτό το κεφάλαιο"),
    ("Forget how this step went", "Ξέχασε πώς πήγε αυτό το βήμα"),
    ("Forget how the whole lesson went", "Ξέχασε πώς πήγε όλο το μάθημα"),
    (
        "Bring back a copy: the newest, or the one of this name",
        "Φέρε πίσω ένα αντίγραφο: το πιο πρόσφατο, ή αυτό με το όνομα που δίνεις",
    ),
    ("Ask nothing", "Χωρίς ερωτήσεις"),
    (
        "Take the packages from this folder, for a machine without network",
        "Πάρε τα πακέτα από αυτόν τον φάκελο, για υπολογιστή χωρίς δίκτυο",
    ),
    ("The shell to complete in", "Το κέλυφος για το οποίο είναι"),
    (
        "The command whose page it is: `check`, `lesson lint`; Moebi's own if left out",
        "Η εντολή της οποίας είναι η σελίδα: `check`, `lesson lint`· αν λείπει, του ίδιου του Moebi",
    ),
    ("Write all pages into this folder", "Γράψε όλες τις σελίδες σε αυτόν τον φάκελο"),
    // Examples.
    ("Examples:", "Παραδείγματα:"),
    ("go on where you stopped", "συνέχισε εκεί όπου σταμάτησες"),
    ("the same lesson in Greek", "το ίδιο μάθημα στα ελληνικά"),
    (
        "prove that the model answers pass on this machine",
        "δες ότι οι λύσεις του μαθήματος περνούν σε αυτόν τον υπολογιστή",
    ),
    ("check a whole class and write reports", "έλεγξε μια ολόκληρη τάξη και γράψε αναφορές"),
    ("check answers from a file", "έλεγξε λύσεις από ένα αρχείο"),
    ("how far you are", "πού έχεις φτάσει"),
    ("what works here, and what to do about the rest", "τι λειτουργεί εδώ, και τι να κάνεις για τα άλλα"),
    ("get Elixir, without root, where it is missing", "φέρε Elixir, χωρίς root, αν δεν υπάρχει"),
    ("the lessons that are built in", "τα ενσωματωμένα μαθήματα"),
    ("those in a folder", "τα μαθήματα ενός φακέλου"),
    ("for a program to read", "για να το διαβάσει ένα πρόγραμμα"),
    ("every step, and how it went", "κάθε βήμα, και πώς πήγε"),
    ("the same in Greek", "το ίδιο στα ελληνικά"),
    (
        "Whatever is taken back is copied first; the last 20 copies are kept.",
        "Ό,τι αναιρείς αντιγράφεται πρώτα· κρατιούνται τα 20 τελευταία αντίγραφα.",
    ),
    ("do one step again", "κάνε ένα βήμα ξανά"),
    ("do a section again", "κάνε ένα κεφάλαιο ξανά"),
    ("begin anew, without being asked", "ξεκίνα από την αρχή, χωρίς ερωτήσεις"),
    ("bring back what the last reset took", "φέρε πίσω ό,τι αναίρεσε το τελευταίο reset"),
    ("what works, and what to do about the rest", "τι λειτουργεί, και τι να κάνεις για τα άλλα"),
    ("with fpath+=~/.zfunc before compinit", "με fpath+=~/.zfunc πριν από το compinit"),
    ("read it at once", "διάβασέ την αμέσως"),
    ("the page of one command", "η σελίδα μιας εντολής"),
    // Of `grade`.
    ("grade every submission in class", "βαθμολόγησε κάθε υποβολή του φακέλου class"),
    ("go on after Ctrl-C or a crash", "συνέχισε μετά από Ctrl-C ή διακοπή"),
    (
        "For an autograder of Gradescope's: its results.json",
        "Για έναν autograder του Gradescope: το results.json του",
    ),
    (
        "Write the grades in the columns that this platform imports, too",
        "Γράψε τους βαθμούς και στις στήλες που εισάγει αυτή η πλατφόρμα",
    ),
    ("other points for what was graded", "άλλοι βαθμοί για ό,τι βαθμολογήθηκε"),
    (
        "Grade this submission again and keep the others; may be given several times",
        "Βαθμολόγησε ξανά αυτή την υποβολή και κράτα τις άλλες· μπορεί να δοθεί πολλές φορές",
    ),
    (
        "0 every submission has its verdicts · 1 something that was handed in can't be read",
        "0 κάθε υποβολή έχει τα αποτελέσματά της · 1 κάτι από όσα παραδόθηκαν δεν διαβάζεται",
    ),
    (
        "2 the class or the command line can't be read · 3 this machine could not run some of it",
        "2 η τάξη ή η εντολή δεν διαβάζεται · 3 κάτι δεν μπόρεσε να τρέξει εδώ",
    ),
    ("130 interrupted; what was done is kept", "130 διακοπή· ό,τι έγινε κρατιέται"),
    (
        "The folder or the .zip with the submissions, as the platform made it",
        "Ο φάκελος ή το .zip με τις υποβολές, όπως το έφτιαξε η πλατφόρμα",
    ),
    (
        "Who is in the class: a CSV, as the platform exports it",
        "Ποιοι είναι στην τάξη: ένα CSV, όπως το εξάγει η πλατφόρμα",
    ),
    ("Only this section was set", "Ζητήθηκε μόνο αυτό το κεφάλαιο"),
    (
        "Only this step was set; the steps that it needs are played, and not graded",
        "Ζητήθηκε μόνο αυτό το βήμα· όσα χρειάζεται παίζονται, χωρίς βαθμό",
    ),
    ("The folder to write to", "Ο φάκελος όπου γράφονται τα αποτελέσματα"),
    (
        "What steps are worth: weights, and part of the points for part of the work",
        "Τι αξίζει κάθε βήμα: βάρη, και μέρος των βαθμών για μέρος της δουλειάς",
    ),
    (
        "Go on with the grading that is in the output folder",
        "Συνέχισε τη βαθμολόγηση που υπάρχει στον φάκελο των αποτελεσμάτων",
    ),
    ("Only this submission; may be given several times", "Μόνο αυτή η υποβολή· μπορεί να δοθεί πολλές φορές"),
    (
        "Only one part of the class, such as 2/4; `merge` puts the parts together",
        "Μόνο ένα μέρος της τάξης, όπως 2/4· το `merge` ενώνει τα μέρη",
    ),
    (
        "How many sections run at once [default: what this machine's cores and memory hold]",
        "Πόσα κεφάλαια τρέχουν μαζί [αν λείπει: όσα σηκώνουν οι πυρήνες και η μνήμη]",
    ),
    (
        "What made-up words and the order of the class are made from [default: a random number]",
        "Από τι φτιάχνονται οι επινοημένες λέξεις και η σειρά της τάξης [αν λείπει: τυχαίος αριθμός]",
    ),
    (
        "Whether submissions are shut in: `auto` does it where this machine can and says where not, `strict` refuses there",
        "Αν απομονώνονται οι υποβολές: το `auto` το κάνει όπου γίνεται και λέει πού όχι, το `strict` εκεί αρνείται",
    ),
    (
        "Put the parts of a class together that were graded apart",
        "Ένωσε τα μέρη μιας τάξης που βαθμολογήθηκαν χωριστά",
    ),
    ("The folders that the parts were written to", "Οι φάκελοι όπου γράφτηκαν τα μέρη"),
    // Of `lesson`.
    (
        "Write a small lesson that passes, to begin with",
        "Γράψε ένα μικρό μάθημα που περνά τους ελέγχους, για αρχή",
    ),
    (
        "The lesson's id: lower-case letters, digits, - and _",
        "Το όνομα του μαθήματος: πεζά λατινικά γράμματα, ψηφία, - και _",
    ),
    ("course/mailboxes", "course/mailboxes"),
    ("lessons/mailboxes, in English", "lessons/mailboxes, στα αγγλικά"),
    ("the same in Greek", "το ίδιο στα ελληνικά"),
    (
        "Make a lesson of a text, such as one of Elixir School's",
        "Φτιάξε μάθημα από ένα κείμενο, όπως αυτά του Elixir School",
    ),
    ("lessons/otp-distribution, in Greek", "lessons/otp-distribution, στα ελληνικά"),
    ("lessons/nodes, in Greek", "lessons/nodes, στα ελληνικά"),
    ("what is still to be done there", "τι μένει να γίνει εκεί"),
    (
        "Prompts, commands and files become steps; what the source does not say becomes a TODO.",
        "Προτροπές, εντολές και αρχεία γίνονται βήματα· ό,τι δεν λέει το κείμενο σημειώνεται, για να το συμπληρώσεις.",
    ),
    ("The text: Markdown, with or without front matter", "Το κείμενο: Markdown, με ή χωρίς front matter"),
    (
        "The lesson's id [default: from the file's name]",
        "Το όνομα του μαθήματος [αν λείπει: από το όνομα του αρχείου]",
    ),
    ("See a step as a learner will", "Δες ένα βήμα όπως θα το δει ένας μαθητής"),
    ("every step", "κάθε βήμα"),
    ("one step, in Greek", "ένα βήμα, στα ελληνικά"),
    ("two languages side by side", "δύο γλώσσες πλάι πλάι"),
    ("what you change, as you save it", "ό,τι αλλάζεις, μόλις αποθηκεύεται"),
    (
        "Colours are those of your terminal: NO_COLOR=1 shows it without, MOEBI_THEME=light as on white.",
        "Τα χρώματα είναι του τερματικού σου: με NO_COLOR=1 λείπουν, με MOEBI_THEME=light είναι για λευκό φόντο.",
    ),
    (
        "The step's id; every step if left out, and with --watch what was changed",
        "Το όνομα του βήματος· αν λείπει, όλα τα βήματα, και με --watch ό,τι άλλαξε",
    ),
    ("How many columns wide [default: as your terminal]", "Πλάτος σε στήλες [αν λείπει: του τερματικού σου]"),
    (
        "Another language beside it; what lacks its translation is marked",
        "Μια άλλη γλώσσα πλάι· ό,τι δεν έχει μεταφραστεί σημειώνεται",
    ),
    (
        "Show it again at each save, with what is wrong; Ctrl-C ends that",
        "Δείξ' το ξανά σε κάθε αποθήκευση, μαζί με ό,τι δεν είναι σωστό· τελειώνει με Ctrl-C",
    ),
    (
        "Open the shell at this step, on nodes that are brought there; what is saved is there at once",
        "Άνοιξε το κέλυφος σε αυτό το βήμα, με τους κόμβους ήδη εκεί· ό,τι αποθηκεύεται φαίνεται αμέσως",
    ),
    ("to type into, on nodes that are where it begins", "για να γράψεις, με τους κόμβους εκεί όπου αρχίζει"),
    (
        "Say everything that is wrong with a lesson's files, each with its place and its cure",
        "Βρες ό,τι δεν είναι σωστό στα αρχεία ενός μαθήματος, με τη θέση του και τη διόρθωσή του",
    ),
    ("every lesson in a folder", "όλα τα μαθήματα ενός φακέλου"),
    ("one lesson", "ένα μάθημα"),
    (
        "with cures applied where nothing else can have been meant",
        "με διορθώσεις, όπου δεν μπορεί να εννοείται τίποτε άλλο",
    ),
    (
        "0 nothing to complain about · 2 something is wrong, or can't be read",
        "0 όλα καλά · 2 κάτι δεν είναι σωστό, ή δεν διαβάζεται",
    ),
    (
        "A lesson's id, a lesson's folder, or a folder of lessons; all if left out",
        "Το όνομα ή ο φάκελος ενός μαθήματος, ή ένας φάκελος με μαθήματα· αν λείπει, όλα",
    ),
    ("Apply the cures that are sure, and tell which", "Κάνε τις σίγουρες διορθώσεις, και δείξε ποιες"),
    ("To be read", "Για ανάγνωση"),
    ("For a program to read", "Για να το διαβάσει ένα πρόγραμμα"),
    (
        "Notes on a pull request, from a workflow of GitHub's",
        "Σημειώσεις σε ένα pull request, από ένα workflow του GitHub",
    ),
    (
        "Tell what can be written in a lesson's files: every key and every condition",
        "Δείξε τι γράφεται στα αρχεία ενός μαθήματος: κάθε κλειδί και κάθε συνθήκη",
    ),
    ("everything", "όλα"),
    ("one condition", "μία συνθήκη"),
    ("the keys of a step", "τα κλειδιά ενός βήματος"),
    (
        "A condition, a key, or a mapping such as `step`; everything if left out",
        "Μια συνθήκη, ένα κλειδί, ή ένα σύνολο κλειδιών όπως το `step`· αν λείπει, όλα",
    ),
    (
        "Print the JSON Schema of a lesson's files, with which editors complete and check",
        "Τύπωσε το JSON Schema των αρχείων ενός μαθήματος, με το οποίο ένας επεξεργαστής συμπληρώνει και ελέγχει",
    ),
    (
        "An editor with the YAML language server takes it from a file's first line:",
        "Ένας επεξεργαστής με τον YAML language server το βρίσκει στην πρώτη γραμμή ενός αρχείου:",
    ),
    (
        "# yaml-language-server: $schema=../schema/lesson.json",
        "# yaml-language-server: $schema=../schema/lesson.json",
    ),
    ("Which file's", "Ποιου αρχείου"),
    ("lesson.yaml", "lesson.yaml"),
    ("en.yaml and el.yaml", "en.yaml και el.yaml"),
    ("answers.yaml", "answers.yaml"),
    ("What --scheme takes", "Ό,τι διαβάζει το --scheme"),
    (
        "Prove on real nodes that every checkpoint can fail, and that it is fair",
        "Δοκίμασε σε αληθινούς κόμβους ότι κάθε σημείο ελέγχου μπορεί να αποτύχει, και ότι είναι δίκαιο",
    ),
    ("Only this step", "Μόνο αυτό το βήμα"),
    (
        "How many attempts run at once [default: two a core]",
        "Πόσες δοκιμές τρέχουν μαζί [αν λείπει: δύο για κάθε πυρήνα]",
    ),
    (
        "Make each attempt N times; each must come out the same",
        "Κάνε κάθε δοκιμή N φορές· κάθε φορά πρέπει να κριθεί το ίδιο",
    ),
    (
        "What the nodes tell arrives late now and then, at random: no verdict may depend on that",
        "Όσα λένε οι κόμβοι φτάνουν πότε πότε αργά, στην τύχη: καμία κρίση δεν πρέπει να εξαρτάται από αυτό",
    ),
    (
        "On the Elixir in this folder; may be given several times, for one after the other",
        "Με την Elixir αυτού του φακέλου· μπορεί να δοθεί πολλές φορές, για τη μία μετά την άλλη",
    ),
    (
        "Try again what was proved before and has not changed",
        "Δοκίμασε πάλι και όσα έχουν αποδειχθεί και δεν άλλαξαν",
    ),
    (
        "Don't ask of each condition whether some answer needs it",
        "Μη ρωτάς για κάθε συνθήκη αν τη χρειάζεται κάποια λύση",
    ),
    (
        "How to tell it; of several Elixirs, JSON is a list",
        "Με ποια μορφή· για πολλές Elixir, το JSON είναι λίστα",
    ),
    ("A table, and every complaint under it", "Ένας πίνακας, και από κάτω κάθε παράπονο"),
    ("For CI: JUnit's XML, a suite an Elixir", "Για CI: το XML του JUnit, με μια ομάδα για κάθε Elixir"),
    ("the first lesson, but for what was proved before", "το πρώτο μάθημα, εκτός από όσα έχουν αποδειχθεί"),
    ("one step, in seconds", "ένα βήμα, σε δευτερόλεπτα"),
    ("whether a verdict ever depends on the clock", "αν κάποια κρίση εξαρτάται από το ρολόι"),
    (
        "0 nothing to complain about · 1 a checkpoint has a defect · 2 a file or the command line can't be read",
        "0 όλα καλά · 1 ένα σημείο ελέγχου έχει ελάττωμα · 2 δεν διαβάζεται ένα αρχείο ή η γραμμή εντολών",
    ),
    // Values.
    (
        "For people: a line a step, and what happened where one fell short",
        "Για ανθρώπους: μια γραμμή για κάθε βήμα, και τι έγινε όπου κάτι έλειψε",
    ),
    (
        "For programs: one document, a line a step as it comes",
        "Για προγράμματα: ένα έγγραφο, με μια γραμμή για κάθε βήμα μόλις τελειώσει",
    ),
    ("For CI: JUnit's XML, a suite a section", "Για CI: το XML του JUnit, με μια ομάδα για κάθε κεφάλαιο"),
    (
        "For GitHub Actions: an annotation for each step that fell short",
        "Για το GitHub Actions: μια σημείωση για κάθε βήμα που δεν πέρασε",
    ),
    ("What `moebi check --answers` takes", "Ό,τι διαβάζει το `moebi check --answers`"),
    ("A notebook that opens in Livebook", "Ένα σημειωματάριο που ανοίγει στο Livebook"),
    (
        "What was typed, for asciinema, in the time that each step took",
        "Ό,τι γράφτηκε, για το asciinema, στον χρόνο που πήρε κάθε βήμα",
    ),
    ("A page to read, to print or to hand in", "Μια σελίδα για διάβασμα, για εκτύπωση ή για παράδοση"),
    (
        "Every task of the lesson with room to write, to print",
        "Όλα όσα ζητά το μάθημα, με χώρο για γράψιμο, για εκτύπωση",
    ),
    // Exit codes.
    ("Exit codes:", "Κωδικοί εξόδου:"),
    (
        "0 all passed · 1 an answer fell short · 2 a file or the command line can't be read",
        "0 πέρασαν όλα · 1 κάποια λύση δεν αρκεί · 2 δεν διαβάζεται ένα αρχείο ή η γραμμή εντολών",
    ),
    (
        "3 this machine could not run it · 130 interrupted",
        "3 δεν μπόρεσε να τρέξει σε αυτόν τον υπολογιστή · 130 διακόπηκε",
    ),
    (
        "0 lessons can run · 3 something keeps them from running",
        "0 τα μαθήματα τρέχουν · 3 κάτι τα εμποδίζει",
    ),
];

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{super::Args, *};

    /// All that `--help` says of a command and those below it.
    fn texts(command: &Command) -> Vec<String> {
        let told = |text: Option<&StyledStr>| text.map(ToString::to_string);
        let after = told(command.get_after_help()).unwrap_or_default();
        let sayings = after.lines().map(|line| said(line).1.to_owned());
        let is_said = |text: &String| !text.trim().is_empty() && !text.starts_with("moebi ");
        let mut texts: Vec<_> = sayings.filter(is_said).chain(told(command.get_about())).collect();
        let of_values = |arg: &Arg| -> Vec<_> {
            arg.get_possible_values().iter().filter_map(|value| told(value.get_help())).collect()
        };
        texts.extend(command.get_arguments().flat_map(of_values));
        let helps = |arg: &Arg| [told(arg.get_help()), told(arg.get_long_help())];
        texts.extend(command.get_arguments().flat_map(helps).flatten());
        // The commands below `help` are those above it once more.
        let below = command.get_subcommands().filter(|_| command.get_name() != "help");
        texts.extend(below.flat_map(self::texts));
        texts
    }

    /// Every page below that command, by what is typed for it.
    fn pages(command: &Command, typed: &str) -> Vec<(String, String)> {
        let mut alone = command.clone();
        let page = [alone.render_help().to_string(), alone.render_long_help().to_string()].join("\n");
        let below = command.get_subcommands().filter(|below| below.get_name() != "help");
        let below = below.flat_map(|below| pages(below, &format!("{typed} {}", below.get_name())));
        std::iter::once((typed.to_owned(), page)).chain(below).collect()
    }

    #[test]
    fn all_that_a_learner_is_told_is_there_in_greek() {
        let mut command = Args::command();
        command.build();
        let missing: Vec<_> = texts(&command).into_iter().filter(|text| greek(text).is_none()).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn nothing_is_there_that_nobody_says() {
        let mut command = Args::command();
        command.build();
        let texts = texts(&command);
        let unsaid: Vec<_> =
            GREEK.iter().map(|(english, _)| *english).filter(|e| !texts.iter().any(|t| t == e)).collect();
        assert!(unsaid.is_empty(), "{unsaid:#?}");
    }

    #[test]
    fn the_first_page_is_greek_and_keeps_its_columns() {
        let page = translated(Args::command()).render_help().to_string();
        for line in [
            "Χρήση: moebi [ΕΠΙΛΟΓΕΣ] [ΜΑΘΗΜΑ]",
            "       moebi [ΕΠΙΛΟΓΕΣ] <ΕΝΤΟΛΗ>",
            "Εντολές:",
            "Επιλογές:",
            "Ορίσματα:",
            "  moebi progress                     πού έχεις φτάσει",
        ] {
            assert!(page.contains(line), "{line:?} in:\n{page}");
        }
    }

    #[test]
    fn no_page_has_a_word_of_claps_own() {
        let pages = pages(&translated(Args::command()), "moebi");
        assert!(pages.iter().any(|(typed, _)| typed == "moebi grade merge"), "{pages:?}");
        let capitals = |page: &str| {
            let words = page.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
            let is_stand_in = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
            words.filter(is_stand_in).map(str::to_owned).collect::<Vec<_>>()
        };
        for (typed, page) in pages {
            let theirs =
                ["sage:", "ptions", "rguments", "ommands", "default:", "ossible values", "env:", "rint "];
            let left: Vec<_> = theirs.iter().filter(|word| page.contains(**word)).collect();
            assert!(left.is_empty(), "{left:?} in {typed} --help:\n{page}");
            let known = ["CI", "CSV", "XML", "JSON", "YAML", "MOEBI", "URL", "ZIP"];
            let left: Vec<_> =
                capitals(&page).into_iter().filter(|word| !known.contains(&word.as_str())).collect();
            assert!(left.is_empty(), "{left:?} in {typed} --help:\n{page}");
        }
    }
}
