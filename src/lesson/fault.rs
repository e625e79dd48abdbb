//! Faults: what befalls a node, or the connection between two, because somebody asks for it.

use serde::{Deserialize, Serialize};

use std::fmt;

use super::TerminalName;

/// Nodes are named by their terminals, in which alone a fault can reach one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fault {
    /// The node's process is killed: it has no time to say anything.
    Kill(TerminalName),
    /// The node's process is stopped where it stands; its connections stay open, and nobody answers there.
    Pause(TerminalName),
    /// It goes on.
    Resume(TerminalName),
    /// The connection is broken, and refused until it is healed.
    Cut(TerminalName, TerminalName),
    Heal(TerminalName, TerminalName),
}

impl Fault {
    /// Every word for one, with how many terminals it names.
    pub const WORDS: [(&'static str, usize); 5] =
        [("kill", 1), ("pause", 1), ("resume", 1), ("cut", 2), ("heal", 2)];

    /// None where there is no such word, or it doesn't name so many.
    pub fn new(word: &str, terminals: &[TerminalName]) -> Option<Self> {
        Some(match (word, terminals) {
            ("kill", [one]) => Self::Kill(one.clone()),
            ("pause", [one]) => Self::Pause(one.clone()),
            ("resume", [one]) => Self::Resume(one.clone()),
            ("cut", [one, other]) => Self::Cut(one.clone(), other.clone()),
            ("heal", [one, other]) => Self::Heal(one.clone(), other.clone()),
            _ => return None,
        })
    }

    pub fn word(&self) -> &'static str {
        match self {
            Self::Kill(_) => "kill",
            Self::Pause(_) => "pause",
            Self::Resume(_) => "resume",
            Self::Cut(..) => "cut",
            Self::Heal(..) => "heal",
        }
    }

    /// Whether it is the same: a pair has no order.
    pub fn is_like(&self, other: &Self) -> bool {
        let (mut own, mut others) = (self.terminals(), other.terminals());
        own.sort();
        others.sort();
        self.word() == other.word() && own == others
    }

    pub fn terminals(&self) -> Vec<&TerminalName> {
        match self {
            Self::Kill(one) | Self::Pause(one) | Self::Resume(one) => vec![one],
            Self::Cut(one, other) | Self::Heal(one, other) => vec![one, other],
        }
    }
}

/// As it is typed behind the slash.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())?;
        self.terminals().iter().try_for_each(|terminal| write!(f, " {terminal}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_makes_a_fault_that_is_written_so() {
        let names = ["alex", "kate"].map(|name| TerminalName::parse(name).expect("a name"));
        for (word, count) in Fault::WORDS {
            let fault = Fault::new(word, &names[..count]).expect("a fault");
            assert_eq!(fault.word(), word);
            assert_eq!(fault.terminals(), names[..count].iter().collect::<Vec<_>>());
            assert_eq!(fault.to_string(), format!("{word} {}", ["alex", "alex kate"][count - 1]));
            assert_eq!(Fault::new(word, &names[..3 - count]), None, "{word}");
        }
        assert_eq!(Fault::new("close", &names[..1]), None);
    }
}
