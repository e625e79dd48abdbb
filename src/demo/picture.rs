//! A screen as a picture (SVG) in which text stays text. It has paper of its own, so it can be read on light and dark pages.
//!
//! Nobody knows whose font will draw it, nor which letters that font has to borrow from another. So each run of letters
//! that surely come from one font is given its place and its width, and columns line up also in Greek.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesEnd, BytesStart, BytesText, Event},
};
use vt100::{Cell, Color, Screen};

use super::messages;
use crate::i18n::Lang;

/// In pixels.
const FONT: f64 = 14.0;
const COLUMN: f64 = 8.4;
const ROW: f64 = 19.0;
const MARGIN: f64 = 16.0;
/// From the top of a row to the line that letters stand on.
const BASE: f64 = 14.0;

const PAPER: Rgb = Rgb(0x16, 0x1b, 0x22);
const INK: Rgb = Rgb(0xd0, 0xd7, 0xde);
const FRAME: Rgb = Rgb(0x6e, 0x76, 0x81);
/// How much is left of ink that is dimmed.
const DIM: f64 = 0.65;

/// The sixteen that a theme has, each bright enough for this paper.
const THEME: [Rgb; 16] = [
    Rgb(0x8b, 0x94, 0x9e),
    Rgb(0xff, 0x7b, 0x72),
    Rgb(0x56, 0xd3, 0x64),
    Rgb(0xe3, 0xb3, 0x41),
    Rgb(0x79, 0xc0, 0xff),
    Rgb(0xd2, 0xa8, 0xff),
    Rgb(0x56, 0xd4, 0xdd),
    Rgb(0xd0, 0xd7, 0xde),
    Rgb(0x9e, 0xa7, 0xb3),
    Rgb(0xff, 0xa1, 0x98),
    Rgb(0x7e, 0xe7, 0x87),
    Rgb(0xf2, 0xcc, 0x60),
    Rgb(0xa5, 0xd6, 0xff),
    Rgb(0xe2, 0xc5, 0xff),
    Rgb(0x8f, 0xe8, 0xee),
    Rgb(0xff, 0xff, 0xff),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rgb(u8, u8, u8);

impl Rgb {
    fn of(color: Color, default: Self) -> Self {
        match color {
            Color::Default => default,
            Color::Rgb(red, green, blue) => Self(red, green, blue),
            Color::Idx(index @ 0..16) => THEME[usize::from(index)],
            // Six steps of each colour, and then greys, as xterm has them.
            Color::Idx(index @ 16..232) => {
                let step = |place: u8| match (index - 16) / place % 6 {
                    0 => 0,
                    step => 55 + 40 * step,
                };
                Self(step(36), step(6), step(1))
            }
            Color::Idx(index @ 232..) => {
                let grey = 8 + 10 * (index - 232);
                Self(grey, grey, grey)
            }
        }
    }

    fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// How letters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: Rgb,
    /// None is the page's own.
    paper: Option<Rgb>,
    is_bold: bool,
    is_dim: bool,
    is_italic: bool,
    is_underlined: bool,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let (ink, paper) = (Rgb::of(cell.fgcolor(), INK), Rgb::of(cell.bgcolor(), PAPER));
        let (ink, paper) = if cell.inverse() { (paper, ink) } else { (ink, paper) };
        Self {
            ink,
            paper: (paper != PAPER).then_some(paper),
            is_bold: cell.bold(),
            is_dim: cell.dim(),
            is_italic: cell.italic(),
            is_underlined: cell.underline(),
        }
    }
}

/// What letters have in common that one font draws all alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Ascii,
    Letters,
    /// A sign that may well be borrowed, and has company only of its own kind.
    Sign(char),
}

