# Starts the shell, IEx.Server, as plain `iex` would for this command line.
#
# It happens in a process of its own, which ends once the shell is there: kernel may still be
# booting, and from OTP 26 on can't be asked to start an application from within. The screen
# monitors the shell and starts it anew should it ever die.

defmodule :moebi_shell do
  @moduledoc false

  alias :moebi_cause, as: Cause

  # With `:cli` the command line runs before the first prompt; `:again` is for any later shell. `token` is
  # of the input that the shell is a consequence of.
  def start(screen, what, token) do
    spawn(fn ->
      Process.group_leader(self(), screen)
      shell = Cause.run(token, fn -> launch(what, self()) end)
      send(screen, {:shell, shell})
      receive do: ({:cli, pid} -> send(pid, :go))
    end)
  end

  defp launch(what, starter) do
    arguments = :init.get_plain_arguments()
    options = options(following(arguments, ~c"--dot-iex"))

    case following(arguments, ~c"--remsh") do
      nil -> iex(node(), options, {__MODULE__, :run, [what, starter]})
      remote -> iex(remote(remote), options, remote_cli(local_cli(what, starter)))
    end
  end

  # Runs in a process of the shell's own, before its banner; by then the screen must know the
  # shell.
  def run(what, starter) do
    send(starter, {:cli, self()})
    receive do: (:go -> :ok)
    if what == :cli, do: :elixir.start_cli()
  end

  # `register` is for `IEx.pry`, which otherwise looks for OTP's own terminal driver.
  defp options(nil), do: [register: true, on_eof: :halt]

  # The key was renamed in 1.18.
  defp options(path) do
    path = List.to_string(path)
    [dot_iex: path, dot_iex_path: path] ++ options(nil)
  end

  defp following([key, value | _], key), do: value
  defp following([_ | rest], key), do: following(rest, key)
  defp following([], _key), do: nil

  # The shell's own process, on the node where it shall run.
  defp iex(node, options, mfa) when node == node(),
    do: apply(launcher(), :start, [options, mfa])

  defp iex(node, options, mfa) do
    :erpc.call(node, launcher(), :start, [Keyword.delete(options, :register), mfa], 10_000)
  catch
    kind, reason ->
      banner = Exception.format_banner(kind, reason)
      text = "Could not contact remote node #{node}, reason: #{banner}. Aborting...\n"
      :io.put_chars(:standard_error, text)
      :erlang.halt(1)
  end

  defp remote(name) do
    if Enum.member?(name, ?@),
      do: List.to_atom(name),
      else: List.to_atom(name ++ :string.find(Atom.to_charlist(node()), ~c"@"))
  end

  # With `--remsh` the command line is this node's, though the shell runs over there.
  defp local_cli(what, starter) do
    ref = make_ref()

    parent =
      spawn(fn ->
        receive do
          {:begin, ^ref, other} ->
            run(what, starter)
            send(other, {:done, ref})
        end
      end)

    [parent, ref]
  end

  defp remote_cli(arguments) do
    if launcher() == :iex,
      do: {:iex, :sync_remote, arguments},
      else: {IEx.CLI, :remote_start, arguments}
  end

  # 1.15 moved the shell's start from Elixir to Erlang.
  defp launcher, do: if(:code.ensure_loaded(:iex) == {:module, :iex}, do: :iex, else: IEx)
end
