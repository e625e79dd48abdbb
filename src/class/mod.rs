//! `moebi class`: a teacher sees live where each learner stands, and collects their answers.
//!
//! A learner's shell tells what they do ([`Deed`](crate::session::deed::Deed)); [`member`] keeps it until [`sender`] has
//! brought it to the class, over a line that [`tls`] proves by the [`code`] on the board. The [`server`] writes each entry
//! into the [`journal`] before it answers, and the [`room`] is what all entries come to. Who looks at it sees a [`page`], or
//! the table in [`status`].
//!
//! Begin with `room`. `protocol` has what goes over the wire.

pub mod code;
pub mod collect;
pub mod journal;
pub mod member;
pub mod messages;
pub mod outline;
pub mod page;
pub mod protocol;
pub mod room;
pub mod sender;
pub mod server;
pub mod status;
pub mod tls;
