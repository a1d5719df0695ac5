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
    private readonly DeltaReader _deltas = new(provider, model);
    private UsageDelta? _usage;
    private string? _responseId;
    private string? _servedModel;
    private string? _finish;
    private bool _started;

    public override void Parse(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, List<ModelDelta> output)
    {
        var before = output.Count;
        var read = false;
        data = data.Trim(" \t\r\n"u8);
        try
        {
            if (name.SequenceEqual("error"u8))
                ReadUnusual(data, isError: true, output);
            else if (data.IsEmpty || data[0] == '{')
                ReadChunk(data, output);
            else if (data.SequenceEqual("[DONE]"u8))
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
            if (output.Count > before || read && (_responseId ?? _servedModel) is not null)
                Start(output, before);
        }
    }

    public override void EndOfStream(List<ModelDelta> output)
    {
        if (!acceptMissingDone || _finish is null or "error" || _deltas.Calls.HasNameless)
            return;
        Start(output, output.Count);
        Finish(output);
    }

    private void Start(List<ModelDelta> output, int at)
    {
        if (_started)
            return;
        output.Insert(at, new StartedDelta(_responseId, _servedModel, requestId));
        _started = true;
    }

    private void Finish(List<ModelDelta> output)
    {
        if (_finish is null)
            throw Protocol("the stream said [DONE] without a finish reason");
        if (_finish == "error")
            throw new GptException(GptErrorKind.Server, $"{provider}: the answer ended with finish reason \"error\"") { Phase = GptPhase.Step, Provider = provider, Model = model, IsRetryable = true };
        if (_deltas.Calls.HasNameless)
            throw Protocol("the stream ended with a function call that has no name");

        if (_deltas.Reasoning.ToPart(provider, model, _deltas.Calls.Any) is { } state)
            output.Add(new OpaqueDelta(state));
        var reason = _finish switch
        {
            // OpenAI ends a refusal with "stop".
            "stop" => _deltas.Refused ? FinishReason.Refusal : FinishReason.Stop,
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
            var name = JsonText.Name(ref reader);
            if (name.SequenceEqual("choices"u8))
            {
                known = true;
                reader.Read();
                ReadChoices(ref reader, data, output, ref error);
            }
            else if (name.SequenceEqual("usage"u8))
            {
                known = true;
                reader.Read();
                ReadUsage(ref reader, output);
            }
            else if (!_started && name.SequenceEqual("id"u8))
            {
                reader.Read();
                _responseId ??= JsonText.NotEmpty(ref reader);
            }
            else if (!_started && name.SequenceEqual("model"u8))
            {
                reader.Read();
                _servedModel ??= JsonText.NotEmpty(ref reader);
            }
            else if (name.SequenceEqual("error"u8))
            {
                reader.Read();
                ReadError(ref reader, data, ref error);
            }
            else if (name.SequenceEqual("x_groq"u8))
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
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadChoice(ref reader, data, output, ref error);
            else
                reader.Skip();
        }
    }

    private void ReadChoice(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, List<ModelDelta> output, ref ReadOnlySpan<byte> error)
    {
        bool? isFirst = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Name(ref reader);
            if (isFirst is null && name.SequenceEqual("index"u8))
            {
                reader.Read();
                isFirst = IsZero(ref reader);
                reader.Skip();
                continue;
            }

            isFirst ??= IsFirst(reader);
            if (isFirst == false)
            {
                reader.Skip();
            }
            else if (name.SequenceEqual("delta"u8))
            {
                reader.Read();
                _deltas.Read(ref reader, data, output);
            }
            else if (name.SequenceEqual("finish_reason"u8))
            {
                reader.Read();
                _finish = JsonText.NotEmpty(ref reader) ?? _finish;
            }
            else if (name.SequenceEqual("usage"u8))
            {
                reader.Read();
                ReadUsage(ref reader, output);
            }
            else if (name.SequenceEqual("error"u8))
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

    // By value: looks ahead from the first property of a choice for its index, where it is not that property.
    private static bool IsFirst(Utf8JsonReader reader)
    {
        while (reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("index"u8))
                return !reader.Read() || IsZero(ref reader);
            reader.Skip();
            reader.Read();
        }

        return true;
    }

    // What is no number says nothing: then the choice counts as the first.
    private static bool IsZero(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var index) || index == 0;

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
            var name = JsonText.Name(ref reader);
            var isUsage = name.SequenceEqual("usage"u8);
            var isError = name.SequenceEqual("error"u8);
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
}
