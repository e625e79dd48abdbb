//! What `--help` says, in Greek: the English stands beside the arguments themselves, and finds its Greek here.
//!
//! Everything that learners and teachers use is here; of what authors use, no more than what the first page says of it.
//! What is not here stays English, as do clap's own complaints.

use clap::{Arg, Command};

/// With the texts that there are in Greek in their places.
pub(super) fn translated(mut command: Command) -> Command {
    command.build();
    translate(command)
}

fn translate(command: Command) -> Command {
    let command = with_frame(command);
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
    command.mut_args(argument).mut_subcommands(translate)
}

fn with_frame(command: Command) -> Command {
    let command = command.subcommand_help_heading("Εντολές");
    command.help_template("{before-help}{about-with-newline}\nΧρήση: {usage}\n\n{all-args}{after-help}")
}

fn argument(arg: Arg) -> Arg {
    let heading = if arg.is_positional() { "Ορίσματα" } else { "Επιλογές" };
    let help = arg.get_help().and_then(|help| greek(&help.to_string()));
    let long = arg.get_long_help().and_then(|help| greek(&help.to_string()));
    let arg = arg.help_heading(heading);
    let arg = match help {
        Some(help) => arg.help(help),
        None => arg,
    };
    match long {
        Some(help) => arg.long_help(help),
        None => arg,
    }
}

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
        "Έλεγξε τις εργασίες μιας τάξης, καθεμιά απομονωμένη, και γράψε αναφορές",
    ),
    ("For authors of lessons", "Για όσους γράφουν μαθήματα"),
    (
        "Which lessons there are, and how far you are in each",
        "Ποια μαθήματα υπάρχουν, και πού έχεις φτάσει στο καθένα",
    ),
    ("How each step of a lesson went", "Πώς πήγε κάθε βήμα ενός μαθήματος"),
    (
        "Take back a step, a section or everything; a copy is kept",
        "Πάρε πίσω ένα βήμα, ένα κεφάλαιο ή τα πάντα· κρατιέται αντίγραφο",
    ),
    (
        "See whether lessons can run on this machine; each thing is fine, or comes with its remedy",
        "Δες αν τρέχουν μαθήματα σε αυτόν τον υπολογιστή· ό,τι δεν πάει καλά λέει και τι να κάνεις",
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
    ("The lesson's id; the first one if left out", "Το όνομα του μαθήματος· αν λείπει, το πρώτο"),
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
        "Απλές γραμμές με ετικέτες: για αναγνώστη οθόνης, για σωλήνωση, για απλό τερματικό",
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
        "Ό,τι παίρνεις πίσω αντιγράφεται πρώτα· κρατιούνται τα 20 τελευταία αντίγραφα.",
    ),
    ("do one step again", "κάνε ένα βήμα ξανά"),
    ("do a section again", "κάνε ένα κεφάλαιο ξανά"),
    ("begin anew, without being asked", "ξεκίνα από την αρχή, χωρίς ερωτήσεις"),
    ("bring back what the last reset took", "φέρε πίσω ό,τι πήρε το τελευταίο reset"),
    ("what works, and what to do about the rest", "τι λειτουργεί, και τι να κάνεις για τα άλλα"),
    ("with fpath+=~/.zfunc before compinit", "με fpath+=~/.zfunc πριν από το compinit"),
    ("read it at once", "διάβασέ την αμέσως"),
    ("the page of one command", "η σελίδα μιας εντολής"),
    // Of `grade`.
    ("grade every submission in class", "βαθμολόγησε κάθε εργασία του φακέλου class"),
    ("go on after Ctrl-C or a crash", "συνέχισε μετά από Ctrl-C ή διακοπή"),
    (
        "0 every submission has its verdicts · 2 a folder or the command line can't be read",
        "0 κάθε εργασία έχει τα αποτελέσματά της · 2 ένας φάκελος ή η εντολή δεν διαβάζεται",
    ),
    (
        "3 this machine could not run some of it · 130 interrupted; what was done is kept",
        "3 κάτι δεν μπόρεσε να τρέξει εδώ · 130 διακοπή· ό,τι έγινε κρατιέται",
    ),
    (
        "The folder with the submissions: each a file NAME.yaml, or a folder NAME with answers.yaml",
        "Ο φάκελος με τις εργασίες: καθεμιά ένα αρχείο ΟΝΟΜΑ.yaml, ή ένας φάκελος ΟΝΟΜΑ με answers.yaml",
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
    ("Only this submission; may be given several times", "Μόνο αυτή η εργασία· μπορεί να δοθεί πολλές φορές"),
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
        "Αν απομονώνονται οι εργασίες: το `auto` το κάνει όπου γίνεται και λέει πού όχι, το `strict` εκεί αρνείται",
    ),
    (
        "Put the parts of a class together that were graded apart",
        "Ένωσε τα μέρη μιας τάξης που βαθμολογήθηκαν χωριστά",
    ),
    ("The folders that the parts were written to", "Οι φάκελοι όπου γράφτηκαν τα μέρη"),
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

    /// For authors, who read the lesson format's English as well.
    const NOT_FOR_LEARNERS: [&str; 1] = ["lesson"];

    /// All that `--help` says of a command and those below it.
    fn texts(command: &Command) -> Vec<String> {
        let told = |text: Option<&clap::builder::StyledStr>| text.map(ToString::to_string);
        let after = told(command.get_after_help()).unwrap_or_default();
        let sayings = after.lines().map(|line| said(line).1.to_owned());
        let is_said = |text: &String| !text.trim().is_empty() && !text.starts_with("moebi ");
        let mut texts: Vec<_> = sayings.filter(is_said).chain(told(command.get_about())).collect();
        let helps = |arg: &Arg| [told(arg.get_help()), told(arg.get_long_help())];
        texts.extend(command.get_arguments().flat_map(helps).flatten());
        let below = command.get_subcommands().filter(|below| below.get_name() != "help");
        for below in below {
            if NOT_FOR_LEARNERS.contains(&below.get_name()) {
                texts.extend(told(below.get_about()));
            } else {
                texts.extend(self::texts(below));
            }
        }
        texts
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
        let mut texts = texts(&command);
        // Of the command `help`, whose own arguments are clap's.
        texts.extend(command.find_subcommand("help").and_then(Command::get_about).map(ToString::to_string));
        let unsaid: Vec<_> =
            GREEK.iter().map(|(english, _)| *english).filter(|e| !texts.iter().any(|t| t == e)).collect();
        assert!(unsaid.is_empty(), "{unsaid:#?}");
    }

    #[test]
    fn the_first_page_is_greek_and_keeps_its_columns() {
        let page = translated(Args::command()).render_help().to_string();
        for line in [
            "Χρήση: moebi [OPTIONS] [LESSON]",
            "Εντολές:",
            "Επιλογές:",
            "Ορίσματα:",
            "  moebi progress                     πού έχεις φτάσει",
        ] {
            assert!(page.contains(line), "{line:?} in:\n{page}");
        }
        assert!(!page.contains("Usage:") && !page.contains("Options:"), "{page}");
    }
}
