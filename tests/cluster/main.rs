//! Terminals, nodes and the guardian, as real processes; each test ends with the check that nothing of it stays.

mod commands;
mod ground;
mod locale;
mod nodes;
