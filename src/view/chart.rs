//! `/map`: the nodes, what joins them, and what of each one's processes reaches another node.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::{
    Map, Survey, Wire, WireKind,
    map::{self, wires},
    messages,
    survey::{Connection, Tie},
};
use crate::{
    i18n::{Localized, Verbatim, semicolon},
    lesson::{NodeName, ProcessId, TieKind},
};

/// So many processes are named of those that one sentence is about.
const NAMED: usize = 4;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    pub spots: Vec<Spot>,
    pub wires: Vec<Wire>,
    /// Whose cookies agree; empty where there is nobody to agree with.
    pub cookies: Localized,
}

/// A node, and what there is to say of it, a sentence each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    pub node: NodeName,
    pub is_paused: bool,
    pub facts: Vec<Localized>,
}

/// What each node that was asked has answered; none where it did not in time.
pub type Answers = Vec<(NodeName, Option<Survey>)>;

impl Chart {
    /// `map` says what is known of those that don't answer.
    pub fn new(map: &Map, answers: &Answers) -> Self {
        let seen = Seen { answers };
        let mut nodes: Vec<NodeName> = map.running().into_iter().cloned().collect();
        let strangers = seen.strangers(&nodes);
        nodes.extend(strangers.iter().cloned());
        let mut visible = seen.links(Connection::Visible);
        let silent = |node: &NodeName| seen.of(node).is_none();
        visible.extend(map.links.iter().filter(|(a, b)| silent(a) && silent(b)).cloned());
        let all = [
            (visible, WireKind::Visible),
            (seen.links(Connection::Hidden), WireKind::Hidden),
            (map.cuts.clone(), WireKind::Cut),
        ];
        let spot = |node: NodeName| {
            let is_paused = map.is_paused(&node);
            Spot { facts: seen.facts(&node, strangers.contains(&node), is_paused), is_paused, node }
        };
        Self {
            wires: all.iter().flat_map(|(links, kind)| wires(&nodes, links, *kind)).collect(),
            cookies: seen.cookies(),
            spots: nodes.iter().cloned().map(spot).collect(),
        }
    }

    /// Who is connected, in words.
    pub fn told(&self) -> Localized {
        let nodes: Vec<NodeName> = self.spots.iter().map(|spot| spot.node.clone()).collect();
        map::told(&self.wires, &nodes)
    }

    /// What a drawing alone would not tell.
    pub fn legend(&self) -> Localized {
        let unusual = self.wires.iter().filter(|wire| wire.kind != WireKind::Visible);
        let unusual: Vec<Wire> = unusual.cloned().collect();
        let unusual = (!unusual.is_empty()).then(|| map::told(&unusual, &[]));
        let told: Vec<_> = unusual.into_iter().chain([self.cookies.clone()]).collect();
        Localized::join(&told, &semicolon())
    }
}

struct Seen<'a> {
    answers: &'a Answers,
}

