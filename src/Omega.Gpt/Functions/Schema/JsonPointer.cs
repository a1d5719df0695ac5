using System.Globalization;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Escape(string name) =>
        name.AsSpan().IndexOfAny('~', '/') < 0
            ? name
            : name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Unescape(string token) =>
        token.Contains('~', StringComparison.Ordinal)
            ? token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            : token;

    /// <summary>Follows a pointer ("" or "/…") from a value.</summary>
    public static bool TryFollow(JsonElement from, string pointer, out JsonElement value)
    {
        value = from;
        if (pointer.Length == 0) return true;
        if (pointer[0] != '/') return false;
        foreach (var token in pointer[1..].Split('/'))
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                if (!value.TryGetProperty(Unescape(token), out value)) return false;
            }
            else if (value.ValueKind != JsonValueKind.Array ||
                !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= value.GetArrayLength())
            {
                return false;
            }
            else
            {
                value = value[index];
            }
        }
        return true;
    }
}
