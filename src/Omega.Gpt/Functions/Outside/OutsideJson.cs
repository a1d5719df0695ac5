using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omega.Gpt.Functions.Outside;

/// <summary>Makes JSON values without reflection. Pure.</summary>
internal static class OutsideJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is taken from outside as JSON: nested at most 64 levels, no name twice in an object.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>A text as a JSON string.</summary>
    public static JsonElement String(string text) => Write(writer => writer.WriteStringValue(text));

    /// <summary>What a writer is given, as a value.</summary>
    public static JsonElement Write(Action<Utf8JsonWriter> write) => JsonElement.Parse(Bytes(write).WrittenSpan);

    /// <summary>A value on one line, with characters as they are.</summary>
    public static ArrayBufferWriter<byte> Line(JsonElement value)
    {
        var line = Bytes(value.WriteTo);
        line.Write("\n"u8);
        return line;
    }

    /// <summary>The text as JSON where it is a value of these kinds, else null.</summary>
    public static JsonElement? Parse(string text, params ReadOnlySpan<char> beginnings)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty || (beginnings.Length > 0 && !beginnings.Contains(start[0])))
            return null;
        try
        {
            return JsonElement.Parse(text, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ArrayBufferWriter<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
            write(writer);
        return buffer;
    }
}
