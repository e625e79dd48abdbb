//! `/why`: what went wrong, what it means, what Moebi saw, what to try.
//!
//! ```text
//!   alex » Node.ping(:nope@localhost)
//!   alex: :pang
//!
//!   ✘ No node is called nope@localhost, so there is nobody to connect to.
//! ```

use super::{feedback::Pen, palette::Tone, span::Span};
use crate::session::notice::Explanation;

pub(super) fn lines(explanation: &Explanation, pen: Pen) -> Vec<String> {
    let Explanation { typed, shown, means, about, seen, attempt } = explanation;
    let part = || vec![String::new()];
    let quoted = |(terminal, text): &(_, String), between| {
        let text = [Span::new(Tone::Quiet, format!("{terminal}{between}")), Span::new(Tone::Code, text)];
        pen.hanging("  ", "    ", &text)
    };
    [
        quoted(typed, " » "),
        quoted(shown, ": "),
        part(),
        pen.signed("✘", Tone::Bad, pen.words(means)),
        pen.hanging("    ", "    ", &pen.words(about)),
        part(),
        seen.iter().flat_map(|fact| pen.signed("·", Tone::Quiet, pen.words(fact))).collect(),
        part(),
        pen.signed("→", Tone::Advice, pen.words(attempt)),
    ]
    .concat()
}
