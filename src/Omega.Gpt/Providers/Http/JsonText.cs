using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omega.Gpt.Providers.Http;

/// <summary>JSON that is kept and sent as text.</summary>
internal static class JsonText
{
    /// <summary>Nesting that a wire reads; the default of 64 is little for a response that repeats the schemas of its functions.</summary>
    public const int MaxDepth = 256;

    private static JsonWriterOptions Terse => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Whether a text is one JSON object and nothing else.</summary>
    /// <param name="json">The text.</param>
    public static bool IsObject(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A value without white space, with as few escapes as JSON allows.</summary>
    /// <param name="value">The value.</param>
    public static string Compact(JsonElement value)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, Terse))
            value.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.Span);
    }

    /// <summary>An object of strings, written with as few escapes as JSON allows; null values are left out.</summary>
    /// <param name="fields">Names and values.</param>
    public static string Object(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer, Terse))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                if (value is not null)
                    writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.Span);
    }
}
