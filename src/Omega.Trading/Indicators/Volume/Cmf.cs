namespace Omega.Trading.Indicators;

/// <summary>
/// Chaikin money flow: Σ m·volume / Σ volume over n bars, m = ((close − low) − (high − close))/(high − low), 0 where high = low. First
/// value at bar n − 1. Null where nothing traded in the window. Source: Chaikin, as told in Achelis, Technical Analysis from A to Z (2000).
/// </summary>
internal struct Cmf(int length) : IBarKernel
{
    private RollingSum _flow = new(length);
    private RollingSum _volume = new(length);

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<Cmf>(
        new("cmf", "Chaikin money flow, −1 to 1: where closes lie in their bars, weighted with volume, over n bars.")
        {
            Parameters = [IndicatorParameter.Length(20)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new Cmf((int)p[0]));

    public double Next(in Candle bar)
    {
        if (Null.Is(bar))
            return double.NaN;
        _flow.Next(MoneyFlow(bar));
        return _volume.Next(bar.Volume) ? Null.Divide(_flow.Value, _volume.Value) : double.NaN;
    }

    /// <summary>The bar's volume times where its close lies in its range, from −1 at the low to 1 at the high.</summary>
    internal static double MoneyFlow(in Candle bar)
    {
        var range = bar.High - bar.Low;
        return range > 0 ? (bar.Close - bar.Low - (bar.High - bar.Close)) / range * bar.Volume : 0;
    }
}
