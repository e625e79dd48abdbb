# The bridge: what Moebi puts inside every node, in place of the terminal driver.
#
# Its life. `erl` is started with `-user moebi_bridge`, so kernel calls `:moebi_bridge.start/0` while it boots and
# goes on once a process is registered as `user`. `start/0` spawns the *wire*, which takes away the environment that
# brought it here, connects to the Unix socket of the terminal it lives in, says `hello`, and starts the rest:
#
#     Moebi ══ socket ══ wire ─── screen ◄── user, standard_error     whoever prints or reads
#                          │         ├──── snapshot                   the variables as they stood at the last prompt
#                          │         └──── shell (IEx.Server)         the screen is its group leader
#                          ├── tracer                                 sees the messages that leave this node
#                          └── probe, parse, complete                 a moment each, under a deadline
#
# The *screen* serves Erlang's I/O protocol for all three devices. Every request carries the pid that asks, and that
# pid is blocked until it is answered: this is how Moebi knows who printed what, and it is what holds a flood back.
#
# Who notices whose death: the wire halts the node when the socket closes (Moebi is gone) or when the screen dies;
# the screen halts it when the wire dies, starts the shell again when the shell dies, and drops the requests of
# whatever reader dies; a tracer that dies is replaced at the next input. Nobody outlives the node, and the node does
# not outlive Moebi.
#
# All words that cross the socket are listed in protocol.rs.

defmodule :moebi_bridge do
  @moduledoc false

  @most_frame 64 * 1024
  @connecting 5_000
  # An input waits so long for the tracer to look again; what it sends at once could go unseen otherwise.
  @tracing_within 200

  @modules [
    :moebi_shell,
    :moebi_screen,
    :moebi_reader,
    :moebi_origin,
    :moebi_snapshot,
    :moebi_tracer,
    :moebi_probe,
    :moebi_completion
  ]

  # Called by kernel. Returns once `user` is registered; the shell itself must wait until the node has booted.
  def start do
    boot = self()
    # Now, since Mix takes folders that it doesn't know off the code path.
    Enum.each(@modules, &({:module, _} = :code.ensure_loaded(&1)))
    {wire, ref} = spawn_monitor(fn -> open(boot) end)

    receive do
      {^wire, :open} -> Process.demonitor(ref, [:flush])
      {:DOWN, ^ref, _, _, reason} -> abort("the bridge could not start: #{inspect(reason)}")
    end

    wire
  end

  # Typed by the screen itself, into the new evaluator after an interrupt: the values of the variables it names.
  def kept do
    leader = Process.group_leader()
    ref = Process.monitor(leader)
    send(leader, {:io_request, self(), ref, {:moebi, :kept}})

    receive do
      {:io_reply, ^ref, values} -> Process.demonitor(ref, [:flush]) && values
      {:DOWN, ^ref, _, _, _} -> []
    end
  end

  # Blocks while Moebi is slower than the node: whoever prints then waits for its answer.
  def tell(socket, frame) do
    case :gen_tcp.send(socket, :erlang.term_to_binary(frame)) do
      :ok -> :ok
      {:error, _gone} -> :erlang.halt(0, flush: false)
    end
  end

  defp open(boot) do
    socket = connect(take_environment())
    tell(socket, hello())
    screen = :moebi_screen.start(socket, self())
    Process.monitor(screen)
    :net_kernel.monitor_nodes(true)
    stand_in(:user, screen)
    stand_in(:standard_error, screen)
    send(boot, {self(), :open})
    :moebi_shell.start(screen, :cli)
    nobody = %{socket: socket, screen: screen, tracer: nil, spent?: false, snapshot: nil, shell: nil, nodes: []}
    wire = trace(nobody)
    serve(Enum.reduce(Node.list(), wire, &up/2))
  end

  # Else every `System.cmd("elixir", …)` in here would inherit a terminal driver that it can't find, and die.
  defp take_environment do
    path = System.get_env("MOEBI_BRIDGE")
    own_flags = System.get_env("MOEBI_ZFLAGS")
    Enum.each(["MOEBI_BRIDGE", "MOEBI_ZFLAGS", "ERL_ZFLAGS"], &System.delete_env/1)
    own_flags && System.put_env("ERL_ZFLAGS", own_flags)
    path || abort("MOEBI_BRIDGE is not set")
  end

  defp connect(path) do
    options = [:binary, packet: 4, packet_size: @most_frame, active: true]

    case :gen_tcp.connect({:local, path}, 0, options, @connecting) do
      {:ok, socket} -> socket
      {:error, reason} -> abort("Moebi does not answer at #{path}: #{:inet.format_error(reason)}")
    end
  end

  defp hello do
    os_pid = List.to_integer(:os.getpid())
    {:hello, node(), System.version(), List.to_string(:erlang.system_info(:otp_release)), os_pid, cookie()}
  end

  def cookie, do: Atom.to_string(:erlang.get_cookie())

  # At this time the terminal driver that we replace is still the one that reaches file descriptor 2.
  defp abort(text) do
    :io.put_chars(:standard_error, ["moebi: ", text, ?\n])
    :erlang.halt(1)
  end

  # A device by name. It only passes requests on, with its name, to the screen, which answers in its place.
  defp stand_in(name, screen) do
    device = spawn(fn -> pass_on(name, screen) end)
    if Process.whereis(name), do: Process.unregister(name)
    Process.register(device, name)
  end

  defp pass_on(name, screen) do
    receive do
      {:io_request, from, ref, request} -> send(screen, {:io_request, name, from, ref, request})
      _other -> :ok
    end

    pass_on(name, screen)
  end

  defp serve(wire) do
    receive do
      {:tcp, _, frame} -> wire |> obey(:erlang.binary_to_term(frame, [:safe])) |> serve()
      {:tcp_closed, _} -> :erlang.halt(0, flush: false)
      {:tcp_error, _, _} -> :erlang.halt(0, flush: false)
      {:snapshot, snapshot, shell} -> serve(%{wire | snapshot: snapshot, shell: shell})
      {:nodeup, node} -> serve(up(node, wire))
      {:nodedown, node} -> serve(down(node, wire))
      {:sent, to, text} -> tell(wire.socket, {:message, node(), to, text}) && serve(wire)
      # Armed again from here: while Moebi is too slow to be told anything, nothing more is looked at.
      {:spent, tracer} -> :moebi_tracer.rest(tracer) && serve(%{wire | spent?: true})
      {:settle, from, ref} -> settle(wire, from, ref) && serve(wire)
      {:settled, from, ref} -> send(from, {ref, :settled}) && serve(wire)
      {:DOWN, _, :process, pid, reason} when pid == wire.screen -> mourn(wire, reason)
      {:DOWN, _, :process, pid, _} when pid == wire.tracer -> serve(%{wire | tracer: nil})
      _other -> serve(wire)
    end
  end

  defp obey(wire, {:halt}), do: :erlang.halt(0, flush: false) && wire

  defp obey(wire, {:probe, ref, code, pattern, milliseconds}) do
    :moebi_probe.start(wire, ref, code, pattern, milliseconds)
    wire
  end

  defp obey(wire, {:parse, ref, text}) do
    :moebi_probe.parse(wire, ref, text)
    wire
  end

  defp obey(wire, {:input, _} = input) do
    wire = wire |> trace() |> arm()
    send(wire.screen, input)
    wire
  end

  defp obey(wire, {:complete, ref, text}) do
    :moebi_completion.start(wire, ref, text)
    wire
  end

  defp obey(wire, for_screen) do
    send(wire.screen, for_screen)
    wire
  end

  defp trace(%{tracer: nil} = wire) do
    tracer = :moebi_tracer.start(self())
    Process.monitor(tracer)
    %{wire | tracer: tracer, spent?: true}
  end

  defp trace(wire), do: wire

  # Only one that has stopped looking is waited for: lines that belong together shall reach the screen together.
  defp arm(%{spent?: false} = wire) do
    send(wire.tracer, {:arm, self(), nil})
    wire
  end

  defp arm(wire) do
    ref = make_ref()
    send(wire.tracer, {:arm, self(), ref})

    receive do
      {^ref, :armed} -> %{wire | spent?: false}
    after
      @tracing_within -> wire
    end
  end

  defp settle(%{tracer: nil}, from, ref), do: send(from, {ref, :settled})
  defp settle(wire, from, ref), do: send(wire.tracer, {:settle, from, ref})

  # A node that was connected before we listened may be reported twice: once by us, once by the kernel.
  defp up(node, wire) do
    if node not in wire.nodes, do: tell(wire.socket, {:node_up, node})
    %{wire | nodes: Enum.uniq([node | wire.nodes])}
  end

  defp down(node, wire) do
    if node in wire.nodes, do: tell(wire.socket, {:node_down, node})
    %{wire | nodes: List.delete(wire.nodes, node)}
  end

  # `System.stop` ends processes in its own order and with its own exit code; any other death of the screen is ours.
  defp mourn(wire, reason) do
    with {status, _} when status != :stopping <- :init.get_status() do
      tell(wire.socket, {:output, :shell, node(), "The node's screen has ended: #{inspect(reason, limit: 20)}\n"})
      :erlang.halt(1, flush: false)
    end

    serve(wire)
  end
