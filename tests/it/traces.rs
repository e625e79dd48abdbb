//! Each exchange of the lesson between nodes, arrow by arrow, as `/trace` has it once all is at rest.

use crate::support::learner::GuideLearner;

/// Types it at that step, and sees these arrows and no others.
#[track_caller]
fn crosses(step: &str, is_asked: bool, on: &str, typed: &str, arrows: &[&str]) {
    let learner = GuideLearner::new().at(step);
    let learner = if is_asked { learner.chooses("") } else { learner };
    sees_arrows(learner, on, typed, arrows);
}

#[track_caller]
fn sees_arrows(learner: GuideLearner, on: &str, typed: &str, arrows: &[&str]) {
    let learner = learner.asks("/trace on").sees("From now on").starts(on, typed).sees("trace ");
    let told = learner.transcript();
    let told = told.lines().rfind(|line| line.starts_with("trace ")).expect("it was just seen");
    let typed = format!("{on} shell: {typed}");
    let expected: Vec<&str> = [typed.as_str()].into_iter().chain(arrows.iter().copied()).collect();
    assert_eq!(told["trace ".len()..].split(" | ").collect::<Vec<_>>(), expected, "{}", learner.transcript());
    learner.leaves();
}

#[test]
fn a_connection() {
    crosses("connect", true, "alex", "Node.connect(:kate@localhost)", &["alex → kate: connected"]);
}

#[test]
fn code_on_another_node_prints_through_its_group_leader() {
    crosses(
        "remote-hello",
        true,
        "alex",
        "Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)",
        &[
            "alex → kate: connected",
            "alex shell → kate #PID: spawn fn",
            "alex shell → kate #PID: link",
            "kate #PID → alex group leader: print “Hi, my name is Kate”",
        ],
    );
}

#[test]
fn an_exit_goes_along_the_link() {
    crosses(
        "link-exit",
        true,
        "alex",
        "Node.spawn_link(:kate@localhost, fn -> IO.puts(\"bye\"); exit(:boom) end)",
        &[
            "alex shell → kate #PID: spawn fn",
            "alex shell → kate #PID: link",
            "kate #PID → alex group leader: print “bye”",
            "kate #PID → alex shell: exit :boom",
        ],
    );
}

#[test]
fn without_a_link_it_ends_where_it_is() {
    crosses(
        "no-link",
        false,
        "alex",
        "Node.spawn(:kate@localhost, fn -> IO.puts(\"bye\"); exit(:boom) end)",
        &[
            "alex shell → kate #PID: spawn fn",
            "kate #PID → alex group leader: print “bye”",
            "kate #PID: exit :boom",
        ],
    );
}

#[test]
fn a_message_and_its_reply() {
    crosses(
        "say-hi",
        false,
        "alex",
        "send(pid, {:hi, self()})",
        &["alex shell → kate #PID: {:hi, #PID}", "kate #PID → alex shell: :sup?"],
    );
}

#[test]
fn a_call_of_another_nodes_function() {
    crosses(
        "full-power",
        false,
        "alex",
        ":erpc.call(:kate@localhost, :erlang, :node, [])",
        &[
            "alex shell → kate #PID: spawn :erpc.execute_call/4",
            "alex shell → kate #PID: monitor",
            "kate #PID → alex shell: reply :kate@localhost",
        ],
    );
}

#[test]
fn a_task_on_another_node() {
    let learner = GuideLearner::new().at("hi-kate").chooses("");
    let learner = learner.types("kate", "cd chat && iex --sname kate@localhost -S mix");
    sees_arrows(
        learner,
        "alex",
        "Chat.send_message(:kate@localhost, \"hi\")",
        &[
            "alex → kate: connected",
            "alex shell → kate Chat.TaskSupervisor: call {:start_task, …}",
            "kate Chat.TaskSupervisor → alex: reply {:ok, #PID}",
            "alex shell → kate #PID: link",
            "alex shell → kate #PID: call Chat.receive_message(\"hi\")",
            "kate: print “hi”",
            "kate #PID → alex: reply :ok",
        ],
    );
}

#[test]
fn chicken() {
    crosses(
        "chicken",
        true,
        "alex",
        "Chat.send_message(:moebi@localhost, \"hi\")",
        &[
            "alex → moebi: connected",
            "alex shell → moebi Chat.TaskSupervisor: call {:start_task, …}",
            "moebi Chat.TaskSupervisor → alex: reply {:ok, #PID}",
            "alex shell → moebi #PID: link",
            "alex shell → moebi #PID: call Chat.receive_message_for_moebi(\"hi\", :alex@localhost)",
            "moebi: print “hi”",
            "moebi #PID → alex Chat.TaskSupervisor: call {:start_task, …}",
            "alex Chat.TaskSupervisor → moebi: reply {:ok, #PID}",
            "moebi #PID → alex #PID: call Chat.receive_message(\"chicken?\")",
            "alex: print “chicken?”",
            "alex #PID → moebi: reply :ok",
            "moebi #PID → alex: reply :ok",
        ],
    );
}

#[test]
fn a_monitor_and_what_it_tells() {
    let learner = GuideLearner::new().at("no-link");
    let learner = learner
        .starts("alex", "pid = Node.spawn(:kate@localhost, fn -> receive do :go -> exit(:boom) end end)")
        .sees("#PID");
    sees_arrows(
        learner,
        "alex",
        "Process.monitor(pid); send(pid, :go)",
        &[
            "alex shell → kate #PID: monitor",
            "alex shell → kate #PID: :go",
            // That it ends comes of the line that started it.
            "kate #PID → alex shell: :DOWN :boom",
        ],
    );
}

#[test]
fn a_process_that_is_monitored_from_the_first_tells_of_its_end() {
    crosses(
        "no-link",
        false,
        "alex",
        "Node.spawn_monitor(:kate@localhost, fn -> exit(:boom) end)",
        &[
            "alex shell → kate #PID: spawn fn",
            "alex shell → kate #PID: monitor",
            "kate #PID: exit :boom",
            "kate #PID → alex shell: :DOWN :boom",
        ],
    );
}
