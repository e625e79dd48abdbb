use super::{
    forgery::{NodesByTerminal, discarded, forgeries},
    queue::Queue,
    trial::{Expected, Kind, Told, Trial},
};
use crate::{
    lesson::{
        Cause, Condition, Evidence, Fact, Input, NodeName, OutputKind, Pattern, Prompt, Sender, TerminalName,
        Text,
        condition::{
            Any, Prints, Returns,
            sample::{ModelRun, Sample, What, ways},
        },
    },
    session::Position,
};
use std::time::Duration;

fn terminal(name: &str) -> TerminalName {
    TerminalName::parse(name).unwrap()
}

fn node(name: &str) -> NodeName {
    NodeName::parse(name).unwrap()
}

fn typed(at: &str, text: &str) -> Input {
    Input::Type { terminal: terminal(at), text: text.to_owned() }
}

fn seats(names: &[&str]) -> NodesByTerminal {
    names.iter().map(|name| (terminal(name), node(name))).collect()
}

fn expects(what: What, text: &str, at: &str, after: usize) -> Sample {
    Sample { what, text: text.to_owned(), terminal: terminal(at), after }
}

/// Each answer on a line of its own, its inputs with ` | ` between them.
fn told(answers: &[Vec<Input>]) -> Vec<String> {
    let line = |answer: &Vec<Input>| {
        answer.iter().map(|input| Told(input).to_string()).collect::<Vec<_>>().join(" | ")
    };
    answers.iter().map(line).collect()
}

#[test]
fn a_printed_text_is_forged_in_every_style() {
    let way = [expects(What::Printed, "say \"hi\"", "alex", 0)];
    let forged = forgeries(&way, &[typed("alex", "Kate.say()")], &[seats(&["alex", "kate"])], false);
    assert_eq!(
        told(&forged),
        [
            r#"alex: "say \"hi\"""#,
            r#"alex: IO.puts("say \"hi\"")"#,
            r#"alex: IO.inspect("say \"hi\"")"#,
            r#"alex: spawn(fn -> IO.puts("say \"hi\"") end)"#,
            r#"alex: Node.spawn(:"kate@localhost", fn -> IO.puts("say \"hi\"") end)"#,
            r#"kate: Node.spawn(:"alex@localhost", fn -> IO.puts("say \"hi\"") end)"#,
        ]
    );
}

#[test]
fn nodes_that_are_to_be_refused_spawn_nothing_on_each_other() {
    let way = [expects(What::Printed, "rejected", "kate", 0)];
    let forged = told(&forgeries(&way, &[typed("alex", "f()")], &[seats(&["alex", "kate"])], true));
    assert_eq!(forged.len(), 4, "{forged:#?}");
    assert!(forged.iter().all(|forged| !forged.contains("Node.spawn")), "{forged:#?}");
}

