namespace Omega.Trading.Indicators;

/// <summary>
/// Stochastic of the RSI: 100·(RSI − lowest RSI)/(highest RSI − lowest RSI) over m bars; k = SMA of it, d = SMA of k. RSI(n) begins at bar
/// n, k m + smooth − 2 later, d signal − 1 after that. Null where the RSI is null or moved by less than 1e-9. Source: Chande and Kroll, The New
/// Technical Trader (1994), chapter 5; on a scale of 0 to 100.
/// </summary>
internal struct StochRsi(int rsi, int length, int smooth, int signal) : ISeriesLinesKernel
{
    // Where the price stands still the RSI does too, but for rounding, which must not be stretched to the whole scale.
    private const double Least = 1e-9;

    private Rsi _rsi = new(rsi);
    private RollingRange _range = new(length);
    private Sma _k = new(smooth);
    private Sma _d = new(signal);

    public static IndicatorDescriptor Indicator { get; } = new SeriesLinesIndicator<StochRsi>(
        new("stoch_rsi", "Stochastic of the RSI, 0 to 100: where the RSI lies in its own range of n bars, smoothed twice.")
        {
            Parameters = [IndicatorParameter.Length(14, "rsi"), IndicatorParameter.Length(14), IndicatorParameter.Length(3, "smooth"), IndicatorParameter.Length(3, "signal")],
            Outputs = ["k", "d"],
            WarmUp = p => (int)p[0] + (int)p[1] + (int)p[2] + (int)p[3] - 3,
        },
        p => new StochRsi((int)p[0], (int)p[1], (int)p[2], (int)p[3]));

    public static int Lines => 2;

    public void Next(double value, Span<double> lines)
    {
        var rsi = _rsi.Next(value);
        var raw = double.NaN;
        if (!double.IsNaN(rsi) && _range.Next(rsi, rsi) && _range.Highest - _range.Lowest >= Least)
            raw = 100 * ((rsi - _range.Lowest) / (_range.Highest - _range.Lowest));
        lines[0] = _k.Next(raw);
        lines[1] = _d.Next(lines[0]);
    }
}
