using System.Diagnostics.CodeAnalysis;

namespace Omega.Trading;

/// <summary>The period of a candle. UTC; weeks start on Monday.</summary>
public readonly record struct Timeframe
{
    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;

    // 1970-01-01 was a Thursday: the first Monday is four days on.
    private const long WeekOffset = 4 * Day;

    private static readonly (string Name, long Milliseconds)[] Known =
    [
        ("1m", Minute), ("3m", 3 * Minute), ("5m", 5 * Minute), ("15m", 15 * Minute), ("30m", 30 * Minute),
        ("1h", 60 * Minute), ("2h", 120 * Minute), ("4h", 240 * Minute), ("6h", 360 * Minute), ("12h", 720 * Minute),
        ("1d", Day), ("1w", 7 * Day),
    ];

    private Timeframe(long milliseconds) => Milliseconds = milliseconds;

    /// <summary>Every timeframe, shortest first.</summary>
    public static IReadOnlyList<Timeframe> All { get; } = [.. Known.Select(known => new Timeframe(known.Milliseconds))];

    /// <summary>One minute.</summary>
    public static Timeframe M1 { get; } = new(Minute);

    /// <summary>One hour.</summary>
    public static Timeframe H1 { get; } = new(60 * Minute);

    /// <summary>Four hours.</summary>
    public static Timeframe H4 { get; } = new(240 * Minute);

    /// <summary>One day.</summary>
    public static Timeframe D1 { get; } = new(Day);

    /// <summary>One week, from Monday.</summary>
    public static Timeframe W1 { get; } = new(7 * Day);

    /// <summary>Length in milliseconds; 0 for the default value, which is no timeframe.</summary>
    public long Milliseconds { get; }

    /// <summary>Length.</summary>
    public TimeSpan Duration => TimeSpan.FromMilliseconds(Milliseconds);

    /// <summary>Periods in a year of 365 × 24 hours.</summary>
    public double PerYear => 365.0 * Day / Milliseconds;

    /// <summary>Reads a name: <c>1m 3m 5m 15m 30m 1h 2h 4h 6h 12h 1d 1w</c>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="TradingException">There is no such timeframe; the message offers near names.</exception>
    public static Timeframe Parse(string name) =>
        TryParse(name, out var timeframe)
            ? timeframe
            : throw new TradingException($"Unknown timeframe \"{name}\".{NearNames.Question(name, Known.Select(known => known.Name))} Known: {string.Join(", ", Known.Select(known => known.Name))}.");

    /// <summary>Reads a name; false where there is no such timeframe.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out Timeframe timeframe)
    {
        foreach (var known in Known)
        {
            if (known.Name == name)
            {
                timeframe = new(known.Milliseconds);
                return true;
            }
        }

        timeframe = default;
        return false;
    }

    /// <summary>The open time of the period that holds <paramref name="time"/>.</summary>
    /// <param name="time">Milliseconds since 1970-01-01 UTC.</param>
    public long Floor(long time)
    {
        var offset = Milliseconds == 7 * Day ? WeekOffset : 0;
        var rest = (time - offset) % Milliseconds;
        return time - (rest < 0 ? rest + Milliseconds : rest);
    }

    /// <summary>Whether whole periods of <paramref name="other"/> make up this one, and it is longer.</summary>
    public bool IsMultipleOf(Timeframe other) => other.Milliseconds > 0 && Milliseconds > other.Milliseconds && Milliseconds % other.Milliseconds == 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        foreach (var known in Known)
        {
            if (known.Milliseconds == Milliseconds)
                return known.Name;
        }

        return "";
    }
}
