//! Messages that cross from one node to another.

use super::{Stands, messages, scene::Scene};
use crate::{
    i18n::Localized,
    lesson::{Fact, NodeName, Record, model::MessageWanted, syntax},
};

/// One that has crossed.
struct Sent<'a> {
    from: &'a NodeName,
    to: &'a NodeName,
    text: &'a str,
}

pub fn message(wanted: &MessageWanted, scene: &Scene<'_>) -> Stands {
    let records = if wanted.earlier { scene.all } else { scene.records };
    let sent = || records.iter().rev().filter_map(sent);
    let is_like = |sent: &Sent<'_>| syntax::matches(sent.text, &wanted.pattern);
    match sent().filter(|sent| is_on_the_way(wanted, sent)).find(is_like) {
        Some(found) => Stands::yes(told(&found)),
        None => Stands::no(nearest(wanted, || sent().filter(is_like), sent)),
    }
}

fn sent(record: &Record) -> Option<Sent<'_>> {
    let Fact::Message { from, to, text } = &record.fact else { return None };
    Some(Sent { from, to, text })
}

fn is_on_the_way(wanted: &MessageWanted, sent: &Sent<'_>) -> bool {
    let is = |wanted: &Option<NodeName>, is: &NodeName| wanted.as_ref().is_none_or(|wanted| wanted == is);
    is(&wanted.from, sent.from) && is(&wanted.to, sent.to)
}

/// The right message on another way, or another one on the right way; the latest of them.
fn nearest<'a, L, S>(wanted: &MessageWanted, like: impl Fn() -> L, sent: impl Fn() -> S) -> Option<Localized>
where
    L: Iterator<Item = Sent<'a>>,
    S: Iterator<Item = Sent<'a>>,
{
    let other = || sent().find(|sent| is_on_the_way(wanted, sent));
    let nearest = like().next().or_else(other);
    let none = || messages::none_went(&messages::way(wanted.from.as_ref(), wanted.to.as_ref()));
    Some(nearest.map_or_else(none, |nearest| told(&nearest)))
}

fn told(sent: &Sent<'_>) -> Localized {
    messages::went(&messages::code(sent.text), &messages::way(Some(sent.from), Some(sent.to)))
}
