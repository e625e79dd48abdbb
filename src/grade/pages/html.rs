//! What the pages for a browser are drawn with.
//!
//! maud writes them: it escapes whatever it is given, and its templates are checked when they are compiled. Should markup
//! get through all the same, a page's policy lets nothing run but the script whose hash it names, and loads nothing.

use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{Markup, html};
use sha2::{Digest, Sha256};

use crate::{
    check::{
        excerpt::{self, Row},
        messages as check_messages,
        outcome::{MomentKind, StepOutcome},
    },
    i18n::{Lang, Localized},
    lesson::Verdict,
    render::untrusted,
};

use super::{
    messages,
    prose::{self, Piece},
};

// Colours, letters and what every page has come first.
pub(super) const REPORT: &str = concat!(
    include_str!("style/base.css"),
    include_str!("style/timeline.css"),
    include_str!("report/style.css")
);
pub(super) const FEEDBACK: &str = concat!(
    include_str!("style/base.css"),
    include_str!("style/timeline.css"),
    include_str!("feedback/style.css")
);

/// How many terminals have a colour of their own.
const COLOURS: usize = 6;

/// Nothing is loaded, nothing sent; the style and the script, where there is one, are those that this Moebi wrote.
pub(super) fn policy(style: &str, script: Option<&str>) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; img-src data:; style-src {}; script-src {}; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
        hash(style),
        script.map_or("'none'".to_owned(), hash)
    )
}

fn say(words: &Localized, lang: Lang) -> String {
    words.speak(lang).to_owned()
}

/// Text of unknown origin within a line: what it does to the direction of writing stays its own affair.
pub(super) fn foreign(text: &str) -> Markup {
    html! { bdi { (untrusted::plain(text)) } }
}

pub(super) fn pieces(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Plain(text) => { (text) },
                Piece::Code(text) => { code { (text) } },
                Piece::Strong(text) => { strong { (text) } },
                Piece::Emphasis(text) => { em { (text) } },
                Piece::Gap => { br; },
                Piece::Block(text) => { pre { (text) } },
            }
        }
    }
}

/// The class of a verdict in style and script.
pub(super) fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "p",
        Verdict::Failed => "f",
        Verdict::TimedOut => "t",
        Verdict::Skipped => "s",
        Verdict::Unanswered => "o",
        Verdict::CouldNotRun => "c",
    }
}

/// Its shape: told from the others without colour. U+FE0E keeps phones from drawing pictures.
pub(super) fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "✓\u{fe0e}",
        Verdict::Failed => "✗\u{fe0e}",
        Verdict::TimedOut => "◷\u{fe0e}",
        Verdict::Skipped => "–",
        Verdict::Unanswered => "·",
        Verdict::CouldNotRun => "!",
    }
}

/// What happened in a step, in about `most` characters.
pub(super) fn timeline(step: &StepOutcome, most: usize, lang: Lang) -> Markup {
    let rows = excerpt::rows(&step.timeline, most, lang);
    let mut terminals: Vec<_> =
        step.timeline.iter().filter_map(|moment| moment.terminal.as_deref()).collect();
    terminals.sort_unstable();
    terminals.dedup();
    html! {
        table.timeline {
            caption { (say(&messages::on_all_terminals(), lang)) }
            colgroup { col.at; col.in; col; }
            thead.vh { tr { th { (say(&messages::seconds(), lang)) } th { (say(&messages::terminal(), lang)) } th { (say(&messages::what(), lang)) } } }
            @for row in &rows { (moment(row, &terminals, lang)) }
        }
    }
}

fn moment(row: &Row<'_>, terminals: &[&str], lang: Lang) -> Markup {
    let (moment, text) = match row {
        Row::Moment(moment, text) => (moment, text),
        Row::LeftOut(count) => {
            let words = say(&check_messages::moments_left_out(*count), lang);
            return html! { tr.left { td {} td {} td { (words) } } };
        }
    };
    let terminal = moment.terminal.as_deref();
    let colour = terminal.and_then(|name| terminals.iter().position(|one| *one == name));
    let colour = colour.map(|index| format!("l{}", index % COLOURS));
    html! {
        tr class=(kind(moment.kind)) {
            td { (excerpt::seconds(moment.at).trim_start()) }
            td class=[colour] { @if let Some(name) = terminal { (foreign(name)) } }
            td {
                span.vh { (say(&kind_told(moment.kind), lang)) ": " }
                bdi { (text) }
                @if let Some(by) = &moment.by { " " small { "‹ " (foreign(by)) " ›" } }
            }
        }
    }
}

/// A sentence of Moebi's that may quote a submission.
pub(super) fn quoted(text: &str) -> Markup {
    html! { bdi { (pieces(&prose::ticked(text))) } }
}

fn kind(kind: MomentKind) -> &'static str {
    match kind {
        MomentKind::Typed => "typed",
        MomentKind::Printed => "printed",
        MomentKind::Value => "value",
        MomentKind::Error => "error",
        MomentKind::Log => "log",
        MomentKind::Nodes => "nodes",
        MomentKind::Message => "message",
        MomentKind::Note => "note",
    }
}

fn kind_told(kind: MomentKind) -> Localized {
    match kind {
        MomentKind::Typed => messages::typed(),
        MomentKind::Printed => messages::printed(),
        MomentKind::Value => messages::value(),
        MomentKind::Error => messages::error(),
        MomentKind::Log => messages::log(),
        MomentKind::Nodes => messages::nodes(),
        MomentKind::Message => messages::message(),
        MomentKind::Note => messages::note(),
    }
}
