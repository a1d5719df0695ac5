using Microsoft.Extensions.DependencyInjection;
using Omega.Desk.Tests.Functions;
using Omega.Trading.Feeds;

namespace Omega.Desk.Tests;

public sealed class OmegaDeskServicesTests
{
    [Fact]
    public async Task AddOmegaDesk_AFeed_GivesOneDeskOverIt()
    {
        var services = new ServiceCollection().AddSingleton<IMarketFeed>(SeriesFeed.Walk(100)).AddOmegaDesk(new MarketDeskOptions { CandleFiles = ["a.csv"] });
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<MarketDesk>();
        Assert.Same(desk, provider.GetRequiredService<MarketDesk>());
        Assert.Equal(("SIM:7", "a.csv"), (desk.Feed.Source, desk.Options.CandleFiles[0]));
    }

    [Fact]
    public async Task AddOmegaDesk_WithoutAFeed_SaysWhatIsMissing()
    {
        await using var provider = new ServiceCollection().AddOmegaDesk().BuildServiceProvider();
        Assert.Contains("IMarketFeed", Assert.Throws<DeskException>(provider.GetRequiredService<MarketDesk>).Message, StringComparison.Ordinal);
    }
}
