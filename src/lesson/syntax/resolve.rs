//! What names stand for: variables, aliases, imports, module attributes, and functions that are named instead of called.
//!
//! Whoever writes `K.say_name` after `alias Kate, as: K` has written `Kate.say_name()`, and whoever writes `f.("hi")` after
//! `f = &IO.puts/1` has written `IO.puts`. A name keeps its spelling beside what it means, so that patterns find either.
//! Scopes are Elixir's, roughly: what a block or a function gives a name ends with it.

use std::{collections::HashMap, rc::Rc};

use super::Term;

/// How large a tree may be that a name stands for, with all that its own names stand for: each use is searched anew.
const MAX_MEANING: usize = 1000;

/// The tree with each call under the shortest of its names: what a pattern is compared by.
pub(super) fn plain(term: &Term) -> Term {
    match term {
        Term::Branch(kind, inner) => {
            if let ("call", [Term::Leaf("identifier", name), inner]) = (kind.as_str(), inner.as_slice())
                && name == "holds"
            {
                return Term::Has(Box::new(plain(inner)));
            }
            if let ("<>", [Term::Leaf("string", start), Term::Any]) = (kind.as_str(), inner.as_slice()) {
                return Term::Begins(start.clone());
            }
            let mut inner: Vec<Term> = inner.iter().map(plain).collect();
            if kind == "call"
                && let Some((module, function)) = inner.first().and_then(qualified)
            {
                let (module, function) = (module.clone(), function.to_owned());
                return call(&module, &function, inner.split_off(1));
            }
            Term::Branch(kind.clone(), inner)
        }
        Term::Any | Term::Leaf(..) | Term::Also(..) | Term::Has(_) | Term::Begins(_) => term.clone(),
    }
}

/// What `terms` mean after `earlier` ones; `is_inside` if the bodies of modules count that were defined there.
pub(super) fn meant(earlier: Vec<Term>, is_inside: bool, terms: Vec<Term>) -> Vec<Term> {
    let mut scope = Scope::default();
    for term in earlier {
        scope.read(term);
    }
    if !is_inside {
        scope.modules.clear();
    }
    terms.into_iter().map(|term| scope.read(term)).collect()
}

/// The names that `terms` give a meaning to for what comes after them; `*` for an import.
pub(super) fn given(terms: &[Term]) -> Vec<String> {
    let mut names = Vec::new();
    for term in terms {
        let Term::Branch(kind, inner) = term else { continue };
        match (kind.as_str(), inner.as_slice()) {
            ("do_block" | "anonymous_function", _) => continue,
            ("=", [left, _]) => names.extend(identifiers(left)),
            ("call", [Term::Leaf("identifier", name), rest @ ..]) => match name.as_str() {
                "alias" | "require" => names.extend(aliased(rest).into_iter().map(|(short, _)| short)),
                "import" => names.push("*".to_owned()),
                "defmodule" => names.extend(rest.first().and_then(alias_name).map(last_part)),
                _ => {}
            },
            _ => {}
        }
        names.extend(given(inner));
    }
    names
}

#[derive(Default, Clone)]
struct Scope {
    /// The module whose body this is.
    module: Option<String>,
    /// A first part of module names, and what it is short for.
    aliases: HashMap<String, String>,
    imports: Vec<String>,
    /// Variables, and attributes with their `@`; none where nothing is known but that it is no call.
    names: HashMap<String, Option<Rc<Term>>>,
    /// The bodies of modules that were defined here.
    modules: HashMap<String, Rc<Term>>,
}

impl Scope {
    fn read(&mut self, term: Term) -> Term {
        match term {
            Term::Leaf("identifier", name) => self.name(name),
            Term::Leaf("alias" | "atom", _) => self.module_name(term),
            Term::Branch(kind, inner) => self.branch(kind, inner),
            Term::Any | Term::Leaf(..) | Term::Also(..) | Term::Has(_) | Term::Begins(_) => term,
        }
    }

