namespace Omega.Gpt.Models;

/// <summary>What kind of change a newer catalogue makes.</summary>
public enum CatalogChangeKind
{
    /// <summary>A model that was not known.</summary>
    Added,

    /// <summary>A model that is no longer listed.</summary>
    Removed,

    /// <summary>Another price.</summary>
    Price,

    /// <summary>Another state, last day or successor.</summary>
    Lifecycle,

    /// <summary>Another limit, capability, name or tokenizer.</summary>
    Facts,

    /// <summary>Another model where only the provider is named.</summary>
    Default,
}

/// <summary>One difference between two catalogues.</summary>
/// <param name="Kind">What changes.</param>
/// <param name="Model">The model as <c>provider/model</c>; the provider alone for a default.</param>
/// <param name="What">The change in words: the old value, then the new one.</param>
public sealed record CatalogChange(CatalogChangeKind Kind, string Model, string What);
