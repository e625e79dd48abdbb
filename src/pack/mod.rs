//! Packs: lessons that somebody else wrote, as a folder, a zip or a git repository.
//!
//! [`Origin`] is where one lies, [`fetch`](fetch::fetch) brings its texts and nothing else, and a [`Shelf`] keeps those that
//! a person trusts, with the fingerprint of what they trusted. Nothing here runs what is in a pack, and nothing asks:
//! whoever calls does, between fetching and keeping. [`zip`] is the other way: a pack made of lessons.

mod changes;
pub mod fetch;
mod fingerprint;
mod folder;
mod git;
mod lock;
mod messages;
mod origin;
mod shelf;
pub mod zip;

pub use changes::Changes;
pub use fetch::Pack;
pub use lock::Entry;
pub use origin::Origin;
pub use shelf::{Fault, Kept, Shelf};
