# The screen: serves Erlang's I/O protocol for the shell, for `user` and for `standard_error`.
#
# Whoever sends a request is blocked until it is answered. That is how Moebi knows who printed
# what, and what holds a flood back.
#
# The connection spawns the screen, and halts the node when the screen dies. The screen halts the
# node when the connection dies, starts the shell again when that dies, and drops the requests of
# readers that die.

defmodule :moebi_screen do
  @moduledoc false

  alias :moebi_cause, as: Cause
  alias :moebi_client, as: Client
  alias :moebi_clock, as: Clock
  alias :moebi_connection, as: Connection
  alias :moebi_links, as: Links
  alias :moebi_options, as: Options
  alias :moebi_origin, as: Origin
  alias :moebi_output, as: Output
  alias :moebi_reader, as: Reader
  alias :moebi_shell, as: Shell
  alias :moebi_snapshot, as: Snapshot

  # In bytes.
  @max_typed 1024 * 1024
  @snapshot_timeout 250
  @interrupt_timeout 5_000

  # `word` is the node's, for the causes of what happens (see cause.ex).
  def start(socket, connection, word), do: spawn(fn -> init(socket, connection, word) end)

  defp init(socket, connection, word) do
    # IEx links its shell to its group leader: who kills the one shall not end the other.
    Process.flag(:trap_exit, true)
    Process.monitor(connection)

    loop(%{
      socket: socket,
      connection: connection,
      word: word,
      # The number of the expression that IEx was given last, and its lines, the latest first.
      input: 0,
      lines: [],
      # How many requests were served: none of what was asked is left out when the node is said to rest.
      served: 0,
      output: Output.new(socket),
      options: %{},
      size: {80, 24},
      # IEx.Server; its variables as of the last prompt, and what the node was called then.
      shell: nil,
      snapshot: nil,
      asked: nil,
      variables: [],
      links: Links.new(),
      named: {node(), Connection.cookie(), false},
      # Why IEx's own words are kept off the screen, if they are: see `interrupt/1`.
      muted: nil,
      # The timer of the latest interrupt.
      stuck: nil,
      # The shell has written something, perhaps below the prompt that it still waits at.
      redraw?: false,
      # Whoever waits for input, in the order of asking, and what was typed ahead of them.
      readers: [],
      typed: [],
      # Moebi was told that somebody waits.
      prompted?: false
    })
  end

  defp loop(state) do
    receive do
      message ->
        token = Cause.take_token()
        message |> handle(token, state) |> loop()
    end
  end

  defp handle({:io_request, from, ref, request}, token, state),
    do: serve(served(state), Client.new(:screen, from, ref, token), request)

  defp handle({:io_request, device, from, ref, request}, token, state),
    do: serve(served(state), Client.new(device, from, ref, token), request)

  defp handle(message, _token, state), do: handle(message, state)

  defp handle({:input, text}, state), do: type(renew_budget(state), text)
  defp handle({:eof}, state), do: feed(%{state | typed: state.typed ++ [:eof]})
  defp handle({:interrupt}, state), do: interrupt(state)
  defp handle({:geometry, columns, rows}, state), do: %{state | size: {columns, rows}}

  defp handle({:pace}, state), do: %{state | output: Output.pace(state.output)}

  defp handle({:served, from, ref}, state) do
    send(from, {ref, state.served, Enum.map(state.readers, & &1.client.pid)})
    state
  end

  defp handle(:report, state), do: %{state | output: Output.report_due(state.output)}

  defp handle({:shell, pid}, state) do
    Process.monitor(pid)
    %{state | shell: pid}
  end

  defp handle(
         {:snapshot, asked, variables, {evaluator, linked, input}, named},
         %{asked: asked} = state
       ) do
    send(state.connection, {:snapshot, state.snapshot, state.shell})
    links = Links.update(state.links, evaluator, linked -- [state.shell], input)
    %{state | variables: variables, links: links} |> tell_name(named) |> ready()
  end

  # The evaluator did not say in time; better a prompt without a snapshot than none.
  defp handle({:late, asked}, %{asked: asked} = state), do: ready(state)

  defp handle({:timeout, stuck, pid}, %{muted: :stopping, stuck: stuck} = state) do
    Process.exit(pid, :kill)
    state
  end

  defp handle({:DOWN, _, :process, pid, _}, %{connection: pid} = state) do
    Connection.end_node(1)
    state
  end

  defp handle({:DOWN, _, :process, pid, reason}, %{shell: pid} = state),
    do: shell_died(state, reason)

  defp handle({:DOWN, monitor, :process, pid, reason}, state) do
    case Links.down(state.links, monitor, pid, reason) do
      nil -> feed(%{state | readers: Enum.reject(state.readers, &(&1.monitor == monitor))})
      links -> %{state | links: links}
    end
  end

  defp handle(_other, state), do: state

  defp served(state), do: %{state | served: state.served + 1}

  ## Requests

  defp serve(state, client, request) do
    case answer(state, client, request) do
      {:reply, reply, state} ->
        Client.reply(client, reply)
        after_reply(state, client, request)

      {:read, reader, state} ->
        await(state, reader)

      {:noreply, state} ->
        state
    end
  end

  # Terms that are no requests at all, and functions of others that raise, must not end the
  # screen.
  defp answer(state, client, request) do
    request(state, client, request)
  catch
    _kind, _reason -> {:reply, {:error, :request}, state}
  end

  defp request(state, client, {:put_chars, encoding, chars}),
    do: put(state, client, encoding, chars)

  defp request(state, client, {:put_chars, encoding, m, f, a}),
    do: put(state, client, encoding, apply(m, f, a))

  defp request(state, client, {:put_chars, chars}),
    do: put(state, client, :latin1, chars)

  defp request(state, client, {:put_chars, m, f, a}),
    do: put(state, client, :latin1, apply(m, f, a))

  defp request(state, client, {:requests, requests}), do: request_all(state, client, requests)

  defp request(state, client, {:setopts, changes}) do
    case Options.set(state.options, client.device, changes) do
      {:ok, options} -> {:reply, :ok, %{state | options: options}}
      error -> {:reply, error, state}
    end
  end

  defp request(state, client, :getopts),
    do: {:reply, Options.get(state.options, client.device), state}

  defp request(state, _, {:get_geometry, :columns}), do: {:reply, elem(state.size, 0), state}
  defp request(state, _, {:get_geometry, :rows}), do: {:reply, elem(state.size, 1), state}
  defp request(state, _, {:get_password, _}), do: {:reply, {:error, :enotsup}, state}
  defp request(state, _, {:get_password, _, _}), do: {:reply, {:error, :enotsup}, state}

  # What `Snapshot.kept/0` asks.
  defp request(%{snapshot: snapshot} = state, client, {:moebi, :kept}) when is_pid(snapshot) do
    send(snapshot, {:values, client})
    {:noreply, state}
  end

  defp request(state, client, request) do
    case Reader.new(client, request) do
      nil -> {:reply, {:error, :request}, state}
      reader -> {:read, %{reader | iex: Origin.iex(state.shell, reader)}, state}
    end
  end

  defp request_all(state, _client, []), do: {:reply, :ok, state}

  defp request_all(state, client, [request | rest]) do
    case answer(state, client, request) do
      {:reply, {:error, _}, _} = failed -> failed
      {:reply, _, _} = last when rest == [] -> last
      {:reply, _, state} -> request_all(state, client, rest)
      {:read, reader, state} -> {:read, %{reader | rest: rest}, state}
      {:noreply, _} = unanswered -> unanswered
    end
  end

  defp after_reply(%{shell: shell} = state, %{pid: shell}, {:setopts, _}),
    do: shell_is_back(state)

  defp after_reply(state, _client, _request), do: state

  ## Output

  defp put(state, client, encoding, chars) do
    case :unicode.characters_to_binary(chars, encoding, :unicode) do
      text when is_binary(text) -> {:reply, :ok, show(state, client, text)}
      _not_text -> {:reply, {:error, :put_chars}, state}
    end
  end

  defp show(state, _client, ""), do: state

  defp show(state, client, text) do
    kind = Origin.output(state.shell, client, text)

    cond do
      kind == :hidden -> state
      state.muted && Output.own?(kind) -> state
      client.pid == state.shell -> write(%{state | redraw?: true}, kind, client, text)
      true -> write(state, kind, client, text)
    end
  end

  defp write(state, kind, client, text) do
    cause = cause(state, client, Cause.of(client.token), text)
    %{state | output: Output.write(state.output, kind, by(client), cause, text)}
  end

  # Whoever prints waits, so this comes between what it did before and what it does then.
  defp by(client), do: {client.pid, Clock.now(client.token)}

  # What Moebi says by itself.
  defp remark(state, kind, text),
    do: %{state | output: Output.write(state.output, kind, {self(), Clock.now()}, :none, text)}

  # What the evaluator prints belongs to its present input, whatever has become of its token. What ended it
  # belongs to the input that the other end of the link stems from; but who is killed is the doing of
  # somebody else, and nobody tells of whom.
  defp cause(%{shell: shell} = state, %{pid: shell}, _token, text) do
    cond do
      not (text =~ "shell process exited with reason: ") -> present(state)
      text =~ "with reason: killed" -> :none
      input = Links.ended(state.links) -> {state.word, input}
      true -> present(state)
    end
  end

  defp cause(state, %{pid: pid}, told, _text) do
    if told != present(state) and pid == Origin.evaluator(state.shell),
      do: present(state),
      else: told
  end

  defp present(state), do: {state.word, state.input}

  defp renew_budget(state), do: %{state | output: Output.renew(state.output)}

  ## Input

  defp type(state, text) do
    size = state.typed |> Enum.filter(&is_binary/1) |> Enum.map(&byte_size/1) |> Enum.sum()

    if size + byte_size(text) > @max_typed,
      do: remark(state, :shell, "Not taken: 1 MB of input already waits to be read.\n"),
      else: feed(%{state | typed: state.typed ++ lines(text)})
  end

  # From 1.15 on IEx takes whatever it is given at once for one expression; line by line it reads
  # as at a terminal.
  defp lines(text) do
    case :binary.split(text, "\n") do
      [line, rest] when rest != "" -> [line <> "\n" | lines(rest)]
      _one_line -> [text]
    end
  end

  # The prompt of IEx is not ready before there is a snapshot.
  defp await(state, reader) do
    monitor = Process.monitor(reader.client.pid)
    reader = %{reader | monitor: monitor, ready?: reader.iex != :iex}
    state = %{state | readers: state.readers ++ [reader]}
    if reader.iex, do: shell_reads(state), else: feed(state)
  end

  # Hands what was typed to whoever is first; draws the prompt of the first that has to wait.
  defp feed(%{readers: []} = state), do: nobody_reads(state)
  defp feed(%{readers: [%{ready?: false} | _]} = state), do: state
  defp feed(%{readers: [%{shown?: true} | _], typed: []} = state), do: state
  defp feed(%{readers: [_ | _], typed: []} = state), do: prompt(state)

  defp feed(%{readers: [reader | others], typed: [item | typed]} = state) do
    state = %{state | typed: typed, prompted?: state.prompted? and item == :eof}
    {reader, state} = cause_of_line(reader, item, state)

    case Reader.feed(reader, item, options_for(state, reader)) do
      {:more, reader} ->
        feed(%{state | readers: [Reader.again(reader) | others]})

      {:done, reply, left} ->
        state = %{state | readers: others, typed: Enum.reject([left], &(&1 == "")) ++ typed}
        state |> finish_or_go_on(reader, reply) |> feed()
    end
  end

  # A line that IEx is given begins an input, or goes on with one; to any other reader it is an answer.
  defp cause_of_line(%{iex: iex} = reader, line, state) when iex != nil and is_binary(line) do
    begins? = iex == :iex and String.trim(line) != ""
    state = if begins?, do: %{state | input: state.input + 1, lines: []}, else: state
    state = %{state | lines: [line | state.lines]}
    Connection.tell(state.socket, {:line, state.input, Output.short(reader.prompt), line})
    {put_in(reader.client.token, Cause.token(state.word, state.input)), state}
  end

  defp cause_of_line(reader, _item, state), do: {reader, state}

  defp options_for(state, reader), do: Options.get(state.options, reader.client.device)

  defp finish_or_go_on(state, %{rest: [_ | _] = rest} = reader, reply)
       when not (is_tuple(reply) and elem(reply, 0) == :error) do
    Process.demonitor(reader.monitor, [:flush])
    serve(state, reader.client, {:requests, rest})
  end

  defp finish_or_go_on(state, reader, reply) do
    finish(reader, reply)
    state
  end

  defp finish(reader, reply) do
    Process.demonitor(reader.monitor, [:flush])
    Client.reply(reader.client, reply)
  end

  defp prompt(%{readers: [reader | others]} = state) do
    output = Output.prompt(state.output, Reader.kind(reader), reader.prompt)
    %{state | output: output, readers: [%{reader | shown?: true} | others], prompted?: true}
  end

  # Whoever waited is gone, and nothing was typed that would explain it.
  defp nobody_reads(%{prompted?: true} = state) do
    Connection.tell(state.socket, {:prompt, :none, ""})
    %{state | prompted?: false}
  end

  defp nobody_reads(state), do: state

  ## The shell

  # It waits for input, with a new request or with the one it kept. After an interrupt it first
  # gets its variables back, through a line that nobody sees. Else, and then, a snapshot is taken
  # before its prompt is shown.
  defp shell_reads(%{muted: :stopping, variables: [_ | _] = variables} = state) do
    {[reader], others} = Enum.split_with(state.readers, & &1.iex)
    names = Enum.join(variables, ", ")
    line = "[#{names}] = :moebi_snapshot.kept(); IEx.dont_display_result()\n"
    {:done, reply, _rest} = Reader.feed(reader, line, options_for(state, reader))
    finish(reader, reply)
    %{state | readers: others, muted: {:restoring, length(variables)}}
  end

  defp shell_reads(%{muted: :stopping} = state),
    do: shell_reads(%{state | muted: {:restoring, 0}})

  defp shell_reads(%{muted: {:restoring, kept}} = state) do
    Connection.tell(state.socket, {:interrupted, kept})
    shell_reads(%{state | muted: nil})
  end

  defp shell_reads(state) do
    state = %{state | muted: nil, redraw?: false}
    if Enum.any?(state.readers, &(&1.iex == :iex)), do: take_snapshot(state), else: feed(state)
  end

  # It sets its options as it begins to wait, whether or not it asks anew: from 1.15 on it keeps
  # its request when its evaluator dies, and then its prompt must be drawn again.
  defp shell_is_back(state) do
    if Enum.any?(state.readers, & &1.iex) and (state.redraw? or state.muted),
      do: shell_reads(state),
      else: state
  end

  # Between two expressions of a paste the one before goes on; else many lines would take ever longer.
  defp take_snapshot(state) do
    asked = make_ref()
    Process.send_after(self(), {:late, asked}, @snapshot_timeout)

    snapshot =
      if state.snapshot && pasted?(state) do
        lines = state.lines |> Enum.reverse() |> IO.iodata_to_binary()
        Snapshot.update(state.snapshot, asked, state.input, lines)
      else
        if state.snapshot, do: Process.exit(state.snapshot, :kill)
        Snapshot.start(self(), asked, state.connection, state.shell, state.input)
      end

    update_iex(%{state | snapshot: snapshot, asked: asked}, &%{&1 | ready?: false, shown?: false})
  end

  defp pasted?(state), do: Enum.any?(state.typed, &(is_binary(&1) and String.trim(&1) != ""))

  defp ready(state), do: state |> update_iex(&%{&1 | ready?: true}) |> feed()

  defp update_iex(state, update) do
    %{state | readers: Enum.map(state.readers, &if(&1.iex == :iex, do: update.(&1), else: &1))}
  end

  defp tell_name(%{named: named} = state, named), do: state

  defp tell_name(state, {node, cookie, mix?} = named) do
    Connection.tell(state.socket, {:named, node, cookie, mix?})
    %{state | named: named}
  end

  defp shell_died(state, reason) do
    reason = Exception.format_exit(reason)
    text = "** (EXIT from #{inspect(state.shell)}) the shell itself has ended: #{reason}\n"
    state = remark(%{state | muted: nil}, :error, text)
    if node(state.shell) != node(), do: :erlang.halt(0, flush: false)
    Shell.start(self(), :again, Cause.token(state.word, state.input))
    %{state | shell: nil}
  end

  ## Ctrl-C

  # At IEx's own prompt there is nothing to stop but what is half typed, and IEx lets go of that
  # when its reading is interrupted: same process, same variables. Elsewhere IEx.Server takes the
  # exit signal `:interrupt` for "start a new evaluator". Its words about it, and its banner, stay
  # off the screen: Moebi has a line of its own for that.
  defp interrupt(%{readers: [%{iex: :iex, ready?: ready?} | _]} = state) do
    state = %{state | typed: []}
    if ready?, do: prompt(state), else: state
  end

  defp interrupt(%{readers: [%{iex: :more} = reader | others]} = state) do
    finish(reader, {:error, :interrupted})
    %{state | readers: others, typed: [], muted: :dropping}
  end

  defp interrupt(state) do
    evaluator = Origin.evaluator(state.shell)
    if evaluator == nil, do: :erlang.halt(130, flush: false)
    Process.exit(state.shell, :interrupt)
    stuck = :erlang.start_timer(@interrupt_timeout, self(), state.shell)
    output = Output.report(state.output)
    state = %{state | output: output, typed: [], muted: :stopping, stuck: stuck}
    foreign? = &(&1.iex == nil and &1.client.pid != evaluator)
    {foreign, own} = Enum.split_with(state.readers, foreign?)
    Enum.each(foreign, &finish(&1, {:error, :interrupted}))
    feed(%{state | readers: own})
  end
end
