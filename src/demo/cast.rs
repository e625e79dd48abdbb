//! asciicast, version 2 (<https://docs.asciinema.org/manual/asciicast/v2/>): a line that says what was recorded, then one
//! line an event, `[SECONDS, "o", TEXT]` for what was shown and `[SECONDS, "r", "COLUMNSxROWS"]` for a resize.

use std::{
    io::{self, Write},
    time::{Duration, SystemTime},
};

use serde_json::json;

/// Columns and rows.
pub type Size = (u16, u16);

/// Writes events as they come.
#[derive(Debug)]
pub struct Cast<W> {
    out: W,
    /// The beginning of a character whose rest has not come yet.
    cut_off: Vec<u8>,
}

impl<W: Write> Cast<W> {
    /// # Errors
    /// It can't be written.
    pub fn begin(mut out: W, (columns, rows): Size, title: &str) -> io::Result<Self> {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let head = json!({
            "version": 2,
            "width": columns,
            "height": rows,
            "timestamp": since.as_secs(),
            "title": title,
            "env": { "TERM": "xterm-256color" },
        });
        writeln!(out, "{head}")?;
        Ok(Self { out, cut_off: Vec::new() })
    }

    /// # Errors
    /// It can't be written.
    pub fn shows(&mut self, at: Duration, bytes: &[u8]) -> io::Result<()> {
        self.cut_off.extend_from_slice(bytes);
        let whole = whole_characters(&self.cut_off);
        let rest = self.cut_off.split_off(whole);
        let text = std::mem::replace(&mut self.cut_off, rest);
        if text.is_empty() { Ok(()) } else { self.event(at, "o", &String::from_utf8_lossy(&text)) }
    }

    /// # Errors
    /// It can't be written.
    pub fn is_resized(&mut self, at: Duration, (columns, rows): Size) -> io::Result<()> {
        self.event(at, "r", &format!("{columns}x{rows}"))
    }

    fn event(&mut self, at: Duration, kind: &str, data: &str) -> io::Result<()> {
        let seconds = at.as_micros() as f64 / 1e6;
        writeln!(self.out, "{}", json!([seconds, kind, data]))?;
        // What was recorded is there also where the recorder is killed.
        self.out.flush()
    }
}

/// So many bytes at the beginning don't end within a character; bytes that are no text count as characters.
fn whole_characters(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        Ok(_) | Err(_) => bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn characters_and_events_are_whole() {
        let mut cast = Cast::begin(Vec::new(), (100, 30), "Γεια").unwrap();
        let (one, other) = "αβ\u{1b}[1m".as_bytes().split_at(3);
        cast.shows(Duration::from_millis(1500), one).unwrap();
        cast.shows(Duration::from_secs(2), other).unwrap();
        cast.shows(Duration::from_secs(3), b"\xff\r\n").unwrap();
        cast.is_resized(Duration::from_secs(4), (80, 24)).unwrap();
        let text = String::from_utf8(cast.out).unwrap();
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((&lines[0]["version"], &lines[0]["width"]), (&json!(2), &json!(100)));
        assert_eq!(
            lines[1..],
            [
                json!([1.5, "o", "α"]),
                json!([2.0, "o", "β\u{1b}[1m"]),
                json!([3.0, "o", "\u{fffd}\r\n"]),
                json!([4.0, "r", "80x24"]),
            ]
        );
    }
}
