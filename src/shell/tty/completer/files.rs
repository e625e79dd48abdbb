//! Files of the folder that a terminal is in.

use std::path::{Path, PathBuf};

use crate::guide::command::Candidate;

/// So many entries of a folder are looked at.
const MAX_ENTRIES: usize = 5000;

/// What the word may go on with: names in `folder`, or in the folder that the word names.
pub(super) fn candidates(word: &str, folder: &Path) -> Vec<Candidate> {
    let (above, name) = word
        .rsplit_once('/')
        .map_or(("", word), |(above, name)| if above.is_empty() { ("/", name) } else { (above, name) });
    let Ok(entries) = folder.join(home(above)).read_dir() else { return Vec::new() };
    let mut found: Vec<_> = entries
        .take(MAX_ENTRIES)
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let file = entry.file_name().into_string().ok()?;
            let is_hidden = file.starts_with('.') && !name.starts_with('.');
            let is_folder = entry.path().is_dir();
            (file.starts_with(name) && !is_hidden).then(|| candidate(name, &file, is_folder))
        })
        .collect();
    found.sort_by(|one, other| one.label.cmp(&other.label));
    found
}

fn candidate(name: &str, file: &str, is_folder: bool) -> Candidate {
    let label = format!("{file}{}", if is_folder { "/" } else { "" });
    let text = format!("{}{}", quoted(file), if is_folder { "/" } else { "" });
    Candidate { back: name.len(), text, label, about: String::new() }
}

/// As `sh` reads it.
fn quoted(file: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._-+@%,:".contains(c);
    file.chars().flat_map(|c| (!is_plain(c)).then_some('\\').into_iter().chain([c])).collect()
}

fn home(above: &str) -> PathBuf {
    match (above.strip_prefix('~'), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) if rest.is_empty() || rest.starts_with('/') => {
            PathBuf::from(home).join(rest.trim_start_matches('/'))
        }
        _ => PathBuf::from(above),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_folders_are_found() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("chat")).expect("made");
        for name in ["chat/mix.exs", "chat it.ex", ".hidden"] {
            std::fs::write(folder.path().join(name), "").expect("written");
        }
        let found =
            |word| candidates(word, folder.path()).into_iter().map(|found| found.text).collect::<Vec<_>>();
        assert_eq!(found("ch"), ["chat\\ it.ex", "chat/"]);
        assert_eq!(found("chat/m"), ["mix.exs"]);
        assert_eq!(found("").len(), 2);
        assert_eq!(found(".h"), [".hidden"]);
        assert!(found("nothing/x").is_empty());
    }
}
