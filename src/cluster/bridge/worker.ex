# A worker: answers one question of Moebi's out of the learner's sight, under a deadline.
#
# For each question the connection spawns an owner, and that spawns the worker and a sink: the
# worker's group leader, which keeps what the worker prints to itself. The owner ends at the deadline, or
# a second later, and the two with it. Nobody misses them: Moebi has a deadline of its own.

defmodule :moebi_worker do
  @moduledoc false

  alias :moebi_text, as: Text
  alias :moebi_cause, as: Cause
  alias :moebi_tracer, as: Tracer

  @settle_timeout 1_000
  # How many pieces a sink keeps; what comes after them is lost.
  @most_kept 100

  # Called by the connection. `tell` gets what `work` returns, `late` where that takes too long,
  # or `{:raised, text}` where it exits.
  def start(milliseconds, work, late, tell) do
    connection = self()

    spawn(fn ->
      owner = self()
      sink = spawn(fn -> sink(owner) end)
      {worker, monitor} = spawn_monitor(fn -> work(owner, sink, work) end)

      receive do
        {^worker, outcome} -> tell.(outcome)
        {:DOWN, ^monitor, _, _, reason} -> tell.({:raised, Text.exception(:exit, reason)})
      after
        milliseconds -> Process.exit(worker, :kill) && tell.(late)
      end

      Tracer.settle(connection, @settle_timeout)
    end)
  end

  # Whether the process prints to a worker's sink, as whatever a worker starts does.
  def hidden?(pid) when node(pid) != node(), do: false

  def hidden?(pid) do
    case Process.info(pid, :group_leader) do
      {:group_leader, leader} -> sink?(leader)
      nil -> false
    end
  end

  def sink?(pid) when node(pid) != node(), do: false

  def sink?(pid) do
    case Process.info(pid, :dictionary) do
      {:dictionary, dictionary} -> List.keymember?(dictionary, :moebi_sink, 0)
      nil -> false
    end
  end

  # `{value, own, theirs}`: what `fun` gives, what it prints, and what is printed meanwhile by
  # processes that those called `names` start, such as the tasks of a supervisor. They have their own
  # group leader back whatever becomes of the worker, and nobody reads of a crash in the log. What the
  # learner has them start meanwhile prints where it always does.
  def printed(names, fun) do
    worker = self()
    sinks = [Process.group_leader(), spawn(fn -> sink(worker) end)]
    Process.flag(:trap_exit, true)
    keeper = spawn(fn -> keep(worker, names, sinks) end)
    receive do: ({^keeper, :ready} -> :ok)

    try do
      value = fun.()
      List.to_tuple([value | Enum.map(sinks, &kept/1)])
    after
      send(keeper, {self(), :done})
      receive do: ({^keeper, :done} -> :ok)
    end
  end

  defp keep(worker, names, [_own, theirs] = sinks) do
    monitor = Process.monitor(worker)
    alone(monitor)
    starters = for name <- names, pid = Process.whereis(name), do: {pid, leader(pid)}
    with [{_, leader} | _] <- starters, do: send(theirs, {:leader, leader})
    :logger.add_primary_filter(:moebi_printed, {&silence/2, sinks})
    for {pid, _} <- starters, do: Process.group_leader(pid, theirs)
    send(worker, {self(), :ready})

    receive do
      {:DOWN, ^monitor, _, _, _} -> :ok
      {^worker, :done} -> :ok
    end

    for {pid, leader} <- starters do
      Process.group_leader(pid, leader)

      for other <- Process.list(),
          leader(other) == theirs,
          do: Process.group_leader(other, leader)
    end

    :logger.remove_primary_filter(:moebi_printed)
    send(worker, {self(), :done})
  end

  # One at a time: a second would take the first one's sink for what is to be put back.
  defp alone(monitor) do
    Process.register(self(), :moebi_printed)
  rescue
    ArgumentError ->
      other = Process.monitor(:moebi_printed)

      receive do
        {:DOWN, ^other, _, _, _} -> alone(monitor)
        {:DOWN, ^monitor, _, _, _} -> exit(:normal)
      end
  end

  defp leader(pid) do
    with {:group_leader, leader} <- Process.info(pid, :group_leader), do: leader
  end

  defp silence(event, sinks), do: if(event.meta[:gl] in sinks, do: :stop, else: :ignore)

  defp kept(sink) do
    send(sink, {:kept, self()})
    receive do: ({:kept, ^sink, text} -> text)
  end

  # Stays until the tracer has seen what it sent, and whose it was.
  defp work(owner, sink, work) do
    Process.group_leader(self(), sink)
    monitor = Process.monitor(owner)
    send(owner, {self(), work.()})
    receive do: ({:DOWN, ^monitor, _, _, _} -> :ok)
  end

  # What a worker has left running prints to nobody once this has ended.
  defp sink(owner) do
    Process.put(:moebi_sink, true)
    Process.monitor(owner)
    swallow([], nil)
  end

  defp swallow(kept, leader) do
    receive do
      {:io_request, from, ref, request} = message ->
        token = Cause.take_token()

        if leader != nil and Cause.of(token) != :none do
          # A consequence of what the learner has typed.
          Cause.send(token, leader, message)
          swallow(kept, leader)
        else
          send(from, {:io_reply, ref, reply(request)})
          swallow(if(length(kept) < @most_kept, do: [text(request) | kept], else: kept), leader)
        end

      {:leader, leader} ->
        swallow(kept, leader)

      {:kept, worker} ->
        send(worker, {:kept, self(), kept |> Enum.reverse() |> Enum.join()})
        swallow(kept, leader)

      {:DOWN, _, _, _, _} ->
        :ok
    end
  end

  defp text({:put_chars, _, module, function, arguments}),
    do: text({:put_chars, :unicode, apply(module, function, arguments)})

  defp text({:put_chars, _, characters}) do
    case :unicode.characters_to_binary(characters) do
      text when is_binary(text) -> text
      _no_text -> ""
    end
  end

  defp text({:requests, requests}), do: Enum.map_join(requests, &text/1)
  defp text(_request), do: ""

  defp reply({:get_geometry, :columns}), do: 80
  defp reply({:get_geometry, :rows}), do: 24
  defp reply(request) when elem(request, 0) in [:put_chars, :requests, :setopts], do: :ok
  defp reply(request) when elem(request, 0) in [:get_line, :get_chars, :get_until], do: :eof
  defp reply(_request), do: {:error, :enotsup}
end
