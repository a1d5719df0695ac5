namespace Omega.Gpt;

/// <summary>What a conversation's file may be at most before it is refused unread.</summary>
public sealed record ConversationLimits
{
    /// <summary>The limits that hold where none are given.</summary>
    public static ConversationLimits Default { get; } = new();

    /// <summary>Size of a document, and of a line of a turn's log, in bytes.</summary>
    /// <value>1 KiB to 1 GiB. Default 256 MiB.</value>
    public int MaxBytes
    {
        get;
        init => field = value is >= 1024 and <= 1 << 30 ? value : throw new ArgumentOutOfRangeException(nameof(MaxBytes), value, "MaxBytes is 1 KiB to 1 GiB.");
    } = 256 << 20;

    /// <summary>Nesting of the JSON. The default is deeper than anything the engine writes.</summary>
    /// <value>16 to 1024. Default 1024.</value>
    public int MaxDepth
    {
        get;
        init => field = value is >= 16 and <= GptJson.MaxDepth ? value : throw new ArgumentOutOfRangeException(nameof(MaxDepth), value, "MaxDepth is 16 to 1024.");
    } = GptJson.MaxDepth;
}
