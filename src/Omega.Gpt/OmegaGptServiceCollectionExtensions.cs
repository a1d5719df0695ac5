using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Omega.Gpt;
using Omega.Gpt.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the engine.</summary>
public static class OmegaGptServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="GptEngine"/> as a singleton and <see cref="RealTimeGpt"/>, with a conversation of its own, for each scope. Every
    /// registered <see cref="IModelProvider"/> joins by its name. Options are checked when the engine is first asked for.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; null takes keys and model from the environment.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddOmegaGpt(this IServiceCollection services, Action<RealTimeGptOptions>? configure = null)
    {
        services.AddHttpClient();
        var options = services.AddOptions<RealTimeGptOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider =>
        {
            var factory = provider.GetRequiredService<IHttpClientFactory>();
            return EngineFactory.Create(
                provider.GetRequiredService<IOptions<RealTimeGptOptions>>().Value,
                provider.GetRequiredService<TimeProvider>(),
                factory.CreateClient,
                provider.GetServices<IModelProvider>());
        });
        services.TryAddScoped(provider => new RealTimeGpt(
            provider.GetRequiredService<GptEngine>(),
            provider.GetRequiredService<IOptions<RealTimeGptOptions>>().Value.ConversationId));
        return services;
    }
}
