//! Packages unpacked into a folder that works wherever it lies.

use std::{
    ffi::OsStr,
    fs, io,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    apt_error, messages,
    staging::{Staging, unwritable},
};
use crate::{
    cluster::subprocess::Subprocess,
    error::{Error, Result},
};

const UNPACK: Duration = Duration::from_secs(120);

/// Unpacks them into the staging's root and gives it a `bin` with `iex`, `elixir`, `mix`, `erl` and the like.
pub(super) async fn build(staging: &Staging, debs: &[PathBuf], path: &OsStr) -> Result<()> {
    let root = staging.root();
    for deb in debs {
        unpack(deb, &root, path).await?;
    }
    let erts = erts(&root)?;
    shape(&root, &erts).map_err(|error| unwritable(&root, error))
}

async fn unpack(deb: &Path, root: &Path, path: &OsStr) -> Result<()> {
    let what = messages::not_unpacked(&deb.file_name().unwrap_or_default().display().to_string());
    let outcome = Subprocess::new("dpkg-deb", path, UNPACK)
        .with(|command| {
            command.arg("-x").args([deb, root]);
        })
        .run()
        .await
        .map_err(|failure| apt_error::not_run(&what, "dpkg-deb", failure))?;
    if outcome.status.success() { Ok(()) } else { Err(apt_error::failed(&what, &outcome, "")) }
}

/// `erts-13.1.5`, the folder of the VM itself.
fn erts(root: &Path) -> Result<String> {
    let entries = fs::read_dir(root.join("usr/lib/erlang")).into_iter().flatten().flatten();
    let mut names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names
        .find(|name| name.starts_with("erts-"))
        .ok_or_else(|| Error::could_not_run(messages::no_erlang_inside()).hint(messages::other_sources()))
}

fn shape(root: &Path, erts: &str) -> io::Result<()> {
    let sandbox = root.join("usr/bin/bwrap");
    if sandbox.exists() {
        fs::create_dir_all(root.join("usr/libexec"))?;
        fs::rename(sandbox, root.join(SANDBOX))?;
    }
    for surplus in ["usr/share", "usr/bin", "usr/sbin", "etc", "var", "lib/systemd", "usr/lib/systemd"] {
        match fs::remove_dir_all(root.join(surplus)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    fs::create_dir(root.join("bin"))?;
    let erl = root.join("bin/erl");
    fs::write(&erl, erl_script(erts, &library_folders(root)?))?;
    fs::set_permissions(&erl, fs::Permissions::from_mode(0o755))?;
    if root.join(SANDBOX).exists() {
        let bwrap = root.join("bin/bwrap");
        fs::write(&bwrap, bwrap_script(&library_folders(root)?))?;
        fs::set_permissions(&bwrap, fs::Permissions::from_mode(0o755))?;
    }
    for name in ["elixir", "elixirc", "iex", "mix"] {
        symlink(format!("../usr/lib/elixir/bin/{name}"), root.join("bin").join(name))?;
    }
    for name in ["epmd", "erlc", "escript"] {
        symlink(format!("../usr/lib/erlang/{erts}/bin/{name}"), root.join("bin").join(name))?;
    }
    // A node puts these two folders first on the PATH of what it starts, and theirs says /usr/lib/erlang.
    for place in [format!("usr/lib/erlang/{erts}/bin"), "usr/lib/erlang/bin".to_owned()] {
        let place = root.join(place);
        fs::remove_file(place.join("erl"))?;
        symlink(erl_from(&place, root), place.join("erl"))?;
    }
    Ok(())
}

fn erl_from(place: &Path, root: &Path) -> PathBuf {
    let depth = place.strip_prefix(root).map_or(0, |inner| inner.components().count());
    std::iter::repeat_n("..", depth).collect::<PathBuf>().join("bin/erl")
}

/// Where the libraries that this machine lacks lie, from the root.
fn library_folders(root: &Path) -> io::Result<Vec<String>> {
    let mut folders = Vec::new();
    for base in ["lib", "usr/lib"] {
        let Ok(entries) = fs::read_dir(root.join(base)) else { continue };
        for entry in entries {
            let name = entry?.file_name();
            // Debian's multiarch folders: `x86_64-linux-gnu`, `arm-linux-gnueabihf`.
            if let Some(name) = name.to_str().filter(|name| name.contains("-linux-")) {
                folders.push(format!("{base}/{name}"));
            }
        }
    }
    Ok(folders)
}

/// The sandbox's own program, from the root.
const SANDBOX: &str = "usr/libexec/bwrap";

/// Puts the tree's libraries first, `$root` being known.
fn library_path(libraries: &[String]) -> String {
    if libraries.is_empty() {
        return String::new();
    }
    let folders: Vec<String> = libraries.iter().map(|folder| format!("$root/{folder}")).collect();
    let folders = folders.join(":");
    format!("LD_LIBRARY_PATH=\"{folders}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\"\nexport LD_LIBRARY_PATH\n")
}

fn bwrap_script(libraries: &[String]) -> String {
    let libraries = library_path(libraries);
    format!(
        "#!/bin/sh\n\
         self=$(readlink -f \"$0\")\n\
         root=${{self%/bin/bwrap}}\n\
         {libraries}\
         exec \"$root/{SANDBOX}\" \"$@\"\n"
    )
}

/// What Debian's `erl` does, but for the place of the tree, which is found from the script's own.
fn erl_script(erts: &str, libraries: &[String]) -> String {
    let libraries = library_path(libraries);
    format!(
        "#!/bin/sh\n\
         self=$(readlink -f \"$0\")\n\
         root=${{self%/bin/erl}}\n\
         ROOTDIR=$root/usr/lib/erlang\n\
         BINDIR=$ROOTDIR/{erts}/bin\n\
         EMU=beam\n\
         PROGNAME=erl\n\
         export ROOTDIR BINDIR EMU PROGNAME\n\
         {libraries}\
         exec \"$BINDIR/erlexec\" \"$@\"\n"
    )
}
