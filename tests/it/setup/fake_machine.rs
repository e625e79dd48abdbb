//! A machine made of shell scripts: its PATH is one folder, and each program does what a test says.

use std::{
    fs,
    path::{Path, PathBuf},
};

use moebi::{
    cluster::runtime::{FLOOR, Runtime, Search, SearchPaths},
    error::{Error, Result},
    setup::{self, Options},
};
use tempfile::TempDir;

use crate::support::home::install;

pub struct FakeMachine {
    folder: TempDir,
    pub place: SearchPaths,
}

impl FakeMachine {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("bin")).expect("the folder is new");
        let place =
            SearchPaths { chosen: None, path: at("bin").into(), data: at("data"), cache: Some(at("cache")) };
        Self { folder, place }
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A program on PATH.
    #[must_use]
    pub fn with(self, name: &str, script: &str) -> Self {
        install(&self.at("bin"), name, script);
        self
    }

    /// An Elixir on PATH that says it is of these versions.
    #[must_use]
    pub fn with_elixir(self, elixir: &str, otp: &str) -> Self {
        self.elixir(&self.at("bin"), elixir, otp);
        self
    }

    /// The private one.
    #[must_use]
    pub fn with_private(self, elixir: &str, otp: &str) -> Self {
        self.elixir(&self.place.private().join("bin"), elixir, otp);
        self
    }

    pub fn elixir(&self, folder: &Path, elixir: &str, otp: &str) {
        let script =
            format!("echo 'Erlang/OTP {otp} [erts-1] [jit]'; echo; echo 'Elixir {elixir} (compiled)'");
        install(folder, "elixir", &script);
        install(folder, "iex", "exit 1");
        install(folder, "erl", "exit 1");
    }

    /// `dpkg-deb` for packages that are the text of their own control file. Unpacked, they make an Elixir that works.
    #[must_use]
    pub fn with_dpkg(self) -> Self {
        let unpack = r#"
            case $1 in
            -f) exec /bin/cat "$2" ;;
            -x) case $2 in
                *elixir_*)
                    home=$3/usr/lib/elixir
                    /bin/mkdir -p "$home/bin" "$home/lib/elixir/ebin"
                    : >"$home/lib/elixir/ebin/elixir.app"
                    echo '#!/bin/sh
                        case $1 in
                        -e) echo works ;;
                        *) echo "Erlang/OTP 25 [x]"; echo "Elixir 1.14.0 (x)" ;;
                        esac' >"$home/bin/elixir"
                    /bin/cp "$home/bin/elixir" "$home/bin/iex"
                    /bin/chmod 755 "$home/bin/elixir" "$home/bin/iex" ;;
                *erlang-base_*)
                    /bin/mkdir -p "$3/usr/lib/erlang/bin" "$3/usr/lib/erlang/erts-13.1.5/bin"
                    : >"$3/usr/lib/erlang/bin/erl"
                    : >"$3/usr/lib/erlang/erts-13.1.5/bin/erl" ;;
                *) /bin/mkdir -p "$3/usr/share/doc" ;;
                esac ;;
            esac"#;
        self.with("dpkg-deb", unpack)
            .with("dpkg", "echo amd64")
            .with("sha256sum", r#"exec /usr/bin/sha256sum "$@""#)
            .with("apt-get", "echo 'E: Unable to locate package elixir' >&2; exit 100")
    }

    /// A folder of packages: (name, architecture, depends).
    pub fn debs(&self, packages: &[(&str, &str, &str)]) -> PathBuf {
        let folder = self.at("debs");
        fs::create_dir_all(&folder).expect("a folder can be made");
        for (name, architecture, depends) in packages {
            let control = format!("Package: {name}\nArchitecture: {architecture}\nDepends: {depends}\n");
            fs::write(folder.join(format!("{name}_1_{architecture}.deb")), control)
                .expect("it can be written");
        }
        folder
    }

    /// All that Elixir needs.
    pub fn all_debs(&self) -> PathBuf {
        self.debs(&[
            ("elixir", "all", "erlang-base (>= 1:24), erlang-crypto"),
            ("erlang-base", "amd64", "procps, libc6, libtinfo6 (>= 6)"),
            ("erlang-crypto", "amd64", "erlang-base (= 1), libssl3"),
            ("erlang-syntax-tools", "all", "erlang-base"),
            ("manual", "all", ""),
        ])
    }

    pub async fn find(&self) -> Search {
        self.place.find(FLOOR).await.expect("nothing was chosen that could be wrong")
    }

    pub async fn set_up(&self) -> Result<Runtime> {
        self.set_up_with(Options { yes: true, from: None }).await
    }

    pub async fn set_up_from(&self, folder: PathBuf) -> Result<Runtime> {
        self.set_up_with(Options { yes: true, from: Some(folder) }).await
    }

    async fn set_up_with(&self, options: Options) -> Result<Runtime> {
        setup::run(&self.place, FLOOR, &options, |_| panic!("--yes asks nothing"), |_| ()).await
    }

    /// What is in Moebi's data folder, but for the lock.
    pub fn left(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.place.data).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| name != "runtime.lock").collect()
    }
}

/// The error and its hints, as a person reads them.
pub fn told(error: &Error) -> String {
    format!(
        "{error}\n{}",
        error.hints().iter().map(|hint| hint.speak(moebi::lesson::Lang::En)).collect::<Vec<_>>().join("\n")
    )
}
