//! Which packages make a runtime.

/// Asked of apt by name; it adds what these need.
pub(super) const WANTED: [&str; 2] = ["elixir", "erlang-syntax-tools"];

/// What isolates submissions. Lessons run without it, so nothing is refused where it is missing.
pub(super) const SANDBOX: &str = "bubblewrap";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Package {
    pub name: String,
    pub version: String,
}

impl Package {
    /// Of `Inst erlang-base (1:25.2.3+dfsg-1 Debian:12.11/stable [amd64])`; an older version that is there stands in
    /// square brackets before.
    fn parse(line: &str) -> Option<Self> {
        let (name, rest) = line.strip_prefix("Inst ")?.split_once(' ')?;
        let (_, versions) = rest.split_once('(')?;
        let version = versions.split([' ', ')']).next()?;
        Some(Self { name: name.to_owned(), version: version.to_owned() })
    }

    /// The parts of a runtime among what `apt-get --simulate install` would do.
    pub(super) fn read(simulated: &str) -> Vec<Self> {
        simulated.lines().filter_map(Self::parse).filter(|package| is_part(&package.name)).collect()
    }

    /// As apt takes it: this version and no other.
    pub(super) fn exactly(&self) -> String {
        format!("{}={}", self.name, self.version)
    }
}

/// Is it the language or a library? What else apt would add (adduser, procps) is about an installed Erlang's service.
/// The C library is never ours: its loader must be the same version, and that one is the system's.
pub(super) fn is_part(name: &str) -> bool {
    let library = name.starts_with("lib") || name == "zlib1g";
    is_family(name) || (library && name != "libc6" && name != "libc-bin")
}

pub(super) fn is_family(name: &str) -> bool {
    name == SANDBOX
        || name == "elixir"
        || name == "erlang"
        || name == "esl-erlang"
        || name.starts_with("erlang-")
}

/// The system's record of what is installed, as a plan needs it: without Elixir and Erlang, of which a private runtime
/// takes all or nothing, and without the ties between packages, which would then look broken.
pub(super) fn without_family(status: &str) -> String {
    const KEPT: [&str; 6] = ["Package:", "Status:", "Version:", "Architecture:", "Multi-Arch:", "Provides:"];
    let mut kept = String::new();
    for stanza in status.split("\n\n") {
        let name = stanza.lines().find_map(|line| line.strip_prefix("Package: ")).unwrap_or_default();
        if name.is_empty() || is_family(name) {
            continue;
        }
        let lines = stanza.lines().filter(|line| KEPT.iter().any(|field| line.starts_with(field)));
        lines.for_each(|line| kept.extend([line, "\n"]));
        kept.push('\n');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_the_language_and_its_libraries() {
        let simulated = "NOTE: This is only a simulation!\n\
                         Inst adduser (3.134 Debian:12.11/stable [all])\n\
                         Inst libc6 [2.36-1] (2.36-9 Debian:12.11/stable [amd64])\n\
                         Inst libtinfo6 [6.3-1] (6.4-4 Debian:12.11/stable [amd64]) []\n\
                         Inst erlang-base (1:25.2.3+dfsg-1 Debian:12.11/stable [amd64])\n\
                         Conf erlang-base (1:25.2.3+dfsg-1 Debian:12.11/stable [amd64])\n";
        let plan: Vec<String> = Package::read(simulated).iter().map(Package::exactly).collect();
        assert_eq!(plan, ["libtinfo6=6.4-4", "erlang-base=1:25.2.3+dfsg-1"]);
    }

    #[test]
    fn an_installed_erlang_is_planned_again() {
        let status = "Package: erlang-base\nStatus: install ok installed\nVersion: 1\n\n\
                      Package: zlib1g\nStatus: install ok installed\nDepends: libc6\nVersion: 2\nDescription: x\n y\n\n";
        let kept = without_family(status);
        assert_eq!(kept, "Package: zlib1g\nStatus: install ok installed\nVersion: 2\n\n");
    }
}
