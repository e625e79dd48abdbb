use OutputKind::{Error, Log, Print, Raw, Result as Value};

use super::*;
use crate::{
    i18n::Lang,
    lesson::{
        Fact, Fault, OutputKind,
        condition::testing::{Story, node, terminal},
    },
    view::{
        Survey,
        survey::{Connection, Peer},
    },
};

fn found(story: &Story) -> Option<Kind> {
    recognise(story.evidence()).map(|trouble| trouble.kind)
}

fn typed(text: &str) -> Story {
    Story::new().types("alex", text)
}

/// `text`, typed at alex, and what alex shows then.
fn kind(text: &str, kind: OutputKind, shown: &str) -> Option<Kind> {
    found(&typed(text).shows("alex", kind, "alex", shown))
}

fn unreachable(name: &str) -> Option<Kind> {
    Some(Kind::Unreachable(Some(name.to_owned())))
}

const CALL: &str = "GenServer.call({Chat, :nope@localhost}, :x)";

fn call_fails(reason: &str) -> String {
    format!(
        "** (exit) exited in: GenServer.call({{Chat, :nope@localhost}}, :x, 5000)\n    ** (EXIT) {reason}\n    (elixir 1.14.0) lib/gen_server.ex:1038: GenServer.call/3\n"
    )
}

#[test]
fn no_connection_in_all_its_wordings() {
    let nope = unreachable("nope@localhost");
    assert_eq!(kind(CALL, Error, &call_fails("no connection to nope@localhost")), nope);
    assert_eq!(kind("Node.connect(:nope@localhost)", Value, "false\n"), nope);
    assert_eq!(kind("x = Node.ping(:nope@localhost)", Value, ":pang\n"), nope);
    let rpc = ":rpc.call(:nope@localhost, :erlang, :node, [])";
    assert_eq!(kind(rpc, Value, "{:badrpc, :nodedown}\n"), nope);
    let erpc = ":erpc.call(:nope@localhost, :erlang, :node, [])";
    assert_eq!(kind(erpc, Error, "** (ErlangError) Erlang error: {:erpc, :noconnection}\n"), nope);
    let link = "Node.spawn_link(:nope@localhost, fn -> 1 end)";
    let exit = "** (EXIT from #PID<0.1.0>) shell process exited with reason: no connection\n";
    assert_eq!(kind(link, Error, exit), nope);
    let log = "[warning] ** Can not start :erlang::apply,[#Function<43.3316493/0 in :erl_eval.expr/6>, []] on :nope@localhost **\n";
    assert_eq!(kind("Node.spawn(n, fn -> 1 end)", Log, log), nope);
    assert_eq!(kind("flush()", Print, "{:nodedown, :nope@localhost}\n"), nope);
    let down = "{:DOWN, #Reference<0.1.2.3>, :process,\n {Chat, :nope@localhost}, :noconnection}\n";
    assert_eq!(kind("flush()", Print, down), Some(Kind::Unreachable(None)));
    let log = "** Cannot get connection id for node :kate\n";
    assert_eq!(kind("Node.spawn(:kate, fn -> 1 end)", Log, log), unreachable("kate"));
}

#[test]
fn other_errors_between_nodes() {
    let rejected =
        "[error] ** Connection attempt from node :alex@localhost rejected. Invalid challenge reply. **\n";
    let story = typed("Node.connect(:kate@localhost)").shows("alex", Value, "alex", "false\n");
    let story = story.uncaused().shows("kate", Log, "kate", rejected);
    assert_eq!(found(&story), Some(Kind::Refused { caller: node("alex"), called: node("kate") }));

    let undefined =
        |function: &str| Some(Kind::Undefined { function: function.to_owned(), node: Some(node("kate")) });
    let erpc = ":erpc.call(:kate@localhost, Foo, :bar, [1])";
    let raised = "** (ErlangError) Erlang error: {:exception, :undef, [{Foo, :bar, [1], []}]}\n";
    assert_eq!(kind(erpc, Error, raised), undefined("Foo.bar/1"));
    let rpc = ":rpc.call(:kate@localhost, Foo, :bar, [])";
    assert_eq!(
        kind(rpc, Value, "{:badrpc, {:EXIT, {:undef, [{Foo, :bar, [], []}]}}}\n"),
        undefined("Foo.bar/0")
    );
    let log = "[error] Process #PID<0.121.0> on node :kate@localhost raised an exception\n** (UndefinedFunctionError) function Foo.bar/0 is undefined (module Foo is not available)\n";
    let story = typed("Node.spawn(:kate@localhost, Foo, :bar, [])").uncaused();
    assert_eq!(found(&story.shows("kate", Log, "kate", log)), undefined("Foo.bar/0"));

    // Its group leader is here, and so is its log.
    let log = log.replace("<0.", "<13021.").replace("is undefined (", "is undefined or private (");
    let story = typed("Node.spawn(:kate@localhost, Foo, :bar, [])").uncaused();
    assert_eq!(found(&story.shows("alex", Log, "alex", &log)), undefined("Foo.bar/0"));
    let task = "[error] Task #PID<13021.121.0> started from #PID<0.115.0> terminating\n** (UndefinedFunctionError) function Foo.bar/0 is undefined\n";
    assert_eq!(kind("task(:kate@localhost)", Log, task), undefined("Foo.bar/0"));

    let bad = "** (BadFunctionError) function #Function<43.3316493/0 in :erl_eval.expr/6> is invalid, likely because it points to an old version of the code\n";
    let other = Kind::OtherBuild { module: Some(":erl_eval".to_owned()), node: Some(node("kate")) };
    assert_eq!(kind(":erpc.call(:kate@localhost, fn -> 1 end)", Error, bad), Some(other));
    let target = || Some(Target { process: "Chat".to_owned(), node: Some(node("nope")) });
    assert_eq!(kind(CALL, Error, &call_fails("time out")), Some(Kind::TimedOut(target())));
    let gone = call_fails(
        "no process: the process is not alive or there's no process currently associated with the given name",
    );
    assert_eq!(kind(CALL, Error, &gone), Some(Kind::NoProcess(target())));
    assert_eq!(kind("Node.connect(:kate@localhost)", Value, ":ignored\n"), Some(Kind::NotAlive));
    assert_eq!(
        kind(
            "Node.stop()",
            Value,
            "{:error, :not_alive}
"
        ),
        Some(Kind::NotAlive)
    );
}

