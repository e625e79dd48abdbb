//! The fake guide: says what it is told over the control line, and tells back each command of the driver's.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    ops::Range,
    os::unix::net::UnixStream,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use moebi::{
    guide::command::{Candidate, Command},
    i18n::{Localized, Verbatim},
    lesson::{NodeName, OutputKind, Prompt},
    render::Palette,
    session::notice::{Map, Notice, PromptLine, StepCard, StepMark, TypedBy},
    shell::{self, Bindings, Options, Shell, Surface},
};
use rustix::termios::{LocalModes, tcgetattr};
use tokio::sync::mpsc;

use super::harness::CONTROL;
use crate::support::lesson::terminal;

const VI: &str = "FAKE_VI";
const HISTORY: &str = "FAKE_HISTORY";

/// Inside the pseudo-terminal, this is the program.
#[test]
#[ignore = "run by ShellHarness"]
fn is_driven() {
    let path = env::var_os(CONTROL).expect("the harness says where it listens");
    let control = UnixStream::connect(path).expect("the harness listens");
    let keys = if env::var_os(VI).is_some() { Bindings::Vi } else { Bindings::Emacs };
    let palette = if env::var_os("NO_COLOR").is_some() { Palette::MONOCHROME } else { Palette::COLOURED };
    let history = env::var_os(HISTORY).map(PathBuf::from);
    let options = Options { keys, palette, history, lang: moebi::lesson::Lang::En, observer: None };
    let Shell { notices, commands, thread } =
        shell::start(Surface::detect(false), options).expect("a terminal");
    let mut back = control.try_clone().expect("a second handle");
    let tell_back = back.try_clone().expect("a third handle");
    thread::Builder::new().spawn(move || report(commands, tell_back)).expect("a thread");
    let ending = follow(BufReader::new(control), &notices);
    if ending == "panic" {
        let panicked =
            thread::Builder::new().spawn(|| panic!("as the test wants it")).expect("a thread").join();
        assert!(panicked.is_err());
    }
    let at_once = is_cooked();
    drop(notices);
    thread.join().expect("the shell ends by itself");
    let is_cooked = is_cooked() && (at_once || ending != "panic");
    writeln!(back, "cooked: {is_cooked}").expect("the test listens");
}

fn is_cooked() -> bool {
    let modes = tcgetattr(std::io::stdout()).expect("a terminal").local_modes;
    modes.contains(LocalModes::ICANON | LocalModes::ECHO)
}

fn report(mut commands: mpsc::Receiver<Command>, mut back: UnixStream) {
    let mut unanswered = Vec::new();
    while let Some(command) = commands.blocking_recv() {
        let line = match command {
            Command::Validate { text, reply } => {
                // Whole once every `fn` has its `end`.
                let _ = reply.send(text.matches("fn").count() <= text.matches("end").count());
                format!("Validate({text:?})")
            }
            Command::Complete { text, reply } => {
                match candidates(&text) {
                    Some(found) => reply.send(found).expect("the editor listens"),
                    None => unanswered.push(reply),
                }
                format!("Complete({text:?})")
            }
            Command::Folder { reply } => {
                let _ = reply.send(env::temp_dir());
                "Folder".to_owned()
            }
            other => format!("{other:?}"),
        };
        if writeln!(back, "{line}").is_err() {
            return;
        }
    }
}

/// None for a node that does not answer.
fn candidates(text: &str) -> Option<Vec<Candidate>> {
    let one = |back, text: &str, label: &str, about: &str| Candidate {
        back,
        text: text.into(),
        label: label.into(),
        about: about.into(),
    };
    match text {
        "slow" => None,
        "Node.sp" | "Node.spawn" => Some(vec![
            one(text.len() - 5, "spawn", "spawn/2 /4", "Returns the PID of a new process started on node"),
            one(text.len() - 5, "spawn_link", "spawn_link/2 /4", "Returns the PID of a new linked process"),
        ]),
        "Node.sel" => Some(vec![one(3, "self", "self/0", "Returns the current node")]),
        "answer" => Some(vec![one(text.len(), "answer", "answer", "")]),
        "Map.put(" => Some(vec![one(0, "", "put(map, key, value)", "")]),
        _ => Some(Vec::new()),
    }
}

/// Says what it is told, until it is told how to end.
fn follow(control: impl BufRead, notices: &mpsc::Sender<Notice>) -> String {
    for line in control.lines().map_while(Result::ok) {
        let line = unescape(&line);
        match line.as_str() {
            "bye" => say(notices, Notice::Bye(Localized::from(Verbatim::said("Goodbye.")))),
            "drop" | "panic" => {}
            other => {
                act(other, notices);
                continue;
            }
        }
        return line;
    }
    String::new()
}

