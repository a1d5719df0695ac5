using System.Globalization;
using System.Text.Json;

namespace Omega.Desk.Functions;

/// <summary>The arguments of a call, which have passed the function's schema. What is absent or null is not given.</summary>
internal readonly struct CallArguments(JsonElement json)
{
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public double? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>An exact number.</summary>
    /// <exception cref="Refusal">It is too large for money.</exception>
    public decimal? Amount(string name) => Find(name) is not { ValueKind: JsonValueKind.Number } value
        ? null
        : value.TryGetDecimal(out var amount) ? amount : throw new Refusal("not_possible", $"{name} is {value.GetRawText()}, which is beyond any amount here.", name, value.GetRawText());

    public int? Count(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? (int)Math.Clamp(value.GetDouble(), int.MinValue, int.MaxValue) : null;

    public bool? Flag(string name) => Find(name)?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public IEnumerable<JsonElement> List(string name) => Find(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    /// <summary>A day or a moment, UTC where no offset is given.</summary>
    /// <exception cref="Refusal">It is none.</exception>
    public DateTimeOffset? Moment(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : throw new Refusal("unknown_time", $"{name} is no time: write it as 2024-01-31 or 2024-01-31T15:00:00Z.", name, text);
    }

    private JsonElement? Find(string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
