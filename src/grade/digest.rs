//! What tells two versions apart: of a lesson, a scheme, a submission.

use sha2::{Digest, Sha256};

use crate::{check::Scheme, lesson::Source};

/// What tells two versions of a lesson apart.
pub fn of_lesson(source: &Source) -> String {
    let files = source.files.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
    hex(&digest(files))
}

pub fn of_scheme(scheme: &Scheme) -> String {
    of_text(&format!("{scheme:?}"))
}

pub fn of_text(text: &str) -> String {
    hex(&digest([text.as_bytes()]))
}

/// Each part with its length before it, so that no two lists of parts look alike.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
