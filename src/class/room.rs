//! Who is in a class and where each learner stands: all of it is made of the journal's entries, in their order.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use serde::{Deserialize, Serialize};

use crate::session::deed::Deed;

use super::protocol::{Refusal, folded, name};

/// How many learners a class may have, and how many runs of a shell one learner.
pub const MAX_LEARNERS: usize = 1000;
const MAX_STREAMS: usize = 1000;

/// Lines of the present step that are remembered of each learner.
const MAX_LINES: usize = 20;
/// Steps that a learner may have anything of; a lesson has far fewer.
const MAX_STEPS: usize = 1000;
/// Wrong turns that are remembered for what goes wrong right now.
const MAX_RECENT: usize = 10_000;

/// A learner may need somebody: so many wrong turns in one step, or so long at it.
pub const MANY_WRONG: usize = 4;
pub const LONG: u64 = 10 * MINUTE;
/// Whoever has not been heard of for so long is away; a shell is heard of more often.
pub const SILENCE: u64 = 20 * SECOND;

pub const SECOND: u64 = 1000;
pub const MINUTE: u64 = 60 * SECOND;

/// One line of the journal. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "kebab-case")]
pub enum Entry {
    Opened {
        at: u64,
        lesson: String,
    },
    /// `token` is the digest of the learner's.
    Joined {
        at: u64,
        name: String,
        token: String,
    },
    Told {
        at: u64,
        name: String,
        stream: String,
        n: u64,
        deed: Deed,
    },
    /// The teacher has taken a hand down.
    Attended {
        at: u64,
        name: String,
    },
}

#[derive(Debug, Clone, Default)]
pub struct Room {
    pub opened: u64,
    pub lesson: String,
    pub learners: Vec<Learner>,
    by_token: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    /// When, who, at which step, which.
    wrong: VecDeque<WrongTurn>,
    /// Of the latest entry.
    pub latest: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongTurn {
    pub at: u64,
    pub learner: usize,
    pub step: String,
    pub mistake: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learner {
    pub name: String,
    pub joined: u64,
    /// The present step and since when.
    pub at: Option<(String, u64)>,
    pub passed: BTreeMap<String, Passed>,
    pub skipped: BTreeSet<String>,
    /// Of the present step.
    pub wrong: Vec<String>,
    pub hints: (usize, usize),
    pub saw_answer: bool,
    pub lines: VecDeque<(String, String)>,
    /// Since when.
    pub hand: Option<u64>,
    pub shares_not: bool,
    /// When answers were handed in.
    pub handed_in: Vec<u64>,
    pub has_left: bool,
    /// Heard of last, by whatever request.
    pub heard: u64,
    streams: HashMap<String, u64>,
}

/// How a step was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passed {
    pub at: u64,
    pub wrong: usize,
    pub hints: usize,
    pub saw_answer: bool,
    /// From its beginning, in milliseconds; none where the beginning was not heard of.
    pub took: Option<u64>,
}

/// Why somebody may need help, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Since then.
    Hand(u64),
    /// So many in this step.
    WrongTurns(usize),
    NoHintsLeft,
    /// So long at this step, in milliseconds.
    Long(u64),
}

impl Room {
    /// # Errors
    /// They can't join so.
    pub(super) fn admits(&self, typed: &str, token: &str) -> Result<String, Refusal> {
        let name = name(typed).ok_or(Refusal::BadName)?;
        let known = self.by_name.get(&folded(&name)).copied();
        match (known, self.by_token.get(token).copied()) {
            (Some(known), Some(same)) if known == same => Ok(self.learners[known].name.clone()),
            (Some(_), _) => Err(Refusal::NameTaken),
            // One token is one learner's.
            (None, Some(_)) => Err(Refusal::Malformed),
            (None, None) if self.learners.len() >= MAX_LEARNERS => Err(Refusal::Full),
            (None, None) => Ok(name),
        }
    }

    pub(super) fn learner(&self, token: &str) -> Option<usize> {
        self.by_token.get(token).copied()
    }

    pub(super) fn heard(&mut self, learner: usize, now: u64) {
        self.learners[learner].heard = now;
    }

