# The tracer: sees each message that a process of this node sends to another node, which processes
# are started here from another node and how they end, and what the shell links itself to or monitors
# elsewhere. It hands all that to the connection as text.
#
# The connection spawns it and monitors it: when the tracer dies, the emulator lets go of the
# trace, and the connection starts another at the next input. It ends with the connection.
#
# A trace holds nobody back: whoever sends goes on sending, and each message is copied into the
# mailbox here. So the emulator itself picks out what leaves the node, and once `@max_messages`,
# `@max_bytes` or a mailbox of `@max_queue` is reached the trace ends until the next input, or
# until the connection has told all and has had some rest. `@max_heap` is for messages that are
# giants: they end the tracer rather than the node's memory. (Those of some 500 KB and more the
# emulator sends in slices, and traces none of that: they go unseen.)
#
# A process that another node starts begins in `:erts_internal.dist_spawn_init/1` (OTP 23 and later). Whoever calls
# that function is watched from there on, and its look says whether it began with a link or a monitor (`spawn_link`,
# `spawn_monitor`). Those that are made later are told where the shell's evaluator makes them: by `link/1` and `monitor/2`,
# which is what a person types, not by `monitor/3`, of which `GenServer.call` is full. Nobody else's calls are looked at.
# Of what the evaluator receives only the `:DOWN` of such a monitor is.
#
# From OTP 27 on the trace has a session of its own. Before that there is one for all: `:dbg` in
# the learner's hands may take it away, and nothing is seen then until the next input.

