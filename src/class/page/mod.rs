//! What the teacher looks at: a page that needs nothing but itself, and the stream that keeps it up to date.
//!
//! The page is made of *parts*, elements with an id. What has changed is sent as the part anew; the script puts it in the
//! old one's place, and does nothing else. Without a script the page asks for itself again every few seconds.

mod parts;
mod routes;

use base64::{Engine, engine::general_purpose::STANDARD};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::i18n::{Lang, Localized};

use super::{messages, outline::Outline, room::Room};

pub use routes::{Site, serve};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// In seconds, where no script keeps the page up to date.
const REFRESH: u32 = 5;

/// How the page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct View {
    pub lang: Lang,
    /// For a projector: without names.
    pub is_wall: bool,
}

/// All that a page is made of at one moment.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub room: &'a Room,
    pub outline: &'a Outline,
    /// What learners type to join.
    pub invitation: &'a str,
    pub now: u64,
    pub view: View,
}

impl Sight<'_> {
    fn say(&self, words: &Localized) -> String {
        words.speak(self.view.lang).to_owned()
    }

    /// To this page, seen otherwise.
    fn link(view: View) -> String {
        format!("?lang={}{}", view.lang, if view.is_wall { "&view=wall" } else { "" })
    }

    pub(super) fn page(&self) -> String {
        let View { lang, is_wall } = self.view;
        let title = format!("{} · {}", self.say(&messages::class()), self.outline.title);
        let other = if lang == Lang::En { Lang::El } else { Lang::En };
        let body = html! {
            header.top {
                div.invitation {
                    p.kicker { (self.say(&messages::to_join())) }
                    p.code { code { (self.invitation) } }
                }
                h1 { (self.outline.title) }
                p.gone #gone hidden role="status" { (self.say(&messages::not_live())) }
                (self.counts())
            }
            main {
                @if is_wall {
                    (self.places())
                    (self.pace())
                } @else {
                    div.halves {
                        (self.needs())
                        (self.mistakes())
                    }
                    (self.pace())
                    (self.matrix())
                }
            }
            footer {
                nav {
                    a href=(Self::link(View { is_wall: !is_wall, ..self.view })) {
                        (self.say(&if is_wall { messages::with_names() } else { messages::for_the_projector() }))
                    }
                    @if !is_wall { a href="class.csv" { (self.say(&messages::as_csv())) } }
                    a href=(Self::link(View { lang: other, ..self.view })) lang=(other) {
                        (self.say(&messages::other_language()))
                    }
                }
            }
            script data-events=(format!("events{}", Self::link(self.view))) { (PreEscaped(SCRIPT)) }
        };
        self.document(&title, true, body)
    }

    /// What one learner has typed at the present step, if they share it.
    pub(super) fn learner_page(&self, index: usize) -> Option<String> {
        let learner = self.room.learners.get(index)?;
        let body = html! {
            header.top {
                p.kicker { a href=(format!("../{}", Self::link(self.view))) { (self.say(&messages::back_to_class())) } }
                h1 { bdi { (learner.name) } }
            }
            main { (self.desk(learner)) }
        };
        Some(self.document(&learner.name, false, body))
    }

    fn document(&self, title: &str, is_live: bool, body: Markup) -> String {
        let page = html! {
            (DOCTYPE)
            html lang=(self.view.lang) class=[self.view.is_wall.then_some("wall")] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    link rel="icon" href="data:,";
                    title { (title) }
                    @if is_live {
                        noscript { meta http-equiv="refresh" content=(REFRESH); }
                    } @else {
                        meta http-equiv="refresh" content=(REFRESH);
                    }
                    style { (PreEscaped(STYLE)) }
                }
                body { (body) }
            }
        };
        page.into_string()
    }
}

/// Nothing runs but the one script and the one style sheet, nothing is loaded, and only the page's own stream is listened to.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; connect-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}
