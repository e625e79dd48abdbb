//! Rendering: what a person sees, as lines of text. No process, no runtime, no cursor.
//!
//! Begin with [`page`], which makes lines of every notice for a terminal, or [`plain`] for plain labelled lines. Colours
//! are [`palette`]'s, widths [`width`]'s. What a node or a submission wrote goes through [`untrusted`] first, always.

pub mod card;
pub mod chart;
pub mod code;
pub mod contents;
pub mod diagram;
pub mod feedback;
pub mod help;
pub mod highlight;
pub mod markdown;
pub mod messages;
pub mod output;
pub mod page;
pub mod palette;
pub mod plain;
pub mod question;
pub mod rows;
pub mod span;
pub mod summary;
pub mod trace;
pub mod untrusted;
mod why;
pub mod width;

pub use page::{Page, notice_lines};
pub use palette::{Palette, Tone};
