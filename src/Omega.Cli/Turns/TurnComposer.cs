using Omega.Cli.Commands;
using Omega.Cli.Configuration;
using Omega.Gpt;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;

namespace Omega.Cli.Turns;

/// <summary>Makes the engine for what a person chose, and says who answers and why.</summary>
internal static class TurnComposer
{
    /// <exception cref="CliException">A server is named, but no model.</exception>
    /// <exception cref="GptException">The provider is unknown.</exception>
    public static (GptEngine Engine, ModelChoice Model) Compose(CliHost host, TurnChoices choices, SessionRecorder? recorder = null)
    {
        host.ExportTelemetry();
        var registry = ProviderRegistry.Create(host.Settings.Get, host.Time, host.Catalog, host.Keys);
        var engine = new GptEngine(registry, store: host.Store, time: host.Time, ledger: new SqliteCallLedger(Path.Combine(host.Settings.Folders.Data, "calls.db")), pipeline: Pipeline(host, choices) with { Recorder = recorder });
        var (model, reason) = choices.Model is not null
            ? (choices.Model.Trim(), "chosen with --model")
            : host.Settings.Find(SettingNames.Model.Variable) is { } setting ? (setting.Value.Trim(), $"chosen by {setting.Origin}") : (null, "");
        var settings = new ProviderSettings { ApiKey = choices.ApiKey, BaseUrl = choices.BaseUrl };
        if (choices.BaseUrl is not null)
        {
            if (model is null)
                throw CliException.Usage($"--base-url says where, but not which model: add -m, such as -m compatible/NAME (or openai/NAME, anthropic/NAME for those wires)");
            if (ProviderOf(registry, model) is null)
                model = $"compatible/{model}";
            registry.Configure(ProviderOf(registry, model)!, settings);
        }
        else if (choices.ApiKey is not null)
        {
            registry.Configure(model is null ? ProviderOfKey(choices.ApiKey) : ProviderOf(registry, model) ?? registry.Catalog.Find(model)?.Provider ?? "compatible", settings);
        }

        return model is null ? (engine, registry.DefaultModel()) : (engine, new ModelChoice(model, reason));
    }

    private static GptPipelineOptions Pipeline(CliHost host, TurnChoices choices) => choices.Pipeline with
    {
        History = new HistoryPolicy(),
        Usage = new UsageOptions { Ledger = host.Usage, Budget = choices.Budget, LiveSpend = TimeSpan.FromSeconds(1) },
        Keys = new KeyOptions(),
        Throttle = Throttling.Of(host.Settings),
    };

    /// <summary>The provider that a name begins with, or null.</summary>
    private static string? ProviderOf(ProviderRegistry registry, string model)
    {
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? null : registry.Names.FirstOrDefault(name => name.Equals(model[..slash], StringComparison.OrdinalIgnoreCase));
    }

    // The one provider whose keys are told by their beginning; everything else that begins with sk- may be anybody's.
    private static string ProviderOfKey(string key) => key.StartsWith("sk-ant-", StringComparison.Ordinal) ? "anthropic" : "openai";
}
