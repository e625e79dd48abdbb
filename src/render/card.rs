//! The header of a step: where one is, who is connected, what to do.

use crate::{
    i18n::Localized,
    session::{
        deed::Presence,
        notice::{Map, StepCard, StepMark, Welcome},
    },
};

use super::{
    diagram,
    feedback::Pen,
    markdown, messages,
    palette::{Palette, Tone},
    span::{self, Span},
    untrusted, width,
};

/// Prose wider than this is hard to read.
pub const MAX_COLUMNS: usize = 96;
const FEWEST_COLUMNS: usize = 24;

/// One column stands free on each side.
pub fn lines(card: &StepCard, map: &Map, class: Option<Presence>, pen: Pen) -> Vec<String> {
    let palette = pen.palette;
    let inside = measure(pen.columns);
    let mut lines = vec![String::new()];
    lines.extend(place(card, class, inside, pen));
    lines.extend(diagram::lines(map, Pen { columns: inside, ..pen }));
    lines.push(String::new());
    lines.extend(
        span::wrap(&[Span::new(Tone::Title, untrusted::quoted(&card.title))], inside)
            .iter()
            .map(|line| span::paint(line, palette)),
    );
    lines.push(String::new());
    lines.extend(markdown::lines(&card.text, inside, palette));
    lines.push(String::new());
    lines.extend(words(card, inside, pen));
    indent(lines, 1)
}

/// That these terms are met first, and how to learn more of them.
pub fn new_words(words: &[String], between: &str) -> Localized {
    match words {
        [word] => messages::new_word(&untrusted::quoted(word)),
        words => messages::new_words(&untrusted::quoted(&words.join(between))),
    }
}

fn words(card: &StepCard, columns: usize, pen: Pen) -> Vec<String> {
    if card.words.is_empty() {
        return Vec::new();
    }
    let told = new_words(&card.words, " · ");
    let spans = span::ticked(told.speak(pen.lang), Tone::Quiet, pen.palette);
    let lines = span::wrap(&spans, columns);
    lines.iter().map(|line| span::paint(line, pen.palette)).chain([String::new()]).collect()
}

/// What the lesson is about, and how long it takes.
pub fn welcome(welcome: &Welcome, pen: Pen) -> Vec<String> {
    let inside = measure(pen.columns);
    let mut lines = vec![
        String::new(),
        pen.palette.paint(Tone::Title, &untrusted::quoted(&welcome.title)),
        String::new(),
    ];
    lines.extend(markdown::lines(&welcome.summary, inside, pen.palette));
    lines.push(String::new());
    let length = messages::length(welcome.sections, welcome.minutes);
    let spans = span::ticked(length.speak(pen.lang), Tone::Quiet, pen.palette);
    lines.extend(span::wrap(&spans, inside).iter().map(|line| span::paint(line, pen.palette)));
    indent(lines, 1)
}

/// How wide prose may be on a terminal of `columns`.
pub fn measure(columns: usize) -> usize {
    columns.saturating_sub(2).clamp(FEWEST_COLUMNS, MAX_COLUMNS)
}

pub fn indent(lines: Vec<String>, by: usize) -> Vec<String> {
    let space = " ".repeat(by);
    lines.into_iter().map(|line| if line.is_empty() { line } else { format!("{space}{line}") }).collect()
}

/// Lesson and section on the left, the step on the right; under each other where that is too narrow.
fn place(card: &StepCard, class: Option<Presence>, columns: usize, pen: Pen) -> Vec<String> {
    let palette = pen.palette;
    let section = format!("{} {}", card.section_number, card.section_title);
    let section = untrusted::quoted(&section);
    let left = format!("{} › {section}", untrusted::quoted(&card.lesson_title));
    let step = messages::step_of(card.step_number, card.steps.len());
    let step = step.speak(pen.lang);
    let dots = dots(card, palette);
    let quiet = |text: &str| palette.paint(Tone::Quiet, text);
    let right =
        format!("{}{}  {dots}", class.map_or_else(String::new, |class| class_sign(class, pen)), quiet(step));
    if let Some(line) = width::apart(&quiet(&left), &right, columns) {
        return vec![line];
    }
    let left = if width::width(&left) <= columns { left } else { width::cut(&section, columns) };
    let right = if width::width(&right) <= columns { right } else { quiet(step) };
    vec![quiet(&left), right]
}

/// `class ●` where it is reached, `class ○` where it is not.
fn class_sign(class: Presence, pen: Pen) -> String {
    let (sign, tone) = match class {
        Presence::Here => ("●", Tone::Good),
        Presence::Away => ("○", Tone::Quiet),
    };
    let name = pen.palette.paint(Tone::Quiet, messages::class().speak(pen.lang));
    format!("{name} {}  ", pen.palette.paint(tone, sign))
}

