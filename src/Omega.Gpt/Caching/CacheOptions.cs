namespace Omega.Gpt;

/// <summary>Answers that are given again for the same request. Off for a turn unless it asks for it, or its temperature is explicitly 0.</summary>
public sealed record CacheOptions
{
    /// <summary>Where answers are kept.</summary>
    /// <value>Default: up to 64 MiB of this process's memory.</value>
    public IAnswerCache Store { get; init; } = new MemoryAnswerCache();

    /// <summary>How long an answer is good for.</summary>
    /// <value>Above zero, up to 366 days. Default: one hour.</value>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Largest answer of a step that is kept, in bytes of its JSON form.</summary>
    /// <value>1 KiB to 64 MiB. Default: 1 MiB.</value>
    public int MaxAnswerBytes { get; init; } = 1024 * 1024;

    /// <exception cref="GptException">An option is out of range.</exception>
    internal void Validate()
    {
        Resilience.OptionRange.Check(TimeToLive > TimeSpan.Zero && TimeToLive <= TimeSpan.FromDays(366), "Cache.TimeToLive", TimeToLive, "above zero, up to 366 days");
        Resilience.OptionRange.Check(MaxAnswerBytes is >= 1024 and <= 64 * 1024 * 1024, "Cache.MaxAnswerBytes", MaxAnswerBytes, "1 KiB to 64 MiB");
    }
}

/// <summary>Whether a turn may be answered from the cache.</summary>
public enum CacheUse
{
    /// <summary>Only where the temperature is explicitly 0.</summary>
    Auto,

    /// <summary>It may, whatever the temperature.</summary>
    On,

    /// <summary>It may not, and leaves nothing there.</summary>
    Off,
}
