namespace Omega.Trading.Tests.Expressions;

/// <summary>Longer bars as seen from each bar of a series, worked out from the definition.</summary>
internal sealed class ReferenceFrame
{
    private readonly List<(long End, Candle Bar)> _complete;

    public ReferenceFrame(IReadOnlyList<Candle> series, long length, long seriesLength)
    {
        var periods = series.GroupBy(bar => bar.Time / length * length).OrderBy(period => period.Key).ToList();
        var isFirstWhole = periods[0].Count() == length / seriesLength;
        _complete = [.. periods.Skip(isFirstWhole ? 0 : 1).Select(period => (period.Key + length, new Candle(
            period.Key,
            period.First().Open,
            period.Max(bar => bar.High),
            period.Min(bar => bar.Low),
            period.Last().Close,
            period.Sum(bar => bar.Volume))))];
    }

    /// <summary>Those whose end a close at <paramref name="close"/> has reached.</summary>
    public IReadOnlyList<Candle> Visible(long close) => [.. _complete.Where(bar => bar.End <= close).Select(bar => bar.Bar)];
}
