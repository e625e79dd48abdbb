//! The bridge's beams: Elixir source inside this binary, compiled once for each runtime into the cache.

use std::{
    env,
    ffi::{OsStr, OsString},
    io,
    os::unix::ffi::{OsStrExt, OsStringExt},
    path::{Path, PathBuf},
    process::{Output, Stdio},
    time::Duration,
};

use tokio::{process::Command, time::timeout};

use super::{messages, runtime::Runtime};
use crate::{
    error::{Error, Result},
    i18n::Verbatim,
};

macro_rules! embedded {
    ($($file:literal)*) => { &[$(($file, include_str!(concat!("bridge/", $file)))),*] };
}

/// The bridge's modules, each with the name of its file.
pub const SOURCES: &[(&str, &str)] = embedded!(
    "bridge.ex" "cause.ex" "client.ex" "clock.ex" "completion.ex" "connection.ex" "device.ex" "epmd.ex" "links.ex" "options.ex" "origin.ex"
    "output.ex" "parser.ex" "probe.ex" "reader.ex" "rest.ex" "screen.ex" "shell.ex" "snapshot.ex" "survey.ex" "text.ex" "tracer.ex" "worker.ex"
);

/// Compiling takes about a second on an idle machine.
const COMPILES_WITHIN: Duration = Duration::from_secs(60);

/// Names the Unix socket that the bridge in a node connects to.
pub const SOCKET_VARIABLE: &str = "MOEBI_BRIDGE";
/// Holds the user's own `ERL_ZFLAGS`, if there are any: the bridge puts them back before anything else runs.
pub const OWN_FLAGS_VARIABLE: &str = "MOEBI_ZFLAGS";

/// The folder for `-pa` with the bridge for one runtime; compiles it where it is not in `cache` yet.
///
/// `compiler` is the folder of its `elixirc`. Any number of Moebis may do this at once: each compiles into a folder of
/// its own, and the first to rename it wins.
///
/// # Errors
/// `CouldNotRun` where the cache can't be written, or `elixirc` fails or takes longer than a minute.
pub async fn ensure(compiler: &Path, runtime: &Runtime, cache: &Path) -> Result<PathBuf> {
    let folder = folder(runtime, cache);
    if !is_whole(&folder) {
        // There only if somebody has cleared away a part of it; a compilation is never half there.
        let _ = std::fs::remove_dir_all(&folder);
        compile(compiler, cache, &folder).await?;
    }
    Ok(folder)
}

/// Whether it is in `cache`.
pub(super) fn is_there(runtime: &Runtime, cache: &Path) -> bool {
    is_whole(&folder(runtime, cache))
}

fn folder(runtime: &Runtime, cache: &Path) -> PathBuf {
    let version = plain(&format!("{}-{}", runtime.elixir, runtime.otp));
    cache.join(format!("bridge-{version}-{:016x}", fingerprint(SOURCES)))
}

/// For each module there is a beam with something in it.
fn is_whole(folder: &Path) -> bool {
    let Ok(beams) = std::fs::read_dir(folder) else { return false };
    let filled = beams.flatten().filter(|beam| beam.metadata().is_ok_and(|found| found.len() > 0)).count();
    filled >= SOURCES.len()
}

/// The value of `ERL_ZFLAGS` for a node with the bridge: after the user's own flags, so that ours win.
/// Moebi serves epmd itself; else `erl` would start a daemon that outlives everything. An idle scheduler sleeps at once:
/// several nodes on a few cores would spin beside each other, which takes a quarter of all their time.
pub fn flags(own: Option<&OsStr>, folder: &Path) -> OsString {
    let mut flags = own.map_or_else(Vec::new, |own| [own.as_bytes(), b" "].concat());
    flags.extend_from_slice(b"-pa ");
    flags.extend(escaped(folder.as_os_str().as_bytes()));
    flags.extend_from_slice(
        b" +sbwt none +sbwtdcpu none +sbwtdio none -user moebi_bridge -start_epmd false -epmd_module moebi_epmd \
           -kernel inet_dist_use_interface {127,0,0,1}",
    );
    OsString::from_vec(flags)
}

/// As erlexec reads its flags back: a backslash takes the next byte as it is.
fn escaped(path: &[u8]) -> Vec<u8> {
    let special = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'"' | b'\'' | b'\\');
    path.iter().flat_map(|byte| special(byte).then_some(b'\\').into_iter().chain([*byte])).collect()
}

