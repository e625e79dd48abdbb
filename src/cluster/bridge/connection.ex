# The connection: the process that holds the socket to Moebi, carries out what Moebi asks for, and
# tells what happens between nodes.
#
# `:moebi_bridge` spawns it while the node boots; it starts the screen, the devices, the shell and
# the tracer. It halts the node when the socket closes or the screen has died, and replaces a
# tracer that has died at the next input. Should it die itself, the screen halts the node.

defmodule :moebi_connection do
  @moduledoc false

  alias :moebi_bridge, as: Bridge
  alias :moebi_cause, as: Cause
  alias :moebi_clock, as: Clock
  alias :moebi_completion, as: Completion
  alias :moebi_device, as: Device
  alias :moebi_epmd, as: Epmd
  alias :moebi_origin, as: Origin
  alias :moebi_parser, as: Parser
  alias :moebi_probe, as: Probe
  alias :moebi_rest, as: Rest
  alias :moebi_screen, as: Screen
  alias :moebi_shell, as: Shell
  alias :moebi_survey, as: Survey
  alias :moebi_text, as: Text
  alias :moebi_tracer, as: Tracer

  @max_frame 64 * 1024
  @connect_timeout 5_000
  # An input waits this long for the tracer to look again; what it sends at once could go unseen.
  @arm_timeout 200

  def open(path, boot) do
    socket = connect(path)
    word = Cause.new_word(terminal(path))
    tell(socket, hello(word))
    screen = Screen.start(socket, self(), word)
    Process.monitor(screen)
    :net_kernel.monitor_nodes(true)
    Device.start(:user, screen)
    Device.start(:standard_error, screen)
    send(boot, {self(), :open})
    Shell.start(screen, :cli, Cause.token(word, 0))

    state = %{
      socket: socket,
      screen: screen,
      # IEx.Server and its variables, as of the last prompt.
      shell: nil,
      snapshot: nil,
      # The one that Moebi knows of.
      evaluator: nil,
      # Exhausted: it has stopped looking, for now.
      tracer: nil,
      exhausted?: false,
      rest: nil,
      nodes: []
    }

    loop(Enum.reduce(Node.list(), ensure_tracer(state), &up/2))
  end

  # Blocks while Moebi is slower than the node: whoever prints then waits for its answer.
  def tell(socket, frame) do
    case :gen_tcp.send(socket, :erlang.term_to_binary(frame)) do
      :ok -> :ok
      {:error, _gone} -> end_node(0)
    end
  end

  # Unless it ends already.
  def end_node(code) do
    if not stopping?(), do: :erlang.halt(code, flush: false)
    :ok
  end

  # `System.stop` ends processes in its own order and with its own exit code.
  defp stopping?, do: match?({:stopping, _}, :init.get_status())

  def cookie, do: Atom.to_string(:erlang.get_cookie())

  defp connect(path) do
    options = [:binary, packet: 4, packet_size: @max_frame, active: true]

    case :gen_tcp.connect({:local, path}, 0, options, @connect_timeout) do
      {:ok, socket} -> socket
      {:error, e} -> Bridge.abort("Moebi does not answer at #{path}: #{:inet.format_error(e)}")
    end
  end

  # The socket is called after it.
  defp terminal(path) do
    {number, _extension} = path |> Path.basename() |> Integer.parse()
    number
  end

  defp hello(word) do
    otp = List.to_string(:erlang.system_info(:otp_release))
    {:hello, node(), System.version(), otp, List.to_integer(:os.getpid()), cookie(), word}
  end

  defp loop(state) do
    receive do
      message -> message |> handle(state) |> loop()
    end
  end

  defp handle({:tcp, _, frame}, state), do: command(state, :erlang.binary_to_term(frame, [:safe]))
  defp handle({:tcp_closed, _}, _state), do: :erlang.halt(0, flush: false)
  defp handle({:tcp_error, _, _}, _state), do: :erlang.halt(0, flush: false)

  defp handle({:snapshot, pid, shell}, state),
    do: tell_evaluator(%{state | snapshot: pid, shell: shell}, Origin.evaluator(shell))

  defp handle({:nodeup, node}, state), do: up(node, state)
  defp handle({:nodedown, node}, state), do: down(node, state)

  # By the tracer, as Moebi is told.
  defp handle({:seen, frame}, state) do
    tell(state.socket, frame)
    state
  end

  # Armed again from here: while Moebi is too slow to be told anything, nothing more is looked at.
  defp handle({:exhausted, tracer}, state) do
    tell(state.socket, {:unseen})
    Tracer.rest(tracer)
    %{state | exhausted?: true}
  end

  # Both ways through this mailbox, so that the answer comes after what the tracer has sent here.
  defp handle({:settle, from, ref}, %{tracer: nil} = state), do: settled(state, from, ref)

  defp handle({:settle, from, ref}, state) do
    send(state.tracer, {:settle, from, ref})
    state
  end

  defp handle({:settled, from, ref}, state), do: settled(state, from, ref)

  defp handle({:DOWN, _, :process, pid, reason}, %{screen: pid} = state),
    do: screen_died(state, reason)

  defp handle({:DOWN, _, :process, pid, _}, %{tracer: pid} = state), do: %{state | tracer: nil}
  defp handle({:DOWN, _, :process, pid, _}, %{rest: pid} = state), do: %{state | rest: nil}
  defp handle(_other, state), do: state

  defp command(_state, {:halt}), do: :erlang.halt(0, flush: false)

  defp command(state, {:probe, ref, code, pattern, milliseconds}) do
    Probe.start(state, ref, code, pattern, milliseconds)
    state
  end

  defp command(state, {:parse, ref, text, milliseconds}) do
    Parser.start(state, ref, text, milliseconds)
    state
  end

  defp command(state, {:complete, ref, text, milliseconds}) do
    Completion.start(state, ref, text, milliseconds)
    state
  end

  defp command(state, {:survey, ref, salt, module, milliseconds}) do
    Survey.start(state, ref, {salt, module}, milliseconds)
    state
  end

  defp command(state, {:cut, node}) do
    Epmd.cut(node)
    state
  end

  defp command(state, {:rest, number, peers, paused}) do
    state = ensure_rest(state)
    send(state.rest, {:round, number, Tuple.to_list(peers), Tuple.to_list(paused)})
    state
  end

  defp command(state, {:input, _} = input) do
    state = state |> ensure_tracer() |> arm()
    send(state.screen, input)
    state
  end

  defp command(state, for_screen) do
    send(state.screen, for_screen)
    state
  end

  defp tell_evaluator(%{evaluator: evaluator} = state, evaluator), do: state

  defp tell_evaluator(state, evaluator) do
    tell(state.socket, {:shell, Text.process(evaluator)})
    %{state | evaluator: evaluator}
  end

  defp ensure_rest(%{rest: nil} = state) do
    rest = Rest.start(state.socket, state.screen)
    Process.monitor(rest)
    %{state | rest: rest}
  end

  defp ensure_rest(state), do: state

  defp ensure_tracer(%{tracer: nil} = state) do
    tracer = Tracer.start(self())
    Process.monitor(tracer)
    %{state | tracer: tracer, exhausted?: true}
  end

  defp ensure_tracer(state), do: state

  # Only one that has stopped looking is waited for: lines that belong together shall reach the
  # screen together.
  defp arm(%{exhausted?: false} = state) do
    send(state.tracer, {:arm, state.evaluator, self(), nil})
    state
  end

  defp arm(state) do
    ref = make_ref()
    send(state.tracer, {:arm, state.evaluator, self(), ref})

    receive do
      {^ref, :armed} -> %{state | exhausted?: false}
    after
      @arm_timeout -> state
    end
  end

  defp settled(state, from, ref) do
    send(from, {ref, :settled})
    state
  end

  # A node that was connected before we listened may be reported twice: by us, and by kernel.
  defp up(node, state) do
    if node not in state.nodes, do: tell(state.socket, {:node_up, node})
    %{state | nodes: Enum.uniq([node | state.nodes])}
  end

  defp down(node, state) do
    if node in state.nodes, do: tell(state.socket, {:node_down, node})
    %{state | nodes: List.delete(state.nodes, node)}
  end

  # Where the node does not stop, its death is our fault.
  defp screen_died(state, reason) do
    if not stopping?() do
      text = "The node's screen has ended: #{inspect(reason, limit: 20)}\n"
      tell(state.socket, {:output, :shell, node(), "", Clock.now(), :none, text})
      :erlang.halt(1, flush: false)
    end

    state
  end
end
