//! `moebi setup` and the search for a runtime, on machines made of scripts: no network, no root, no Elixir.

mod fake_machine;
mod offline;
mod online;
mod provided;
mod search;
