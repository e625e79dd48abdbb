# The clock: the machine's own, which all nodes on it share, in microseconds. So what happens on one node can be told
# from what comes before and after it on another. Erlang's own monotonic time begins anywhere, for each node.

defmodule :moebi_clock do
  @moduledoc false

  def now, do: :os.perf_counter(:microsecond)

  # Of a time stamp that a trace has, from a moment ago.
  def of(stamp),
    do: div(:os.perf_counter(:nanosecond) + stamp - :erlang.monotonic_time(:nanosecond), 1_000)
end
