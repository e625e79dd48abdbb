//! Elixir syntax trees, through tree-sitter: does code contain a pattern?
