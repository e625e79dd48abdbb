//! `together: [CONDITION, …]`: all hold on what followed from one and the same input.

use super::*;

#[derive(Debug, Clone)]
pub struct Together(pub Vec<Condition>);

const TOGETHER: Key<Several> = Key::new("together", "what one input brings about");

impl Written for Together {
    const FORMS: &'static [Form] = &[Form::new(TOGETHER.info(), &[], Counts::OneInput)
        .about("All of these hold on what followed from one and the same input.")
        .example("together: [{ typed: 'Node.list()', in: alex }, { returns: '[]', in: alex }]")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.required(&TOGETHER).map(Self)
    }
}

impl Verb for Together {
    /// The window of each input is judged by itself; that of the latest tells what was seen.
    fn judge(&self, scene: &Scene<'_>, settled: bool) -> Judgement {
        let mut seen = None;
        for (age, window) in self.windows(scene).iter().rev().enumerate() {
            let missing = judge_all(&self.0, window, settled).into_iter().find(|judged| !judged.holds);
            match missing {
                None => return Judgement::yes(None),
                Some(missing) if age == 0 => seen = missing.seen,
                Some(_) => {}
            }
        }
        Judgement::no(seen)
    }

    fn parts(&self, scene: &Scene<'_>, settled: bool) -> Vec<Finding> {
        let windows = self.windows(scene);
        findings(&self.0, windows.last().unwrap_or(scene), settled)
    }

    fn expected(&self) -> Localized {
        by_one_input(&all(self.0.iter()))
    }

    fn achieved(&self) -> Localized {
        match self.is_guard() {
            true => self.expected(),
            false => all(self.0.iter().filter(|inner| !inner.is_guard())),
        }
    }

    fn round(&self) -> Round {
        if self.0.iter().any(Condition::is_final) { Round::Final } else { Round::AnyTime }
    }

    fn is_guard(&self) -> bool {
        self.0.iter().all(|inner| inner.is_guard())
    }

    fn is_state(&self) -> bool {
        self.0.iter().all(|inner| inner.is_state())
    }

    fn earns(&self) -> bool {
        self.0.iter().any(|inner| inner.earns())
    }

    fn inner(&self) -> &[Condition] {
        &self.0
    }

    fn with_inner(&self, inner: Vec<Condition>) -> Option<Condition> {
        Some(Together(inner).into())
    }

    fn samples(&self, model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        sample::together(&self.0, model)
    }
}

impl Together {
    fn windows<'a>(&self, scene: &Scene<'a>) -> Vec<Scene<'a>> {
        let mut windows = scene.windows();
        let is_of_value = self.0.iter().any(asks_for_a_value);
        windows.iter_mut().for_each(|window| window.is_of_value = is_of_value);
        windows
    }
}

/// Whether it, or one that would do in its place, asks for a value, and not for just any.
fn asks_for_a_value(condition: &Condition) -> bool {
    match condition {
        Condition::Returns(returns) => returns.is_telling(),
        Condition::Any(any) => any.0.iter().any(asks_for_a_value),
        Condition::Unproved(trusted) => asks_for_a_value(&trusted.0),
        _ => false,
    }
}

fn all<'c>(conditions: impl Iterator<Item = &'c Condition>) -> Localized {
    Localized::join(&conditions.map(|condition| condition.expected()).collect::<Vec<_>>(), &comma_and())
}

crate::catalogue! {
    by_one_input(all: &Localized) { en: "by one input: {all}", el: "με μία και την ίδια εντολή: {all}" }
}

#[cfg(test)]
mod tests {
    use OutputKind::Print;

    use super::{testing::*, *};

    #[test]
    fn what_different_inputs_brought_about_does_not_add_up() {
        let both = || Together(vec![typed("Kate.say_name()").into(), prints("Hi", "alex", "kate").into()]);
        let spelled_out = || Story::new().types("alex", "other()").shows("alex", Print, "kate", "Hi\n");
        let then_typed = || spelled_out().types("alex", "Kate.say_name()");
        spelled_out().misses(both(), "`other()` was typed");
        then_typed().misses(both(), "");
        then_typed().shows("alex", Print, "kate", "Hi\n").holds(both());
    }

    #[test]
    fn messages_of_two_inputs_are_kept_apart() {
        let both = || Together(vec![typed("send(pid, _)").into(), message("{:hi, _}", false).into()]);
        let story = Story::new().types("alex", "send(pid, :ho)").asks("alex");
        let story = story.types("alex", "other()").sends("alex", "kate", "{:hi, 1}").asks("alex");
        assert_eq!(story.judged(both()).holds, Holds::NotYet);
        let story = story.types("alex", "send(pid, {:hi, 1})").sends("alex", "kate", "{:hi, 1}").asks("alex");
        assert_eq!(story.judged(both()).holds, Holds::Yes);
    }

