//! The nodes and files as a lesson's self-test needs them: at the beginning of a step, and brought back there after an
//! attempt that left them nearly as they were.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crate::{
    error::Result,
    lesson::{Evidence, Fact, Fault, Input, NodeName, ProbeOutcome, Prompt, TerminalName, World},
    session::Position,
};

use super::{
    Guide, Outcome,
    files::backup::{self, Backup, Stamps},
    replay::PATIENCE,
};

/// What an expression can leave behind in a node: its connections, cookies of other nodes, its shell with mailbox, links,
/// variables, aliases and imports, the learner's processes, what they have done since and what their tables hold, the
/// modules that are neither Erlang's nor Elixir's own, and what is set for applications and connections. A shell that
/// was started again is as good as the one before.
const TRACES: &str = r#":erlang.phash2((fn ->
  # But for what a probe is given of its own, which is new each time.
  binding = Keyword.drop(binding(), [:shell, :word, :printed])
  roots = for app <- [:kernel, :elixir], do: Path.dirname(to_string(:code.lib_dir(app)))
  foreign? = fn path -> not String.starts_with?(to_string(path), roots) end
  {:group_leader, screen} = Process.info(shell, :group_leader)
  # The shell, and what Moebi runs beside it, this very code among them.
  apart? = fn {module, _, _, _} ->
    module in [IEx.Server, IEx.Evaluator, :elixir_erl_compiler] or String.starts_with?(to_string(module), "moebi_")
  end
  # Of the system's own processes, some never rest.
  own? = fn info ->
    leader = info[:group_leader]
    not Enum.any?(info[:current_stacktrace], apart?) and
      (node(leader) != node() or leader == screen or
         case :application.get_application(leader) do
           {:ok, application} -> foreign?.(:code.lib_dir(application))
           :undefined -> false
         end)
  end
  # What a process that waits knows stands on its stack.
  state = [:backtrace, :message_queue_len, :dictionary, :links, :monitors]
  own = for pid <- Process.list(), pid not in [self(), shell],
    info = Process.info(pid, [:group_leader, :current_stacktrace | state]), own?.(info),
    do: {pid, info |> Keyword.take(state) |> Keyword.update!(:backtrace, &Regex.replace(~r/0x[0-9a-f]+/, &1, ""))}
  tables = for table <- :ets.all(), owner = :ets.info(table, :owner), owner == shell or List.keymember?(own, owner, 0),
    do: {table, :ets.info(table, :protection) != :private and :ets.info(table, :size) < 10_000 and :ets.tab2list(table)}
  # One that is as on the disk may be loaded or not: it is when it is first needed.
  kept? = fn module, file -> is_list(file) and :beam_lib.md5(file) == {:ok, {module, module.module_info(:md5)}} end
  modules = for {module, file} <- :code.all_loaded(), file != :preloaded, is_atom(file) or foreign?.(file),
    not kept?.(module, file), do: {module, module.module_info(:md5)}
  # Kernel's table of the nodes that have a cookie of their own.
  cookies = for table <- :ets.all(), :ets.info(table, :owner) == Process.whereis(:auth), do: Enum.sort(:ets.tab2list(table))
  {:dictionary, dictionary} = Process.info(shell, :dictionary)
  fields = [:aliases, :functions, :macros, :requires]
  {:erlang.system_info(:start_time), node(), Enum.sort(Node.list()), Node.get_cookie(), cookies,
   IEx.Evaluator.fields_from_env(shell, dictionary[:iex_server], fields), Process.info(shell, [:messages, :links, :monitors, :trap_exit, :group_leader]),
   binding, own, tables, Enum.sort(Process.registered()),
   length(Application.started_applications()), Enum.sort(modules),
   for({application, _, _} <- Application.loaded_applications(), do: {application, Application.get_all_env(application)}),
   :net_kernel.get_net_ticktime(), :global.registered_names()}
