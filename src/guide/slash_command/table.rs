//! Every command, in the order of `/help`.

use std::future::ready;

use crate::{guide::PendingWork, lesson::Fault, message, session::Request};

use super::{SlashCommand, Takes, Then};

pub static COMMANDS: &[SlashCommand] = &[
    SlashCommand {
        name: Some("hint"),
        greek: Some("υπόδειξη"),
        takes: Takes::Nothing(|guide| Box::pin(guide.request(Request::Hint))),
        then: Then::Answer,
        help: message! {
            en: "a hint for this step, each more telling than the one before",
            el: "μια υπόδειξη για το βήμα, καθεμιά πιο αποκαλυπτική από την προηγούμενη",
        },
    },
    SlashCommand {
        name: Some("answer"),
        greek: Some("λύση"),
        takes: Takes::Nothing(|guide| Box::pin(guide.request(Request::Answer))),
        then: Then::Answer,
        help: message! { en: "one way to do this step", el: "ένας τρόπος για να γίνει το βήμα" },
    },
    SlashCommand {
        name: Some("check"),
        greek: Some("έλεγχος"),
        takes: Takes::Details(|guide, has_details| Box::pin(guide.request(Request::Check { has_details }))),
        then: Then::Answer,
        help: message! {
            en: "what this step still waits for; with --details, how it is judged",
            el: "τι περιμένει ακόμη το βήμα· με --details, πώς κρίνεται",
        },
    },
    SlashCommand {
        name: Some("next"),
        greek: Some("επόμενο"),
        takes: Takes::Nothing(|guide| Box::pin(guide.request(Request::Next))),
        then: Then::Step,
        help: message! {
            en: "the next step (Enter alone does the same once a step is done)",
            el: "το επόμενο βήμα (και με σκέτο Enter, όταν ένα βήμα έχει γίνει)",
        },
    },
    SlashCommand {
        name: Some("back"),
        greek: Some("πίσω"),
        takes: Takes::Nothing(|guide| Box::pin(guide.request(Request::Back))),
        then: Then::Step,
        help: message! { en: "the step before", el: "το προηγούμενο βήμα" },
    },
    SlashCommand {
        name: Some("skip"),
        greek: Some("παράλειψη"),
        takes: Takes::Nothing(|guide| Box::pin(guide.request(Request::Skip))),
        then: Then::Step,
        help: message! { en: "leave this step out", el: "παράλειψε αυτό το βήμα" },
    },
    SlashCommand {
        name: Some("goto"),
        greek: Some("πήγαινε"),
        takes: Takes::Step(|guide, step| Box::pin(guide.request(Request::Goto(step)))),
        then: Then::Step,
        help: message! {
            en: "go to a step by its name or number; alone, see all steps",
            el: "πήγαινε σε ένα βήμα με το όνομα ή τον αριθμό του· σκέτο, δείχνει όλα τα βήματα",
        },
    },
    SlashCommand {
        name: Some("restart"),
        greek: Some("επανεκκίνηση"),
        takes: Takes::Nothing(|guide| Box::pin(guide.restart())),
        then: Then::Step,
        help: message! {
            en: "bring the nodes back to where this step begins",
            el: "φέρε τους κόμβους πάλι εκεί όπου αρχίζει το βήμα",
        },
    },
    SlashCommand {
        name: None,
        greek: None,
        takes: Takes::Itself(|guide, terminal| Box::pin(guide.focus_on(terminal))),
        then: Then::Answer,
        help: message! {
            en: "type into that terminal from now on",
            el: "από εδώ και πέρα γράφεις σε εκείνο το τερματικό",
        },
    },
    SlashCommand {
        name: Some("reset"),
        greek: Some("αναίρεση"),
        takes: Takes::Scope(|guide, scope| Box::pin(guide.reset(scope))),
        then: Then::Step,
        help: message! {
            en: "take back what you did, once a copy is made",
            el: "αναίρεσε ό,τι έκανες, αφού γίνει αντίγραφο",
        },
    },
    SlashCommand {
        name: Some("open"),
        greek: Some("άνοιγμα"),
        takes: Takes::NewTerminal(|guide, terminal| Box::pin(guide.open(terminal))),
        then: Then::Answer,
        help: message! { en: "open a terminal", el: "άνοιξε ένα τερματικό" },
    },
    SlashCommand {
        name: Some("close"),
        greek: Some("κλείσιμο"),
        takes: Takes::Terminal(|guide, terminal| Box::pin(guide.close(terminal))),
        then: Then::Answer,
        help: message! {
            en: "stop the node in this terminal, or in that one; it is at $ again",
            el: "σταμάτησε τον κόμβο σε αυτό το τερματικό, ή σε εκείνο· γυρίζει στο $",
        },
    },
    SlashCommand {
        name: Some("screen"),
        greek: Some("οθόνη"),
        takes: Takes::Terminal(|guide, terminal| Box::pin(guide.screen(terminal))),
        then: Then::Answer,
        help: message! {
            en: "show this step again, or what a terminal showed last",
            el: "δείξε πάλι το βήμα, ή ό,τι έδειξε τελευταία ένα τερματικό",
        },
    },
    SlashCommand {
        name: Some("why"),
        greek: Some("γιατί"),
        takes: Takes::Nothing(|guide| {
            guide.pending = Some(PendingWork::Explain(guide.windows.asker()));
            Box::pin(ready(Ok(())))
        }),
        then: Then::Answer,
        help: message! {
            en: "the last error between nodes, at length, and what Moebi saw of it",
            el: "το τελευταίο σφάλμα ανάμεσα σε κόμβους, αναλυτικά, και τι είδε το Moebi",
        },
    },
    SlashCommand {
        name: Some("map"),
        greek: Some("χάρτης"),
        takes: Takes::Nothing(|guide| {
            guide.pending = Some(PendingWork::DrawMap(guide.windows.asker()));
            Box::pin(ready(Ok(())))
        }),
        then: Then::Answer,
        help: message! {
            en: "the nodes, who is connected, and what of each reaches another",
            el: "οι κόμβοι, οι συνδέσεις τους, και τι δικό τους φτάνει σε άλλον",
        },
    },
    SlashCommand {
        name: Some("trace"),
        greek: Some("ίχνος"),
        takes: Takes::Trace(|guide, request| Box::pin(guide.trace(request))),
        then: Then::Answer,
        help: message! {
            en: "what crossed between nodes: by the last line, line N, or all of the step; --svg, --mermaid, --json FILE",
            el: "τι πέρασε από κόμβο σε κόμβο: με την τελευταία γραμμή, με τη γραμμή N, ή σε όλο το βήμα· --svg, --mermaid, --json ΑΡΧΕΙΟ",
        },
    },
    SlashCommand {
        name: Some("window"),
        greek: Some("παράθυρο"),
        takes: Takes::Terminal(|guide, terminal| Box::pin(guide.open_beside(terminal))),
        then: Then::Answer,
        help: message! {
            en: "this terminal, or that one, in a window of its own",
            el: "αυτό το τερματικό, ή εκείνο, σε δικό του παράθυρο",
        },
    },
    SlashCommand {
        name: Some("kill"),
        greek: Some("τερματισμός"),
        takes: Takes::Node(|guide, node| Box::pin(guide.befall(Fault::Kill(node)))),
        then: Then::Answer,
        help: message! {
            en: "a fault: the node in that terminal dies, at once and without a word",
            el: "βλάβη: ο κόμβος σε εκείνο το τερματικό πεθαίνει, αμέσως και χωρίς λέξη",
        },
    },
    SlashCommand {
        name: Some("pause"),
        greek: Some("παύση"),
        takes: Takes::Node(|guide, node| Box::pin(guide.befall(Fault::Pause(node)))),
        then: Then::Answer,
        help: message! {
            en: "a fault: that node stands still, and answers nobody",
            el: "βλάβη: εκείνος ο κόμβος παγώνει και δεν απαντά σε κανέναν",
        },
    },
    SlashCommand {
        name: Some("resume"),
        greek: Some("συνέχεια"),
        takes: Takes::Node(|guide, node| Box::pin(guide.befall(Fault::Resume(node)))),
        then: Then::Answer,
        help: message! { en: "that node goes on", el: "εκείνος ο κόμβος συνεχίζει" },
    },
    SlashCommand {
        name: Some("cut"),
        greek: Some("διακοπή"),
        takes: Takes::Pair(|guide, (one, other)| Box::pin(guide.befall(Fault::Cut(one, other)))),
        then: Then::Answer,
        help: message! {
            en: "a fault: two nodes lose their connection, and get no other",
            el: "βλάβη: δύο κόμβοι χάνουν τη σύνδεσή τους και δεν αποκτούν άλλη",
        },
    },
    SlashCommand {
        name: Some("heal"),
        greek: Some("αποκατάσταση"),
        takes: Takes::Pair(|guide, (one, other)| Box::pin(guide.befall(Fault::Heal(one, other)))),
        then: Then::Answer,
        help: message! { en: "those two can connect again", el: "οι δύο κόμβοι μπορούν πάλι να συνδεθούν" },
    },
    SlashCommand {
        name: Some("edit"),
        greek: Some("επεξεργασία"),
        takes: Takes::File(|guide, path| Box::pin(guide.edit(path))),
        then: Then::Answer,
        help: message! {
            en: "open a file of the workspace in your editor",
            el: "άνοιξε ένα αρχείο του χώρου εργασίας στον επεξεργαστή σου",
        },
    },
    SlashCommand {
        name: Some("export"),
        greek: Some("εξαγωγή"),
        takes: Takes::Nothing(|guide| Box::pin(guide.export())),
        then: Then::Answer,
        help: message! {
            en: "write your answers and a transcript into the workspace",
            el: "γράψε τις λύσεις σου και ένα αντίγραφο της πορείας σου στον χώρο εργασίας",
        },
    },
    SlashCommand {
        name: Some("raise"),
        greek: Some("χέρι"),
        takes: Takes::Nothing(|guide| Box::pin(guide.raise())),
        then: Then::Answer,
        help: message! {
            en: "in a class: raise your hand, or take it down",
            el: "σε τάξη: σήκωσε το χέρι, ή κατέβασέ το",
        },
    },
    SlashCommand {
        name: Some("share"),
        greek: Some("κοινοποίηση"),
        takes: Takes::Switch(|guide, is_on| Box::pin(guide.share(is_on))),
        then: Then::Answer,
        help: message! {
            en: "in a class: whether the teacher sees what you do",
            el: "σε τάξη: αν ο καθηγητής βλέπει τι κάνεις",
        },
    },
    SlashCommand {
        name: Some("submit"),
        greek: Some("παράδοση"),
        takes: Takes::Nothing(|guide| Box::pin(guide.submit())),
        then: Then::Answer,
        help: message! {
            en: "in a class: hand in your answers, as often as you like",
            el: "σε τάξη: παράδωσε τις λύσεις σου, όσες φορές θέλεις",
        },
    },
    SlashCommand {
        name: Some("word"),
        greek: Some("όρος"),
        takes: Takes::Term(|guide, term| Box::pin(guide.request(Request::Word(term)))),
        then: Then::Answer,
        help: message! {
            en: "what a term means; alone, all terms there are",
            el: "τι σημαίνει ένας όρος· σκέτο, όλοι οι όροι που υπάρχουν",
        },
    },
    SlashCommand {
        name: Some("lang"),
        greek: Some("γλώσσα"),
        takes: Takes::Language(|guide, lang| Box::pin(guide.speak(lang))),
        then: Then::Answer,
        help: message! { en: "go on in English, or in Greek", el: "συνέχισε στα αγγλικά, ή στα ελληνικά" },
    },
    SlashCommand {
        name: Some("help"),
        greek: Some("βοήθεια"),
        takes: Takes::Nothing(|guide| Box::pin(guide.show(super::help()))),
        then: Then::Answer,
        help: message! { en: "this list", el: "αυτή η λίστα" },
    },
    SlashCommand {
        name: Some("quit"),
        greek: Some("έξοδος"),
        takes: Takes::Nothing(|guide| {
            guide.audience.leave();
            Box::pin(ready(Ok(())))
        }),
        then: Then::End,
        help: message! { en: "leave; your progress is kept", el: "κλείσε το μάθημα· η πρόοδός σου μένει" },
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        guide::slash_command::spellings,
        lesson::{Lang, TerminalName},
    };

    #[test]
    fn names_are_words_and_no_two_are_the_same() {
        let names: Vec<_> = COMMANDS.iter().filter_map(|command| command.name).collect();
        assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase())), "{names:?}");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
        assert_eq!(names.len() + 1, COMMANDS.len(), "one command is called after terminals");
    }

    #[test]
    fn each_has_a_line_of_help_in_each_language() {
        for command in COMMANDS {
            let help = (command.help)();
            let lines = Lang::ALL.map(|lang| help.speak(lang));
            assert!(lines.iter().all(|line| !line.is_empty() && !line.contains('\n')), "{lines:?}");
            assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), lines.len(), "{lines:?}");
        }
    }

    #[test]
    fn usages_leave_room_for_the_help_beside_them_on_narrow_terminals() {
        for usage in COMMANDS.iter().map(SlashCommand::usage) {
            for usage in Lang::ALL.map(|lang| usage.speak(lang)) {
                assert!(usage.chars().count() <= 24, "{usage}");
            }
        }
    }

    #[test]
    fn the_readme_tells_of_each_command_and_of_no_other() {
        let terminals =
            ["alex", "kate", "moebi", "shell"].map(|name| TerminalName::parse(name).expect("a name"));
        let all = spellings(&terminals);
        let rows = include_str!("../../../README.md").lines().filter(|line| line.starts_with("| `/"));
        let cells = rows.filter_map(|row| row.split('|').nth(1));
        let mut told = BTreeSet::new();
        let mut usage = String::new();
        for code in cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)) {
            let mut argument = Some(code);
            if let Some(line) = code.strip_prefix('/') {
                let word = line.split(' ').next().unwrap_or_default();
                let (_, command) = all.iter().find(|(name, _)| *name == word).expect(code);
                usage = command.usage().speak(Lang::En).to_owned();
                argument = line.split_once(' ').map(|(_, argument)| argument);
                told.insert(word);
            }
            assert!(
                argument.is_none_or(|argument| usage.contains(argument)),
                "{code} in the README, {usage} in /help"
            );
        }
        assert_eq!(told, all.iter().map(|(name, _)| *name).collect());
    }
}
