using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Providers;

// What a provider itself says it serves.
public sealed partial class ProviderRegistry
{
    /// <summary>Asks a provider which models it serves. Costs nothing; waits 15 s at most and reads 8 MB at most.</summary>
    /// <param name="provider">The provider's name, such as <c>openai</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The models' names as they go out, in the provider's order.</returns>
    /// <exception cref="GptException">The provider is unknown or has no list, has no base URL, refuses the key, cannot be reached, or answers with something else.</exception>
    public async Task<IReadOnlyList<string>> ListModelsAsync(string provider, CancellationToken cancellationToken = default)
    {
        var preset = Preset(provider) ?? throw (_custom.ContainsKey(provider)
            ? Request(GptErrorKind.BadRequest, $"{provider} has no list of models that could be asked for.", provider)
            : UnknownProvider(provider));
        var connection = Connect(preset, null);
        if (connection.BaseUrl is not { } baseUrl)
            throw Request(GptErrorKind.BadRequest, $"{preset.Name} needs a base URL: set {preset.BaseUrlVariable}.", preset.Name);
        if (connection.Auth is null && preset.NeedsKey)
            throw Request(GptErrorKind.Authentication, $"There is no key for {preset.Name}: set {string.Join(" or ", preset.KeyVariables)}.", preset.Name);
        var options = new WireOptions
        {
            Name = preset.Name,
            BaseUrl = baseUrl,
            Auth = connection.Auth,
            Keys = connection.Ring is { } ring ? () => ring.All().Select(key => key.Secret) : null,
            Headers = connection.Headers,
            Client = connection.Client,
        };
        return await ModelListing.AskAsync(options, preset.Wire, _time, cancellationToken).ConfigureAwait(false);
    }
}
