using System.Text.Json;

namespace Omega.Gpt.Recording.Replay;

/// <summary>Where two JSON values differ first, in the order in which they are written.</summary>
/// <param name="Path">The place, such as <c>messages[2].parts[0].text</c>.</param>
/// <param name="Was">What the first has there, shortened.</param>
/// <param name="Is">What the second has there, shortened.</param>
/// <param name="Order">How many values were equal before it.</param>
internal sealed record JsonDifference(string Path, string Was, string Is, int Order)
{
    private const int Shown = 160;
    private const int Around = 40;

    /// <summary>Null where they are equal.</summary>
    public static JsonDifference? First(JsonElement was, JsonElement now)
    {
        var order = 0;
        return Find(was, now, "", ref order);
    }

    private static JsonDifference? Find(JsonElement? was, JsonElement? now, string path, ref int order)
    {
        if (was is not { } left || now is not { } right || left.ValueKind != right.ValueKind)
            return Differs(was?.GetRawText(), now?.GetRawText(), path, order);
        switch (left.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var name in left.EnumerateObject().Select(property => property.Name).Union(right.EnumerateObject().Select(property => property.Name)))
                {
                    if (Find(Of(left, name), Of(right, name), path.Length == 0 ? name : $"{path}.{name}", ref order) is { } inside)
                        return inside;
                }

                return null;
            case JsonValueKind.Array:
                for (var i = 0; i < Math.Max(left.GetArrayLength(), right.GetArrayLength()); i++)
                {
                    if (Find(i < left.GetArrayLength() ? left[i] : null, i < right.GetArrayLength() ? right[i] : null, FormattableString.Invariant($"{path}[{i}]"), ref order) is { } inside)
                        return inside;
                }

                return null;
            default:
                order++;
                return left.GetRawText() == right.GetRawText() ? null : Differs(left.GetRawText(), right.GetRawText(), path, order);
        }
    }

    private static JsonElement? Of(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;

    private static JsonDifference Differs(string? was, string? now, string path, int order)
    {
        // Long texts are shown from shortly before the first character that differs.
        var same = was is null || now is null ? 0 : was.AsSpan().CommonPrefixLength(now);
        var from = Math.Max(0, same - Around);
        return new JsonDifference(path.Length == 0 ? "the top" : path, Show(was, from), Show(now, from), order);
    }

    private static string Show(string? text, int from)
    {
        if (text is null)
            return "nothing";
        var rest = text[Math.Min(from, text.Length)..];
        return $"{(from > 0 ? "…" : "")}{(rest.Length > Shown ? rest[..Shown] + "…" : rest)}";
    }
}
