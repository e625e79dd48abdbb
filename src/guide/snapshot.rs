//! The nodes and files as a lesson's self-test needs them: at the beginning of a step, and known to be as they were
//! there.

use std::{collections::BTreeMap, path::PathBuf};

use crate::{
    error::Result,
    lesson::{Fact, NodeName, ProbeOutcome, Prompt, TerminalName, World},
    session::{Position, ProbeCall},
};

use super::{Guide, Outcome, files::workspace::Stamp};

/// What an expression can leave behind in a node: its connections, its shell with mailbox, links and variables, its
/// processes, what the learner's own have done since and their tables hold, and the modules that are neither Erlang's
/// nor Elixir's own.
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
  # A process that has done something has other reductions.
  own = for pid <- Process.list(), pid not in [self(), shell],
    info = Process.info(pid, [:group_leader, :current_stacktrace, :reductions]), own?.(info),
    do: {pid, info[:reductions]}
  tables = for table <- :ets.all(), owner = :ets.info(table, :owner), owner == shell or List.keymember?(own, owner, 0),
    do: {table, :ets.info(table, :protection) != :private and :ets.info(table, :size) < 10_000 and :ets.tab2list(table)}
  modules = for {module, file} <- :code.all_loaded(), file != :preloaded, is_atom(file) or foreign?.(file),
    do: {module, module.module_info(:md5)}
  {:erlang.system_info(:start_time), node(), Enum.sort(Node.list()), Node.get_cookie(),
   for(other <- Node.list(:known), do: {other, :auth.get_cookie(other)}),
   shell, Process.info(shell, [:messages, :links, :monitors, :trap_exit, :group_leader]),
   binding, own, tables, length(Process.list()), Enum.sort(Process.registered()),
   length(Application.started_applications()), Enum.sort(modules)}
end).(), 4_294_967_296)"#;

/// How the nodes and the workspace stand. Two that are equal differ at most in what no later attempt at the same step can
/// see: the numbers of prompts and of pids, and IEx's history.
#[derive(Debug, PartialEq, Eq)]
pub struct Snapshot {
    running: Vec<(TerminalName, NodeName, bool)>,
    lists: Vec<(NodeName, NodeName)>,
    traces: Vec<(TerminalName, String)>,
    files: BTreeMap<PathBuf, Stamp>,
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

    /// None: a node did not say, or there are too many files.
    pub async fn snapshot(&mut self) -> Result<Option<Snapshot>> {
        let terminals: Vec<_> = self.session.evidence().world().running.keys().cloned().collect();
        let call = |terminal: &TerminalName| ProbeCall {
            terminal: terminal.clone(),
            code: TRACES.to_owned(),
            pattern: None,
        };
        let before = self.session.evidence().records().len();
        self.probe(terminals.iter().map(call).collect());
        while self.cluster.is_probing() {
            self.turn(None).await?;
        }
        let records = self.session.evidence().records();
        let mut traces: Vec<_> =
            records[before.min(records.len())..].iter().filter_map(|record| trace(&record.fact)).collect();
        traces.sort();
        let is_whole = traces.len() == terminals.len();
        let world = self.session.evidence().world();
        let files = self.files.workspace.stamps().filter(|_| is_whole);
        Ok(files.map(|files| Snapshot { traces, files, ..stands(world) }))
    }

    /// Whether something came of the step's attempt that no look at the nodes can show to be undone.
    pub fn has_stirred(&self) -> bool {
        self.session.evidence().step().iter().any(|record| is_stir(&record.fact))
    }
}

fn stands(world: &World) -> Snapshot {
    let is_asking = |terminal| matches!(world.prompts.get(terminal), Some(Prompt::Iex { .. }));
    let running = world.running.iter();
    Snapshot {
        running: running
            .map(|(terminal, running)| (terminal.clone(), running.node.clone(), is_asking(terminal)))
            .collect(),
        lists: world.lists.iter().cloned().collect(),
        traces: Vec::new(),
        files: BTreeMap::new(),
    }
}

fn trace(fact: &Fact) -> Option<(TerminalName, String)> {
    let Fact::Probed { terminal, code, outcome: ProbeOutcome::Value { inspected, .. }, .. } = fact else {
        return None;
    };
    (code == TRACES).then(|| (terminal.clone(), inspected.clone()))
}

/// What later steps may ask for as evidence, or what changed a node or the workspace.
fn is_stir(fact: &Fact) -> bool {
    match fact {
        Fact::Message { .. }
        | Fact::NodeStarted { .. }
        | Fact::NodeStopped { .. }
        | Fact::CommandEnded { .. }
        | Fact::Connected { .. }
        | Fact::Disconnected { .. }
        | Fact::Registered { .. }
        | Fact::Unregistered { .. }
        | Fact::LeftOut { .. }
        | Fact::Fault(_) => true,
        Fact::Input { at_node, .. } => !at_node,
        Fact::Line { .. }
        | Fact::Process { .. }
        | Fact::Output { .. }
        | Fact::Prompt { .. }
        | Fact::LookedUp { .. }
        | Fact::Probed { .. }
        | Fact::File { .. }
        | Fact::Chose { .. }
        | Fact::StepBegan => false,
    }
}
