//! What a student gets back: `feedback/NAME.md`, and the same for a browser, `feedback/NAME.html`.

pub mod archive;
mod html;

use std::collections::BTreeMap;

use crate::{
    check::{excerpt, messages as check_messages, outcome::StepOutcome},
    grade::results::{LessonInfo, Results, SectionInfo, State, Submission},
    i18n::Lang,
    lesson::Verdict,
    render::untrusted,
};

use super::{
    NumberedStep, Outcomes, counted, file_name, markdown, messages, outcome, outcomes, places, prose, tally,
};

/// Of one timeline, in characters.
const MAX_TIMELINE: usize = 12_000;

/// A file name and a page for each submission, in their order. No two names are the same file anywhere.
///
/// `names` are those of the whole class: who is graded meanwhile changes nobody's file.
pub fn files(results: &Results, names: &[&str]) -> Vec<(String, String)> {
    let stems = stems(names);
    let named = |submission: &Submission| {
        let stem = stems.get(submission.name.as_str())?;
        Some(pages(results, submission).map(|(ending, page)| (format!("{stem}.{ending}"), page)))
    };
    results.submissions.iter().filter_map(named).flatten().collect()
}

fn stems<'n>(names: &[&'n str]) -> BTreeMap<&'n str, String> {
    names.iter().copied().zip(file_name::stems(names.iter().copied())).collect()
}

