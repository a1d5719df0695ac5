using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;

namespace Omega.Gpt.Functions.Outside;

/// <summary>What a child process sees of the environment: everything but the keys of model providers and of Omega itself. Pure.</summary>
internal static class ChildEnvironment
{
    private static readonly HashSet<string> ProviderKeys = new(
        ProviderPresets.All.SelectMany(preset => preset.KeyVariables).SelectMany(KeyVariables.Expand),
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private static readonly string[] SecretWords = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSPHRASE"];

    /// <summary>Takes the secrets out and puts the given variables in.</summary>
    /// <param name="environment">The variables as the process would inherit them; changed.</param>
    /// <param name="added">Variables that are set on purpose, whatever their names are.</param>
    public static void Prepare(IDictionary<string, string?> environment, IEnumerable<KeyValuePair<string, string>> added)
    {
        foreach (var name in environment.Keys.Where(IsSecret).ToArray())
            environment.Remove(name);
        foreach (var (name, value) in added)
            environment[name] = value;
    }

    /// <summary>Whether a variable holds a key that is for this process alone.</summary>
    public static bool IsSecret(string name) =>
        ProviderKeys.Contains(name)
        || (name.StartsWith("OMEGA_", StringComparison.OrdinalIgnoreCase) && SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
        // A collector's key stands in them.
        || (name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase) && name.EndsWith("_HEADERS", StringComparison.OrdinalIgnoreCase));
}
