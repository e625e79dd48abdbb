# Whether IEx would take a text as a whole expression, asked of IEx itself in a worker.

defmodule :moebi_parser do
  @moduledoc false

  alias :moebi_connection, as: Connection
  alias :moebi_text, as: Text
  alias :moebi_worker, as: Worker

  # Where it can't be told in time, the answer is `:complete`: then IEx may decide itself.
  def start(%{socket: socket}, ref, text, milliseconds) do
    tell = fn parsed -> Connection.tell(socket, {:parsed, ref, parsed}) end
    Worker.start(milliseconds, fn -> parse(text) end, :complete, tell)
  end

  defp parse(text) do
    case IEx.Evaluator.parse(text, [line: 1, file: "iex"], {"", :other}) do
      {:incomplete, _} -> :incomplete
      _whole -> :complete
    end
  catch
    :error, error -> {:wrong, Text.short(Exception.message(Exception.normalize(:error, error)))}
    kind, reason -> {:wrong, Text.exception(kind, reason)}
  end
end
