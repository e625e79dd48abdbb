//! A learner at the real program, in a terminal: types, and sees what there is to see.
//!
//! What is expected is looked for from the row on below which something was typed last, whatever the width: line
//! breaks and indents count as one space. Texts come from the lesson, and stand as the program itself draws them.

use std::{process::Command, sync::Arc};

use moebi::{
    lesson::{Advice, Condition, Input, Lang, Lesson, MistakeId, Question, QuestionProse, StepProse, Task},
    render::{Palette, messages, notice_lines},
    session::notice::{Notice, PredictionRemark, QuestionCard},
    shell,
};
use rustix::process::Signal;

use crate::support::{
    home::Home,
    lesson::lesson,
    pty::{Look, Pty},
};

impl Home {
    /// Opens the lesson in a terminal of that size.
    pub fn opens(&self, columns: u16, rows: u16, arguments: &[&str]) -> PtyLearner {
        self.opens_pty(columns, rows, &self.command(arguments))
    }

    /// As `opens`, by a command of one's own.
    pub fn opens_pty(&self, columns: u16, rows: u16, command: &Command) -> PtyLearner {
        let is_greek = command.get_args().any(|argument| argument == "el");
        PtyLearner {
            pty: Pty::open(columns, rows, command),
            home: self.clone(),
            lesson: lesson(),
            lang: if is_greek { Lang::El } else { Lang::En },
            step: String::new(),
            from: 0,
            step_from: 0,
        }
    }
}

pub struct PtyLearner {
    pty: Pty,
    home: Home,
    lesson: Arc<Lesson>,
    lang: Lang,
    /// The step whose texts are meant.
    step: String,
    /// The first row that counts.
    from: usize,
    /// The row where the step began: a tick comes once a step.
    step_from: usize,
}

/// What is typed at a prompt, and what is seen.
impl PtyLearner {
    pub fn new(columns: u16, rows: u16) -> Self {
        Home::new().opens(columns, rows, &[])
    }

    pub fn home(&self) -> Home {
        self.home.clone()
    }