end).(), 4_294_967_296)"#;

/// Loads the modules anew that are not as they are on the disk.
const REVERT: &str = r#"roots = for app <- [:kernel, :elixir], do: Path.dirname(to_string(:code.lib_dir(app)))
for {module, path} when is_list(path) <- :code.all_loaded(), not String.starts_with?(to_string(path), roots),
    {:ok, {_, md5}} <- [:beam_lib.md5(path)], md5 != module.module_info(:md5) do
  :code.purge(module)
  :code.load_file(module)
end"#;

/// How long a node may take to answer what it is asked here: nobody waits for it but a busy machine's author.
const ANSWERING: Duration = Duration::from_secs(10);

/// How things stood, and what had been seen until then.
pub struct Snapshot {
    standing: Standing,
    files: Backup,
    evidence: Evidence,
}

/// How the nodes and the workspace stand. Two that are equal differ at most in what no later attempt at the same step can
/// see: the numbers of prompts and of pids, IEx's history, and who was connected before.
#[derive(Debug, PartialEq, Eq)]
struct Standing {
    running: BTreeMap<TerminalName, NodeName>,
    /// Whether IEx asks, or the terminal is at `$`; none while something runs.
    asking: BTreeMap<TerminalName, Option<bool>>,
    folders: BTreeMap<TerminalName, Option<PathBuf>>,
    lists: BTreeSet<(NodeName, NodeName)>,
    registered: BTreeSet<String>,
    traces: Vec<(TerminalName, String)>,
    files: Stamps,
}

impl Guide {
    /// Brings the nodes to where a step begins; false where the section's start or an earlier answer failed.
    pub async fn bring_to(&mut self, place: Position) -> Result<bool> {
        let start = self.start_section(place.section).await?;
        if start == Outcome::TimedOut || self.failed_commands().next().is_some() {
            return Ok(false);
        }
        let mut is_there = true;
        for step in 0..place.step {
            is_there &= self.replay(Position { step, ..place }).await?.is_none();
        }
        self.come_to_rest().await?;
        Ok(is_there)
    }

    /// None: a node did not say, or the files can't be kept.
    pub async fn snapshot(&mut self) -> Result<Option<Snapshot>> {
        let evidence = self.session.evidence().clone();
        let Ok(Some(files)) = Backup::of(self.files.workspace.root()) else { return Ok(None) };
        let standing = self.standing().await?.filter(|standing| standing.files == *files.stamps());
        Ok(standing.map(|standing| Snapshot { standing, files, evidence }))
    }

    /// Ends the nodes and the connections that the attempt since then has made, puts back the files that it changed and
    /// the modules that were made of them, and forgets what was seen of it. False where that does not bring everything
    /// back.
    pub async fn bring_back(&mut self, then: &Snapshot) -> Result<bool> {
        let standing = &then.standing;
        let world = self.session.evidence().world();
        let asks_still = |(terminal, node): (&TerminalName, &NodeName)| {
            let runs = world.running.get(terminal).is_some_and(|running| running.node == *node);
            runs && matches!(world.prompts.get(terminal), Some(Prompt::Iex { .. }))
        };
        if !standing.running.iter().all(asks_still) || self.has_lasting_traces() {
            return Ok(false);
        }
        let new: Vec<Input> = (world.running.keys())
            .filter(|terminal| !standing.running.contains_key(*terminal))
            .map(|terminal| Input::Fault(Fault::Kill(terminal.clone())))
            .collect();
        if self.play(&new).await? == Outcome::TimedOut {
            return Ok(false);
        }
        self.disconnect(standing).await?;
        if !self.restore(&then.files).await? {
            return Ok(false);
        }
        self.come_to_rest().await?;
        let is_back = self.standing().await?.as_ref() == Some(standing);
        if is_back {
            self.session.recall(then.evidence.clone());
        }
        Ok(is_back)
    }

