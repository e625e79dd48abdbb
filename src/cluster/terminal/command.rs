//! A command line that runs at `$`, from its start until its terminal is at `$` again.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    time::Duration,
};

use rustix::fs::{Mode, OFlags};

use super::{
    pty::{Pty, Size},
    text::Text,
};
use crate::{
    cluster::{
        cookie,
        folder::MappedFolder,
        guardian::{CommandId, GuardianRequest, Order, Tty},
        messages,
        shared::Shared,
        shim,
        timers::Timer,
    },
    error::{Error, Result},
    lesson::shell_line::ShellLine,
};

/// How long the guardian may take to start a command.
const STARTING: Duration = Duration::from_secs(5);

/// How long an `iex` may take to become a node.
const BOOTING: Duration = Duration::from_secs(20);

/// How often is looked whether an `iex` was started. By then one that begins the command's line has been.
const LOOK: Duration = Duration::from_secs(1);

/// How long an unfinished line is held in case it is finished.
const HOLDING: Duration = Duration::from_millis(50);

/// How long the last output may take once all processes are gone.
const DRAINING: Duration = Duration::from_millis(500);

/// How much of what comes after one input is kept, in bytes.
const MAX_KEPT: usize = 256 * 1024;

/// How many bytes of what is beyond that are kept all the same: the last, which say how the command ended.
const MAX_LAST: usize = 16 * 1024;

/// The longest command, in bytes: Linux takes 128 KB as one argument of a program, all around it included.
const MAX_TYPED: usize = 100 * 1024;

/// The longest path that a command says it ended up in, in bytes.
const MAX_PATH: u64 = 8 * 1024;

/// Ends the name of the file in which it says so.
const FOLDER: &str = ".pwd";

/// What is typed ahead into a command, in bytes: a terminal in line mode keeps 4 KB and drops the rest.
const MAX_AHEAD: usize = 2 * 1024;

/// What is typed between its end and the next prompt, in bytes.
const MAX_LATE: usize = 64 * 1024;

/// Inputs typed ahead while a node boots.
const MAX_HELD: usize = 64;

pub(super) struct Command {
    id: CommandId,
    text: String,
    pty: Pty,
    output: Text,
    /// Bytes that will still be kept of what comes after the present input, and those that were not.
    budget: usize,
    left_out: u64,
    /// The end of what is beyond the budget, as yet neither kept nor left out.
    last: String,
    flush_is_set: bool,
    held: Vec<String>,
    stage: Stage,
    is_drained: bool,
    /// It was given inputs of its own, which are nobody else's.
    has_inputs: bool,
    /// The inputs that were typed for whoever reads first, and what nobody had read at the end.
    ahead: Vec<String>,
    unread: Option<Vec<u8>>,
    /// What was typed after the end.
    late: Vec<u8>,
    /// Bytes have come since the wait for the last ones began.
    still_writes: bool,
    boot_was_told: bool,
    /// What was told of it: a program, or an `iex` that boots or is a node.
    pub(super) is_program: bool,
}

/// What was typed into a command that did not read it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unread {
    /// Whole inputs, of one line or of several.
    pub(super) lines: Vec<String>,
    /// The beginning of another one.
    pub(super) begun: String,
    /// The command has read some of what was typed ahead.
    pub(super) was_read: bool,
}

impl Unread {
    /// Inputs that were typed ahead stay whole; of other text every line is one. Keys that write nothing, and what a
    /// terminal answers to a program, are of no use to anybody else.
    fn of(mut text: &str, ahead: &[String]) -> Self {
        let mut lines = Vec::new();
        let mut left = ahead.iter();
        let mut back = 0;
        while let Some((line, behind)) = text.split_once('\n') {
            let is_next = |input: &&String| {
                text.strip_prefix(input.as_str()).is_some_and(|rest| rest.starts_with('\n'))
            };
            if let Some(input) = left.clone().find(is_next) {
                left.by_ref().find(is_next);
                back += 1;
                lines.push(input.clone());
                text = &text[input.len() + 1..];
            } else {
                lines.extend(is_text(line).then(|| line.to_owned()));
                text = behind;
            }
        }
        let begun = if is_text(text) { text.to_owned() } else { String::new() };
        Self { lines, begun, was_read: back < ahead.len() }
    }
}

