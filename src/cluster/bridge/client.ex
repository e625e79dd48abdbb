# A client: the process that has sent a request of Erlang's I/O protocol, to which device, and the
# reference that belongs into the reply. It is blocked until that comes.
#
# Each request of a node's processes becomes one here, and each reply leaves through here.

defmodule :moebi_client do
  @moduledoc false

  def new(device, pid, ref), do: %{device: device, pid: pid, ref: ref}

  def reply(%{pid: pid, ref: ref}, reply), do: send(pid, {:io_reply, ref, reply})
end
