//! The Elixir that tests run nodes on.
//!
//! What is on PATH (or `MOEBI_RUNTIME`), or Moebi's own; on a machine with neither, one is made as `moebi setup` makes
//! it, once, in `target/moebi-test-runtime`. Test processes that need it at the same moment wait for the one that does.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    thread,
};

use moebi::{
    cluster::runtime::{FLOOR, Runtime, SearchPaths},
    error::Result,
    setup::{self, Options, System},
};

/// # Panics
/// There is no Elixir and none can be made (no apt, no network); the message says what to do.
pub fn runtime() -> Runtime {
    static FOUND: OnceLock<Runtime> = OnceLock::new();
    FOUND
        .get_or_init(|| on_its_own_thread().unwrap_or_else(|error| panic!("{error}: {:?}", error.hints())))
        .clone()
}

/// The test may be asynchronous itself, and one runtime of tokio's can't wait inside another.
fn on_its_own_thread() -> Result<Runtime> {
    let work = || {
        let tokio = tokio::runtime::Builder::new_current_thread().enable_all().build();
        tokio.expect("tokio starts").block_on(provide())
    };
    let thread = thread::Builder::new().spawn(work).expect("a thread starts");
    thread.join().expect("the search for a runtime does not panic")
}

async fn provide() -> Result<Runtime> {
    let place = SearchPaths::here()?;
    if let Some(runtime) = place.find(FLOOR).await?.runtime {
        return Ok(runtime);
    }
    // Elsewhere a setup would change the whole system, which is not a test's to do.
    assert_eq!(System::of(&place.path), System::Debian, "the tests need Elixir 1.14 or newer on PATH");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("moebi-test-runtime");
    let place = SearchPaths { data: target, ..place };
    let options = Options { yes: true, from: None };
    setup::run(&place, FLOOR, &options, |_| false, |progress| eprintln!("{progress:?}")).await
}

/// The folder with the programs of another Elixir than [`runtime`]: 1.18, or where that is the tests' own, 1.14. Made of
/// Debian's packages, once.
pub fn another() -> PathBuf {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let (name, release) = match runtime().elixir.starts_with("1.14") {
            true => ("second-elixir", "trixie"),
            false => ("first-elixir", "bookworm"),
        };
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name(name);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second-elixir.sh");
        let made = Command::new("sh").arg(script).arg(&folder).arg(release).output().expect("sh runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        folder.join("bin")
    });
    found.clone()
}

/// PATH with that Elixir first.
pub fn path() -> OsString {
    runtime().on(&env::var_os("PATH").unwrap_or_default())
}

/// For `XDG_CACHE_HOME`: all tests share it, so that the bridge is compiled once. Its name is awkward on purpose.
pub fn cache() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("it's a cache")
}

/// Where Moebi keeps compiled bridges in that cache.
pub fn bridges() -> PathBuf {
    cache().join("moebi")
}

/// For `ERL_INETRC` of a node that a test starts by itself: localhost is found also where /etc/hosts doesn't have it,
/// as in the smallest of containers.
pub fn hosts() -> &'static Path {
    static HOSTS: OnceLock<PathBuf> = OnceLock::new();
    HOSTS.get_or_init(|| {
        let hosts = Path::new(env!("CARGO_TARGET_TMPDIR")).join("inetrc");
        // Tests of another process may be reading it.
        let new = hosts.with_extension(std::process::id().to_string());
        let text = "{host, {127,0,0,1}, [\"localhost\"]}.\n{lookup, [file, native]}.\n";
        fs::write(&new, text).and_then(|()| fs::rename(&new, &hosts)).expect("target/tmp is ours");
        hosts
    })
}