    /// As `Pty::wait_for`; what is taller than the screen is read page by page.
    #[track_caller]
    fn waits_for(&self, what: &str, mut is_so: impl FnMut(&mut Look<'_>) -> bool) {
        let note = flat(shell::messages::more_follows().speak(self.lang));
        let mut turned = None;
        self.pty.wait_for(what, |look| {
            let row = look.row();
            if turned != Some(row) && flat(&look.screen()).ends_with(&note) {
                turned = Some(row);
                self.pty.types(" ");
            }
            is_so(look)
        });
    }

    /// Waits for a prompt that begins so, with nothing typed at it; the prompt's number is left out.
    #[track_caller]
    pub fn at(self, prompt: &str) -> Self {
        let from = self.from;
        self.waits_for(&format!("at the prompt {prompt:?}"), |look| {
            look.row() >= from && is_prompt(&look.before_cursor(), prompt)
        });
        self
    }

    /// Types a line, or pastes several, and presses Enter once all of it is on the screen.
    #[track_caller]
    pub fn types(self, text: &str) -> Self {
        if text.contains('\n') {
            self.pty.pastes(text);
        } else {
            self.pty.types(text);
        }
        let last = text.lines().next_back().unwrap_or_default();
        self.waits_for(&format!("was {last:?} on the screen"), |look| look.before_cursor().ends_with(last));
        self.presses_enter()
    }

    #[track_caller]
    pub fn presses_enter(mut self) -> Self {
        self.from = self.pty.row() + 1;
        self.pty.types("\r");
        self
    }

    /// Types keys, and nothing else happens.
    pub fn keys(self, keys: &str) -> Self {
        self.pty.types(keys);
        self
    }

    /// Types a line that is not whole: the next one goes on with it.
    #[track_caller]
    pub fn begins(self, text: &str) -> Self {
        let learner = self.types(text);
        learner.waits_for("was there room for the rest", |look| {
            look.before_cursor().trim_start().starts_with("...")
        });
        learner
    }

    /// What stands between the prompt and the cursor.
    #[track_caller]
    pub fn has_typed(self, text: &str) -> Self {
        self.waits_for(&format!("was {text:?} before the cursor"), |look| {
            look.before_cursor().split_once(['>', '$']).is_some_and(|(_, typed)| typed.trim_start() == text)
        });
        self
    }

    #[track_caller]
    pub fn sees(self, text: &str) -> Self {
        let from = self.from;
        self.sees_from(from, text)
    }

    #[track_caller]
    fn sees_from(self, from: usize, text: &str) -> Self {
        let wanted = flat(text);
        self.waits_for(&format!("saw {wanted:?}"), |look| flat(&look.text_from(from)).contains(&wanted));
        self
    }

    /// Wherever it stands on the screen.
    #[track_caller]
    pub fn sees_on_screen(self, text: &str) -> Self {
        let wanted = flat(text);
        self.waits_for(&format!("saw {wanted:?}"), |look| flat(&look.screen()).contains(&wanted));
        self
    }

    /// Sees it somewhere in this step, above what is being typed perhaps.
    #[track_caller]
    pub fn sees_in_step(self, text: &str) -> Self {
        let from = self.step_from;
        self.sees_from(from, text)
    }

    /// Has not seen it since something was typed last.
    #[track_caller]
    pub fn sees_no(self, text: &str) -> Self {
        let seen = self.pty.text_from(self.from);
        assert!(!flat(&seen).contains(&flat(text)), "saw {text:?}:\n{seen}");
        self
    }

    /// Sees a line of output, and which other node's process printed it.
    #[track_caller]
    pub fn sees_from_node(self, text: &str, node: &str) -> Self {
        let origin = messages::from(node);
        let line = format!("{text} {}", origin.speak(self.lang));
        self.sees(&line)
    }

    /// As `sees_no`, of anything that a process on that node printed.
    #[track_caller]
    pub fn sees_no_origin(self, node: &str) -> Self {
        let origin = messages::from(node);
        let lang = self.lang;
        self.sees_no(origin.speak(lang))
    }

    /// What is there from now on counts, whatever is typed.
    pub fn looks_afresh(mut self) -> Self {
        self.from = self.pty.row();
        self
    }

    pub fn settles(self) -> Self {
        self.pty.settles();
        self
    }

    pub fn pty(&self) -> &Pty {
        &self.pty
    }

    /// Goes to a terminal, whose prompt is then this.
    #[track_caller]
    pub fn goes_to(self, terminal: &str, prompt: &str) -> Self {
        self.types(&format!("/{terminal}")).at(prompt)
    }
}

/// What the lesson says.
impl PtyLearner {
    /// A step begins, and its dots are these.
    #[track_caller]
    pub fn reads(mut self, step: &str, dots: &str) -> Self {
        step.clone_into(&mut self.step);
        self.step_from = self.from;
        let (section, _) = self.lesson.step(step).expect("a step of the lesson");
        let number = section.steps.iter().position(|other| other.id.as_str() == step).expect("its own step");
        let step = messages::step_of(number + 1, section.steps.len());
        let header = format!("{} {dots}", step.speak(self.lang));
        let prose = self.prose();
        let (title, text) = (prose.title.clone(), self.plain(&prose.text));
        self.sees(&header).sees(&title).sees(&text)
    }

    /// As `reads`, whatever the dots.
    #[track_caller]
    pub fn reads_anew(self, step: &str) -> Self {
        self.reads(step, "")
    }

    #[track_caller]
    pub fn ticks(self) -> Self {
        let Task::Do { check, .. } = &self.lesson.step(&self.step).expect("the step").1.task else {
            return self;
        };
        // What an earlier step brought about, and may hold from the start, is no news.
        let is_news = |condition: &Condition| !condition.is_guard() && !self.held_before(condition);
        let mut conditions = check.conditions.iter();
        let mut news = Vec::new();
        for goal in &check.goals {
            let own: Vec<_> = conditions.by_ref().take(goal.conditions).collect();
            if own.into_iter().any(is_news) {
                news.push(self.plain(&self.prose().goals[&goal.id].holds));
            }
        }
        let ticks: Vec<_> = news.iter().map(|words| format!("✔ {words}")).collect();
        let from = self.step_from;
        ticks.iter().fold(self, |learner, tick| learner.sees_from(from, tick))
    }

