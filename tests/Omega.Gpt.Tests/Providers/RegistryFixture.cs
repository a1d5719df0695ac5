using Microsoft.Extensions.Time.Testing;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.Http;

namespace Omega.Gpt.Tests.Providers;

/// <summary>Registries over a table of variables, on the day the catalogue was written, whose wires only remember how they were made.</summary>
internal static class RegistryFixture
{
    private static readonly string[] KeyNames = ["OPENAI", "ANTHROPIC", "GEMINI", "XAI", "DEEPSEEK", "MISTRAL", "GROQ", "OPENROUTER", "OMEGA"];

    public static ProviderRegistry With(params (string Name, string? Value)[] variables) => Create(variables, null);

    public static ProviderRegistry WithAllKeys(params (string Name, string? Value)[] variables) => Create([.. Keys, .. variables], null);

    public static ProviderRegistry WithAllKeys(TimeProvider time) => Create(Keys, time);

    private static IEnumerable<(string Name, string? Value)> Keys => KeyNames.Select(name => ($"{name}_API_KEY", (string?)$"{name.ToLowerInvariant()}-key"));

    private static ProviderRegistry Create(IEnumerable<(string Name, string? Value)> variables, TimeProvider? time)
    {
        var table = new Dictionary<string, string?>();
        foreach (var (name, value) in variables)
            table[name] = value;
        return new ProviderRegistry((wire, options) => new MadeProvider(wire, options), table.GetValueOrDefault, ModelCatalog.Default, time ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)));
    }
}

internal class NamedProvider(string name) : IModelProvider
{
    public string Name => name;

    public IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}

internal sealed class MadeProvider(WireKind wire, WireOptions options) : NamedProvider(options.Name)
{
    public WireKind Wire => wire;

    public WireOptions Options => options;

    public async Task<string?> HeaderAsync() => options.Auth is { } auth ? $"{auth.HeaderName}: {(await auth.GetAsync(CancellationToken.None)).Value}" : null;
}
