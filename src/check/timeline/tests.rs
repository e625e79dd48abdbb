use super::*;
use crate::lesson::{ChoiceId, ProcessId, Prompt, Sender};

fn at(name: &str) -> TerminalName {
    TerminalName::parse(name).expect("a name")
}

fn node(name: &str) -> NodeName {
    NodeName::parse(name).expect("a name")
}

fn started(name: &str) -> Fact {
    Fact::NodeStarted { terminal: at(name), node: node(name), cookie: "c".to_owned(), mix: false }
}

fn typed(name: &str, text: &str) -> Fact {
    Fact::Input { terminal: at(name), text: text.to_owned(), at_node: true }
}

fn output(name: &str, kind: OutputKind, by: &str, text: &str) -> Fact {
    Fact::Output {
        terminal: at(name),
        kind,
        by: Some(node(by)),
        sender: Sender::default(),
        text: text.to_owned(),
    }
}

fn connected(on: &str, to: &str) -> Fact {
    Fact::Connected { on: node(on), to: node(to) }
}

/// alex and kate run and see each other; then a step with these facts, 10 ms apart.
fn told(facts: &[Fact]) -> Vec<Moment> {
    let mut evidence = Evidence::default();
    let before = [
        started("alex"),
        started("kate"),
        connected("alex", "kate"),
        connected("kate", "alex"),
        Fact::StepBegan,
    ];
    for (number, fact) in before.iter().chain(facts).enumerate() {
        evidence.push(Duration::from_millis(number as u64 * 10), None, fact.clone());
    }
    moments(&evidence, Lang::En)
}

/// `kate typed 20 text ‹alex›`
fn lines(moments: &[Moment]) -> Vec<String> {
    let line = |moment: &Moment| {
        let terminal = moment.terminal.as_deref().unwrap_or("-");
        let by = moment.by.as_deref().map(|by| format!(" ‹{by}›")).unwrap_or_default();
        format!("{terminal} {:?} {} {}{by}", moment.kind, moment.at, moment.text)
    };
    moments.iter().map(line).collect()
}

#[test]
fn all_terminals_are_told_in_one_order() {
    let told = told(&[
        typed("alex", "Node.spawn_link(:kate@localhost, fn ->\n  IO.puts(\"hi bob\")\nend)"),
        Fact::Prompt { terminal: at("alex"), prompt: Prompt::Busy },
        output("alex", OutputKind::Print, "kate", "hi\n"),
        output("alex", OutputKind::Result, "alex", "#PID<0.1.0>\n"),
        output("kate", OutputKind::Log, "kate", "[error] no\n"),
        Fact::Message {
            from: node("kate"),
            sender: Sender::default(),
            to: node("alex"),
            receiver: ProcessId::new(),
            text: "{:hi, 1}".to_owned(),
        },
        Fact::LookedUp { name: "bob".to_owned(), found: false },
        Fact::LookedUp { name: "kate".to_owned(), found: true },
        // A probe's.
        Fact::LookedUp { name: "nobody".to_owned(), found: false },
        Fact::Chose { choice: ChoiceId::parse("both").expect("a name") },
    ]);
    assert_eq!(
        lines(&told),
        [
            "alex Typed 0 iex> Node.spawn_link(:kate@localhost, fn ->\n...>   IO.puts(\"hi bob\")\n...> end)",
            "alex Printed 20 hi ‹kate›",
            "alex Value 30 #PID<0.1.0>",
            "kate Log 40 [error] no",
            "- Message 50 kate → alex: {:hi, 1}",
            "- Nodes 60 epmd was asked for bob and knew nobody of that name",
            "- Typed 90 ? both",
        ]
    );
}

#[test]
fn what_came_late_stands_with_its_line() {
    let line = |text: &str| {
        let (terminal, prompt) = (at("alex"), "iex(1)> ".to_owned());
        Fact::Line { terminal, prompt, text: format!("{text}\n") }
    };
    let of = |number| Some(Cause { terminal: at("alex"), number });
    let entered = typed("alex", "spawn(fn ->\n  late() end)\n:next");
    let records = [
        (None, entered),
        (of(1), line("spawn(fn ->")),
        (of(1), line("  late() end)")),
        (of(1), output("alex", OutputKind::Result, "alex", "#PID<0.1.0>\n")),
        (of(1), line("")),
        (of(2), output("kate", OutputKind::Print, "kate", "early\n")),
        (of(2), line(":next")),
        (of(2), output("alex", OutputKind::Result, "alex", ":next\n")),
        (None, output("alex", OutputKind::Log, "alex", "[error] nobody's\n")),
        (of(1), output("alex", OutputKind::Print, "kate", "late\n")),
    ];
    let mut evidence = Evidence::default();
    evidence.push(Duration::ZERO, None, started("alex"));
    evidence.push(Duration::ZERO, None, Fact::StepBegan);
    for (number, (cause, fact)) in records.into_iter().enumerate() {
        evidence.push(Duration::from_millis(number as u64 * 10), cause, fact);
    }
    assert_eq!(
        lines(&moments(&evidence, Lang::En)),
        [
            "alex Typed 10 iex> spawn(fn ->\n...>   late() end)",
            "alex Value 30 #PID<0.1.0>",
            "alex Printed 90 late ‹kate›",
            "alex Typed 60 iex> :next",
            "kate Printed 50 early ‹kate›",
            "alex Value 70 :next",
            "alex Log 80 [error] nobody's",
        ]
    );
}

