using Omega.TestKit;
using static Omega.Gpt.Tests.Usage.Metered;

namespace Omega.Gpt.Tests.Usage;

/// <summary>What the ledger says of turns over real sockets.</summary>
public sealed class MeteringTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turn_Completed_IsARowWithItsTimesAndItsBill()
    {
        var clock = new ClockDriver();
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(ChatCompletionsStream.Create("gpt-4.1-2025")
            .Text("Hi").Finish("stop").Usage(1_000, 50, cached: 400, reasoning: 20).Done()));
        await using var ledger = UsageLedger.InMemory();
        var engine = Engine(server, ledger, time: clock.Time);
        var conversation = engine.NewConversation();

        var (events, error) = await Turns.Turn.RunAsync(engine.RunAsync(conversation, [Message.User("hello")], cancellationToken: Token));

        Assert.Null(error);
        var row = Assert.Single(await Ledgers.RowsAsync(ledger));
        Assert.Equal((conversation.Id, events[0].Turn, 1, 1), (row.Session, row.Turn, row.Step, row.Attempt));
        Assert.Equal(("openai", "gpt-4.1", "gpt-4.1-2025", AttemptOutcome.Completed, "stop", null), (row.Provider, row.Model, row.Served, row.Outcome, row.Finish, row.Error));
        // 600 × 2 + 400 × 0.5 + 50 × 8 = 1800 millionths; the cache saved 400 × 1.5.
        Assert.Equal((0.0018m, 0.0006m, false), (row.Cost!.Usd, row.SavedUsd, row.IsUsageEstimated));
        Assert.Equal(((long?)1_000, (long?)400, (long?)50, (long?)20), (row.Usage!.Input.Total, row.Usage.Input.CacheRead, row.Usage.Output.Total, row.Usage.Output.Reasoning));
        Assert.Equal((clock.Now, (double?)0, (double?)0, (double?)0), (row.At, row.ConnectMs, row.FirstTokenMs, row.TotalMs));
        Assert.Equal(row.Cost.Usd, ((TurnCompletedEvent)events[^1]).Cost!.Usd);
    }

    [Fact]
    public async Task Turn_SlowServer_HasItsTimes()
    {
        var clock = new ClockDriver();
        var (head, first, end) = (new Gate(), new Gate(), new Gate());
        await using var server = ModelServer.Start().Enqueue(Reply.Open()
            .HeadAfter(head).Wait(first).Then(ChatCompletionsStream.Create().Text("Hi").Steps)
            .Wait(end).Then(ChatCompletionsStream.Create().Finish("stop").Usage(10, 1).Done().Steps));
        await using var ledger = UsageLedger.InMemory();
        var engine = Engine(server, ledger, time: clock.Time);
        await using var turn = engine.RunAsync(engine.NewConversation(), [Message.User("hello")], cancellationToken: Token).GetAsyncEnumerator(Token);
        await turn.MoveNextAsync();
        await turn.MoveNextAsync();
        var text = turn.MoveNextAsync().AsTask();
        await server.WaitForRequestAsync(cancellationToken: Token);
        await clock.AdvanceAsync(TimeSpan.FromMilliseconds(300));
        head.Open();
        // The wire has read the headers when it asks for the body, which nothing outside can see: the server's side of it has to do.
        await Patience.UntilAsync(() => server.InFlight == 1, null, "an answer under way");
        first.Open();
        await text;
        await clock.AdvanceAsync(TimeSpan.FromMilliseconds(700));
        end.Open();
        while (await turn.MoveNextAsync())
        {
        }

        var row = Assert.Single(await Ledgers.RowsAsync(ledger));
        Assert.Equal(((double?)300, (double?)300, (double?)1_000), (row.ConnectMs, row.FirstTokenMs, row.TotalMs));
    }

    [Fact]
    public async Task Turn_NoUsageReported_IsEstimatedAndSaysSo()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text([.. Enumerable.Repeat(" word", 500)]).Finish("stop").Done()));
        await using var ledger = UsageLedger.InMemory();

        var (events, _) = await AskAsync(Engine(server, ledger), cancellationToken: Token);

        // The event keeps to what the provider said; the ledger estimates: a token a piece.
        Assert.Null(((TurnCompletedEvent)events[^1]).Usage);
        var row = Assert.Single(await Ledgers.RowsAsync(ledger));
        Assert.True(row is { IsUsageEstimated: true, Cost.Estimated: true });
        Assert.InRange(row.Usage!.Output.Total!.Value, 500, 625);
    }

    [Fact]
    public async Task Turn_Cut_IsInterruptedAndPaidFor()
    {
        var stream = ChatCompletionsStream.Create().Text([.. Enumerable.Repeat(" word", 300)]);
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(stream).End(BodyEnd.Reset));
        await using var ledger = UsageLedger.InMemory();

        var (_, error) = await AskAsync(Engine(server, ledger), cancellationToken: Token);

        Assert.Equal(GptErrorKind.StreamInterrupted, Assert.IsType<GptException>(error).Kind);
        var row = Assert.Single(await Ledgers.RowsAsync(ledger));
        Assert.True(row is { Outcome: AttemptOutcome.Interrupted, Error: "stream_interrupted", Cost: { Estimated: true, Usd: > 0.001m } });
    }

    [Fact]
    public async Task Turn_Cancelled_IsRecordedWithWhatHadArrived()
    {
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text([.. Enumerable.Repeat(" word", 300)])).Stall());
        await using var ledger = UsageLedger.InMemory();
        using var stop = new CancellationTokenSource();
        var engine = Engine(server, ledger);
        var pieces = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var gptEvent in engine.RunAsync(engine.NewConversation(), [Message.User("hello")], cancellationToken: stop.Token))
            {
                if (gptEvent is TextDeltaEvent && ++pieces == 300)
                    await stop.CancelAsync();
            }
        });

        var row = Assert.Single(await Ledgers.RowsAsync(ledger));
        Assert.True(row is { Outcome: AttemptOutcome.Cancelled, Error: null, IsUsageEstimated: true });
        // 300 pieces at 8 for a million, and the question.
        Assert.InRange(row.Cost!.Usd, 0.0024m, 0.0032m);
    }

    [Fact]
    public async Task Turn_Abandoned_IsRecordedToo()
    {
        await using var server = ModelServer.Start().Enqueue(Endless(50).Stall());
        await using var ledger = UsageLedger.InMemory();
        var engine = Engine(server, ledger);
        await foreach (var gptEvent in engine.RunAsync(engine.NewConversation(), [Message.User("hello")], cancellationToken: Token))
        {
            if (gptEvent is TextDeltaEvent)
                break;
        }

        Assert.Equal(AttemptOutcome.Cancelled, Assert.Single(await Ledgers.RowsAsync(ledger)).Outcome);
    }

    [Fact]
    public async Task Turn_LiveSpend_TellsEstimatesUntilTheBillComes()
    {
        var clock = new ClockDriver();
        var gate = new Gate();
        var stream = ChatCompletionsStream.Create().Text([.. Enumerable.Repeat(" word", 80)]);
        await using var server = ModelServer.Start().Enqueue(Reply.Stream(stream).Wait(gate)
            .Then(ChatCompletionsStream.Create().Text([.. Enumerable.Repeat(" more", 16)]).Finish("stop").Usage(8, 96).Done().Steps));
        await using var ledger = UsageLedger.InMemory();
        var engine = Engine(server, ledger, live: TimeSpan.FromSeconds(1), time: clock.Time);
        var told = new List<UsageUpdatedEvent>();
        var pieces = 0;
        TurnCompletedEvent? completed = null;
        await foreach (var gptEvent in engine.RunAsync(engine.NewConversation(), [Message.User("hello")], cancellationToken: Token))
        {
            if (gptEvent is TextDeltaEvent && ++pieces == 80)
            {
                await clock.AdvanceAsync(TimeSpan.FromSeconds(2));
                gate.Open();
            }

            if (gptEvent is UsageUpdatedEvent updated)
                told.Add(updated);
            completed = gptEvent as TurnCompletedEvent;
        }

        Assert.Equal([true, false], told.Select(updated => updated.Cost!.Estimated));
        // 88 pieces had come when the clock was looked at next, of one or one and a quarter token each.
        Assert.InRange(told[0].Usage!.Output.Total!.Value, 88, 110);
        Assert.Equal(new Cost((8 * 2m + 96 * 8m) / 1_000_000m, false, CostSource.Catalogue), completed!.Cost);
    }

    [Fact]
    public async Task Turn_Offline_IsNoCallOfAModel()
    {
        await using var server = ModelServer.Start();
        await using var ledger = UsageLedger.InMemory();
        var registry = Omega.Gpt.Providers.ProviderRegistry.Create(null);
        var engine = new GptEngine(registry, new GenerationOptions { Model = "offline/analyst" }, pipeline: new GptPipelineOptions { Usage = new UsageOptions { Ledger = ledger, Budget = new Budget { PerDay = 0.01m } } });

        var (events, _) = await AskAsync(engine, cancellationToken: Token);

        Assert.IsType<TurnCompletedEvent>(events[^1]);
        Assert.Empty(await Ledgers.RowsAsync(ledger));
    }
}
