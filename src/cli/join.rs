//! `moebi join` and `moebi submit`: a learner's side of a live class.

use std::time::Duration;

use tokio::{
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::{
    class::{
        code::Code,
        member::{Membership, Outbox},
        messages as class,
        protocol::{self, MAX_ANSWERS, PORT},
        sender,
    },
    cluster::messages::shown,
    error::{Error, Result},
    guide::{Classroom, store::Store},
    i18n::Lang,
    lesson::Nonce,
    session::{
        deed::{Deed, Presence},
        export::own_answers,
    },
};

use super::{
    args::{JoinArgs, SubmitArgs},
    folders::Folders,
    learn,
    lessons::LessonFiles,
    messages, print, runtime,
};

/// How long a shell that is closed goes on sending what the class doesn't have yet.
const LAST: Duration = Duration::from_millis(1500);
const LOOK: Duration = Duration::from_millis(20);

pub(super) fn run(args: &JoinArgs, asked: Option<Lang>) -> Result<u8> {
    let classes = Folders::find()?.classes();
    let code = code(&args.code)?.to_string();
    let address = address(&args.address)?;
    let name = name(args.name.as_deref())?;
    let member = Membership::of(&classes, &address, &code, &name);
    let joined = runtime()?.block_on(sender::join(member.clone()));
    let is_here = joined.is_ok();
    let member = match joined {
        Ok(member) => member,
        // Once joined, a class that is away holds up nobody.
        Err(_) if member.lesson.is_some() && member.certificate.is_some() => member,
        Err(error) => return Err(error),
    };
    let unwritable = |e| Error::could_not_run(messages::no_class_kept(&shown(&classes))).because(e);
    member.keep(&classes).map_err(unwritable)?;
    let outbox = Outbox::open(&member.folder(&classes)).map_err(unwritable)?;
    if is_here {
        outbox.is(Presence::Here);
    }
    let lesson = member.lesson.clone().unwrap_or_default();
    learn::run_in_class(&args.learn(lesson), asked, Class { member, outbox })
}

/// A class that a shell is to be opened in.
pub(super) struct Class {
    member: Membership,
    outbox: Outbox,
}

/// A class that a shell is open in.
pub(super) struct InClass {
    class: Class,
    sending: JoinHandle<()>,
}

impl Class {
    /// Sends from now on what is told.
    pub(super) fn enter(self) -> InClass {
        let sending = tokio::spawn(sender::run(self.member.clone(), self.outbox.clone()));
        InClass { class: self, sending }
    }
}

impl InClass {
    pub(super) fn greeting(&self) -> crate::i18n::Localized {
        messages::in_class(&self.class.member.name, &self.class.member.code)
    }

    pub(super) fn classroom(&self) -> Classroom {
        let outbox = self.class.outbox.clone();
        let tell = move |deed: &Deed| {
            outbox.tell(deed).map_err(|e| Error::could_not_run(messages::class_not_told()).because(e))
        };
        let Class { member, outbox } = &self.class;
        Classroom::new(member.name.clone(), Box::new(tell), outbox.presence(), outbox.hand())
    }

    /// The shell is closed: what can be sent at once is sent.
    pub(super) async fn leave(self) {
        let all_sent = async {
            while !self.class.outbox.is_empty() {
                sleep(LOOK).await;
            }
        };
        // The rest is kept, for the next time.
        let _ = timeout(LAST, all_sent).await;
        self.sending.abort();
        self.class.outbox.close();
    }
}

pub(super) fn submit(args: &SubmitArgs, asked: Option<Lang>) -> Result<u8> {
    let folders = Folders::find()?;
    let classes = folders.classes();
    let no_class = || Error::usage(messages::in_no_class()).hint(messages::join_first());
    let member = Membership::latest(&classes).ok_or_else(no_class)?;
    let files = LessonFiles::find(&args.source, member.lesson.as_deref())?;
    let progress = Store::look(&folders.state(), files.id())?.unwrap_or_default();
    let nonce = progress.nonce.as_deref().and_then(Nonce::parse).unwrap_or_else(Nonce::random);
    let chosen = asked.or_else(|| Lang::parse(progress.lang.as_deref()?));
    let (lesson, lang) = files.spoken(chosen, &nonce)?;
    let mut answers = own_answers(&lesson, &progress);
    let steps = answers.steps.len();
    if steps == 0 {
        return Err(Error::usage(messages::nothing_to_submit()));
    }
    answers.learners = vec![member.name.clone()];
    let answers = lesson.nonce.blank(&answers.to_yaml());
    if answers.len() > MAX_ANSWERS {
        return Err(Error::usage(messages::answers_too_large(MAX_ANSWERS / 1024)));
    }
    let unwritable = |e| Error::could_not_run(messages::class_not_told()).because(e);
    let outbox = Outbox::open(&member.folder(&classes)).map_err(unwritable)?;
    outbox.tell(&Deed::HandedIn { answers }).map_err(unwritable)?;
    let sent = runtime()?.block_on(sender::flush(&member, &outbox));
    outbox.close();
    sent.map_err(|error| error.hint(messages::submit_is_kept()))?;
    print(&format!("{}\n", messages::submitted(steps, &member.name).speak(lang)))?;
    Ok(0)
}

fn code(typed: &str) -> Result<Code> {
    Code::parse(typed).map_err(|no| match no.unknown {
        Some((word, Some(near))) => {
            Error::usage(messages::no_word_of_code(&word)).hint(messages::maybe_word(near))
        }
        Some((word, None)) => Error::usage(messages::no_word_of_code(&word)).hint(class::see_code()),
        None => Error::usage(messages::no_code(typed)).hint(messages::a_code_is()),
    })
}

/// With its port.
fn address(typed: &str) -> Result<String> {
    let typed = typed.trim();
    let has_port = typed.rsplit_once(':').is_some_and(|(host, port)| {
        port.parse::<u16>().is_ok() && (!host.contains(':') || (host.starts_with('[') && host.ends_with(']')))
    });
    let is_fine = !typed.is_empty() && !typed.contains(|c: char| c.is_whitespace() || c == '/');
    match (is_fine, has_port) {
        (false, _) => Err(Error::usage(messages::no_address(typed)).hint(class::see_address())),
        (true, true) => Ok(typed.to_owned()),
        (true, false) if typed.contains(':') && !typed.starts_with('[') => Ok(format!("[{typed}]:{PORT}")),
        (true, false) => Ok(format!("{typed}:{PORT}")),
    }
}

/// As it was asked for, else as this machine calls its user.
fn name(asked: Option<&str>) -> Result<String> {
    let user = || std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).unwrap_or_default();
    let typed = asked.map_or_else(user, str::to_owned);
    if typed.trim().is_empty() {
        return Err(Error::usage(class::nameless()).hint(class::join_with_name()));
    }
    protocol::name(&typed).ok_or_else(|| Error::usage(class::bad_name(&typed)).hint(class::join_as_another()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_have_a_port_and_needs_none() {
        for (typed, whole) in [
            ("192.168.1.20", "192.168.1.20:4370"),
            ("192.168.1.20:99", "192.168.1.20:99"),
            ("teacher.local", "teacher.local:4370"),
            ("fe80::1", "[fe80::1]:4370"),
            ("[fe80::1]:99", "[fe80::1]:99"),
        ] {
            assert_eq!(address(typed).unwrap(), whole);
        }
        for typed in ["", "http://x", "a b"] {
            assert!(address(typed).is_err(), "{typed}");
        }
    }
}
