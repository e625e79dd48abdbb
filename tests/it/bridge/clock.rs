//! The clock that all nodes on the machine share.

use moebi::lesson::OutputKind;

use super::node::Node;

#[test]
fn on_a_busy_node_what_came_later_is_not_told_as_sooner() {
    let mut node = Node::start(&[]);
    let busy = "busy = for _ <- 1..20, do: spawn(fn -> Enum.each(Stream.cycle([0]), & &1) end); \
                told = for _ <- 1..50_000, do: elem(:moebi_clock.of(:erlang.monotonic_time(:nanosecond)), 0); \
                Enum.each(busy, &Process.exit(&1, :kill)); \
                told |> Enum.zip(tl(told)) |> Enum.map(fn {one, next} -> one - next end) |> Enum.max() < 100";
    assert_eq!(node.outputs(busy), [(OutputKind::Result, "true\n")]);
}
