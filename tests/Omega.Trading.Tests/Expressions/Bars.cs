namespace Omega.Trading.Tests.Expressions;

/// <summary>Small series for tests.</summary>
internal static class Bars
{
    /// <summary>2024-01-01, a Monday, 00:00 UTC.</summary>
    public const long Monday = 1_704_067_200_000;

    public const long Hour = 3_600_000;

    /// <summary>Hourly bars from Monday, each with only a close; the other prices are the same, the volume is 1.</summary>
    public static Candle[] Closes(params double[] closes) => [.. closes.Select((close, i) => new Candle(Monday + i * Hour, close, close, close, close, 1))];
}
