namespace Omega.Gpt.Providers;

/// <summary>What a provider accepts as the id of a function call.</summary>
public enum CallIdStyle
{
    /// <summary>Up to 40 of <c>A-Z a-z 0-9 _ -</c>, which all providers but Mistral accept.</summary>
    Default,

    /// <summary>Exactly nine of <c>A-Z a-z 0-9</c>, as Mistral wants.</summary>
    NineAlphanumeric,
}
