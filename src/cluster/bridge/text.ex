# Texts that have to fit into a frame, or into 4 KB where somebody reads them in a line or two.

defmodule :moebi_text do
  @moduledoc false

  @max_short 4 * 1024

  def inspect(term, options \\ []) do
    term |> Kernel.inspect([limit: 50, printable_limit: @max_short] ++ options) |> short()
  end

  def exception(kind, reason, stacktrace \\ []) do
    short(Exception.format_banner(kind, reason, stacktrace))
  end

  # What a program raises, or has for an `Inspect` of its own, need not be UTF-8; a frame must.
  def short(text) do
    text = take(text, @max_short)
    if String.valid?(text), do: text, else: Kernel.inspect(text, binaries: :as_strings)
  end

  # A process as its own node writes it, `0.129.0`: the first number is only a node's own name for another. Empty
  # for none.
  def process(pid) when is_pid(pid) do
    [_node, rest] =
      pid |> :erlang.pid_to_list() |> List.to_string() |> String.split(".", parts: 2)

    "0." <> String.trim_trailing(rest, ">")
  end

  def process(_none), do: ""

  # As much of the text as `bytes` can hold, without cutting a character.
  def take(text, bytes) when byte_size(text) <= bytes, do: text
  def take(text, bytes), do: binary_part(text, 0, boundary(text, bytes))

  def drop(text, bytes), do: binary_part(text, bytes, byte_size(text) - bytes)

  defp boundary(_text, at) when at <= 0, do: 0

  defp boundary(text, at) do
    if :binary.at(text, at) in 0x80..0xBF, do: boundary(text, at - 1), else: at
  end
end
