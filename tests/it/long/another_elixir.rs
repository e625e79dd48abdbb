//! Two Elixirs in one lesson: kate's line names another one than Moebi chose.

use crate::support::{elixir, home::Home};

#[test]
fn its_node_counts_and_why_a_function_could_not_travel_is_told() {
    let kate = format!("PATH='{}':$PATH iex --sname kate@localhost", elixir::another().display());
    let function = "Node.spawn_link(:kate@localhost, fn -> IO.puts(\"hi\") end)";
    let learner = Home::new().opens(100, 30, &[]);
    learner
        .at("shell $")
        .types("/goto name-kate")
        .reads_anew("name-kate")
        .goes_to("kate", "kate $")
        .types(&kate)
        .finishes()
        .at("iex(kate@localhost)")
        .goes_to("alex", "iex(alex@localhost)")
        .types(function)
        .reads_advice("other-version")
        .at("iex(alex@localhost)")
        .types("Node.spawn_link(:kate@localhost, IO, :puts, [\"hi\"])")
        .sees_from_node("hi", "kate")
        .leaves();
}