fn is_text(line: &str) -> bool {
    !line.trim().is_empty() && !line.chars().any(|char| char.is_control() && char != '\t')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Starting,
    Runs,
    Ended { code: Option<i32> },
}

/// What one terminal's commands run with.
#[derive(Debug, Clone)]
pub(in crate::cluster) struct Environment {
    pub(in crate::cluster) set: Vec<(String, String)>,
    pub(in crate::cluster) unset: Vec<String>,
    /// What `iex` is to mean whatever stands first on PATH; in a cell there is but one.
    pub(in crate::cluster) shim: Option<PathBuf>,
    /// The bridge's socket.
    pub(in crate::cluster) socket: MappedFolder,
}

impl Environment {
    pub(super) fn boot_file(&self) -> PathBuf {
        beside(&self.socket.ours, shim::BOOT)
    }

    /// Whether a folder is known not to be there. What is in a cell is only seen from within.
    pub(super) fn lacks(&self, folder: &Path) -> bool {
        !self.is_confined() && !folder.is_dir()
    }

    pub(super) fn is_confined(&self) -> bool {
        self.socket.ours != self.socket.theirs
    }

    /// How long ago the last `iex` was started; nothing where none was.
    pub(super) fn boot_age(&self) -> Option<Duration> {
        // A clock that was set back makes it young, never old.
        Some(self.boot_file().symlink_metadata().ok()?.modified().ok()?.elapsed().unwrap_or_default())
    }

    pub(super) fn forget_boot(&self) {
        // It is only there if an `iex` was started.
        let _ = fs::remove_file(self.boot_file());
    }

    /// Where the last command ended up, if it said so.
    pub(super) fn take_folder(&self) -> Option<PathBuf> {
        let file = beside(&self.socket.ours, FOLDER);
        let said = read_small(&file);
        let _ = fs::remove_file(file);
        let said = said?;
        let folder = PathBuf::from(said.strip_suffix('\n').unwrap_or(&said));
        folder.is_absolute().then_some(folder)
    }
}

/// A file that a command may have put there: a link, a pipe or an endless one is as good as none.
fn read_small(file: &Path) -> Option<String> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = fs::File::from(rustix::fs::open(file, flags, Mode::empty()).ok()?);
    file.metadata().ok().filter(fs::Metadata::is_file)?;
    let mut said = String::new();
    file.take(MAX_PATH).read_to_string(&mut said).ok()?;
    Some(said)
}