#[test]
fn a_node_that_does_not_start() {
    let start = |shown: &str| {
        found(&Story::new().runs("moebi", "iex --sname alex@localhost").shows("moebi", Raw, "", shown))
    };
    let taken = "Protocol 'inet_tcp': the name alex@localhost seems to be in use by another Erlang node\n";
    assert_eq!(start(taken), Some(Kind::NameTaken(Some("alex@localhost".to_owned()))));
    assert_eq!(start("Can't set long node name!\nPlease check your configuration\n"), Some(Kind::BadHost));
    assert_eq!(start("Protocol 'inet_tcp': register/listen error: econnrefused\n"), Some(Kind::NoEpmd));
}

#[test]
fn what_is_no_error_between_nodes() {
    assert_eq!(kind("Node.alive?()", Value, "false\n"), None);
    assert_eq!(kind("Node.connect(:kate@localhost)", Value, "true\n"), None);
    assert_eq!(kind("1 == 2", Value, "false\n"), None);
    assert_eq!(kind("Node.connect(:kate@localhost) == false", Value, "false\n"), None);
    assert_eq!(
        kind("IO.puts(\"no connection to kate@localhost\")", Print, "no connection to kate@localhost\n"),
        None
    );
    assert_eq!(
        kind(
            "raise \"(EXIT) no connection to x@y\"",
            Error,
            "** (RuntimeError) (EXIT) no connection to x@y\n"
        ),
        None
    );
    assert_eq!(kind("{:badrpc, :nodedown}", Value, "{:badrpc, :nodedown}\n"), None);
    let own = "** (UndefinedFunctionError) function Foo.bar/0 is undefined (module Foo is not available)\n";
    assert_eq!(kind("spawn(Foo, :bar, [])", Log, own), None, "on the node itself");
    assert_eq!(kind("Foo.bar()", Error, own), None);
    assert_eq!(
        kind("f.()", Error, "** (BadFunctionError) function #Function<1.2/0 in Foo.a/0> is invalid\n"),
        None
    );
    assert_eq!(
        found(&Story::new().then(Fact::Fault(Fault::Kill(terminal("kate"))))),
        None,
        "nobody has typed"
    );
}

fn advice(story: &Story) -> String {
    let Remedy { means, attempt } =
        recognise(story.evidence()).expect("something went wrong").remedy(story.evidence().world());
    format!("{} {}", means.speak(Lang::En), attempt.speak(Lang::En))
}

#[track_caller]
fn advises(story: &Story, means: &str, attempt: &str) {
    let advice = advice(story);
    assert!(advice.starts_with(means) && advice.contains(attempt), "{advice}");
}

#[test]
fn the_next_thing_to_try_follows_from_how_things_stand() {
    let ping = |story: Story, name: &str| {
        story.types("alex", &format!("Node.ping(:{name})")).shows("alex", Value, "alex", ":pang\n")
    };
    let fault = |fault: Fault| Story::new().then(Fact::Fault(fault));
    let [alex, kate] = ["alex", "kate"].map(terminal);
    advises(
        &ping(fault(Fault::Pause(kate.clone())), "kate@localhost"),
        "The node in the terminal kate is paused",
        "`/resume kate`",
    );
    advises(
        &ping(fault(Fault::Cut(alex, kate)), "kate@localhost"),
        "alex and kate are cut off",
        "`/heal alex kate`",
    );
    advises(
        &ping(Story::new().stops("kate"), "kate@localhost"),
        "alex has no connection to kate@localhost: that node has stopped",
        "Start it again",
    );
    advises(&ping(Story::new(), "kaet@localhost"), "No node is called kaet@localhost", "`:kate@localhost`");
    advises(&ping(Story::new(), "kate@otherhost"), "No node is called kate@otherhost", "`:kate@localhost`");
    advises(
        &ping(Story::new(), "bob@localhost"),
        "No node is called bob@localhost",
        "one that runs: kate@localhost",
    );
    advises(
        &ping(Story::new(), "kate@localhost"),
        "kate runs, yet alex got no connection",
        "cookies may differ",
    );
    let nameless = Story::new().starts("shell", "nonode@nohost", "").types("shell", CALL);
    let nameless =
        nameless.shows("shell", Error, "nonode@nohost", &call_fails("no connection to kate@localhost"));
    advises(&nameless, "The runtime in the terminal shell has no name", "`--sname`");
    let taken = Story::new().runs("moebi", "iex --sname alex@localhost").shows(
        "moebi",
        Raw,
        "",
        "the name alex@localhost seems to be in use by another Erlang node\n",
    );
    advises(&taken, "Another node is called alex already", "`/close alex`");
}

