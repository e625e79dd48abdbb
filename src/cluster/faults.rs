//! Faults, done to what runs in the terminals.
//!
//! A node is killed and paused by the guardian, as everything else is that ends it: with the processes that it has
//! started, and no others. A cut has two halves. From then on epmd lets neither node find the other
//! (`bridge/epmd.ex` says why that is the place), and both are told to end the connection that they have.

use std::collections::BTreeMap;

use super::{Cluster, guardian::CommandId, messages, protocol::ToNode, terminal::Terminal};
use crate::{
    error::{Error, Result},
    lesson::{Fact, Fault, NodeName, TerminalName},
};

/// The nodes between which all is cut, by their terminals; the lesser name first.
pub(super) type Cuts = BTreeMap<(TerminalName, TerminalName), (NodeName, NodeName)>;

impl Cluster {
    /// Has it happen. A [`Fact::Fault`] follows once it has, and then what comes of it.
    ///
    /// # Errors
    /// There is no such terminal, no node in it, or nothing to do: it is paused already, or not cut.
    pub fn befall(&mut self, fault: &Fault) -> Result<()> {
        for terminal in fault.terminals() {
            self.terminal(terminal)?;
        }
        self.disturb();
        match fault {
            Fault::Kill(terminal) => self.kill(terminal),
            Fault::Pause(terminal) => self.pause(terminal),
            Fault::Resume(terminal) => self.resume(terminal),
            Fault::Cut(one, other) => self.cut(one, other),
            Fault::Heal(one, other) => self.heal(one, other),
        }
    }

    fn terminal(&self, name: &TerminalName) -> Result<&Terminal> {
        let found = self.terminals.iter().find(|terminal| terminal.name() == name);
        found.ok_or_else(|| Error::usage(messages::no_terminal(name.as_str())))
    }

    /// Of one with a node in it.
    fn with_node(&mut self, name: &TerminalName) -> Result<&Terminal> {
        let terminal = self.terminal(name)?;
        match terminal.node() {
            Some(_) => Ok(terminal),
            None => Err(Error::usage(messages::no_node_in(name.as_str())).hint(messages::start_one())),
        }
    }

    fn kill(&mut self, name: &TerminalName) -> Result<()> {
        self.with_node(name)?;
        self.shared.tell(Fact::Fault(Fault::Kill(name.clone())));
        if let Some((terminal, shared)) = self.find(name) {
            terminal.kill(shared);
        }
        Ok(())
    }

    fn pause(&mut self, name: &TerminalName) -> Result<()> {
        if self.with_node(name)?.is_paused() {
            let error = Error::usage(messages::is_paused(name.as_str()));
            return Err(error.hint(messages::resume_it(name.as_str())));
        }
        if let Some((terminal, shared)) = self.find(name) {
            terminal.pause(shared);
        }
        Ok(())
    }

    fn resume(&mut self, name: &TerminalName) -> Result<()> {
        if !self.with_node(name)?.is_paused() {
            return Err(Error::usage(messages::is_not_paused(name.as_str())));
        }
        if let Some((terminal, shared)) = self.find(name) {
            terminal.resume(shared);
        }
        Ok(())
    }

    /// The guardian has stopped what the command runs, or has had it go on.
    pub(super) fn is_paused(&mut self, id: CommandId, is_paused: bool) {
        // It has not reported in the round that is on, or did not take part in it.
        self.disturb();
        self.on(id, |terminal, shared| terminal.was_paused(is_paused, shared));
    }

    fn cut(&mut self, one: &TerminalName, other: &TerminalName) -> Result<()> {
        let names = (self.node_name(one)?, self.node_name(other)?);
        let pair = sorted(one, other);
        if self.cuts.contains_key(&pair) {
            let error = Error::usage(messages::is_cut(one.as_str(), other.as_str()));
            return Err(error.hint(messages::heal_it(one.as_str(), other.as_str())));
        }
        // First the way back: whoever loses a connection may call again at once.
        self.epmd.cut(&names.0, &names.1);
        self.shared.tell(Fact::Fault(Fault::Cut(one.clone(), other.clone())));
        for (terminal, far) in [(one, &names.1), (other, &names.0)] {
            let told = self
                .terminal(terminal)?
                .node()
                .map(|node| node.send(&[ToNode::Cut { node: far.to_string() }]));
            told.transpose()?;
        }
        self.cuts.insert(pair, names);
        Ok(())
    }

    fn node_name(&mut self, terminal: &TerminalName) -> Result<NodeName> {
        let name =
            self.with_node(terminal)?.node().and_then(|node| node.name()).filter(|name| name.is_named());
        let unnamed = || Error::usage(messages::is_unnamed(terminal.as_str())).hint(messages::give_a_name());
        name.cloned().ok_or_else(unnamed)
    }

    fn heal(&mut self, one: &TerminalName, other: &TerminalName) -> Result<()> {
        let Some((near, far)) = self.cuts.remove(&sorted(one, other)) else {
            return Err(Error::usage(messages::is_not_cut(one.as_str(), other.as_str())));
        };
        self.epmd.heal(&near, &far);
        self.shared.tell(Fact::Fault(Fault::Heal(one.clone(), other.clone())));
        Ok(())
    }

    pub(super) fn heal_all(&mut self) {
        for (one, other) in std::mem::take(&mut self.cuts).into_values() {
            self.epmd.heal(&one, &other);
        }
    }
}

fn sorted(one: &TerminalName, other: &TerminalName) -> (TerminalName, TerminalName) {
    (one.min(other).clone(), one.max(other).clone())
}
