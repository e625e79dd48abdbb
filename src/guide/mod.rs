//! The one loop: owns the session and the cluster, and serves one driver.

pub mod notice;
