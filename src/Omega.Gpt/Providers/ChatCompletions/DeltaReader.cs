using System.Text.Json;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>Reads the <c>delta</c> objects of one answer, whichever of the servers' names for things they use.</summary>
internal sealed class DeltaReader(string provider, string model)
{
    private SurrogateJoiner _text;
    private SurrogateJoiner _thought;
    private SurrogateJoiner _refusal;

    /// <summary>The calls written so far.</summary>
    public CallAssembler Calls { get; } = new(provider, model);

    /// <summary>The reasoning to send back.</summary>
    public ReasoningState Reasoning { get; } = new();

    /// <summary>Whether a refusal was written.</summary>
    public bool Refused { get; private set; }

    /// <summary>Reads a <c>delta</c> object.</summary>
    /// <param name="reader">At the value.</param>
    /// <param name="data">What the reader reads.</param>
    /// <param name="output">Where deltas go.</param>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var pieces = default(Pieces);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            if (name.SequenceEqual("content"u8))
            {
                reader.Read();
                ReadContent(ref reader, ref pieces);
            }
            else if (name.SequenceEqual("reasoning_content"u8))
            {
                reader.Read();
                if ((pieces.ReasoningContent = JsonText.ReadOrSkip(ref reader)) is { } piece)
                    Reasoning.AddContent(piece);
            }
            else if (name.SequenceEqual("reasoning"u8))
            {
                reader.Read();
                if ((pieces.Reasoning = JsonText.ReadOrSkip(ref reader)) is { } piece)
                    Reasoning.AddPlain(piece);
            }
            else if (name.SequenceEqual("reasoning_details"u8))
            {
                reader.Read();
                pieces.Details = Reasoning.Details.Read(ref reader, data);
            }
            else if (name.SequenceEqual("refusal"u8))
            {
                reader.Read();
                pieces.Refusal = JsonText.ReadOrSkip(ref reader);
            }
            else if (name.SequenceEqual("tool_calls"u8))
            {
                reader.Read();
                Flush(ref pieces, output);
                Calls.Read(ref reader, data, output);
            }
            else if (name.SequenceEqual("function_call"u8))
            {
                reader.Read();
                Flush(ref pieces, output);
                if (reader.TokenType == JsonTokenType.StartObject)
                    Calls.ReadSingle(ref reader, data, output);
                else
                    reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        Flush(ref pieces, output);
    }

    /// <summary>Content is a string; at Mistral it may be an array of text and thinking.</summary>
    private static void ReadContent(ref Utf8JsonReader reader, ref Pieces pieces)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            pieces.Text = JsonText.ReadOrSkip(ref reader);
            return;
        }

        foreach (var part in JsonElement.ParseValue(ref reader).EnumerateArray())
        {
            pieces.Text += TextOf(part, "text");
            pieces.Reasoning += TextOf(part, "thinking");
        }
    }

    private static string? TextOf(JsonElement part, string name)
    {
        if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array => string.Concat(value.EnumerateArray().Select(inner => TextOf(inner, "text"))),
            _ => null,
        };
    }

    /// <summary>Adds what was read, reasoning first; reasoning that came under several names is shown once.</summary>
    private void Flush(ref Pieces pieces, List<ModelDelta> output)
    {
        var reasoning = string.IsNullOrEmpty(pieces.ReasoningContent) ? string.IsNullOrEmpty(pieces.Reasoning) ? pieces.Details : pieces.Reasoning : pieces.ReasoningContent;
        if (reasoning is not null && _thought.Join(reasoning) is { Length: > 0 } thought)
            output.Add(new ReasoningDelta(thought));
        if (pieces.Text is not null && _text.Join(pieces.Text) is { Length: > 0 } text)
            output.Add(new TextDelta(text));
        if (pieces.Refusal is not null && _refusal.Join(pieces.Refusal) is { Length: > 0 } refusal)
        {
            Refused = true;
            output.Add(new RefusalDelta(refusal));
        }

        pieces = default;
    }

    /// <summary>The texts of one delta object.</summary>
    private struct Pieces
    {
        public string? Text;
        public string? ReasoningContent;
        public string? Reasoning;
        public string? Details;
        public string? Refusal;
    }
}
