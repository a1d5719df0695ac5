using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Omega.Gpt.Functions.Calls;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Recording.Format;

/// <summary>
/// One text for all requests that ask the same: messages with every part (opaque state too), definitions and options, in a fixed order.
/// Left out is what asks nothing: ids of messages and turns, what earlier answers cost, headers, and the model, which callers set beside it.
/// Ids of calls are numbered in their order, so that the same dialogue in another turn is the same request.
/// </summary>
internal static class CanonicalRequest
{
    private static readonly JsonWriterOptions Terse = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(ModelRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Terse))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("messages");
            var calls = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var message in request.Messages)
                Write(writer, message, calls);
            writer.WriteEndArray();
            writer.WriteStartArray("functions");
            foreach (var function in request.Functions)
                Write(writer, function);
            writer.WriteEndArray();
            writer.WritePropertyName("options");
            OptionsJson.Write(writer, request.Options);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A short name for a request, the same in every process.</summary>
    public static string KeyOf(ReadOnlySpan<byte> canonical) => Convert.ToHexStringLower(SHA256.HashData(canonical));

    /// <summary>A definition as the model is told of it.</summary>
    public static void Write(Utf8JsonWriter writer, FunctionDefinition function)
    {
        writer.WriteStartObject();
        writer.WriteString("name", function.Name);
        if (function.Description is not null)
            writer.WriteString("description", function.Description);
        writer.WritePropertyName("parameters");
        CanonicalJson.Write(writer, function.Parameters);
        if (function.Strict is { } strict)
            writer.WriteBoolean("strict", strict);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Message message, Dictionary<string, string> calls)
    {
        writer.WriteStartObject();
        writer.WriteString("role", message.Role.ToString());
        // An answer that was broken off goes out differently from a whole one.
        if (message.State != MessageState.Complete)
            writer.WriteString("state", message.State.ToString());
        writer.WriteStartArray("parts");
        foreach (var part in message.Parts)
        {
            Part named = part switch
            {
                FunctionCallPart call => call with { Call = NumberOf(call.Call) },
                FunctionResultPart result => result with { Call = NumberOf(result.Call) },
                _ => part,
            };
            JsonSerializer.Serialize(writer, named, GptJsonContext.Default.Part);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();

        string NumberOf(string call)
        {
            if (!calls.TryGetValue(call, out var number))
                calls.Add(call, number = $"call{calls.Count + 1}");
            return number;
        }
    }
}