    fn all(&mut self, terms: Vec<Term>) -> Vec<Term> {
        terms.into_iter().map(|term| self.read(term)).collect()
    }

    fn branch(&mut self, kind: String, mut inner: Vec<Term>) -> Term {
        match (kind.as_str(), inner.len()) {
            ("call", 1..) => {
                let target = inner.remove(0);
                return self.call(target, inner);
            }
            ("=" | "<-", 2) => {
                let right = Rc::new(self.read(inner.remove(1)));
                let left = self.pattern(inner.remove(0));
                self.bind(&left, (kind == "=").then_some(&right));
                inner = vec![left, Rc::unwrap_or_clone(right)];
            }
            ("stab_clause->", 2) => {
                let mut within = self.clone();
                let left = within.pattern(inner.remove(0));
                within.bind(&left, None);
                inner = vec![left, within.read(inner.remove(0))];
            }
            ("do_block", _) => inner = self.clone().all(inner),
            ("dot.", 2) => inner[0] = self.read(inner[0].clone()),
            ("unary_operator@", 1) => return self.attribute(inner.remove(0)),
            ("unary_operator&", 1) => return self.capture(inner.remove(0)),
            _ => inner = self.all(inner),
        }
        match (kind.as_str(), inner.as_slice()) {
            // `__MODULE__.Inner`
            ("dot.", [module, Term::Leaf("alias", rest)]) if alias_name(module).is_some() => {
                let module = alias_name(module).unwrap_or_default();
                Term::Leaf("alias", format!("{module}.{rest}"))
            }
            _ => Term::Branch(kind, inner),
        }
    }

    /// A name by itself: a variable, or a call without parentheses.
    fn name(&self, name: String) -> Term {
        if let ("__MODULE__", Some(module)) = (name.as_str(), &self.module) {
            return Term::Leaf("alias", module.clone());
        }
        let written = Term::Leaf("identifier", name.clone());
        match self.names.get(&name) {
            Some(Some(meaning)) => also(written, vec![meaning.clone()]),
            Some(None) => written,
            None => {
                let called = Rc::new(self.named(None, &name, Vec::new()));
                also(written, vec![called])
            }
        }
    }

    fn module_name(&self, term: Term) -> Term {
        let written = match &term {
            Term::Leaf("alias", name) => name.strip_prefix("Elixir.").unwrap_or(name),
            Term::Leaf("atom", name) => match name.strip_prefix("Elixir.") {
                Some(name) => name,
                None => return term,
            },
            _ => return term,
        };
        let (first, rest) = written.split_once('.').unwrap_or((written, ""));
        let name = match self.aliases.get(first) {
            Some(long) if rest.is_empty() => long.clone(),
            Some(long) => format!("{long}.{rest}"),
            None => written.to_owned(),
        };
        let body = self.modules.get(&name).cloned();
        also(Term::Leaf("alias", name), body.into_iter().collect())
    }

    /// What is matched against: names in it are given a value there, and call nothing.
    fn pattern(&self, term: Term) -> Term {
        match term {
            Term::Leaf("alias" | "atom", _) => self.module_name(term),
            Term::Branch(kind, inner) => {
                if let ("unary_operator@", [Term::Leaf("identifier", name)]) = (kind.as_str(), &*inner) {
                    return self.attribute_value(name);
                }
                Term::Branch(kind, inner.into_iter().map(|term| self.pattern(term)).collect())
            }
            Term::Any | Term::Leaf(..) | Term::Also(..) | Term::Has(_) | Term::Begins(_) => term,
        }
    }

    fn bind(&mut self, left: &Term, right: Option<&Rc<Term>>) {
        if let (Term::Branch(kind, names), Some(Term::Branch(other, values))) =
            (left, right.map(|term| &**term))
            && kind == other
            && matches!(kind.as_str(), "tuple" | "list")
            && names.len() == values.len()
        {
            for (name, value) in names.iter().zip(values) {
                self.bind(name, Some(&Rc::new(value.clone())));
            }
            return;
        }
        let meaning = right.filter(|term| size(term, MAX_MEANING) < MAX_MEANING);
        for name in identifiers(left) {
            self.names.insert(name, meaning.cloned());
        }
    }

