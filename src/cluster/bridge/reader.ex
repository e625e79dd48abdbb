# A reader: a client's request for input, and what it has been given so far.

defmodule :moebi_reader do
  @moduledoc false

  # The reader that a request asks for; nil where it asks for no input.
  def new(client, {:get_line, encoding, prompt}), do: reader(client, :line, encoding, prompt)
  def new(client, {:get_line, prompt}), do: reader(client, :line, :latin1, prompt)

  def new(client, {:get_chars, encoding, prompt, count}),
    do: reader(client, {:chars, count}, encoding, prompt)

  def new(client, {:get_chars, prompt, count}),
    do: reader(client, {:chars, count}, :latin1, prompt)

  def new(client, {:get_until, encoding, prompt, m, f, a}),
    do: reader(client, {:until, m, f, a}, encoding, prompt)

  def new(client, {:get_until, prompt, m, f, a}),
    do: reader(client, {:until, m, f, a}, :latin1, prompt)

  def new(_client, _no_input), do: nil

  defp reader(client, wants, encoding, prompt) do
    %{
      client: client,
      wants: wants,
      encoding: encoding,
      prompt: text(prompt),
      so_far: if(match?({:until, _, _, _}, wants), do: [], else: ""),
      # The requests that came with it in one list, to be served after it.
      rest: [],
      # `:iex` or `:more` where IEx itself reads, by which of its prompts.
      iex: nil,
      monitor: nil,
      ready?: true,
      shown?: false
    }
  end

  defp text(prompt) do
    :unicode.characters_to_binary(:io_lib.format_prompt(prompt, :unicode), :unicode)
  end

  # As the protocol calls it.
  def kind(%{iex: kind}) when kind != nil, do: kind
  def kind(%{wants: {:chars, _}}), do: :chars
  def kind(_reader), do: :gets

  # It was given something and needs more: from 1.19 on that is how IEx continues an expression.
  def again(%{iex: nil} = reader), do: %{reader | shown?: false, prompt: ""}
  def again(reader), do: %{reader | shown?: false, prompt: "...> ", iex: :more}

  # Gives it a line or `:eof`: `{:done, reply, left_over}`, or `{:more, reader}`.
  def feed(%{wants: {:until, m, f, a}} = reader, item, _options) do
    chars = if item == :eof, do: :eof, else: String.to_charlist(item)

    case apply(m, f, [reader.so_far, chars | a]) do
      {:done, reply, left} -> {:done, reply, left_over(left)}
      {:more, so_far} -> {:more, %{reader | so_far: so_far}}
    end
  catch
    _kind, _reason -> {:done, {:error, :get_until}, ""}
  end

  def feed(%{so_far: ""}, :eof, _options), do: {:done, :eof, ""}

  def feed(reader, :eof, options),
    do: {:done, cast(reader.so_far, reader.encoding, options), ""}

  def feed(%{wants: :line} = reader, text, options) do
    case :binary.split(reader.so_far <> text, "\n") do
      [line, left] -> {:done, cast(line <> "\n", reader.encoding, options), left}
      [part] -> {:more, %{reader | so_far: part}}
    end
  end

  def feed(%{wants: {:chars, count}} = reader, text, options) do
    text = reader.so_far <> text

    case split(text, count, "") do
      {chars, left} -> {:done, cast(chars, reader.encoding, options), left}
      :more -> {:more, %{reader | so_far: text}}
    end
  end

  # Erlang counts code points here, not graphemes.
  defp split(left, 0, chars), do: {chars, left}
  defp split("", _count, _chars), do: :more

  defp split(<<char::utf8, left::binary>>, count, chars),
    do: split(left, count - 1, <<chars::binary, char::utf8>>)

  defp left_over(:eof), do: :eof
  defp left_over(chars), do: :unicode.characters_to_binary(chars)

  defp cast(text, encoding, options) do
    encoding = if encoding == :latin1, do: :latin1, else: :unicode

    cond do
      not options[:binary] -> String.to_charlist(text)
      is_binary(bytes = :unicode.characters_to_binary(text, :unicode, encoding)) -> bytes
      true -> {:error, {:no_translation, :unicode, encoding}}
    end
  end
end