    /// What no look at the nodes can show to be undone: a fault, a flood.
    fn has_lasting_traces(&self) -> bool {
        let step = self.session.evidence().step();
        step.iter().any(|record| matches!(record.fact, Fact::Fault(_) | Fact::LeftOut { .. }))
    }

    /// Ends all connections but those of then, and waits until the nodes have told so, and epmd has let go of those that
    /// are gone.
    async fn disconnect(&mut self, then: &Standing) -> Result<()> {
        let world = self.session.evidence().world();
        let from = |(on, to): &(NodeName, NodeName)| {
            Some((world.node(on)?.clone(), format!(":erlang.disconnect_node(:\"{to}\")")))
        };
        let new = world.lists.difference(&then.lists).filter_map(from).collect();
        self.ask(new).await?;
        let until = Instant::now() + PATIENCE;
        let is_back = |world: &World| world.lists == then.lists && world.registered == then.registered;
        while !is_back(self.session.evidence().world()) && Instant::now() < until {
            self.turn(Some(until)).await?;
        }
        Ok(())
    }

    /// False where the files can't be put back.
    async fn restore(&mut self, files: &Backup) -> Result<bool> {
        if backup::stamps(self.files.workspace.root()).as_ref() == Some(files.stamps()) {
            return Ok(true);
        }
        // Whoever can't write there brings the nodes up anew.
        if !files.put_back().unwrap_or(false) {
            return Ok(false);
        }
        self.ask_all(REVERT).await?;
        Ok(true)
    }

    async fn ask_all(&mut self, code: &str) -> Result<()> {
        let running = self.session.evidence().world().running.keys();
        self.ask(running.map(|terminal| (terminal.clone(), code.to_owned())).collect()).await
    }

    /// Has the nodes in these terminals evaluate that, and waits for what they answer.
    async fn ask(&mut self, questions: Vec<(TerminalName, String)>) -> Result<()> {
        for (terminal, code) in questions {
            self.cluster.probe(&terminal, &code, None, ANSWERING);
        }
        while self.cluster.is_probing() {
            self.turn(None).await?;
        }
        Ok(())
    }

    async fn standing(&mut self) -> Result<Option<Standing>> {
        let before = self.session.evidence().records().len();
        self.ask_all(TRACES).await?;
        let records = self.session.evidence().records();
        let mut traces: Vec<_> =
            records[before.min(records.len())..].iter().filter_map(|record| trace(&record.fact)).collect();
        traces.sort();
        let is_whole = traces.len() == self.session.evidence().world().running.len();
        let files = backup::stamps(self.files.workspace.root()).filter(|_| is_whole);
        Ok(files.map(|files| self.stands(traces, files)))
    }

    fn stands(&self, traces: Vec<(TerminalName, String)>, files: Stamps) -> Standing {
        let World { running, prompts, lists, registered, .. } = self.session.evidence().world();
        let asking = |prompt: &Prompt| match prompt {
            Prompt::Iex { .. } => Some(true),
            Prompt::Dollar => Some(false),
            _ => None,
        };
        let folder = |terminal: &TerminalName| self.cluster.folder(terminal).map(Path::to_owned);
        Standing {
            running: running
                .iter()
                .map(|(terminal, running)| (terminal.clone(), running.node.clone()))
                .collect(),
            asking: prompts.iter().map(|(terminal, prompt)| (terminal.clone(), asking(prompt))).collect(),
            folders: prompts.keys().map(|terminal| (terminal.clone(), folder(terminal))).collect(),
            lists: lists.clone(),
            registered: registered.clone(),
            traces,
            files,
        }
    }
}

fn trace(fact: &Fact) -> Option<(TerminalName, String)> {
    let Fact::Probed { terminal, code, outcome: ProbeOutcome::Value { inspected, .. }, .. } = fact else {
        return None;
    };
    (code == TRACES).then(|| (terminal.clone(), inspected.clone()))
}
