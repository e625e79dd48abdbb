//! Numbers as the readers of a language write them.

use crate::i18n::Lang;

/// With two decimals at most, and none that say nothing: `3`, `2.5`, in Greek `2,5`.
pub fn told(number: f64, lang: Lang) -> String {
    let text = plain(number);
    match lang {
        Lang::En => text,
        Lang::El => text.replace('.', ","),
    }
}

/// The same for programs.
pub fn plain(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    // `-0` is none.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// A part of a whole, from 0 to 1. Nothing of nothing is all of it.
pub fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 1.0 }
}

/// `81 %`, rounded down: only everything is 100 %.
pub fn percent(ratio: f64) -> String {
    format!("{} %", (ratio * 100.0 + 1e-9).floor())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_decimals_that_say_nothing() {
        assert_eq!([3.0, 2.5, 1.0 / 3.0, -0.001].map(|n| told(n, Lang::El)), ["3", "2,5", "0,33", "0"]);
        assert_eq!(plain(0.1 + 0.2), "0.3");
    }

    #[test]
    fn only_everything_is_a_hundred_percent() {
        assert_eq!([0.0, 0.999, 0.29, 1.0].map(percent), ["0 %", "99 %", "29 %", "100 %"]);
    }
}