impl Script {
    fn of(letter: char) -> Self {
        match letter {
            letter if letter.is_ascii() => Self::Ascii,
            letter if letter.is_alphabetic() => Self::Letters,
            letter => Self::Sign(letter),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Run {
    column: u16,
    columns: u16,
    text: String,
    look: Look,
    script: Script,
}

/// The runs of a row, without the blanks behind the last.
fn runs(screen: &Screen, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in 0..screen.size().1.get() {
        let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else {
            continue;
        };
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let columns = if cell.is_wide() { 2 } else { 1 };
        let (look, script) = (Look::of(cell), Script::of(text.chars().next().unwrap_or(' ')));
        match runs.last_mut() {
            Some(run) if (run.look, run.script) == (look, script) => {
                run.text.push_str(text);
                run.columns += columns;
            }
            Some(_) | None => runs.push(Run { column, columns, text: text.to_owned(), look, script }),
        }
    }
    while let Some(last) = runs.last_mut()
        && last.look.paper.is_none()
    {
        let text = last.text.trim_end_matches(' ');
        last.columns -= u16::try_from(last.text.len() - text.len()).unwrap_or_default();
        last.text.truncate(text.len());
        if !last.text.is_empty() {
            break;
        }
        runs.pop();
    }
    runs
}

/// What is on the screen, from the first row that holds something to the last, and for those who can't see it a title
/// and what is to be seen.
pub fn svg(screen: &Screen, title: &str, lang: Lang) -> String {
    let (rows, columns) = screen.size();
    let mut rows: Vec<Vec<Run>> = (0..rows.get()).map(|row| runs(screen, row)).collect();
    let last = rows.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1);
    rows.truncate(last);
    rows.drain(..rows.iter().position(|row| !row.is_empty()).unwrap_or_default());
    let mut writer = Writer::new(Vec::new());
    draw(&mut writer, &rows, columns.get(), (title, messages::picture_shows().speak(lang)))
        .expect("memory takes whatever is written");
    String::from_utf8(writer.into_inner()).expect("texts were written")
}

type Svg = Writer<Vec<u8>>;

fn draw(svg: &mut Svg, rows: &[Vec<Run>], columns: u16, (title, told): (&str, &str)) -> io::Result<()> {
    let width = f64::from(columns) * COLUMN + 2.0 * MARGIN;
    let height = rows.len() as f64 * ROW + 2.0 * MARGIN;
    let mut root = BytesStart::new("svg");
    root.push_attribute(("xmlns", "http://www.w3.org/2000/svg"));
    root.push_attribute(("viewBox", format!("0 0 {} {}", shown(width), shown(height)).as_str()));
    for (name, length) in [("width", width), ("height", height), ("font-size", FONT)] {
        root.push_attribute((name, shown(length).as_str()));
    }
    root.push_attribute(("font-family", "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"));
    root.push_attribute(("fill", INK.hex().as_str()));
    svg.write_event(Event::Start(root))?;
    for (name, text) in [("title", title), ("desc", told)] {
        newline(svg)?;
        svg.create_element(name).write_text_content(BytesText::new(text))?;
    }
    newline(svg)?;
    // Half a pixel inward, or half of the frame's line would be cut off.
    svg.create_element("rect")
        .with_attributes([("x", "0.5"), ("y", "0.5"), ("rx", "8")])
        .with_attribute(("width", shown(width - 1.0).as_str()))
        .with_attribute(("height", shown(height - 1.0).as_str()))
        .with_attributes([("fill", PAPER.hex().as_str()), ("stroke", FRAME.hex().as_str())])
        .write_empty()?;
    for (number, runs) in rows.iter().enumerate() {
        row(svg, runs, MARGIN + number as f64 * ROW)?;
    }
    newline(svg)?;
    svg.write_event(Event::End(BytesEnd::new("svg")))?;
    newline(svg)
}

fn row(svg: &mut Svg, runs: &[Run], top: f64) -> io::Result<()> {
    if runs.is_empty() {
        return Ok(());
    }
    for run in runs {
        if let Some(paper) = run.look.paper {
            newline(svg)?;
            svg.create_element("rect")
                .with_attribute(("x", left(run).as_str()))
                .with_attribute(("y", shown(top).as_str()))
                .with_attribute(("width", wide(run).as_str()))
                .with_attributes([("height", shown(ROW).as_str()), ("fill", paper.hex().as_str())])
                .write_empty()?;
        }
    }
    newline(svg)?;
    svg.create_element("text")
        .with_attributes([("y", shown(top + BASE).as_str()), ("xml:space", "preserve")])
        .write_inner_content(|svg| runs.iter().try_for_each(|run| letters(svg, run)))?;
    Ok(())
}

fn letters(svg: &mut Svg, run: &Run) -> io::Result<()> {
    let Look { ink, paper: _, is_bold, is_dim, is_italic, is_underlined } = run.look;
    let mut piece = svg
        .create_element("tspan")
        .with_attribute(("x", left(run).as_str()))
        .with_attribute(("textLength", wide(run).as_str()))
        .with_attribute(("lengthAdjust", "spacingAndGlyphs"));
    if ink != INK {
        piece = piece.with_attribute(("fill", ink.hex().as_str()));
    }
    let dim = DIM.to_string();
    let styles = [
        (is_bold, "font-weight", "bold"),
        (is_dim, "fill-opacity", dim.as_str()),
        (is_italic, "font-style", "italic"),
        (is_underlined, "text-decoration", "underline"),
    ];
    for (_, name, value) in styles.into_iter().filter(|(is_so, ..)| *is_so) {
        piece = piece.with_attribute((name, value));
    }
    piece.write_text_content(BytesText::new(&run.text))?;
    Ok(())
}

fn left(run: &Run) -> String {
    shown(MARGIN + f64::from(run.column) * COLUMN)
}

fn wide(run: &Run) -> String {
    shown(f64::from(run.columns) * COLUMN)
}

/// To a tenth of a pixel.
fn shown(length: f64) -> String {
    ((length * 10.0).round() / 10.0).to_string()
}

fn newline(svg: &mut Svg) -> io::Result<()> {
    svg.write_event(Event::Text(BytesText::new("\n")))
}

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use super::*;

    fn screen(shown: &str) -> Screen {
        let side = |length| NonZero::new(length).unwrap();
        let mut terminal = vt100::Parser::new(side(6), side(20), 0);
        terminal.process(shown.as_bytes());
        terminal.screen().clone()
    }

    /// As WCAG 2 reckons it: 4.5 is enough for a text. Of the ink so much is left, the rest is paper.
    fn contrast(ink: Rgb, left: f64) -> f64 {
        let light = |[red, green, blue]: [f64; 3]| {
            let part = |value: f64| match value / 255.0 {
                value if value <= 0.04045 => value / 12.92,
                value => ((value + 0.055) / 1.055).powf(2.4),
            };
            0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue) + 0.05
        };
        let parts = |Rgb(red, green, blue)| [red, green, blue].map(f64::from);
        let mut mixed = parts(ink);
        for (ink, paper) in mixed.iter_mut().zip(parts(PAPER)) {
            *ink = *ink * left + paper * (1.0 - left);
        }
        light(mixed) / light(parts(PAPER))
    }

