namespace Omega.Gpt.Resilience;

/// <summary>What the key store says of a key without being unlocked.</summary>
/// <param name="Id">Its name in the store.</param>
/// <param name="Provider">Whose key it is.</param>
public sealed record StoredKey(string Id, string Provider)
{
    /// <summary>Its share beside the provider's other keys, from 1 to 100.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>When the id was first added.</summary>
    public required DateTimeOffset Added { get; init; }

    /// <summary>When the key under this id was last replaced; null when never.</summary>
    public DateTimeOffset? Rotated { get; init; }

    /// <summary>Whether a person has put it out of use.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Since when the key itself is here, which is its age.</summary>
    public DateTimeOffset Since => Rotated ?? Added;

    /// <summary>The key, encrypted, with its nonce before it.</summary>
    internal byte[] Sealed { get; init; } = [];
}