end

defmodule :moebi_shell do
  @moduledoc false

  # Starts IEx from a process of its own: kernel is still booting, and from OTP 26 on it can't be asked to start
  # an application from here. `what` is `:cli` at first (the command line runs, as in plain iex) and `:again` after.
  def start(screen, what) do
    spawn(fn ->
      Process.group_leader(self(), screen)
      send(screen, {:shell, launch(what, self())})
      receive do: ({:cli, pid} -> send(pid, :go))
    end)
  end

  defp launch(what, starter) do
    arguments = :init.get_plain_arguments()
    options = options(following(arguments, ~c"--dot-iex"))

    case following(arguments, ~c"--remsh") do
      nil -> iex(node(), options, {__MODULE__, :run, [what, starter]})
      remote -> iex(remote(remote), options, remote_cli(local_cli(what, starter)))
    end
  end

  # Runs in a process of the shell's own, before its banner; by then the screen must know the shell.
  def run(what, starter) do
    send(starter, {:cli, self()})
    receive do: (:go -> :ok)
    if what == :cli, do: :elixir.start_cli()
  end

  # The key was renamed in 1.18. `register` is for `IEx.pry`, which otherwise looks for OTP's own terminal driver.
  defp options(nil), do: [register: true, on_eof: :halt]
  defp options(path), do: [dot_iex: List.to_string(path), dot_iex_path: List.to_string(path)] ++ options(nil)

  defp following([key, value | _], key), do: value
  defp following([_ | rest], key), do: following(rest, key)
  defp following([], _key), do: nil

  # The shell's own process, on the node where it shall run.
  defp iex(node, options, mfa) when node == node(), do: apply(launcher(), :start, [options, mfa])

  defp iex(node, options, mfa) do
    :erpc.call(node, launcher(), :start, [Keyword.delete(options, :register), mfa], 10_000)
  catch
    kind, reason ->
      banner = Exception.format_banner(kind, reason)
      :io.put_chars(:standard_error, "Could not contact remote node #{node}, reason: #{banner}. Aborting...\n")
      :erlang.halt(1)
  end

  defp remote(name) do
    if Enum.member?(name, ?@),
      do: List.to_atom(name),
      else: List.to_atom(name ++ :string.find(Atom.to_charlist(node()), ~c"@"))
  end

  # With `--remsh` the command line is this node's, though the shell runs over there.
  defp local_cli(what, starter) do
    ref = make_ref()

    parent =
      spawn(fn ->
        receive do
          {:begin, ^ref, other} ->
            run(what, starter)
            send(other, {:done, ref})
        end
      end)

    [parent, ref]
  end

  defp remote_cli(arguments) do
    if launcher() == :iex, do: {:iex, :sync_remote, arguments}, else: {IEx.CLI, :remote_start, arguments}
  end

  # 1.15 moved the shell's start from Elixir to Erlang.
  defp launcher, do: if(:code.ensure_loaded(:iex) == {:module, :iex}, do: :iex, else: IEx)
end

