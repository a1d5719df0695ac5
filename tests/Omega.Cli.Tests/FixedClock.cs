namespace Omega.Cli.Tests;

/// <summary>A clock that says one time for ever, and whose timers run all the same.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>A Friday afternoon.</summary>
    public static FixedClock Usual { get; } = new(new DateTimeOffset(2026, 11, 27, 15, 4, 5, TimeSpan.Zero));

    public override DateTimeOffset GetUtcNow() => now;
}
