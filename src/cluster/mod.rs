//! Real processes: terminals, the nodes in them, the epmd that names them, and the guardian that ends them.

pub mod bridge;
pub mod epmd;
pub mod errand;
pub mod guardian;
pub mod protocol;
pub mod runtime;
pub mod terminal;
