namespace Omega.Gpt.Turns;

/// <summary>
/// Reads a turn's log as messages. A pure function: the same log gives the same messages, and more of the log gives the same text and
/// then more. Recorded messages are taken as they are; what was shown after the last of them becomes messages too, marked as
/// what it is, so that nothing that reached the consumer is missing.
/// </summary>
public static class TurnFold
{
    /// <summary>Folds a log.</summary>
    /// <param name="header">What the turn was asked.</param>
    /// <param name="entries">The log from its beginning, whole or cut.</param>
    public static FoldedTurn Fold(TurnHeader header, IEnumerable<TurnEntry> entries)
    {
        var folding = new TurnFolding(header);
        foreach (var entry in entries)
        {
            if (entry.Message is { } message)
                folding.Add(message);
            else if (entry.Event is { } gptEvent)
                folding.Add(gptEvent);
        }

        return folding.End();
    }
}

/// <summary>A turn's log, read as messages.</summary>
/// <param name="Messages">The input, then what the model and the functions said. Messages that the log did not record have no id yet.</param>
/// <param name="Model">The model that answered last, as <c>provider/model</c>; the one asked where none answered.</param>
/// <param name="Updated">When the last thing happened, UTC.</param>
/// <param name="Ended">Whether the log has its end; without it the turn was cut, or is still running.</param>
public sealed record FoldedTurn(IReadOnlyList<Message> Messages, string Model, DateTimeOffset Updated, bool Ended);
