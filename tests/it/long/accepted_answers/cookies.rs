//! The secret they share.

use std::fs;

use super::{accepted, alex, close, kate, passes};

const OTHER_COOKIE: &str = "iex --sname kate@localhost --cookie abracadabra";
const CONNECT: &str = "Node.connect(:kate@localhost)";

accepted! {
    default_in_erlangs_words: "default" => [
        kate(":erlang.get_cookie"),
        alex("Node.get_cookie |> IO.inspect"),
    ];
    default_after_a_restart_and_into_a_variable: "default" => [
        close("kate"),
        kate("iex --sname kate@localhost"),
        kate("cookie = Node.get_cookie()"),
        alex("cookie = Node.get_cookie()"),
    ];
    refused_by_a_ping: "refused" => [close("kate"), kate(OTHER_COOKIE), alex("Node.ping :kate@localhost")];
    refused_a_remote_call: "refused" => [
        close("kate"),
        kate(OTHER_COOKIE),
        alex(":erpc.call(:kate@localhost, fn -> node() end)"),
    ];
    refused_a_process: "refused" => [
        close("kate"),
        kate(OTHER_COOKIE),
        alex("Node.spawn(:kate@localhost, fn -> IO.puts(\"hi\") end)"),
    ];
    refused_after_alex_got_another_cookie: "refused" => [
        close("alex"),
        alex("iex --sname alex@localhost --cookie abracadabra"),
        alex(CONNECT),
    ];
    refused_by_set_cookie_while_both_run: "refused" => [kate("Node.set_cookie(:other)"), alex(CONNECT)];
    refused_by_a_cookie_for_kate_alone: "refused" => [
        alex("Node.set_cookie(:kate@localhost, :other)"),
        alex(CONNECT),
    ];
    refused_by_erlangs_own_option: "refused" => [
        close("kate"),
        kate("iex --sname kate@localhost --erl '-setcookie abracadabra'"),
        alex(CONNECT),
    ];
    refused_after_a_wrong_turn: "refused" => [alex(CONNECT), close("kate"), kate(OTHER_COOKIE), alex(CONNECT)];
    reunited_by_set_cookie: "reunite" => [
        alex("Node.set_cookie(:open_sesame)"),
        alex("Node.ping(:kate@localhost)"),
    ];
    reunited_on_alexs_terms_and_by_kate: "reunite" => [
        close("kate"),
        kate("iex --sname kate@localhost"),
        kate("Node.connect(:alex@localhost)"),
    ];
    reunited_by_a_third_cookie_and_a_remote_call: "reunite" => [
        alex("Node.set_cookie(:third)"),
        kate("Node.set_cookie(:third)"),
        alex(":rpc.call(:kate@localhost, Node, :self, [])"),
    ];
    reunited_after_a_cookie_for_kate_alone: "reunite" => [
        alex("Node.set_cookie(:kate@localhost, :open_sesame)"),
        alex(CONNECT),
        alex("Node.set_cookie(:open_sesame)"),
    ];
    already_in_with_the_name_in_front_and_a_ping: "already-in" => [
        alex("Node.set_cookie(Node.self(), :whatever)"),
        alex("Node.ping(:kate@localhost)"),
    ];
    already_in_in_one_line: "already-in" => [alex(":erlang.set_cookie(:other); Node.list")];
    already_in_after_two_changes: "already-in" => [
        alex("Node.set_cookie(:open_sesame)"),
        alex("Node.set_cookie(:other)"),
        alex("Node.list()"),
    ];
    full_power_by_rpc: "full-power" => [
        alex(":rpc.call(:kate@localhost, System, :cmd, [\"id\", [\"-un\"]])"),
    ];
    full_power_by_a_pipe: "full-power" => [
        alex(":kate@localhost |> :erpc.call(System, :cmd, [\"id\", [\"-un\"]])"),
    ];
    full_power_by_a_function: "full-power" => [
        alex(":erpc.call(:kate@localhost, fn -> System.cmd(\"id\", [\"-un\"]) end)"),
    ];
    full_power_with_a_deadline: "full-power" => [
        alex(":erpc.call(:kate@localhost, System, :cmd, [\"id\", [\"-un\"]], 5_000)"),
    ];
    full_power_by_another_program: "full-power" => [
        alex("{user, 0} = :erpc.call(:kate@localhost, System, :cmd, [\"whoami\", []])"),
    ];
    full_power_over_a_node_in_a_variable: "full-power" => [
        alex("kate = :kate@localhost"),
        alex(":erpc.call(kate, System, :cmd, [\"id\", [\"-un\"]])"),
    ];
    full_power_over_the_first_of_a_list: "full-power" => [
        alex(":erpc.call(hd(Node.list()), fn -> System.cmd(\"id\", [\"-un\"]) end)"),
    ];
    full_power_by_a_process_that_prints: "full-power" => [
        alex("Node.spawn(:kate@localhost, fn -> IO.inspect(System.cmd(\"id\", [\"-un\"])) end)"),
    ];
    full_power_by_a_linked_process_that_prints: "full-power" => [
        alex("Node.spawn_link(:kate@localhost, fn -> System.cmd(\"id\", [\"-un\"]) |> IO.inspect() end)"),
    ];
    full_power_by_a_call_that_prints: "full-power" => [
        alex(":erpc.call(:kate@localhost, fn -> System.cmd(\"id\", [\"-un\"]) |> IO.inspect(label: \"who\") end)"),
    ];
}

/// Whose file it is: the learner's, and nothing in the section may write to it.
#[test]
fn the_cookie_file_is_as_it_was() {
    let file = std::env::home_dir().expect("a home").join(".erlang.cookie");
    let look = || {
        let changed = fs::metadata(&file).and_then(|file| file.modified());
        (fs::read(&file).expect("a cookie"), changed.expect("a time"))
    };
    // The first node ever makes it.
    passes("default", vec![alex("Node.get_cookie()"), kate("Node.get_cookie()")]);
    let before = look();
    passes("full-power", vec![alex(":erpc.call(:kate@localhost, System, :cmd, [\"id\", [\"-un\"]])")]);
    assert_eq!(look(), before);
}
