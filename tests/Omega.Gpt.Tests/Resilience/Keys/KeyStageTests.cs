using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;
using Omega.Gpt.Tests.Turns;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Resilience.Keys;

/// <summary>Turns over a socket with several keys, and a server that does not like all of them.</summary>
public sealed class KeyStageTests : IAsyncDisposable
{
    private readonly ModelServer _server = ModelServer.Start();
    private readonly ClockDriver _clock = new();
    private readonly Dictionary<string, string?> _variables;
    private readonly ProviderRegistry _providers;

    public KeyStageTests()
    {
        _variables = new() { ["OPENAI_BASE_URL"] = _server.BaseUrl, ["OPENAI_API_KEY"] = "hush-1", ["OPENAI_API_KEY_2"] = "hush-2", ["OPENAI_API_KEY_3"] = "hush-3" };
        _providers = ProviderRegistry.Create(_variables.GetValueOrDefault, _clock.Time);
    }

    private static Reply Answer => Reply.Stream(ChatCompletionsStream.Create().Text("Hello", " there").Finish("stop").Done());

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<int, string, KeyState> Refusals => new()
    {
        { 401, """{"error":{"message":"No such key.","code":"invalid_api_key"}}""", KeyState.Revoked },
        { 429, """{"error":{"message":"Slow down.","code":"rate_limit_exceeded"}}""", KeyState.Cooling },
        { 429, """{"error":{"message":"Pay.","code":"insufficient_quota"}}""", KeyState.Exhausted },
        { 403, """{"error":{"message":"Not this project."}}""", KeyState.Active },
        { 200, """{"error":{"message":"No such key.","code":"invalid_api_key"}}""", KeyState.Revoked },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Turn_KeyRefused_GoesOnWithTheNextAndSaysSo(int status, string body, KeyState state)
    {
        _server.Enqueue(Reply.Json(body, status), Answer);

        var (events, error) = await AskAsync();

        Assert.Null(error);
        Assert.Equal("Hello there", Turn.TextOf(events));
        Assert.Equal(("OPENAI_API_KEY", "OPENAI_API_KEY_2"), events.OfType<KeySwitchedEvent>().Select(e => (e.From, e.To)).Single());
        Assert.Equal(["Bearer hush-1", "Bearer hush-2"], _server.Requests.Select(request => request.Header("Authorization")));
        Assert.Equal([state, KeyState.Active, KeyState.Active], States());
    }

    [Fact]
    public async Task Turn_EveryKeyRefused_EndsInTheLastErrorAfterOneCallEach()
    {
        _server.Respond(_ => Reply.OpenAIError(401, "No such key.", code: "invalid_api_key"));

        var (events, error) = await AskAsync();

        Assert.Equal(GptErrorKind.Authentication, Assert.IsType<GptException>(error).Kind);
        Assert.Equal(3, _server.Requests.Count);
        Assert.Equal(2, events.OfType<KeySwitchedEvent>().Count());
        Assert.IsType<TurnFailedEvent>(events[^1]);

        // With none left the first is asked again, once: perhaps somebody has mended it.
        _server.Respond(_ => Answer);
        (_, error) = await AskAsync();
        Assert.Null(error);
        Assert.Equal(4, _server.Requests.Count);
        Assert.Equal([KeyState.Active, KeyState.Revoked, KeyState.Revoked], States());
    }

    [Fact]
    public async Task Turn_OneKeyHasToWaitAndTheOthersAreNoGood_EndsInTheErrorThatWaitingMends()
    {
        _server.Enqueue(
            Reply.OpenAIError(401, "No such key.", code: "invalid_api_key"),
            Reply.RateLimited(Wire.ChatCompletions, TimeSpan.FromSeconds(9)),
            Reply.OpenAIError(401, "No such key.", code: "invalid_api_key"));

        var error = Assert.IsType<GptException>((await AskAsync()).Error);

        Assert.Equal((GptErrorKind.RateLimit, TimeSpan.FromSeconds(9)), (error.Kind, error.RetryAfter));
    }

    [Fact]
    public async Task Turn_ErrorAfterTheFirstWord_IsLearnedFromButNotAskedAgain()
    {
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("Hel").Error("Slow down.", code: "rate_limit_exceeded")));

        var (events, error) = await AskAsync();

