using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>
/// Chunks of one answer into deltas. The answer is whole at <c>[DONE]</c> after a finish reason of choice 0, and not before: usage and
/// errors may come between the two.
/// </summary>
internal sealed class ChatCompletionsParser(string provider, string model, string? requestId, bool acceptMissingDone) : WireParser
{
    private readonly CallAssembler _calls = new(provider, model);
    private readonly ReasoningState _reasoning = new();
    private SurrogateJoiner _textJoiner;
    private SurrogateJoiner _reasoningJoiner;
    private SurrogateJoiner _refusalJoiner;
    private UsageDelta? _usage;
    private string? _responseId;
    private string? _servedModel;
    private string? _finish;
    private bool _started;
    private bool _refused;

    public override void Parse(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        var before = output.Count;
        var read = false;
        try
        {
            if (name.SequenceEqual("error"u8))
                ReadUnusual(data, isError: true, output);
            else if (data.IsEmpty || data[0] == '{')
                ReadChunk(data, output);
            else if (data.Trim(" \t\r\n"u8).SequenceEqual("[DONE]"u8))
                Finish(output);
            else
                ReadUnusual(data, isError: false, output);
            read = true;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
        finally
        {
            // First of all deltas, but not for a chunk that only reports an error: nothing has started then.
            if (!_started && (output.Count > before || read && (_responseId ?? _servedModel) is not null))
            {
                output.Insert(before, new StartedDelta(_responseId, _servedModel, requestId));
                _started = true;
            }
        }
    }

    public override void EndOfStream(List<ModelDelta> output)
    {
        if (acceptMissingDone && _finish is not (null or "error") && !_calls.HasNameless)
            Finish(output);
    }

    private void Finish(List<ModelDelta> output)
    {
        if (_finish is null)
            throw Protocol("the stream said [DONE] without a finish reason");
        if (_finish == "error")
            throw new GptException(GptErrorKind.Server, $"{provider}: the answer ended with finish reason \"error\"") { Phase = GptPhase.Step, Provider = provider, Model = model, IsRetryable = true };
        if (_calls.HasNameless)
            throw Protocol("the stream ended with a function call that has no name");

        if (_reasoning.ToPart(provider, model, _calls.Any) is { } state)
            output.Add(new OpaqueDelta(state));
        var reason = _finish switch
        {
            // OpenAI ends a refusal with "stop".
            "stop" => _refused ? FinishReason.Refusal : FinishReason.Stop,
            "length" or "model_length" => FinishReason.Length,
            "tool_calls" or "function_call" => FinishReason.FunctionCalls,
            "content_filter" => FinishReason.ContentFilter,
            "refusal" => FinishReason.Refusal,
            _ => FinishReason.Other,
        };
        output.Add(new FinishedDelta(reason, _finish));
        IsFinished = true;
    }

    private void ReadChunk(ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        if (data.IsEmpty)
            return;

        var reader = new Utf8JsonReader(data);
        var known = false;
        ReadOnlySpan<byte> error = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                known = true;
                reader.Read();
                ReadChoices(ref reader, data, output, ref error);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                known = true;
                reader.Read();
                ReadUsage(ref reader, output);
            }
            else if (!_started && reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                _responseId ??= NotEmpty(ref reader);
            }
            else if (!_started && reader.ValueTextEquals("model"u8))
            {
                reader.Read();
                _servedModel ??= NotEmpty(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                ReadError(ref reader, data, ref error);
            }
            else if (reader.ValueTextEquals("x_groq"u8))
            {
                reader.Read();
                ReadGroq(ref reader, data, output, ref error);
            }
            else
            {
                reader.Skip();
            }
        }

        // Throws where anything follows the object.
        reader.Read();
        if (!error.IsEmpty)
            throw Error(error);
        if (!known)
            ReadUnusual(data, isError: false, output);
    }

