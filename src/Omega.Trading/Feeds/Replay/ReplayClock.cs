namespace Omega.Trading.Feeds;

/// <summary>A past that runs at a speed of its own from the moment it is made, and stops at an end.</summary>
internal sealed class ReplayClock(TimeProvider time, long from, long end, double speed) : FeedClock(time)
{
    private readonly long _started = time.GetTimestamp();

    public override long Now => (long)Math.Min(end, from + Math.Floor(Passed.TotalMilliseconds * speed));

    private TimeSpan Passed => Time.GetElapsedTime(_started);

    protected override TimeSpan? Until(long moment) => speed > 0 && moment <= end
        ? TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling((moment - from) / speed), TimeSpan.MaxValue.TotalMilliseconds / 2)) - Passed
        : null;
}
