using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omega.Gpt;

/// <summary>
/// Writes JSON that came from elsewhere. <see cref="JsonElement.WriteTo(Utf8JsonWriter)"/> throws on half a surrogate pair
/// (<c>"\ud83d"</c>, which programs that cut text by UTF-16 length do write): such JSON is written as it came instead, so that one odd
/// character costs nobody the whole event.
/// </summary>
internal static class VerbatimJson
{
    /// <summary>Writes a value; the form is the writer's, except where only the bytes as they came are possible.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (HasEscapedSurrogate(JsonMarshal.GetRawUtf8Value(value)))
            WriteUnchanged(writer, value);
        else
            value.WriteTo(writer);
    }

    /// <summary>Writes a value as it came, escapes and numbers included; only the space between its tokens goes.</summary>
    public static void WriteUnchanged(Utf8JsonWriter writer, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        var compact = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            writer.WriteRawValue(compact.AsSpan(0, Compact(raw, compact)), skipInputValidation: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compact);
        }
    }

    private static bool HasEscapedSurrogate(ReadOnlySpan<byte> json) => json.IndexOf("\\uD"u8) >= 0 || json.IndexOf("\\ud"u8) >= 0;

    private static int Compact(ReadOnlySpan<byte> json, Span<byte> output)
    {
        var length = 0;
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var b = json[i];
            if (inString)
            {
                output[length++] = b;
                if (b == (byte)'\\')
                    output[length++] = json[++i];
                else if (b == (byte)'"')
                    inString = false;
            }
            else if (b is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                output[length++] = b;
                inString = b == (byte)'"';
            }
        }

        return length;
    }
}

/// <summary>Reads any JSON, and writes it by <see cref="VerbatimJson"/>.</summary>
internal sealed class VerbatimJsonConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => VerbatimJson.Write(writer, value);
}
