# A completion: what may stand where a text ends, asked of IEx's own completion in a worker.
#
# The snapshot is asked for variables and aliases, not the evaluator, which may be at work, and
# would find the question in its mailbox.

defmodule :moebi_completion do
  @moduledoc false

  alias :moebi_connection, as: Connection
  alias :moebi_snapshot, as: Snapshot
  alias :moebi_text, as: Text
  alias :moebi_worker, as: Worker

  @max_candidates 100
  @max_label 80
  @max_about 120
  # Reading the documentation of a module takes a millisecond or more.
  @max_modules 12

  # Tells `{{back, text, label, about}, …}`: `text` takes the place of the last `back` bytes.
  def start(%{socket: socket, snapshot: snapshot}, ref, text, milliseconds) do
    tell = fn
      {:raised, _} -> Connection.tell(socket, {:completed, ref, {}})
      found -> Connection.tell(socket, {:completed, ref, List.to_tuple(found)})
    end

    Worker.start(milliseconds, fn -> candidates(text, snapshot) end, [], tell)
  end

  defp candidates(text, snapshot) do
    {hint, entries} = expand(text, snapshot || self())
    whole = text <> hint
    grouped = entries |> Enum.group_by(&name/1) |> Enum.sort()
    summaries = summaries(whole, Enum.map(grouped, &elem(&1, 0)), snapshot)

    found =
      for {name, labels} <- grouped do
        {back, replacement} = replacement(whole, hint, name)
        about = Map.get(summaries, name, "")
        {back, replacement, short(label(name, labels), @max_label), short(about, @max_about)}
      end

    Enum.take(nodes(text) ++ found, @max_candidates)
  end

  # Where only one thing fits, IEx gives no more than the rest of it; asked again, it says what it
  # is.
  defp expand(text, shell) do
    case ask(text, shell) do
      {:yes, hint, []} when hint != "" ->
        case ask(text <> hint, shell) do
          {:yes, "", [_ | _] = entries} -> {hint, entries}
          _nothing_new -> {hint, [fragment(text) <> hint]}
        end

      {:yes, _hint, entries} ->
        {"", entries}

      _nothing ->
        {"", []}
    end
  end

  defp ask(text, shell) do
    reversed = text |> String.to_charlist() |> Enum.reverse()
    {found, hint, entries} = IEx.Autocomplete.expand(reversed, shell)
    {found, List.to_string(hint), Enum.map(entries, &to_string/1)}
  end

  defp fragment(text), do: hd(Regex.run(~r/[\p{L}\p{N}_@!?]*$/u, text))

  # `spawn/2` and `spawn/4` are one name to type. What has parentheses is a signature, to be read.
  defp name(entry) do
    case Regex.run(~r{^(.+)/\d+$}su, entry) do
      [_, name] -> name
      nil -> entry
    end
  end

  defp label(name, labels) do
    case for(label <- labels, label != name, do: String.replace_prefix(label, name, "")) do
      [] -> name
      arities -> name <> Enum.join(arities, " ")
    end
  end

  defp replacement(whole, hint, name) do
    overlap = overlap(whole, name)
    rest = Text.drop(name, overlap)

    cond do
      String.contains?(name, "(") -> {0, ""}
      overlap >= byte_size(hint) -> {overlap - byte_size(hint), name}
      true -> {0, hint <> rest}
    end
  end

  # How many bytes at the end of the text are the beginning of the name.
  defp overlap(text, name) do
    longest = min(byte_size(text), byte_size(name))
    Enum.find(longest..0//-1, 0, &(tail(text, &1) == binary_part(name, 0, &1)))
  end

  defp tail(text, size), do: binary_part(text, byte_size(text), -size)

  defp nodes(text) do
    case Regex.run(~r/(?<![\w:]):[\w@.]*$/u, text) do
      [typed] ->
        for node <- Enum.uniq([node() | Node.list(:known)]),
            atom = inspect(node),
            String.starts_with?(atom, typed),
            about = if(node == node(), do: "this node", else: "a node it knows"),
            do: {byte_size(typed), atom, atom, about}

      nil ->
        []
    end
  end

  # One line of documentation for each name that has any.
  defp summaries(whole, names, snapshot) do
    case Regex.run(~r/(?:^|[^\w.:@])((?:[A-Z]\w*\.)+|:[a-z]\w*\.|)[\w?!]*\(?$/u, whole) do
      [_, path] -> path |> module(snapshot) |> summaries(names)
      nil -> %{}
    end
  end

  defp summaries(module, names) do
    functions = if module, do: [module], else: [Kernel, Kernel.SpecialForms, IEx.Helpers]
    modules = names |> Enum.filter(&(&1 =~ ~r/^[A-Z]/)) |> Enum.take(@max_modules)
    moduledocs = for name <- modules, do: {name, moduledoc(module, name)}
    Map.new(moduledocs ++ Enum.flat_map(functions, &docs/1))
  end

  # The module that names in front of a dot speak of; nil where nothing is there.
  defp module("", _snapshot), do: nil

  defp module(":" <> name, _snapshot),
    do: name |> String.trim_trailing(".") |> String.to_existing_atom()

  defp module(path, snapshot) do
    [first | rest] = String.split(path, ".", trim: true)
    first = Module.concat([first])
    Module.concat([Keyword.get(Snapshot.aliases(snapshot), first, first) | rest])
  end

  defp docs(module) do
    case Code.fetch_docs(module) do
      {:docs_v1, _, _, _, _, _, docs} ->
        for {{kind, name, _}, _, _, %{"en" => text}, _} <- Enum.reverse(docs),
            kind in [:function, :macro],
            do: {Atom.to_string(name), line(text)}

      _none ->
        []
    end
  end

  defp moduledoc(parent, name) do
    case Code.fetch_docs(Module.concat(Enum.reject([parent, name], &is_nil/1))) do
      {:docs_v1, _, _, _, %{"en" => text}, _, _} -> line(text)
      _none -> ""
    end
  end

  # The first paragraph, on one line.
  defp line(text) do
    [paragraph | _] = text |> String.trim_leading() |> String.split("\n\n", parts: 2)
    String.replace(paragraph, ~r/\s+/u, " ")
  end

  defp short(text, max) do
    if String.length(text) <= max, do: text, else: String.slice(text, 0, max - 1) <> "…"
  end
end
