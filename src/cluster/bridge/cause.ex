# A cause: the input that brought something about. It travels as the label of a sequential trace token
# (`:seq_trace`): set where the screen gives IEx a line, it goes with every message and spawn from
# there on, to other nodes too, and comes back with the request to print. Nobody traces; the token is
# all there is to it.
#
# A label is a negative number of 28 bits, made of the node's word (12 bits) and the number of the input (15).
# It could be any term, but with the first message to a node, while the connection is being set up, the
# runtime sends only tokens whose label is as small. The word has the number of the node's terminal in it, so
# that no two nodes have the same, and something made up, so that a node which is started again has another.
# Number 0 is the command that started the node.
#
# What the runtime does with a token (tried on OTP 25 and 27; tests/it/bridge/causes.rs holds it):
#
#   - it goes with `send`, spawns (`Node.spawn_link`, `:erpc.call`, tasks, also supervised ones), calls of
#     GenServers and Agents and their replies;
#   - a process has the token of what it received last, and keeps it while it sleeps or waits. What the
#     emulator sends leaves it as it is: a timer, the `:DOWN` of a monitor on this node. So do files, ETS,
#     persistent terms, `System.cmd` and `Logger`;
#   - on OTP 25 the `:DOWN` of a process on another node takes it away. `Task.await` flushes one, `:erpc.call` and
#     `:rpc.call` wait for one: what a line does elsewhere after these has no cause (scene.rs says what becomes
#     of it). On OTP 27 it stays;
#   - with the first `spawn_link` to a node it was lost on OTP 27 once in some hundred times, on a busy machine
#     oftener; who takes it is not known (scene.rs says what becomes of such a print);
#   - what a process without a token sends takes the receiver's away. On OTP 25 the evaluator's is gone after a
#     module was compiled, until its next input. What the evaluator prints itself belongs to its input all the
#     same, for the screen knows which that is;
#   - the log of a process that raised is written by the emulator, and has none;
#   - an exit signal that ends the shell's evaluator says nothing of where it comes from (see links.ex);
#   - `:seq_trace` in a learner's own hands sets another label, or none, until the next input. What has no
#     token of ours has no cause, and none is made up.

defmodule :moebi_cause do
  @moduledoc false

  @max_number 0x7FFF

  # `terminal` is a number below 16.
  def new_word(terminal), do: terminal * 0x100 + :rand.uniform(0x100) - 1

  # A token for a message that is an input, or a consequence of one. None beyond the numbers that there are: what
  # comes of such an input has no cause.
  def token(_word, number) when number > @max_number, do: []

  def token(word, number) do
    :seq_trace.set_token(:label, -1 - (word * (@max_number + 1) + number))
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
  def of({_flags, label, _serial, _from, _last}) when label in -0x8000000..-1//1,
    do: {div(-1 - label, @max_number + 1), rem(-1 - label, @max_number + 1)}

  def of(_token), do: :none
end
