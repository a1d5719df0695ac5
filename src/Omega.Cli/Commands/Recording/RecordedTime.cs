namespace Omega.Cli.Commands.Recording;

/// <summary>The clock of a recorded market: it stands where it is put. Thread-safe.</summary>
/// <param name="start">Where it stands at first.</param>
internal sealed class RecordedTime(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    /// <summary>Puts it somewhere else.</summary>
    public void Set(DateTimeOffset time) => Volatile.Write(ref _ticks, time.UtcTicks);
}
