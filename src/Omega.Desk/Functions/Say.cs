using System.Globalization;

namespace Omega.Desk.Functions;

/// <summary>Figures as a sentence says them. Pure; invariant culture.</summary>
internal static class Say
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>64210.5 as <c>64,210.50 USD</c>.</summary>
    public static string Money(double amount, MarketData data) => Money((decimal)amount, data);

    /// <inheritdoc cref="Money(double, MarketData)"/>
    public static string Money(decimal amount, MarketData data) => $"{Price((double)amount)}{(data.Market is { } market ? " " + market.Quote : "")}";

    /// <summary>A price without its currency.</summary>
    public static string Price(double price) => Rounding.Money(price) is var rounded && (Math.Abs(rounded) >= 1 || rounded == 0) ? rounded.ToString("#,##0.00", Culture) : rounded.ToString("0.##########", Culture);

    /// <summary>0.0342 as <c>3.42 %</c>.</summary>
    public static string Percent(double fraction) => $"{Rounded(100 * fraction)} %";

    /// <summary>0.0342 as <c>+3.42 %</c>.</summary>
    public static string Change(double fraction) => (Rounded(100 * fraction) is var text && text[0] != '-' && text != "0.00" ? "+" : "") + text + " %";

    /// <summary>A ratio, two digits after the point.</summary>
    public static string Ratio(double ratio) => Rounded(ratio);

    /// <summary>A quantity with every digit that counts.</summary>
    public static string Quantity(decimal quantity, MarketData data) => $"{quantity.ToString("#,##0.########", Culture)}{(data.Market is { } market ? " " + market.Base : "")}";

    /// <summary><c>2026-11-28 15:00 UTC</c>.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", Culture);

    /// <summary><c>2026-11-28</c>.</summary>
    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", Culture);

    /// <summary>How many, with its noun: <c>1 trade</c>, <c>2,310 trades</c>.</summary>
    public static string Count(long count, string noun) => $"{count.ToString("N0", Culture)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A and B; A, B and C.</summary>
    public static string List(IReadOnlyList<string> parts) => parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";

    // Adding zero makes of -0 a 0.
    private static string Rounded(double value) => (Math.Round(value, 2, MidpointRounding.AwayFromZero) + 0.0).ToString("#,##0.00", Culture);
}
