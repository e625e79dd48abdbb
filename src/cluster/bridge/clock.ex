# The clock: the machine's own, which all nodes on it share, in microseconds. So what happens on one node can be told
# from what comes before and after it on another. Erlang's own monotonic time begins anywhere, for each node.
#
# Who sends a message may be held up before the trace of it has the time; meanwhile the message is read, and answered. So
# with each time goes what the token says: this message's number, and that of the message which its sender had received
# last. (They are meant for Lamport's clock, but some processes begin to count at a number of 64 bits, of which the token
# has 60: OTP 25 and 27. So which is larger says nothing.)

defmodule :moebi_clock do
  @moduledoc false

  # Both clocks are read at once where it takes no longer than this, in nanoseconds.
  @at_once 5_000
  @tries 20
  # Without the sign.
  @counted 0xFFFFFFFFFFFFFFF

  # `{microseconds, serial, heard}`; the latter two are 0 without a token.
  def now(token \\ []), do: with_count(:os.perf_counter(:microsecond), token)

  # Of a time stamp that a trace has, from a moment ago.
  def of(stamp, token \\ []),
    do: with_count(div(stamp + lead(@tries, {:infinity, 0}), 1_000), token)

  defp with_count(time, {_flags, _label, serial, _from, heard}),
    do: {time, Bitwise.band(serial, @counted), Bitwise.band(heard, @counted)}

  defp with_count(time, _none), do: {time, 0, 0}

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
