//! A full class: so many learners tell what they do through the shell's own sender, and a teacher watches the page.
//!
//! Measured is the time from each step done to its row on the page, and what the server keeps in memory. Nothing here
//! fails for being slow; the aims stand beside the numbers.
//!
//!     cargo bench --bench class                # 500 learners, 20 rounds
//!     cargo bench --bench class -- 100 5       # 100 learners, 5 rounds

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use moebi::{
    class::{
        member::{Membership, Outbox},
        sender,
    },
    session::deed::Deed,
};
use tokio::time::sleep;

/// The longest wait for a row that should come.
const PATIENCE: Duration = Duration::from_secs(30);

/// In which each learner does one step.
const ROUND: Duration = Duration::from_secs(2);

fn main() -> Result<()> {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse::<usize>().ok());
    let (learners, rounds) = (numbers.next().unwrap_or(500), numbers.next().unwrap_or(20));
    let steps = steps()?;
    let folder = tempfile::tempdir()?;
    let class = Class::open(folder.path())?;
    let threads = tokio::runtime::Runtime::new()?;
    let outboxes = threads.block_on(joined(&class, learners, folder.path()))?;
    let rows = class.watched()?;
    println!("{learners} learners, a step each every {} s\n", ROUND.as_secs());
    println!("round   event to page, ms: middle    p99    longest     server, MB");
    for (round, step) in steps.iter().take(rounds).enumerate() {
        let mut times = threads.block_on(async {
            let mut told = HashMap::new();
            let pause = ROUND / learners.max(1) as u32;
            for (number, outbox) in outboxes.iter().enumerate() {
                told.insert(named(number), Instant::now());
                outbox.tell(&Deed::Passed { step: step.clone() })?;
                sleep(pause).await;
            }
            seen(&rows, told, round + 1)
        })?;
        times.sort_unstable();
        let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
        println!(
            "{:5}   {:25.0} {:6.0} {:10.0} {:14.1}",
            round + 1,
            at(50),
            at(99),
            at(100),
            class.memory()?
        );
    }
    println!(
        "\nThe aims: p99 below 250 ms, the server below 100 MB and no larger in the last round than in the second."
    );
    Ok(())
}

/// The lesson's.
fn steps() -> Result<Vec<String>> {
    let lesson = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons/otp-distribution/lesson.yaml");
    let text = fs::read_to_string(lesson)?;
    Ok(text.lines().filter_map(|line| line.strip_prefix("      - id: ")).map(str::to_owned).collect())
}

fn named(number: usize) -> String {
    format!("Learner {number}")
}

async fn joined(class: &Class, learners: usize, folder: &Path) -> Result<Vec<Outbox>> {
    let mut outboxes = Vec::new();
    let mut certificate = None;
    for number in 0..learners {
        let mut member = class.member(folder, &named(number));
        // The code is a slow digest of it: seen once, it need not be made again.
        member.certificate.clone_from(&certificate);
        let member = sender::join(member).await.map_err(anyhow::Error::msg)?;
        certificate.clone_from(&member.certificate);
        let outbox = Outbox::open(&member.folder(folder))?;
        tokio::spawn(sender::run(member, outbox.clone()));
        outboxes.push(outbox);
    }
    Ok(outboxes)
}

/// How long each took from being told to its row with so many steps done.
fn seen(rows: &Receiver<Row>, mut told: HashMap<String, Instant>, done: usize) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    while !told.is_empty() {
        let row = match rows.recv_timeout(PATIENCE) {
            Ok(row) => row,
            Err(RecvTimeoutError::Timeout) => bail!("{} rows never came", told.len()),
            Err(RecvTimeoutError::Disconnected) => bail!("the page went away"),
        };
        if row.done >= done
            && let Some(start) = told.remove(&row.name)
        {
            times.push(row.came.saturating_duration_since(start));
        }
    }
    Ok(times)
}

/// Of one learner, as the page was sent it.
struct Row {
    name: String,
    done: usize,
    came: Instant,
}

impl Row {
    fn of(line: &str) -> Option<Self> {
        let row = line.strip_prefix("data:").filter(|part| part.contains("<tr "))?;
        let name = row.split("<bdi>").nth(1)?.split("</bdi>").next()?;
        let done = row.matches("class=\"p\"").count();
        Some(Self { name: name.to_owned(), done, came: Instant::now() })
    }
}

struct Class {
    child: Child,
    address: String,
    code: String,
    page: String,
}

impl Class {
    fn open(folder: &Path) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_moebi"));
        command.args(["class", "open", "--address", "127.0.0.1", "--page", "127.0.0.1:0", "--lang", "en"]);
        command.args(["--port", "0"]).env("HOME", folder).stdin(Stdio::null());
        for name in ["XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env_remove(name);
        }
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut lines =
            BufReader::new(child.stdout.take().context("it is piped")?).lines().map_while(Result::ok);
        let mut told = String::new();
        while !told.contains("Ctrl-C") {
            told += &lines.next().context("the class did not open")?;
            told.push('\n');
        }
        // Whoever joins is told; nobody reads it here.
        thread::spawn(move || lines.for_each(drop));
        let behind = |mark: &str| -> Result<String> {
            let word = told.split(mark).nth(1).and_then(|rest| rest.split_whitespace().next());
            Ok(word.with_context(|| format!("no {mark:?} in {told}"))?.to_owned())
        };
        let (address, code, page) = (behind("moebi join ")?, behind("--code ")?, behind("Your page")?);
        Ok(Self { child, address, code, page })
    }

    fn member(&self, folder: &Path, name: &str) -> Membership {
        Membership::of(folder, &self.address, &self.code, name)
    }

    /// The rows that the page is sent from now on.
    fn watched(&self) -> Result<Receiver<Row>> {
        let url = self.page.strip_prefix("http://").context("not encrypted on the loopback")?;
        let (host, path) = url.split_once('/').context("a path")?;
        let path = format!("{path}events");
        let mut stream = TcpStream::connect(host)?;
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/event-stream\r\n\r\n")?;
        let (sender, rows) = channel();
        thread::spawn(move || {
            let lines = BufReader::new(stream).lines().map_while(Result::ok);
            lines.filter_map(|line| Row::of(&line)).try_for_each(|row| sender.send(row))
        });
        Ok(rows)
    }

    /// What the server keeps, in MB.
    fn memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("its memory")?;
        Ok(line.split_whitespace().next().context("a number")?.parse::<f64>()? / 1024.0)
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        // It is ours, and keeps nothing that is worth more than the folder, which goes as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
