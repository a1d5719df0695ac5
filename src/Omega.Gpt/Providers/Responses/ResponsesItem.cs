using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers.Responses;

/// <summary>One output item of a stream, as far as it has arrived. Disposing gives its buffers back.</summary>
internal sealed class ResponsesItem : IDisposable
{
    private readonly List<Received> _received = [];

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
    /// <param name="kind">What the text is.</param>
    /// <param name="part">The part of the item that it belongs to.</param>
    /// <param name="delta">The text as the wire writes it, escapes and all.</param>
    /// <returns>Whether it is the first of its part.</returns>
    public bool Append(ResponsesText kind, int part, ReadOnlySpan<byte> delta)
    {
        if (Find(kind, part) is { } received)
        {
            received.Json.Append(delta);
            return false;
        }

        received = new Received(kind, part);
        _received.Add(received);
        received.Json.Append(delta);
        return true;
    }

    /// <summary>What came for the first part.</summary>
    public string? Text(ResponsesText kind) => Find(kind, 0) is { } received ? JsonString.Text(received.Json.Span) : null;

    /// <summary>What of the whole text has not arrived; null when what arrived is not the whole's beginning.</summary>
    /// <param name="kind">What the text is.</param>
    /// <param name="part">The part of the item that it belongs to.</param>
    /// <param name="whole">The text.</param>
    public string? Missing(ResponsesText kind, int part, JsonString whole)
    {
        if (Find(kind, part) is not { } received)
            return whole.Text();
        // Nearly always the server escapes the whole as it escaped the pieces; then the bytes tell. What came was sound, so that it
        // does not end within an escape or a character.
        if (whole.Raw.StartsWith(received.Json.Span))
            return whole.Raw.Length == received.Json.Length ? "" : JsonString.Text(whole.Raw[received.Json.Length..]);
        var (some, all) = (JsonString.Text(received.Json.Span), whole.Text()!);
        return all.StartsWith(some, StringComparison.Ordinal) ? all[some.Length..] : null;
    }

    /// <summary>The whole text takes the place of what came of it.</summary>
    /// <param name="kind">What the text is.</param>
    /// <param name="part">The part of the item that it belongs to.</param>
    /// <param name="whole">The text as the wire writes it, escapes and all.</param>
    /// <returns>Whether nothing of its part had come.</returns>
    public bool Replace(ResponsesText kind, int part, ReadOnlySpan<byte> whole)
    {
        Find(kind, part)?.Json.Clear();
        return Append(kind, part, whole);
    }

    public void Dispose()
    {
        foreach (var received in _received)
            received.Json.Dispose();
        _received.Clear();
    }

    // The last first: nearly every piece goes on with the part of the one before it.
    private Received? Find(ResponsesText kind, int part)
    {
        for (var i = _received.Count - 1; i >= 0; i--)
        {
            if (_received[i].Kind == kind && _received[i].Part == part)
                return _received[i];
        }

        return null;
    }

    /// <summary>The text of one part so far, as the wire writes it.</summary>
    private sealed class Received(ResponsesText kind, int part)
    {
        public ResponsesText Kind => kind;

        public int Part => part;

        public PooledBuffer Json { get; } = new();
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
