namespace Omega.Desk.Functions;

/// <summary>How many digits of a figure a model reads: what counts, and no noise of the arithmetic to pay for. Pure.</summary>
internal static class Rounding
{
    private const int Digits = 6;

    /// <summary>Money to the hundredth where it is 1 or more, else to six digits that count.</summary>
    /// <param name="value">Finite.</param>
    public static double Money(double value) => Math.Abs(value) is >= 1 and < 1e15 ? Math.Round(value, 2, MidpointRounding.AwayFromZero) : Of(value, "");

    /// <summary>Counts whole, everything else to six digits that count, and at least two after the point.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="unit">A unit of <see cref="FigureUnits"/>.</param>
    public static double Of(double value, string unit)
    {
        var size = Math.Abs(value);
        if (value == 0 || size >= 1e15)
            return value;
        if (unit is FigureUnits.Count or FigureUnits.Bars or FigureUnits.Seconds)
            return Math.Round(value, 3);
        var whole = (int)Math.Floor(Math.Log10(size)) + 1;
        var decimals = Math.Clamp(Digits - whole, 0, 15);
        return Math.Round(value, Math.Max(decimals, 2), MidpointRounding.AwayFromZero) + 0.0;
    }
}
