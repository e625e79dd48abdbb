//! Versions, as `elixir --version` writes them.

use std::fmt;

/// An Elixir version's first two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32);

impl Version {
    /// Of `1.14.0`, `1.18.3.dfsg-1`, `1:1.14.0`, `1.19.0-dev`.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.split_once(':').map_or(text, |(_, text)| text);
        let mut numbers = text.split(['.', '-', '+', '~']);
        Some(Self(numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Pair {
    pub elixir: String,
    pub otp: String,
}

impl Pair {
    /// Of lines that begin `Erlang/OTP 25 [` and `Elixir 1.14.0 (`, wherever they stand.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let word = |start| text.lines().find_map(|line: &str| line.strip_prefix(start)?.split(' ').next());
        let (otp, elixir) = (word("Erlang/OTP ")?, word("Elixir ")?);
        Version::of(elixir)?;
        Some(Self { elixir: elixir.to_owned(), otp: otp.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(Version::of("1.9.4") < Version::of("1.14.0"));
        assert_eq!(Version::of("1.19.0-dev"), Some(Version(1, 19)));
        assert_eq!(Version::of("1:1.14.0.dfsg-2"), Some(Version(1, 14)));
        assert_eq!(Version::of("main"), None);
    }

    #[test]
    fn both_versions_come_from_one_answer() {
        let answer = "Erlang/OTP 25 [erts-13.1.5] [source]\n\nElixir 1.14.0 (compiled with Erlang/OTP 24)\n";
        let pair = Pair { elixir: "1.14.0".into(), otp: "25".into() };
        assert_eq!(Pair::parse(answer), Some(pair));
        assert_eq!(Pair::parse("Erlang/OTP 25 [erts-13.1.5]\n"), None);
    }
}
