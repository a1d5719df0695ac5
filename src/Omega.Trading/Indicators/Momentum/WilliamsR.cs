namespace Omega.Trading.Indicators;

/// <summary>
/// Williams %R: −100·(highest high − close)/(highest high − lowest low) over n bars. First value at bar n − 1. Null where the range is
/// zero. Source: Williams, How I Made One Million Dollars Last Year Trading Commodities (1973).
/// </summary>
internal struct WilliamsR(int length) : IBarKernel
{
    private RollingRange _range = new(length);

    public static IndicatorDescriptor Indicator { get; } = new BarIndicator<WilliamsR>(
        new("williams_r", "Williams %R, −100 to 0: how far the close lies below the highest high of n bars.")
        {
            Parameters = [IndicatorParameter.Length(14)],
            WarmUp = p => (int)p[0] - 1,
        },
        p => new WilliamsR((int)p[0]));

    public double Next(in Candle bar) =>
        !Null.Is(bar) && _range.Next(bar.High, bar.Low)
            ? 100 * Null.Divide(bar.Close - _range.Highest, _range.Highest - _range.Lowest)
            : double.NaN;
}