#[test]
fn a_node_that_is_told_of_again_has_started_once() {
    let stopped = Fact::NodeStopped { terminal: at("moebi"), node: node("moebi") };
    let told = told(&[started("moebi"), started("moebi"), stopped, started("moebi")]);
    let texts: Vec<_> = told.iter().map(|moment| moment.text.as_str()).collect();
    assert_eq!(texts, ["node moebi started", "node moebi stopped", "node moebi started"]);
}

#[test]
fn nodes_are_told_once_whoever_lists_whom() {
    let disconnected = |on, from| Fact::Disconnected { on: node(on), from: node(from) };
    let told = told(&[
        connected("alex", "kate"),
        disconnected("alex", "kate"),
        disconnected("kate", "alex"),
        connected("kate", "alex"),
        connected("alex", "kate"),
        Fact::NodeStopped { terminal: at("kate"), node: node("kate") },
    ]);
    assert_eq!(
        lines(&told),
        [
            "- Nodes 10 alex and kate are no longer connected",
            "- Nodes 30 kate and alex are connected",
            "kate Nodes 50 node kate stopped",
        ]
    );
}

#[test]
fn pieces_of_one_output_are_one_moment() {
    let piece = |text| output("alex", OutputKind::Print, "alex", text);
    let told = told(&[
        piece("a"),
        piece("b\n"),
        output("alex", OutputKind::Print, "kate", "c\n"),
        output("kate", OutputKind::Print, "kate", "d\n"),
        piece("e"),
    ]);
    let texts: Vec<_> = told.iter().map(|moment| moment.text.as_str()).collect();
    assert_eq!(texts, ["ab", "c", "d", "e"]);
}

#[test]
fn a_file_is_told_when_it_changes() {
    let file = |text: Option<&str>| Fact::File { path: "a.ex".to_owned(), text: text.map(str::to_owned) };
    let told = told(&[file(None), file(Some("1")), file(Some("1")), file(Some("2")), file(None)]);
    let texts: Vec<_> = told.iter().map(|moment| moment.text.as_str()).collect();
    assert_eq!(texts, ["a.ex was saved", "a.ex was saved", "a.ex was removed"]);
}

#[test]
fn a_command_is_told_by_how_it_ended() {
    let ended = |code| Fact::CommandEnded { terminal: at("alex"), command: "mix test".to_owned(), code };
    let dollar = Fact::Input { terminal: at("alex"), text: "mix test\n".to_owned(), at_node: false };
    let told = told(&[dollar, ended(Some(0)), ended(Some(2)), ended(None)]);
    let texts: Vec<_> = told.iter().map(|moment| moment.text.as_str()).collect();
    assert_eq!(texts, ["$ mix test", "the command ended with exit code 2", "a signal ended the command"]);
}

#[test]
fn nothing_in_it_acts_on_a_terminal() {
    let told = told(&[
        typed("alex", "IO.puts(\"\u{1b}[2J\u{202e}\")"),
        output("alex", OutputKind::Print, "alex", "\u{1b}[31mred\u{1b}[0m\u{7}\r\ntwo\ttabs\n\u{9b}2J"),
        output("alex", OutputKind::Shell, "alex", "Interactive Elixir (1.14.0) - press Ctrl+C\n"),
    ]);
    assert_eq!(lines(&told), ["alex Typed 0 iex> IO.puts(\"�\")", "alex Printed 10 red␇\ntwo     tabs\n�2J"]);
}

#[test]
fn a_flood_is_cut_and_says_so() {
    let long = told(&[output("alex", OutputKind::Print, "alex", &"κόμβος ".repeat(2000))]);
    assert!(long[0].text.len() < MAX_TEXT + 60, "{}", long[0].text.len());
    assert!(long[0].text.ends_with(" bytes more"), "{}", long[0].text);
    let pieces: Vec<_> = (0..5000).map(|_| output("alex", OutputKind::Print, "alex", "0123456789")).collect();
    let pieces = told(&pieces);
    assert_eq!(pieces.len(), 1);
    assert!(pieces[0].text.ends_with("… and 47952 bytes more"), "{}", pieces[0].text);
    let many: Vec<_> = (0..1000).map(|number| typed("alex", &number.to_string())).collect();
    let many = told(&many);
    assert_eq!(many.len(), MAX_MOMENTS);
    assert_eq!(many[99].text, "iex> 99");
    assert_eq!(many[100].text, "… 801 moments left out …");
    assert_eq!(many[101].text, "iex> 901");
    assert_eq!(many[199].text, "iex> 999");
}
