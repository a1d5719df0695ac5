namespace Omega.Desk.Functions;

/// <summary>
/// Counts the distinct strategies that were tested on one market's data, and how their Sharpe ratios spread: who tries many finds one that
/// looks good by luck. Thread-safe.
/// </summary>
internal sealed class TrialBook
{
    // Beyond this a search is not what a conversation is for.
    private const int MostTrials = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Trial>> _trials = new(StringComparer.Ordinal);

    /// <summary>Takes a trial, counted once whoever runs it again.</summary>
    /// <param name="market">Source and market.</param>
    /// <param name="key">Rules, values, costs, timeframe and range.</param>
    /// <param name="trial">Its ratios.</param>
    public void Add(string market, string key, Trial trial)
    {
        lock (_gate)
        {
            if (!_trials.TryGetValue(market, out var known))
                _trials.Add(market, known = new(StringComparer.Ordinal));
            if (known.Count < MostTrials)
                known.TryAdd(key, trial);
        }
    }

    /// <summary>All trials on a market so far.</summary>
    public IReadOnlyList<Trial> On(string market)
    {
        lock (_gate)
            return _trials.TryGetValue(market, out var known) ? [.. known.Values] : [];
    }

    /// <summary>One trial's ratios, a year, so that those of different timeframes compare.</summary>
    /// <param name="Sharpe">Of its returns.</param>
    /// <param name="Excess">Of its returns less what the market gave to its mean exposure.</param>
    internal readonly record struct Trial(double Sharpe, double Excess);
}
