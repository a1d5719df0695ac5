using System.Collections.ObjectModel;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;
using static Omega.Gpt.Tests.Usage.Ledgers;

namespace Omega.Gpt.Tests.Resilience.Throttling;

/// <summary>Turns over a socket that wait for their turn, on a clock that the test drives.</summary>
public sealed class ThrottleStageTests : IAsyncDisposable
{
    private readonly ModelServer _server = ModelServer.Start();
    private readonly ClockDriver _clock = new();
    private readonly Dictionary<string, string?> _variables;

    public ThrottleStageTests() => _variables = new() { ["OPENAI_BASE_URL"] = _server.BaseUrl, ["OPENAI_API_KEY"] = "hush-1" };

    private static Reply Answer => Reply.Stream(ChatCompletionsStream.Create().Text("Hello").FinishWithUsage("stop", 10, 5).Done());

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Turn_LimitReached_WaitsAndSaysForHowLong()
    {
        _server.Respond(_ => Answer);
        await using var ledger = UsageLedger.InMemory();
        var engine = Engine(new() { Limits = new() { RequestsPerMinute = 1 }, LongestWait = TimeSpan.FromMinutes(2) }, ledger);
        Assert.Empty((await AskAsync(engine)).Events.OfType<WaitingEvent>());

        var second = AskAsync(engine);
        var third = AskAsync(engine);
        await _clock.RunAsync(Task.WhenAll(second, third));

        Assert.Equal([("rate_limit", 1, 60_000.0), ("rate_limit", 2, 120_000.0)], new[] { await second, await third }
            .Select(turn => turn.Events.OfType<WaitingEvent>().Single()).Select(e => (e.Reason, e.Position ?? 0, Math.Round(e.ExpectedMs ?? 0))).Order());
        Assert.All(new[] { await second, await third }, turn => Assert.Equal(("Hello", null), (Turn.TextOf(turn.Events), turn.Error)));
        Assert.Equal(TimeSpan.FromSeconds(120), _clock.Now - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        // The ledger has what each waited, apart from what its answer took.
        Assert.Equal([(0.0, 0.0), (60_000, 0), (120_000, 0)], (await RowsAsync(ledger)).Select(row => (row.QueueMs!.Value, row.TotalMs!.Value)).Order());
        Assert.Equal(new UsageTimes(60_000, 120_000, 120_000), (await ledger.ReportAsync(cancellationToken: TestContext.Current.CancellationToken)).Total.Queue);
    }

    [Fact]
    public async Task Turn_WaitTooLong_IsRefusedAtOnceWithTheTime()
    {
        _server.Respond(_ => Answer);
        var engine = Engine(new() { Limits = new() { RequestsPerMinute = 1 }, LongestWait = TimeSpan.FromSeconds(59) });
        await AskAsync(engine);

        var (_, error) = await AskAsync(engine);

        var refused = Assert.IsType<GptException>(error);
        Assert.Equal((GptErrorKind.RateLimit, true, TimeSpan.FromSeconds(60)), (refused.Kind, refused.IsRetryable, refused.RetryAfter));
        Assert.Equal("openai/gpt-4.1 was not asked: its turn would come in 60 s, and the longest wait is 59 s. Try again later, add a key, or raise the limits of ThrottleOptions.", refused.Message);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Turn_AnotherStreamNeverEnds_IsRefusedAfterTheLongestWait()
    {
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("Hel")).Stall());
        var engine = Engine(new() { Limits = new() { ConcurrentStreams = 1 }, LongestWait = TimeSpan.FromSeconds(5), QueueLimit = 1 });
        using var stop = new CancellationTokenSource();
        var stalled = AskAsync(engine, cancellationToken: stop.Token);
        await _server.WaitForRequestAsync();

        var waiting = AskAsync(engine);
        await _clock.WaitForTimersAsync();
        var (_, tooMany) = await AskAsync(engine);
        var (events, tooLong) = await _clock.RunAsync(waiting);

        Assert.Equal("concurrency", Assert.Single(events.OfType<WaitingEvent>()).Reason);
        Assert.Contains("its turn had not come within 5 s", tooLong!.Message, StringComparison.Ordinal);
        Assert.Contains("1 request waits already, which is the most that may", tooMany!.Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await stalled.Soon();

        // The stream that was cancelled has given its place back.
        _server.Respond(_ => Answer);
        Assert.Null((await AskAsync(engine)).Error);
    }

    [Fact]
    public async Task Turn_CancelledWhileItWaits_LeavesTheQueue()
    {
        _server.Respond(_ => Answer);
        var engine = Engine(new() { Limits = new() { RequestsPerMinute = 1 }, LongestWait = TimeSpan.FromMinutes(2) });
        await AskAsync(engine);
        using var stop = new CancellationTokenSource();
        var cancelled = AskAsync(engine, cancellationToken: stop.Token);
        await _clock.WaitForTimersAsync(2);
        var next = AskAsync(engine);
        await stop.CancelAsync();

        Assert.IsType<TurnCancelledEvent>((await cancelled.Soon()).Events[^1]);
        await _clock.RunAsync(next);
        Assert.Equal(2, _server.Requests.Count);
        Assert.Equal(TimeSpan.FromSeconds(60), _clock.Now - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Turn_AnswerAnnouncesThatNothingIsLeft_TheNextWaits()
    {
        _server.Enqueue(Answer.WithRateLimits(60, 0, 100_000, 99_000, reset: "30s"), Answer);
        var engine = Engine(new());
        await AskAsync(engine);

        var (events, error) = await _clock.RunAsync(AskAsync(engine));

        Assert.Null(error);
        Assert.Equal(500, Assert.Single(events.OfType<WaitingEvent>()).ExpectedMs!.Value, 3);
    }

    [Fact]
    public async Task Turn_ProviderSaysWhenToComeBack_TheNextWaitsUntilThen()
    {
        _server.Enqueue(Reply.RateLimited(Wire.ChatCompletions, TimeSpan.FromSeconds(7)), Answer);
        var engine = Engine(new());
        Assert.Equal(GptErrorKind.RateLimit, Assert.IsType<GptException>((await AskAsync(engine)).Error).Kind);

        var (events, error) = await _clock.RunAsync(AskAsync(engine));

        Assert.Null(error);
        var waiting = Assert.Single(events.OfType<WaitingEvent>());
        Assert.Equal(("provider", 1, 7000.0), (waiting.Reason, waiting.Position, waiting.ExpectedMs));
    }

    [Fact]
    public async Task Turn_OneKeyHasNoRoom_AnotherAsksInItsPlace()
    {
        _variables["OPENAI_API_KEY_2"] = "hush-2";
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("Hel")).Stall(), Reply.Stream(ChatCompletionsStream.Create().Text("Hel")).Stall());
        _server.Respond(_ => Answer);
        var engine = Engine(new() { Limits = new() { ConcurrentStreams = 1 }, QueueLimit = 0 });
        using var stop = new CancellationTokenSource();
        var first = AskAsync(engine, cancellationToken: stop.Token);
        await _server.WaitForRequestAsync(1);
        var second = AskAsync(engine, cancellationToken: stop.Token);
        await _server.WaitForRequestAsync(2);

        var (events, error) = await AskAsync(engine);

        Assert.Equal(GptErrorKind.RateLimit, Assert.IsType<GptException>(error).Kind);
        Assert.Single(events.OfType<KeySwitchedEvent>());
        Assert.All(engine.Providers.DescribeKeys(), key => Assert.Equal(KeyState.Active, key.State));
        await stop.CancelAsync();
        await Task.WhenAll(first, second).Soon();
        Assert.Null((await AskAsync(engine)).Error);
    }

    [Fact]
    public async Task Turns_Models_HaveLimitsOfTheirOwn()
    {
        _server.Respond(_ => Answer);
        var engine = Engine(new() { Models = new Dictionary<string, ThrottleLimits> { ["openai"] = new() { RequestsPerMinute = 1 }, ["openai/gpt-4o"] = new() { RequestsPerMinute = 2 } }, LongestWait = TimeSpan.FromSeconds(1) });

        Assert.Null((await AskAsync(engine)).Error);
        Assert.Null((await AskAsync(engine, "openai/gpt-4o")).Error);
        Assert.Null((await AskAsync(engine, "openai/gpt-4o")).Error);
        Assert.NotNull((await AskAsync(engine, "openai/gpt-4o")).Error);
        Assert.NotNull((await AskAsync(engine)).Error);
    }

    public static TheoryData<ThrottleOptions, string> Nonsense => new()
    {
        { new() { Limits = new() { RequestsPerMinute = 0 } }, "ThrottleOptions.Limits.RequestsPerMinute is 0; allowed: from 1, or null for no limit." },
        { new() { Models = new Dictionary<string, ThrottleLimits> { ["openai"] = new() { ConcurrentStreams = -1 } } }, "ThrottleOptions.Models[\"openai\"].ConcurrentStreams is -1; allowed: from 1, or null for no limit." },
        { new() { QueueLimit = -1 }, "ThrottleOptions.QueueLimit is -1; allowed: 0 to 100000." },
        { new() { LongestWait = TimeSpan.Zero }, "ThrottleOptions.LongestWait is 00:00:00; allowed: above zero, up to 1 h." },
        { new() { Models = ReadOnlyDictionary<string, ThrottleLimits>.Empty, LongestWait = TimeSpan.FromHours(2) }, "ThrottleOptions.LongestWait is 02:00:00; allowed: above zero, up to 1 h." },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Engine_OptionsOutOfRange_SaysWhich(ThrottleOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<GptException>(() => Engine(options)).Message);

    private GptEngine Engine(ThrottleOptions options, UsageLedger? ledger = null) => new(
        ProviderRegistry.Create(_variables.GetValueOrDefault, _clock.Time),
        time: _clock.Time,
        pipeline: new GptPipelineOptions { Keys = new KeyOptions { CoolingFor = TimeSpan.FromSeconds(1) }, Throttle = options, Usage = ledger is null ? null : new UsageOptions { Ledger = ledger } });

    private static Task<(List<GptEvent> Events, Exception? Error)> AskAsync(GptEngine engine, string model = "openai/gpt-4.1", CancellationToken cancellationToken = default) =>
        Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("Hi")], new TurnOptions { Model = model }, cancellationToken));
}
