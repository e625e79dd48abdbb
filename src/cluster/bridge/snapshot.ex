# A snapshot: the learner's variables as they stood at the last prompt, and what the node was
# called.
#
# At each prompt of IEx the screen spawns one, and kills the one before. It asks the evaluator,
# which is idle then, tells the screen, and answers questions from then on. It ends with the
# screen. When it dies or is slow, the prompt comes without it.
#
# Between two expressions of a paste nobody has a look at variables. There the snapshot is kept, and
# asks only for those that the expression names: all of them each time would be thousands of
# questions for each of thousands of lines.

defmodule :moebi_snapshot do
  @moduledoc false

  alias :moebi_client, as: Client
  alias :moebi_connection, as: Connection
  alias :moebi_origin, as: Origin
  alias :moebi_tracer, as: Tracer

  # A binding beyond this is not copied: the prompt must not wait for a gigabyte. In words.
  @max_binding 8 * 1024 * 1024

  # A prompt waits this long for what its input has sent to be told before it.
  @settle_timeout 150

  # `input` is the number of the one that has just ended. The screen is told with `asked`.
  def start(screen, asked, connection, shell, input) do
    spawn(fn ->
      Process.monitor(screen)

      of = %{
        screen: screen,
        connection: connection,
        shell: shell,
        evaluator: Origin.evaluator(shell)
      }

      binding = read(of.evaluator, shell)
      tell(of, asked, binding, input)

      # IEx's completion looks for the evaluator here: this process stands in for it and for the
      # shell.
      Process.put(:evaluator, self())
      loop(of, binding, environment(of.evaluator, shell))
    end)
  end

  # The same one goes on: `input` has just ended, and others follow it at once.
  def update(snapshot, asked, input, text) do
    send(snapshot, {:update, asked, input, text})
    snapshot
  end

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

  def aliases(nil), do: []

  def aliases(snapshot) do
    ref = make_ref()
    send(snapshot, {:aliases, self(), ref})
    receive do: ({^ref, aliases} -> aliases)
  end

  # After an interrupt the screen has the new evaluator call this: the values of the variables. It
  # asks the screen, which is its group leader, and the screen has its snapshot answer.
  def kept do
    screen = Process.group_leader()
    ref = Process.monitor(screen)
    send(screen, {:io_request, self(), ref, {:moebi, :kept}})

    receive do
      {:io_reply, ^ref, values} -> Process.demonitor(ref, [:flush]) && values
      {:DOWN, ^ref, _, _, _} -> []
    end
  end

  defp tell(of, asked, binding, input) do
    Tracer.settle(of.connection, @settle_timeout)
    links = {of.evaluator, linked(of.evaluator), input}

    send(
      of.screen,
      {:snapshot, asked, Keyword.keys(binding), links, {node(), Connection.cookie(), project?()}}
    )
  end

  # The processes that the evaluator is linked to.
  defp linked(evaluator) when is_pid(evaluator) and node(evaluator) == node() do
    case Process.info(evaluator, :links) do
      {:links, links} -> Enum.filter(links, &is_pid/1)
      nil -> []
    end
  end

  defp linked(_none), do: []

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
    fields = [:aliases, :functions, :macros, :requires]

    case IEx.Evaluator.fields_from_env(evaluator, shell, fields) do
      %{} = fields -> fields
      _not_in_time -> %{}
    end
  end

  defp read(evaluator, shell) do
    if readable?(evaluator) do
      names = IEx.Evaluator.variables_from_binding(evaluator, shell, "")
      values(evaluator, shell, Enum.map(names, &String.to_existing_atom/1))
    else
      []
    end
  end

  defp readable?(evaluator) when is_pid(evaluator) and node(evaluator) == node() do
    case Process.info(evaluator, :total_heap_size) do
      {:total_heap_size, words} -> words <= @max_binding
      nil -> false
    end
  end

  defp readable?(_none_or_remote), do: false

  defp values(evaluator, shell, names) do
    for name <- names,
        {:ok, value} <- [IEx.Evaluator.value_from_binding(evaluator, shell, name, [])],
        do: {name, value}
  end

  # An evaluator that has been started anew knows other variables.
  defp reread(binding, %{evaluator: evaluator, shell: shell}, text) do
    cond do
      Origin.evaluator(shell) != evaluator -> read(Origin.evaluator(shell), shell)
      not readable?(evaluator) -> []
      true -> Keyword.merge(binding, values(evaluator, shell, named(text)))
    end
  end

  defp named(text) do
    for [word] <- Regex.scan(~r/[\p{Ll}_][\p{L}\p{N}_]*/u, text),
        name = existing(word),
        uniq: true,
        do: name
  end

  defp existing(word) do
    String.to_existing_atom(word)
  rescue
    ArgumentError -> nil
  end

  defp loop(of, binding, environment) do
    receive do
      {:DOWN, _, _, _, _screen_died} ->
        :ok

      {:update, asked, input, text} ->
        binding = reread(binding, of, text)
        of = %{of | evaluator: Origin.evaluator(of.shell)}
        tell(of, asked, binding, input)
        loop(of, binding, environment)

      question ->
        answer(question, binding, environment)
        loop(of, binding, environment)
    end
  end

  defp answer({:binding, from, ref}, binding, _), do: send(from, {ref, binding})
  defp answer({:values, client}, binding, _), do: Client.reply(client, Keyword.values(binding))
  defp answer({:aliases, from, ref}, _, env), do: send(from, {ref, Map.get(env, :aliases, [])})

  # These three are what IEx.Autocomplete asks of IEx.Evaluator, from 1.14 to 1.18.
  defp answer({:variables_from_binding, _, ref, from, prefix}, binding, _),
    do: send(from, {ref, names(binding, prefix)})

  defp answer({:value_from_binding, _, ref, from, name, keys}, binding, _),
    do: send(from, {ref, value(binding, [name | keys])})

  defp answer({:fields_from_env, _, ref, from, fields}, _, env),
    do: send(from, {ref, Map.new(fields, &{&1, Map.get(env, &1, [])})})

  defp answer(_other, _binding, _env), do: :ok

  defp names(binding, prefix) do
    for {name, _} <- Enum.sort(binding),
        name = Atom.to_string(name),
        String.starts_with?(name, prefix),
        do: name
  end

  defp value(binding, keys) do
    Enum.reduce_while(keys, {:ok, Map.new(binding)}, fn
      key, {:ok, %{} = map} -> {:cont, Map.fetch(map, key)}
      _key, _no_map -> {:halt, :error}
    end)
  end
end
