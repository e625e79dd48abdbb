//! The map, beside what the nodes themselves answer.

use std::{collections::BTreeSet, time::Duration};

use futures_util::future::join_all;
use moebi::{
    cluster::PROBING,
    lesson::{Evidence, Fact, Fault, NodeName, ProbeOutcome, Prompt, TieKind},
    view::{Chart, Map, Survey, WireKind, survey::Connection},
};
use rustix::process::Signal;
use tokio::sync::oneshot;

use super::harness::TestCluster;
use crate::support::{lesson::terminal, processes::signal};

/// What every node answers; none for those that do not.
async fn surveyed(cluster: &mut TestCluster) -> Surveys {
    let (nodes, answers): (Vec<_>, Vec<_>) = cluster.survey(None).into_iter().unzip();
    let (all, told) = oneshot::channel();
    let gather = tokio::spawn(async move { all.send(join_all(answers).await) });
    let answers = cluster.hears(told).await.expect("each is answered or closed");
    gather.await.expect("it ends").expect("it is heard");
    nodes.into_iter().zip(answers.into_iter().map(Result::ok)).collect()
}

/// What an expression gives there.
async fn gives(cluster: &mut TestCluster, on: &str, asked: &str) -> String {
    cluster.probe(&terminal(on), asked, None, PROBING);
    cluster.sees_fact("an answer", |fact| matches!(fact, Fact::Probed { code, .. } if code == asked)).await;
    let last = cluster.facts().filter_map(|fact| match fact {
        Fact::Probed { outcome: ProbeOutcome::Value { inspected, .. }, .. } => Some(inspected.clone()),
        _ => None,
    });
    last.last().expect("a value")
}

async fn types(cluster: &mut TestCluster, on: &str, text: &str) {
    cluster.types(on, text);
    let here = terminal(on);
    let is_it = |fact: &Fact| matches!(fact, Fact::Prompt { terminal, prompt: Prompt::Iex { .. } } if *terminal == here);
    cluster.sees_fact("the prompt", is_it).await;
}

fn of<'a>(surveys: &'a [(NodeName, Option<Survey>)], name: &str) -> &'a Survey {
    let found = surveys.iter().find(|(node, _)| node.short() == name);
    found.and_then(|(_, survey)| survey.as_ref()).unwrap_or_else(|| panic!("{name}: {surveys:#?}"))
}

fn listed(survey: &Survey, connection: Connection) -> String {
    let peers = survey.peers.iter().filter(|peer| peer.connection == connection);
    let names: BTreeSet<String> = peers.map(|peer| format!(":{}@localhost", peer.node.short())).collect();
    format!("[{}]", names.into_iter().collect::<Vec<_>>().join(", "))
}

/// What each node says of itself: whom it lists, whom it lists in secret, and for which of those it knows it has its own
/// cookie.
async fn say(cluster: &mut TestCluster, names: &[&str]) -> Vec<[String; 3]> {
    let same = "for node <- Enum.sort(Node.list(:known)), node != node(), do: :erlang.get_cookie(node) == Node.get_cookie()";
    let mut said = Vec::new();
    for name in names {
        said.push([
            gives(cluster, name, "Enum.sort(Node.list(:visible))").await,
            gives(cluster, name, "Enum.sort(Node.list(:hidden))").await,
            gives(cluster, name, same).await,
        ]);
    }
    said
}

fn surveys_say(surveys: &[(NodeName, Option<Survey>)], names: &[&str]) -> Vec<[String; 3]> {
    let said = names.iter().map(|name| {
        let survey = of(surveys, name);
        let mut peers: Vec<_> = survey.peers.iter().collect();
        peers.sort_by_key(|peer| peer.node.to_string());
        let same: Vec<bool> = peers.iter().map(|peer| peer.cookie == survey.cookie).collect();
        [listed(survey, Connection::Visible), listed(survey, Connection::Hidden), format!("{same:?}")]
    });
    said.collect()
}

type Surveys = Vec<(NodeName, Option<Survey>)>;

/// The map is what the nodes say.
async fn agrees(cluster: &mut TestCluster, names: &[&str]) -> Surveys {
    agrees_under(cluster, names, &[], &[]).await
}

/// Likewise, where some beside those are paused, and some pairs cut. News may be on its way, so it counts once they say the
/// same before and after.
async fn agrees_under(
    cluster: &mut TestCluster,
    names: &[&str],
    paused: &[&str],
    cuts: &[(&str, &str)],
) -> Surveys {
    for _ in 0..100 {
        let before = say(cluster, names).await;
        let surveys = surveyed(cluster).await;
        // On a busy machine a node may answer too late to be on the map.
        let are_told = surveys.iter().filter(|(_, survey)| survey.is_some()).count() == names.len();
        if say(cluster, names).await == before && are_told {
            assert_eq!(surveys.len(), names.len() + paused.len());
            assert_eq!(surveys_say(&surveys, names), before, "{names:?}");
            is_drawn(cluster, &surveys, names, &before, paused, cuts);
            return surveys;
        }
    }
    panic!("the nodes never agreed with themselves");
}

