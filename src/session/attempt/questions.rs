//! What a learner was asked in a step, beside what they do.

use crate::{lesson::ChoiceId, session::Position};

#[derive(Debug, Default)]
pub struct Questions {
    pub prediction: Option<ChoiceId>,
    /// The closing question was answered wrong first.
    pub is_missed: bool,
    /// Where the questions stand that are asked again, the one that waits first.
    pub again: Vec<Position>,
}

impl Questions {
    /// The one that waits was answered rightly. Whether that was the last.
    pub fn is_done(&mut self) -> bool {
        if !self.again.is_empty() {
            self.again.remove(0);
        }
        self.again.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_right_answer_ends_them() {
        assert!(Questions::default().is_done(), "there is one, the step's own");
        let again = vec![Position::START, Position { section: 0, step: 3 }];
        let mut questions = Questions { again, ..Questions::default() };
        assert!(!questions.is_done());
        assert!(questions.is_done());
    }
}
