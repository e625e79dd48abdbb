//! The packages, fetched by apt.
//!
//! apt does what needs trust: it checks the signature of the release, the lists' hashes against that, and each
//! package's hash against the lists. It reads the system's own sources and keys, and all that it writes goes into the
//! staging, so it needs no root. apt.conf(5) names the settings.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    Progress, apt_error, messages,
    plan::{self, Package, SANDBOX, WANTED},
    sizes::Sizes,
    staging::{Staging, unwritable},
};
use crate::{
    cluster::{
        messages::shown,
        runtime::Version,
        subprocess::{Outcome, Subprocess},
    },
    error::{Error, Result},
    i18n::{Lang, Localized, Verbatim},
};

const STATUS: &str = "/var/lib/dpkg/status";
/// For what only reads local files.
const LOCAL: Duration = Duration::from_secs(60);
/// For what fetches: 30 MB on a line of 50 KB/s.
const REMOTE: Duration = Duration::from_secs(15 * 60);

/// Fetches the packages into the staging and names their files.
pub(super) async fn packages(
    staging: &Staging,
    floor: Version,
    path: &OsStr,
    progress: &mut impl FnMut(Progress),
) -> Result<Vec<PathBuf>> {
    let mut apt = Apt::new(staging, path)?;
    // The system's lists save a download where they are there and still name what the servers have.
    if let Ok(packages) = apt.plan().await {
        new_enough(&packages, floor)?;
        if let Ok(debs) = apt.fetch(staging, &packages, progress).await {
            return Ok(debs);
        }
    }
    progress(Progress::Say(messages::fetching_lists()));
    apt.update(progress).await?;
    let packages = apt.plan().await?;
    new_enough(&packages, floor)?;
    apt.fetch(staging, &packages, progress).await
}

struct Apt<'a> {
    path: &'a OsStr,
    folder: PathBuf,
    private_lists: bool,
    /// What `update` complained of, though it may have gone on.
    complaints: String,
}

impl<'a> Apt<'a> {
    fn new(staging: &Staging, path: &'a OsStr) -> Result<Self> {
        let folder = staging.make("apt")?;
        for name in ["lists/partial", "archives/partial"] {
            staging.make(&format!("apt/{name}"))?;
        }
        let apt = Self { path, folder, private_lists: false, complaints: String::new() };
        let installed = fs::read_to_string(STATUS).unwrap_or_default();
        apt.write("status", &plan::without_family(&installed))?;
        apt.configure()?;
        Ok(apt)
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let file = self.folder.join(name);
        fs::write(&file, text).map_err(|error| unwritable(&file, error))
    }

    /// Read after the system's own settings, so these win; a `#clear` works in a file only.
    fn configure(&self) -> Result<()> {
        let folder = self.folder.to_str().filter(|folder| !folder.contains('"')).ok_or_else(unspeakable)?;
        let lists = if self.private_lists {
            format!("Dir::State::Lists \"{folder}/lists\";\n")
        } else {
            String::new()
        };
        let text = format!(
            "{lists}\
             Dir::State::Status \"{folder}/status\";\n\
             Dir::State::Extended_States \"{folder}/extended_states\";\n\
             Dir::Cache \"{folder}\";\n\
             Dir::Cache::pkgcache \"\";\n\
             Dir::Cache::srcpkgcache \"\";\n\
             APT::Install-Recommends \"false\";\n\
             APT::Get::AllowUnauthenticated \"false\";\n\
             APT::Sandbox::User \"\";\n\
             Acquire::AllowInsecureRepositories \"false\";\n\
             Acquire::AllowWeakRepositories \"false\";\n\
             Acquire::AllowDowngradeToInsecureRepositories \"false\";\n\
             Acquire::Languages \"none\";\n\
             Acquire::GzipIndexes \"true\";\n\
             Acquire::Retries \"2\";\n\
             #clear APT::Update::Pre-Invoke;\n\
             #clear APT::Update::Post-Invoke;\n\
             #clear APT::Update::Post-Invoke-Success;\n\
             #clear Acquire::IndexTargets::deb::DEP-11;\n\
             #clear Acquire::IndexTargets::deb::CNF;\n\
             #clear Acquire::IndexTargets::deb-src;\n"
        );
        self.write("conf", &text)
    }

    fn subprocess(&self, program: &str, arguments: &[&str], deadline: Duration) -> Subprocess {
        let mut config = OsString::from("--config-file=");
        config.push(self.folder.join("conf"));
        Subprocess::new(program, self.path, deadline).with(|command| {
            // apt keeps the signatures that it checks in files of its own, which a kill would leave in /tmp.
            command.arg(config).args(arguments).env("TMPDIR", &self.folder);
        })
    }

