using Omega.Desk.Facts;
using Omega.Desk.Prose;

namespace Omega.Desk.Matching;

/// <summary>How a figure's value compares with a fact's.</summary>
internal enum Fit
{
    /// <summary>Another value.</summary>
    None,

    /// <summary>The same digits in another unit: 0.42 % for 0.42.</summary>
    Unit,

    /// <summary>The same with the other sign.</summary>
    Sign,

    /// <summary>As near as "about" and "more than" allow.</summary>
    Near,

    /// <summary>The same, as exactly as it is written.</summary>
    Same,
}

/// <summary>Compares values across units, signs and rounding. Pure.</summary>
internal static class Values
{
    /// <summary>Compares a figure with a fact.</summary>
    public static Fit Compare(ProseFigure figure, Fact fact)
    {
        if (figure.Code is not null && fact.Code is not null && !IsOneCurrency(figure.Code, fact.Code) && figure.Unit is FigureUnit.Currency or FigureUnit.Quantity)
            return IsExact(figure, Math.Abs(fact.Value)) ? Fit.Unit : Fit.None;
        var best = Fit.None;
        foreach (var factor in Factors(figure, fact))
        {
            var value = Math.Abs(fact.Value) * factor;
            var fit = IsExact(figure, value) ? Sign(figure, fact) : IsNear(figure, value) && Sign(figure, fact) == Fit.Same ? Fit.Near : Fit.None;
            best = fit > best ? fit : best;
        }

        return best == Fit.None && (IsExact(figure, Math.Abs(fact.Value)) || IsExact(figure, Math.Abs(fact.Value) * 100)) ? Fit.Unit : best;
    }

    /// <summary>What a fact's value is multiplied with to be counted as the figure is; none where it cannot be.</summary>
    private static ReadOnlySpan<double> Factors(ProseFigure figure, Fact fact) => (figure.Unit, fact.Unit) switch
    {
        (FigureUnit.Duration, FactUnit.Seconds or FactUnit.Unknown) => [1],
        (FigureUnit.Duration, _) or (_, FactUnit.Seconds) => figure.Unit == FigureUnit.Number && fact.Unit == FactUnit.Seconds ? [1] : [],
        (FigureUnit.Number, FactUnit.BasisPoints or FactUnit.Currency or FactUnit.Quantity or FactUnit.Fraction or FactUnit.Index or FactUnit.Count or FactUnit.Ratio or FactUnit.Atr or FactUnit.Sigma or FactUnit.Percent or FactUnit.Unknown) => [1],
        (FigureUnit.Currency, FactUnit.Currency or FactUnit.Unknown) => [1],
        (FigureUnit.Quantity, FactUnit.Quantity or FactUnit.Unknown) => [1],
        (FigureUnit.Percent, FactUnit.Fraction or FactUnit.Ratio) => [100],
        (FigureUnit.Percent, FactUnit.Percent) => [1],
        (FigureUnit.Percent, FactUnit.BasisPoints) => [0.01],
        (FigureUnit.Percent, FactUnit.Unknown) => [1, 100],
        (FigureUnit.Percent, FactUnit.Index) when fact.Is("stochastic") || fact.Is("mfi") => [1],
        (FigureUnit.BasisPoints, FactUnit.Fraction) => [10_000],
        (FigureUnit.BasisPoints, FactUnit.Percent) => [100],
        (FigureUnit.BasisPoints, FactUnit.BasisPoints) => [1],
        (FigureUnit.BasisPoints, FactUnit.Unknown) => [1, 10_000],
        (FigureUnit.Multiple, FactUnit.Count) when figure.IsWhole => [1],
        (FigureUnit.Multiple, FactUnit.Ratio or FactUnit.Unknown or FactUnit.Atr) => [1],
        (FigureUnit.Atr, FactUnit.Atr or FactUnit.Unknown) => [1],
        (FigureUnit.Sigma, FactUnit.Sigma or FactUnit.Unknown) => [1],
        _ => [],
    };

    /// <summary>Whether a value, rounded as the figure is written, is the figure.</summary>
    private static bool IsExact(ProseFigure figure, double value) => Math.Abs(value - figure.Magnitude) <= (figure.Step / 2 * (1 + 1e-9)) + (1e-9 * Math.Abs(value));

    /// <summary>The same, or near enough for what the words say: "about", "more than".</summary>
    public static bool IsNear(ProseFigure figure, double value)
    {
        var distance = value - figure.Magnitude;
        if (IsExact(figure, value))
            return true;
        if (figure.IsAbout && Math.Abs(distance) <= Math.Max(figure.Step, 0.05 * Math.Abs(figure.Magnitude)))
            return true;
        return (figure.Bound > 0 && distance > 0 && distance <= 0.1 * Math.Abs(value)) || (figure.Bound < 0 && distance < 0 && -distance <= 0.05 * Math.Abs(value));
    }

    private static Fit Sign(ProseFigure figure, Fact fact)
    {
        if (fact.Value == 0 || figure.Magnitude == 0)
            return Fit.Same;
        var isUnsigned = fact.IsAny(WordLists.Unsigned) && !fact.IsAny(WordLists.Signed);
        if (isUnsigned)
            return figure.Sign > 0 && fact.Value < 0 ? Fit.Sign : Fit.Same;
        if (fact.Value < 0)
            return figure.Sign < 0 || (figure.Sign == 0 && figure.Direction < 0) ? Fit.Same : Fit.Sign;
        if (figure.Sign < 0)
            return Fit.Sign;
        return figure.Direction < 0 && figure.Sign == 0 && fact.IsAny(WordLists.Signed) && fact.Unit is not FactUnit.Count ? Fit.Sign : Fit.Same;
    }

    /// <summary>Dollars and the coins that stand for them are one.</summary>
    private static bool IsOneCurrency(string one, string other) => one == other || (IsDollar(one) && IsDollar(other));

    private static bool IsDollar(string code) => code is "usd" or "usdt" or "usdc" or "fdusd";
}
