# Who is behind a request: what kind of output it writes, whether IEx itself reads.
#
# The client is blocked in its request, so its stack shows which code asks. IEx's own frames can't
# be had by calling IEx, since the stack below them then shows the caller. Eight frames are all
# that Erlang shows, and IEx's own writing is exactly as deep.

defmodule :moebi_origin do
  @moduledoc false

  alias :moebi_worker, as: Worker

  @io [:io, IO, :io_lib]
  # Up to 1.14 Logger itself writes, later Erlang's handler does, in a process without a name.
  @loggers [Logger, :logger, :logger_simple_h]
  @handlers [:logger_std_h, :logger_h_common, :logger_olp]

  # `:result | :error | :shell | :print | :log | :stderr`, or `:hidden` for what a probe writes.
  def output(_shell, %{device: :standard_error, pid: pid}, _text),
    do: if(Worker.hidden?(pid), do: :hidden, else: :stderr)

  def output(_shell, %{device: :user, pid: pid}, _text),
    do: if(logger?(pid), do: :log, else: :print)

  def output(shell, %{pid: shell}, text), do: if(error?(text), do: :error, else: :shell)

  def output(shell, %{pid: pid}, text),
    do: if(pid == evaluator(shell), do: evaluated(stack(pid, shell), text), else: :print)

  # Ended while it waited for this to be written: mostly by what its expression has started, and
  # then this is the value.
  defp evaluated(nil, text), do: if(error?(text), do: :error, else: :result)

  defp evaluated([{IEx.Evaluator, function, _, _} | _] = stack, text) do
    cond do
      not genuine?(stack) -> :print
      function == :eval_and_inspect -> :result
      error?(text) -> :error
      true -> :print
    end
  end

  defp evaluated(_someone_elses, _text), do: :print

  # `:iex` or `:more` where IEx itself reads, else nil. Before 1.15 it reads in a process of its
  # own.
  def iex(shell, %{client: %{pid: shell}, wants: {:until, IEx.Server, :__parse__, _}} = reader),
    do: part(reader.prompt)

  def iex(shell, %{client: %{device: :screen, pid: pid}, prompt: prompt}) when is_pid(shell) do
    case stack(pid, shell) do
      [{IEx.Server, :io_get, _, _} | _] -> part(prompt)
      _someone_else -> nil
    end
  end

  def iex(_no_shell, _reader), do: nil

  # The evaluator of an IEx.Server, if it has one by now.
  def evaluator(nil), do: nil

  def evaluator(shell) do
    with {:dictionary, dictionary} <- info(shell, :dictionary, shell),
         {:evaluator, evaluator} <- List.keyfind(dictionary, :evaluator, 0),
         do: evaluator,
         else: (_not_yet -> nil)
  end

  # Which of its two prompts IEx shows is known to its process only; the text tells, by IEx's own
  # template for it.
  defp part(prompt) do
    key = if Node.alive?(), do: :alive_continuation_prompt, else: :continuation_prompt
    # With `--remsh` there may be no IEx on this node to have a template; then the default's
    # beginning must do.
    template = Application.get_env(:iex, key, "%prefix%counter")
    filled = template |> String.replace("%prefix", "...") |> String.replace("%node", "#{node()}")
    [head | tail] = String.split(filled <> " ", "%counter")
    more? = String.starts_with?(prompt, head) and String.ends_with?(prompt, Enum.join(tail))
    if more?, do: :more, else: :iex
  end

  defp stack(pid, shell) do
    case info(pid, :current_stacktrace, shell) do
      {:current_stacktrace, stack} -> Enum.drop_while(stack, fn {m, _, _, _} -> m in @io end)
      _gone -> nil
    end
  end

  defp genuine?(stack) do
    case Enum.drop_while(stack, fn {module, _, _, _} -> module == IEx.Evaluator end) do
      [{module, _, _, _} | _] -> module in [:proc_lib, IEx.Pry]
      [] -> false
    end
  end

  # Another node's processes are looked at only where the shell itself runs there, after
  # `--remsh`.
  defp info(pid, item, _shell) when node(pid) == node(), do: Process.info(pid, item)

  defp info(pid, item, shell) when is_pid(shell) and node(pid) == node(shell) do
    :erpc.call(node(pid), Process, :info, [pid, item], 1_000)
  catch
    _kind, _reason -> nil
  end

  defp info(_pid, _item, _shell), do: nil

  defp error?(text) do
    plain = Regex.replace(~r/^(\e\[[0-9;]*m)+/, text, "")
    String.starts_with?(plain, "** (") and not String.starts_with?(plain, "** (EXIT) interrupted")
  end

  defp logger?(pid) when node(pid) != node(), do: false

  defp logger?(pid) do
    case Process.info(pid, [:registered_name, :current_stacktrace]) do
      [registered_name: name, current_stacktrace: stack] ->
        name in @loggers or Enum.any?(stack, fn {module, _, _, _} -> module in @handlers end)

      nil ->
        false
    end
  end
end
