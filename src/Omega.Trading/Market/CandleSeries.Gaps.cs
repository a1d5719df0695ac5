namespace Omega.Trading;

public sealed partial class CandleSeries
{
    private readonly Lazy<MissingRange[]> _missing;

    /// <summary>Where candles are missing between the first and the last, oldest first. Found when first asked for.</summary>
    public IReadOnlyList<MissingRange> MissingRanges => _missing.Value;

    /// <summary>How many candles are missing between the first and the last.</summary>
    public long MissingCount => _missing.Value.Sum(range => range.Count);

    private MissingRange[] FindMissing()
    {
        var times = Times;
        var step = Timeframe.Milliseconds;
        var ranges = new List<MissingRange>();
        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] - times[i - 1] is var distance && distance > step)
                ranges.Add(new MissingRange(times[i - 1] + step, times[i] - step, (distance / step) - 1));
        }

        return [.. ranges];
    }
}
