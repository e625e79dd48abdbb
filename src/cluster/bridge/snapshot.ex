# A snapshot: the learner's variables as they stood at the last prompt, and what the node was
# called.
#
# At each prompt of IEx the screen spawns one, and kills the one before. It asks the evaluator,
# which is idle then, tells the screen, and answers questions from then on. It ends with the
# screen. When it dies or is slow, the prompt comes without it.

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

  # `input` is the number of the one that has just ended.
  def start(screen, connection, shell, input),
    do: spawn(fn -> init(screen, connection, shell, input) end)

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

  defp init(screen, connection, shell, input) do
    Process.monitor(screen)
    evaluator = Origin.evaluator(shell)
    binding = read(evaluator, shell)
    Tracer.settle(connection, @settle_timeout)

    # IEx's completion looks for the evaluator here: this process stands in for it and for the
    # shell.
    Process.put(:evaluator, self())
    named = {node(), Connection.cookie(), project?()}

    send(
      screen,
      {:snapshot, self(), Keyword.keys(binding), {evaluator, linked(evaluator), input}, named}
    )

    loop(binding, environment(evaluator, shell))
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

  defp read(nil, _shell), do: []

  defp read(evaluator, shell) when node(evaluator) == node() do
    case Process.info(evaluator, :total_heap_size) do
      {:total_heap_size, words} when words <= @max_binding -> variables(evaluator, shell)
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

  defp loop(binding, environment) do
    receive do
      {:DOWN, _, _, _, _screen_died} ->
        :ok

      question ->
        answer(question, binding, environment)
        loop(binding, environment)
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
