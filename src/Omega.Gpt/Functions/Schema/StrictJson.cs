using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Omega.Gpt.Functions.Schema;

/// <summary>
/// JSON text read strictly: no duplicate names, no broken characters, no comments, nothing after the value. Holds pooled memory until
/// disposed, and the root with it.
/// </summary>
internal readonly ref struct StrictJson
{
    private readonly JsonDocument? _document;
    private readonly byte[]? _rented;

    private StrictJson(JsonDocument? document, byte[]? rented, SchemaError? error)
    {
        (_document, _rented, Error) = (document, rented, error);
        Root = document?.RootElement ?? default;
    }

    public JsonElement Root { get; }

    public SchemaError? Error { get; }

    public static StrictJson Parse(ReadOnlySpan<byte> utf8Json, int maxDepth)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, utf8Json.Length));
        utf8Json.CopyTo(rented);
        return Parse(rented, utf8Json.Length, maxDepth);
    }

    public static StrictJson Parse(string json, int maxDepth)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, Encoding.UTF8.GetByteCount(json)));
        var status = Utf8.FromUtf16(json, rented, out _, out var written, replaceInvalidSequences: false);
        // Half a surrogate pair becomes a byte that is no UTF-8, so that it is found below.
        if (status != OperationStatus.Done) rented[written++] = 0xFF;
        return Parse(rented, written, maxDepth);
    }

    /// <summary>What strict text could not hold: half surrogate pairs, or nesting that is too deep.</summary>
    public static SchemaError? FindFault(JsonElement value, int maxDepth)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return Fault("a JSON value", "none");
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (JsonText.FindBrokenText(raw) >= 0) return Fault("text without half surrogate pairs", "a string that holds one");
        return JsonText.Depth(raw) > maxDepth ? Fault($"nesting of at most {maxDepth}", "a value that nests deeper") : null;
    }

    public void Dispose()
    {
        _document?.Dispose();
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }

    private static StrictJson Parse(byte[] rented, int length, int maxDepth)
    {
        var text = rented.AsSpan(0, length);
        if (JsonText.FindBrokenText(text) >= 0) return new(null, rented, Explain(text, maxDepth, null));
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false };
            return new(JsonDocument.Parse(rented.AsMemory(0, length), options), rented, null);
        }
        catch (JsonException e)
        {
            return new(null, rented, Explain(text, maxDepth, e));
        }
    }

    /// <summary>The fault in the same words as while the text is written.</summary>
    private static SchemaError Explain(ReadOnlySpan<byte> text, int maxDepth, JsonException? cause) =>
        IncrementalValidator.FindFault(text, maxDepth) ?? Fault("one strict JSON value", cause?.Message ?? "broken text");

    private static SchemaError Fault(string expected, string found) => new("", "json", "", expected, found);
}
