//! Words that were typed with the keyboard on its Greek layout.

/// A word typed on a Greek layout, by the keys that were pressed; any other word as it is.
pub(super) fn latin(word: &str) -> String {
    if !word.chars().any(|c| latin_key(c).is_some()) {
        return word.to_owned();
    }
    // On that layout the key of q types a semicolon, or U+037E, which looks like it.
    let key = |c| latin_key(c).unwrap_or(if matches!(c, ';' | '\u{37e}') { 'q' } else { c });
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
}
