# A device by name, `user` or `standard_error`: it passes requests on, with its name, to the
# screen, which answers in its place.
#
# The connection spawns both before the screen has anything to show. Kernel is linked to `user`
# and ends the node when that dies; `standard_error` is missed by nobody but those who write to
# it.

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
      _other -> :ok
    end

    loop(name, screen)
  end
end
