//! `moebi attach`: a window onto a lesson that is open.

use crate::{
    error::{Error, Result},
    i18n::Lang,
    lesson::TerminalName,
    render::Palette,
    shell::{self, Mode, Surface},
    window::{client::Connection, sessions},
};

use super::{args::AttachArgs, folders::Folders, learn::Driver, messages, runtime, stop::Stop};

pub(super) fn run(args: &AttachArgs, asked: Option<Lang>) -> Result<u8> {
    let terminal = args.terminal.as_deref().map(terminal).transpose()?;
    let socket = match &args.to {
        Some(socket) => socket.clone(),
        None => {
            let open = sessions::open(&Folders::find()?.sessions());
            let none = || Error::usage(messages::nothing_open()).hint(messages::open_a_lesson());
            open.into_iter().next().ok_or_else(none)?.socket
        }
    };
    let connection = Connection::open(&socket, terminal)?;
    let threads = runtime()?;
    let served = threads.block_on(async {
        let mut stop = Stop::listen();
        let surface = Surface::detect(args.plain);
        let mode = surface.mode;
        if mode.takes_ctrl_c() {
            stop.leave_ctrl_c();
        }
        let options = shell::Options {
            keys: args.keys,
            palette: Palette::from_env(mode == Mode::Tty),
            lang: asked.unwrap_or(connection.lang),
            history: None,
            observer: None,
        };
        let screen = shell::start(surface, options)?;
        let driver = Driver::new(screen.thread);
        let served = tokio::select! {
            served = connection.serve(screen.notices, screen.commands) => served,
            () = stop.told() => Ok(()),
        };
        driver.leaves().await;
        served.map(|()| 0)
    });
    // Whoever waits for a driver whose terminal is gone waits for ever.
    threads.shutdown_background();
    served
}

fn terminal(name: &str) -> Result<TerminalName> {
    TerminalName::parse(name).map_err(|no| Error::usage(no.0))
}
