using Omega.Gpt.Providers;
using Omega.Gpt.Turns;
using Omega.TestKit;
using static Omega.Gpt.Tests.Functions.TestFunctions;

namespace Omega.Gpt.Tests.Turns;

/// <summary>
/// A turn whose process dies after any of its journal entries, submitted again under its id: it goes on, nothing with side effects runs a
/// second time, and the conversation ends as its journal says.
/// </summary>
public sealed class TurnRecoveryTests
{
    private const string Conversation = "c";
    private static readonly TurnOptions Options = new() { TurnId = "order-7" };
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    public static TheoryData<bool> Ledgers => [true, false];

    [Theory]
    [MemberData(nameof(Ledgers))]
    public async Task Turn_KilledAfterAnyEntry_GoesOnAndRunsNothingTwice(bool hasLedger)
    {
        var whole = await EntriesOfAWholeTurnAsync();
        for (var kept = 0; kept <= whole.Count; kept++)
        {
            using var folder = new TempFolder();
            var ledger = hasLedger ? new MemoryCallLedger() : null;
            var runs = new List<string>();
            // What the dead process did, as far as it came.
            await WriteAsync(folder.Path, whole, kept);
            var began = whole.Take(kept).Select(e => e.Event).OfType<FunctionCallExecutingEvent>().Select(e => e.Call).ToList();
            var ended = whole.Take(kept).Select(e => e.Event).OfType<FunctionCallCompletedEvent>().ToDictionary(e => e.Call);
            foreach (var call in began)
                await RecordAsync(ledger, call, ended.GetValueOrDefault(call));

            var provider = new ScriptedProvider([.. Scripts(), .. Scripts()]);
            var skipped = whole.Take(kept).Count(e => e.Message?.Role == Role.Assistant);
            var store = new FileConversationStore(folder.Path);
            var engine = new GptEngine(Registry(new FromStep(provider, skipped)), new GenerationOptions { Model = "scripted/m" }, store, ledger: ledger);
            var gpt = new RealTimeGpt(engine, Conversation);

            var (events, error) = await Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", new FunctionSet(Counting("order", runs)), Options, None));

            var where = $"{kept} of {whole.Count} entries kept, ledger {hasLedger}";
            Assert.True(error is null, $"{where}: {error}");
            Assert.IsType<TurnCompletedEvent>(events[^1]);
            Assert.True(Enumerable.Range(1, events.Count).Select(n => (long)n).SequenceEqual(events.Select(e => e.Sequence)), $"{where}: numbered without gaps");
            var unknown = events.OfType<FunctionCallFailedEvent>().Count(e => e.Kind == GptErrorKind.OutcomeUnknown);
            Assert.True(runs.Count + began.Count == 2, $"{where}: {began.Count} begun before, {runs.Count} now");
            Assert.Equal(began.Count - ended.Count, unknown);
            Assert.Equal(3 - skipped, provider.Requests.Count);
            var stored = await new FileConversationStore(folder.Path).LoadAsync(Conversation, None);
            Assert.Equal(Script.Show(gpt.Conversation.Messages), Script.Show(stored!.Messages));
            Assert.All(FunctionLoopTests.Unanswered(stored.Messages), Assert.Empty);
        }
    }

    [Fact]
    public async Task Turn_ThatEnded_IsRepeatedNotResumed()
    {
        using var folder = new TempFolder();
        var runs = new List<string>();
        var provider = new ScriptedProvider([.. Scripts()]);
        var engine = new GptEngine(Registry(provider), new GenerationOptions { Model = "scripted/m" }, new FileConversationStore(folder.Path), ledger: new MemoryCallLedger());
        var gpt = new RealTimeGpt(engine, Conversation);
        var functions = new FunctionSet(Counting("order", runs));

        var (first, _) = await Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", functions, Options, None));
        var (second, _) = await Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", functions, Options, None));

        Assert.Equal(first.Select(GptJson.ToJson), second.Select(GptJson.ToJson));
        Assert.Equal((2, 3), (runs.Count, provider.Requests.Count));
    }

    private static ScriptedProvider.Script[] Scripts() =>
    [
        ScriptedProvider.Says(
            new TextDelta("I buy."), new CallStartedDelta(0, "order"), new CallArgumentsDelta(0, """{"symbol":"A"}"""),
            new UsageDelta(new TokenUsage(new InputTokens(10), new OutputTokens(2)), 0.5m), ScriptedProvider.Done(FinishReason.FunctionCalls)),
        Writes(("order", """{"symbol":"B"}""")),
        Answers("Bought."),
    ];

    private static ProviderRegistry Registry(IModelProvider provider)
    {
        var registry = ProviderRegistry.Create(null);
        registry.Add(provider);
        return registry;
    }

    private static async Task<List<TurnEntry>> EntriesOfAWholeTurnAsync()
    {
        using var folder = new TempFolder();
        var store = new FileConversationStore(folder.Path);
        var engine = new GptEngine(Registry(new ScriptedProvider(Scripts())), new GenerationOptions { Model = "scripted/m" }, store);
        var gpt = new RealTimeGpt(engine, Conversation);
        await Turn.RunAsync(gpt.StreamWithFunctionsAsync("Go", new FunctionSet(Counting("order", [])), Options, None));
        var entries = await Script.ToListAsync(store.Turns.ReadAsync(Conversation, Options.TurnId!, 0, None));
        return entries[..entries.FindIndex(e => e.Event is { EndsTurn: true })];
    }

    private static async Task WriteAsync(string home, List<TurnEntry> entries, int kept)
    {
        var store = new FileConversationStore(home);
        var conversation = new Conversation(Conversation, Script.Start);
        await store.SaveAsync(conversation, None);
        var header = Script.Header(Options.TurnId!, Conversation, "Go", keep: true) with { Model = "scripted/m" };
        await using var writer = (await store.Turns.BeginAsync(header, None))!;
        foreach (var entry in entries.Take(kept))
        {
            if (entry.Event is not null)
                await writer.AppendAsync(entry.Event, cancellationToken: None);
            else
                await writer.AppendAsync(entry.Message!, cancellationToken: None);
        }
    }

    private static async Task RecordAsync(MemoryCallLedger? ledger, string call, FunctionCallCompletedEvent? completed)
    {
        if (ledger is null)
            return;
        var step = int.Parse(call.Split('.')[^2], System.Globalization.CultureInfo.InvariantCulture);
        var key = CallKey.Of(Conversation, Options.TurnId!, step, 0, Json(step == 1 ? """{"symbol":"A"}""" : """{"symbol":"B"}"""));
        await ledger.StartAsync(key, "order", Script.Start, None);
        if (completed is not null)
            await ledger.FinishAsync(key, completed.Result, null, Script.Start, None);
    }

    /// <summary>A provider that has answered some steps already.</summary>
    private sealed class FromStep(ScriptedProvider inner, int skipped) : IModelProvider
    {
        private readonly ScriptedProvider _rest = inner;
        private int _asked = skipped;

        public string Name => _rest.Name;

        public IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, CancellationToken cancellationToken = default)
        {
            _rest.Requests.Add(request);
            return Scripts()[_asked++](request, cancellationToken);
        }
    }
}