    #[test]
    fn a_literal_beside_the_work_is_not_its_value() {
        let both = || Together(vec![typed("Node.list()").into(), returns("[]").into()]);
        let gives = |story: Story| story.shows("alex", OutputKind::Result, "alex", "[]\n").asks("alex");
        gives(Story::new().types("alex", "Node.list()")).holds(both());
        gives(Story::new().types("alex", "nodes = Node.list(); nodes")).holds(both());
        gives(Story::new().types("alex", "Node.list(); []")).misses(both(), "`Node.list(); []` was typed");
        let either = || {
            Together(vec![
                typed("Node.list()").into(),
                Any(vec![returns("1").into(), returns("[]").into()]).into(),
            ])
        };
        gives(Story::new().types("alex", "Node.list(); []")).misses(either(), "`Node.list(); []` was typed");
        let pasted = Story::new().types("alex", "raise inspect(Node.list())");
        gives(pasted.takes("alex", "[]")).misses(both(), "`[]` was typed");
    }

    #[test]
    fn what_must_not_be_typed_is_looked_for_beside_the_value_too() {
        let both = || {
            let forbidden = Not(Box::new(typed("IO.puts(_)").into()));
            Together(vec![typed("say(_)").into(), returns(":ok").into(), forbidden.into()])
        };
        let gives = |story: Story| story.shows("alex", OutputKind::Result, "alex", ":ok\n").asks("alex");
        gives(Story::new().types("alex", "say(1)")).holds(both());
        for typed in ["IO.puts(1); say(2)", "x = IO.puts(1); say(2)", "say(IO.puts(1))"] {
            let judged = gives(Story::new().types("alex", typed)).judged(both());
            assert_eq!(judged.holds, Holds::NotYet, "{typed}");
        }
    }

    #[test]
    fn what_comes_late_belongs_to_the_line_that_brought_it_about() {
        let both = || Together(vec![typed("spawn(_)").into(), prints("Hi", "alex", "kate").into()]);
        let story = || Story::new().types("alex", "spawn(f)").types("alex", "other()").asks("alex");
        story().late("alex", 1).shows("alex", Print, "kate", "Hi\n").holds(both());
        story().late("alex", 2).shows("alex", Print, "kate", "Hi\n").misses(both(), "`other()` was typed");
        story().uncaused().shows("alex", Print, "kate", "Hi\n").misses(both(), "`other()` was typed");
        // Without a cause it is of the last line there, if it came from another node.
        let spawned = || Story::new().types("alex", "spawn(f)").asks("alex").uncaused();
        spawned().shows("alex", Print, "kate", "Hi\n").holds(both());
        let own = Together(vec![typed("spawn(_)").into(), prints("Hi", "alex", "alex").into()]);
        assert_eq!(spawned().shows("alex", Print, "alex", "Hi\n").judged(own).holds, Holds::NotYet);
    }

    #[test]
    fn what_lost_its_cause_while_one_line_alone_is_evaluated_is_of_that_line() {
        let tasks = || Story::new().types("alex", "tasks()").uncaused();
        let own = || Together(vec![typed("tasks()").into(), prints("Hi", "alex", "alex").into()]);
        let there = || Together(vec![typed("tasks()").into(), prints("Hi", "kate", "kate").into()]);
        let sent = || Together(vec![typed("tasks()").into(), message("{:hi, _}", false).into()]);
        tasks().shows("alex", Print, "alex", "Hi\n").holds(own());
        tasks().sends("alex", "kate", "{:hi, 1}").holds(sent());
        tasks().shows("kate", Print, "kate", "Hi\n").holds(there());
        tasks().asks("alex").shows("kate", Print, "kate", "Hi\n").holds(there());
        // Of two lines that are being evaluated it may be either's; a log is nobody's.
        let both = || tasks().types("kate", "busy()").uncaused();
        assert_eq!(both().shows("alex", Print, "alex", "Hi\n").judged(own()).holds, Holds::NotYet);
        let busy =
            Together(vec![Typed { at: None, ..typed("busy()") }.into(), prints("Hi", "kate", "kate").into()]);
        assert_eq!(both().shows("kate", Print, "kate", "Hi\n").judged(busy).holds, Holds::NotYet);
        assert_eq!(tasks().shows("alex", OutputKind::Log, "alex", "Hi\n").judged(own()).holds, Holds::NotYet);
    }
}
