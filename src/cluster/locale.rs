//! What letters are to the programs in a terminal: UTF-8, whatever the person's own locale says.
//!
//! Under `C` or `POSIX` a shell spells Greek as octal numbers and Erlang 25 takes file names as Latin-1. Only the
//! encoding is changed: the language of messages, the form of dates and numbers stay the person's own.

/// A locale that is always there and is nobody's language: POSIX leaves UTF-8 out, so each system has its own name.
const ENCODING: &str = if cfg!(target_os = "macos") { "UTF-8" } else { "C.UTF-8" };

/// Whether what runs with these variables takes text as UTF-8.
pub fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    effective(variable).is_some_and(|locale| names_utf8(&locale))
}

/// What decides on characters: the first of these that is set and not empty (POSIX, "Environment Variables").
pub fn effective(variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set)
}

/// `el_GR.UTF-8`, `C.utf8`, `en_US.UTF-8@euro`.
fn names_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    let encoding = locale.rsplit_once('.').map_or(locale.as_str(), |(_, encoding)| encoding);
    matches!(encoding.split('@').next(), Some("utf-8" | "utf8"))
}

/// What a terminal sets and unsets for UTF-8; nothing where that is the person's own encoding.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) set: Vec<(String, String)>,
    pub(super) unset: Vec<String>,
}

impl Change {
    pub(super) fn needed(variable: impl Fn(&str) -> Option<String>) -> Self {
        if is_utf8(&variable) {
            return Self::default();
        }
        let mut set = vec![("LC_CTYPE".to_owned(), ENCODING.to_owned())];
        // `LC_ALL` outranks it and must go; what else it spoke for stays as it was.
        set.extend(variable("LC_ALL").filter(|all| !all.is_empty()).map(|all| ("LANG".to_owned(), all)));
        Self { set, unset: vec!["LC_ALL".to_owned()] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needed(variables: &[(&str, &str)]) -> Change {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let variables: std::collections::BTreeMap<_, _> = variables.iter().map(owned).collect();
        Change::needed(|name| variables.get(name).cloned())
    }

    #[test]
    fn utf8_is_left_alone_however_it_is_written() {
        for locale in ["el_GR.UTF-8", "C.utf8", "en_US.UTF-8@euro", "UTF-8"] {
            assert_eq!(needed(&[("LANG", locale)]), Change::default(), "{locale}");
        }
        assert_eq!(needed(&[("LANG", "C"), ("LC_CTYPE", "el_GR.UTF-8")]), Change::default());
        assert_eq!(needed(&[("LANG", "el_GR.UTF-8"), ("LC_ALL", "")]), Change::default());
    }

    #[test]
    fn anything_else_gets_the_encoding_and_keeps_the_rest() {
        for variables in [&[][..], &[("LANG", "C")], &[("LANG", "el_GR.ISO-8859-7")]] {
            let change = needed(variables);
            assert_eq!(change.set, [("LC_CTYPE".to_owned(), ENCODING.to_owned())]);
            assert_eq!(change.unset, ["LC_ALL"]);
        }
        let change = needed(&[("LANG", "el_GR.UTF-8"), ("LC_ALL", "C")]);
        assert!(change.set.contains(&("LANG".to_owned(), "C".to_owned())), "{change:?}");
    }
}