    fn attribute(&mut self, inner: Term) -> Term {
        match inner {
            Term::Leaf("identifier", name) => self.attribute_value(&name),
            Term::Branch(kind, mut parts) if kind == "call" && parts.len() == 2 => {
                let value = Rc::new(self.read(parts.remove(1)));
                if let Term::Leaf("identifier", name) = &parts[0] {
                    self.bind(&Term::Leaf("identifier", format!("@{name}")), Some(&value));
                }
                parts.push(Rc::unwrap_or_clone(value));
                Term::Branch("unary_operator@".to_owned(), vec![Term::Branch(kind, parts)])
            }
            other => Term::Branch("unary_operator@".to_owned(), vec![self.read(other)]),
        }
    }

    fn attribute_value(&self, name: &str) -> Term {
        let written =
            Term::Branch("unary_operator@".to_owned(), vec![Term::Leaf("identifier", name.to_owned())]);
        also(written, self.names.get(&format!("@{name}")).cloned().flatten().into_iter().collect())
    }

    /// `&Kate.say_name/0` calls it, sooner or later, with whatever arguments.
    fn capture(&mut self, inner: Term) -> Term {
        let written = |inner| Term::Branch("unary_operator&".to_owned(), vec![inner]);
        let Term::Branch(kind, parts) = &inner else { return written(inner) };
        let (module, name, arity) = match (kind.as_str(), parts.as_slice()) {
            ("/", [Term::Branch(call, named), Term::Leaf("number", arity)]) if call == "call" => {
                match named.first().and_then(qualified) {
                    Some((module, name)) if named.len() == 1 => (Some(module.clone()), name, arity),
                    _ => return written(self.read(inner)),
                }
            }
            ("/", [Term::Leaf("identifier", name), Term::Leaf("number", arity)]) => {
                (None, name.as_str(), arity)
            }
            _ => return written(self.read(inner)),
        };
        let module = module.map(|module| self.read(module));
        let called = self.named(module, name, any_arguments(arity));
        also(written(inner.clone()), vec![Rc::new(called)])
    }

    fn call(&mut self, target: Term, mut arguments: Vec<Term>) -> Term {
        if let Some((module, function)) = qualified(&target) {
            let module = self.read(module.clone());
            let arguments = self.all(arguments);
            return self.named(Some(module), function, arguments);
        }
        let Term::Leaf("identifier", name) = &target else {
            let mut parts = vec![self.read(target)];
            parts.extend(self.all(arguments));
            return Term::Branch("call".to_owned(), parts);
        };
        match name.as_str() {
            "alias" | "require" | "import" => {
                self.direct(name, &arguments);
                arguments.insert(0, target);
                Term::Branch("call".to_owned(), arguments)
            }
            "defmodule" => self.defmodule(target, arguments),
            "cond" => Term::Branch("call".to_owned(), vec![target, self.cond(arguments)]),
            "def" | "defp" | "defmacro" | "defmacrop" if !arguments.is_empty() => {
                let mut within = self.clone();
                let head = within.pattern(arguments.remove(0));
                within.bind(&head, None);
                let mut parts = vec![target, head];
                parts.extend(within.all(arguments));
                Term::Branch("call".to_owned(), parts)
            }
            _ => {
                let arguments = self.all(arguments);
                self.named(None, name, arguments)
            }
        }
    }

    /// `alias`, `require` and `import` say what names stand for.
    fn direct(&mut self, directive: &str, arguments: &[Term]) {
        if directive == "import" {
            let module = arguments.first().map(|module| self.pattern(module.clone()));
            self.imports.extend(module.as_ref().and_then(alias_name).map(str::to_owned));
            return;
        }
        let is_short = |arguments: &[Term]| directive == "alias" || arguments.len() > 1;
        for (short, long) in aliased(arguments).into_iter().filter(|_| is_short(arguments)) {
            let long = match (long.split_once('.'), &self.module) {
                (None, Some(module)) if long == "__MODULE__" => module.clone(),
                (Some(("__MODULE__", rest)), Some(module)) => format!("{module}.{rest}"),
                _ => alias_name(&self.module_name(Term::Leaf("alias", long.clone())))
                    .unwrap_or(&long)
                    .to_owned(),
            };
            self.aliases.insert(short, long);
        }
    }

