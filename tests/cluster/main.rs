//! Terminals, nodes and the guardian, as real processes; each test ends with the check that nothing of it stays.

mod cells;
mod commands;
mod epmd;
mod ground;
mod locale;
mod nodes;
#[path = "../common/runtime.rs"]
mod runtime;
