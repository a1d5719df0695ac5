namespace Omega.Trading.Analysis;

/// <summary>What figures are counted in.</summary>
internal static class Units
{
    public const string Quote = "quote currency";
    public const string Base = "base currency";
    public const string Fraction = "fraction";
    public const string Index = "0 to 100";
    public const string Count = "count";
    public const string Time = "time, UTC";
    public const string Seconds = "seconds";
    public const string Atr = "ATR(14)";
    public const string Text = "text";
}
