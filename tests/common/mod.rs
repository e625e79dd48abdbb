//! What more than one integration test needs.

pub mod runtime;