    fn defmodule(&mut self, target: Term, mut arguments: Vec<Term>) -> Term {
        let Some(short) = arguments.first().and_then(alias_name).map(str::to_owned) else {
            let mut parts = vec![target];
            parts.extend(self.all(arguments));
            return Term::Branch("call".to_owned(), parts);
        };
        let name = match &self.module {
            Some(outer) => format!("{outer}.{short}"),
            None => short.clone(),
        };
        let mut within = Self { module: Some(name.clone()), names: HashMap::new(), ..self.clone() };
        let body = Rc::new(Term::Branch("body".to_owned(), within.all(arguments.split_off(1))));
        // Within another module, the name is an alias of the whole one.
        self.aliases.insert(short.split('.').next().unwrap_or(&short).to_owned(), {
            let first = short.split_once('.').map_or(name.len(), |(_, rest)| name.len() - rest.len() - 1);
            name[..first].to_owned()
        });
        if size(&body, MAX_MEANING) < MAX_MEANING {
            self.modules.insert(name, body.clone());
        }
        let mut parts = vec![target, arguments.remove(0)];
        match Rc::unwrap_or_clone(body) {
            Term::Branch(_, inner) => parts.extend(inner),
            other => parts.push(other),
        }
        Term::Branch("call".to_owned(), parts)
    }

    /// Before the arrows of a `cond` stand expressions, not patterns.
    fn cond(&self, mut arguments: Vec<Term>) -> Term {
        let clause = |clause: Term| match clause {
            Term::Branch(kind, sides) if kind == "stab_clause->" => {
                Term::Branch(kind, self.clone().all(sides))
            }
            other => self.clone().read(other),
        };
        match arguments.pop() {
            Some(Term::Branch(kind, clauses)) => {
                Term::Branch(kind, clauses.into_iter().map(clause).collect())
            }
            other => other.unwrap_or(Term::Any),
        }
    }

    /// A call of `function`, and all that this comes to.
    fn named(&self, module: Option<Term>, function: &str, arguments: Vec<Term>) -> Term {
        let mut meant: Vec<Rc<Term>> = named_functions(&arguments).into_iter().map(Rc::new).collect();
        let written = match &module {
            Some(module) => {
                if let Term::Also(_, meanings) = module {
                    let modules = meanings.iter().filter(|term| is_module(term));
                    meant.extend(modules.map(|module| Rc::new(call(module, function, arguments.clone()))));
                }
                meant.extend(with_options(module, function, &arguments).map(Rc::new));
                call(module, function, arguments)
            }
            None => {
                for module in self.imports.iter().chain(&self.module) {
                    let module = Term::Leaf("alias", module.clone());
                    meant.push(Rc::new(call(&module, function, arguments.clone())));
                }
                bare(function, arguments)
            }
        };
        also(written, meant)
    }
}

/// `Module.function(…)`, under its shortest name.
fn call(module: &Term, function: &str, arguments: Vec<Term>) -> Term {
    let name = match module {
        Term::Also(written, _) => written,
        other => other,
    };
    let short = match name {
        Term::Leaf("alias" | "atom", name) => short(name, function, arguments.len()),
        _ => None,
    };
    if let Some(short) = short {
        return bare(short, arguments);
    }
    let function = Term::Leaf("identifier", function.to_owned());
    let mut parts = vec![Term::Branch("dot.".to_owned(), vec![module.clone(), function])];
    parts.extend(arguments);
    Term::Branch("call".to_owned(), parts)
}

fn bare(function: &str, arguments: Vec<Term>) -> Term {
    let mut parts = vec![Term::Leaf("identifier", function.to_owned())];
    parts.extend(arguments);
    Term::Branch("call".to_owned(), parts)
}

