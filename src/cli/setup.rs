//! `moebi setup`, and what every command that runs nodes does first: find an Elixir.
