//! Which Elixir runs the nodes: the one on PATH where it is new enough, else Moebi's own.

mod fault;
mod remembered;
mod version;

use std::{
    env,
    ffi::{OsStr, OsString},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use etcetera::BaseStrategy;

pub use fault::{Fault, Wrong};
pub use version::Version;

use crate::{
    cluster::{messages, subprocess::Subprocess},
    error::{Error, Result},
};
use remembered::Remembered;

/// The oldest Elixir that Moebi itself knows how to drive.
pub const FLOOR: Version = Version(1, 14);

/// A version is asked for by starting a VM; one that takes longer than this is broken.
const DEADLINE: Duration = Duration::from_secs(20);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runtime {
    /// Folders to put first on PATH; empty where `iex` and `erl` are there already.
    pub path: Vec<PathBuf>,
    /// `1.14.0`
    pub elixir: String,
    /// `25`
    pub otp: String,
}

/// What a search came to. What was passed over is kept, for a person will ask why it wasn't taken.
#[derive(Debug)]
pub struct Search {
    pub runtime: Option<Runtime>,
    pub passed_over: Vec<Fault>,
}

/// Where runtimes are looked for.
#[derive(Debug, Clone)]
pub struct SearchPaths {
    /// `MOEBI_RUNTIME`: this one and no other.
    pub chosen: Option<PathBuf>,
    pub path: OsString,
    /// Moebi's own data folder, in which `runtime` is the private one.
    pub data: PathBuf,
    /// Where it is remembered which runtimes have started, so that no VM boots for it again.
    pub cache: Option<PathBuf>,
}

impl Runtime {
    /// Looks in `SearchPaths::here()`.
    ///
    /// # Errors
    /// No home folder; `MOEBI_RUNTIME` names a folder without a working Elixir of at least `floor`.
    pub async fn find(floor: Version) -> Result<Search> {
        SearchPaths::here()?.find(floor).await
    }

    /// `path`, with the runtime's own folders first.
    pub fn on(&self, path: &OsStr) -> OsString {
        first_on(&self.path, path)
    }
}

impl SearchPaths {
    /// # Errors
    /// No home folder.
    pub fn here() -> Result<Self> {
        let base = etcetera::choose_base_strategy().map_err(|error| {
            Error::could_not_run(messages::no_home()).because(error).hint(messages::set_home())
        })?;
        Ok(Self {
            chosen: env::var_os("MOEBI_RUNTIME").filter(|dir| !dir.is_empty()).map(PathBuf::from),
            path: env::var_os("PATH").unwrap_or_default(),
            data: base.data_dir().join("moebi"),
            cache: Some(base.cache_dir().join("moebi")),
        })
    }

    pub fn private(&self) -> PathBuf {
        self.data.join("runtime")
    }

    /// # Errors
    /// The chosen folder has no working Elixir of at least `floor`. Whatever else is wrong is in `passed_over`.
    pub async fn find(&self, floor: Version) -> Result<Search> {
        if let Some(chosen) = &self.chosen {
            let runtime = self.chosen(chosen, floor).await.map_err(|fault| {
                Error::could_not_run(messages::chosen_is_bad(&fault.told())).hint(messages::choose_another())
            })?;
            return Ok(Search { runtime: Some(runtime), passed_over: Vec::new() });
        }
        let mut passed_over = Vec::new();
        for folder in [None, Some(self.private().join("bin"))] {
            match self.examine(folder.as_deref(), floor).await {
                Ok(runtime) => return Ok(Search { runtime: Some(runtime), passed_over }),
                Err(Wrong::Absent) => {}
                Err(wrong) => passed_over.push(Fault { folder, wrong }),
            }
        }
        Ok(Search { runtime: None, passed_over })
    }

    /// The runtime in `chosen`, or in its `bin`, and no other.
    ///
    /// # Errors
    /// It has no working Elixir of at least `floor`.
    pub async fn chosen(&self, chosen: &Path, floor: Version) -> Result<Runtime, Fault> {
        let chosen = std::path::absolute(chosen).unwrap_or_else(|_| chosen.to_owned());
        let bin = Some(chosen.join("bin")).filter(|bin| bin.join("iex").exists()).unwrap_or(chosen);
        self.examine(Some(&bin), floor).await.map_err(|wrong| Fault { folder: Some(bin), wrong })
    }

    /// The runtime in `folder`, or that on PATH, started once to see that it works.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn examine(&self, folder: Option<&Path>, floor: Version) -> Result<Runtime, Wrong> {
        let path: Vec<PathBuf> = folder.map(Path::to_owned).into_iter().collect();
        let search = first_on(&path, &self.path);
        let within = folder.map_or(search.as_os_str(), Path::as_os_str);
        let (Some(elixir), Some(_)) = (program("elixir", within), program("iex", within)) else {
            return Err(Wrong::Absent);
        };
        let Some(erl) = program("erl", &search) else { return Err(Wrong::NoErlang) };
        let remembered = Remembered::new(self.cache.as_deref(), &elixir, &erl);
        let versions = match remembered.recall() {
            Some(versions) => versions,
            None => {
                let versions = ask(&elixir, &search).await?;
                remembered.keep(&versions);
                versions
            }
        };
        if Version::of(&versions.elixir).is_none_or(|version| version < floor) {
            return Err(Wrong::TooOld { elixir: versions.elixir, floor });
        }
        Ok(Runtime { path, elixir: versions.elixir, otp: versions.otp })
    }
}

/// `elixir --version` names both versions, for the price of one VM.
async fn ask(elixir: &Path, path: &OsStr) -> Result<version::Pair, Wrong> {
    let outcome = Subprocess::new(elixir, path, DEADLINE)
        .with(|command| {
            // A Moebi in a terminal of Moebi's must not give this VM the bridge.
            command.arg("--version").env_remove("ERL_ZFLAGS").env_remove("ERL_AFLAGS");
        })
        .run()
        .await
        .map_err(|failure| Wrong::Broken(failure.told()))?;
    version::Pair::parse(&outcome.stdout)
        .filter(|_| outcome.status.success())
        .ok_or_else(|| Wrong::Broken(fault::told(&outcome)))
}

/// The first executable file of that name in the folders of `path`.
pub fn program(name: &str, path: &OsStr) -> Option<PathBuf> {
    env::split_paths(path).filter(|folder| folder.is_absolute()).map(|folder| folder.join(name)).find(
        |file| file.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0),
    )
}

/// Whether a program of Elixir's is the same version wherever it is started; a version manager's shim isn't.
pub(super) fn is_one_version(program: &Path) -> bool {
    program.canonicalize().is_ok_and(|program| remembered::library(&program).is_file())
}

fn first_on(folders: &[PathBuf], path: &OsStr) -> OsString {
    let all = folders.iter().cloned().chain(env::split_paths(path));
    // A folder whose name holds a colon can't be on any PATH.
    env::join_paths(all).unwrap_or_else(|_| path.to_owned())
}
