namespace Omega.Trading.Indicators;

/// <summary>A parameter of an indicator.</summary>
/// <param name="Name">Its name, such as <c>length</c>.</param>
/// <param name="Default">The usual value.</param>
/// <param name="Minimum">Smallest value allowed.</param>
/// <param name="Maximum">Largest value allowed.</param>
/// <param name="IsInteger">Whether only whole numbers are allowed.</param>
public sealed record IndicatorParameter(string Name, double Default, double Minimum, double Maximum, bool IsInteger)
{
    /// <summary>The longest window, in bars: the look-back that the expression language allows.</summary>
    public const int LongestWindow = 5_000;

    /// <summary>The range in words: <c>a whole number from 1 to 5000</c>.</summary>
    public string Range => FormattableString.Invariant($"{(IsInteger ? "a whole number" : "a number")} from {Minimum} to {Maximum}");

    /// <summary>Whether a value is allowed.</summary>
    /// <param name="value">The value; NaN never is.</param>
    public bool Allows(double value) => value >= Minimum && value <= Maximum && (!IsInteger || value == Math.Floor(value));

    /// <summary>A window in bars.</summary>
    internal static IndicatorParameter Length(int @default, string name = "length", int least = 1) => new(name, @default, least, LongestWindow, IsInteger: true);

    /// <summary>How many deviations or ranges a band lies away.</summary>
    internal static IndicatorParameter Multiplier(double @default, string name = "multiplier") => new(name, @default, 0.01, 100, IsInteger: false);

    /// <summary>Bars in a year, by which a volatility is annualised; 1 leaves it per bar. A year of minutes has 525,600.</summary>
    internal static IndicatorParameter BarsPerYear { get; } = new("bars_per_year", 1, 1, 1_000_000, IsInteger: false);
}
