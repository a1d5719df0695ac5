namespace Omega.Gpt.Resilience;

/// <summary>What may be told of a key: everything but the key.</summary>
/// <param name="Provider">Whose key it is.</param>
/// <param name="Id">Its id: the variable that holds it, or its name in the key store.</param>
/// <param name="State">Whether it may be used.</param>
public sealed record KeyStatus(string Provider, string Id, KeyState State)
{
    /// <summary>When a cooling or exhausted key is tried again; null for the others.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Its share beside the provider's other keys.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Since when the key store holds this key; null for keys of variables, whose age nobody knows.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether the key store holds it; false for a variable.</summary>
    public bool IsStored { get; init; }
}
