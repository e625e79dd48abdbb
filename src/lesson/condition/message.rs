//! `message: PATTERN`: a message like it crossed from one node to another.

use super::*;

#[derive(Debug, Clone)]
pub struct Message {
    /// Elixir code in which `_` matches anything.
    pub pattern: String,
    pub from: Option<NodeName>,
    pub to: Option<NodeName>,
    /// Whether it may have crossed in an earlier step of the section: a reply may wait in a mailbox.
    pub earlier: bool,
}

const MESSAGE: Key<shape::Code> = Key::new("message", "a pattern of Elixir");
const FROM: Key<NodeName> = Key::new("from", "the node that sends it");
const TO: Key<NodeName> = Key::new("to", "the node that it is sent to");
const EARLIER: Key<bool> =
    Key::new("earlier", "whether it may have crossed in an earlier step of the section");

impl Written for Message {
    const FORMS: &'static [Form] =
        &[Form::new(MESSAGE.info(), &[FROM.info(), TO.info(), EARLIER.info()], Counts::AddsUp)
            .about("A message like this crossed from one node to another.")
            .example("{ message: '{:hi, _}', from: alex, to: kate }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (pattern, from, to) = (fields.required(&MESSAGE), fields.optional(&FROM), fields.optional(&TO));
        let earlier = fields.optional(&EARLIER);
        let (from, to) = (from?, to?);
        if let Some(place) = fields.place(&TO).cloned()
            && from.is_some()
            && from == to
        {
            fields.diag.error(&place, "a message crosses between two different nodes");
            return None;
        }
        Some(Self { pattern: pattern?, from, to, earlier: earlier?.unwrap_or(false) })
    }
}

impl Verb for Message {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let records = if self.earlier { scene.all.iter().collect() } else { scene.records.clone() };
        let sent = || records.iter().rev().copied().filter_map(sent);
        let on_the_way = || sent().filter(|sent| self.is_way_of(sent));
        if let Some(found) = on_the_way().find(|sent| self.is_like(sent)) {
            return Judgement::yes(told(&found));
        }
        // The right message on another way, or another one on the right way; the latest of them.
        let nearest = sent().find(|sent| self.is_like(sent)).or_else(|| on_the_way().next());
        Judgement::no(nearest.map_or_else(|| none_went(&self.way()), |nearest| told(&nearest)))
    }

    fn expected(&self) -> Localized {
        goes(&code(&self.pattern), &self.way())
    }

    fn denied(&self) -> Localized {
        goes_not(&code(&self.pattern), &self.way())
    }

    fn is_visible(&self) -> bool {
        false
    }

    fn is_coded(&self) -> bool {
        has_wildcard(&self.pattern)
    }

    fn samples(&self, model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        let scene = model.scene();
        let left = scene.records.iter().enumerate().find_map(|(index, record)| {
            let sent = sent(record).filter(|sent| self.is_way_of(sent) && self.is_like(sent))?;
            let terminal = scene.world.node(sent.to)?.clone();
            Some(Left { text: sent.text.to_owned(), terminal, after: scene.entry_of(index) })
        });
        let known = (!self.pattern.contains('_')).then_some(self.pattern.as_str());
        let node = self.to.as_ref().or(self.from.as_ref());
        let at = node.and_then(|node| scene.world.node(node));
        model.sample(What::Message { from: self.from.clone() }, left, known, at)
    }
}

impl Message {
    fn is_like(&self, sent: &Sent<'_>) -> bool {
        syntax::matches(sent.text, &self.pattern)
    }

    fn is_way_of(&self, sent: &Sent<'_>) -> bool {
        let is = |wanted: &Option<NodeName>, is: &NodeName| wanted.as_ref().is_none_or(|wanted| wanted == is);
        is(&self.from, sent.from) && is(&self.to, sent.to)
    }

    fn way(&self) -> Localized {
        way(self.from.as_ref(), self.to.as_ref())
    }
}

/// One that has crossed.
struct Sent<'a> {
    from: &'a NodeName,
    to: &'a NodeName,
    text: &'a str,
}

