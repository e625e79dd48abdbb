//! What was measured, and the table of it.

use std::{fmt, time::Duration};

/// One measure, taken of both in each round: the two samples of a round belong together.
#[derive(Debug)]
pub(crate) struct Measure {
    name: &'static str,
    /// At most so many times what raw iex takes; none where iex has nothing like it to beat.
    aim: Option<f64>,
    pairs: Vec<Pair>,
}

#[derive(Debug)]
pub(crate) struct Pair {
    pub iex: Duration,
    pub moebi: Duration,
}

impl Measure {
    pub(crate) fn new(name: &'static str, aim: Option<f64>) -> Self {
        Self { name, aim, pairs: Vec::new() }
    }

    pub(crate) fn take(&mut self, pair: Pair) {
        self.pairs.push(pair);
    }

    /// The median of the rounds' own ratios: what slows a round down slows both down.
    fn ratio(&self) -> f64 {
        let ratios = self.pairs.iter().map(|pair| pair.moebi.as_secs_f64() / pair.iex.as_secs_f64());
        Spread::of(ratios).median
    }

    /// Moebi's median.
    pub(crate) fn ours(&self) -> Duration {
        let samples = self.pairs.iter().map(|pair| pair.moebi.as_secs_f64());
        Duration::try_from_secs_f64(Spread::of(samples).median).unwrap_or_default()
    }

    fn verdict(&self) -> String {
        match self.aim {
            None => String::new(),
            Some(aim) if self.ratio() <= aim => format!("{aim:.2}  met"),
            Some(aim) => format!("{aim:.2}  missed"),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |side: fn(&Pair) -> Duration| {
            Spread::of(self.pairs.iter().map(|pair| side(pair).as_secs_f64() * 1000.0)).to_string()
        };
        let (iex, moebi) = (of(|pair| pair.iex), of(|pair| pair.moebi));
        let (ratio, verdict) = (self.ratio(), self.verdict());
        write!(f, "{:<34} {iex:>24} {moebi:>24} {ratio:>7.2}   {verdict}", self.name)
    }
}

/// The columns of the table; what it is that Moebi is beside.
pub(crate) fn heading_beside(other: &str) -> String {
    heading(other, "Moebi")
}

pub(crate) fn heading(one: &str, other: &str) -> String {
    format!("{:<34} {one:>24} {other:>24} {:>7}   ", "", "ratio")
}

/// The median, and where the middle half of all samples lies.
struct Spread {
    low: f64,
    median: f64,
    high: f64,
}

impl Spread {
    fn of(samples: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = samples.collect();
        sorted.sort_by(f64::total_cmp);
        let at = |quarter: usize| {
            sorted.get(sorted.len().saturating_sub(1) * quarter / 4).copied().unwrap_or(f64::NAN)
        };
        Self { low: at(1), median: at(2), high: at(3) }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = usize::from(self.median < 100.0);
        let Self { low, median, high } = self;
        write!(f, "{median:.digits$} ({low:.digits$} – {high:.digits$})")
    }
}