/// What needs no module's name, and functions that are the same under another one.
fn short<'f>(module: &str, function: &'f str, arity: usize) -> Option<&'f str> {
    match (module, function, arity) {
        ("Kernel" | "IEx.Helpers" | "erlang", _, _) => Some(function),
        ("Node", "self", 0) => Some("node"),
        ("Node", "alive?", 0) => Some("is_alive"),
        ("Node", "list", 0 | 1) => Some("nodes"),
        ("Node", "disconnect", 1) => Some("disconnect_node"),
        ("Node", "get_cookie", 0)
        | ("Node", "set_cookie", 1 | 2)
        | ("Node", "spawn" | "spawn_link", 2 | 4)
        | ("Process", "group_leader", 0 | 2)
        | ("Process", "exit", 2)
        | ("Process", "send", 3) => Some(function),
        _ => None,
    }
}

/// `Node.spawn(node, fun, [:link])`, whose options only say how it is spawned.
fn with_options(module: &Term, function: &str, arguments: &[Term]) -> Option<Term> {
    let (options, arguments) = arguments.split_last()?;
    let is_node = alias_name(module) == Some("Node") && matches!(function, "spawn" | "spawn_link");
    let links = options.holds(&Term::Leaf("atom", "link".to_owned()));
    let function = if links { "spawn_link" } else { function };
    (is_node && matches!(arguments.len(), 2 | 4)).then(|| call(module, function, arguments.to_vec()))
}

/// `Kate, :say_name`, and later on `[]`, among the arguments of a call: that is called, wherever and whenever. So is
/// what a number follows, as a function's arity.
fn named_functions(arguments: &[Term]) -> Vec<Term> {
    let named = |at: usize| {
        let (Some(module), Term::Leaf("atom", function)) =
            (module_in(&arguments[at]), arguments.get(at + 1)?)
        else {
            return None;
        };
        let rest = &arguments[at + 2..];
        let inner = match (rest.first(), rest.iter().find_map(list)) {
            (Some(Term::Leaf("number", arity)), _) => any_arguments(arity),
            (_, Some(list)) => list.to_vec(),
            _ => return None,
        };
        Some(call(module, function, inner))
    };
    (0..arguments.len()).filter_map(named).collect()
}

fn any_arguments(arity: &str) -> Vec<Term> {
    vec![Term::Any; arity.parse::<u8>().unwrap_or_default().into()]
}

/// What is in a list, also in one that a name stands for.
fn list(term: &Term) -> Option<&[Term]> {
    match term {
        Term::Branch(kind, inner) => matches!(kind.as_str(), "list" | "[]").then_some(inner),
        Term::Also(_, meanings) => meanings.iter().find_map(|term| list(term)),
        Term::Any | Term::Leaf(..) | Term::Has(_) | Term::Begins(_) => None,
    }
}

fn module_in(term: &Term) -> Option<&Term> {
    match term {
        Term::Also(written, meanings) if !is_module(written) => {
            meanings.iter().map(|term| &**term).find(|term| is_module(term))
        }
        term => is_module(term).then_some(term),
    }
}

fn is_module(term: &Term) -> bool {
    match term {
        Term::Leaf(kind, _) => matches!(*kind, "alias" | "atom"),
        Term::Also(written, _) => is_module(written),
        Term::Any | Term::Branch(..) | Term::Has(_) | Term::Begins(_) => false,
    }
}

/// The module and the name in what a call begins with, as of `Kate.say_name`.
fn qualified(target: &Term) -> Option<(&Term, &str)> {
    let Term::Branch(kind, parts) = target else { return None };
    match parts.as_slice() {
        [module, Term::Leaf("identifier", function)] if kind == "dot." => Some((module, function)),
        _ => None,
    }
}

