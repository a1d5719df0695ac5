namespace Omega.Trading.Backtesting;

/// <summary>The vertical axis of a chart: linear, or logarithmic where the values span several times their least. Immutable.</summary>
internal sealed class ValueAxis
{
    // Above this, equal steps in per cent would be invisible on a linear axis.
    private const double LogFrom = 4;
    private const double Padding = 0.04;
    private const int MostTicks = 8;

    private static readonly double[] Steps = [1, 2, 5, 10];

    private readonly double _from;
    private readonly double _to;

    private ValueAxis(double from, double to, bool isLogarithmic) => (_from, _to, IsLogarithmic) = (from, to, isLogarithmic);

    public bool IsLogarithmic { get; }

    /// <summary>An axis that shows all values from one to another.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The greatest.</param>
    /// <param name="mayBeLogarithmic">Whether equal ratios may be made equal distances.</param>
    public static ValueAxis Of(double least, double most, bool mayBeLogarithmic)
    {
        var isLogarithmic = mayBeLogarithmic && least > 0 && most / least > LogFrom;
        var (from, to) = isLogarithmic ? (Math.Log(least), Math.Log(most)) : (least, most);
        var padding = Padding * (to - from);
        // A range that a double can hardly tell from none is drawn as none.
        if (!(padding > Math.Abs(to) * 1e-9))
            padding = Math.Max(Math.Abs(to) * 0.01, 1e-9);
        return new(from - padding, to + padding, isLogarithmic);
    }

    /// <summary>An axis from one value up to 0, for drawdowns.</summary>
    public static ValueAxis DownFromZero(double least) => new(least < 0 ? least * (1 + Padding) : -0.01, 0, false);

    /// <summary>Where a value stands: 0 at the bottom, 1 at the top.</summary>
    public double At(double value) => ((IsLogarithmic ? Math.Log(Math.Max(value, double.Epsilon)) : value) - _from) / (_to - _from);

    /// <summary>Round values within the axis, least first.</summary>
    public List<double> Ticks()
    {
        var ticks = IsLogarithmic ? LogarithmicTicks() : [];
        return ticks.Count >= 3 ? ticks : IsLogarithmic ? LinearTicks(Math.Exp(_from), Math.Exp(_to)) : LinearTicks(_from, _to);
    }

    private static List<double> LinearTicks(double from, double to)
    {
        var rough = (to - from) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * Steps.First(factor => factor * power >= rough * 0.999);
        var ticks = new List<double>();
        for (var k = Math.Ceiling((from / step) - 1e-9); k * step <= to + (1e-9 * step) && ticks.Count < 2 * MostTicks; k++)
            ticks.Add(k * step);
        return ticks;
    }

    private List<double> LogarithmicTicks()
    {
        var (first, last) = ((int)Math.Floor(_from / Math.Log(10)), (int)Math.Ceiling(_to / Math.Log(10)));
        foreach (var factors in (double[][])[[1, 2, 5], [1, 3], [1]])
        {
            var ticks = new List<double>();
            for (var power = first; power <= last; power++)
                ticks.AddRange(factors.Select(factor => factor * Math.Pow(10, power)).Where(value => Math.Log(value) >= _from && Math.Log(value) <= _to));
            if (ticks.Count <= MostTicks)
                return ticks;
        }

        // Many powers of ten: every so many of them.
        var each = ((last - first) / MostTicks) + 1;
        return [.. Enumerable.Range(0, MostTicks + 1).Select(k => Math.Pow(10, first + (k * each))).Where(value => Math.Log(value) >= _from && Math.Log(value) <= _to)];
    }
}
