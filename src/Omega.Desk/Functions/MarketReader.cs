using Omega.Trading;
using Omega.Trading.Feeds;

namespace Omega.Desk.Functions;

/// <summary>How many candles a call needs.</summary>
/// <param name="Count">The latest; bounded by what there is.</param>
/// <param name="Least">Fewer are refused.</param>
internal readonly record struct CandleNeed(int Count, int Least)
{
    /// <summary>Whether all of a file is wanted, whatever the count.</summary>
    public bool TakesWholeFile { get; init; }
}

/// <summary>Reads what a call's <c>market</c>, <c>timeframe</c>, <c>candles</c>, <c>from</c> and <c>to</c> ask for. Thread-safe.</summary>
internal sealed class MarketReader(IMarketFeed feed, CandleFiles files)
{
    public IMarketFeed Feed => feed;

    /// <summary>Reads the latest candles.</summary>
    /// <exception cref="Refusal">There are no such candles, or too few.</exception>
    public async ValueTask<MarketData> ReadAsync(CallArguments arguments, Func<Timeframe, CandleNeed> need, CancellationToken cancellationToken)
    {
        var data = arguments.Text("candles") is { } file
            ? ReadFile(arguments, file, need, cancellationToken)
            : await ReadFeedAsync(arguments, need, cancellationToken).ConfigureAwait(false);
        var least = need(data.Candles.Timeframe).Least;
        return data.Candles.Count >= least
            ? data
            : throw new Refusal("too_few_candles", $"There {(data.Candles.Count == 1 ? "is 1 candle" : $"are {data.Candles.Count} candles")} of {data.Candles.Timeframe} in that stretch; at least {least} are needed. Ask for a longer stretch or a shorter timeframe.", data.File is null ? null : "candles", data.File);
    }

    private async ValueTask<MarketData> ReadFeedAsync(CallArguments arguments, Func<Timeframe, CandleNeed> need, CancellationToken cancellationToken)
    {
        var market = MarketNames.Find(arguments.Text("market"), feed.Instruments);
        var timeframe = TimeframeNames.Find(arguments.Text("timeframe"), feed.Timeframes);
        var (from, to) = Stretch(arguments);
        var history = await feed.GetHistoryAsync(
            new HistoryRequest(market, timeframe) { Count = Math.Clamp(need(timeframe).Count, 1, HistoryRequest.MostCandles), From = from, To = to },
            cancellationToken).ConfigureAwait(false);
        var state = feed.State;
        var notes = new List<string>();
        if (arguments.Text("market") is { } asked && MarketNames.TryRead(asked, out var read) && read is not null && read.Quote != market.Quote && Spelling.Plain(asked).EndsWith(read.Quote.ToLowerInvariant(), StringComparison.Ordinal))
            notes.Add($"{read} was asked for; the desk has {market}.");
        if (state.Status == FeedStatus.Stale)
            notes.Add("The feed is stale: nothing has arrived within its deadline. Decide nothing on it.");
        return new MarketData(market, history.Candles, history.OpenCandle, history.AsOf) { IsSimulated = feed.IsSimulated, State = state, Notes = notes };
    }

    private MarketData ReadFile(CallArguments arguments, string file, Func<Timeframe, CandleNeed> need, CancellationToken cancellationToken)
    {
        var (series, report) = files.Read(file, cancellationToken);
        var timeframes = Timeframe.All.Where(timeframe => timeframe == series.Timeframe || timeframe.IsMultipleOf(series.Timeframe)).ToArray();
        var timeframe = arguments.Text("timeframe") is { } asked ? TimeframeNames.Find(asked, timeframes) : series.Timeframe;
        var (from, to) = Stretch(arguments);
        var candles = series.Resample(timeframe).Between(from, to);
        if (from is null && need(timeframe) is { TakesWholeFile: false, Count: var count } && count < candles.Count)
            candles = candles.Slice(candles.Count - count, count);
        var present = candles.Count > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(candles.Times[^1] + timeframe.Milliseconds) : report.To;
        var notes = new List<string>();
        if (report.BadRows > 0)
            notes.Add($"{report.BadRows} bad rows of the file were left out.");
        if (report.Missing > 0)
            notes.Add($"{report.Missing} candles are missing in the file; nothing was interpolated.");
        return new MarketData(MarketOf(arguments.Text("market"), file), candles, null, present) { File = file, Notes = notes };
    }

    private static (DateTimeOffset? From, DateTimeOffset? To) Stretch(CallArguments arguments)
    {
        var (from, to) = (arguments.Moment("from"), arguments.Moment("to"));
        return from >= to
            ? throw new Refusal("not_possible", "from must come before to.", "from", arguments.Text("from"))
            : (from, to);
    }

    /// <summary>What a file holds, where the call or the beginning of the file's name says so: <c>btcusdt-1h.csv</c>.</summary>
    private static Instrument? MarketOf(string? asked, string file)
    {
        if (asked is not null)
        {
            return MarketNames.TryRead(asked, out var market)
                ? market
                : throw new Refusal("unknown_market", $"Unknown market \"{asked[..Math.Min(64, asked.Length)]}\". Write it as BTC/USD, or leave it out for what the file holds.", "market", asked);
        }

        var name = Path.GetFileName(file);
        var end = name.IndexOfAny(['-', '_', '.', ' ']);
        return end > 3 && MarketNames.TryRead(name[..end], out var named) ? named : null;
    }
}