impl Seen<'_> {
    fn of(&self, node: &NodeName) -> Option<&Survey> {
        self.answers.iter().find(|(name, _)| name == node).and_then(|(_, survey)| survey.as_ref())
    }

    fn told(&self) -> impl Iterator<Item = (&NodeName, &Survey)> {
        let named = self.answers.iter().filter(|(node, _)| node.is_named());
        named.filter_map(|(node, survey)| Some((node, survey.as_ref()?)))
    }

    /// What either end says of itself.
    fn links(&self, connection: Connection) -> Vec<(NodeName, NodeName)> {
        let of = |(node, survey): (&NodeName, &Survey)| {
            let peers = survey.peers.iter().filter(|peer| peer.connection == connection);
            peers.map(|peer| (node.clone(), peer.node.clone())).collect::<Vec<_>>()
        };
        self.told().flat_map(of).collect()
    }

    /// Connected to one of `nodes`, and in no terminal of Moebi's.
    fn strangers(&self, nodes: &[NodeName]) -> Vec<NodeName> {
        let connected = self.told().flat_map(|(_, survey)| &survey.peers);
        let connected = connected.filter(|peer| peer.connection != Connection::None);
        let mut strangers: Vec<NodeName> =
            connected.map(|peer| peer.node.clone()).filter(|node| !nodes.contains(node)).collect();
        strangers.sort();
        strangers.dedup();
        strangers
    }

    fn cookies(&self) -> Localized {
        let mut groups: Vec<(&str, Vec<NodeName>)> = Vec::new();
        for (node, survey) in self.told() {
            match groups.iter_mut().find(|(cookie, _)| *cookie == survey.cookie) {
                Some((_, nodes)) => nodes.push(node.clone()),
                None => groups.push((&survey.cookie, vec![node.clone()])),
            }
        }
        match groups.as_slice() {
            [] => Localized::default(),
            [(_, only)] if only.len() == 1 => Localized::default(),
            [(_, nodes)] => messages::same_cookie(&map::all(nodes)),
            groups => {
                let told = groups.iter().map(|(_, nodes)| match nodes.as_slice() {
                    [node] => messages::own_cookie(&node.brief()),
                    nodes => messages::same_cookie(&map::all(nodes)),
                });
                Localized::join(&told.collect::<Vec<_>>(), &semicolon())
            }
        }
    }

    fn facts(&self, node: &NodeName, is_stranger: bool, is_paused: bool) -> Vec<Localized> {
        if is_stranger {
            return vec![messages::no_look()];
        }
        let still = is_paused.then(messages::stands_still);
        let Some(survey) = self.of(node) else { return vec![still.unwrap_or_else(messages::no_answer)] };
        let own = |id: &ProcessId| process(survey, id);
        // Just before it was paused it has answered.
        let mut facts: Vec<_> = still.into_iter().collect();
        if !survey.names.is_empty() {
            let names: Vec<&str> = survey.names.iter().map(|(_, name)| name.as_str()).collect();
            facts.push(messages::registered(&names.join(", ")));
        }
        facts.extend(survey.tasks.iter().map(|task| {
            let (supervisor, id) = (own(&task.supervisor), own(&task.id));
            if task.caller == task.id && task.caller_node == *node {
                messages::runs_task(&supervisor, &id)
            } else {
                messages::runs_task_for(
                    &supervisor,
                    &id,
                    &self.elsewhere(node, &task.caller_node, &task.caller),
                )
            }
        }));
        facts.extend(survey.ties.iter().map(|Tie { kind, from, node: there, to }| {
            let (one, other) = (own(from), self.elsewhere(node, there, to));
            match kind {
                TieKind::Link => messages::is_linked(&one, &other),
                TieKind::Monitor => messages::monitors(&one, &other),
            }
        }));
        facts.extend(led(survey));
        facts.extend(self.other_cookies(node, survey));
        facts.extend((survey.left_out > 0).then(|| messages::more(survey.left_out)));
        facts
    }

    /// For whom the node has another cookie than its own.
    fn other_cookies(&self, node: &NodeName, survey: &Survey) -> Vec<Localized> {
        let others = survey.peers.iter().filter(|peer| peer.node != *node && peer.cookie != survey.cookie);
        let told = others.map(|peer| {
            let is_theirs = self.of(&peer.node).is_some_and(|other| other.cookie == peer.cookie);
            let name = peer.node.brief();
            if is_theirs { messages::cookie_of(&name) } else { messages::another_cookie(&name) }
        });
        told.collect()
    }

    /// A process as `here` is told of it.
    fn elsewhere(&self, here: &NodeName, node: &NodeName, id: &ProcessId) -> Localized {
        match self.of(node) {
            Some(survey) if node == here => process(survey, id),
            Some(survey) if survey.shell == *id => messages::shell_of(&node.brief()),
            Some(survey) => messages::process_on(&process(survey, id), &node.brief()),
            None => messages::process_on(&pid(id), &node.brief()),
        }
    }
}

/// Whose group leader is on another node, a sentence for each such node.
fn led(survey: &Survey) -> Vec<Localized> {
    let mut by_node: BTreeMap<&NodeName, Vec<Localized>> = BTreeMap::new();
    for (id, node) in &survey.leaders {
        by_node.entry(node).or_default().push(process(survey, id));
    }
    let told = by_node.into_iter().map(|(node, processes)| {
        let named = &processes[..processes.len().min(NAMED)];
        let named = Localized::join(named, &Verbatim::code(", ").into());
        match processes.len() {
            1 => messages::is_led(&named, &node.brief()),
            count if count <= NAMED => messages::are_led(&named, &node.brief()),
            count => messages::many_are_led(&named, count - NAMED, &node.brief()),
        }
    });
    told.collect()
}

/// A process of the node itself.
fn process(survey: &Survey, id: &ProcessId) -> Localized {
    match survey.names.iter().find(|(named, _)| named == id) {
        Some((_, name)) => Verbatim::code(name).into(),
        None if survey.shell == *id => messages::the_shell(),
        None => pid(id),
    }
}

