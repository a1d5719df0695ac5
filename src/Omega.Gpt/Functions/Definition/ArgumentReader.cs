using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Omega.Gpt.Functions.Definition;

/// <summary>Reads a value that satisfies its schema into a type that may hold less, such as an <c>int</c> given 3,000,000,000.</summary>
internal static class ArgumentReader
{
    /// <param name="value">The value.</param>
    /// <param name="type">The type's metadata.</param>
    /// <param name="what">The value in words, for the message.</param>
    /// <param name="place">Where the value stands, as a JSON pointer.</param>
    /// <exception cref="GptException">The type cannot hold it.</exception>
    public static object? Read(JsonElement value, JsonTypeInfo type, string what, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(value, type);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NotSupportedException or FormatException or OverflowException or ArgumentException)
        {
            var at = place + Pointer((error as JsonException)?.Path);
            throw new GptException(
                GptErrorKind.FunctionArguments,
                $"{(at.Length == 0 ? "(root)" : at)}: {what} is no {NameOf(type.Type)} that this program can hold: {Short(value)}. Give one within its range and form.",
                error)
            { Phase = GptPhase.Function };
        }
    }

    /// <summary>The serializer's <c>$.orders[2].size</c> as a JSON pointer, "/orders/2/size".</summary>
    public static string Pointer(string? path) =>
        path is null ? "" : path.TrimStart('$').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/').Replace("'", "", StringComparison.Ordinal);

    /// <summary>A type's name as people write it, without its namespace.</summary>
    public static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return NameOf(underlying);
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : $"{type.Name[..tick]} of {string.Join(", ", type.GetGenericArguments().Select(NameOf))}";
    }

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : value.GetRawText();
}
