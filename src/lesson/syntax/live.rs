//! What of code can have an effect: a branch that a literal closes, and a value that nobody takes, have none.

use super::{Term, several};

/// The tree without what is evaluated to no end. Of several expressions typed at once the last is the value; a function
/// that is only made is never called.
pub(super) fn live(terms: Vec<Term>) -> Vec<Term> {
    let mut terms = reached(terms);
    terms.pop_if(|last| is_function(last));
    terms
}

/// All but the last of several expressions are there for what they do.
fn reached(mut terms: Vec<Term>) -> Vec<Term> {
    let last = terms.pop();
    terms.retain(|term| !is_idle(term));
    terms.extend(last);
    terms.into_iter().map(pruned).collect()
}

fn pruned(term: Term) -> Term {
    let Term::Branch(kind, mut inner) = term else { return term };
    match (kind.as_str(), inner.as_slice()) {
        ("block", _) => return several(reached(inner)),
        // `_ = {Task.Supervisor, name: …}` is a value that is thrown away.
        ("=", [Term::Any, right]) if is_idle(right) => return Term::Any,
        ("call", [Term::Leaf("identifier", name), truth, _, ..])
            if matches!(name.as_str(), "if" | "unless") =>
        {
            if let Some(truth) = literal(truth) {
                let is_first = truth == (name == "if");
                inner = inner
                    .into_iter()
                    .map(|part| without_branch(part, if is_first { "else" } else { "do" }))
                    .collect();
            }
        }
        _ => {}
    }
    if kind == "do_block" {
        // Beside its expressions stand its other branches and its clauses.
        let is_branch = |term: &Term| matches!(term, Term::Branch(kind, _) if kind.ends_with("_block") || kind.starts_with("stab_clause"));
        let (branches, body): (Vec<_>, Vec<_>) = inner.into_iter().partition(is_branch);
        inner = reached(body).into_iter().chain(branches.into_iter().map(pruned)).collect();
        return Term::Branch(kind, inner);
    }
    Term::Branch(kind, inner.into_iter().map(pruned).collect())
}

/// Whether it does nothing but be a value.
fn is_idle(term: &Term) -> bool {
    match term {
        Term::Leaf(kind, _) => *kind != "identifier",
        Term::Branch(kind, inner) => match kind.as_str() {
            "anonymous_function" | "unary_operator&" => true,
            "tuple" | "list" | "map" | "keywords" | "pair" | "map_content" | "bitstring" => {
                inner.iter().all(is_idle)
            }
            "true" | "false" | "nil" => inner.is_empty(),
            _ => false,
        },
        Term::Any | Term::Also(..) | Term::Has(_) | Term::Begins(_) => false,
    }
}

fn is_function(term: &Term) -> bool {
    matches!(term, Term::Branch(kind, _) if matches!(kind.as_str(), "anonymous_function" | "unary_operator&"))
}

fn literal(term: &Term) -> Option<bool> {
    let Term::Branch(word, inner) = term else { return None };
    match word.as_str() {
        "true" if inner.is_empty() => Some(true),
        "false" | "nil" if inner.is_empty() => Some(false),
        _ => None,
    }
}

/// What follows the condition of an `if`, without one of its branches.
fn without_branch(part: Term, branch: &str) -> Term {
    let Term::Branch(kind, inner) = part else { return part };
    let is_block = |term: &Term| matches!(term, Term::Branch(kind, _) if kind.ends_with("_block"));
    let is_pair = |term: &Term| matches!(term, Term::Branch(_, pair) if matches!(&pair[..], [Term::Leaf("keyword", word), _] if word == branch));
    let inner = match kind.as_str() {
        "keywords" => inner.into_iter().filter(|pair| !is_pair(pair)).collect(),
        "do_block" => inner.into_iter().filter(|term| is_block(term) != (branch == "else")).collect(),
        _ => inner,
    };
    Term::Branch(kind, inner)
}

#[cfg(test)]
mod tests {
    use crate::lesson::syntax::{Code, contains};

    fn runs(code: &str) -> bool {
        contains(&Code::alone(code), "Kate.hi()")
    }

    #[test]
    fn what_can_be_reached_counts() {
        for code in [
            "Kate.hi()",
            "if true, do: Kate.hi(), else: 1",
            "if true do Kate.hi() else 1 end",
            "if false, do: 1, else: Kate.hi()",
            "unless false do\n  Kate.hi()\nend",
            "if x, do: Kate.hi()",
            "f = fn -> Kate.hi() end; f.()",
            "(fn -> Kate.hi() end).()",
            "Enum.each([1], fn _ -> Kate.hi() end); 1",
            "spawn(&Kate.hi/0)",
            "_ = Kate.hi()",
            "try do\n  Kate.hi()\nrescue\n  _ -> 1\nend",
            "case 1 do\n  1 -> Kate.hi()\nend",
            "defmodule A do\n  def f do\n    fn -> Kate.hi() end\n  end\nend",
        ] {
            assert!(runs(code), "{code}");
        }
    }

    #[test]
    fn what_cannot_does_not() {
        for code in [
            "if false, do: Kate.hi(), else: 1",
            "if false do\n  Kate.hi()\nelse\n  1\nend",
            "if nil, do: Kate.hi()",
            "unless true, do: Kate.hi()",
            "if true do\n  1\nelse\n  Kate.hi()\nend",
            "&Kate.hi/0; 1",
            "fn -> Kate.hi() end; 1",
            "IO.puts(1); fn -> Kate.hi() end",
            "spawn(fn -> fn -> Kate.hi() end; 1 end)",
            "_ = &Kate.hi/0",
            "_ = {1, fn -> Kate.hi() end}",
            "spawn(fn -> if false, do: Kate.hi() end)",
        ] {
            assert!(!runs(code), "{code}");
        }
    }

    #[test]
    fn a_value_that_is_thrown_away_is_no_child() {
        let child = |code: &str| contains(&Code::alone(code), "{Task.Supervisor, name: T}");
        assert!(child("children = [{Task.Supervisor, name: T}]"));
        assert!(!child("_ = {Task.Supervisor, name: T}\nchildren = []"));
        assert!(!child("def start do\n  {Task.Supervisor, name: T}\n  []\nend"));
    }
}
