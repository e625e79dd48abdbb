//! The script named `iex` that stands first on a terminal's PATH, and what else a node needs around it.
//!
//! It adds to `ERL_ZFLAGS` what brings the bridge and execs the real `iex` with the arguments untouched. The user's
//! own flags stay in front, and are kept in `MOEBI_ZFLAGS` so that the bridge can put them back.
//!
//! The real one is the next on PATH. Where a line has put another Elixir there (`PATH=…:$PATH iex`), or a version
//! manager chooses by folder, the flags are asked of Moebi: another Elixir wants a bridge of its own.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use super::{bridge, guardian, runtime};

/// Ends the name of the file whose being there says that an `iex` was started: beside the terminal's socket.
pub(super) const BOOT: &str = ".boot";

/// The hidden first argument with which the script asks Moebi for a bridge's flags: `CACHE IEX` follow.
pub(super) const WORD: &str = "__bridge";

/// What the script is written for.
pub(super) struct Shim<'a> {
    /// The folder that it stands in, as terminals see it.
    pub(super) bin: &'a Path,
    /// The `iex` of the runtime that Moebi chose, and the folder with the bridge for it.
    pub(super) real: &'a Path,
    pub(super) bridge: &'a Path,
    /// Whom to ask about another one, and where bridges are kept; in a cell there is no other one.
    pub(super) moebi: Option<(&'a Path, &'a Path)>,
}

impl Shim<'_> {
    /// Writes `iex` into `folder`, which is there.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o700).open(folder.join("iex"))?;
        file.write_all(self.script()?.as_bytes())
    }

    /// Where `MOEBI_BRIDGE` is unset, as inside a node, the real `iex` runs as if there were no shim.
    fn script(&self) -> io::Result<String> {
        let real = quoted(text(self.real)?);
        let flags = quoted(text(Path::new(&bridge::flags(None, self.bridge)))?);
        let (find, ask) = match self.moebi {
            Some((program, cache)) => (self.find()?, self.ask(&real, program, cache)?),
            None => Default::default(),
        };
        Ok(format!(
            r#"#!/bin/sh
# Written by Moebi: starts the next iex on PATH, served by Moebi's bridge.
moebi_real={real}
{find}if [ -n "$MOEBI_BRIDGE" ]; then
  : >"$MOEBI_BRIDGE{BOOT}"
  moebi_flags={flags}
{ask}  if [ -n "${{ERL_ZFLAGS+set}}" ]; then
    export MOEBI_ZFLAGS="$ERL_ZFLAGS"
  fi
  export ERL_ZFLAGS="${{ERL_ZFLAGS:+$ERL_ZFLAGS }}$moebi_flags"
fi
exec "$moebi_real" "$@"
"#
        ))
    }

    fn find(&self) -> io::Result<String> {
        Ok(format!(
            r#"moebi_ifs=$IFS
IFS=:
set -f
for moebi_folder in $PATH; do
  if [ "$moebi_folder" != {bin} ] && [ -f "$moebi_folder/iex" ] && [ -x "$moebi_folder/iex" ]; then
    moebi_real=$moebi_folder/iex
    break
  fi
done
set +f
IFS=$moebi_ifs
"#,
            bin = quoted(text(self.bin)?),
        ))
    }

    fn ask(&self, real: &str, program: &Path, cache: &Path) -> io::Result<String> {
        // A version manager's is another one in another folder.
        let is_another = match runtime::is_one_version(self.real) {
            true => format!(r#"[ "$moebi_real" != {real} ]"#),
            false => "true".to_owned(),
        };
        Ok(format!(
            r#"  if {is_another}; then
    moebi_flags=$({program} {WORD} {cache} "$moebi_real") || exit 126
    : >"$MOEBI_BRIDGE{BOOT}"
  fi
"#,
            program = quoted(text(&callable(program))?),
            cache = quoted(text(cache)?),
        ))
    }
}

/// `/proc/self/exe` is Moebi only for Moebi itself.
fn callable(program: &Path) -> PathBuf {
    if program == Path::new(guardian::OWN_PROGRAM) {
        return format!("/proc/{}/exe", std::process::id()).into();
    }
    program.to_owned()
}

fn text(path: &Path) -> io::Result<&str> {
    path.to_str().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a path that isn't UTF-8"))
}

/// What makes `iex` mean the shim also where a line puts another folder first on PATH.
pub(super) fn function(shim: &Path) -> String {
    format!(r#"iex() {{ {} "$@"; }}; "#, quoted(&shim.to_string_lossy()))
}

/// As one word for a shell.
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
