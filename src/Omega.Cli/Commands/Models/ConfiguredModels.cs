using Omega.Cli.Configuration;
using Omega.Gpt.Providers;

namespace Omega.Cli.Commands.Models;

/// <summary>A model that is named somewhere.</summary>
/// <param name="Name">As it stands there.</param>
/// <param name="Where">Who names it, for people.</param>
/// <param name="IsPast">Whether it only was used: an old session's last answer.</param>
internal sealed record NamedModel(string Name, string Where, bool IsPast = false);

/// <summary>Every model that settings and sessions name.</summary>
internal static class ConfiguredModels
{
    private const string Default = "OMEGA_MODEL";

    // Names that stand for models of their own, and lists of models to go on with.
    private static readonly string[] Aliases = ["OMEGA_FAST", "OMEGA_SMART"];
    private static readonly string[] Lists = ["OMEGA_FALLBACK", .. Aliases];

    public static IEnumerable<NamedModel> OfSettings(Settings settings, ProviderRegistry providers)
    {
        var aliases = Aliases.Where(alias => settings.Find(alias) is not null).Select(alias => alias["OMEGA_".Length..]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (settings.Find(Default) is { } model)
        {
            if (!aliases.Contains(model.Value.Trim()))
                yield return new NamedModel(model.Value.Trim(), model.Origin);
        }
        else
        {
            yield return new NamedModel(providers.DefaultModel().Model, "the default");
        }

        foreach (var setting in Lists.Select(settings.Find).OfType<Setting>())
        {
            foreach (var name in setting.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(name => !aliases.Contains(name)))
                yield return new NamedModel(name, setting.Origin);
        }
    }

    /// <summary>The models that answered last in each session; damaged sessions are left to <c>omega doctor</c>.</summary>
    public static async Task<IReadOnlyList<NamedModel>> OfSessionsAsync(CliHost host, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        await foreach (var header in host.Store.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (header.Model is { Length: > 0 } model)
                counts[model] = counts.GetValueOrDefault(model) + 1;
        }

        return [.. counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new NamedModel(pair.Key, pair.Value == 1 ? "1 session" : $"{pair.Value} sessions", IsPast: true))];
    }
}