#[test]
fn the_last_one_is_found_whatever_came_since() {
    let story = typed("Node.ping(:nope@localhost)").shows("alex", Value, "alex", ":pang\n");
    let story = story.types("alex", "1 + 1").shows("alex", Value, "alex", "2\n").types("kate", "node()");
    let story = story.then(Fact::StepBegan);
    assert_eq!(recognise(story.evidence()), None);
    let last = last(story.evidence(), Duration::ZERO).expect("it was the last");
    assert_eq!((last.typed.as_str(), last.shown.1.as_str()), ("Node.ping(:nope@localhost)", ":pang"));
    assert_eq!(super::last(story.evidence(), Duration::from_secs(1)), None, "it was before that");
}

fn survey(cookie: &str, peers: &[(&str, Connection, &str)]) -> Survey {
    let peer = |(name, connection, cookie): &(&str, Connection, &str)| Peer {
        node: node(name),
        connection: *connection,
        cookie: (*cookie).to_owned(),
    };
    Survey { cookie: cookie.to_owned(), peers: peers.iter().map(peer).collect(), ..Survey::default() }
}

fn seen(story: &Story, answers: &[(&str, Survey)]) -> Vec<String> {
    let trouble = last(story.evidence(), Duration::ZERO).expect("something went wrong");
    let answers = answers.iter().map(|(name, survey)| (node(name), Some(survey.clone()))).collect();
    let told = Explanation::new(&trouble, Seen { evidence: story.evidence(), answers: &answers });
    told.seen.iter().map(|fact| fact.speak(Lang::En).to_owned()).collect()
}

#[test]
fn what_epmd_was_asked_and_what_the_nodes_answer() {
    let story = typed("Node.ping(:nope@localhost)").uncaused();
    let story = story.then(Fact::LookedUp { name: "nope".to_owned(), found: false });
    let story = story.late("alex", 1).shows("alex", Value, "alex", ":pang\n");
    assert_eq!(
        seen(&story, &[]),
        [
            "epmd was asked for nope, and knew no such name. It knows now: alex, kate.",
            "nope@localhost has not run in any of Moebi's terminals."
        ]
    );
    // epmd may tell of it before the node tells of the line.
    let story = Story::new().then(Fact::Input {
        terminal: terminal("alex"),
        text: "Node.ping(:nope@localhost)".to_owned(),
        at_node: true,
    });
    let story = story.then(Fact::LookedUp { name: "nope".to_owned(), found: false });
    let story = story.takes("alex", "Node.ping(:nope@localhost)").shows("alex", Value, "alex", ":pang\n");
    assert!(seen(&story, &[])[0].starts_with("epmd was asked for nope, and knew no such name."));
    let story = typed("Node.ping(:kate@localhost)").shows("alex", Value, "alex", ":pang\n");
    let answers = [("alex", survey("A", &[("kate", Connection::Hidden, "C")])), ("kate", survey("B", &[]))];
    assert_eq!(
        seen(&story, &answers)[1..],
        [
            "kate@localhost runs in the terminal kate.",
            "The cookie that alex has for kate is not the one that kate has.",
            "alex and kate have a hidden connection now: `Node.list()` doesn't tell it, `Node.list(:hidden)` does.",
        ]
    );
}

#[test]
fn whether_the_module_is_there_and_of_which_build() {
    let raised = "** (ErlangError) Erlang error: {:exception, :undef, [{Foo, :bar, [1], []}]}\n";
    let story = typed(":erpc.call(:kate@localhost, Foo, :bar, [1])").shows("alex", Error, "alex", raised);
    let with = |digest: Option<&str>| Survey {
        modules: vec![("Elixir.Foo".to_owned(), digest.map(str::to_owned))],
        ..Survey::default()
    };
    let told = seen(&story, &[("alex", with(Some("1"))), ("kate", with(None))]);
    assert_eq!(told, ["alex has a module `Foo`.", "kate has no module `Foo`."]);
    let told = seen(&story, &[("alex", with(Some("1"))), ("kate", with(Some("2")))]);
    assert_eq!(told[2], "`Foo` on alex and `Foo` on kate are different builds.");
}
