# A client: the process that has sent a request of Erlang's I/O protocol, to which device, the reference
# that belongs into the reply, and the token that came with it. It is blocked until the reply comes.
#
# Each request of a node's processes becomes one here, and each reply leaves through here.

defmodule :moebi_client do
  @moduledoc false

  alias :moebi_cause, as: Cause

  def new(device, pid, ref, token), do: %{device: device, pid: pid, ref: ref, token: token}

  # The client goes on with the token that it asked with: the screen's own is another's.
  def reply(%{pid: pid, ref: ref, token: token}, reply),
    do: Cause.send(token, pid, {:io_reply, ref, reply})
end
