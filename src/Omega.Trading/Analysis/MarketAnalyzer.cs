namespace Omega.Trading.Analysis;

/// <summary>
/// Reads a market bar by bar, over one or more timeframes. Bounded work a bar and bounded memory, however many bars come; what it says after
/// a bar depends on the bars up to it alone, and is the same to the bit whether they came one by one or all at once. Not thread-safe; one
/// for each market.
/// </summary>
public sealed class MarketAnalyzer
{
    private const double LargestValue = 1e100;

    private readonly Timeframe _timeframe;
    private readonly string _source;
    private readonly Instrument? _instrument;
    private readonly TimeframeAnalysis[] _analyses;
    private readonly LongerBars?[] _longer;
    private Candle _last;
    private long _count;

    /// <summary>Creates an analyser that has seen nothing.</summary>
    /// <param name="timeframe">The timeframe of the bars it will be given.</param>
    /// <param name="source">Where they come from: an exchange and instrument, <c>replay:HASH</c>, or <c>SIM:seed</c>.</param>
    /// <param name="timeframes">What to report on, each <paramref name="timeframe"/> or a multiple of it; empty for the first alone.</param>
    /// <param name="instrument">What is traded, or null where nobody said.</param>
    /// <exception cref="TradingException">A timeframe is no multiple of the bars', or is named twice.</exception>
    public MarketAnalyzer(Timeframe timeframe, string source, IReadOnlyList<Timeframe>? timeframes = null, Instrument? instrument = null)
    {
        if (timeframe == default)
            throw new TradingException("The analyser was given no timeframe. Name one, such as Timeframe.H1.");
        IReadOnlyList<Timeframe> reported = timeframes is { Count: > 0 } ? timeframes : [timeframe];
        (_timeframe, _source, _instrument) = (timeframe, source, instrument);
        _longer = new LongerBars?[reported.Count];
        _analyses = new TimeframeAnalysis[reported.Count];
        for (var i = 0; i < reported.Count; i++)
        {
            var asked = reported[i];
            if (reported.Take(i).Contains(asked))
                throw new TradingException($"The timeframe {asked} is named twice. Name each once.");
            if (asked != timeframe && !asked.IsMultipleOf(timeframe))
                throw new TradingException($"{timeframe} candles cannot be made into {(asked == default ? "candles of no timeframe" : $"{asked} ones")}. They can be reported on as: {string.Join(", ", Timeframe.All.Where(known => known == timeframe || known.IsMultipleOf(timeframe)))}.");
            _longer[i] = asked == timeframe ? null : new LongerBars(asked, timeframe);
            _analyses[i] = new TimeframeAnalysis(asked);
        }
    }

    /// <summary>Bars taken so far.</summary>
    public long Count => _count;

    /// <summary>The report on all the bars of a series.</summary>
    /// <param name="series">Final bars.</param>
    /// <param name="timeframes">What to report on; empty for the series' own timeframe.</param>
    /// <param name="instrument">What is traded, or null where nobody said.</param>
    /// <param name="now">The present, from which the age of the data is measured; null where it does not matter.</param>
    /// <exception cref="TradingException">A timeframe is no multiple of the series', or a bar is not sound.</exception>
    public static MarketReport Analyze(CandleSeries series, IReadOnlyList<Timeframe>? timeframes = null, Instrument? instrument = null, DateTimeOffset? now = null)
    {
        var analyzer = new MarketAnalyzer(series.Timeframe, series.Source, timeframes, instrument);
        for (var i = 0; i < series.Count; i++)
            analyzer.Add(series[i], isIncomplete: !series.Parts.IsEmpty && series.Parts[i] < series.ExpectedParts);
        return analyzer.Report(now);
    }

    /// <summary>Takes the next final bar. A bar whose period has not ended must not be given: nothing is taken back.</summary>
    /// <param name="bar">It opens after the last one.</param>
    /// <exception cref="TradingException">The bar is out of order, off the timeframe's grid, or its prices are not sound; it was not taken.</exception>
    public void Add(in Candle bar) => Add(bar, isIncomplete: false);

    /// <summary>What the bars up to the last one show.</summary>
    /// <param name="now">The present, from which the age of the data is measured; null where it does not matter.</param>
    public MarketReport Report(DateTimeOffset? now = null) => new()
    {
        Instrument = _instrument,
        Source = _source,
        AsOf = _count > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(_last.Time + _timeframe.Milliseconds) : null,
        Price = _count > 0 ? _last.Close : null,
        Timeframes = [.. _analyses.Select(analysis => analysis.Read(now))],
    };

    private void Add(in Candle bar, bool isIncomplete)
    {
        Check(bar);
        (_last, _count) = (bar, _count + 1);
        for (var i = 0; i < _analyses.Length; i++)
        {
            if (_longer[i] is not { } longer)
            {
                _analyses[i].Add(bar, isIncomplete);
                continue;
            }

            // A period that ended without its last bars becomes final on the next bar, which may be the whole of its own.
            if (longer.Begin(bar, isIncomplete))
                _analyses[i].Add(longer.Bar, longer.IsIncomplete);
            if (longer.End(bar))
                _analyses[i].Add(longer.Bar, longer.IsIncomplete);
        }
    }

    private void Check(in Candle bar)
    {
        if (_count > 0 && bar.Time <= _last.Time)
            throw new TradingException($"The bar of {bar.OpenTime:O} does not come after the one of {_last.OpenTime:O}. Give bars oldest first, each once.");
        if (_timeframe.Floor(bar.Time) != bar.Time)
            throw new TradingException($"A bar opens at {bar.OpenTime:O}, which is not the start of a {_timeframe} period.");
        var isSound = bar.Low > 0 && bar.Low <= bar.Open && bar.Low <= bar.Close && bar.High >= bar.Open && bar.High >= bar.Close
            && bar.High <= LargestValue && bar.Volume is >= 0 and <= LargestValue;
        if (!isSound)
            throw new TradingException(FormattableString.Invariant($"The bar of {bar.OpenTime:O} is not sound: open {bar.Open}, high {bar.High}, low {bar.Low}, close {bar.Close}, volume {bar.Volume}. Prices are above 0, open and close lie between low and high, a volume is 0 or above."));
    }
}
