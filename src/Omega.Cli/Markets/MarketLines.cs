using System.Globalization;
using Omega.Cli.Screen;
using Omega.Trading.Feeds;

namespace Omega.Cli.Markets;

/// <summary>The market as it is, in a few lines for people. SIM is always said.</summary>
internal static class MarketLines
{
    private const string Simulated = "a simulated market: its prices are made up";

    /// <summary>Says in one line where the prices come from. Nothing where there is no market.</summary>
    public static void TellSource(Terminal terminal, MarketSource? market)
    {
        if (market is not null)
            terminal.Line($"market {Origin(market)}{(market.Feed.IsSimulated ? "; --candles FILE takes a real one" : "")}", Tone.Dim);
    }

    /// <summary>Where the prices come from.</summary>
    public static string Origin(MarketSource market) =>
        market.Feed.IsSimulated ? $"{market.Name}, {Simulated}"
        : market.File is { } file ? $"{market.Name}, {market.Instrument} from {PlainText.Line(file, int.MaxValue)}"
        : $"{market.Name}, {market.Instrument}";

    /// <summary>Says what the market is, its price and how its feed is.</summary>
    public static async ValueTask TellAsync(Terminal terminal, MarketSource market, CancellationToken cancellationToken = default)
    {
        terminal.Line(Origin(market), Tone.Dim);
        foreach (var instrument in market.Feed.Instruments)
        {
            var history = await market.Feed.GetHistoryAsync(new HistoryRequest(instrument, market.Feed.Timeframes[0]) { Count = 1 }, cancellationToken).ConfigureAwait(false);
            terminal.Line($"{instrument}  {Price(history)}");
        }

        terminal.Line($"{State(market.Feed.State)} · timeframes {string.Join(' ', market.Feed.Timeframes)}", Tone.Dim);
    }

    /// <summary>The last price and its time.</summary>
    public static string Price(FeedHistory history) => history.Price is { } price
        ? $"{FigureText.Price(price)} {history.Instrument.Quote} at {FigureText.Time(history.AsOf)} UTC"
        : $"no price yet, at {FigureText.Time(history.AsOf)} UTC";

    /// <summary>How a feed is.</summary>
    public static string State(FeedState state)
    {
        List<string> parts = [state.Status switch
        {
            FeedStatus.Live => "live",
            FeedStatus.Stale => "stale: nothing has arrived in time, decide nothing on it",
            _ => "at its end",
        }];
        Add(state.MissingCandles, "candles missing");
        Add(state.SuspectPrices, "prices suspect");
        Add(state.MissedUpdates, "updates missed");
        return string.Join(", ", parts);

        void Add(long count, string what)
        {
            if (count > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}"));
        }
    }
}
