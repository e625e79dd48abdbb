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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::{Lang, Localized, Verbatim},
        lesson::TerminalName,
        render::{Palette, width},
    };

    #[test]
    fn it_fits_any_width() {
        let alex = || TerminalName::parse("alex").expect("a name");
        let said = |text: &str| Localized::from(Verbatim::said(text));
        let explanation = Explanation {
            typed: (alex(), "GenServer.call({Chat, :nope@localhost}, :x)".to_owned()),
            shown: (alex(), "** (EXIT) no connection to nope@localhost".to_owned()),
            means: said("No node is called nope@localhost, so there is nobody to connect to."),
            about: said(&"Nodes connect when one first needs the other. ".repeat(3)),
            seen: vec![said("epmd was asked for nope, and knew no such name."), said("nope has not run.")],
            attempt: said("Start one of that name, or use one that runs: `kate@localhost`."),
        };
        for columns in 40..=120 {
            let lines = lines(&explanation, Pen { columns, palette: Palette::MONOCHROME, lang: Lang::En });
            assert_eq!(lines.iter().find(|line| width::width(line) > columns), None, "{columns}");
        }
        let pen = Pen { columns: 80, palette: Palette::MONOCHROME, lang: Lang::En };
        insta::assert_snapshot!(lines(&explanation, pen).join("\n"));
    }
}
