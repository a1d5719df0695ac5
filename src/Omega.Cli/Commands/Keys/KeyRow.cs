using System.Globalization;
using Omega.Cli.Configuration;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;

namespace Omega.Cli.Commands.Keys;

/// <summary>A key as the list shows it, whether the store can be unlocked or not.</summary>
/// <param name="Status">What is known of it.</param>
/// <param name="Origin">Where it was found, for people.</param>
/// <param name="Age">How long the key has been in the store; null for variables.</param>
internal sealed record KeyRow(KeyStatus Status, string Origin, TimeSpan? Age)
{
    /// <summary>Days as people count them: <c>0 d</c> on the first.</summary>
    public string AgeText => Age is { } age ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)age.TotalDays)} d") : "?";

    /// <exception cref="KeyStoreException">The store is damaged.</exception>
    public static IReadOnlyList<KeyRow> Of(ProviderRegistry providers, KeyStore store, Settings settings, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var open = providers.DescribeKeys();
        // A store that cannot be unlocked still says whose keys it holds.
        var stored = store.List().Select(key => open.FirstOrDefault(status => status.IsStored && status.Id == key.Id)
            ?? new KeyStatus(key.Provider, key.Id, key.IsDisabled ? KeyState.Disabled : KeyState.Active) { Weight = key.Weight, Since = key.Since, IsStored = true });
        return
        [
            .. open.Where(status => !status.IsStored).Select(status => new KeyRow(status, settings.Find(status.Id)?.Origin ?? status.Id, null)),
            .. stored.Select(status => new KeyRow(status, "key store", now - status.Since)),
        ];
    }
}