/// `iex N`, `nameless N`, `dollar`, `question`, `step TITLE`, `tall PARAGRAPHS` (a step), `typed TEXT`, `say TEXT`, `busy`, `relay`, `map`, `out TERMINAL BY TEXT`, `part TEXT`, `work TEXT`, `bytes TEXT`, `flood N`, `left BYTES`,
/// `lines FROM N MS`: alex, kate and moebi print N lines each, numbered from FROM, one every MS milliseconds.
fn act(line: &str, notices: &mpsc::Sender<Notice>) {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    match verb {
        "iex" => {
            let prompt = Prompt::Iex { text: format!("iex(alex@localhost){rest}> ") };
            say(notices, prompted(PromptLine::Terminal(prompt)));
        }
        "nameless" => {
            let prompt = Prompt::Iex { text: format!("iex({rest})> ") };
            say(notices, prompted(PromptLine::Terminal(prompt)));
        }
        "dollar" => say(notices, prompted(PromptLine::Terminal(Prompt::Dollar))),
        "question" => say(notices, prompted(PromptLine::Question)),
        "step" => say(notices, Notice::Step(step(rest))),
        "tall" => {
            let lines: Vec<_> =
                (1..=rest.parse().expect("a number")).map(|n| format!("paragraph {n}.")).collect();
            say(notices, Notice::Step(StepCard { text: lines.join("\n\n"), ..step("Tall") }));
        }
        "typed" => say(
            notices,
            Notice::Typed { terminal: terminal("alex"), text: rest.to_owned(), by: TypedBy::Moebi },
        ),
        "say" => say(notices, Notice::Say(Localized::from(Verbatim::said(rest)))),
        "busy" => say(notices, prompted(PromptLine::Terminal(Prompt::Busy))),
        "relay" => say(notices, prompted(PromptLine::Relay)),
        "map" => say(notices, Notice::Map(map())),
        "out" => {
            let mut words = rest.splitn(3, ' ');
            let mut word = || words.next().unwrap_or_default().to_owned();
            let (on, by, text) = (word(), word(), word());
            say(notices, output(&on, &by, format!("{text}\n")));
        }
        "part" => say(notices, output("alex", "alex", rest.to_owned())),
        "work" => say(notices, Notice::Working(Localized::from(Verbatim::said(rest)))),
        "begun" => say(notices, begun(&rest.replace("\\n", "\n"))),
        "bytes" => say(notices, Notice::Relay(rest.as_bytes().to_vec())),
        "flood" => {
            let count: usize = rest.parse().expect("a number");
            (0..count).for_each(|n| say(notices, output("kate", "kate", format!("chicken? {n}\n"))));
        }
        "left" => {
            let bytes = rest.parse().expect("a number");
            say(notices, Notice::LeftOut { terminal: terminal("kate"), bytes });
        }
        "lines" => {
            let numbers: Vec<u32> = rest.split(' ').map(|number| number.parse().expect("a number")).collect();
            let &[from, count, pause] = numbers.as_slice() else { panic!("not three numbers: {rest}") };
            print_in_time(notices, from..from + count, Duration::from_millis(pause.into()));
        }
        other => panic!("the fake guide can't {other}"),
    }
}

/// In time, whatever each line takes.
fn print_in_time(notices: &mpsc::Sender<Notice>, numbers: Range<u32>, pause: Duration) {
    let began = Instant::now();
    for (printed, number) in (1..).zip(numbers) {
        for name in ["alex", "kate", "moebi"] {
            say(notices, output(name, name, format!("{name} γράφει {number:04}.\n")));
        }
        let next = pause * printed;
        thread::sleep(next.saturating_sub(began.elapsed()));
    }
}

fn say(notices: &mpsc::Sender<Notice>, notice: Notice) {
    notices.blocking_send(notice).expect("the shell listens");
}

fn step(title: &str) -> StepCard {
    StepCard {
        lesson_title: "Distribution".into(),
        section_number: 1,
        section_title: "Nodes".into(),
        step_number: 1,
        steps: vec![StepMark::Open],
        title: title.into(),
        text: "Do it.".into(),
        words: Vec::new(),
    }
}

fn prompted(prompt: PromptLine) -> Notice {
    Notice::Prompt { terminal: terminal("alex"), prompt }
}

fn begun(text: &str) -> Notice {
    Notice::Begun { terminal: terminal("alex"), text: text.to_owned() }
}

fn output(name: &str, by: &str, text: String) -> Notice {
    let by = NodeName::parse(by).ok();
    Notice::Output {
        terminal: terminal(name),
        focused: name == "alex",
        kind: OutputKind::Print,
        by,
        late: None,
        text,
    }
}

fn map() -> Map {
    let node = |name| (terminal(name), NodeName::parse(name).ok());
    Map { nodes: vec![node("alex"), node("kate")], ..Map::default() }
}

/// Undoes `str::escape_default`.
fn unescape(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some('u')) => {
                let code: String = chars.by_ref().skip(2).take_while(|c| *c != '}').collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            ('\\', Some('r')) => out.extend(chars.next().map(|_| '\r')),
            ('\\', Some('n')) => out.extend(chars.next().map(|_| '\n')),
            ('\\', Some(_)) => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}
