//! The nodes that one lane works on: a cluster with a workspace of its own, brought to a step, brought back there after
//! each attempt where that can be done, and ended by its lane.

use std::sync::Arc;

use crate::{
    cluster::{Cluster, Settings, Site},
    error::Result,
    guide::{Guide, Snapshot, Watched},
    lesson::{Lesson, MistakeId, Task},
    session::Position,
};

use super::{
    Diagnostic, Options,
    mutant::{self, Mutant},
    trial::Trial,
};

/// How many times nodes are brought to a step before this machine is said not to manage.
const GOES: usize = 2;

/// What came of an attempt.
pub(super) struct Made {
    pub complaint: Option<Diagnostic>,
    /// Those that its last input could have been, and whether it looked like them.
    pub mistakes: Vec<(MistakeId, bool)>,
    /// Which mutants of the step's check would have judged it otherwise; nothing where it did not come to an end.
    pub noticed: Vec<bool>,
}

pub(super) struct Lane {
    guide: Guide,
    place: Position,
    /// The nodes and files as they were before any attempt; none where they could not be told, and of a question.
    snapshot: Option<Snapshot>,
    mutants: Vec<Mutant>,
}

impl Lane {
    /// Nodes where that step begins; none if they could not be brought there.
    pub(super) async fn at(place: Position, lesson: &Arc<Lesson>, options: &Options) -> Result<Option<Self>> {
        let mutants = || mutant::of_step(&place.step(lesson).task);
        for _ in 0..GOES {
            let mut guide = guide(lesson, options).await?;
            if !needs_nodes(place, lesson) {
                return Ok(Some(Self { guide, place, snapshot: None, mutants: mutants() }));
            }
            if guide.bring_to(place).await? {
                let snapshot = guide.snapshot().await?;
                return Ok(Some(Self { guide, place, snapshot, mutants: mutants() }));
            }
            guide.shutdown().await?;
        }
        Ok(None)
    }

    pub(super) fn place(&self) -> Position {
        self.place
    }

    /// The attempt; and the lane, if what the attempt did could be undone.
    pub(super) async fn attempt(mut self, trial: &Trial) -> Result<(Made, Option<Self>)> {
        let attempted = self.make(trial).await;
        let is_back = match (&attempted, &self.snapshot) {
            (Ok(_), Some(snapshot)) => self.guide.bring_back(snapshot).await?,
            _ => false,
        };
        if is_back {
            return Ok((attempted?, Some(self)));
        }
        Box::pin(self.end()).await?;
        Ok((attempted?, None))
    }

    async fn make(&mut self, trial: &Trial) -> Result<Made> {
        let (attempted, watched) = if trial.is_watched() {
            self.guide.attempt_watched(self.place, &trial.answer).await?
        } else {
            (self.guide.attempt(self.place, &trial.answer).await?, Watched::default())
        };
        let mistakes = self.guide.session().mistakes();
        let mistakes = mistakes.into_iter().map(|(mistake, holds)| (mistake.clone(), holds)).collect();
        let noticed = mutant::noticed(&self.mutants, self.guide.session(), attempted.verdict);
        let step = self.guide.session().evidence().step();
        let complaint = trial.complaint(&attempted, &watched, step);
        Ok(Made { complaint, mistakes, noticed })
    }

    pub(super) async fn end(self) -> Result<()> {
        self.guide.shutdown().await
    }
}

/// A question is answered without any.
fn needs_nodes(place: Position, lesson: &Lesson) -> bool {
    match place.step(lesson).task {
        Task::Do { .. } => true,
        Task::Ask(_) | Task::AskMissed => false,
    }
}

pub(super) async fn guide(lesson: &Arc<Lesson>, options: &Options) -> Result<Guide> {
    let settings = Settings {
        terminals: lesson.terminals.clone(),
        site: Site::Passing,
        runtime: options.runtime.clone(),
        cache: options.cache.clone(),
        guardian: options.guardian.clone(),
        size: (80, 24),
        jitter: options.jitter,
    };
    Ok(Guide::unattended(lesson.clone(), options.lang, Cluster::new(settings).await?))
}
