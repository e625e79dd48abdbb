# A probe: an expression, evaluated by a worker on a copy of the learner's variables as of the
# last prompt. The learner's process, mailbox and screen see nothing of it.
#
# Beside those it sees `shell`, `word` (made up for this one evaluation, so that no code can know
# it) and `printed`: `printed.([Supervisor], fun)` is `{value, own, theirs}`: what
# `fun` gives, what it prints, and what the processes print that the supervisor starts meanwhile.

defmodule :moebi_probe do
  @moduledoc false

  alias :moebi_connection, as: Connection
  alias :moebi_origin, as: Origin
  alias :moebi_snapshot, as: Snapshot
  alias :moebi_text, as: Text
  alias :moebi_worker, as: Worker

  def start(%{socket: socket} = connection, ref, code, pattern, milliseconds) do
    tell = fn outcome -> Connection.tell(socket, {:probed, ref, outcome}) end
    Worker.start(milliseconds, fn -> evaluate(connection, code, pattern) end, :timed_out, tell)
  end

  defp evaluate(connection, code, pattern) do
    shell = Origin.evaluator(connection.shell)
    word = inspect(make_ref())
    own = [shell: shell, word: word, printed: &Worker.printed/2]
    binding = Keyword.merge(Snapshot.binding(connection.snapshot), own)
    {value, _} = Code.eval_string(code, binding, file: "probe")
    {:value, Text.inspect(value), match(pattern, value, binding)}
  catch
    kind, reason -> {:raised, Text.exception(kind, reason, __STACKTRACE__)}
  end

  defp match(:none, _value, _binding), do: :none

  defp match(pattern, value, binding) do
    binding = Keyword.put(binding, :value, value)
    {matched?, _} = Code.eval_string("match?(#{pattern}, value)", binding, file: "probe")
    matched?
  end
end
