using Omega.Trading.Feeds;

namespace Omega.Trading.Tests.Feeds.Replay;

/// <summary>The contract, by a replay.</summary>
public sealed class ReplayFeedContractTests : MarketFeedContract
{
    private static readonly CandleSeries Made = Walks.Of(Timeframe.Parse("15m"), Start.AddDays(-60), 70 * 96);

    protected override double VolumeTolerance => 1e-9;

    protected override IMarketFeed Create(TimeProvider time) => new ReplayFeed(Made, Instrument.Parse("BTC/USDT"), new() { From = Start }, time);
}
