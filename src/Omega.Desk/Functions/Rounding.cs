namespace Omega.Desk.Functions;

/// <summary>How many digits of a figure a model reads: what counts, and no noise of the arithmetic to pay for. Pure.</summary>
internal static class Rounding
{
    private const int Digits = 6;

    /// <summary>Money to the hundredth where it is 1 or more, everything else to six digits that count.</summary>
    /// <param name="value">Finite.</param>
    /// <param name="unit">A unit of <see cref="FigureUnits"/>, or a currency.</param>
    public static double Of(double value, string unit)
    {
        var size = Math.Abs(value);
        if (value == 0 || size >= 1e15)
            return value;
        if (unit is FigureUnits.Count or FigureUnits.Bars or FigureUnits.Seconds)
            return Math.Round(value, 3);
        var whole = (int)Math.Floor(Math.Log10(size)) + 1;
        var decimals = Math.Clamp(Digits - whole, 0, 15);
        // A cent of a price, and a step of a quantity, count however large it is.
        return Math.Round(value, Math.Max(decimals, 2)) + 0.0;
    }
}
