use super::*;
use crate::{
    i18n::Lang,
    lesson::{Sender, Ties},
    view::{
        map::tests::node,
        trace::file::{Format, written},
    },
};

fn terminal(name: &str) -> TerminalName {
    TerminalName::parse(name).expect("a name")
}

/// Alex's input of that number.
fn input(number: u32) -> Cause {
    Cause { terminal: terminal("alex"), number }
}

fn sender(process: &str, clock: u64) -> Sender {
    Sender { process: process.to_owned(), clock, ..Sender::default() }
}

struct Told(Evidence);

impl Told {
    /// Two nodes, whose shells are known.
    fn new() -> Self {
        let mut told = Self(Evidence::default());
        for name in ["kate", "alex"] {
            let (node, cookie) = (node(name), String::new());
            told = told.of(
                None,
                Fact::NodeStarted { terminal: terminal(name), node: node.clone(), cookie, mix: false },
            );
            told = told
                .of(None, Fact::Process { node, process: "0.115.0".to_owned(), event: ProcessEvent::Shell });
        }
        told
    }

    fn of(mut self, number: Option<u32>, fact: Fact) -> Self {
        let at = Duration::from_millis(self.0.records().len() as u64);
        self.0.push(at, number.map(input), fact);
        self
    }

    fn types(self, number: u32, text: &str) -> Self {
        let prompt = format!("iex({number})> ");
        self.of(Some(number), Fact::Line { terminal: terminal("alex"), prompt, text: text.to_owned() })
    }

    fn sends(
        self,
        number: u32,
        (from, process): (&str, &str),
        (to, receiver): (&str, &str),
        clock: u64,
        text: &str,
    ) -> Self {
        let (from, to) = (node(from), node(to));
        let (sender, receiver, text) = (sender(process, clock), receiver.to_owned(), text.to_owned());
        self.of(Some(number), Fact::Message { from, sender, to, receiver, text })
    }

    fn prints(self, number: u32, kind: OutputKind, by: (&str, &str), clock: u64, text: &str) -> Self {
        let (by, sender) = (Some(node(by.0)), sender(by.1, clock));
        self.of(
            Some(number),
            Fact::Output { terminal: terminal("alex"), kind, by, sender, text: text.to_owned() },
        )
    }

    fn starts(self, number: u32, clock: u64) -> Self {
        let event = ProcessEvent::Spawned {
            by: Some(node("alex")),
            parent: "0.115.0".to_owned(),
            ties: Ties { link: true, monitor: false },
            clock,
            function: "fn".to_owned(),
        };
        self.of(Some(number), Fact::Process { node: node("kate"), process: "0.129.0".to_owned(), event })
    }

    fn ends(self, number: u32, clock: u64, reason: &str) -> Self {
        let event = ProcessEvent::Exited { reason: reason.to_owned(), clock };
        self.of(Some(number), Fact::Process { node: node("kate"), process: "0.129.0".to_owned(), event })
    }

    /// What alex's shell is told, or does.
    fn shell(self, number: Option<u32>, event: ProcessEvent) -> Self {
        self.of(number, Fact::Process { node: node("alex"), process: "0.115.0".to_owned(), event })
    }

    fn meet(self) -> Self {
        self.of(None, Fact::Connected { on: node("kate"), to: node("alex") })
    }

    fn trace(&self, scope: &Scope) -> Trace {
        Trace::new(&self.0, scope)
    }

    fn arrows(&self, scope: &Scope) -> Vec<String> {
        let end =
            |end: &End| format!("{} {}", end.node.brief(), end.label().speak(Lang::En)).trim_end().to_owned();
        let arrow = |event: &Event| {
            let to = event.to.as_ref().map_or_else(String::new, |to| format!(" → {}", end(to)));
            format!("{}{to}: {}{}", end(&event.from), event.told().speak(Lang::En), event.count())
        };
        self.trace(scope).events.iter().map(arrow).collect()
    }
}