fn alias_name(term: &Term) -> Option<&str> {
    match term {
        Term::Leaf("alias", name) => Some(name),
        Term::Leaf("identifier", name) if name == "__MODULE__" => Some(name),
        Term::Also(written, meanings) => {
            alias_name(written).or_else(|| meanings.iter().find_map(|term| alias_name(term)))
        }
        Term::Any | Term::Leaf(..) | Term::Branch(..) | Term::Has(_) | Term::Begins(_) => None,
    }
}

/// What the arguments of `alias` make short, and for what: `A.B`, `A.{B, C}`, `A, as: B`.
fn aliased(arguments: &[Term]) -> Vec<(String, String)> {
    let pair = |long: String| (last_part(&long), long);
    match arguments {
        [Term::Branch(kind, parts), ..] if kind == "dot." => match parts.as_slice() {
            [outer, Term::Branch(_, inner)] => {
                let outer = alias_name(outer).unwrap_or_default();
                inner.iter().filter_map(alias_name).map(|name| pair(format!("{outer}.{name}"))).collect()
            }
            [outer, inner] => {
                let (outer, inner) = (alias_name(outer), alias_name(inner));
                outer.zip(inner).map(|(outer, inner)| pair(format!("{outer}.{inner}"))).into_iter().collect()
            }
            _ => Vec::new(),
        },
        [long, rest @ ..] => {
            let Some(long) = alias_name(long) else { return Vec::new() };
            let short = rest.first().and_then(|options| match options {
                Term::Branch(_, pairs) => pairs.iter().find_map(|pair| match pair {
                    Term::Branch(_, pair) => pair.get(1).and_then(alias_name),
                    Term::Any | Term::Leaf(..) | Term::Also(..) | Term::Has(_) | Term::Begins(_) => None,
                }),
                Term::Any | Term::Leaf(..) | Term::Also(..) | Term::Has(_) | Term::Begins(_) => None,
            });
            vec![(short.map_or_else(|| last_part(long), str::to_owned), long.to_owned())]
        }
        [] => Vec::new(),
    }
}

