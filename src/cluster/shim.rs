//! The script named `iex` that stands first on a terminal's PATH, and what else a node needs around it.
//!
//! It adds to `ERL_ZFLAGS` what brings the bridge and execs the real `iex` with the arguments untouched. The user's
//! own flags stay in front, and are kept in `MOEBI_ZFLAGS` so that the bridge can put them back.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// Ends the name of the file whose being there says that an `iex` was started: beside the terminal's socket.
pub(super) const BOOT: &str = ".boot";

/// Writes `iex` into `bin`, a folder that is there. `real` is the `iex` to exec; `bridge` holds the compiled module.
pub(super) fn write(bin: &Path, real: &Path, bridge: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o700).open(bin.join("iex"))?;
    file.write_all(script(&path(real)?, &path(bridge)?).as_bytes())
}

fn path(path: &Path) -> io::Result<String> {
    let text =
        path.to_str().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a path that isn't UTF-8"))?;
    Ok(text.to_owned())
}

/// Where `MOEBI_BRIDGE` is unset, as inside a node, the real `iex` runs as if there were no shim.
fn script(real: &str, bridge: &str) -> String {
    // Moebi serves epmd itself, so that no node need try to start one.
    let flags = format!(
        "-pa {} -user moebi_bridge -start_epmd false -kernel inet_dist_use_interface {{127,0,0,1}}",
        quoted(bridge)
    );
    format!(
        r#"#!/bin/sh
# Written by Moebi: starts the real iex, served by Moebi's bridge.
if [ -n "$MOEBI_BRIDGE" ]; then
  : >"$MOEBI_BRIDGE{BOOT}"
  if [ -n "${{ERL_ZFLAGS+set}}" ]; then
    export MOEBI_ZFLAGS="$ERL_ZFLAGS"
  fi
  moebi_flags={flags}
  export ERL_ZFLAGS="${{ERL_ZFLAGS:+$ERL_ZFLAGS }}$moebi_flags"
  unset moebi_flags
fi
exec {real} "$@"
"#,
        flags = quoted(&flags),
        real = quoted(real),
    )
}

/// As one word for a shell; erlexec, which splits `ERL_ZFLAGS`, reads quotes in the same way.
pub(super) fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The first `iex` that can be run in these folders.
pub(super) fn find_iex<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Option<PathBuf> {
    folders.into_iter().map(|folder| folder.join("iex")).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

/// Writes an `ERL_INETRC` file: short names without a host work also where the host's name is 127.0.1.1, though
/// nodes listen on 127.0.0.1 only.
pub(super) fn write_hosts(file: &Path) -> io::Result<()> {
    let uname = rustix::system::uname();
    let host = uname.nodename().to_string_lossy();
    let short = host.split('.').next().unwrap_or_default();
    let names: Vec<String> = ["localhost", &host, short].map(|name| format!("{name:?}")).into();
    fs::write(
        file,
        format!("{{host, {{127,0,0,1}}, [{}]}}.\n{{lookup, [file, native]}}.\n", names.join(", ")),
    )
}
