//! The texts of a repository, by the `git` that is there.
//!
//! The clone is bare: no file of the repository is ever checked out, so no filter of the user's runs, and no link is made;
//! no hook runs either, and modules within are not looked at. Its texts are asked for one by one, by what the tree says of them, and
//! come out as plain files.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::Path,
    time::Duration,
};

use super::{folder::MAX_TEXTS, messages};
use crate::{
    cluster::subprocess::{Failure, Outcome, Subprocess},
    error::{Error, Result},
    i18n::Verbatim,
    lesson::load::stem,
};

/// Below the folder that is filled.
pub(super) const TEXTS: &str = "texts";
const CLONE: &str = "clone";
/// How long one run of git may take; a lesson over a slow line takes seconds.
pub(super) const DEADLINE: Duration = Duration::from_secs(120);
/// How large a file git may write, in the 512 bytes that `ulimit -f` counts by: all that it fetches is one file.
const MAX_BLOCKS: usize = 64 * 1024 * 1024 / 512;
/// How many texts are taken, however many there are.
const MAX_COUNT: usize = 2000;
/// A tree that takes more than this to tell is none of lessons.
const MAX_LISTED: usize = 200 * 1024;

/// Fills `folder`/[`TEXTS`] with what the repository's present state has of them; tells which state that is.
///
/// # Errors
/// There is no git, or it can't have the repository, or takes longer than `deadline` for one thing, or that is too large,
/// or has a link where a text should be.
pub(super) async fn texts(url: &str, folder: &Path, place: &str, deadline: Duration) -> Result<String> {
    let git = Git { folder, place, deadline };
    git.run(&[
        "clone",
        "--quiet",
        "--bare",
        "--depth",
        "1",
        "--single-branch",
        "--no-tags",
        "--",
        url,
        CLONE,
    ])
    .await?;
    let commit = git.run(&["--git-dir", CLONE, "rev-parse", "--verify", "HEAD"]).await?;
    let listed = git.run(&["--git-dir", CLONE, "ls-tree", "-r", "-z", "HEAD"]).await?;
    if listed.len() > MAX_LISTED {
        return Err(Error::usage(messages::too_many_files(place, MAX_COUNT)));
    }
    let texts = blobs(&listed, place)?;
    let no_room = |why: std::io::Error| Error::could_not_run(messages::no_room()).because(why);
    fs::create_dir(folder.join(TEXTS)).map_err(no_room)?;
    let mut left = MAX_TEXTS as u64;
    for text in texts {
        let size = git.run(&["--git-dir", CLONE, "cat-file", "-s", text.id]).await?;
        let size: u64 = size.trim().parse().unwrap_or(u64::MAX);
        let Some(rest) = left.checked_sub(size) else {
            return Err(Error::usage(messages::too_large(place, MAX_TEXTS / 1024 / 1024)));
        };
        left = rest;
        git.write(&text).await?;
    }
    Ok(commit.trim().to_owned())
}

struct Git<'a> {
    folder: &'a Path,
    place: &'a str,
    deadline: Duration,
}

/// A text in the tree.
struct Blob<'t> {
    id: &'t str,
    path: &'t str,
}

