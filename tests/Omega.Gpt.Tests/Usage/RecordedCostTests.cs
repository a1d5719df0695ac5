using System.Globalization;
using System.Text;
using Omega.Gpt.Providers;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Usage;

/// <summary>What recorded streams of providers that bill in the stream itself cost: their own figure, to the last digit, through the whole engine.</summary>
public sealed class RecordedCostTests
{
    [Fact]
    public async Task Turn_RecordedStreamWithTicks_CostsWhatTheProviderBilled()
    {
        Assert.SkipUnless(RecordedStreams.Available, RecordedStreams.WhyNot);
        var billed = 0;
        foreach (var stream in RecordedStreams.All.Where(stream => stream.Wire == Wire.ChatCompletions))
        {
            if (Ticks(stream) is not { } ticks)
                continue;
            await using var server = ModelServer.Start().Enqueue(Reply.Stream(stream.Bytes));
            await using var ledger = UsageLedger.InMemory();
            var completed = await AskAsync(server, stream, ledger);
            // 10,000,000,000 ticks are a dollar.
            var usd = ticks / 10_000_000_000m;
            Assert.True(completed.Cost is { Estimated: false, Source: CostSource.Provider } cost && cost.Usd == usd, $"{stream}: {ticks} ticks, {completed.Cost}");
            var report = await ledger.ReportAsync(cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(usd, report.Total.CostUsd);
            billed++;
        }

        Assert.True(billed > 0, "No recorded stream has cost_in_usd_ticks.");
    }

    /// <summary>The last figure in the stream, found without the engine's reader.</summary>
    private static long? Ticks(RecordedStream stream)
    {
        const string Field = "\"cost_in_usd_ticks\":";
        var text = Encoding.UTF8.GetString(stream.Bytes);
        var at = text.LastIndexOf(Field, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var digits = text[(at + Field.Length)..].TrimStart().TakeWhile(char.IsAsciiDigit);
        return long.Parse(string.Concat(digits), CultureInfo.InvariantCulture);
    }

    private static async Task<TurnCompletedEvent> AskAsync(ModelServer server, RecordedStream stream, UsageLedger ledger)
    {
        var registry = ProviderRegistry.Create(null);
        registry.Configure("xai", new ProviderSettings { ApiKey = "k", BaseUrl = server.BaseUrl + "/v1" });
        var pipeline = new GptPipelineOptions { Usage = new UsageOptions { Ledger = ledger } };
        var engine = new GptEngine(registry, new GenerationOptions { Model = $"xai/{stream.Model}" }, pipeline: pipeline);
        var events = new List<GptEvent>();
        await foreach (var gptEvent in new RealTimeGpt(engine).StreamTurnAsync(Message.User("Hello")))
            events.Add(gptEvent);
        return Assert.IsType<TurnCompletedEvent>(events[^1]);
    }
}
