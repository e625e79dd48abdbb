//! `moebi doctor`.
use super::args::DoctorArgs;
use crate::error::Result;
pub fn run(_args: &DoctorArgs) -> Result<u8> {
    Ok(0)
}
