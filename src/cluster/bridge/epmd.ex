# What asks epmd in a node: `erl_epmd`, but for a node that is cut off from this one. It is found nowhere.
#
# `-epmd_module` is the one place that every way to another node leads through, hidden or not, and none of
# it shows: cookies, `net_kernel` and its options stay the learner's. Nothing is kept here that code in
# this node could undo: each time Moebi's epmd is asked whether the way is cut, by a name that no node can
# have. It says so by finding that name; an epmd of somebody else's never does. Both nodes ask before they
# call, so neither has to turn the other away.

defmodule :moebi_epmd do
  @moduledoc false

  defdelegate start_link(), to: :erl_epmd
  defdelegate register_node(name, port), to: :erl_epmd
  defdelegate register_node(name, port, family), to: :erl_epmd
  defdelegate listen_port_please(name, host), to: :erl_epmd
  defdelegate address_please(name, host, family), to: :erl_epmd
  defdelegate names(), to: :erl_epmd
  defdelegate names(host), to: :erl_epmd

  def port_please(name, host), do: port_please(name, host, :infinity)

  def port_please(name, host, timeout) do
    case :erl_epmd.port_please(~c"#{node()}>#{name}", host, timeout) do
      {:port, _, _} -> :noport
      _not_cut -> :erl_epmd.port_please(name, host, timeout)
    end
  end

  # Ends the connection as a broken line would: either side hears that it was closed.
  def cut(name) do
    for {node, line} <- :erlang.system_info(:dist_ctrl), Atom.to_string(node) == name do
      Process.exit(line, :connection_closed)
    end
  end
end
