//! A learner at the guide, without a screen: types into real nodes and is told what a learner is told.

use std::sync::Arc;

use moebi::{
    cluster::{Cluster, Settings},
    guide::{
        Audience, Guide,
        command::Command,
        slash_command::{self, Spelling},
        store::Store,
    },
    lesson::{Lang, Lesson, Prompt},
    render::untrusted,
    session::{
        Session,
        notice::{Explanation, Notice, PromptLine},
        progress::Progress,
    },
    view::{
        Trace,
        trace::{End, Event},
    },
};
use tokio::{
    runtime::Runtime,
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, timeout_at},
};

use crate::support::{
    PATIENCE,
    lesson::{lesson, settings, terminal},
};

pub struct GuideLearner {
    threads: Option<Runtime>,
    notices: mpsc::Receiver<Notice>,
    commands: mpsc::Sender<Command>,
    guide: JoinHandle<()>,
    /// Everything told so far, a line each.
    transcript: Vec<String>,
    /// How much of the transcript earlier expectations have used up.
    pub seen: usize,
    /// How much of it there was when the learner last did something.
    pub before: usize,
    state: tempfile::TempDir,
    pub workspace: tempfile::TempDir,
}

impl GuideLearner {
    pub fn new() -> Self {
        Self::of(lesson())
    }

    /// Of another lesson, with the same terminals.
    pub fn of(lesson: Arc<Lesson>) -> Self {
        Self::begin(lesson, tempfile::tempdir().expect("a temporary folder"), Lang::En)
    }

    pub fn greek() -> Self {
        Self::resuming(tempfile::tempdir().expect("a temporary folder"), Lang::El)
    }

    /// Goes on with the progress in that folder.
    pub fn resuming(state: tempfile::TempDir, lang: Lang) -> Self {
        Self::begin(lesson(), state, lang)
    }

    fn begin(lesson: Arc<Lesson>, state: tempfile::TempDir, lang: Lang) -> Self {
        let threads = Runtime::new().expect("threads");
        let workspace = tempfile::tempdir().expect("a temporary folder");
        let (told, notices) = mpsc::channel(1024);
        let (commands, heard) = mpsc::channel(64);
        let store = Store::open(state.path(), lesson.id.as_str()).expect("a store");
        let (progress, _) = store.load().expect("progress");
        let settings = settings(workspace.path().to_owned());
        let guide = threads.spawn(teach(settings, lesson, store, progress, lang, Audience::new(told, heard)));
        let (transcript, seen, before) = (Vec::new(), 0, 0);
        let mut learner = Self {
            threads: Some(threads),
            notices,
            commands,
            guide,
            transcript,
            seen,
            before,
            state,
            workspace,
        };
        learner.waits_for("step");
        learner.is_asked();
        learner
    }

    /// Goes to a step by way of a replay.
    #[track_caller]
    pub fn at(mut self, step: &str) -> Self {
        self = self.asks(&format!("/goto {step}"));
        self.waits_for("step");
        self.is_asked();
        self
    }

    /// Types a whole input into a terminal, and waits until it asks for the next.
    #[track_caller]
    pub fn types(mut self, on: &str, text: &str) -> Self {
        self.tells(Command::Focus(terminal(on)));
        self.is_asked();
        self.tells(Command::Line(text.to_owned()));
        self.waits_for("busy");
        self.is_asked();
        self
    }

    #[track_caller]
    pub fn presses_enter(mut self) -> Self {
        self.tells(Command::Enter);
        self.waits_for("step");
        self.is_asked();
        self
    }

    #[track_caller]
    pub fn interrupts(mut self) -> Self {
        self.tells(Command::Interrupt);
        self.waits_for("say Interrupted");
        self.is_asked();
        self
    }

    /// Types into the terminal in focus without waiting for anything.
    #[track_caller]
    pub fn hurries(mut self, text: &str) -> Self {
        self.tells(Command::Line(text.to_owned()));
        self
    }

    /// Types without waiting for the terminal to come back.
    #[track_caller]
    pub fn starts(mut self, on: &str, text: &str) -> Self {
        self.tells(Command::Focus(terminal(on)));
        self.is_asked();
        self.tells(Command::Line(text.to_owned()));
        self.waits_for("busy");
        self
    }

    /// Types a command of Moebi's.
    #[track_caller]
    pub fn asks(mut self, line: &str) -> Self {
        let call =
            slash_command::read(line, &[], Spelling::Exact).expect("what it takes").expect("a command");
        self.tells(Command::Slash(call));
        self
    }

    #[track_caller]
    pub fn chooses(mut self, choice: &str) -> Self {
        self.tells(Command::Choose(choice.to_owned()));
        self
    }

    /// Waits until a line that holds this has been told since the learner last did something.
    #[track_caller]
    pub fn sees(mut self, text: &str) -> Self {
        let seen = std::mem::replace(&mut self.seen, self.before);
        self.waits_for(text);
        self.seen = self.seen.max(seen);
        self
    }

    #[track_caller]
    pub fn passes(self) -> Self {
        self.sees("passed")
    }

    /// A variable that every process in the learner's workspace has in its environment.
    pub fn mark(&self) -> String {
        format!("PWD={}", self.workspace.path().display())
    }

    /// Everything told so far.
    pub fn transcript(&self) -> String {
        self.transcript.join("\n")
    }

