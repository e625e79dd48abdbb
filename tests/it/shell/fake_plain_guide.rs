//! A guide for the plain driver: echoes each input as a value, and asks again.

use moebi::{
    guide::command::Command,
    i18n::{Localized, Verbatim},
    lesson::{NodeName, OutputKind, Prompt},
    session::notice::{Notice, PromptLine},
    shell::{self, Options, Shell, Surface},
};

use crate::support::lesson::terminal;

/// On pipes, this is the program.
#[test]
#[ignore = "run by piped"]
fn is_driven() {
    let options = Options {
        keys: moebi::shell::Bindings::Emacs,
        palette: moebi::render::Palette::MONOCHROME,
        history: None,
        lang: moebi::lesson::Lang::En,
        observer: None,
    };
    let Shell { notices, mut commands, thread } =
        shell::start(Surface::detect(false), options).expect("threads can be started");
    let alex = terminal("alex");
    let say = |notice| notices.blocking_send(notice).expect("the shell listens");
    let ask = |count: usize| {
        let prompt = Prompt::Iex { text: format!("iex({count})> ") };
        say(Notice::Prompt { terminal: alex.clone(), prompt: PromptLine::Terminal(prompt) });
    };
    let mut count = 1;
    ask(count);
    while let Some(command) = commands.blocking_recv() {
        match command {
            Command::Line(text) => {
                let by = NodeName::parse("kate").ok();
                let kind = OutputKind::Result;
                say(Notice::Output {
                    terminal: alex.clone(),
                    focused: true,
                    kind,
                    by,
                    late: None,
                    text: text.replace('\n', "|"),
                });
                count += 1;
                ask(count);
            }
            Command::Validate { text, reply } => {
                let _ = reply.send(text.matches("fn").count() <= text.matches("end").count());
            }
            Command::Slash(call) if call.name() == "hint" => say(Notice::NoHint),
            Command::Quit => break,
            other => say(Notice::Say(Localized::from(Verbatim::said(&format!("{other:?}"))))),
        }
    }
    say(Notice::Bye(Localized::from(Verbatim::said("Goodbye."))));
    drop(notices);
    thread.join().expect("the shell ends by itself");
}
