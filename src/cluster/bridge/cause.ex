# A cause: the input that brought something about. It travels as the label of a sequential trace token
# (`:seq_trace`): set where the screen gives IEx a line, it goes with every message and spawn from
# there on, to other nodes too, and comes back with the request to print. Nobody traces; the token is
# all there is to it.
#
# A label is a negative number of 32 bits, made of the node's word (16 bits) and the number of the input (15).
# It could be any term, but with the first message to a node, while the connection is being set up, the
# runtime sends only tokens whose label is as small. The word has the number of the node's terminal in it, so
# that no two nodes have the same, and something made up, so that a node which is started again has another.
# Number 0 is the command that started the node.
#
# What the runtime does with a token (tried on OTP 25 and 27, see tests/it/cluster/causes.rs):
#
#   - it goes with `send`, spawns (`Node.spawn_link`, `:erpc.call`, tasks, also supervised ones), calls of
#     GenServers and Agents and their replies, and with the exit signals of links;
#   - a process has the token of what it received last, and keeps it while it sleeps or waits; a file, ETS,
#     a persistent term, `System.cmd` and `Logger`'s own handler leave it as it is;
#   - none come with what the emulator itself sends: timers (`Process.send_after`, `:timer`), `:DOWN` of a
#     monitor, the log of a process that raised. Then there is no cause, and none is made up;
#   - an exit has the token of the process that has ended. Who ended it with `Process.exit/2` is not told;
#   - on OTP 25 the evaluator's own is gone after a module was compiled or `:erpc.call` has returned. What the
#     evaluator prints belongs to its input all the same, for the screen knows which that is;
#   - `:seq_trace.set_token/2` in a learner's own hands sets another label, which is none of ours.

defmodule :moebi_cause do
  @moduledoc false

  @max_number 0x7FFF

  # `terminal` is a number below 16.
  def new_word(terminal), do: terminal * 0x1000 + :rand.uniform(0x1000) - 1

  # A token for a message that is an input, or a consequence of one.
  def token(word, number) do
    :seq_trace.set_token(:label, -1 - (word * (@max_number + 1) + min(number, @max_number)))
    take_token()
  end

  # The token of the message that this process has received last; the process is without one then.
  def take_token, do: :seq_trace.set_token([])

  def send(token, to, message) do
    :seq_trace.set_token(token)
    Kernel.send(to, message)
    :seq_trace.set_token([])
  end

  # What the process does here, and all that it starts.
  def run(token, work) do
    :seq_trace.set_token(token)
    work.()
  end

  # `{word, number}`, or `:none` for a token that is none, or can't be ours.
  def of({_flags, label, _serial, _from, _last}) when label in -0x80000000..-1//1,
    do: {div(-1 - label, @max_number + 1), rem(-1 - label, @max_number + 1)}

  def of(_token), do: :none
end
