//! A guide that plays one step by itself, to look at and to type into:
//! `LOOK=1 cargo test --test shell look -- --nocapture --quiet`

use std::time::Duration;

use moebi::{
    error::Error,
    guide::notice::{
        Command, Map, Notice, PredictionRemark, PromptLine, QuestionCard, Slash, StepCard, StepMark,
    },
    i18n::Localized,
    lesson::{Advice, ChoiceId, Finding, Holds, Input, NodeName, OutputKind, Prompt, TerminalName},
    render::Palette,
    shell::{self, Bindings, Mode, Options, Shell},
};
use tokio::sync::mpsc;

const CODE: &str = "Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)";

pub fn play() {
    let options = Options {
        keys: Bindings::Emacs,
        palette: Palette::from_env(true),
        history: None,
        lang: moebi::lesson::Lang::En,
    };
    let Shell { notices, commands, thread } = shell::start(Mode::detect(false), options).expect("a terminal");
    let mut demo = Demo { notices, focused: "alex".into(), count: 1 };
    demo.begin();
    demo.follow(commands);
    drop(demo);
    thread.join().expect("the shell ends by itself");
}

struct Demo {
    notices: mpsc::Sender<Notice>,
    focused: String,
    count: usize,
}

impl Demo {
    fn say(&self, notice: Notice) {
        self.notices.blocking_send(notice).expect("the shell listens");
    }

    fn begin(&self) {
        self.say(Notice::Working(Localized::verbatim("starting alex and kate")));
        std::thread::park_timeout(Duration::from_millis(700));
        for name in ["alex", "kate"] {
            let text = format!("iex --sname {name}@localhost");
            self.say(Notice::Typed { terminal: terminal(name), text });
        }
        self.say(Notice::Map(map(true)));
        self.say(Notice::Step(card()));
        self.say(Notice::Ask(question()));
        self.prompt(PromptLine::Question);
    }

    fn prompt(&self, prompt: PromptLine) {
        self.say(Notice::Prompt { terminal: terminal(&self.focused), prompt });
    }

    fn iex(&self) {
        let text = format!("iex({}@localhost){}> ", self.focused, self.count);
        self.prompt(PromptLine::Terminal(Prompt::Iex { text }));
    }

    fn follow(&mut self, mut commands: mpsc::Receiver<Command>) {
        while let Some(command) = commands.blocking_recv() {
            match command {
                Command::Validate { text, reply } => {
                    let opened = text.matches("fn").count()
                        + text.matches(" do\n").count()
                        + usize::from(text.ends_with(" do"));
                    let _ = reply.send(opened <= text.matches("end").count());
                }
                Command::Choose(_) => self.iex(),
                Command::Line(line) => self.line(&line),
                Command::Enter => {
                    self.say(Notice::Step(card()));
                    self.iex();
                }
                Command::Slash(Slash::Quit) | Command::Quit => break,
                Command::Slash(slash) => self.slash(slash),
                Command::Interrupt => {
                    self.say(Notice::Say(Localized::verbatim("alex: interrupted; your variables are kept.")))
                }
                Command::Unfinished => {
                    self.say(Notice::Say(Localized::verbatim("It is not finished: close it with `end`.")))
                }
                Command::Complete { .. } | Command::Folder { .. } => {}
                Command::Bytes(_) | Command::Resize { .. } => {}
            }
        }
        self.say(Notice::Bye(Localized::verbatim("Goodbye. moebi brings you back here.")));
    }

    fn line(&mut self, line: &str) {
        self.count += 1;
        match line.trim() {
            line if line.contains("spawn_link") => self.passes(),
            line if line.contains("sleep") => {
                std::thread::park_timeout(Duration::from_secs(4));
                self.print(
                    "kate",
                    "kate",
                    OutputKind::Log,
                    "18:02:11.480 [error] Process #PID<0.120.0> raised an exception\n",
                );
                self.print("alex", "alex", OutputKind::Result, ":ok\n");
            }
            line if line.contains("Kate") => self.fails(),
            _ => self.print("alex", "alex", OutputKind::Result, "[:kate@localhost]\n"),
        }
        self.iex();
    }