/// A wire joins two nodes where one of them lists the other, or they are cut off from each other; none joins others.
fn is_drawn(
    cluster: &TestCluster,
    surveys: &Surveys,
    names: &[&str],
    said: &[[String; 3]],
    paused: &[&str],
    cuts: &[(&str, &str)],
) {
    let mut evidence = Evidence::default();
    cluster.facts().for_each(|fact| evidence.push(Duration::ZERO, None, fact.clone()));
    let terminals: Vec<_> = names.iter().chain(paused).map(|name| terminal(name)).collect();
    let chart = Chart::new(&Map::new(evidence.world(), terminals.iter()), surveys);
    let pair = |one: &str, other: &str| (one.min(other).to_owned(), one.max(other).to_owned());
    let drawn = |kind| {
        let of_kind = chart.wires.iter().filter(|wire| wire.kind == kind);
        let ends: Vec<Vec<&str>> =
            of_kind.map(|wire| wire.ends.iter().map(NodeName::short).collect()).collect();
        let pairs = ends.iter().flat_map(|ends| {
            let others =
                |one: &str| ends.iter().filter(|other| one < **other).map(|other| pair(one, other)).collect();
            ends.iter().flat_map(|one| -> Vec<_> { others(one) }).collect::<Vec<_>>()
        });
        // Of two that are paused there is only what was known before.
        let is_known =
            |(one, other): &(String, String)| [one, other].iter().any(|end| names.contains(&end.as_str()));
        pairs.filter(is_known).collect::<BTreeSet<_>>()
    };
    let listed = |column: usize| {
        let of_one = names.iter().zip(said).flat_map(|(name, said)| {
            let others = said[column].split(|sign: char| !sign.is_alphanumeric());
            let others = others.filter(|word| !word.is_empty() && *word != "localhost");
            others.map(|other| pair(name, other)).collect::<Vec<_>>()
        });
        of_one.collect::<BTreeSet<_>>()
    };
    assert_eq!(drawn(WireKind::Visible), listed(0), "{surveys:?}");
    assert_eq!(drawn(WireKind::Hidden), listed(1), "{surveys:?}");
    assert_eq!(drawn(WireKind::Cut), cuts.iter().map(|(one, other)| pair(one, other)).collect());
    let still = chart.spots.iter().filter(|spot| spot.is_paused);
    assert_eq!(still.map(|spot| spot.node.short()).collect::<Vec<_>>(), paused);
}

async fn befalls(cluster: &mut TestCluster, fault: Fault) {
    cluster.befall(&fault).expect("it can be done");
    cluster.sees_fact("the fault", |fact| *fact == Fact::Fault(fault.clone())).await;
}