    /// A stream's last number; none where there is no room for another stream.
    pub(super) fn upto(&self, learner: usize, stream: &str) -> Option<u64> {
        let streams = &self.learners[learner].streams;
        streams.get(stream).copied().or((streams.len() < MAX_STREAMS).then_some(0))
    }

    /// Takes an entry of the journal. One that is there already, or belongs to nobody, changes nothing.
    pub fn take(&mut self, entry: &Entry) {
        match entry {
            Entry::Opened { at, lesson } => {
                self.opened = *at;
                self.lesson.clone_from(lesson);
                self.latest = self.latest.max(*at);
            }
            Entry::Joined { at, name, token } => {
                if !self.by_name.contains_key(&folded(name)) {
                    self.by_name.insert(folded(name), self.learners.len());
                    self.by_token.insert(token.clone(), self.learners.len());
                    let (name, joined) = (name.clone(), *at);
                    self.learners.push(Learner { name, joined, heard: joined, ..Learner::default() });
                }
                self.latest = self.latest.max(*at);
            }
            Entry::Told { at, name, stream, n, deed } => {
                let Some(learner) = self.by_name.get(&folded(name)).copied() else { return };
                if self.upto(learner, stream).is_some_and(|upto| upto + 1 == *n) {
                    let one = &mut self.learners[learner];
                    one.streams.insert(stream.clone(), *n);
                    one.heard = one.heard.max(*at);
                    one.did(deed, *at);
                    self.remember_wrong(learner, deed, *at);
                }
                self.latest = self.latest.max(*at);
            }
            Entry::Attended { at, name } => {
                if let Some(learner) = self.by_name.get(&folded(name)) {
                    self.learners[*learner].hand = None;
                }
                self.latest = self.latest.max(*at);
            }
        }
    }

    fn remember_wrong(&mut self, learner: usize, deed: &Deed, at: u64) {
        let (Deed::WentWrong { mistake }, Some((step, _))) = (deed, &self.learners[learner].at) else {
            return;
        };
        self.wrong.push_back(WrongTurn { at, learner, step: step.clone(), mistake: mistake.clone() });
        if self.wrong.len() > MAX_RECENT {
            self.wrong.pop_front();
        }
    }

    /// Wrong turns since then that more than nobody made, the most common first: step, mistake, how many learners.
    pub fn common_mistakes(&self, since: u64) -> Vec<(&str, &str, usize)> {
        let mut who: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
        for turn in self.wrong.iter().filter(|turn| turn.at >= since) {
            who.entry((&turn.step, &turn.mistake)).or_default().insert(turn.learner);
        }
        let mut common: Vec<_> =
            who.into_iter().map(|((step, mistake), who)| (step, mistake, who.len())).collect();
        common.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
        common
    }

    /// Who may need help now, the most urgent first.
    pub fn needs(&self, now: u64) -> Vec<(usize, Need)> {
        let need = |(index, learner): (usize, &Learner)| Some((index, learner.need(now)?));
        let mut needs: Vec<_> = self.learners.iter().enumerate().filter_map(need).collect();
        needs.sort_by_key(|(_, need)| *need);
        needs
    }
}

