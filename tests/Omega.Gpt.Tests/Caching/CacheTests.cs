using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Omega.Gpt.Models;
using Omega.Gpt.Providers;
using Omega.Gpt.Tests.Turns;
using static Omega.Gpt.Tests.Turns.ScriptedProvider;

namespace Omega.Gpt.Tests.Caching;

public sealed class CacheTests
{
    private static readonly ModelDelta[] Answer = [new StartedDelta("r1", "m", null), new TextDelta("Four, "), new TextDelta("of course."), new UsageDelta(new TokenUsage(new InputTokens(10), new OutputTokens(5)), null), Done()];

    private static readonly TurnOptions Zero = new() { Temperature = 0 };

    [Fact]
    public async Task RunAsync_SameRequestAgain_GivesTheAnswerAsItCameAndCostsNothing()
    {
        var provider = new ScriptedProvider(Says(Answer));
        var engine = Engine(provider);

        var (first, _) = await AskAsync(engine, Zero);
        var (second, error) = await AskAsync(engine, Zero);

        Assert.Null(error);
        Assert.Single(provider.Requests);
        Assert.Equal(Pieces(first), Pieces(second));
        var (paid, given) = ((TurnCompletedEvent)first[^1], (TurnCompletedEvent)second[^1]);
        Assert.Equal(CostSource.Catalogue, paid.Cost!.Source);
        Assert.Equal(new Cost(0, false, CostSource.Cache), given.Cost);
        Assert.Equal(paid.Usage, given.Usage);
        Assert.Contains(second, gptEvent => gptEvent is NoticeEvent { Code: "cached" });
    }