fn last_part(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

/// The variables in a tree.
pub(super) fn identifiers(term: &Term) -> Vec<String> {
    match term {
        Term::Leaf("identifier", name) => vec![name.clone()],
        Term::Branch(_, inner) => inner.iter().flat_map(identifiers).collect(),
        Term::Any | Term::Leaf(..) | Term::Also(..) | Term::Has(_) | Term::Begins(_) => Vec::new(),
    }
}

fn also(written: Term, meant: Vec<Rc<Term>>) -> Term {
    if meant.is_empty() { written } else { Term::Also(Box::new(written), meant) }
}

/// How many nodes a search would visit, counted up to `most`.
fn size(term: &Term, most: usize) -> usize {
    let sum = |sizes: &mut dyn Iterator<Item = &Term>| {
        let mut sum = 1;
        for term in sizes {
            if sum >= most {
                break;
            }
            sum += size(term, most - sum);
        }
        sum
    };
    match term {
        Term::Any | Term::Leaf(..) | Term::Has(_) | Term::Begins(_) => 1,
        Term::Branch(_, inner) => sum(&mut inner.iter()),
        Term::Also(written, meant) => {
            sum(&mut std::iter::once(&**written).chain(meant.iter().map(|term| &**term)))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lesson::syntax::{Code, contains, gives, gives_names};

    fn holds(code: &str, pattern: &str) {
        assert!(contains(&Code::alone(code), pattern), "{code} has no {pattern}");
    }

    fn lacks(code: &str, pattern: &str) {
        assert!(!contains(&Code::alone(code), pattern), "{code} has {pattern}");
    }

    #[test]
    fn a_bare_name_is_a_call_unless_it_is_a_variable() {
        holds("flush", "flush()");
        holds("IO.inspect {node, node(Process.group_leader)}", "node(Process.group_leader())");
        holds("Kate.say_name", "Kate.say_name()");
        lacks("flush = 1; IO.puts(\":sup?\"); flush", "flush()");
        lacks("fn node -> node end", "node()");
        lacks("def f(node), do: node", "node()");
    }

    #[test]
    fn an_alias_is_what_it_stands_for() {
        holds("alias Kate, as: K; spawn(fn -> K.say_name() end)", "Kate.say_name()");
        holds("alias IO, as: P; P.puts(\"hi\")", "IO.puts(_)");
        lacks("alias F, as: Kate; Kate.say_name()", "Kate.say_name()");
        holds("alias Chat.{TaskSupervisor, Other}; {TaskSupervisor, n}", "Chat.TaskSupervisor");
        holds("alias System, as: S; :erpc.call(:k@h, S, :cmd, [])", ":erpc.call(:k@h, System, :cmd, _)");
        let module =
            "defmodule Chat do\n  alias __MODULE__.TaskSupervisor\n  def f(n), do: {TaskSupervisor, n}\nend";
        holds(module, "{Chat.TaskSupervisor, _}");
        holds(
            "defmodule Chat do\n  def f(n), do: {__MODULE__.TaskSupervisor, n}\nend",
            "Chat.TaskSupervisor",
        );
        holds("defmodule A do\n  alias IO, as: X\n  def f, do: X.puts(1)\nend", "IO.puts(_)");
    }

    #[test]
    fn a_variable_is_what_it_was_given() {
        holds("m = Kate; spawn(fn -> m.say_name() end)", "Kate.say_name()");
        holds("m = Kate; m.say_name", "Kate.say_name()");
        holds("m = Kate; apply(m, :say_name, [])", "Kate.say_name()");
        holds("f = &IO.puts/1; spawn(fn -> f.(\"hi\") end)", "IO.puts(_)");
        holds("{a, b} = {1, Kate}; b.say_name", "Kate.say_name()");
        holds("gl = Process.group_leader(); {node(), node(gl)}", "node(Process.group_leader())");
        lacks("m = Kate; m = John; m.say_name", "Kate.say_name()");
        lacks("m = Kate; fn m -> m.say_name end", "Kate.say_name()");
        holds("x = cond do\n  Node.alive?() -> 1\n  true -> 2\nend\nf(x)", "f(holds(Node.alive?()))");
    }

    #[test]
    fn what_was_given_earlier_counts() {
        let code =
            |earlier: &str, text: &str| Code { earlier: earlier.into(), is_inside: true, text: text.into() };
        assert!(contains(
            &code("alias Kate, as: K\nf = fn -> K.say_name end", "spawn(f)"),
            "Kate.say_name()"
        ));
        assert!(!contains(&code("Kate.say_name()", "IO.puts(1)"), "Kate.say_name()"));
        assert!(gives(&code("me = Node.self()", "[me]"), "Node.self()"));
        assert!(contains(
            &code("defmodule H do\n  def go, do: Kate.say_name()\nend", "H.go"),
            "Kate.say_name()"
        ));
        let kate =
            code("defmodule Kate do\n  def say_name, do: IO.puts(1)\nend", "spawn(fn -> Kate.say_name end)");
        assert!(contains(&kate, "spawn(holds(IO))"));
        assert!(!contains(&Code { is_inside: false, ..kate }, "spawn(holds(IO))"));
        assert_eq!(gives_names("{a, b} = 1; alias X.Y; alias X, as: Z; import M"), ["a", "b", "Y", "Z", "*"]);
        assert_eq!(gives_names("defmodule A.B do\n  x = 1\nend; fn -> y = 1 end"), ["B"]);
    }

    #[test]
    fn a_function_that_is_named_is_called() {
        holds("Node.spawn_link(:kate@localhost, Kate, :say_name, [])", "Kate.say_name()");
        holds("Node.spawn_link(:kate@localhost, &Kate.say_name/0)", "Kate.say_name()");
        holds("Task.Supervisor.async({S, :k@h}, IO, :puts, [\"hi\"])", "IO.puts(\"hi\")");
        holds("spawn(:io, :put_chars, [\"hi\"])", ":io.put_chars(_)");
        holds("Chat.spawn_task(Process, :group_leader, :k@h, [])", "Process.group_leader()");
        holds("Function.capture(Kate, :say_name, 0)", "Kate.say_name()");
        holds("args = [1, node()]; apply(Chat, :f, args)", "Chat.f(_, node())");
        lacks("f(Kate, :say_name, [])", "Kate.say_name(_)");
        lacks("[Kate, :say_name, []]", "Kate.say_name()");
    }

    #[test]
    fn one_function_is_one_under_each_of_its_names() {
        holds("Kernel.exit(:boom)", "exit(:boom)");
        holds("IEx.Helpers.flush", "flush()");
        holds(":erlang.get_cookie()", "Node.get_cookie()");
        holds("node", "Node.self()");
        holds(":erlang.spawn_link(:k@h, f)", "Node.spawn_link(_, _)");
        holds("import Chat; send_message(:k@h, \"hi\")", "Chat.send_message(_, _)");
        holds("import Kernel, except: [exit: 1]; k = Kernel; k.exit(:boom)", "exit(:boom)");
        lacks("exit(:boom)", "Process.exit(_, _)");
    }

    #[test]
    fn options_of_a_spawn_say_only_how() {
        holds("Node.spawn(:k@h, fn -> 1 end, [])", "Node.spawn(_, _)");
        holds("Node.spawn(:k@h, fn -> 1 end, [:link])", "Node.spawn_link(_, _)");
        lacks("Node.spawn(:k@h, fn -> 1 end, [:link])", "Node.spawn(_, _)");
    }

    #[test]
    fn attributes_have_values() {
        holds(
            "defmodule A do\n  @s Chat.TaskSupervisor\n  def f(n), do: {@s, n}\nend",
            "{Chat.TaskSupervisor, _}",
        );
        holds("@tag :distributed", "@tag _");
    }

    #[test]
    fn what_is_matched_against_is_no_value() {
        let gives = |code: &str, pattern: &str| gives(&Code::alone(code), pattern);
        assert!(!gives("{user, 0} = f()", "{_, 0}"));
        assert!(gives("{user, 0} = f()", "f()"));
        assert!(gives("x = {1, 0}", "{_, 0}"));
        assert!(!gives("(f(); {1, 0})", "f()"));
        assert!(gives("spawn(fn -> receive do :hi -> 1 end; IO.puts(2) end)", "receive"));
    }

    #[test]
    fn a_pattern_may_ask_for_what_holds_another() {
        holds(
            "Node.spawn_link(:k@h, fn -> IO.puts(1); exit(:boom) end)",
            "Node.spawn_link(_, holds(exit(:boom)))",
        );
        lacks("Node.spawn_link(:k@h, fn -> 1 end); exit(:boom)", "Node.spawn_link(_, holds(exit(:boom)))");
        holds(
            "f = fn -> exit(:boom) end; Node.spawn_link(:k@h, f)",
            "Node.spawn_link(_, holds(exit(:boom)))",
        );
        holds("if Node.alive?(), do: ExUnit.start(), else: 1", "_(holds(Node.alive?()), holds(ExUnit))");
        holds("ExUnit.configure(exclude: node() == :a)", "ExUnit._(holds(node()))");
        holds("f.('Hi, my name\\n')", "\"Hi\" <> _");
        holds("\"Hi\" <> \" there #{x}\"", "\"Hi\" <> _");
        holds("\"Hi #{x}\"", "\"Hi\" <> _");
        lacks("\"Oh, Hi\"", "\"Hi\" <> _");
        lacks("_ = Node.alive?(); ExUnit.start(exclude: 1)", "_(holds(Node.alive?()), holds(ExUnit))");
    }

    #[test]
    fn names_that_double_do_not_flood() {
        let doubling: String = (1..200).map(|n| format!("x{n} = {{x{}, x{}}}\n", n - 1, n - 1)).collect();
        lacks(&format!("x0 = {{1, 2}}\n{doubling}x199"), "Node.self()");
        let nested: String = (1..2000).map(|n| format!("x{n} = [x{}]\n", n - 1)).collect();
        lacks(&format!("x0 = [1]\n{nested}x1999"), "Node.self()");
    }
}
