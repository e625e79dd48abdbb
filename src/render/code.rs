//! A line of code that is wider than the page goes on below, further in.
//!
//! It ends at a space, best behind a comma or an operator, where Elixir reads on in the next line: so it can still be
//! copied. A space within a text is the last choice, and a word is broken only where there is no space at all.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use crate::lesson::lexer;

use super::{
    palette::Tone,
    span::{self, Span},
    width,
};

/// How much further in it goes on, in columns.
const HANGING: usize = 4;
/// Behind these words an expression goes on.
const OPEN: [&str; 11] = ["->", "do", "=", "|>", "<>", "++", "|", "&&", "||", "+", "<-"];

/// The rows of one line, each of at most `columns`.
pub fn rows(line: &[Span], columns: usize) -> Vec<Vec<Span>> {
    let text: String = line.iter().map(|span| span.text.as_str()).collect();
    let graphemes: Vec<_> = line
        .iter()
        .flat_map(|span| span.text.graphemes(true).map(|grapheme| (span.tone, grapheme)))
        .collect();
    let places = places(&text, graphemes.iter().map(|(_, grapheme)| *grapheme));
    let indent = graphemes.iter().take_while(|(_, grapheme)| *grapheme == " ").count();
    let margin = " ".repeat((indent + HANGING).min(columns / 2));
    let mut rows = Vec::new();
    let (mut rest, mut places, mut before) = (graphemes.as_slice(), places.as_slice(), String::new());
    loop {
        let end = end(rest, places, columns.saturating_sub(before.len()));
        let mut row = Vec::new();
        span::push(&mut row, Tone::Plain, &before);
        rest[..end].iter().for_each(|(tone, grapheme)| span::push(&mut row, *tone, grapheme));
        rows.push(row);
        let spaces = rest[end..].iter().take_while(|(_, grapheme)| *grapheme == " ").count();
        (rest, places) = (&rest[end + spaces..], &places[end + spaces..]);
        if rest.is_empty() {
            return rows;
        }
        before.clone_from(&margin);
    }
}

/// How well a line may end before a grapheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Nowhere,
    InText,
    InCode,
    /// Behind what an expression goes on after.
    Open,
}

/// Before each of `graphemes`, which are those of `text`: a span may begin with a mark that joins what is before it.
fn places<'t>(text: &str, graphemes: impl Iterator<Item = &'t str>) -> Vec<Place> {
    let code: BTreeSet<_> = lexer::code_characters(text).0.into_iter().map(|(at, _)| at).collect();
    let mut next = 0;
    let place = |grapheme: &str| {
        let at = next;
        next += grapheme.len();
        let before = text[..at].rsplit(' ').next().unwrap_or_default();
        match grapheme {
            // The indentation.
            " " if text[..at].trim_start().is_empty() => Place::Nowhere,
            " " if !code.contains(&at) => Place::InText,
            " " if before.ends_with([',', ';']) || OPEN.contains(&before) => Place::Open,
            " " => Place::InCode,
            _ => Place::Nowhere,
        }
    };
    graphemes.map(place).collect()
}

/// How many graphemes the row holds.
fn end(rest: &[(Tone, &str)], places: &[Place], columns: usize) -> usize {
    let mut used = 0;
    let fits = rest.iter().take_while(|(_, grapheme)| {
        used += width::of_grapheme(grapheme);
        used <= columns
    });
    let fits = fits.count();
    if fits == rest.len() {
        return fits;
    }
    let best = (1..=fits).filter(|at| places[*at] > Place::Nowhere).max_by_key(|at| (places[*at], *at));
    best.unwrap_or(fits.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{Palette, highlight, span::paint};

    fn drawn(line: &str, columns: usize) -> Vec<String> {
        let spans = &highlight::elixir(line)[0];
        rows(spans, columns).iter().map(|row| paint(row, Palette::MONOCHROME)).collect()
    }

    #[test]
    fn a_line_goes_on_behind_a_comma() {
        let line = "task = Task.Supervisor.async({Chat.TaskSupervisor, :kate@localhost}, Process, :sleep, [:infinity])";
        assert_eq!(
            drawn(line, 73),
            [
                "task = Task.Supervisor.async({Chat.TaskSupervisor, :kate@localhost},",
                "    Process, :sleep, [:infinity])"
            ]
        );
        assert_eq!(drawn(line, 200), [line]);
        assert_eq!(
            drawn("  f(fn x -> x + 1 end, \"one, two, three, four\")", 36),
            ["  f(fn x -> x + 1 end,", "      \"one, two, three, four\")"]
        );
    }

    #[test]
    fn a_text_is_broken_only_where_nothing_else_is_left() {
        assert_eq!(drawn("IO.puts(\"Γεια, με λένε Kate\")", 20), ["IO.puts(\"Γεια, με", "    λένε Kate\")"]);
        assert_eq!(drawn("x = f a, \"b, c d e f\"", 20), ["x = f a,", "    \"b, c d e f\""]);
        assert_eq!(drawn("iex --sname alex@localhost", 20), ["iex --sname", "    alex@localhost"]);
        assert_eq!(drawn("Node.list()", 8), ["Node.lis", "    t()"], "nowhere else");
    }

    #[test]
    fn no_row_is_wider_than_the_page_and_nothing_is_lost() {
        let line = "  Node.spawn_link(:kate@localhost, fn -> IO.puts(\"日本語 ο κόμβος\"); exit(:boom) end)";
        for columns in 8..120 {
            let drawn = drawn(line, columns);
            assert!(drawn.iter().all(|row| width::width(row) <= columns), "{columns}: {drawn:#?}");
            let bare = |text: &str| text.replace(' ', "");
            assert_eq!(bare(&drawn.concat()), bare(line), "{columns}");
        }
    }
}
