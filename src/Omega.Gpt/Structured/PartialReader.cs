using System.Text;
using System.Text.Json;

namespace Omega.Gpt.Structured;

/// <summary>
/// Makes partial values of an answer that is being written. Making one costs as much as the answer is long, so a long answer is looked
/// at again only after it grew by 1/128: all the work together stays within about 130 times the answer's length. Used for one answer.
/// </summary>
internal sealed class PartialReader<T>(StructuredType<T> type, bool takesFence)
{
    private readonly PartialJson _json = new();
    private readonly StringBuilder _head = new();
    private bool _begun;
    private int _lookedAt;
    private string? _shown;
    private T? _value;

    /// <summary>Reads on.</summary>
    /// <param name="text">The next piece of the answer.</param>
    /// <returns>What is complete now, where that is more than before.</returns>
    public (T? Value, JsonElement Json)? Append(string text)
    {
        if (_begun)
            _json.Append(text);
        else if (!TryBegin(text))
            return null;
        var length = _json.Text.Length;
        if (_json.IsBroken || length < _lookedAt + Math.Max(1, _lookedAt / 128) && !_json.IsComplete)
            return null;
        _lookedAt = length;
        var closed = _json.Close(_json.IsInText && type.IsFreeText(_json.Place()));
        if (closed is null || closed == _shown)
            return null;
        _shown = closed;
        var json = type.Unwrap(JsonElement.Parse(closed, new JsonDocumentOptions { MaxDepth = PartialJson.DefaultMaxDepth }));
        if (json.ValueKind == JsonValueKind.Undefined)
            return null;
        // A part of which no value can be made yet leaves the last one standing.
        if (type.TryRead(json, out var value))
            _value = value;
        return (_value, json);
    }

    private bool TryBegin(string text)
    {
        _head.Append(text);
        var head = _head.ToString().AsSpan().TrimStart();
        if (takesFence)
        {
            if (AnswerText.Start(head) is not { } start)
                return false;
            head = head[start..];
        }

        _begun = true;
        _json.Append(head);
        return true;
    }
}
