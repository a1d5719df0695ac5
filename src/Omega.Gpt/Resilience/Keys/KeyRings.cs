using System.Collections.Concurrent;
using Omega.Gpt.Providers;

namespace Omega.Gpt.Resilience;

/// <summary>The rings of all providers. Two names for one provider (<c>openai</c>, <c>openai-responses</c>) share theirs. Thread-safe.</summary>
internal sealed class KeyRings(Func<string, string?> variables, KeyStore? store, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, KeyRing> _rings = new(StringComparer.Ordinal);

    public KeyRing Of(ProviderPreset preset) =>
        _rings.GetOrAdd(preset.KeyOwner, owner => new KeyRing(owner, preset.KeyVariables, variables, store, preset.Auth, time));
}