    async fn update(&mut self, progress: &mut impl FnMut(Progress)) -> Result<()> {
        self.private_lists = true;
        self.configure()?;
        let what = messages::lists_not_fetched();
        let subprocess = self.subprocess("apt-get", &["-q", "-o", "APT::Status-Fd=1", "update"], REMOTE);
        let outcome = subprocess
            .watch(|line| follow(line, progress))
            .await
            .map_err(|failure| apt_error::not_run(&what, "apt-get", failure))?;
        if !outcome.status.success() {
            return Err(apt_error::failed(&what, &outcome, ""));
        }
        // One source that fails (not Debian's, perhaps) is a warning; whether it matters shows when Elixir is sought.
        self.complaints = outcome.stderr;
        Ok(())
    }

    async fn plan(&self) -> Result<Vec<Package>> {
        let what = messages::no_plan();
        let mut arguments = vec!["-qq", "--simulate", "install"];
        arguments.extend(WANTED);
        arguments.push(SANDBOX);
        let outcome = self.local(&what, "apt-get", &arguments).await?;
        let packages = Package::read(&outcome.stdout);
        if packages.iter().any(|package| package.name == "elixir") {
            return Ok(packages);
        }
        Err(apt_error::failed(&what, &outcome, &self.complaints))
    }

    async fn fetch(
        &self,
        staging: &Staging,
        packages: &[Package],
        progress: &mut impl FnMut(Progress),
    ) -> Result<Vec<PathBuf>> {
        let what = messages::packages_not_fetched();
        let exactly: Vec<String> = packages.iter().map(Package::exactly).collect();
        let sizes = self.sizes(&exactly).await?;
        sizes.check_room(staging)?;
        progress(Progress::Say(messages::fetching(packages.len(), &sizes.told())));
        let debs = staging.make("debs")?;
        let mut arguments = vec!["-q", "-o", "APT::Status-Fd=1", "download"];
        arguments.extend(exactly.iter().map(String::as_str));
        let outcome = self
            .subprocess("apt-get", &arguments, REMOTE)
            .with(|command| {
                command.current_dir(&debs);
            })
            .watch(|line| follow(line, progress))
            .await
            .map_err(|failure| apt_error::not_run(&what, "apt-get", failure))?;
        let files = debs_in(&debs)?;
        if !outcome.status.success() || files.len() != packages.len() {
            return Err(apt_error::failed(&what, &outcome, &self.complaints));
        }
        Ok(files)
    }

    async fn sizes(&self, exactly: &[String]) -> Result<Sizes> {
        let mut arguments = vec!["show"];
        arguments.extend(exactly.iter().map(String::as_str));
        let outcome = self.local(&messages::no_sizes(), "apt-cache", &arguments).await?;
        Ok(Sizes::read(&outcome.stdout))
    }

    async fn local(&self, what: &Localized, program: &str, arguments: &[&str]) -> Result<Outcome> {
        let subprocess = self.subprocess(program, arguments, LOCAL);
        let outcome = subprocess.run().await.map_err(|failure| apt_error::not_run(what, program, failure))?;
        if outcome.status.success() {
            Ok(outcome)
        } else {
            Err(apt_error::failed(what, &outcome, &self.complaints))
        }
    }
}

/// `dlstatus:3:41.5:Retrieving file 3 of 13`, as apt's progress reporting has it.
fn follow(line: &str, progress: &mut impl FnMut(Progress)) {
    let percent = line.strip_prefix("dlstatus:").and_then(|rest| rest.split(':').nth(1)).and_then(|text| {
        let whole = text.split('.').next()?;
        whole.parse::<u8>().ok()
    });
    if let Some(percent) = percent {
        progress(Progress::Fetched { percent: percent.min(100) });
    }
}

pub(super) fn debs_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |error| Error::could_not_run(messages::unreadable(&shown(folder))).because(error);
    let mut debs = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            debs.push(path);
        }
    }
    debs.sort();
    Ok(debs)
}

fn new_enough(packages: &[Package], floor: Version) -> Result<()> {
    let elixir = packages.iter().find(|package| package.name == "elixir");
    let version = elixir.map_or_else(messages::unknown, |package| Verbatim::name(&package.version).into());
    if Version::of(version.speak(Lang::En)).is_some_and(|version| version >= floor) {
        return Ok(());
    }
    Err(Error::could_not_run(messages::system_has_older(&version, &floor.to_string()))
        .hint(messages::newer_with_mise())
        .hint(messages::takes_what_is_on_path()))
}

fn unspeakable() -> Error {
    Error::could_not_run(messages::unspeakable()).hint(messages::choose_plain_folder())
}
