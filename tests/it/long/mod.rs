//! What takes minutes: `cargo test --features long long::`.

mod accepted_answers;
mod another_elixir;
mod by_cause;
mod concurrent_output;
mod demo;
mod goto;
mod killed_graders;
mod readme;
mod typing;
mod way_out;
