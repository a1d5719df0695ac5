namespace Omega.Gpt;

/// <summary>What a store remembers of a conversation that it loaded or saved.</summary>
internal sealed class StoredState(object owner)
{
    /// <summary>The store.</summary>
    public object Owner => owner;

    /// <summary>Whether the store had a document of it, so that the next save must find that one.</summary>
    public bool HasDocument { get; set; }

    /// <summary>Size of the document as last read or written.</summary>
    public long DocumentSize { get; set; }

    /// <summary>Size of the logs that the document does not contain yet, as far as this process knows.</summary>
    public long LogSize { get; set; }

    /// <summary>Turns that came from logs, with the size that the log had: a log that has grown since tells more than the messages.</summary>
    public Dictionary<string, long> Folded { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of <see cref="Folded"/> whose logs had no end.</summary>
    public HashSet<string> Open { get; } = new(StringComparer.Ordinal);

    /// <summary>The version of the document when it was last looked at; null where there was none.</summary>
    public long? SeenVersion { get; set; }

    /// <summary>Logs that were there when they were last looked at, and whose turns are known.</summary>
    public HashSet<string> SeenLogs { get; } = new(StringComparer.Ordinal);

    /// <summary>Remembers a log that was folded.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="size">The log's size.</param>
    /// <param name="ended">Whether it has its end.</param>
    public void AddFolded(string turn, long size, bool ended)
    {
        Folded[turn] = size;
        if (!ended)
            Open.Add(turn);
    }
}