/// `when` is the clock, the serial and what was heard.
fn says(from: (&str, &str), to: (&str, &str), when: (u64, u64, u64), text: &str) -> Fact {
    let sender = Sender { process: from.1.to_owned(), clock: when.0, serial: when.1, heard: when.2 };
    let (from, to, receiver) = (node(from.0), node(to.0), to.1.to_owned());
    Fact::Message { from, sender, to, receiver, text: text.to_owned() }
}

#[test]
fn a_message_comes_before_its_answer_though_its_sender_was_held_up() {
    let (shell, process) = (("alex", "0.115.0"), ("kate", "0.129.0"));
    let told = Told::new()
        .types(1, "send(pid, {:hi, self()})")
        // Nothing else has told the process of it; what it had received last came with code that it needed.
        .of(Some(1), says(process, shell, (100_040, 66, 65), ":sup?"))
        // Its sender was held up before it looked at the clock.
        .of(Some(1), says(shell, process, (100_050, 5, 3), ":hi"))
        // By way of an alias, of which only the node is known.
        .of(Some(1), says(process, shell, (100_060, 68, 67), ":done"))
        .of(Some(1), says(shell, ("kate", ""), (100_070, 67, 66), ":go"))
        // No answers: of the same serial by chance, to another one, long ago.
        .of(Some(1), says(("kate", "0.131.0"), shell, (100_075, 3, 72), ":same"))
        .of(Some(1), says(shell, ("kate", ""), (100_080, 72, 40), ":go"))
        .of(Some(1), says(process, shell, (100_100, 70, 69), ":more"))
        .of(Some(1), says(shell, process, (100_110, 71, 70), ":bye"))
        .of(Some(1), says(("kate", "0.130.0"), shell, (1, 4, 71), ":once"));
    assert_eq!(
        told.arrows(&Scope::Input(input(1))),
        [
            "alex shell: send(pid, {:hi, self()})",
            "kate #PID<0.130.0> → alex shell: :once",
            "alex shell → kate #PID<0.129.0>: :hi",
            "kate #PID<0.129.0> → alex shell: :sup?",
            "alex shell → kate: :go",
            "kate #PID<0.129.0> → alex shell: :done",
            "kate #PID<0.131.0> → alex shell: :same",
            "alex shell → kate: :go",
            "kate #PID<0.129.0> → alex shell: :more",
            "alex shell → kate #PID<0.129.0>: :bye",
        ]
    );
}

/// It was started by another of its node, which nobody traces.
#[test]
fn who_asks_by_itself_asks_before_it_is_answered() {
    let (asks, answers) = (("kate", "0.129.0"), ("alex", "0.140.0"));
    // The second time code had to be loaded for the answer; of the third nobody knows the serials.
    for (asked, answered) in
        [((40, 66, 65), (50, 67, 66)), ((40, 66, 65), (50, 90, 89)), ((40, 0, 0), (50, 0, 0))]
    {
        let told = Told::new()
            .types(1, "Node.spawn(…)")
            .of(Some(1), says(asks, answers, asked, ":ping"))
            .of(Some(1), says(answers, asks, answered, ":pong"));
        assert_eq!(
            told.arrows(&Scope::Input(input(1)))[1..],
            [
                "kate #PID<0.129.0> → alex #PID<0.140.0>: :ping",
                "alex #PID<0.140.0> → kate #PID<0.129.0>: :pong"
            ]
        );
    }
}

#[test]
fn news_is_put_in_the_order_of_the_clock_whatever_way_it_came() {
    let told = Told::new()
        .types(1, "Node.spawn_link(…)")
        .ends(1, 40, ":boom")
        .prints(1, OutputKind::Print, ("kate", "0.129.0"), 30, "bye\n")
        .meet()
        .starts(1, 20)
        .prints(
            1,
            OutputKind::Error,
            ("alex", ""),
            60,
            "** (EXIT …) shell process exited with reason: :boom\n",
        );
    assert_eq!(
        told.arrows(&Scope::Input(input(1))),
        [
            "alex shell: Node.spawn_link(…)",
            "alex → kate: connected",
            "alex shell → kate #PID<0.129.0>: spawn fn",
            "alex shell → kate #PID<0.129.0>: link",
            "kate #PID<0.129.0> → alex group leader: print “bye”",
            "kate #PID<0.129.0> → alex shell: exit :boom",
        ]
    );
    let times: Vec<_> =
        told.trace(&Scope::Input(input(1))).events.iter().map(|event| event.at.as_micros()).collect();
    // The exit was heard of soonest, as the sixth of all that was told, a millisecond after the line.
    assert_eq!(times, [0, 980, 980, 980, 990, 1_000]);
}