    /// Whether an earlier step of the section asks for the same state of things.
    fn held_before(&self, condition: &Condition) -> bool {
        let (section, _) = self.lesson.step(&self.step).expect("the step");
        let earlier = section.steps.iter().take_while(|step| step.id.as_str() != self.step);
        let conditions = earlier.flat_map(|step| match &step.task {
            Task::Do { check, .. } => check.conditions.as_slice(),
            Task::Ask(_) | Task::AskMissed => &[],
        });
        let states: Vec<_> =
            conditions.filter(|earlier| earlier.is_state()).map(|earlier| earlier.achieved()).collect();
        condition.is_state() && states.contains(&condition.achieved())
    }

    /// The step is done: its ticks, and its closing words.
    #[track_caller]
    pub fn passes(self) -> Self {
        self.passed_with(None)
    }

    /// What comes now is said in the words of that step.
    pub fn about(mut self, step: &str) -> Self {
        step.clone_into(&mut self.step);
        self
    }

    /// The step is done. What held before anything was typed has a tick only for those who type at once.
    #[track_caller]
    pub fn finishes(self) -> Self {
        let after = self.prose().after.clone();
        self.sees_notice(&Notice::Passed { after, prediction: None })
    }

    /// As `passes`, with the prediction set beside the evidence.
    #[track_caller]
    pub fn passes_after_predicting(self, choice: &str) -> Self {
        let (_, step) = self.lesson.step(&self.step).expect("the step");
        let right = step.predict.as_ref().expect("a step with a prediction").correct.as_str() == choice;
        let prose = &self.prose().predict.as_ref().expect("words for it").choices[choice];
        let remark = PredictionRemark { right, chosen: prose.text.clone(), why: prose.why.clone() };
        self.passed_with(Some(remark))
    }

    #[track_caller]
    fn passed_with(self, prediction: Option<PredictionRemark>) -> Self {
        let after = self.prose().after.clone();
        self.ticks().sees_notice(&Notice::Passed { after, prediction })
    }

    /// The wrong turn is explained in the lesson's words.
    #[track_caller]
    pub fn reads_advice(self, mistake: &str) -> Self {
        let anywhere = || self.lesson.prose(self.lang).mistakes.get(mistake);
        let advice: Advice =
            self.prose().mistakes.get(mistake).or_else(anywhere).expect("a known mistake").clone();
        let id = MistakeId::parse(mistake).expect("a name");
        self.sees_notice(&Notice::Mistake { id, advice })
    }

    #[track_caller]
    pub fn reads_question(self) -> Self {
        let (_, step) = self.lesson.step(&self.step).expect("the step");
        let card = match (&step.task, &step.predict) {
            (Task::Ask(question), _) => card(question, self.prose().ask.as_ref(), false),
            (Task::Do { .. } | Task::AskMissed, question) => {
                card(question.as_ref().expect("a question"), self.prose().predict.as_ref(), true)
            }
        };
        // Closing questions have their choices in any order.
        let text = |markdown: &str| self.plain(markdown);
        let texts: Vec<_> = std::iter::once(&card.ask)
            .chain(card.choices.iter().map(|(_, choice)| choice))
            .map(|markdown| text(markdown))
            .collect();
        texts.iter().fold(self, |learner, text| learner.sees(text)).at("?")
    }

    /// Answers a question by its choice's id, whatever its number.
    #[track_caller]
    pub fn chooses(self, choice: &str) -> Self {
        self.types(choice)
    }

    /// What a closing question's choice is answered with.
    #[track_caller]
    pub fn reads_judgement(self, choice: &str) -> Self {
        let (_, step) = self.lesson.step(&self.step).expect("the step");
        let Task::Ask(question) = &step.task else { panic!("{} asks nothing", self.step) };
        let right = question.correct.as_str() == choice;
        let prose = &self.prose().ask.as_ref().expect("words for it").choices[choice];
        let (chosen, why) = (prose.text.clone(), prose.why.clone());
        self.sees_notice(&Notice::Judged { right, chosen, why })
    }

