# Rest: whether anything still runs, or is on its way, of what the inputs have set going.
#
# Moebi asks the bridges of all its nodes, in rounds (rounds.rs, which holds the reasoning). In a round
# each node
#
#   1. sends a mark to each of the others that it is connected to, and waits for it to come back. What
#      was sent to this node before the mark was answered has arrived then, since a connection keeps the
#      order (but for messages of more than 64 KB, which the emulator sends in slices);
#   2. has its own devices, screen and tracer finish what they have been given;
#   3. tells how many processes run, how many of those that a learner's code started wait, and a number
#      that changes with everything that any process does.
#
# A process that waits in `receive`, for a timer too, is at rest. The connection spawns this process and
# starts it anew should it be killed. It connects to nobody, and is known to no one by name.

defmodule :moebi_rest do
  @moduledoc false

  alias :moebi_cause, as: Cause
  alias :moebi_connection, as: Connection
  alias :moebi_tracer, as: Tracer

  # What has not come back by then counts as running.
  @mark_timeout 500

  def start(socket, screen) do
    connection = self()
    spawn(fn -> init(%{socket: socket, screen: screen, connection: connection}) end)
  end

  # What was there before is no consequence of an input, whoever talks to it.
  defp init(state) do
    Process.monitor(state.connection)
    state = Map.merge(state, %{before: MapSet.new(Process.list()), looks: %{}})
    loop(state)
  end

  defp loop(state) do
    receive do
      {:round, number, peers, paused} ->
        {report, state} = round(state, number, peers, paused)
        Connection.tell(state.socket, report)
        loop(state)

      {:DOWN, _, _, _, _} ->
        :ok

      _late ->
        loop(state)
    end
  end

  defp round(state, number, peers, paused) do
    others = for node <- Node.list(:connected), Atom.to_string(node) in peers, do: {:user, node}
    devices = Enum.filter([:user, :standard_error], &Process.whereis/1)
    lost = mark(others) + mark(devices)
    {served, readers, unserved} = served(state.screen)
    unsettled = if Tracer.settle(state.connection, @mark_timeout) == :ok, do: 0, else: 1
    found = look()
    looks = Map.new(found, fn {pid, _} -> {pid, Map.get(state.looks, pid, 0) + 1} end)
    {waiting, running} = Enum.split_with(found, fn {_, info} -> info[:status] == :waiting end)
    theirs = Enum.count(waiting, fn {pid, info} -> theirs?(state, readers, pid, info) end)
    running = max(length(running), active()) + lost + unserved + unsettled + pending(paused)
    running = if stopping?(), do: running + 1, else: running
    # Each look is itself charged to the process that is looked at, as one reduction.
    done = for {pid, info} <- found, do: {pid, info[:reductions] - looks[pid]}
    fingerprint = :erlang.phash2({done, served, Node.list(:connected)})
    {{:rested, number, running, theirs, fingerprint}, %{state | looks: looks}}
  end

  # How many have not answered in time.
  defp mark(devices) do
    ref = make_ref()
    Enum.each(devices, &:erlang.send(&1, {:moebi_mark, self(), ref}, [:noconnect, :nosuspend]))
    deadline = System.monotonic_time(:millisecond) + @mark_timeout
    Enum.count(devices, fn _device -> not marked?(ref, deadline) end)
  end

  defp marked?(ref, deadline) do
    receive do
      {:moebi_marked, ^ref} -> true
    after
      max(deadline - System.monotonic_time(:millisecond), 0) -> false
    end
  end

  defp served(screen) do
    ref = make_ref()
    send(screen, {:served, self(), ref})

    receive do
      {^ref, served, readers} -> {served, readers, 0}
    after
      @mark_timeout -> {0, [], 1}
    end
  end

  # How many processes are run or wait to be, but for this one. It tells of one that is ending too, which is
  # in no list any more and has still to send its exit signals.
  defp active, do: :erlang.statistics(:total_active_tasks_all) - 1

  # Once the node was told to stop, which takes it some time, `init` waits elsewhere than in its loops.
  defp stopping? do
    init = Process.info(Process.whereis(:init), [:status, :current_function])
    at_home = [{:init, :loop, 1}, {:init, :boot_loop, 2}]
    init[:status] == :waiting and init[:current_function] not in at_home
  end

  # Connections that are being set up, but for those with nodes that do not answer. The table is kernel's own, the same in OTP 25 to 27; without it
  # there are none.
  defp pending(paused) do
    pending? = fn connection ->
      Enum.any?(Tuple.to_list(connection), &(&1 in [:pending, :up_pending])) and
        Atom.to_string(elem(connection, 1)) not in paused
    end

    :sys_dist |> :ets.tab2list() |> Enum.count(pending?)
  catch
    :error, _no_such_table -> 0
  end

  # All processes but the bridge's.
  defp look do
    items = [:status, :current_function, :reductions, :group_leader, :sequential_trace_token]

    for pid <- Process.list(),
        pid not in [self(), Process.whereis(:init)],
        [_ | _] = info <- [Process.info(pid, items)],
        not own?(info),
        do: {pid, info}
  end

  defp own?(info), do: info |> module() |> Atom.to_string() |> String.starts_with?("moebi_")

  # IEx at its prompt, and whoever waits for input, go on only with the next input. A process that keeps a
  # connection has the cause of the input that made it for as long as the connection stands.
  defp theirs?(state, readers, pid, info) do
    leader = info[:group_leader]
    led? = leader == state.screen or node(leader) != node()
    caused? = Cause.of(info[:sequential_trace_token]) != :none
    idle? = pid in readers or module(info) in [IEx.Server, IEx.Evaluator, :dist_util]
    not idle? and (led? or (caused? and not MapSet.member?(state.before, pid)))
  end

  defp module(info) do
    case info[:current_function] do
      {module, _, _} -> module
      _unknown -> nil
    end
  end
end
