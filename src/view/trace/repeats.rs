//! What comes again and again is told once, with how often.

use super::{Event, Round};

/// So many events, at most, are looked at as a round that goes on.
const LONGEST: usize = 6;

pub(super) fn counted(events: Vec<Event>) -> Vec<Event> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < events.len() {
        let rest = &events[at..];
        let length = (1..=LONGEST).find(|length| rounds(rest, *length) > 1).unwrap_or(1);
        let times = rounds(rest, length);
        kept.extend(rest[..length].iter().cloned());
        if let (Some(last), true) = (kept.last_mut(), times > 1) {
            if length == 1 {
                last.times = times;
            } else {
                last.round = Some(Round { events: length, times });
            }
        }
        at += length * times;
    }
    kept
}

/// How often the first `length` events come, in a row.
fn rounds(events: &[Event], length: usize) -> usize {
    let Some(first) = events.get(..length) else { return 1 };
    let is_same = |round: &&[Event]| round.iter().zip(first).all(|(one, other)| is_alike(one, other));
    events.chunks_exact(length).take_while(is_same).count().max(1)
}

/// But for when, and for the process where each time another one does the same.
fn is_alike(one: &Event, other: &Event) -> bool {
    let nodes = |event: &Event| (event.from.node.clone(), event.to.as_ref().map(|to| to.node.clone()));
    one.what == other.what && nodes(one) == nodes(other) && numberless(&one.text) == numberless(&other.text)
}

/// `#PID<0.133.0>` and `#Reference<0.1.2.3>` are another each time.
fn numberless(text: &str) -> String {
    let mut parts = text.split('#');
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_name = part.starts_with("PID<") || part.starts_with("Reference<");
        let rest = part.split_once('>').filter(|_| is_name).map_or(part, |(_, rest)| rest);
        kept.push('#');
        kept.push_str(rest);
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        lesson::NodeName,
        view::trace::{End, What, Who},
    };

    fn event(text: &str) -> Event {
        let end = |name: &str| End { node: NodeName::parse(name).expect("a name"), who: Who::Unknown };
        Event {
            at: Duration::ZERO,
            from: end("alex"),
            to: Some(end("kate")),
            what: What::Message,
            text: text.to_owned(),
            times: 1,
            round: None,
        }
    }

    fn told(texts: &[&str]) -> Vec<String> {
        let events = counted(texts.iter().map(|text| event(text)).collect());
        let told = events.iter().map(|event| match event.round {
            Some(round) => format!("{} ({} × {})", event.text, round.events, round.times),
            None => format!("{} × {}", event.text, event.times),
        });
        told.collect()
    }

    #[test]
    fn repeats_are_counted_alone_and_in_rounds() {
        assert_eq!(told(&["a", "b", "b", "b", "c"]), ["a × 1", "b × 3", "c × 1"]);
        assert_eq!(told(&["a", "b", "a", "b", "a"]), ["a × 1", "b (2 × 2)", "a × 1"]);
        assert_eq!(told(&["{#PID<0.1.0>, 1}", "{#PID<0.2.0>, 1}"]), ["{#PID<0.1.0>, 1} × 2"]);
        assert_eq!(told(&["{#PID<0.1.0>, 1}", "{#PID<0.2.0>, 2}"]).len(), 2);
        assert_eq!(told(&["chicken?"; 412]), ["chicken? × 412"]);
    }
}
