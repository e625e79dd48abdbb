//! The layers hold: a room names no other than those that its row in ARCHITECTURE.md lists, and all of them are further
//! down in that table. So a broken layer is a failing test, and so is a table that says more than is true.
//!
//! Source is read as tokens: comments and texts name nobody. And what pages for contributors name is there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

const PAGE: &str = include_str!("../ARCHITECTURE.md");

const PAGES: [&str; 3] = [PAGE, include_str!("../CONTRIBUTING.md"), include_str!("../lessons/README.md")];

/// Macros that a room exports stand at the crate's root.
const MACROS: [(&str, &str); 4] =
    [("catalogue", "i18n"), ("localized", "i18n"), ("message", "i18n"), ("spoken", "i18n")];

/// What no pure room names.
const IMPURE: [&str; 6] = ["std::net", "std::process", "tokio", "reedline", "crossterm", "portable_pty"];

/// A row of the table.
struct Row {
    room: String,
    is_pure: bool,
    uses: BTreeSet<String>,
}

/// `` | `room` | what is in it | `one` `another` | ``, from the top down.
fn rows(page: &str) -> Vec<Row> {
    let cells =
        page.lines().filter(|line| line.starts_with("| `")).map(|line| line.split('|').map(str::trim));
    cells
        .map(|cells| {
            let [_, room, about, uses, _] = cells.collect::<Vec<_>>()[..] else {
                panic!("a row has three cells")
            };
            Row {
                room: room.trim_matches('`').to_owned(),
                is_pure: about.contains("Pure"),
                uses: uses.split_whitespace().map(|room| room.trim_matches('`').to_owned()).collect(),
            }
        })
        .collect()
}

/// What is wrong, a line each; `named` has what each room names.
fn broken(rows: &[Row], named: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (room, names) in named {
        let Some(at) = rows.iter().position(|row| row.room == *room) else {
            wrong.push(format!("{room} has no row"));
            continue;
        };
        let Row { is_pure, uses, .. } = &rows[at];
        let others: BTreeSet<_> =
            names.iter().filter(|name| named.contains_key(*name) && *name != room).cloned().collect();
        wrong.extend(others.difference(uses).map(|other| format!("{room} uses {other}, against its row")));
        wrong.extend(uses.difference(&others).map(|other| format!("{room} no longer uses {other}")));
        let above = rows[..at].iter().filter(|row| uses.contains(&row.room));
        wrong.extend(above.map(|row| format!("{room} uses {}, which stands above it", row.room)));
        let impure = IMPURE.iter().filter(|name| *is_pure && names.contains(**name));
        wrong.extend(impure.map(|name| format!("{room} is pure and uses {name}")));
    }
    let gone = rows.iter().filter(|row| !named.contains_key(&row.room));
    wrong.extend(gone.map(|row| format!("{} has a row and no code", row.room)));
    wrong
}

/// Every `.rs` file with the room that it belongs to, and how many modules deep it is. The crate's root is no room.
fn files(folder: &Path, depth: usize, room: Option<&str>, found: &mut Vec<(String, usize, String)>) {
    for entry in
        fs::read_dir(folder).expect("src is there").map(|entry| entry.expect("it can be read").path())
    {
        let stem = entry.file_stem().expect("a name").to_string_lossy().into_owned();
        let own = room.unwrap_or(&stem);
        if entry.is_dir() {
            files(&entry, depth + 1, Some(own), found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let depth = if stem == "mod" { depth - 1 } else { depth };
            found.push((own.to_owned(), depth, fs::read_to_string(&entry).expect("source is text")));
        }
    }
}

/// What `code`, `depth` modules deep, takes from the crate's root, and what of [`IMPURE`] it names.
fn names(code: TokenStream, depth: usize, found: &mut BTreeSet<String>) {
    let tokens: Vec<_> = code.into_iter().collect();
    let is_path =
        |at: usize| matches!(tokens.get(at..at + 2), Some([one, two]) if is_colon(one) && is_colon(two));
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let word = word(&rest[0]);
        at += 1;
        match (word.as_deref(), rest) {
            (Some("mod"), [_, _, TokenTree::Group(inner), ..]) => {
                names(inner.stream(), depth + 1, found);
                at += 2;
            }
            (Some("crate"), _) if is_path(at) => found.extend(firsts(&tokens[at + 2..])),
            (Some("std"), _) if is_path(at) => {
                found.extend(firsts(&tokens[at + 2..]).iter().map(|name| format!("std::{name}")));
            }
            (Some("super"), _) if is_path(at) => {
                let mut up = 1;
                while tokens.get(at + 2).is_some_and(|next| self::word(next).as_deref() == Some("super")) {
                    (up, at) = (up + 1, at + 3);
                }
                match tokens.get(at + 2) {
                    _ if up == depth => found.extend(firsts(&tokens[at + 2..])),
                    Some(TokenTree::Group(inner)) => {
                        names(inner.stream(), depth - up, found);
                        at += 3;
                    }
                    Some(_) | None => {}
                }
            }
            // Another crate; a room's name here is a module's of this room.
            (Some(name), _) if is_path(at) && IMPURE.contains(&name) => {
                found.insert(name.to_owned());
            }
            (None, [TokenTree::Group(inner), ..]) => names(inner.stream(), depth, found),
            (Some(_) | None, _) => {}
        }
    }
}

