# The clock: the machine's own, which all nodes on it share, in microseconds. So what happens on one node can be told
# from what comes before and after it on another. Erlang's own monotonic time begins anywhere, for each node.

defmodule :moebi_clock do
  @moduledoc false

  # Both clocks are read at once where it takes no longer than this, in nanoseconds.
  @at_once 5_000
  @tries 20

  def now, do: :os.perf_counter(:microsecond)

  # Of a time stamp that a trace has, from a moment ago.
  def of(stamp), do: div(stamp + lead(@tries, {:infinity, 0}), 1_000)

  # How far the machine's clock is ahead of Erlang's. On a busy machine something else may come between the readings, and
  # what is reckoned from them would be told as sooner than its cause: so the closest of some counts.
  defp lead(tries, closest) do
    before = :erlang.monotonic_time(:nanosecond)
    shown = :os.perf_counter(:nanosecond)
    took = :erlang.monotonic_time(:nanosecond) - before
    closest = min({took, shown - before - div(took, 2)}, closest)

    case closest do
      {took, lead} when took <= @at_once or tries == 1 -> lead
      _ -> lead(tries - 1, closest)
    end
  end
end