defmodule :moebi_screen do
  @moduledoc false

  alias :moebi_bridge, as: Bridge
  alias :moebi_origin, as: Origin
  alias :moebi_reader, as: Reader

  @most_typed 1024 * 1024
  # What one input's output may come to, in bytes: printed by anyone; and, apart from that, IEx's own words, so that
  # a flood can't hide the result or the error that ends it.
  @most_printed 256 * 1024
  @most_own 64 * 1024
  @most_text 48 * 1024
  @report_every 250
  @snapshot_within 250
  @interrupt_within 5_000

  def start(socket, wire), do: spawn(fn -> init(socket, wire) end)

  defp init(socket, wire) do
    Process.monitor(wire)

    loop(%{
      socket: socket,
      wire: wire,
      # IEx.Server, and what this node was called when last asked.
      shell: nil,
      named: {node(), Bridge.cookie(), false},
      # Whoever waits for input, in the order of asking; and what was typed ahead of them.
      readers: [],
      typed: [],
      waiting?: false,
      # nil, or why IEx's words are kept off the screen: see `interrupt/1`.
      hush: nil,
      stale?: false,
      snapshot: nil,
      variables: [],
      options: %{},
      size: {80, 24},
      budget: fresh_budget(),
      left_out: 0,
      reporting?: false
    })
  end

  defp loop(state) do
    receive do
      message -> message |> handle(state) |> loop()
    end
  end

  defp handle({:io_request, from, ref, request}, state), do: ask(state, asker(:screen, from, ref), request)
  defp handle({:io_request, device, from, ref, request}, state), do: ask(state, asker(device, from, ref), request)

  defp handle({:input, text}, state), do: type(%{state | budget: fresh_budget()}, text)
  defp handle({:eof}, state), do: serve(%{state | typed: state.typed ++ [:eof]})
  defp handle({:interrupt}, state), do: interrupt(state)
  defp handle({:geometry, columns, rows}, state), do: %{state | size: {columns, rows}}

  defp handle({:shell, pid}, state) do
    Process.monitor(pid)
    %{state | shell: pid}
  end

  defp handle({:snapshot, pid, variables, named}, %{snapshot: pid} = state) do
    send(state.wire, {:snapshot, pid, state.shell})
    %{state | variables: variables} |> name(named) |> ready(pid)
  end

  # The evaluator did not say in time; better a prompt without a snapshot than none.
  defp handle({:late, pid}, %{snapshot: pid} = state), do: ready(state, pid)
  defp handle({:late, _}, state), do: state
  defp handle({:report}, state), do: report(%{state | reporting?: false})

  defp handle({:stuck, shell}, %{hush: :stopping, shell: shell} = state) do
    Process.exit(shell, :kill)
    state
  end

  defp handle({:DOWN, _, :process, wire, _}, %{wire: wire}), do: :erlang.halt(1, flush: false)
  defp handle({:DOWN, _, :process, shell, reason}, %{shell: shell} = state), do: bereaved(state, reason)
  defp handle({:DOWN, ref, :process, _, _}, state), do: drop(state, &(&1.monitor == ref))
  defp handle(_other, state), do: state

  ## Requests

  defp asker(device, from, ref), do: %{device: device, from: from, ref: ref}

  defp answer(%{from: from, ref: ref}, reply), do: send(from, {:io_reply, ref, reply})

  defp ask(state, asker, request) do
    case perform(state, asker, request) do
      {:reply, reply, state} ->
        answer(asker, reply)
        after_answer(state, asker, request)

      {:read, reader, state} ->
        await(state, reader)
    end
  end

  # Terms that are not requests at all, and functions of others that raise, must not end the screen.
  defp perform(state, asker, request) do
    do_perform(state, asker, request)
  catch
    _kind, _reason -> {:reply, {:error, :request}, state}
  end

  defp do_perform(state, asker, {:put_chars, encoding, chars}), do: put(state, asker, encoding, chars)
  defp do_perform(state, asker, {:put_chars, encoding, m, f, a}), do: put(state, asker, encoding, apply(m, f, a))
  defp do_perform(state, asker, {:put_chars, chars}), do: put(state, asker, :latin1, chars)
  defp do_perform(state, asker, {:put_chars, m, f, a}), do: put(state, asker, :latin1, apply(m, f, a))

  defp do_perform(state, asker, {:requests, requests}), do: perform_all(state, asker, requests)

  defp do_perform(state, asker, {:setopts, options}), do: set_options(state, asker.device, options)
  defp do_perform(state, asker, :getopts), do: {:reply, options(state, asker.device), state}
  defp do_perform(%{size: {columns, _}} = state, _, {:get_geometry, :columns}), do: {:reply, columns, state}
  defp do_perform(%{size: {_, rows}} = state, _, {:get_geometry, :rows}), do: {:reply, rows, state}
  defp do_perform(state, _, {:get_password, _}), do: {:reply, {:error, :enotsup}, state}
  defp do_perform(state, _, {:get_password, _, _}), do: {:reply, {:error, :enotsup}, state}

  defp do_perform(%{snapshot: pid} = state, asker, {:moebi, :kept}) when is_pid(pid) do
    send(pid, {:values, asker.from, asker.ref})
    {:read, nil, state}
  end

  defp do_perform(state, asker, request) do
    case Reader.new(asker, request) do
      nil -> {:reply, {:error, :request}, state}
      reader -> {:read, %{reader | iex: Origin.iex(state.shell, reader)}, state}
    end
  end

  defp perform_all(state, _asker, []), do: {:reply, :ok, state}

  defp perform_all(state, asker, [request | rest]) do
    case perform(state, asker, request) do
      {:reply, {:error, _} = error, state} -> {:reply, error, state}
      {:reply, reply, state} when rest == [] -> {:reply, reply, state}
      {:reply, _, state} -> perform_all(state, asker, rest)
      {:read, reader, state} -> {:read, reader && %{reader | rest: rest}, state}
    end
  end

  defp after_answer(state, %{from: shell}, {:setopts, _}) when shell == state.shell, do: shell_listens(state)
  defp after_answer(state, _asker, _request), do: state

  @known [:binary, :encoding, :echo, :expand_fun, :line_history, :log, :onlcr, :terminal, :stdout, :stdin, :stderr]

  defp set_options(state, device, options) do
    options = Enum.map(options, &option/1)

    if Enum.all?(options, fn {key, _} -> key in @known end),
      do: {:reply, :ok, put_in(state.options[device], Keyword.merge(options(state, device), options))},
      else: {:reply, {:error, :enotsup}, state}
  end

  defp option(:binary), do: {:binary, true}
  defp option(:list), do: {:binary, false}
  defp option(encoding) when encoding in [:unicode, :utf8], do: {:encoding, :unicode}
  defp option(:latin1), do: {:encoding, :latin1}
  defp option({:encoding, :utf8}), do: {:encoding, :unicode}
  defp option({key, value}), do: {key, value}
  defp option(key), do: {key, true}

  defp options(state, device) do
    Map.get(state.options, device, binary: false, encoding: :unicode, echo: true, expand_fun: &no_expansion/1)
  end

  defp no_expansion(_), do: {:no, [], []}

  ## Output

  defp put(state, asker, encoding, chars) do
    case :unicode.characters_to_binary(chars, encoding, :unicode) do
      text when is_binary(text) -> {:reply, :ok, show(state, asker, text)}
      _not_text -> {:reply, {:error, :put_chars}, state}
    end
  end

  defp show(state, _asker, ""), do: state

  defp show(state, asker, text) do
    kind = Origin.output(state.shell, asker, text)

    cond do
      kind == :hidden -> state
      state.hush && Origin.own?(kind) -> state
      true -> note_stale(write(state, kind, node(asker.from), text), asker)
    end
  end

  # From 1.15 on the shell keeps its request for input when its evaluator dies, so its prompt must be drawn again.
  defp note_stale(state, %{from: from}), do: %{state | stale?: state.stale? or from == state.shell}

  defp write(state, kind, node, text) do
    purse = if Origin.own?(kind), do: :own, else: :printed
    # What was left out stands before the result that came after it.
    state = if purse == :own, do: report(state), else: state
    {kept, size} = cut(text, state.budget[purse])
    send_text(state.socket, kind, node, kept)
    left_out = byte_size(text) - size
    # Once something is left out all that follows is: no scraps of later lines.
    left = if left_out > 0, do: 0, else: state.budget[purse] - size
    report_later(%{state | left_out: state.left_out + left_out, budget: %{state.budget | purse => left}})
  end

  defp fresh_budget, do: %{own: @most_own, printed: @most_printed}

  defp send_text(_socket, _kind, _node, ""), do: :ok

  defp send_text(socket, kind, node, text) do
    {head, size} = cut(text, @most_text)
    Bridge.tell(socket, {:output, kind, node, head})
    send_text(socket, kind, node, binary_part(text, size, byte_size(text) - size))
  end

  # As much of the text as fits into `most` bytes without cutting a character.
  defp cut(text, most) when byte_size(text) <= most, do: {text, byte_size(text)}

  defp cut(text, most) do
    size = border(text, most)
    {binary_part(text, 0, size), size}
  end

  defp border(_text, at) when at <= 0, do: 0
  defp border(text, at), do: if(:binary.at(text, at) in 0x80..0xBF, do: border(text, at - 1), else: at)

  defp report_later(%{left_out: left_out, reporting?: false} = state) when left_out > 0 do
    Process.send_after(self(), {:report}, @report_every)
    %{state | reporting?: true}
  end

  defp report_later(state), do: state

  defp report(%{left_out: 0} = state), do: state

  defp report(state) do
    Bridge.tell(state.socket, {:left_out, state.left_out})
    %{state | left_out: 0}
  end

  ## Input

  defp type(state, text) do
    size = state.typed |> Enum.filter(&is_binary/1) |> Enum.map(&byte_size/1) |> Enum.sum()

    if size + byte_size(text) > @most_typed,
      do: write(state, :shell, node(), "Not taken: 1 MB of input already waits to be read.\n"),
      else: serve(%{state | typed: state.typed ++ lines(text)})
  end

  # From 1.15 on IEx takes whatever it is given at once for one expression; line by line it reads as at a terminal.
  defp lines(text) do
    case :binary.split(text, "\n") do
      [line, rest] when rest != "" -> [line <> "\n" | lines(rest)]
      _one_line -> [text]
    end
  end

  defp await(state, nil), do: state

  defp await(state, reader) do
    reader = %{reader | monitor: Process.monitor(reader.asker.from), ready?: reader.iex != :iex}
    state = %{state | readers: state.readers ++ [reader]}
    if reader.iex, do: shell_reads(state), else: serve(state)
  end

  # The shell waits for input, be it with a new request or with the one it kept. After an interrupt it first gets its
  # variables back, through one line that nobody sees; then, and else at once, they are looked at for the next time.
  defp shell_reads(%{hush: :stopping, variables: [_ | _] = variables} = state) do
    {[reader], others} = Enum.split_with(state.readers, & &1.iex)
    line = "[#{Enum.join(variables, ", ")}] = :moebi_bridge.kept(); IEx.dont_display_result()\n"
    {:done, reply, _rest} = Reader.feed(reader, line, options(state, reader.asker.device))
    finish(reader, reply)
    %{state | readers: others, hush: {:restoring, length(variables)}}
  end

  defp shell_reads(%{hush: :stopping} = state), do: shell_reads(%{state | hush: {:restoring, 0}})

  defp shell_reads(%{hush: {:restoring, kept}} = state) do
    Bridge.tell(state.socket, {:interrupted, kept})
    shell_reads(%{state | hush: nil})
  end

  defp shell_reads(state) do
    state = %{state | hush: nil, stale?: false}
    if Enum.any?(state.readers, &(&1.iex == :iex)), do: look(state), else: serve(state)
  end

  defp shell_listens(state) do
    if Enum.any?(state.readers, & &1.iex) and (state.stale? or state.hush),
      do: shell_reads(state),
      else: state
  end

  defp look(state) do
    snapshot = :moebi_snapshot.start(self(), state.wire, state.shell)
    Process.send_after(self(), {:late, snapshot}, @snapshot_within)
    if state.snapshot, do: Process.exit(state.snapshot, :kill)
    update_iex(%{state | snapshot: snapshot}, &%{&1 | ready?: false, shown?: false})
  end

  defp ready(state, snapshot) when snapshot == state.snapshot do
    state |> update_iex(&%{&1 | ready?: true}) |> serve()
  end

  defp update_iex(state, change) do
    %{state | readers: Enum.map(state.readers, &if(&1.iex == :iex, do: change.(&1), else: &1))}
  end

  defp name(%{named: named} = state, named), do: state

  defp name(state, {node, cookie, mix?} = named) do
    Bridge.tell(state.socket, {:named, node, cookie, mix?})
    %{state | named: named}
  end

  # Hands what was typed to whoever is first; draws the prompt of the first that has to wait.
  defp serve(%{readers: []} = state), do: settle(state)
  defp serve(%{readers: [%{ready?: false} | _]} = state), do: state
  defp serve(%{readers: [%{shown?: true} | _], typed: []} = state), do: state
  defp serve(%{readers: [reader | _], typed: []} = state), do: prompt(state, reader)

  defp serve(%{readers: [reader | others], typed: [item | typed]} = state) do
    state = %{state | typed: typed, waiting?: state.waiting? and item == :eof}

    case Reader.feed(reader, item, options(state, reader.asker.device)) do
      {:more, reader} ->
        serve(%{state | readers: [Reader.again(reader) | others]})

      {:done, reply, left} ->
        state = %{state | readers: others, typed: Enum.reject([left], &(&1 == "")) ++ typed}
        state |> go_on(reader, reply) |> serve()
    end
  end

  # The rest of a `requests` list, whose reading part has just been served.
  defp go_on(state, %{rest: [_ | _] = rest} = reader, reply) when not (is_tuple(reply) and elem(reply, 0) == :error) do
    Process.demonitor(reader.monitor, [:flush])
    ask(state, reader.asker, {:requests, rest})
  end

  defp go_on(state, reader, reply) do
    finish(reader, reply)
    state
  end

  defp finish(reader, reply) do
    Process.demonitor(reader.monitor, [:flush])
    answer(reader.asker, reply)
  end

  defp prompt(%{readers: [reader | others]} = state, reader) do
    state = report(state)
    {text, _} = cut(reader.prompt, @most_text)
    Bridge.tell(state.socket, {:prompt, Reader.kind(reader), text})
    %{state | readers: [%{reader | shown?: true} | others], waiting?: true}
  end

  # Nobody waits any more, though Moebi was told so, and nothing was typed that would explain it.
  defp settle(%{waiting?: true} = state) do
    Bridge.tell(state.socket, {:prompt, :none, ""})
    %{state | waiting?: false}
  end

  defp settle(state), do: state

  defp drop(state, which) do
    {_dropped, left} = Enum.split_with(state.readers, which)
    serve(%{state | readers: left})
  end

  ## Ctrl-C

  # At IEx's own prompt there is nothing to stop but what is half typed, and IEx lets go of that when its reading is
  # interrupted: same process, same variables. Elsewhere IEx.Server takes the exit signal `:interrupt` for "start a
  # new evaluator". Its words about it, and its banner, stay off the screen: Moebi has a line of its own for that.
  defp interrupt(%{readers: [%{iex: :iex} = reader | _]} = state), do: prompt_again(%{state | typed: []}, reader)

  defp interrupt(%{readers: [%{iex: :more} = reader | others]} = state) do
    finish(reader, {:error, :interrupted})
    %{state | readers: others, typed: [], hush: :dropping}
  end

  defp interrupt(state) do
    evaluator = Origin.evaluator(state.shell)
    if evaluator == nil, do: :erlang.halt(130, flush: false)
    state = report(%{state | typed: [], hush: :stopping})
    Process.exit(state.shell, :interrupt)
    Process.send_after(self(), {:stuck, state.shell}, @interrupt_within)
    {foreign, own} = Enum.split_with(state.readers, &(&1.iex == nil and &1.asker.from != evaluator))
    Enum.each(foreign, &finish(&1, {:error, :interrupted}))
    serve(%{state | readers: own})
  end

  defp prompt_again(state, %{ready?: true} = reader), do: prompt(state, reader)
  defp prompt_again(state, _reader), do: state

  defp bereaved(state, reason) do
    text = "** (EXIT from #{inspect(state.shell)}) the shell itself has ended: #{Exception.format_exit(reason)}\n"
    state = write(%{state | hush: nil}, :error, node(), text)
    if node(state.shell) != node(), do: :erlang.halt(0, flush: false)
    :moebi_shell.start(self(), :again)
    %{state | shell: nil}
  end