defmodule :moebi_tracer do
  @moduledoc false

  alias :moebi_cause, as: Cause
  alias :moebi_clock, as: Clock
  alias :moebi_text, as: Text
  alias :moebi_worker, as: Worker

  @max_messages 100
  @max_bytes 48 * 1024
  @max_queue 400
  # In words. What is larger than the second is not turned into text.
  @max_heap 8 * 1024 * 1024
  @max_looked_at 64 * 1024
  @rest 1_000
  @max_started 1_000

  @stamped [:monotonic_timestamp]

  @beginning {:erts_internal, :dist_spawn_init, 1}
  @linking {:erlang, :link, 1}
  @monitoring {:erlang, :monitor, 2}

  # What the runtime has to say to itself goes to these; kernel's processes send the rest of it.
  @runtime_names ~w(net_kernel global_name_server global_group rex auth logger logger_proxy)a ++
                   ~w(error_logger application_controller code_server pg Elixir.Logger)a

  def start(connection) do
    heap = %{size: @max_heap, kill: true, error_logger: false}
    :erlang.spawn_opt(fn -> init(connection) end, priority: :high, max_heap_size: heap)
  end

  # Called by the connection.
  def rest(tracer), do: Process.send_after(tracer, :rested, @rest)

  # Called before a prompt: once this returns, what was sent until now has been told, if that
  # doesn't take too long.
  def settle(connection, milliseconds) do
    ref = make_ref()
    send(connection, {:settle, self(), ref})

    receive do
      {^ref, :settled} -> :ok
    after
      milliseconds -> :late
    end
  end

  defp init(connection) do
    Process.monitor(connection)
    own_session? = :code.ensure_loaded(:trace) == {:module, :trace}
    session = if own_session?, do: apply(:trace, :session_create, [:moebi, self(), []])

    state = %{
      connection: connection,
      session: session,
      armed?: false,
      # Told since the last input or rest.
      messages: 0,
      bytes: 0,
      # Those that another node has started, as far as it is known why: with their causes.
      started: %{},
      # What evaluates what is typed, and what it monitors elsewhere, with the causes of that.
      evaluator: nil,
      monitored: %{},
      # Who waits for which `:trace_delivered`.
      settling: %{}
    }

    loop(arm(state))
  end

  defp loop(state) do
    receive do
      {:trace_ts, from, :send, message, to, token, stamp} ->
        state |> sent(from, message, to, token, stamp) |> loop()

      # By a pattern of the learner's own.
      {:trace_ts, from, :send, message, to, stamp} ->
        state |> sent(from, message, to, [], stamp) |> loop()

      {:trace_ts, pid, :call, {:erts_internal, _, [function]}, {token, looks}, stamp} ->
        state |> started(pid, function, token, looks, stamp) |> loop()

      {:trace_ts, pid, :call, {:erlang, :link, [other]}, token, stamp} ->
        state |> tied(pid, :link, other, token, stamp) |> loop()

      {:trace_ts, pid, :call, {:erlang, :monitor, [:process, other]}, token, stamp} ->
        state |> tied(pid, :monitor, other, token, stamp) |> loop()

      {:trace_ts, pid, :receive, {:DOWN, _, :process, other, reason}, stamp} ->
        state |> told_down(pid, other, reason, stamp) |> loop()

      {:trace_ts, pid, :exit, reason, stamp} ->
        state |> ended(pid, reason, stamp) |> loop()

      {:arm, evaluator, from, ref} ->
        state |> follow(evaluator) |> renew() |> say_armed(from, ref) |> loop()

      :rested ->
        loop(renew(state))

      {:settle, from, ref} ->
        state |> settle(from, ref) |> loop()

      {:trace_delivered, _, delivered} ->
        state |> delivered(delivered) |> loop()

      {:DOWN, _, :process, _, _} ->
        :ok

      _other ->
        loop(state)
    end
  end

  defp renew(state) do
    state = if state.armed?, do: state, else: arm(state)
    %{state | messages: 0, bytes: 0}
  end

  defp say_armed(state, from, ref) do
    if ref, do: send(from, {ref, :armed})
    state
  end

  # From now on that one evaluates what is typed.
  defp follow(%{evaluator: evaluator} = state, evaluator), do: state

  defp follow(state, evaluator) do
    if state.armed?, do: watch(state.session, evaluator, true)
    %{state | evaluator: evaluator, monitored: %{}}
  end

  defp arm(state) do
    trace(state.session, true)
    watch(state.session, state.evaluator, true)
    %{state | armed?: true}
  end

  defp disarm(state) do
    trace(state.session, false)
    watch(state.session, state.evaluator, false)
    send(state.connection, {:exhausted, self()})
    %{state | armed?: false}
  end

  defp trace(nil, on?) do
    if on? do
      :erlang.trace_pattern(:send, leaving(), [])
      :erlang.trace_pattern(@beginning, starting(), [:local])
      :erlang.trace_pattern(@linking, linking(), [])
      :erlang.trace_pattern(@monitoring, monitoring(), [])
      :erlang.trace_pattern(:receive, downs(), [])
    end

    :erlang.trace(:processes, on?, [:send | @stamped])
    :erlang.trace(:new_processes, on?, [:call | @stamped])
  catch
    :error, _badarg -> 0
  end

  defp trace(session, on?) do
    if on? do
      apply(:trace, :send, [session, leaving(), []])
      apply(:trace, :function, [session, @beginning, starting(), [:local]])
      apply(:trace, :function, [session, @linking, linking(), []])
      apply(:trace, :function, [session, @monitoring, monitoring(), []])
      apply(:trace, :recv, [session, downs(), []])
    end

    apply(:trace, :process, [session, :processes, on?, [:send | @stamped]])
    apply(:trace, :process, [session, :new_processes, on?, [:call | @stamped]])
  end

  defp watch(_session, nil, _on?), do: 0

  defp watch(session, evaluator, on?) do
    flags = [:call, :receive | @stamped]

    if session,
      do: apply(:trace, :process, [session, evaluator, on?, flags]),
      else: :erlang.trace(evaluator, on?, flags)
  catch
    :error, _it_has_ended -> 0
  end

  # How the process looks says who has started it: of a short life nothing else is left. Its end is of interest too.
  defp starting do
    message = {:message, {{{:get_seq_token}, {:process_dump}}}}
    [{[:_], [], [message, {:trace, [], [:procs | @stamped]}]}]
  end

  # Of another node: a pid, or `{name, node}`.
  defp linking, do: [{[:"$1"], [elsewhere(:"$1")], token()}]

  defp monitoring do
    [
      {[:process, :"$1"], [elsewhere(:"$1")], token()},
      {[:process, {:"$1", :"$2"}], [{:"/=", :"$2", {:node}}], token()}
    ]
  end

  # A match specification on `[node, sender, message]`.
  defp downs do
    down = fn who -> [:_, :_, {:DOWN, :_, :process, who, :_}] end

    [
      {down.(:"$1"), [elsewhere(:"$1")], []},
      {down.({:"$1", :"$2"}), [{:"/=", :"$2", {:node}}], []}
    ]
  end

  defp elsewhere(pid), do: {:andalso, {:is_pid, pid}, {:"/=", {:node, pid}, {:node}}}

  defp token, do: [{:message, {:get_seq_token}}]

  # A match specification on `[receiver, message]`: pids and aliases of other nodes, and `{name,
  # node}`. Requests to group leaders and their replies are what printing is made of, not what
  # programs say to each other; nor are marks.
  defp leaving do
    identifier = {:orelse, {:is_pid, :"$1"}, {:is_reference, :"$1"}}
    abroad = {:"/=", {:node, :"$1"}, {:node}}
    named = {:andalso, {:is_atom, :"$1"}, {:"/=", :"$2", {:node}}}

    no_runtime = Enum.map(@runtime_names, &{:"/=", :"$1", &1})

    [
      {[:"$1", :"$3"], [identifier, abroad, no_io()], token()},
      {[{:"$1", :"$2"}, :"$3"], [named, no_io() | no_runtime], token()}
    ]
  end

  defp no_io do
    tagged = {:andalso, {:is_tuple, :"$3"}, {:>, {:size, :"$3"}, 0}}
    tag = {:element, 1, :"$3"}
    ours = Enum.map([:io_request, :io_reply, :moebi_mark, :moebi_marked], &{:==, tag, &1})
    {:not, {:andalso, tagged, List.to_tuple([:orelse | ours])}}
  end

  # What is still in the mailbox when the trace has ended is let go of.
  defp sent(%{armed?: false} = state, _from, _message, _to, _token, _stamp), do: state

  defp sent(state, from, message, to, token, stamp) do
    if sent_by_us?(from, to),
      do: count(state),
      else: state |> tell_sent(from, to, message, token, stamp) |> count()
  end

  # What is told of a flood, also of what is looked at only, has an end.
  defp count(state) do
    state = %{state | messages: state.messages + 1}

    if state.messages >= @max_messages or state.bytes >= @max_bytes or crowded?(),
      do: disarm(state),
      else: state
  end

  defp crowded? do
    {:message_queue_len, length} = Process.info(self(), :message_queue_len)
    length > @max_queue
  end

  # A pattern of the learner's own may have let through what stays on this node.
  defp tell_sent(state, from, to, message, token, stamp) do
    {home, cause, clock} = {home(to), Cause.of(token), Clock.of(stamp, token)}

    if home == node() or not is_atom(home),
      do: state,
      else:
        tell(state, {:message, node(), name(from), home, name(to), clock, cause, text(message)})
  end

  defp tell(state, frame) do
    send(state.connection, {:seen, frame})
    %{state | bytes: state.bytes + byte_size(elem(frame, tuple_size(frame) - 1))}
  end

  # What no input has brought about is the runtime's own, or a worker's.
  defp started(%{armed?: false} = state, _pid, _function, _token, _looks, _stamp), do: state

  defp started(state, pid, function, token, looks, stamp) do
    case Cause.of(token) do
      :none ->
        count(state)

      cause ->
        state |> tell_started(pid, function, cause, parent(looks), Clock.of(stamp)) |> count()
    end
  end

  defp tell_started(state, pid, function, cause, by, clock) do
    {parent_node, parent, linked?, monitored?} = by

    frame =
      {:spawned, Text.process(pid), parent_node, parent, linked?, monitored?, clock, cause,
       function(function)}

    # Whose end is never told, for there was too much to tell, is forgotten with the others.
    kept = if map_size(state.started) < @max_started, do: state.started, else: %{}
    tell(%{state | started: Map.put(kept, pid, cause)}, frame)
  end

  defp ended(state, pid, reason, stamp) do
    case Map.pop(state.started, pid) do
      {nil, _started} ->
        state

      {cause, started} ->
        frame = {:exited, Text.process(pid), Clock.of(stamp), cause, text(reason)}
        %{state | started: started} |> tell(frame) |> count()
    end
  end

  # A process that is new is asked for its calls as well.
  defp tied(%{armed?: true, evaluator: pid} = state, pid, kind, other, token, stamp) do
    cause = Cause.of(token)
    frame = {:tied, Text.process(pid), kind, home(other), Clock.of(stamp), cause, name(other)}
    state = if kind == :monitor, do: monitors(state, other, cause), else: state
    state |> tell(frame) |> count()
  end

  defp tied(state, _another, _kind, _other, _token, _stamp), do: count(state)

  defp monitors(state, other, cause) do
    kept = if map_size(state.monitored) < @max_started, do: state.monitored, else: %{}
    %{state | monitored: Map.put(kept, other, cause)}
  end

  # It comes of the line that asked for it, and has no input's token. One that nobody has typed a monitor for is what a task
  # or a call has made, and may or may not come before they take it back.
  defp told_down(%{armed?: true, evaluator: pid} = state, pid, other, reason, stamp)
       when is_map_key(state.monitored, other) do
    {cause, monitored} = Map.pop(state.monitored, other)
    {clock, text} = {Clock.of(stamp), text(reason)}
    frame = {:down, Text.process(pid), home(other), name(other), clock, cause, text}
    %{state | monitored: monitored} |> tell(frame) |> count()
  end

  defp told_down(state, _another, _other, _reason, _stamp), do: count(state)

  # The text is the runtime's own, the same in OTP 25 to 27; without this line in it nobody is known to be the parent.
  # What has begun with a link or a monitor has a line for that, `Link list: [<1.2.0>, {from,<1.2.0>,#Ref<1.3.4.5>}]`.
  defp parent(looks) do
    with [_, pid] <- Regex.run(~r/^Spawned by: (<[\d.]+>)$/m, looks) do
      parent = pid |> String.to_charlist() |> :erlang.list_to_pid()
      ties = ties(looks)
      monitored? = Enum.any?(ties, &String.starts_with?(&1, "{from," <> pid <> ","))
      {node(parent), Text.process(parent), pid in ties, monitored?}
    else
      _no_such_line -> {:none, "", false, false}
    end
  end

  defp ties(looks) do
    case Regex.run(~r/^Link list: \[(.*)\]$/m, looks) do
      [_, ties] -> String.split(ties, ", ")
      nil -> []
    end
  end

  defp function({:erlang, :apply, 2}), do: "fn"
  defp function({module, function, arity}), do: Exception.format_mfa(module, function, arity)
  defp function(_other), do: ""

  # A registered name says more than a number.
  defp name({name, _node}), do: Text.inspect(name)

  defp name(pid) when is_pid(pid) and node(pid) == node() do
    case Process.info(pid, :registered_name) do
      {:registered_name, name} when is_atom(name) -> Text.inspect(name)
      _unnamed_or_gone -> Text.process(pid)
    end
  end

  defp name(pid_or_alias), do: Text.process(pid_or_alias)

  defp home({_name, node}), do: node
  defp home(to) when is_pid(to) or is_reference(to) or is_port(to), do: node(to)
  defp home(_name), do: node()

  # By the runtime, or by a worker. Of a process that is gone by now nothing is known: then it was
  # a program's.
  defp sent_by_us?(_from, {name, _node}) when name in @runtime_names, do: true

  defp sent_by_us?(from, _to) do
    case Process.info(from, :group_leader) do
      {:group_leader, leader} -> leader == kernel() or Worker.sink?(leader)
      nil -> false
    end
  end

  defp kernel do
    with supervisor when is_pid(supervisor) <- Process.whereis(:kernel_sup),
         {:group_leader, leader} <- Process.info(supervisor, :group_leader),
         do: leader,
         else: (_ending -> nil)
  end

  # Structs as bare maps: else a module of the learner's could take its time here.
  defp text(message) do
    size = :erts_debug.flat_size(message)
    shown = if size > @max_looked_at, do: "a message of #{size} words", else: message
    Text.inspect(shown, structs: false, width: 98)
  end

  # What was sent before this is in the mailbox, and so with the connection, before the answer is.
  defp settle(%{armed?: false} = state, from, ref), do: settled(state, from, ref)

  defp settle(state, from, ref) do
    delivered =
      if state.session,
        do: apply(:trace, :delivered, [state.session, :all]),
        else: :erlang.trace_delivered(:all)

    # Where there is one trace for all, the input that has just ended may have taken it away.
    state = if state.session, do: state, else: arm(state)
    put_in(state.settling[delivered], {from, ref})
  end

  defp delivered(state, delivered) do
    case pop_in(state.settling[delivered]) do
      {{from, ref}, state} -> settled(state, from, ref)
      {nil, state} -> state
    end
  end

  defp settled(state, from, ref) do
    send(state.connection, {:settled, from, ref})
    state
  end
end
