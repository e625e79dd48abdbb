//! What Moebi says is read from its top: where it is taller than the screen, it comes in pages.
//!
//! Only its own words count. What nodes print is not held up.

use super::screen::{Block, rows_of};

/// The rows of Moebi's words since the learner was last asked for anything.
#[derive(Debug, Default)]
pub(super) struct Pages {
    unread: usize,
}

impl Pages {
    /// A prompt is there, or a key was pressed: what stands above has been seen.
    pub(super) fn renew(&mut self) {
        self.unread = 0;
    }

    /// The blocks, parted where the reader is to be waited for.
    pub(super) fn of(&mut self, blocks: Vec<Block>, columns: usize, rows: usize) -> Vec<Vec<Block>> {
        let mut pages = vec![Vec::new()];
        for block in blocks {
            let block = match block {
                Block::Words(mut lines) => {
                    while let Some(end) = self.end(&lines, columns, rows) {
                        let rest = lines.split_off(end);
                        pages.last_mut().expect("there is always one").push(Block::Words(lines));
                        pages.push(Vec::new());
                        lines = rest;
                        self.unread = 0;
                    }
                    self.unread += rows_of(&lines, columns);
                    Block::Words(lines)
                }
                Block::Fleeting(_) => block,
                Block::Lines(_) | Block::Open(..) | Block::LeftOut(..) => {
                    self.unread = 0;
                    block
                }
            };
            pages.last_mut().expect("there is always one").push(block);
        }
        pages
    }

    /// How many of the lines this page holds; none if it holds all of them. Below them the prompt needs a row, and the
    /// note that more follows another.
    fn end(&self, lines: &[String], columns: usize, rows: usize) -> Option<usize> {
        let used = |end: usize| self.unread + rows_of(&lines[..end], columns);
        let is_alone = self.unread == 0 && lines.len() == 1;
        if is_alone || used(lines.len()) < rows {
            return None;
        }
        let fits = (0..lines.len()).rev().find(|end| used(*end) + 2 <= rows).unwrap_or_default();
        // Between two paragraphs, if the page is half full by then.
        let is_gap = |end: &usize| lines[*end].is_empty() && 2 * used(*end) + 1 >= rows;
        let end = (0..=fits).rev().find(is_gap).unwrap_or(fits);
        // A line that is taller than the screen has a page of its own.
        Some(if self.unread == 0 { end.max(1) } else { end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lines: &[&str]) -> Block {
        Block::Words(lines.iter().map(|line| (*line).to_owned()).collect())
    }

    /// The lines of each page.
    fn pages(pages: &mut Pages, blocks: Vec<Block>, rows: usize) -> Vec<Vec<String>> {
        let lines = |page: Vec<Block>| page.iter().flat_map(Block::lines).cloned().collect();
        pages.of(blocks, 10, rows).into_iter().map(lines).collect()
    }

    #[test]
    fn what_fits_is_one_page_and_the_rest_another() {
        let text = || vec![words(&["1", "2", "3", "4", "5", "6"])];
        assert_eq!(pages(&mut Pages::default(), text(), 7), [["1", "2", "3", "4", "5", "6"]]);
        assert_eq!(pages(&mut Pages::default(), text(), 6), [vec!["1", "2", "3", "4"], vec!["5", "6"]]);
        assert_eq!(pages(&mut Pages::default(), text(), 4).len(), 3);
        assert_eq!(pages(&mut Pages::default(), text(), 1).len(), 6, "however low the window is");
    }

    #[test]
    fn a_page_ends_between_two_paragraphs() {
        let text = vec![words(&["1", "2", "3", "", "5", "6", "7"])];
        assert_eq!(pages(&mut Pages::default(), text, 7), [vec!["1", "2", "3"], vec!["", "5", "6", "7"]]);
        let text = vec![words(&["1", "", "3", "4", "5", "6", "7"])];
        assert_eq!(pages(&mut Pages::default(), text, 7)[0].len(), 5, "but not near its top");
    }

    #[test]
    fn a_line_counts_for_as_many_rows_as_it_takes() {
        let text = vec![words(&["κόμβος και κόμβος και κόμβος", "2", "3"])];
        assert_eq!(pages(&mut Pages::default(), text, 5)[0].len(), 1);
    }

    #[test]
    fn what_was_said_before_counts_until_somebody_is_asked() {
        let mut reading = Pages::default();
        assert_eq!(pages(&mut reading, vec![words(&["1", "2", "3"])], 6).len(), 1);
        assert_eq!(pages(&mut reading, vec![words(&["4", "5", "6"])], 6), [vec!["4"], vec!["5", "6"]]);
        reading.renew();
        assert_eq!(pages(&mut reading, vec![words(&["7", "8", "9"])], 6).len(), 1);
    }

    #[test]
    fn what_nodes_print_is_not_held_up() {
        let printed = || Block::Lines(vec!["x".to_owned(); 30]);
        let blocks = vec![words(&["1", "2", "3"]), printed(), words(&["4", "5", "6"])];
        assert_eq!(pages(&mut Pages::default(), blocks, 6).len(), 1);
    }
}
