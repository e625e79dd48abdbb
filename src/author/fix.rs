//! Applies cures: those that are sure, again and again, since one may bring the next to light.

use crate::lesson::{Nonce, RenderedDiagnostic, Source};

use super::lint;

/// A cure uncovers another one seldom, and never this often.
const MAX_ROUNDS: usize = 16;
const MARK: &str = "\u{feff}";

/// A lesson with its sure cures applied, and what they were applied to, in order.
pub fn fixed(source: &Source) -> (Source, Vec<RenderedDiagnostic>) {
    let (mut source, mut applied) = (source.clone(), Vec::new());
    for _ in 0..MAX_ROUNDS {
        let complaints = lint::complaints(&source);
        let is_sure = |complaint: &RenderedDiagnostic| complaint.fix.as_ref().is_some_and(|fix| fix.is_sure);
        let sure: Vec<_> = complaints.into_iter().filter(is_sure).collect();
        let now = apply(&mut source, sure);
        if now.is_empty() {
            break;
        }
        applied.extend(now);
    }
    (source, applied)
}

/// Applies each complaint's cure, from the end of each file to its beginning; which were applied. Of two that overlap
/// the first stays for later.
pub fn apply(source: &mut Source, complaints: Vec<RenderedDiagnostic>) -> Vec<RenderedDiagnostic> {
    let mut applied = Vec::new();
    for (name, text) in &mut source.files {
        // What was no UTF-8 has been replaced already, and must not be written back.
        if text.contains(char::REPLACEMENT_CHARACTER) {
            continue;
        }
        let mut own: Vec<_> = complaints.iter().filter(|complaint| complaint.file == *name).collect();
        own.sort_by_key(|complaint| complaint.fix.as_ref().map(|fix| fix.span.start));
        let mark = if text.starts_with(MARK) { MARK.len() } else { 0 };
        let mut end = text.len();
        for complaint in own.into_iter().rev() {
            let Some(fix) = &complaint.fix else { continue };
            let (from, to) = (fix.span.start + mark, fix.span.end + mark);
            if to > end || text.get(from..to).is_none() {
                continue;
            }
            text.replace_range(from..to, &Nonce::sample().blank(&fix.text));
            end = from;
            applied.push(complaint.clone());
        }
    }
    applied
}