    #[track_caller]
    pub fn sees_hint(self, number: usize) -> Self {
        let hints = &self.prose().hints;
        let (of, text) = (hints.len(), hints[number - 1].clone());
        self.sees_notice(&Notice::Hint { number, of, text })
    }

    #[track_caller]
    pub fn sees_answer(self) -> Self {
        let answer = self.lesson.step(&self.step).expect("the step").1.answer();
        self.sees_notice(&Notice::Answer(answer))
    }

    #[track_caller]
    pub fn sees_notice(self, notice: &Notice) -> Self {
        let text = notice_lines(notice, WIDE, Palette::MONOCHROME, self.lang).join("\n");
        self.sees(&text)
    }

    pub fn prose(&self) -> &StepProse {
        let (section, step) = self.lesson.step(&self.step).expect("a step of the lesson");
        &self.lesson.prose(self.lang).sections[&section.id].steps[&step.id]
    }

    pub fn lesson(&self) -> Arc<Lesson> {
        Arc::clone(&self.lesson)
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    fn plain(&self, markdown: &str) -> String {
        moebi::render::markdown::lines(markdown, WIDE, Palette::MONOCHROME).join("\n")
    }
}

/// The end.
impl PtyLearner {
    /// Leaves by `/quit`.
    #[track_caller]
    pub fn leaves(self) -> Home {
        self.types("/quit").has_left()
    }

    /// Moebi has ended well by itself: the terminal is as it was, and nothing is left.
    #[track_caller]
    pub fn has_left(self) -> Home {
        let ended = self.pty.ends();
        assert!(ended.success(), "{ended:?}:\n{}", self.pty.text_from(self.from));
        self.is_given_back();
        self.home.is_deserted();
        self.home
    }

    /// Moebi has ended by itself, while another one is open in the same home.
    #[track_caller]
    pub fn ends(self) {
        assert!(self.pty.ends().success());
        self.is_given_back();
    }

    /// Likewise: the screen as it stands then.
    #[track_caller]
    pub fn ends_showing(self) -> String {
        assert!(self.pty.ends().success(), "{}", self.pty.screen());
        self.is_given_back();
        self.pty.screen()
    }

    #[track_caller]
    pub fn is_given_back(&self) {
        assert!(self.pty.is_cooked(), "the terminal is still raw:\n{}", self.pty.text_from(self.from));
        self.pty.is_sober();
    }

    #[track_caller]
    pub fn gets_killed(self) -> Home {
        self.pty.signals(Signal::KILL);
        self.pty.ends();
        self.home.is_deserted();
        self.home
    }

    /// The window is closed.
    #[track_caller]
    pub fn hangs_up(mut self) -> Home {
        self.pty.hangs_up();
        self.pty.ends();
        self.home.is_deserted();
        self.home
    }
}

/// So wide that nothing is wrapped.
const WIDE: usize = 100_000;

fn card(question: &Question, prose: Option<&QuestionProse>, is_prediction: bool) -> QuestionCard {
    let prose = prose.expect("words for the question");
    let choices = question.choices.iter().map(|choice| (choice.clone(), prose.choices[choice].text.clone()));
    QuestionCard { ask: prose.ask.clone(), choices: choices.collect(), is_prediction }
}

/// Every stretch of white space as one space; marks of code are left out, as a screen draws code without them.
fn flat(text: &str) -> String {
    text.replace('`', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_prompt(line: &str, prompt: &str) -> bool {
    let rest = line.trim().strip_prefix(prompt);
    rest.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == ')' || c == '>'))
}

/// The inputs of a model answer that are typed, each with its terminal.
pub fn typed(answer: &[Input]) -> impl Iterator<Item = (&str, &str)> {
    answer.iter().filter_map(|input| match input {
        Input::Type { terminal, text } => Some((terminal.as_str(), text.trim_end())),
        Input::Write { .. } | Input::Edit { .. } | Input::Choose(_) | Input::Close(_) | Input::Fault(_) => {
            None
        }
    })
}