        Assert.Equal(GptErrorKind.RateLimit, Assert.IsType<GptException>(error).Kind);
        Assert.Empty(events.OfType<KeySwitchedEvent>());
        Assert.Single(_server.Requests);
        Assert.Equal([KeyState.Cooling, KeyState.Active, KeyState.Active], States());
    }

    [Theory]
    [InlineData(400, GptErrorKind.BadRequest)]
    [InlineData(404, GptErrorKind.ModelNotFound)]
    [InlineData(500, GptErrorKind.Server)]
    public async Task Turn_ErrorThatNoKeyMends_IsNotAskedAgain(int status, GptErrorKind kind)
    {
        _server.Enqueue(Reply.Error(Wire.ChatCompletions, status, "The model is not for you."));

        Assert.Equal(kind, Assert.IsType<GptException>((await AskAsync()).Error).Kind);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Turns_SeveralKeys_TakeTurns()
    {
        _server.Respond(_ => Answer);
        for (var i = 0; i < 6; i++)
            await AskAsync();
        Assert.All(_server.Requests.CountBy(request => request.Header("Authorization")!), count => Assert.Equal(2, count.Value));
    }

    [Fact]
    public async Task Turns_TwoNamesOfOneProvider_ShareWhatIsKnownOfTheirKeys()
    {
        _server.Enqueue(Reply.OpenAIError(401, "No such key.", code: "invalid_api_key"), Answer);
        await AskAsync();
        _server.Enqueue(Reply.Stream(ResponsesStream.Create().Text("Hi").Complete(1, 2)));

        var (_, error) = await AskAsync("openai-responses/gpt-4.1");

        Assert.Null(error);
        Assert.NotEqual("Bearer hush-1", _server.Requests[^1].Header("Authorization"));
    }

    [Fact]
    public async Task Turn_KeyGivenByHand_IsTheOnlyOne()
    {
        _providers.Configure("openai", new ProviderSettings { ApiKey = "by-hand" });
        _server.Enqueue(Reply.OpenAIError(401, "No such key.", code: "invalid_api_key"));

        Assert.Equal(GptErrorKind.Authentication, Assert.IsType<GptException>((await AskAsync()).Error).Kind);
        Assert.Equal("Bearer by-hand", Assert.Single(_server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Turn_NoPipeline_TakesTheFirstKeyAsEver()
    {
        _server.Enqueue(Reply.OpenAIError(401, "No such key.", code: "invalid_api_key"));
        var engine = new GptEngine(_providers, time: _clock.Time);

        var (_, error) = await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("Hi")], new TurnOptions { Model = "openai/gpt-4.1" }));

        Assert.Equal(GptErrorKind.Authentication, Assert.IsType<GptException>(error).Kind);
        Assert.Equal("Bearer hush-1", Assert.Single(_server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Stream_Cancelled_ClosesTheConnection()
    {
        _server.Enqueue(Reply.Stream(ChatCompletionsStream.Create().Text("Hello")).Stall());
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var delta in Stage().StreamAsync(Request(), stop.Token))
            {
                if (delta is TextDelta)
                    await stop.CancelAsync();
            }
        });
        await _server.Requests[0].ClientAborted.Soon();
    }

    [Fact]
    public async Task Stream_WithAnotherKey_TellsItsCallerOfTheOneThatAnswered()
    {
        var attempt = new Attempt { Number = 4 };
        _server.Enqueue(Reply.RateLimited(Wire.ChatCompletions), Answer);

        await foreach (var _ in Stage().StreamAsync(Request() with { Attempt = attempt }))
        {
        }

        Assert.Equal(("OPENAI_API_KEY_2", 200), (attempt.KeyId, attempt.StatusCode));
        Assert.Equal(2, _server.Requests.Count);
    }

    private static ModelRequest Request() => new() { Model = "gpt-4.1", Messages = [Message.User("Hi")] };

    private KeyStage Stage()
    {
        var model = _providers.Resolve("openai/gpt-4.1");
        return new KeyStage(model.Provider, model.Keys!, new KeyOptions());
    }

    private KeyState[] States() => [.. _providers.DescribeKeys().Select(key => key.State)];

    private async Task<(List<GptEvent> Events, Exception? Error)> AskAsync(string model = "openai/gpt-4.1")
    {
        var engine = new GptEngine(_providers, time: _clock.Time, pipeline: new GptPipelineOptions { Keys = new KeyOptions() });
        return await Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("Hi")], new TurnOptions { Model = model }));
    }
}
