using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Omega.Gpt.Providers;
using Omega.Gpt.Recording.Format;

namespace Omega.Gpt.Caching;

/// <summary>A step's answer as it is kept: <c>{"version": 1, "at", "deltas": […]}</c>.</summary>
internal sealed record CachedAnswer(DateTimeOffset At, IEnumerable<ModelDelta> Deltas)
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Terse = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Null where it would be too large.</summary>
    public byte[]? Write(int maxBytes)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, Terse);
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("at", At);
        writer.WriteStartArray("deltas");
        foreach (var delta in Deltas)
        {
            DeltaJson.Write(writer, delta);
            if (writer.BytesCommitted + writer.BytesPending > maxBytes)
                return null;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Null where the bytes are none: of another version, or damaged.</summary>
    public static CachedAnswer? Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = GptJson.MaxDepth });
            var json = document.RootElement;
            if (json.Required("version").GetInt32() != Version)
                return null;
            var deltas = json.Required("deltas").EnumerateArray().Select(DeltaJson.Read).ToList();
            return deltas is [.., FinishedDelta] ? new CachedAnswer(json.Required("at").GetDateTimeOffset(), deltas) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or InvalidCastException)
        {
            return null;
        }
    }
}
