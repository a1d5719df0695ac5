using System.Globalization;

namespace Omega.Trading.Backtesting;

/// <summary>Figures as people read them. What cannot be computed is <c>-</c>.</summary>
internal static class FigureText
{
    public const string None = "-";

    private const double LargestPlain = 1e15;
    private const decimal Cent = 0.01m;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>0.2346 as <c>23.46 %</c>.</summary>
    public static string Percent(double? fraction) => Finite(fraction) is { } value ? $"{Number(100 * value)} %" : None;

    /// <summary>0.2346 as <c>+23.46 %</c>.</summary>
    public static string Change(double? fraction) => Finite(fraction) is { } value ? $"{Plus(100 * value)}{Number(100 * value)} %" : None;

    /// <summary>A ratio, two digits after the point.</summary>
    public static string Ratio(double? ratio) => Finite(ratio) is { } value ? Number(value) : None;

    /// <summary>A ratio's difference, with its sign.</summary>
    public static string RatioChange(double? ratio) => Finite(ratio) is { } value ? Plus(value) + Number(value) : None;

    /// <summary>A probability; never rounded to certainty.</summary>
    public static string Probability(double? probability) => probability switch
    {
        null => None,
        > 0.999 and < 1 => "> 0.999",
        < 0.001 and > 0 => "< 0.001",
        { } value => value.ToString("0.000", Culture),
    };

    /// <summary>An amount of money, without its currency.</summary>
    public static string Money(decimal? amount) => amount switch
    {
        null => None,
        { } value when value != 0 && Math.Abs(value) < Cent => value.ToString("0.########", Culture),
        { } value => (Math.Round(value, 2) + 0m).ToString("#,##0.00", Culture),
    };

    /// <summary>How many.</summary>
    public static string Count(long count) => count.ToString("N0", Culture);

    /// <summary>A price or quantity: every digit that counts, and no more.</summary>
    public static string Exact(decimal value) => value.ToString("#,##0.########", Culture);

    /// <summary>A value of a line or axis: about four digits that count.</summary>
    public static string Axis(double value)
    {
        var size = Math.Abs(value);
        return size switch
        {
            0 => "0",
            >= LargestPlain or < 1e-9 => value.ToString("G4", Culture),
            >= 1000 => value.ToString("#,##0", Culture),
            >= 1 => value.ToString("0.##", Culture),
            _ => value.ToString("0.#########", Culture),
        };
    }

    /// <summary>A length of time in its two largest units.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => None,
        { TotalDays: >= 30 } time => string.Create(Culture, $"{time.TotalDays:N0} d"),
        { TotalDays: >= 1 } time => time.Hours == 0 ? string.Create(Culture, $"{time.Days} d") : string.Create(Culture, $"{time.Days} d {time.Hours} h"),
        { TotalHours: >= 1 } time => time.Minutes == 0 ? string.Create(Culture, $"{time.Hours} h") : string.Create(Culture, $"{time.Hours} h {time.Minutes} min"),
        { } time => string.Create(Culture, $"{time.TotalMinutes:0.#} min"),
    };

    /// <summary><c>2024-02-29 13:00</c>, UTC.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", Culture);

    /// <summary>Sorted parameters: <c>fast 12, slow 26</c>.</summary>
    public static string Parameters(IReadOnlyDictionary<string, double> parameters) =>
        string.Join(", ", parameters.Select(parameter => string.Create(Culture, $"{parameter.Key} {parameter.Value:R}")));

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string Number(double value)
    {
        if (Math.Abs(value) >= LargestPlain)
            return value.ToString("G4", Culture);
        // Adding zero makes of -0 a 0.
        return Math.Abs(value) >= 10_000 ? value.ToString("#,##0", Culture) : (Math.Round(value, 2) + 0.0).ToString("#,##0.00", Culture);
    }

    private static string Plus(double value) => Math.Round(value, 2) > 0 ? "+" : "";
}
