//! What the packages take, before any is fetched.

use super::{messages, staging::Staging};
use crate::{
    error::{Error, Result},
    i18n::Localized,
};

/// In bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sizes {
    download: u64,
    unpacked: u64,
}

impl Sizes {
    /// Of `apt-cache show`: `Size` is in bytes, `Installed-Size` in KiB.
    pub(super) fn read(shown: &str) -> Self {
        let sum = |field: &str| -> u64 {
            shown.lines().filter_map(|line| line.strip_prefix(field)?.trim().parse::<u64>().ok()).sum()
        };
        Self { download: sum("Size:"), unpacked: sum("Installed-Size:") * 1024 }
    }

    /// # Errors
    /// Packages and what comes out of them lie side by side for a moment, and there is no room for that.
    pub(super) fn check_room(self, staging: &Staging) -> Result<()> {
        let needed = self.download + self.unpacked;
        match staging.room() {
            Some(room) if room < needed => {
                let error =
                    Error::could_not_run(messages::too_little_room(megabytes(needed), megabytes(room)));
                Err(error.hint(messages::free_some()))
            }
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn told(self) -> Localized {
        messages::sizes(megabytes(self.download), megabytes(self.unpacked))
    }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn sizes_add_up_whatever_their_unit() {
        let shown = "Package: a\nInstalled-Size: 2000\nSize: 500000\n\nPackage: b\nInstalled-Size: 1000\nSize: 700000\n";
        assert_eq!(Sizes::read(shown).told().speak(Lang::En), "2 MB to download, 4 MB on disk");
    }
}