    private void ReadChoices(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, List<ModelDelta> output, ref ReadOnlySpan<byte> error)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject && IsFirstChoice(reader))
                ReadChoice(ref reader, data, output, ref error);
            else
                reader.Skip();
        }
    }

    // By value: looks ahead for an index that does not come first.
    private static bool IsFirstChoice(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("index"u8))
                return !reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var index) || index == 0;
            reader.Skip();
        }

        return true;
    }

    private void ReadChoice(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, List<ModelDelta> output, ref ReadOnlySpan<byte> error)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                ReadDelta(ref reader, data, output);
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                _finish = NotEmpty(ref reader) ?? _finish;
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                ReadUsage(ref reader, output);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                ReadError(ref reader, data, ref error);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadDelta(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var pieces = default(Pieces);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                ReadContent(ref reader, ref pieces);
            }
            else if (reader.ValueTextEquals("reasoning_content"u8))
            {
                reader.Read();
                if ((pieces.ReasoningContent = Text(ref reader)) is { } piece)
                    _reasoning.AddContent(piece);
            }
            else if (reader.ValueTextEquals("reasoning"u8))
            {
                reader.Read();
                if ((pieces.Reasoning = Text(ref reader)) is { } piece)
                    _reasoning.AddPlain(piece);
            }
            else if (reader.ValueTextEquals("reasoning_details"u8))
            {
                reader.Read();
                pieces.Details = _reasoning.Details.Read(ref reader, data);
            }
            else if (reader.ValueTextEquals("refusal"u8))
            {
                reader.Read();
                pieces.Refusal = Text(ref reader);
            }
            else if (reader.ValueTextEquals("tool_calls"u8))
            {
                reader.Read();
                Flush(ref pieces, output);
                _calls.Read(ref reader, data, output);
            }
            else if (reader.ValueTextEquals("function_call"u8))
            {
                reader.Read();
                Flush(ref pieces, output);
                if (reader.TokenType == JsonTokenType.StartObject)
                    _calls.ReadSingle(ref reader, data, output);
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
            pieces.Text = Text(ref reader);
            return;
        }

        var content = JsonElement.ParseValue(ref reader);
        foreach (var part in content.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object)
                continue;
            if (part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
                pieces.Text += text.GetString();
            if (!part.TryGetProperty("thinking", out var thinking))
                continue;
            if (thinking.ValueKind == JsonValueKind.String)
                pieces.Reasoning += thinking.GetString();
            else if (thinking.ValueKind == JsonValueKind.Array)
                pieces.Reasoning += string.Concat(thinking.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.Object && t.TryGetProperty("text", out text)).Select(_ => text.GetString()));
        }
    }

    /// <summary>Adds what was read, reasoning first; reasoning that came under several names is shown once.</summary>
    private void Flush(ref Pieces pieces, List<ModelDelta> output)
    {
        var reasoning = string.IsNullOrEmpty(pieces.ReasoningContent) ? string.IsNullOrEmpty(pieces.Reasoning) ? pieces.Details : pieces.Reasoning : pieces.ReasoningContent;
        if (reasoning is not null && _reasoningJoiner.Join(reasoning) is { Length: > 0 } thought)
            output.Add(new ReasoningDelta(thought));
        if (pieces.Text is not null && _textJoiner.Join(pieces.Text) is { Length: > 0 } text)
            output.Add(new TextDelta(text));
        if (pieces.Refusal is not null && _refusalJoiner.Join(pieces.Refusal) is { Length: > 0 } refusal)
        {
            _refused = true;
            output.Add(new RefusalDelta(refusal));
        }

        pieces = default;
    }

    private void ReadUsage(ref Utf8JsonReader reader, List<ModelDelta> output)
    {
        // Servers repeat usage (Groq in two places, some in every chunk): only news is said.
        if (UsageReader.Read(ref reader) is { } usage && usage != _usage)
            output.Add(_usage = usage);
    }

    private void ReadGroq(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, List<ModelDelta> output, ref ReadOnlySpan<byte> error)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUsage = reader.ValueTextEquals("usage"u8);
            var isError = reader.ValueTextEquals("error"u8);
            reader.Read();
            if (isUsage)
                ReadUsage(ref reader, output);
            else if (isError)
                ReadError(ref reader, data, ref error);
            else
                reader.Skip();
        }
    }

    private static void ReadError(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, ref ReadOnlySpan<byte> error)
    {
        var start = (int)reader.TokenStartIndex;
        var said = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.String or JsonTokenType.Number;
        reader.Skip();
        if (said)
            error = data[start..(int)reader.BytesConsumed];
    }

    /// <summary>An event named <c>error</c>, or data without choices and usage: an error in one of its many forms, or nothing of ours.</summary>
    private void ReadUnusual(ReadOnlySpan<byte> data, bool isError, List<ModelDelta> output)
    {
        JsonElement root;
        try
        {
            var reader = new Utf8JsonReader(data);
            root = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException) when (isError)
        {
            throw Error(JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(data), GptJsonContext.Default.String));
        }

        if (isError && root.ValueKind == JsonValueKind.Object && root.TryGetProperty("usage", out var usage))
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(usage.GetRawText()));
            reader.Read();
            ReadUsage(ref reader, output);
        }

        if (ProviderError.Find(root) is { } error)
            throw ProviderError.From(error, null, provider, model);
        if (isError)
            throw ProviderError.From(root, null, provider, model);
        if (root.ValueKind != JsonValueKind.Object)
            throw new JsonException($"a chunk is an object, not {root.ValueKind}");
    }

    private GptException Error(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return ProviderError.From(JsonElement.ParseValue(ref reader), null, provider, model);
    }

    private GptException Protocol(string what) => new(GptErrorKind.StreamProtocol, $"{provider}: {what}.") { Phase = GptPhase.Step, Provider = provider, Model = model, IsRetryable = true };

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return JsonText.Read(ref reader);
        reader.Skip();
        return null;
    }

    private static string? NotEmpty(ref Utf8JsonReader reader) => Text(ref reader) is { Length: > 0 } text ? text : null;

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
