using System.Globalization;

namespace Omega.Cli.Markets;

/// <summary>Figures of a market as people read them, UTC. What cannot be computed is <c>-</c>.</summary>
internal static class FigureText
{
    public const string None = "-";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A price: two digits after the point, more where it is small.</summary>
    public static string Price(double? price) => price switch
    {
        null => None,
        { } value => value.ToString(Math.Abs(value) < 10 ? "0.00####" : "N2", Culture),
    };

    /// <summary>Money of an account.</summary>
    public static string Money(decimal? amount) => amount is { } value ? (Math.Round(value, 2) + 0m).ToString("N2", Culture) : None;

    /// <summary>0.2346 as <c>23.46 %</c>.</summary>
    public static string Percent(double? fraction) => fraction is { } value ? $"{((100 * value) + 0.0).ToString("#,##0.00", Culture)} %" : None;

    /// <summary>As <see cref="Percent"/>, with a plus where it is above 0.</summary>
    public static string Change(double? fraction) => fraction > 0 ? "+" + Percent(fraction) : Percent(fraction);

    /// <summary>A ratio or an index.</summary>
    public static string Number(double? number, string format = "#,##0.00") => number is { } value ? (value + 0.0).ToString(format, Culture) : None;

    /// <summary>A quantity: every digit that counts.</summary>
    public static string Quantity(decimal quantity) => quantity.ToString("#,##0.########", Culture);

    public static string Count(long count) => count.ToString("N0", Culture);

    public static string Time(DateTimeOffset? time) => time is { } value ? value.UtcDateTime.ToString("yyyy-MM-dd HH:mm", Culture) : None;

    public static string Day(DateTimeOffset day) => day.UtcDateTime.ToString("yyyy-MM-dd", Culture);

    /// <summary>A length of time in its largest units.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => string.Create(Culture, $"{time.TotalDays:#,##0.#} days"),
        { TotalDays: 1 } => "1 day",
        { TotalHours: >= 1 } => string.Create(Culture, $"{time.TotalHours:0.#} h"),
        { TotalMinutes: >= 1 } => string.Create(Culture, $"{time.TotalMinutes:0.#} min"),
        _ => string.Create(Culture, $"{time.TotalSeconds:0.#} s"),
    };

    /// <summary><c>FakeBreakout</c> as <c>fake breakout</c>.</summary>
    public static string Words<T>(T? value)
        where T : struct, Enum => value is { } known ? string.Concat(known.ToString().Select((letter, i) => char.IsUpper(letter) ? $"{(i == 0 ? "" : " ")}{char.ToLowerInvariant(letter)}" : letter.ToString())) : None;
}