    #[test]
    fn each_colour_can_be_read_also_dimmed() {
        for color in THEME.into_iter().chain([INK]) {
            assert!(contrast(color, 1.0) >= 4.5, "{color:?}");
            assert!(contrast(color, DIM) >= 3.0, "{color:?} dimmed");
        }
        assert!(contrast(INK, DIM) >= 4.5, "most of what is dimmed is plain");
    }

    #[test]
    fn a_run_ends_where_its_look_or_its_font_may_change() {
        let screen = screen("a \x1b[32mb\x1b[0m Γεια ●──● 語\r\n   ");
        let texts: Vec<_> =
            runs(&screen, 0).into_iter().map(|run| (run.column, run.columns, run.text)).collect();
        let expected: [(u16, u16, &str); 9] = [
            (0, 2, "a "),
            (2, 1, "b"),
            (3, 1, " "),
            (4, 4, "Γεια"),
            (8, 1, " "),
            (9, 1, "●"),
            (10, 2, "──"),
            (12, 1, "●"),
            (13, 1, " "),
        ];
        let (before, wide) = texts.split_at(9);
        assert_eq!(before, expected.map(|(column, columns, text)| (column, columns, text.to_owned())));
        assert_eq!(wide, [(14, 2, "語".to_owned())]);
        assert!(runs(&screen, 1).is_empty());
    }

    #[test]
    fn what_means_something_in_xml_is_text_in_it() {
        let drawn = svg(&screen("\r\n<a> & \"b\""), "x < y", Lang::En);
        assert!(drawn.contains(">&lt;a&gt; &amp; &quot;b&quot;</tspan>"), "{drawn}");
        assert!(drawn.contains("<title>x &lt; y</title>"), "{drawn}");
        assert!(drawn.contains("viewBox=\"0 0 200 51\""), "one row, for the one above is empty: {drawn}");
    }

    #[test]
    fn reversed_letters_stand_on_ink() {
        let drawn = svg(&screen("\x1b[7mx\x1b[0m"), "", Lang::El);
        assert!(drawn.contains(&format!("height=\"19\" fill=\"{}\"", INK.hex())), "{drawn}");
        assert!(drawn.contains(&format!("fill=\"{}\">x<", PAPER.hex())), "{drawn}");
    }
}
