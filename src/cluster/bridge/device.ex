# A device by name, `user` or `standard_error`: it passes requests on, with its name, to the
# screen, which answers in its place. It also answers the marks of other nodes (see rest.ex), since
# it can be found by name.
#
# The connection spawns both, and they end with the node. Nobody watches them: should a learner
# kill one, whoever writes there gets an error, and the shell goes on.

defmodule :moebi_device do
  @moduledoc false

  # Takes the name from the terminal driver's own device.
  def start(name, screen) do
    device = spawn(fn -> loop(name, screen) end)
    if Process.whereis(name), do: Process.unregister(name)
    Process.register(device, name)
  end

  defp loop(name, screen) do
    receive do
      {:io_request, from, ref, request} -> send(screen, {:io_request, name, from, ref, request})
      {:moebi_mark, from, ref} -> :erlang.send(from, {:moebi_marked, ref}, [:noconnect])
      _other -> :ok
    end

    loop(name, screen)
  end
end