impl Git<'_> {
    async fn run(&self, arguments: &[&str]) -> Result<String> {
        let arguments = arguments.iter().map(OsStr::new);
        let outcome = self.ends("exec git -c core.hooksPath=/dev/null \"$@\"", arguments).await?;
        Ok(outcome.stdout)
    }

    async fn write(&self, blob: &Blob<'_>) -> Result<()> {
        let path = self.folder.join(TEXTS).join(blob.path);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.map_err(|why| Error::could_not_run(messages::no_room()).because(why))?;
        let arguments = [OsStr::new(blob.id), path.as_os_str()];
        self.ends(&format!("exec git --git-dir {CLONE} cat-file blob \"$1\" >\"$2\""), arguments.into_iter())
            .await?;
        Ok(())
    }

    /// Through a shell, which bounds what git may write.
    async fn ends<'s>(&self, script: &str, arguments: impl Iterator<Item = &'s OsStr>) -> Result<Outcome> {
        let path = env::var_os("PATH").unwrap_or_else(|| OsString::from("/usr/bin:/bin"));
        let script = format!("ulimit -f {MAX_BLOCKS} && {script}");
        let sh = Subprocess::new("sh", &path, self.deadline).with(|sh| {
            sh.args(["-c", &script, "git"]).args(arguments).current_dir(self.folder);
            sh.env("GIT_TERMINAL_PROMPT", "0").env("GIT_ASKPASS", "").env("SSH_ASKPASS_REQUIRE", "never");
            // A redirection must not lead to another protocol.
            sh.env("GIT_ALLOW_PROTOCOL", "https:ssh:file").env("GIT_TEMPLATE_DIR", "");
            if env::var_os("GIT_SSH_COMMAND").is_none() {
                sh.env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
            }
            for strange in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
                sh.env_remove(strange);
            }
        });
        let outcome = sh.run().await.map_err(|why| self.failed(why))?;
        match outcome.status.code() {
            Some(0) => Ok(outcome),
            // What a shell says of a program that it doesn't find.
            Some(127) => Err(Error::could_not_run(messages::no_git()).hint(messages::get_git())),
            Some(_) | None => Err(self.refused(&outcome)),
        }
    }

    fn failed(&self, why: Failure) -> Error {
        match why {
            Failure::TimedOut(limit) => Error::could_not_run(messages::too_slow(self.place, limit.as_secs()))
                .hint(messages::try_later()),
            Failure::NotStarted(why) => Error::could_not_run(messages::not_cloned(self.place)).because(why),
        }
    }

    fn refused(&self, outcome: &Outcome) -> Error {
        // Its own part that writes is ended by the bound, which git itself takes for nonsense.
        if outcome.stderr.contains("invalid index-pack output") {
            let megabytes = MAX_BLOCKS * 512 / 1024 / 1024;
            return Error::usage(messages::too_large_or_cut(self.place, megabytes));
        }
        let last = outcome.stderr.trim().lines().last().unwrap_or_default().to_owned();
        let error = Error::could_not_run(messages::not_cloned(self.place)).because(Verbatim::said(&last));
        error.hint(messages::can_you_reach_it())
    }
}

/// The texts that `ls-tree -z` lists: mode, type, id and path each. What can be no text of a lesson is left out.
fn blobs<'t>(listed: &'t str, place: &str) -> Result<Vec<Blob<'t>>> {
    const LINK: &str = "120000";
    let mut found = Vec::new();
    for entry in listed.split('\0') {
        let Some((about, path)) = entry.split_once('\t') else { continue };
        if stem(path).is_none() || !is_inward(path) {
            continue;
        }
        let mut about = about.split(' ');
        let (mode, kind, id) = (about.next(), about.next(), about.next());
        if mode == Some(LINK) {
            return Err(Error::usage(messages::no_regular_file(path, place)));
        }
        if let (Some("blob"), Some(id)) = (kind, id) {
            found.push(Blob { id, path });
        }
    }
    match found.len() > MAX_COUNT {
        true => Err(Error::usage(messages::too_many_files(place, MAX_COUNT))),
        false => Ok(found),
    }
}

/// Git refuses to make trees with others, and reads those that somebody else has made.
fn is_inward(path: &str) -> bool {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..") && part.len() < 256;
    path.split('/').count() <= 8 && path.split('/').all(is_plain)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;
    use crate::i18n::Lang;

    #[tokio::test]
    async fn a_server_that_never_answers_is_given_up() {
        let deaf = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("https://{}/mailboxes.git", deaf.local_addr().expect("it is bound"));
        let folder = tempfile::tempdir().expect("a folder");
        let told = texts(&url, folder.path(), "there", Duration::from_secs(1)).await;
        let told = told.expect_err("nobody answers").told().speak(Lang::En).to_owned();
        assert!(told.contains("there") && told.contains("1 seconds"), "{told}");
    }

    #[test]
    fn only_texts_are_taken_and_no_link_is() {
        let listed = [
            "100644 blob aa\tREADME.md",
            "100755 blob bb\tmailboxes/en.yaml",
            "160000 commit cc\tsub.yaml",
            "100644 blob dd\t../out.yaml",
            "100644 blob ee\t/abs.yaml",
        ];
        let listed = listed.join("\0");
        let found = blobs(&listed, "here").expect("no link");
        assert_eq!(found.iter().map(|blob| blob.path).collect::<Vec<_>>(), ["mailboxes/en.yaml"]);
        assert!(blobs("120000 blob aa\tmailboxes/en.yaml\0", "here").is_err());
    }
}
