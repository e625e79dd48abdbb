//! The glossary: each term explained, no word for two of them, and the same terms in every language.

use super::{
    filled,
    prose::{needed, said},
};
use crate::lesson::{
    diagnostic::Diagnostics,
    glossary::{Glossary, Term, is_same},
    raw::{Entries, Placed, RawTerm},
    yaml::Span,
};

pub(super) fn glossary(entries: Entries<RawTerm>, diag: &mut Diagnostics<'_>) -> Glossary {
    let mut terms: Vec<Term> = Vec::new();
    for (key, raw) in entries {
        let (also, text) = parts(&key, raw, diag);
        let mut names: Vec<Placed<String>> = Vec::new();
        for name in std::iter::once(key).chain(also) {
            if is_free(&name, &names, &terms, diag) {
                names.extend(filled_name(name, diag));
            }
        }
        let mut names = names.into_iter().map(|name| name.value);
        // One that was complained about stays, or the other languages would be told to add it.
        let text = text.unwrap_or_default();
        terms.extend(names.next().map(|name| Term { name, also: names.collect(), text }));
    }
    Glossary::new(terms)
}

/// A term's other names, and its explanation.
fn parts(
    key: &Placed<String>,
    raw: Placed<RawTerm>,
    diag: &mut Diagnostics<'_>,
) -> (Vec<Placed<String>>, Option<String>) {
    match raw.value {
        RawTerm::Text(text) => {
            let text = Placed { span: raw.span, value: text };
            (Vec::new(), said(text, "the explanation", diag))
        }
        RawTerm::Full(full) => {
            let also = full.also.value.map(|names| names.value.0).unwrap_or_default();
            (also, needed(full.text, "text", &key.span, diag))
        }
    }
}

fn filled_name(name: Placed<String>, diag: &mut Diagnostics<'_>) -> Option<Placed<String>> {
    let span = name.span.clone();
    filled(name, "the name", diag).map(|value| Placed { span, value })
}

/// Complains about a word that names this term, or an earlier one, already.
fn is_free(
    name: &Placed<String>,
    names: &[Placed<String>],
    terms: &[Term],
    diag: &mut Diagnostics<'_>,
) -> bool {
    if names.iter().any(|own| is_same(&own.value, &name.value)) {
        diag.error(&name.span, format!("`{}` names this term already", name.value))
            .help("case and accents make no difference");
        return false;
    }
    if let Some(other) = terms.iter().find(|term| term.is_called(&name.value)) {
        let message = format!("`{}` stands for two terms: this one and `{}`", name.value, other.name);
        diag.error(&name.span, message).help("case and accents make no difference");
        return false;
    }
    true
}

/// Complains about each term of another language that this one lacks.
pub(super) fn same_terms(
    own: &Glossary,
    other: &Glossary,
    other_file: &str,
    place: &Span,
    diag: &mut Diagnostics<'_>,
) {
    let is_there = |term: &&Term| own.terms().iter().any(|own| own.is_twin(term));
    for term in other.terms().iter().filter(|term| !is_there(term)) {
        diag.error(place, format!("the glossary lacks the term `{}` of {other_file}", term.name)).help(
            "add it; where the word is another one in this language, say `also:` and a word that both have",
        );
    }
    for term in own.terms() {
        let twins: Vec<_> = other.terms().iter().filter(|other| other.is_twin(term)).collect();
        if let [one, two, ..] = twins.as_slice() {
            let message =
                format!("`{}` is two terms in {other_file}: `{}` and `{}`", term.name, one.name, two.name);
            diag.error(place, message);
        }
    }
}
