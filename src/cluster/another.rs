//! Another Elixir than the one that Moebi chose: a line's PATH names it, or a version manager gives it to a folder.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use super::{
    bridge, compiler,
    runtime::{FLOOR, Fault, Runtime, SearchPaths},
    search, shim,
};
use crate::error::{Error, Result};

/// An `iex` that the shim asks about.
pub struct Another {
    iex: PathBuf,
    cache: PathBuf,
}

impl Another {
    /// What the shim asks, if this process was started by it.
    pub fn from_arguments() -> Option<Self> {
        let mut arguments = env::args_os().skip(1);
        let is_shim = arguments.next().is_some_and(|word| word == shim::WORD);
        let mut path = || arguments.next().map(PathBuf::from);
        let (cache, iex) = is_shim.then(|| path().zip(path())).flatten()?;
        Some(Self { cache, iex: std::path::absolute(&iex).unwrap_or(iex) })
    }

    /// The flags that bring the bridge for it, which is compiled where it is met for the first time: then `is_new` is
    /// called before.
    ///
    /// # Errors
    /// `CouldNotRun` where it is too old, doesn't start, or the bridge can't be compiled for it.
    pub async fn flags(&self, is_new: impl FnOnce(&Runtime)) -> Result<OsString> {
        // A script of somebody's own stands alone, and starts what is on PATH.
        let beside = self.iex.parent().filter(|folder| folder.join("elixir").exists());
        let paths = SearchPaths {
            chosen: None,
            path: env::var_os("PATH").unwrap_or_default(),
            data: PathBuf::new(),
            cache: Some(self.cache.clone()),
        };
        let runtime = paths.examine(beside, FLOOR).await.map_err(|wrong| {
            Error::could_not_run(Fault { folder: beside.map(Path::to_owned), wrong }.told())
        })?;
        if !bridge::is_there(&runtime, &self.cache) {
            is_new(&runtime);
        }
        let folder = bridge::ensure(compiler(&self.iex, &search(&runtime)), &runtime, &self.cache).await?;
        Ok(bridge::flags(None, &folder))
    }
}