end

defmodule :moebi_reader do
  @moduledoc false

  # A request for input, and what it has been given so far. `iex` says whether IEx itself asks.
  def new(asker, {:get_line, encoding, prompt}), do: reader(asker, :line, encoding, prompt)
  def new(asker, {:get_line, prompt}), do: reader(asker, :line, :latin1, prompt)
  def new(asker, {:get_chars, encoding, prompt, count}), do: reader(asker, {:chars, count}, encoding, prompt)
  def new(asker, {:get_chars, prompt, count}), do: reader(asker, {:chars, count}, :latin1, prompt)
  def new(asker, {:get_until, encoding, prompt, m, f, a}), do: reader(asker, {:until, m, f, a}, encoding, prompt)
  def new(asker, {:get_until, prompt, m, f, a}), do: reader(asker, {:until, m, f, a}, :latin1, prompt)
  def new(_asker, _not_for_input), do: nil

  defp reader(asker, wants, encoding, prompt) do
    %{
      asker: asker,
      wants: wants,
      encoding: encoding,
      prompt: text(prompt),
      so_far: if(is_tuple(wants) and elem(wants, 0) == :until, do: [], else: ""),
      rest: [],
      iex: nil,
      monitor: nil,
      ready?: true,
      shown?: false
    }
  end

  defp text(prompt) do
    :unicode.characters_to_binary(:io_lib.format_prompt(prompt, :unicode), :unicode)
  end

  def kind(%{iex: kind}) when kind != nil, do: kind
  def kind(%{wants: {:chars, _}}), do: :chars
  def kind(_reader), do: :gets

  # It was given something and needs more: from 1.19 on that is how IEx itself continues an expression.
  def again(%{iex: nil} = reader), do: %{reader | shown?: false, prompt: ""}
  def again(reader), do: %{reader | shown?: false, prompt: "...> ", iex: :more}

  # `{:done, reply, left_over}` or `{:more, reader}`.
  def feed(%{wants: {:until, m, f, a}} = reader, item, _options) do
    chars = if item == :eof, do: :eof, else: String.to_charlist(item)

    case apply(m, f, [reader.so_far, chars | a]) do
      {:done, reply, left} -> {:done, reply, left_over(left)}
      {:more, so_far} -> {:more, %{reader | so_far: so_far}}
    end
  catch
    _kind, _reason -> {:done, {:error, :get_until}, ""}
  end

  def feed(%{so_far: ""}, :eof, _options), do: {:done, :eof, ""}
  def feed(reader, :eof, options), do: {:done, cast(reader.so_far, reader.encoding, options), ""}

  def feed(%{wants: :line} = reader, text, options) do
    case :binary.split(reader.so_far <> text, "\n") do
      [line, left] -> {:done, cast(line <> "\n", reader.encoding, options), left}
      [part] -> {:more, %{reader | so_far: part}}
    end
  end

  def feed(%{wants: {:chars, count}} = reader, text, options) do
    case take(reader.so_far <> text, count) do
      {chars, left} -> {:done, cast(chars, reader.encoding, options), left}
      :more -> {:more, %{reader | so_far: reader.so_far <> text}}
    end
  end

  # Erlang counts code points here, not graphemes.
  defp take(text, count), do: take(text, count, 0, text)
  defp take(_, 0, size, text), do: {binary_part(text, 0, size), binary_part(text, size, byte_size(text) - size)}
  defp take(<<char::utf8, rest::binary>>, count, size, text), do: take(rest, count - 1, size + width(char), text)
  defp take("", _count, _size, _text), do: :more

  defp width(char), do: byte_size(<<char::utf8>>)

  defp left_over(:eof), do: :eof
  defp left_over(chars), do: :unicode.characters_to_binary(chars)

  defp cast(text, encoding, options) do
    encoding = if encoding == :latin1, do: :latin1, else: :unicode

    cond do
      not options[:binary] -> String.to_charlist(text)
      is_binary(bytes = :unicode.characters_to_binary(text, :unicode, encoding)) -> bytes
      true -> {:error, {:no_translation, :unicode, encoding}}
    end
  end
