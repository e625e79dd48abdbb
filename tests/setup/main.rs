//! `moebi setup` and the search for a runtime, on machines made of scripts: no network, no root, no Elixir.

mod finding;
mod machine;
mod offline;
mod online;
mod provided;

#[path = "../common/mod.rs"]
mod common;
