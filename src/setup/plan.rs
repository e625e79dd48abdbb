//! Which packages make a runtime.

/// Asked of apt by name; it adds what these need.
pub(super) const WANTED: [&str; 2] = ["elixir", "erlang-syntax-tools"];

/// One line of `apt-get --print-uris`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Package {
    pub name: String,
    pub version: String,
    /// Of the download, in bytes.
    pub size: u64,
}

impl Package {
    /// Of `'http://…' elixir_1.14.0.dfsg-2_all.deb 5577584 SHA256:…`; a colon in a version is `%3a` in a file's name.
    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split(' ').skip(1);
        let (name, rest) = words.next()?.split_once('_')?;
        let (version, _) = rest.split_once('_')?;
        let size = words.next()?.parse().ok()?;
        Some(Self { name: name.to_owned(), version: version.replace("%3a", ":"), size })
    }

    pub fn read(uris: &str) -> Vec<Self> {
        uris.lines().filter_map(Self::parse).filter(|package| is_part(&package.name)).collect()
    }
}

/// Is it the language or a library? What else apt would add (adduser, procps) is about an installed Erlang's service.
/// The C library is never ours: its loader must be the same version, and that one is the system's.
pub(super) fn is_part(name: &str) -> bool {
    let library = name.starts_with("lib") || name == "zlib1g";
    is_family(name) || (library && name != "libc6" && name != "libc-bin")
}

pub(super) fn is_family(name: &str) -> bool {
    name == "elixir" || name == "erlang" || name == "esl-erlang" || name.starts_with("erlang-")
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
        let uris = "'http://deb.debian.org/e.deb' erlang-base_1%3a25.2.3+dfsg-1_amd64.deb 9000 SHA256:ab\n\
                    'http://deb.debian.org/a.deb' adduser_3.134_all.deb 1000 SHA256:cd\n\
                    'http://deb.debian.org/c.deb' libc6_2.36-9_amd64.deb 1000 SHA256:cd\n\
                    'http://deb.debian.org/t.deb' libtinfo6_6.4-4_amd64.deb 70 SHA256:ef\n\
                    Reading package lists...\n";
        let plan = Package::read(uris);
        let names: Vec<&str> = plan.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["erlang-base", "libtinfo6"]);
        assert_eq!((plan[0].version.as_str(), plan[0].size), ("1:25.2.3+dfsg-1", 9000));
    }

    #[test]
    fn an_installed_erlang_is_planned_again() {
        let status = "Package: erlang-base\nStatus: install ok installed\nVersion: 1\n\n\
                      Package: zlib1g\nStatus: install ok installed\nDepends: libc6\nVersion: 2\nDescription: x\n y\n\n";
        let kept = without_family(status);
        assert_eq!(kept, "Package: zlib1g\nStatus: install ok installed\nVersion: 2\n\n");
    }
}
