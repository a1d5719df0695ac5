using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.ChatCompletions;

/// <summary>
/// Writes the messages. A call goes out only with its result and a result only with its call, the results right behind the message
/// that called, as the wire demands; so a history that was cut anywhere is still one that the provider takes.
/// </summary>
internal static class ChatCompletionsMessages
{
    public static void Write(Utf8JsonWriter writer, ModelRequest request, WireOptions wire)
    {
        var answered = Answered(request.Messages);
        writer.WriteStartArray("messages");
        for (var i = 0; i < request.Messages.Count; i++)
        {
            var message = request.Messages[i];
            switch (message.Role)
            {
                case Role.System:
                    WriteSystem(writer, message);
                    break;
                case Role.User:
                    WriteUser(writer, message, wire);
                    break;
                case Role.Assistant:
                    var calls = answered?.GetValueOrDefault(i);
                    WriteAssistant(writer, message, calls, request, wire);
                    foreach (var result in calls?.Results ?? [])
                        WriteResult(writer, result, wire);
                    break;
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>The calls that have results, by their message; null when there are none. A result answers the latest call of its id before it.</summary>
    private static Dictionary<int, AnsweredCalls>? Answered(IReadOnlyList<Message> messages)
    {
        Dictionary<string, (int Message, FunctionCallPart Call)>? open = null;
        Dictionary<int, AnsweredCalls>? answered = null;
        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var part in messages[i].Parts)
            {
                if (part is FunctionCallPart call && messages[i].Role == Role.Assistant)
                {
                    (open ??= [])[call.Call] = (i, call);
                }
                else if (part is FunctionResultPart result && open is not null && open.TryGetValue(result.Call, out var asked))
                {
                    answered ??= [];
                    if (!answered.TryGetValue(asked.Message, out var calls))
                        answered[asked.Message] = calls = new AnsweredCalls();
                    calls.Add(asked.Call, result);
                }
            }
        }

        return answered;
    }

    private static void WriteSystem(Utf8JsonWriter writer, Message message)
    {
        if (message.Parts.FirstOrDefault(part => part is not TextPart) is { } other)
            throw Invalid($"A system message holds {other.GetType().Name}; Chat Completions takes only text there.");
        if (message.Text is not { Length: > 0 } text)
            return;
        writer.WriteStartObject();
        writer.WriteString("role", "system");
        writer.WriteString("content", text);
        writer.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter writer, Message message, WireOptions wire)
    {
        // An array without entries is refused, so a message of nothing but parts that stay behind goes unsent.
        if (message.Parts.All(StaysBehind))
            return;
        writer.WriteStartObject();
        writer.WriteString("role", "user");
        // A plain string where it will do: not every server takes an array.
        if (message.Parts.All(part => part is TextPart || StaysBehind(part)))
        {
            writer.WriteString("content", message.Text);
        }
        else
        {
            writer.WriteStartArray("content");
            foreach (var part in message.Parts.Where(part => part is not TextPart { Text.Length: 0 } && !StaysBehind(part)))
                WriteUserPart(writer, part, wire);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    // Results go behind the message with their call, the rest has no place on this wire.
    private static bool StaysBehind(Part part) => part is UnknownPart or OpaquePart or FunctionResultPart;

    private static void WriteUserPart(Utf8JsonWriter writer, Part part, WireOptions wire)
    {
        switch (part)
        {
            case TextPart text:
                writer.WriteStartObject();
                writer.WriteString("type", "text");
                writer.WriteString("text", text.Text);
                writer.WriteEndObject();
                return;
            case ImagePart image:
                writer.WriteStartObject();
                writer.WriteString("type", "image_url");
                writer.WriteStartObject("image_url");
                if (image.Data is { } pixels)
                    WriteDataUrl(writer, "url", image.MediaType ?? throw Invalid("An image given as bytes needs a MediaType, such as image/png."), pixels.Span);
                else
                    writer.WriteString("url", image.Url ?? throw Invalid("An image has neither Data nor Url."));
                if (image.Detail is not null)
                    writer.WriteString("detail", image.Detail);
                writer.WriteEndObject();
                writer.WriteEndObject();
                return;
            case FilePart file:
                writer.WriteStartObject();
                writer.WriteString("type", "file");
                writer.WriteStartObject("file");
                writer.WriteString("filename", file.Name ?? "file");
                if (file.Data is { } bytes)
                    WriteDataUrl(writer, "file_data", file.MediaType ?? throw Invalid("A file given as bytes needs a MediaType, such as application/pdf."), bytes.Span);
                else if (wire.IsOpenAI)
                    throw Invalid($"The file \"{file.Name}\" is given by URL, which OpenAI's Chat Completions does not take; give its bytes.");
                else
                    writer.WriteString("file_data", file.Url ?? throw Invalid($"The file \"{file.Name}\" has neither Data nor Url."));
                writer.WriteEndObject();
                writer.WriteEndObject();
                return;
            default:
                throw Invalid($"A user message holds {part.GetType().Name}; Chat Completions takes text, images and files there.");
        }
    }

    private static void WriteAssistant(Utf8JsonWriter writer, Message message, AnsweredCalls? calls, ModelRequest request, WireOptions wire)
    {
        var text = message.Text;
        var refusal = string.Concat(message.Parts.OfType<RefusalPart>().Select(part => part.Text));
        if (!wire.IsOpenAI)
            (text, refusal) = (text + refusal, "");
        if (text.Length == 0 && refusal.Length == 0 && calls is null)
            return;

        writer.WriteStartObject();
        writer.WriteString("role", "assistant");
        if (text.Length > 0)
            writer.WriteString("content", text);
        else
            writer.WriteNull("content");
        if (refusal.Length > 0)
            writer.WriteString("refusal", refusal);
        foreach (var field in ReasoningState.Fields)
        {
            if (Opaque(message, field, request, wire).LastOrDefault() is { } state)
                WriteRaw(writer, field, state.Json, state.Kind);
        }

        if (calls is not null)
            WriteCalls(writer, message, calls, request, wire);
        if (wire.MarksPrefix && request.ContinuesAnswer && ReferenceEquals(message, request.Messages[^1]))
            writer.WriteBoolean("prefix", true);
        writer.WriteEndObject();
    }

    private static void WriteCalls(Utf8JsonWriter writer, Message message, AnsweredCalls calls, ModelRequest request, WireOptions wire)
    {
        var extras = Opaque(message, CallExtra.Kind, request, wire).Select(part => CallExtra.Parse(part.Json)).ToList();
        var index = -1;
        writer.WriteStartArray("tool_calls");
        foreach (var call in message.Parts.OfType<FunctionCallPart>())
        {
            index++;
            if (!calls.Contains(call))
                continue;
            writer.WriteStartObject();
            writer.WriteString("id", CallIds.ToWire(call.Call, wire.CallIds));
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteString("name", call.Name);
            // No arguments at all were written: servers that parse the text want the object it stands for.
            writer.WriteString("arguments", string.IsNullOrWhiteSpace(call.Arguments) ? "{}" : call.Arguments);
            writer.WriteEndObject();
            if (extras.LastOrDefault(extra => extra.Index == index).Json is { } json)
                WriteRaw(writer, CallExtra.Field, json, CallExtra.Kind);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter writer, FunctionResultPart result, WireOptions wire)
    {
        writer.WriteStartObject();
        writer.WriteString("role", "tool");
        writer.WriteString("tool_call_id", CallIds.ToWire(result.Call, wire.CallIds));
        if (result.Result.ValueKind == JsonValueKind.String)
        {
            writer.WriteString("content", result.Result.GetString());
        }
        else
        {
            var compact = new ArrayBufferWriter<byte>(256);
            using (var inner = new Utf8JsonWriter(compact, writer.Options with { Indented = false }))
                result.Result.WriteTo(inner);
            writer.WriteString("content", compact.WrittenSpan);
        }

        writer.WriteEndObject();
    }

    private static IEnumerable<OpaquePart> Opaque(Message message, string kind, ModelRequest request, WireOptions wire) =>
        message.Parts.OfType<OpaquePart>().Where(part => part.Kind == kind && part.Provider == wire.Name && part.Model == request.Model);

    private static void WriteRaw(Utf8JsonWriter writer, string name, string json, string kind)
    {
        writer.WritePropertyName(name);
        try
        {
            writer.WriteRawValue(json);
        }
        catch (JsonException exception)
        {
            throw new GptException(GptErrorKind.BadRequest, $"The conversation holds an opaque part of kind \"{kind}\" that is not JSON: {exception.Message}", exception) { Phase = GptPhase.Request };
        }
    }

    private static void WriteDataUrl(Utf8JsonWriter writer, string name, string mediaType, ReadOnlySpan<byte> bytes)
    {
        var prefix = $"data:{mediaType};base64,";
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(prefix) + Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        var length = Encoding.UTF8.GetBytes(prefix, buffer);
        Base64.EncodeToUtf8(bytes, buffer.AsSpan(length), out _, out var written);
        writer.WriteString(name, buffer.AsSpan(0, length + written));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static GptException Invalid(string message) => new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request };

    /// <summary>The calls of one message that go out, and their results in the order in which they came.</summary>
    private sealed class AnsweredCalls
    {
        private readonly HashSet<FunctionCallPart> _calls = new(ReferenceEqualityComparer.Instance);

        public List<FunctionResultPart> Results { get; } = [];

        public bool Contains(FunctionCallPart call) => _calls.Contains(call);

        /// <summary>A later result of the same call takes the place of the earlier one.</summary>
        public void Add(FunctionCallPart call, FunctionResultPart result)
        {
            if (_calls.Add(call))
                Results.Add(result);
            else
                Results[Results.FindIndex(earlier => earlier.Call == result.Call)] = result;
        }
    }
}
