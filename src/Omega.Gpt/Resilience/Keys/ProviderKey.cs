using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience;

/// <summary>One key of a provider. Never printed: <see cref="ToString"/> gives the id.</summary>
/// <param name="id">The variable that holds it, or its name in the key store.</param>
/// <param name="secret">The key itself.</param>
internal sealed class ProviderKey(string id, string secret)
{
    public string Id => id;

    public string Secret => secret;

    /// <summary>How the provider wants it.</summary>
    public required ProviderAuth Auth { get; init; }

    public int Weight { get; init; } = 1;

    public bool IsDisabled { get; init; }

    /// <summary>Since when the key store holds it; null for a variable.</summary>
    public DateTimeOffset? Since { get; init; }

    public bool IsStored => Since is not null;

    public override string ToString() => id;
}
