//! `results.json`.

use std::fmt::Write as _;

use crate::grade::results::Results;

/// The results as they are. What a terminal or an editor might act on is escaped, so that the file can be looked at.
pub fn results(results: &Results) -> String {
    let json = serde_json::to_string_pretty(results).expect("results hold only texts and numbers");
    let mut text = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if acts(c) {
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text + "\n"
}

/// Beyond those that JSON itself escapes; all are within 16 bits, and can only stand in strings.
fn acts(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grade::pages::sample;

    proptest! {
        #[test]
        fn comes_back_as_it_was_and_nothing_in_it_acts(name in sample::NASTY, text in sample::NASTY) {
            let class = sample::class_with(&name, &text);
            let json = results(&class);
            prop_assert!(!json.chars().any(|c| c != '\n' && (c.is_control() || acts(c))), "{json:?}");
            prop_assert_eq!(serde_json::from_str::<Results>(&json).expect("JSON"), class);
        }
    }
}
