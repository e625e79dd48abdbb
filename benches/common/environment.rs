//! Where both run: the same Elixir, folders of their own, and for raw iex an epmd of its own, which ends with the bench.

use std::{ffi::OsString, path::Path};

use anyhow::{Context, Result};
use moebi::cluster::{
    epmd::Epmd,
    runtime::{FLOOR, Runtime, SearchPaths},
};
use tempfile::TempDir;
use tokio::sync::mpsc;

/// What would change how Erlang starts.
pub const STRAY: [&str; 4] = ["ERL_ZFLAGS", "ERL_AFLAGS", "ERL_FLAGS", "ELIXIR_ERL_OPTIONS"];

pub struct Environment {
    folder: TempDir,
    pub path: OsString,
    pub elixir: Runtime,
    epmd: Epmd,
    /// Serves epmd.
    _threads: tokio::runtime::Runtime,
}

impl Environment {
    pub fn new() -> Result<Self> {
        let threads = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        // Nobody listens to what it tells, so that nothing waits for that.
        let epmd = threads.block_on(Epmd::start(mpsc::channel(1).0))?;
        let search = SearchPaths { cache: None, ..SearchPaths::here().map_err(anyhow::Error::msg)? };
        let found = threads.block_on(search.find(FLOOR)).map_err(anyhow::Error::msg)?.runtime;
        let elixir = found.context("there is no Elixir to measure beside; `moebi setup` gets one")?;
        let folder = tempfile::tempdir()?;
        Ok(Self { path: elixir.on(&search.path), folder, elixir, epmd, _threads: threads })
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// For `ERL_EPMD_PORT`.
    pub fn epmd(&self) -> String {
        self.epmd.port().to_string()
    }
}