async fn compile(runtime_bin: &Path, cache: &Path, folder: &Path) -> Result<()> {
    let cannot_write = |error: io::Error| {
        Error::could_not_run(messages::cache_unwritable(&messages::shown(cache))).because(error)
    };
    std::fs::create_dir_all(cache).map_err(cannot_write)?;
    let workshop = tempfile::Builder::new().prefix(".bridge-").tempdir_in(cache).map_err(cannot_write)?;
    let beams = workshop.path().join("ebin");
    std::fs::create_dir(&beams).map_err(cannot_write)?;
    for (file, source) in SOURCES {
        std::fs::write(workshop.path().join(file), source).map_err(cannot_write)?;
    }
    elixirc(runtime_bin, workshop.path(), &beams).await?;
    match std::fs::rename(&beams, folder) {
        // Another Moebi was faster; its beams are the same.
        Err(_) if folder.is_dir() => Ok(()),
        renamed => renamed.map_err(cannot_write),
    }
}

async fn elixirc(runtime_bin: &Path, sources: &Path, beams: &Path) -> Result<()> {
    let program = runtime_bin.join("elixirc");
    let failed = || Error::could_not_run(messages::bridge_not_compiled(&messages::shown(&program)));
    let hint = messages::see_that_elixir_works();
    let mut command = Command::new(&program);
    command.arg("-o").arg(beams).args(SOURCES.iter().map(|(file, _)| sources.join(file)));
    command.stdin(Stdio::null()).kill_on_drop(true);
    command.env("PATH", path_with(runtime_bin)?);
    for variable in ["ERL_ZFLAGS", "ERL_AFLAGS", "ERL_FLAGS", "ELIXIR_ERL_OPTIONS", "ERL_LIBS"] {
        command.env_remove(variable);
    }
    let output = match timeout(COMPILES_WITHIN, command.output()).await {
        Ok(output) => output.map_err(|error| failed().because(error).hint(hint.clone()))?,
        Err(_) => {
            return Err(failed().because(messages::longer_than_a_minute()).hint(hint));
        }
    };
    if output.status.success() {
        Ok(())
    } else {
        Err(failed().because(Verbatim::said(&said(&output))).hint(hint))
    }
}

/// `elixirc` starts `erl` from PATH: it must be the one that belongs to this runtime.
fn path_with(runtime_bin: &Path) -> Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(runtime_bin.to_owned()).chain(env::split_paths(&rest));
    env::join_paths(folders).map_err(|error| {
        Error::could_not_run(messages::not_on_path(&messages::shown(runtime_bin))).because(error)
    })
}

/// What a failed program had to say, short enough for a message.
fn said(output: &Output) -> String {
    let all = [output.stderr.as_slice(), output.stdout.as_slice()].concat();
    let text: String = String::from_utf8_lossy(&all).trim().chars().take(2_000).collect();
    format!("{}: {text}", output.status)
}

/// A version as part of a folder's name.
fn plain(version: &str) -> String {
    version.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect()
}

/// FNV-1a of all files: the same in every build, and there is nobody here to defend against.
fn fingerprint(sources: &[(&str, &str)]) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let bytes = sources.iter().flat_map(|(file, source)| file.bytes().chain(source.bytes()));
    bytes.fold(0xcbf2_9ce4_8422_2325, mix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_stays_one_argument() {
        let flags = flags(Some(OsStr::new("+S 2")), Path::new("/home/Άννα K/a \"b\""));
        let expected = "+S 2 -pa /home/Άννα\\ K/a\\ \\\"b\\\" +sbwt none +sbwtdcpu none +sbwtdio none -user moebi_bridge -start_epmd false -epmd_module moebi_epmd -kernel inet_dist_use_interface {127,0,0,1}";
        assert_eq!(flags, OsStr::new(expected));
    }

    #[test]
    fn a_version_is_safe_in_a_folder_name() {
        assert_eq!(plain("../1.18 rc"), "..-1.18-rc");
    }

    #[test]
    fn a_change_of_any_file_is_compiled_anew() {
        for changed in 0..SOURCES.len() {
            let mut sources = SOURCES.to_vec();
            sources[changed].1 = "# nothing";
            assert_ne!(fingerprint(&sources), fingerprint(SOURCES), "{}", sources[changed].0);
        }
    }

    #[tokio::test]
    async fn a_missing_runtime_is_an_error_that_names_it() {
        let cache = tempfile::tempdir().expect("a temporary folder");
        let runtime = Runtime { path: Vec::new(), elixir: "1.14.0".into(), otp: "25".into() };
        let error =
            ensure(Path::new("/nowhere"), &runtime, cache.path()).await.expect_err("nothing is there");
        assert!(error.to_string().contains("/nowhere/elixirc"), "{error}");
        let left = std::fs::read_dir(cache.path()).expect("the cache is there").count();
        assert_eq!(left, 0, "no half-made folder stays");
    }
}
