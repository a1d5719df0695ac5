namespace Omega.Gpt.Resilience;

/// <summary>What a test of a key found.</summary>
/// <param name="Provider">Whose key it is.</param>
/// <param name="Id">The key's id.</param>
/// <param name="State">What the provider takes it for; null where that cannot be told.</param>
/// <param name="Finding">What the provider said, in one sentence, without the key.</param>
public sealed record KeyTest(string Provider, string Id, KeyState? State, string Finding);
