using Omega.Trading;
using Omega.Trading.Feeds;

namespace Omega.Cli.Markets;

/// <summary>Finds the market and the timeframes that a person names among those of a feed.</summary>
internal static class MarketNames
{
    /// <summary>The market; the usual one where nothing is named.</summary>
    /// <exception cref="CliException">The feed has no such market.</exception>
    public static Instrument Find(IMarketFeed feed, string? name)
    {
        if (name is null)
            return feed.Instruments[0];
        Instrument asked;
        try
        {
            asked = Instrument.Parse(name);
        }
        catch (TradingException exception)
        {
            throw CliException.Usage(exception.Message);
        }

        // BTC alone says nothing of what it is paid in.
        var isBare = name.Trim().Equals(asked.Base, StringComparison.OrdinalIgnoreCase);
        return feed.Instruments.FirstOrDefault(known => known.Base == asked.Base && known.Quote == asked.Quote && (asked.Exchange is null || asked.Exchange == known.Exchange))
            ?? feed.Instruments.FirstOrDefault(known => isBare && known.Base == asked.Base)
            ?? throw CliException.Usage($"There is no {asked} in {MarketSource.Short(feed.Source)}. There is: {string.Join(", ", feed.Instruments)}.");
    }

    /// <summary>The timeframes; those of <paramref name="usual"/> that the feed has where none are named.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="names">With commas between them; null for the usual ones.</param>
    /// <param name="usual">The usual ones.</param>
    /// <exception cref="CliException">One is not known, or the feed has none of it.</exception>
    public static IReadOnlyList<Timeframe> Timeframes(IMarketFeed feed, string? names, IReadOnlyList<Timeframe> usual)
    {
        if (names is null)
            return usual.Where(feed.Timeframes.Contains).ToList() is { Count: > 0 } known ? known : [feed.Timeframes[0]];
        List<Timeframe> timeframes = [];
        foreach (var name in names.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            Timeframe timeframe;
            try
            {
                timeframe = Timeframe.Parse(name);
            }
            catch (TradingException exception)
            {
                throw CliException.Usage(exception.Message);
            }

            if (!feed.Timeframes.Contains(timeframe))
                throw CliException.Usage($"There are no {timeframe} candles in {MarketSource.Short(feed.Source)}. There are: {string.Join(", ", feed.Timeframes)}.");
            if (timeframes.Contains(timeframe))
                throw CliException.Usage($"The timeframe {timeframe} is named twice.");
            timeframes.Add(timeframe);
        }

        return timeframes.Count > 0 ? timeframes : throw CliException.Usage($"\"{names}\" names no timeframe. Known: {string.Join(", ", Timeframe.All)}.");
    }
}
