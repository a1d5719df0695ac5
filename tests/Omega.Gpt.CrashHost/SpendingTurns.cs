using System.Globalization;
using System.Runtime.CompilerServices;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;

namespace Omega.Gpt.CrashHost;

/// <summary>Turns on a budget, several at one time, until the money is spent; each request is a line in a file once it is sent, and another once it is billed.</summary>
public static class SpendingTurns
{
    public const decimal PerDay = 0.02m;

    /// <summary>US dollars of one answer: a hundred tokens out and none in.</summary>
    public const decimal Bill = 0.0008m;

    public static string LinesOf(string home) => Path.Combine(home, "requests");

    public static string LedgerOf(string home) => Path.Combine(home, "usage.db");

    public static async Task RunAsync(string home)
    {
        var registry = new ProviderRegistry((_, _) => throw new NotSupportedException(), catalog: ModelCatalog.Default.With(
            new ModelInfo { Provider = "crash", Name = "m", MaxOutput = 100, Prices = [new PriceTier { Input = 0m, Output = 8m }] }));
        registry.Add(new Model(home));
        await using var ledger = new UsageLedger(LedgerOf(home));
        var engine = new GptEngine(
            registry, new GenerationOptions { Model = "crash/m" }, pipeline: new GptPipelineOptions { Usage = new UsageOptions { Ledger = ledger, Budget = new Budget { PerDay = PerDay } } });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SpendAsync(engine))));
    }

    private static async Task SpendAsync(GptEngine engine)
    {
        while (true)
        {
            try
            {
                await foreach (var gptEvent in engine.RunAsync(engine.NewConversation(), [Message.User("Go")]))
                    _ = gptEvent;
            }
            catch (GptException exception) when (exception.Kind == GptErrorKind.BudgetExceeded)
            {
                return;
            }
        }
    }

    private sealed class Model(string home) : IModelProvider
    {
        private readonly Lock _gate = new();

        public string Name => "crash";

        public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Write("sent", request);
            yield return new TextDelta("some");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
            Write("billed", request);
            yield return new UsageDelta(new TokenUsage(new InputTokens(0) { Uncached = 0, CacheRead = 0, CacheWrite = 0 }, new OutputTokens(100)), null);
            yield return new FinishedDelta(FinishReason.Stop, null);
        }

        private void Write(string what, ModelRequest request)
        {
            lock (_gate)
                File.AppendAllText(LinesOf(home), string.Create(CultureInfo.InvariantCulture, $"{what} {request.Turn}\n"));
        }
    }
}
