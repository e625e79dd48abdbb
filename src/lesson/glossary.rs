//! A lesson's terms in one language, found as people write them: in any case, without accents, nearly right.

use super::diagnostic::nearest;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As the language's own texts have it, e.g. `κόμβος`.
    pub name: String,
    /// Other words for it, e.g. `node`: by one of these at least, languages know that they mean the same.
    pub also: Vec<String>,
    /// Markdown, one or two sentences.
    pub text: String,
}

/// Terms in the order of their file; no word stands for two of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glossary {
    terms: Vec<Term>,
}

impl Term {
    /// Its name first, then its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.also).map(String::as_str)
    }

    /// Whether `word` is one of its names, but for case, accents and spaces.
    pub fn is_called(&self, word: &str) -> bool {
        self.names().any(|name| is_same(name, word))
    }

    /// Whether the two share a name: the same term in two languages.
    pub fn is_twin(&self, other: &Self) -> bool {
        other.names().any(|name| self.is_called(name))
    }
}

impl Glossary {
    /// Of terms that have no name in common.
    pub(super) fn new(terms: Vec<Term>) -> Self {
        Self { terms }
    }

    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    pub fn find(&self, word: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.is_called(word))
    }

    /// The name most like `word` (a plural, a slip of the finger), if one is like it at all; as it is written here.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let names = || self.terms.iter().flat_map(Term::names);
        let folded_names: Vec<String> = names().map(folded).collect();
        let near = nearest(&folded(word), folded_names.iter().map(String::as_str))?;
        names().find(|name| folded(name) == near)
    }
}

/// Whether two names differ in nothing but case, accents and spaces.
pub fn is_same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// What is compared: lower case, without the accents of Greek, with single spaces.
fn folded(word: &str) -> String {
    let lower = word.to_lowercase();
    let words: Vec<String> = lower.split_whitespace().map(|word| word.chars().map(bare).collect()).collect();
    words.join(" ")
}

/// A small letter without accent or diaeresis; ς as σ.
fn bare(letter: char) -> char {
    match letter {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(name: &str, also: &[&str]) -> Term {
        let also = also.iter().map(|name| (*name).to_string()).collect();
        Term { name: name.into(), also, text: format!("What {name} means.") }
    }

    fn greek() -> Glossary {
        let leader = term("αρχηγός ομάδας", &["group leader"]);
        Glossary::new(vec![
            term("κόμβος", &["node"]),
            term("διεργασία", &["process"]),
            leader,
            term("epmd", &[]),
        ])
    }

    #[track_caller]
    fn finds(word: &str, name: &str) {
        assert_eq!(greek().find(word).map(|term| term.name.clone()), Some(name.to_string()));
    }

    #[test]
    fn a_term_is_found_by_its_own_word_and_by_the_english_one() {
        finds("κόμβος", "κόμβος");
        finds("node", "κόμβος");
        finds("group leader", "αρχηγός ομάδας");
        assert_eq!(greek().find("cookie"), None);
        assert_eq!(greek().find(""), None);
    }

    #[test]
    fn case_accents_and_spaces_make_no_difference() {
        finds("ΚΟΜΒΟΣ", "κόμβος");
        finds("Κόμβος", "κόμβος");
        finds("κομβος", "κόμβος");
        finds("EPMD", "epmd");
        finds("  Αρχηγοσ   ομαδας ", "αρχηγός ομάδας");
    }

    #[test]
    fn plurals_and_slips_have_a_neighbour() {
        assert_eq!(greek().nearest("nodes"), Some("node"));
        assert_eq!(greek().nearest("Processes"), Some("process"));
        assert_eq!(greek().nearest("κόμβοι"), Some("κόμβος"));
        assert_eq!(greek().nearest("διεργασίες"), Some("διεργασία"));
        assert_eq!(greek().nearest("group-leader"), Some("group leader"));
        assert_eq!(greek().nearest("xyz"), None);
    }

    #[test]
    fn twins_share_a_name() {
        assert!(term("node", &[]).is_twin(&term("κόμβος", &["node"])));
        assert!(term("κόμβος", &["Node"]).is_twin(&term("node", &[])));
        assert!(!term("node", &[]).is_twin(&term("κόμβος", &["nodes"])));
    }
}
