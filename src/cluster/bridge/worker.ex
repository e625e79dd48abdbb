# A worker: answers one question of Moebi's out of the learner's sight, under a deadline.
#
# For each question the connection spawns an owner, and that spawns the worker and a sink: the
# worker's group leader, which swallows what the worker prints. The owner ends at the deadline, or
# a second later, and the two with it. Nobody misses them: Moebi has a deadline of its own.

defmodule :moebi_worker do
  @moduledoc false

  alias :moebi_text, as: Text
  alias :moebi_tracer, as: Tracer

  @settle_timeout 1_000

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
    swallow()
  end

  defp swallow do
    receive do
      {:io_request, from, ref, request} ->
        send(from, {:io_reply, ref, reply(request)})
        swallow()

      {:DOWN, _, _, _, _} ->
        :ok
    end
  end

  defp reply({:get_geometry, :columns}), do: 80
  defp reply({:get_geometry, :rows}), do: 24
  defp reply(request) when elem(request, 0) in [:put_chars, :requests, :setopts], do: :ok
  defp reply(request) when elem(request, 0) in [:get_line, :get_chars, :get_until], do: :eof
  defp reply(_request), do: {:error, :enotsup}
end
