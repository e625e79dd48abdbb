# What is printed, on its way to Moebi.
#
# Each input brings a new budget. What goes beyond it is counted, not sent: a flood costs its
# author the text, not the node. IEx's own words have a budget apart, so that a flood can't hide
# the result or the error that ends it.
#
# Where somebody works in the terminals, a flood that has no end is paced: whoever prints what nobody
# will see waits now and then, instead of keeping the machine from everybody else.

defmodule :moebi_output do
  @moduledoc false

  alias :moebi_connection, as: Connection
  alias :moebi_text, as: Text

  # In bytes.
  @max_printed 256 * 1024
  @max_own 64 * 1024
  @max_text 48 * 1024
  @max_prompt 1024
  @report_every 250
  # So many writes that are left out come to an end by themselves; what goes on rests for a millisecond or two
  # after each few.
  @endless 200_000
  @pace 20

  def new(socket), do: renew(%{socket: socket, paced?: false, left_out: 0, reporting?: false})

  def renew(output) do
    left = %{own: @max_own, printed: @max_printed}
    Map.merge(output, %{left: left, unseen: 0})
  end

  def pace(output), do: %{output | paced?: true}

  # Whether these are the shell's own words, and not what code prints.
  def own?(kind), do: kind in [:result, :error, :shell]

  # `by` is the process that printed it with the time of its request, `cause` the input that brought it
  # about.
  def write(output, kind, by, cause, text) do
    if own?(kind) do
      # What was left out stands before the result that came after it.
      output |> report() |> spend(:own, {kind, by, cause}, text)
    else
      spend(output, :printed, {kind, by, cause}, text)
    end
  end

  # A prompt of IEx's own is short; one that a program sets may not be.
  def short(prompt), do: Text.take(prompt, @max_prompt)

  def prompt(output, kind, text) do
    output = report(output)
    Connection.tell(output.socket, {:prompt, kind, Text.take(text, @max_text)})
    output
  end

  # For the message `:report`, which `write/4` has this process sent.
  def report_due(output), do: report(%{output | reporting?: false})

  # Tells how much was left out since the last time.
  def report(%{left_out: 0} = output), do: output

  def report(output) do
    Connection.tell(output.socket, {:left_out, output.left_out})
    %{output | left_out: 0}
  end

  defp spend(output, budget, origin, text) do
    kept = Text.take(text, output.left[budget])
    send_text(output.socket, origin, kept)
    left_out = byte_size(text) - byte_size(kept)
    # Once something is left out all that follows is: no scraps of later lines.
    left = if left_out > 0, do: 0, else: output.left[budget] - byte_size(kept)
    output = put_in(output.left[budget], left)
    output = if kept == "", do: keep_pace(output), else: output
    report_later(%{output | left_out: output.left_out + left_out})
  end

  defp keep_pace(%{unseen: unseen} = output) do
    if output.paced? and unseen > @endless and rem(unseen, @pace) == 0, do: Process.sleep(1)
    %{output | unseen: unseen + 1}
  end

  defp send_text(_socket, _origin, ""), do: :ok

  # Of this node's own processes it does not matter which.
  defp send_text(socket, {kind, by, cause} = origin, text) do
    part = Text.take(text, @max_text)
    {pid, clock} = by
    process = if node(pid) == node(), do: "", else: Text.process(pid)
    Connection.tell(socket, {:output, kind, node(pid), process, clock, cause, part})
    send_text(socket, origin, Text.drop(text, byte_size(part)))
  end

  defp report_later(%{left_out: left_out, reporting?: false} = output) when left_out > 0 do
    Process.send_after(self(), :report, @report_every)
    %{output | reporting?: true}
  end

  defp report_later(output), do: output
end
