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
}