end

defmodule :moebi_origin do
  @moduledoc false

  # Who is behind a request. The asker is blocked in it, so that its stack shows which code asks; IEx's own frames
  # can't be had by calling IEx, since the stack below them then shows the caller. Eight frames are all that Erlang
  # shows, and IEx's own writing is exactly as deep.

  @io [:io, IO, :io_lib]
  # Up to 1.14 Logger itself writes, later Erlang's handler does, in a process without a name.
  @loggers [Logger, :logger, :logger_simple_h]
  @handlers [:logger_std_h, :logger_h_common, :logger_olp]

  def own?(kind), do: kind in [:result, :error, :shell]

  # `:result | :error | :shell | :print | :log | :stderr`, or `:hidden` for what a probe writes.
  def output(_shell, %{device: :standard_error, from: from}, _text) do
    if probe?(from), do: :hidden, else: :stderr
  end

  def output(_shell, %{device: :user, from: from}, _text) do
    if logger?(from), do: :log, else: :print
  end

  def output(shell, %{from: shell}, text), do: if(error?(text), do: :error, else: :shell)

  def output(shell, %{from: from}, text) do
    with [{IEx.Evaluator, function, _, _} | _] = stack <- stack(from, shell),
         true <- genuine?(stack) and from == evaluator(shell) do
      cond do
        function == :eval_and_inspect -> :result
        error?(text) -> :error
        true -> :print
      end
    else
      _someone_else -> :print
    end
  end

  # `:iex` or `:more` where IEx itself reads, else nil. Before 1.15 it reads in a process of its own, later by itself.
  def iex(shell, %{asker: %{from: shell}, wants: {:until, IEx.Server, :__parse__, _}, prompt: prompt}), do: part(prompt)

  def iex(shell, %{asker: %{device: :screen, from: from}, prompt: prompt}) when is_pid(shell) do
    case stack(from, shell) do
      [{IEx.Server, :io_get, _, _} | _] -> part(prompt)
      _someone_else -> nil
    end
  end

  def iex(_no_shell, _reader), do: nil

  # Which of its two prompts IEx shows is known to its process only; the text tells, by IEx's own template for it.
  defp part(prompt) do
    key = if Node.alive?(), do: :alive_continuation_prompt, else: :continuation_prompt
    # With `--remsh` there may be no IEx on this node to have a template; then the default's beginning must do.
    template = Application.get_env(:iex, key, "%prefix%counter")
    filled = template |> String.replace("%prefix", "...") |> String.replace("%node", "#{node()}")
    [head | tail] = String.split(filled <> " ", "%counter")
    more? = String.starts_with?(prompt, head) and String.ends_with?(prompt, Enum.join(tail))
    if more?, do: :more, else: :iex
  end

  def evaluator(nil), do: nil

  def evaluator(shell) do
    with {:dictionary, dictionary} <- info(shell, :dictionary, shell),
         {:evaluator, evaluator} <- List.keyfind(dictionary, :evaluator, 0),
         do: evaluator,
         else: (_not_yet -> nil)
  end

  defp stack(pid, shell) do
    case info(pid, :current_stacktrace, shell) do
      {:current_stacktrace, stack} -> Enum.drop_while(stack, fn {module, _, _, _} -> module in @io end)
      _gone -> []
    end
  end

  defp genuine?(stack) do
    case Enum.drop_while(stack, fn {module, _, _, _} -> module == IEx.Evaluator end) do
      [{module, _, _, _} | _] -> module in [:proc_lib, IEx.Pry]
      [] -> false
    end
  end

  # Another node's processes are looked at only where the shell itself runs over there, after `--remsh`.
  defp info(pid, item, _shell) when node(pid) == node(), do: Process.info(pid, item)

  defp info(pid, item, shell) when is_pid(shell) and node(pid) == node(shell) do
    :erpc.call(node(pid), Process, :info, [pid, item], 1_000)
  catch
    _kind, _reason -> nil
  end

  defp info(_pid, _item, _shell), do: nil

  defp error?(text) do
    plain = Regex.replace(~r/^(\e\[[0-9;]*m)+/, text, "")
    String.starts_with?(plain, "** (") and not String.starts_with?(plain, "** (EXIT) interrupted")
  end

  defp logger?(pid) when node(pid) != node(), do: false

  defp logger?(pid) do
    case Process.info(pid, [:registered_name, :current_stacktrace]) do
      [registered_name: name, current_stacktrace: stack] ->
        name in @loggers or Enum.any?(stack, fn {module, _, _, _} -> module in @handlers end)

      nil ->
        false
    end
  end

  # Whatever a probe starts has the probe's sink as its group leader.
  defp probe?(pid) when node(pid) != node(), do: false

  defp probe?(pid) do
    case Process.info(pid, :group_leader) do
      {:group_leader, leader} -> sink?(leader)
      nil -> false
    end
  end

  def sink?(leader) when node(leader) != node(), do: false

  def sink?(leader) do
    case Process.info(leader, :dictionary) do
      {:dictionary, dictionary} -> List.keymember?(dictionary, :moebi_sink, 0)
      nil -> false
    end
  end
end

defmodule :moebi_snapshot do
  @moduledoc false

  # One at each prompt: a process that asks the evaluator for its variables while that waits for input, and then holds
  # them until the next prompt. It also sees whether the node goes by another name or cookie by now.
  # A binding beyond this (in words) is not copied: the learner's prompt must not wait for a gigabyte.
  @most_words 8 * 1024 * 1024

  # So long a prompt waits for what its input has sent to be told before it.
  @told_within 150

  def start(screen, wire, shell), do: spawn(fn -> look(screen, wire, shell) end)

  # The binding, or [] where it can't be had in time.
  def binding(nil), do: []

  def binding(snapshot) do
    ref = Process.monitor(snapshot)
    send(snapshot, {:binding, self(), ref})

    receive do
      {^ref, binding} -> Process.demonitor(ref, [:flush]) && binding
      {:DOWN, ^ref, _, _, _} -> []
    after
      1_000 -> []
    end
  end

  defp look(screen, wire, shell) do
    Process.monitor(screen)
    evaluator = :moebi_origin.evaluator(shell)
    binding = read(evaluator, shell)
    :moebi_tracer.settle(wire, @told_within)
    # For IEx's completion this process stands in for both shell and evaluator, which it finds as it finds theirs.
    Process.put(:evaluator, self())
    send(screen, {:snapshot, self(), Keyword.keys(binding), {node(), :moebi_bridge.cookie(), project?()}})
    hold(binding, environment(evaluator, shell))
  end

  defp project? do
    :erlang.function_exported(Mix.Project, :get, 0) and apply(Mix.Project, :get, []) != nil
  catch
    _kind, _mix_is_going -> false
  end

  defp environment(evaluator, shell) when evaluator != nil and node(evaluator) == node() do
    if Process.alive?(evaluator), do: fields(evaluator, shell), else: %{}
  end

  defp environment(_none, _shell), do: %{}

  defp fields(evaluator, shell) do
    case IEx.Evaluator.fields_from_env(evaluator, shell, [:aliases, :functions, :macros, :requires]) do
      %{} = fields -> fields
      _not_in_time -> %{}
    end
  end

  defp read(nil, _shell), do: []

  defp read(evaluator, shell) when node(evaluator) == node() do
    case Process.info(evaluator, :total_heap_size) do
      {:total_heap_size, words} when words <= @most_words -> variables(evaluator, shell)
      _too_much_or_gone -> []
    end
  end

  defp read(_remote, _shell), do: []

  defp variables(evaluator, shell) do
    for name <- IEx.Evaluator.variables_from_binding(evaluator, shell, ""),
        name = String.to_existing_atom(name),
        {:ok, value} <- [IEx.Evaluator.value_from_binding(evaluator, shell, name, [])],
        do: {name, value}
  end

  defp hold(binding, env) do
    receive do
      {:binding, from, ref} -> send(from, {ref, binding})
      {:values, from, ref} -> send(from, {:io_reply, ref, Keyword.values(binding)})
      {:aliases, from, ref} -> send(from, {ref, Map.get(env, :aliases, [])})
      {:variables_from_binding, _, ref, from, prefix} -> send(from, {ref, named(binding, prefix)})
      {:value_from_binding, _, ref, from, name, keys} -> send(from, {ref, value(binding, [name | keys])})
      {:fields_from_env, _, ref, from, fields} -> send(from, {ref, env_fields(env, fields)})
      {:DOWN, _, _, _, _} -> exit(:normal)
    end

    hold(binding, env)
  end

  # What these three answer, and to what message, is how IEx.Autocomplete asks IEx.Evaluator, from 1.14 to 1.18.
  defp named(binding, prefix) do
    for {name, _} <- Enum.sort(binding), name = Atom.to_string(name), String.starts_with?(name, prefix), do: name
  end

  defp value(binding, keys) do
    Enum.reduce_while(keys, {:ok, Map.new(binding)}, fn
      key, {:ok, %{} = map} -> {:cont, Map.fetch(map, key)}
      _key, _no_map -> {:halt, :error}
    end)
  end

  defp env_fields(env, fields), do: Map.new(fields, &{&1, Map.get(env, &1, [])})
end

defmodule :moebi_tracer do
  @moduledoc false

  # Sees each message that a process of this node sends to another node, and hands it to the wire as text. The wire
  # starts it and monitors it; when it dies, the emulator lets go of the trace by itself.
  #
  # A trace holds nobody back: whoever sends goes on sending, and each message is copied into the mailbox here. So the
  # emulator itself picks out what leaves the node, and once `@most_messages`, `@most_bytes` or a mailbox of
  # `@most_queued` is reached the trace ends until the next input, or until the wire has told all and some rest is
  # over. `@most_words` is for messages that are giants: they end the tracer rather than the node's memory. (Those of
  # some 500 KB and more the emulator sends in slices, and traces none of that: they go unseen.)
  #
  # From OTP 27 on the trace has a session of its own. Before that there is one for all: `:dbg` in the learner's hands
  # may take it away, and until the next input then nothing is seen.

  @most_messages 100
  @most_bytes 48 * 1024
  @most_queued 400
  @most_words 8 * 1024 * 1024
  @most_inspected 4 * 1024
  # A message larger than this on the heap, in words, is not turned into text.
  @most_looked_at 64 * 1024
  @resting 1_000

  # What the runtime has to say to itself goes to these names; the rest of it is sent by kernel's processes.
  @names [
    :net_kernel,
    :global_name_server,
    :global_group,
    :rex,
    :auth,
    :logger,
    :logger_proxy,
    :error_logger,
    :application_controller,
    :code_server,
    :pg,
    Logger
  ]

  def start(wire) do
    heap = %{size: @most_words, kill: true, error_logger: false}
    :erlang.spawn_opt(fn -> init(wire) end, priority: :high, max_heap_size: heap)
  end

  # Called by the wire.
  def rest(tracer), do: Process.send_after(tracer, :rested, @resting)

  # Called before a prompt: what was sent until now has been told once this returns, if that doesn't take too long.
  def settle(wire, milliseconds) do
    ref = make_ref()
    send(wire, {:settle, self(), ref})

    receive do
      {^ref, :settled} -> :ok
    after
      milliseconds -> :late
    end
  end

  defp init(wire) do
    Process.monitor(wire)
    own_session? = :code.ensure_loaded(:trace) == {:module, :trace}
    session = if own_session?, do: apply(:trace, :session_create, [:moebi, self(), []])
    loop(arm(%{wire: wire, session: session, armed?: false, messages: 0, bytes: 0, settling: %{}}))
  end

  defp loop(state) do
    receive do
      {:trace, from, :send, message, to} -> state |> sent(from, message, to) |> loop()
      {:arm, from, ref} -> state |> fresh() |> armed(from, ref) |> loop()
      :rested -> loop(fresh(state))
      {:settle, from, ref} -> state |> settling(from, ref) |> loop()
      {:trace_delivered, _, delivered} -> state |> settled(delivered) |> loop()
      {:DOWN, _, :process, wire, _} when wire == state.wire -> :ok
      _other -> loop(state)
    end
  end

  defp armed(state, from, ref) do
    if ref, do: send(from, {ref, :armed})
    state
  end

  # A fresh budget.
  defp fresh(state) do
    state = if state.armed?, do: state, else: arm(state)
    %{state | messages: 0, bytes: 0}
  end

  defp arm(state) do
    trace(state.session, true)
    %{state | armed?: true}
  end

  defp disarm(%{armed?: false} = state), do: state

  defp disarm(state) do
    trace(state.session, false)
    send(state.wire, {:spent, self()})
    %{state | armed?: false}
  end

  defp trace(nil, on?) do
    if on?, do: :erlang.trace_pattern(:send, leaving(), [])
    :erlang.trace(:processes, on?, [:send])
  catch
    :error, _badarg -> 0
  end

  defp trace(session, on?) do
    if on?, do: apply(:trace, :send, [session, leaving(), []])
    apply(:trace, :process, [session, :processes, on?, [:send]])
  end

  # A match specification on `[receiver, message]`: pids and aliases of other nodes, and `{name, node}`. Requests to
  # group leaders and their replies are what printing is made of, not what programs say to each other.
  defp leaving do
    identifier = {:orelse, {:is_pid, :"$1"}, {:is_reference, :"$1"}}
    abroad = {:"/=", {:node, :"$1"}, {:node}}
    named = {:andalso, {:is_atom, :"$1"}, {:"/=", :"$2", {:node}}}

    [
      {[:"$1", :"$3"], [identifier, abroad, no_io()], []},
      {[{:"$1", :"$2"}, :"$3"], [named, no_io() | Enum.map(@names, &{:"/=", :"$1", &1})], []}
    ]
  end

  defp no_io do
    tagged = {:andalso, {:is_tuple, :"$3"}, {:>, {:size, :"$3"}, 0}}
    tag = {:element, 1, :"$3"}
    {:not, {:andalso, tagged, {:orelse, {:==, tag, :io_request}, {:==, tag, :io_reply}}}}
  end

  # What is still in the mailbox when the trace has ended is let go of.
  defp sent(%{armed?: false} = state, _from, _message, _to), do: state

  defp sent(state, from, message, to) do
    state = %{state | messages: state.messages + 1}
    state = if ours?(from, to), do: state, else: tell(state, message, home(to))

    if state.messages >= @most_messages or state.bytes >= @most_bytes or crowded?(),
      do: disarm(state),
      else: state
  end

  defp crowded? do
    {:message_queue_len, length} = Process.info(self(), :message_queue_len)
    length > @most_queued
  end

  # A pattern of the learner's own may have let through what stays on this node.
  defp tell(state, _message, home) when home == node() or not is_atom(home), do: state

  defp tell(state, message, home) do
    text = text(message)
    send(state.wire, {:sent, home, text})
    %{state | bytes: state.bytes + byte_size(text)}
  end

  defp home({_name, node}), do: node
  defp home(to) when is_pid(to) or is_reference(to) or is_port(to), do: node(to)
  defp home(_name), do: node()

  # Sent by the runtime, or by a probe. Of a process that is gone by now nothing is known: then it was a program's.
  defp ours?(from, {name, _node}) when name in @names, do: is_pid(from)

  defp ours?(from, _to) do
    case Process.info(from, :group_leader) do
      {:group_leader, leader} -> leader == kernel() or :moebi_origin.sink?(leader)
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
    options = [structs: false, limit: 50, printable_limit: @most_inspected, width: 98]
    size = :erts_debug.flat_size(message)
    shown = if size > @most_looked_at, do: "a message of #{size} words", else: message
    :moebi_probe.short(inspect(shown, options))
  end

  # What was sent before this is in the mailbox, and so with the wire, before the answer is.
  defp settling(%{armed?: false} = state, from, ref), do: settled(state, from, ref)

  defp settling(state, from, ref) do
    delivered =
      if state.session,
        do: apply(:trace, :delivered, [state.session, :all]),
        else: :erlang.trace_delivered(:all)

    # Where there is one trace for all, the input that has just ended may have taken it away.
    state = if state.session, do: state, else: arm(state)
    %{state | settling: Map.put(state.settling, delivered, {from, ref})}
  end

  defp settled(state, delivered) do
    case Map.pop(state.settling, delivered) do
      {{from, ref}, settling} -> settled(%{state | settling: settling}, from, ref)
      {nil, _settling} -> state
    end
  end

  defp settled(state, from, ref) do
    send(state.wire, {:settled, from, ref})
    state
  end
end

defmodule :moebi_probe do
  @moduledoc false

  # Looks at the node out of sight: in a process of its own, under a deadline, with a group leader that swallows what
  # it prints. It works on a copy of the learner's variables; their process, mailbox and screen see nothing of it.

  @most_inspected 4 * 1024
  @parsing 200
  @seen_within 1_000

  def start(wire, ref, code, pattern, milliseconds) do
    tell = fn outcome -> :moebi_bridge.tell(wire.socket, {:probed, ref, outcome}) end
    under_deadline(milliseconds, fn -> evaluate(wire, code, pattern) end, :timed_out, tell)
  end

  # Whether IEx would take the text as a whole expression. Where that can't be told in time, IEx may decide itself.
  def parse(wire, ref, text) do
    tell = fn parsed -> :moebi_bridge.tell(wire.socket, {:parsed, ref, parsed}) end
    under_deadline(@parsing, fn -> parse(text) end, :complete, tell)
  end

  defp parse(text) do
    case IEx.Evaluator.parse(text, [line: 1, file: "iex"], {"", :other}) do
      {:incomplete, _} -> :incomplete
      _whole -> :complete
    end
  catch
    :error, error -> {:wrong, short(Exception.message(Exception.normalize(:error, error)))}
    kind, reason -> {:wrong, short(Exception.format_banner(kind, reason))}
  end

  defp evaluate(wire, code, pattern) do
    shell = :moebi_origin.evaluator(wire.shell)
    binding = Keyword.put(:moebi_snapshot.binding(wire.snapshot), :shell, shell)
    {value, _} = Code.eval_string(code, binding, file: "probe")
    {:value, short(inspect(value, limit: 50, printable_limit: @most_inspected)), matched(pattern, value, binding)}
  catch
    kind, reason -> {:raised, short(Exception.format_banner(kind, reason, __STACKTRACE__))}
  end

  defp matched(:none, _value, _binding), do: :none

  defp matched(pattern, value, binding) do
    {matched, _} = Code.eval_string("match?(#{pattern}, value)", Keyword.put(binding, :value, value), file: "probe")
    matched
  end

  # Called by the wire. The worker stays until the tracer has seen what it sent, and whose it was.
  def under_deadline(milliseconds, work, late, tell) do
    wire = self()

    spawn(fn ->
      boss = self()
      sink = spawn(fn -> sink(boss) end)

      {worker, ref} =
        spawn_monitor(fn ->
          Process.group_leader(self(), sink)
          end_of_boss = Process.monitor(boss)
          send(boss, {self(), work.()})
          receive do: ({:DOWN, ^end_of_boss, _, _, _} -> :ok)
        end)

      receive do
        {^worker, outcome} -> tell.(outcome)
        {:DOWN, ^ref, _, _, reason} -> tell.({:raised, short("** (exit) " <> Exception.format_exit(reason))})
      after
        milliseconds -> Process.exit(worker, :kill) && tell.(late)
      end

      :moebi_tracer.settle(wire, @seen_within)
    end)
  end

  # Ends with the probe; what the probe has left running then prints to nobody.
  defp sink(boss) do
    Process.put(:moebi_sink, true)
    Process.monitor(boss)
    swallow()
  end

  defp swallow do
    receive do
      {:io_request, from, ref, request} -> send(from, {:io_reply, ref, reply(request)}) && swallow()
      {:DOWN, _, _, _, _} -> :ok
    end
  end

  defp reply({:get_geometry, :columns}), do: 80
  defp reply({:get_geometry, :rows}), do: 24
  defp reply(request) when elem(request, 0) in [:put_chars, :requests, :setopts], do: :ok
  defp reply(request) when elem(request, 0) in [:get_line, :get_chars, :get_until], do: :eof
  defp reply(_request), do: {:error, :enotsup}

  def short(text) when byte_size(text) <= @most_inspected, do: text
  def short(text), do: text |> binary_part(0, @most_inspected) |> whole()

  # Without the half of a character that the cut may have left at the end.
  defp whole(text) do
    case :unicode.characters_to_binary(text) do
      whole when is_binary(whole) -> whole
      {_, whole, _} -> whole
    end
  end
end

defmodule :moebi_completion do
  @moduledoc false

  # What may stand where the text ends: IEx's own completion, out of sight like a probe. It is not the evaluator that is
  # asked for variables and aliases, which may be at work and would find the question in its mailbox, but the snapshot.
  # `{{Back, Text, Label, About}, …}`: Text takes the place of the last Back bytes.

  @within 400
  @most 100
  @most_label 80
  @most_about 120
  # Reading the documentation of a module takes a millisecond or more.
  @most_modules 12

  def start(wire, ref, text) do
    tell = fn
      found when is_list(found) -> :moebi_bridge.tell(wire.socket, {:completed, ref, List.to_tuple(found)})
      _failed -> :moebi_bridge.tell(wire.socket, {:completed, ref, {}})
    end

    :moebi_probe.under_deadline(@within, fn -> candidates(text, wire.snapshot) end, [], tell)
  end

  defp candidates(text, snapshot) do
    {hint, entries} = expand(text, snapshot || self())
    whole = text <> hint
    about = about(whole, snapshot)

    found =
      for {name, labels} <- grouped(entries) do
        {back, replacement} = replacement(whole, hint, name)
        {back, replacement, short(label(name, labels), @most_label), short(about.(name), @most_about)}
      end

    Enum.take(nodes(text) ++ found, @most)
  end

  # Where only one thing fits, IEx gives no more than the rest of it; asked again, it says what it is.
  defp expand(text, shell) do
    case ask(text, shell) do
      {:yes, hint, []} when hint != "" ->
        case ask(text <> hint, shell) do
          {:yes, "", [_ | _] = entries} -> {hint, entries}
          _nothing_new -> {hint, [fragment(text) <> hint]}
        end

      {:yes, _hint, entries} -> {"", entries}
      _nothing -> {"", []}
    end
  end

  defp ask(text, shell) do
    {found, hint, entries} = IEx.Autocomplete.expand(text |> String.to_charlist() |> Enum.reverse(), shell)
    {found, List.to_string(hint), Enum.map(entries, &to_string/1)}
  end

  defp fragment(text), do: hd(Regex.run(~r/[\p{L}\p{N}_@!?]*$/u, text))

  # `spawn/2` and `spawn/4` are one name to type. What has parentheses is a signature, there to be read.
  defp grouped(entries) do
    entries |> Enum.map(&{name(&1), &1}) |> Enum.group_by(&elem(&1, 0), &elem(&1, 1)) |> Enum.sort()
  end

  defp name(entry) do
    case Regex.run(~r{^(.+)/\d+$}su, entry) do
      [_, name] -> name
      nil -> entry
    end
  end

  defp label(name, labels) do
    case for(label <- labels, label != name, do: String.replace_prefix(label, name, "")) do
      [] -> name
      arities -> name <> Enum.join(arities, " ")
    end
  end

  defp replacement(whole, hint, name) do
    overlap = overlap(whole, name)
    rest = binary_part(name, overlap, byte_size(name) - overlap)

    cond do
      String.contains?(name, "(") -> {0, ""}
      overlap >= byte_size(hint) -> {overlap - byte_size(hint), name}
      true -> {0, hint <> rest}
    end
  end

  # How many bytes at the end of the text are the beginning of the name.
  defp overlap(text, name) do
    Enum.find(min(byte_size(text), byte_size(name))..0//-1, 0, &(tail(text, &1) == binary_part(name, 0, &1)))
  end

  defp tail(text, size), do: binary_part(text, byte_size(text), -size)

  defp nodes(text) do
    case Regex.run(~r/(?<![\w:]):[\w@.]*$/u, text) do
      [typed] ->
        for node <- Enum.uniq([node() | Node.list(:known)]),
            atom = inspect(node),
            String.starts_with?(atom, typed),
            do: {byte_size(typed), atom, atom, if(node == node(), do: "this node", else: "a node it knows")}

      nil ->
        []
    end
  end

  defp about(whole, snapshot) do
    case Regex.run(~r/(?:^|[^\w.:@])((?:[A-Z]\w*\.)+|:[a-z]\w*\.|)[\w?!]*(\(?)$/u, whole) do
      [_, path, paren] -> summaries(module(path, snapshot), paren)
      nil -> fn _ -> "" end
    end
  end

  defp module("", _snapshot), do: nil
  defp module(":" <> name, _snapshot), do: name |> String.trim_trailing(".") |> String.to_existing_atom()

  defp module(path, snapshot) do
    [first | rest] = String.split(path, ".", trim: true)
    first = Module.concat([first])
    Module.concat([Keyword.get(aliases(snapshot), first, first) | rest])
  end

  defp aliases(nil), do: []

  defp aliases(snapshot) do
    ref = make_ref()
    send(snapshot, {:aliases, self(), ref})

    receive do
      {^ref, aliases} -> aliases
    end
  end

  defp summaries(module, _paren) do
    modules = if module, do: [module], else: [Kernel, Kernel.SpecialForms, IEx.Helpers]
    functions = for module <- modules, {name, text} <- functions(module), into: %{}, do: {name, text}
    counter = :counters.new(1, [])

    fn name ->
      cond do
        summary = functions[name] -> summary
        name =~ ~r/^[A-Z]/ and :counters.get(counter, 1) < @most_modules -> moduledoc(module, name, counter)
        true -> ""
      end
    end
  end

  defp functions(module) do
    case Code.fetch_docs(module) do
      {:docs_v1, _, _, _, _, _, docs} ->
        for {{kind, name, _}, _, _, %{"en" => text}, _} <- Enum.reverse(docs), kind in [:function, :macro] do
          {Atom.to_string(name), line(text)}
        end

      _none ->
        []
    end
  end

  defp moduledoc(parent, name, counter) do
    :counters.add(counter, 1, 1)

    case Code.fetch_docs(Module.concat(Enum.reject([parent, name], &is_nil/1))) do
      {:docs_v1, _, _, _, %{"en" => text}, _, _} -> line(text)
      _none -> ""
    end
  end

  # The first paragraph, on one line.
  defp line(text) do
    text |> String.trim_leading() |> String.split("\n\n", parts: 2) |> hd() |> String.replace(~r/\s+/u, " ")
  end

  defp short(text, most) do
    if String.length(text) <= most, do: text, else: String.slice(text, 0, most - 1) <> "…"
  end
end
