//! The packages, from a folder: for a machine without network.
//!
//! apt can't prove these, so the person who brings them answers for them. What can be checked is: each file is a
//! package, for this machine, one version of each, all that Elixir needs among them; and where a `SHA256SUMS` lies
//! beside them, every hash.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Progress, apt, apt_error, messages, plan};
use crate::{
    cluster::{
        messages::shown,
        subprocess::{Outcome, Subprocess},
    },
    error::{Error, Result},
    i18n::Localized,
};

const DEADLINE: Duration = Duration::from_secs(60);
const SUMS: &str = "SHA256SUMS";

/// A package's own account of itself.
struct Deb {
    file: PathBuf,
    name: String,
    architecture: String,
    /// Only those of the Elixir and Erlang family.
    needs: Vec<String>,
}

pub(super) async fn packages(
    folder: &Path,
    path: &OsStr,
    progress: &mut impl FnMut(Progress),
) -> Result<Vec<PathBuf>> {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let files = apt::debs_in(&folder).map_err(|error| error.hint(messages::how_offline()))?;
    if files.is_empty() {
        return Err(Error::usage(messages::no_deb_in(&shown(&folder))).hint(messages::how_offline()));
    }
    check_sums(&folder, &files, path, progress).await?;
    let machine = architecture(path).await?;
    let mut debs = BTreeMap::new();
    for file in files {
        let deb = Deb::read(file, path).await?;
        if plan::is_part(&deb.name) {
            insert(&mut debs, deb, &machine)?;
        }
    }
    check_complete(&debs, &folder)?;
    Ok(debs.into_values().map(|deb| deb.file).collect())
}

impl Deb {
    async fn read(file: PathBuf, path: &OsStr) -> Result<Self> {
        let what = messages::no_package(&shown(&file));
        let outcome = run("dpkg-deb", &[OsStr::new("-f"), file.as_os_str()], None, &what, path).await?;
        let field = |name: &str| {
            let start = format!("{name}: ");
            outcome.stdout.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default().to_owned()
        };
        let needs = field("Depends");
        let needs = needs.split(',').filter_map(|need| need.split_whitespace().next());
        let needs = needs.filter(|name| plan::is_family(name)).map(str::to_owned).collect();
        Ok(Self { name: field("Package"), architecture: field("Architecture"), needs, file })
    }
}

fn insert(debs: &mut BTreeMap<String, Deb>, deb: Deb, machine: &str) -> Result<()> {
    if deb.architecture != machine && deb.architecture != "all" {
        return Err(Error::usage(messages::is_for(&shown(&deb.file), &deb.architecture))
            .hint(messages::this_machine_is(machine)));
    }
    let file = deb.file.clone();
    match debs.insert(deb.name.clone(), deb) {
        None => Ok(()),
        Some(other) => Err(Error::usage(messages::same_package(&shown(&other.file), &shown(&file)))
            .hint(messages::keep_one())),
    }
}

fn check_complete(debs: &BTreeMap<String, Deb>, folder: &Path) -> Result<()> {
    let needed = debs.values().flat_map(|deb| deb.needs.iter().map(String::as_str)).chain(plan::WANTED);
    let mut missing: Vec<&str> = needed.filter(|name| !debs.contains_key(*name)).collect();
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Error::usage(messages::lacks(&shown(folder), &missing.join(", ")))
        .hint(messages::download_there(&missing.join(" "))))
}

/// Every package must be listed, or the list would vouch for what it doesn't name.
async fn check_sums(
    folder: &Path,
    files: &[PathBuf],
    path: &OsStr,
    progress: &mut impl FnMut(Progress),
) -> Result<()> {
    if !folder.join(SUMS).exists() {
        progress(Progress::Say(messages::on_trust(SUMS, &shown(folder))));
        return Ok(());
    }
    let names: Vec<&OsStr> = files.iter().filter_map(|file| file.file_name()).collect();
    let what = messages::hashes_unchecked(&shown(&folder.join(SUMS)));
    let listed =
        fs::read_to_string(folder.join(SUMS)).map_err(|error| Error::usage(what.clone()).because(error))?;
    let mut arguments = vec![OsStr::new("--")];
    arguments.extend(names);
    let actual = run("sha256sum", &arguments, Some(folder), &what, path).await?;
    for line in actual.stdout.lines() {
        if !listed.lines().any(|known| same_sum(known, line)) {
            let name = line.split_whitespace().nth(1).unwrap_or(line);
            return Err(Error::usage(messages::other_hash(name, SUMS)).hint(messages::fetch_again()));
        }
    }
    Ok(())
}

/// `HASH  NAME`; a `*` before the name says that it was read as binary, and `./` says nothing.
fn same_sum(one: &str, other: &str) -> bool {
    let parts = |line: &str| {
        let (hash, name) = line.trim_end().split_once(' ')?;
        let name = name.trim_start().trim_start_matches('*').trim_start_matches("./");
        Some((hash.to_ascii_lowercase(), name.to_owned()))
    };
    parts(one).is_some() && parts(one) == parts(other)
}

async fn architecture(path: &OsStr) -> Result<String> {
    let what = messages::no_architecture();
    let outcome = run("dpkg", &[OsStr::new("--print-architecture")], None, &what, path).await?;
    Ok(outcome.stdout.trim().to_owned())
}

async fn run(
    program: &str,
    arguments: &[&OsStr],
    folder: Option<&Path>,
    what: &Localized,
    path: &OsStr,
) -> Result<Outcome> {
    let outcome = Subprocess::new(program, path, DEADLINE)
        .with(|command| {
            command.args(arguments);
            if let Some(folder) = folder {
                command.current_dir(folder);
            }
        })
        .run()
        .await
        .map_err(|failure| apt_error::not_run(what, program, failure))?;
    if outcome.status.success() { Ok(outcome) } else { Err(apt_error::failed(what, &outcome, "")) }
}
