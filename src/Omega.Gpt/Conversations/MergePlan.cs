namespace Omega.Gpt;

/// <summary>
/// What a save does with the logs beside a document. A log is taken in only where the conversation holds all that it says; where
/// the log tells more (its turn is still running, or went on after the conversation was loaded), the turn's messages stay out of the
/// document and the log stays the truth.
/// </summary>
internal sealed class MergePlan
{
    /// <summary>Turns whose messages stay out of the document.</summary>
    public HashSet<string> Without { get; } = new(StringComparer.Ordinal);

    /// <summary>Turns whose logs the document contains from now on.</summary>
    public HashSet<string> Merged { get; } = new(StringComparer.Ordinal);

    /// <summary>Rules on one log.</summary>
    /// <param name="conversation">What is being saved.</param>
    /// <param name="turn">The log's turn.</param>
    /// <param name="size">The log's size now.</param>
    /// <param name="isLive">Whether its writer is alive.</param>
    /// <returns>Whether the document contains the log from now on.</returns>
    public bool Add(Conversation conversation, string turn, long size, bool isLive)
    {
        if (!conversation.HasTurn(turn))
            return false;
        var hasGrown = conversation.Stored is { } stored && stored.Folded.TryGetValue(turn, out var folded) && folded != size;
        var isTaken = !isLive && !hasGrown;
        (isTaken ? Merged : Without).Add(turn);
        return isTaken;
    }

    /// <summary>Merged turns that no message names (cleared, or without a message of their own); the document must name them itself.</summary>
    public string[] Unnamed(Conversation conversation)
    {
        var unnamed = new HashSet<string>(Merged, StringComparer.Ordinal);
        foreach (var message in conversation.Messages)
        {
            if (message.Turn is not null)
                unnamed.Remove(message.Turn);
        }

        return [.. unnamed.Order(StringComparer.Ordinal)];
    }
}
