using System.Runtime.InteropServices;
using System.Text.Json;

namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// Equality of JSON values as JSON Schema defines it: numbers by value, objects without order. Hashes are seeded per process.
/// </summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    private const int ScanLimit = 8;

    public static JsonEquality Instance { get; } = new();

    public bool Equals(JsonElement x, JsonElement y)
    {
        if (x.ValueKind != y.ValueKind) return false;
        switch (x.ValueKind)
        {
            case JsonValueKind.Number:
                ReadOnlySpan<byte> left = JsonMarshal.GetRawUtf8Value(x), right = JsonMarshal.GetRawUtf8Value(y);
                return left.SequenceEqual(right) || JsonNumber.Parse(left).Equals(JsonNumber.Parse(right));
            case JsonValueKind.String:
                return TextEquals(JsonText.Raw(x), JsonText.Raw(y));
            case JsonValueKind.Array:
                return ArraysEqual(x, y);
            case JsonValueKind.Object:
                return ObjectsEqual(x, y);
            default:
                return true;
        }
    }

    public int GetHashCode(JsonElement value)
    {
        var hash = new HashCode();
        hash.Add((int)value.ValueKind);
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                hash.Add(JsonNumber.Parse(JsonMarshal.GetRawUtf8Value(value)));
                break;
            case JsonValueKind.String:
                hash.Add(TextHash(JsonText.Raw(value)));
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) hash.Add(GetHashCode(item));
                break;
            case JsonValueKind.Object:
                // A sum, because the order of properties does not matter.
                var sum = 0;
                foreach (var property in value.EnumerateObject())
                    sum += HashCode.Combine(TextHash(JsonMarshal.GetRawUtf8PropertyName(property)), GetHashCode(property.Value));
                hash.Add(sum);
                break;
            default:
                break;
        }
        return hash.ToHashCode();
    }

    public static bool TextEquals(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.SequenceEqual(right)) return true;
        if (!left.Contains((byte)'\\') && !right.Contains((byte)'\\')) return false;
        using var x = new JsonText(left, stackalloc byte[256]);
        using var y = new JsonText(right, stackalloc byte[256]);
        return x.Utf8.SequenceEqual(y.Utf8);
    }

    private static int TextHash(ReadOnlySpan<byte> raw)
    {
        using var text = new JsonText(raw, stackalloc byte[256]);
        var hash = new HashCode();
        hash.AddBytes(text.Utf8);
        return hash.ToHashCode();
    }

    private bool ArraysEqual(JsonElement x, JsonElement y)
    {
        if (x.GetArrayLength() != y.GetArrayLength()) return false;
        var theirs = y.EnumerateArray().GetEnumerator();
        foreach (var item in x.EnumerateArray())
            if (!theirs.MoveNext() || !Equals(item, theirs.Current)) return false;
        return true;
    }

    private bool ObjectsEqual(JsonElement x, JsonElement y)
    {
        var count = x.GetPropertyCount();
        if (count != y.GetPropertyCount()) return false;
        if (count > ScanLimit) return LargeObjectsEqual(x, y);
        foreach (var property in x.EnumerateObject())
        {
            var found = false;
            foreach (var other in y.EnumerateObject())
            {
                if (!TextEquals(JsonMarshal.GetRawUtf8PropertyName(property), JsonMarshal.GetRawUtf8PropertyName(other))) continue;
                if (!Equals(property.Value, other.Value)) return false;
                found = true;
                break;
            }
            if (!found) return false;
        }
        return true;
    }

    private bool LargeObjectsEqual(JsonElement x, JsonElement y)
    {
        var theirs = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in y.EnumerateObject()) theirs[property.Name] = property.Value;
        foreach (var property in x.EnumerateObject())
            if (!theirs.TryGetValue(property.Name, out var other) || !Equals(property.Value, other)) return false;
        return true;
    }
}