    public static TheoryData<string, TurnOptions> Others => new()
    {
        { "another temperature", new() { Temperature = 0.1, Cache = CacheUse.On } },
        { "another seed", new() { Temperature = 0, Seed = 7 } },
        { "another tenant", new() { Temperature = 0, Tenant = "b" } },
        { "another system message", new() { Temperature = 0, SystemMessage = "Be brief." } },
        { "another header", new() { Temperature = 0, ExtraHeaders = new Dictionary<string, string> { ["x-beta"] = "1" } } },
        { "another field", new() { Temperature = 0, ExtraBody = new() { ["service_tier"] = "flex" } } },
        { "another function", new() { Temperature = 0, Functions = new FunctionSet(new FunctionDefinition("f", null, Json("""{"type":"object"}"""))) } },
        { "another form", new() { Temperature = 0, ResponseFormat = ResponseFormat.Json } },
        { "another model", new() { Temperature = 0, Model = "scripted/n" } },
        { "switched off", new() { Temperature = 0, Cache = CacheUse.Off } },
        { "no temperature", new() },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task RunAsync_AnythingElse_AsksAnew(string what, TurnOptions options)
    {
        var provider = new ScriptedProvider(Says(Answer), Says(Answer));
        var engine = Engine(provider);

        await AskAsync(engine, Zero);
        var (_, error) = await AskAsync(engine, options);

        Assert.True(error is null, what);
        Assert.Equal(2, provider.Requests.Count);
    }

    [Theory]
    [InlineData("cut at the limit")]
    [InlineData("refused")]
    [InlineData("filtered")]
    [InlineData("broken")]
    public async Task RunAsync_AnswerThatIsNotWhole_IsNotKept(string what)
    {
        var script = what switch
        {
            "cut at the limit" => Says(new TextDelta("x"), Done(FinishReason.Length)),
            "refused" => Says(new RefusalDelta("x"), Done(FinishReason.Refusal)),
            "filtered" => Says(new TextDelta("x"), Done(FinishReason.ContentFilter)),
            _ => Breaks(new GptException(GptErrorKind.BadRequest, "no"), new TextDelta("x")),
        };
        var provider = new ScriptedProvider(script, Says(Answer));
        var engine = Engine(provider);

        await AskAsync(engine, Zero);
        var (events, _) = await AskAsync(engine, Zero);

        Assert.Equal(2, provider.Requests.Count);
        Assert.Equal("Four, of course.", Assert.IsType<TurnCompletedEvent>(events[^1]).Text);
    }

    [Fact]
    public async Task RunAsync_OldAnswer_IsAskedAnew()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var provider = new ScriptedProvider(Says(Answer), Says(Answer));
        var engine = Engine(provider, new CacheOptions { Store = new MemoryAnswerCache(time: time), TimeToLive = TimeSpan.FromMinutes(5) });

        await AskAsync(engine, Zero);
        time.Advance(TimeSpan.FromMinutes(5));
        await AskAsync(engine, Zero);

        Assert.Equal(2, provider.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_StoreThatFails_OnlyCostsARequest()
    {
        var provider = new ScriptedProvider(Says(Answer), Says(Answer));
        var engine = Engine(provider, new CacheOptions { Store = new Broken() });

        var (_, first) = await AskAsync(engine, Zero);
        var (events, second) = await AskAsync(engine, Zero);

        Assert.Null(first ?? second);
        Assert.IsType<TurnCompletedEvent>(events[^1]);
    }

    [Fact]
    public async Task RunAsync_StepsWithPureCalls_AreAllGivenAgain()
    {
        var ran = 0;
        var functions = Function(FunctionEffect.Pure, () => Interlocked.Increment(ref ran));
        var provider = new ScriptedProvider(Says(new CallStartedDelta(0, "act"), new CallArgumentsDelta(0, "{}"), Done(FinishReason.FunctionCalls)), Says(Answer));
        var engine = Engine(provider);

        await AskAsync(engine, Zero with { Functions = functions });
        var (events, _) = await AskAsync(engine, Zero with { Functions = functions });

        Assert.Equal(2, provider.Requests.Count);
        Assert.Equal(2, ran);
        Assert.Equal("Four, of course.", ((TurnCompletedEvent)events[^1]).Text);
    }

    [Fact]
    public async Task RunAsync_AThousandFollowers_CostOneCallAndAllGetTheWholeAnswerLive()
    {
        var provider = new Live();
        var engine = Engine(provider);

        var turns = Enumerable.Range(0, 1000).Select(_ => AskAsync(engine, Zero)).ToList();
        foreach (var piece in (string[])["Four, ", "of ", "course."])
            provider.Say(new TextDelta(piece));
        provider.Say(new UsageDelta(new TokenUsage(new InputTokens(10), new OutputTokens(5)), null));
        provider.Say(Done());
        var told = await Task.WhenAll(turns);

        Assert.Equal(1, provider.Calls);
        Assert.All(told, turn => Assert.Equal("Four, of course.", Assert.IsType<TurnCompletedEvent>(turn.Events[^1]).Text));
        Assert.Single(told, turn => ((TurnCompletedEvent)turn.Events[^1]).Cost!.Source == CostSource.Catalogue);
    }

    [Fact]
    public async Task RunAsync_LeaderThatLeaves_LeavesTheStreamToItsFollowers()
    {
        var provider = new Live();
        var engine = Engine(provider);
        using var stop = new CancellationTokenSource();
        var leader = AskAsync(engine, Zero, stop.Token);
        var follower = AskAsync(engine, Zero);
        provider.Say(new TextDelta("Four"));
        await stop.CancelAsync();
        var (_, left) = await leader;
        provider.Say(new TextDelta("."));
        provider.Say(Done());

        var (events, error) = await follower;

        Assert.IsAssignableFrom<OperationCanceledException>(left);
        Assert.Null(error);
        Assert.Equal("Four.", ((TurnCompletedEvent)events[^1]).Text);
        Assert.Equal(1, provider.Calls);
    }

    [Fact]
    public async Task RunAsync_AllLeave_TheStreamIsClosed()
    {
        var provider = new Live();
        var engine = Engine(provider);
        using var stop = new CancellationTokenSource();
        var turns = new[] { AskAsync(engine, Zero, stop.Token), AskAsync(engine, Zero, stop.Token) };
        await stop.CancelAsync();
        await Task.WhenAll(turns);

        Assert.True(provider.IsClosed);
    }

    [Fact]
    public async Task RunAsync_TwentyAtOnceWithASideEffect_EachRunsItsOwnOnce()
    {
        var ran = new ConcurrentBag<string>();
        var functions = new FunctionSet(new GptFunction(new FunctionDefinition("act", null, Json("""{"type":"object"}""")), (_, context, _) =>
        {
            ran.Add(context.Call);
            return ValueTask.FromResult(Json("\"done\""));
        }));
        var provider = new Acting();
        var engine = Engine(provider);

        for (var round = 0; round < 2; round++)
        {
            ran.Clear();
            var told = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => AskAsync(engine, Zero with { Functions = functions }))));

            Assert.All(told, turn => Assert.Null(turn.Error));
            Assert.All(told, turn => Assert.Equal("I act. Done.", ((TurnCompletedEvent)turn.Events[^1]).Text));
            Assert.Equal(20, ran.Count);
            Assert.Equal(20, ran.Distinct().Count());
        }
    }

    private static Task<(List<GptEvent> Events, Exception? Error)> AskAsync(GptEngine engine, TurnOptions options, CancellationToken cancellationToken = default) =>
        Turn.RunAsync(engine.RunAsync(engine.NewConversation(), [Message.User("2 + 2?")], options, cancellationToken));

    private static GptEngine Engine(IModelProvider provider, CacheOptions? cache = null)
    {
        var catalog = ModelCatalog.Default.With(new ModelInfo { Provider = provider.Name, Name = "m", Prices = [new PriceTier { Input = 1m, Output = 2m }] });
        var registry = new ProviderRegistry(static (_, _) => throw new NotSupportedException(), null, catalog);
        registry.Add(provider);
        return new GptEngine(registry, new GenerationOptions { Model = $"{provider.Name}/m" }, pipeline: new GptPipelineOptions { Cache = cache ?? new CacheOptions() });
    }

    private static string[] Pieces(IEnumerable<GptEvent> events) => [.. events.OfType<TextDeltaEvent>().Select(text => text.Text)];

    private static FunctionSet Function(FunctionEffect effect, Action run) => new(new GptFunction(
        new FunctionDefinition("act", null, Json("""{"type":"object"}""")),
        (_, _, _) =>
        {
            run();
            return ValueTask.FromResult(Json("1"));
        },
        new GptFunctionOptions { Effect = effect }));

    private static JsonElement Json(string json) => JsonElement.Parse(json);

    /// <summary>Says what a test tells it to, while its readers wait.</summary>
    private sealed class Live : IModelProvider
    {
        private readonly System.Threading.Channels.Channel<ModelDelta> _said = System.Threading.Channels.Channel.CreateUnbounded<ModelDelta>();

        public string Name => "scripted";

        public int Calls { get; private set; }

        public bool IsClosed { get; private set; }

        public void Say(ModelDelta delta) => Assert.True(_said.Writer.TryWrite(delta));

        public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Calls++;
            try
            {
                await foreach (var delta in _said.Reader.ReadAllAsync(cancellationToken))
                {
                    yield return delta;
                    if (delta is FinishedDelta)
                        yield break;
                }
            }
            finally
            {
                IsClosed = true;
            }
        }
    }

    /// <summary>Calls the function in the first step of every turn, and says so in the second.</summary>
    private sealed class Acting : IModelProvider
    {
        public string Name => "scripted";

        public async IAsyncEnumerable<ModelDelta> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (request.Messages.Any(message => message.Role == Role.Function))
            {
                yield return new TextDelta(" Done.");
                yield return new FinishedDelta(FinishReason.Stop, null);
                yield break;
            }

            yield return new TextDelta("I act.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
            yield return new CallStartedDelta(0, "act");
            yield return new CallArgumentsDelta(0, "{}");
            yield return new FinishedDelta(FinishReason.FunctionCalls, null);
        }
    }

    private sealed class Broken : IAnswerCache
    {
        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken = default) => throw new IOException("gone");

        public ValueTask SetAsync(string key, byte[] answer, TimeSpan timeToLive, CancellationToken cancellationToken = default) => throw new IOException("gone");
    }
}