/// `●` passed, `◌` skipped, `○` open; the present one is bold.
fn dots(card: &StepCard, palette: Palette) -> String {
    let dot = |(index, mark): (usize, &StepMark)| {
        let is_here = index + 1 == card.step_number;
        let (sign, tone) = match mark {
            StepMark::Passed => ("●", Tone::Good),
            StepMark::Skipped => ("◌", Tone::Quiet),
            StepMark::Open if is_here => ("○", Tone::Strong),
            StepMark::Open => ("○", Tone::Quiet),
        };
        palette.paint(tone, sign)
    };
    card.steps.iter().enumerate().map(dot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Lang, Nonce, embedded, load};
    use crate::view::map::tests::map;

    fn pen(columns: usize, lang: Lang) -> Pen {
        Pen { columns, palette: Palette::MONOCHROME, lang }
    }

    fn card(title: &str, text: &str) -> StepCard {
        let mut steps = vec![StepMark::Passed; 3];
        steps.extend([StepMark::Open; 6]);
        StepCard {
            lesson_title: "Distribution in OTP".into(),
            section_number: 2,
            section_title: "Code on another node".into(),
            step_number: 4,
            steps,
            title: title.into(),
            text: text.into(),
            words: Vec::new(),
        }
    }

    fn drawn(columns: usize) -> String {
        let text = "kate knows how to say her name; alex has never heard of that module. Start a process on kate from here.\n\n    Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)";
        let card = card("Let alex ask kate", text);
        let map = map(&["alex", "kate"], &[("alex", "kate")]);
        lines(&card, &map, None, pen(columns, Lang::En)).join("\n")
    }

    #[test]
    fn a_class_has_a_sign_that_says_whether_it_is_there() {
        let place = |class, lang| place(&card("", ""), Some(class), 96, pen(96, lang)).join("\n");
        assert!(place(Presence::Here, Lang::En).ends_with("class ●  step 4 of 9  ●●●○○○○○○"));
        assert!(place(Presence::Away, Lang::El).contains("τάξη ○  βήμα 4 από 9"));
    }

    #[test]
    fn one_new_word_is_told_as_one() {
        let told = |words: &[&str], lang| {
            let words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
            new_words(&words, " · ").speak(lang).to_owned()
        };
        assert_eq!(
            told(&["cookie"], Lang::El),
            "Νέος όρος: cookie. Με `/word cookie` μαθαίνεις περισσότερα."
        );
        assert_eq!(told(&["cookie"], Lang::En), "New here: cookie. `/word cookie` says more.");
        assert!(told(&["pid", "node"], Lang::El).starts_with("Νέοι όροι: pid · node. Με `/word` και έναν"));
    }

    /// How much there may be to read before something is to be done, on a terminal of 80 columns.
    const MAX_LINES: usize = 20;

    #[test]
    fn no_step_of_the_lesson_is_longer_to_read_than_a_screen() {
        let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
        let mut long = Vec::new();
        for (lang, prose) in &lesson.prose {
            for (step, prose) in prose.sections.values().flat_map(|section| &section.steps) {
                let lines = markdown::lines(&prose.text, measure(80), Palette::MONOCHROME).len();
                long.extend((lines > MAX_LINES).then(|| format!("{step} in {lang:?}: {lines} lines")));
            }
        }
        assert!(long.is_empty(), "{long:#?}");
    }

    #[test]
    fn as_the_design_draws_it() {
        assert_eq!(
            drawn(94),
            "
 Distribution in OTP › 2 Code on another node                          step 4 of 9  ●●●○○○○○○
 alex ●───● kate

 Let alex ask kate

 kate knows how to say her name; alex has never heard of that module. Start a process on kate
 from here.

     Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)
"
        );
    }

    #[test]
    fn narrow() {
        assert_eq!(
            drawn(60),
            "
 Distribution in OTP › 2 Code on another node
 step 4 of 9  ●●●○○○○○○
 alex ●───● kate

 Let alex ask kate

 kate knows how to say her name; alex has never heard of
 that module. Start a process on kate from here.

     Node.spawn_link(:kate@localhost, fn ->
         Kate.say_name() end)
"
        );
        assert_eq!(
            drawn(40),
            "
 2 Code on another node
 step 4 of 9  ●●●○○○○○○
 alex ●───● kate

 Let alex ask kate

 kate knows how to say her name; alex
 has never heard of that module. Start
 a process on kate from here.

     Node.spawn_link(:kate@localhost,
         fn -> Kate.say_name() end)
"
        );
    }

    #[test]
    fn greek() {
        let card = StepCard {
            lesson_title: "Κατανομή στο OTP".into(),
            section_title: "Κώδικας σε άλλον κόμβο".into(),
            ..card(
                "Ο alex ρωτά την kate",
                "Η kate ξέρει να πει το όνομά της· ο alex δεν έχει ακούσει ποτέ αυτή την ενότητα (module).",
            )
        };
        let drawn = lines(&card, &map(&["alex"], &[]), None, pen(80, Lang::El)).join("\n");
        assert_eq!(
            drawn,
            "
 Κατανομή στο OTP › 2 Κώδικας σε άλλον κόμβο            βήμα 4 από 9  ●●●○○○○○○
 alex ●

 Ο alex ρωτά την kate

 Η kate ξέρει να πει το όνομά της· ο alex δεν έχει ακούσει ποτέ αυτή την
 ενότητα (module).
"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for columns in [40, 60, 80, 100] {
            for line in drawn(columns).lines() {
                assert!(width::width(line) <= columns, "{columns}: {line}");
            }
        }
    }
}
