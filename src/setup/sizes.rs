//! What the packages take, before any is fetched.

use std::fmt;

use super::staging::Staging;
use crate::error::{Error, Result};

/// In bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sizes {
    download: u64,
    unpacked: u64,
}

impl Sizes {
    /// Of `apt-cache show`: `Size` is in bytes, `Installed-Size` in KiB.
    pub fn read(shown: &str) -> Self {
        let sum = |field: &str| -> u64 {
            shown.lines().filter_map(|line| line.strip_prefix(field)?.trim().parse::<u64>().ok()).sum()
        };
        Self { download: sum("Size:"), unpacked: sum("Installed-Size:") * 1024 }
    }

    /// # Errors
    /// Packages and what comes out of them lie side by side for a moment, and there is no room for that.
    pub fn check_room(self, staging: &Staging) -> Result<()> {
        let needed = self.download + self.unpacked;
        match staging.room() {
            Some(room) if room < needed => Err(Error::could_not_run(format!(
                "there is too little room for Elixir: {} are needed, {} are free",
                Megabytes(needed),
                Megabytes(room)
            ))
            .hint(
                "Free some, or set XDG_DATA_HOME to a folder on a larger disk, and run `moebi setup` again.",
            )),
            Some(_) | None => Ok(()),
        }
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to download, {} on disk", Megabytes(self.download), Megabytes(self.unpacked))
    }
}

struct Megabytes(u64);

impl fmt::Display for Megabytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} MB", self.0.div_ceil(1_000_000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_add_up_whatever_their_unit() {
        let shown = "Package: a\nInstalled-Size: 2000\nSize: 500000\n\nPackage: b\nInstalled-Size: 1000\nSize: 700000\n";
        assert_eq!(Sizes::read(shown).to_string(), "2 MB to download, 4 MB on disk");
    }
}
