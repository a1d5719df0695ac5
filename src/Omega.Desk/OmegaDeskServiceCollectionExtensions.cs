using Microsoft.Extensions.DependencyInjection.Extensions;
using Omega.Desk;
using Omega.Trading.Feeds;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the desk.</summary>
public static class OmegaDeskServiceCollectionExtensions
{
    /// <summary>Adds <see cref="MarketDesk"/> as a singleton over the registered <see cref="IMarketFeed"/>.</summary>
    /// <param name="services">The services; an <see cref="IMarketFeed"/> is among them when the desk is first asked for.</param>
    /// <param name="options">What the functions may do; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddOmegaDesk(this IServiceCollection services, MarketDeskOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new MarketDesk(
            provider.GetService<IMarketFeed>() ?? throw new DeskException("The desk has no market: register an IMarketFeed, such as a SimulatedFeed, before MarketDesk is used."),
            options,
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
