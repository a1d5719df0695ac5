using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Omega.Gpt.Providers.ChatClient;

/// <summary>JSON between Microsoft.Extensions.AI's loosely typed values and ours.</summary>
internal static class ChatClientJson
{
    /// <summary>A call's arguments as JSON text.</summary>
    public static string Arguments(IDictionary<string, object?>? arguments)
    {
        if (arguments is null or { Count: 0 })
            return "{}";
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments)
            {
                writer.WritePropertyName(name);
                Value(value).WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A call's arguments as the dictionary that Microsoft.Extensions.AI hands to functions.</summary>
    public static Dictionary<string, object?> Arguments(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => (object?)property.Value.Clone(), StringComparer.Ordinal);
    }

    /// <summary>Any value as JSON; what has no JSON form becomes its text.</summary>
    public static JsonElement Value(object? value)
    {
        switch (value)
        {
            case JsonElement element:
                return element;
            case null:
                return JsonElement.Parse("null"u8);
        }

        return AIJsonUtilities.DefaultOptions.TryGetTypeInfo(value.GetType(), out var type)
            ? JsonSerializer.SerializeToElement(value, type)
            : JsonSerializer.SerializeToElement(value.ToString() ?? "", AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(string)));
    }
}
