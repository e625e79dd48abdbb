//! Words that were typed with the keyboard on its Greek layout.

use super::lexer::{code_characters, is_word};

/// A name that is wholly Greek, and the keys that were pressed for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistyped {
    pub typed: String,
    pub keys: String,
    /// Elixir can't take it: a variable may be Greek, a module may not.
    pub is_certain: bool,
}

/// The first such name in the code, with what is called on it: `Νοδε.σελφ`.
pub fn mistyped(source: &str) -> Option<Mistyped> {
    let code = code_characters(source).0;
    let is_chain = |c: char| is_word(c) || c == '.';
    let follows = |one: &(usize, char), other: &(usize, char)| {
        is_chain(one.1) == is_chain(other.1) && one.0 + one.1.len_utf8() == other.0
    };
    let mut before = None;
    for chain in code.chunk_by(follows) {
        let chain: String = chain.iter().map(|(_, c)| c).collect();
        let first = chain.split('.').next().unwrap_or_default();
        if !first.is_empty() && first.chars().all(|c| latin_key(c).is_some() || c == '_') {
            let is_module = first.chars().next().is_some_and(char::is_uppercase);
            let keys = pressed(&chain);
            return Some(Mistyped { keys, is_certain: is_module && before != Some(':'), typed: chain });
        }
        before = chain.chars().last();
    }
    None
}

/// A word typed on a Greek layout, by the keys that were pressed, in small letters; any other word as it is.
pub fn latin(word: &str) -> String {
    let keys = pressed(word);
    if keys == word { keys } else { keys.to_lowercase() }
}

fn pressed(word: &str) -> String {
    if !word.chars().any(|c| latin_key(c).is_some()) {
        return word.to_owned();
    }
    // On that layout the key of q types a semicolon, or U+037E, which looks like it.
    let key = |c: char| match latin_key(c) {
        Some(key) if c.is_uppercase() => key.to_ascii_uppercase(),
        Some(key) => key,
        None if matches!(c, ';' | '\u{37e}') => 'q',
        None => c,
    };
    word.chars().map(key).collect()
}

fn latin_key(c: char) -> Option<char> {
    let lower = c.to_lowercase().next()?;
    Some(match lower {
        'α' | 'ά' => 'a',
        'β' => 'b',
        'ψ' => 'c',
        'δ' => 'd',
        'ε' | 'έ' => 'e',
        'φ' => 'f',
        'γ' => 'g',
        'η' | 'ή' => 'h',
        'ι' | 'ί' | 'ϊ' | 'ΐ' => 'i',
        'ξ' => 'j',
        'κ' => 'k',
        'λ' => 'l',
        'μ' => 'm',
        'ν' => 'n',
        'ο' | 'ό' => 'o',
        'π' => 'p',
        'ρ' => 'r',
        'σ' => 's',
        'τ' => 't',
        'θ' => 'u',
        'ω' | 'ώ' => 'v',
        'ς' => 'w',
        'χ' => 'x',
        'υ' | 'ύ' | 'ϋ' | 'ΰ' => 'y',
        'ζ' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_greek_letter_is_the_key_it_is_on() {
        let typed = "ςερτυθιοπασδφγηξκλζχψωβνμ";
        assert_eq!(latin(typed), "wertyuiopasdfghjklzxcvbnm");
        assert_eq!(latin("ΓΟΤΟ"), "goto");
        assert_eq!([latin(";θιτ"), latin("\u{37e}θιτ")], ["quit", "quit"]);
        assert_eq!([latin("alex"), latin("1;2")], ["alex", "1;2"], "not typed on one");
    }

    #[test]
    fn a_name_of_a_module_in_greek_is_a_slip_of_the_keyboard() {
        let told = |source: &str| mistyped(source).map(|found| (found.typed, found.keys, found.is_certain));
        let slip =
            |typed: &str, keys: &str, is_certain| Some((typed.to_owned(), keys.to_owned(), is_certain));
        assert_eq!(told("Νοδε.σελφ()"), slip("Νοδε.σελφ", "Node.self", true));
        assert_eq!(told("x = ΙΟ.puts(1)"), slip("ΙΟ.puts", "IO.puts", true));
        assert_eq!(told("Νοδε.λιστ"), slip("Νοδε.λιστ", "Node.list", true));
        assert_eq!(told("ιεχ --sname alex@localhost"), slip("ιεχ", "iex", false));
        assert_eq!(told("κόμβος = 1"), slip("κόμβος", "kombow", false), "a variable, perhaps");
        assert_eq!(told(":Αλεξ"), slip("Αλεξ", "Alej", false), "an atom");
        for source in ["IO.puts(\"Γεια\")", "# Νοδε", "Νode.list()", "Node.list()", "1 + 1"] {
            assert_eq!(told(source), None, "{source}");
        }
    }
}
