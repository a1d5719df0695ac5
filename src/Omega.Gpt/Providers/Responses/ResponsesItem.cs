using System.Text;

namespace Omega.Gpt.Providers.Responses;

/// <summary>One output item of a stream, as far as it has arrived.</summary>
internal sealed class ResponsesItem
{
    private readonly Dictionary<(ResponsesText Kind, int Part), StringBuilder> _received = [];
    private StringBuilder? _last;
    private (ResponsesText Kind, int Part) _lastKey;

    public string? Id { get; init; }

    public string? Type { get; init; }

    /// <summary>A call's place within the step; -1 until its name is known.</summary>
    public int Call { get; set; } = -1;

    /// <summary>Whether the item's state to send back was handed on.</summary>
    public bool IsKept { get; set; }

    /// <summary>Whether the wire said that the call is written to its end.</summary>
    public bool CallEnded { get; set; }

    /// <summary>Whether the whole item was seen, so that nothing of it can be missing.</summary>
    public bool IsDone { get; set; }

    /// <summary>Whether any text came.</summary>
    public bool HasText => _received.Count > 0;

    /// <summary>Takes new text.</summary>
    /// <returns>Whether it is the first of its part.</returns>
    public bool Append(ResponsesText kind, int part, string delta)
    {
        // Nearly every piece goes on with the part of the one before it.
        var isNew = false;
        if (_last is null || _lastKey != (kind, part))
        {
            isNew = !_received.TryGetValue((kind, part), out var received);
            if (isNew)
                _received[(kind, part)] = received = new StringBuilder();
            (_last, _lastKey) = (received, (kind, part));
        }

        _last!.Append(delta);
        return isNew;
    }

    /// <summary>What came for the first part.</summary>
    public string? Text(ResponsesText kind) => _received.GetValueOrDefault((kind, 0))?.ToString();

    /// <summary>What of the whole text has not arrived; null when what arrived is not the whole's beginning.</summary>
    public string? Missing(ResponsesText kind, int part, string whole)
    {
        if (!_received.TryGetValue((kind, part), out var received))
            return whole;
        if (received.Length > whole.Length || !received.Equals(whole.AsSpan(0, received.Length)))
            return null;
        return whole[received.Length..];
    }
}

/// <summary>The kinds of text that an item can hold.</summary>
internal enum ResponsesText
{
    Answer,
    Refusal,
    Arguments,
    Summary,
    Reasoning,
}
