namespace Omega.Trading;

/// <summary>How a file of candles is read, and how much of it.</summary>
public sealed record CandleFileOptions
{
    /// <summary>The timeframe of the candles.</summary>
    /// <value>Default null: the most common distance between two candles.</value>
    public Timeframe? Timeframe { get; init => field = value is not { Milliseconds: 0 } ? value : throw new TradingException("The timeframe is none. Name one, such as Timeframe.H1, or leave it null."); }

    /// <summary>Whether a file with a bad row is refused as a whole.</summary>
    /// <value>Default false: bad rows are left out, counted and listed.</value>
    public bool Strict { get; init; }

    /// <summary>Where the candles come from, for <see cref="CandleSeries.Source"/>.</summary>
    /// <value>Default null: <c>replay:</c> and the first 16 digits of the candles' SHA-256.</value>
    public string? Source { get; init; }

    /// <summary>Most bytes read, counted after inflation.</summary>
    /// <value>Default 4 GiB. From 1.</value>
    public long MaxBytes { get; init => field = InRange(value, 1, long.MaxValue, nameof(MaxBytes)); } = 4L << 30;

    /// <summary>Most rows read; eight years of minutes are about 4.2 million.</summary>
    /// <value>Default 50 million. From 1.</value>
    public int MaxRows { get; init => field = (int)InRange(value, 1, 500_000_000, nameof(MaxRows)); } = 50_000_000;

    /// <summary>Longest row, in bytes. A longer one is a bad row.</summary>
    /// <value>Default 4096. From 64 to 1 MiB.</value>
    public int MaxRowBytes { get; init => field = (int)InRange(value, 64, 1 << 20, nameof(MaxRowBytes)); } = 4096;

    /// <summary>Bad rows listed of each kind; all are counted.</summary>
    /// <value>Default 20. From 0 to 10,000.</value>
    public int MaxListedRows { get; init => field = (int)InRange(value, 0, 10_000, nameof(MaxListedRows)); } = 20;

    private static long InRange(long value, long least, long most, string name) => value >= least && value <= most
        ? value
        : throw new TradingException($"{name} is {value}; it must be {(most == long.MaxValue ? $"{least} or above" : $"from {least} to {most}")}.");
}