impl Learner {
    fn did(&mut self, deed: &Deed, at: u64) {
        // Answers can be handed in without a shell.
        if !matches!(deed, Deed::HandedIn { .. }) {
            self.has_left = *deed == Deed::Left;
        }
        match deed {
            Deed::Began { step } => {
                self.at = Some((step.clone(), at));
                self.begin_anew();
            }
            Deed::Typed { terminal, text } => {
                self.lines.push_back((terminal.clone(), text.clone()));
                if self.lines.len() > MAX_LINES {
                    self.lines.pop_front();
                }
            }
            // Of a step's own mistakes there are few; a hundred of them say no more than that.
            Deed::WentWrong { mistake } if self.wrong.len() < 100 => self.wrong.push(mistake.clone()),
            Deed::WentWrong { .. } => {}
            Deed::TookHint { number, of } => self.hints = (*number, *of),
            Deed::SawAnswer => self.saw_answer = true,
            Deed::Passed { step } => {
                let began = self.at.as_ref().filter(|(at, _)| at == step).map(|(_, since)| *since);
                let how = Passed {
                    at,
                    wrong: self.wrong.len(),
                    hints: self.hints.0,
                    saw_answer: self.saw_answer,
                    took: began.map(|began| at.saturating_sub(began)),
                };
                if self.passed.len() < MAX_STEPS {
                    // Whoever does a step again has done it.
                    self.passed.entry(step.clone()).or_insert(how);
                }
                self.skipped.remove(step);
                self.begin_anew();
            }
            Deed::Skipped { step } => {
                if self.skipped.len() < MAX_STEPS && !self.passed.contains_key(step) {
                    self.skipped.insert(step.clone());
                }
            }
            Deed::Hand { is_up } => self.hand = is_up.then(|| self.hand.unwrap_or(at)),
            Deed::Shares { all } => {
                self.shares_not = !all;
                if self.shares_not {
                    // What was told before is no longer shown either.
                    self.lines.clear();
                    self.at = None;
                    self.begin_anew();
                }
            }
            Deed::HandedIn { .. } => self.handed_in.push(at),
            Deed::Left => self.hand = None,
        }
    }

    fn begin_anew(&mut self) {
        self.wrong.clear();
        self.hints = (0, 0);
        self.saw_answer = false;
        self.lines.clear();
    }

    /// Whether their shell is there.
    pub fn is_here(&self, now: u64) -> bool {
        !self.has_left && self.heard + SILENCE >= now
    }

    /// At the present step, unless it is done.
    pub fn open_step(&self) -> Option<(&str, u64)> {
        let (step, since) = self.at.as_ref()?;
        let is_done = self.passed.get(step).is_some_and(|passed| passed.at >= *since);
        (!is_done).then_some((step.as_str(), *since))
    }

