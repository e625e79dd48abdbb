//! Terminals, nodes and the guardian, as real processes; each test ends with the check that nothing of it stays.

mod another_elixir;
mod cells;
mod commands;
mod epmd;
mod faults;
mod harness;
mod locale;
mod nodes;
mod survey;
