# Links: the processes that the shell's evaluator is linked to, and the input that each stems from.
#
# When one of them ends, the exit signal ends the evaluator, and IEx says so: "shell process exited". By then
# the token is lost, for a signal leaves the evaluator's own as it is. So the screen knows of each process
# that is linked at a prompt since which input it is, and monitors it.
#
# The evaluator's end then ends all others that are linked to it. What ends before the evaluator is the cause;
# of what ends after it, only a process of another node can be: its news may be slow, while those of this
# node's are there at once.

defmodule :moebi_links do
  @moduledoc false

  # How long the news of an end may come after IEx's own words about it. In milliseconds.
  @news_timeout 20

  def new, do: %{monitored: %{}, evaluator: nil, over?: false, ended: nil}

  # Those that are linked now, at the prompt after that input.
  def update(links, evaluator, pids, input) do
    {kept, gone} = Map.split(links.monitored, pids)
    for {_, {monitor, _}} <- gone, do: Process.demonitor(monitor, [:flush])
    if links.evaluator, do: Process.demonitor(links.evaluator, [:flush])
    # To monitor a process of a node that is gone would be to connect to it.
    new =
      for pid <- pids,
          not is_map_key(kept, pid),
          node(pid) in [node() | Node.list(:connected)],
          do: pid

    monitored = Map.new(new, &{&1, {Process.monitor(&1), input}})
    watched = if monitored != %{} or kept != %{}, do: Process.monitor(evaluator)
    %{new() | monitored: Map.merge(kept, monitored), evaluator: watched}
  end

  # For the `:DOWN` of a monitor: the links, or nil where it is none of theirs.
  def down(%{evaluator: monitor} = links, monitor, _pid, _reason), do: %{links | over?: true}

  def down(links, monitor, pid, reason) do
    case links.monitored do
      %{^pid => {^monitor, input}} ->
        late? = links.over? and node(pid) == node()
        cause = if late? or harmless?(reason), do: nil, else: input
        %{links | monitored: Map.delete(links.monitored, pid), ended: links.ended || cause}

      _another ->
        nil
    end
  end

  # Who ends well ends nobody else, and neither has who was gone before the monitor came: the evaluator was still there.
  defp harmless?(reason), do: reason in [:normal, :noproc]

  # The input that the process which has ended first stems from; nil where none has.
  def ended(%{ended: nil, monitored: monitored}) when monitored != %{} do
    receive do
      {:DOWN, monitor, :process, pid, reason}
      when reason not in [:normal, :noproc] and is_map_key(monitored, pid) and
             elem(:erlang.map_get(pid, monitored), 0) == monitor and
             node(pid) != node() ->
        elem(monitored[pid], 1)
    after
      @news_timeout -> nil
    end
  end

  def ended(links), do: links.ended
end