#[tokio::test]
async fn a_cluster_grows_to_eight_nodes_and_loses_some() {
    let names = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7"];
    let mut cluster = TestCluster::new(&names).await;
    for (count, name) in names.iter().enumerate() {
        if *name == "n7" {
            cluster.types(name, "iex --sname n7@localhost --hidden");
            cluster.is_up(name).await;
        } else {
            cluster.boots(name).await;
        }
        if count > 0 {
            types(&mut cluster, name, "Node.connect(:n0@localhost)").await;
        }
        if [1, 2, 7].contains(&count) {
            agrees(&mut cluster, &names[..=count]).await;
        }
    }
    types(&mut cluster, "n1", "Node.disconnect(:n0@localhost)").await;
    cluster.close(&terminal("n3"));
    cluster.stops("n3").await;
    let left = ["n0", "n1", "n2", "n4", "n5", "n6", "n7"];
    agrees(&mut cluster, &left).await;

    let pid = gives(&mut cluster, "n2", "System.pid()").await.trim_matches('"').parse().expect("a number");
    signal(pid, Signal::STOP);
    loop {
        let surveys = surveyed(&mut cluster).await;
        let silent = surveys.iter().filter(|(_, survey)| survey.is_none());
        let silent: Vec<_> = silent.map(|(node, _)| node.short()).collect();
        assert!(silent.contains(&"n2"), "it stands still: {surveys:?}");
        if silent.len() == 1 {
            break;
        }
    }
    signal(pid, Signal::CONT);
    agrees(&mut cluster, &left).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn eight_nodes_are_paused_cut_healed_and_killed() {
    let names = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7"];
    let mut cluster = TestCluster::new(&names).await;
    for (count, name) in names.iter().enumerate() {
        cluster.boots(name).await;
        if count > 0 {
            types(&mut cluster, name, "Node.connect(:n0@localhost)").await;
        }
    }
    let pair = |one, other| (terminal(one), terminal(other));
    let cut = |(one, other)| Fault::Cut(one, other);
    let connects = "Node.connect(:n1@localhost)";

    befalls(&mut cluster, cut(pair("n0", "n1"))).await;
    agrees_under(&mut cluster, &names, &[], &[("n0", "n1")]).await;
    assert_eq!(gives(&mut cluster, "n0", connects).await, "false");
    agrees_under(&mut cluster, &names, &[], &[("n0", "n1")]).await;

    befalls(&mut cluster, Fault::Pause(terminal("n2"))).await;
    let awake = ["n0", "n1", "n3", "n4", "n5", "n6", "n7"];
    agrees_under(&mut cluster, &awake, &["n2"], &[("n0", "n1")]).await;
    // Of this the paused node hears later.
    befalls(&mut cluster, cut(pair("n2", "n3"))).await;
    let cuts = [("n0", "n1"), ("n2", "n3")];
    agrees_under(&mut cluster, &awake, &["n2"], &cuts).await;
    befalls(&mut cluster, Fault::Pause(terminal("n4"))).await;
    agrees_under(&mut cluster, &["n0", "n1", "n3", "n5", "n6", "n7"], &["n2", "n4"], &cuts).await;
    for name in ["n4", "n2"] {
        befalls(&mut cluster, Fault::Resume(terminal(name))).await;
    }
    agrees_under(&mut cluster, &names, &[], &cuts).await;

    let (one, other) = pair("n0", "n1");
    befalls(&mut cluster, Fault::Heal(one, other)).await;
    assert_eq!(gives(&mut cluster, "n0", connects).await, "true");
    agrees_under(&mut cluster, &names, &[], &cuts[1..]).await;
    befalls(&mut cluster, Fault::Kill(terminal("n5"))).await;
    cluster.ends("n5", None).await;
    agrees_under(&mut cluster, &["n0", "n1", "n2", "n3", "n4", "n6", "n7"], &[], &cuts[1..]).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn ties_leaders_tasks_and_names_are_those_of_the_nodes() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    for name in ["alex", "kate"] {
        cluster.boots(name).await;
    }
    let own = |id: &str| format!("\"{id}\"");
    let written = "id = fn pid -> [_, rest] = String.split(List.to_string(:erlang.pid_to_list(pid)), \".\", parts: 2); \"0.\" <> String.trim_trailing(rest, \">\") end";
    types(&mut cluster, "kate", "{:ok, sup} = Task.Supervisor.start_link(name: Chat.TaskSupervisor)").await;
    for line in [
        written,
        "linked = Node.spawn_link(:kate@localhost, fn -> Process.sleep(:infinity) end)",
        "ref = Process.monitor({Chat.TaskSupervisor, :kate@localhost})",
        "task = Task.Supervisor.async({Chat.TaskSupervisor, :kate@localhost}, Process, :sleep, [:infinity])",
    ] {
        types(&mut cluster, "alex", line).await;
    }
    let surveys = agrees(&mut cluster, &["alex", "kate"]).await;
    let (alex, kate) = (of(&surveys, "alex"), of(&surveys, "kate"));
    let linked = gives(&mut cluster, "alex", "id.(linked)").await;
    let task = gives(&mut cluster, "alex", "id.(task.pid)").await;
    assert_eq!(own(&alex.shell), gives(&mut cluster, "alex", "id.(shell)").await);

    let ties = |survey: &Survey, kind| {
        let of_kind = survey.ties.iter().filter(|tie| tie.kind == kind);
        of_kind
            .map(|tie| (own(&tie.from), tie.node.short().to_owned(), own(&tie.to)))
            .collect::<BTreeSet<_>>()
    };
    let shell = || own(&alex.shell);
    let to = |id: &String| (shell(), "kate".to_owned(), id.clone());
    assert_eq!(ties(alex, TieKind::Link), [to(&linked), to(&task)].into());
    let from = |id: &String| (id.clone(), "alex".to_owned(), shell());
    assert_eq!(ties(kate, TieKind::Link), [from(&linked), from(&task)].into());
    assert_eq!(ties(alex, TieKind::Monitor), [to(&own("Chat.TaskSupervisor")), to(&task)].into());
    assert!(alex.leaders.is_empty(), "{alex:?}");
    let led: Vec<_> = kate.leaders.iter().map(|(id, node)| (own(id), node.short())).collect();
    assert_eq!(led, [(linked.clone(), "alex")]);
    assert_eq!(kate.names.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Chat.TaskSupervisor"]);
    assert!(alex.names.is_empty(), "{alex:?}");
    let tasks: Vec<_> = kate.tasks.iter().map(|told| (own(&told.id), own(&told.caller))).collect();
    assert_eq!(tasks, [(task, shell())]);

    let before = gives(&mut cluster, "alex", "Process.info(shell, :message_queue_len)").await;
    surveyed(&mut cluster).await;
    assert_eq!(before, gives(&mut cluster, "alex", "Process.info(shell, :message_queue_len)").await);
    assert!(
        cluster.facts().all(|fact| !matches!(fact, Fact::Message { text, .. } if text.contains("survey")))
    );
    cluster.ends_whole().await;
}