/// Both pages of one submission, with the endings of their files.
fn pages(results: &Results, submission: &Submission) -> [(&'static str, String); 2] {
    [("html", html::page(results, submission)), ("md", page(results, submission))]
}

/// One submission's page in Markdown.
fn page(results: &Results, submission: &Submission) -> String {
    let lang = super::lang(results);
    let title = &results.lesson.title;
    let mut text = format!("# {}\n\n", markdown::plain(title));
    let called = markdown::code(&submission.called());
    let learners: Vec<_> = submission.learners.iter().map(|name| markdown::code(name)).collect();
    let beside = if learners.is_empty() { String::new() } else { format!(" ({})", learners.join(", ")) };
    say(&mut text, messages::feedback_for(&(called + &beside)).speak(lang));
    match &submission.state {
        State::Graded => graded(&mut text, results, submission, lang),
        State::Unreadable(why) => ungraded(&mut text, messages::cannot_be_read().speak(lang), why),
        State::CouldNotRun(why) => ungraded(&mut text, messages::not_your_fault().speak(lang), why),
    }
    text.trim_end().to_owned() + "\n"
}

fn say(text: &mut String, paragraph: &str) {
    text.push_str(paragraph);
    text.push_str("\n\n");
}

fn ungraded(text: &mut String, what: &str, why: &str) {
    say(text, what);
    say(text, &markdown::fence(why));
}

fn graded(text: &mut String, results: &Results, submission: &Submission, lang: Lang) {
    let counts = tally::verdicts(submission);
    let told = messages::told_counts(counts, lang);
    say(text, &format!("**{}.** {told}.", messages::points_of(submission.points, submission.of, lang)));
    if !submission.unread.is_empty() {
        say(text, messages::of_no_step().speak(lang));
        say(text, &markdown::fence(&submission.unread.join("\n")));
    }
    let outcomes = outcomes(submission);
    let places = places(&results.lesson);
    for section in &results.lesson.sections {
        let within: Vec<_> =
            places.iter().copied().filter(|place| std::ptr::eq(place.section, section)).collect();
        self::section(text, &results.lesson, section, &within, &outcomes, lang);
    }
    if submission.steps.iter().any(|step| !step.timeline.is_empty()) {
        text.push_str("---\n\n");
        say(text, messages::signs_in_timelines().speak(lang));
    }
}

fn section(
    text: &mut String,
    lesson: &LessonInfo,
    section: &SectionInfo,
    places: &[NumberedStep<'_>],
    outcomes: &Outcomes<'_>,
    lang: Lang,
) {
    let steps: Vec<_> =
        places.iter().filter_map(|place| Some((*place, outcome(outcomes, *place)?))).collect();
    let Some((first, _)) = steps.first() else { return };
    let sum = |what: fn(&StepOutcome) -> f64| steps.iter().map(|(_, step)| what(step)).sum();
    let points = messages::points_of(sum(|step| step.points), sum(|step| step.of), lang);
    let title = markdown::plain(&section.title);
    say(text, &format!("## {} {title} ({points})", counted(section.number, first.section_number)));
    for (place, step) in &steps {
        text.push_str(&line(*place, step, lang));
    }
    text.push('\n');
    for (place, step) in &steps {
        if has_more(step) {
            detail(text, lesson, *place, step, lang);
        }
    }
}

fn mark(verdict: Verdict) -> char {
    match verdict {
        Verdict::Passed => '✓',
        Verdict::Failed => '✗',
        Verdict::TimedOut => '◷',
        Verdict::Skipped => '–',
        Verdict::Unanswered => '·',
        Verdict::CouldNotRun => '!',
    }
}

fn line(place: NumberedStep<'_>, step: &StepOutcome, lang: Lang) -> String {
    let mark = mark(step.verdict);
    let verdict = step.verdict.told();
    let points = messages::points_of(step.points, step.of, lang);
    let mut line = format!(
        "- {mark} {} {}: {} ({points})",
        place.number(),
        markdown::plain(&place.step.title),
        verdict.speak(lang)
    );
    if let Some(record) = step.record {
        line.push_str(". ");
        line.push_str(&messages::told_record(record, lang));
    }
    line.push('\n');
    line
}

fn has_more(step: &StepOutcome) -> bool {
    step.verdict != Verdict::Passed
        && (step.expected.is_some() || step.seen.is_some() || !step.timeline.is_empty())
}

/// The title of the step of that id, with its number.
fn step_before(lesson: &LessonInfo, id: &str) -> String {
    let places = places(lesson);
    let found = places.iter().find(|place| place.step.id == id);
    found.map_or_else(|| id.to_owned(), |place| format!("{} {}", place.number(), place.step.title))
}

fn detail(text: &mut String, lesson: &LessonInfo, place: NumberedStep<'_>, step: &StepOutcome, lang: Lang) {
    let mark = mark(step.verdict);
    say(text, &format!("### {mark} {} {}", place.number(), markdown::plain(&place.step.title)));
    if let Some(before) = &step.after {
        say(text, messages::brought_here(&markdown::plain(&step_before(lesson, before))).speak(lang));
    }
    let beside = beside(step, lang);
    if !beside.is_empty() {
        say(text, &markdown::fence(&beside));
    }
    if let Some(hint) = &step.hint {
        say(text, &markdown::prose(messages::before_hint(step).speak(lang), &prose::markdown(hint)));
    }
    if !step.timeline.is_empty() {
        say(text, messages::what_happened().speak(lang));
        say(text, &markdown::fence(&excerpt::plain(&step.timeline, MAX_TIMELINE, lang)));
    }
}

/// Expected and seen, their lines one under the other.
fn beside(step: &StepOutcome, lang: Lang) -> String {
    let labels = [check_messages::expected(), check_messages::seen()];
    let columns = labels.iter().map(|label| label.speak(lang).chars().count()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for (label, said) in labels.iter().zip([&step.expected, &step.seen]) {
        let said = said.as_deref().map(untrusted::quoted).unwrap_or_default();
        for (number, line) in said.lines().enumerate() {
            let label = if number == 0 { label.speak(lang) } else { "" };
            lines.push(format!("{label:<columns$}  {line}"));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;
    use crate::grade::pages::sample;

    #[test]
    fn a_page_says_what_fell_short_and_what_to_try() {
        let class = sample::small();
        let expected = r#"# Distribution in OTP

Feedback for `anna` (`Άννα`, `Bob`)

**1 of 3 points.** 1 passed, 1 failed.

## 1 Code on another node (1 of 3 points)

- ✓ 1.1 A module on kate: passed (1 of 1 point). 2 tries, 1 hint, the model answer was shown
- ✗ 1.2 Let alex ask kate: failed (0 of 2 points)

### ✗ 1.2 Let alex ask kate

```text
expected  `Hi` in alex
seen      nothing like it
```

**What to try:** Start it with `Node.spawn_link/2`, **once**\.

What happened, in seconds, on all terminals:

```text
   0.00 alex   iex> IO.puts("Hi")
   0.03 alex   Hi  ‹ kate@localhost ›
```

---

In a timeline, `>` was typed, `=` is a value, `!` an error, `~` a log, `*` tells of nodes, `→` is a message between nodes, `#` a remark of Moebi's, and what has no sign was printed.
"#;
        assert_eq!(page(&class, &class.submissions[0]), expected);
        assert!(page(&class, &class.submissions[3]).ends_with("```text\nzed.yaml:1:1: no YAML\n```\n"));
    }

    proptest! {
        #[test]
        fn nothing_a_student_wrote_is_markup(name in sample::NASTY, text in sample::NASTY) {
            let class = sample::class_with(&name, &text);
            let names: Vec<_> = class.submissions.iter().map(|one| one.name.as_str()).collect();
            for (file, page) in files(&class, &names).into_iter().filter(|(file, _)| file.ends_with(".md")) {
                prop_assert!(!file.contains(['/', '\n']) && !file.contains(".."));
                let wrong = page.chars().find(|&c| c != '\n' && c.is_control());
                prop_assert_eq!(wrong, None);
                let mut headings = 0;
                for event in Parser::new_ext(&page, Options::all()) {
                    match event {
                        Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Table(_) | Tag::HtmlBlock)
                        | Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {
                            prop_assert!(false, "{event:?} in\n{page}");
                        }
                        Event::Start(Tag::Heading { .. }) => headings += 1,
                        _ => {}
                    }
                }
                prop_assert!([1, 3].contains(&headings), "{page}");
            }
        }
    }
}
