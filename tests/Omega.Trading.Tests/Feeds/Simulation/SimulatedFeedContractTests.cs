using Omega.Trading.Feeds;

namespace Omega.Trading.Tests.Feeds.Simulation;

/// <summary>The contract, by the simulated market.</summary>
public sealed class SimulatedFeedContractTests : MarketFeedContract
{
    // Volumes are rounded to 0.00001 for each candle.
    protected override double VolumeTolerance => 1e-5;

    protected override IMarketFeed Create(TimeProvider time) => new SimulatedFeed(new() { Seed = 5 }, time);
}