    /// Leaves; every node is gone afterwards. Gives the folder with the progress.
    pub fn leaves(mut self) -> tempfile::TempDir {
        let threads = self.threads.take().expect("a learner leaves once");
        threads.block_on(async {
            let _ = self.commands.send(Command::Quit).await;
            let until = Instant::now() + PATIENCE;
            while let Ok(Some(_)) = timeout_at(until, self.notices.recv()).await {}
            timeout_at(until, &mut self.guide).await.expect("the guide ends").expect("the guide ends well");
        });
        threads.shutdown_timeout(PATIENCE);
        self.state
    }

    #[track_caller]
    fn tells(&mut self, command: Command) {
        self.before = self.transcript.len();
        let threads = self.threads.as_ref().expect("a learner who has not left");
        threads.block_on(self.commands.send(command)).expect("the guide listens");
    }

    #[track_caller]
    fn is_asked(&mut self) {
        self.waits_for("prompt ");
    }

    #[track_caller]
    fn waits_for(&mut self, text: &str) {
        let until = Instant::now() + PATIENCE;
        loop {
            while self.seen < self.transcript.len() {
                self.seen += 1;
                if self.transcript[self.seen - 1].contains(text) {
                    return;
                }
            }
            let threads = self.threads.as_ref().expect("a learner who has not left");
            let notice = threads.block_on(async { timeout_at(until, self.notices.recv()).await });
            match notice {
                Ok(Some(notice)) => self.transcript.push(line(&notice)),
                Ok(None) => panic!("the guide has gone; `{text}` was not told:\n{}", self.transcript()),
                Err(_) => panic!("`{text}` was not told:\n{}", self.transcript()),
            }
        }
    }
}

async fn teach(
    settings: Settings,
    lesson: Arc<Lesson>,
    store: Store,
    progress: Progress,
    lang: Lang,
    audience: Audience,
) {
    let cluster = Cluster::new(settings).await.expect("a cluster");
    let mut guide = Guide::for_learner(
        Session::new(lesson.clone(), lang, progress),
        cluster,
        audience,
        store,
        Box::new(move |_| Ok(lesson.clone())),
    );
    let taught = guide.teach(Vec::new()).await;
    let ended = guide.shutdown().await;
    taught.and(ended).expect("the guide ends well");
}

/// `alex shell → kate #PID: spawn fn | …`: every arrow, but for when, and for the numbers of processes.
fn arrows(trace: &Trace) -> String {
    let end =
        |end: &End| format!("{} {}", end.node.brief(), end.label().speak(Lang::En)).trim_end().to_owned();
    let arrow = |event: &Event| {
        let to = event.to.as_ref().map_or_else(String::new, |to| format!(" → {}", end(to)));
        format!("{}{to}: {}{}", end(&event.from), event.told().speak(Lang::En), event.count())
    };
    let arrows: Vec<String> = trace.events.iter().map(arrow).collect();
    numberless(&arrows.join(" | "))
}

/// Pids and references have other numbers each time.
fn numberless(text: &str) -> String {
    let mut parts = text.split("<0.");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('>').map_or("", |(_, rest)| rest))
}

/// A notice as a line of a transcript.
fn line(notice: &Notice) -> String {
    match notice {
        Notice::Step(card) => format!("step {} {}", card.step_number, card.title),
        Notice::Output { terminal, kind, by, text, .. } => {
            let by = by.as_ref().map_or_else(String::new, |by| format!(" by {}", by.short()));
            format!("{terminal}{by} {kind:?}: {}", untrusted::lines(text, false, Lang::En).join("\n"))
        }
        Notice::Prompt { prompt, .. } => match prompt {
            PromptLine::Paused => "prompt paused".to_owned(),
            PromptLine::Terminal(Prompt::Busy) | PromptLine::Relay => "busy".to_owned(),
            PromptLine::Terminal(Prompt::Dollar) => "prompt $".to_owned(),
            PromptLine::Terminal(Prompt::Iex { text } | Prompt::More { text } | Prompt::Gets { text }) => {
                format!("prompt {text}")
            }
            PromptLine::Question => "prompt ?".to_owned(),
        },
        Notice::Tick(finding) => format!("tick {}", finding.expected.speak(Lang::En)),
        Notice::Passed { .. } => "passed".to_owned(),
        Notice::Mistake { advice, .. } => format!("mistake {} | {}", advice.seen, advice.attempt),
        Notice::Trouble { means, attempt } => {
            format!("trouble {} | {}", means.speak(Lang::En), attempt.speak(Lang::En))
        }
        Notice::Why(explanation) => {
            let Explanation { typed, shown, means, seen, attempt, .. } = explanation;
            let seen: Vec<_> = seen.iter().map(|fact| fact.speak(Lang::En)).collect();
            let [means, attempt] = [means, attempt].map(|words| words.speak(Lang::En));
            format!("why {} » {} | {} | {means} | {} | {attempt}", typed.0, typed.1, shown.1, seen.join(" "))
        }
        Notice::Say(text) => format!("say {}", text.speak(Lang::En)),
        Notice::Problem(error) => format!("problem {error}"),
        Notice::Trace(trace) => format!("trace {}", arrows(trace)),
        other => format!("{other:?}"),
    }
}