fn beside(socket: &Path, ending: &str) -> PathBuf {
    let mut path = socket.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

impl Command {
    /// Asks the guardian to run it.
    pub(super) fn begin(
        text: &str,
        folder: &Path,
        environment: &Environment,
        is_program: bool,
        shared: &mut Shared,
    ) -> Result<Self> {
        if environment.lacks(folder) {
            return Err(Error::could_not_run(messages::folder_is_gone(&messages::shown(folder)))
                .hint(messages::make_it_again()));
        }
        if text.len() > MAX_TYPED {
            return Err(Error::could_not_run(messages::too_long()).hint(messages::command_limit()));
        }
        if !environment.is_confined() {
            // A node makes its own cookie where this fails, and says why where it can't.
            let _ = cookie::ensure();
            let fault = cookie::file().filter(|_| reads_cookie(text)).and_then(|file| cookie::fault(&file));
            if let Some(cookie::Fault { told, remedy }) = fault {
                return Err(Error::could_not_run(told).hint(remedy));
            }
        }
        let id = shared.new_id();
        let (pty, tty) = Pty::open(id, shared.size, shared.terminal_events.clone())?;
        let tty = shared.guardian.lend(id, tty)?;
        let order = order(text, folder, tty, environment);
        shared.guardian.ask(GuardianRequest::Run { id, order })?;
        shared.timers.set(Timer::Start(id), STARTING);
        shared.timers.set(Timer::Boot(id), LOOK);
        Ok(Self {
            id,
            text: text.to_owned(),
            pty,
            output: Text::default(),
            budget: MAX_KEPT,
            left_out: 0,
            last: String::new(),
            flush_is_set: false,
            held: Vec::new(),
            stage: Stage::Starting,
            is_drained: false,
            has_inputs: false,
            ahead: Vec::new(),
            unread: None,
            late: Vec::new(),
            still_writes: false,
            boot_was_told: false,
            is_program,
        })
    }

    /// An `iex` was started too long ago.
    pub(super) fn boots_late(&self) -> bool {
        self.boot_was_told
    }

    pub(super) fn id(&self) -> CommandId {
        self.id
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_starting(&self) -> bool {
        self.stage == Stage::Starting
    }

    pub(super) fn runs(&mut self) {
        if self.is_starting() {
            self.stage = Stage::Runs;
        }
        self.pty.hand_over();
    }

    pub(super) fn ended(&mut self, code: Option<i32>, shared: &mut Shared) {
        self.stage = Stage::Ended { code };
        self.pty.hand_over();
        self.pty.close_keys();
        shared.timers.set(Timer::Finish(self.id), DRAINING);
    }

    pub(super) fn unread(&mut self, bytes: Vec<u8>) {
        self.unread = Some(bytes);
    }

    /// What was typed into it and is to be read by somebody else; none where nothing was typed ahead.
    pub(super) fn take_unread(&mut self) -> Option<Unread> {
        let ahead = std::mem::take(&mut self.ahead);
        let mut unread = self.unread.take().unwrap_or_default();
        unread.append(&mut self.late);
        let unread = String::from_utf8_lossy(&unread).replace('\r', "\n");
        let is_told = !self.has_inputs && (!ahead.is_empty() || !unread.is_empty());
        is_told.then(|| Unread::of(&unread, &ahead))
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.stage, Stage::Ended { .. })
    }

    pub(super) fn code(&self) -> Option<i32> {
        match self.stage {
            Stage::Ended { code } => code,
            Stage::Starting | Stage::Runs => None,
        }
    }

    pub(super) fn wrote_last(&mut self) {
        self.is_drained = true;
    }

    /// Whether the last bytes are waited for longer, since a slow screen still takes those before them.
    pub(super) fn drains_on(&mut self, shared: &mut Shared) -> bool {
        let goes_on = !self.is_drained && std::mem::take(&mut self.still_writes);
        if goes_on {
            shared.timers.set(Timer::Finish(self.id), DRAINING);
        }
        goes_on
    }

    pub(super) fn is_over(&self) -> bool {
        self.has_ended() && self.is_drained && self.unread.is_some()
    }

    pub(super) fn take(&mut self, bytes: &[u8], shared: &mut Shared) -> Option<String> {
        self.still_writes = true;
        let lines = self.output.take(bytes);
        if (!self.output.is_empty() || self.budget == 0) && !self.flush_is_set {
            self.flush_is_set = true;
            shared.timers.set(Timer::Flush(self.id), HOLDING);
        }
        lines
    }

    pub(super) fn flush(&mut self) -> Option<String> {
        self.flush_is_set = false;
        self.output.flush()
    }

    pub(super) fn end(&mut self) -> Option<String> {
        self.output.end()
    }

    /// The text, unless there was too much since the last input.
    pub(super) fn keep(&mut self, text: String) -> Option<String> {
        if text.len() > self.budget {
            self.budget = 0;
            self.last.push_str(&text);
            let start = self.last.ceil_char_boundary(self.last.len().saturating_sub(MAX_LAST));
            self.left_out += start as u64;
            self.last.drain(..start);
            return None;
        }
        self.budget -= text.len();
        Some(text)
    }

    /// The end of what was beyond the budget.
    pub(super) fn take_last(&mut self) -> Option<String> {
        Some(std::mem::take(&mut self.last)).filter(|last| !last.is_empty())
    }

    pub(super) fn take_left_out(&mut self) -> u64 {
        std::mem::take(&mut self.left_out)
    }

    /// Keeps an input until the node that boots can take it.
    pub(super) fn hold(&mut self, text: &str) -> Result<()> {
        if self.held.len() == MAX_HELD {
            return Err(Error::could_not_run(messages::too_much_ahead()));
        }
        self.held.push(text.to_owned());
        Ok(())
    }

    pub(super) fn take_held(&mut self) -> Vec<String> {
        std::mem::take(&mut self.held)
    }

    /// An input for this command, whether it reads it or not.
    pub(super) fn feed(&mut self, text: &str) -> Result<()> {
        self.has_inputs = true;
        self.type_line(text)
    }

    fn type_line(&mut self, text: &str) -> Result<()> {
        self.budget = MAX_KEPT;
        self.left_out += std::mem::take(&mut self.last).len() as u64;
        let text = text.strip_suffix('\n').unwrap_or(text);
        self.type_bytes(format!("{text}\n").into_bytes())
    }

    /// False where there is no room for it, or nobody to read it.
    pub(super) fn type_ahead(&mut self, line: &str) -> bool {
        let typed = self.ahead.iter().map(|before| before.len() + 1).sum::<usize>();
        let has_room = typed + line.len() < MAX_AHEAD;
        let is_typed = has_room && !self.has_ended() && self.type_line(line).is_ok();
        if is_typed {
            self.ahead.push(line.trim_end_matches('\n').to_owned());
        }
        is_typed
    }

    pub(super) fn type_bytes(&mut self, bytes: Vec<u8>) -> Result<()> {
        if self.has_ended() && self.late.len() + bytes.len() <= MAX_LATE {
            self.late.extend(bytes);
            return Ok(());
        }
        if self.pty.write(bytes) {
            return Ok(());
        }
        Err(Error::could_not_run(messages::program_takes_no_input()).hint(messages::ctrl_c_interrupts()))
    }

    pub(super) fn interrupt(&self) {
        self.pty.interrupt();
    }

    pub(super) fn resize(&self, size: Size) {
        self.pty.resize(size);
    }

    /// Whether a boot of that age has just run out of time; is asked again as long as the command runs.
    pub(super) fn check_boot(&mut self, age: Option<Duration>, shared: &mut Shared) -> bool {
        let is_late = age.is_some_and(|age| age >= BOOTING);
        if !self.has_ended() {
            shared.timers.set(Timer::Boot(self.id), LOOK);
        }
        is_late && !std::mem::replace(&mut self.boot_was_told, true)
    }
}

/// A node with a name reads its user's cookie, unless it is given one; where it can't, it ends with a page of complaints.
fn reads_cookie(text: &str) -> bool {
    let line = ShellLine::of(text);
    let is_elixir = ["iex", "elixir"].iter().any(|program| line.runs(program));
    is_elixir && text.contains("name") && !text.contains("cookie")
}

/// The shell says where it ended up, so that `cd` lasts. The command is part of its script, not an argument that
/// is evaluated, so that its complaints read as they do anywhere.
fn order(text: &str, folder: &Path, tty: Tty, environment: &Environment) -> Order {
    let said = shim::quoted(&beside(&environment.socket.theirs, FOLDER).to_string_lossy());
    let trap = shim::quoted(&format!("pwd >{said}"));
    let iex = environment.shim.as_deref().map(shim::function).unwrap_or_default();
    let mut set = environment.set.clone();
    set.push(("PWD".into(), folder.to_string_lossy().into_owned()));
    Order {
        command: ["/bin/sh".into(), "-c".into(), format!("{iex}trap {trap} EXIT; {text}")].into(),
        folder: folder.to_owned(),
        tty,
        set,
        unset: environment.unset.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_read_comes_back_in_the_inputs_that_it_was() {
        let ahead = ["ls".to_owned(), "for i in 1 2\ndo echo $i\ndone".to_owned(), "pwd".to_owned()];
        let unread = |text: &str| {
            let Unread { lines, begun, was_read } = Unread::of(text, &ahead);
            (lines.join("|"), begun, was_read)
        };
        let all = "ls\nfor i in 1 2\ndo echo $i\ndone\npwd\n";
        let inputs = "ls|for i in 1 2\ndo echo $i\ndone|pwd";
        assert_eq!(unread(all), (inputs.to_owned(), String::new(), false));
        assert_eq!(unread(&format!("{all}wh")), (inputs.to_owned(), "wh".to_owned(), false));
        assert_eq!(
            unread("do echo $i\ndone\npwd\n"),
            ("do echo $i|done|pwd".to_owned(), String::new(), true)
        );
        assert_eq!(unread("pwd\nkeys\n"), ("pwd|keys".to_owned(), String::new(), true));
        assert_eq!(unread("\n\u{1b}[?1;2c\nwh\u{4}"), (String::new(), String::new(), true));
        assert_eq!(unread(""), (String::new(), String::new(), true));
    }
}