#[test]
fn a_monitor_stands_where_it_was_made_and_tells_what_no_reply_has_told() {
    let (to, other) = (|| node("kate"), || "0.129.0".to_owned());
    let tied = |kind, clock| ProcessEvent::Tied { kind, to: to(), other: other(), clock };
    let down = |reason: &str, clock| {
        let (of, other, reason) = (to(), other(), reason.to_owned());
        ProcessEvent::Down { of, other, reason, clock }
    };
    let told = Told::new()
        .types(1, "Process.monitor(pid)")
        .meet()
        .shell(Some(1), tied(TieKind::Monitor, 10))
        .shell(Some(1), down(":noconnection", 40))
        .shell(Some(1), tied(TieKind::Link, 20))
        .shell(None, down("{#Reference<0.1.2.3>, :return, 1}", 30));
    assert_eq!(
        told.arrows(&Scope::Since(0))[2..],
        [
            "alex shell: Process.monitor(pid)",
            "alex → kate: connected",
            "alex shell → kate #PID<0.129.0>: monitor",
            "alex shell → kate #PID<0.129.0>: link",
            "kate #PID<0.129.0> → alex shell: :DOWN :noconnection",
        ]
    );
}

#[test]
fn a_fault_stands_where_and_when_it_was_done() {
    let (alex, kate) = (|| terminal("alex"), || terminal("kate"));
    let lost = Fact::Disconnected { on: node("alex"), from: node("kate") };
    let mut told = Told::new().meet().types(1, "send(pid, :hi)");
    told = told.sends(1, ("alex", "0.115.0"), ("kate", "0.129.0"), 10, ":hi");
    for fault in [Fault::Pause(kate()), Fault::Resume(kate()), Fault::Cut(alex(), kate())] {
        told = told.of(None, Fact::Fault(fault));
    }
    told = told.of(None, lost).of(None, Fact::Fault(Fault::Kill(kate())));
    let stopped = Fact::NodeStopped { terminal: kate(), node: node("kate") };
    told = told.of(None, stopped).of(None, Fact::Fault(Fault::Heal(kate(), alex())));
    let scope = Scope::Input(input(1));
    assert_eq!(
        told.arrows(&scope),
        [
            "alex shell: send(pid, :hi)",
            "alex shell → kate #PID<0.129.0>: :hi",
            "kate: paused",
            "kate: goes on",
            "alex → kate: cut off",
            "alex → kate: disconnected",
            "kate: killed",
            "kate: the node is gone",
            "kate → alex: can connect again",
        ]
    );
    let trace = told.trace(&scope);
    let times: Vec<_> = trace.events.iter().map(|event| event.at.as_millis()).collect();
    assert_eq!(times, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    let mermaid = written(&trace, Format::Mermaid, Lang::En);
    assert!(
        mermaid.contains("Note over n0,n1: cut off") && mermaid.contains("Note over n1: killed"),
        "{mermaid}"
    );
    let svg = written(&trace, Format::Svg, Lang::El);
    assert!(svg.contains(">σε παύση<") && svg.contains(">αποκοπή<"), "{svg}");
    let json: serde_json::Value =
        serde_json::from_str(&written(&trace, Format::Json, Lang::En)).expect("JSON");
    let whats: Vec<_> =
        trace.events.iter().zip(0..).map(|(_, at)| json["events"][at]["what"].clone()).collect();
    assert_eq!(whats[2..], ["pause", "resume", "cut", "disconnected", "kill", "stopped", "heal"]);
    assert_eq!(json["events"][4]["to"]["node"], "kate@localhost");
}

#[test]
fn a_connection_may_be_told_of_before_the_line_that_made_it() {
    let typed = |text: &str| Fact::Input { terminal: terminal("alex"), text: text.to_owned(), at_node: true };
    let told = Told::new().types(1, "1 + 1").of(None, typed("send(…)")).meet().types(2, "send(…)");
    let told = told.sends(2, ("alex", "0.115.0"), ("kate", "0.129.0"), 10, ":hi");
    assert_eq!(
        told.arrows(&Scope::Input(input(2))),
        ["alex shell: send(…)", "alex → kate: connected", "alex shell → kate #PID<0.129.0>: :hi"]
    );
    assert_eq!(told.arrows(&Scope::Input(input(1))), [""; 0]);
}

#[test]
fn a_line_has_what_it_brought_about_and_a_step_has_all() {
    let told = Told::new()
        .types(1, "1 + 1")
        .types(2, "IO.puts(\"here\")")
        .prints(2, OutputKind::Print, ("alex", ""), 5, "here\n")
        .types(3, "send(pid, :hi)")
        .sends(3, ("alex", "0.115.0"), ("kate", "0.129.0"), 10, ":hi")
        .types(4, "send(pid, :ho)")
        .sends(3, ("kate", "0.129.0"), ("alex", "0.115.0"), 30, ":late")
        .sends(4, ("alex", "0.115.0"), ("kate", "Kate"), 20, ":ho");
    let of = |number| told.arrows(&Scope::Input(input(number)));
    assert_eq!(of(1), [""; 0]);
    assert_eq!(of(2), [""; 0], "it stays where it is");
    assert_eq!(
        of(3),
        [
            "alex shell: send(pid, :hi)",
            "alex shell → kate #PID<0.129.0>: :hi",
            "kate #PID<0.129.0> → alex shell: :late"
        ]
    );
    assert_eq!(
        told.arrows(&Scope::Since(0)),
        [
            "kate: the node is up",
            "alex: the node is up",
            "alex shell: send(pid, :hi)",
            "alex shell → kate #PID<0.129.0>: :hi",
            "alex shell: send(pid, :ho)",
            "alex shell → kate Kate: :ho",
            "kate #PID<0.129.0> → alex shell: :late",
        ]
    );
}

#[test]
fn files_hold_every_arrow_and_nothing_of_a_text_is_taken_for_their_own_language() {
    let nasty = "\"</text>&; --> #1\u{1b}[31m\\n\"";
    let told = Told::new().types(1, "send(…)").starts(1, 10).sends(
        1,
        ("alex", "0.115.0"),
        ("kate", "0.129.0"),
        20,
        nasty,
    );
    let trace = told.trace(&Scope::Input(input(1)));
    let svg = written(&trace, Format::Svg, Lang::En);
    assert!(
        svg.starts_with("<svg ") && svg.contains("spawn fn") && svg.contains("&lt;/text&gt;&amp;;"),
        "{svg}"
    );
    assert!(!svg.contains('\u{1b}'));
    let mermaid = written(&trace, Format::Mermaid, Lang::En);
    assert_eq!(
        mermaid.lines().take(6).collect::<Vec<_>>(),
        [
            "sequenceDiagram",
            "    participant n0 as alex",
            "    participant n1 as kate",
            "    Note over n0: shell send(…)",
            "    n0->>n1: spawn fn",
            "    n0->>n1: link",
        ]
    );
    assert!(
        mermaid.lines().count() == 7 && mermaid.contains("#60;/text#62;#38;#59; --#62; #35;1"),
        "{mermaid}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&written(&trace, Format::Json, Lang::En)).expect("JSON");
    assert_eq!(json["events"][3]["text"], nasty);
    assert_eq!(json["events"][3]["to"]["process"], "#PID<0.129.0>");
    assert_eq!(json["events"][3]["what"], "message");
}
