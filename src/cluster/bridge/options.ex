# What `:io.setopts/2` sets and `:io.getopts/1` gives, for each device.

defmodule :moebi_options do
  @moduledoc false

  @known ~w(binary encoding echo expand_fun line_history log onlcr terminal stdin stdout stderr)a

  # `options` has those of the devices that were ever set.
  def get(options, device) do
    no_expansion = fn _line -> {:no, [], []} end
    defaults = [binary: false, encoding: :unicode, echo: true, expand_fun: no_expansion]
    Map.get(options, device, defaults)
  end

  # `{:ok, options}`, or the error to reply.
  def set(options, device, changes) do
    changes = Enum.map(changes, &pair/1)

    if Enum.all?(changes, fn {key, _} -> key in @known end),
      do: {:ok, Map.put(options, device, Keyword.merge(get(options, device), changes))},
      else: {:error, :enotsup}
  end

  defp pair(:binary), do: {:binary, true}
  defp pair(:list), do: {:binary, false}
  defp pair(encoding) when encoding in [:unicode, :utf8], do: {:encoding, :unicode}
  defp pair(:latin1), do: {:encoding, :latin1}
  defp pair({:encoding, :utf8}), do: {:encoding, :unicode}
  defp pair({key, value}), do: {key, value}
  defp pair(key), do: {key, true}
end
