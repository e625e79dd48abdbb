//! The Elixir and Erlang that the nodes run on.

use std::path::PathBuf;

/// An installed Elixir.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime {
    /// Folders to put first on PATH; empty where `iex` is on it already.
    pub path: Vec<PathBuf>,
    /// As `1.14.0`.
    pub elixir: String,
    /// As `25`.
    pub otp: String,
}