/// As IEx writes it, but for a monitor by name.
fn pid(id: &ProcessId) -> Localized {
    let is_pid = id.starts_with("0.");
    Verbatim::code(if is_pid { format!("#PID<{id}>") } else { id.clone() }).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Lang,
        view::{
            map::tests::{map, node},
            survey::{Peer, Task},
        },
    };

    fn peer(name: &str, connection: Connection, cookie: &str) -> Peer {
        Peer { node: node(name), connection, cookie: cookie.to_owned() }
    }

    fn survey(cookie: &str, peers: Vec<Peer>) -> Survey {
        Survey { shell: "0.115.0".to_owned(), cookie: cookie.to_owned(), peers, ..Survey::default() }
    }

    fn told(chart: &Chart, name: &str, lang: Lang) -> Vec<String> {
        let spot = chart.spots.iter().find(|spot| spot.node == node(name)).expect(name);
        spot.facts.iter().map(|fact| fact.speak(lang).to_owned()).collect()
    }

    #[test]
    fn what_reaches_another_node_is_told_by_each_side() {
        let alex = Survey {
            ties: vec![Tie {
                kind: TieKind::Link,
                from: "0.115.0".into(),
                node: node("kate"),
                to: "0.129.0".into(),
            }],
            ..survey("A", vec![peer("kate", Connection::Visible, "A")])
        };
        let kate = Survey {
            names: vec![("0.140.0".into(), "Chat.TaskSupervisor".into())],
            leaders: vec![("0.129.0".into(), node("alex"))],
            tasks: vec![Task {
                supervisor: "0.140.0".into(),
                id: "0.150.0".into(),
                caller_node: node("alex"),
                caller: "0.115.0".into(),
            }],
            ..survey("A", vec![peer("alex", Connection::Visible, "A")])
        };
        let answers = vec![(node("alex"), Some(alex)), (node("kate"), Some(kate))];
        let chart = Chart::new(&map(&["alex", "kate"], &[]), &answers);
        assert_eq!(chart.told().speak(Lang::En), "alex and kate are connected");
        assert_eq!(chart.cookies.speak(Lang::En), "alex and kate have the same cookie");
        assert_eq!(told(&chart, "alex", Lang::En), ["the shell is linked to #PID<0.129.0> on kate"]);
        assert_eq!(
            told(&chart, "kate", Lang::En),
            [
                "registered: Chat.TaskSupervisor",
                "Chat.TaskSupervisor runs the task #PID<0.150.0> for the shell of alex",
                "#PID<0.129.0> has its group leader on alex, and prints there",
            ]
        );
        assert_eq!(
            told(&chart, "kate", Lang::El)[1],
            "ο Chat.TaskSupervisor τρέχει την εργασία #PID<0.150.0> για το κέλυφος του alex"
        );
    }

    #[test]
    fn cookies_that_differ_are_told_and_never_shown() {
        let alex =
            survey("A", vec![peer("kate", Connection::None, "B"), peer("moebi", Connection::None, "C")]);
        let answers = vec![
            (node("alex"), Some(alex)),
            (node("kate"), Some(survey("B", Vec::new()))),
            (node("moebi"), None),
            (node("nonode@nohost"), Some(survey("D", Vec::new()))),
        ];
        let chart = Chart::new(&map(&["alex", "kate", "moebi"], &[]), &answers);
        assert_eq!(
            chart.cookies.speak(Lang::En),
            "alex has a cookie of its own; kate has a cookie of its own"
        );
        assert_eq!(
            told(&chart, "alex", Lang::En),
            ["for kate it uses kate's cookie", "for moebi it uses another cookie than its own"]
        );
        assert_eq!(told(&chart, "moebi", Lang::En), ["it does not answer"]);
    }

    #[test]
    fn strangers_and_hidden_nodes_have_their_place() {
        let peers = vec![peer("kate", Connection::Visible, "A"), peer("ghost", Connection::Hidden, "A")];
        let answers = vec![(node("alex"), Some(survey("A", peers))), (node("kate"), None)];
        let chart = Chart::new(&map(&["alex", "kate"], &[("alex", "kate")]), &answers);
        let ends = |wire: &Wire| (map::all(&wire.ends).speak(Lang::En).to_owned(), wire.kind);
        assert_eq!(
            chart.wires.iter().map(ends).collect::<Vec<_>>(),
            [
                ("alex and kate".to_owned(), WireKind::Visible),
                ("alex and ghost".to_owned(), WireKind::Hidden)
            ]
        );
        assert_eq!(told(&chart, "ghost", Lang::En), ["it runs in no terminal of Moebi's"]);
    }

    #[test]
    fn a_paused_node_keeps_its_connections_and_a_cut_has_a_wire_of_its_own() {
        let alex = survey("A", vec![peer("kate", Connection::Visible, "A")]);
        let answers = vec![
            (node("alex"), Some(alex)),
            (node("kate"), None),
            (node("moebi"), Some(survey("A", Vec::new()))),
        ];
        let map = Map {
            cuts: vec![(node("alex"), node("moebi"))],
            paused: vec![node("kate")],
            ..map(&["alex", "kate", "moebi"], &[])
        };
        let chart = Chart::new(&map, &answers);
        assert_eq!(
            chart.told().speak(Lang::En),
            "alex and kate are connected; alex and moebi are cut off from each other"
        );
        assert_eq!(
            chart.legend().speak(Lang::En),
            "alex and moebi are cut off from each other; alex and moebi have the same cookie"
        );
        assert_eq!(told(&chart, "kate", Lang::En), ["it is paused, and does not answer until it goes on"]);
        assert_eq!(chart.spots.iter().map(|spot| spot.is_paused).collect::<Vec<_>>(), [false, true, false]);
    }
}
