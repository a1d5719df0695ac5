using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;

namespace Omega.Gpt;

/// <summary>Builds an engine from options: the one place where providers, store and clock come together without a container.</summary>
internal static class EngineFactory
{
    public static GptEngine Create(RealTimeGptOptions options, TimeProvider? time = null, Func<string, HttpClient>? clients = null, IEnumerable<IModelProvider>? providers = null)
    {
        options.Validate();
        time ??= TimeProvider.System;
        var keys = options.Home is { } folder ? new KeyStore(Path.Combine(folder, "keys.json"), passphrase: () => Environment.GetEnvironmentVariable(KeyStore.PassphraseVariable), time: time) : null;
        var registry = ProviderRegistry.Create(Environment.GetEnvironmentVariable, time, keys: keys);
        foreach (var provider in providers ?? [])
            registry.Add(provider);
        registry.Configure(
            new ProviderSettings
            {
                ApiKey = options.ApiKey,
                Auth = options.Auth,
                BaseUrl = options.BaseUrl,
                Client = options.HttpClientName is { } name && clients is not null ? () => clients(name) : null,
            },
            options.Model);
        return options.Home is { } home
            ? new GptEngine(registry, options, new FileConversationStore(home), time, ledger: new SqliteCallLedger(Path.Combine(home, "calls.db")), pipeline: Pipeline(options))
            : new GptEngine(registry, options, time: time, pipeline: Pipeline(options));
    }

    /// <summary>With files, what is spent is written down and histories are fitted; a budget alone is counted in memory. What the options name stays.</summary>
    private static GptPipelineOptions? Pipeline(RealTimeGptOptions options) => options switch
    {
        { Home: { } home } => (options.Pipeline ?? GptPipelineOptions.Standard) with
        {
            History = options.Pipeline?.History ?? new HistoryPolicy(),
            Usage = options.Pipeline?.Usage ?? new UsageOptions { Ledger = new UsageLedger(Path.Combine(home, "usage.db")), Budget = options.Budget },
        },
        { Budget: { } budget } => (options.Pipeline ?? new GptPipelineOptions()) with
        {
            Usage = options.Pipeline?.Usage ?? new UsageOptions { Ledger = UsageLedger.InMemory(), Budget = budget },
        },
        _ => options.Pipeline,
    };
}