#[test]
fn a_term_is_typed_as_it_stands_and_a_pid_as_ones_own() {
    let way = [expects(What::Value, "{:hi, #PID<0.1.0>}", "alex", 0)];
    let forged = told(&forgeries(&way, &[typed("alex", "f()")], &[seats(&["alex"])], false));
    assert_eq!(forged[0], "alex: {:hi, self()}");
    assert_eq!(forged[1], r#"alex: IO.puts("{:hi, \#PID<0.1.0>}")"#);
}

#[test]
fn only_the_input_that_does_it_is_replaced() {
    let model = [typed("shell", "iex"), typed("shell", "Node.self()"), typed("shell", ":done")];
    let way = [expects(What::Value, ":nonode@nohost", "shell", 1)];
    let nodes = [seats(&[]), seats(&["shell"]), seats(&["shell"])];
    let forged = told(&forgeries(&way, &model, &nodes, false));
    assert_eq!(forged[0], "shell: iex | shell: :nonode@nohost | shell: :done");
}

#[test]
fn texts_of_one_input_are_forged_together_and_the_error_comes_last() {
    let way = [expects(What::Error, "boom", "alex", 0), expects(What::Printed, "bye", "alex", 0)];
    let forged = told(&forgeries(&way, &[typed("alex", "f()")], &[seats(&["alex"])], false));
    assert_eq!(forged[1], r#"alex: IO.puts("bye"); raise("boom")"#);
}

#[test]
fn a_message_is_sent_by_the_wrong_node_or_the_wrong_way() {
    let way = [expects(What::Message { from: Some(node("kate")) }, ":sup?", "alex", 0)];
    let forged = told(&forgeries(&way, &[typed("alex", "f()")], &[seats(&["alex", "kate"])], false));
    assert!(forged.contains(&"alex: send(self(), :sup?)".to_owned()), "{forged:#?}");
    let back = r#"alex: send(Node.spawn(:"kate@localhost", fn -> receive do _ -> :ok end end), :sup?)"#;
    assert!(forged.contains(&back.to_owned()), "{forged:#?}");
}

#[test]
fn at_a_dollar_a_text_is_echoed() {
    let way = [expects(What::Printed, "it's 0 failures", "shell", 0)];
    let forged = forgeries(&way, &[typed("shell", "mix test")], &[seats(&["alex"])], false);
    assert_eq!(told(&forged), [r"shell: echo 'it'\''s 0 failures'"]);
}

#[test]
fn the_work_is_typed_and_its_value_thrown_away() {
    let model = [typed("alex", "x = 1"), typed("alex", "Node.list()")];
    let way = [expects(What::Value, "[]", "alex", 1)];
    let forged = told(&discarded(&way, &model));
    let [both, pasted] = forged.as_slice() else { panic!("{forged:?}") };
    assert_eq!(both, "alex: x = 1 | alex: Node.list(); []");
    assert!(pasted.starts_with("alex: x = 1 | alex: raise inspect(Node.list())"), "{pasted}");
}

#[test]
fn what_is_the_work_itself_is_no_forgery() {
    let way = [expects(What::Printed, "hi", "alex", 0)];
    let forged = told(&forgeries(&way, &[typed("alex", "IO.puts(\"hi\")")], &[seats(&["alex"])], false));
    assert_eq!(forged, [r#"alex: "hi""#, r#"alex: IO.inspect("hi")"#]);
}

fn evidence(facts: Vec<Fact>) -> Evidence {
    let mut evidence = Evidence::default();
    let mut number = 0;
    for fact in facts {
        number += u32::from(matches!(fact, Fact::Input { .. }));
        let cause = Some(Cause { terminal: terminal("alex"), number });
        let text = match &fact {
            Fact::Input { text, .. } => Some(text.clone()),
            _ => None,
        };
        evidence.push(Duration::ZERO, cause.clone(), fact);
        let line = |text| Fact::Line { terminal: terminal("alex"), prompt: String::new(), text };
        text.map(line).into_iter().for_each(|line| evidence.push(Duration::ZERO, cause.clone(), line));
    }
    evidence
}

fn output(kind: OutputKind, text: &str) -> Fact {
    Fact::Output {
        terminal: terminal("alex"),
        kind,
        by: Some(node("kate")),
        sender: Sender::default(),
        text: text.to_owned(),
    }
}

fn input(text: &str) -> Fact {
    Fact::Input { terminal: terminal("alex"), text: text.to_owned(), at_node: true }
}

fn prints(what: Text) -> Condition {
    Prints { what, at: Some(terminal("alex")), by: None, times: 1 }.into()
}

#[test]
fn a_regular_expression_is_forged_with_what_the_model_left() {
    let evidence = evidence(vec![
        Fact::StepBegan,
        input("x = 1"),
        input("f()"),
        output(OutputKind::Print, "bye, 42 friends\n"),
    ]);
    let answer = [typed("alex", "x = 1"), typed("alex", "f()")];
    let model = ModelRun { answer: &answer, evidence: &evidence };
    let met = prints(Text::Regex(Pattern::new(r"\d+ friends").unwrap()));
    let unmet = prints(Text::Regex(Pattern::new("enemies").unwrap()));
    assert_eq!(ways(std::slice::from_ref(&met), &model), [[expects(What::Printed, "42 friends", "alex", 1)]]);
    assert_eq!(ways(std::slice::from_ref(&unmet), &model), Vec::<Vec<_>>::new());
    let either = Any(vec![unmet, prints(Text::Plain("else".into())), met]).into();
    let texts: Vec<_> = ways(&[either], &model).into_iter().flatten().map(|found| found.text).collect();
    assert_eq!(texts, ["else", "42 friends"]);
}

#[test]
fn a_value_is_forged_whole_where_the_check_asks_for_a_part() {
    let prompt = Prompt::Iex { text: "iex(1)> ".into() };
    let evidence = evidence(vec![
        Fact::StepBegan,
        input("f()"),
        output(OutputKind::Result, "{\"me\\n\", 0}\n"),
        Fact::Prompt { terminal: terminal("alex"), prompt },
    ]);
    let answer = [typed("alex", "f()")];
    let returns = Returns { value: "{_, 0}".into(), at: None }.into();
    let model = ModelRun { answer: &answer, evidence: &evidence };
    assert_eq!(ways(&[returns], &model), [[expects(What::Value, "{\"me\\n\", 0}", "alex", 0)]]);
}

#[test]
fn attempts_at_the_step_at_hand_come_first() {
    let trial = |step| Trial {
        place: Position { section: 0, step },
        answer: Vec::new(),
        expected: Expected::Fails(Kind::Start),
    };
    let mut queue = Queue::default();
    queue.extend([trial(0), trial(1), trial(1)]);
    let mut take = |at_hand| queue.take(at_hand).map(|trial: Trial| trial.place.step);
    let first = Some(Position { section: 0, step: 0 });
    assert_eq!([take(None), take(first), take(first), take(first)], [Some(1), Some(0), Some(1), None]);
}
