using System.Text;

namespace Omega.Gpt.Providers.Responses;

/// <summary>One output item of a stream, as far as it has arrived.</summary>
internal sealed class ResponsesItem
{
    private readonly Dictionary<(ResponsesText Kind, int Part), StringBuilder> _received = [];

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
    public void Append(ResponsesText kind, int part, string delta)
    {
        if (!_received.TryGetValue((kind, part), out var received))
            _received[(kind, part)] = received = new StringBuilder();
        received.Append(delta);
    }

    /// <summary>Whether any text came for this part.</summary>
    public bool Has(ResponsesText kind, int part) => _received.ContainsKey((kind, part));

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
