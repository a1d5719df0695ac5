namespace Omega.Gpt.Providers.Offline;

/// <summary>How the <see cref="OfflineProvider"/> streams.</summary>
public sealed record OfflineOptions
{
    /// <summary>Wait before each word and each piece of a call's arguments, for demonstrations of streaming.</summary>
    /// <value>0 to 1 second. Default 0: everything is there at once.</value>
    public TimeSpan WordDelay { get; init; }

    /// <summary>The clock that waits. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        if (WordDelay < TimeSpan.Zero || WordDelay > TimeSpan.FromSeconds(1))
            throw new GptException(GptErrorKind.BadRequest, FormattableString.Invariant($"WordDelay is {WordDelay.TotalMilliseconds} ms; allowed: 0 to 1000 ms.")) { Phase = GptPhase.Request };
    }
}
