//! `moebi` and `moebi learn`: the guided shell.
