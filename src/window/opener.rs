//! Opens a window by whatever this terminal can be asked by.

use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use crate::{guide::Opened, lesson::TerminalName};

/// How long a program may take that only passes the wish on.
const PATIENCE: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(10);

/// What a window runs.
#[derive(Debug, Clone)]
pub struct Opener {
    /// `moebi`
    pub program: PathBuf,
    pub socket: PathBuf,
}

/// A program that opens windows.
struct Host {
    name: &'static str,
    /// It is there where this variable is set.
    variable: &'static str,
    /// And has this value, where one is named.
    value: Option<&'static str>,
    /// How it is asked to run `words`.
    ask: fn(&[String]) -> Vec<String>,
}

/// The innermost first: tmux may run in any of the others.
const HOSTS: [Host; 5] = [
    Host {
        name: "tmux",
        variable: "TMUX",
        value: None,
        ask: |words| strings(&["tmux", "split-window", "-h", &shell_line(words)]),
    },
    Host {
        name: "kitty",
        variable: "KITTY_LISTEN_ON",
        value: None,
        ask: |words| [strings(&["kitten", "@", "launch", "--type=window"]), words.to_vec()].concat(),
    },
    Host {
        name: "WezTerm",
        variable: "WEZTERM_PANE",
        value: None,
        ask: |words| [strings(&["wezterm", "cli", "split-pane", "--right", "--"]), words.to_vec()].concat(),
    },
    Host {
        name: "GNOME Terminal",
        variable: "GNOME_TERMINAL_SCREEN",
        value: None,
        ask: |words| [strings(&["gnome-terminal", "--"]), words.to_vec()].concat(),
    },
    Host {
        name: "Terminal",
        variable: "TERM_PROGRAM",
        value: Some("Apple_Terminal"),
        ask: |words| {
            let line = shell_line(words).replace('\\', "\\\\").replace('"', "\\\"");
            strings(&["osascript", "-e", &format!("tell application \"Terminal\" to do script \"{line}\"")])
        },
    },
];

impl Opener {
    pub fn open(&self, terminal: &TerminalName) -> Opened {
        let path = |path: &PathBuf| path.display().to_string();
        let words =
            [path(&self.program), "attach".into(), terminal.to_string(), "--to".into(), path(&self.socket)];
        let asked = HOSTS.iter().find(|host| host.is_here() && runs(&(host.ask)(&words)));
        match asked {
            Some(host) => Opened::By(host.name),
            None => Opened::ByHand { command: format!("moebi attach {terminal}") },
        }
    }
}

impl Host {
    fn is_here(&self) -> bool {
        env::var(self.variable).is_ok_and(|set| self.value.map_or(!set.is_empty(), |value| set == value))
    }
}

/// Whether it came to a good end in time.
fn runs(words: &[String]) -> bool {
    let Some((program, arguments)) = words.split_first() else { return false };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let until = Instant::now() + PATIENCE;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if Instant::now() < until => sleep(LOOK),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// As a shell reads it.
fn shell_line(words: &[String]) -> String {
    let quoted = words.iter().map(|word| format!("'{}'", word.replace('\'', r"'\''")));
    quoted.collect::<Vec<_>>().join(" ")
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_is_asked_for_the_same_words() {
        let words = strings(&["/opt/mo ebi", "attach", "kate", "--to", "/tmp/it's"]);
        for host in &HOSTS {
            let asked = (host.ask)(&words).join(" ");
            assert!(
                asked.contains("/opt/mo ebi") && asked.contains("attach") && asked.contains("--to"),
                "{asked}"
            );
        }
        assert_eq!(shell_line(&words[3..]), r"'--to' '/tmp/it'\''s'");
    }

    #[test]
    fn a_host_that_fails_or_hangs_is_none() {
        assert!(runs(&strings(&["true"])) && !runs(&strings(&["false"])));
        assert!(!runs(&strings(&["/nowhere/at/all"])) && !runs(&[]));
        assert!(!runs(&strings(&["sleep", "1000"])));
    }
}