/// The first name of a path, or of each path between braces.
fn firsts(path: &[TokenTree]) -> Vec<String> {
    let own = |name: String| {
        MACROS.iter().find(|(exported, _)| *exported == name).map_or(name, |(_, room)| (*room).to_owned())
    };
    match path.first() {
        Some(TokenTree::Group(inner)) if inner.delimiter() == Delimiter::Brace => {
            let tokens: Vec<_> = inner.stream().into_iter().collect();
            let parts =
                tokens.split(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ','));
            parts.filter_map(|part| part.first().and_then(word)).map(own).collect()
        }
        Some(first) => word(first).map(own).into_iter().collect(),
        None => Vec::new(),
    }
}

fn word(token: &TokenTree) -> Option<String> {
    if let TokenTree::Ident(word) = token { Some(word.to_string()) } else { None }
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(sign) if sign.as_char() == ':')
}

fn names_of(code: &str, depth: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    names(code.parse().expect("it compiles, so it has tokens"), depth, &mut found);
    found
}

#[test]
fn the_layers_hold() {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), 1, None, &mut found);
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (room, depth, code) in found {
        named.entry(room).or_default().extend(names_of(&code, depth));
    }
    for root in ["lib", "main", "layers"] {
        named.remove(root);
    }
    let wrong = broken(&rows(PAGE), &named);
    assert!(wrong.is_empty(), "see the table in ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

/// What stands in backquotes or as a link's target, and is the path of a file or folder of this crate.
fn paths(page: &str) -> impl Iterator<Item = &str> {
    page.split(['`', '(', ')']).filter(|part| part.starts_with("src/") || part.starts_with("lessons/"))
}

#[test]
fn pages_name_what_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named: Vec<_> =
        PAGES.iter().flat_map(|page| paths(page)).filter(|path| !path.contains(['<', '*'])).collect();
    assert!(named.len() > 10, "{named:?}");
    let gone: Vec<_> = named.iter().filter(|path| !root.join(path).exists()).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
fn a_broken_layer_is_found() {
    let page = "| `shell` | Keys. | `lesson` |\n| `lesson` | Pure. | |\n| `gone` | | |\n";
    let shell = names_of("use crate::lesson::Step;", 1);
    let told = |lesson: &str| {
        let named = [("shell".to_owned(), shell.clone()), ("lesson".to_owned(), names_of(lesson, 2))];
        broken(&rows(page), &named.into())
    };
    assert_eq!(told("fn pure() {}"), ["gone has a row and no code"]);
    assert_eq!(told("use crate::shell::Mode;")[0], "lesson uses shell, against its row");
    assert_eq!(told("use std::{fs, process::Command};")[0], "lesson is pure and uses std::process");
    let upward = "| `lesson` | | `shell` |\n| `shell` | | |\n";
    let named =
        [("shell".to_owned(), names_of("", 1)), ("lesson".to_owned(), names_of("crate::shell::x()", 1))];
    assert!(broken(&rows(upward), &named.clone().into()).is_empty());
    let upward = "| `shell` | | |\n| `lesson` | | `shell` |\n";
    assert_eq!(broken(&rows(upward), &named.into()), ["lesson uses shell, which stands above it"]);
}

#[test]
fn paths_are_read_in_all_their_forms() {
    let rooms = |code, depth| names_of(code, depth).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(rooms("use crate::{error::{Error, Result}, lesson};", 1), "error lesson");
    assert_eq!(rooms("fn f() { let x = [crate::guide::LIMIT]; }", 3), "guide");
    assert_eq!(
        rooms("crate::catalogue! { hi { en: \"crate::shell\", el: \"x\" } } // crate::cli", 1),
        "i18n"
    );
    assert_eq!(rooms("use super::super::cluster;", 2), "cluster");
    assert_eq!(rooms("use super::messages; mod tests { use super::super::x; }", 2), "");
    assert_eq!(rooms("mod tests { use super::{super::cluster::Cluster, *}; }", 1), "cluster");
}