    fn passes(&self) {
        self.print("alex", "kate", OutputKind::Print, "Hi, my name is Kate\n");
        self.print("alex", "alex", OutputKind::Result, "#PID<12313.129.0>\n");
        self.say(Notice::Tick(finding(
            Holds::Yes,
            "alex showed \"Hi, my name is Kate\", printed by a process on kate",
            None,
        )));
        self.say(Notice::Tick(finding(Holds::Yes, "kate stayed silent", None)));
        let why =
            "The process ran there, but its *group leader* is the one that serves `alex`'s screen.".into();
        let prediction = Some(PredictionRemark { right: false, chosen: "kate".into(), why });
        self.say(Notice::Passed { after: None, prediction });
    }

    fn fails(&self) {
        let text = "** (UndefinedFunctionError) function Kate.say_name/0 is undefined (module Kate is not available)\n    Kate.say_name()\n    iex:1: (file)\n";
        self.print("alex", "alex", OutputKind::Error, text);
        self.say(Notice::Mistake(Advice {
            seen: "`Kate` lives on kate; **alex** has never heard of that module.".into(),
            attempt: "Have a process on kate call it: `Node.spawn_link(:kate@localhost, …)`".into(),
        }));
    }

    fn print(&self, name: &str, by: &str, kind: OutputKind, text: &str) {
        let focused = name == self.focused;
        let by = NodeName::parse(by).ok();
        self.say(Notice::Output { terminal: terminal(name), focused, kind, by, text: text.into() });
    }

    fn slash(&mut self, slash: Slash) {
        match slash {
            Slash::Help => self.say(Notice::Help),
            Slash::Hint => self.say(Notice::Hint {
                number: 1,
                of: 3,
                text: "`Node.spawn_link/2` takes a *node* and a function.".into(),
            }),
            Slash::Answer => {
                self.say(Notice::Answer(vec![Input::Type { terminal: terminal("alex"), text: CODE.into() }]));
            }
            Slash::Check => self.say(Notice::Check(vec![
                finding(
                    Holds::NotYet,
                    "alex shows \"Hi, my name is Kate\", printed by a process on kate",
                    Some("[:kate@localhost]"),
                ),
                finding(Holds::Yes, "kate stayed silent", None),
            ])),
            Slash::Focus(name) => {
                self.focused = name.to_string();
                self.iex();
            }
            Slash::Reset(_) | Slash::Edit(_) | Slash::Export => {}
            Slash::Word(word) => self.say(Notice::Words(vec![word])),
            Slash::Lang(lang) => self.say(Notice::Lang(lang)),
            Slash::Next | Slash::Back | Slash::Skip | Slash::Restart | Slash::Goto(_) | Slash::Screen(_) => {
                self.say(Notice::Step(card()));
                self.iex();
            }
            Slash::Open(_) | Slash::Close(_) => {
                self.say(Notice::Map(map(false)));
                self.say(Notice::Problem(
                    Error::usage(Localized::verbatim("kate is open already"))
                        .hint(Localized::verbatim("type /kate to go there")),
                ));
            }
            Slash::Quit => {}
        }
    }
}

fn finding(holds: Holds, expected: &str, seen: Option<&str>) -> Finding {
    Finding {
        holds,
        expected: Localized::verbatim(expected),
        seen: seen.map(Localized::verbatim),
        parts: Vec::new(),
    }
}

fn card() -> StepCard {
    let mut steps = vec![StepMark::Passed, StepMark::Passed, StepMark::Skipped];
    steps.extend([StepMark::Open; 6]);
    StepCard {
        lesson_title: "Distribution in OTP".into(),
        section_number: 2,
        section_title: "Code on another node".into(),
        step_number: 4,
        steps,
        title: "Let alex ask kate".into(),
        text: format!(
            "kate knows how to say her name; alex has never heard of that module. Start a process on *kate* from here, and let it call the function there.\n\n```elixir\n{CODE}\n```"
        ),
        words: Vec::new(),
    }
}

fn question() -> QuestionCard {
    let choice = |id: &str| (ChoiceId::parse(id).expect("an id"), id.to_owned());
    let choices = vec![choice("alex"), choice("kate"), choice("both")];
    QuestionCard { ask: "On whose screen will the text appear?".into(), choices, is_prediction: true }
}

fn map(are_linked: bool) -> Map {
    let node = |name: &str| NodeName::parse(name).expect("a node");
    let nodes = vec![(terminal("alex"), Some(node("alex"))), (terminal("kate"), Some(node("kate")))];
    let links = if are_linked { vec![(node("alex"), node("kate"))] } else { Vec::new() };
    Map { nodes, links }
}

fn terminal(name: &str) -> TerminalName {
    TerminalName::parse(name).expect("a terminal's name")
}
