# A survey: the nodes that this one knows, and what its own processes have to do with those of other
# nodes. A worker looks at each process from outside: no mailbox gets anything, nobody is called, and no
# connection is made.
#
# Of a cookie only a digest leaves the node,
# together with a salt of Moebi's: enough to see whose agree.

defmodule :moebi_survey do
  @moduledoc false

  alias :moebi_connection, as: Connection
  alias :moebi_origin, as: Origin
  alias :moebi_text, as: Text
  alias :moebi_worker, as: Worker

  # Of each kind of thing. A frame holds 64 KB, and a map is to be read.
  @most 40
  @max_name 100
  # In words. What a larger process keeps in its dictionary is not looked at.
  @max_looked_at 1024 * 1024

  def start(%{socket: socket} = connection, ref, asked, milliseconds) do
    ours = [connection.screen, self()]

    tell = fn outcome ->
      survey = if is_tuple(outcome) and elem(outcome, 0) == :survey, do: outcome, else: :late
      Connection.tell(socket, {:surveyed, ref, survey})
    end

    Worker.start(milliseconds, fn -> survey(connection, ours, asked) end, :late, tell)
  end

  defp survey(connection, ours, {salt, module}) do
    shell = Origin.evaluator(connection.shell)
    processes = processes(ours)

    kinds = [
      names(processes),
      ties(processes),
      leaders(processes),
      tasks(processes)
    ]

    left_out = kinds |> Enum.map(&max(length(&1) - @most, 0)) |> Enum.sum()
    told = for kind <- kinds, do: kind |> Enum.sort() |> Enum.take(@most) |> List.to_tuple()
    told = told ++ [modules(module), left_out]
    List.to_tuple([:survey, Text.process(shell), peers(salt)] ++ told)
  end

  # As the code server has it: nothing is loaded for being asked about.
  defp modules(""), do: {}
  defp modules(name), do: {{name, name |> String.to_atom() |> code() |> Base.encode16()}}

  defp code(module) do
    with false <- :erlang.module_loaded(module),
         path when is_list(path) <- :code.which(module),
         {:ok, {_module, md5}} <- :beam_lib.md5(path) do
      md5
    else
      true -> module.module_info(:md5)
      _nowhere -> ""
    end
  end

  # Those of the learner's: neither the runtime's nor the bridge's. The first of all applications' processes
  # belongs to none.
  defp processes(ours) do
    ours = [Process.whereis(:application_controller) | ours]
    items = [:registered_name, :current_function, :group_leader, :links, :monitors, :parent]
    foreign = foreign_leaders()

    for pid <- Process.list(),
        pid not in ours,
        [_ | _] = info <- [Process.info(pid, items)],
        info[:group_leader] not in foreign,
        not bridge?(info[:current_function]),
        do: {pid, info}
  end

  defp bridge?({module, _, _}), do: module |> Atom.to_string() |> String.starts_with?("moebi_")
  defp bridge?(_unknown), do: false

  # The group leaders of the runtime's applications, of what runs beside them, and of workers.
  defp foreign_leaders do
    leaders =
      for pid <- Process.list(),
          {:group_leader, leader} <- [Process.info(pid, :group_leader)],
          uniq: true,
          do: leader

    init = Process.whereis(:init)
    [init | Enum.filter(leaders, &(Worker.sink?(&1) or runtime?(application(&1))))]
  end

  # That of which this is the group leader.
  defp application(leader) when node(leader) == node() do
    case :application_controller.get_application(leader) do
      {:ok, application} -> application
      :undefined -> nil
    end
  end

  defp application(_elsewhere), do: nil

  defp runtime?(nil), do: false
  defp runtime?(:hex), do: true

  defp runtime?(application) do
    case :code.lib_dir(application) do
      {:error, :bad_name} -> false
      folder -> Enum.any?(roots(), &List.starts_with?(folder, &1))
    end
  end

  defp roots do
    elixir = :code.lib_dir(:elixir)
    [:code.root_dir(), :filename.dirname(elixir)]
  end

  # This node's own comes first.
  defp peers(salt) do
    hidden = Node.list(:hidden)
    connected = Node.list(:connected)

    kind = fn peer ->
      cond do
        peer in hidden -> :hidden
        peer in connected -> :visible
        true -> :known
      end
    end

    known = for peer <- Node.list(:known), peer != node(), do: {kind.(peer), peer}
    others = known |> Enum.sort() |> Enum.take(@most)

    List.to_tuple([
      {node_name(node()), :self, digest(salt, :erlang.get_cookie())}
      | for({kind, peer} <- others, do: {node_name(peer), kind, digest(salt, cookie(peer))})
    ])
  end

  defp cookie(peer), do: :erlang.get_cookie(peer)

  defp digest(salt, cookie), do: :erlang.md5([salt, Atom.to_string(cookie)]) |> Base.encode16()

  defp node_name(node), do: Atom.to_string(node)

  defp names(processes) do
    for {pid, info} <- processes, name = name(info), do: {Text.process(pid), name}
  end

  defp name(info) do
    case info[:registered_name] do
      name when is_atom(name) -> name |> inspect() |> String.slice(0, @max_name)
      _none -> nil
    end
  end

  # A monitor by name has no process.
  defp ties(processes) do
    links = for {pid, info} <- processes, other <- info[:links], do: {:link, pid, other}

    monitors =
      for {pid, info} <- processes,
          {:process, other} <- info[:monitors],
          do: {:monitor, pid, other}

    for {kind, pid, other} <- links ++ monitors, tie = tie(kind, pid, other), do: tie
  end

  defp tie(kind, pid, other) when is_pid(other) and node(other) != node(),
    do: {kind, Text.process(pid), node_name(node(other)), Text.process(other)}

  defp tie(kind, pid, {name, node}) when node != node(),
    do:
      {kind, Text.process(pid), node_name(node), name |> inspect() |> String.slice(0, @max_name)}

  defp tie(_kind, _pid, _of_this_node), do: nil

  defp leaders(processes) do
    for {pid, info} <- processes,
        leader = info[:group_leader],
        node(leader) != node(),
        do: {Text.process(pid), node_name(node(leader))}
  end

  # A task knows who has asked for it.
  defp tasks(processes) do
    supervisors = for {pid, _} <- processes, task_supervisor?(pid), do: pid

    for {pid, info} <- processes, info[:parent] in supervisors do
      caller = caller(pid)

      {Text.process(info[:parent]), Text.process(pid), node_name(node(caller)),
       Text.process(caller)}
    end
  end

  defp task_supervisor?(pid),
    do: match?({_, Task.Supervisor, _}, dictionary(pid)[:"$initial_call"])

  defp caller(pid) do
    case dictionary(pid)[:"$callers"] do
      [caller | _] when is_pid(caller) -> caller
      _none -> pid
    end
  end

  defp dictionary(pid) do
    with {:total_heap_size, words} when words <= @max_looked_at <-
           Process.info(pid, :total_heap_size),
         {:dictionary, dictionary} <- Process.info(pid, :dictionary) do
      for {key, value} <- dictionary, is_atom(key), into: %{}, do: {key, value}
    else
      _gone_or_large -> %{}
    end
  end
end
