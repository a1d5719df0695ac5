namespace Omega.Trading.Feeds;

/// <summary>The present of a feed, in milliseconds since 1970-01-01 UTC, and a way to wait for a later one.</summary>
internal abstract class FeedClock(TimeProvider time)
{
    // Timers know whole milliseconds and no more than 49 days.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public abstract long Now { get; }

    protected TimeProvider Time => time;

    /// <summary>Waits for a moment, or for a part of the way there.</summary>
    public Task WaitAsync(long moment, CancellationToken cancellationToken) =>
        Until(moment) is { } wait
            ? Task.Delay(wait < Shortest ? Shortest : wait > Longest ? Longest : wait, time, cancellationToken)
            : Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);

    /// <summary>How long until a moment; null where it never comes.</summary>
    protected abstract TimeSpan? Until(long moment);
}

/// <summary>The clock on the wall.</summary>
internal sealed class WallClock(TimeProvider time) : FeedClock(time)
{
    public override long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    protected override TimeSpan? Until(long moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment) - Time.GetUtcNow();
}