    pub fn need(&self, now: u64) -> Option<Need> {
        if let Some(since) = self.hand {
            return Some(Need::Hand(since));
        }
        let (_, since) = self.open_step().filter(|_| self.is_here(now))?;
        let long = now.saturating_sub(since);
        if self.wrong.len() >= MANY_WRONG {
            Some(Need::WrongTurns(self.wrong.len()))
        } else if self.saw_answer || (self.hints.1 > 0 && self.hints.0 >= self.hints.1) {
            Some(Need::NoHintsLeft)
        } else {
            (long >= LONG).then_some(Need::Long(long))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(deeds: &[(u64, Deed)]) -> Room {
        let mut room = Room::default();
        room.take(&Entry::Opened { at: 0, lesson: "otp".into() });
        room.take(&Entry::Joined { at: 0, name: "Maria".into(), token: "t".into() });
        for (n, (at, deed)) in (1..).zip(deeds) {
            room.take(&told(n, *at, deed.clone()));
        }
        room
    }

    fn told(n: u64, at: u64, deed: Deed) -> Entry {
        Entry::Told { at, name: "Maria".into(), stream: "s".into(), n, deed }
    }

    fn began(step: &str) -> Deed {
        Deed::Began { step: step.into() }
    }

    fn wrong(mistake: &str) -> Deed {
        Deed::WentWrong { mistake: mistake.into() }
    }

    #[test]
    fn what_is_told_twice_or_out_of_order_counts_once() {
        let mut room = room(&[(0, began("a")), (1, wrong("x"))]);
        room.take(&told(2, 5, wrong("x")));
        room.take(&told(4, 5, wrong("x")));
        assert_eq!(room.learners[0].wrong, ["x"]);
        assert_eq!(room.upto(0, "s"), Some(2));
        room.take(&told(3, 5, wrong("y")));
        assert_eq!(room.learners[0].wrong, ["x", "y"]);
    }

    #[test]
    fn a_name_belongs_to_its_token() {
        let room = room(&[]);
        assert_eq!(room.admits("maria", "t"), Ok("Maria".into()), "the same learner again");
        assert_eq!(room.admits("MARIA", "other"), Err(Refusal::NameTaken));
        assert_eq!(room.admits("Nikos", "t"), Err(Refusal::Malformed));
        assert_eq!(room.admits("Nikos", "n"), Ok("Nikos".into()));
        assert_eq!(room.admits("<b>", "n"), Err(Refusal::BadName));
    }

    #[test]
    fn a_step_is_done_with_what_it_took() {
        let passed = Deed::Passed { step: "a".into() };
        let hint = Deed::TookHint { number: 1, of: 3 };
        let room =
            room(&[(10, began("a")), (20, wrong("x")), (30, hint), (50, passed.clone()), (90, passed)]);
        let how = Passed { at: 50, wrong: 1, hints: 1, saw_answer: false, took: Some(40) };
        assert_eq!(room.learners[0].passed, [("a".to_owned(), how)].into());
        assert_eq!(room.learners[0].open_step(), None);
    }

    #[test]
    fn who_needs_somebody_is_seen_and_why() {
        let need = |deeds: &[(u64, Deed)], now| room(deeds).learners[0].need(now);
        assert_eq!(need(&[(0, began("a"))], 10), None);
        let mut long = room(&[(0, began("a"))]);
        long.heard(0, LONG);
        assert_eq!(long.learners[0].need(LONG), Some(Need::Long(LONG)));
        assert_eq!(long.learners[0].need(LONG + SILENCE + 1), None, "nobody is there");
        let mut turns = vec![(0, began("a"))];
        turns.extend((0..MANY_WRONG).map(|_| (1, wrong("x"))));
        assert_eq!(need(&turns, 1), Some(Need::WrongTurns(MANY_WRONG)));
        turns.push((2, Deed::Passed { step: "a".into() }));
        assert_eq!(need(&turns, 2), None, "done after all");
        assert_eq!(
            need(&[(0, began("a")), (1, Deed::TookHint { number: 2, of: 2 })], 1),
            Some(Need::NoHintsLeft)
        );
        assert_eq!(need(&[(0, began("a")), (5, Deed::Hand { is_up: true })], 9), Some(Need::Hand(5)));
        assert_eq!(need(&[(5, Deed::Hand { is_up: true }), (6, Deed::Hand { is_up: false })], 9), None);
    }

    #[test]
    fn a_hand_that_the_teacher_took_down_can_be_raised_again() {
        let mut room = room(&[(1, Deed::Hand { is_up: true })]);
        room.take(&Entry::Attended { at: 2, name: "Maria".into() });
        assert_eq!(room.learners[0].hand, None);
        room.take(&Entry::Attended { at: 2, name: "Nobody".into() });
        room.take(&told(2, 3, Deed::Hand { is_up: true }));
        assert_eq!(room.learners[0].hand, Some(3));
    }

    #[test]
    fn whoever_does_not_share_shows_nothing_of_a_step() {
        let typed = Deed::Typed { terminal: "alex".into(), text: "secret".into() };
        let room = room(&[(0, began("a")), (1, typed), (2, Deed::Shares { all: false })]);
        let learner = &room.learners[0];
        assert!(learner.lines.is_empty() && learner.at.is_none() && learner.shares_not);
    }

    #[test]
    fn mistakes_count_learners_and_not_tries() {
        let mut room = room(&[(0, began("a")), (1, wrong("x")), (2, wrong("x")), (3, wrong("y"))]);
        room.take(&Entry::Joined { at: 3, name: "Nikos".into(), token: "n".into() });
        for (n, deed) in (1..).zip([began("a"), wrong("y")]) {
            room.take(&Entry::Told { at: 4, name: "Nikos".into(), stream: "n".into(), n, deed });
        }
        assert_eq!(room.common_mistakes(0), [("a", "y", 2), ("a", "x", 1)]);
        assert_eq!(room.common_mistakes(4), [("a", "y", 1)]);
    }

    #[test]
    fn lines_are_bounded() {
        let typed = |n: usize| (1, Deed::Typed { terminal: "alex".into(), text: n.to_string() });
        let room = room(&(0..100).map(typed).collect::<Vec<_>>());
        assert_eq!(room.learners[0].lines.len(), MAX_LINES);
    }
}
