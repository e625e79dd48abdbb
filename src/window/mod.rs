//! Other windows onto a lesson that is open: `moebi attach`.
//!
//! The lesson listens on a socket in its private folder, and names that folder where the same user's other processes
//! find it ([`sessions`]). A window is the ordinary driver, in a process of its own, at the other end of that socket
//! ([`client`]); what would be two channels between guide and driver is lines of JSON here ([`protocol`]). The lesson's
//! end ([`server`]) takes all that the guide says at once, so that no window holds up another.

pub mod client;
mod messages;
pub mod opener;
mod protocol;
pub mod server;
pub mod sessions;
