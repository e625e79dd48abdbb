# The bridge: what Moebi puts into every node, in place of Erlang's terminal driver.
#
# `erl` is started with `-user moebi_bridge`, so kernel calls `:moebi_bridge.start/0` while it
# boots, and goes on once a process is registered as `user`. From then on these processes are
# there:
#
#     Moebi ══ socket ══ connection ─── screen ◄── user, standard_error     whoever prints or reads
#                          │  │           ├─── IEx.Server       the screen is its group leader
#                          │  │           └─── snapshot         its variables as of the last prompt
#                          │  └─── tracer                       sees what leaves the node, and who comes from others
#                          └────── workers                      a probe, survey, parse or completion each
#
# The head of each file tells who starts its process and who notices its death. In short: the
# connection halts the node when the socket closes (Moebi is gone) or when the screen dies, and
# the screen halts it when the connection dies. So nothing outlives the node, and the node doesn't
# outlive Moebi.
#
# The frames that cross the socket are listed in protocol.rs. The modules have names like
# Erlang's, since `Moebi` and all that could be below it are the learner's to define.

defmodule :moebi_bridge do
  @moduledoc false

  alias :moebi_connection, as: Connection

  # Called by kernel. Returns once `user` is registered; the shell waits until the node has
  # booted.
  def start do
    load_modules()
    boot = self()
    {connection, monitor} = spawn_monitor(fn -> Connection.open(take_environment(), boot) end)

    receive do
      {^connection, :open} -> Process.demonitor(monitor, [:flush])
      {:DOWN, ^monitor, _, _, reason} -> abort("the bridge could not start: #{inspect(reason)}")
    end

    connection
  end

  # At this time the terminal driver that we replace still is what reaches file descriptor 2.
  def abort(text) do
    :io.put_chars(:standard_error, ["moebi: ", text, ?\n])
    :erlang.halt(1)
  end

  # All of them at once, since Mix takes folders that it doesn't know off the code path.
  defp load_modules do
    for file <- File.ls!(Path.dirname(:code.which(__MODULE__))), Path.extname(file) == ".beam" do
      {:module, _} = file |> Path.rootname() |> String.to_atom() |> :code.ensure_loaded()
    end
  end

  # Else every `System.cmd("elixir", …)` in here would inherit a terminal driver that it can't
  # find, and die.
  defp take_environment do
    path = System.get_env("MOEBI_BRIDGE")
    own_flags = System.get_env("MOEBI_ZFLAGS")
    Enum.each(["MOEBI_BRIDGE", "MOEBI_ZFLAGS", "ERL_ZFLAGS"], &System.delete_env/1)
    own_flags && System.put_env("ERL_ZFLAGS", own_flags)
    path || abort("MOEBI_BRIDGE is not set")
  end
end
