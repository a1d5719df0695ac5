using Omega.Cli.Commands.Keys;
using Omega.Cli.Configuration;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;

namespace Omega.Cli.Commands.Doctor;

/// <summary>The key store: whether it can be read, and what in it should be replaced.</summary>
internal static class KeyChecks
{
    private const string Group = "Keys";

    public static IEnumerable<Check> Of(Settings settings, KeyStore store, TimeProvider time)
    {
        IReadOnlyList<KeyRow> rows;
        var providers = ProviderRegistry.Create(settings.Get, time, keys: store);
        KeyStoreException? damage = null;
        try
        {
            rows = KeyRow.Of(providers, store, settings, time);
        }
        catch (KeyStoreException exception)
        {
            (rows, damage) = ([], exception);
        }

        var stored = rows.Where(row => row.Status.IsStored).ToList();
        var problem = damage?.Message ?? providers.KeyProblem;
        yield return problem is not null ? new Check(Group, "store", CheckState.Odd, problem)
            : File.Exists(store.Path) ? new Check(Group, "store", CheckState.Good, $"{stored.Count} {(stored.Count == 1 ? "key" : "keys")} in {store.Path}")
            : new Check(Group, "store", CheckState.Off, $"{store.Path} (made by omega keys add)");
        foreach (var warning in store.Warnings())
            yield return new Check(Group, "store", CheckState.Odd, warning);
        foreach (var row in stored)
        {
            if (KeyAge.Warning(row, KeyAge.Limit(settings)) is { } old)
                yield return new Check(Group, row.Status.Id, CheckState.Odd, old);
        }
    }
}