fn sent(record: &Record) -> Option<Sent<'_>> {
    let Fact::Message { from, to, text, .. } = &record.fact else { return None };
    Some(Sent { from, to, text })
}

fn told(sent: &Sent<'_>) -> Localized {
    went(&code(sent.text), &way(Some(sent.from), Some(sent.to)))
}

/// `from alex to kate`; what isn't named is another node.
fn way(from: Option<&NodeName>, to: Option<&NodeName>) -> Localized {
    match (from, to) {
        (Some(from), Some(to)) => from_to(&from.brief(), &to.brief()),
        (Some(from), None) => from_one(&from.brief()),
        (None, Some(to)) => to_one(&to.brief()),
        (None, None) => between_nodes(),
    }
}

crate::catalogue! {
    goes(what: &str, way: &Localized) {
        en: "a message like {what} goes {way}",
        el: "ένα μήνυμα σαν το {what} πηγαίνει {way}",
    }
    goes_not(what: &str, way: &Localized) {
        en: "no message like {what} goes {way}",
        el: "κανένα μήνυμα σαν το {what} δεν πηγαίνει {way}",
    }
    went(what: &str, way: &Localized) { en: "{what} went {way}", el: "το {what} πήγε {way}" }
    none_went(way: &Localized) { en: "no message went {way}", el: "κανένα μήνυμα δεν πήγε {way}" }
    from_to(from: &str, to: &str) { en: "from {from} to {to}", el: "από τον {from} στον {to}" }
    from_one(from: &str) { en: "from {from} to another node", el: "από τον {from} σε άλλον κόμβο" }
    to_one(to: &str) { en: "from another node to {to}", el: "από άλλον κόμβο στον {to}" }
    between_nodes { en: "from one node to another", el: "από έναν κόμβο σε άλλον" }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    #[test]
    fn it_counts_by_its_form_and_its_way() {
        let story = || Story::new().types("alex", "send(pid, {:hi, self()})");
        let hi = || message("{:hi, _}", false);
        story().sends("alex", "kate", "{:hi, #PID<0.110.0>}").asks("alex").holds(hi());
        story().misses(hi(), "no message went from alex to kate");
        story().sends("alex", "kate", ":hi").misses(hi(), "`:hi` went from alex to kate");
        story().sends("kate", "alex", "{:hi, 1}").misses(hi(), "`{:hi, 1}` went from kate to alex");
        story()
            .sends("alex", "kate", "{:ok, {:hi, 1}}")
            .misses(hi(), "`{:ok, {:hi, 1}}` went from alex to kate");
        // What was printed or typed is no message.
        let shown = story().shows("alex", OutputKind::Result, "alex@localhost", "{:hi, #PID<0.110.0>}\n");
        shown.misses(hi(), "no message went from alex to kate");
    }

    #[test]
    fn it_may_have_come_earlier_where_the_lesson_says_so() {
        let before = Story::new().types("alex", "send(pid, :hi)").sends("alex", "kate", ":hi").asks("alex");
        let now = before.then(Fact::StepBegan).types("alex", "flush()").asks("alex");
        now.misses(message(":hi", false), "no message went from alex to kate");
        now.holds(message(":hi", true));
        now.misses(message(":sup?", true), "`:hi` went from alex to kate");
    }

    #[test]
    fn one_that_must_not_cross_is_told() {
        let none = || Not(Box::new(message("{:hi, _}", false).into()));
        let story = Story::new().types("alex", "send(pid, {:hi, 1})").asks("alex");
        story.holds(none());
        let expected = story.judged(none()).expected;
        assert_eq!(expected.speak(Lang::En), "no message like `{:hi, _}` goes from alex to kate");
        let expected = story.judged(message("{:hi, _}", false)).expected;
        assert_eq!(expected.speak(Lang::En), "a message like `{:hi, _}` goes from alex to kate");
        story.sends("alex", "kate", "{:hi, 1}").misses(none(), "`{:hi, 1}` went from alex to kate");
    }
}
